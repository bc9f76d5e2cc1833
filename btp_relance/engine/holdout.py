# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which amounts due a step passes over, so that its effect is measured honestly."""

from hashlib import md5

#: Parts of a whole that a share counts.
PARTS = 100
#: More would cost more than it teaches.
MOST = 50


def draw(partner_id: int, step_id: int, due: str) -> int:
    """Return the number drawn for a debtor, a step and a due date: 0 to 99, always the same.

    The amounts of one debtor due on one day are drawn together: they are paid together. The
    next due date is drawn anew, so that no debtor is passed over for ever.
    """
    key = f"{partner_id}/{step_id}/{due}".encode()
    return int(md5(key, usedforsecurity=False).hexdigest()[:7], 16) % PARTS
