# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon


@tagged("post_install", "-at_install")
class TestCash(ScoringCommon):
    """Cash of 13 weeks: said once, held against what came."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_past(cls.slow, 25)
        cls.make_past(cls.prompt, 0)
        cls.jobs._train(cls.company, TODAY)
        cls.forecasts = cls.jobs.env["btp.cash.forecast"]

    def rows(self, kind="all", **values):
        domain = [("company_id", "=", self.company.id), ("kind", "=", kind)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.forecasts.search(domain, order="made_on, week")

    def test_the_whole_is_the_sum_of_the_distributions_and_of_its_groups(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.slow.id}
        )
        self.make_invoice(late=-10, amount=700, partner=self.slow)
        self.make_invoice(
            late=-3, amount=900, partner=self.slow, btp_chantier_id=chantier.id
        )
        self.make_invoice(late=-20, amount=2000, partner=self.prompt)
        self.jobs._score(self.company)
        whole = self.rows()
        self.assertEqual(whole.mapped("week"), list(range(1, 14)))
        self.assertEqual(whole[0].date_from, TODAY + timedelta(days=1))
        self.assertEqual(whole[-1].date_to, TODAY + timedelta(days=91))
        scores = self.env["btp.score"].search([])
        for row in whole:
            exact = sum(score.amount * score.weeks[row.week - 1] for score in scores)
            self.assertAlmostEqual(row.expected, exact, places=2)
            self.assertLessEqual(row.low, row.expected)
            self.assertLessEqual(row.expected, row.high)
        self.assertGreater(max(whole.mapped("high")), max(whole.mapped("expected")))
        customers = self.rows("customer")
        self.assertEqual(customers.partner_id, self.slow | self.prompt)
        self.assertAlmostEqual(
            sum(customers.mapped("expected")), sum(whole.mapped("expected")), delta=0.2
        )
        site = self.rows("chantier")
        self.assertEqual((site.chantier_id, len(site)), (chantier, 13))

    def test_a_forecast_is_made_once_a_week_and_never_rewritten(self):
        move = self.make_invoice(late=-10, partner=self.slow)
        self.jobs._score(self.company)
        before = self.rows().read(["expected", "low", "high"])
        self.make_invoice(late=-10, amount=5000, partner=self.slow)
        self.jobs._score(self.company)
        self.jobs._score(self.company, TODAY + timedelta(days=6))
        self.assertEqual(self.rows().read(["expected", "low", "high"]), before)
        with self.assertRaises(UserError):
            self.rows()[0].expected = 1
        self.pay(move)
        self.jobs._score(self.company, TODAY + timedelta(days=7))
        self.assertEqual(len(self.rows()), 26)
        self.assertEqual(
            self.rows(made_on=TODAY).read(["expected", "low", "high"]), before
        )

    def test_what_came_is_read_from_payments_of_what_was_open_then(self):
        move = self.make_invoice(late=-2, amount=1000, partner=self.prompt)
        self.jobs._score(self.company)
        self.pay(move, 400, payment_date=TODAY + timedelta(days=7))
        self.pay(move, payment_date=TODAY + timedelta(days=8))
        # Invoiced afterwards: the forecast did not speak of it.
        later = self.make_invoice(
            amount=9000,
            partner=self.prompt,
            invoice_date=TODAY + timedelta(days=1),
            invoice_date_due=TODAY + timedelta(days=2),
        )
        self.pay(later, payment_date=TODAY + timedelta(days=3))
        self.forecasts._settle(self.company, TODAY + timedelta(days=15))
        for rows in (self.rows(), self.rows("customer", partner_id=self.prompt.id)):
            self.assertEqual(rows.mapped("settled"), [True] * 2 + [False] * 11)
            self.assertEqual(rows[:2].mapped("actual"), [400, 600])
            for row in rows[:2]:
                self.assertEqual(row.inside, row.low <= row.actual <= row.high)
        found = self.forecasts._get_accuracy(self.company)
        missed = sum(abs(row.expected - row.actual) for row in self.rows()[:2])
        self.assertEqual(found["weeks"], 2)
        self.assertAlmostEqual(found["wape"], missed / 1000)
        self.assertEqual(found["coverage"], sum(self.rows()[:2].mapped("inside")) / 2)
        page = self.forecasts.with_company(self.company).get_page()
        self.assertEqual([week["actual"] for week in page["past"]], [400, 600])
        self.assertIn("Not enough yet: 2 weeks", page["words"]["frozen"])

    def test_what_was_written_off_with_a_payment_did_not_come(self):
        move = self.make_invoice(late=-2, amount=1000, partner=self.prompt)
        self.jobs._score(self.company)
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"payment_date": TODAY + timedelta(days=3)})
        )
        wizard.amount = 600
        wizard.payment_difference_handling = "reconcile"
        wizard.writeoff_account_id = self.company_data["default_account_expense"]
        wizard._create_payments()
        self.assertFalse(move.amount_residual)
        self.forecasts._settle(self.company, TODAY + timedelta(days=8))
        self.assertEqual(self.rows()[0].actual, 600)

    def test_a_payment_booked_late_counts_for_four_weeks(self):
        move = self.make_invoice(late=-2, amount=1000, partner=self.prompt)
        self.jobs._score(self.company)
        self.forecasts._settle(self.company, TODAY + timedelta(days=8))
        self.assertEqual(self.rows()[0].actual, 0)
        self.pay(move, 300, payment_date=TODAY + timedelta(days=2))
        self.forecasts._settle(self.company, TODAY + timedelta(days=35))
        self.assertEqual(self.rows()[0].actual, 300)
        self.pay(move, payment_date=TODAY + timedelta(days=2))
        self.forecasts._settle(self.company, TODAY + timedelta(days=36))
        self.assertEqual(self.rows()[0].actual, 300)

    def test_who_objects_and_what_had_its_time_leave_the_whole_alone(self):
        shared, other = self.env["btp.chantier"].create(
            [{"name": name, "partner_id": self.prompt.id} for name in ("Halle", "Quai")]
        )
        self.make_invoice(late=-2, partner=self.slow, btp_chantier_id=shared.id)
        self.make_invoice(late=-2, partner=self.prompt, btp_chantier_id=other.id)
        self.jobs._score(self.company)
        self.assertEqual(self.rows("chantier").chantier_id, shared | other)
        self.assertTrue(shared.score_coming)
        self.forecasts._settle(self.company, TODAY + timedelta(days=8))
        self.slow.btp_no_scoring = True
        # Nothing of them is left in what is said of somebody else's chantier.
        self.assertEqual(self.rows("chantier").chantier_id, other)
        self.assertFalse(shared.score_coming or shared.score_cash)
        self.assertEqual(self.rows("customer").partner_id, self.prompt)
        self.assertEqual(len(self.rows()), 13)
        # What is not expected of them any more is told among what is not counted.
        self.assertEqual(self.rows()[0].left_out, {"unscored": [1000, 1]})
        # Nor does a subtraction tell what was expected of them, or what came.
        for row, mine in zip(self.rows(), self.rows("customer"), strict=True):
            self.assertAlmostEqual(row.expected, mine.expected, places=2)
            self.assertEqual(row.actual, mine.actual)
            self.assertLessEqual(row.low, row.expected + 0.01)
            self.assertLessEqual(row.expected - 0.01, row.high)
        self.forecasts._end(self.company, TODAY + timedelta(days=760))
        self.assertFalse(self.rows("customer"))
        self.assertEqual(len(self.rows()), 13)

    def test_what_no_habit_foretells_is_in_no_sum_and_told_apart(self):
        failed = self.make_customer("Failli", btp_insolvency_date=TODAY)
        self.make_invoice(late=-3, amount=4000, partner=failed)
        gone = self.make_invoice(late=-3, amount=2000, partner=self.slow)
        gone.btp_legal_file = True
        contested = self.make_invoice(late=-3, amount=1000, partner=self.prompt)
        self.env["btp.dispute"]._open(contested, "quantity", "Fewer.", amount=300)
        objector = self.make_customer("Opposant", btp_no_scoring=True)
        self.make_invoice(late=-3, amount=50, partner=objector)
        self.jobs._score(self.company)
        whole = self.rows()
        self.assertLessEqual(sum(whole.mapped("expected")), 700)
        self.assertGreater(sum(whole.mapped("expected")), 650)
        self.assertEqual(self.rows("customer").partner_id, self.prompt)
        self.assertEqual(
            whole[0].left_out,
            {
                "insolvency": [4000, 1],
                "legal_file": [2000, 1],
                "dispute": [300, 1],
                "unscored": [50, 1],
            },
        )
        words = self.forecasts.with_company(self.company).get_page()["left_out"]
        self.assertIn("6,350", words)
        self.assertIn("in dispute (", words)
        scores = {one.partner_id: one for one in self.env["btp.score"].search([])}
        self.assertFalse(scores[failed].cash or scores[failed].date_expected)
        self.assertIn("insolvency", scores[failed]._get_expectation())
        self.assertIn("300.00", scores[self.prompt]._get_expectation())
        habit = self.slow.sudo().btp_score_partner_ids
        self.assertEqual((habit.cash, habit.left_out), (0, 2000))

    def test_the_button_says_why_there_is_no_new_forecast(self):
        forecasts = self.forecasts.with_company(self.company)
        self.assertIn("Nobody owes anything", forecasts.action_freeze())
        self.make_invoice(late=-2, partner=self.slow)
        self.assertEqual(forecasts.action_freeze(), "")
        self.assertEqual(len(self.rows()), 13)
        self.assertIn("stays as it was said", forecasts.action_freeze())
        self.assertEqual(len(self.rows()), 13)

    def test_another_company_sees_nothing_of_it(self):
        self.make_invoice(late=-2, partner=self.slow)
        self.jobs._score(self.company)
        other = self.setup_other_company()["company"]
        user = self.make_user("elsewhere", "btp_relance.group_agent")
        user.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        theirs = self.env["btp.cash.forecast"].with_user(user).with_company(other)
        self.assertFalse(theirs.search([]))
        self.assertFalse(theirs.get_page()["weeks"])

    def test_without_a_model_the_rule_gives_no_band(self):
        self.env["btp.scoring.model"].sudo().search([]).state = "previous"
        self.make_invoice(late=-2, amount=800, partner=self.slow)
        self.jobs._score(self.company)
        first = self.rows()[0]
        self.assertEqual((first.method, first.expected), ("rule", 800))
        self.assertEqual((first.low, first.high), (800, 800))
        self.assertFalse(self.forecasts.with_company(self.company).get_page()["band"])

    def test_the_dashboard_shows_it_in_place_of_the_habit(self):
        self.make_invoice(late=-10, amount=700, partner=self.slow)
        habit = self.env["btp.figure.cash"].sudo()
        habit._freeze(self.company, TODAY)
        self.assertEqual(habit._get_page(self.company)["method"], "habit")
        self.jobs._score(self.company)
        page = self.env["btp.figure"].get_dashboard()["cash"]
        self.assertNotEqual(page["method"], "habit")
        self.assertAlmostEqual(
            sum(week["expected"] for week in page["weeks"]),
            sum(self.rows().mapped("expected")),
        )
        # No habit of theirs is read where they object.
        self.assertIn(self.prompt.id, habit._read_habits(self.company, TODAY).delays)
        self.prompt.btp_no_scoring = True
        habits = habit._read_habits(self.company, TODAY)
        self.assertEqual(list(habits.delays), [self.slow.id])
        self.assertNotIn(0, habits.all)
        # Both are kept.
        self.assertEqual(len(habit.search([("company_id", "=", self.company.id)])), 13)
