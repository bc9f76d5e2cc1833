# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the learner refuses, as codes: the words are the caller's."""

#: What a row may suffer from; the rule takes over for it.
BAD_DATE, DUE_BEFORE_ISSUE, PAID_BEFORE_ISSUE = (
    "bad_date",
    "due_before_issue",
    "paid_before_issue",
)
BAD_AMOUNT, NEGATIVE_AMOUNT, NO_CUSTOMER = (
    "bad_amount",
    "negative_amount",
    "no_customer",
)
ROW_TROUBLES = (
    BAD_DATE,
    DUE_BEFORE_ISSUE,
    PAID_BEFORE_ISSUE,
    BAD_AMOUNT,
    NEGATIVE_AMOUNT,
    NO_CUSTOMER,
)
#: Why a company, or a row, has no learned score.
NO_HISTORY, FEW_RESOLVED, SHORT_HISTORY, ONE_CLASS, NEW_CUSTOMER = (
    "no_history",
    "few_resolved",
    "short_history",
    "one_class",
    "new_customer",
)


class LearnerError(ValueError):
    """Input that cannot be used, or a stored model that cannot be trusted.

    :param code: a stable name of what is wrong, such as ``missing_column``
    :param detail: what it is about, such as the column's name
    """

    def __init__(self, code: str, detail: str = ""):
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code, self.detail = code, detail
