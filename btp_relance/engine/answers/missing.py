# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""A paper that is lacking, and a payment that waits for it: contested for the paper."""

import re

from .lexicon import family
from .reading import Reading
from .sentences import Part, whole

#: Papers of the trade without which an invoice is held; its own copy is only asked for.
PAPER = re.compile(
    family(
        "pv proces-verbal proces_verbal proces-verbaux doe dgd dc4 dc1 dc2 consuel quitus constat* attachement attachements attestation* urssaf vigilance decennale kbis k-bis assurance* certificat* caution* bordereau* bsd bsdd",
        "bon_de_livraison bons_de_livraison bl bons_d'intervention bon_d'intervention bon_d'attachement feuille*_d'heures fiche_technique fiches_techniques pv_d'essai* plan_de_recolement plans_de_recolement dossier_des_ouvrages* visa agrement* ppsps carte*_btp liste_nominative",
        "justificatif* piece*_justificative* document* signature visee vise notice* duo dict decompte_general decompte_definitif certificat_de_paiement acte_de_sous-traitance contrat_de_sous-traitance compte-rendu*",
        "completion_certificate* handover_certificate insurance_certificate certificate* timesheet* time_sheet* delivery_note* delivery_ticket* proof_of_delivery pod warranty o&m manuals as-built* paperwork supporting_documents sign-off test_report* method_statement* rams collateral_warranty lien_waiver",
    )
)
ABSENT = re.compile(
    r"\b(?:manqu\w+|sans|absen\w+|faute d\w*|aucune?|pas (?:\w+ ){0,2}(?:remis\w*|recu\w*|transmis\w*|signe\w*|vise\w*|fourni\w*|joint\w*|envoye\w*|produit\w*|depose\w*|communiqu\w*|parvenu\w*|eu|valable\w*|a jour|valide\w*|l[ae']|ce)|pas (?:de |d'|le |la |les |l')\w+|n'avons (?:pas|toujours pas|jamais)|n'ai (?:pas|jamais)|ne l'avons|perime\w*|expir\w+|echu\w*|obsolete\w*|incomplet\w*|attend\w*|attente|ni|jamais|faut|devons avoir|doit etre|exig\w+|obligatoire\w*|joindre|fournir|a reception|des reception|tant que|non (?:remis|signe|fourni|recu|transmis|vise|joint)\w*"
    r"|missing|without|no|not (?:received|signed|provided|attached|supplied|in the file)|never (?:received|got|sent|provided|supplied)|\w*n't (?:\w+ )?(?:received|had|got|have|sent|provided)|unsigned|expired|out of date|awaiting|waiting|before|need\w*|lacking|until|outstanding)(?!\w)"
)
HELD = re.compile(
    r"\b(?:bloqu\w+|en suspens|suspend\w*|en attente|en instance|en litige|retenue\b|retenons|retenu|rejet\w*|gele\w*|stopp\w+|liber\w+|debloqu\w+|non recevable|irrecevable|incomplet|pas de (?:paiement|reglement|solde|virement|cheque|sou|mandatement)|pas (?:\w+ )?(?:pay\w+|regl\w+|sold\w+|mandat\w+|valid\w+|liquid\w+)|(?:pour|avant|afin) (?:de )?(?:pouvoir )?(?:tout )?(?:pay\w+|paiement|regl\w+|sold\w+|debloqu\w+|mandat\w+|valider)|(?:ne |n')?(?:peux|peut|pouvons|pourrons|pourra|puis) (?:rien|pas|plus|ni)|impossible|ne (?:sera|seront|paierons|paierai|reglerons|reglerai)|conditionne\w*"
    r"|on hold|held|blocked|withh\w+|release|rejected|parked|stuck|cannot|can'?t|can ?not|unable|won'?t|will not|not be (?:paid|released|processed|approved)|before (?:we|i) (?:can )?pay|no (?:payment|money)|pending)\b"
)
#: “We need the report to release the retention”: asked for, nothing is refused.
NEED = re.compile(r"\b(?:faut|faudrait|attendons|attends|besoin|need|merci de)\b")
PURPOSE = re.compile(r"^(?:pour|avant|afin|liber|debloqu|release)")
#: Only the invoice itself is asked for to enter it: a request.
ENTRY = re.compile(
    r"\b(?:saisir|enregistrer|comptabiliser|retrouver|rapprocher|pointer|book|enter|trace|reconcile)\b"
)
SOLVED = re.compile(
    r"\b(?:pas bloque\w*|n'est plus|plus (?:en attente|bloque)|debloquee?|a ete (?:valide|leve)|est signe|have signed|has been signed|all good)\b"
)


def read_missing(text: str, parts: list[Part]) -> list[Reading]:
    """Return the dispute of a payment held until a paper comes.

    The paper and the payment stand in one sentence or in two that follow each other.

    :param text: folded
    :param parts: of the text
    """
    sentences = whole(parts)
    for place, part in enumerate(sentences):
        if part.asks_from == part.start or SOLVED.search(text, part.start, part.end):
            continue
        paper = PAPER.search(text, part.start, part.end)
        if not paper or not ABSENT.search(text, part.start, part.end):
            continue
        if ENTRY.search(text, part.start, part.end):
            continue
        need = NEED.search(text, part.start, part.end)
        for other in (
            part,
            *sentences[place + 1 : place + 2],
            *sentences[max(0, place - 1) : place],
        ):
            held = HELD.search(text, other.start, other.end)
            if held and not (need and PURPOSE.search(held.group(0))):
                start, end = paper.span()
                if other is part:
                    start, end = min(start, held.start()), max(end, held.end())
                sure = 0.78 if other is part else 0.68
                return [
                    Reading("dispute", "", start, end, sure, reason="missing_document")
                ]
    return []
