# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An agreement signed on paper does what the signature on the page does."""

import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..engine.chain import sha256
from .daily_job import TODAY
from .test_payment_plan import PlanCommon

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def photograph():
    """Return a sheet of paper, as a phone shows it."""
    stream = io.BytesIO()
    Image.new("RGB", (2000, 2800), "white").save(stream, "JPEG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestPlanPaper(PlanCommon):
    def file(self, plan, user=None, **values):
        """File the paper as a person does."""
        action = plan.with_user(user or self.manager).action_sign_on_paper()
        wizard = (
            self.env[action["res_model"]]
            .with_user(user or self.manager)
            .with_context(**action["context"])
            .create(
                {
                    "signer_name": "Paul Martin",
                    "signed_day": self.today,
                    "content": base64.b64encode(PDF),
                    "content_name": "signé.pdf",
                    "same_terms": True,
                    **values,
                }
            )
        )
        wizard.action_confirm()
        return plan

    def test_it_holds_and_the_paper_is_the_agreement(self):
        move = self.make_invoice()
        plan = self.request(move)
        self.after(3)
        self.file(plan, signed_day=self.days_later(1))
        self.assertEqual((plan.state, plan.signed_how), ("active", "paper"))
        self.assertEqual(plan.signed_day, self.days_later(1))
        agreement = plan.sudo().agreement_id
        self.assertEqual(agreement.raw, PDF)
        self.assertEqual(plan.sudo().agreement_sha256, sha256(PDF))
        self.assertEqual(move.btp_limitation_interrupted_on, self.days_later(1))
        event = self.env["btp.relance.event"].search([("kind", "=", "plan_signed")])
        self.assertIn("on paper on 06/17/2025", event.detail)
        self.assertIn(sha256(PDF), event.documents)
        self.assertEqual(self.told(plan)[-1], "plan_signed")
        self.assertEqual(plan.sudo()._get_agreement(), agreement)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            agreement.with_user(self.manager).unlink()

    def test_a_picture_of_it_becomes_a_pdf(self):
        plan = self.request(self.make_invoice())
        self.file(
            plan, content=base64.b64encode(photograph()), content_name="photo.jpg"
        )
        content = plan.sudo().agreement_id.raw
        self.assertTrue(content.startswith(b"%PDF-"))
        self.assertEqual(plan.sudo().agreement_sha256, sha256(content))

    def test_what_came_in_before_it_was_filed_is_not_counted_twice(self):
        move = self.make_invoice()
        plan = self.request(move)
        self.after(2)
        self.pay(move, 300)
        self.assertEqual(plan.amount, 700)
        self.after(4)
        self.file(plan, signed_day=self.days_later(1))
        self.assertEqual((plan.paid_amount, plan.left_amount), (0, 700))
        self.pay(move, 333.33)
        self.assertEqual((plan.paid_amount, plan.left_amount), (333.33, 366.67))

    def test_what_cannot_be_filed(self):
        plan = self.request(self.make_invoice())
        for values, words in (
            ({"same_terms": False}, "Compare the paper"),
            ({"signed_day": self.days_later(1)}, "not after today"),
            ({"signed_day": self.days_later(-1)}, "not before the plan"),
            ({"signer_name": " "}, "name of whoever signed"),
            ({"content_name": "signed.exe"}, "as a PDF"),
            ({"content": base64.b64encode(b"MZ program")}, "as a PDF"),
        ):
            with (
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                self.file(plan, **values)
        self.assertEqual(plan.state, "to_sign")
        self.file(plan)
        with self.assertRaisesRegex(UserError, "waits for its signature"):
            self.file(plan)

    def test_only_who_may_approve(self):
        plan = self.request(self.make_invoice())
        with self.assertRaisesRegex(UserError, "A manager decides"):
            plan.with_user(self.agent).action_sign_on_paper()
        with self.assertRaises(AccessError):
            self.env["btp.payment.plan.paper"].with_user(self.agent).create(
                {"plan_id": plan.id}
            )
        self.assertEqual(plan.requested_on, TODAY)
