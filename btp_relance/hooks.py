# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo cannot do or undo by itself."""


def post_init_hook(env):
    """Prepare the companies and the invoices that were there before the addon.

    :param env: the environment of the installation
    """
    env["res.company"].search([])._prepare_retentions()
    env["account.move"]._fill_btp_law()
    env["res.company"].search([])._ensure_btp_answer_alias()


def uninstall_hook(env):
    """Remove the journal's guard: its table goes with the addon.

    :param env: the environment of the uninstall
    """
    env.cr.execute("DROP FUNCTION IF EXISTS btp_relance_event_guard() CASCADE")
