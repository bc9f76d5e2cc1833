# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""The fields of words of whoever is tired of us: what we do, how it is felt, how often."""

from .lexicon import compile_all, family, near

WRITING = family(
    "relanc* rappel rappels mail mails e-mail* email* courrier* courriel* lettre* message* sms texto* appel appels",
    "coup*_de_fil mise*_en_demeure notification* sommation* procede* methode* pratique* demarche* ton langage propos",
    "termes formulation* maniere* facon* comportement* attitude* agissement* insistance empressement service_de_recouvrement",
    "reminder* chaser* letter* call calls tone wording language approach manner* behaviour behavior tactic* practice* notice*",
    "recouvrement robot* logiciel* automate* pression chasing pestering insinuation* accusation* injonction*",
)
JUDGEMENT = family(
    "inadmiss* inaccept* intoler* insupport* insoutenab* desagreab* deplais* deplac* choqu* scandal* honteu* indign* odieu*",
    "blessan* blesse* bless* vex* humili* offens* offusqu* insult* injuri* grossier* impoli* malpoli* irrespect* discourtois* cavalier*",
    "hautain* mepris* arrogan* condescend* agress* brutal* comminatoire* intimid* harcel* acharn* matraqu* penib* lassant* lasse*",
    "fatigant* fatigue* agac* enerv* irrit* exasper* excessi* abusi* abuse exager* disproportion* demesur* ridicul* grotesque*",
    "absurd* mesquin* maladroit* indelicat* inelegan* lamentab* consternan* consterne* navran* inapproprie* hors_de_propos",
    "hors_de_proportion autoritaire* detestab* execrab* pitoyab* sidere* sideran* outre* outran* revolt* minable* raide*",
    "inqualifiab* douteu* inopportun* malvenu* mal_venu* desinvolt* infantilis* culpabilis* pas_correct* pas_correcte pas_acceptable pas_digne",
    "unacceptab* inappropriate offensive offended insult* threaten* aggress* hostile abrupt curt harsh arrogan* patronis*",
    "patroniz* condescend* disrespect* uncalled heavy-handed heavy_handed over_the_top excessive disproportion* ridiculous",
    "absurd outrag* disgrac* appall* disgust* upset* annoy* irritat* tiresome relentless incessant* unpleasant unfair",
    "unprofessional discourteous impolite nasty bully* pushy not_acceptable out_of_order off-putting disappoint* shock* hurt",
)
FREQUENT = (
    r"\b(?:tous les (?:\w+ )?(?:jours|matins|soirs|lundis|quatre matins)|chaque (?:jour|matin|semaine)|matin,? (?:midi )?(?:et )?soir|a longueur de (?:journee|temps|semaine)"
    r"|sans (?:arret|cesse|relache|repit)|non[- ]stop|en boucle|a repetition|toutes les (?:semaines|heures|cinq minutes)|every (?:single |other |few )?(?:day|week|morning|hour|\w+ days)|all day|day after day|night and day|constantly|(?:over and over|again and again))\b"
)
COUNT = r"(?:\d{1,2}|deux|trois|quatre|cinq|six|sept|huit|dix|two|three|four|five|six|seven|ten)"
SHORTLY = rf"(?:en|dans|sur|par|in|within|this|cette|la|le|a|per|the)\s(?:a |one |la |le |moins de |a peine |only |same |meme )*(?:{COUNT} |une |un )?(?:meme )?(?:jours?|semaines?|heures?|mois|journee|matinee|days?|weeks?|hours?|month)"
CONTACT_VERB = family(
    "appel* ecri* telephon* relanc* envoy* bombard* sonn* contact* call calling calls write writing email* text* chase* chasing phone phoning ring ringing recevoir recois receive get"
)

COMPLAINT = compile_all([
    (near(WRITING, JUDGEMENT, 60), 0.76),
    (near(JUDGEMENT, r"(?:\bd'(?:ecrire|envoyer|appeler|agir|insister|etre (?:relance|traite|menace|harcele)\w*)|\bde (?:menacer|parler|relancer|traiter|harceler|recevoir (?:ca|cela|ce genre|un tel|une telle|de tels)|me faire|nous faire))", 15), 0.74),
    (rf"\bencore (?:un|une) {WRITING}[^.!?;]{{0,12}}(?:vraiment|serieusement|franchement|$)|\b(?:un|une|one) (?:seul |seule |simple )?{WRITING}[^.!?;]{{0,25}}\b(?:suffi\w+|is enough|would do)\b|\bno way to treat\b|\bloyal customer\b", 0.62),
    (near(FREQUENT, rf"(?:{CONTACT_VERB}|{WRITING})", 40), 0.7),
    (rf"\b{COUNT}\s(?:\S+\s){{0,2}}?{WRITING}(?: et \S+ {WRITING})?\s(?:\S+\s){{0,2}}?{SHORTLY}\b", 0.72),
    (rf"(?:\b(?:\d{{1,2}}\s?(?:eme|e|ieme|th|rd)|troisieme|quatrieme|cinquieme|sixieme|enieme|nieme|third|fourth|fifth|umpteenth|nth)\s{WRITING}[^.?;]{{0,40}}(?:!|\.\.|pour|alors|deja|for|suffit|seriously)|\b(?:deja|encore|lourd\w*|already)\b[^?;]{{0,15}}\b(?:\d{{1,2}}\s?(?:eme|e|ieme|th|rd)|troisieme|quatrieme|cinquieme|enieme)\s{WRITING})", 0.66),
    (r"\b(?:encore (?:un|une|vous|eux)|yet another|another|not another)\b[^.!?;]{0,25}(?:[?!]|serieusement|\.\.)", 0.55),
    (r"\b(?:fois|times)\s(?:deja |maintenant )?(?:que|qu'|we|i|that)\b[^.!?;]{0,25}\b(?:dis|dit|repete|repetons|ecris|ecrit|explique|expliquons|disons|signale|told|tell|said|explained)\b|\bcombien de fois (?:faut|dois|devons|va)|\bhow many times (?:do|must|have)|\b(?:already told|have told|told) you (?:\w+ ){0,2}(?:times|twice)|\b(?:me|nous) repeter\b", 0.68),
    (r"\b(?:assaill\w+|matraqu\w+|mitraill\w+|pilonn\w+|acharn\w+|pester\w*|hound\w+|badger\w*|hassl\w+|harcel\w+|persecut\w+|polu\w+ (?:ma|notre)|pollu\w+ (?:ma|notre) boite|traqu\w+|tann\w+)\b", 0.72),
    (near(r"\b(?:inond|submerg|noy|flood|swamp|bombard|pollu)\w*", WRITING, 30), 0.74),
    (r"\b(?:arret|cess|stopp|stop)\w*\b[^.!?;]{0,12}\b(?:nous|me|m'|us|threat|menac)\s?(?:\S+\s)?(?:relanc|menac|harcel|prendre|traiter|importun|derang|embet|emmerd|ennuy|persecut|threaten|chasing)\w*|\bstop (?:threatening|chasing|hounding|pestering|bothering|badgering|hassling|treating)\b", 0.76),
    # Who do you think you are: set phrases.
    (r"\b(?:vous (?:vous )?prenez[- ](?:vous )?pour (?:qui|quoi)|pour qui (?:vous )?(?:vous )?(?:prenez|nous prenez|me prenez)|(?:prendre|prenez|prend|pris) de (?:si )?haut|le bouchon|fallait oser|faut oser|vous osez|quel (?:culot|toupet|aplomb|manque)|culott\w+|gonfles?\b(?! (?:le|la|de|par|d'))|sans[- ]gene|savoir[- ]vivre|bonnes manieres|laiss\w+ (?:vraiment |fort |franchement )?a desirer|(?:des|nous des) (?:noises|poux)|rien (?:d'autre|de mieux) a faire|mieux a faire|artillerie lourde|grands chevaux|gros sabots)\b", 0.74),
    (r"\b(?:coup de (?:fil|telephone)|(?:simple )?(?:appel|mail|message)|phone call|quick call|polite (?:call|e?-?mail|note))\b[^.!?;]{0,15}\b(?:aurait|aurais|would have)\b", 0.72),
    (r"\b(?:port\w+|depos\w+) plainte|main courante|saisir? (?:la cnil|le mediateur)|lodge a (?:formal )?complaint|(?:make|making|file|filing) a (?:formal )?complaint|(?:formally|wish to|want to|must) complain|report(?:ing)? you\b", 0.68),
    (r"\b(?:vous|ca|cela|tu|qui|commenc\w+ (?:serieusement |franchement |vraiment )?a) (?:me |m'|nous |n')?(?:exager|abus|agac|enerv|fatigu|gonfl|saoul|soul|lass|import?un|gav|ennuy)\w+|\b(?:prend|casse)\w* (?:la tete|les pieds)", 0.72),
    (r"\b(?:c'est|c est|cela|ca|vous etes|ca devient|devient|deviennent|trouve (?:ca|cela))\s(?:\w+ ){0,3}(?:lourds?|penibles?|lassant|fatigants?|fatiguant|relou|petit(?!\w| (?:chantier|montant|oubli|retard|souci|probleme|budget|soucis))|mesquin|minable|limite|un comble|honteux|indigne\w*|insultant|vexant|abuse|insupportables?|ridicules?|usant|soulant|saoulant|grotesque|agacant|enervant|impoli|malpoli|grossier|desobligeant|harcelement|exagere|petits?$)\b(?! (?:de|a|pour) (?:nous |me |vous )?(?:payer|regler|gerer|financ))", 0.7),
    (r"\bindignes? d\w+\b", 0.7),
    (r"\b(?:trait\w+|consider\w+|passer|pris|prend\w*|prenez|regard\w+|treat\w*)\s(?:\S+\s){0,3}?(?:comme|pour|en|like|as)\s(?:de |des |d'|un |une |a |some )?(?:\w+ )?(?:mauvais\w*|malpropre\w*|voleur\w*|delinquant\w*|criminel\w*|chien\w*|moins que rien|escroc\w*|numero\w*|imbecile\w*|idiot\w*|pigeon\w*|vaches?|malhonnete\w*|voyou\w*|bandit\w*|debiteur\w*|thie\w+|crook\w*|criminal\w*|bad payers?|deadbeat\w*|dirt|fools?|idiots?|enfants?|children|child|gamin\w*)\b", 0.78),
    (r"\b(?:droles?|curieuse|etrange|belle|jolie|singuliere|sacree|funny|strange|nice|lovely|great|fine|odd) (?:de |d'|of )?(?:facon|maniere|methode|mentalite|conception|way|manner)\b", 0.72),
    (r"\b(?:bravo|felicitations|chapeau|charmant\w*|merci|charming|congratulations|delightful|bonjour|salut) (?:pour |a |for )?(?:la |l'|le |votre |cette |ce |the )?(?:amabilite|delicatesse|elegance|politesse|courtoisie|gentillesse|tact|accueil|ambiance|confiance|mentalite|classe|kindness|courtesy|trust)\b|(?:^|[.!?\n]\s?)(?:charming|charmant|tres elegant|quelle classe|tres classe|sympa)\s?[.!]|\bquel(?:le)? (?:elegance|delicatesse|classe|amabilite|gentillesse|honte|mentalite|agressivite|impolitesse|grossierete|arrogance|manque)\b", 0.72),
    (r"\b(?:aucun|sans|zero|no|without|manque (?:de|total de|flagrant de))\s(?:aucun |le moindre |any |un minimum de )?(?:respect|egards?|tact|menagement|courtoisie|politesse|humanite|consideration|empathie|delicatesse|manners|courtesy|decency)\b", 0.72),
    (r"\b(?:plus|davantage|peu|minimum|un brin|more|some|bit)\s(?:de |d'|of )?(?:\S+ )?(?:courtois\w*|respectueu\w*|poli\w*|aimable\w*|humain\w*|humanite|respect|tact|savoir-vivre|egards?|retenue|modere\w*|diplomat\w*|polite\w*|courteous\w*|respectful\w*|courtesy|understanding|comprehension|consideration)\b(?! (?:sur|of|than|au|aux|le|la))", 0.6),
    (r"\b(?:changer?|changerons|changerai|trouver(?:ons|ai)?|aller) (?:de |d'|un autre )(?:fournisseur|prestataire|entreprise|artisan|interlocuteur|cremerie)|\bvoir ailleurs|\bplus (?:jamais )?(?:travaill\w+ avec|appel a|faire affaire)|\bperdre (?:un|une|des|vos) (?:bon\w* )?clients?|business elsewhere|lose (?:a|our|my|your) (?:good )?(?:customer|client|business|custom)|not (?:be )?(?:using|working with) you again|never (?:use|work with) you again", 0.6),
    (r"\b(?:protest(?:e|ons)\b|m'insurge|nous insurgeons|m'offusque|m'indigne|nous indignons|denonc(?:e|ons) (?:vos|votre|ces|le|la|ce|cette)|deplor(?:e|ons) (?:vos|votre|ces|le ton|la (?:maniere|facon|forme)|ce|cette|le fait|que vous)|desapprouv\w+|m'eleve contre|nous elevons contre)", 0.74),
    (near(r"\b(?:peine|peinee|peines|decue?s?|attriste\w*|blesse\w*|outre\w*|revolte\w*|ecoeure\w*|eceure\w*|estomaque\w*|sidere\w*|stupefaite?s?|effare\w*|consterne\w*|indigne\w*|choque\w*|froisse\w*|vexe\w*|humilie\w*|excede\w*|exaspere\w*|agace\w*|ulcere\w*|furieu\w+|surprise?s? et)\b", rf"(?:{WRITING}|\b(?:d'etre|etre|par vos|par votre|de votre part)\b)", 40), 0.74),
    (r"\bappreci\w+ (?:moyennement|peu|guere|moderement|tres peu|assez peu|pas|que moyennement)\b|\b(?:gout[eo]\w*) (?:peu|guere|moyennement|pas) |\b(?:not|hardly|un) ?impressed\b|\btake (?:great |strong )?(?:exception|offen[cs]e)|\bobject to (?:your|the|being|this)|\bresent\b", 0.74),
    (r"\b(?:etre humain|vraie personne|quelqu'un de vivant|real person|human being|actual human)\b", 0.6),
    (r"\b(?:mis|mise|mettre|mettez|met|copi\w+)\s(?:\S+\s){0,2}(?:patron|directeur|direction|client|chef|banque|pdg|president|boss|manager)\w*\s(?:\S+\s)?en copie\b", 0.62),
    (near(r"\b(?:un|le|ce|on a|a) (?:dimanche|samedi soir|jour ferie|week-?end|sunday|saturday)\b|\b(?:\d{1,2} ?h(?:eures)?\w* du (?:matin|soir)|en pleine nuit|minuit|pendant (?:mes|nos|les) (?:vacances|conges)|midnight|at night)", r"\b(?:vous|votre|vos|you|your)\b[^.!?;]{0,25}\b(?:ecri\w*|appel\w*|envoy\w*|sms|relanc\w*|mail\w*|robot|call\w*|email\w*|text\w*|messag\w*)", 35), 0.62),
    (near(r"\b(?:pour|for|over|sur)\s(?:\S+\s){0,2}(?:(?:\d+|quelques|a few)\s?(?:euros|balles|€|centimes|jours?|days?)|(?:un|deux|trois|one|two|three|a|une|malheureux|misera\w+)\s?(?:malheureux |petits? |seule? |pauvres? )?(?:jours?|semaines?|days?|week|euros))", family("mise*_en_demeure menac* harass* threat* recommande* huissier* exager* avocat* noises tribunal contentieux solicitor* bailiff* debt_collector* oser cinema cirque foin scandale drame"), 50), 0.66),
    (r"\b(?:a peine|seulement|que|only|barely|just)\s(?:\S+\s){0,2}(?:jours?|semaine|days?|week)\s(?:de retard|late|overdue)\b", 0.56),
    (near(r"\b(?:ans|annees|years)\b", r"\b(?:remerci\w*|trait\w+|parl\w+|speak|talk|treat\w*|reward\w*|merit\w*|deserv\w*|recompens\w*|confiance|fidel\w+|loyal\w*|custom|incident)\b(?! (?:paye|regle))", 55) + r"(?=[^.?]*(?:!|\.\.|how|comme|ainsi|accueil|relanc|lettre|courrier|mail|parl|trait|treat|speak))", 0.62),
    (r"\b(?:remerci\w*|recompens\w*|reward\w*)\b[^.!?;]{0,20}\b(?:fidel\w+|loyal\w*|bons? clients?|good customers?)\b", 0.66),
    (r"\b(?:y|en) mettre un terme|\bmett(?:ez|re) (?:fin|un terme) a (?:vos|ces|ce|cette|votre)\b|\bil serait temps (?:de|d')|\b(?:have|had) the (?:decency|courtesy|cheek|nerve)|\bthe (?:cheek|nerve)\b|\bbit (?:much|rich|strong)\b|\ba little (?:much|strong)\b|\bgive (?:it|us|me) a (?:rest|break)|\bleave (?:us|me) alone|\boff (?:our|my) backs?\b|\b(?:laiss\w+|fich\w+|fout\w+)[- ](?:moi|nous) (?:tranquilles?|la paix)|\bfaites[- ](?:moi|nous) (?:confiance|la paix)", 0.64),
    (r"\b(?:fed up|sick (?:and tired )?of|had enough|enough is enough|tired of|ras[- ]le[- ]bol|marre|assez de|ca suffit|il suffit|trop c'est trop|stop a|halte a)\b[^.!?;]{0,40}\b(?:relanc\w*|rappel\w*|mails?|messages?|courriers?|appels?|sms|harcel\w*|matraqu\w*|menac\w*|reminders?|e?-?mails?|calls?|letters?|chas\w+|pression|acharn\w*|robots?|you|vous)\b|\bca suffit\b|\btrop c'est trop\b", 0.76),
    (r"\b(?:no need (?:to|for)|inutile de|pas (?:la peine|besoin) de|unnecessary to) (?:be |the |such |this |nous |me |vous |s'|so )*(?:rude|threat\w*|tone|aggress\w*|menac\w*|cri\w+|hurl\w+|insist\w*|enerv\w*|monter|harcel\w*|agress\w*|sortir|language|attitude|nasty|heavy)\b", 0.74),
    (r"\bwho do you think you are|\bwatch your (?:tone|language)|\bmind your|\b(?:is|this is|that's|is this) (?:not )?how you (?:speak|talk|treat|deal|write)|\b(?:way|manner) (?:in which )?you(?:'ve| have|r\w*)? (?:speak|talk|spoke|treat\w*|address\w*|writ\w+|chas\w+)|\b(?:facon|maniere) (?:dont|de|d'|que) (?:vous|votre|demander|s'adresser|ecrire|proceder)\b[^.!?;]{0,50}", 0.66),
    (r"\bpetits mots doux|\bprose\b|\bvos (?:charmants?|gentils?|aimables?|doux) (?:mots|courriers|rappels|messages)|\bcommencais a m'ennuyer|\b(?:harcelement|acharnement|intimidation)\b", 0.72),
])  # fmt: skip
#: “You do not harass us”, “nothing unpleasant in your reminder”.
NOT_COMPLAINT = (
    rf"\b(?:vous )?ne (?:nous |me |m')?(?:harcel|menac|agress|derang|import)\w+ (?:pas|nullement|aucunement|jamais)\b"
    rf"|\b(?:rien|pas|jamais|nullement|aucunement|not|never|nothing|\w*n't)\s(?:de |d'|du tout |tres |si |trop |vraiment |nous |at all |a |un |une |du |be )*{JUDGEMENT}"
    r"|\b(?:pas|aucune?|no|not) (?:de |d'|du |a )?(?:harcelement|plainte|reproche|complaint)\b|\b(?:normal|comprends|comprenons|understand)\w* (?:que|vos|votre|your|tout a fait vo)\b"
)

TELL = family(
    "envoy* ecri* contact* sollicit* telephon* derang* import* demarch* spam* textoter appel* joindre recevoir"
)
SENT = family(
    "mail* e-mail* email* message* sms texto* appel appels courriel* envoi* sollicitation* communication* notification* newsletter* correspondance* demarchage* publicit* text texts call calls correspondence communication* contact texting emailing calling"
)
LIST = family(
    "liste* fichier* base* diffusion newsletter* mailing* donnees coordonnees contacts destinataires repertoire carnet crm list lists database records data systeme system files mailing_list routine*"
)
UNSUBSCRIBE = compile_all([
    (r"(?<!vous )\bne (?:plus|pas|jamais)\s(?:jamais |du tout )?(?:(?:me|nous|m'|lui|leur|rien|nous rien)\s?)*(?:ecrire|contacter|solliciter|envoyer|appeler|joindre|deranger|adresser|demarcher|importuner|telephoner|textoter|spammer)\b", 0.78),
    (r"\bdroit (?:d'opposition|a l'oubli|a l'effacement|de (?:retrait|suppression))|\bright to (?:object|erasure|be forgotten)|\b(?:m'|nous )oppos\w+ (?:a|au) (?:l'utilisation|l'usage|traitement|demarchage|toute|tout)|\bbloctel\b|\b(?:retir\w+|withdraw\w*) (?:mon|notre|my|our) (?:consentement|accord|consent)|\beffacement de (?:mes|nos)|\berase (?:my|our)|\blien de (?:desinscription|desabonnement)", 0.8),
    (near(r"\b(?:radi(?:ez|er|ation)|desinscri\w*|desabon\w*|retir(?:ez|er|ait)|enlev(?:ez|er|ement)|supprim(?:ez|er)|suppression|effac(?:ez|er|ement)|ray(?:ez|er)|sort(?:ez|ir)|exclu(?:ez|re)|ot(?:ez|er)|virez|remove\w*|delet\w+|tak(?:e|ing)|eras\w+|strik\w+|unsubscrib\w*)(?!\w)", LIST, 45), 0.78),
    (r"\b(?:supprim|enlev|retir|effac|ray|oubli|delete|remove|forget|lose|erase)\w*[- ](?:moi|nous|mon|notre|ma|my|our|this|ce|cette|le|l')\s?(?:\w+ )?(?:numero|adresse|mail|e-mail|email|coordonnees|portable|address|number|contact|donnees|data|details)\b", 0.78),
    (r"(?<!vous )(?<!vous ne )\bn(?:e |'|')?(?:m'|me |nous |m )?(?:envoy(?:ez|e)|ecri(?:vez|s)|appel(?:ez|le)|contact(?:ez|e)|sollicit(?:ez|e)|telephon(?:ez|e)|adress(?:ez|e)|derang(?:ez|e)|importun(?:ez|e)|demarch(?:ez|e)|spamm(?:ez|e))\s(?:plus|pas|jamais)\b", 0.8),
    (r"(?:^|[\s'])(?:m'|me |nous )(?:envoyez|ecrivez|appelez|contactez|sollicitez|telephonez) (?:plus|pas|jamais)\b", 0.76),
    (rf"\b(?:(?:veux|veut|voulons|souhait\w+|desir\w+|merci|svp|stop|fini\w*|no|want|wish|recevoir|demand\w+|assez) )(?:\S+ ){{0,3}}?(?:plus|aucune?|more|any more|further)\s(?:de |d'|of )?(?:vos |your )?{SENT}", 0.76),
    (r"\b(?:veux|veut|voulons|souhait\w+|desir\w+|tiens|tenons|want|wish|like|care|interested)\b[^.!?;]{0,12}\b(?:plus|pas|no longer|not)\b[^.!?;]{0,20}\b(?:recevoir|etre (?:contact|sollicit|derang|appel|destinat|import|relanc)\w*|receiv\w*|hear from|be (?:contact|email|text|call)\w*|get)\b(?!(?:\s\S+){0,4} (?:facture|invoice|livraison|marchandise))", 0.76),
    (r"\b(?:no longer|do ?n[o']?t|do not|not|never)\s(?:wish |want |ever |like |please )*(?:to )?(?:hear from|be (?:contact|email|text|call|phon)\w*|(?:contact|e?-?mail|text|call|phone|ring|message|write to|sms) (?:me|us|my|our|this|again|any))\b", 0.78),
    (rf"\b(?:cess\w*|arret\w*|stop\w*|mettre fin|mettez fin|suspend\w*|cease|halt|end|quit)\b\s?(?:a |aux |de |d'|with |svp |please )*(?:tout\w* |all |any |ces |vos |les |your |these |the |l'|further )*{SENT}", 0.74),
    (r"\b(?:arret\w*|cess\w*|stop\w*) (?:de |d')(?:me |m'|nous )?(?:ecri\w+|envoy\w+|contact\w+|appel\w+|sollicit\w+|telephon\w+|derang\w+|spam\w+)", 0.76),
    (r"\b(?:(?:par|via) (?:courrier|voie postale|la poste|lettre|telephone|mail|e-mail) (?:postal )?(?:uniquement|seulement|exclusivement)|(?:que|uniquement|seulement|exclusivement) (?:par|via) (?:courrier|voie postale|la poste|lettre|telephone)|by (?:post|letter|mail|phone) (?:only|from now on)|only (?:by|via|through) (?:post|letter|phone)|in writing by post)\b", 0.66),
    (rf"\b(?:plus|pas|no|no more|halte aux|stop aux?|fini les)\s(?:de |d')?{SENT}\s?(?:svp|stp|merci|please|s'il vous plait|!|$)", 0.72),
    (r"\b(?:opt|opting|opted)[- ]?out\b|\bdesactiv\w+ (?:les |ces |vos |l'envoi)|\bturn off (?:the|these|your)|\bspam\b(?=[^.!?]{0,30}\b(?:signal|report|mark|class)\w*)|\b(?:signal|report|mark|class)\w*[^.!?;]{0,25}\bspam\b", 0.72),
])  # fmt: skip
