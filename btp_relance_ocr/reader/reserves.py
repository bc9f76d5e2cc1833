# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The list of reserves, item by item, with what became of each; and the deadline to lift them."""

import re

from . import labels, layout, marks, options
from .model import Found
from .values import find_dates, plain

HEAD = re.compile(
    r"(?:liste|etat|detail|releve|tableau|nature|designation|enumeration|annexe|"
    r"objet)?.{0,30}\b(?:reserves?|imperfections?|malfacons?|non[- ]conformites?|desordres?|"
    r"(?:points?|elements?|defauts?|finitions?|reprises?|details?) (?:a (?:\w+|\w+ et \w+)|"
    r"reserves?|releves?|constates?)|remarques?|(?:travaux|prestations|ouvrages|"
    r"epreuves) (?:a (?:reprendre|achever|realiser|executer|terminer)|"
    r"restant|non executes|a parfaire)|omissions?|observations?)\b"
)
STOP = re.compile(
    r"^(?:fait (?:a|en|le)\b|article \d|dress|elle |il |une nouvelle|la date|nous |le present|"
    r"\(?\d?\)? ?rayer|signe|signature|"
    r"(?:le |la |l')?(?:maitre (?:d|de l)['\s]|maitrise|entreprise|client|titulaire|entrepreneur|sous-traitant|"
    r"architecte)\b|"
    r"pour le|a [a-z' -]+,? le\b|date|"
    r"[aà] ?[a-z' -]+, ?le \d|la decision|nous vous|vous |veuillez|je |dans l'attente|cordial|merci|"
    r"restant|vise|vu\b|verifie|valide|"
    r"approuve|"
    r"lu et|visa|cachet|les reserves (?:ci|devront|seront)|ces reserves|l'entrepreneur|delai|"
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
    r"(?:\(?\*? ?(?:la |les )?mentions? inutiles?|rayer|barrer|cocher|dress|elle |une nouvelle|la "
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


def find(doc, kind):
    """The list and the state of its items.

    :return: (Found of the open items or None, {"lifted": n, "open": n}, deadline Found or None)
    """
    states = {"lifted": 0, "open": 0}
    best, where = _under_headings(doc, kind)
    if not best and kind == "pv_levee_reserves":
        best, where = _tabled(doc)
        if not any(status for _text, status, _segment in best):
            best, where = _with_status(doc)
    if not best and kind == "pv_reception":
        best, where = _bulleted(doc)
    if not best:
        best, where = _tabled(doc)
    if not best and kind == "pv_reception":
        best, where = _in_sentence(doc)
    kept = []
    for text, status, segment in best:
        if status is None or OPEN.match(status):
            kept.append((text, segment))
            states["open"] += status is not None
        else:
            states["lifted"] += 1
    states["unknown"] = sum(status is None for _text, status, _segment in best)
    if not kept:
        return None, states, _deadline(doc)
    sure = min(
        1.0, sum(segment.confidence for _text, segment in kept) / len(kept) / 0.9
    )
    box = kept[0][1].box
    found = Found(
        [text for text, _segment in kept],
        (0.55 if states["unknown"] and states["lifted"] else 0.9) * (0.6 + 0.4 * sure),
        where[0].number,
        box,
        "list",
    )
    return found, states, _deadline(doc)


def _under_headings(doc, kind):
    """The longest list under a heading; those that their headings call lifted or open go together."""
    best, parted, where = [], [], None
    for page in doc.pages:
        for line in filter(_is_head, page.lines):
            if kind == "pv_levee_reserves" and (apart := _side_by_side(page, line)):
                parted += apart
                where = where or (page, line)
                continue
            items = _items(page, line)
            if kind == "pv_levee_reserves" and (told := _head_status(line)):
                parted += [
                    (text, state or told, segment) for text, state, segment in items
                ]
                where = where or (page, line)
            elif len(items) > len(best):
                best, where = items, (page, line)
    open_ = any(OPEN.match(status) for _text, status, _segment in parted)
    return (parted if open_ or not best else best), where


def _bulleted(doc):
    """Items with bullets after any line that ends with a colon, once a reception with reserves was told."""
    told = False
    for page in doc.pages:
        for line, after in zip(page.lines, page.lines[1:], strict=False):
            low = plain(line.text).strip()
            told = told or bool(
                re.search(r"(?:avec|assorti\w*) (?:\w+ ){0,2}reserves?", low)
            )
            if told and low.endswith(":") and BULLET.match(after.text):
                if items := _items(page, line):
                    return items, (page, line)
    return [], None


def _side_by_side(page, head):
    """The items of lists side by side, each under what its heading calls them; empty without."""
    states = [_state_of(segment.text) for segment in head.segments]
    if len(states) < 2 or None in states or len(set(states)) < 2:
        return []
    items, last = [], head
    for line in page.lines[head.index + 1 :]:
        if line.box[1] - last.box[3] > 3.2 * max(9, line.height):
            break
        for segment in line.segments:
            starts = [segment.box[0] > one.box[0] - 30 for one in head.segments]
            if True in starts:
                at = len(starts) - 1 - starts[::-1].index(True)
                _add(items, segment.text, segment, states[at])
        last = line
    return items


#: The headers of tables of reserves, which need no heading over them.
TABLED = re.compile(
    r"reserve|observation|malfacon|imperfection|desordre|remarque|anomalie|defaut|finition"
)


def _tabled(doc):
    """The rows of a table whose header says that it lists what is wrong."""
    for page in doc.pages:
        for line in page.lines:
            texts = [plain(segment.text).strip() for segment in line.segments]
            states = sum(bool(STATUS.fullmatch(text)) for text in texts)
            told = any(TABLED.search(text) and len(text) < 40 for text in texts)
            if len(texts) > 2 and (told or states > 1) and _is_column_head(line):
                if items := _items(page, line):
                    return items, (page, line)
    return [], None


#: Reserves told after a colon.
SAID = re.compile(
    r"(?:avec|assorti\w* d\w+|sous) (?:\w+ ){0,2}reserves?(?: suivantes?| ci-apres)?\s?:\s?(?P<items>[^.:]{8,240})"
)


def _in_sentence(doc):
    """The reserves that a sentence tells after its colon: ``avec une seule réserve : …``."""
    for page in doc.pages:
        for segment in layout.paragraphs(page):
            if match := SAID.search(plain(segment.text)):
                items = []
                told = segment.text[slice(*match.span("items"))]
                for part in re.split(r"\s*;\s*", told):
                    _add(items, part, segment)
                if items:
                    return items, (page, page.lines[segment.line])
    return [], None


def _head_status(line):
    """What a heading says of all the reserves under it: ``Réserves non levées :``, ``Réserves levées :``."""
    return _state_of(line.text)


def _state_of(text):
    """As `_head_status`, of a text."""
    low = plain(text).strip()
    if re.search(
        r"(?:non|pas) lev|maintenu|a lever|restant|subsist|demeur|non solde|en cours",
        low,
    ):
        return "maintenue"
    return (
        "levee"
        if re.search(r"reserves? (?:ci-\w+ )?(?:levees?|soldees?|reprises)\b", low)
        else None
    )


def is_option(line):
    """Whether a line prints what may be decided, rather than a reserve."""
    low = plain(line.text)
    return bool(OPTION.search(low)) and (
        marks.sign_of(line.text.strip()) is not None
        or len(OPTION.findall(low)) > 1
        or len(low) < 90
    )


def _is_head(line):
    """Whether a line announces the list."""
    if any(options.TICK.fullmatch(s.text.strip()) for s in line.segments):
        return False
    low = plain(line.text).strip()
    if low.endswith(("avec reserves :", "avec reserve(s) :", "reserves suivantes :")):
        return (
            marks.sign_of(line.text.strip()) is not False
            or len(OPTION.findall(low)) > 1
        )
    if marks.sign_of(line.text.strip()) is False or len(OPTION.findall(low)) > 1:
        return False
    if not low.endswith(":") and re.search(
        r"\b(?:levee|mainlevee|decision|quitus|attestation)\b", low
    ):
        return False
    if len(low) > 150 or not HEAD.search(low) or re.match(r"objet\s*:", low):
        return False
    if re.search(
        r"sans (?:aucune )?reserves?|rayer|refus|proces[- ]verbal|p\.v|decide|declare",
        low,
    ) and not low.endswith(":"):
        return False
    return bool(
        low.endswith(":")
        or len(low) < 75
        or re.search(r"suivante?s|ci-apres|ci-dessous|enumere", low)
    )


def _items(page, head):
    """The items under a heading: [(text, status or None, segment)]."""
    items, column, last = _of_heading(head), _column(head), head
    header = head
    for line in page.lines[head.index + 1 :]:
        if column is None and not items and _is_column_head(line):
            column, last, header = _column(line), line, line
            continue
        if not items and _is_head(line):
            items, column, last, header = _of_heading(line), _column(line), line, line
            continue
        if (
            not items
            and marks.sign_of(head.text.strip()) is not False
            and line.index == head.index + 1
            and abs(line.box[0] - head.box[0]) < 20
            and not BULLET.match(line.text)
            and unbulleted(line.text)[:1].islower()
        ):
            # The heading itself takes two lines.
            last = line
            continue
        if marks.sign_of(line.text.strip()) is not None and (
            marks.sign_of(head.text.strip()) is not None
        ):
            last = line
            continue
        if _ends(line, last, bool(items)) or _leaves(line, last, head, items):
            break
        cell, numbered = _cell(line, column)
        if cell is None and not items:
            break
        if cell is not None:
            status = _column_status(header, line) or _row_status(page, line, cell)
            if not _take(items, line, last, cell, numbered, status):
                break
        last = line
    return items


def _of_heading(head):
    """The items that stand on the heading's own line, after its colon."""
    items, low = [], plain(head.text)
    tail = re.search(r":\s*(?P<rest>\S.*)$", low)
    rest = tail["rest"] if tail else ""
    if len(rest) > 8 and not (
        EMPTY.search(rest) or find_dates(rest) or HEAD.search(rest)
    ):
        for part in re.split(r"\s*;\s*", head.text[tail.start("rest") :]):
            _add(items, part, head.segments[-1])
    return items


def _leaves(line, last, head, items):
    """Whether a line without a bullet, farther off than the items are, follows items with bullets."""
    if not items or BULLET.match(line.text) or line.index - head.index < 2:
        return False
    text, gap = line.text.strip(), line.box[1] - last.box[3]
    if len(items) == 1:
        led = re.match(r"\d{1,2}\s?[.)]", items[0][2].text.strip())
        return bool(led) and text[:1].isupper() and gap > 1.6 * line.height
    usual = items[-1][2].box[1] - items[-2][2].box[3]
    return (
        text[:1].isupper()
        and gap > 1.3 * max(usual, 2.0)
        and BULLET.match(items[-1][2].text) is not None
    )


def _ends(line, last, some):
    """Whether the list is over at a line.

    :param some: whether it has items
    """
    gap, text = line.box[1] - last.box[3], plain(line.text).strip()
    bare, bullet = BULLET.sub("", text), BULLET.match(line.text)
    if (
        some
        and marks.sign_of(line.text.strip()) is not None
        and marks.sign_of(last.text.strip()) is None
    ):
        return True
    if gap > 70 or (some and gap > 3.2 * max(9, line.height)):
        return True
    if not bullet and (EMPTY.search(text) or labels.ANY_LABEL.match(text)):
        return True
    stops = STOP.match(bare) and (not bullet or len(bare) < 12)
    return bool(NEVER.match(bare) or stops or is_option(line))


def _take(items, line, last, cell, numbered, status):
    """Add a line's item, or what goes on of the item before; False when it is no item of the list."""
    if _goes_on(items, line, last, cell, numbered):
        text, state, segment = items[-1]
        items[-1] = (f"{text} {cell.text.strip()}", state or status, segment)
        return True
    return _add(items, cell.text, cell, status) or not items


def _is_column_head(line):
    """Whether a line is the header of a table of reserves."""
    low = [plain(segment.text).strip() for segment in line.segments]
    return (
        len(low) > 1
        and sum(bool(WANTED_COLUMN.search(t) or OTHER_COLUMN.match(t)) for t in low)
        >= len(low) - 1
        and all(len(t) < 40 for t in low)
    )


def _column(line):
    """(left, right) of the column that holds the items' text, or None."""
    if len(line.segments) < 2 or not _is_column_head(line):
        return None
    for segment in line.segments:
        low = plain(segment.text).strip()
        if WANTED_COLUMN.search(low) and not OTHER_COLUMN.match(low):
            right = min(
                (o.box[0] for o in line.segments if o.box[0] > segment.box[0]),
                default=10_000,
            )
            left = max(
                (o.box[2] for o in line.segments if o.box[0] < segment.box[0]),
                default=0,
            )
            return left, right
    return None


def _cell(line, column):
    """The segment of a line that holds the item, and whether a number leads the line."""
    segments = line.segments
    numbered = bool(BULLET.match(line.text)) or bool(
        NUMBER_CELL.match(segments[0].text.strip())
    )
    if column:
        left, right = column
        inside = [
            s
            for s in segments
            if s.box[0] < right - 4
            and s.box[2] > left + 2
            and not NUMBER_CELL.match(s.text.strip())
        ]
        if inside:
            return max(
                inside, key=lambda s: min(s.box[2], right) - max(s.box[0], left)
            ), numbered
        return None, numbered
    words = [
        s
        for s in segments
        if not NUMBER_CELL.match(s.text.strip())
        and not find_dates(s.text)
        and not STATUS.fullmatch(plain(s.text).strip())
    ]
    words = [s for s in words if sum(c.isalpha() for c in s.text) > 4]
    return (
        (max(words, key=lambda s: len(s.text)), numbered) if words else (None, numbered)
    )


#: What a box beside a word may be read as.
BOX = re.compile(r"^[][()xX☐☒☑✓✗■□. ]+(?=[a-z]{3})|[][()☐☒☑✓✗■□. ]+$")


def _row_status(page, line, cell):
    """What a table's row says of its item's state."""
    named = []
    for segment in line.segments:
        if segment is not cell and segment.box[0] > cell.box[0]:
            low = plain(segment.text).strip()
            bare = BOX.sub("", low)
            if match := STATUS.fullmatch(bare):
                named.append((match["status"], segment))
    if len(named) == 1:
        return named[0][0]
    return _ticked_status(page, line, cell) if len(named) != 1 else None


def _column_status(header, line):
    """The state whose column a row's cross stands in, under a header such as ``Levée | Maintenue``; or None."""
    columns = [
        (match["status"], segment)
        for segment in header.segments
        if (match := STATUS.fullmatch(plain(segment.text).strip()))
    ]
    ticks = [s for s in line.segments if options.TICK.fullmatch(s.text.strip())]
    if len(columns) < 2 or len(ticks) != 1:
        return None
    middle = (ticks[0].box[0] + ticks[0].box[2]) / 2
    for status, segment in columns:
        if segment.box[0] - 12 < middle < segment.box[2] + 12:
            return status
    return None


def _ticked_status(page, line, cell):
    """Which of ``☐ oui ☐ non`` is ticked in a row, or None."""
    ticked, last, text = [], cell.box[2], ""
    for word in line.words:
        if word.x0 < cell.box[2]:
            continue
        bare = plain(word.text).strip(" .:;,[]()☐☒☑✓✗■□")
        if not STATUS.fullmatch(bare) or len(bare) < 2:
            text += word.text + " "
            continue
        sign = options.sign_before((text + word.text)[-10:])
        if sign is None:
            mark = marks.box_left_of(page, word.x0, word.y0, word.y1, limit=last)
            sign = mark.ticked if mark else None
        if sign:
            ticked.append(bare)
        last, text = word.x1, ""
    return ticked[0] if len(ticked) == 1 else None


def unbulleted(text):
    """An item's text without what leads it, also what a reader of pictures makes of a bullet."""
    text = BULLET.sub("", BULLET.sub("", text.strip()))
    return re.sub(r"^[eo°»«+*]\s+(?=[A-ZÀ-Ý])", "", text).strip(" .;:–—-")


def _goes_on(items, line, last, cell, numbered):
    """Whether a line is the rest of the item before it."""
    if not items or numbered or BULLET.match(cell.text):
        return False
    before = items[-1][2]
    text = unbulleted(cell.text)
    close = line.box[1] - last.box[3] < 0.75 * max(8, line.height)
    return close and text[:1].islower() and abs(cell.box[0] - before.box[0]) < 25


#: States that may as well be the end of what is wrong: ``relevé d'étanchéité à reprendre``.
WORK = re.compile(
    r"a reprendre|repris|execut|realise|conforme|fait|traite|non (?:repris|execut|realis|fait)"
)


def _add(items, text, segment, status=None):
    """Append an item; False when the text is none."""
    text = unbulleted(text)
    low = plain(text)
    if match := STATUS.search(low):
        apart = re.match(r"\s*[:;,(–—-]", low[match.start() :])
        if match.start() > 4 and (apart or not WORK.match(match["status"])):
            status = status or match["status"]
            text = text[: match.start()].strip(" .;:,–—-(")
    if (
        len(text) < 5
        or sum(c.isalpha() for c in text) < 4
        or EMPTY.search(plain(text))
        or STOP.match(plain(text))
    ):
        return False
    if re.search(r"^[^:;]{3,40},? le \d{1,2}(?:er)?\b", low):
        # Where and when the paper was signed.
        return False
    if re.search(r"\S{26,}|\bsiret\b|\bassurance rc\b", plain(text)):
        return False
    if re.search(
        r"\bsignature\b|^\d|€|\b(?:du|le|la|au|de)$|reserves? (?:ci-|suivantes|restent|ont ete|sont)|\b(?:oui|non)$",
        plain(text),
    ) or HEADING.fullmatch(plain(text)):
        return False
    items.append((text, status, segment))
    return True


def _with_status(doc):
    """Items told apart by the state written after each, when no heading announces them."""
    items, where = [], (None, None)
    for page in doc.pages:
        for line in page.lines:
            cell, numbered = _cell(line, None)
            if cell is None:
                continue
            low = plain(line.text)
            status = _row_status(page, line, cell)
            if (
                STATUS.search(low)
                and (numbered or re.search(r"[:;(–-]\s*[a-z ]+\W*$", low))
            ) or status:
                before = len(items)
                _add(items, cell.text, cell, status)
                if len(items) > before and where[0] is None:
                    where = (page, line)
    return items, where if where[0] else (
        doc.pages[0],
        doc.pages[0].lines[0] if doc.pages[0].lines else None,
    )


def _deadline(doc):
    """By when the reserves are to be lifted."""
    for page in doc.pages:
        for line in page.lines:
            low = plain(line.text)
            if re.search(r"reserve|imperfection|malfacon|lever|remedier", low):
                for day, start, _end in find_dates(line.text):
                    if re.search(
                        r"(?:avant le|au plus tard|d'ici|jusqu'au|pour le|delai)\W*(?:le)?\W*$",
                        low[:start],
                    ):
                        return Found(
                            day.isoformat(), 0.9, page.number, line.box, "deadline"
                        )
    return None
