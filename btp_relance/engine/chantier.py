# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a contract of works cannot say, and what deserves a second look.

The decision is taken here, without a database nor words: a finding is a code and the
values that a sentence needs.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

#: Of each payment: loi 71-584 art. 1, and CCP R2191-33 for public contracts.
MAX_RETENTION = 5
#: CCP R2191-33: SME holder and State, State administrative establishment (not health), or
#: local authority with operating spend above 60 M€.
MAX_RETENTION_SME = 3
#: A higher share of the common expenses is a typing error.
MAX_PRORATA = 10
#: Including taxes (CCP L2193-10, R2193-10).
DIRECT_PAYMENT_FROM = 600

SUBCONTRACTOR_ROLES = ("subcontractor", "subcontractor_direct")


class Finding(NamedTuple):
    """Something found in a contract.

    :param str code: stable name; the model has a sentence for each
    :param dict values: what the sentence needs: amounts, rates, dates
    """

    code: str
    values: dict


class Contract(NamedTuple):
    """What the checks need to know of a chantier. Amounts are before tax."""

    role: str = "titulaire"
    public: bool = False
    has_owner: bool = False
    contract_amount: float = 0
    amount_total: float = 0
    contract_date: date | None = None
    #: ``(number, signed on)`` of each avenant
    avenants: tuple = ()
    #: sum of the lots by rate of tax; 0: none
    lots_total: float = 0
    #: every date that says when works started: the contract's, the OS of start
    starts: tuple = ()
    date_completed: date | None = None
    date_reception: date | None = None
    has_reserves: bool = False
    date_reserves_lifted: date | None = None
    date_dgd: date | None = None
    retention_withheld: bool = False
    retention_rate: float = 0
    prorata_rate: float = 0
    advance_amount: float = 0
    advance_refund_start: float = 65
    advance_refund_end: float = 80
    revision_fixed_part: float = 0
    #: the index of the price's month, and that of the start which brings a firm price up to date
    indexes: tuple = ()


def faults(contract: Contract) -> list[Finding]:
    """Return what the contract cannot say: it is not saved so."""
    return [
        *_rate_faults(contract),
        *_amount_faults(contract),
        *_date_faults(contract),
        *_reserve_faults(contract),
    ]


def _rate_faults(contract: Contract) -> Iterator[Finding]:
    if not 0 <= contract.retention_rate <= MAX_RETENTION:
        yield Finding("retention_rate", {"rate": contract.retention_rate})
    if not 0 <= contract.prorata_rate <= MAX_PRORATA:
        yield Finding("prorata_rate", {"rate": contract.prorata_rate})
    if not 0 <= contract.revision_fixed_part <= 1:
        yield Finding("revision_fixed_part", {"part": contract.revision_fixed_part})
    if min(contract.indexes, default=0) < 0:
        yield Finding("index_negative", {"index": min(contract.indexes)})
    start, end = contract.advance_refund_start, contract.advance_refund_end
    if not 0 <= start < end <= 100:
        yield Finding("advance_refund", {"start": start, "end": end})


def _amount_faults(contract: Contract) -> Iterator[Finding]:
    if contract.contract_amount < 0:
        yield Finding("contract_negative", {"amount": contract.contract_amount})
    elif contract.amount_total < 0:
        yield Finding("total_negative", {"amount": contract.amount_total})
    if contract.advance_amount < 0:
        yield Finding("advance_negative", {"amount": contract.advance_amount})


def _date_faults(contract: Contract) -> Iterator[Finding]:
    signed, reception = contract.contract_date, contract.date_reception
    for number, avenant_signed in contract.avenants:
        if signed and avenant_signed and avenant_signed < signed:
            yield Finding(
                "avenant_before_contract",
                {"number": number, "date": avenant_signed, "contract": signed},
            )
    if not reception:
        return
    late_starts = [start for start in contract.starts if start and start > reception]
    if late_starts:
        yield Finding(
            "reception_before_start", {"date": reception, "start": min(late_starts)}
        )
    if signed and reception < signed:
        yield Finding(
            "reception_before_contract", {"date": reception, "contract": signed}
        )
    if contract.date_dgd and contract.date_dgd < reception:
        yield Finding(
            "dgd_before_reception", {"date": contract.date_dgd, "reception": reception}
        )


def _reserve_faults(contract: Contract) -> Iterator[Finding]:
    lifted, reception = contract.date_reserves_lifted, contract.date_reception
    if not lifted:
        return
    if not reception:
        yield Finding("lifted_without_reception", {"date": lifted})
    elif lifted < reception:
        yield Finding(
            "lifted_before_reception", {"date": lifted, "reception": reception}
        )
    if not contract.has_reserves:
        yield Finding("lifted_without_reserves", {"date": lifted})


def notices(contract: Contract) -> list[Finding]:
    """Return what deserves a second look, and does not prevent anything."""
    found = []
    rate = contract.retention_rate
    if contract.public and contract.retention_withheld and rate > MAX_RETENTION_SME:
        found.append(Finding("sme_retention", {"rate": rate}))
    if contract.role in SUBCONTRACTOR_ROLES and not contract.has_owner:
        found.append(Finding("owner_missing", {}))
    lots, total = contract.lots_total, contract.amount_total
    if lots and round(lots - total, 2):
        found.append(Finding("lots_total", {"amount": lots, "total": total}))
    # Below it before tax, nothing says that it is reached with the tax.
    if (
        contract.role == "subcontractor_direct"
        and 0 < contract.amount_total < DIRECT_PAYMENT_FROM
    ):
        found.append(Finding("direct_payment", {"amount": contract.amount_total}))
    return found
