# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each path of the customer's page in a real browser, in French, on a phone and on a desk."""

from odoo.tests import tagged

from .portal_common import PortalCommon


class PortalWalk(PortalCommon):
    """Every path in one walk: a page begins where the one before ended."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(
            ["btp_relance", "portal", "payment", "payment_demo", "web"], ["fr_FR"]
        )
        cls.customer.lang = "fr_FR"
        demo = cls.env.ref("payment.payment_provider_demo").sudo()
        demo = demo.copy({"company_id": cls.company.id, "name": "Démo"})
        demo.write({"state": "test", "is_published": True})
        demo.journal_id = cls.company_data["default_journal_bank"]
        cls.kind = cls.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )

    def walk(self):
        """Walk every path; then look at what it left."""
        document = self.env["btp.document"].create(
            {
                "type_id": self.kind.id,
                "company_id": self.company.id,
                "move_id": self.second.id,
                "owed_by": "customer",
                "blocking": True,
            }
        )
        self.start_tour(self.relance.get_portal_url(), "btp_portal_walk", timeout=120)
        self.env.invalidate_all()
        acts = self.env["btp.portal.act"].search([("relance_id", "=", self.relance.id)])
        self.assertEqual(
            sorted(acts.mapped("kind")),
            ["choice", "contact", "dispute", "document", "paid", "plan", "promise"],
        )
        self.assertEqual(self.first.amount_residual, 0)
        self.assertTrue(document.to_check)
        plan = self.env["btp.payment.plan"].search(
            [("relance_id", "=", self.relance.id)]
        )
        self.assertEqual((plan.state, plan.amount), ("active", 500))
        dispute = self.env["btp.dispute"].search([("move_id", "=", self.second.id)])
        self.assertEqual(dispute.amount, 120.5)
        self.assertEqual(self.relance.contact_proposal_ids.name, "Léa Blanc")


@tagged("post_install", "-at_install")
class TestPortalPhone(PortalWalk):
    browser_size = "390x844"
    touch_enabled = True

    def test_every_path_on_a_phone(self):
        self.walk()


@tagged("post_install", "-at_install")
class TestPortalDesk(PortalWalk):
    def test_every_path_on_a_desk(self):
        self.walk()

    def test_two_customers_never_see_each_others_lines(self):
        self.customer.lang = "en_US"
        self.make_portal_user("south", self.customer)
        self.make_portal_user("other", self.other)
        self.start_tour("/my/home", "btp_portal_south", login="south")
        self.start_tour("/my/home", "btp_portal_other", login="other")
