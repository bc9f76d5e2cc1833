# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a site task, used with a real HTTP client, and the e-mail that leads there."""

import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .site_common import SiteCommon, picture


@tagged("post_install", "-at_install")
class TestSiteTask(SiteCommon):
    # === WHAT IT SHOWS === #

    def test_the_mail_and_its_page(self):
        task = self.ask()
        mail = task.mail_id
        self.assertEqual(mail.recipient_ids, self.person)
        self.assertIn(task._get_url(), mail.body_html)
        page, _fields = self.open(task)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Groupe scolaire Prévert", page.text)
        self.assertIn("Deux portes rayées", page.text)
        self.assertIn("tel:0144000001", page.text)
        self.assertIn("C’est fait", page.text)
        # No amount, and nothing of another invoice.
        self.assertNotIn("987", page.text)
        self.assertNotIn(self.move.name + "<", page.text)
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_an_answer_lands_on_the_dispute_and_its_owner_is_told(self):
        task = self.ask()
        answer = self.send(
            task,
            {"files": ("porte.jpg", picture(), "image/jpeg")},
            text="Repris lundi.",
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertIn("Merci", answer.text)
        [message] = self.messages(task.dispute_id)
        self.assertIn("Repris lundi.", message.body)
        self.assertEqual(message.attachment_ids.mimetype, "image/jpeg")
        told = task.dispute_id.activity_ids.filtered(lambda a: "Yann" in a.summary)
        self.assertEqual(told.user_id, self.owner)
        self.assertEqual(task.state, "open")

    def test_it_is_done_proposes_to_close(self):
        task = self.ask()
        self.assertEqual(self.send(task, action="done").status_code, 200)
        task.invalidate_recordset()
        self.assertEqual(task.state, "done")
        self.assertTrue(task.dispute_id.proposal)
        self.assertEqual(task.dispute_id.state, "open")
        self.assertIn("plus rien", self.open(task)[0].text)

    def test_not_mine_names_somebody(self):
        task = self.ask()
        answer = self.send(task, action="not_mine")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("un nom suffit", answer.text)
        self.assertEqual(
            self.send(task, action="not_mine", who="Karim, 0600000000").status_code, 200
        )
        task.invalidate_recordset()
        self.assertEqual(task.state, "handed")
        summaries = task.dispute_id.activity_ids.mapped("summary")
        self.assertTrue([s for s in summaries if "Karim" in s])

    def test_a_document_is_received_to_be_checked(self):
        task = self.ask_document("PVR", "LEV")
        self.assertEqual((len(task), len(task.document_ids)), (1, 2))
        first, second = task.document_ids
        page, _fields = self.open(task)
        self.assertIn(first.with_context(lang="fr_FR").type_id.name, page.text)
        answer = self.send(
            task,
            {"files": ("pv.jpg", picture(), "image/jpeg")},
            document_id=str(second.id),
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        documents = first | second
        documents.invalidate_recordset()
        self.assertEqual(documents.mapped("state"), ["expected", "received"])
        self.assertEqual((second.to_check, second.attachment_count), (True, 1))
        self.assertIn("Yann", second.activity_ids.summary)
        second.with_user(self.owner).action_checked()
        self.assertFalse(second.to_check)

    def test_what_is_settled_another_way_is_not_asked_for(self):
        task = self.ask_document("PVR")
        task.document_ids.action_receive()
        task.invalidate_recordset()
        self.assertEqual(task.state, "done")
        self.assertIn("plus rien", self.open(task)[0].text)
        with self.assertRaisesRegex(UserError, "settled"):
            task.with_user(self.owner).action_send_again()

    def test_nobody_is_asked_without_an_address_and_the_button_says_so(self):
        task = self.ask()
        self.person.email = False
        with self.assertRaisesRegex(UserError, "no usable e-mail"):
            task.with_user(self.owner).action_send_again()

    def mail_back(self, task, body="Repris ce matin.", sender="yann@site.example"):
        """Let the person answer the e-mail itself, with a photograph."""
        photo = base64.b64encode(picture()).decode()
        email = (
            f"From: {sender}\nTo: catchall@martin.example\nSubject: Re: site\n"
            f"Message-Id: <site-{task.id}@site.example>\n"
            f"In-Reply-To: {task.mail_id.message_id}\nMIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="b"\n\n'
            f"--b\nContent-Type: text/plain\n\n{body}\n"
            '--b\nContent-Type: image/jpeg; name="porte.jpg"\n'
            'Content-Disposition: attachment; filename="porte.jpg"\n'
            f"Content-Transfer-Encoding: base64\n\n{photo}\n--b--\n"
        )
        self.env["mail.thread"].sudo().message_process(False, email)

    def test_whoever_answers_the_mail_itself_is_heard(self):
        task = self.ask()
        self.mail_back(task)
        [message] = self.messages(task.dispute_id)
        self.assertIn("Repris ce matin.", message.body)
        self.assertEqual(message.attachment_ids.name, "porte.jpg")
        told = task.dispute_id.activity_ids.filtered(lambda a: "Yann" in a.summary)
        self.assertEqual(told.user_id, self.owner)
        papers = self.ask_document("PVR")
        self.mail_back(papers)
        request = papers.document_ids.request_ids
        self.assertEqual(request.next_file_ids.name, "porte.jpg")
        self.assertIn("Yann", request.activity_ids[-1:].summary)

    def test_a_message_that_came_back_is_said(self):
        task = self.ask()
        task._message_receive_bounce("yann@site.example", self.person)
        self.assertIn("yann@site.example", task.failure_reason)
        summaries = task.dispute_id.activity_ids.mapped("summary")
        self.assertTrue([s for s in summaries if "came back" in s])

    def test_no_amount_of_a_situation(self):
        line = self.move.invoice_line_ids
        line.write({"name": "Travaux : 98 765,43 € à ce jour", "btp_kind": "works"})
        dispute = self.env["btp.dispute"]._open(
            self.move, "quantity", "Moins", invoice_lines=line
        )
        page, _fields = self.open(dispute.site_task_ids.sudo())
        self.assertNotIn("98 765", page.text)

    # === PEOPLE WITH AN ACCOUNT === #

    def test_who_has_an_account_keeps_the_task_in_odoo_and_gets_a_link(self):
        manager = self.make_user("yann2", "btp_relance.group_site_manager")
        self.chantier.write({"site_partner_id": False, "user_id": manager.id})
        task = self.ask_document("PVR")
        self.assertEqual(task.partner_id, manager.partner_id)
        self.assertEqual(self.chantier.activity_ids.user_id, manager)
        self.assertEqual(self.url_open(self.url(task)).status_code, 200)

    def test_one_task_a_person_and_site_whatever_is_asked_again(self):
        task = self.ask_document("PVR")
        self.ask_document("LEV")
        task.invalidate_recordset()
        self.assertEqual(
            self.env["btp.site.task"].sudo().search_count([("kind", "=", "document")]),
            1,
        )
        self.assertEqual(len(task.document_ids), 2)
        self.assertEqual(task.sent_count, 2)
