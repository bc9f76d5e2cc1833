# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is given as sure is right, in a world full of look-alikes and misread papers."""

import random
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance_ocr"))

from matching import (  # noqa: E402
    Chantier,
    Facts,
    Invoice,
    choose,
    rank_chantiers,
)

pytestmark = pytest.mark.pure

OWNERS = [
    "Commune de Sainte-Orsanne",
    "SCI Les Terrasses du Moulin",
    "OPH Valdoise Habitat",
    "Département de la Brévenne",
    "Foncière Kerlann",
]
WORKS = ["Construction", "Rénovation", "Extension", "Réfection de la toiture"]
SITES = [
    "du groupe scolaire Jules Ferry",
    "de la médiathèque",
    "de la résidence Les Pins – bâtiment A",
    "de la résidence Les Pins – bâtiment B",
    "du gymnase des Platanes",
    "de 24 logements – tranche 1",
    "de 24 logements – tranche 2",
    "de l'EHPAD Les Cèdres",
]
DESIGNERS = ["Agence Lumen Architectes", "BET Structéo", "Cabinet Ferrandier"]
MISREAD = {"0": "O", "1": "I", "5": "S", "8": "B", "6": "G", "é": "e", "è": "e"}
OURS = ("Martin Bâtiment", "SARL Plomberie Vautrin")


def make_world(rng, count=150):
    """Chantiers of few customers: each name occurs often, contract numbers with each customer."""
    sites, invoices = [], []
    numbers = {owner: rng.sample(range(10, 400), count) for owner in range(len(OWNERS))}
    for number in range(1, count + 1):
        owner = rng.randrange(len(OWNERS))
        started = date(2025, 1, 6) + timedelta(rng.randrange(300))
        sites.append(
            Chantier(
                number,
                name=f"{rng.choice(WORKS)} {rng.choice(SITES)}",
                code=f"CH-{number:04}",
                contract=f"2025-{numbers[owner].pop()}" if rng.random() < 0.8 else "",
                orders=(f"BC{rng.randrange(10000, 99999)}",)
                if rng.random() < 0.5
                else (),
                customer_id=1000 + owner,
                customer=OWNERS[owner],
                moe=rng.choice(DESIGNERS),
                contract_date=started,
            )
        )
        for situation in range(1, 4):
            untaxed = Decimal(rng.choice(("1500.00", "2400.00", "9800.00", "12500.00")))
            invoices.append(
                Invoice(
                    10 * number + situation,
                    number,
                    f"FAC/2025/{10 * number + situation:05}",
                    situation=situation,
                    untaxed=untaxed,
                    total=untaxed * Decimal("1.2"),
                    day=started + timedelta(30 * situation),
                )
            )
    return sites, invoices


def misread(rng, text):
    """A text as a bad scan has it: letters for digits, no accents, a sign lost."""
    signs = [
        MISREAD.get(sign, sign) if rng.random() < 0.25 else sign
        for sign in str(text or "")
    ]
    if len(signs) > 9 and rng.random() < 0.3:
        del signs[rng.randrange(len(signs))]
    return "".join(signs)


def make_paper(rng, site, invoice=None):
    """What a paper about a chantier says: not all of it, and not all of it right."""
    said = {
        "ref_marche": site.contract,
        "ref_commande": site.orders[0] if site.orders else "",
        "chantier": site.name,
        "donneur_ordre": site.customer,
        "maitre_oeuvre": site.moe,
        "entreprise": "SARL Martin Bâtiment",
        "date_signature": (site.contract_date + timedelta(200)).isoformat(),
    }
    if invoice:
        said |= {
            "ref_situation": str(invoice.situation),
            "montant_ht": str(invoice.untaxed),
            "periode": invoice.day.isoformat()[:7],
        }
    values = {}
    for name, value in said.items():
        if rng.random() < 0.25:
            continue
        plain = name.startswith(("date_", "montant_", "periode"))
        values[name] = value if plain or rng.random() < 0.6 else misread(rng, value)
    return Facts(
        "situation" if invoice else "pv_reception",
        values,
        our_name="Martin Bâtiment",
        our_siren="732829320",
    )


def measure(kind, seed=7, papers=250):
    """Return how many were taken, taken rightly, and found at all among the first three."""
    rng = random.Random(f"{kind}/{seed}")  # noqa: S311 an invented world, no secret
    sites, invoices = make_world(rng)
    told = Counter()
    for _paper in range(papers):
        site = rng.choice(sites)
        bill = rng.choice([one for one in invoices if one.chantier_id == site.id])
        facts = make_paper(rng, site, bill if kind == "situation" else None)
        stranger = rng.random() < 0.15
        known = [one for one in sites if not stranger or one.id != site.id]
        bills = invoices if kind == "situation" else []
        bills = [one for one in bills if not stranger or one.chantier_id != site.id]
        ranked = rank_chantiers(facts, known, bills)
        right = (site.id, bill.id if kind == "situation" else None)
        best = choose(ranked)
        told["known"] += not stranger
        if best:
            told["taken"] += 1
            told["wrong"] += (
                stranger or (best.chantier_id, best.invoice_id or None) != right
            )
        first = [(one.chantier_id, one.invoice_id) for one in ranked[:3]]
        told["proposed"] += not stranger and right in first
    return told


@pytest.mark.parametrize("kind", ["pv_reception", "situation"])
def test_what_is_sure_is_right(kind):
    told = measure(kind)
    assert told["taken"] > 0.35 * told["known"]
    assert told["wrong"] <= 0.03 * told["taken"]
    assert told["proposed"] >= 0.8 * told["known"]


if __name__ == "__main__":
    for name in ("pv_reception", "situation"):
        for start in range(3):
            print(name, dict(measure(name, start)))
