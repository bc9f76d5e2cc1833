# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A server on localhost that behaves as Maileva's documentation says.

authentication v2, registered_mail v4.9, notification_center v2.8: what is checked of a
request, the status codes, the errors' codes, and the states that a letter goes through.
"""

import base64
import json
import re
import uuid
from urllib.parse import parse_qs

from .service_server import ServiceHandler, ServiceServer

PDF = b"%PDF-1.4\n% a proof of Maileva\n%%EOF\n"
SENDINGS = "/registered_mail/v4/sendings"
LINE_WIDTH = 38


class MailevaServer(ServiceServer):
    """Maileva on localhost.

    :ivar dict sendings: by id, as the API shows them, with ``_recipients``, ``_documents``
    :ivar faults: beside those of every service: ``(status, code, message)`` of a documented error
    """

    login, password = "btp", "letter-s3cret"
    client_id, client_secret = "app.btp", "app-s3cret"

    def __enter__(self):
        self.sendings, self.subscriptions = {}, []
        self.tokens, self.lifetime = set(), 300
        super().__enter__()
        self.token_url = f"{self.url}/auth/token"
        return self

    # === WHAT A TEST ASKS AND DOES === #

    def submitted(self):
        """The sendings that were really submitted."""
        return [row for row in self.sendings.values() if row["status"] != "DRAFT"]

    def recipient(self, index=-1):
        """The recipient of a sending."""
        return list(self.sendings.values())[index]["_recipients"][0]

    def move(self, **values):
        """Change what Maileva says of the last letter."""
        self.recipient().update(values)


class _Handler(ServiceHandler):
    # === THE API === #

    def refuse(self, *fault):
        return self._error(*fault)

    def answer(self, method, path, _fault):
        maileva = self.server_of
        if (method, path) == ("POST", "/auth/token"):
            return self._token()
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if token not in maileva.tokens:
            return self._error(401, "UNAUTHORIZED", "Jeton invalide", alone=True)
        if path == "/notification_center/v2/subscriptions":
            return self._subscriptions(method)
        found = re.fullmatch(rf"{SENDINGS}(?:/([^/]+)(?:/(.+))?)?", path)
        if not found:
            return self._error(404, "NOT_FOUND", path, alone=True)
        sending_id, rest = found.groups()
        if sending_id is None:
            return self._create() if method == "POST" else self._list()
        sending = maileva.sendings.get(sending_id)
        if sending is None:
            return self._error(404, "SENDING_NOT_FOUND", "Introuvable", alone=True)
        return self._sending(method, sending, rest)

    def _json(self, status, value):
        shown = (
            {key: item for key, item in value.items() if not key.startswith("_")}
            if isinstance(value, dict)
            else value
        )
        return status, json.dumps(shown).encode(), "application/json"

    def _error(self, status, code, message, alone=False):
        error = {"code": code, "message": message}
        return self._json(status, error if alone else {"errors": [error]})

    def _token(self):
        maileva = self.server_of
        form = {key: rows[0] for key, rows in parse_qs(self.body.decode()).items()}
        expected = {
            "grant_type": "password",
            "username": maileva.login,
            "password": maileva.password,
            "client_id": maileva.client_id,
            "client_secret": maileva.client_secret,
        }
        if form != expected:
            return self._json(401, {"error": "invalid_grant"})
        token = uuid.uuid4().hex
        maileva.tokens.add(token)
        answer = {
            "access_token": token,
            "expires_in": maileva.lifetime,
            "token_type": "Bearer",
        }
        return self._json(200, answer)

    def _subscriptions(self, method):
        rows = self.server_of.subscriptions
        if method == "GET":
            return self._json(200, {"subscriptions": rows, "paging": {}})
        rows.append(json.loads(self.body) | {"id": str(uuid.uuid4())})
        return self._json(201, rows[-1])

    def _create(self):
        values = json.loads(self.body)
        if not values.get("name"):
            return self._error(400, "EMPTY_NAME", "Aucun nom d'envoi")
        if len(values.get("custom_id") or "") > 38:
            return self._error(400, "CUSTOM_ID_WRONG_FORMAT", "custom_id")
        if values.get("archiving_duration", 3) not in (3, 6, 10):
            return self._error(400, "INVALID_ARCHIVING_DURATION", "durée")
        if wrong := self._address(values, "sender_"):
            return wrong
        sending = values | {
            "id": str(uuid.uuid4()),
            "status": "DRAFT",
            "_recipients": [],
            "_documents": [],
        }
        self.server_of.sendings[sending["id"]] = sending
        return self._json(201, sending)

    def _list(self):
        rows = [
            {key: item for key, item in row.items() if not key.startswith("_")}
            for row in self.server_of.sendings.values()
        ]
        return self._json(200, {"sendings": rows, "paging": {}})

    def _sending(self, method, sending, rest):
        if rest is None:
            if method == "GET":
                return self._json(200, sending)
            if sending["status"] != "DRAFT":
                return self._error(400, "SENDING_STATUS_IS_NOT_DRAFT", "Déjà soumis")
            del self.server_of.sendings[sending["id"]]
            return 204, b"", "application/json"
        if (method, rest) == ("GET", "recipients"):
            return self._json(200, {"recipients": sending["_recipients"], "paging": {}})
        if method == "POST":
            if sending["status"] != "DRAFT":
                return self._error(400, "SENDING_STATUS_IS_NOT_DRAFT", "Déjà soumis")
            step = {
                "documents": self._document,
                "recipients": self._recipient,
                "submit": self._submit,
            }.get(rest)
            if step:
                return step(sending)
        return self._read_recipient(sending, rest)

    def _document(self, sending):
        found = self.read_parts()
        if set(found) != {"document", "metadata"}:
            return self._error(400, "EMPTY_METADATA", "metadata")
        metadata = json.loads(found["metadata"])
        if metadata.get("priority", 0) < 1:
            return self._error(400, "INVALID_PRIORITY", "priority")
        content = found["document"]
        if not content.startswith(b"%PDF"):
            return self._error(400, "DOCUMENT_TYPE_NOT_ACCEPTED", "type")
        sending["_documents"].append(content)
        row = {"id": str(uuid.uuid4()), "size": len(content), **metadata}
        return self._json(201, row)

    def _recipient(self, sending):
        values = json.loads(self.body)
        if wrong := self._address(values, ""):
            return wrong
        row = values | {"id": str(uuid.uuid4()), "status": "DRAFT"}
        sending["_recipients"].append(row)
        return self._json(201, row)

    def _address(self, values, prefix):
        """Return the error of an address, if there is one."""
        lines = {
            rank: values.get(f"{prefix}address_line_{rank}") or ""
            for rank in range(1, 7)
        }
        for rank, line in lines.items():
            if len(line) > LINE_WIDTH:
                return self._error(400, f"ADDRESS_LINE_{rank}_TOO_LONG", line)
        if not (lines[1] or lines[2]):
            code = "EMPTY_ADDRESS_LINE_1_OR_ADDRESS_LINE_2"
            return self._error(400, code, "Ligne 1 ou 2")
        country = values.get(f"{prefix}country_code")
        if not country:
            return self._error(400, "COUNTRY_CODE_EMPTY", "pays")
        if country == "FR" and not re.fullmatch(r"\d{5} \S.*", lines[6]):
            return self._error(400, "INVALID_ADDRESS_LINE_6", lines[6])
        return None

    def _submit(self, sending):
        if not sending["_documents"] or not sending["_recipients"]:
            return self._error(400, "EMPTY_DOCUMENT", "Rien à envoyer")
        sending["status"] = "PENDING"
        for row in sending["_recipients"]:
            row["status"] = "PENDING"
        return 200, b"", "application/json"

    def _read_recipient(self, sending, rest):
        found = re.fullmatch(r"recipients/([^/]+)(?:/(download_\w+))?", rest)
        rows = {row["id"]: row for row in sending["_recipients"]}
        row = found and rows.get(found[1])
        if not row:
            return self._error(404, "RECIPIENT_NOT_FOUND", "Introuvable", alone=True)
        if not found[2]:
            return self._json(200, row)
        ready = {
            "download_deposit_proof": "deposit_proof_date",
            "download_content_proof": "content_proof_date",
            "download_acknowledgement_of_receipt": "acknowledgement_of_receipt_date",
            "download_undelivered_mail": "undelivered_mail_date",
        }
        if not row.get(ready.get(found[2])):
            return self._error(404, "PROOF_NOT_FOUND", "Pas encore", alone=True)
        return 200, PDF + found[2].encode(), "application/pdf"


MailevaServer.handler = _Handler


def basic(login, password):
    """The header of Basic authentication."""
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()
