# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: E501
"""Sentences, and what bends the meaning of a verb in them: not, if, a question, irony."""

import re
from typing import NamedTuple

MAX_SENTENCE = 320
#: Nobody writes more sentences: a table, or somebody who tries us.
MAX_PARTS = 120

END = re.compile(
    r"[.!?]+(?=[\s\"')\]]|$)|[!?]{2,}|;|\n[ ]*\n|\n(?=[ ]*(?:[-*•>]|\d{1,2}[.)] ))"
)
SHORT = re.compile(
    r"\b(?:mr?|mme|mlle|mm|ms|mrs|dr|me|ste|st|cf|ref|no|nb|art|tel|ets|etc|env|approx|inv"
    r"|fact|ht|ttc|cdt|n|p|av|bd|ex|jan|feb|janv|fevr|avr|juil|sept|oct|nov|dec)$"
)
#: What follows says the contrary of what precedes, or stands by itself.
TURN = re.compile(
    r"\b(?:mais|but|however|cependant|toutefois|neanmoins|par contre|en revanche|sinon"
    r"|otherwise|c'est pourquoi|donc|therefore|en attendant|meanwhile"
    r"|(?:et )?puis (?=\d|le|un|en)|(?:and )?then (?=€|\d|the)|(?:et |puis |and |then |, ?)(?:le |l'|the )?(?:solde|reste|restant|rest|balance|remainder"
    r"|autre|other half))\b"
)
#: After a question: “pouvez-vous renvoyer la facture, je la mets dans le prochain virement”.
ANSWER = re.compile(
    r", (?:et |so |and )?(?:je|nous|on|i'll|we'll) (?=(?:(?:vous|la|le|les|y|vs) |l')*"
    r"(?:pa[iy]|regl|vir|mets|mettr|mettons|pass|fais|fer))"
)
NEGATION = re.compile(
    r"\bn(?:e\s|'|e?\s)(?:\S{1,20}\s){0,5}?(?:pas|plus|jamais|aucune?s?|rien|guere|ni)\b"
    r"|\b(?:pas|jamais|plus jamais|aucune?|nullement|aucunement)\b"
    r"|\b(?:not|never|cannot|cant|wont|dont|doesnt|didnt|hasnt|havent|isnt|arent|unable|refuse"
    r"|refuses|no longer|no way)\b|\w+n't\b"
    r"|\b(?:impossible|impossibilite|incapables?|refus(?:e|ons|ent)?|hors de question|pas question"
    r"|sans (?:avoir|pouvoir)|non)\b"
)
#: They negate nothing that matters here.
HARMLESS = re.compile(
    r"\b(?:pas (?:de |d')?(?:souci|problemes?|inquietude|pb)s?|n'hesitez pas|n'hesite pas"
    r"|ne vous inquietez pas|ne t'inquiete pas|sans faute|ne (?:manquer\w+|tarder\w+) pas"
    r"|ne (?:saurait|va|vont|devrait|devraient) (?:pas )?tarder|pas plus tard"
    r"|n'est-ce pas|no (?:problem|worries|later)|not (?:a problem|later)|don'?t worry"
    r"|do not (?:hesitate|worry)|don'?t hesitate|pas avant de|non seulement|not only"
    r"|je n'ai pas oublie|nous n'avons pas oublie|n'oublie(?:rai|rons|ons)? pas"
    r"|pas oublie|plus tot|sans (?:plus )?(?:tarder|attendre|delai))\b"
)
CONDITION = re.compile(
    r"(?:^|[\s,(])(?:si (?!possible|tout va|besoin|vous (?:voulez|le souhaitez|preferez)"
    r"|cela vous|ca (?:vous|te)|c'est (?:bon|ok)|joint)|s'il (?!vous|te)|s'ils\b"
    r"|if (?!possible|that|you (?:like|prefer|wish|don)|all goes|it'?s ok)|unless\b"
    r"|des que\b|des (?:reception|validation|levee|retour|l'obtention|accord|regularisation"
    r"|encaissement|signature|la reception|la levee|la validation|votre (?:retour|envoi)"
    r"|correction)"
    r"|une fois\b|lorsque\b|quand (?!a\b)|as soon as\b|once (?!again|more|a\b)"
    r"|when (?=you|we|the|our|your|they|it|all)|upon\b|apres (?:reprise|reparation|travaux|intervention|reception|validation|levee"
    r"|accord|signature|correction|retour|regularisation)"
    r"|after (?:receipt|receiving|validation|approval)|on receipt|sous reserve (?:de|d'|que)"
    r"|subject to|provided\b|a condition|a (?:la )?(?:reception|levee)\b|a compter de la levee"
    r"|tant que\b|as long as|until (?:you|we|the (?:snag|work|issue|defect|credit|po|pv))"
    r"|avant que\b|before you|pas avant\b|not before|jusqu'a ce que|sans (?:ce|cet|cette|ces"
    r"|le|la|votre|vos)\b|without (?:a|the|your|this)\b|en attente|dans l'attente"
    r"|awaiting\b|waiting for|pending\b|sauf si|a defaut|faute de)"
)
#: Everything after these asks, whatever the punctuation.
ASKING = re.compile(
    r"\b(?:(?<!vous )(?:pouvez|pourriez)[- ]vous|(?:peux|pourrais)[- ]tu|puis[- ]je"
    r"|(?:pourrais|pouvais)-je|(?<!nous )(?:pouvons|pourrions)[- ]nous"
    r"|est[- ]ce qu(?:e|')|avez[- ]vous|as[- ]tu|y a[- ]t[- ]il|(?:seriez|etes)[- ]vous"
    r"|serait[- ]il|est[- ]il|qu'en est[- ]il|quand (?:est-ce|pensez|comptez|allez|serez)"
    r"|(?:could|can|would|will|did|do|have|are|is) (?:you|we|i|it|there|this|the)\b(?=.*\?)"
    r"|(?:merci|veuillez|priere|prions|please|nous souhait\w+|j'aimerais|nous aimerions"
    r"|je souhait\w+|i would like|we would like|kindly)\s(?:de |d'|bien vouloir |to )?"
    r"(?:nous |me |m'|us |vous )?(?:de )?(?:confirmer|verifier|indiquer|dire|preciser"
    r"|savoir|informer|confirm|check|verify|let (?:me|us) know|tell|know|advise)"
    r"|(?:demand(?:e|ons)|savoir|wonder(?:ing)?|verif\w+|confirm\w*|check) (?:si|whether|if)\b"
    r"|faut[- ]il|dois[- ]je|devons[- ]nous|comment (?:puis|pouvons|faire)|combien\b(?=.*\?)"
    r"|pourquoi\b|why\b|how (?:much|can|do)\b)"
)
IRONY = re.compile(
    r"quand les poules|poules auront des dents|dans vos reves|dans tes reves|saint[- ]glin"
    r"|calendes grecques|when pigs fly|when hell freezes|yeah right|dream on|ben voyons"
    r"|comptez la[- ]dessus|vous pouvez (?:toujours )?(?:courir|attendre|rever)"
    r"|comptez pas (?:sur|la)|mais bien sur|et puis quoi encore|semaine des quatre jeudis"
    r"|la blague|quelle blague|vous revez|pere noel|in your dreams|keep dreaming"
    r"|fat chance|good luck with that"
)


class Part(NamedTuple):
    """A piece of a sentence that stands by itself.

    :param int asks_from: where a question begins in it; ``end`` for none
    :param bool conditional: what it announces depends on something
    :param bool ironic: says the contrary of what it means
    """

    start: int
    end: int
    asks_from: int
    conditional: bool
    ironic: bool
    sentence: tuple[int, int]


def _breaks(text: str, raw: str):
    """Yield where sentences end: at marks, blank lines and lists, and between short lines."""
    for match in END.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if match.group(0) == "." and (
            SHORT.search(before) or re.search(r"(?:^|[\s.])[a-z]$", before)
        ):
            continue
        yield match.start(), match.end(), "?" in match.group(0)
    place = -1
    while (place := text.find("\n", place + 1)) >= 0:
        line_start = text.rfind("\n", 0, place) + 1
        line = text[line_start:place].rstrip()
        following = raw[place + 1 : place + 3].lstrip()
        if (
            line
            and (len(line) < 60 and line[-1:] not in ",-" or line[-1:] == ":")
            and following[:1].isupper()
        ):
            yield place, place + 1, False


def split(text: str, raw: str) -> list[Part]:
    """Return the parts of a folded text.

    :param text: folded, what is not the author's blanked
    :param raw: the same, as it was written
    """
    parts, start = [], 0
    marks = sorted(set(_breaks(text, raw)))
    for mark, after, asks in [*marks, (len(text), len(text), False)]:
        if mark < start:
            continue
        for place in range(start, mark, MAX_SENTENCE):
            parts += _parts(text, place, min(mark, place + MAX_SENTENCE), asks)
        start = after
        if len(parts) > MAX_PARTS:
            break
    return parts[:MAX_PARTS]


def _parts(text: str, start: int, end: int, asks: bool):
    """Yield the parts of one sentence."""
    if not text[start:end].strip():
        return
    ironic = bool(IRONY.search(text, start, end))
    turns = [match.start() for match in TURN.finditer(text, start + 1, end)]
    if ASKING.search(text, start, end):
        turns += [match.start() for match in ANSWER.finditer(text, start + 1, end)]
        turns = sorted(set(turns))
    for first, last in zip([start, *turns], [*turns, end], strict=True):
        if not text[first:last].strip(" \n,:-"):
            continue
        asking = ASKING.search(text, first, min(last + 1, len(text)))
        asks_from = asking.start() if asking else (first if asks else last)
        if asks and asking and last != end:
            asks_from = last
        conditional = bool(CONDITION.search(text, first, last))
        yield Part(first, last, asks_from, conditional, ironic, (start, end))


def whole(parts: list[Part]) -> list[Part]:
    """Return sentences as parts: a contrast (“… mais …”) belongs to what is contested."""
    sentences: dict[tuple, Part] = {}
    for part in parts:
        known = sentences.get(part.sentence)
        if not known:
            sentences[part.sentence] = part
            continue
        asks_from = known.asks_from if known.asks_from < known.end else part.asks_from
        sentences[part.sentence] = known._replace(
            end=part.end,
            asks_from=asks_from,
            conditional=known.conditional or part.conditional,
        )
    return list(sentences.values())


def is_negated(text: str, part: Part, start: int, end: int) -> bool:
    """Return whether a verb is denied in its part.

    :param start: where the verb begins
    :param end: where it ends: French denies on both sides of it
    """
    first, last = max(part.start, start - 60), min(part.end, end + 14)
    window = HARMLESS.sub(lambda match: " " * len(match.group(0)), text[first:last])
    # A comma or “et” before the verb ends what was denied before it.
    verb = start - first
    for cut in re.finditer(r"[,:(]\s|\b(?:et|and|so|puis|then)\s", window[:verb]):
        window = " " * cut.end() + window[cut.end() :]
    return bool(NEGATION.search(window))
