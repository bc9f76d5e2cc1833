# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

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
        self.assertIn("xpected around", first.score_reason)
        # The card shows the days overdue already, those of the oldest amount.
        self.assertNotIn("overdue already", first.score_reason)
        score = self.score(first.line_ids.move_id).sudo()
        other = {"group": "load", "effect": -1, "facts": {"overdue": 0}, "usual": {}}
        score.reasons = [*score.reasons, other]
        self.assertIn("Owes nothing else", score._get_card())

    def test_a_card_of_several_amounts_names_the_one_it_tells_of(self):
        self.make_invoice(late=30, amount=100, partner=self.slow)
        large = self.make_invoice(late=3, amount=9000, partner=self.slow)
        self.jobs._score(self.company)
        self.scenario.step_ids.approval = "manual"
        relance = self.plan()
        self.assertEqual(len(relance.line_ids), 2)
        overdue = {"group": "overdue", "effect": 1, "facts": {"days": 3}, "usual": {}}
        self.score(large).sudo().reasons = [overdue]
        relance.invalidate_recordset(["score_reason"])
        self.assertIn(f"First of all {large.name} (", relance.score_reason)
        self.assertIn("9,000", relance.score_reason)
        # Its own days, not those of the oldest.
        self.assertIn("3 days overdue already", relance.score_reason)
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
        self.assertTrue(self.jobs.env["btp.demo"]._learn())
        self.assertTrue(self.score(move))
        self.assertEqual(self.model.state, "previous")
