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

    def test_more_messages_come_back(self):
        relances = (
            self.env["btp.relance"]
            .sudo()
            .create(
                [
                    {
                        "company_id": self.company.id,
                        "partner_id": self.customer.id,
                        "contact_id": self.customer.id,
                        "step_id": self.step(3).id,
                        "channel": "email",
                        "contacted_on": self.days_later(-ago),
                        "state": "sent",
                    }
                    for ago in (1, 2, 3, 4, 5, 6, 40, 50, 60, 70)
                ]
            )
        )
        answers = self.env["btp.contact.answer"]
        for relance in relances[:4]:
            answers._add("bounced", self.customer, self.company, "email", relance)
        self.assertFalse(self.raise_kind("figure_bounce"))
        answers._add("bounced", self.customer, self.company, "email", relances[4])
        [alert] = self.raise_kind("figure_bounce")
        self.assertIn("addresses", alert.activity_id.summary)
        self.assertFalse(self.raise_kind("figure_bounce"))
        # As many came back before: no rise.
        alert.unlink()
        answers.sudo().search([]).sorted("id")[:4].day = self.days_later(-50)
        self.assertFalse(self.raise_kind("figure_bounce"))

    def test_a_scenario_that_stops_working_is_named(self):
        scenario = self.env["btp.relance.scenario"].search([], limit=1)
        rows = [
            (month, self.company.id, 20, 2000, paid)
            for month, paid in (
                (date(2025, 3, 1), 1800),
                (date(2025, 4, 1), 1800),
                (date(2025, 5, 1), 1000),
            )
        ]
        for month, company, cases, due, paid in rows:
            self.env.cr.execute(
                "INSERT INTO btp_figure_snapshot (company_id, month, version, said_on,"
                " key, scenario_id, due10_count, due10, paid10)"
                " VALUES (%s, %s, 1, %s, 'x', %s, %s, %s, %s)",
                [company, month, month, scenario.id, cases, due, paid],
            )
        [alert] = self.raise_kind("figure_scenario")
        self.assertIn(scenario.name, alert.activity_id.note)

    def test_an_action_that_lies_still(self):
        crons = self.env["ir.cron"].search([("cron_name", "like", "Reminders")])
        crons.write({"nextcall": "2025-06-17 04:00:00"})
        self.assertFalse(self.raise_kind("figure_cron"))
        self.env.ref("btp_relance.ir_cron_plan").nextcall = "2025-06-10 04:00:00"
        self.assertEqual(len(self.raise_kind("figure_cron")), 1)
