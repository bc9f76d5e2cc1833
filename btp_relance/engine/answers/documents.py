# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""Which of our documents an answer asks for, or says that it lacks."""

import re

from . import request_fields as fields
from .reading import Reading
from .sentences import Part, whole

#: Codes of what is asked for, and their names.
DOCUMENTS = {
    "rib": r"ribs?|iban|coordonnees bancaires|releve d'identite bancaire|bank(?:ing)? (?:details|account|information)|account details",
    "pv": r"p\.?v\.?(?! de chantier)|proces[- ]verba\w+|pv de (?:reception|levee\w*)|acceptance (?:certificate|report)|handover (?:certificate|report)|completion certificate|quitus",
    "dgd": r"dgd|decompte (?:general|final|definitif)\w*(?: definitif)?|final account",
    "situation": r"(?:derniere |la |votre )?situations? (?:de travaux|n°|no|signee|validee|d'avancement|\d)|situations?|progress (?:claim|statement|certificate)s?|attachements?|certificats? de paiement",
    "statement": r"releves? (?:de compte|des factures|de factures)|(?:statements?(?: of account)?|etat (?:de compte|des factures|du compte)|extrait de compte|detail (?:du compte|des factures|du solde)|grand livre|point (?:sur|des) (?:les )?(?:factures|comptes?|reglements?)|soldes? (?:ouvert|du compte)|liste des factures|recapitulatif|account statement|aged balance)",
    "attestation": r"attestations?(?: \w+){0,3}|urssaf|vigilance|decennale|kbis|k-bis|insurance certificate|certificate of insurance|assurance|caution(?: bancaire)?|garantie a premiere demande|liste nominative|tax certificate",
    "delivery_note": r"bons? de livraison|bl\b|delivery (?:note|slip)s?|pod\b|proof of delivery|bons? (?:d'intervention|de travail|d'attachement)|time ?sheets?|feuilles? d'heures",
    "order": r"bons? de commande(?: signe)?|(?:signed )?purchase orders?|devis(?: signe)?|contrat|marche signe|ordres? de service|avenant(?: signe)?",
    "doe": r"doe\b|dossier des ouvrages|plans? de recolement|as[- ]built\w*|o&m|notices?",
    "credit_note": r"avoirs?|credit notes?",
    "invoice": r"(?:copies?|duplicatas?|originaux|original|exemplaires?|copy|copies|double) (?:des |de |d'|of |de la |de votre |de vos |the |your |du )*(?:la |cette |ces |votre |vos |l'|this |that )?(?:factures?|invoices?|situation)?|factures?|fact\b|invoices?|pdf|chorus(?: pro)?|facture (?:originale|electronique|x)",
    "other": r"justificatifs?|pieces? (?:justificatives?|manquantes?|jointes?)|documents?|supporting (?:documents?|evidence)|paperwork|backup|dossier|detail(?:s|le)?(?: des travaux| du calcul)?|breakdown",
}  # fmt: skip
NAMES = {
    code: re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)")
    for code, pattern in DOCUMENTS.items()
}
WANT = re.compile(
    r"\b(?:(?:pouvez|pourriez|peux|pourrais)[- ](?:vous|tu)|(?:pouvez|pourriez) vous|merci (?:de|d')|veuillez(?! trouver| noter| agreer| recevoir)"
    r"|(?:please|pls|plz|kindly|could you|can you|would you|can we|could we|can i|may we|may i|could i)"
    r"|svp|stp|s'il (?:vous|te) plait|(?:envoy|renvoy|transmet|adress|fourni|communiqu|remett|joi(?:gn|nd)|procur)\w{0,2}(?:ez|oyez|moi|nous)?(?:-(?:moi|nous))"
    r"|envoyez|renvoyez|transmettez|fournissez|faites[- ](?:moi|nous) (?:parvenir|suivre|passer)|send (?:me|us|over|it|the|a|your)|resend|forward (?:me|us)"
    r"|il (?:nous|me) (?:faut|faudrait|manque)|il manque|(?:nous|j'|j) ?(?:avons|ai|aurais|aurions) besoin|besoin (?:de|d'|du)|(?:nous|je) (?:souhaite|souhaitons|voudrais|voudrions|voulons|desire|demande|demandons)"
    r"|(?:we|i) (?:need|require|would need|'?d need|still need|would like|want)|(?:en|dans l')attente (?:de|d'|du|des)|(?:nous |j')?attend(?:ons|s|ant)|awaiting|waiting (?:for|on)"
    r"|(?:pas|jamais|toujours pas|rien) (?:\w+ )?(?:recue?s?|eu|en (?:notre|ma) possession|retrouve\w*|trouve\w*)|pas (?:en possession|de trace)|aucune trace|(?:ne|n') ?(?:retrouv|trouv)\w+ (?:pas|plus|aucune)"
    r"|(?:not|never|n't|cannot|can'?t|didnt) (?:\w+ )?(?:received?|got|get|find|seen|have|locate|had)|no (?:trace|record|sign) of|missing|lost|perdu|egare|non (?:recue?s?|parvenue?s?)|pas parvenue?s?"
    r"|a (?:la )?reception (?:de|du|d'|des)|des (?:la )?reception (?:de|du|d'|des)|des que (?:nous |j'|j |on )?(?:aurons|aurai|avons|ai|aura|a|vous nous aurez|vous)|(?:once|when|as soon as|upon) (?:we|i|you|receipt|the)"
    r"|sans (?:le|la|les|ce|cette|ces|vos|votre|l'|d'|attestation|pv|rib|justificatif|decompte)|without (?:the|a|your|these|this)|faute (?:de|d'|du)|would (?:help|be (?:useful|helpful|great|appreciated|good))|serait (?:utile|bien)|tant que|until|unless|manquant\w*|exige\w*|reclam\w+|obligatoire|requis|required"
    r"|on attend|(?:what|which) (?:is|are)|quel(?:le)?s? (?:est|sont)|illisibles?|unreadable|s'ouvre pas|(?:won'?t|can'?t|cannot) open|je n'ai (?:pas|jamais|plus)|nous n'avons (?:pas|jamais|plus)|absence (?:de|du|d'|des)|(?:vous|tu) (?:pouvez|pourriez|peux|pourrais))\b"
)
#: They send or have it themselves.
GIVEN = re.compile(
    r"\b(?:ci[- ]joint|veuillez trouver|vous trouverez|je vous (?:joins|transmets|envoie)|nous vous (?:joignons|transmettons|envoyons)|please find|attached (?:is|are|you)|en piece jointe|je joins"
    r"|avons bien recu|ai bien recu|bien recue?s?|have received|received (?:the|your)|votre rib (?:est|a)|(?:est|a ete) (?:signe|valide))\b"
)
VERB = re.compile(
    r"\b(?:envoy\w*|renvoy\w*|transm\w+|adress\w+|fourni\w*|communiqu\w*|parvenir|remettre|joindre|recevoir|avoir|obtenir|deposer|passer|donner|produire|mettre|faire|etablir|faire suivre"
    r"|send|resend|forward|provide|share|supply|get|have|email|give|attach|submit|upload|issue|copy|copie|duplicata|re-?deposer|scanner)\b"
)
ABSENT = re.compile(
    r"\b(?:recue?s?|eu|possession|retrouv\w*|trouv\w*|received?|got|seen|located?|find|trace|record|missing|lost|perdu\w*|egar\w*|parvenu\w*|manqu\w+|absence|faute|sans|without|tant que|attend\w*|attente|awaiting|waiting"
    r"|besoin|need|faut|faudrait|require\w*|reception|once|when|upon|as soon|aurons|aurai|until|unless|exige\w*|reclam\w+|obligatoire|requis|illisibles?|unreadable|n'avons (?:pas|plus|jamais)|n'ai (?:pas|plus|jamais)|do ?n[o']?t have|want|would like|souhait\w*|voudr\w+|voulons|attend)\b"
)
SEND = re.compile(
    r"\b(?:envoy|renvoy|transm|adress|fourni|communiqu|send|resend|forward|provid|email|shar)\w*"
)
PRONOUN = re.compile(
    r"\b(?:m'en|nous en|me l'|nous l'|l'envoyer|l'adresser|la renvoyer|le renvoyer|les renvoyer"
    r"|nouveaux?|nouvelles?|un autre|une autre|it|one|another|again|a new|une copie)\b"
)
BARE = re.compile(r"\b(?:svp|stp|s'il vous plait|please|pls|merci|urgent)\b")
PAYING = re.compile(
    r"\b(?:pay|regl|vir|sign|chang|levee?|envoye|recu|received|sent)\w*"
)
#: What was named before is gone.
LOST = re.compile(
    r"\b(?:recue?s?|parvenue?s?|retrouv\w*|trouv\w*|received?|got|seen|find|located?|lost|perdu\w*"
    r"|egar\w*|missing|manquant\w*|eu|besoin|illisibles?|unreadable|ouvre|open|would|serait)\b"
)
#: What they may lack themselves: not the works, nor a paper that we never made.
LOST_COPY = re.compile(
    r"\b(?:factures?|duplicata|copie|fichier|pdf|pieces?|invoices?|copy|receipt|statement|releve|fichier|file)\b"
)
#: Without this paper nothing is paid: contested, not only asked for.
BLOCKS = re.compile(
    r"\b(?:bloqu\w+|rejet\w+|refus\w+|suspend\w*|suspendue?s?|(?:ne|n') ?(?:pouvons|peut|peux|sera|seront|pourra|pourrons|paierons|payerons|reglerons|validerons)\w*[^.!?]{0,30}(?:pas|plus|aucun|rien)|impossible"
    r"|on hold|en attente car|en suspens|en instance|rejected|cannot|can'?t|unable|won'?t|not be (?:able|paid|processed|approved)|will not|incomplet\w*|non (?:recevable|conforme|validee?))\b"
)


def read_documents(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request for documents that an answer makes, one draft for all of them,
    and the dispute where their lack holds the payment back.

    :param text: folded
    :param parts: of the text
    """
    codes, spans, sure, blocked, names = [], [], 0.0, None, []
    for part in parts:
        before, names = names, _names(text, part)
        wanted, span = _read_part(text, part, names, before)
        if not wanted:
            continue
        spans.append(span)
        codes += [code for code in dict.fromkeys(wanted) if code not in codes]
        strong = VERB.search(text, part.start, part.end)
        sure = max(sure, 0.86 if strong else 0.72)
        around = part.sentence
        if BLOCKS.search(text, *around) and ABSENT.search(text, *around):
            blocked = blocked or span
    loose = _read_loose(text, parts)
    if not codes:
        return loose or _read_bare(text, parts)
    if loose:
        codes += [code for code in loose[0].values["documents"] if code not in codes]
    codes = _sort_codes(codes, text[spans[0][0] : spans[0][1]], blocked)
    found = [
        Reading(
            "document_request",
            "",
            *spans[0],
            sure if codes != ["other"] else 0.6,
            values={"documents": codes},
        )
    ]
    if blocked and set(codes) - {"invoice", "rib", "credit_note", "order"}:
        found.append(Reading("dispute", "", *blocked, 0.7, reason="missing_document"))
    return found


def _read_part(text: str, part: Part, names: list, before: list) -> tuple[list, tuple]:
    """Return the documents that a part wants, and the words that say so.

    :param names: documents named in it
    :param before: those named in the part before, to which “the new one” refers
    """
    want = WANT.search(text, part.start, part.end)
    if not want or part.ironic or fields.NO_TROUBLE.search(text, part.start, part.end):
        return [], ()
    verb = VERB.search(text, want.end(), part.end)
    if GIVEN.search(text, part.start, part.end) and not verb:
        return [], ()
    if not names and before and verb:
        # “Avez-vous changé de RIB ? Merci de nous envoyer le nouveau.”
        wanted = before[-1:]
    else:
        wanted = [item for item in names if _is_wanted(text, part, want, item[1])]
    if not wanted:
        return [], ()
    first = min(want.start(), *(match.start() for _code, match in wanted))
    last = max(want.end(), *(match.end() for _code, match in wanted))
    if last - first > 160:
        first = min(match.start() for _code, match in wanted)
    return [code for code, _match in wanted], (first, last)


def _sort_codes(codes: list, words: str, blocked) -> list:
    """Return the documents without those that the words only mention."""
    if len(codes) > 1:
        codes = [code for code in codes if code != "other"]
    listed = re.search(r"\b(?:et|and|ainsi que|\+|copies?|duplicatas?|copy)\b|,", words)
    if len(codes) > 1 and (blocked or not listed):
        # “Le PV à joindre à votre facture”: the invoice is there.
        codes = [code for code in codes if code != "invoice"]
    return codes


def _read_loose(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request of a sentence that names a document and asks, in any order.

    The asking may also follow in the next sentence: “The delivery notes of July: could
    you scan them?”
    """
    codes, span = [], None
    sentences = whole(parts)
    for place, part in enumerate(sentences):
        if part.ironic or fields.NOT_ASKED.search(text, part.start, part.end):
            continue
        around = f"{text[part.start : part.end]} " + "".join(
            text[other.start : other.end] for other in sentences[place + 1 : place + 2]
        )
        names = _all_names(text, part)
        if not names or not _asks(text, part, around):
            continue
        span = span or (part.start, max(match.end() for _code, match in names))
        codes += [code for code, _match in names if code not in codes]
    if codes:
        codes = _sort_codes(codes, text[span[0] : span[1]], None)
    elif len(text.split()) < 60 and (span := _asks_again(text, sentences)):
        codes = ["invoice"]
    if not codes:
        return []
    return [
        Reading(
            "document_request", "", *span, 0.7 if codes != ["other"] else 0.56,
            values={"documents": codes},
        )
    ]  # fmt: skip


def _asks(text: str, part: Part, around: str) -> bool:
    """Return whether a sentence, or the one after it, asks for what it names."""
    given = GIVEN.search(text, part.start, part.end)
    asked = fields.ASK.search(text, part.start, part.end)
    if given and not (asked and asked.start() < given.start()):
        return False
    if fields.ORDER.search(text, part.start, part.end) or fields.HELPFUL.search(
        text, part.start, part.end
    ):
        return True
    if fields.LACK.search(text, part.start, part.end) and LOST_COPY.search(
        text, part.start, part.end
    ):
        return True
    if asked and fields.SEND.search(text, part.start, part.end):
        return True
    short = part.end - part.start < 90
    if asked and short and BARE.search(text, part.start, part.end):
        return not PAYING.search(text, part.start, part.end)
    return bool(fields.AGAIN.search(around) and fields.ASK.search(around))


def _asks_again(text: str, sentences: list[Part]):
    """Return where “could you send it again?” stands, when nothing is named."""
    for part in sentences:
        again = fields.AGAIN.search(text, part.start, part.end)
        if again and (
            fields.ASK.search(text, part.start, part.end)
            or fields.LACK.search(text, part.start, part.end)
        ):
            if not fields.NOT_ASKED.search(text, part.start, part.end):
                return again.span()
    return None


def _all_names(text: str, part: Part) -> list:
    """Return the documents named in a sentence, those of the wider list as well."""
    found = _names(text, part)
    for code, pattern in fields.NAMES.items():
        for match in pattern.finditer(text, part.start, part.end):
            if not any(
                match.start() < other.end() and other.start() < match.end()
                for _code, other in found
            ):
                found.append((code, match))
    return found


def _read_bare(text: str, parts: list[Part]) -> list[Reading]:
    """Return the request of a few words: “Votre RIB svp”, “your bank details ?”."""
    for part in parts:
        if not BARE.search(text, part.start, part.end) and part.asks_from == part.end:
            continue
        if len(text[part.start : part.end].split()) > 8 or GIVEN.search(
            text, part.start, part.end
        ):
            continue
        if PAYING.search(text, *part.sentence) or fields.NOT_ASKED.search(
            text, part.start, part.end
        ):
            continue
        for code, match in _names(text, part):
            if code in (
                "rib",
                "pv",
                "dgd",
                "statement",
                "attestation",
                "delivery_note",
                "doe",
            ):
                return [
                    Reading(
                        "document_request", "", part.start, match.end(), 0.66,
                        values={"documents": [code]},
                    )
                ]  # fmt: skip
    return []


def _names(text: str, part: Part) -> list:
    """Return the documents named in a part; of two readings of a word, the first code."""
    found = []
    for code, pattern in NAMES.items():
        for match in pattern.finditer(text, part.start, part.end):
            if any(
                match.start() < other.end() and other.start() < match.end()
                for _code, other in found
            ):
                continue
            found.append((code, match))
    return found


def _is_wanted(text: str, part: Part, want: re.Match, match: re.Match) -> bool:
    """Return whether the words that want go with this document."""
    between = text[min(want.start(), match.start()) : max(want.end(), match.end())]
    if match.end() <= want.start() and PRONOUN.search(
        text, want.end(), min(part.end, want.end() + 45)
    ):
        # “… le RIB n'est plus bon, pouvez-vous m'envoyer le nouveau ?”
        return len(between) < 90 and bool(SEND.search(text, want.start(), part.end))
    if match.end() <= want.start():
        # “Le PV ? Nous ne l'avons pas reçu”, “la facture n'est jamais parvenue”.
        return (
            bool(LOST.search(text, want.start(), want.end() + 20)) and len(between) < 90
        )
    gap = text[want.end() : match.start()]
    if len(gap) > 110:
        return False
    words = text[want.start() : match.start()]
    if ABSENT.search(words):
        return len(gap) < 60 and not re.search(r"\b(?:payer|regler|pay)\b", gap)
    return bool(VERB.search(text, want.start(), match.end()))
