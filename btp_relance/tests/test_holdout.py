# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Held out by chance: passed over by one step, reminded by the next, counted apart."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..engine.holdout import draw
from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestHoldout(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.step(3)
        cls.first.holdout_share = 50

    def debtors(self, held, count=1, late=3):
        """Return invoices whose draw at the step is, or is not, below its share."""
        moves = self.env["account.move"]
        rank = 0
        while len(moves) < count:
            rank += 1
            partner = self.make_customer(f"Tirage {held} {rank}")
            due = str(self.days_later(-late))
            if (draw(partner.id, self.first.id, due) < 50) == held:
                moves |= self.make_invoice(late=late, amount=100, partner=partner)
        return moves

    def test_the_drawn_wait_for_the_next_step(self):
        # Nobody is passed over twice in a row.
        self.step(10).holdout_share = 50
        held, other = self.debtors(True), self.debtors(False)
        self.run_day()
        lines = self.env["btp.relance.line"].search(
            [("move_id", "in", (held + other).ids)]
        )
        mine = lines.filtered(lambda line: line.move_id == held)
        self.assertEqual(
            (mine.state, mine.holdout, mine.step_id, mine.done_on, mine.relance_id.id),
            ("skipped", True, self.first, TODAY, False),
        )
        self.assertTrue((lines - mine).relance_id.contacted_on)
        event = self.env["btp.relance.event"].sudo().search([("kind", "=", "held_out")])
        self.assertEqual(len(event), 1)
        self.assertIn(held.name, event.detail)
        [found] = self.echeances(held)
        self.assertEqual(found.hold_code, "holdout")
        # Planned again the same day: drawn once.
        self.run_day()
        self.assertEqual(
            self.env["btp.relance.line"].search_count([("move_id", "=", held.id)]), 1
        )
        # Two weeks later the next step reminds it.
        self.after(14)
        self.run_day()
        done = self.env["btp.relance.line"].search(
            [("move_id", "=", held.id), ("holdout", "=", False)]
        )
        self.assertGreater(done.step_days, self.first.days)

    def test_off_by_default_and_never_for_formal_notices(self):
        self.assertEqual(self.env["btp.relance.step"].new({}).holdout_share, 0)
        for values in (
            {"tone": "formal", "approval": "manual"},
            {"tone": "final"},
            {"channel": "registered"},
        ):
            with self.assertRaises(ValidationError):
                self.first.copy(
                    {"days": 77, "name": "x", "holdout_share": 10, **values}
                )
        self.first.holdout_share = 0
        held = self.debtors(True)
        self.run_day()
        self.assertTrue(self.echeances(held).last_step_id)
        self.assertFalse(
            self.env["btp.relance.line"].search_count([("holdout", "=", True)])
        )

    def test_what_chance_decided_is_compared(self):
        held, others = self.debtors(True, 10), self.debtors(False, 10)
        self.run_day()
        for move in others[:8] + held[:2]:
            self.pay(move, payment_date=self.days_later(5))
        self.after(30)
        found = self.env["btp.figure"].get_effects()
        [seven] = [one for one in found if one["held"] and one["days"] == 7]
        self.assertEqual((seven["cases"], seven["others"]), (10, 10))
        self.assertEqual((seven["reminded"], seven["compared"]), (0.8, 0.2))
        self.assertGreater(seven["low"], 0)
        self.assertLess(seven["high"], 1)
