# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The law and a retention: it has a date of its own, and is declared all the same."""

from datetime import date

from odoo.tests import tagged

from .common import TODAY
from .test_retention import RetentionCommon


@tagged("post_install", "-at_install")
class TestLawRetention(RetentionCommon):
    """An invoice of 12 000.00 with tax: net 11 400.00, retention 600.00."""

    def setUp(self):
        super().setUp()
        self.move = self.make_situation(10_000.0)

    def test_a_public_buyer_s_clock_leaves_the_retention_where_it_is(self):
        self.customer.btp_regime = "public_30"
        held = self.held(self.move)
        release = held.date_maturity
        net = (self.move.line_ids - held).filtered(
            lambda line: line.display_type == "payment_term"
        )
        self.assertEqual((net.amount_residual, held.amount_residual), (11400, 600))
        self.move.write(
            {
                "btp_public_received_on": date(2025, 5, 14),
                "btp_interrupted_on": date(2025, 5, 20),
                "btp_interruption_reason": "PV missing",
                "btp_completed_on": date(2025, 5, 26),
            }
        )
        self.assertEqual(net.date_maturity, date(2025, 6, 25))
        self.assertEqual(self.move.invoice_date_due, date(2025, 6, 25))
        self.assertEqual(held.date_maturity, release)
        self.assertEqual((net.amount_residual, held.amount_residual), (11400, 600))
        self.assertFalse(self.move.btp_public_differs)

    def test_the_release_a_year_later_is_no_term_that_exceeds_the_law(self):
        self.company.account_fiscal_country_id = self.env.ref("base.fr")
        self.customer.property_payment_term_id = self.make_terms(100)
        self.move.invalidate_recordset()
        self.assertGreater(self.held(self.move).date_maturity, date(2025, 12, 31))
        self.assertFalse(self.move.btp_term_warning)

    def test_letters_claim_the_net_and_a_declaration_the_whole(self):
        self.chantier.write(
            {"role": "subcontractor", "owner_id": self.make_customer("Owner").id}
        )
        action = self.env["btp.direct.action"].create({"chantier_id": self.chantier.id})
        self.assertEqual(action.move_ids, self.move)
        self.assertEqual(action.amount, 11400)
        self.customer.btp_insolvency_date = TODAY
        self.assertEqual(self.customer.btp_claim_principal, 12000)
        held = self.echeances(self.move).mapped("hold_code")
        self.assertEqual(held, ["insolvency", "insolvency"])
