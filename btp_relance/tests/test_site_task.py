# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a site task, attacked and used with a real HTTP client."""

import io
import re
import socket
from datetime import timedelta

from PIL import Image

from odoo.tests import tagged

from .common import RelanceHttpCommon


def picture() -> bytes:
    """Return a small photograph."""
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "#a16207").save(stream, "JPEG")
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestSiteTask(RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        cls.owner = cls.make_user(
            "nadia", "btp_relance.group_agent", phone="0144000001"
        )
        cls.switch_on(cls.company, btp_relance_user_id=cls.owner.id)
        cls.company.partner_id.lang = "fr_FR"
        cls.person = cls.env["res.partner"].create(
            {"name": "Yann Le Goff", "email": "yann@site.example", "lang": "fr_FR"}
        )
        cls.chantier = cls.make_chantier("Groupe scolaire Prévert")

    @classmethod
    def make_chantier(cls, name):
        return cls.env["btp.chantier"].create(
            {
                "name": name,
                "partner_id": cls.customer.id,
                "site_partner_id": cls.person.id,
            }
        )

    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(amount=987654, btp_chantier_id=self.chantier.id)

    # === FACTORIES === #

    def ask(self, reason="quality", chantier=None, **values):
        """Return the task that a dispute gives to the site."""
        move = self.make_invoice(
            amount=987654, btp_chantier_id=(chantier or self.chantier).id
        )
        dispute = self.env["btp.dispute"]._open(
            move, reason, "Deux portes rayées", **values
        )
        return dispute.site_task_ids.sudo()

    def ask_document(self, *codes):
        """Return the task that documents give to the site."""
        documents = self.env["btp.document"]
        for code in codes:
            kind = self.env["btp.document.type"].search([("code", "=", code)])
            documents |= documents.create(
                {
                    "type_id": kind.id,
                    "chantier_id": self.chantier.id,
                    "owed_by": "site_manager",
                    "blocking": True,
                }
            )
        request = self.env["btp.document.request"].sudo().with_company(self.company)
        request._add_to_request(documents)
        documents.request_ids.sudo()._send(self.today)
        return self.env["btp.site.task"].sudo().search([("kind", "=", "document")])

    def url(self, task, suffix="", token=None):
        return f"/site/{task.id}/{token or task.token}{suffix}"

    def open(self, task, **options):
        """Return the page, and the hidden fields of its form."""
        page = self.url_open(self.url(task, **options))
        fields = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        )
        return page, fields

    def send(self, task, files=None, number=None, **values):
        """Send the form of the page. Returns the answer."""
        _page, fields = self.open(task)
        if number is not None:
            fields["number"] = number
        return self.opener.post(
            self.base_url() + self.url(task, "/answer"),
            data={"action": "answer", **fields, **values},
            files=files or {"files": ("", b"")},
            timeout=30,
        )

    def messages(self, record):
        record.invalidate_recordset()
        return record.message_ids.filtered(lambda m: m.author_id == self.person)

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

    # === WHAT IT REFUSES === #

    def assertRefused(self, answer, status, words):
        """The page says why, in French, and shows nothing of the site."""
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertIn(words, answer.text)
        self.assertIn('lang="fr"', answer.text)
        self.assertNotIn("rayées", answer.text)
        self.assertNotIn("Traceback", answer.text)

    def test_links_that_open_nothing(self):
        task, other = (
            self.ask(),
            self.ask(chantier=self.make_chantier("Autre chantier")),
        )
        for url in (
            self.url(task, token="x" * 43),
            self.url(task, token=other.token),
            f"/site/{other.id + 999}/{task.token}",
            f"/site/{task.id}/%00",
        ):
            with self.subTest(url):
                self.assertRefused(self.url_open(url), 404, "Ce lien n’ouvre rien")
        answer = self.opener.post(
            self.base_url() + self.url(task, "/answer", token=other.token),
            data={"action": "done"},
            timeout=30,
        )
        self.assertRefused(answer, 404, "Ce lien n’ouvre rien")

    def test_expired_then_sent_again_then_revoked(self):
        task = self.ask()
        old = task.token
        task.expires_on = self.today - timedelta(days=1)
        self.assertRefused(self.url_open(self.url(task)), 410, "expiré")
        task.with_user(self.owner).action_send_again()
        self.assertNotEqual(task.token, old)
        self.assertEqual(self.url_open(self.url(task)).status_code, 200)
        self.assertRefused(
            self.url_open(self.url(task, token=old)), 404, "n’ouvre rien"
        )
        task.with_user(self.owner).action_revoke()
        self.assertRefused(self.url_open(self.url(task)), 410, "retiré")

    def test_a_form_replayed_altered_or_from_elsewhere(self):
        task = self.ask()
        _page, fields = self.open(task)
        url = self.base_url() + self.url(task, "/answer")
        data = {"action": "answer", "text": "Une fois", **fields}
        self.assertEqual(self.opener.post(url, data=data, timeout=30).status_code, 200)
        again = self.opener.post(url, data=data, timeout=30)
        self.assertRefused(again, 409, "déjà cette réponse")
        self.assertEqual(len(self.messages(task.dispute_id)), 1)
        for values, status, words in (
            ({"csrf_token": ""}, 400, "n’a pas pu être lu"),
            ({"csrf_token": "0" * 40 + "o9999999999"}, 400, "n’a pas pu être lu"),
            ({"action": "delete"}, 400, "n’a pas pu être lu"),
            ({"document_id": "1"}, 400, "n’a pas pu être lu"),
            ({"number": "77"}, 409, "déjà cette réponse"),
        ):
            with self.subTest(values):
                self.assertRefused(self.send(task, **values), status, words)
        self.assertEqual(len(self.messages(task.dispute_id)), 1)

    def test_the_document_of_another_chantier_is_none_of_the_task(self):
        task = self.ask_document("PVR")
        elsewhere = self.env["btp.document"].create(
            {
                "type_id": task.document_ids.type_id.id,
                "chantier_id": self.make_chantier("Autre chantier").id,
            }
        )
        answer = self.send(
            task,
            {"files": ("pv.jpg", picture(), "image/jpeg")},
            document_id=str(elsewhere.id),
        )
        self.assertRefused(answer, 400, "n’a pas pu être lu")
        self.assertEqual((elsewhere.state, elsewhere.attachment_count), ("expected", 0))

    def test_a_script_is_only_text(self):
        task = self.ask()
        script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        self.assertEqual(self.send(task, text=script).status_code, 200)
        body = str(self.messages(task.dispute_id).body)
        self.assertNotIn("<script", body)
        self.assertNotIn("<img", body)
        self.assertIn("&lt;script&gt;", body)
        # Shown again where the form has an error.
        answer = self.send(
            task, {"files": ("a.exe", b"MZ\x90", "application/pdf")}, text=script
        )
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("<script", answer.text)

    def test_files_that_are_not_what_they_say(self):
        task = self.ask()
        for name, content in (
            ("plan.pdf", b"MZ\x90\x00" + b"\x00" * 500),
            ("virus.exe", b"MZ\x90\x00"),
            ("page.html", b"<html><script>alert(1)</script></html>"),
            ("vide.pdf", b""),
        ):
            with self.subTest(name):
                answer = self.send(task, {"files": (name, content, "application/pdf")})
                self.assertEqual(answer.status_code, 422)
                self.assertIn(name, answer.text)
        self.company.sudo().btp_upload_limit = 1
        big = picture() + b"\x00" * 1_100_000
        answer = self.send(task, {"files": ("photo.jpg", big, "image/jpeg")})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("1 Mo au plus", answer.text)
        self.assertFalse(self.messages(task.dispute_id))

    def test_a_body_of_200_mb_is_refused_before_it_is_read(self):
        task = self.ask()
        address = self.base_host()
        with self.allow_requests(all_requests=True):
            cookies = "; ".join(f"{c.name}={c.value}" for c in self.opener.cookies)
            head = (
                f"POST {self.url(task, '/answer')} HTTP/1.1\r\nHost: {address}\r\n"
                f"Content-Type: multipart/form-data; boundary=x\r\nCookie: {cookies}\r\n"
                f"Content-Length: {200 * 1024 * 1024}\r\nConnection: close\r\n\r\n--x\r\n"
            )
            with socket.create_connection(self.http_address(), timeout=20) as client:
                client.sendall(head.encode())
                answer = b""
                while chunk := client.recv(65536):
                    answer += chunk
        self.assertIn(b" 413 ", answer.split(b"\r\n")[0])
        self.assertIn("trop lourds", answer.decode())

    def http_address(self):
        host, _colon, port = self.base_host().partition(":")
        return host, int(port)

    def base_host(self):
        return self.base_url().partition("://")[2]

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
