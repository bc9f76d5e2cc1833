# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The screens in a real browser, as an agent uses them."""

from odoo.tests import tagged

from .common import BrowserTwice, RelanceHttpCommon


@tagged("post_install", "-at_install")
class TestTour(BrowserTwice, RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tours read English, whatever the languages of the database.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.agent = cls.make_user(
            "agent", "btp_relance.group_agent", password="agent", lang="en_US"
        )

    def test_approve_and_send(self):
        self.step(3).approval = "manual"
        self.make_invoice(late=5, amount=1000)
        relance = self.plan()
        self.assertEqual(relance.state, "proposed")
        self.start_tour("/odoo", "btp_relance_approve", login="agent")
        self.assertEqual(relance.state, "approved")
        self.assertEqual(relance.approved_by_id, self.agent)
        with self.mock_mail_gateway():
            self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "sent")
        self.start_tour("/odoo/reminders", "btp_relance_sent", login="agent")

    def test_phone_number_becomes_a_link_and_a_call_gets_its_outcome(self):
        self.step(3).write({"channel": "call"})
        self.make_invoice(late=5, amount=1000)
        relance = self.plan()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "assigned")
        self.start_tour("/odoo/my-day", "btp_relance_call", login="agent")
        self.assertEqual((relance.state, relance.call_outcome), ("sent", "promise"))
        self.assertEqual(relance.call_note, "Pays on Friday")
