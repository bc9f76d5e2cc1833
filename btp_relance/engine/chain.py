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


def commitment(salt: str, content: dict) -> str:
    """Return what the chain keeps of values that a person may have erased.

    Without the salt nobody can try names and addresses until one fits: once it is
    destroyed with the values, what stays says nothing of anybody.

    :param salt: random text kept beside the values, destroyed with them
    :param content: the personal values; text or ``None``
    :return: 64 hexadecimal digits
    """
    return digest(salt, content)


def spans(numbers: list[int]) -> str:
    """Return numbers in short: ``3, 7-9``."""
    runs = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(
        str(first) if first == last else f"{first}-{last}" for first, last in runs
    )


def read_spans(text: str | None) -> set[int]:
    """Return the numbers that :func:`spans` wrote."""
    numbers = set()
    for run in (text or "").split(","):
        first, _dash, last = run.strip().partition("-")
        if first.isdigit():
            numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def sha256(data: bytes | str | None) -> str:
    """Return the SHA-256 of a document or a text, in hexadecimal."""
    if isinstance(data, str):
        data = data.encode()
    return hashlib.sha256(data or b"").hexdigest()
