# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The compulsory mentions: told before posting, never a reason to block."""

from datetime import date

from odoo.tests import tagged

from .test_law_move import LawCommon

COMPLETE = (
    "Pénalités de retard : taux BCE + 10 points. Indemnité forfaitaire pour frais de"
    " recouvrement : 40 €. Assurance décennale : Assureur X, France. TVA non applicable,"
    " art. 293 B du CGI."
)


@tagged("post_install", "-at_install")
class TestLawMentions(LawCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.partner_id.write(
            {"street": "2 quai", "zip": "44000", "city": "Nantes"}
        )

    def complete(self, **values):
        """Return a draft that lacks nothing, unless the test says so."""
        return self.draft(
            **{
                "narration": COMPLETE,
                "delivery_date": date(2026, 1, 10),
                "btp_chantier_id": self.chantier.id,
                **values,
            }
        )

    def codes(self, move):
        return [finding.code for finding in move._get_btp_missing_mentions()]

    def test_a_complete_invoice_says_nothing(self):
        move = self.complete()
        self.assertEqual(self.codes(move), [])
        self.assertFalse(move.btp_mentions)
        before = move.message_ids
        move.action_post()
        self.assertFalse(
            (move.message_ids - before).filtered(lambda m: "Mentions" in m.body)
        )

    def test_what_lacks_is_told_with_its_article_and_posting_goes_on(self):
        self.customer.street = False
        move = self.complete(narration="Indemnité : art. D441-5", delivery_date=False)
        self.assertEqual(
            self.codes(move),
            [
                "buyer_address",
                "executed_on",
                "insurer",
                "vat",
                "penalty_rate",
                "forty_euros",
            ],
        )
        self.assertIn("40 €", move.btp_mentions)
        self.assertIn("C. com. L441-9", move.btp_mentions)
        self.assertIn("C. ass. L243-2", move.btp_mentions)
        move.action_post()
        self.assertEqual(move.state, "posted")
        self.assertFalse(move.btp_mentions)
        noted = move.message_ids.filtered(lambda m: "mentions to complete" in m.body)
        self.assertEqual(len(noted), 1)
        self.assertIn("C. ass. L243-2", noted.body)

    # Trap 9
    def test_a_purchase_order_is_asked_for_only_where_the_buyer_issued_one(self):
        move = self.complete()
        due = move.invoice_date_due
        self.assertEqual(self.codes(move), [])
        self.chantier.purchase_order = "BC-77"
        move.btp_purchase_order = False
        self.assertEqual(self.codes(move), ["purchase_order"])
        self.assertIn("payment is still due", move.btp_mentions)
        move.action_post()
        self.assertEqual(self.due_of(move), [due])
        self.today = date(2026, 3, 1)
        self.assertFalse(self.echeances(move).hold_code)

    def test_a_consumer_s_invoice_does_not_state_the_forty_euros(self):
        self.customer.btp_regime = "b2c"
        self.assertEqual(self.codes(self.complete()), ["forty_euros_consumer"])

    def test_a_public_invoice_names_who_pays(self):
        self.chantier.partner_id = self.mairie
        move = self.complete(partner_id=self.mairie.id)
        self.company.company_registry = False
        self.assertEqual(
            self.codes(move),
            ["seller_number", "buyer_number", "engagement", "service_code"],
        )
        self.assertIn("D2192-2", move.btp_mentions)
        move.write({"btp_engagement_number": "E1", "btp_service_code": "S1"})
        self.company.company_registry = "12345678200010"
        self.mairie.company_registry = "21440109300015"
        self.assertEqual(self.codes(move), [])

    def test_works_in_reverse_charge_need_no_other_exemption(self):
        bare = COMPLETE.split("TVA")[0]
        self.assertEqual(self.codes(self.complete(narration=bare)), ["vat"])
        move = self.complete(narration=bare, btp_reverse_charge=True)
        self.assertEqual(self.codes(move), [])

    def test_nothing_outside_france_nor_on_a_vendor_bill(self):
        move = self.complete(narration=False)
        self.assertTrue(self.codes(move))
        self.company.account_fiscal_country_id = self.env.ref("base.be")
        self.assertEqual(self.codes(move), [])
