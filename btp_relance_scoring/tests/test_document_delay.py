# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon


@tagged("post_install", "-at_install")
class TestDocumentDelay(ScoringCommon):
    """Amounts without a paper, held against those like them that had it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind = cls.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )
        cls.delays = cls.jobs.env["btp.document.delay"]

    def need(self, move, received_on=None, kind=None):
        document = self.env["btp.document"].create(
            {
                "type_id": (kind or self.kind).id,
                "move_id": move.id,
                "blocking": True,
                "expected_since": move.invoice_date,
                "state": "received" if received_on else "expected",
                "received_on": received_on,
            }
        )
        self.assertEqual(document.need_ids.level, "required")
        return document

    def test_the_delay_with_cases_interval_and_no_claim_of_a_cause(self):
        without = self.make_past(self.slow, 25, count=40)
        with_it = self.make_past(self.prompt, 5, count=40)
        self.need(without)
        self.need(with_it, with_it.invoice_date)
        found = self.delays._measure(self.company, TODAY)
        self.assertEqual(found.type_id, self.kind)
        self.assertEqual((found.state, found.stage), ("enough", "plain"))
        self.assertEqual((found.missing_count, found.present_count), (40, 40))
        self.assertEqual((found.days, found.days_low, found.days_high), (20, 20, 20))
        self.assertIn("40 amounts without it came 20 days later", found.sentence)
        self.assertIn("need not be the cause", found.sentence)
        # A document that came after the due dates was missing on them; again, not twice.
        self.need(self.make_past(self.slow, 25, count=2), TODAY)
        again = self.delays._measure(self.company, TODAY)
        self.assertEqual((len(again), again.missing_count), (1, 42))
        # A certificate renewed since says nothing of those days.
        late = again.env["btp.document"].search([("received_on", "=", TODAY)])
        late.valid_until = TODAY + timedelta(days=90)
        self.assertEqual(self.delays._measure(self.company, TODAY).missing_count, 40)
        self.slow.btp_no_scoring = True
        self.assertEqual(self.delays._measure(self.company, TODAY).missing_count, 0)

    def test_too_few_cases_give_no_figure(self):
        self.need(self.make_past(self.slow, 25, count=10))
        found = self.delays._measure(self.company, TODAY)
        self.assertEqual((found.state, found.days, found.cost), ("too_few", 0, 0))
        self.assertIn("not enough cases yet (10 without it, 0 with it", found.sentence)

    def test_what_is_missing_is_sorted_by_what_it_costs(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.slow.id}
        )
        other = self.env["btp.document.type"].search(
            [("scope", "=", "invoice"), ("id", "!=", self.kind.id)], limit=1
        )
        values = {"company_id": self.company.id, "stage": "plain", "state": "enough"}
        values |= {"missing_count": 40, "present_count": 40, "measured_on": TODAY}
        self.delays.create(
            [
                {**values, "type_id": self.kind.id, "days": 12},
                {**values, "type_id": other.id, "days": 3},
            ]
        )
        small = self.make_invoice(amount=100, late=-5, btp_chantier_id=chantier.id)
        large = self.make_invoice(amount=900, late=-5, btp_chantier_id=chantier.id)
        cheap = self.need(large, kind=other)
        dear = self.need(large)
        middle = self.need(small)
        here = self.need(small, TODAY - timedelta(days=40), kind=other)
        self.delays._refresh_cost(self.company)
        self.assertEqual((dear.delay_days, dear.waiting_amount), (12, 900))
        self.assertEqual(
            [document.delay_cost for document in (dear, cheap, middle, here)],
            [10800, 2700, 1200, 0],
        )
        mine = [("id", "in", (dear | cheap | middle | here).ids)]
        self.assertEqual(
            self.env["btp.document"].search(mine, order="delay_rank, id").ids,
            [dear.id, cheap.id, middle.id, here.id],
        )
        # Whoever hands over the papers sees their order, not the money behind it.
        site = self.make_user("chef", "btp_relance.group_site_manager")
        seen = self.env["btp.document"].with_user(site).fields_get()
        self.assertIn("delay_rank", seen)
        self.assertFalse({"delay_cost", "waiting_amount"} & set(seen))
        costs = self.delays.search([("company_id", "=", self.company.id)])
        self.assertEqual(costs.mapped("cost"), [12000, 2700])
        self.assertEqual(costs[0].waiting_amount, 1000)
        views = self.env["btp.chantier"].get_views([(False, "form")])
        self.assertIn("delay_rank, expected_since", views["views"]["form"]["arch"])
