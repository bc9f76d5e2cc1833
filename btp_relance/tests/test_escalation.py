# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cases that need a person: when, to whom, until when, and what came of them."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


class EscalationCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.manager = cls.make_user("manager", "btp_relance.group_manager")
        cls.company.sudo().write(
            {"btp_relance_user_id": cls.agent.id, "btp_manager_id": cls.manager.id}
        )
        cls.rules = (
            cls.env["btp.escalation.rule"]
            .sudo()
            ._ensure_own(cls.company)
            .grouped("kind")
        )
        cls.cases = cls.env["btp.escalation"].sudo().with_company(cls.company)

    def escalate(self, kind="broken_promise", record=None, **options):
        """Hand a case about the customer to a person."""
        return self.env["btp.escalation"]._escalate(
            kind,
            record or self.customer,
            self.customer,
            self.company,
            "Promised for Monday, not paid",
            **options,
        )

    def activities(self, user):
        """Return what waits for a user because of cases."""
        return (
            self.env["mail.activity"]
            .sudo()
            .search([("res_model", "=", "btp.escalation"), ("user_id", "=", user.id)])
        )

    def journal(self, kind):
        """Return the rows of the journal on cases of the customer."""
        return self.env["btp.relance.event"].search(
            [("kind", "=", kind), ("debtor_ref", "=", self.customer.id)]
        )


@tagged("post_install", "-at_install")
class TestEscalation(EscalationCommon):
    # === THE RULE === #

    def test_a_case_has_an_owner_a_deadline_and_its_amount(self):
        move = self.make_invoice(late=12, amount=800)
        case = self.escalate()
        self.assertEqual(case.user_id, self.agent)
        # One working day after a Monday.
        self.assertEqual(case.date_deadline, TODAY + timedelta(days=1))
        self.assertEqual((case.amount, case.age_days), (800, 12))
        self.assertEqual(case.line_ids.move_id, move)
        self.assertEqual(self.journal("escalated").recipient, self.agent.name)
        self.assertEqual(self.escalate(), case, "once for a record while it is open")

    def test_a_deadline_counts_working_days(self):
        self.rules["broken_promise"].days_to_act = 5
        self.assertEqual(self.escalate().date_deadline, TODAY + timedelta(days=7))

    def test_a_deadline_passes_over_holidays_and_closures(self):
        # Bastille day is the Monday; the day after, we are closed.
        self.today = date(2025, 7, 11)
        day = date(2025, 7, 15)
        self.env["btp.closure"].create(
            {
                "name": "Bridge",
                "date_from": day,
                "date_to": day,
                "company_id": self.company.id,
            }
        )
        self.assertEqual(self.escalate().date_deadline, date(2025, 7, 16))

    def test_many_cases_cost_one_activity_and_no_mail(self):
        partners = self.env["res.partner"]
        for rank in range(4):
            partners |= self.make_customer(f"Client {rank}")
            self.make_invoice(late=70, amount=9000, partner=partners[-1])
        self.rules["high_value"].write({"min_amount": 5000, "min_age_days": 60})
        messages = self.env["mail.message"].sudo()
        before = messages.search_count([])
        cases = self.cases._detect_high_value()
        self.assertEqual(cases.partner_id, partners)
        self.assertEqual(cases.user_id, self.manager)
        self.assertEqual(len(self.activities(self.manager)), 1)
        self.assertEqual(messages.search_count([]), before)

    def test_a_rule_that_is_off_or_under_its_amount_records_nothing(self):
        rule = self.rules["broken_promise"]
        self.make_invoice(amount=800)
        rule.active = False
        self.assertFalse(self.escalate())
        rule.write({"active": True, "min_amount": 801})
        self.assertFalse(self.escalate())
        rule.min_amount = 800
        self.assertTrue(self.escalate())

    def test_the_owner_comes_from_the_rule(self):
        rule = self.rules["broken_promise"]
        seller = self.make_user("seller", "base.group_user")
        site = self.make_user("site", "base.group_user")
        self.customer.user_id = seller
        chantier = self.env["btp.chantier"].create(
            {"name": "Quai", "partner_id": self.customer.id, "user_id": site.id}
        )
        move = self.make_invoice(btp_chantier_id=chantier.id)
        for owner, expected in (
            ("follow_up", self.agent),
            ("manager", self.manager),
            ("commercial", seller),
            ("site", site),
            ("user", self.env.user),
        ):
            with self.subTest(owner):
                rule.write({"owner": owner, "user_id": self.env.user.id})
                case = self.escalate(record=move)
                self.assertEqual(case.user_id, expected)
                case.sudo()._close("paid")
        seller.active = False
        rule.owner = "commercial"
        case = self.escalate()
        self.assertEqual(case.user_id, self.agent, "whoever left is passed")
        case.sudo()._close("paid")
        self.agent.active = False
        self.assertEqual(self.escalate().user_id, self.manager)

    def test_each_company_tunes_rules_of_its_own(self):
        other = self.setup_other_company()["company"]
        rules = self.env["btp.escalation.rule"].sudo()
        self.rules["complaint"].active = False
        self.assertFalse(rules._for("complaint", self.company))
        self.assertTrue(rules._for("complaint", other))
        theirs = rules._ensure_own(other)
        self.assertEqual(len(theirs), len(self.rules))
        with self.assertRaises(AccessError):
            theirs[0].with_user(self.manager).min_amount = 5
        seed = self.env.ref("btp_relance.escalation_rule_dispute")
        with self.assertRaises(AccessError):
            seed.with_user(self.manager).min_amount = 5
        with self.assertRaises(AccessError):
            self.rules["dispute"].with_user(self.agent).min_amount = 5
        self.rules["dispute"].with_user(self.manager).min_amount = 5

    # === WHOEVER HANDLES IT === #

    def test_an_owner_has_one_activity_whatever_the_number_of_cases(self):
        for rank in range(3):
            self.escalate(record=self.make_invoice(amount=100 + rank))
        waiting = self.activities(self.agent)
        self.assertEqual(len(waiting), 1)
        case = self.env["btp.escalation"].browse(waiting.res_id)
        case.with_user(self.agent).with_context(outcome="paid").action_close()
        self.assertEqual(len(self.activities(self.agent)), 1, "on the next case")
        self.cases._run_company(self.company)
        self.assertEqual(len(self.activities(self.agent)), 1)

    def test_one_click_closes_with_an_outcome(self):
        case = self.escalate().with_user(self.agent)
        case.write({"note": "Will pay by cheque", "minutes": 30})
        self.company.sudo().btp_hourly_rate = 40
        case.minutes = 45
        self.assertEqual(case.cost_time, 30)
        case.with_context(outcome="promise").action_close()
        self.assertEqual((case.state, case.outcome), ("done", "promise"))
        self.assertEqual((case.closed_by_id, case.closed_on), (self.agent, TODAY))
        self.assertIn("Will pay by cheque", self.journal("escalation_done").detail)
        self.assertFalse(self.activities(self.agent))
        cost = self.company._get_btp_cost_to_collect(TODAY, TODAY)
        self.assertEqual((cost["minutes"], cost["time"]), (45, 30))
        with self.assertRaisesRegex(UserError, "already closed"):
            case.with_context(outcome="paid").action_close()
        case.action_reopen()
        self.assertEqual((case.state, case.outcome), ("open", False))
        case.with_context(outcome="promise").action_close()
        self.escalate()
        with self.assertRaisesRegex(UserError, "open already"):
            case.action_reopen()

    def test_a_state_is_never_typed_in(self):
        case = self.escalate().with_user(self.agent)
        for values in ({"state": "done"}, {"outcome": "paid"}, {"amount": 1}):
            with self.subTest(values), self.assertRaises(AccessError):
                case.write(values)
        for outcome in ("settled", "nonsense", None):
            with self.assertRaisesRegex(UserError, "one of the buttons"):
                case.with_context(outcome=outcome).action_close()

    def test_a_late_case_goes_up_to_the_manager_once(self):
        self.make_invoice()
        case = self.escalate()
        self.after(1)
        self.cases._run_company(self.company)
        self.assertEqual(case.user_id, self.agent)
        self.after(2)
        self.cases._run_company(self.company)
        self.assertEqual((case.user_id, case.raised_on), (self.manager, self.today))
        self.assertGreater(case.date_deadline, self.today)
        self.assertFalse(self.activities(self.agent))
        self.assertEqual(len(self.activities(self.manager)), 1)
        self.after(20)
        self.cases._run_company(self.company)
        self.assertEqual(len(self.journal("escalated_up")), 1)
        own = self.escalate("complaint")
        self.after(40)
        self.cases._run_company(self.company)
        self.assertFalse(own.raised_on, "nobody is above the manager")
        self.assertEqual(own.urgency, "late")

    def test_a_case_given_to_another_person_takes_its_activity_along(self):
        case = self.escalate().with_user(self.agent)
        case.user_id = self.manager
        self.assertFalse(self.activities(self.agent))
        self.assertEqual(len(self.activities(self.manager)), 1)

    def test_what_is_paid_is_closed_by_itself_and_judged_by_nobody(self):
        move = self.make_invoice()
        case = self.escalate()
        self.cases._settle_caught_up()
        self.assertEqual(case.state, "open")
        self.pay(move)
        self.cases._settle_caught_up()
        self.assertEqual((case.state, case.outcome), ("done", "settled"))
        self.assertFalse(case.closed_by_id)

    # === AT HAND === #

    def test_what_comes_next_is_at_hand(self):
        self.make_invoice()
        case = self.escalate().with_user(self.agent)
        self.assertEqual(case.action_open_partner()["res_id"], self.customer.id)
        self.assertEqual(case.action_call()["url"], "tel:+33144000000")
        self.assertEqual(case.acted_on, TODAY)
        self.assertEqual(case.action_open_legal_file()["res_model"], "btp.litigation")
        action = case.action_propose_plan()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        wizard = wizard.with_context(**action["context"]).create({})
        self.assertEqual(wizard.move_line_ids, case.sudo().line_ids)
        self.assertEqual(self.customer.with_user(self.agent).btp_escalation_count, 1)
        self.customer.phone = False
        with self.assertRaisesRegex(UserError, "no number"):
            case.action_call()

    def test_my_day_counts_the_cases_and_groups_them_by_deadline(self):
        relances = self.env["btp.relance"].with_user(self.agent)
        labels = {figure["label"] for figure in relances.get_my_day()}
        self.assertNotIn("Cases to settle", labels)
        late = self.escalate()
        self.escalate(record=self.make_invoice())
        late.sudo().date_deadline = TODAY - timedelta(days=1)
        figures = {figure["label"]: figure["value"] for figure in relances.get_my_day()}
        self.assertEqual(figures["Cases to settle"], "2")
        groups = dict(
            self.env["btp.escalation"]._read_group(
                [("company_id", "=", self.company.id)], ["urgency"], ["__count"]
            )
        )
        self.assertEqual(groups, {"late": 1, "soon": 1})
        self.assertEqual(
            (late.urgency, late.search([("urgency", "=", "late")])), ("late", late)
        )

    # === HOLD === #

    def test_a_rule_may_hold_what_leaves_by_itself(self):
        move = self.make_invoice(late=5)
        self.escalate("complaint")
        self.assertEqual(self.echeances(move).hold_code, "escalated")
        self.assertFalse(self.plan())
        why = dict(self.echeances(move)._get_why())
        self.assertIn("settling a case", why["Why does it wait?"])
        self.step(3).approval = "manual"
        self.assertTrue(self.plan(), "what a person approves may leave")

    def test_the_hold_ends_with_the_case_or_with_the_rule(self):
        move = self.make_invoice(late=5)
        case = self.escalate("complaint")
        self.rules["complaint"].holds = False
        self.assertFalse(self.echeances(move).hold_code)
        self.rules["complaint"].holds = True
        self.assertEqual(self.echeances(move).hold_code, "escalated")
        case.with_context(outcome="nothing").action_close()
        self.assertFalse(self.echeances(move).hold_code)

    # === ACCESS === #

    def test_whoever_owns_a_case_handles_it_and_sees_no_other(self):
        seller = self.make_user("seller", "base.group_user")
        mine = self.escalate(record=self.make_invoice())
        mine.sudo().user_id = seller
        other = self.escalate()
        seen = self.env["btp.escalation"].with_user(seller).search([])
        self.assertEqual(seen, mine)
        with self.assertRaises(AccessError):
            other.with_user(seller).read(["reason"])
        with self.assertRaises(AccessError):
            mine.with_user(seller).read(["amount"])
        mine.with_user(seller).with_context(outcome="promise").action_close()
        self.assertEqual(mine.closed_by_id, seller)

    def test_companies_never_mix(self):
        other = self.setup_other_company()["company"]
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        case = self.escalate()
        for model in ("btp.escalation", "btp.escalation.stat"):
            found = self.env[model].with_user(stranger).search([])
            self.assertNotIn(case.id, found.ids)
        with self.assertRaises(AccessError):
            case.with_user(stranger).with_context(outcome="paid").action_close()
        move = self.make_invoice()
        theirs = self.env["btp.escalation"]._escalate(
            "complaint", move, self.customer, other, "Theirs", lines=move.line_ids[:0]
        )
        self.assertEqual(theirs.company_id, other)
        self.assertFalse(self.echeances(move).hold_code, "another company's case")

    def test_what_was_said_goes_in_time_and_the_figures_stay(self):
        case = self.escalate()
        case.note = "Divorce in the family"
        privacy = self.env["btp.privacy"].sudo()

        def due(cutoff=TODAY):
            query = privacy._query("escalation", self.company, TODAY, cutoff)
            return self.env.execute_query(query)

        self.assertEqual(due(), [(case.id, True)], "it is open")
        case.with_context(outcome="promise").action_close()
        self.assertFalse(due(TODAY - timedelta(days=1)))
        self.assertEqual(due(), [(case.id, False)])
        self.assertEqual(privacy._erase("escalation", case.ids), 1)
        self.assertFalse(case.note or case.reason or case.message_ids)
        self.assertEqual(case.outcome, "promise")
        self.assertFalse(due())

    def test_the_database_allows_one_case_a_debtor(self):
        rule = self.rules["high_value"]
        vals = self.cases._prepare(
            "high_value", self.customer, self.customer, self.company, "Much", None, {}
        )
        first = self.cases._open(rule, [vals])
        again = self.cases._open(rule, [{**vals, "res_id": self.customer.id + 1}])
        self.assertTrue(first)
        self.assertFalse(again, "the constraint stands, and stops nothing else")
