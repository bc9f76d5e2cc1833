# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What comes back by e-mail, and the language in which it left."""

from odoo.tests import tagged

from .common import RelanceCommon

ANSWER = """\
From: {sender}
To: {to}
Subject: Re: your reminder
Message-Id: <answer-1@customer.example>
In-Reply-To: {message_id}
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Date: Tue, 17 Jun 2025 09:00:00 +0200

We shall pay on Friday.
"""
BOUNCE = """\
From: MAILER-DAEMON@customer.example
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce-1@customer.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="XX"
Date: Tue, 17 Jun 2025 09:00:00 +0200

--XX
Content-Type: text/plain; charset=utf-8

No such mailbox.

--XX
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.customer.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 No such mailbox

--XX
Content-Type: text/rfc822-headers

Message-Id: {message_id}
To: {address}

--XX--
"""


@tagged("post_install", "-at_install")
class TestAnswer(RelanceCommon):
    def remind(self, partner=None):
        """Return a reminder that left by e-mail."""
        self.make_invoice(partner=partner)
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        return relance

    def receive(self, text, relance, **values):
        """Let the mail gateway read a message about a reminder."""
        mail = relance.sudo().mail_id
        text = text.format(
            **{
                "sender": self.customer.email_formatted,
                "to": mail.reply_to,
                "message_id": mail.message_id,
                "address": self.customer.email,
                **values,
            }
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].sudo().message_process(False, text)

    # === ANSWERS === #

    def test_an_answer_lands_on_its_reminder_and_on_the_desk(self):
        relance, other = self.remind(), self.remind(self.make_customer("Autre"))
        count = self.env["btp.relance"].search_count([])
        self.receive(ANSWER, relance)
        self.assertEqual(self.env["btp.relance"].search_count([]), count)
        self.assertIn("pay on Friday", relance.message_ids[0].body)
        self.assertEqual(relance.message_ids[0].author_id, self.customer)
        self.assertTrue(relance.answer_unread)
        self.assertEqual(relance.desk, "read")
        self.assertFalse(other.answer_unread)

    def test_an_answer_is_told_in_the_journal(self):
        relance = self.remind()
        self.receive(ANSWER, relance)
        event = self.events(relance, "answer")
        self.assertEqual(event.message_id, "<answer-1@customer.example>")
        self.assertEqual(event.subject, "Re: your reminder")
        self.assertIn(self.customer.email, event.recipient)
        self.assertEqual(event.debtor_ref, self.customer.id)

    def test_reading_an_answer_takes_it_off_the_desk(self):
        relance = self.remind()
        self.receive(ANSWER, relance)
        agent = self.make_user("agent", "btp_relance.group_agent")
        relance.with_user(agent).action_mark_read()
        self.assertEqual((relance.answer_unread, relance.desk), (False, False))
        self.assertEqual(relance.state, "sent")

    def test_anybody_of_the_customer_may_answer(self):
        relance = self.remind()
        self.receive(ANSWER, relance, sender="Unknown <someone@elsewhere.example>")
        self.assertTrue(relance.answer_unread)

    def test_what_we_write_ourselves_by_mail_is_no_answer_to_read(self):
        relance = self.remind()
        agent = self.make_user("agent", "btp_relance.group_agent")
        self.receive(ANSWER, relance, sender=agent.email_formatted)
        self.assertFalse(relance.answer_unread)
        self.assertIn("pay on Friday", relance.message_ids[0].body)

    def test_an_answer_waits_on_the_desk_and_stops_the_next_reminder_until_it_is_read(
        self,
    ):
        relance = self.remind()
        self.receive(ANSWER, relance)
        self.assertFalse(self.plan(5))
        self.assertEqual(relance.desk, "read")
        relance.action_mark_read()
        self.assertTrue(self.plan(6))

    # === BOUNCES === #

    def test_a_message_that_comes_back_undelivered_failed_for_good(self):
        relance = self.remind()
        bounce = relance.company_id.alias_domain_id.bounce_email
        self.receive(BOUNCE, relance, to=bounce or self.mail_alias_domain.bounce_email)
        self.assertEqual((relance.state, relance.retry_at), ("failed", False))
        self.assertIn(self.customer.email, relance.failure_reason)
        self.assertFalse(relance.answer_unread)
        self.assertEqual(
            self.events(relance).mapped("kind"), ["sent", "delivered", "failed"]
        )
        self.assertEqual(relance.line_ids.state, "planned")

    # === LANGUAGE === #

    def test_each_contact_gets_it_in_their_own_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.template.with_context(lang="fr_FR")
        french.subject = "Relance de {{ object.company_id.name }}"
        french.body_html = "<p>Bonjour <t t-out='object.contact_id.name'/></p>"
        marie = self.make_customer("Marie", lang="fr_FR")
        self.make_invoice(partner=marie)
        self.make_invoice()
        relances = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
        mails = {r.partner_id: r.sudo().mail_id for r in relances}
        self.assertEqual(mails[marie].subject, "Relance de Martin Bâtiment")
        self.assertIn("Bonjour Marie", mails[marie].body_html)
        self.assertEqual(mails[self.customer].subject, "Reminder from Martin Bâtiment")
        self.assertIn("Dear Promoteur Sud", mails[self.customer].body_html)

    def test_the_preview_is_in_the_contact_s_language_not_the_reader_s(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").body_html = "<p>Bonjour</p>"
        self.customer.lang = "fr_FR"
        self.make_invoice()
        self.assertIn("Bonjour", self.plan().with_context(lang="en_US").preview)

    def test_the_contact_s_language_counts_not_the_company_s(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").body_html = "<p>Bonjour</p>"
        contact = self.make_customer(
            "Jean",
            parent_id=self.customer.id,
            is_company=False,
            type="invoice",
            lang="fr_FR",
        )
        relance = self.remind()
        self.assertEqual(relance.contact_id, contact)
        self.assertIn("Bonjour", relance.sudo().mail_id.body_html)
