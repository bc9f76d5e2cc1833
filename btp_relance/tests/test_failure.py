# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One bad reminder fails alone, in one clear sentence; what passes is tried again."""

import json
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import RelanceCommon

MAIL_LOG = "odoo.addons.mail.models.mail_mail"
BROKEN = "<p><t t-out='object.no_such_field'/></p>"


@tagged("post_install", "-at_install")
class TestFailure(RelanceCommon):
    # === ONE BAD RECORD === #

    def assertFailsAlone(self, bad, good, words):
        """The bad one fails in one sentence; the good ones leave."""
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(set(good.mapped("state")), {"sent"})
        self.assertEqual((bad.state, bad.desk), ("failed", "failed"))
        self.assertIn(words, bad.failure_reason)
        self.assertNotIn("Traceback", bad.failure_reason)
        self.assertNotIn("\n", bad.failure_reason)
        self.assertLess(len(bad.failure_reason), 300)
        self.assertEqual(self.events(bad, "failed").detail, bad.failure_reason)
        self.assertFalse(self.mails_of(bad))
        self.assertFalse(bad.retry_at)
        self.assertEqual(bad.line_ids.state, "planned")

    def test_a_broken_placeholder_fails_alone(self):
        # Odoo refuses to save most of these: they come with a field that was removed, or
        # with a record for which they make no sense.
        for field, value in (
            ("body_html", BROKEN),
            ("body_html", "<p><t t-out='object.amount_due / 0'/></p>"),
            ("body_html", "<p><t t-out='object.('/></p>"),
            ("subject", "{{ object.no_such_field }}"),
        ):
            with self.subTest(value):
                template = self.make_template(name="Broken")
                self.break_template(template, field, value)
                broken = self.make_scenario([(3, {"template_id": template.id})])
                partner = self.make_customer("Mauvais modele")
                self.make_invoice(partner=partner, btp_scenario_id=broken.id)
                relances = self.plan_many(2) | self.env["btp.relance"].search(
                    [("state", "=", "approved")]
                )
                bad = relances.filtered(lambda r, p=partner: r.partner_id == p)
                self.assertFailsAlone(bad, relances - bad, "Broken")

    def break_template(self, template, field="body_html", value=BROKEN):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE mail_template SET %s = %s WHERE id = %s",
                SQL.identifier(field),
                json.dumps({"en_US": value}),
                template.id,
            )
        )
        template.invalidate_recordset()

    def test_the_placeholder_that_is_wrong_is_named(self):
        self.break_template(self.template)
        self.make_invoice()
        relance = self.plan()
        self.dispatch()
        self.assertIn("no_such_field", relance.failure_reason)
        self.assertIn("no_such_field", relance.preview)

    def test_a_step_that_lost_its_message_fails_alone(self):
        template = self.make_template(name="Deleted")
        lost = self.make_scenario([(3, {"template_id": template.id, "name": "Lost"})])
        self.make_invoice(btp_scenario_id=lost.id)
        relances = self.plan_many(2)
        bad = relances.filtered(lambda relance: relance.partner_id == self.customer)
        self.env.cr.execute(
            "UPDATE btp_relance_step SET template_id = NULL WHERE id = %s",
            lost.step_ids.ids,
        )
        lost.step_ids.invalidate_recordset(["template_id"])
        self.assertFailsAlone(bad, relances - bad, "“Lost” has no message")

    def test_a_call_without_a_script_is_a_call_all_the_same(self):
        self.step(3).write({"channel": "call", "template_id": False})
        self.make_invoice()
        relance = self.plan()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")

    def test_after_the_correction_it_leaves(self):
        good = self.template.body_html
        self.break_template(self.template)
        self.make_invoice()
        relance = self.plan()
        self.dispatch()
        self.assertEqual(relance.state, "failed")
        self.assertEqual(self.dispatch(), {})
        self.template.body_html = good
        relance.action_retry()
        self.dispatch()
        self.assertEqual((relance.state, relance.failure_reason), ("sent", False))

    # === THE MAIL SERVER SAYS NO === #

    def send_refused(self, error, method="send_email"):
        with (
            self.mock_mail_gateway(),
            patch.object(self.registry["ir.mail_server"], method, side_effect=error),
            mute_logger(MAIL_LOG),
        ):
            self.dispatch()
            self.send_mails()

    def sent_mail_refused(self, error, method="send_email"):
        self.make_invoice()
        relance = self.plan()
        self.send_refused(error, method)
        return relance

    def test_a_server_that_is_down_is_tried_again_by_itself_a_few_times(self):
        with freeze_time("2025-06-16 06:00:00") as clock:
            relance = self.sent_mail_refused(
                OSError("connection refused"), "_connect__"
            )
            for hours in (1, 6, 24):
                self.assertEqual(relance.state, "failed")
                self.assertIn("connection refused", relance.failure_reason)
                expected = fields.Datetime.now() + timedelta(hours=hours)
                self.assertEqual(relance.retry_at, expected)
                clock.tick(timedelta(hours=hours, minutes=-1))
                self.assertEqual(self.dispatch(), {})
                clock.tick(timedelta(minutes=1))
                self.send_refused(OSError("connection refused"), "_connect__")
            self.assertEqual((relance.state, relance.retry_at), ("failed", False))
        self.assertEqual(self.events(relance).mapped("kind"), ["sent", "failed"] * 4)
        self.assertEqual(relance.line_ids.state, "planned")
        self.assertFalse(relance.contacted_on)

    def test_a_server_that_is_back_gets_it_once(self):
        relance = self.sent_mail_refused(OSError("down"), "_connect__")
        relance.sudo().retry_at = fields.Datetime.now()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        self.assertEqual((relance.state, len(self._mails)), ("sent", 1))
        kinds = self.events(relance).mapped("kind")
        self.assertEqual(kinds, ["sent", "failed", "sent", "delivered"])

    def test_an_invalid_address_is_final(self):
        relance = self.sent_mail_refused(
            AssertionError(IrMail_Server.NO_VALID_RECIPIENT)
        )
        self.assertEqual((relance.state, relance.retry_at), ("failed", False))
        self.assertIn(
            "The mail server did not take the message", relance.failure_reason
        )

    def test_a_message_without_recipient_is_not_taken_for_sent(self):
        self.template.partner_to = ""
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway(), mute_logger(MAIL_LOG):
            self.dispatch()
            self.send_mails()
        self.assertEqual((relance.state, relance.retry_at), ("failed", False))

    def test_a_failure_known_late_leaves_the_debtor_s_next_reminder_in_peace(self):
        self.make_invoice(late=5)
        first = self.plan()
        self.dispatch()
        self.make_invoice(late=4)
        second = self.plan()
        self.assertTrue(second)
        with (
            self.mock_mail_gateway(),
            patch.object(
                self.registry["ir.mail_server"],
                "_connect__",
                side_effect=OSError("down"),
            ),
        ):
            self.send_mails()
        self.assertEqual((first.state, second.state), ("cancelled", "approved"))
        self.assertIn("down", first.cancel_reason)
        self.assertEqual(first.line_ids.filtered("step_id").state, "dropped")
