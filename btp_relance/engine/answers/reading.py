# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the reader hands back."""

import datetime
from typing import NamedTuple

#: What an answer may say, in the order in which a person wants to know it.
KINDS = (
    "distress",
    "dispute",
    "already_paid",
    "promise",
    "document_request",
    "wrong_contact",
    "out_of_office",
    "complaint",
    "unsubscribe",
    "none",
)


class Reading(NamedTuple):
    """One thing that an answer says, and the words that say it.

    :param str kind: one of ``KINDS``
    :param str quote: the exact words relied on, as they stand in the text
    :param int start: where the quote begins in the text that was read
    :param int end: where it ends
    :param float confidence: in [0, 1]: how often a reading like this one is right
    :param date date: day promised, paid, or until which somebody is away
    :param float amount: part promised or amount paid or contested, where one is said
    :param str reason: of a dispute, a code of ``btp.dispute``
    :param dict values: what else was said: ``documents`` (list of codes), ``mean``,
        ``reference``, ``email``, ``phone``, ``name``, ``channel``, ``insolvency``
    """

    kind: str
    quote: str
    start: int
    end: int
    confidence: float
    date: datetime.date | None = None
    amount: float | None = None
    reason: str | None = None
    values: dict = {}
