# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The papers of the demo company: nearly all of them are there, a few keep money waiting."""

from datetime import timedelta

#: The PV de réception.
PV = "PVR"
#: Days from today on which a certificate of the company expires.
VALID_FOR = {"DEC": 140, "VIG": 21, "KBS": 48}


def play(env, company, papers):
    """Give the invoices their documents, each on its day, and leave some of them missing.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    :param papers: ``{move id: {code: day}}``, the days on which papers of situations come
    """
    company.btp_follow_documents = True
    today = env["btp.echeance"]._get_today()
    unpaid = env["account.move"]._btp_search_followed(company)
    paid = _search_paid(env, company) - unpaid
    (unpaid | paid)._btp_sync_documents()
    needs = unpaid.btp_document_need_ids
    waiting = _choose(needs, papers, today)
    documents = needs.document_id
    for code, days in VALID_FOR.items():
        documents.filtered(lambda paper, code=code: paper.type_id.code == code).write(
            {"state": "received", "valid_until": today + timedelta(days=days)}
        )
    _receive(documents.filtered("blocking") - waiting, papers, today)
    for paper in waiting:
        paper.expected_since = (
            paper.move_id.invoice_date or paper.chantier_id.date_reception or today
        )
    waiting._refresh_days_lost(today)
    before = paid.btp_document_need_ids.document_id.filtered("blocking") - waiting
    own = before.filtered("move_id")
    had = own.filtered(
        lambda paper: paper.type_id.code in papers.get(paper.move_id.id, ())
    )
    (own - had).write({"state": "not_needed"})
    _receive(before - own + had, papers, today)


def _search_paid(env, company):
    """Return the situations of chantiers that were paid."""
    return env["account.move"].search(
        [
            ("company_id", "=", company.id),
            ("move_type", "=", "out_invoice"),
            ("btp_billing_stage", "=", "situation"),
            ("btp_chantier_id", "!=", False),
            ("payment_state", "in", ("paid", "in_payment")),
        ],
        order="invoice_date, id",
    )


def _receive(documents, papers, today):
    """Let papers have come: those of a situation on their day, the others with the first invoice."""
    days = {}
    for paper in documents.filtered(lambda paper: not paper.valid_until):
        since = min(paper.need_ids.move_id.mapped("invoice_date"), default=today)
        came = papers.get(paper.move_id.id, {}).get(paper.type_id.code, since)
        days[paper] = min(came, today), since
    for (came, since), group in (
        documents.browse().union(*days).grouped(days.get).items()
    ):
        group.write({"state": "received", "received_on": came, "expected_since": since})


def _choose(needs, papers, today):
    """Return the documents that stay missing, of invoices that no reminder lists yet."""
    free = needs.filtered(
        lambda need: (
            need.missing
            and "planned" not in need.move_id.btp_relance_line_ids.mapped("state")
        )
    )
    chosen = free.document_id.filtered(
        lambda paper: (
            papers.get(paper.move_id.id, {}).get(paper.type_id.code, today) > today
        )
    )
    # The largest final account that waits: for its PV.
    pvs = free.filtered(lambda need: need.type_id.code == PV)
    pvs = pvs.sorted(lambda need: -need.move_id.amount_residual)
    return chosen | pvs.document_id[:1]
