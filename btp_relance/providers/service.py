# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the clients of outside services share: safe addresses, one way to fail, proofs."""

from urllib.parse import urlsplit

import requests

#: Seconds to wait for an answer; a document of 20 MB takes its time, and AR24 asks for as many.
TIMEOUT = 60
#: Characters of a refusal that are worth showing.
SHOWN = 200


class ServiceError(Exception):
    """What went wrong with a service.

    :ivar str kind: ``login`` (credentials), ``otp`` (one-time code of the sender), ``clock``
        (our clock), ``refused`` (what we sent is wrong), ``maintenance``, ``down`` (no answer,
        or an error of theirs), ``garbage`` (not what is documented)
    :ivar str detail: the service's words, short; never a secret
    :ivar set codes: codes of a refusal
    """

    def __init__(self, kind: str, detail: str = "", codes=()):
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail, self.codes = kind, detail[:SHOWN], set(codes)

    @property
    def nothing_done(self) -> bool:
        """Whether the service said that it did not do what it was asked."""
        return self.kind not in ("down", "garbage")

    @property
    def passing(self) -> bool:
        """Whether it is expected to go away by itself."""
        return self.kind in ("clock", "maintenance", "garbage", "down")


class ServiceAccount:
    """What opens a service's doors; its text shows no secret."""

    login, api_url = "", ""

    def __repr__(self):
        return f"<Account {self.login} at {self.api_url}>"

    @staticmethod
    def check(url: str) -> str:
        """Return an address without its last slash; secrets go nowhere in clear.

        :raise ServiceError: not https, and not this machine
        """
        parts = urlsplit(url)
        local = parts.hostname in ("localhost", "127.0.0.1")
        if parts.scheme != "https" and not (parts.scheme == "http" and local):
            raise ServiceError("refused", "https only")
        return url.rstrip("/")


class Service:
    """A session with a service.

    :param ServiceAccount account: whose
    :param timeout: seconds
    """

    def __init__(self, account: ServiceAccount, timeout=TIMEOUT):
        self.account, self.timeout = account, timeout
        self.http = requests.Session()

    def _request(self, method: str, url: str, **options):
        """Send one request. Redirections are refused: they would carry the token away."""
        try:
            return self.http.request(
                method, url, timeout=self.timeout, allow_redirects=False, **options
            )
        except requests.RequestException as error:
            # Not its text: it holds the address, and perhaps a token with it.
            raise ServiceError("down", type(error).__name__) from None

    @staticmethod
    def _check_up(answer):
        """Raise where a service is out of order, or out of breath."""
        code = answer.status_code
        if code >= 500 or code in (408, 425, 429):
            raise ServiceError("down", f"HTTP {code}")

    @staticmethod
    def _read_pdf(answer) -> bytes:
        """Return the proof of a successful answer."""
        if not answer.content.startswith(b"%PDF"):
            raise ServiceError("garbage", "not a PDF")
        return answer.content
