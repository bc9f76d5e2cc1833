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
from datetime import datetime, timedelta
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .service_server import ServiceHandler, ServiceServer

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


class Ar24Server(ServiceServer):
    """AR24 on localhost.

    :ivar dict mails: what was sent, by id, as the API shows it
    :ivar faults: beside those of every service: ``"forged"`` (encrypted with another key),
        ``"maintenance"``, or ``(slug, message)`` of a documented error
    """

    token, private_key, login = "tok-s3cret", "7X9gx9E3Qx4EiUdB63nc", "moi@btp.example"
    user = 4321

    def __enter__(self):
        self.mails, self.files, self.posted = {}, {}, []
        self.hashes, self.proofs, self.most = set(), True, 1000
        super().__enter__()
        self.root = self.url
        self.url = f"{self.root}/api"
        return self

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


class _Handler(ServiceHandler):
    root = "/api"

    def answer(self, method, path, fault):
        ar24 = self.server_of
        if fault == "maintenance":
            return 200, b'{"status":"maintenance"}'
        if path.startswith("/get/proof/"):
            known = "token=1111111111111111" in self.query and ar24.proofs
            return (200, PDF, "application/pdf") if known else (404, b"")
        self.fields, self.upload = self._read(method)
        answer = self._refuse() or self._answer(method, path.rstrip("/"))
        if not isinstance(answer, bytes):
            text = json.dumps({"status": "SUCCESS", "result": answer})
            key = "another" if fault == "forged" else ar24.private_key
            answer = encrypt(text, self.fields["date"] + key, ar24.private_key)
        return 200, answer

    def refuse(self, *fault):
        return 200, self._error(*fault)

    def _read(self, method):
        """Return the fields of a query or a form, and the file with it."""
        if not (self.headers.get("Content-Type") or "").startswith("multipart/"):
            return dict(
                parse_qsl(self.query if method == "GET" else self.body.decode())
            ), None
        parts = self.read_parts()
        upload = parts.pop("file", None)
        return {name: value.decode() for name, value in parts.items()}, upload

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


Ar24Server.handler = _Handler
