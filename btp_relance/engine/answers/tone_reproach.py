# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Reproaches made sideways: what we should have done, what we look like, what we deserve."""

from .lexicon import after, compile_all, family, near
from .tone_fields import WRITING

WRITE = family(
    "ecri* parl* adress* trait* relanc* reclam* interpell* sollicit* apostroph* abord*",
    "write writes writing wrote written speak* spoke* talk* address* treat* chase* handled dealt",
)
MACHINE = family(
    "automate* robot* logiciel* machine* programme* ordinateur* system* software bot bots systeme* relances_automatiques"
)
TO_US = r"(?:\b(?:nous|me|moi|us|m'|on|votre|vos|your|ce|cette|this)\b)"

COMPLAINT = compile_all([
    # Too much, too far, too soon.
    (r"\b(?:y (?:allez|vas|va)|allez|allez[- ]y) (?:un peu |tres |vraiment |quand meme |trop )*(?:fort|loin)\b|\b(?:c'est|cela fait|ca fait|un peu|that's|bit|a little|rather) (?:un peu |vraiment |tout de meme |quand meme |a bit |rather )*(?:fort de cafe|violent|brutal|raide|rude|much|strong|heavy|excessif|abusif|cavalier)\b(?! (?:comme|pour (?:le|la|les|un|une)) )", 0.7),
    (r"\b(?:pas|n'est pas|n'etait pas) a (?:un|une|deux|trois|quatre|quelques|\d+|huit|dix|quinze) (?:jours?|semaines?|heures?|euros?) pres\b|\bnot (?:exactly )?(?:the end of the world|life and death)|\b(?:la terre|le monde) ne (?:va|s')\w*\s?(?:pas|arret\w+)", 0.66),
    (rf"\b(?:etait[- ]il|est[- ]il|etait[- ]ce|est[- ]ce|fallait[- ]il|is it|was it|was that|was this)\s(?:\w+ ){{0,2}}(?:bien |vraiment |really |so )?(?:necessaire|utile|indispensable|opportun|raisonnable|necessary|called for|needed|reasonable)\s(?:de |d'|to |for )(?:\w+ )?(?:{WRITE}|menac\w+|envoy\w+|bruler|brandir|mettre|sortir|threat\w*|send\w*|mention\w*|bring)", 0.74),
    (r"\bleaves? (?:an awful lot |a lot |much |something |rather a lot |everything )to be desired\b|\best[- ]ce (?:la |une |votre |une vraie |bien la )?(?:maniere|facon) de\b", 0.74),
    (r"\bqui (?:ecrit|parle|envoie|agit) (?:ca|cela|comme (?:ca|cela)|ainsi)\b|\bwho (?:writes|sends|says) (?:that|this|things like)\b|\b(?:tout ce|quel|ce) (?:cirque|cinema|foin|tapage|raffut|theatre)\b|\ball this fuss\b|\bno call for\b", 0.72),
    (r"\b(?:pressee?s?|prompts?|rapides?|empressee?s?|vifs?|quick|keen|eager)\b[^.!?;]{0,14}\b(?:encaiss|reclam|relanc|menac|factur|chas(?:e|ing)|demander|ask for)\w*", 0.66),
    (r"\b(?:epargn(?:ez|er)|dispens(?:ez|er)|gard(?:ez|er)|spare)[- ]?(?:moi|nous|vous|me|us)?\b[^.!?;]{0,12}\b(?:vos|votre|your|ces|ce)\b[^.!?;]{0,20}\b(?:formules?|menaces?|phrases?|lecons?|sermons?|commentaires?|remarques?|courriers?|relances?|threats?|lectures?|mails?|couplets?)\b", 0.74),
    (r"\b(?:auriez|aurait) (?:bien |quand meme |au moins )?pu (?:\w+ )?(?:m'|nous |me )?(?:appeler|telephoner|decrocher|contacter|vous abstenir|faire preuve)\b|\bcould have (?:\w+ )?(?:called|phoned|rung|picked up)\b", 0.72),
    (r"\b(?:shout|yell|scream|hurl|raccroch|hung up|slamm)\w*\b[^.!?;]{0,40}\b(?:phone|telephone|nez|on (?:me|us)|assistante?|secretaire|collegue|dessus|colleague)\b", 0.74),
    (r"\b(?:envois?|sollicitations?|communications?|notifications?|procedes?)\b[^.!?]{0,30}\b(?:intempesti|incessan|repete|abusi|harcel)\w*", 0.74),
    (r"\b(?:exig\w+|attend\w*|demand\w+|expect\w*|want|owe\w*|merit\w+|deserve)\b[^.!?;]{0,15}\b(?:(?:des|vos|d'|mes|une lettre d')? ?excuses|apolog\w+)\b", 0.74),
    (r"\b(?:(?:n'est|ne sommes|ne suis|sommes|suis|n'etes) pas|(?:are|am|'re|'m) not|aren'?t)\s(?:des|un|une|a|some|your|votre)\s(?:\w+ )?(?:bandits?|malfrats?|gamins?|delinquants?|tirelires?|vaches? a lait|pigeons?|chiens?|numeros?|criminels?|profiteurs?|cash (?:cow|machine)|bank|crooks?|criminals?|children|deadbeats?)\b", 0.74),
    (r"\b(?:pourriez|devriez|auriez pu|auriez du|could|should|might)\s(?:\w+ ){0,3}(?:prendre|mettre|faire|parler|ecrire|dire|demander|formuler|ask|say|put|phrase|write|speak)\s?(?:it |things |that |les choses )?(?:autrement|mieux|differemment|plus \w+ment|differently|better|nicer|more \w+ly)\b", 0.7),
    (r"\b(?:voila|voici) comment (?:on|vous)\b|\bc'est (?:ainsi|comme (?:ca|cela)) (?:que vous|qu'on)\b|\bso (?:this|that) is how\b|\b(?:that|this)(?:'s| is) (?:the thanks|how you)\b|\bthe thanks (?:we|i) get\b", 0.74),
    (r"\b(?:ton|langage|propos|termes|vocabulaire|style|language|tone|wording)\s(?:\w+ ){0,2}?(?:plus|moins|more|less)\s(?!de\b)\w+", 0.7),
    (r"\blaiss\w+[- ](?:nous|moi) (?:\w+ )?(?:souffler|respirer|vivre|en paix)\b|\bsur (?:ce|un tel|cet) (?:mode|ton|registre)\b|\bce (?:genre|type) de (?:pratiques?|comportements?|attitudes?|propos|demarches?|manieres?)\b|\bn'honor\w+ (?:pas|guere)\b", 0.74),
    # How it is taken.
    (rf"\b(?:pren\w+|prends|accueill\w+|viv(?:ons|ez)|vis|recois|recevons|ressen\w+|percev\w+|take|took|taken)\s(?:\w+ ){{0,2}}(?:tres |fort |assez |plutot |vraiment |extremement |very )?(?:mal|de travers|badly|comme un (?:affront|manque|camouflet)|as an (?:insult|offence))\b[^.!?;]{{0,30}}(?:{WRITING}|$|[.!])", 0.72),
    (r"\bhors d(?:e|') ?(?:moi|elle|lui|nous)\b|\b(?:mes|nos|ses) gonds\b|\b(?:mise?s? |me met |met |nous met |suis |en )en (?:colere|rogne|rage|petard|rogne)\b|\ben (?:a|ai|avons) (?:pleur|ete malade|perdu le sommeil)\w*|\ben larmes\b|\b(?:in|to) tears\b|\b(?:taken aback|dismayed|distressed by|offensive)\b|\b(?:tombe\w*|tombons) des nues\b|\bgout (?:douteux|discutable)\b|\bmauvais gout\b|\bde tres mauvais (?:gout|effet)\b", 0.74),
    (r"\bne (?:vous |te )?(?:felicit|remerci)\w+ pas (?:pour|de|du)\b|\bpas (?:de )?(?:quoi|merci) (?:etre fier|a vous)\b|\b(?:peu|pas|guere) (?:tres )?(?:fiers?|reluisant|glorieux)\b|\bno(?:t| ) (?:very )?proud\b|\bthank you for nothing\b", 0.74),
    (r"\b(?:not|un|less than|far from|hardly|isn'?t|wasn'?t) ?(?:at all |very |really |exactly |too )*(?:happy|pleased|amused|thrilled|delighted) (?:with|about|by|at) (?:the (?:way|tone|manner|wording|approach)|how|being|your (?:tone|manner|letter|e-?mail|approach|reminder|attitude|message|call)|this (?:e-?mail|letter|reminder|message))", 0.76),
    (r"\b(?:do ?n[o']?t|did ?n[o']?t|not|never|won'?t) (?:\w+ )?(?:take (?:it |this |that )?(?:very )?kindly|expect to be|deserve|care for|like being|like to be|enjoy being|need (?:to be )?(?:lectured|reminded every|told off)|tolerate|put up with|stand for)\b", 0.74),
    (r"\b(?:horreur|deteste\w*|supporte\w* (?:pas|mal|plus)|aime\w* (?:pas|guere|peu)|aimons (?:pas|guere))\s(?:\w+ )?(?:qu'on (?:me |nous )?|etre |d'etre |de |que vous )(?:\w+ )?(?:relanc|harcel|presse|brusqu|bouscul|menac|parle|ecri|trait|appel|reclam|infantilis|rappel)\w*", 0.72),
    # What we should have done first.
    (r"\bpren(?:ez|dre|iez|drez|ne)(?:[- ](?:donc|vous))? (?:au moins |donc )?(?:la peine|le temps|le soin|soin) (?:de |d')\s?(?:\w+ ){0,2}(?:telephon|appel|lire|relire|verifi|ecout|consult|regard|repond|ouvrir)\w*|\b(?:lis(?:ez|ent|iez)|regard(?:ez|iez)|verifi(?:ez|iez|er)|consult(?:ez|er)|pointe[rz]|check|read)\b[^.!?;]{0,45}\b(?:avant (?:de (?:nous |me |m')?(?:relanc|menac|envoy|ecri|agress|harcel|reclam|accus|crier|hurler|bombard|brandir|faire)|d'(?:envoy|ecri|accus|importun|agress|appel|aboy))\w*|before (?:you )?(?:send|threat|chas|accus|bother|writ|harass|shout|call)\w*)", 0.74),
    (rf"{MACHINE}[^.!?;]{{0,45}}\b(?:ne (?:sav|li[st]|comprend|voi)\w*|n'ont|n'a|ignor\w+|incapables?|(?:do|does|can|did) ?n[o']?t (?:know|read|see|understand))\b", 0.7),
    (r"\b(?:lis(?:ez|ent)[- ](?:vous|on|ils)|vous lisez|vous ne lisez|est[- ]ce que (?:quelqu'un|vous) lis\w*|does anyone|do you (?:actually |even |ever )?read|can'?t you read|anybody (?:there|read))\b[^.!]{0,40}\b(?:mails?|reponses?|messages?|courriers?|e-?mails?|read|replies|reply|answers?)?\b", 0.64),
    (r"\b(?:alors que|though|although|even though|despite|malgre)\b[^.!?;]{0,30}\b(?:deja (?:ecrit|repondu|prevenu|appele|explique|dit|signale|envoye)|already (?:replied|answered|told|explained|written|emailed)|ma reponse|mes (?:reponses|mails|explications)|notre (?:reponse|echange|accord)|nos (?:reponses|echanges|mails)|my (?:reply|e-?mail|replies))", 0.62),
    (r"\bmett(?:ez|re|iez|ons|ent)[- ]?y? (?:y )?(?:les |plus de |davantage de |un minimum de |un peu de )?formes\b|\by mett\w+ les formes\b|\bavec (?:plus de|un peu de|un minimum de|davantage de) (?:formes|menagement|egards|tact|gants)\b|\b(?:prendre|mettre|prenez|mettez) des gants\b", 0.74),
    # Lessons, threats, and what we look like.
    (r"\bsermonn\w+|\bfaire la (?:morale|lecon)|\blecons? (?:a recevoir|de morale|de savoir|a (?:nous |me |vous )?donner|de politesse)|\b(?:recevoir|besoin) (?:de |d'une |de vos )?lecons?\b|\b(?:lectured|lecturing|lectures? (?:me|us|from you)|lesson in|lessons in|course in|training in|crash course)\b[^.!?;]{0,25}\b(?:customer|manners|communication|politeness|courtesy|service|us|me)?\b|\bcustomer service\b[^.!?;]{0,25}\b(?:poor|appalling|dreadful|terrible|shocking|leaves|lacking|awful|bad|needs|skills)\b|\bpass\w+ l'age d'", 0.74),
    (r"\b(?:pas|jamais) (?:en |par |avec |a coups? de )(?:nous |me |vos |des |de |la |le )*(?:menac|harcel|agress|insult|bouscul|pressur|press|intimid|chantage|pression|cri|vinaigre|relanc)\w*|\b(?:threat|menac|bully|intimid)\w*\b[^.!?;]{0,30}\b(?:won'?t|will not|ne (?:changer|fer|servir|marcher|prend)\w*|n'y (?:changer|fer)\w*|get you nowhere|not going to)", 0.74),
    (r"\b(?:se croirait|croirait|dirait|digne|dignes|dignity of|facon|comme|un vrai|une vraie|de vrais|like a|like some|sound like|worthy of)\s(?:\w+ ){0,2}(?:chez |d'|de |un |une |des |a |l')*(?:huissier|officine|recouvreur|usurier|maitre[- ]chanteur|racket\w*|mafi\w+|gendarme|kgb|inquisition|creancier sans|bailiff|debt collector|loan shark|collection agency|gangster)\w*", 0.76),
    (after(WRITE, r"\b(?:de (?:cette|la|telle) (?:facon|maniere|sorte)|de la sorte|ainsi|en ces termes|dans ces termes|comme (?:vous le faites|un chien|a un)|in such (?:a )?(?:terms|manner|way|tone|language)|like (?:this|that)|in (?:this|that) (?:manner|tone|way))\b", 30), 0.7),
    (rf"\b(?:premiere fois|jamais (?:vu|lu|recu|eu)|first time|never (?:seen|had|received|read|been))\b[^.!?;]{{0,50}}\b(?:de (?:cette|telle) (?:facon|maniere)|pareille?s?|de tel(?:le)?s?|un tel|une telle|comme (?:ca|cela)|such (?:a|an)?|like (?:this|that)|so (?:rude|cold|blunt|aggressive))\b[^.!?;]{{0,25}}(?:{WRITING}|$|[.!])", 0.66),
    (r"\b(?:ne|n')\s?(?:obten|aur|tirer|gagner)\w+ (?:rien|pas grand[- ]chose|aucun\w*)\b[^.!?;]{0,20}\b(?:de moi|de nous|comme|ainsi|par|avec|en|a)\b|\b(?:ce genre|ce type|cette sorte|this (?:kind|sort)) (?:de |d'|of )\w+ (?:n'est|ne |is not|isn'?t|won'?t|does ?n[o']?t)", 0.64),
    (r"\b(?:empressement|acharnement|zele|insistance|obstination|agressivite|arrogance|desinvolture|mesquinerie|brutalite|secheresse|froideur)\b(?=[^.!?;]{0,50}\b(?:suspect\w*|surpren\w+|deplac\w+|etonn\w+|regrett\w+|desagreable|a (?:nous|me)|de votre|votre|vos|inutile|lassant\w*|courrier|mail|relance|message)\b)|\b(?:votre|vos|cette|your) (?:\w+ )?(?:acharnement|arrogance|agressivite|desinvolture|mesquinerie|secheresse|froideur|aggression|rudeness|coldness|pettiness)\b", 0.72),
    (near(r"\b(?:image|reputation|confiance|relation\w*|relationship|goodwill|collaboration|partenariat)\b", rf"\b(?:gach\w+|abim\w+|entach\w+|ternir|ternit|nui\w+|deterior\w+|degrad\w+|mauvaise|piet?re|damag\w+|spoil\w*|sour\w*|harm\w*|hurt\w*)\b[^.!?;]{{0,40}}(?:{WRITING}|{WRITE})", 40), 0.66),
])  # fmt: skip
#: We are told that nothing is wrong with it, or who speaks is sorry.
PEACEFUL = r"\b(?:non plus ?[.!]|pas de (?:souci|probleme) (?:pour|avec) (?:la |votre |vos |cette )?(?:relance|rappel|mail|message|courrier)|vous faites (?:bien )?(?:votre|que votre) (?:travail|boulot|metier)|(?:tres |bien |fort )(?:aimable|courtoise?|sympathique|gentille?|agreable)s?|c'est agreable|you(?:'re| are) (?:only |just )?doing your job|no (?:problem|worries) (?:with|about) (?:the |your )?(?:reminder|chaser|e-?mail))(?!\w)"
