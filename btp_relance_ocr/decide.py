# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a paper that was read may change something by itself, or a person looks first.

No Odoo here: facts in, a verdict out. A careful clerk signs nothing that they did not read:
a paper acts alone only where everything that it would change was read surely, where what it
is about is beyond doubt, where it is signed if it must be, and where people saw the first of
its kind.
"""

from dataclasses import dataclass, field

#: What is given with this confidence or more is right often enough.
SURE = 0.9
#: What each kind must say before it acts alone: all of the first, one of each group after it.
CORE = {
    "pv_reception": ("date_reception", "decision", "reserves"),
    "pv_levee_reserves": ("date_levee", "decision", "reserves"),
    "bon_commande": ("ref_commande", ("montant_ht", "montant_ttc")),
    "ordre_service": ("ref_os", ("date_effet", "date_document")),
    "situation": (("montant_ht", "montant_ttc"), ("ref_situation", "periode")),
    "certificat_paiement": (("montant_ht", "montant_ttc"),),
    "doe_bordereau": (),
    "facture": ("ref_facture", "date_document", "montant_ttc", "siret"),
}
#: Kinds that are about whoever wrote them.
BILLS = ("facture", "avoir")
#: Kinds that prove something by their signature only.
SIGNED = (
    "pv_reception",
    "pv_levee_reserves",
    "bon_commande",
    "ordre_service",
    "situation",
    "certificat_paiement",
    "doe_bordereau",
)
#: Decisions that a person takes note of, whatever is sure: they cost money or begin a dispute.
GRAVE = ("refusee", "refus_levee", "sous_reserve")
#: Warnings of the reader that stop a paper from acting alone.
WARNINGS = ("javascript", "attachment", "xml_rejected", "hidden_text")

OFF, LEARN, SURE_ONLY = "off", "learn", "sure"


@dataclass(frozen=True)
class Facts:
    """What is known of a paper."""

    kind: str | None
    kind_confidence: float = 0.0
    #: {field: (value, confidence)}
    values: dict = field(default_factory=dict)
    error: str | None = None
    warnings: tuple = ()
    #: How sure it is what the paper is about; None where nothing was found.
    match: float | None = None
    #: The company's choice, how many of this kind people checked, and how many they want to.
    mode: str = LEARN
    checked: int = 0
    wanted: int = 5


@dataclass(frozen=True)
class Verdict:
    """What becomes of a paper, and the sentence that says why: a code and its figures."""

    state: str
    code: str
    details: dict = field(default_factory=dict)


def decide(facts: Facts) -> Verdict:
    """Return what becomes of a paper that was read and matched.

    :return: ``failed``, ``to_check`` or ``done``: the last one may act
    """
    if facts.error:
        return Verdict("failed", f"error_{facts.error}")
    return (
        _doubt_of_kind(facts)
        or _doubt_of_warning(facts)
        or _doubt_of_match(facts)
        or _doubt_of_signature(facts)
        or _doubt_of_values(facts)
        or _doubt_of_company(facts)
        or Verdict("done", "sure")
    )


def _check(code, **details):
    return Verdict("to_check", code, details)


def _doubt_of_kind(facts):
    if not facts.kind or facts.kind == "autre":
        return _check("kind_unknown")
    if facts.kind == "pv_opr":
        return _check("no_proof")
    if facts.kind not in CORE:
        alone = facts.kind in BILLS and facts.match is None
        return _check("supplier_unknown" if alone else "kind_by_hand")
    if facts.kind_confidence < SURE:
        return _check("kind_unsure")
    return None


def _doubt_of_warning(facts):
    for warning in WARNINGS:
        if warning in facts.warnings:
            return _check(f"warning_{warning}")
    return None


def _doubt_of_match(facts):
    if facts.match is None:
        return _check("supplier_unknown" if facts.kind in BILLS else "match_none")
    return _check("match_unsure") if facts.match < SURE else None


def _doubt_of_signature(facts):
    if facts.kind not in SIGNED:
        return None
    signed, sure = facts.values.get("signed", (None, 0.0))
    if signed is False:
        return _check("unsigned")
    if not signed or sure < SURE:
        return _check("maybe_signed" if signed else "signature_unknown")
    return None


def _doubt_of_values(facts):
    decision = facts.values.get("decision", (None, 0.0))[0]
    if decision in GRAVE:
        return _check("grave")
    missing, unsure = [], []
    for wanted in CORE[facts.kind]:
        names = wanted if isinstance(wanted, tuple) else (wanted,)
        given = [facts.values[name] for name in names if _is_given(facts, name)]
        if not given:
            missing.append(names[0])
        elif max(confidence for _value, confidence in given) < SURE:
            unsure.append(names[0])
    if missing:
        return _check("values_missing", fields=missing)
    # Whatever a person would see changed must be sure, not only what the kind needs.
    unsure += [
        name
        for name, (_value, confidence) in facts.values.items()
        if confidence < SURE and name.startswith(("montant", "iban", "reserves_"))
    ]
    return (
        _check("values_unsure", fields=list(dict.fromkeys(unsure))) if unsure else None
    )


def _is_given(facts, name):
    value = facts.values.get(name, (None, 0.0))[0]
    return value not in (None, "", [])


def _doubt_of_company(facts):
    if facts.mode == OFF:
        return _check("company_checks")
    if facts.mode == LEARN and facts.checked < facts.wanted:
        return _check("first_ones", checked=facts.checked, wanted=facts.wanted)
    return None


def is_same_paper(one: dict, other: dict) -> bool:
    """Return whether two papers that look alike are one sheet: what both say must agree.

    Two forms of one layout look alike too, and a sheet that was signed meanwhile is another
    paper. Amounts, dates and references decide; without two of them nothing is sure.

    :param one: {field: value} of a paper
    :param other: the same of the other one
    """
    if one.get("signed") != other.get("signed"):
        return False
    firm = [
        name
        for name in one.keys() | other.keys()
        if name.startswith(("date_", "ref_", "montant_"))
        or name in ("decision", "reserves", "siret", "periode", "iban")
    ]
    both = [name for name in firm if name in one and name in other]
    return len(both) >= 2 and all(one[name] == other[name] for name in both)
