# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a site task, attacked with a real HTTP client."""

import socket
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.btp_portal_hit import LIMITS, Limit
from ..models.btp_site_task import MOST_ANSWERS
from .site_common import SiteCommon, picture


@tagged("post_install", "-at_install")
class TestSiteSecurity(SiteCommon):
    def setUp(self):
        super().setUp()
        # What is refused is logged: expected here.
        odoo = "odoo.addons.btp_relance"
        self.enterContext(
            mute_logger(
                f"{odoo}.controllers.site",
                f"{odoo}.controllers.portal_gate",
                f"{odoo}.models.ir_http",
            )
        )

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

    def test_a_flood_waits_whatever_it_asks_for(self):
        task = self.ask()
        gone = f"/site/{task.id}/{'x' * 43}"
        tight = {name: Limit(3, 60) for name in ("guess", "form")}
        with patch.dict(LIMITS, tight):
            for _try in range(3):
                self.assertEqual(self.url_open(gone).status_code, 404)
            answer = self.url_open(gone)
            self.assertRefused(answer, 429, "Trop de demandes")
            self.assertTrue(int(answer.headers["Retry-After"]))
            # Whoever has the link is not in the way.
            for _try in range(3):
                self.assertEqual(self.send(task, text="x").status_code, 200)
            self.assertRefused(self.send(task, text="x"), 429, "Trop de demandes")
        with patch.dict(LIMITS, {"address": Limit(1, 60)}):
            self.assertRefused(self.url_open(self.url(task)), 429, "Trop de demandes")
        self.assertEqual(len(self.messages(task.dispute_id)), 3)

    def test_a_number_that_no_task_has(self):
        task = self.ask()
        self.assertRefused(
            self.url_open(f"/site/{10**20}/{task.token}"), 404, "n’ouvre rien"
        )

    def test_a_link_that_took_too_many_answers_is_replaced(self):
        task = self.ask()
        task.answer_count = MOST_ANSWERS
        self.assertRefused(self.url_open(self.url(task)), 429, "beaucoup de réponses")
        task.with_user(self.owner).action_send_again()
        self.assertEqual(self.url_open(self.url(task)).status_code, 200)

    def test_whoever_leaves_the_site_loses_the_link(self):
        task = self.ask()
        next_one = self.person.copy({"name": "Karim", "email": "karim@site.example"})
        self.chantier.site_partner_id = next_one
        self.assertRefused(self.url_open(self.url(task)), 410, "retiré")
        new = task.dispute_id.site_task_ids.sudo() - task
        self.assertEqual((new.partner_id, new.state), (next_one, "open"))
        self.assertEqual(self.url_open(self.url(new)).status_code, 200)
