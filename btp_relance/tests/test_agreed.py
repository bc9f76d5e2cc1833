# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Promises and instalments where people meet them: calls, messages, screens, files."""

from datetime import date

from odoo.exceptions import UserError
from odoo.modules.module import load_script
from odoo.tests import Form, tagged

from .test_payment_plan import PlanCommon

SCRIPT = "btp_relance/migrations/19.0.1.3.0/post-agreed.py"


@tagged("post_install", "-at_install")
class TestAgreed(PlanCommon):
    def call(self):
        """Return a call on the desk, and its invoice."""
        self.scenario.step_ids.filtered(lambda step: step.days == 3).channel = "call"
        move = self.make_invoice()
        relance = self.plan()
        self.dispatch()
        return relance, move

    def press(self, relance, outcome, **values):
        wizard = (
            self.env["btp.relance.outcome"]
            .with_user(self.agent)
            .with_context(outcome=outcome)
            .create({"relance_id": relance.id, **values})
        )
        return wizard.action_outcome()

    def promises(self, moves):
        return self.env["btp.promise"].search([("line_ids.move_id", "in", moves.ids)])

    def open_wizard(self, model, records):
        return self.env[model].with_context(
            active_model=records._name, active_ids=records.ids
        )

    # === CALLS === #

    def test_a_part_promised_on_the_phone(self):
        relance, move = self.call()
        self.press(
            relance, "promise", promise_date=self.days_later(4), promise_amount=400
        )
        promise = self.promises(move)
        self.assertEqual((promise.amount, promise.relance_id), (400, relance))
        self.assertEqual(promise.user_id, self.agent)
        confirmation = self.env["btp.confirmation"].search(
            [("promise_id", "=", promise.id)]
        )
        self.assertEqual((confirmation.kind, confirmation.amount), ("promise", 400))

    def test_beyond_the_limits_the_note_of_the_call_is_the_reason(self):
        relance, move = self.call()
        late = self.days_later(60)
        with (
            self.assertRaisesRegex(UserError, "type the reason"),
            self.env.cr.savepoint(),
        ):
            self.press(relance, "promise", promise_date=late)
        self.press(relance, "promise", promise_date=late, note="Loan on 10 August")
        self.assertEqual(self.promises(move).reason, "Loan on 10 August")

    def test_a_payment_on_its_way_stays_a_pause(self):
        relance, move = self.call()
        self.press(relance, "cheque")
        self.assertFalse(self.promises(move))
        self.assertTrue(move.btp_no_reminder)

    def test_what_waited_falls_when_it_is_promised(self):
        move = self.make_invoice(late=12)
        self.plan()
        relance = self.plan(20)
        relance = relance or self.env["btp.relance"].search(
            [("partner_id", "=", self.customer.id), ("state", "=", "approved")]
        )
        self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(24), self.lines(move)
        )
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("Promised", relance.cancel_reason)

    # === SCREENS === #

    def test_noted_from_an_amount_due(self):
        move = self.make_invoice()
        wizard = Form(
            self.open_wizard(
                "btp.promise.wizard", self.echeances(move).with_user(self.agent)
            ).with_user(self.agent)
        )
        self.assertEqual((wizard.due, wizard.amount), (1000, 1000))
        wizard.day = self.days_later(50)
        self.assertTrue(wizard.limit)
        wizard.day = self.days_later(5)
        self.assertFalse(wizard.limit)
        wizard.amount = 600
        action = wizard.save().action_confirm()
        promise = self.env["btp.promise"].browse(action["res_id"])
        self.assertEqual((promise.amount, promise.source), (600, "agent"))
        paid = self.make_invoice()
        self.pay(paid)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.open_wizard("btp.promise.wizard", paid).default_get(["due"])

    def test_instalments_proposed_from_the_customer(self):
        move = self.make_invoice()
        self.env.flush_all()
        wizard = Form(
            self.open_wizard("btp.payment.plan.wizard", self.customer).with_user(
                self.agent
            )
        )
        wizard.count = 2
        self.assertEqual(len(wizard.line_ids), 2)
        with wizard.line_ids.edit(0) as line:
            line.amount = 800
        with wizard.line_ids.edit(1) as line:
            line.amount = 200
        action = wizard.save().action_confirm()
        plan = self.env["btp.payment.plan"].browse(action["res_id"])
        self.assertEqual(plan.move_ids, move)
        self.assertEqual(plan.instalment_ids.mapped("amount"), [800, 200])

    def test_counted_where_one_looks_for_them(self):
        relance, move = self.call()
        self.press(relance, "promise", promise_date=self.days_later(0))
        for record in (relance, move, self.customer):
            record = record.with_user(self.agent)
            self.assertEqual(record.btp_promise_count, 1)
            domain = record.action_view_btp_promises()["domain"]
            self.assertEqual(
                self.env["btp.promise"].search(domain), self.promises(move)
            )
        other = self.make_invoice(amount=4000)
        self.request(other)
        figures = {
            figure["label"]: figure["value"]
            for figure in relance.with_user(self.agent).get_my_day()
        }
        self.assertEqual(figures.get("Promised for today"), "1", figures)
        self.assertEqual(figures["Instalments to decide"], "1")
        self.assertNotIn("Promises to look at", figures)
        self.run_jobs(10)
        figures = {
            figure["label"]: figure["value"]
            for figure in relance.with_user(self.agent).get_my_day()
        }
        self.assertEqual(figures["Promises to look at"], "1")

    def test_an_amount_due_says_what_was_promised_and_agreed(self):
        move, other = self.make_invoice(), self.make_invoice()
        self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(4), self.lines(move)
        )
        self.signed(other)
        facts = dict(self.echeances(move)._get_why())
        self.assertIn("06/20/2025", facts["What was promised?"])
        self.assertIn("Promised by the customer", facts["Why does it wait?"])
        facts = dict(self.echeances(other)._get_why())
        self.assertIn("3 instalments", facts["Paid by instalments?"])
        self.assertIn("06/26/2025", facts["Paid by instalments?"])

    def test_the_dry_run_knows_when_a_promise_and_a_plan_would_end(self):
        move = self.make_invoice()
        self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(4), self.lines(move)
        )
        other = self.make_customer("Second Customer")
        self.signed(self.make_invoice(partner=other))
        forecast = self.env["btp.relance.forecast"].create({"days": 30})
        forecast._simulate()

        def first(partner):
            lines = forecast.line_ids.filtered(lambda li: li.partner_id == partner)
            return min(lines.mapped("day"))

        self.assertEqual(first(self.customer), date(2025, 6, 25))
        # Due on 26 June, in time until Monday 30; warned the day after, void on 10 July.
        self.assertEqual(first(other), date(2025, 7, 10))

    # === MESSAGES === #

    def test_messages_offer_instalments_only_where_allowed(self):
        self.template.body_html = "<div><t t-call='btp_relance.mail_payment'/></div>"
        self.make_invoice()
        relance = self.plan()
        self.assertTrue(relance.offers_plan)
        self.assertEqual(relance.text_instalments, "4")
        self.assertIn("instalments", relance.preview)
        for record, values in (
            (self.scenario, {"allow_plan": False}),
            (self.company.sudo(), {"btp_plan_active": False}),
            (self.company.sudo(), {"btp_plan_max_amount": 500}),
            (self.customer, {"btp_regime": "public_30"}),
        ):
            before = {name: record[name] for name in values}
            record.write(values)
            relance.invalidate_recordset()
            self.assertFalse(relance.offers_plan)
            self.assertNotIn("instalments", relance.preview)
            self.assertFalse(relance.text_instalments)
            record.write(before)

    def test_every_message_about_a_plan_can_be_written(self):
        plan = self.signed(self.make_invoice())
        plan.sudo().warned_until = self.days_later(20)
        part = plan.instalment_ids[0]
        for lang in ("en_US", "fr_FR"):
            self.env["res.lang"]._activate_lang(lang)
            self.customer.lang = lang
            for kind in ("to_sign", "signed", "refused", "coming", "warning", "void"):
                template = self.env.ref(f"btp_relance.template_plan_{kind}")
                confirmation = (
                    self.env["btp.confirmation"]
                    .sudo()
                    .create(
                        {
                            **self.env["btp.confirmation"]._prepare_about(plan),
                            "kind": f"plan_{kind}",
                            "plan_id": plan.id,
                            "plan_line_id": part.id,
                        }
                    )
                )
                body = template._render_field(
                    "body_html", confirmation.ids, compute_lang=True
                )[confirmation.id]
                self.assertNotIn("False", body)
                self.assertIn("333" if kind in ("coming", "warning") else "1", body)
                confirmation.unlink()

    # === EXHIBITS === #

    def test_the_agreement_is_an_exhibit_of_the_litigation_file(self):
        move = self.make_invoice()
        plan = self.signed(move)
        file = self.env["btp.litigation"]._make(move)
        exhibit = file.exhibit_ids.filtered(lambda one: plan.reference in one.title)
        self.assertEqual(len(exhibit), 1)
        self.assertEqual(exhibit.day, plan.signed_day)

    # === WHAT WAS THERE BEFORE === #

    def test_a_promise_noted_on_a_call_becomes_a_promise(self):
        script = load_script(SCRIPT, "post_agreed")
        relance, move = self.call()
        relance.sudo().write(
            {
                "call_outcome": "promise",
                "promise_date": date(2025, 6, 20),
                "state": "sent",
                "contacted_on": self.today,
            }
        )
        move.write(
            {
                "btp_no_reminder": True,
                "btp_no_reminder_until": date(2025, 6, 24),
                "btp_no_reminder_reason": "Promises to pay",
            }
        )
        paused = self.make_invoice()
        paused.btp_no_reminder = True
        self.after(3)
        for _again in range(2):
            script.make_promises(self.env(su=True))
        promise = self.promises(move)
        self.assertEqual(
            (promise.state, promise.amount, promise.hold_until),
            ("open", 1000, date(2025, 6, 24)),
        )
        self.assertFalse(move.btp_no_reminder)
        self.assertTrue(paused.btp_no_reminder)
        self.assertEqual(self.hold(move), ["promise"])
        self.assertFalse(
            self.env["btp.confirmation"].search_count([("promise_id", "=", promise.id)])
        )
        self.run_jobs(9)
        self.assertEqual(promise.state, "broken")

    def test_messages_that_somebody_rewrote_are_left_alone(self):
        script = load_script(SCRIPT, "post_agreed")
        template = self.env.ref("btp_relance.template_standard_p3")
        template.body_html = "<p>Our own words</p>"
        script.renew_messages(self.env(su=True))
        self.assertIn("Our own words", template.body_html)

    def test_companies_at_work_decide_whether_to_offer_instalments(self):
        script = load_script(SCRIPT, "post_agreed")
        other = self.setup_other_company()["company"]
        script.leave_to_managers(self.env(su=True))
        self.assertFalse(self.company.btp_plan_active)
        self.assertTrue(other.btp_plan_active)
        self.assertFalse(self.env.ref("btp_relance.scenario_public").allow_plan)
