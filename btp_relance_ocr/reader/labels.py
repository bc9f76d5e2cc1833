# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Labels and the values beside or under them.

Patterns are on `values.plain` text: lower case, no accents, œ as one o (``oe?uvre``).
"""

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
        r"beneficiaire des travaux|proprietaire|pour le compte de|vendu a|client facture|code client)"
        r"(?: public)?(?: \(?(?:m\.?o\.?a\.?|ou (?:du )?maitre (?:de l'|d')ouvrage|client|"
        r"acheteur)\)?)?(?: ou son representant)?"
    ),
    "entreprise": (
        r"(?:l'|la |le |identification (?:du |de l')|nom de l'|raison sociale (?:de l')?|denomination (?:de l')?)?"
        r"(?:entreprise|entrepreneur|titulaire|fournisseur|artisan|sous[- ]traitant|prestataire|"
        r"attributaire|constructeur|"
        r"societe|emetteur|expediteur|vendeur|installateur|raison sociale|denomination sociale|locateur d'ouvrage)"
        r"(?: titulaire| contractante?| executante?| intervenante?| concernee| signataire)?"
        r"(?: \(?(?:titulaire|entreprise|fournisseur)\)?)?(?: du (?:marche|lot|contrat)(?: public)?)?"
    ),
    "maitre_oeuvre": (
        r"(?:le |la |l'|identification (?:du |de la )|nom du )?(?:maitre d.?\s?oe?uvre|"
        r"maitrise d.?\s?oe?uvre|m\.?o\.?e\.?(?:x)?|"
        r"architecte|bureau d'etudes|b\.?e\.?t\.?|equipe de maitrise d.?oe?uvre|maitre doe?uvre|maitrise doe?uvre)"
        r"(?: d'execution| mandataire| de l'operation)?(?: \(?m\.?o\.?e\.?\)?)?"
    ),
    "chantier": (
        r"(?:nom (?:du |de l')|intitule (?:du |de l'|de la )|designation (?:du |de l'|des )|adresse (?:du )|"
        r"reference (?:du )|lieu (?:du |des )|libelle (?:du |de l'))?"
        r"(?:chantier|operation|programme|lieu|affaire|projet|objet(?: du marche(?: public)?| des travaux|"
        r" de la consultation| de l'operation)?"
        r"|ouvrage|travaux(?: realises| executes| concernes)?|site|lieu d'intervention|lieu de livraison|"
        r"livraison|adresse de livraison)"
        r"(?: concernee?| de travaux| / operation| / chantier)?"
    ),
}
OTHER_LABELS = (
    r"marche(?: public)?(?: de travaux)?|n° (?:de |du )?(?:marche|contrat|commande|lot|facture|situation|"
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
SEPARATOR = re.compile(r"\s*(?:[:;=]|\.{2,}|(?<=\s)-(?=\s))\s*")
LEAD = (
    r"(?:(?:[a-h]|[ivx]{1,4}|\d{1,2})\s?[.)/-]\s+|[-•*▪►>]\s*|article \d+\s?[:.-]\s*)?"
)

STRICT = {
    field: re.compile(
        LEAD
        + r"(?P<label>"
        + pattern
        + r")"
        + NUMBER
        + r"(?=\s*[:;=]|\s*\.?\s*$|\s+-\s|\s*\.{2,})"
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


def is_label(text):
    """Whether a text is a label and nothing else, or begins with one and its colon."""
    low = plain(text).strip()
    return bool(WHOLE_LABEL.fullmatch(low)) or bool(ANY_LABEL.match(low))


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
    for gap in re.finditer(r"(?:\s[-|/]\s|[,;.]\s|\s{2,}|\)\s|\d\s)", low):
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
        if value.strip(" .:_-") and len(value.strip()) > 1:
            yield Candidate(value, segment, page, "inline", label, segment, start)
            continue
        yield from _around(page, segment, label)


def _is_header(page, segment):
    """Whether a segment is in a table's header row: each of its row has its own value right under it."""
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
    if len(row) >= 3:
        return len(aligned) >= len(row) - 1
    right = layout.right_of(page, segment)
    return bool(right) and is_label(right[0].text)


def _around(page, segment, label):
    """The value of a label that stands alone: right of it, else below it."""
    beside = [] if _is_header(page, segment) else layout.right_of(page, segment)[:1]
    for other in beside:
        if not is_label(other.text) and other.text.strip(" .:_-"):
            yield Candidate(
                cut_at_label(other.text), other, page, "right", label, segment
            )
            return
    for other in layout.below(page, segment)[:2]:
        if is_label(other.text):
            return
        if other.text.strip(" .:_-"):
            yield Candidate(
                cut_at_label(other.text), other, page, "below", label, segment
            )
            return
