# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What speaks for and against a chantier; its invoices are in ``invoices``."""

from datetime import timedelta

from .ids import siren_of
from .invoices import OF_INVOICE, customer_of, of_invoice
from .model import Clue, Ranked
from .names import likeness, parts_differ, plain, works_differ
from .ranking import CONTRADICTED, cap, share
from .references import REFERENCE, compare, telling

#: Outweighs any one clue; against several it is asked again.
ASKED = 6.0
#: Clues on an invoice that tell its chantier too, and what the others tell of it.
NUMBERS = frozenset(
    (
        "asked_invoice",
        "invoice_same",
        "invoice_alike",
        "invoice_inside",
        "invoice_text",
    )
)
LENT = 0.25
#: What "another invoice of the chantier" is worth.
OTHER_INVOICE = 1.0
#: A réception or a situation so many days before the contract is not its own.
EARLY = timedelta(days=7)
#: The last of them says how late the paper is.
DATES = (
    "date_reception",
    "date_levee",
    "date_effet",
    "date_document",
    "date_signature",
)


def rank_chantiers(facts, chantiers, invoices=()):
    """Rank what a paper could be about.

    Which chantier, and then which of its invoices: an amount that many invoices share tells
    little of the chantier.

    :param Facts facts: what the paper says
    :param chantiers: rows of ``Chantier``
    :param invoices: rows of ``Invoice``, those of the chantiers and others that look like it
    :return: list of ``Ranked``, the likeliest first
    """
    bills = {}
    for invoice in invoices:
        found = of_invoice(facts, invoice)
        bills.setdefault(invoice.chantier_id, []).append((invoice, found))
    sites = [(site.id, of_chantier(facts, site)) for site in chantiers]
    alone = [
        (None, [*customer_of(facts, invoice), *found], invoice)
        for invoice, found in bills.pop(None, [])
    ]
    weights = [weight_of(clues) + _lent(bills.get(id_, ())) for id_, clues in sites]
    weights += [weight_of(clues) for _none, clues, _invoice in alone]
    shares = share(weights)
    ranked = [
        one
        for (id_, clues), score in zip(sites, shares, strict=False)
        for one in _of_site(facts, id_, clues, score, bills.get(id_, ()))
    ]
    ranked += [
        Ranked(None, invoice.id, clues=tuple(clues), score=score, chantier_score=score)
        for (_none, clues, invoice), score in zip(
            alone, shares[len(sites) :], strict=True
        )
    ]
    ranked.sort(key=lambda one: -one.score)
    if ranked and _leaves_what_was_asked(facts, ranked[0]):
        cap(ranked)
        ranked[0].clues += (Clue("asked_other", 0.0, {}),)
    return ranked


def weight_of(clues) -> float:
    """Return what clues are worth together."""
    return sum(clue.weight for clue in clues)


def _lent(bills) -> float:
    """Return what its invoices say for a chantier: a number all, an amount little."""
    return max(
        (
            sum(
                clue.weight * (1.0 if clue.code in NUMBERS else LENT)
                for clue in found
                if clue.weight > 0
            )
            for _invoice, found in bills
        ),
        default=0.0,
    )


def _of_site(facts, site_id, clues, score, bills):
    """Return the chantier with each of its invoices that something speaks for, or alone.

    :param float score: probability of the chantier
    """
    wanted = facts.kind in OF_INVOICE
    named = [
        (invoice, found)
        for invoice, found in bills
        if weight_of(found) >= (0.5 if wanted else 2.5)
    ]
    if not named:
        # Without its invoice nothing can be done with a situation.
        sure = min(score, CONTRADICTED) if wanted else score
        return [Ranked(site_id, None, None, tuple(clues), sure, score)]
    shares = share([weight_of(found) for _invoice, found in named], OTHER_INVOICE)
    return [
        Ranked(site_id, invoice.id, None, (*clues, *found), score * part, score)
        for (invoice, found), part in zip(named, shares, strict=True)
    ]


def _leaves_what_was_asked(facts, best) -> bool:
    if facts.asked_invoice:
        return best.invoice_id not in (facts.asked_invoice, None)
    return bool(facts.asked_chantier and best.chantier_id != facts.asked_chantier)


# === THE CHANTIER === #


def of_chantier(facts, site) -> list[Clue]:
    """Return what speaks for and against a chantier."""
    return [
        *_asked(facts, site),
        *_references(facts, site),
        *_site_name(facts, site),
        *_parties(facts, site),
        *_contractor(facts, site),
        *_place(facts, site),
        *_lot(facts, site),
        *_contract_amount(facts, site),
        *_dates(facts, site),
    ]


def _asked(facts, site):
    if facts.asked_chantier == site.id:
        yield Clue("asked", ASKED, {})
    if facts.senders & {site.customer_id, site.owner_id}:
        yield Clue("sender_customer", 2.0, {"name": site.customer or site.owner})
    elif site.moe_id in facts.senders:
        yield Clue("sender_moe", 1.5, {"name": site.moe})


def _references(facts, site):
    """Contract, order and code: each number of the paper against each of the chantier."""
    known = [
        ("contract", site.contract),
        ("code", site.code),
        *(("order", order) for order in site.orders),
    ]
    known = [(label, reference) for label, reference in known if reference]
    for name, own, against in (
        ("ref_marche", "contract", -3.0),
        ("ref_commande", "order", -1.0),
    ):
        read = facts.get(name)
        if not read:
            continue
        found = [
            (REFERENCE.get(compare(read, reference), -1.0), label, reference)
            for label, reference in known
        ]
        best = max(found, default=(-1.0, None, None))
        if best[0] > 0:
            worth = best[0] * telling(read)
            yield Clue(
                f"{best[1]}_{compare(read, best[2])}",
                worth,
                {"read": read, "known": best[2]},
            )
        elif any(label == own for _worth, label, _known in found):
            other = next(known for _worth, label, known in found if label == own)
            yield Clue(f"{own}_other", against, {"read": read, "known": other})
        elif own == "contract" and telling(read) >= 1.0:
            yield Clue("contract_unknown", -2.0, {"read": read})
    if facts.text and not facts.get("ref_marche"):
        yield from _in_text(facts, site)
    number = facts.get("ref_os")
    if number and any(compare(number, one) == "same" for one in site.orders_of_service):
        yield Clue("os_known", 0.5, {"number": number})


def _in_text(facts, site):
    """A contract number that stands somewhere in the text, though not where it was looked for."""
    if telling(site.contract) >= 1.0 and any(map(str.isdigit, site.contract)):
        needle, text = plain(site.contract), f" {facts.text} "
        if f" {needle} " in text:
            yield Clue("contract_text", 3.0, {"known": site.contract})


def _site_name(facts, site):
    read = facts.get("chantier")
    if not read or not site.name:
        return
    values = {"read": read, "known": site.name}
    alike = max(likeness(read, site.name), likeness(read, f"{site.name} {site.city}"))
    if alike >= 72 and parts_differ(read, site.name):
        yield Clue("name_part", -4.0, values)
    elif alike >= 72 and works_differ(read, site.name):
        yield Clue("name_near", 0.0, values)
    elif alike >= 93:
        yield Clue("name_same", 4.0, values)
    elif alike >= 84:
        yield Clue("name_like", 3.0, values)
    elif alike >= 72:
        yield Clue("name_near", 1.0, values)
    elif alike < 50:
        yield Clue("name_other", -1.5, values)


def _parties(facts, site):
    """Who has the works built, and the maître d'œuvre."""
    read = facts.get("donneur_ordre")
    names = [name for name in (site.customer, site.owner) if name]
    if read and names:
        alike, name = max((likeness(read, name), name) for name in names)
        values = {"read": read, "known": name}
        if alike >= 88:
            yield Clue("customer_same", 2.5, values)
        elif alike >= 78:
            yield Clue("customer_like", 1.5, values)
        elif alike < 50:
            yield Clue("customer_other", -2.0, values)
    read = facts.get("maitre_oeuvre")
    if read and site.moe:
        alike = likeness(read, site.moe)
        values = {"read": read, "known": site.moe}
        if alike >= 85:
            yield Clue("moe_same", 1.5, values)
        elif alike < 45:
            yield Clue("moe_other", -0.5, values)
    if site.customer_siren and site.customer_siren in facts.sirens - {facts.our_siren}:
        yield Clue("customer_number", 2.0, {"known": site.customer_siren})


def _contractor(facts, site):
    """The works that a paper is about are ours, unless we work for whoever holds the contract."""
    read = siren_of(facts.get("siret"))
    if read and facts.our_siren:
        if read == facts.our_siren:
            yield Clue("contractor_us", 0.5, {"read": read})
        elif not (site.subcontract and read == site.customer_siren):
            yield Clue("contractor_number_other", -5.0, {"read": read})
        return
    name = facts.get("entreprise")
    if not name or not facts.our_name:
        return
    alike = likeness(name, facts.our_name)
    if alike >= 85:
        yield Clue("contractor_us", 0.5, {"read": name})
    elif alike < 60 and not (site.subcontract and likeness(name, site.customer) >= 80):
        yield Clue("contractor_other", -2.5, {"read": name})


def _place(facts, site):
    city = plain(site.city)
    if len(city) > 3 and (
        city in plain(facts.get("chantier")) or f" {city} " in f" {facts.text} "
    ):
        yield Clue("city", 1.0, {"known": site.city})


def _lot(facts, site):
    """Where a chantier says its lots, those of others are not ours."""
    read = str(facts.get("lot") or "").strip().lstrip("0").upper()
    numbers = {number for lot in (*site.lots, site.name) for number in _lots_in(lot)}
    if not read or not numbers:
        return
    if read in numbers:
        yield Clue("lot_same", 1.5, {"read": read})
    else:
        yield Clue(
            "lot_other", -4.0, {"read": read, "known": ", ".join(sorted(numbers))}
        )


def _lots_in(text):
    """Return the numbers of lots that a text names: “Lot 03 – Gros œuvre” is 3."""
    found = plain(text).upper().split()
    for rank, word in enumerate(found[:-1]):
        number = found[rank + 1].lstrip("0")
        if word in ("LOT", "LOTS") and (number.isdigit() or len(number) == 1):
            yield number


def _contract_amount(facts, site):
    amount = facts.amount("montant_ht")
    if facts.kind == "bon_commande" and amount and amount == site.amount:
        yield Clue("contract_amount", 3.0, {"amount": str(amount)})


def _dates(facts, site):
    days = [day for day in map(facts.day, DATES) if day]
    started = site.contract_date or site.start
    if (
        started
        and days
        and facts.kind != "bon_commande"
        and max(days) < started - EARLY
    ):
        yield Clue(
            "too_early",
            -3.0,
            {"read": max(days).isoformat(), "known": started.isoformat()},
        )
    reception, known = facts.day("date_reception"), site.reception
    if not reception or not known:
        return
    if reception == known:
        yield Clue("reception_same", 1.5, {"known": known.isoformat()})
    elif facts.kind in ("pv_reception", "pv_levee_reserves"):
        yield Clue(
            "reception_other",
            -1.5,
            {"read": reception.isoformat(), "known": known.isoformat()},
        )
