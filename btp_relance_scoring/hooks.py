# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo cannot do or undo by itself."""


def post_init_hook(env):
    """Complete the privacy notices; the demo company learns, where it is there already.

    :param env: the environment of the installation
    """
    env["res.company"].search([])._add_score_notice()
    # Once every module is loaded: a demo company that was there before learns too.
    env.registry._btp_scores_wanted = True


def uninstall_hook(env):
    """Take the words about scores out of the privacy notices.

    :param env: the environment of the uninstall
    """
    env["res.company"].search([])._remove_score_notice()
