# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Maileva's published API: authentication v2, registered_mail v4.9, notification_center v2.

A sending is made as a draft, gets its document and its recipient, and is then submitted;
only that last call has paper printed, and it cannot be taken back.
"""

import json
import time

from .service import Service, ServiceAccount, ServiceError

#: Where Maileva answers: (token, api).
PRODUCTION = (
    "https://connexion.maileva.com/auth/realms/services/protocol/openid-connect/token",
    "https://api.maileva.com",
)
SANDBOX = (
    "https://connexion.sandbox.maileva.net"
    "/auth/realms/services/protocol/openid-connect/token",
    "https://api.sandbox.maileva.net",
)
MAIL = "/registered_mail/v4"
NOTIFICATIONS = "/notification_center/v2"

#: Most bytes that Maileva takes in one sending.
MAX_BYTES = 20 * 1024 * 1024


class Account(ServiceAccount):
    """What opens Maileva's doors.

    :param str login, password: the user's
    :param str client_id, client_secret: the application's
    :param str token_url, api_url: where to call
    """

    def __init__(self, login, password, client_id, client_secret, token_url, api_url):
        self.token_url, self.api_url = self.check(token_url), self.check(api_url)
        self.login, self.password = login, password
        self.client_id, self.client_secret = client_id, client_secret


class Maileva(Service):
    """A session with Maileva."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self._token, self._until = None, 0.0

    # === CALLS === #

    def token(self) -> str:
        """Return an access token, asked for when the last one is about to end."""
        if not self._token or time.monotonic() >= self._until:
            account = self.account
            form = {
                "grant_type": "password",
                "username": account.login,
                "password": account.password,
                "client_id": account.client_id,
                "client_secret": account.client_secret,
            }
            answer = self._request("POST", account.token_url, data=form)
            if answer.status_code in (400, 401, 403):
                raise ServiceError("login")
            found = self._read(answer)
            token = found.get("access_token")
            if not isinstance(token, str) or not token:
                raise ServiceError("garbage", "no access_token")
            self._token = token
            lasts = found.get("expires_in")
            lasts = lasts if isinstance(lasts, int) else 60
            self._until = time.monotonic() + max(lasts - 30, 1)
        return self._token

    def _call(self, method: str, path: str, **options):
        """Call the API with the token; once more with a new one if it ended meanwhile."""
        for last in (False, True):
            headers = {"Authorization": f"Bearer {self.token()}"}
            answer = self._request(
                method, self.account.api_url + path, headers=headers, **options
            )
            if answer.status_code != 401:
                return answer
            self._token = None
            if last:
                raise ServiceError("login")
        raise AssertionError("unreachable")

    def _read(self, answer) -> dict:
        """Return the object of a successful answer, or raise what the answer says."""
        self._check(answer)
        try:
            found = answer.json()
        except ValueError as error:
            raise ServiceError("garbage", "not JSON") from error
        if not isinstance(found, dict):
            raise ServiceError("garbage", "not an object")
        return found

    def _check(self, answer):
        """Raise what an answer that is no success says."""
        self._check_up(answer)
        code = answer.status_code
        if 200 <= code < 300:
            return
        if code == 403:
            raise ServiceError("login")
        errors = []
        try:
            found = answer.json()
            errors = found.get("errors") or ([found] if "code" in found else [])
            codes = [str(error["code"]) for error in errors]
            words = [str(error.get("message") or error["code"]) for error in errors]
        except (ValueError, AttributeError, TypeError, KeyError) as error:
            raise ServiceError("garbage", f"HTTP {code}") from error
        if not errors:
            raise ServiceError("garbage", f"HTTP {code}")
        raise ServiceError("refused", " ".join(words), codes)

    def _make(self, path: str, **options) -> str:
        """Create something; return its id."""
        found = self._read(self._call("POST", path, **options))
        if not isinstance(found.get("id"), str) or not found["id"]:
            raise ServiceError("garbage", "no id")
        return found["id"]

    # === SENDINGS === #

    def create_sending(self, values: dict) -> str:
        """Make a draft; return its id."""
        return self._make(f"{MAIL}/sendings", json=values)

    def add_document(self, sending: str, name: str, content: bytes) -> str:
        """Give a draft its PDF; return the document's id."""
        files = {
            "document": (name, content, "application/pdf"),
            "metadata": (
                "metadata",
                json.dumps({"priority": 1, "name": name}),
                "application/json",
            ),
        }
        return self._make(f"{MAIL}/sendings/{sending}/documents", files=files)

    def add_recipient(self, sending: str, values: dict) -> str:
        """Give a draft its recipient; return their id."""
        return self._make(f"{MAIL}/sendings/{sending}/recipients", json=values)

    def submit(self, sending: str):
        """Have a draft printed and posted. It cannot be taken back."""
        try:
            self._check(self._call("POST", f"{MAIL}/sendings/{sending}/submit"))
        except ServiceError as error:
            # It was submitted already, by a call whose answer was lost.
            if "SENDING_STATUS_IS_NOT_DRAFT" not in error.codes:
                raise

    def get_sending(self, sending: str) -> dict | None:
        """Return a sending, ``None`` where there is none."""
        answer = self._call("GET", f"{MAIL}/sendings/{sending}")
        return None if answer.status_code == 404 else self._read(answer)

    def find_sending(self, key: str) -> dict | None:
        """Return the newest sending whose ``custom_id`` is ``key``, among the last 500."""
        query = {"start_index": 1, "count": 500}
        found = self._read(self._call("GET", f"{MAIL}/sendings", params=query))
        sendings = found.get("sendings")
        if not isinstance(sendings, list):
            raise ServiceError("garbage", "no sendings")
        for sending in sendings:
            if isinstance(sending, dict) and sending.get("custom_id") == key:
                return sending
        return None

    def delete_sending(self, sending: str):
        """Throw a draft away; what is no longer one stays."""
        answer = self._call("DELETE", f"{MAIL}/sendings/{sending}")
        if answer.status_code != 404:
            self._check(answer)

    def get_recipient(self, sending: str, recipient: str) -> dict:
        """Return a recipient, with what became of their letter."""
        path = f"{MAIL}/sendings/{sending}/recipients/{recipient}"
        return self._read(self._call("GET", path))

    def get_recipients(self, sending: str) -> list[dict]:
        """Return the recipients of a sending."""
        found = self._read(self._call("GET", f"{MAIL}/sendings/{sending}/recipients"))
        rows = found.get("recipients")
        if not isinstance(rows, list):
            raise ServiceError("garbage", "no recipients")
        return rows

    def download(self, sending: str, recipient: str, proof: str) -> bytes:
        """Return a proof as PDF.

        :param proof: last part of its address
        """
        path = f"{MAIL}/sendings/{sending}/recipients/{recipient}/{proof}"
        answer = self._call("GET", path)
        self._check(answer)
        return self._read_pdf(answer)

    # === NOTIFICATIONS === #

    def subscribe(self, event: str, resource: str, url: str, login: str, secret: str):
        """Have Maileva call ``url`` on an event; return the subscription's id."""
        return self._make(
            f"{NOTIFICATIONS}/subscriptions",
            json={
                "event_type": event,
                "resource_type": resource,
                "callback_url": url,
                "authentication": {"basic": {"login": login, "password": secret}},
            },
        )

    def get_subscriptions(self) -> list[dict]:
        """Return the subscriptions of the account."""
        query = {"start_index": 1, "count": 500}
        answer = self._call("GET", f"{NOTIFICATIONS}/subscriptions", params=query)
        rows = self._read(answer).get("subscriptions")
        return rows if isinstance(rows, list) else []
