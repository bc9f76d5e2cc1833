# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Somebody else to write to, somebody away, somebody who is tired of us or in trouble."""

import re
from datetime import date

from .dates_find import find_dates
from .reading import Reading
from .sentences import Part, is_negated

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{2}|00\d{2}|0)\s?\(?0?\)?\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)"
)
NAME = re.compile(
    r"\b(?:Mme|M\.|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mlle|contact(?:er|ez)?|adresser à|voir avec|voyez avec"
    r"|écrire à|adresser [aà]|reach out to|speak to|write to|remplac[ée]e? par|replaced by"
    r"|(?:ma|mon) coll[eè]gue|my colleague|est d[ée]sormais|is now)\s(?:Mme |M\. |Monsieur |Madame |Mr\.? |Ms\.? |Mrs\.? )?"
    r"((?:[A-ZÉÈÀÂÎÔ][\w'’éèêàâîïôûüç-]+\s?){1,3})"
)

WRONG = [
    (r"\b(?:ne (?:suis|s'occupe|m'occupe|gere|travaille|fais)|n'est|n'etes|n'y)\s(?:\S+\s){0,2}plus\b[^.!?]{0,60}\b(?:charge|responsable|comptable|societe|entreprise|service|poste|dossier|chez|interlocut\w+|contact|partie|factures?|paiements?|compta\w*|ici|la)\b", 0.88),
    (r"\b(?:a|ai|as) (?:quitte(?! (?:le |notre |votre )?(?:chantier|site))|change de|pris sa retraite|demissionne)\b[^.!?]{0,40}|\b(?:ne travaille plus|ne fait plus partie|est parti\w* (?:a la|en) retraite|no longer (?:work\w*|with|employed|responsible|in charge|handle\w*|the (?:right|correct))|has left (?:the|our)|have left (?:the|our)|(?:i |has |have |he |she )?left the company|retired)\b", 0.88),
    (r"\b(?:(?:pas|plus) (?:le |la |la bonne|le bon|au bon|du bon|votre |a la bonne|moi )(?:\S+ )?(?:personne|interlocut\w+|destinataire|contact|adresse|service|qui)|mauvais\w* (?:destinataire|adresse|interlocut\w+|personne|service|boite)|erreur de destinataire|vous (?:vous )?(?:etes )?tromp\w+ d\w*|pas (?:\S+ )?competent\w*"
     r"|wrong (?:person|address|contact|recipient|department|mailbox|email)|not the (?:right|correct|best) (?:person|contact|address|department)|not (?:me|my (?:department|responsibility|area))|i (?:do ?n[o']?t|do not) (?:deal with|handle|look after)|je ne (?:gere|m'occupe|traite)\w* pas|(?:ne|n') ?(?:suis|est) pas (?:la personne|le service|concerne\w*|moi|en charge))\b", 0.85),
    (r"\b(?:adress\w+|envoy\w+|transm\w+|contact\w+|ecri\w+|rapproch\w+|dirig\w+|relanc\w+|send|forward|contact|direct|redirect|address|email|write|speak|copy)\b[^.!?]{0,90}?\b(?:desormais|dorenavant|a l'avenir|plutot|directement|from now on|in (?:the )?future|instead|going forward|directly|a present|now on)\b", 0.8),
    (r"\b(?:merci de|veuillez|priere de|il faut|vous devez|vous pouvez|please|you should|you need to|kindly|pouvez-vous)\s(?:\S+\s){0,3}(?:vous (?:adresser|rapprocher|diriger|mettre en (?:relation|rapport|contact))|contacter|ecrire a|joindre|voir (?:avec|directement)|prendre contact|appeler|contact|speak|get in touch|reach out|write|address|liaise|relancer|adresser (?:vos|votre|toute|ce|cette|les|la)|envoyer (?:vos|votre|toute|ce|cette) (?:mails?|relances?|factures?|courriers?|demandes?|reclamations?)|send (?:all |your |these |any |future )+)", 0.66),
    (r"\b(?:nouvel(?:le)? (?:adresse|interlocut\w+|contact|comptable|mail|responsable)|(?:bon(?:ne)?|bons) (?:adresse|interlocut\w+|contact|mail|personne)|adresse (?:a utiliser|correcte|dediee|de facturation est)|interlocut\w+ est|a (?:change|repris)|est (?:desormais|maintenant) (?:gere|suivi|traite|geree|suivie)|new (?:address|contact|accountant|email)|(?:right|correct) (?:person|address|contact|email)|is now (?:handled|managed|dealt|in charge)|(?:est|is) (?:suivi|gere|traite|geree|handled|managed|dealt with) (?:par|by))\b", 0.76),
    (r"\b(?:je|j'ai|nous|i(?:'ve| have)?|we(?:'ve| have)?)\s(?:\S+\s){0,2}(?:transmets|transmis|transferons?|transfere|fais suivre|passe|forwarded|passed|forwarding)\s(?:\S+\s){0,4}(?:a|au|aux|to|on to|service|compta\w*|collegue|accounts?)\b", 0.42),
]  # fmt: skip
WRONG += [
    (r"\b(?:aucune idee de qui|(?:ne )?(?:connais|connaissons) pas (?:votre|cette|vos|le)|(?:do ?n[o']?t|do not) know (?:you|who you|this|your)|pas pour (?:moi|nous)\b|not for (?:me|us)\b|\w+ has left\b|has (?:now )?moved on|(?:now )?(?:handles?|looks after|deals with|manages|takes care of) (?:this|these|it|that|invoices?|payments?|accounts?)(?: now)?|(?:gere|suit|reprend|traite|s'occupe de) (?:desormais|maintenant|a present|ce dossier))", 0.8),
    (r"\b(?:n'est plus|no longer|not) (?:(?:etre|being|be) )?(?:utilise\w*|consulte\w*|active?|releve\w*|valide|suivi\w*|lue?|monitored|in use|used|active|checked|read)\b", 0.8),
    (r"\b(?:pour (?:toute|toutes|les|vos|ce type|ces)\s(?:\S+\s){0,4}(?:factur\w*|paiement\w*|relance\w*|comptab\w*|reglement\w*|impaye\w*)|for (?:any |all )?(?:\S+\s){0,2}(?:invoic\w+|payment|billing|accounts?)\s?(?:\S+\s){0,2})[^.!?]{0,20}\b(?:ecri\w+|contact\w*|adress\w+|merci|email|write|use|envoy\w+|send)\b", 0.72),
    (r"\b(?:ce n'est pas (?:moi|nous|mon|notre)|c'est (?:ma|mon|notre|le|la|un|une) \S+(?: \S+)? qui|it'?s not (?:me|us|my)|i am not the one|moi qui (?:gere|paie|m'occupe)|pas pour (?:moi|nous|notre))\b[^.!?]{0,60}\b(?:gere\w*|occupe\w*|paie\w*|paye\w*|paiements?|factures?|compta\w*|dossier|traite\w*|handle\w*|pay\w*|deal\w*|invoices?|service|role|department)\b", 0.78),
    (r"\b(?:voyez|voir|vois|parlez|parler|adressez[- ]vous|contactez|ecrivez|appelez|joignez|mettez|mettre|copier|redirigez|rediriger|redirect|forward|cc|speak|talk|contact|email|write|use|utilisez|utiliser)\b(?: (?:directement|plutot|donc|instead|directly|to|with|avec|a|au|our|the|notre|le|la|mon|ma|en copie|this|it|all|en)){0,4}[^.!?]{0,40}?(?:[\w.+-]{1,64}@|\b(?:head office|siege|service compta\w*|comptabilite|compta|accounts? (?:payable|department|team)|mme|m\.|monsieur|madame))", 0.64),
]  # fmt: skip
WRONG = [(re.compile(pattern), base) for pattern, base in WRONG]

AWAY = [
    (r"\b(?:(?:suis|serai|est|sera|sommes|serons|actuellement|currently) (?:\S+ ){0,3}(?:absente?s?|en (?:conges?|vacances|arret|deplacement|formation|rtt|reunion toute|conge)|fermee?s?\b(?! (?:le|les|tous) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week))|indisponibles?|hors du bureau|out of (?:the )?office|away|on (?:annual |sick |maternity |parental )?(?:leave|holiday|vacation))"
     r"|absente? du bureau|out of (?:the )?office|ooo\b|(?:message|reponse) automatique|automatic reply|auto[- ]?reply|absence (?:du bureau|jusqu|du \d)|fermeture (?:annuelle|estivale|des bureaux|de l'entreprise|pour conges)"
     r"|(?:bureaux|entreprise|societe|etablissement|cabinet|agence|offices?|we) (?:\S+ ){0,3}(?:fermee?s?|closed)\b(?! (?:le|les|tous|chaque|on|every) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week|monday|friday|saturday))|en (?:conges?|vacances|arret maladie|conge (?:maternite|maladie|parental)) (?:jusqu|du|a partir|pour|depuis)|on (?:annual |maternity |sick )?(?:leave|holiday) (?:until|from|till)"
     r"|(?:de|mon) retour (?:au bureau )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|a partir|des)|(?:je|nous) (?:serai|serons|reviens|revenons|rentre|rentrons|reprends|reprendrai)s? (?:de retour )?(?:le|lundi|mardi)"
     r"|(?:back|return(?:ing)?) (?:in (?:the )?office )?(?:on|in the office|to the office|to work)|limited access to (?:my )?(?:e-?mail|inbox)|acces limite a (?:mes|ma) (?:mails|messagerie|e-mails|boite)|n'aur\w+ pas acces a (?:mes|ma)"
     r"|prendrai connaissance de (?:votre|vos)|repondrai (?:a (?:votre|vos|mon) \S+ )?(?:des|a) mon retour)", 0.86),
]  # fmt: skip
AWAY += [
    (r"\b(?:away (?:from (?:my|the) (?:desk|office)|until|from|on)|not in the office|on leave (?:until|from|till)|off (?:until|till|from|sick)|on (?:vacation|holiday|holidays|annual leave)|currently travell?ing|no access to (?:my )?e-?mails?|conges? (?:maternite|paternite|parental|maladie|annuels?|sans solde|d'ete)[^.!?]{0,30}\b(?:jusqu|du \d|au \d|a partir|depuis)|absente? (?:jusqu|du \d|du lundi|a partir|pour|cette semaine|toute|de mon)|(?:de )?retour (?:prevu )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|au bureau)|(?:cabinet|bureau|agence|mairie|service|compta\w*|magasin|atelier)\s(?:\S+\s){0,3}fermee?s?\b(?! (?:le|les|tous|chaque) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|midi|week)))", 0.84),
]  # fmt: skip
AWAY = [(re.compile(pattern), base) for pattern, base in AWAY]
UNTIL = re.compile(
    r"(?:jusqu'?\s?a?u?|until|till|through|au|to|-|retour|back|return\w*|reprise|reprend\w*|rentr\w*|reviens"
    r"|revenons|reouvert\w*|reopen\w*|rouvr\w*|inclus)\b[^.!?\n]{0,40}$"
)
ALREADY_AWAY = re.compile(
    r"\b(?:etais|etait|etions|etaient|was|were|had been|ete absent\w*)\b"
)

#: The one who pays is away, not the one who writes.
SOMEBODY = re.compile(
    r"\b(?:il|elle|he|she|comptable|directeur|directrice|patron|gerant\w*|collegue|responsable|signataire|accountant"
    r"|director|boss|manager|colleague|monsieur \w+|madame \w+|mme \w+|m\. \w+)\s(?:\S+\s){0,2}$"
)

DISTRESS = [
    (r"\b(?:redressement judiciaire|liquidation(?: judiciaire)?(?! (?:de (?:la|votre|l)|du |des (?:factures|comptes|depenses)))|procedures? de sauvegarde|(?:en|sous|plan de|jugement de|mise en|periode de) sauvegarde|sauvegarde judiciaire|(?:procedure|procedures) collectives?|(?:mandataire|administrateur|liquidateur) judiciaire|cessation (?:de|des) paiements?|depot de bilan|depos\w+ (?:le |notre |son )?bilan|declar\w+ (?:votre|de|vos|sa) creances?|mandat ad hoc|conciliation judiciaire|tribunal de commerce (?:a|nous|vient)"
     r"|in (?:administration|liquidation|receivership)|into (?:administration|liquidation|receivership)|administrators?(?: have| has| were| was)? (?:been )?appointed|insolven\w+|bankrupt\w*|liquidators?|receivers?|wound up|winding[- ]up|chapter 11|cva\b|creditors' voluntary|ceased trading|proof of debt)\b", 0.92, True),
    (r"\b(?:redressement|rj|bodacc)\b", 0.6, True),
    (r"\b(?:difficultes?|problemes?|tensions?|soucis?|pb|galere|manque|crise|impasse|situation)\s(?:\S+\s){0,3}(?:de )?(?:tresorerie|financ\w+|de paiement|liquidites?|economi\w+|treso)\b", 0.87, False),
    (r"\btreso(?:rerie)?\b[^.!?]{0,50}\b(?:tendue?|difficile|exsangue|insuffisante?|critique|vide|ne (?:nous )?(?:permet|permettra)|fragile|bloquee|basse|mal|zero|compliquee?|negative|pas)\b", 0.86, False),
    (r"\b(?:(?:plus|pas|ni) (?:les |de |assez |assez de |d')*(?:moyens|fonds|tresorerie|argent|liquidites|treso|sous)\b|incapacite de (?:payer|regler)|(?:pas|plus) (?:en )?(?:mesure|capacite) de (?:vous )?(?:payer|regler|honorer)|plus (?:payer|regler|faire face)|(?:ne pouvons|ne peux|n'ai|n'avons) (?:pas|plus) (?:de quoi |vous )?(?:payer|regler) (?:cette somme|tout|la totalite|autant|nos|mes|les fournisseurs|nos fournisseurs)|faire face a (?:nos|mes) (?:echeances|dettes|engagements)|etrangl\w+|au bord d\w+|compte (?:bloque|a decouvert|dans le rouge)|decouvert|a sec|licenci\w+|chomage partiel|banque (?:nous )?(?:refuse|bloque|lache|a refuse)|perdu (?:notre|mon|un) (?:principal |gros |plus gros )?client|fins? de mois difficiles?|surendett\w+)\b", 0.74, False),
    (r"\b(?:cash[- ]?flow (?:problems?|issues?|difficult\w+|is|crisis|situation|constraints?|pressure)|(?:short of|no|lack of|tight on|low on|run out of|running out of) (?:cash|funds|money)|financial(?:ly)? (?:difficult\w+|trouble|distress|struggl\w+|problems?|hardship|position)|struggling|going through (?:a )?(?:hard|tough|difficult|rough)|cannot afford|can'?t afford|unable to (?:pay|meet|settle)|not (?:in a position|able) to pay|do ?n[o']?t (?:\w+ )?have (?:the|any|enough) (?:money|funds|cash)|money is (?:very )?tight|cash is (?:very )?tight|in dire straits|going under)\b", 0.82, False),
]  # fmt: skip
DISTRESS += [
    (r"\b(?:voluntary arrangement|en faillite|faillite|banqueroute|moratoires?|moratorium|gone bust|going bust|deposer le bilan|mandataire (?:a ete )?(?:designe|nomme)\w*|observation (?:de|period)|(?:plan de )?continuation)\b", 0.86, True),
    (r"\b(?:n'arriv\w+|narriv\w+|arrive) (?:plus|pas)(?: vraiment)? a (?:payer|regler|vous (?:payer|regler)|joindre|faire face|honorer|boucler|suivre)\b", 0.84, False),
    (r"\b(?:(?:compliqu|difficil|delica|tendu|critique|dur|fragil|catastrophi)\w*[^.!?]{0,20}financ\w+|financ\w+[^.!?]{0,20}(?:compliqu|difficil|delica|tendu|critique|dur|fragil|catastrophi)\w*)\b", 0.8, False),
    (r"\b(?:activite (?:a l'arret|en (?:chute|baisse|berne)|au ralenti)|baisse d'activite|plus (?:d'activite|de chantiers?|de travail|un (?:rond|sou|euro))|cle sous la porte|on coule|a sec|fauches?|cess\w+ (?:notre |son |leur |mon )?activite|ferm\w+ (?:definitivement|l'entreprise|la boite|la societe)|payer (?:les|nos|mes) (?:salaires|salaries|charges)|sans emploi|au chomage|au rsa|touche le rsa|en invalidite|petite retraite|allocation\w*|perdu mon (?:emploi|travail)|commission de surendettement|comptes? (?:geles?|bloques?|saisis?)|saisie sur (?:nos|mes|notre))\b", 0.78, False),
    (r"\b(?:(?:cash|money|things|budget|finances?)(?: is| are|'s) (?:very |really |extremely |a bit |pretty )?(?:tight|difficult|bad|short)|frozen (?:our|the|my) accounts?|accounts? (?:is|are|has been|have been) frozen|can'?t (?:make payroll|pay (?:anyone|anybody|our|all)|keep up)|closing down|shut(?:ting)? down the (?:company|business)|lost (?:my|our) (?:job|main|biggest|largest)|out of (?:work|business)|(?:hard|tough|difficult) (?:times|period|patch|year)|skint|broke\b)\b", 0.76, False),
]  # fmt: skip
DISTRESS = [(re.compile(pattern), base, flag) for pattern, base, flag in DISTRESS]
THREAT = re.compile(
    r"\b(?:vous (?:mettre|mettez|voulez|allez|serez)|votre (?:entreprise|societe|liquidation)|you (?:will|are|'ll) |notre client|our client|le client|maitre d'ouvrage)\b[^.!?]{0,40}$"
)

COMPLAINT = [
    (r"\b(?:harcel\w+|harass\w*|menac\w+|threat\w*|intimid\w+|insult\w+|injurieu\w+|offens\w+|humili\w+|agressi\w+|aggressive|bully\w*|chantage|hounding|bombard\w*)\b", 0.86),
    (r"\b(?:ton|tone|maniere|facon|manner|politesse|courtoisie|respect|formulation|manners)\b[^.!?]{0,70}\b(?:inaccept\w+|inadmis\w+|deplac\w+|desagreable|desoblige\w+|deplais\w*|agress\w*|rude|unaccept\w*|inappropri\w+|pas (?:acceptable|correct\w*|admissible|apprec\w+)|cavali\w+|sec|comminatoire|mena\w+|scandal\w+|choqu\w+|shock\w*|disappoint\w*|unprofessional|offend\w*|limite|hautain|not (?:acceptable|appropriate|appreciated)|uncalled|changer|vexa\w+|lamentable|odieu\w+|blessan\w*|insupport\w*)", 0.87),
    (r"\b(?:n'apprecie\w*|(?:do|did) ?n[o']?t (?:appreciate|like|care for)|outre\w*|scandalis\w+|choque\w*|indign\w+|appalled|disgusted|offended|shocked|manque (?:de|total de) (?:respect|courtoisie|tact|politesse)|irrespect\w+|impoli\w*|disrespect\w*|rude(?:ness)?|unprofessional|desoblige\w+|deplacee?s?|incorrect de votre part|pas tres (?:correct|elegant|sympa|commercial)|comminatoire\w*|mal ?poli\w*|desagreable\w*|peu courtois\w*|pas des (?:voleurs|escrocs|voyous)|pas un (?:voleur|escroc)|not (?:a )?(?:thie\w+|criminals?|crooks?)|traite\w* comme|treated like|how dare|vexant\w*|odieu\w+|meprisant\w*)\b[^.!?]{0,60}", 0.74),
    (r"\b(?:relances?|reminders?|mails?|courriers?|emails?|e-mails?|lettres?|letters?|messages?|appels?|calls?|sms|procedes?|methodes?|robots?)\b[^.!?]{0,50}\b(?:incessant\w*|intempesti\w+|automati\w+|a repetition|inadmis\w+|inaccept\w+|excessi\w+|abusi\w+|tous les jours|sans arret|ridicul\w+|penible\w*|lassant\w*|constant\w*|every day|non[- ]?stop|unaccept\w*|insupport\w+|honteu\w+|scandal\w+|robot\w*|saoul\w*|soul\w*|grossier\w*|disproportion\w+|out of order|uncalled for|over the top)", 0.76),
    (r"\b(?:arret\w+|cess\w+|stop|ras le bol|marre|fed up|sick of|tired of|assez)\b[^.!?]{0,30}\b(?:harcel\w+|relanc\w+|menac\w+|harass\w*|chasing|hounding|pester\w*|hassl\w+|nous (?:relancer|appeler)|vos relances|your reminders|reminders)\b", 0.8),
]  # fmt: skip
COMPLAINT += [
    (r"\b(?:un peu|plus|davantage|some|a little|a bit|manqu\w+|lack\w*)\s(?:de |d'|of |more |totalement de )*(?:courtoisie|politesse|respect|tact|delicatesse|courtesy|politeness|manners)\b|\b(?:relances?|mails?|courriers?|reminders?|emails?|appels?|letters?|messages?)\b[^.!?]{0,60}\b(?:abuse\w*|exager\w+|too much|over the top|un peu fort|trop|de trop|excessi\w+|ridicul\w+)\b", 0.74),
    (r"\b(?:quel ton|sur ce ton|ce ton|parl\w+ (?:pas )?(?:comme (?:ca|cela)|autrement|mal)|adress\w+ a nous (?:ainsi|comme|de cette)|this tone|that tone|talk(?:ed|ing)? to (?:us|me) like|speak to (?:us|me|people|customers) like|dont vous (?:nous |me )?(?:parl|trait|ecri|adress)\w+|way you (?:speak|talk|write|treat)|(?:this|that) (?:kind|sort) of (?:letter|e-?mail|message|treatment|tone)|ce genre de (?:courrier|mail|message|lettre|procede|relance|methode)s?|bons? clients?|good customers?)\b", 0.82),
    (r"\b(?:honteu\w+|une honte|scandaleu\w+|inadmissibles?|lamentable|deplorables?|condescend\w+|patroni[sz]ing|hostile|heavy[- ]handed|out of line|insulting|insultants?|humiliants?|outrageous|disgraceful)\b(?=[^.!?]{0,60}\b(?:mail|courrier|message|relance|lettre|ton|recevoir|envoyer|clients?|traite\w*|email|letter|reminder|customers?|procede)\w*)|\b(?:mails?|courriers?|messages?|relances?|lettres?|emails?|letters?|reminders?|procedes?|methodes?)\b[^.!?]{0,40}\b(?:deplacee?s?|honteu\w+|scandaleu\w+|insultants?|insulting|condescend\w+|patroni[sz]ing|hostile|heavy[- ]handed|out of line|menacants?|vexants?|humiliants?|outrageous|disgraceful|sec|tres sec|hautains?|brutal\w*|violent\w*)\b", 0.8),
]  # fmt: skip
COMPLAINT = [(re.compile(pattern), base) for pattern, base in COMPLAINT]

UNSUBSCRIBE = [
    (r"\b(?:desinscri\w*|desabonn\w*|unsubscri\w+|opt(?:ing|ed)?[- ]?out|remove (?:me|us|my|our|this)|take (?:me|us) off|(?:retir|supprim|enlev|effac|ray|radi)\w+[^.!?]{0,30}\b(?:liste|fichiers?|adresse|diffusion|contacts?|base|numero|coordonnees)|liste de diffusion|mailing list|rgpd|gdpr|(?:delete|remove) (?:my|our) (?:data|details|address|email|number))\b", 0.84),
    (r"\b(?:ne (?:plus|veux plus|souhaite plus|souhaitons plus|voulons plus|desire plus|m'\w+ plus|nous \w+ plus)|n'(?:envoyez|ecrivez|appelez) plus|plus (?:jamais )?(?:recevoir|m'envoyer|nous envoyer)|(?:arret|cess|stopp)\w+ (?:de |d'|svp de )?(?:m'|nous |me |tous |toutes |les |vos |ces )*|(?:stop|quit|cease)|(?:do ?n[o']?t|do not|no longer (?:wish|want) to|not want to|never)(?: (?:ever|want to|wish to|want any more|please))*)\s?(?:\S+\s){0,3}?\b(?:envoy\w+|recevoir|ecri\w+|contact\w*|appel\w+|sms|textos?|mails?|e-?mails?|courriels?|messages?|send|sending|receive|receiving|write|writing|call|calls|calling|text|texts|texting|emailing|messaging|solicit\w*|spam\w*)\b", 0.78),
    (r"\b(?:ne |n')(?:m'|nous |me )(?:appel|envoy|ecri|contact|sollicit|telephon|adress)\w* (?:plus|pas)\b", 0.8),
    (r"^\s*\"?(?:stop|stop sms|stop mail|stop svp|unsubscribe|desinscription)\W{0,4}$", 0.9),
]  # fmt: skip
UNSUBSCRIBE += [
    (r"\b(?:enlev|retir|supprim|ray|effac|sort)\w*[- ](?:moi|nous)\b[^.!?]{0,30}\b(?:de|du|des)\b", 0.82),
    (r"(?:^|[\n.,!])\s*(?:plus de|pas de|stop aux?|fini les|no more|stop the|halte aux)\s(?:sms|textos?|mails?|e-?mails?|appels?|courriels?|texts?|emails?|calls?|messages?)\b", 0.82),
    (r"\b(?:uniquement|seulement|exclusivement|que|only|rather|exclusively)\s(?:nous |me )?(?:(?:contact|ecri|joindre|write|contacted|reached)\w* )?(?:par|by|through|via) (?:courrier|lettre|voie postale|post|letter|mail postal|telephone|phone)\b|\bby (?:post|letter) only\b|\b(?:prefere|prefer)\w*[^.!?]{0,30}\b(?:courrier(?: postal)?|by post|letters)\b", 0.68),
]  # fmt: skip
UNSUBSCRIBE = [
    (re.compile(pattern, re.MULTILINE), base) for pattern, base in UNSUBSCRIBE
]
CHANNELS = [
    ("sms", re.compile(r"\b(?:sms|textos?|texts?|text messages?|texting)\b")),
    (
        "call",
        re.compile(r"\b(?:appel\w*|telephon\w*|calls?|calling|phone|phoning|ring)\b"),
    ),
    (
        "email",
        re.compile(
            r"\b(?:mails?|e-?mails?|courriels?|emailing|messagerie|newsletter)\b"
        ),
    ),
]


def _first(text, parts, patterns, negatable=True):
    """Return the surest match of patterns over parts: ``(part, match, base, pattern entry)``."""
    best = None
    for part in parts:
        for entry in patterns:
            match = entry[0].search(text, part.start, part.end)
            if not match or (best and entry[1] <= best[2]):
                continue
            if negatable and (
                match.start() > part.asks_from
                or is_negated(text, part, match.start(), match.start() - 14)
            ):
                continue
            best = part, match, entry[1], entry
    return best


def read_wrong_contact(text: str, raw: str, parts: list[Part], own=()) -> list[Reading]:
    """Return whom else to write to.

    :param own: our own addresses, never taken for the customer's
    """
    best = _first(text, parts, WRONG, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    place = [item for item in parts if item.end > part.start][:4]
    span = part.start, place[-1].end
    values = _contact(raw, *span, own)
    if not values.get("email") and base < 0.8:
        base -= 0.14
    if not values and base < 0.7:
        return []
    if values.get("email"):
        base = min(0.95, base + 0.1)
    start, end = match.span()
    if values.get("email"):
        place = raw.lower().find(values["email"], *span)
        if 0 <= place - end < 120:
            end = place + len(values["email"])
    return [Reading("wrong_contact", "", start, end, base, values=values)]


def _contact(raw: str, start: int, end: int, own=()) -> dict:
    """Return the name, address and number quoted between two places."""
    values = {}
    for match in EMAIL.finditer(raw, start, end):
        if match.group(0).lower() not in own:
            values["email"] = match.group(0).lower().rstrip(".")
            break
    if match := PHONE.search(raw, start, end):
        values["phone"] = match.group(0).strip()
    if match := NAME.search(raw, start, end):
        values["name"] = match.group(1).strip()
    return values


def read_away(
    text: str, raw: str, parts: list[Part], today: date, auto: bool
) -> list[Reading]:
    """Return until when somebody is away, and who stands in.

    :param auto: the mail says itself that a machine wrote it
    """
    best = _first(text, parts, AWAY, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    if ALREADY_AWAY.search(text, part.start, match.end()) or SOMEBODY.search(
        text, max(part.start, match.start() - 40), match.start()
    ):
        return []
    until, sure = None, 0
    for other in parts:
        if other.end <= part.start or other.start > part.end + 400:
            continue
        for found in find_dates(text, other.start, other.end, today, 1):
            if found.day < today:
                continue
            marked = bool(
                UNTIL.search(text, max(other.start, found.start - 60), found.start)
            )
            if (marked, found.sure) > (sure > 1, 0) and (not until or marked):
                if not until or found.day >= until or not sure > 1:
                    until, sure = found.day, 1 + marked
                    last = found.end
    start, end = match.span()
    if until and 0 <= last - end < 160:
        end = last
    values = _contact(raw, part.start, len(raw))
    confidence = base + (0.08 if auto else 0) + (0.04 if until else -0.16)
    return [
        Reading(
            "out_of_office", "", start, end, min(confidence, 0.98), date=until,
            values={key: values[key] for key in values},
        )
    ]  # fmt: skip


def read_distress(text: str, parts: list[Part]) -> list[Reading]:
    """Return that a debtor cannot pay; proceedings before a court are told apart."""
    best = None
    for part in parts:
        if part.ironic:
            continue
        for pattern, base, insolvency in DISTRESS:
            match = pattern.search(text, part.start, part.end)
            if not match or THREAT.search(
                text, max(part.start, match.start() - 70), match.start()
            ):
                continue
            denied = not re.search(
                r"\b(?:pas|plus|not?|unable|can'?t|cannot)\b|n't\b", match.group(0)
            )
            if denied and is_negated(text, part, match.start(), match.start() - 14):
                continue
            if part.asks_from <= match.start() and part.asks_from < part.end:
                continue
            if not best or (insolvency, base) > (best[2], best[1]):
                best = match, base, insolvency
    if not best:
        return []
    match, base, insolvency = best
    return [
        Reading("distress", "", *match.span(), base, values={"insolvency": insolvency})
    ]


def read_complaint(text: str, parts: list[Part]) -> list[Reading]:
    """Return a complaint about how we write."""
    best = _first(text, parts, COMPLAINT, negatable=False)
    if not best:
        return []
    _part, match, base, _entry = best
    return [Reading("complaint", "", *match.span(), base)]


def read_unsubscribe(text: str, parts: list[Part]) -> list[Reading]:
    """Return by which channel somebody no longer wants to hear of us."""
    best = _first(text, parts, UNSUBSCRIBE, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    channel = next(
        (name for name, pattern in CHANNELS if pattern.search(text, *part.sentence)),
        None,
    )
    return [
        Reading(
            "unsubscribe", "", *match.span(), base,
            values={"channel": channel} if channel else {},
        )
    ]  # fmt: skip
