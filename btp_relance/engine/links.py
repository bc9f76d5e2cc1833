# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Links that are keys: how two are compared, and how they are kept out of logs."""

import hmac
import re

#: What a link that leads to a page may be found to be.
GOOD, EXPIRED, REVOKED, UNKNOWN = "good", "expired", "revoked", "unknown"
#: What is a key in an address of the log.
KEYS = re.compile(r"(access_token=|/(?:r|site)/\d+/)[^&\s\"'#/?]+")


def same(expected: str | None, given: str | None) -> bool:
    """Return whether two secrets are the same, in a time that tells nothing of them."""
    return bool(expected and given) and hmac.compare_digest(
        str(expected).encode(), str(given).encode("utf-8", "replace")
    )


def hide_keys(text: str) -> str:
    """Return a line of a log with dots in place of each key."""
    return KEYS.sub(r"\1…", text)
