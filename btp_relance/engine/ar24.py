# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What AR24's API is made of, without a network: seals, one-time codes, what answers mean.

Sources, all public:

- seals: AR24's documentation (https://developers.ar24.fr/doc/, "Sign your requests" and "API
  encryption"); its worked example is a test of ours;
- one-time codes: RFC 6238 with its defaults, as in the client php-ar24-client of
  connected-company, which calls ``user/auth_otp``;
- names and dates of a registered mail: AR24's documentation ("Get registered mail info"), as
  modelled by the public clients written against it.
"""

import base64
import binascii
import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from .registered import Report

#: AR24's clock.
PARIS = ZoneInfo("Europe/Paris")
DATE_FORMAT = "%Y-%m-%d %H:%M:%S"
BLOCK = 16

#: Days that the addressee has to accept (Code des postes, art. R53-3), from the day after.
ACCEPT_DAYS = 15

#: State of a letter <- the date that proves it, and the address of its proof.
STEPS = {
    "deposited": ("ts_ev_date", "proof_ev_url"),
    "received": ("view_date", "proof_ar_url"),
    "refused": ("refused_date", "proof_rf_url"),
    "unclaimed": ("negligence_date", "proof_ng_url"),
    "returned": ("bounced_date", "proof_bc_url"),
}
#: Kind of proof <- the state that it proves.
PROOFS = {
    "deposit": "deposited",
    "receipt": "received",
    "refusal": "refused",
    "negligence": "unclaimed",
    "bounce": "returned",
}
TITLES = re.compile(
    r"^(m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle)\s+", re.IGNORECASE
)


# === SEALS === #


def request_date(now: datetime) -> str:
    """Return a moment (aware) as AR24 wants it in a request."""
    return now.astimezone(PARIS).strftime(DATE_FORMAT)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _cipher(key: str, private_key: str) -> Cipher:
    # PHP's openssl takes the first bytes of the hexadecimal text as they are.
    iv = _sha256(_sha256(private_key))[:BLOCK]
    return Cipher(algorithms.AES(key[:32].encode()), modes.CBC(iv.encode()))


def seal(date: str, private_key: str) -> str:
    """Return the header ``signature`` of a request: its date, encrypted.

    :param date: the ``date`` of the request
    """
    padder = PKCS7(BLOCK * 8).padder()
    text = padder.update(date.encode()) + padder.finalize()
    encryptor = _cipher(_sha256(private_key), private_key).encryptor()
    return base64.b64encode(encryptor.update(text) + encryptor.finalize()).decode()


def unseal(answer: bytes, date: str, private_key: str) -> str:
    """Return the text of an encrypted answer.

    :param answer: base64, as it came
    :param date: the ``date`` of the request it answers
    :raise ValueError: it was not encrypted for that request with that key
    """
    try:
        content = base64.b64decode(answer.strip(), validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if not content or len(content) % BLOCK:
        raise ValueError("not encrypted")
    decryptor = _cipher(_sha256(date + private_key), private_key).decryptor()
    unpadder = PKCS7(BLOCK * 8).unpadder()
    padded = decryptor.update(content) + decryptor.finalize()
    return (unpadder.update(padded) + unpadder.finalize()).decode()


def one_time_code(secret: str, now: datetime) -> str:
    """Return the six digits of RFC 6238 (SHA-1, 30 seconds) at a moment (aware).

    :param secret: base32, spaces and padding as one likes
    :raise ValueError: no base32
    """
    clean = re.sub(r"[\s\-=]", "", secret).upper()
    try:
        key = base64.b32decode(clean + "=" * (-len(clean) % 8))
    except binascii.Error as error:
        raise ValueError("not base32") from error
    count = int(now.timestamp()) // 30
    digest = hmac.new(key, count.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 0xF
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


# === PEOPLE === #


def split_name(name: str) -> tuple[str, str]:
    """Return ``(first name, last name)`` of a person.

    Capitals tell the last name where the writer used them for that; else what follows the
    first word is it.
    """
    words = TITLES.sub("", " ".join((name or "").split())).split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if 0 < len(capitals) < len(words):
        others = [word for word in words if word not in capitals]
        return " ".join(others), " ".join(capitals)
    return (words[0], " ".join(words[1:])) if words else ("", "")


# === ANSWERS === #


def moment(text) -> datetime | None:
    """Return a date of AR24 as naive UTC, ``None`` for none or nonsense."""
    try:
        found = datetime.strptime(text, DATE_FORMAT).replace(tzinfo=PARIS)
    except (TypeError, ValueError):
        return None
    return found.astimezone(UTC).replace(tzinfo=None)


def read_reports(mail: dict, now: datetime) -> list[Report]:
    """Return what AR24 says of a letter.

    :param mail: result of ``GET /mail``
    :param now: when what bears no date is told, naive UTC
    """
    words = mail.get("status")
    label = words if isinstance(words, str) else ""
    reports = [
        Report(state, on, label)
        for state, (date, _url) in STEPS.items()
        if (on := moment(mail.get(date)))
    ]
    ended = any(report.state != "deposited" for report in reports)
    if not ended and str(mail.get("send_fail") or "0").lower() in ("1", "true"):
        reports.append(Report("failed", now, label or "send_fail"))
    return reports


def ready_proofs(mail: dict) -> dict[str, str]:
    """Return the proofs that can be fetched now: kind -> address."""
    found = {}
    for kind, state in PROOFS.items():
        date, url = (mail.get(name) for name in STEPS[state])
        if moment(date) and isinstance(url, str) and url:
            found[kind] = url
    return found


def accept_by(deposited: datetime) -> datetime:
    """Return until when the addressee may accept."""
    return deposited + timedelta(days=ACCEPT_DAYS + 1)
