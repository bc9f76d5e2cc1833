# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hash chain of the journal: what makes an altered row visible."""

import hashlib
import json

#: What the first row of a chain is linked to.
GENESIS = "0" * 64


def digest(previous: str, content: dict) -> str:
    """Return the hash of a row linked to the one before it.

    :param previous: hash of the previous row (:data:`GENESIS` for the first)
    :param content: what the row states; values are text, integers or ``None``
    :return: 64 hexadecimal digits (SHA-256 of canonical JSON)
    """
    text = json.dumps(
        [previous, content], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def sha256(data: bytes | str | None) -> str:
    """Return the SHA-256 of a document or a text, in hexadecimal."""
    if isinstance(data, str):
        data = data.encode()
    return hashlib.sha256(data or b"").hexdigest()
