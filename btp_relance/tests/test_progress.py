# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Never the same step twice, none skipped, each on its day."""

from contextlib import closing

import psycopg2

from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.btp_relance_engine import PLAN_LOCK
from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestProgress(RelanceCommon):
    # === NEVER THE SAME STEP TWICE === #

    def test_planning_again_makes_nothing(self):
        self.make_invoice()
        self.assertEqual(len(self.plan()), 1)
        self.assertFalse(self.plan())
        self.assertFalse(self.plan(1))

    def test_day_after_day_each_step_is_done_once_and_none_is_skipped(self):
        move = self.make_invoice(late=-10)
        for day in range(70):
            self.run_day(day)
            self.post_letters(f"1A{day:011d}")
        lines = self.env["btp.relance.line"].search([("move_id", "=", move.id)])
        lines = lines.sorted("id")
        self.assertEqual(lines.step_id.mapped("days"), [-7, 3, 10, 20, 35])
        self.assertEqual(lines.mapped("state"), ["done"] * 5)
        self.assertEqual(
            [(line.done_on - move.invoice_date_due).days for line in lines],
            [-7, 3, 10, 20, 35],
        )
        self.assertEqual(self.echeances(move).hold_code, "finished")

    def post_letters(self, number):
        """Post the registered letters on the desk."""
        assigned = self.env["btp.relance"].search([("state", "=", "assigned")])
        for relance in assigned:
            self.env["btp.relance.outcome"].create(
                {"relance_id": relance.id, "tracking_number": number}
            ).action_confirm()

    def test_an_old_debt_climbs_step_by_step_with_the_gaps_between(self):
        move = self.make_invoice(late=400)
        for day in range(14):
            self.run_day(day)
            self.post_letters(f"1A{day:011d}")
        lines = self.env["btp.relance.line"].search([("move_id", "=", move.id)])
        lines = lines.sorted("id")
        self.assertEqual(lines.step_id.mapped("days"), [3, 10, 20, 35])
        self.assertEqual([(line.done_on - TODAY).days for line in lines], [0, 3, 6, 9])

    def test_the_gap_is_that_of_the_step_to_come(self):
        move = self.make_invoice(late=400)
        self.step(10).min_gap_days = 8
        self.run_day()
        self.assertEqual(self.echeances(move).next_date, self.days_later(8))
        self.assertFalse(self.plan(7))
        self.assertTrue(self.plan(8))

    def test_the_database_refuses_a_step_taken_twice(self):
        line = self.plan_one().line_ids
        values = line.copy_data()[0] | {"relance_id": False}
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["btp.relance.line"].sudo().create(values)
            self.env.flush_all()

    def test_a_dropped_step_may_be_taken_again(self):
        relance = self.plan_one()
        relance.sudo()._cancel("test")
        again = self.plan()
        self.assertEqual(again.line_ids.step_id, relance.line_ids.step_id)

    def test_the_database_refuses_a_second_open_reminder_to_a_debtor(self):
        relance = self.plan_one()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["btp.relance"].sudo().create(
                {
                    "company_id": relance.company_id.id,
                    "partner_id": relance.partner_id.id,
                    "contact_id": relance.contact_id.id,
                    "step_id": relance.step_id.id,
                }
            )
            self.env.flush_all()

    def plan_one(self):
        self.make_invoice()
        return self.plan()

    def test_a_second_planner_at_the_same_time_leaves_the_company_to_the_first(self):
        self.make_invoice()
        with closing(db_connect(self.env.cr.dbname).cursor()) as other:
            other.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [PLAN_LOCK, self.company.id]
            )
            self.assertFalse(self.plan())
            other.rollback()
        self.assertEqual(len(self.plan()), 1)

    def test_an_invoice_reset_to_draft_and_posted_again_keeps_its_history(self):
        move = self.make_invoice(late=5)
        self.run_day()
        move.button_draft()
        move.action_post()
        self.assertEqual(self.echeances(move).last_step_id, self.step(3))
        self.assertFalse(self.plan())

    def test_merging_two_customers_keeps_one_reminder_under_way(self):
        twin = self.make_customer("Promoteur Sud bis")
        self.step(3).approval = "manual"
        moves = self.make_invoice() | self.make_invoice(partner=twin)
        self.plan()
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.customer | twin).ids, self.customer
        )
        self.env.invalidate_all()
        waiting = self.env["btp.relance"].search([("state", "=", "proposed")])
        self.assertEqual(waiting.partner_id, self.customer)
        self.assertEqual(len(waiting), 1)
        for day in (0, 1):
            self.run_day(day)
        lines = self.env["btp.relance.line"].search(
            [
                ("move_id", "in", moves.ids),
                ("state", "=", "done"),
                ("step_id", "!=", False),
            ]
        )
        self.assertEqual(lines.move_id, moves)
        self.assertEqual(len(lines), 2)

    # === WHEN === #

    def test_the_preventive_step_leaves_before_the_date_and_never_after(self):
        early, missed = self.make_invoice(late=-8), self.make_customer("Tardif")
        self.assertFalse(self.plan())
        relance = self.plan(1)
        self.assertEqual((relance.step_id, relance.tone), (self.step(-7), "preventive"))
        self.assertEqual(self.listed(relance), {early: ("due", 1000, -7)})
        self.make_invoice(late=1, partner=missed)
        self.assertNotIn(missed, self.plan(1).partner_id)
        self.assertEqual(self.plan(3).step_id, self.step(3))

    def test_a_day_without_a_run_loses_nothing(self):
        self.make_invoice(late=0)
        self.assertFalse(self.plan(2))
        self.assertEqual(self.plan(8).step_id, self.step(3))

    def test_a_manual_step_is_proposed_and_an_automatic_one_approved(self):
        self.step(3).approval = "manual"
        self.make_invoice()
        other = self.make_customer("Autre")
        self.make_invoice(late=-6, partner=other)
        found = {r.partner_id: (r.state, r.desk) for r in self.plan()}
        self.assertEqual(
            found,
            {self.customer: ("proposed", "approve"), other: ("approved", False)},
        )
        self.dispatch()
        waiting = self.env["btp.relance"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(waiting.state, "proposed")

    def test_a_company_not_switched_on_is_never_planned(self):
        self.make_invoice()
        self.company.sudo().btp_relance_active = False
        self.assertFalse(self.engine.plan(companies=self.company))

    def test_recent_invoices_are_not_pulled_in_with_the_step_of_old_ones(self):
        self.make_invoice(late=5)
        recent = self.make_invoice(late=-3)
        relance = self.plan()
        self.assertEqual(self.listed(relance)[recent], ("due", 1000, -7))
        self.assertFalse(relance.overdue_line_ids.move_id & recent)
