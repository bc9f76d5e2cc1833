# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""How people say that they cannot pay."""

import re

DISTRESS = [
    (r"\b(?:redressement judiciaire|liquidation(?: judiciaire)?(?! (?:de (?:la|votre|l)|du |des (?:factures|comptes|depenses)))|procedures? de sauvegarde|(?:en|sous|plan de|jugement de|mise en|periode de) sauvegarde|sauvegarde judiciaire|(?:procedure|procedures) collectives?|(?:mandataire|administrateur|liquidateur) judiciaire|cessation (?:de|des) paiements?|depot de bilan|depos\w+ (?:le |notre |son )?bilan|declar\w+ (?:votre|de|vos|sa) creances?|mandat ad hoc|conciliation judiciaire|tribunal de commerce (?:a|nous|vient)"
     r"|in (?:administration|liquidation|receivership)|into (?:administration|liquidation|receivership)|administrators?(?: have| has| were| was)? (?:been )?appointed|insolven\w+|bankrupt\w*|liquidators?|receivers?|wound up|winding[- ]up|chapter 11|cva\b|creditors' voluntary|ceased trading|proof of debt)\b", 0.92, True),
    (r"\b(?:redressement|rj|bodacc)\b", 0.6, True),
    (r"\b(?:difficultes?|problemes?|tensions?|soucis?|pb|galere|manque|crise|impasse|situation)\s(?:\S+\s){0,3}(?:de )?(?:tresorerie|financ\w+|de paiement|liquidites?|economi\w+|treso)\b", 0.87, False),
    (r"\btreso(?:rerie)?\b[^.!?]{0,50}\b(?:tendue?|difficile|exsangue|insuffisante?|critique|vide|ne (?:nous )?(?:permet|permettra)|fragile|bloquee|basse|mal|zero|compliquee?|negative|pas)\b", 0.86, False),
    (r"\b(?:(?:plus|pas|ni) (?:les |de |assez |assez de |d')*(?:moyens|fonds|tresorerie|argent|liquidites|treso|sous)\b|incapacite de (?:payer|regler)|(?:pas|plus) (?:en )?(?:mesure|capacite) de (?:vous )?(?:payer|regler|honorer)|plus (?:payer|regler|faire face)|(?:ne pouvons|ne peux|n'ai|n'avons) (?:pas|plus) (?:de quoi |vous )?(?:payer|regler) (?:cette somme|tout|la totalite|autant|nos|mes|les fournisseurs|nos fournisseurs)|faire face a (?:nos|mes) (?:echeances|dettes|engagements)|etrangl\w+|au bord d\w+|compte (?:bloque|a decouvert|dans le rouge)|decouvert|(?<!get )(?<!got )(?<!have )(?<!for )(?<!in )a sec|licenci\w+|chomage partiel|banque (?:nous )?(?:refuse|bloque|lache|a refuse)|perdu (?:notre|mon|un) (?:principal |gros |plus gros )?client|fins? de mois difficiles?|surendett\w+)\b", 0.74, False),
    (r"\b(?:cash[- ]?flow (?:problems?|issues?|difficult\w+|is|crisis|situation|constraints?|pressure)|(?:short of|no|lack of|tight on|low on|run out of|running out of) (?:cash|funds|money)|financial(?:ly)? (?:difficult\w+|trouble|distress|struggl\w+|problems?|hardship|position)|struggling|going through (?:a )?(?:hard|tough|difficult|rough)|cannot afford|can'?t afford|unable to (?:pay|meet|settle)|not (?:in a position|able) to pay|do ?n[o']?t (?:\w+ )?have (?:the|any|enough) (?:money|funds|cash)|money is (?:very )?tight|cash is (?:very )?tight|in dire straits|going under)\b", 0.82, False),
]  # fmt: skip
DISTRESS += [
    (r"\b(?:voluntary arrangement|en faillite|faillite|banqueroute|moratoires?|moratorium|gone bust|going bust|deposer le bilan|mandataire (?:a ete )?(?:designe|nomme)\w*|observation (?:de|period)|plan de continuation)\b", 0.86, True),
    (r"\b(?:n'arriv\w+|narriv\w+|arrive) (?:plus|pas)(?: vraiment)? a (?:payer|regler|vous (?:payer|regler)|joindre|faire face|honorer|boucler|suivre)\b", 0.84, False),
    (r"\b(?:(?:compliqu|difficil|delica|tendu|critique|dur|fragil|catastrophi)\w*[^.!?]{0,20}financ\w+|financ\w+[^.!?]{0,20}(?:compliqu|difficil|delica|tendu|critique|dur|fragil|catastrophi)\w*)\b", 0.8, False),
    (r"\b(?:activite (?:a l'arret|en (?:chute|baisse|berne)|au ralenti)|baisse d'activite|plus (?:d'activite|de chantiers?|de travail|un (?:rond|sou|euro))|cle sous la porte|on coule|(?<!get )(?<!got )(?<!have )(?<!for )(?<!in )a sec|fauches?|cess\w+ (?:notre |son |leur |mon )?activite|ferm\w+ (?:definitivement|l'entreprise|la boite|la societe)|payer (?:les|nos|mes) (?:salaires|salaries|charges)|sans emploi|au chomage|au rsa|touche le rsa|en invalidite|petite retraite|allocation\w*|perdu mon (?:emploi|travail)|commission de surendettement|comptes? (?:geles?|bloques?|saisis?)|saisie sur (?:nos|mes|notre))\b", 0.78, False),
    (r"\b(?:(?:cash|money|things|budget|finances?)(?: is| are|'s) (?:very |really |extremely |a bit |pretty )?(?:tight|difficult|bad|short)|frozen (?:our|the|my) accounts?|accounts? (?:is|are|has been|have been) frozen|can'?t (?:make payroll|pay (?:anyone|anybody|our|all)|keep up)|closing down|shut(?:ting)? down the (?:company|business)|lost (?:my|our) (?:job|main|biggest|largest)|out of (?:work|business)|(?:hard|tough|difficult) (?:times|period|patch|year)|skint|broke\b)\b", 0.76, False),
]  # fmt: skip
DISTRESS = [(re.compile(pattern), base, flag) for pattern, base, flag in DISTRESS]
THREAT = re.compile(
    r"\b(?:vous (?:mettre|mettez|voulez|allez|serez)|votre (?:entreprise|societe|liquidation)|you (?:will|are|'ll) |notre client|our client|le client|maitre d'ouvrage)\b[^.!?]{0,40}$"
)
