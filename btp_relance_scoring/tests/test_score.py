# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import numpy as np

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.btp_relance.demo.load import NAMESPACE
from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon


class ScoreCommon(ScoringCommon):
    def score(self, move):
        return self.env["btp.score"].search(
            [("move_line_id", "=", self.receivable(move))]
        )


@tagged("post_install", "-at_install")
class TestScoreRule(ScoreCommon):
    """Without a history the rule takes over, visibly; rights of persons come first."""

    def test_without_history_the_rule_takes_over_and_says_so(self):
        move = self.make_invoice(late=-10)
        self.jobs._score(self.company)
        score = self.score(move)
        self.assertEqual((score.method, score.confidence), ("rule", "none"))
        self.assertEqual(score.date_expected, move.invoice_date_due)
        self.assertIn("not enough history", score._get_expectation())

    def test_training_without_history_says_so(self):
        model = self.jobs._train(self.company)
        self.assertEqual((model.method, model.state), ("rule", "champion"))
        self.assertIn("Not enough history", model.reason)

    def test_where_all_went_the_same_way_it_says_so(self):
        self.make_past(self.slow, 25, count=60, every=7)
        move = self.make_invoice(late=-10, partner=self.slow)
        model = self.jobs._train(self.company)
        self.assertNotEqual(model.method, "learner")
        self.assertIn("went the same way", model.reason)
        self.jobs._score(self.company)
        self.assertGreater(self.score(move).date_expected, move.invoice_date_due)

    def test_a_credit_note_is_no_amount_to_score(self):
        move = self.make_invoice(late=-10)
        self.make_invoice(late=-10, amount=300, move_type="out_refund")
        self.assertEqual(self.jobs._score(self.company), 1)
        self.assertEqual(self.score(move).cash, 1000)

    def test_who_objects_loses_the_scores_at_once(self):
        move = self.make_invoice(late=5, partner=self.slow)
        self.jobs._score(self.company)
        self.assertTrue(self.score(move))
        self.slow.btp_no_scoring = True
        self.assertFalse(self.score(move))
        self.jobs._score(self.company)
        self.assertFalse(self.score(move))

    def test_a_paid_amount_keeps_what_was_foretold(self):
        move = self.make_invoice(late=5, partner=self.slow)
        self.jobs._score(self.company)
        before = self.score(move).p_first
        self.pay(move)
        self.jobs._score(self.company, TODAY + timedelta(days=1))
        self.assertEqual(self.score(move).p_first, before)
        self.assertEqual(self.score(move).scored_on, TODAY)

    def test_the_chantier_sums_up(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.slow.id}
        )
        self.make_invoice(late=-3, partner=self.slow, btp_chantier_id=chantier.id)
        self.make_invoice(late=-5, partner=self.slow, btp_chantier_id=chantier.id)
        self.jobs._score(self.company)
        self.assertEqual(chantier.score_cash, 2000)
        self.assertEqual(chantier.score_date, TODAY + timedelta(days=5))

    def test_every_company_is_scored_by_the_scheduler(self):
        self.make_invoice(late=5)
        with self.enter_registry_test_mode():
            self.env.ref("btp_relance_scoring.ir_cron_score").method_direct_trigger()
        self.assertTrue(self.env["btp.score"].search_count([]))

    def test_scores_end_with_the_privacy_rule(self):
        self.make_invoice(late=5)
        self.jobs._score(self.company)
        rule = self.env.ref("btp_relance.privacy_rule_score")
        later = fields.Date.add(TODAY, months=rule.months + 1)
        privacy = self.jobs.env["btp.privacy"]
        query = privacy._query("score", self.company, later, rule._get_cutoff(later))
        ids = [id_ for id_, _held in self.env.execute_query(query)]
        self.assertTrue(ids)
        self.assertEqual(privacy._erase("score", ids), len(ids))
        self.assertFalse(self.env["btp.score"].search([]))

    def test_a_person_has_the_scores_erased(self):
        move = self.make_invoice(late=5, partner=self.slow)
        self.jobs._score(self.company)
        self.slow._btp_privacy_erase()
        self.assertFalse(self.score(move))


@tagged("post_install", "-at_install")
class TestScore(ScoreCommon):
    """One pays 25 days late, one on the day: what is said of what they owe now."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_past(cls.slow, 25)
        cls.make_past(cls.prompt, 0)
        cls.model = cls.jobs._train(cls.company, TODAY)

    def test_who_pays_late_is_expected_late(self):
        self.assertEqual(self.model.state, "champion")
        late = self.make_invoice(late=-10, partner=self.slow)
        early = self.make_invoice(late=-10, partner=self.prompt)
        self.assertEqual(self.jobs._score(self.company), 2)
        slow, prompt = self.score(late), self.score(early)
        self.assertGreater(slow.p_late, 0.7)
        self.assertLess(prompt.p_late, 0.3)
        self.assertGreater(
            slow.date_expected, late.invoice_date_due + timedelta(days=15)
        )
        self.assertLessEqual(slow.date_low, slow.date_expected)
        self.assertLessEqual(slow.date_expected, slow.date_high)
        self.assertAlmostEqual(sum(prompt.weeks), 1, delta=0.1)
        habits = {
            habit.partner_id: habit
            for habit in self.env["btp.score.partner"].search([])
        }
        self.assertEqual(habits[self.slow].segment, "slow")
        self.assertEqual(habits[self.prompt].segment, "prompt")
        self.assertEqual(habits[self.slow].delay_median, 25)
        self.assertEqual(habits[self.slow].amount_open, 1000)
        person = self.make_customer("Zoé", is_company=False, parent_id=self.slow.id)
        for partner in (self.slow, person):
            self.assertEqual(
                partner.btp_habit,
                "Slow · pays on average 25 days after the due date (20 amounts)",
            )

    def test_a_risk_is_of_what_is_not_due_yet(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.prompt.id}
        )
        own = {"partner": self.prompt, "btp_chantier_id": chantier.id}
        self.make_invoice(late=5, amount=9000, **own)
        self.jobs._score(self.company)
        habit = self.prompt.sudo().btp_score_partner_ids
        # All is late: no risk to tell.
        self.assertFalse(habit.p_late or chantier.score_p_late or chantier.score_coming)
        self.assertGreaterEqual(habit.delay_expected, 6)
        coming = self.make_invoice(late=-10, amount=1000, **own)
        self.jobs._score(self.company)
        p = self.score(coming).p_late
        self.assertLess(p, 0.5)
        self.assertAlmostEqual(habit.p_late, p, places=3)
        self.assertAlmostEqual(chantier.score_p_late, p, places=3)
        self.assertEqual((habit.amount_overdue, chantier.score_coming), (9000, 1000))
        late = self.score(chantier.move_ids - coming)
        self.assertIn("Late by 5 days", late._get_expectation())
        self.assertNotIn("100 %", late._get_expectation())

    def test_what_cannot_be_scored_follows_the_rule_and_says_why(self):
        early = self.make_invoice(late=-10, partner=self.prompt)
        line = early.line_ids.filtered(lambda li: li.display_type == "payment_term")
        foreign = self.env["res.currency"].create(
            {"name": "XBT", "symbol": "X", "rounding": 0.01}
        )
        unrated = self.make_invoice(
            late=-10, partner=self.prompt, currency_id=foreign.id
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET date_maturity = %s WHERE id = %s",
            [early.invoice_date - timedelta(days=3), line.id],
        )
        self.env.invalidate_all()
        self.jobs._score(self.company)
        for move, code, words in (
            (early, "due_before_issue", "due before the day of its invoice"),
            (unrated, "bad_amount", "currency has no rate"),
        ):
            score = self.score(move)
            self.assertEqual((score.method, score.trouble), ("rule", code))
            self.assertEqual(score.confidence, "none")
            self.assertIn(words, score._get_expectation())

    def test_a_small_rest_is_no_late_payment(self):
        move = self.make_invoice(late=40, amount=1000, partner=self.prompt)
        self.jobs._score(self.company)
        due = self.env["btp.echeance"].search([("move_id", "=", move.id)])
        self.assertTrue(due.date_expected)
        self.pay_late(move, 0, 992)
        due.invalidate_recordset()
        # What was said of the whole is over.
        self.assertFalse(due.date_expected)
        large = self.make_invoice(late=40, amount=1000, partner=self.prompt)
        self.pay_late(large, 0, 960)
        rows = self.read_ledger()
        self.assertTrue(
            rows[self.receivable(move)]["paid_date"]
            == rows[self.receivable(move)]["due_date"]
        )
        self.assertTrue(np.isnat(rows[self.receivable(large)]["paid_date"]))

    def test_scoring_again_changes_nothing_but_the_day(self):
        move = self.make_invoice(late=-30, partner=self.slow)
        self.jobs._score(self.company)
        first = self.score(move).read()[0]
        self.jobs._score(self.company)
        again = self.score(move).read()[0]
        self.assertEqual(first, again)
        self.jobs._score(self.company, TODAY + timedelta(days=7))
        later = self.score(move)
        self.assertEqual(later.scored_on, TODAY + timedelta(days=7))
        self.assertEqual(later.first_on, TODAY)
        self.assertEqual(later.p_first, first["p_first"])

    def test_an_altered_model_is_refused_and_the_rule_takes_over(self):
        move = self.make_invoice(late=-10, partner=self.slow)
        raw = self.model.payload_id.raw
        self.model.payload_id.raw = raw.replace(b'"settled"', b'"settle_"')
        with self.assertRaises(UserError):
            self.model._load()
        with self.assertLogs("odoo.addons.btp_relance_scoring", "ERROR"):
            self.jobs._score(self.company)
        self.assertEqual(self.score(move).method, "rule")
        self.assertIn("altered", self.model.trouble)

    def test_nobody_writes_what_was_learned(self):
        mine = self.model.with_user(self.env.user)
        self.assertTrue(mine.has_access("write"))
        for values in ({"payload_sha256": "0"}, {"state": "refused"}):
            with self.assertRaisesRegex(UserError, "not changed by hand"):
                mine.write(values)

    def test_one_click_brings_the_former_model_back(self):
        second = self.jobs._train(self.company)
        self.assertEqual((self.model.state, second.state), ("previous", "champion"))
        self.model.with_user(self.env.user).action_restore()
        self.assertEqual((self.model.state, second.state), ("champion", "previous"))

    def test_amounts_due_sort_and_filter_by_what_is_expected(self):
        move = self.make_invoice(late=-10, partner=self.slow)
        self.jobs._score(self.company)
        found = self.env["btp.echeance"].search(
            [("p_late", ">", 0.5)], order="date_expected"
        )
        self.assertEqual(found.move_id, move)
        self.assertEqual(found.score_since, TODAY)
        questions = dict(found._get_why())
        self.assertIn("When is it expected?", questions)
        self.assertIn("25 days", questions["Why then?"])

    def test_rules_by_segment_take_what_was_learned_unless_a_person_typed(self):
        soft = self.make_scenario(name="Soft")
        self.env["btp.relance.rule"].search([]).active = False
        self.env["btp.relance.rule"].create(
            {"name": "Prompt", "scenario_id": soft.id, "payer_segment": "prompt"}
        )
        move = self.make_invoice(late=5, partner=self.prompt)
        echeance = self.env["btp.echeance"].search([("move_id", "=", move.id)])
        self.assertEqual(echeance.scenario_id, self.scenario)
        self.jobs._score(self.company)
        echeance.invalidate_recordset()
        self.assertEqual(echeance.scenario_id, soft)
        self.prompt.btp_payer_segment = "slow"
        echeance.invalidate_recordset()
        self.assertEqual(echeance.scenario_id, self.scenario)

    def test_my_day_ranks_by_what_acting_now_may_change(self):
        self.make_invoice(late=3, amount=900, partner=self.slow)
        self.make_invoice(late=3, amount=1000, partner=self.prompt)
        self.jobs._score(self.company)
        self.scenario.step_ids.approval = "manual"
        relances = self.plan()
        self.assertTrue(all(relances.mapped("gain")))
        first = relances.sorted("gain", reverse=True)[0]
        self.assertEqual(first.partner_id, self.slow)
        # No more than what is asked, credits taken off.
        first.sudo().amount_due = 10
        first.sudo()._refresh_gain(self.company, first.ids)
        self.assertEqual(first.gain, 10)
        self.assertIn("xpected around", first.score_reason)
        # The card shows the days overdue already, those of the oldest amount.
        self.assertNotIn("overdue already", first.score_reason)
        score = self.score(first.line_ids.move_id).sudo()
        other = {"group": "load", "effect": -1, "facts": {"overdue": 0}, "usual": {}}
        score.reasons = [*score.reasons, other]
        self.assertIn("Owes nothing else", score._get_card())

    def test_the_cards_and_the_list_of_the_day_are_in_one_order(self):
        views = self.env.ref("btp_relance.btp_relance_my_day_action").views
        for view_id, kind in views[:2]:
            arch = self.env["btp.relance"].get_view(view_id, kind)["arch"]
            self.assertIn('default_order="gain desc, amount_due desc"', arch, kind)
        self.assertEqual([kind for _id, kind in views[:2]], ["kanban", "list"])

    def test_a_card_of_several_amounts_names_the_one_it_tells_of(self):
        self.make_invoice(late=30, amount=100, partner=self.slow)
        large = self.make_invoice(late=3, amount=9000, partner=self.slow)
        self.jobs._score(self.company)
        self.scenario.step_ids.approval = "manual"
        relance = self.plan()
        self.assertEqual(len(relance.line_ids), 2)
        overdue = {"group": "overdue", "effect": 1, "facts": {"days": 1}, "usual": {}}
        self.score(large).sudo().reasons = [overdue]
        relance.invalidate_recordset(["score_reason"])
        self.assertIn(f"First of all {large.name} (", relance.score_reason)
        self.assertIn("9,000", relance.score_reason)
        # Its own days, not those of the oldest.
        self.assertIn("1 day overdue already", relance.score_reason)
        self.assertNotIn("30 days", relance.score_reason)

    def test_who_objects_is_ranked_by_amount_alone(self):
        objector = self.make_customer("Opposant", btp_no_scoring=True)
        self.make_invoice(late=3, amount=9000, partner=objector)
        self.make_invoice(late=3, amount=1000, partner=self.slow)
        small = self.make_customer("Petit", btp_no_scoring=True)
        self.make_invoice(late=3, amount=10, partner=small)
        self.jobs._score(self.company)
        order = self.plan().sorted("gain", reverse=True)
        self.assertEqual(
            [one.partner_id for one in order], [objector, self.slow, small]
        )
        self.assertFalse(order[0].score_reason)

    def test_who_objects_goes_to_its_place_by_amount_at_once(self):
        move = self.make_invoice(late=3, amount=1000, partner=self.slow)
        other = self.make_invoice(late=-10, amount=500, partner=self.prompt)
        self.jobs._score(self.company)
        self.scenario.step_ids.approval = "manual"
        relance = self.plan()
        self.assertEqual(relance.gain, self.score(move).gain)
        self.slow.btp_no_scoring = True
        self.assertAlmostEqual(
            relance.gain, 2 * self.score(other).gain, places=2, msg="as others gain"
        )
        # Nobody is scored any more: no gain is known, it is not all that is asked.
        self.prompt.btp_no_scoring = True
        relance._refresh_gain(self.company)
        self.assertEqual(relance.gain, 0)

    def test_the_demo_company_learns_from_its_past(self):
        xml_id = f"{NAMESPACE}.company"
        self.env["ir.model.data"].search(
            [("module", "=", NAMESPACE), ("name", "=", "company")]
        ).unlink()
        self.assertFalse(self.jobs.env["btp.demo"]._learn())
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": xml_id, "record": self.company}]
        )
        move = self.make_invoice(late=-10, partner=self.slow)
        self.make_invoice(late=12, amount=20_000, partner=self.prompt)
        self.assertTrue(self.jobs.env["btp.demo"]._learn())
        self.assertTrue(self.score(move))
        self.assertEqual(self.model.state, "previous")
        case = self.env["btp.escalation"].search([("partner_id", "=", self.prompt.id)])
        self.assertEqual((case.kind, len(case.activity_ids)), ("unusual", 1))
        self.assertEqual(case.activity_ids.user_id, case.user_id)
