# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What may not leave now leaves later by itself, and says why."""

from datetime import date, datetime, time

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.btp_relance.models.btp_echeance import BtpEcheance

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestOpening(RelanceCommon):
    def setUp(self):
        super().setUp()
        self.company.sudo().write({"zip": "13002"})
        self.company.partner_id.tz = "Europe/Paris"
        self.clock = freeze_time("2025-06-16 08:00:00")  # 10:00 in Paris
        self.frozen = self.clock.start()
        self.addCleanup(self.clock.stop)

    def at(self, moment):
        """Make it a moment of Paris, for the company and for the database."""
        local = datetime.fromisoformat(moment)
        self.today, self.hour = local.date(), local.time()
        self.frozen.move_to(self.company._btp_to_utc(local))

    def assertWaits(self, relance, until, words):
        """The reminder stays approved and leaves at ``until``, Paris time."""
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertFalse(self._new_mails)
        self.assertEqual(relance.state, "approved")
        local = datetime.fromisoformat(until)
        self.assertEqual(relance.leave_at, self.company._btp_to_utc(local))
        self.assertIn(words, dict(relance._get_why())["Why does it wait?"])

    def test_an_e_mail_to_a_business_may_leave_at_night(self):
        self.make_invoice()
        relance = self.plan()
        self.at("2025-06-21 03:00")
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(relance.state, "sent")

    def test_set_so_it_waits_for_the_morning_and_then_leaves_by_itself(self):
        self.company.sudo().btp_email_any_time = False
        self.make_invoice()
        relance = self.plan()
        self.at("2025-06-16 05:00")
        self.assertWaits(relance, "2025-06-16 08:30", "at this hour")
        self.at("2025-06-16 08:29")
        self.assertEqual(self.dispatch(), {})
        self.at("2025-06-16 08:30")
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual((relance.state, len(self._new_mails)), ("sent", 1))
        self.assertFalse(relance.leave_at)

    def test_a_consumer_has_other_hours(self):
        self.customer.btp_regime = "b2c"
        self.make_invoice()
        relance = self.plan()
        self.at("2025-06-16 08:45")
        self.assertWaits(relance, "2025-06-16 10:00", "at this hour")
        self.at("2025-06-16 13:15")
        relance.sudo().leave_at = False
        self.assertWaits(relance, "2025-06-16 14:00", "at this hour")

    def test_a_call_comes_to_the_desk_on_a_working_day(self):
        self.step(3).channel = "call"
        self.make_invoice()
        relance = self.plan()
        self.at("2025-06-21 09:00")
        self.assertWaits(relance, "2025-06-23 00:00", "week-end")
        self.at("2025-06-23 05:30")
        self.dispatch()
        self.assertEqual((relance.state, relance.desk), ("assigned", "call"))
        self.assertEqual(relance.activity_ids.date_deadline, date(2025, 6, 23))

    def test_a_public_holiday(self):
        self.step(3).channel = "call"
        self.make_invoice(late=-25)
        self.at("2025-07-14 09:00")
        self.assertWaits(self.plan(), "2025-07-15 00:00", "public holiday")

    def test_good_friday_is_a_holiday_for_a_debtor_in_metz(self):
        self.step(3).channel = "call"
        self.make_invoice()
        relance = self.plan().sudo()
        self.at("2026-04-03 09:00")
        self.assertTrue(relance._wait_for_opening())
        self.customer.zip = "57000"
        self.assertFalse(relance._wait_for_opening())
        # Easter Monday follows the week-end.
        self.assertEqual(
            relance.leave_at, self.company._btp_to_utc(datetime(2026, 4, 7))
        )
        self.customer.zip = "13002"
        self.assertTrue(relance._wait_for_opening())
        self.company.sudo().zip = "67000"
        self.assertFalse(relance._wait_for_opening())

    def close(self, first, last, **values):
        return self.env["btp.closure"].create(
            {
                "name": "Summer",
                "date_from": first,
                "date_to": last,
                "company_id": self.company.id,
                **values,
            }
        )

    def test_nothing_leaves_while_the_company_is_closed_not_even_an_e_mail(self):
        closure = self.close("2024-06-09", "2024-06-22", is_yearly=True)
        self.make_invoice()
        relance = self.plan()
        self.assertWaits(relance, "2025-06-23 00:00", "Closed: Summer")
        # The manager changes it: the next dispatch sees.
        closure.date_to = "2024-06-10"
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(relance.state, "sent")

    def test_closed_for_ever_is_told_and_looked_at_every_day(self):
        for year in range(2025, 2029):
            self.close(f"{year}-01-01", f"{year}-12-31")
        self.make_invoice()
        self.assertWaits(self.plan(), "2025-06-17 10:00", "more than a year")

    def test_what_waits_is_paid_and_does_not_leave(self):
        self.company.sudo().btp_email_any_time = False
        move = self.make_invoice()
        relance = self.plan()
        self.at("2025-06-16 05:00")
        self.dispatch()
        self.pay(move)
        self.assertEqual(relance.state, "cancelled")

    def test_a_letter_waits_for_no_hour(self):
        self.step(3).channel = "registered"
        self.make_invoice()
        relance = self.plan()
        self.at("2025-06-22 23:30")
        self.dispatch()
        self.assertEqual(relance.state, "assigned")

    def test_the_dry_run_shows_the_day_of_the_departure(self):
        self.step(3).channel = "call"
        self.make_invoice(late=-2)  # J+3 falls on Saturday 21 June
        forecast = self.env["btp.relance.forecast"].create({"days": 10})
        forecast._simulate()
        days = forecast.line_ids.filtered(lambda li: li.channel == "call").mapped("day")
        self.assertEqual(days, [date(2025, 6, 23)])

    # === THE CLOCK === #

    def test_half_past_eleven_in_london_is_tomorrow_in_paris(self):
        get_today, get_now = BtpEcheance._get_today, BtpEcheance._get_now
        echeances = self.env["btp.echeance"]
        self.frozen.move_to("2025-06-22 23:30:00")
        self.assertEqual(get_today(echeances), date(2025, 6, 23))
        self.assertEqual(get_now(echeances), datetime(2025, 6, 23, 1, 30))
        self.company.partner_id.tz = "America/Martinique"
        self.assertEqual(get_today(echeances), date(2025, 6, 22))
        # Whoever looks from elsewhere sees the company's day.
        self.company.partner_id.tz = False
        self.env.user.tz = "Asia/Tokyo"
        self.assertEqual(get_today(echeances), date(2025, 6, 23))

    def test_the_night_on_which_the_clock_goes_forward(self):
        spring = datetime(2025, 3, 30, 2, 30)
        self.assertEqual(
            self.company._btp_to_utc(spring),
            fields.Datetime.to_datetime("2025-03-30 01:30:00"),
        )

    # === SETTINGS === #

    def test_hours_follow_one_another(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.company.sudo().btp_business_to = 8.0
            self.env.flush_all()

    def test_midnight_closes_the_day(self):
        self.company.sudo().write({"btp_business_from": 0, "btp_business_to": 24})
        agenda = self.company._get_btp_agenda()
        self.assertEqual(agenda.spans, ((time(0), time.max),))

    def test_nobody_types_a_moment(self):
        self.make_invoice()
        relance = self.plan()
        agent = self.make_user("agent.open", "btp_relance.group_agent")
        with self.assertRaises(UserError):
            relance.with_user(agent).leave_at = fields.Datetime.now()
