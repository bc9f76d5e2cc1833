# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo cannot undo by itself."""


def uninstall_hook(env):
    """Take back the letters that Snailmail has not posted: nobody would look at what is due
    before it does. They wait on the desk, to be posted by hand.

    :param env: the environment of the uninstall
    """
    waiting = (
        env["snailmail.letter"]
        .sudo()
        .search(
            [("btp_relance_id", "!=", False), ("state", "in", ("pending", "error"))]
        )
    )
    relances = waiting.btp_relance_id
    waiting._btp_take_back()
    relances.snail_letter_id = False
    env.flush_all()
