# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What comes in wrong is told on its reminder, and keeps back nothing else of its batch."""

from odoo.tests import tagged

from .registered_common import RegisteredCommon
from .test_sms import SmsCommon

#: A pdf of forty megabytes.
HUGE = b"%PDF-1.4\n" + b"0" * (40 * 1024 * 1024)
CHANNELS = ("email", "letter", "registered", "call")


@tagged("post_install", "-at_install")
class TestBadInput(RegisteredCommon, SmsCommon):
    def attach_pdf(self, move, content):
        """Give an invoice the PDF that was issued for it."""
        self.env["ir.attachment"].create(
            {
                "name": f"{move.name.replace('/', '-')}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": move._name,
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
            }
        )
        move.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])

    def leave(self):
        """Dispatch, and let the queue make the messages; return them."""
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
            return list(self._mails)

    # === FORTY MEGABYTES === #

    def test_an_invoice_of_forty_megabytes_is_left_out_and_told(self):
        self.step(3).attach_invoices = True
        self.attach_pdf(self.make_invoice(late=6), HUGE)
        small = self.make_invoice(late=5)
        self.attach_pdf(small, b"%PDF-1.4 small")
        self.make_invoice(partner=self.make_customer("Autre Client"))
        relances = self.plan()
        mails = self.leave()
        self.assertEqual(set(relances.mapped("state")), {"sent"})
        self.assertEqual(len(mails), 2)
        [mine] = [mail for mail in mails if mail["attachments"]]
        self.assertEqual(
            [content for _n, content, _t in mine["attachments"]], [b"%PDF-1.4 small"]
        )
        told = self.events(self.of(relances, self.customer), "sent")
        self.assertIn("Not attached", told.detail)
        self.assertIn("(40.0 MB)", told.detail)
        self.assertNotIn(small.name.replace("/", "-"), told.detail)

    def test_a_message_that_carries_forty_megabytes_leaves_with_a_link(self):
        self.template.attachment_ids = self.env["ir.attachment"].create(
            {
                "name": "Plan.pdf",
                "raw": HUGE,
                "res_model": "mail.template",
                "res_id": self.template.id,
            }
        )
        self.make_invoice()
        relance = self.plan()
        [mail] = self.leave()
        self.assertEqual(relance.state, "sent")
        self.assertFalse(mail["attachments"])
        self.assertIn("Plan.pdf", mail["body"])
        self.assertIn("/web/content/", mail["body"])

    # === ONE BAD RECORD AMONG GOOD ONES, BY EVERY CHANNEL === #

    def plan_mixed(self):
        """Return reminders of three customers by each channel, in one batch.

        The second of each has something in it on which its message breaks; the text
        message of the second goes to a number that became none after planning.
        """
        self.template.sudo().body_html = (
            "<p><t t-out=\"1 / int(object.partner_id.ref != 'bad')\"/></p>"
        )
        for channel in (*CHANNELS, "sms"):
            values = {"channel": channel, "name": channel}
            if channel == "sms":
                values["sms_template_id"] = self.sms_template.id
            scenario = self.make_scenario([(3, values)], name=channel)
            for rank in range(3):
                partner = self.make_customer(
                    f"{channel} {rank}", ref="bad" if rank == 1 else "good"
                )
                if channel == "sms":
                    partner.write({"phone": f"+33 6 12 34 56 0{rank}", "email": False})
                self.make_invoice(partner=partner, btp_scenario_id=scenario.id)
        relances = self.plan()
        self.assertEqual(len(relances), 15)
        number = relances.filtered(
            lambda relance: relance.channel == "sms" and relance.partner_id.ref == "bad"
        )
        number.partner_id.write({"phone": "12", "street": False})
        return relances

    def of(self, relances, partner):
        return relances.filtered(lambda relance: relance.partner_id == partner)

    def test_one_bad_record_by_each_channel_keeps_back_no_other(self):
        relances = self.plan_mixed()
        self.leave()
        bad = relances.filtered(lambda relance: relance.partner_id.ref == "bad")
        self.assertEqual(len(bad), 5)
        for relance in bad:
            with self.subTest(relance.channel):
                self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
                self.assertTrue(relance.failure_reason)
                self.assertNotIn("\n", relance.failure_reason)
                self.assertNotIn("Traceback", relance.failure_reason)
                self.assertEqual(
                    self.events(relance, "failed").detail, relance.failure_reason
                )
                self.assertFalse(relance.letter_id)
                self.assertFalse(relance.activity_ids)
        self.assertEqual(
            {(relance.channel, relance.state) for relance in relances - bad},
            {
                ("email", "sent"),
                ("sms", "sent"),
                ("letter", "assigned"),
                ("registered", "assigned"),
                ("call", "assigned"),
            },
        )

    def test_an_expired_certificate_keeps_back_registered_letters_alone(self):
        self.company.sudo().btp_certificate_id = self.make_certificate(
            start=-60, days=-2
        )
        relances = self.plan_mixed()
        self.leave()
        good = relances.filtered(lambda relance: relance.partner_id.ref == "good")
        registered = good.filtered(lambda relance: relance.channel == "registered")
        self.assertEqual(set(registered.mapped("state")), {"failed"})
        for relance in registered:
            self.assertIn("ended on", relance.failure_reason)
        self.assertNotIn("failed", (good - registered).mapped("state"))
        # Another certificate, and they leave by themselves.
        self.company.sudo().btp_certificate_id = self.make_certificate()
        self.leave()
        self.assertEqual(set(registered.mapped("state")), {"assigned"})
        self.assertTrue(all(registered.mapped("posting_id.signer")))
