# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All fields of a document of a known kind."""

import re

from . import (
    amounts,
    dates,
    decision,
    items,
    mirrored,
    parties,
    references,
    reserves,
    signature,
)
from .forms import AMOUNTS, PARTIES
from .model import Found
from .values import plain

COMMON = (*PARTIES, "signed")
FIELDS = {
    "pv_reception": (
        *COMMON,
        "ref_commande",
        "date_reception",
        "date_signature",
        "decision",
        "reserves",
        "reserves_list",
        "reserves_deadline",
    ),
    "pv_opr": (*COMMON, "date_document", "date_signature", "reserves", "reserves_list"),
    "pv_levee_reserves": (
        *COMMON,
        "date_reception",
        "date_levee",
        "date_signature",
        "decision",
        "reserves",
        "reserves_list",
    ),
    "bon_commande": (
        *COMMON,
        "ref_commande",
        "date_document",
        "date_signature",
        *AMOUNTS,
    ),
    "ordre_service": (
        *COMMON,
        "ref_os",
        "date_document",
        "date_effet",
        "date_signature",
    ),
    "situation": (
        *COMMON,
        "ref_situation",
        "periode",
        "date_document",
        "date_signature",
        *AMOUNTS,
    ),
    "certificat_paiement": (
        *COMMON,
        "ref_situation",
        "date_document",
        "date_signature",
        *AMOUNTS,
    ),
    "doe_bordereau": (*COMMON, "date_document", "date_signature", "nb_documents"),
    "facture": (
        *(
            "ref_facture",
            "ref_commande",
            "ref_marche",
            "ref_situation",
            "date_document",
            "date_echeance",
            "chantier",
        ),
        *(
            "donneur_ordre",
            "entreprise",
            "siret",
            *AMOUNTS,
            "iban",
        ),
    ),
}
PV = ("pv_reception", "pv_opr", "pv_levee_reserves")
MONEY = ("bon_commande", "situation", "certificat_paiement", "facture")


def find(doc, kind, credit=False):
    """Read the fields of a kind.

    :param credit: whether an invoice is a credit note
    :return: {field: Found}
    """
    if kind not in FIELDS:
        return {}
    mirrored.turn(doc)
    found = {
        **parties.find(doc, kind),
        **references.find(doc, kind, credit),
        **dates.find(doc, kind),
    }
    if kind in MONEY:
        found.update(amounts.find(doc, kind, credit))
    if kind in PV:
        found.update(_of_pv(doc, kind))
    if kind == "doe_bordereau" and (count := items.count(doc)):
        found["nb_documents"] = count
    if kind == "facture" and (iban := items.find_iban(doc)):
        found["iban"] = iban
    if signed := signature.find(doc, kind):
        found["signed"] = signed
        if signed.value is False:
            found.pop("date_signature", None)
    if "decision" in found and found["decision"].value == "refusee":
        found.pop("date_reception", None)
        found.pop("reserves_list", None)
    found = {field: found[field] for field in FIELDS[kind] if field in found}
    _humble(doc, found)
    return found


def _of_pv(doc, kind):
    """Decision, reserves and their list."""
    listed, states, deadline = reserves.find(doc, kind)
    found = {}
    chosen = decision.find(doc, kind, listed)
    if kind == "pv_levee_reserves":
        chosen = _lifting(doc, chosen, listed, states)
    if chosen and kind != "pv_opr":
        found["decision"] = chosen
    open_ = _open(doc, kind, chosen, listed)
    if open_ is not None:
        found["reserves"] = open_
    if listed and not (open_ and open_.value is False):
        found["reserves_list"] = listed
    if deadline:
        found["reserves_deadline"] = deadline
    if chosen and chosen.value == "sans_reserve" and listed:
        # The paper contradicts itself, or something was read wrong.
        chosen.confidence = min(chosen.confidence, 0.7)
        found["reserves"].confidence = min(found["reserves"].confidence, 0.7)
    return found


def _lifting(doc, chosen, listed, states):
    """Whether all reserves were lifted: marks first, then the items' states, then the sentences."""
    if chosen and chosen.value == "refus_levee":
        return None
    ticked = chosen and chosen.why.startswith(("ticked", "others"))
    if ticked and chosen.value == "levee_totale" and states["open"]:
        chosen.confidence = 0.6
        return chosen
    if states["open"]:
        return Found(
            "levee_partielle",
            0.92,
            listed.page if listed else 1,
            listed.box if listed else None,
            "items still open",
        )
    if ticked:
        return chosen
    if states["lifted"] and not states["unknown"]:
        return Found("levee_totale", 0.88, 1, None, "every item lifted")
    return chosen or decision.lifting_by_words(doc, listed)


#: How many reserves a visit found.
COUNTED = re.compile(
    r"\b(?P<count>\d{1,3}) (?:points?|reserves?|observations?|anomalies?|defauts?|remarques?) "
    r"(?:releve|constate|ouvert|formule|emis|note)"
)


def _open(doc, kind, chosen, listed):
    """Whether reserves stay open after the document."""
    if chosen:
        value = {
            "sans_reserve": False,
            "avec_reserves": True,
            "sous_reserve": True,
            "levee_totale": False,
            "levee_partielle": True,
        }.get(chosen.value)
        if value is not None:
            return Found(value, chosen.confidence, chosen.page, chosen.box, chosen.why)
        if kind != "pv_opr":
            return None
    if listed and kind != "pv_levee_reserves":
        return Found(True, 0.8, listed.page, listed.box, "list")
    if kind == "pv_opr" and (told := COUNTED.search(plain(doc.text))):
        return Found(int(told["count"]) > 0, 0.7, 1, None, "counted")
    return None


def _humble(doc, found):
    """No field of a poor reading is sure."""
    worst = min(
        (page.quality for page in doc.pages if page.source == "ocr"), default=1.0
    )
    for field, value in found.items():
        if worst < 0.6 and not field.startswith("montant"):
            value.confidence *= 0.92
        value.confidence = round(min(0.99, value.confidence), 3)
