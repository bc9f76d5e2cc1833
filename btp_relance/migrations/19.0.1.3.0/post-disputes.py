# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was contested on the phone was a pause without end: it becomes a dispute."""

import logging

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


def migrate(cr, version):
    """Open the disputes that calls noted; customers and sites are told nothing of them.

    Only where nobody touched the pause since: it has no end, and its reason is the one that
    the call wrote.

    :param cr: cursor of the database
    :param version: version installed before
    """
    # Nobody who is at work is written to by itself from one day to the next.
    cr.execute(
        "UPDATE res_company SET btp_confirm_dispute = FALSE, btp_ask_site = FALSE"
        " WHERE btp_relance_active"
    )
    cr.execute(
        """
        SELECT DISTINCT ON (m.id) m.id, r.id, r.call_note
          FROM btp_relance r
          JOIN btp_relance_line l ON l.relance_id = r.id AND l.step_id IS NOT NULL
          JOIN account_move m ON m.id = l.move_id
         WHERE r.call_outcome = 'dispute' AND COALESCE(r.call_note, '') <> ''
           AND m.btp_no_reminder AND m.btp_no_reminder_until IS NULL
           AND m.btp_no_reminder_reason LIKE '%% – ' || r.call_note
           AND m.amount_residual > 0 AND m.state = 'posted'
         ORDER BY m.id, r.id DESC
        """
    )
    rows = cr.fetchall()
    env = api.Environment(cr, SUPERUSER_ID, {"btp_tell": False})
    for move_id, relance_id, note in rows:
        move = env["account.move"].browse(move_id)
        try:
            with cr.savepoint():
                env["btp.dispute"]._open(
                    move,
                    "other",
                    note,
                    source="call",
                    relance=env["btp.relance"].browse(relance_id),
                )
                move.write({"btp_no_reminder": False, "btp_no_reminder_reason": False})
        except UserError as error:
            _logger.info("Invoice %s stays paused: %s", move_id, type(error).__name__)
