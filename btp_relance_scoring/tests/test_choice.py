# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY
from odoo.addons.btp_relance_scoring.models import btp_choice_verdict

from .choice_common import ChoiceCommon


@tagged("post_install", "-at_install")
class TestChoice(ChoiceCommon):
    """The rule first; learning only where there is enough, and never where law forbids."""

    # === THE RULE === #

    def test_below_a_thousand_the_rule_chooses_and_says_why(self):
        self.make_invoice(late=5)
        relance = self.plan()
        choice = self.choice(relance)
        self.assertEqual(
            (choice.arm, choice.rule_arm, choice.why), ("email", "email", "rule")
        )
        self.assertEqual(relance.channel, "email")
        self.assertEqual(
            dict(relance._get_why())["Why this channel?"],
            "E-mail: as the scenario says.",
        )

    def test_learning_starts_and_stops_with_the_number_of_reminders(self):
        self.add_past(999, TODAY - timedelta(days=20))
        self.jobs._score(self.company)
        self.assertFalse(self.company.btp_choice_since)
        self.add_past(1, TODAY - timedelta(days=20))
        self.jobs._score(self.company)
        self.assertEqual(self.company.btp_choice_since, TODAY)
        self.company.sudo().btp_choice_mode = "rules"
        self.assertFalse(self.company.btp_choice_since, "off at once")
        self.company.sudo().btp_choice_mode = "auto"
        self.jobs._score(self.company, TODAY + timedelta(days=360))
        self.assertFalse(self.company.btp_choice_since, "a year later there are none")

    def test_who_only_answers_by_text_message_gets_one(self):
        self.make_invoice(late=5)
        for _answer in range(3):
            self.env["btp.contact.answer"]._add(
                "answered", self.customer, self.company, "sms"
            )
        relance = self.plan()
        self.assertEqual((relance.channel, self.choice(relance).why), ("sms", "rule"))
        self.assertIn("answered this way 3 times", self.choice(relance)._get_words())

    def test_who_answers_by_both_keeps_the_scenarios_channel(self):
        self.make_invoice(late=5)
        for channel in ("sms", "sms", "sms", "email"):
            self.env["btp.contact.answer"]._add(
                "answered", self.customer, self.company, channel
            )
        self.assertEqual(self.plan().channel, "email")

    def test_switched_off_nothing_is_chosen(self):
        self.company.sudo().btp_choice_mode = "off"
        self.make_invoice(late=5)
        self.assertFalse(self.plan().choice_ids)

    # === LEARNED === #

    def test_what_pays_better_is_learned_and_a_tenth_keeps_the_rule(self):
        self.learn()
        past = {"aspect": "channel", "rule": "email", "why": "explore"}
        self.add_past(600, TODAY - timedelta(days=20), arm="email", paid=120, **past)
        self.add_past(600, TODAY - timedelta(days=20), arm="sms", paid=240, **past)
        held = self.make_customers(1, held=True)
        others = self.make_customers(8, held=False)
        for partner in held | others:
            self.make_invoice(late=5, partner=partner)
        relances = self.plan()
        mine = relances.filtered(lambda one: one.partner_id == held)
        self.assertEqual((mine.channel, self.choice(mine).why), ("email", "hold_out"))
        rest = relances - mine
        whys = set(self.choice(rest).mapped("why"))
        self.assertLessEqual(whys, {"learned", "explore"})
        learned = self.choice(rest).filtered(lambda one: one.why == "learned")
        self.assertEqual(set(learned.mapped("arm")), {"sms"})
        self.assertGreater(len(learned), 4)
        for relance in relances:
            self.assertEqual(relance.channel, self.choice(relance).arm)
        self.assertIn("chosen 9", learned[0]._get_words())

    def test_planned_again_the_same_is_chosen(self):
        self.learn()
        past = {"aspect": "channel", "rule": "email", "why": "explore"}
        self.add_past(600, TODAY - timedelta(days=20), arm="email", paid=200, **past)
        self.add_past(600, TODAY - timedelta(days=20), arm="sms", paid=200, **past)
        for partner in self.make_customers(6):
            self.make_invoice(late=5, partner=partner)
        relances = self.plan()
        first = {one.partner_id: one.channel for one in relances}
        relances.sudo().unlink()
        again = {one.partner_id: one.channel for one in self.plan()}
        self.assertEqual(first, again)

    # === BOUNDS === #

    def test_a_last_reminder_and_a_formal_notice_are_never_chosen_for(self):
        self.learn()
        self.make_invoice(late=5)
        step = self.scenario.step_ids.filtered(lambda one: one.days == 3)
        for values in (
            {"tone": "final"},
            {"tone": "formal", "approval": "manual"},
            {"tone": "firm", "channel": "registered", "approval": "manual"},
            {"tone": "firm", "channel": "letter", "approval": "manual"},
        ):
            step.write({"channel": "email", "approval": "auto"} | values)
            relance = self.plan()
            self.assertEqual(relance.channel, values.get("channel", "email"))
            self.assertFalse(relance.choice_ids, values)
            relance.sudo().unlink()
        step.write({"tone": "firm", "channel": "email"})
        self.assertTrue(self.plan().choice_ids, "the same reminder, another tone")

    def test_refusals_and_preferences_come_first(self):
        self.learn()
        refusing, preferring, objecting = self.make_customers(3, held=False)
        self.env["btp.contact.optout"].create(
            {"partner_id": refusing.id, "channel": "sms", "reason": "Asked so"}
        )
        preferring.btp_preferred_channel = "email"
        objecting.btp_no_scoring = True
        for partner in (refusing, preferring, objecting):
            self.make_invoice(late=5, partner=partner)
        relances = self.plan()
        self.assertEqual(set(relances.mapped("channel")), {"email"})
        self.assertFalse(relances.choice_ids)

    # === MOMENT === #

    def make_habit(self, day=datetime(2025, 6, 10, 13, 30), count=5):
        """Let the customer have answered so often at such a moment (UTC)."""
        for _answer in range(count):
            answer = self.env["btp.contact.answer"]._add(
                "answered", self.customer, self.company, "email"
            )
            answer.flush_recordset()
            self.env.cr.execute(
                "UPDATE btp_contact_answer SET create_date = %s WHERE id = %s",
                [day, answer.id],
            )

    def test_a_message_waits_for_the_moment_of_its_reader(self):
        self.make_habit()
        self.make_invoice(late=5)
        relance = self.plan()
        self.assertEqual(self.choice(relance, "moment").arm, "habit")
        # Tuesday at two in the afternoon, in Paris.
        self.assertEqual(relance.choice_from, datetime(2025, 6, 17, 12))
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(
            (relance.state, relance.leave_at), ("approved", relance.choice_from)
        )
        why = dict(relance._get_why())
        self.assertIn("Tuesday, in the afternoon", why["Why at this moment?"])
        self.assertIn("usually answers then", why["Why does it wait?"])
        self.after(1)
        self.hour = self.hour.replace(hour=14)
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "sent")

    def test_four_answers_are_no_habit(self):
        self.make_habit(count=4)
        self.make_invoice(late=5)
        self.assertFalse(self.plan().choice_from)

    def test_a_closed_day_is_nobodys_moment(self):
        self.make_habit()
        self.env["btp.closure"].create(
            {
                "name": "Pont",
                "date_from": TODAY + timedelta(days=1),
                "date_to": TODAY + timedelta(days=1),
                "company_id": self.company.id,
            }
        )
        self.make_invoice(late=5)
        self.assertFalse(self.plan().choice_from, "the next Tuesday is too far")

    # === OUTCOME === #

    def test_paid_within_a_week_is_what_counts(self):
        cases = [(5, None), (9, None), (5, 400), (None, None)]
        partners = self.make_customers(len(cases))
        moves = [self.make_invoice(late=5, partner=partner) for partner in partners]
        self.run_day()
        for move, (days, amount) in zip(moves, cases, strict=True):
            if days:
                self.pay(move, amount, payment_date=TODAY + timedelta(days=days))
        self.choices._judge(self.company, TODAY + timedelta(days=7))
        choices = self.choices.search([("partner_id", "in", partners.ids)])
        self.assertFalse(any(choices.mapped("outcome")), "too early")
        self.choices._judge(self.company, TODAY + timedelta(days=8))
        outcomes = {one.partner_id: one.outcome for one in choices}
        self.assertEqual(
            [outcomes[partner] for partner in partners],
            ["paid", "unpaid", "unpaid", "unpaid"],
        )

    # === DOES IT HELP? === #

    def test_not_enough_yet_rather_than_a_winner(self):
        row = self.verdict()
        self.assertEqual(row.state, "not_enough")
        self.assertIn("the rules choose", row.verdict)
        self.assertIn("1,000 a year", row.verdict)
        self.assertFalse(row.expectation, "none were sent: nothing to simulate")
        self.assertTrue(1300 <= row.needed <= 1600)
        self.learn()
        past = {"aspect": "channel", "rule": "email"}
        self.add_past(300, arm="sms", paid=180, why="learned", **past)
        self.add_past(40, arm="email", paid=8, why="hold_out", **past)
        row = self.verdict()
        self.assertEqual(row.state, "not_enough", "however large the difference")
        self.assertIn("years", row.verdict)
        self.assertIn("60 % paid", row.chosen_words)

    def test_a_winner_only_where_the_interval_excludes_zero(self):
        self.learn()
        past = {"aspect": "channel", "rule": "email"}
        self.add_past(900, arm="sms", paid=360, why="learned", **past)
        self.add_past(200, arm="email", paid=75, why="hold_out", **past)
        self.assertEqual(self.verdict().state, "no_difference")
        self.add_past(200, arm="email", paid=20, why="hold_out", **past)
        self.assertEqual(self.verdict().state, "better")
        self.add_past(900, arm="sms", paid=0, why="learned", **past)
        self.add_past(200, arm="email", paid=90, why="hold_out", **past)
        self.assertEqual(self.verdict().state, "worse")
        self.assertEqual(self.verdict("moment").state, "not_enough")

    # === TONE === #

    def test_the_seeded_rule_gives_good_payers_the_soft_scenario(self):
        soft = self.env.ref("btp_relance.scenario_good_payer")
        seeded = self.env.ref("btp_relance.rule_good_payer")
        self.assertEqual((seeded.payer_segment, seeded.scenario_id), ("prompt", soft))
        self.make_past(self.prompt, 0, count=5)
        move = self.make_invoice(late=6, partner=self.prompt)
        self.jobs._score(self.company)
        echeance = self.env["btp.echeance"].search([("move_id", "=", move.id)])
        self.assertEqual(echeance.scenario_id, soft)
        self.assertEqual(echeance.next_step_id.tone, "courteous")

    def test_one_customer_in_ten_gets_the_usual_tone_to_compare(self):
        soft = self.make_scenario([(3, {"tone": "courteous"})], name="Soft")
        self.env["btp.relance.rule"].search([]).active = False
        self.env["btp.relance.rule"].create(
            {"name": "Prompt", "scenario_id": soft.id, "payer_segment": "prompt"}
        )
        held = self.make_customers(1, held=True)
        other = self.make_customers(1, held=False)
        habits = self.jobs.env["btp.score.partner"].with_company(self.company)
        for partner in (held, other):
            self.make_invoice(late=5, partner=partner)
            habits.create(
                {
                    "partner_id": partner.id,
                    "company_id": self.company.id,
                    "segment": "prompt",
                }
            )
        self.learn()
        habits._choose_tones(self.company, TODAY)
        relances = {one.partner_id: one for one in self.plan()}
        self.assertEqual(relances[held].scenario_id, self.scenario)
        self.assertEqual(relances[other].scenario_id, soft)
        tones = [self.choice(relances[one], "tone") for one in (held, other)]
        self.assertEqual([one.arm for one in tones], ["usual", "segment"])
        self.assertEqual([one.why for one in tones], ["hold_out", "rule"])
        self.company.sudo().btp_choice_since = False
        habits._choose_tones(self.company, TODAY)
        self.assertFalse(any(habits.search([]).mapped("tone_arm")))

    # === COMPANIES AND RIGHTS === #

    def test_companies_learn_and_see_their_own_only(self):
        other = self.setup_other_company()["company"]
        self.add_past(3, arm="email", aspect="channel", paid=1)
        self.assertTrue(self.choices._get_results(self.company, TODAY))
        self.assertFalse(self.choices._get_results(other, TODAY))
        user = self.make_user(
            "voisin",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        self.assertFalse(self.env["btp.choice"].with_user(user).search([]))
        rows = self.env["btp.choice.verdict"].with_user(user).search([])
        self.assertEqual(rows.company_id, other)

    def test_an_auditor_reads_whether_choosing_helps(self):
        auditor = self.make_user(
            "audit", "base.group_user", "account.group_account_readonly"
        )
        rows = self.env["btp.choice.verdict"].with_user(auditor).search([])
        self.assertEqual(len(rows), 3)
        self.assertTrue(all(rows.mapped("verdict")))
        rows.invalidate_recordset()
        companies = self.env.registry["res.company"]
        with (
            patch.object(companies, "_get_btp_reminder_count", return_value=1200),
            patch.object(
                btp_choice_verdict, "simulate_gain", return_value=0.0
            ) as simulate,
        ):
            self.assertTrue(all(rows.mapped("expectation")))
        # Once for all aspects.
        simulate.assert_called_once()

    def test_who_objects_has_the_choices_erased(self):
        self.add_past(2, arm="email", aspect="channel")
        self.prompt.btp_no_scoring = True
        self.assertFalse(self.env["btp.choice"].search([]))
