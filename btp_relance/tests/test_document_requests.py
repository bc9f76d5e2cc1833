# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whoever owes a document is asked for it, once for all, and until it is there."""

from datetime import timedelta
from html import unescape

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .daily_job import TODAY
from .test_documents import DocumentsCommon


@tagged("post_install", "-at_install")
class TestDocumentRequests(DocumentsCommon):
    @property
    def requests(self):
        """The requests as the scheduler sees them."""
        env = api.Environment(self.env.cr, SUPERUSER_ID, {})
        return env["btp.document.request"].with_company(self.company)

    def ask(self, day=0):
        """Run the step of a day; return what was asked, by whom it was asked."""
        self.after(day)
        self.env.flush_all()
        sent = self.env["btp.document.request"].browse(self.requests._ask_company().ids)
        return {request.partner_id: request for request in sent}

    def missing_one(self, code="VIS", **values):
        move = self.make_situation(**values)
        self.receive_all(move, but=[code])
        return move

    def mails(self, request):
        return self.env["mail.mail"].search(
            [("model", "=", request._name), ("res_id", "=", request.id)], order="id"
        )

    # === ONE A PERSON === #

    def test_who_owes_is_asked_once_for_all_their_documents(self):
        first = self.missing_one()
        second = self.missing_one()
        self.make_situation(btp_chantier_id=self.make_chantier("Lot 8").id)
        asked = self.ask()
        self.assertEqual(
            set(asked),
            {self.moe, self.customer, self.site_manager.partner_id},
        )
        request = asked[self.moe]
        self.assertEqual(
            request.document_ids & self.document(first + second, "VIS"),
            self.document(first + second, "VIS"),
        )
        mail = self.mails(request)
        self.assertEqual(len(mail), 1)
        self.assertEqual(mail.recipient_ids, self.moe)
        for words in (
            first.name,
            second.name,
            "Lot 3",
            "Visa of the maître d'œuvre",
            "The payer pays a situation that the maître d'œuvre has checked.",
            "reply to this message with the file attached",
        ):
            self.assertIn(words, unescape(mail.body_html))
        # One line for the three: it is the same paper.
        self.assertEqual(mail.body_html.count("<strong>Visa"), 1)
        self.assertEqual(mail.subject, "Document awaited: Visa of the maître d'œuvre")

    def test_asking_again_the_same_day_asks_nothing(self):
        self.missing_one()
        self.assertEqual(set(self.ask()), {self.moe})
        self.assertEqual(self.ask(), {})
        self.assertEqual(self.requests.search_count([]), 1)

    def test_it_is_asked_again_after_the_days_between_requests(self):
        self.company.btp_document_request_gap = 5
        self.missing_one()
        request = self.ask()[self.moe]
        self.assertEqual(request.next_on, TODAY + timedelta(days=5))
        self.assertEqual(self.ask(4), {})
        self.assertEqual(self.ask(5), {self.moe: request})
        self.assertEqual((request.sent_count, len(self.mails(request))), (2, 2))

    def test_it_stops_when_the_document_is_there(self):
        move = self.missing_one()
        request = self.ask()[self.moe]
        self.document(move, "VIS").action_receive()
        self.assertEqual((request.state, request.closed_on), ("done", TODAY))
        self.assertEqual(self.ask(30), {})
        # Missing again, it is a new request.
        self.document(move, "VIS").action_expect()
        self.assertNotEqual(self.ask(31)[self.moe], request)

    def test_it_stops_when_the_invoice_is_paid(self):
        move = self.missing_one()
        self.ask()
        self.pay(move)
        self.assertEqual(self.ask(30), {})

    def test_the_reminder_waits_while_the_document_is_asked_for(self):
        move = self.missing_one()
        self.ask()
        self.assertFalse(self.plan())
        self.document(move, "VIS").action_receive()
        self.assertEqual(self.plan().line_ids.move_id, move)

    # === WHEN === #

    def test_nothing_is_asked_before_the_day_of_the_first_step(self):
        self.missing_one(late=-20)
        self.assertEqual(self.ask(12), {})
        self.assertEqual(set(self.ask(13)), {self.moe})

    def test_nothing_is_asked_where_reminders_are_off(self):
        self.missing_one()
        self.company.btp_relance_active = False
        with self.scheduler() as engine:
            engine.env["btp.document.request"]._cron_ask()
        self.assertFalse(self.requests.search([]))
        self.company.btp_relance_active = True
        with self.scheduler() as engine:
            engine.env["btp.document.request"]._cron_ask()
        self.assertEqual(self.requests.search([]).partner_id.ids, self.moe.ids)

    def test_nothing_is_asked_for_what_people_excluded(self):
        move = self.missing_one()
        move.btp_no_reminder = True
        self.assertEqual(self.ask(), {})
        move.btp_no_reminder = False
        self.customer.btp_no_reminder = True
        self.assertEqual(self.ask(), {})
        self.customer.btp_no_reminder = False
        self.customer.btp_insolvency_date = TODAY
        self.assertEqual(self.ask(), {})
        self.customer.btp_insolvency_date = False
        self.assertEqual(set(self.ask()), {self.moe})

    # === OUR OWN PEOPLE === #

    def test_a_conducteur_gets_one_activity_a_chantier_and_no_mail(self):
        moves = self.missing_one("AVT") + self.missing_one("AVT")
        request = self.ask()[self.site_manager.partner_id]
        self.assertFalse(self.mails(request))
        task = self.chantier.activity_ids
        self.assertEqual(task.user_id, self.site_manager)
        self.assertEqual(task.summary, "Documents to hand over: 2")
        for move in moves:
            self.assertIn(move.name, task.note)
        # Still to do a week later: brought up to date, not doubled.
        third = self.missing_one("AVT")
        self.ask(7)
        self.assertEqual(self.chantier.activity_ids, task)
        self.assertEqual(task.summary, "Documents to hand over: 3")
        for move in moves + third:
            self.document(move, "AVT").with_user(self.site_manager).action_receive()
        self.assertFalse(self.chantier.activity_ids)
        self.assertEqual(request.state, "done")

    def test_what_we_owe_is_asked_of_our_own_person(self):
        move = self.missing_one("DEC")
        request = self.ask()[self.clerk.partner_id]
        self.assertEqual(request.activity_ids.user_id, self.clerk)
        self.assertIn(move.name, request.activity_ids.note)
        self.assertEqual(self.echeances(move).hold_code, "missing_document")

    # === WHAT GOES WRONG === #

    def test_without_an_address_it_says_so_and_leaves_once_there_is_one(self):
        self.moe.email = False
        self.missing_one()
        self.assertEqual(self.ask(), {})
        request = self.requests.search([])
        self.assertEqual(
            request.failure_reason,
            "Atelier Moreau has no usable e-mail address: complete it, or choose "
            "another recipient.",
        )
        self.assertEqual((request.sent_count, request.state), (0, "open"))
        self.moe.email = "visa@moreau.example"
        self.assertEqual(set(self.ask(1)), {self.moe})
        self.assertFalse(request.failure_reason)

    def test_a_broken_text_stops_nobody_else(self):
        self.missing_one()
        self.missing_one("AVT")
        template = self.env.ref("btp_relance.template_document_request")
        # Saved before what cannot be filled in was refused.
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s::text)"
            " WHERE id = %s",
            ["<p><t t-out='object.nonsense'/></p>", template.id],
        )
        self.env.invalidate_all()
        self.assertEqual(set(self.ask()), {self.site_manager.partner_id})
        request = self.requests.search([("partner_id", "=", self.moe.id)])
        self.assertIn("correct the template", request.failure_reason)

    def test_a_refusal_of_the_mail_server_comes_back_to_the_request(self):
        self.missing_one()
        request = self.ask()[self.moe]
        mail = self.mails(request)
        mail.write({"state": "exception", "failure_reason": "Mailbox full"})
        mail._postprocess_sent_message([], [], failure_type="mail_smtp")
        self.assertEqual(
            request.failure_reason,
            "The mail server did not take the message: Mailbox full",
        )
        self.assertEqual(set(self.ask(1)), {self.moe})

    def test_the_customer_s_reminder_contact_is_asked(self):
        contact = self.make_customer("Comptable", parent_id=self.customer.id)
        self.customer.btp_relance_contact_id = contact
        self.missing_one("MKT")
        request = self.ask()[self.customer]
        self.assertEqual(self.mails(request).recipient_ids, contact)

    # === ANSWERS AND PROOF === #

    def test_an_answer_with_its_file_lands_on_the_desk(self):
        self.missing_one()
        request = self.ask()[self.moe]
        mail = self.mails(request)
        with self.mock_mail_gateway():
            self.gateway_mail_reply_from_mail(mail)
        self.assertTrue(request.answer_unread)
        task = request.activity_ids
        self.assertEqual(task.user_id, self.clerk)
        self.assertIn("Atelier Moreau", task.summary)
        request.with_user(self.clerk).action_mark_read()
        self.assertFalse(request.answer_unread)
        self.assertFalse(request.activity_ids)

    def answered(self, *names):
        """Return the request that the maître d'œuvre answered, with these files."""
        request = self.ask()[self.moe]
        with self.mock_mail_gateway():
            self.gateway_mail_reply_from_mail(self.mails(request), names)
        return request.with_user(self.clerk)

    def file_on(self, request, document):
        """Click on the document of the request."""
        document.with_user(self.clerk).with_context(
            btp_request_id=request.id
        ).action_file_answer()

    def test_a_file_of_the_answer_is_filed_in_one_click(self):
        visa = self.document(self.missing_one(), "VIS")
        request = self.answered("visa.pdf")
        self.assertEqual(request.next_file_ids.name, "visa.pdf")
        self.file_on(request, visa)
        self.assertEqual(visa.state, "received")
        file = visa.attachment_ids
        self.assertEqual((file.name, file.raw), ("visa.pdf", b"%PDF-"))
        # Who hands over documents reads it, though the request is not theirs.
        self.assertEqual(file.with_user(self.site_manager).raw, b"%PDF-")
        self.assertFalse(request.file_ids)
        self.assertFalse(request.answer_unread)
        self.assertFalse(request.activity_ids)
        self.assertEqual(request.state, "done")
        # The message keeps what it brought.
        answer = request.message_ids.filtered("attachment_ids")
        self.assertEqual(answer.attachment_ids.mapped("name"), ["visa.pdf"])

    def test_files_are_filed_one_after_the_other(self):
        first = self.document(self.missing_one(), "VIS")
        second = self.document(self.missing_one(), "VIS")
        request = self.answered("logo.png", "a.pdf", "b.pdf")
        request.action_skip_file()
        self.file_on(request, second)
        self.assertTrue(request.answer_unread)
        self.assertEqual(request.next_file_ids.name, "b.pdf")
        self.file_on(request, first)
        self.assertEqual(second.attachment_ids.name, "a.pdf")
        self.assertEqual(first.attachment_ids.name, "b.pdf")
        with self.assertRaisesRegex(UserError, "no file left"):
            self.file_on(request, first)

    def test_a_file_is_filed_on_what_was_asked_for_only(self):
        move = self.missing_one()
        request = self.answered("visa.pdf")
        other = self.document(move, "RIB")
        with self.assertRaises(UserError):
            self.file_on(request, other)
        with self.assertRaises(AccessError):
            self.document(move, "VIS").with_user(self.site_manager).with_context(
                btp_request_id=request.id
            ).action_file_answer()
        self.assertEqual(request.next_file_ids.name, "visa.pdf")

    def gateway_mail_reply_from_mail(self, mail, names=("visa.pdf",)):
        """Let the recipient answer with files."""
        files = "".join(
            f'--b\nContent-Type: application/pdf; name="{name}"\n'
            f'Content-Disposition: attachment; filename="{name}"\n'
            "Content-Transfer-Encoding: base64\n\nJVBERi0=\n"
            for name in names
        )
        email = (
            "From: visa@moreau.example\nTo: catchall@martin.example\n"
            f"Subject: Re: {mail.subject}\nMessage-Id: <answer@moreau.example>\n"
            f"In-Reply-To: {mail.message_id}\nMIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nHere it is.\n"
            f"{files}--b--\n"
        )
        thread = self.env["mail.thread"].with_user(SUPERUSER_ID)
        thread.message_process(False, email)
        answer = self.env["mail.message"].search(
            [("message_id", "=", "<answer@moreau.example>")]
        )
        self.assertEqual(answer.model, "btp.document.request")
        self.assertEqual(answer.attachment_ids.sorted("id").mapped("name"), [*names])

    def test_the_journal_says_what_was_asked_of_whom(self):
        move = self.missing_one()
        request = self.ask()[self.moe]
        event = self.env["btp.relance.event"].search([("kind", "=", "requested")])
        self.assertEqual(event.recipient, self.moe.email_formatted)
        self.assertEqual(event.debtor_name, "Atelier Moreau")
        self.assertEqual(event.message_id, self.mails(request).message_id)
        self.assertIn(f"Visa of the maître d'œuvre – {move.name}", event.detail)

    # === RIGHTS AND COMPANIES === #

    def test_an_agent_asks_again_and_a_conducteur_sees_no_request(self):
        self.missing_one()
        request = self.ask()[self.moe]
        with self.assertRaises(AccessError):
            request.with_user(self.site_manager).read(["state"])
        with self.assertRaises(AccessError):
            request.with_user(self.site_manager).action_ask_again()
        request.with_user(self.clerk).action_ask_again()
        self.assertEqual(request.sent_count, 2)

    def test_each_company_asks_for_itself(self):
        other = self.setup_other_company()["company"]
        self.switch_on(other, btp_follow_documents=True)
        self.env.user.company_ids |= other
        chantier = self.make_chantier("Ailleurs", company_id=other.id, user_id=False)
        self.missing_one()
        self.make_situation(company=other, btp_chantier_id=chantier.id)
        asked = self.ask()
        self.assertEqual(set(asked), {self.moe})
        self.assertEqual(asked[self.moe].document_ids.company_id, self.company)
        there = self.requests.with_company(other)._ask_company()
        self.assertEqual(there.company_id, other)
        self.assertIn(self.moe, there.partner_id)
        with self.assertRaises(AccessError):
            self.env["btp.document.request"].with_user(self.clerk).browse(
                there.ids
            ).read(["state"])
