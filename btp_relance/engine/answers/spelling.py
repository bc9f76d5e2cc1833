# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Slips of the keyboard on the long words that matter, and apostrophes left out.

One letter too many, too few, changed, or two exchanged. What is read is the corrected
text; what is quoted is the real one: :class:`Corrected` leads back to it.
"""

import re
from bisect import bisect_right
from typing import NamedTuple

#: Long words on which a reading rests, in each form that people write.
WORDS = """
    virement virements reglement reglements paiement paiements facture factures facturation
    cheque cheques prelevement echeance echeances comptabilite tresorerie comptable
    malfacon malfacons reserves livraison livraisons attestation attestations releve
    document documents commande commandes quantite quantites avancement metrage
    harcelement inadmissible inacceptable scandaleux insupportable desagreable deplace
    desinscrire desinscription desabonner desabonnement supprimer redressement
    liquidation sauvegarde difficulte difficultes coordonnees bancaire bancaires
    vendredi mercredi dimanche janvier fevrier juillet septembre octobre novembre decembre
    semaine prochaine prochain demain aujourd'hui litige litiges conteste contestons
    contestation conforme conformes infiltration infiltrations fissure fissures
    choques choquee choquees interlocuteur destinataire responsable retraite absente absent conges vacances
    duplicata exemplaire situation travaux chantier carrelage peinture doublon
    payment payments invoice invoices transfer statement delivered received insolvency
    harassment unsubscribe tomorrow wednesday thursday duplicate department unacceptable
    receipt certificate reminder reminders quality quantity incorrect finished
    payerai paierai paierons reglerons reglerai virerai regulariser effectuer effectue
    """
KEYS = frozenset(WORDS.split())
WORD = re.compile(r"[a-z]{6,16}")
#: “j ai”, “l oubli”, “c est”, “jai”: the apostrophe left out.
ELISION = re.compile(r"(?<!')\b(?:[cdjlmnst]|qu) (?=[aeiouhy][a-z])")
GLUED = re.compile(r"\b([jc])(?=(?:ai|avais|aurai|attends|est|etait)\b)")


class Corrected(NamedTuple):
    """A corrected text, and how its places lead back to the real one.

    :param list places: where in ``text`` a shift begins
    :param list shifts: what to add from there to be in the real text
    """

    text: str
    raw: str
    places: list
    shifts: list

    def back(self, place: int) -> int:
        """Return the place in the real text of a place in this one."""
        index = bisect_right(self.places, place) - 1
        return place + self.shifts[index] if index >= 0 else place


def _deletes(word: str):
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _index() -> dict:
    """Return what is left of each key without one of its letters."""
    found: dict[str, str] = {}
    for key in sorted(KEYS):
        if len(key) >= 7:
            for left in _deletes(key):
                found.setdefault(left, key)
    return found


INDEX = _index()


def _near(word: str, key: str) -> bool:
    """Return whether one slip leads from a word to a key, the ending apart."""
    if word[0] != key[0] or word[:-2] == key[:-2] or abs(len(word) - len(key)) > 1:
        return False
    first = next(
        (
            place
            for place, pair in enumerate(zip(word, key, strict=False))
            if pair[0] != pair[1]
        ),
        min(len(word), len(key)),
    )
    if first >= min(len(word), len(key)) - 1:
        # Another ending is another form of the word, not a slip.
        return False
    rest, own = word[first:], key[first:]
    return (
        rest[1:] == own[1:]
        or rest[1:] == own
        or rest == own[1:]
        or (rest[:2] == own[1::-1] and rest[2:] == own[2:])
    )


def _fix(word: str) -> str | None:
    """Return the key of which a word is a slip."""
    if word in KEYS:
        return None
    for left in _deletes(word):
        key = INDEX.get(left)
        if key and key != word and _near(word, key):
            return key
    return None


def correct(text: str, raw: str) -> Corrected:
    """Return a folded text and the one as written without slips.

    :param text: folded
    :param raw: the same as written, of the same length
    """
    text = ELISION.sub(lambda match: match.group(0)[:-1] + "'", text)
    pieces, raws, places, shifts = [], [], [], []
    last, length, shift = 0, 0, 0
    edits = [(match.end(), match.end(), "'") for match in GLUED.finditer(text)]
    known: dict[str, str | None] = {}
    for match in WORD.finditer(text):
        word = match.group(0)
        if word not in known:
            known[word] = _fix(word)
        if known[word]:
            edits.append((*match.span(), known[word]))
    for start, end, word in sorted(edits):
        if start < last:
            continue
        pieces += [text[last:start], word]
        raws += [raw[last:start], word]
        length += start - last + len(word)
        shift += (end - start) - len(word)
        places.append(length)
        shifts.append(shift)
        last = end
    pieces.append(text[last:])
    raws.append(raw[last:])
    return Corrected("".join(pieces), "".join(raws), places, shifts)
