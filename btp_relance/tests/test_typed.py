# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is proposed can be typed over: posting, or saving again, must not take that back."""

from datetime import date, timedelta

from odoo.tests import tagged

from .common import TODAY
from .situation_common import SituationCommon


@tagged("post_install", "-at_install")
class TestTyped(SituationCommon):
    """Each stored field that is computed and may be edited."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chantier.write({"retention_regime": "retention", "role": "subcontractor"})

    def typed(self, **values):
        """Return a draft without a date, on which everything was typed over, and what."""
        move = self.situation(60000, invoice_date=False)
        values = {
            "btp_previous_cumul": 40000.0,
            "btp_situation_number": 4,
            "btp_retention_rate": 3.0,
            "btp_retention_release_on": date(2028, 1, 1),
            "btp_reverse_charge": False,
            "btp_purchase_order": "BC-7",
            "btp_engagement_number": "EJ-7",
            "btp_service_code": "S-7",
            **values,
        }
        move.write(values)
        return move, values

    def assertTyped(self, move, values):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual({name: move[name] for name in values}, values)

    def test_posting_a_draft_without_a_date(self):
        move, values = self.typed()
        move.action_post()
        self.assertTrue(move.invoice_date)
        self.assertTyped(move, values)

    def test_saving_again_what_is_there(self):
        move, values = self.typed()
        same = (
            "btp_chantier_id",
            "btp_billing_stage",
            "btp_claimed_cumul",
            "btp_previous_id",
            "btp_retention_rate",
            "btp_visa_on",
            "delivery_date",
            "invoice_date",
            "move_type",
        )
        for name in same:
            with self.subTest(name):
                field = move._fields[name]
                move.write({name: field.convert_to_write(move[name], move)})
                self.assertTyped(move, values)

    def test_resetting_to_draft_and_posting_again(self):
        move, values = self.typed()
        move.action_post()
        move.button_draft()
        self.assertTyped(move, values)
        move.action_post()
        self.assertTyped(move, values)

    def test_works_billed_before_odoo_stay_when_the_situation_becomes_the_last(self):
        move, _values = self.typed()
        move.btp_billing_stage = "final"
        self.assertEqual(move.btp_previous_cumul, 40000)
        self.assertEqual(move.btp_month_works, 20000)

    def test_what_another_situation_brought_goes_with_it(self):
        self.situation(30000, post=True)
        move = self.situation(60000)
        self.assertEqual(move.btp_previous_cumul, 30000)
        move.btp_chantier_id = self.make_chantier("Other")
        self.assertEqual((move.btp_previous_id.id, move.btp_previous_cumul), (False, 0))

    def test_what_was_admitted_stays_when_the_day_of_the_visa_is_corrected(self):
        move = self.situation(60000)
        move.write(
            {
                "btp_visa_on": TODAY,
                "btp_admitted_cumul": 55000,
                "btp_difference_reason": "Not finished",
            }
        )
        move.btp_visa_on = TODAY - timedelta(days=1)
        self.assertEqual(move.btp_admitted_cumul, 55000)

    def test_the_end_of_the_guarantee_of_a_contract(self):
        reception = date(2025, 3, 1)
        self.chantier.date_reception = reception
        self.chantier.date_guarantee_end = date(2027, 3, 1)
        self.chantier.write({"date_reception": "2025-03-01", "name": "School 2"})
        self.assertEqual(self.chantier.date_guarantee_end, date(2027, 3, 1))
        self.chantier.date_reception = date(2025, 4, 1)
        self.assertEqual(self.chantier.date_guarantee_end, date(2026, 4, 1))

    def test_the_number_of_an_avenant(self):
        first, second = self.env["btp.chantier.avenant"].create(
            [{"name": name, "chantier_id": self.chantier.id} for name in ("A", "B")]
        )
        self.assertEqual((first.number, second.number), (1, 2))
        second.number = 5
        first.chantier_id = self.chantier
        second.chantier_id = self.chantier
        self.assertEqual((first.number, second.number), (1, 5))
        other = self.make_chantier("Other")
        third = first.copy({"chantier_id": other.id, "number": 5})
        third.chantier_id = self.chantier
        self.assertEqual(third.number, 6)
