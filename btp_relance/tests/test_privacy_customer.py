# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What customers said, agreed to and signed: kept as long as it is evidence, then erased."""

from odoo.tests import tagged

from .privacy_common import EMAIL, NAME, PHONE, PrivacyCommon
from .test_payment_plan import PNG

WORDS = (NAME, EMAIL, PHONE)


@tagged("post_install", "-at_install")
class TestPrivacyCustomer(PrivacyCommon):
    def lines(self, move):
        return move.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def promise(self, move):
        promise = self.env["btp.promise"]._make(
            self.customer,
            self.company,
            self.days_later(3),
            self.lines(move),
            contact=self.zoe,
            quote=f"{NAME} pays on Thursday",
        )
        promise.sudo().note = f"Called {NAME} at {PHONE}"
        return promise.sudo()

    def signed(self, move):
        plan = self.env["btp.payment.plan"]._request(
            self.customer,
            self.company,
            self.lines(move),
            2,
            self.days_later(5),
            contact=self.zoe,
            note=f"Asked by {NAME}",
        )
        plan._sign(NAME, PNG.decode(), "192.0.2.99")
        return plan.sudo()

    def dispute(self, move):
        dispute = (
            self.env["btp.dispute"]
            ._open(move, "price", f"{NAME}: too dear", contact=self.zoe)
            .sudo()
        )
        dispute.message_post(body=f"Word of {NAME}", author_id=self.zoe.id)
        return dispute

    def answer(self):
        return (
            self.env["btp.answer"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "email_from": f"{NAME} <{EMAIL}>",
                    "subject": f"From {NAME}",
                    "text": f"{NAME} will pay",
                    "received_on": self.env.cr.now(),
                    "reading_ids": [
                        (0, 0, {"kind": "promise", "quote": NAME, "confidence": 1})
                    ],
                }
            )
        )

    def ask(self):
        """Return what is held about Zoe: ``{kind: (free, kept)}``, and the screen."""
        request = self.env["btp.privacy.request"].create({"partner_id": self.zoe.id})
        return request, self.held(request)

    def test_all_that_was_said_is_erased_once_nothing_needs_it(self):
        first, second, third = (self.make_invoice(5) for _ in range(3))
        promise, plan = self.promise(first), self.signed(second)
        dispute, answer = self.dispute(third), self.answer()
        self.env["btp.escalation"]._escalate(
            "dispute", dispute, self.customer, self.company, f"{NAME} is angry"
        )
        cases = self.env["btp.escalation"].sudo()
        cases = cases.search([("partner_id", "=", self.customer.id)])
        self.assertIn(NAME, "".join(cases.mapped("reason")))
        signature = self.env["ir.attachment"].search(
            [("res_model", "=", plan._name), ("res_id", "=", plan.id), ("id", "!=", 0)]
        )
        self.assertEqual(len(signature), 2, "the drawing and the agreement")
        self.dispatch()
        # Unpaid, all of it is evidence of a claim.
        request, held = self.ask()
        for kind in ("promise", "plan", "dispute", "answer"):
            self.assertEqual(held[kind], (0, 1), kind)
        request.action_erase()
        self.assertTrue(plan.signature and plan.signer_ip and promise.note)
        self.assertIn("17(3)(e)", request.told)
        # Paid, settled and time-barred.
        self.pay(first | second | third)
        dispute.sudo().write({"state": "rejected", "closed_on": self.today})
        answer._mark_read()
        cases.write({"state": "done", "closed_on": self.today})
        self.years_later(8)
        request, held = self.ask()
        for kind in ("promise", "plan", "dispute", "answer"):
            self.assertEqual(held[kind], (1, 0), kind)
        request.action_erase()
        self.assertFalse(signature.exists())
        self.assertFalse(plan.signature or plan.signer_ip or plan.access_token)
        self.assertEqual((plan.state, promise.state), ("done", "kept"))
        self.assertEqual(promise.contact_id, self.customer)
        self.assertEqual(self.where(*WORDS), set())
        self.assertEqual(self.ask()[1], {})
        self.assertFalse(self.Event._verify(self.company)["broken"])

    def test_a_signed_agreement_outlives_the_reminder_that_it_answers(self):
        relance = self.remind()
        other = self.make_invoice(5)
        plan = self.signed(other)
        plan.relance_id = relance
        self.years_later(8)
        done = self.done(self.purge())
        self.assertEqual(done["message"], (1, 0, 0))
        self.assertTrue(relance.privacy_erased_on)
        self.assertEqual(done["plan"][:2], (0, 1), "its invoice is unpaid")
        self.assertTrue(plan.signature and plan.agreement_id.raw)
        self.assertEqual(plan.signer_name, NAME)

    def test_the_purge_takes_what_is_past_its_time(self):
        move = self.make_invoice(5)
        promise, plan = self.promise(move), self.signed(self.make_invoice(5))
        self.pay(move)
        self.pay(plan.move_ids)
        self.assertEqual(self.done(self.purge())["promise"], (0, 0, 0))
        self.years_later(8)
        done = self.done(self.purge())
        self.assertEqual((done["promise"], done["plan"]), ((1, 0, 0), (1, 0, 0)))
        self.assertFalse(promise.note or plan.signer_name)
        self.assertEqual(self.done(self.purge())["promise"], (0, 0, 0))

    def test_who_was_asked_on_the_site_is_forgotten(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Les Pins", "partner_id": self.customer.id}
        )
        task = self.env["btp.site.task"].sudo()
        task = task.create(
            {
                "company_id": chantier.company_id.id,
                "chantier_id": chantier.id,
                "partner_id": self.zoe.id,
                "kind": "document",
                "sent_on": self.today,
            }
        )
        self.assertEqual(self.ask()[1]["site_task"], (0, 1))
        task._end("done")
        request, held = self.ask()
        self.assertEqual(held["site_task"], (1, 0))
        request.action_erase()
        self.assertFalse(task.exists())

    def test_odoo_s_lookup_refuses_what_is_evidence(self):
        plan = self.signed(self.make_invoice(5))
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(self.env.ref("base.user_admin"))
            .create({"name": NAME, "email": EMAIL})
        )
        wizard.action_lookup()
        line = wizard.line_ids.filtered(lambda row: row.res_model == plan._name)
        line.action_unlink_all()
        self.assertIn("17(3)(e)", line.execution_details)
        self.assertTrue(plan.exists() and plan.signer_name)
