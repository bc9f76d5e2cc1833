# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""First activation: says what is old, places it as told, and sends nothing before."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RelanceCommon

#: One old debt for each age of the wizard, and its neighbours.
AGES = (1, 10, 11, 30, 31, 60, 61, 90, 91, 400)


@tagged("post_install", "-at_install")
class TestActivation(RelanceCommon):
    def setUp(self):
        super().setUp()
        self.company.sudo().btp_relance_active = False

    def wizard(self, start=None):
        """Return the wizard, every age set to ``start`` if given."""
        wizard = self.env["btp.relance.activation"].create({"user_id": self.env.uid})
        if start:
            wizard.line_ids.start = start
        return wizard

    def make_ages(self, ages=AGES, amount=100):
        """Return one invoice an age, each to its own customer."""
        moves = self.env["account.move"]
        for age in ages:
            partner = self.make_customer(f"Retard {age}")
            moves |= self.make_invoice(late=age, amount=amount, partner=partner)
        return moves

    # === BEFORE === #

    def test_nothing_is_planned_before_it_is_confirmed(self):
        self.make_ages()
        self.wizard()
        with self.mock_mail_gateway():
            self.assertFalse(self.engine.plan())
            self.dispatch()
        self.assertFalse(self._new_mails)
        self.assertFalse(
            self.env["btp.relance"].search([("company_id", "=", self.company.id)])
        )

    def test_the_wizard_counts_old_debts_by_age(self):
        self.make_ages()
        self.make_invoice(late=20, amount=7, partner=self.make_customer("Deux"))
        self.make_invoice(late=0)
        self.make_invoice(late=-10)
        paid = self.make_invoice(late=50)
        self.pay(paid)
        lines = self.wizard().line_ids
        self.assertEqual(
            [
                (line.age_from, line.echeance_count, line.debtor_count, line.amount)
                for line in lines
            ],
            [
                (1, 2, 2, 200),
                (11, 3, 3, 207),
                (31, 2, 2, 200),
                (61, 2, 2, 200),
                (91, 2, 2, 200),
            ],
        )

    def test_the_ages_leave_no_gap(self):
        lines = self.wizard().line_ids.sorted("age_from")
        self.assertEqual(lines[0].age_from, 1)
        for line, following in zip(lines, lines[1:], strict=False):
            self.assertEqual(following.age_from, line.age_to + 1)

    def test_by_default_nothing_starts_by_age_before_a_month_and_the_oldest_stay_out(
        self,
    ):
        starts = self.wizard().line_ids.sorted("age_from").mapped("start")
        self.assertEqual(starts, ["first", "first", "age", "age", "leave"])

    # === WHERE EACH STARTS === #

    def starts(self, moves):
        """Return ``{age: day of the next step}``."""
        return {
            found.days_overdue: found.next_step_id.days if found.next_step_id else None
            for found in self.echeances(moves)
        }

    def test_from_the_first_reminder_means_the_first_after_the_due_date(self):
        moves = self.make_ages()
        self.wizard("first").action_confirm()
        self.assertEqual(set(self.starts(moves).values()), {3})

    def test_by_age_ends_at_the_last_step_that_leaves_by_itself(self):
        moves = self.make_ages()
        self.wizard("age").action_confirm()
        self.assertEqual(
            self.starts(moves),
            {age: 3 if age < 10 else 10 for age in AGES},
        )

    def test_left_out_means_that_a_person_decides(self):
        moves = self.make_ages()
        self.wizard("leave").action_confirm()
        self.assertEqual(set(self.starts(moves).values()), {None})
        self.assertEqual(set(self.echeances(moves).mapped("hold_code")), {"left_out"})
        self.assertFalse(self.plan())

    def test_what_was_left_out_is_followed_up_at_a_click_from_the_first_step(self):
        moves = self.make_ages((40, 95))
        self.wizard("leave").action_confirm()
        self.echeances(moves[1]).action_follow_up()
        self.assertEqual(self.starts(moves), {40: None, 95: 3})
        self.assertEqual(
            self.env["btp.relance.event"].search([], limit=1).detail, moves[1].name
        )
        self.assertEqual(self.plan().partner_id, moves[1].partner_id)

    def test_each_age_follows_its_own_line(self):
        moves = self.make_ages()
        self.wizard().action_confirm()
        self.assertEqual(
            self.starts(moves),
            {
                1: 3,
                10: 3,
                11: 3,
                30: 3,
                31: 10,
                60: 10,
                61: 10,
                90: 10,
                91: None,
                400: None,
            },
        )

    def scenarios(self):
        """Return scenarios of every shape, with their way of a first contact."""
        manual = {"approval": "manual"}
        for steps in (
            [(3, {}), (10, {}), (20, {})],
            [(3, {}), (10, manual), (20, {})],
            [(3, manual), (10, {}), (20, {})],
            [(-7, {"tone": "preventive"}), (3, {}), (10, {}), (20, manual), (35, {})],
            [(-7, {"tone": "preventive"}), (-3, {"tone": "courteous"}), (8, {})],
        ):
            for first_contact in ("first", "age"):
                yield self.make_scenario(steps, first_contact=first_contact)

    def test_each_choice_starts_where_it_says_whatever_the_scenario(self):
        moves = self.make_ages()
        for scenario in self.scenarios():
            for start in ("first", "age"):
                with self.subTest(days=scenario.step_ids.mapped("days"), start=start):
                    self.activate_anew(scenario, start, moves)
                    expected = {
                        age: self.first_day(scenario, start, age) for age in AGES
                    }
                    self.assertEqual(self.starts(moves), expected)

    def first_day(self, scenario, start, age):
        """Return the day of the step where a debt of ``age`` days starts."""
        steps = scenario.step_ids.sorted("days")
        steps = steps.filtered(lambda step: step.tone != "preventive")
        day = steps[0].days
        for step in steps:
            if start == "first" or step.days > age or step.approval == "manual":
                break
            day = step.days
        return day

    def activate_anew(self, scenario, start, moves):
        """Forget the last activation and do it again."""
        lines = self.env["btp.relance.line"].sudo()
        lines.search([("move_id", "in", moves.ids)]).unlink()
        self.company.sudo().write(
            {"btp_relance_active": False, "btp_default_scenario_id": scenario.id}
        )
        self.wizard(start).action_confirm()

    def test_it_never_starts_at_a_step_that_waits_for_approval(self):
        moves = self.make_ages()
        for scenario in self.scenarios():
            if scenario.step_ids.sorted("days")[0].approval == "manual":
                continue  # it has no other beginning
            for start in ("first", "age"):
                self.activate_anew(scenario, start, moves)
                steps = self.echeances(moves).next_step_id
                self.assertEqual(set(steps.mapped("approval")), {"auto"})

    def test_what_was_already_reminded_is_not_placed_again(self):
        self.company.sudo().btp_relance_active = True
        move = self.make_invoice(late=40)
        self.run_day()
        self.company.sudo().btp_relance_active = False
        self.assertEqual(sum(self.wizard().line_ids.mapped("echeance_count")), 0)
        self.wizard("leave").action_confirm()
        self.assertEqual(self.starts(move), {40: 10})

    # === AFTER === #

    def test_no_storm_one_message_a_customer_and_none_formal(self):
        for age in AGES:
            self.make_invoice(late=age)
        self.wizard().action_confirm()
        relances = self.run_day(approve=False)
        self.assertEqual((len(relances), relances.state), (1, "sent"))
        self.assertEqual(relances.step_id, self.step(10))

    def test_confirming_switches_on_says_who_follows_up_and_is_noted(self):
        self.make_ages((5, 40))
        action = self.wizard("first").action_confirm()
        self.assertEqual(action["type"], "ir.actions.server")
        self.assertTrue(self.company.btp_relance_active)
        self.assertEqual(self.company.btp_relance_user_id, self.env.user)
        event = self.env["btp.relance.event"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "activated")]
        )
        self.assertIn("2", event.detail)

    def test_confirming_twice_is_refused(self):
        self.wizard().action_confirm()
        again = self.wizard()
        with self.assertRaisesRegex(UserError, "already switched on"):
            again.action_confirm()

    def test_a_company_without_default_scenario_gets_the_one_shown(self):
        self.company.sudo().btp_default_scenario_id = False
        wizard = self.wizard()
        self.assertTrue(wizard.scenario_id)
        wizard.action_confirm()
        self.assertEqual(self.company.btp_default_scenario_id, wizard.scenario_id)

    def test_only_a_manager_switches_reminders_on(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        with self.assertRaises(AccessError):
            self.env["btp.relance.activation"].with_user(agent).create({})
