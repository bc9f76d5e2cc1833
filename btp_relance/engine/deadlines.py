# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dates that the law gives, without a database: terms, clocks, limitation.

Every function takes dates and returns dates; an article stands beside each figure.
"""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: How a payment term counts.
NET = "net"
FM_PLUS_N = "fm_plus_n"
N_PLUS_FM = "n_plus_fm"

#: Days a public buyer has to pay (CCP R2192-10 and R2192-11).
PUBLIC_DAYS = {"public_30": 30, "public_50": 50, "public_60": 60}
PUBLIC_ARTICLES = {
    "public_30": "CCP R2192-10",
    "public_50": "CCP R2192-11",
    "public_60": "CCP R2192-11",
}
#: Days of a new public term where less was left (CCP R2192-29).
LEAST_NEW_TERM = 30
#: Days that the owner has for its décompte: CCAG travaux 2021, art. 12.4; NF P03-001. The
#: texts were not read at their source: a company may change them.
PUBLIC_DECOMPTE_DAYS = 30
PRIVATE_DECOMPTE_DAYS = 45
#: Contract before tax, net of the deposit, above which a private owner guarantees the
#: payment (C. civ. 1799-1): a decree sets it, a company may change it.
GUARANTEE_THRESHOLD = 12000
#: Days the titulaire has to answer a subcontractor's request (CCP R2193-12, R2192-23).
TITULAIRE_DAYS = 15
#: Days after an unanswered mise en demeure before works may stop (CCH L124-2).
SUSPENSION_DAYS = 15
#: Years of limitation (C. com. L110-4, C. conso. L218-2, loi 68-1250). That against a
#: non-professional (C. civ. 2224) is debated: a company may change it.
LIMITATION_YEARS = {"b2b": 5, "b2c": 2, "nonpro": 5}
PUBLIC_LIMITATION_YEARS = 4
#: Months before the end of the limitation at which a person is told.
LIMITATION_ALERTS = (6, 3, 1)
#: From this day on, an injonction de payer is served within three months, no longer six.
SHORT_SERVICE_FROM = date(2026, 9, 1)


def end_of_month(day: date) -> date:
    """Return the last day of the month of ``day``."""
    return day + relativedelta(day=31)


# === PAYMENT TERMS === #


def due(invoice_date: date, days: int, mode: str = NET) -> date:
    """Return the due date of an invoice.

    :param mode: ``NET`` (d + n), ``FM_PLUS_N`` (end of month, then n days) or
        ``N_PLUS_FM`` (n days, then end of month)
    """
    if mode == FM_PLUS_N:
        return end_of_month(invoice_date) + timedelta(days)
    if mode == N_PLUS_FM:
        return end_of_month(invoice_date + timedelta(days))
    return invoice_date + timedelta(days)


class Limit(NamedTuple):
    """The last due date that the law allows, and the article that says so."""

    date: date
    article: str


def legal_maximum(
    regime: str,
    invoice_date: date,
    mode: str | None = None,
    agreed: bool = True,
    periodic: bool = False,
    start: date | None = None,
) -> Limit | None:
    """Return the latest due date that the law allows, ``None`` where it sets none.

    A consumer or a non-professional pays at the date that the signed quote gives.

    :param mode: how the agreed term counts; ``None``: not known, the most favourable
    :param agreed: a term was agreed; else the contract is silent
    :param periodic: a facture périodique (CGI 289-I-3); a situation is not one by itself
    :param start: day from which a public buyer's term, or a silent contract's, runs
    """
    if regime in PUBLIC_DAYS:
        days = timedelta(PUBLIC_DAYS[regime])
        return Limit((start or invoice_date) + days, PUBLIC_ARTICLES[regime])
    if regime != "b2b":
        return None
    if not agreed:
        return Limit((start or invoice_date) + timedelta(30), "C. com. L441-10 I")
    if periodic:
        return Limit(invoice_date + timedelta(45), "C. com. L441-10 I")
    readings = [due(invoice_date, 60)]
    if mode in (None, FM_PLUS_N):
        readings.append(due(invoice_date, 45, FM_PLUS_N))
    if mode in (None, N_PLUS_FM):
        readings.append(due(invoice_date, 45, N_PLUS_FM))
    return Limit(max(readings), "C. com. L441-10 I")


# === THE PUBLIC CLOCK === #


class Start(NamedTuple):
    """The day from which a public buyer's term runs, and why."""

    date: date
    article: str


def public_start(
    requested_on: date | None,
    received_on: date | None = None,
    by_portal: bool = False,
    executed_on: date | None = None,
    final: bool = False,
    dgd_on: date | None = None,
) -> Start | None:
    """Return the day from which a public buyer's term runs, ``None`` if it does not yet.

    :param requested_on: date of the request for payment (the invoice)
    :param received_on: reception by the buyer, or by the maître d'œuvre if the contract
        says so; on a portal, date of the e-mail that tells the buyer
    :param by_portal: the request was deposited on a portal (Chorus Pro)
    :param executed_on: day on which the works claimed were executed
    :param final: it asks for the solde, whose term runs from the DGD
    :param dgd_on: reception of the DGD by the buyer
    """
    if final:
        return Start(dgd_on, "CCP R2192-16") if dgd_on else None
    if received_on and not (executed_on and received_on < executed_on):
        return Start(received_on, "CCP R2192-15" if by_portal else "CCP R2192-12")
    if received_on and executed_on:
        return Start(executed_on, "CCP R2192-13")
    if not requested_on:
        return None
    proven = requested_on + timedelta(2)
    if executed_on and proven < executed_on:
        return Start(executed_on, "CCP R2192-13")
    return Start(proven, "CCP R2192-14")


def direct_payment_start(
    requested_on: date | None, answered_on: date | None = None
) -> Start | None:
    """Return from when a subcontractor's direct payment runs (CCP R2192-23).

    :param requested_on: reception of the request by the titulaire
    :param answered_on: his agreement; his silence counts after 15 days, whatever he
        answers later
    """
    silent = requested_on and requested_on + timedelta(TITULAIRE_DAYS)
    days = [day for day in (answered_on, silent) if day]
    return Start(min(days), "CCP R2192-23") if days else None


def public_due(
    start: date,
    days: int,
    interrupted_on: date | None = None,
    completed_on: date | None = None,
) -> date | None:
    """Return the end of a public buyer's term, ``None`` while it is interrupted.

    One interruption, notified and reasoned; a new term runs from the complete file: what
    was left, at least 30 days (CCP R2192-27 to R2192-29).
    """
    expiry = start + timedelta(days)
    if not interrupted_on:
        return expiry
    if not completed_on:
        return None
    left = (expiry - interrupted_on).days
    return completed_on + timedelta(max(LEAST_NEW_TERM, left))


# === LIMITATION === #


def limitation(
    regime: str,
    completed_on: date,
    interrupted_on: date | None = None,
    nonpro_years: int = LIMITATION_YEARS["nonpro"],
):
    """Return the last day to sue, counted from the completion of works (trap 11).

    Against a public body the four years begin on 1 January of the following year
    (loi 68-1250); elsewhere they run from day to day.

    :param interrupted_on: what made the term begin anew: payment of a part or signed
        acknowledgement (C. civ. 2240), suit (2241), written claim to a public body
    :rtype: date
    """
    start = max(filter(None, [completed_on, interrupted_on]))
    if regime in PUBLIC_DAYS:
        return date(start.year + PUBLIC_LIMITATION_YEARS, 12, 31)
    years = nonpro_years if regime == "nonpro" else LIMITATION_YEARS[regime]
    return start + relativedelta(years=years)


# === INSOLVENCY === #


def claim_deadline(bodacc_on: date, outside_metropole: bool = False) -> date:
    """Return the last day to declare a claim: two months after the BODACC.

    Two months more for a creditor established outside metropolitan France
    (C. com. L622-24, R622-24).
    """
    return bodacc_on + relativedelta(months=4 if outside_metropole else 2)


def is_prior_claim(
    judgment: date,
    invoice_date: date | None,
    works_from: date | None = None,
    works_to: date | None = None,
) -> bool:
    """Return whether a claim came before the judgment, as far as one can tell.

    A claim is born from the works, not from the invoice: one whose works began before the
    judgment counts as prior until a person says otherwise, so that nobody is asked to pay
    what may not be paid (C. com. L622-7).
    """
    days = [invoice_date, works_from, works_to]
    return any(day <= judgment for day in days if day) or not any(days)


# === FINAL ACCOUNT === #


class PublicFinal(NamedTuple):
    """Dates of a public final account (CCAG travaux 2021, art. 12.3 and 12.4)."""

    decompte_due: date
    tacit_after: date | None


def public_final_account(
    draft_received_on: date,
    signed_draft_received_on: date | None = None,
    decompte_days: int = PUBLIC_DECOMPTE_DAYS,
) -> PublicFinal:
    """Return when the owner must notify the décompte général, and when it is tacit.

    :param draft_received_on: later reception of the draft final account, by the maître
        d'œuvre or by the owner
    :param signed_draft_received_on: reception by the owner of the signed draft général,
        sent because the owner kept silent
    """
    tacit = signed_draft_received_on and signed_draft_received_on + timedelta(10)
    return PublicFinal(draft_received_on + timedelta(decompte_days), tacit)


class PrivateFinal(NamedTuple):
    """Dates of a private final account (NF P03-001, if the contract refers to it)."""

    memoire_due: date
    decompte_due: date
    accepted_on: date | None


def private_final_account(
    reception_on: date,
    memoire_received_on: date | None = None,
    notice_on: date | None = None,
    decompte_days: int = PRIVATE_DECOMPTE_DAYS,
) -> PrivateFinal:
    """Return the dates of the mémoire définitif, of the décompte and of its acceptance.

    :param memoire_received_on: default: the last day to send it
    :param notice_on: mise en demeure sent because the owner kept silent
    """
    memoire_due = reception_on + timedelta(60)
    return PrivateFinal(
        memoire_due,
        (memoire_received_on or memoire_due) + timedelta(decompte_days),
        notice_on and notice_on + timedelta(15),
    )


# === PROCEEDINGS === #


def direct_action_from(notice_on: date) -> date:
    """Return from when a subcontractor may turn to the owner (loi 75-1334, art. 12)."""
    return notice_on + relativedelta(months=1)


def suspension_from(notice_on: date) -> date:
    """Return from when works may stop (CCH L124-2, C. civ. 1799-1)."""
    return notice_on + timedelta(SUSPENSION_DAYS)


def injunction_served_by(ordered_on: date) -> date:
    """Return the last day to serve an injonction de payer (CPC 1411)."""
    months = 3 if ordered_on >= SHORT_SERVICE_FROM else 6
    return ordered_on + relativedelta(months=months)
