# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which documents an invoice needs, and which of them keep it from being paid.

The matrix is data that managers edit; what is decided here is how an invoice is read
against it, once, without a database.
"""

from collections.abc import Iterable
from typing import NamedTuple

REQUIRED = "required"
CONDITIONAL = "conditional"

#: Column of the matrix of a billing stage; a plain invoice has none.
STAGES = {
    "advance": "advance",
    "progress": "advance",
    "situation": "situation",
    "final": "final",
    "retention_release": "retention_release",
}

#: Roles that a line of the matrix speaks of. Who subcontracts is asked for other papers.
ROLE_GROUPS = {
    "any": frozenset(
        (
            "titulaire",
            "mandataire",
            "cotraitant",
            "subcontractor",
            "subcontractor_direct",
        )
    ),
    "contractor": frozenset(("titulaire", "mandataire", "cotraitant")),
    "subcontractor": frozenset(("subcontractor", "subcontractor_direct")),
    "subcontractor_direct": frozenset(("subcontractor_direct",)),
}

#: The law's regimes, as the columns of the matrix group them. A condominium pays like a
#: consumer; for documents too.
REGIME_COLUMNS = {
    "b2b": "private",
    "b2c": "consumer",
    "nonpro": "consumer",
    "public_30": "public",
    "public_50": "public",
    "public_60": "public",
}


class Requirement(NamedTuple):
    """One cell of the matrix.

    :param int type: what is required
    :param str stage: ``advance``, ``situation``, ``final`` or ``retention_release``
    :param str role: a key of `ROLE_GROUPS`
    :param str regime: ``private``, ``public`` or ``consumer``
    :param str level: `REQUIRED` (blocks the payment) or `CONDITIONAL`
    :param condition: name of the fact without which the cell says nothing
    """

    type: int
    stage: str
    role: str
    regime: str
    level: str
    condition: str | None = None


class Facts(NamedTuple):
    """What the matrix asks of an invoice.

    :param str stage: billing stage of the invoice
    :param str role: our role on the chantier
    :param str regime: column of the matrix
    :param frozenset conditions: names of the conditions that hold
    """

    stage: str
    role: str
    regime: str
    conditions: frozenset = frozenset()


def regime_column(customer: str | None, owner: str | None, role: str) -> str:
    """Return the column of the matrix that an invoice falls under.

    Paid directly, a subcontractor is paid under the rules of the owner's contract
    (CCP R2193-10 and following), whoever its own customer is.

    :param customer: regime of the customer
    :param owner: regime of the maître d'ouvrage, where it is not the customer
    :param role: our role on the chantier
    """
    regime = owner if role == "subcontractor_direct" and owner else customer
    return REGIME_COLUMNS.get(regime or "b2b", "private")


def conditions(
    *,
    has_moe=False,
    has_extras=False,
    has_reserves=False,
    is_revised=False,
    role="titulaire",
    reaches_5000=False,
    reduced_vat=False,
) -> frozenset:
    """Return the names of the conditions that hold for an invoice."""
    holds = {
        "has_moe": has_moe,
        "has_extras": has_extras,
        "has_reserves": has_reserves,
        "is_revised": is_revised,
        "is_subcontractor": role in ROLE_GROUPS["subcontractor"],
        "direct_payment": role == "subcontractor_direct",
        "amount_5000": reaches_5000,
        "reduced_vat": reduced_vat,
    }
    return frozenset(name for name, value in holds.items() if value)


def needed(requirements: Iterable[Requirement], facts: Facts) -> list[tuple[int, str]]:
    """Return what an invoice needs, as ``(type, level)``, blocking documents first.

    :param requirements: the cells of the matrix that apply to the company
    :param facts: the invoice
    """
    stage = STAGES.get(facts.stage)
    levels = {}
    for cell in requirements:
        if (
            cell.stage == stage
            and cell.regime == facts.regime
            and facts.role in ROLE_GROUPS[cell.role]
            and (not cell.condition or cell.condition in facts.conditions)
            and levels.get(cell.type) != REQUIRED
        ):
            levels[cell.type] = cell.level
    return sorted(levels.items(), key=lambda item: item[1] != REQUIRED)
