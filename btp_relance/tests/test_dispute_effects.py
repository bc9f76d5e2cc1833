# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What else knows of disputes: interest, messages, the litigation file, older data."""

import importlib.util

from odoo.tests import tagged
from odoo.tools.misc import file_path

from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install")
class TestDisputeEffects(DisputeCommon):
    def test_no_interest_on_what_is_contested_until_it_is_rejected(self):
        day = self.after(60)
        rates = self.env["btp.legal.rate"].search([], limit=1)
        self.assertTrue(rates, "rates of the law are needed")
        whole = self.move._reckon_interest(day)[self.move]
        dispute = self.contest(amount=400).sudo()
        part = self.move._reckon_interest(day)[self.move]
        self.assertAlmostEqual(float(part.total), float(whole.total) * 0.6, 1)
        dispute._reject("Signed on site.")
        self.assertEqual(self.move._reckon_interest(day)[self.move].total, whole.total)

    def test_nothing_is_claimed_on_an_invoice_contested_in_full(self):
        day = self.after(60)
        due = [("id", "=", self.move.id), ("btp_interest_due", "=", True)]
        self.assertTrue(self.env["account.move"].search(due))
        self.contest()
        claim = self.move._reckon_interest(day)[self.move]
        self.assertFalse(float(claim.total) or float(claim.indemnity))
        self.assertFalse(self.env["account.move"].search(due))

    def test_messages_state_what_is_contested_apart(self):
        self.template.body_html = "<t t-call='btp_relance.mail_table'/>"
        self.contest(amount=300)
        relance = self.plan()
        text = " ".join(str(relance.preview).split())
        self.assertIn("contested, not claimed", text)
        self.assertIn("700.00", text)
        self.assertIn("300.00", text)

    def test_a_litigation_file_warns_and_holds_the_exchange(self):
        dispute = self.contest(amount=300)
        dispute.message_post(
            body="Voyez le constat",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        dispute.message_post(body="Entre nous", subtype_xmlid="mail.mt_note")
        self.env["ir.attachment"].create(
            {
                "name": "constat.pdf",
                "raw": b"%PDF-constat",
                "res_model": "btp.dispute",
                "res_id": dispute.id,
            }
        )
        action = self.move.action_btp_litigation()
        file = self.env["btp.litigation"].browse(action["res_id"])
        self.assertIn(f"A dispute is open on {self.move.name}", file.warning)
        titles = file.exhibit_ids.mapped("title")
        self.assertIn(f"Dispute {dispute.reference}", titles)
        self.assertIn("constat", titles)
        self.assertEqual(len([t for t in titles if t.startswith("Message of")]), 1)

    def test_pauses_of_older_calls_become_disputes(self):
        path = file_path("btp_relance/migrations/19.0.1.3.0/post-disputes.py")
        spec = importlib.util.spec_from_file_location("post_disputes", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        changed = self.make_invoice(late=5)
        relance = self.plan().sudo()
        relance._done()
        relance.write({"call_outcome": "dispute", "call_note": "Two doors missing"})
        self.move.write(
            {
                "btp_no_reminder": True,
                "btp_no_reminder_reason": "Conteste la facture – Two doors missing",
            }
        )
        changed.write(
            {"btp_no_reminder": True, "btp_no_reminder_reason": "Seen with the manager"}
        )
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertFalse(self.move.btp_no_reminder)
        self.assertEqual(self.seen(), [(0, 1000, "dispute")])
        self.assertEqual(self.move.btp_dispute_ids.description, "Two doors missing")
        self.assertTrue(changed.btp_no_reminder)
        self.assertFalse(changed.btp_dispute_ids)
        told = [("dispute_id", "in", self.move.btp_dispute_ids.ids)]
        self.assertFalse(self.env["btp.confirmation"].search(told))
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.assertEqual(len(self.move.btp_dispute_ids), 1)
