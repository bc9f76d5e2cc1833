# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""How people contest, and what they say is wrong."""

import re

NEAR = r"[^.!?\n]{0,60}?"
NEARLY = r"[^.!?]{0,90}?"
INVOICE = r"(?:factures?|situations?|invoices?|decomptes?|bills?|memoires?)"
WORKS = (
    r"(?:travaux|prestations?|chantier|lots?|ouvrages?|pose|intervention|works?|job|materiel"
    r"|materiaux|marchandises?|fournitures?|goods|materials?|peinture|carrelage|toiture"
    r"|plomberie|electricite|menuiseries?|portes?|fenetres?|etancheite|beton|dalle|enduits?"
    r"|cloisons?|chaudiere|tableau|colis|commande|items?|units?|livraison|delivery|finitions?)"
)

#: What contests in general: it makes any reason surer, and is a reason of its own without one.
GENERAL = re.compile(
    rf"\b(?:pas question de (?:payer|regler)|hors de question (?:de|que)|not (?:going to pay|paying)|contest\w+|litige|litigieu\w+|en desaccord|desaccord|(?:pas|nullement) d'accord avec"
    rf"|reclam(?:ons|e) un avoir|avoir (?:est |a ete )?(?:attendu|demande|promis|de \d)"
    r"|en attente (?:de |d')(?:votre |l'|un |cet |vos )?avoirs?|(?:emettre|etablir|faire|envoyer|adresser|transmettre"
    rf"|faites[- ]nous|attendons|exige\w*|voulons) (?:(?:un|votre|l'|cet|nous|moi|parvenir) ?){{0,3}}avoir\b|facture rectificative"
    rf"|(?:rectifier|corriger|revoir|annuler) (?:cette |la |votre |vos |ces )?{INVOICE}"
    rf"|{INVOICE}{NEAR}\b(?:bloquee?s?|refusee?s?|rejetee?s?|erronee?s?|incorrecte?s?|fausses?"
    r"|inexacte?s?|suspendue?s?|contestee?s?|a refaire|non (?:due?s?|conforme|validee?s?))"
    r"|erreurs? (?:de|dans|sur)(?: la| votre| vos)? factur\w+"
    r"|ne (?:paierons|payerons|paierai|payerai|reglerons|reglerai|payons|paie|paye|regle"
    r"|reglons)(?: pas| rien)\b|refus(?:e|ons|er)(?: de)? (?:payer|regler|valider|cette facture|votre facture|la facture|vos factures)|(?:ne|n') ?(?:reconnai|accept|valid)\w+ pas (?:cette|votre|la|vos|ces)|(?:do|can|will) ?(?:not|n[o']?t) (?:recogni[sz]e|accept|approve) (?:this|your|the|these)"
    rf"|(?:bloqu|suspend|reten)\w+ (?:le |les |vos |votre |ce |tout )?(?:paiement|reglement)s?"
    r"|(?:je|nous) ne (?:dois|devons)(?: vous)? (?:rien|pas)|ne (?:vous )?d(?:evons|ois) (?:rien|pas)"
    rf"|dispute[ds]?|disputing|we (?:do not|don'?t) agree|disagree|in query|querying|query on"
    rf"|credit note|{INVOICE}{NEAR}\b(?:wrong|incorrect|rejected|on hold|disputed|not valid)"
    r"|(?:will|do|shall|'ll) ?not (?:be )?pay(?:ing)?\b|won'?t (?:be )?pay\w*"
    r"|refus\w+ to pay|withh[eo]ld\w*|reclamation)\b"
)
#: An “avoir” or a letter that is asked for is no dispute by itself.
REASONS = {
    "quality": [
        (r"\b(?:malfacons?|vices? caches?|desordres?|(?<!\ba )(?<!\bpar )defauts?|defectueu\w+|non[- ]conform\w+"
         r"|pas conformes?|infiltrations?|fissur\w+|fuites?|fuit\b|degats?|degrad\w+|abim\w+"
         r"|cassee?s?|ray(?:ee?s?|ures?)|bacl\w+|de travers|gondol\w+|decoll\w+|humidite"
         r"|moisissures?|dysfonction\w*|en panne)\b", 0.8),
        (rf"\breserves?\b{NEARLY}\b(?:non|pas|toujours|restent|subsist\w+|levee|levees|levez|lever"
         r"|leve|attente|emises?|reception|encore|courent|majeures?|en cours|ouvertes?"
         r"|formulees?|signalees?|pv)\b", 0.82),
        (rf"\b(?:levez|lever|levee|leverez|leve|levera|restent|reste|nombreuses|encore des|avec|\d+)\b{NEAR}"
         r"\breserves?\b(?! de (?:propriete|garantie))", 0.8),
        (r"\b(?:mal (?:fait|faite|faits|faites|pose\w*|fini\w*|execut\w+|realis\w+|mont\w+|install\w+)|travail (?:bacle|sale)"
         r"|(?<!facture )(?<!calcul )(?<!metre )(?<!decompte )(?<!situation )a (?:reprendre|refaire)|reprises? (?:a faire|non)|ne (?:fonctionn\w+|march\w+|ferm\w+) (?:pas|plus)(?! (?:avec (?:moi|nous)|comme (?:ca|cela)))"
         r"|mauvaise qualite|(?<!bonne )(?<!et la )(?<!pour la )(?<!pour votre )qualite (?:du|des|de|inaccept\w+|deplorable|insuffisante)"
         r"|pas satisf\w+|insatisf\w+)\b", 0.75),
        (r"\b(?:snag\w*|defects?|defective|leak(?:s|ing|ed)?|cracks?|cracked|poor(?:ly)? (?:work\w*|quality"
         r"|finish\w*|done|installed|fitted)|workmanship|not (?:up to|to) (?:standard|spec\w*)|substandard|faulty"
         r"|damaged?|broken|does ?n[o']?t work(?! (?:here|for|with|at|there))|not working(?! (?:here|for|with|at|there))|remedial|peeling|quality (?:of|issues?|problems?)"
         r"|not fit for purpose|punch list|botched)\b", 0.8),
    ],
    "quantity": [
        (r"\b(?:quantites?|metres?\b(?= (?:facture|ne|est|sont|errone|contradictoire|a|reel))|metrage|avancement|pourcentage"
         rf"|quantit(?:y|ies)|measurements?|percentage|hours (?:billed|charged|invoiced))\b{NEARLY}"
         r"\b(?:erron\w+|faux|fausse|inexact\w*|ne correspond\w*|superieure?s?|trop|surestim\w+|pas"
         r"|different\w*|excessi\w+|conteste\w*|incorrect|wrong|do(?:es)? ?n[o']?t match|too|higher|not|exceed\w*"
         r"|overstated|disagree|au lieu|alors que)\b", 0.82),
        (r"\b(?:erreurs?|ecarts?|desaccord|difference|probleme|conteste\w*|contestons|discrepancy|mistake|error"
         rf"|disput\w+|not agree|disagree|wrong)\b{NEAR}\b(?:quantit\w+|metres?\b|metrage|avancement|hours|measure\w*)", 0.85),
        (r"\b\d[\d ]*(?:[.,]\d+)?\s?(?:m2|m3|m²|m³|ml|metres?|heures?|h|hrs|hours|tonnes?|t|unites?|pieces?|u|jours?(?! (?:de retard|d'attente|ouvr|calend|fin|apres|avant|a compter|a partir|suivant|net))|days(?! (?:late|overdue|after|before|notice))|sqm"
         rf"|points?|bags|sacs|palettes?|pallets)(?!\w){NEARLY}\b(?:au lieu|alors qu\w*|contre|et non|seulement|instead|rather"
         r"|whereas|only|but|mais|pas|vs|not|on n'en|reellement|effectivement)\b", 0.78),
        (r"\b(?:factur\w+|billed|charged|invoiced|compte[sz]?)\s(?:\S+\s){0,4}(?:en trop|too (?:many|much))\b", 0.75),
        (r"\b(?:only|seulement|que)\s\d[\d ]*\s?(?:m2|m3|m²|ml|heures|hours|units?|pieces|tonnes?|jours|days|bags|sqm|%)(?!\w)"
         rf"{NEAR}\b(?:delivered|livr\w+|pose\w*|realis\w+|done|recu\w*|received|installed|worked|execut\w+)\b", 0.78),
    ],
    "price": [
        (r"\b(?:prix|tarifs?|taux|remises?|rabais|montants?|total|tva|devis|price[sd]?|rates?|pricing|amount"
         rf"|discount|quote[sd]?|quotation|vat|revision|actualisation|marche)\b{NEARLY}\b(?:erron\w+|faux|fausse|inexact\w*"
         r"|ne correspond\w*|non[- ]conforme|superieure?s?|trop|pas (?:celui|ceux|celle|le bon|la bonne|les bons|ete appliqu\w+|applique\w*|deduite?|prise?|conforme"
         r"|convenu)|different\w*|excessi\w+|incorrect|wrong|do(?:es)? ?n[o']?t (?:match|correspond)|higher|oubli\w+|au lieu"
         r"|alors que|n'a pas ete|not (?:applied|deducted|what|been|as agreed|the agreed)|more than|missing|non (?:appliqu\w+|deduite|prise)"
         r"|depasse|instead|convenu|agreed|negoci\w+|autoliquidation)\b", 0.8),
        (r"\b(?:erreurs?|ecarts?|desaccord|difference|probleme|conteste\w*|contestons|mistake|error|disput\w+"
         rf"|disagree|wrong|incorrect|mauvais)\b{NEAR}\b(?:prix|tarifs?|taux|montants?|tva|remise|price[sd]?|rate|amount|vat|discount)\b", 0.84),
        (rf"\b(?:oubli\w+|omis|omission|forg[eo]t\w*|pas (?:applique|deduit|pris|tenu compte)|failed to apply)\b{NEAR}\b(?:remise|rabais|tva|escompte|acompte|discount|retenue|avoir|deposit|prorata)", 0.8),
        (r"\b(?:surfactur\w+|overcharg\w+|trop (?:cher|percu|facture)|plus cher|over ?billed|overpriced|n'est pas au (?:bon )?prix)\b", 0.8),
        (r"(?:\d[\d ]*(?:[.,]\d+)?\s?(?:€|eur\w*)|€\s?\d[\d,. ]*)[^.!?]{0,50}\b(?:au lieu de|instead of|alors que|et non|not the agreed|mais le (?:devis|marche))\b", 0.84),
        (r"\b(?:compte prorata|prorata|penalites? de retard|retenue de garantie|deduction|deductions)\b"
         rf"{NEAR}\b(?:pas|non|a deduire|oubli\w+|not|missing|n'a pas)\b", 0.66),
    ],
    "missing_order": [
        (r"\b(?:sans|pas de|absence de|absence d'un|manqu\w+|aucun|il manque|non? (?:mention\w*|indiqu\w+)|faute de|missing|no|without|need\w*"
         rf"|ne (?:mentionn\w+|comport\w+|figur\w+|port\w+|fait)(?: pas)?|does ?n[o']?t (?:show|mention|quote|have)|not (?:quoted?|mention\w*|show\w*))\b{NEAR}"
         r"\b(?:bons? de commande|bdc|n(?:°|umeros?|o\.?) de (?:commande|bc|marche)|numeros? d'engagement|engagement|commande|ordre de service"
         r"|avenants?|p\.?o\.?(?: number)?|purchase order|order number|order ref\w*|code service|variation order)\b", 0.84),
        (r"\b(?:bon de commande|numero (?:de commande|d'engagement|de marche)|engagement juridique|code service|po(?: number)?|purchase order|order number|avenant)\b"
         rf"{NEAR}\b(?:manqu\w+|absente?|pas|obligatoire|missing|required|not|inconnu|invalide|errone|aucun)\b", 0.8),
        (r"\b(?:(?:jamais|pas) (?:ete )?(?:command\w+|valide (?:ce|cet|ces|cette)|signe)|n'a\w* (?:jamais|pas) (?:ete )?(?:command\w+|demande\w* ces)|non command\w+"
         r"|hors (?:marche|devis|contrat)|never (?:been )?(?:ordered|approved|agreed|signed|instructed)|not (?:been )?(?:ordered|approved by us|instructed)"
         r"|did ?n[o']?t order|sans (?:accord|ordre)|travaux supplementaires non)\b", 0.76),
    ],
    "not_delivered": [
        (r"\b(?:pas|jamais|non|ni|rien)\s(?:\S+\s){0,2}(?:livree?s?|realisee?s?|effectuee?s?|executee?s?|terminee?s?|finie?s?|achevee?s?|commencee?s?"
         r"|demarree?s?|posee?s?|installee?s?|intervenue?s?|faite?s?|venue?s?|recue?s? (?:la|le|les|de|ce|cette) (?:marchandise|materiel|livraison|commande|colis|produit|fourniture)\w*)\b", 0.8),
        (rf"\b{WORKS}\b{NEAR}\b(?:inachev\w+|incomplet\w*|pas (?:fini|termin|commenc|livr|fait(?!es correct|s correct|e correct)|realis|recu)\w*|jamais (?:livr|recu|fait|commenc)\w*|non (?:livr|realis|execut|termin|fait|fini|recu)\w*|en suspens|abandonn\w+"
         r"|not (?:been )?(?:delivered|completed?|finished|done|started|carried out|received)|unfinished|incomplete|never (?:arrived|delivered|came|turned up|received|done|started|finished|completed)|outstanding|still not)\b", 0.82),
        (r"\b(?:abandon (?:de|du) chantier|chantier (?:a l'arret|abandonne)|personne n'est venu|inachevement|n'etes (?:jamais|pas|toujours pas) (?:venu|revenu|passe|intervenu)\w*"
         r"|finissez d'abord|terminez d'abord|finir (?:le|les|vos) (?:chantier|travaux)|never (?:turned|showed) up|did ?n[o']?t (?:turn|show) up|walked off"
         r"|not (?:been )?(?:delivered|completed|finished)|non[- ]delivery|never (?:been )?(?:delivered|received the (?:goods|material\w*|delivery))|finish the (?:job|work))\b", 0.8),
    ],
    "duplicate": [
        (r"\b(?:doublons?|en double|double (?:facturation|facture|emploi)|factur\w+ (?:2|deux) fois|deja (?:ete )?factur\w+|deux fois (?:la meme|factur\w+|cette|le meme)"
         rf"|duplicated?|(?:billed|invoiced|charged) (?:\S+ )?twice|double[- ](?:bill|invoic|charg)\w+|already (?:been )?(?:billed|invoiced|charged)|same {INVOICE}|meme facture"
         r"|fait double emploi|(?:billed|invoiced|charged) (?:us )?(?:for )?(?:this|it|that) (?:already|before))\b", 0.85),
    ],
}  # fmt: skip
MORE = {
    "quality": [
        (r"\bn[e'] ?(?:s'|se )?(?:ferm|ouvr|chauff|march|fonctionn|demarr|allum|verrouill|evacu|tien|refroidi|vid|bloqu|tourn|cou)\w*\s(?:pas|plus|mal)\b(?! (?:avec (?:moi|nous)|comme (?:ca|cela)))|\b(?:ferme|ouvre|chauffe|fonctionne|marche) mal\b|\b(?:does ?n[o']?t|do ?n[o']?t|wo ?n[o']?t|will not|not) (?:close|open|shut|lock|heat|drain|fit|turn on|start|switch|flush|seal|work|hold|align)\w*\b", 0.76),
        (r"(?<!vous )\b(?:s'ecaill\w+|ecaill\w+|s'effrit\w+|tomb\w+ en (?:panne|morceaux|ruine)|rouill\w+|cloqu\w+|pas (?:droite?s?|d'aplomb|de niveau|etanches?)|bancal\w*|grinc\w+|coinc\w+|mal isol\w+|prend l'eau|eau (?:coule|rentre|passe|s'infiltre)|eclats?|crooked|uneven|scratch\w*|dented|mouldy|damp|wobbl\w+|squeak\w*|falling (?:off|apart)|water (?:ingress|coming))\b", 0.78),
        (r"\b(?:repren(?:iez|dre|ez|drez)|repar\w+|refai(?:re|tes|siez)|corrig\w+|rectifi\w+|repair\w*|fix(?:ed|ing)?|redo\w*|put right|make good)\b(?=[^.!?]{0,60}\b(?:joints?|porte|carrelage|mur|facade|toit\w*|fuite|peinture|dalle|enduit|seuil|fissure|evier|douche|parquet|cloison|fenetre|plafond|sols?|travaux|pose|work|leak|roof|wall|floor|tiles?|door|window|defects?|snags?|it|them)\b)", 0.7),
        (r"\bpas (?:celle|ceux|celui|celles|le|la|les|du tout)\b[^.!?]{0,20}\b(?:commande\w*|prevue?s?|demande\w*|choisi\w*|bonne couleur|bon modele|bonne teinte)\b|\bnot (?:what|the (?:one|model|colou?r))s? (?:we|i|was|were)? ?(?:ordered|specified|chosen|agreed)", 0.74),
        (r"\b(?:pas|jamais|toujours pas|non) (?:\S+ )?(?:repare\w*|repris\w*|resolu\w*|corrige\w*|remplace\w*)\b|\b(?:not|never|n't) (?:\S+ )?(?:been )?(?:repaired|fixed|resolved|replaced|put right)\b", 0.72),
    ],
    "quantity": [
        (r"\bil manque (?:environ )?\d[\d ]*(?:[.,]\d+)?\s?(?:m2|m3|ml|metres?|heures?|h|tonnes?|unites?|pieces?|jours?|u|kg|litres?|sacs|palettes)(?!\w)", 0.71),
        (r"\b(?:only|ne|n'avons|seulement)\b[^.!?]{0,40}\b(?:valide\w*|approuve\w*|approved|accepted|agreed|certified|certifie\w*|accepte\w*)\b[^.!?]{0,25}\b\d+(?:[.,]\d+)?\s?%", 0.74),
        (r"\b(?:avancement|situation|claim|progress|valuation|completion)\b[^.!?]{0,60}\b\d+(?:[.,]\d+)?\s?%[^.!?]{0,80}?\b\d+(?:[.,]\d+)?\s?%", 0.78),
        (r"\b\d[\d ]*(?:[.,]\d+)?\s?(?:m2|m3|ml|metres?|heures?|h|hours|tonnes?|jours?|days|sqm|u)(?!\w)[^.!?]{0,60}?\b(?:valide\w*|approuve\w*|approved|accepte\w*|mesure\w*|measured|releve|compte|comptee?s|constate\w*)\b(?! (?:bancaire|de|du|avant))", 0.68),
        (r"\b(?:factur|compt(?!a|er\b)|charg|bill|invoic|reclam)\w*\b[^.!?]{0,40}?\b\d+(?![\d ]*(?:[.,]\d+)?\s?(?:€|eur|%|£|\$))[^.!?]{0,60}?\b(?:recu\w*|livr\w+|pos\w+|install\w+|realis\w+|effectu\w+|deliver\w+|received|fitted|worked|done|seulement|only|au lieu|alors qu|instead|n'en|en realite|in reality|actually)\b", 0.74),
        (r"\b(?:heures|jours|surfaces?|volumes?|tonnages?|nombre (?:de|d')|hours|area|days|number of|linear metres|metrages?|cubages?)\b[^.!?]{0,60}\b(?:ne correspond\w*|erron\w+|faux|fausses?|inexact\w*|exager\w+|gonfle\w*|trop (?:eleve|import)\w*|excessi\w+|wrong|incorrect|inflated|do(?:es)? ?n[o']?t (?:match|add up|correspond)|overstated|pas (?:les|le) bon\w*)\b", 0.8),
        (r"\b(?:pas (?:fait|realise|execute|pose|consomme) (?:autant|tout)|moins (?:de|que) (?:ce qui|facture)|plus que (?:realise|execute|livre)|surestim\w+|overestimat\w+|over[- ]?claimed|over[- ]?measured)\b", 0.72),
    ],
    "price": [
        (r"\b(?:pas|not|non|n't)\s(?:\S+\s){0,3}(?:prevue?s?|compris\w*|inclus\w*|chiffre\w*|in|included|part|quoted|mentionne\w*)\s(?:\S+\s){0,3}(?:devis|marche|contrat|quote|quotation|contract|estimate)\b", 0.76),
        (r"\b(?:tva|vat|tax|taux|rate)\b[^.!?]{0,50}\b\d+(?:[.,]\d+)?\s?%[^.!?]{0,40}\b(?:not|pas|et non|au lieu|instead|rather|plutot)\b", 0.8),
        (r"\b(?:should be|devrait etre|doit etre|aurait du etre|was supposed to be|ought to be)\b[^.!?]{0,25}(?:\d[\d .,]*\s?(?:€|eur|%|£)|[€£]\s?\d)", 0.74),
        (r"\b(?:prix|tarifs?|montants?|revision|actualisation|calculs?|decompte|total|price|amount|calculation|figures?)\b[^.!?]{0,40}\b(?:mal (?:calcule|applique)\w*|a (?:revoir|corriger|rectifier)|revoir|corriger|miscalculated|wrongly|badly)\b|\b(?:corrig\w+|rectifi\w+|revoir|revoyez|correct|adjust|amend|revise)\s(?:\S+\s){0,3}(?:montants?|prix|tarifs?|total|taux|amount|price|rate|total)\b", 0.74),
        (r"\b(?:depass\w+|superieure?s?|excede\w*|au[- ]dessus|exceed\w*|above|over|higher than)\s(?:\S+\s){0,5}(?:devis|marche|commande|contrat|quote|quotation|estimate|contract)\b", 0.82),
        (r"\b(?:n'a pas ete|n'ont pas ete|pas ete|non|not been|wasn'?t|not) (?:deduite?s?|deduct\w*|retranche\w*|pris\w* en compte|appliqu\w+|credit\w*|rembourse\w*)\b", 0.76),
        (r"\b(?:agreed|convenu\w*|negoci\w+|contractuel\w*|contract|quoted)\s(?:\S+\s){0,3}(?:rate|price|amount|sum|prix|tarif|montant|total)\b[^.!?]{0,60}\b(?:not|was|is|et non|pas|etait|est)\b", 0.74),
        (r"\b(?:pas (?:le|ce|du) (?:prix|tarif|montant)|not (?:the|our) (?:price|rate|amount)|prix (?:exorbitant|delirant|abusif)s?|ridiculously expensive|too expensive)\b", 0.74),
    ],
    "missing_order": [
        (r"\b(?:rien|jamais|pas|nothing|never|n't|not)\s(?:(?!celle|ceux|celui)\S+\s){0,2}(?:signe\w*|signed|command\w+|ordered|valide (?:ce|cet|ces|de) \w+|accepte (?:ce|cet|ces|de) \w+)\b", 0.7),
        (r"\b(?:refai\w+|renvoy\w+|reemett\w+|indiqu\w+|mentionn\w+|report\w+|precis\w+|rappel\w+|ajout\w+|complet\w+|not(?:er|ez)|port(?:er|ez)|appos\w+|faire figurer|quote|add|include|show|state|put|reissue|resubmit)\b[^.!?]{0,60}\b(?:n(?:°|o|umero) ?(?:de |d')?(?:commande|bc|marche|engagement)|bon de commande|numero d'engagement|engagement juridique|p\.?o\.? (?:number|ref\w*)|purchase order|order (?:number|ref\w*)|our po)\b", 0.76),
        (r"\b(?:sans|without|aucune?|pas (?:de|d')|no) (?:\S+ ){0,3}(?:accord (?:ecrit|prealable)|validation prealable|signed variation|written (?:approval|instruction)|instruction)\b", 0.7),
    ],
    "not_delivered": [
        (r"\b(?:half|part|some|most|rest|parts?|items?|units?|doors?|windows?|goods|materials?|order|delivery)\b[^.!?]{0,40}\b(?:missing|outstanding|not here|never came|to come|to follow)\b", 0.74),
        (r"\b(?:sans (?:avoir )?(?:finir|fini|terminer|termine|achever|acheve)|avant (?:d'avoir (?:fini|termine)|la fin (?:du chantier|des travaux)|de (?:finir|terminer))|before (?:finishing|completing|completion|the end)|without (?:finishing|completing)|left (?:the )?(?:site|job)|quitt\w+ (?:le )?chantier|laiss\w+ (?:le )?chantier(?! (?:dans un etat|\w* ?(?:propre|impeccable|nickel)))|half[- ](?:finished|done)|a moitie (?:fini|fait|termine)\w*|pas (?:revus?|encore commence)|abandonn\w+|en plan)\b", 0.74),
        (r"\b(?:you|they|works?|job|it|crew|team|site|goods|materials?|delivery|your (?:\S+ )?(?:men|guys|people|workers|fitters))\b[^.!?]{0,30}?\b(?:have ?n[o']?t|has ?n[o']?t|did ?n[o']?t|are ?n[o']?t|is ?n[o']?t|not|never|yet to)\s(?:\S+\s){0,2}(?:finish\w*|complet\w*|deliver\w*|done|start\w*|install\w*|fit\w*|come|came|arriv\w*|return\w*|back)\b", 0.78),
        (r"\b(?:livraison|commande|delivery|order)\b[^.!?]{0,40}\b(?:incomplete?|partielle|short|partial|manqu\w+)\b|\bil manque (?:encore )?(?:\d+|des?|les?|une?|deux|trois|quelques) (?!documents?|pieces? just|facture|attestation|bon|numero|pv\b|situation|signature)\w+", 0.7),
        (r"\b(?:reste|restent|still) (?:encore |a |outstanding|to )?(?:\S+ ){0,4}(?:a (?:poser|finir|terminer|livrer|faire|installer|realiser|monter|raccorder)|to (?:be )?(?:do|done|finish\w*|install\w*|complet\w*|deliver\w*|fit\w*))\b", 0.78),
        (r"\b(?:revenez|revenir|finissez|terminez|finish|complete|come back)\b[^.!?]{0,40}\b(?:finir|terminer|chantier|travaux|d'abord|avant|first|works?|job|and we)\b", 0.7),
    ],
    "duplicate": [
        (r"\b(?:deja|already)\s(?:\S+\s)?(?:recu|eu|traite|enregistre|comptabilise|received|had|processed|booked|got)\w*\s(?:\S+\s){0,2}(?:facture|invoice|situation|bill)\b[^.!?]{0,60}\b(?:mois|autre|numero|precedent\w*|month|under|different|another|last)\b|\b(?:deja|already) (?:traitee|comptabilisee|enregistree|processed|booked)", 0.74),
        (r"\b(?:deux|2|two|une deuxieme|une seconde|a second)\s(?:fois )?(?:factures?|invoices?)\s(?:\S+\s){0,3}(?:pour|for|du|de|of)\s(?:\S+\s){0,2}(?:la |le |les |the )?(?:meme|same)|\b(?:recu|received|got|envoye|sent)\s(?:\S+\s){0,4}(?:deux fois|2 fois|twice)\b|\b(?:figur\w+|inclus\w*|compris\w*|included|covered)\s(?:\S+\s){0,2}(?:deja|already|dans (?:la|une|votre) (?:facture|situation)|on (?:invoice|the previous))", 0.78),
    ],
}  # fmt: skip
for _reason, _patterns in MORE.items():
    REASONS[_reason] += _patterns
REASONS = {
    reason: [(re.compile(pattern), base) for pattern, base in patterns]
    for reason, patterns in REASONS.items()
}
OTHER = re.compile(
    r"\b(?:(?:ne (?:nous |me )?concerne pas|pas notre (?:societe|facture|chantier|affaire)|mauvaise (?:societe|entite"
    r"|adresse de facturation|entreprise)|not (?:our|ours|for us|addressed to)|wrong (?:company|entity)"
    r"|does ?n[o']?t (?:concern|relate to) us))\b"
)
#: Days late are no quantity, and what does not work with people is no door.
TALK = re.compile(
    r"\b(?:jours?|semaines?) de retard,? (?!soit|factur|penal|dans la (?:livr|pose))|\bdays (?:late|overdue)\b|\b(?:pas|plus) avec (?:moi|nous)\b|\b(?:avis|cheque|preuve|copie|fichier|document|justificatif|piece|ci|ordre)[ -]joint"
)
#: It does not open either, but it is no door.
#: A question that is none.
RHETORIC = re.compile(
    r"\b(?:alors qu|comment (?:pouvez|osez)|how (?:can|could|dare) you|pourquoi (?:je |nous |on |payer|\d|devr)|why (?:should|would|am i|are we|have you|did you)|ou (?:est|sont) (?:passe|donc)|when (?:the|you|we))|\?\?"
)
#: Who comes back to mend has something to mend.
RETURN = re.compile(
    r"\b(?:faite?s?|rien|reven\w+|repris\w*|passe\w*|effectue\w*|done|back|left|laisse)\b"
)
THEIRS = re.compile(
    r"\b(?:clients?|promoteurs?|donneurs? d'ordre|maitre d'ouvrage|customers?)\b[^.!?]{0,25}$|\bpas dit que\b"
)
FILE = re.compile(
    r"\b(?:pieces? jointes?|fichiers?|pdf|lien|attachment|file|link|portail (?:client|web))\b"
)
#: The trouble is over, or somebody speaks of it as such.
SOLVED = re.compile(
    r"\b(?:ont (?:bien |toutes )?ete (?:levees?|reprise?s?|corrige\w*)|sont (?:desormais |maintenant |toutes )?(?:levees?|repares?)|(?:has|have) (?:now )?been (?:fixed|resolved|lifted)"
    r"|est (?:regle|resolu|leve)|aucune? (?:reserves?|contestation|litiges?|reclamation)|pas de (?:contestation|litige|reserves?)|no (?:dispute|defects?|snags?)"
    r"|sans reserves?|nous ne contestons pas|je ne conteste pas|not disput\w+|ne sont pas contest\w+|n'est pas contest\w+|sous (?:toutes )?reserves?|levee des reserves signe"
    r"|(?<!n')(?:a|ont) (?:bien |toutes |tous |deja )?ete (?:reparee?s?|corrigee?s?|reprise?s?|resolue?s?|levee?s?|remplacee?s?|traitee?s?)|(?:est|sont) (?:superbes?|magnifiques?|parfaite?s?|impeccables?|nickel|tres bien)|tout est (?:parfait|bon|ok|conforme|nickel)|(?:est|sont) (?:bien )?(?:conformes? au|bonnes?|justes|exactes?)\b|tres (?:bien )?(?:faits?|contents?|satisfaits?)|ne (?:fuit|coule|goutte|bloque|coince|grince)\w* plus\b|tout va bien|aucune (?:remarque|observation)|(?:very|really|so) (?:happy|pleased) with|(?:is|are|looks?) (?:great|perfect|lovely|fine)|aucun (?:probleme|souci|defaut|desordre)|(?:pas|plus) (?:de |d'|un )(?:doublon|erreur|malfacon|fuite|defaut|desaccord)\w*|rien a (?:redire|signaler|reprocher)|(?:tres |bien )bien passe|en reserve|do ?n[o']?t dispute|is ?n[o']?t disput\w+)\b"
)
