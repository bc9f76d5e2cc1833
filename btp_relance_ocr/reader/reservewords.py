# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wordings of lists of reserves: what announces them, what ends them, what became of each."""

import re

HEAD = re.compile(
    r"(?:liste|etat|detail|releve|tableau|nature|designation|enumeration|annexe|"
    r"objet)?.{0,30}\b(?:reserves?|imperfections?|malfacons?|non[- ]conformites?|desordres?|"
    r"(?:points?|elements?|defauts?|finitions?|reprises?|details?|anomalies) "
    r"(?:suivants? |suivantes? |ci-(?:apres|dessous) )?"
    r"(?:(?:sont|ont ete|restent) )?(?:a (?:\w+|\w+ et \w+)|reservee?s?|"
    r"relevee?s?|constatee?s?|notee?s?|signalee?s?)|remarques?|(?:travaux|prestations|ouvrages|"
    r"epreuves) (?:a (?:reprendre|achever|realiser|executer|terminer)|"
    r"restant|non executes|a parfaire)|omissions?|observations?|"
    r"rest\w+ a (?:executer|realiser|achever|terminer|faire|lever|reprendre))\b"
)
STOP = re.compile(
    r"^(?:fait (?:a|en|le)\b|article \d|dress|elle |il |une nouvelle|la date|nous |le present|"
    r"\(?\d?\)? ?rayer|signe|signature|"
    r"(?:le |la |l')?(?:maitre (?:d|de l)['\s]|maitrise|entreprise|client|titulaire|entrepreneur|sous-traitant|"
    r"architecte)\b|"
    r"pour l[ea']|que (?:le titulaire|l'entrepr|les? (?:installations?|epreuves?|travaux|reserves?)|"
    r"la reception)|au vu d|constate que|decide (?:de|que)|a [a-z' -]+,? le\b|date|"
    r"[aà] ?[a-z' -]+, ?le \d|la decision|les propositions|"
    r"reserves? .{0,30}\blevees?\b.{0,12}:|nous vous|vous |veuillez|je |dans l'attente|cordial|merci|"
    r"annexe a|restant|vise|vu\b|verifie|valide|"
    r"approuve|"
    r"lu et|visa|cachet|les reserves (?:ci|devront|seront|non levees|maintenues)|ces reserves|l'entrepreneur|delai|"
    r"une? reserves? reste|reste|toutes les|l'ensemble|le present|la presente|la garantie|nom|qualite|"
    r"page|total|bilan|conclusion|decision|en consequence|le delai|la reception|il est|exemplaire|copie|nb|nota|"
    r"date de|\d+ reserve|documents?|observations? (?:de|du)|prononce|le soussigne|par|"
    r"les? travaux (?:devront|seront))"
)
BULLET = re.compile(
    (
        r"^\s*(?:\(\d\)\s*|\d{1,2}\.\d{1,2}\.?\s+|[-–—•*▪►>·●○]\s*|(?:r\s?)?\d{1,2}\s?[.)°/:-]+\s*|[a-h]\)\s*|n°\s?\d+\s*[:.-]?\s*|"
        r"r\d{1,2}\b[\s.:-]*|☐\s*|☒\s*|☑\s*|reserve n°\s?\d+\s*[:.-]?\s*)"
    ),
    re.IGNORECASE,
)
NUMBER_CELL = re.compile(r"^(?:r\s?)?\d{1,3}\.?$", re.IGNORECASE)
STATUS = re.compile(
    r"[\s:;,(–—-]*(?P<status>non[- ]levee?s?|pas levee?s?|a lever|maintenue?s?|en cours|non faite?s?|"
    r"non repris\w*|a reprendre|non realise\w*|non execute\w*|non traitee?s?|non|reste a lever|ouverte?|"
    r"levee?s?(?: le [\d./ -]+)?|leve|faite?s?|oui|soldee?s?|realise\w*|execute\w*|repris\w*|conforme|"
    r"traitee?s?|ok|close?|cloturee?)\s*[).;]*$"
)
OPEN = re.compile(r"^(?:non|pas|a lever|mainten|en cours|a reprendre|reste|ouvert)")
WANTED_COLUMN = re.compile(
    r"reserve|nature|designation|description|observation|malfacon|objet|libelle|imperfection|desordre|"
    r"constat|intitule|travaux|remarque|commentaire|anomalie|point|defaut|probleme|finition"
)
OTHER_COLUMN = re.compile(
    r"^(?:#|n°|no\b|num|n\b|id\b|rep\b|etage|bat|ets|cree|photo|mainten|a reprendre|a lever|non|localisation|"
    r"lieu|local|zone|emplacement|delai|date|etat|statut|lev|suite|visa|"
    r"entreprise|lot|resp|echeance|observ|avis|repere|ref|piece|niveau|decision)"
)
#: Headings and headers that stand among the items.
HEADING = re.compile(
    r"(?:liste|etat|detail|tableau|releve|nature|description|enonce)(?: \w+){0,3} (?:reserves?|imperfections?|"
    r"malfacons?|"
    r"remarques?)\W*|listes?|observations?|remarques?|reserves?|descriptions?|designations?|localisation|delais?"
)
#: Lines that are never items, whatever leads them.
NEVER = re.compile(
    r"(?:\(?\*? ?(?:la |les )?mentions? inutiles?|rayer|barrer|cocher|dress|elle |une nouvelle|exe ?\d\b|la "
    r"date )"
)
OPTION = re.compile(
    r"(?:sans|avec|sous)(?: aucune| les)? reserves?|refus\w* (?:de )?(?:la )?reception|"
    r"reception (?:est )?refus|ne pas prononcer|non prononcee|ne sont pas levees|reserves? (?:sont|"
    r"est|ont) .{0,30}levee?s?|n'est pas prononcee|"
    r"toutes les reserves|ensemble des reserves|refuse la|(?:ne pas |n')accepte|assorti\w*|accepte\w* (?:l'|les? "
    r")?ouvrages?"
)
EMPTY = re.compile(r"neant|aucune?|sans objet|pas de reserve|^\W*$|^[.…_ -]+$|^rien")
#: The headers of tables of reserves, which need no heading over them.
TABLED = re.compile(
    r"reserve|observation|malfacon|imperfection|desordre|remarque|anomalie|defaut|finition|constat"
)
#: Reserves told after a colon.
SAID = re.compile(
    r"(?:avec|assorti\w* d\w+|sous) (?:\w+ ){0,2}reserves?(?: suivantes?| ci-apres)?\s?:\s?(?P<items>[^.:]{8,240})"
)
#: States that may as well be the end of what is wrong: ``relevé d'étanchéité à reprendre``.
WORK = re.compile(
    r"a reprendre|repris|execut|realise|conforme|fait|traite|non (?:repris|execut|realis|fait)"
)
