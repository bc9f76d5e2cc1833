# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the demo company's contracts say beside their price: parties, security, acceptance."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..engine import retention, situation
from .records import Chantier, Customer

#: Index of the month of the price, and how much it rises a month.
BASE_INDEX, INDEX_STEP = Decimal("127.4"), Decimal("0.45")
INDEX = "BT03"
#: A public contract is revised from this many months on.
REVISED_MONTHS = 6
#: Released since fewer days than this, a retention is not paid yet.
RELEASE_UNPAID_DAYS = 15


@dataclass(frozen=True)
class Party:
    """Somebody on site who is no customer."""

    name: str
    city: str
    email: str = ""


PARTIES = {
    "atelier": Party("Atelier Erdre Architectes", "Nantes", "visa@atelier-erdre.test"),
    "bet": Party("BET Sillon Ingénierie", "Saint-Nazaire", "suivi@bet-sillon.test"),
    "port": Party("SCI Plateforme du Brivet", "Montoir-de-Bretagne"),
    "region": Party("Région – direction des lycées", "Nantes"),
    "ville": Party("Ville de Saint-Herblain", "Saint-Herblain"),
    "mall": Party("Foncière Grand Maine", "Angers"),
    "launay": Party("SCI Port Launay", "Couëron"),
    "clinic": Party("SCM Pôle médical de Beaupréau", "Beaupréau-en-Mauges"),
}


@dataclass(frozen=True)
class Contract:
    """The terms of one chantier; days count back from today.

    :ivar bool retained: 5 % are withheld of each payment
    :ivar int reception: days since the réception, None before it
    :ivar int bond: days since a bond took the place of the retention
    :ivar tuple avenants: subject, amount before tax, days since it was signed (None: not yet)
    """

    owner: str = ""
    moe: str = ""
    retained: bool = False
    reception: int | None = None
    reserves: bool = False
    lifted: int | None = None
    bond: int | None = None
    dgd: int | None = None
    prorata: Decimal = Decimal(0)
    avenants: tuple = ()


CONTRACTS = {
    "quais_a": Contract(
        moe="bet", retained=True, reception=295, reserves=True, lifted=240
    ),
    "jules_verne": Contract(owner="ville", moe="atelier", reception=320),
    "ponts_de_ce": Contract(
        owner="region", moe="atelier", retained=True, reception=386
    ),
    "charmilles": Contract(moe="bet", reception=205, reserves=True),
    "polyvalente": Contract(
        moe="atelier", retained=True, reception=230, reserves=True, lifted=160, dgd=190
    ),
    "urgences": Contract(moe="bet", retained=True),
    "belvedere": Contract(owner="launay", retained=True, reception=215, bond=330),
    "pole_medical": Contract(owner="clinic", moe="bet", retained=True),
    "quais_b": Contract(moe="atelier"),
    "brivet": Contract(
        owner="port",
        moe="bet",
        prorata=Decimal("1.5"),
        avenants=(
            ("Quais niveleurs supplémentaires", 14_500, 60),
            ("Fosse de pesage", 11_800, None),
        ),
    ),
    "grand_maine": Contract(owner="mall", prorata=Decimal("1.5")),
    "cimetiere": Contract(retained=True, reception=30, bond=12),
    "halle": Contract(owner="launay"),
    "blanchisserie": Contract(moe="bet"),
    "charmettes": Contract(moe="bet"),
    "acacias_facades": Contract(moe="atelier", reception=150),
}


def contract(chantier: Chantier) -> Contract:
    """Return the terms of a chantier; most have none of their own."""
    return CONTRACTS.get(chantier.key, Contract())


def ago(today: date, days: int | None) -> date | None:
    """Return the day that lies so many days before today."""
    return None if days is None else today - timedelta(days=days)


def is_subcontract(customer: Customer) -> bool:
    """Return whether we work for another builder, who accounts for the tax."""
    return customer.tax == "reverse"


def is_revised(chantier: Chantier, customer: Customer) -> bool:
    """Return whether an index moves the price."""
    return customer.regime.startswith("public") and chantier.start >= REVISED_MONTHS


def retention_rate(chantier: Chantier, stage: str, day: date, today: date) -> int:
    """Return the retention, in percent, of an invoice of this stage and day."""
    terms = contract(chantier)
    bond = ago(today, terms.bond)
    retained = terms.retained and stage in ("progress", "situation", "final")
    return 5 if retained and not (bond and bond <= day) else 0


def release_on(chantier: Chantier, customer: Customer, day: date, today: date) -> date:
    """Return when the retention of an invoice issued on ``day`` is released."""
    terms = contract(chantier)
    works = retention.Works(
        public=customer.regime.startswith("public"),
        reception=ago(today, terms.reception),
        reserves=terms.reserves,
        lifted=ago(today, terms.lifted),
        substituted=ago(today, terms.bond),
    )
    return retention.release_on(works, max(day, today))


def situation_terms(
    chantier: Chantier, customer: Customer, advance: Decimal
) -> situation.Terms:
    """Return what the arithmetic of situations needs of the contract.

    A public buyer takes an advance back between 65 % and 80 % of the works; a private one
    a down payment in proportion to them.
    """
    public = customer.regime.startswith("public")
    signed = sum(
        amount
        for _text, amount, days in contract(chantier).avenants
        if days is not None
    )
    return situation.Terms(
        total=chantier.amount + signed,
        fixed_part=Decimal("0.15") if is_revised(chantier, customer) else None,
        base_index=BASE_INDEX,
        advance=advance,
        refund_start=Decimal(65 if public else 0),
        refund_end=Decimal(80 if public else 100),
    )
