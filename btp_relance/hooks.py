# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo cannot undo by itself."""


def uninstall_hook(env):
    """Remove the journal's guard: its table goes with the addon.

    :param env: the environment of the uninstall
    """
    env.cr.execute("DROP FUNCTION IF EXISTS btp_relance_event_guard() CASCADE")
