# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Files and bodies that a customer's page must not take."""

import http.client
import io
import socket
import zipfile
from urllib.parse import urlsplit

from .portal_common import LOGGER, PDF


def pack(**parts):
    """Return an archive: ``{name: content}``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


ZIP = pack(run="x")
BOMB = pack(**{"[Content_Types]": "x", "word__document": b"\0" * 105_000_000})
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 100


class FileAttacks:
    """Tests of the class that mixes it in, beside the other attacks."""

    def test_an_executable_named_pdf_and_other_disguises_are_refused(self):
        data = {"day": self.days(-1), "means": "other", "row": self.key(self.first)}
        for name, content, words in (
            ("facture.pdf", EXE, "not what its name says"),
            ("facture.pdf", EXE + PDF, "not what its name says"),
            ("photo.svg", b"<svg onload='alert(1)'/>", "of a kind that we do not take"),
            (
                "page.html",
                b"<script>alert(1)</script>",
                "of a kind that we do not take",
            ),
            ("facture.exe", EXE, "of a kind that we do not take"),
            ("facture.pdf", PDF.replace(b"%%EOF", ZIP + b"%%EOF"), "another file"),
            ("note.docx", ZIP, "not what its name says"),
            ("note.docx", BOMB, "grows far too large"),
            ("vide.pdf", b"", "is empty"),
            ("gros.pdf", PDF + b"\0" * (10 * 1024 * 1024), "is too large"),
        ):
            error, log = self.logged("/paid", data, {"file": (name, content)})
            self.assertIn(words, error)
            self.assertNotIn(name, log)
        many = [("file", (f"{rank}.pdf", PDF)) for rank in range(6)]
        self.assertIn("at most", self.refused("/paid", data, many))
        self.assertFalse(
            self.env["btp.portal.act"].search([("relance_id", "=", self.relance.id)])
        )
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "btp.relance"), ("res_id", "=", self.relance.id)]
        )
        self.assertFalse(attachments)
        self.act("/paid", data, {"file": ("..\\<img src=x onerror=alert(1)>.pdf", PDF)})
        self.assertNotRegex(self.notes().attachment_ids.name, r"[<>\\/]")

    def send_large(self, length):
        """Announce a body of so many bytes, send next to nothing of it; return the answer."""
        address = urlsplit(self.base_url())
        connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=20
        )
        connection.putrequest("POST", f"/my/relances/{self.relance.id}/paid")
        connection.putheader("Content-Type", "multipart/form-data; boundary=x")
        connection.putheader("Content-Length", str(length))
        cookies = self.opener.cookies.items()
        connection.putheader("Cookie", "; ".join(f"{k}={v}" for k, v in cookies))
        connection.endheaders()
        connection.send(b"--x\r\n")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def test_a_huge_upload_is_refused_before_it_is_read(self):
        self.open_form("/paid")
        with self.assertLogs(LOGGER, "WARNING"), self.allow_requests(all_requests=True):
            status, text = self.send_large(200 * 1024 * 1024)
        self.assertEqual(status, 413)
        self.assertIn('data-why="large"', text)

    def test_a_body_of_unknown_length_is_refused_before_it_is_read(self):
        """Sent piece by piece, an upload says nowhere how large it is."""
        self.open_form("/paid")
        address = urlsplit(self.base_url())
        with (
            self.assertLogs(LOGGER, "WARNING"),
            self.allow_requests(all_requests=True),
            socket.create_connection(
                (address.hostname, address.port), timeout=20
            ) as client,
        ):
            cookies = "; ".join(f"{k}={v}" for k, v in self.opener.cookies.items())
            head = (
                f"POST /my/relances/{self.relance.id}/paid HTTP/1.1\r\n"
                f"Host: {address.netloc}\r\nCookie: {cookies}\r\n"
                "Content-Type: multipart/form-data; boundary=x\r\n"
                "Transfer-Encoding: chunked\r\n\r\n5\r\n--x\r\n\r\n"
            )
            client.sendall(head.encode())
            # It never ends: the answer comes all the same.
            answer = client.recv(65536).decode()
        self.assertIn(" 411 ", answer.splitlines()[0])
