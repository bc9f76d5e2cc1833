# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table of rates: what is seeded, what is refused, and the alert when one is missing."""

from datetime import date
from decimal import Decimal

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .interest_common import InterestCommon


@tagged("post_install", "-at_install")
class TestLegalRate(InterestCommon):
    def test_the_table_is_seeded(self):
        rates = self.env["btp.legal.rate"]._get_rates()
        self.assertEqual(rates[2015, 1].ecb, Decimal("0.05"))
        self.assertEqual(rates[2024, 1].ecb, Decimal("4.50"))
        self.assertEqual(rates[2024, 1].legal, Decimal("5.07"))
        self.assertEqual(rates[2026, 1].legal, Decimal("2.62"))
        self.assertEqual(min(rates), (2015, 1))
        self.assertEqual(max(rates), (2026, 1))
        # Every half-year in between, once.
        self.assertEqual(len(rates), 23)
        private = self.env.ref("btp_relance.legal_rate_2026_1").legal_rate_private
        self.assertAlmostEqual(private, 6.67)
        uncertain = self.env["btp.legal.rate"].search([("is_uncertain", "=", True)])
        self.assertEqual(
            {(rate.year, rate.half) for rate in uncertain},
            {(2018, "1"), (2019, "1"), (2026, "1")},
        )
        self.assertTrue(all(uncertain.mapped("note")))

    def test_what_makes_no_sense_is_refused(self):
        values = {"year": 2030, "half": "1", "ecb_rate": 2, "legal_rate_other": 2}
        for constraint, changes in (
            ("rates_plausible", {"ecb_rate": 50.01}),
            ("rates_plausible", {"legal_rate_other": -0.01}),
            ("rates_plausible", {"legal_rate_private": 61}),
            ("semester_uniq", {"year": 2026}),
            ("year_plausible", {"year": 26}),
        ):
            with (
                self.subTest(constraint),
                self.assertRaisesRegex(psycopg2.IntegrityError, constraint),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env["btp.legal.rate"].create(values | changes)
        self.assertEqual(
            self.env["btp.legal.rate"].create(values).display_name,
            "first half-year of 2030",
        )

    def test_managers_enter_rates(self):
        values = {"ecb_rate": 2, "legal_rate_other": 2}
        agent = self.make_user("agent", "btp_relance.group_agent")
        manager = self.make_user("manager", "btp_relance.group_manager")
        with self.assertRaises(AccessError):
            self.env["btp.legal.rate"].with_user(agent).create(values)
        rate = self.env["btp.legal.rate"].with_user(manager).create(values)
        # The next one is proposed.
        self.assertEqual((rate.year, rate.half), (2026, "2"))

    # === THE ALERT === #

    def raise_alerts(self):
        """Give the alerts of the day; return those of rates for this company."""
        Alert = self.env["btp.alert"].sudo()
        (kind,) = (
            kind for kind in Alert._get_kinds(self.today) if kind.code == "missing_rate"
        )
        return Alert._raise(kind).filtered(lambda a: a.company_id == self.company)

    def test_a_half_year_not_known_alerts_once(self):
        self.today = date(2026, 6, 30)
        self.assertFalse(self.raise_alerts())
        self.today = date(2026, 7, 1)
        clerk = self.make_user("clerk", "btp_relance.group_manager")
        self.company.sudo().btp_relance_user_id = clerk
        alert = self.raise_alerts()
        self.assertEqual(len(alert), 1)
        activity = alert.activity_id
        self.assertEqual(activity.user_id, clerk)
        self.assertEqual(
            activity.summary, "Enter the legal rates of the second half-year of 2026"
        )
        self.assertIn("Banque de France", activity.note)
        self.assertIn("Journal officiel", activity.note)
        self.assertEqual(activity.date_deadline, date(2026, 7, 15))
        self.assertEqual(
            self.env[activity.res_model].browse(activity.res_id),
            self.env.ref("btp_relance.legal_rate_2026_1"),
        )
        # Neither tomorrow nor, once it is entered, ever.
        self.today = date(2026, 7, 2)
        self.assertFalse(self.raise_alerts())
        self.env["btp.legal.rate"].create(
            {"year": 2026, "half": "2", "ecb_rate": 2, "legal_rate_other": 2.6}
        )
        self.assertFalse(self.raise_alerts())
        self.assertFalse(activity.exists().filtered("active"))
        # The next half-year is another alert.
        self.today = date(2027, 1, 4)
        self.assertEqual(self.raise_alerts().mark, "2027-1")

    def test_a_company_that_does_not_follow_up_is_left_alone(self):
        self.company.sudo().btp_relance_active = False
        self.today = date(2026, 7, 1)
        self.assertFalse(self.raise_alerts())

    def test_without_any_rate_the_company_is_told(self):
        self.env["btp.legal.rate"].search([]).unlink()
        alert = self.raise_alerts()
        self.assertEqual(
            (alert.res_model, alert.res_id, alert.mark),
            ("res.partner", self.company.partner_id.id, "2025-2"),
        )
