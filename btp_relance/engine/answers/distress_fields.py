# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""The fields of words of who cannot pay: courts, cash, work, health, delays asked for."""

from .lexicon import compile_all, family, near

PAYING = r"(?:pay\w+|regl\w+|honor\w+|sold\w+|acquitt\w+|rembours\w+|assum\w+|faire face|joindre les deux bouts|m'en sortir|nous en sortir|s'en sortir|pay|settle|meet|clear|cover|afford)"
CANNOT = (
    r"(?:(?:ne |n')?(?:peux|peut|pouvons|pourrai|pourrons|parviens|parvenons|parvient|arrive|arrivons|sais|savons) (?:vraiment |malheureusement |absolument |actuellement |materiellement |plus |meme |pas du tout )?(?:pas|plus|rien|guere)|incapables? de|(?:dans l'|l')incapacite (?:totale )?(?:de|d')|pas en (?:mesure|etat|capacite) (?:de|d')|dans l'impossibilite (?:de|d')|impossible (?:pour (?:nous|moi) )?(?:de|d')|m'est impossible|plus (?:de quoi|les moyens de|en mesure de)|pas (?:de quoi|les moyens de)|sans ressources?"
    r"|(?:can ?not|can'?t|cant|unable to|not able to|no way (?:we|i) can|impossible (?:for us )?to|struggl\w+ to|no means to))"
)
MISERY = family(
    "tresorerie treso caisse caisses comptes finances situation activite societe entreprise boite fin_de_mois fins_de_mois periode passe_difficile carnet_de_commandes marge* chiffre_d'affaires",
    "cash money finances business company trade order_book turnover budget bank_account funds cashflow liquidity",
)
BAD = family(
    "vide* exsangue* asphyxi* critique catastrophi* desastreu* dramatique* alarmant* effondr* plombe* plombee a_zero a_sec au_plus_bas dans_le_rouge au_bord genante delicat* tendu* tres_compliqu* compliquee compliquees difficile* precaire* fragil* s'effondre chute en_chute au_ralenti au_point_mort menace en_peril ne_tourne_plus saign* agoni* deficit* negative au_rouge mauvaise_passe sinistree",
    "empty dried_up dry drying collapsed terrible dire desperate critical precarious very_tight tight tough difficult rough struggling failing falling red in_the_red negative bleak",
)
DISTRESS = compile_all([
    (r"\b(?:liquidateurs?|curateur|administrateur provisoire|redressement|rj)\b[^.!?;]{0,40}\b(?:de la (?:societe|sarl|sas|eurl|sci)|judiciaire|nomme\w*|designe\w*|tribunal|ouvert\w*|prononce\w*|depuis|en cours)|\b(?:declar\w+|produire|admettre) (?:de |votre |vos |au passif)\s?(?:creances?|passif)|\bau passif\b|\b(?:certificat d')?irrecouvrabilite|\bjugement d'ouverture|\bclotur\w+ pour insuffisance|\binsuffisance d'actif|\bplan de (?:cession|redressement|sauvegarde|continuation)\b|\bperiode d'observation\b|\b(?:mis|mise|placee?) (?:en|sous) (?:liquidation|redressement|sauvegarde)|\btribunal (?:de commerce|des activites economiques|judiciaire)\b[^.!?;]{0,50}\b(?:prononc\w+|ouver\w+|plac\w+|convertie?|liquid\w+|redress\w+|sauvegarde)|\b(?:mandataire|administrateur) judiciaire|\bcessation des? paiements?", 0.9, True),
    (r"\b(?:in(?:to)?|entered|under|gone into|filed for|facing) (?:voluntary |compulsory )?(?:administration|liquidation|receivership|bankruptcy|insolvency)\b|\b(?:administrator|liquidator|insolvency practitioner|official receiver)s?\b|\bcreditors'? (?:meeting|voluntary)|\bceased trading\b|\bproof of debt\b|\bstruck off\b", 0.88, True),
    (rf"\b{CANNOT}\s(?:\S+\s){{0,4}}?{PAYING}\b", 0.66, False),
    (near(MISERY, BAD, 30), 0.7, False),
    (r"\b(?:passe|periode|moment|annee|situation|saison|contexte)s? (?:\w+ ){0,2}(?:difficiles?|compliquee?s?|delicate?s?|noire|critique|catastrophique|dure|penible|tres tendue?)\b|\b(?:traverse|traversons|traversent)\b[^.!?;]{0,25}\b(?:passe|periode|crise|difficult\w+|tempete|turbulences?|moment)|\bgoing through\b[^.!?;]{0,25}\b(?:patch|time|period|crisis)|\bdifficultes? (?:passageres?|temporaires?|momentanees?|importantes?|serieuses?|actuelles?|financ\w+|economi\w+|de tresorerie)|\b(?:en|de) (?:grandes? |grosses? |serieuses? )?difficultes?\b(?! (?:technique|a (?:ouvrir|lire|vous|trouver|joindre)|d'acces))", 0.74, False),
    (r"\b(?:nos|mes|notre|mon|our|my)\s(?:\w+ ){0,3}(?:clients?|donneurs? d'ordre|promoteurs?|maitre d'ouvrage|customers?|clients?)\b[^.!?;]{0,45}\b(?:ne (?:nous |me )?(?:pai\w+|pay\w+|regl\w+)(?: plus| pas)|nous doi\w+|me doi\w+|n'a (?:toujours )?pas (?:paye|regle)|impayes?|fait (?:defaut|faillite)|depose le bilan|en liquidation|ha(?:s|ve) ?n[o']?t paid|not paid|owes? us|gone (?:bust|under)|went (?:bust|under))", 0.76, False),
    (r"\b(?:finir le mois|boucler (?:le|la|les) (?:mois|fins?)|joindre les deux bouts|gratt\w+ les fonds|plus (?:un|le moindre) (?:sou|rond|euro|centime|kopeck)|(?:compte|banque)s?\b[^.!?;]{0,25}\b(?:bloqu\w+|sais\w+|gel\w+|decouvert|interdit\w*|refus\w+ (?:le|un|notre|mon) (?:pret|decouvert|credit))|interdi\w+ bancaire|interdiction bancaire|fich\w+ (?:banque de france|ficp)|surendett\w+|dossier banque de france|saisie (?:sur salaire|conservatoire|attribution)|huissiers? (?:a la porte|chez nous|chez moi)|atd\b|plus de revenus?|sans revenus?|perte d'emploi|licencie\w*|au chomage|en arret (?:maladie )?depuis|(?:en|longue) maladie|cancer|invalidite|divorc\w+|plus de travail|plus de chantiers?|manque de (?:travail|chantiers?|commandes|tresorerie|liquidites?))\b", 0.72, False),
    (r"\b(?:demand\w+|sollicit\w+|accord\w+|besoin d\w*|obtenir|possibilite d\w*|souhait\w+|request\w*|ask\w* for|grant\w*|need|would appreciate)\s(?:\S+\s){0,4}?(?:delais? (?:de paiement|de reglement|supplementaires?|de grace)|des delais|un delai (?:de paiement|de reglement|supplementaire|de grace)|moratoires?|etalement|echeancier|echelonn\w+|facilites? de paiement|report d'echeance|plan d'apurement|remise de dette|more time|extension|payment plan|instal?ments|extended terms|breathing space|patience)", 0.66, False),
    (r"\b(?:peut-on|pouvons-nous|pourrait-on|puis-je|pourrais-je|possible d(?:e|')|can we|could we|can i|may we)\s?(?:\S+\s)?(?:etal\w+|echelonn\w+|fractionn\w+|payer en (?:plusieurs|\d|trois|quatre|deux|six)|regler en (?:plusieurs|\d|trois|quatre|deux|six)|spread|pay in instal?ments|stagger)", 0.62, False),
    (r"\b(?:on (?:est|va etre)|nous sommes|je suis|we(?:'re| are)|i(?:'m| am))\s(?:\S+\s){0,2}?(?:a sec|fauche\w*|ruine\w*|etrangle\w*|asphyxie\w*|au bord d\w+|au pied du mur|dans la (?:panade|mouise|mouise|merde|galere)|en galere|plombe\w*|exsangue\w*|a bout de souffle|mal en point|pris a la gorge|acculee?s?|coul\w+|insolvables?|skint|broke|ruined|on (?:our|my) knees|going under|drowning|out of (?:cash|money|funds)|stretched|in trouble|in difficult\w*|in arrears)\b", 0.76, False),
    (r"\b(?:n'y arriv\w+ (?:plus|pas)|va(?:is)? couler|(?:boite|entreprise|societe) (?:va |est en train de )?(?:coule\w*|ferme\w*|s'effondr\w*)|coupe (?:le |notre |mon )?(?:decouvert|credit)|contraints? (?:de|d') (?:cesser|fermer|arreter)|(?:periode|annee|conjoncture|moment) (?:est |tres |bien |vraiment )*(?:rude|noire?|dur|dure|compliquee?|difficile|morose)|lost (?:my|our) (?:job|contract)|au rsa|minima sociaux|cash is (?:\w+ )?tight)\b", 0.76, False),
    (r"\b(?:mettre|met|mettons) (?:la )?cle sous|\b(?:cesser|arreter|fermer) (?:notre |mon |l'|l )?(?:activite|entreprise|boite)|\b(?:close|closing|shut|wind|winding) (?:down|up) (?:the |our |my )?(?:business|company|shop)|\b(?:make|making|made) (?:\w+ )?redundan\w+|\bcash[- ]?flow\b[^.!?;]{0,30}\b(?:problem\w*|issue\w*|tight|bad|poor|struggl\w*|difficult\w*|crisis|dried|gap|squeeze)|\bno (?:money|cash|funds)\b|\b(?:haven'?t|have not|don'?t have) (?:got )?(?:the |any |enough )?(?:money|cash|funds|means)\b|\bpas (?:les|l'|assez d'|d'|de) ?(?:argent|fonds|moyens|sous|liquidites)\b", 0.76, False),
])  # fmt: skip
#: Somebody else is insolvent, or it has not come to that.
NOT_COURT = (
    r"\b(?:au bord d\w+|risqu\w+|evit\w+|pas encore|sinon|avant (?:le|de)|menac\w+|bientot|a l'etude|amiable|fournisseurs|delais?|demand\w+ un moratoire|client|clients|donneurs? d'ordre|promoteur|maitre d'ouvrage|customers?|main contractor|avoid\w*|verge|close to|risk\w*|brink|might|may have to|will have to|about to|on va|allons)\b"
)
#: They do not pay because of what we did, or did not send.
BECAUSE_OF_US = (
    r"\b(?:sans|tant que|avant|manque|without|until|unless|before|car (?:vous|la|le|il|votre)|conform\w+|litige|contest\w+|reserves?|malfacon\w*|facture[sz]? (?:erron|faus|incorrect)\w*|valider?|valid\w+|document|pv|attestation|bon de commande|iban|rib|erreur|en double|deux fois|ce qui n'est pas|ce que|pour (?:rien|des|du|un|une)|po|faute de|twice|something|work\w*|plus (?:de|que)|autant|l'instant car|portail|logiciel|systeme|acces|lien|site)\b"
)
