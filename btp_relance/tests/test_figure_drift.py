# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Drifts: said once a month to the right person, and not where nothing drifts."""

from datetime import date

from odoo.tests import tagged

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestFigureDrift(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alerts = cls.env["btp.alert"].sudo()

    def keep(self, *months):
        for month in months:
            self.env["btp.figure.snapshot"]._compute_month(self.company, month)

    def raise_kind(self, code):
        kinds = {kind.code: kind for kind in self.alerts._get_kinds(self.today)}
        return self.alerts._raise(kinds[code]).filtered(
            lambda alert: alert.company_id == self.company
        )

    def test_a_chantier_whose_overdue_grows(self):
        site_manager = self.make_user("karim", "btp_relance.group_site_manager")
        chantier, calm = self.env["btp.chantier"].create(
            [
                {
                    "name": name,
                    "partner_id": self.customer.id,
                    "user_id": site_manager.id,
                }
                for name in ("Gymnase", "École")
            ]
        )
        self.make_invoice(late=60, amount=2000, btp_chantier_id=chantier.id)
        self.make_invoice(late=60, amount=9000, btp_chantier_id=calm.id)
        self.make_invoice(late=20, amount=5000, btp_chantier_id=chantier.id)
        self.make_invoice(late=20, amount=900, btp_chantier_id=calm.id)
        self.keep(date(2025, 4, 1), date(2025, 5, 1))
        [alert] = self.raise_kind("figure_chantier")
        self.assertEqual(alert.res_id, chantier.id)
        self.assertEqual(alert.activity_id.user_id, site_manager)
        self.assertIn("Gymnase", alert.activity_id.summary)
        # Said once.
        self.assertFalse(self.raise_kind("figure_chantier"))

    def test_a_customer_who_pays_later(self):
        steady = self.make_customer("Régulier")
        for month in (1, 2, 3, 4, 5):
            late = (date(2025, 6, 16) - date(2025, month, 1)).days
            for partner, delay in (
                (self.customer, 27 if month > 2 else 0),
                (steady, 5),
            ):
                invoice = self.make_invoice(late=late, amount=2000, partner=partner)
                self.pay(invoice, payment_date=date(2025, month, 1 + delay))
        self.keep(*(date(2025, month, 1) for month in (1, 2, 3, 4, 5)))
        alerts = self.raise_kind("figure_payer")
        self.assertEqual(alerts.mapped("res_id"), self.customer.ids)

    def test_an_action_that_lies_still(self):
        crons = self.env["ir.cron"].search([("cron_name", "like", "Reminders")])
        crons.write({"nextcall": "2025-06-17 04:00:00"})
        self.assertFalse(self.raise_kind("figure_cron"))
        self.env.ref("btp_relance.ir_cron_plan").nextcall = "2025-06-10 04:00:00"
        self.assertEqual(len(self.raise_kind("figure_cron")), 1)
