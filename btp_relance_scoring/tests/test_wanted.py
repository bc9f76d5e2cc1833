# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Scores that nobody wants, that are old, of what is no debt, of customers that are one."""

from datetime import timedelta

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from .test_score import ScoreCommon


@tagged("post_install", "-at_install")
class TestScoreWanted(ScoreCommon):
    """A score is shown while it holds, and no longer."""

    def setUp(self):
        super().setUp()
        self.chantier = self.env["btp.chantier"].create(
            {"name": "Quai", "partner_id": self.slow.id}
        )

    def make_due(self, amount=1000.0, late=-10, **values):
        return self.make_invoice(
            late, amount, self.slow, btp_chantier_id=self.chantier.id, **values
        )

    def expected(self, move):
        self.env.flush_all()
        self.env["btp.echeance"].invalidate_model()
        return (
            self.env["btp.echeance"].search([("move_id", "=", move.id)]).mapped("cash")
        )

    def sums(self):
        self.chantier.invalidate_recordset()
        return self.chantier.score_cash, self.chantier.score_coming

    def test_what_is_no_debt_any_more_is_in_no_chantiers_sum(self):
        kept, cancelled, small = self.make_due(), self.make_due(500), self.make_due(70)
        self.jobs._score(self.company)
        self.assertEqual(self.sums(), (1570, 1570))
        cancelled.button_draft()
        self.pay(small, 69.5, payment_date=TODAY)
        self.jobs._score(self.company, TODAY + timedelta(days=1))
        self.assertEqual(self.sums(), (1000, 1000))
        kept.button_draft()
        # Nothing is left to score.
        self.assertFalse(self.jobs._score(self.company, TODAY + timedelta(days=2)))
        self.assertEqual(self.sums(), (0, 0))

    def test_switched_off_nothing_is_expected_any_more(self):
        move = self.make_due(late=5)
        self.jobs._score(self.company)
        self.scenario.step_ids.approval = "manual"
        relance = self.plan()
        relance.sudo().gain = 10
        self.assertEqual(self.expected(move), [1000])
        self.assertTrue(self.sums()[0])
        self.company.btp_score_active = False
        self.assertEqual(self.expected(move), [0])
        self.assertEqual((self.sums(), relance.gain), ((0, 0), 0))
        self.assertEqual(
            self.env["btp.figure"].get_dashboard()["cash"]["method"], "habit"
        )
        models = self.env["btp.scoring.model"]
        for button in (models.action_score, models.action_train):
            with self.assertRaisesRegex(UserError, "switch it on"):
                button()
        with self.assertRaisesRegex(UserError, "switch it on"):
            self.env["btp.cash.forecast"].action_freeze()

    def test_switched_off_no_learned_segment_chooses_a_scenario(self):
        soft = self.make_scenario(name="Soft")
        self.env["btp.relance.rule"].sudo().search([]).active = False
        self.env["btp.relance.rule"].create(
            {
                "name": "Good payers",
                "payer_segment": "prompt",
                "scenario_id": soft.id,
            }
        )
        self.make_past(self.prompt, -2, count=20)
        move = self.make_invoice(late=5, partner=self.prompt)
        self.jobs._score(self.company)
        habit = self.prompt.sudo().btp_score_partner_ids
        habit.segment = "prompt"
        self.assertEqual(self.echeances(move).scenario_id, soft)
        self.company.btp_score_active = False
        self.assertEqual(self.echeances(move).scenario_id, self.scenario)

    def test_a_score_of_last_week_is_shown_no_more(self):
        move = self.make_due()
        self.jobs._score(self.company)
        self.after(6)
        self.assertEqual(self.expected(move), [1000])
        self.after(7)
        self.assertEqual(self.expected(move), [0])
        cash = self.env["btp.figure"].get_dashboard()["cash"]
        self.assertEqual(cash["method"], "rule")
        self.after(14)
        cash = self.env["btp.figure"].get_dashboard()["cash"]
        self.assertEqual(cash["method"], "habit")

    def test_who_restricts_the_use_of_their_data_is_foretold_nothing(self):
        move = self.make_due()
        self.jobs._score(self.company)
        self.assertEqual(self.expected(move), [1000])
        self.slow._btp_privacy_restrict()
        self.assertEqual(self.expected(move), [0])
        # Restriction keeps what there is (GDPR art. 18).
        self.assertTrue(self.score(move))

    def test_a_person_without_a_regime_is_left_out_too(self):
        self.company.btp_score_persons = True
        person = self.make_customer("Jean", is_company=False, btp_regime=False)
        move = self.make_invoice(late=5, partner=person)
        # Unknown, such a person is never scored; their company was.
        person.is_company = True
        self.jobs._score(self.company)
        self.assertTrue(self.score(move))
        person.is_company = False
        self.company.btp_score_persons = False
        self.assertFalse(self.score(move))

    def test_the_regime_that_everybody_has_makes_no_firm_of_a_person(self):
        self.company.btp_score_persons = False
        person = self.make_customer("Jeanne", is_company=False)
        self.assertEqual(person.btp_regime, "b2b")
        move = self.make_invoice(late=5, partner=person)
        self.jobs._score(self.company)
        self.assertFalse(self.score(move))
        # Who has the number of a firm is one.
        person.company_registry = "80313145600011"
        self.jobs._score(self.company)
        self.assertTrue(self.score(move))
        person.company_registry = False
        self.jobs._score(self.company)
        self.assertFalse(self.score(move))

    def test_without_scores_nothing_is_said_to_be_gained(self):
        self.make_due(late=5)
        self.scenario.step_ids.approval = "manual"
        self.assertEqual(self.plan().gain, 0)

    def test_another_bound_of_what_is_late_is_learned_at_once(self):
        cron = self.env.ref("btp_relance_scoring.ir_cron_train")
        triggers = self.env["ir.cron.trigger"].sudo()
        mine = [("cron_id", "=", cron.id)]
        count = triggers.search_count(mine)
        self.company.btp_score_grace = self.company.btp_score_grace
        self.assertEqual(triggers.search_count(mine), count)
        self.company.btp_score_grace = 12
        self.assertEqual(triggers.search_count(mine), count + 1)

    def test_what_had_its_time_ends_where_nothing_is_scored_any_more(self):
        move = self.make_due(late=5)
        self.jobs._score(self.company)
        self.company.btp_score_active = False
        change = (
            self.env["btp.score.change"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "kind": "slips",
                    "partner_id": self.slow.id,
                    "found_on": TODAY,
                    "seen_on": TODAY,
                }
            )
        )
        forecasts = self.env["btp.cash.forecast"].sudo()
        theirs = [("partner_id", "=", self.slow.id)]
        self.after(700)
        with self.scheduler() as engine:
            engine.env["btp.scoring.job"]._cron_score()
        self.assertTrue(change.exists())
        self.assertTrue(forecasts.search_count(theirs))
        self.after(800)
        with self.scheduler() as engine:
            engine.env["btp.scoring.job"]._cron_score()
        self.assertFalse(change.exists())
        self.assertFalse(forecasts.search_count(theirs))
        self.assertTrue(self.score(move))

    def test_a_company_in_error_stops_no_other(self):
        other = self.setup_other_company()["company"]
        other.btp_score_active = True
        done = []

        def work(company):
            done.append(company)
            if len(done) == 1:
                raise psycopg2.errors.LockNotAvailable("somebody else is at it")

        with (
            self.scheduler() as engine,
            self.assertLogs("odoo.addons.btp_relance_scoring", "ERROR"),
        ):
            engine.env["btp.scoring.job"]._each_company(work)
        self.assertEqual(set(done), {self.company, other})


@tagged("post_install", "-at_install")
class TestScoreMerged(ScoreCommon):
    """Customers that turn out to be one."""

    def test_two_that_were_scored_become_one(self):
        self.make_past(self.slow, 20, count=5)
        self.make_past(self.prompt, 0, count=5)
        for partner in (self.slow, self.prompt):
            self.make_invoice(late=-3, amount=1000, partner=partner)
            self.env["btp.score.change"].sudo().create(
                {
                    "company_id": self.company.id,
                    "kind": "slips",
                    "partner_id": partner.id,
                    "found_on": TODAY,
                    "seen_on": TODAY,
                }
            )
        self.jobs._score(self.company)
        self.env["btp.score.change"].sudo().search([]).state = "open"
        forecasts = self.env["btp.cash.forecast"].sudo()
        mine = [("company_id", "=", self.company.id), ("made_on", "=", TODAY)]
        whole = sum(forecasts.search([*mine, ("kind", "=", "all")]).mapped("expected"))
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo()
        wizard._merge((self.slow + self.prompt).ids, self.prompt)
        rows = forecasts.search([*mine, ("kind", "=", "customer")])
        self.assertEqual(rows.partner_id, self.prompt)
        self.assertEqual(len(rows), 13)
        self.assertAlmostEqual(sum(rows.mapped("expected")), whole, places=2)
        self.jobs._score(self.company, TODAY + timedelta(days=1))
        habit = (
            self.env["btp.score.partner"]
            .sudo()
            .search([("company_id", "=", self.company.id)])
        )
        self.assertEqual((habit.partner_id, habit.amount_open), (self.prompt, 2000))
