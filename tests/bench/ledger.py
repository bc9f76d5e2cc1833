# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A French company's ledger of N posted invoices: 36 in 100 leave an overdue échéance."""

from datetime import timedelta
from math import ceil

import multiply
import seed

from odoo.fields import Date

#: What a reminder engine looks at, in Odoo's own words.
OVERDUE = [
    ("parent_state", "=", "posted"),
    ("account_type", "=", "asset_receivable"),
    ("reconciled", "=", False),
    ("balance", ">", 0),
    ("date_maturity", "<", "today"),
]


def make(env, invoices, today=None):
    """Fill the database with at least that many posted invoices."""
    multiplier = multiply.Multiplier(env.cr)
    customers = seed.make_seed(env, today)
    copies = ceil(invoices / seed.INVOICES) - 1
    if copies:
        multiplier.multiply(copies)
    env.invalidate_all()
    return customers


def facts(env):
    """How large the ledger is, seen through Odoo's ORM."""
    lines = env["account.move.line"]
    groups = lines._read_group(OVERDUE, [], ["__count", "partner_id:count_distinct"])
    return {
        "invoices": env["account.move"].search_count(
            [("move_type", "=", "out_invoice"), ("state", "=", "posted")]
        ),
        "lines": lines.search_count([]),
        "overdue": groups[0][0],
        "debtors": groups[0][1],
    }


def check(env, sample=50):
    """Let Odoo judge the copies: raise AssertionError if it computes other values than it reads.

    Then post one more invoice and pay a copied one, to see that the ledger goes on; both are undone.
    """
    move_model, line_model = env["account.move"], env["account.move.line"]
    moves = move_model.search(
        [("move_type", "=", "out_invoice")], order="id desc", limit=sample
    )
    lines = (
        line_model.search([*OVERDUE], order="id desc", limit=sample) | moves.line_ids
    )
    for records, names in (
        (
            lines,
            (
                "amount_residual",
                "amount_residual_currency",
                "reconciled",
                "parent_state",
                "move_name",
            ),
        ),
        (
            moves,
            (
                "amount_residual",
                "amount_total",
                "payment_state",
                "sequence_prefix",
                "sequence_number",
            ),
        ),
    ):
        stored = {name: records.mapped(name) for name in names}
        for name in names:
            env.add_to_compute(records._fields[name], records)
        for name in names:
            computed = records.mapped(name)
            assert computed == stored[name], (
                f"{records._name}.{name}: {stored[name]} is not {computed}"
            )
    with env.cr.savepoint(flush=True) as savepoint:
        pay_and_post(env, lines.filtered_domain(OVERDUE).move_id[:1])
        savepoint.rollback()
    env.invalidate_all()


def pay_and_post(env, invoice):
    """Pay a copied invoice and post a new one, as a user would tomorrow."""
    assert invoice.payment_state in ("not_paid", "partial"), invoice.payment_state
    seed.pay(invoice, Date.today())
    assert invoice.currency_id.is_zero(invoice.amount_residual)
    date = Date.today() - timedelta(days=1)
    last = env["account.move"].search(
        [("sequence_prefix", "=", invoice.sequence_prefix)],
        order="sequence_number desc",
        limit=1,
    )
    new = env["account.move"].create(
        seed.invoice_values(
            invoice.partner_id, date, invoice.invoice_payment_term_id, 10
        )
    )
    new.action_post()
    if new.sequence_prefix == last.sequence_prefix:
        assert new.sequence_number == last.sequence_number + 1, (new.name, last.name)
