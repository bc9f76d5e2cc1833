# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server on localhost that behaves as AR24's documentation says.

Every request bears token, date (of Paris, less than ten minutes old) and the header
``signature``; every answer is HTTP 200, a success encrypted with a key made of that date, an
error in clear with its slug. Its cipher is its own, not the product's.
"""

import base64
import hashlib
import json
import re
import threading
from datetime import datetime, timedelta
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PDF = b"%PDF-1.4\n% a proof of AR24\n%%EOF\n"
PARIS = ZoneInfo("Europe/Paris")
#: "12345678901234567890" of RFC 6238.
OTP_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def encrypt(text: str, secret: str, private_key: str) -> bytes:
    """openssl_encrypt($text, 'aes-256-cbc', hash('sha256', $secret), 0, $iv) of PHP."""
    key = hashlib.sha256(secret.encode()).hexdigest()[:32].encode()
    once = hashlib.sha256(private_key.encode()).hexdigest()
    iv = hashlib.sha256(once.encode()).hexdigest()[:16].encode()
    data = text.encode()
    fill = 16 - len(data) % 16
    writer = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
    return base64.b64encode(writer.update(data + bytes([fill]) * fill))


class Ar24Server:
    """AR24 on localhost; a context manager.

    :ivar dict mails: what was sent, by id, as the API shows it, with ``_files``
    :ivar list calls: ``(method, path)`` of each request
    :ivar faults: ``{(method, regex): [what, …]}``: what happens to the next such calls: a bare
        status code, ``"garbage"``, ``"drop"`` (no answer, nothing done), ``"lost"`` (done, but
        the answer is lost), ``"forged"`` (encrypted with another key), ``"maintenance"``, or
        ``(slug, message)`` of a documented error
    """

    token, private_key, login = "tok-s3cret", "7X9gx9E3Qx4EiUdB63nc", "moi@btp.example"
    user = 4321

    def __enter__(self):
        self.mails, self.files, self.calls, self.faults = {}, {}, [], {}
        self.posted, self.hashes, self.proofs = [], set(), True
        self.most = 1000
        outer = self

        class Handler(_Handler):
            server_of = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()
        self.root = f"http://127.0.0.1:{self._http.server_address[1]}"
        self.url = f"{self.root}/api"
        return self

    def __exit__(self, *_exc):
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def fail(self, method, pattern, *whats):
        """Make the next calls to a path fail."""
        self.faults.setdefault((method, pattern), []).extend(whats)

    def move(self, kind, day, **values):
        """Have the last letter reach a state: ev, ar, rf, ng or bc, with its proof."""
        dates = {
            "ev": "ts_ev_date",
            "ar": "view_date",
            "rf": "refused_date",
            "ng": "negligence_date",
            "bc": "bounced_date",
        }
        mail = list(self.mails.values())[-1]
        proof = f"{self.root}/get/proof/{kind}-{mail['id']}?token=1111111111111111"
        mail.update({dates[kind]: day, f"proof_{kind}_url": proof, **values})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of = None

    def log_message(self, *_args):
        """Stay silent."""

    def do_GET(self):
        self._serve("GET")

    def do_POST(self):
        self._serve("POST")

    def _serve(self, method):
        ar24 = self.server_of
        parts = urlsplit(self.path)
        path = parts.path.removeprefix("/api")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.fields, self.upload = self._read(parts.query if method == "GET" else body)
        ar24.calls.append((method, path))
        fault = None
        for (verb, pattern), whats in ar24.faults.items():
            if verb == method and whats and re.search(pattern, path):
                fault = whats.pop(0)
                break
        if fault not in (None, "lost", "forged"):
            return self._break(fault)
        if path.startswith("/get/proof/"):
            known = "token=1111111111111111" in parts.query and ar24.proofs
            return self._send(200, PDF) if known else self._send(404, b"")
        answer = self._refuse() or self._answer(method, path.rstrip("/"))
        if fault == "lost":
            return self._hang_up()
        if isinstance(answer, bytes):
            return self._send(200, answer)
        text = json.dumps({"status": "SUCCESS", "result": answer})
        key = "another" if fault == "forged" else ar24.private_key
        date = self.fields["date"]
        return self._send(200, encrypt(text, date + key, ar24.private_key))

    def _break(self, fault):
        """Answer as something broken does, with nothing done."""
        if fault == "drop":
            return self._hang_up()
        if isinstance(fault, int):
            return self._send(fault, b"oops")
        if isinstance(fault, tuple):
            return self._send(200, self._error(*fault))
        told = {"garbage": b"<html>Bonjour</html>"}
        return self._send(200, told.get(fault, b'{"status":"maintenance"}'))

    def _read(self, content):
        """Return the fields of a query or a form, and the file with it."""
        kind = self.headers.get("Content-Type") or ""
        if not kind.startswith("multipart/"):
            text = content.decode() if isinstance(content, bytes) else content
            return dict(parse_qsl(text)), None
        whole = b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content
        fields, upload = {}, None
        for part in message_from_bytes(whole).get_payload():
            name = part.get_param("name", header="Content-Disposition")
            if name == "file":
                upload = part.get_payload(decode=True)
            else:
                fields[name] = part.get_payload(decode=True).decode()
        return fields, upload

    def _hang_up(self):
        self.close_connection = True
        self.connection.close()

    def _send(self, status, content):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    @staticmethod
    def _error(slug, message):
        error = {"status": "ERROR", "slug": slug, "message": message}
        return json.dumps(error).encode()

    # === THE API === #

    def _refuse(self):
        """Return the error of a request that is not well sealed."""
        ar24, fields = self.server_of, self.fields
        if fields.get("token") != ar24.token:
            return self._error("token_invalid", "Your token is not valid")
        try:
            date = datetime.strptime(fields.get("date", ""), "%Y-%m-%d %H:%M:%S")
        except ValueError:
            return self._error("invalid_date", "Wrong date format")
        if abs(datetime.now(PARIS).replace(tzinfo=None) - date) > timedelta(minutes=10):
            return self._error("expired_date", "Given datetime is too old")
        sealed = encrypt(fields["date"], ar24.private_key, ar24.private_key)
        if self.headers.get("signature") != sealed.decode():
            return self._error("invalid_signature", "Signature")
        return None

    def _answer(self, method, path):
        """Return the result of a call, or the bytes of an error."""
        ar24, fields = self.server_of, self.fields
        if (method, path) == ("GET", "/user"):
            if fields.get("email") != ar24.login:
                return self._error("user_not_exist", "There is no user")
            return {"id": ar24.user, "email": ar24.login}
        if (method, path) == ("GET", "/mail"):
            mail = ar24.mails.get(int(fields.get("id") or 0))
            return mail or self._error(
                "missing_erm_id", "Please provide a valid mail ID"
            )
        if fields.get("id_user") != str(ar24.user):
            return self._error("user_unavailable", "Not your user")
        step = {
            ("POST", "/user/auth_otp"): self._auth,
            ("POST", "/attachment"): self._attach,
            ("POST", "/mail"): self._mail,
            ("GET", "/user/mail"): self._list,
        }.get((method, path))
        return step() if step else self._error("unknown_error", path)

    def _auth(self):
        # 20 seconds around: the code is of one thirty-second step, perhaps the last.
        if not re.fullmatch(r"\d{6}", self.fields.get("otp") or ""):
            return self._error("authentication_otp_invalid", "Invalid otp code")
        if self.server_of.hashes is None:
            return self._error("authentication_otp_invalid", "Invalid otp code")
        value = hashlib.sha1(self.fields["otp"].encode()).hexdigest()
        self.server_of.hashes.add(value)
        ends = datetime.now(PARIS) + timedelta(hours=1)
        return {"hash": value, "expiration_date": f"{ends:%Y-%m-%d %H:%M:%S}"}

    def _attach(self):
        if not self.upload:
            return self._error("attachment_missing_file", "No file")
        number = 50 + len(self.server_of.files)
        self.server_of.files[number] = self.upload
        return {"file_id": number}

    def _mail(self):
        ar24, fields = self.server_of, self.fields
        if fields.get("eidas") != "1":
            return self._error("authentication_missing", "Not qualified")
        if fields.get("auth_otp_hash") not in ar24.hashes:
            return self._error("authentication_otp_hash_invalid", "OTP hash")
        if "@" not in fields.get("to_email", ""):
            return self._error("missing_email", "Please specify an email address")
        if fields["to_email"] == ar24.login:
            return self._error("same_sender_recipients_emails", "Must be different")
        wanted = {"professionnel": ("to_company",)}.get(
            fields.get("dest_statut"), ("to_firstname", "to_lastname")
        )
        if not all(fields.get(name) for name in wanted):
            return self._error("invalid_recipient", "Recipient")
        files = [value for name, value in fields.items() if "attachment[" in name]
        if not files or not all(int(file) in ar24.files for file in files):
            return self._error("attachment_not_exists", "Attachment")
        number = 100 + len(ar24.posted)
        ar24.posted.append(fields)
        ar24.mails[number] = {
            "id": number,
            "type": "lre",
            "status": "waiting",
            "ref_dossier": fields.get("ref_dossier"),
            "date": f"{datetime.now(PARIS):%Y-%m-%d %H:%M:%S}",
            "send_fail": 0,
            "is_eidas": 1,
            "to_email": fields["to_email"],
        }
        return ar24.mails[number]

    def _list(self):
        start = int(self.fields.get("start") or 0)
        most = min(int(self.fields.get("max") or 10), self.server_of.most)
        rows = sorted(self.server_of.mails.values(), key=lambda mail: -mail["id"])
        return rows[start : start + most]
