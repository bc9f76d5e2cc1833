# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""AR24's published API: registered letters without paper (LRE, eIDAS art. 44).

What each part follows, all public:

- requests, their seal and the encryption of answers, form data, ``SUCCESS``/``ERROR`` with a
  ``slug``/``maintenance``, always HTTP 200, 60 seconds: https://developers.ar24.fr/doc/;
- ``user/``, ``user/auth_otp/``, ``attachment/``, ``mail/``, ``user/mail``, with ``webhook`` in what
  is posted: the client php-ar24-client of connected-company;
- fields of a mail, addresses of its proofs, slugs of refusals: the clients written against that
  documentation which model them one by one.

A letter is one call, ``POST /mail``; nothing identifies it beforehand at AR24's but its
``ref_dossier``, ours, so that a lost answer is looked up in ``GET /user/mail``.
"""

import json
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from ..engine import ar24 as codes
from .service import Service, ServiceAccount, ServiceError

PRODUCTION = "https://app.ar24.fr/api"
SANDBOX = "https://sandbox.ar24.fr/api"
#: Where proofs are fetched from, beside where the API is.
HOME = "ar24.fr"

#: Most bytes of all attachments of a letter (256 MB at AR24's; no letter of ours comes near).
MAX_BYTES = 40 * 1024 * 1024
#: Letters asked for at once, and pages looked through for one whose answer is lost.
PAGE, PAGES = 100, 20
#: Redirections followed for a proof, never off AR24's own machines.
HOPS = 3

#: Slug of a refusal -> kind of :class:`ServiceError`; the others are ``refused``.
SLUGS = {
    **dict.fromkeys(
        (
            "token_invalid",
            "token_missing",
            "user_unavailable",
            "user_not_exist",
            "invalid_signature",
            "missing_user_id",
        ),
        "login",
    ),
    **dict.fromkeys(
        (
            "authentication_missing",
            "authentication_otp_invalid",
            "authentication_otp_hash_invalid",
        ),
        "otp",
    ),
    **dict.fromkeys(
        ("empty_date", "invalid_date", "expired_date", "date_in_future"), "clock"
    ),
    # What they do not know themselves may have been done.
    "unknown_error": "garbage",
}


class Account(ServiceAccount):
    """What opens AR24's doors.

    :param str token, private_key: of the API access
    :param str login: e-mail of the sender's account
    :param str otp_secret: base32 secret of the sender's one-time codes
    :param str api_url: where to call
    """

    def __init__(self, token, private_key, login, otp_secret, api_url):
        self.api_url = self.check(api_url)
        self.token, self.private_key = token, private_key
        self.login, self.otp_secret = login, otp_secret

    def owns(self, url: str) -> bool:
        """Return whether an address is AR24's: the only ones that are fetched."""
        here, there = urlsplit(self.api_url), urlsplit(url)
        if (there.scheme, there.netloc) == (here.scheme, here.netloc):
            return True
        host = there.hostname or ""
        return there.scheme == "https" and (host == HOME or host.endswith(f".{HOME}"))


class Ar24(Service):
    """A session with AR24."""

    # === CALLS === #

    def _call(self, method: str, path: str, fields: dict, files=None):
        """Send one sealed request; return the ``result`` of its answer."""
        account = self.account
        date = codes.request_date(datetime.now(UTC))
        values = {"token": account.token, "date": date, **fields}
        kind = "params" if method == "GET" else "data"
        answer = self._request(
            method,
            account.api_url + path,
            headers={"signature": codes.seal(date, account.private_key)},
            files=files,
            **{kind: values},
        )
        found = self._read(answer, date)
        status = str(found.get("status"))
        if status.lower() == "maintenance":
            raise ServiceError("maintenance")
        if status == "SUCCESS":
            return found.get("result")
        slug = found.get("slug")
        if status != "ERROR" or not isinstance(slug, str):
            raise ServiceError("garbage", f"status {status}")
        words = found.get("message")
        words = words if isinstance(words, str) and words else slug
        raise ServiceError(SLUGS.get(slug, "refused"), words, [slug])

    def _read(self, answer, date: str) -> dict:
        """Return the object of an answer: errors come in clear, successes encrypted."""
        self._check_up(answer)
        code, content = answer.status_code, answer.content
        try:
            found = json.loads(content)
        except ValueError:
            try:
                text = codes.unseal(content, date, self.account.private_key)
                found = json.loads(text)
            except ValueError as error:
                raise ServiceError("garbage", f"HTTP {code}") from error
        if not isinstance(found, dict):
            raise ServiceError("garbage", f"HTTP {code}")
        return found

    def _object(self, method: str, path: str, fields: dict, files=None) -> dict:
        found = self._call(method, path, fields, files)
        if not isinstance(found, dict):
            raise ServiceError("garbage", "no result")
        return found

    def _id(self, found: dict, name: str) -> str:
        """Return an id, which AR24 writes as a number or as text."""
        value = found.get(name)
        if isinstance(value, bool) or not isinstance(value, int | str) or not value:
            raise ServiceError("garbage", f"no {name}")
        return str(value)

    # === WHAT IT DOES === #

    def get_user(self) -> str:
        """Return the number of the sender's account (``id_user``)."""
        found = self._object("GET", "/user/", {"email": self.account.login})
        return self._id(found, "id")

    def authenticate(self, user: str) -> str:
        """Identify the sender with a one-time code, for an hour; return its ``hash``."""
        try:
            code = codes.one_time_code(self.account.otp_secret, datetime.now(UTC))
        except ValueError as error:
            raise ServiceError("otp", "base32") from error
        found = self._object("POST", "/user/auth_otp/", {"id_user": user, "otp": code})
        if not isinstance(found.get("hash"), str) or not found["hash"]:
            raise ServiceError("garbage", "no hash")
        return found["hash"]

    def upload(self, user: str, name: str, content: bytes) -> str:
        """Hand over a PDF, which no letter has yet; return its id."""
        found = self._object(
            "POST",
            "/attachment/",
            {"id_user": user, "file_name": name},
            files={"file": (name, content, "application/pdf")},
        )
        return self._id(found, "file_id")

    def send(self, user: str, values: dict, auth: str, files: list[str]) -> dict:
        """Send a qualified letter. It cannot be taken back; return the mail.

        :param values: addressee, content and references
        :param auth: of :meth:`authenticate`
        :param files: of :meth:`upload`
        """
        fields = {"id_user": user, "eidas": 1, "auth_otp_hash": auth, **values}
        fields |= {f"attachment[{rank}]": file for rank, file in enumerate(files)}
        found = self._object("POST", "/mail/", fields)
        self._id(found, "id")
        return found

    def get_mail(self, mail: str) -> dict:
        """Return a letter."""
        return self._object("GET", "/mail/", {"id": mail})

    def find_mail(self, user: str, key: str, since: datetime) -> dict | None:
        """Return the letter whose ``ref_dossier`` is ``key``, ``None`` for none.

        :param since: it was not sent before, naive UTC
        :raise ServiceError: not all letters since then could be looked through
        """
        seen = set()
        for _page in range(PAGES):
            fields = {"id_user": user, "max": PAGE, "start": len(seen), "sort": "DESC"}
            rows = self._read_mails(self._call("GET", "/user/mail", fields))
            for row in rows:
                if row.get("ref_dossier") == key:
                    return row
            new = {row["id"] for row in rows} - seen
            dates = [codes.moment(row.get("date")) for row in rows]
            if all(dates) and dates == sorted(dates, reverse=True):
                if dates and dates[-1] < since:
                    return None
            if not new:
                if len(rows) >= PAGE:
                    raise ServiceError("garbage", "same page twice")
                return None
            seen |= new
        raise ServiceError("garbage", f"more than {len(seen)} mails")

    def _read_mails(self, rows) -> list[dict]:
        """Return the rows of a list. PHP writes one with a gap as an object."""
        rows = list(rows.values()) if isinstance(rows, dict) else rows or []
        if not isinstance(rows, list):
            raise ServiceError("garbage", "no mails")
        for row in rows:
            if not isinstance(row, dict):
                raise ServiceError("garbage", "no mail")
            self._id(row, "id")
        return rows

    def download(self, url: str) -> bytes:
        """Return a proof as PDF from the address that AR24 gave with the letter."""
        for _hop in range(HOPS):
            if not self.account.owns(url):
                raise ServiceError("garbage", "proof elsewhere")
            answer = self._request("GET", url)
            if not 300 <= answer.status_code < 400:
                break
            url = urljoin(url, answer.headers.get("Location") or "")
        self._check_up(answer)
        if answer.status_code != 200:
            raise ServiceError("garbage", f"HTTP {answer.status_code}")
        return self._read_pdf(answer)
