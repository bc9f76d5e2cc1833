# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ledger that ./btp bench measures on: Odoo takes the copied invoices for its own."""

from tools import project, templates

MAKE = f"""
import sys
sys.path.insert(0, {str(project.ROOT / "tests/bench")!r})
import ledger
ledger.make(env, 500)
ledger.check(env)
result = ledger.facts(env)
"""


def test_a_ledger_of_500_invoices_is_right_in_odoo_s_eyes(new_database, odoo_shell):
    """200 invoices through the ORM, then copies: 36 % late, 9 debtors in 100 invoices."""
    facts = odoo_shell(new_database(templates.base()), MAKE)
    # Whole copies of the 200: the next multiple is 600.
    assert (facts["invoices"], facts["overdue"], facts["debtors"]) == (600, 216, 54)
