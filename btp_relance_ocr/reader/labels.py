# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Labels and the values beside or under them.

Patterns are on `values.plain` text: lower case, no accents, œ as one o (``oe?uvre``).
"""

import functools
import re
from dataclasses import dataclass

from . import layout
from .values import plain

NUMBER = r"(?:\s*\(?\s*(?:n\s?[°ºo*'\"]|n°s?|nr|num(?:ero)?\.?|ref(?:erence)?\.?|no\.)\s*\)?)?"

PARTY_AND_PLACE = {
    "donneur_ordre": (
        r"(?:le |la |au |represent\w* (?:du |de la )|identification (?:de l'|du )|nom du |nom de l'|pour le )?"
        r"(?:maitre d.?\s?ouvrage|maitre de l'?\s?ouvrage|maitrise d.?\s?ouvrage|m\.?o\.?a\.?|client(?:e)?|"
        r"acheteur(?: public)?|pouvoir adjudicateur|entite adjudicatrice|personne publique|collectivite|"
        r"donneur d.?ordres?|commanditaire|destinataire|factur[ee] a|adresse de facturation|"
        r"adresse a|doit|maitre d'ouvrage delegue|societe cliente|entreprise principale|entreprise generale|"
        r"beneficiaire(?: des travaux)?|proprietaires?|coproprietaires|syndic|bailleur|pour le compte de|vendu a|"
        r"client facture|code client|maitres de l'ouvrage|organisme acheteur|service acheteur|societe donneuse "
        r"d'ordres?|"
        r"donneuse d'ordres?|ordonnateur|mandant|preneur|facture au nom de|facturer a|debiteur|(?:ship (?:&|"
        r"and) )?bill to|sold to|"
        r"customer|buyer|demandeur|entite|etablissement|autorite (?:contractante|delegante)|amenageur|promoteur)"
        r"(?: public)?(?: \(?(?:m\.?o\.?a\.?|ou (?:du )?maitre (?:de l'|d')ouvrage|client|"
        r"acheteur)\)?)?(?: ou son representant)?"
    ),
    "entreprise": (
        r"(?:l'|la |le |identification (?:du |de l')|nom de l'|raison sociale (?:de l')?|denomination (?:de l')?)?"
        r"(?:entreprise|entrepreneur|entr?\.|ets controlee?|titulaire|fournisseur|artisan|sous[- ]traitant|prestataire|"
        r"attributaire|constructeur|"
        r"societe|emetteur|expediteur|vendeur|installateur|raison sociale|denomination sociale|locateur d'ouvrage|"
        r"(?:travaux )?(?:realisee?s?|executee?s?) par(?: l'entreprise)?|executant|entreprise de travaux|"
        r"cocontractant|co-contractant|creancier|intervenant|adjudicataire|"
        r"attributaire|soumissionnaire|supplier|vendor|contractor|exploitant|entreprise (?:principale )?mandataire|"
        r"groupement|beneficiaire du paiement|titulaire \(entreprise\)|maitre artisan|facture par)"
        r"(?: titulaire| contractante?| executante?| intervenante?| concernee| signataire)?"
        r"(?: \(?(?:titulaire|entreprise|fournisseur)\)?)?(?: du (?:marche|lot|contrat)(?: public)?)?"
    ),
    "maitre_oeuvre": (
        r"(?:le |la |l'|identification (?:du |de la )|nom du )?(?:maitre d.?\s?oe?uvre|"
        r"maitrise d.?\s?oe?uvre|m\.?o\.?e\.?(?:x)?|"
        r"architectes?|concepteur|cabinet|bureau de controle technique et moe|bureau d'etudes|b\.?e\.?t\.?|"
        r"equipe de maitrise d.?oe?uvre|maitre doe?uvre|maitrise doe?uvre)"
        r"(?: d'execution| mandataire| de l'operation)?(?: \(?m\.?o\.?e\.?\)?)?"
    ),
    "chantier": (
        r"(?:nom (?:du |de l')|intitule (?:du |de l'|de la )|designation (?:du |de l'|des )|adresse (?:du )|"
        r"reference (?:du )|lieu (?:du |des )|libelle (?:du |de l'))?"
        r"(?:chantier|chant\.|operation|programme|lieu(?:x)?|affaire|aff\.|concerne|dossier|projet|batiment|"
        r"immeuble|adresse (?:des |du "
        r")?(?:travaux|chantier)|"
        r"reference chantier|lieu (?:d'execution|de realisation|d'intervention|des travaux|de livraison)|"
        r"site de (?:livraison|travaux)|livre (?:a|sur)|ship to|deliver(?:y)? to|project|job site|installation|"
        r"objet(?: du marche(?: public)?| des travaux|"
        r" de la consultation| de l'operation)?"
        r"|ouvrage|travaux(?: realises| executes| concernes)?|site|lieu d'intervention|lieu de livraison|"
        r"livraison|adresse de livraison)"
        r"(?: concernee?| de travaux| / operation| / chantier)?"
    ),
}
OTHER_LABELS = (
    r"m(?:ar)?che(?: public)?(?: de travaux)?|n° (?:de |du )?(?:marche|contrat|commande|lot|facture|situation|"
    r"siret)|contrat|lot(?:s)?|"
    r"n° et designation du lot|numero et intitule du lot|siret|siren|tva intra\w*|n° tva|tel(?:ephone)?|"
    r"fax|mail|e-?mail|courriel|adresse|"
    r"date(?: de| d'| du| \w+)*|echeance|reference?s?|ref|v/ref|n/ref|vos references|nos references|"
    r"periode|mois|situation|montant|delai|commande|bon de commande|"
    r"facture|devis|objet|representee? par|interlocuteur|conditions? de (?:paiement|reglement)|"
    r"mode de reglement|emis le|etabli le|"
    r"(?:pour|signature (?:de|du)|cachet (?:de|du)) ?(?:le |la |l')?(?:entreprise|entrepreneur|titulaire|"
    r"maitre d.?ouvrage|maitre de l.?ouvrage|client|maitre d.?oe?uvre)|"
    r"page|code|qualite|nom|signature|cachet|visa|reserves?|observations?|designation|motifs?|phase|"
    r"tranche|iban|bic|contact|nature des travaux|corps d'etat"
)
SEPARATOR = re.compile(
    r"\s*(?:/\s?[a-z' ]{3,30}\s*(?::|$)|\([a-z,'. ]{2,40}\)\s*:?|[:;=]|\.{2,}|(?<=\s)-(?=\s))\s*"
)
LEAD = r"(?:(?:[a-h]|[ivx]{1,4}|\d{1,2})\s?[.)/-]\s+|[-•*▪►>■●◆□◼]\s*|article \d+\s?[:.-]\s*)?"

STRICT = {
    field: re.compile(
        LEAD
        + r"(?P<label>"
        + pattern
        + r")"
        + NUMBER
        + r"(?=\s*[:;=]|\s*\.?\s*$|\s+-\s|\s*\.{2,}|\s?/\s?[a-z' ]{3,30}\s*(?::|$)|\s?\([a-z,'. ]{2,40}\)\s*(?::|$))"
    )
    for field, pattern in PARTY_AND_PLACE.items()
}
ANY_LABEL = re.compile(
    r"(?<![\w'])(?:"
    + "|".join([*PARTY_AND_PLACE.values(), OTHER_LABELS])
    + r")"
    + NUMBER
    + r"\s*:",
    re.IGNORECASE,
)
WHOLE_LABEL = re.compile(
    LEAD
    + r"(?:"
    + "|".join([*PARTY_AND_PLACE.values(), OTHER_LABELS])
    + r")"
    + NUMBER
    + r"\s*[:.]?\s*(?:\([^)]*\))?\s*$"
)


#: Abbreviated labels without a colon: ``MO SNC Univers``, ``Entr. Duval``, ``Aff. Les Ormes``.
ABBREVIATED = re.compile(
    r"(?:(?P<donneur_ordre>M\.?O\.?A?\.?)|(?P<maitre_oeuvre>M\.?O\.?E\.?)|(?P<entreprise>Entr\.|Tit\.)|"
    r"(?P<chantier>Aff\.|Chant\.|Op\.))\s+(?=[A-ZÀ-Ý])"
)


@dataclass(slots=True)
class Candidate:
    """A text that stands where the value of a label is expected."""

    text: str
    segment: object
    page: object
    how: str
    label: str
    label_segment: object
    start: int = 0

    @property
    def words(self):
        """The words of the segment that the text covers."""
        position, found = 0, []
        end = self.start + len(self.text)
        for word in self.segment.words:
            if position + len(word.text) > self.start and position < end:
                found.append(word)
            position += len(word.text) + 1
        return found or self.segment.words


#: Words that begin a label, whatever follows them.
GENERIC_LABEL = re.compile(
    r"(?:n ?°|numero|number|date|dates|lieu|nom|noms|prenom|adresse|address|code|codes|montant|amount|delai|delais|"
    r"duree|objet|type|mode|conditions|service|contact|tel|telephone|mail|courriel|siret|siren|engagement|imputation|"
    r"page|quantite|qte|ref|refs|reference|references|nature|intitule|designation|description|denomination|"
    r"identification|qualite|statut|role|periode|mois|echeance|version|indice|phase|fait a|visa|signature|cachet|"
    r"remarques?|observations?|resp|etat|avis|statut|article|libelle|total|prix|unite|poste|support|"
    r"realisee?s? par|executee?s? par|suivi par|dossier suivi|emis|emission|reglement|paiement|votre|notre|vos|"
    r"nos|your|our|terms?|currency|devise)"
    r"(?:[ './-][a-z°'./() -]{0,34})?\s*:?\s*"
)
#: A value that names another field is none of this one's.
FOREIGN_VALUE = re.compile(
    r"(?:lots?|marche|contrat|siret|siren|tel|n ?°|fax|tva|page|devis|commande|facture|situation|delai|montant|ref)\b"
    r"[^a-z]{0,3}(?:n ?°|no)?\W{0,3}[a-z]{0,4}[-/. ]?\d"
)


@functools.lru_cache(maxsize=4096)
def is_label(text):
    """Whether a text is a label and nothing else, or begins with one and its colon."""
    return bool(
        ANY_LABEL.match(plain(text).strip()) or ABBREVIATED.match(text)
    ) or is_bare_label(text)


@functools.lru_cache(maxsize=4096)
def is_bare_label(text):
    """Whether a text is a label and nothing else."""
    low = re.sub(r"\s*(?:n\s?°|code)?\s*:?\s*\d{4,}$", "", plain(text).strip())
    if WHOLE_LABEL.fullmatch(low) or re.fullmatch(r"\D{0,28}\bn ?°", low):
        return True
    if len(low) < 45 and re.fullmatch(r"[a-z][a-z' ]+ (?:le|du|au)", low):
        return True
    from . import loose  # noqa: PLC0415

    if len(low) < 55 and loose.meaning(low.rstrip(" :."), True):
        return True
    if low.endswith(":") and len(low) < 48 and not re.search(r"\d", low):
        return True
    parts = re.split(r"\s?/\s?| et ", low)
    if len(parts) == 2 and all(WHOLE_LABEL.fullmatch(part) for part in parts):
        return True
    if (
        "/" in low
        and len(parts) == 2
        and len(low) < 45
        and not re.search(r"\d", low)
        and any(WHOLE_LABEL.fullmatch(part.strip()) for part in parts)
    ):
        # In two languages.
        return True
    return bool(GENERIC_LABEL.fullmatch(low))


def cut_at_label(text, start=0):
    """The text up to the next label that has a colon."""
    low = plain(text)
    match = ANY_LABEL.search(low, start)
    while match and match.start() == 0:
        match = ANY_LABEL.search(low, match.end())
    return text[: match.start()] if match else text


def strict_candidates(doc, field):
    """Values of a field's labels, where the label has a colon or stands alone: beside first, else below."""
    pattern = STRICT[field]
    for page in doc.pages:
        for line in page.lines:
            for segment in line.segments:
                yield from _of_segment(page, segment, pattern)


def _starts(low, pattern):
    """Where the pattern matches as a label: at the start, or after a separator inside."""
    if match := pattern.match(low):
        yield match
    for gap in re.finditer(r"(?:\s[-|/·•]\s|[,;.]\s|\s{2,}|\)\s|(?<=\d)\s)", low):
        match = pattern.match(low, gap.end())
        if match and re.match(r"\s*[:=]", low[match.end() :]):
            yield match


def _of_segment(page, segment, pattern):
    """The candidates of one segment."""
    text = segment.text
    low = plain(text)
    for match in _starts(low, pattern):
        gap = SEPARATOR.match(low, match.end())
        start = gap.end() if gap else match.end()
        value = cut_at_label(text[start:]).rstrip()
        label = match["label"]
        if len(value.strip(" .:_-")) > 1 and not WHOLE_LABEL.fullmatch(
            plain(value).strip()
        ):
            yield Candidate(value, segment, page, "inline", label, segment, start)
            continue
        yield from around(page, segment, label)
    match = ABBREVIATED.match(text)
    if match and segment.line > 2 and not _is_header(page, segment):
        if match.lastgroup and STRICT[match.lastgroup] is pattern:
            start = match.end()
            yield Candidate(
                cut_at_label(text[start:]).rstrip(),
                *(segment, page, "inline", low[:start].strip(), segment, start),
            )


def _is_header(page, segment):
    """Whether a segment is in a row of labels: each of them has its own value right under it."""
    row = page.lines[segment.line].segments
    if len(row) < 2 or segment.line + 1 >= len(page.lines):
        return False
    under = layout.below(page, segment, 2.5)[:1]
    if not under or is_label(under[0].text):
        return False
    aligned = [
        other
        for other in row
        if any(
            abs(o.box[0] - other.box[0]) < 14
            for o in layout.below(page, other, 2.5)[:2]
        )
    ]
    right = layout.right_of(page, segment)
    if len(row) >= 3 and _heads_columns(page, row):
        return True
    if len(row) >= 3:
        left = [other for other in row if other.box[0] < segment.box[0]]
        mate = right[0] if right else left[-1]
        return is_label(mate.text) and len(aligned) >= len(row) - 1
    if right and is_label(right[0].text):
        return True
    # Small letters over large ones, side by side: labels over values.
    return (
        bool(right)
        and len(aligned) == len(row)
        and under[0].words[0].height > 1.12 * segment.words[0].height
        and right[0].words[0].height < 1.08 * segment.words[0].height
    )


def _heads_columns(page, row):
    """Whether each cell of a row has its own value under it, two of them being labels and no value being one."""
    if sum(is_label(other.text) for other in row) < 2:
        return False
    for other in row:
        under = layout.below(page, other, 2.5)[:1]
        if (
            not under
            or abs(under[0].box[0] - other.box[0]) > 14
            or is_label(under[0].text)
            or re.search(r"\d", other.text)
        ):
            return False
    return True


def is_numbering(page, segment):
    """Whether a cell numbers the label right of it: ``4 | SIRET``."""
    row, right = page.lines[segment.line].segments, layout.right_of(page, segment)[:1]
    return bool(
        right
        and all(
            re.fullmatch(r"\d{1,2}[a-z]?\W?", other.text.strip())
            for other in (row[0], segment)
        )
        and is_label(right[0].text)
    )


def _over(page, segment):
    """The name over a role, in a letterhead: nearer above than anything is below, and larger or as large; or None."""
    if not 0 < segment.line < 6 or segment.text.rstrip().endswith(":"):
        return None
    if re.match(r"[A-H]\s?[-–.)]\s", segment.text):
        return None
    x0, y0, _x1, y1 = segment.box
    above = [
        other
        for other in page.lines[segment.line - 1].segments
        if abs(other.box[0] - x0) < 6
    ]
    below = layout.below(page, segment)[:1]
    if not above or is_label(above[0].text) or ":" in above[0].text:
        return None
    gap = y0 - above[0].box[3]
    return above[0] if not below or below[0].box[1] - y1 > 1.6 * max(gap, 2.0) else None


def _begun_above(page, segment):
    """The first line of a label that takes two: ``Lieu des`` over ``travaux``; or None."""
    if not segment.line:
        return None
    for other in page.lines[segment.line - 1].segments:
        if (
            abs(other.box[0] - segment.box[0]) < 4
            and segment.box[1] - other.box[3] < 0.8 * segment.words[0].height
            and not is_label(other.text)
            and WHOLE_LABEL.fullmatch(plain(f"{other.text} {segment.text}").strip())
        ):
            return other
    return None


#: Labels that tell what a value is, and not whose.
NEUTRAL = re.compile(
    r"(?:raison sociale|nom|denomination(?: sociale)?|societe|identite|nom ou raison sociale)\s*:?"
)


def section_over(page, segment):
    """The heading of the section that a neutral label stands in: plain text, empty without."""
    for line in reversed(page.lines[max(0, segment.line - 2) : segment.line]):
        if len(line.segments) == 1 and is_label(line.text):
            return plain(line.text).strip()
    return ""


def around(page, segment, label):
    """The value of a label that stands alone: over it in a letterhead, right of it, else below it."""
    value = layout.captioned(page, segment)
    if value and not is_label(value.text):
        yield Candidate(value.text, value, page, "right", label, segment)
        return
    for both in layout.straddling(page, segment):
        yield Candidate(both.text, both, page, "right", label, segment)
        return
    if above := _begun_above(page, segment):
        for other in layout.right_of(page, above)[:1]:
            yield Candidate(other.text, other, page, "right", label, above)
        return
    if over := _over(page, segment):
        yield Candidate(over.text, over, page, "right", label, segment)
        return
    if found := _beside(page, segment, label) or _below(page, segment, label):
        yield found


def _is_value(text):
    """Whether a text may be the value of a label beside or over it."""
    return not is_label(text) and not FOREIGN_VALUE.match(plain(text))


def _beside(page, segment, label):
    """The value right of a label, or None; labels side by side have theirs below."""
    beside = [] if _is_header(page, segment) else layout.right_of(page, segment)[:1]
    if beside and (
        is_numbering(page, beside[0]) or _is_nearer_below(page, segment, beside[0])
    ):
        return None
    for other in beside:
        if _is_value(other.text) and other.text.strip(" .:_-"):
            text = cut_at_label(other.text)
            return Candidate(text, other, page, "right", label, segment)
    return None


def _is_nearer_below(page, segment, beside):
    """Whether a value stands right under a label, and what is beside it is of another column."""
    x0, _y0, x1, y1 = segment.box
    if beside.box[0] - x1 < 0.15 * page.width or segment.text.rstrip().endswith(":"):
        return False
    for other in layout.below(page, segment, 1.0)[:1]:
        near = abs(other.box[0] - x0) < 3 and other.box[1] - y1 < 0.7 * (
            segment.words[0].height
        )
        alone = len(page.lines[other.line].segments) == 1 or (
            other.line != segment.line + 1
        )
        return near and alone and _is_value(other.text)
    return False


def _below(page, segment, label):
    """The value under a label, or None."""
    for other in layout.below(page, segment)[:2]:
        beside = layout.right_of(page, other)[:1]
        if beside and NEUTRAL.fullmatch(plain(other.text).strip()):
            # ``Destinataire`` over ``Raison sociale   Métropole``
            return Candidate(beside[0].text, beside[0], page, "right", label, segment)
        if not _is_value(other.text):
            return None
        if other.text.strip(" .:_-"):
            text = cut_at_label(other.text)
            return Candidate(text, other, page, "below", label, segment)
    return None
