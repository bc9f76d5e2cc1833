# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The papers of the demo company: nearly all of them are there, a few keep money waiting."""

from datetime import timedelta
from random import Random

#: One unpaid invoice in so many waits for its visa, one for its attachement.
EVERY = {"VIS": 4, "AVT": 6}
#: Papers of one invoice each that the paid situations had, and how often they came after the
#: due date: of those that were paid more than so many days late, and of the others.
PAST, LATE_DAYS, LATE_SHARE = ("AVT", "VIS"), 5, {True: 0.6, False: 0.2}
#: The PV de réception.
PV = "PVR"
#: Days from today on which a certificate of the company expires.
VALID_FOR = {"DEC": 140, "VIG": 21, "KBS": 48}


def play(env, company):
    """Give the unpaid invoices their documents, and leave some of them missing.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    """
    company.btp_follow_documents = True
    today = env["btp.echeance"]._get_today()
    moves = env["account.move"]._btp_search_followed(company)
    moves._btp_sync_documents()
    needs = moves.btp_document_need_ids
    waiting = _choose(needs)
    documents = needs.document_id
    for code, days in VALID_FOR.items():
        documents.filtered(lambda paper, code=code: paper.type_id.code == code).write(
            {"state": "received", "valid_until": today + timedelta(days=days)}
        )
    arrived = documents.filtered(lambda paper: paper.state == "expected") - waiting
    arrived.filtered("blocking").write({"state": "received"})
    for paper in waiting:
        paper.expected_since = (
            paper.move_id.invoice_date or paper.chantier_id.date_reception or today
        )
    waiting._refresh_days_lost(today)
    _play_past(env, company, today)


def _play_past(env, company, today):
    """Give the situations that were paid the papers that they had, each with its day."""
    moves = env["account.move"].search(
        [
            ("company_id", "=", company.id),
            ("move_type", "=", "out_invoice"),
            ("btp_billing_stage", "=", "situation"),
            ("btp_chantier_id", "!=", False),
            ("payment_state", "in", ("paid", "in_payment")),
        ],
        order="invoice_date, id",
    )
    moves._btp_sync_documents()
    own = moves.btp_document_need_ids.filtered(lambda need: need.document_id.move_id)
    had = own.filtered(
        lambda need: need.level == "required" and need.type_id.code in PAST
    )
    (own - had).document_id.write({"state": "not_needed"})
    random = Random(len(moves))
    for need in had.sorted("move_id"):
        received, since = _date_paper(need.move_id, random), need.move_id.invoice_date
        need.document_id.write(
            {
                "state": "received",
                "received_on": min(received, today),
                "expected_since": since,
            }
        )


def _date_paper(move, random):
    """Return the day on which a paper of a paid invoice came."""
    lines = move.line_ids.filtered(
        lambda line: line.display_type == "payment_term" and not line.btp_is_retention
    )
    due = max(lines.mapped("date_maturity"))
    paid = max(lines.matched_credit_ids.mapped("max_date"), default=due)
    late = (paid - due).days
    if random.random() < LATE_SHARE[late > LATE_DAYS]:
        # What was late was often paid as soon as it came.
        return due + timedelta(days=max(late - random.randrange(1, 5), 1))
    return min(move.invoice_date + timedelta(days=random.randrange(2, 13)), due)


def _choose(needs):
    """Return the documents that stay missing, of invoices that no reminder lists yet."""
    free = needs.filtered(
        lambda need: need.missing
        and "planned" not in need.move_id.btp_relance_line_ids.mapped("state")
    )
    chosen = needs.document_id.browse()
    for code, every in EVERY.items():
        papers = free.filtered(lambda need, code=code: need.type_id.code == code)
        papers = papers.document_id.sorted(lambda paper: paper.move_id.invoice_date)
        chosen |= papers[1::every]
    # The largest final account that waits: for its PV.
    pvs = free.filtered(lambda need: need.type_id.code == PV)
    pvs = pvs.sorted(lambda need: -need.move_id.amount_residual)
    return chosen | pvs.document_id[:1]
