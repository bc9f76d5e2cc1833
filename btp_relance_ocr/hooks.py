# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo cannot do or undo by itself."""


def post_init_hook(env):
    """Give each company an address for papers, and the demo company papers.

    :param env: the environment of the installation
    """
    env["res.company"].search([])._ensure_btp_paper_alias()
    # Once every module is loaded: a demo company that was there before receives papers too.
    env.registry._btp_papers_wanted = True


def uninstall_hook(env):
    """Take the addresses away, and let go of the originals: their papers are gone with the addon.

    :param env: the environment of the uninstall
    """
    env["mail.alias"].search([("alias_model_id.model", "=", "btp.paper")]).unlink()
    # What asked somebody to look at a bank account goes with what found it.
    alerts = env["btp.alert"].search([("kind", "=", "paper_iban")])
    alerts.activity_id.unlink()
    alerts.unlink()
    files = env["ir.attachment"].search(
        [("res_model", "=like", "btp.paper%"), ("res_field", "in", (False, "words"))]
    )
    env["btp.paper"].search([]).with_context(btp_privacy_erase=True).unlink()
    files.exists().with_context(btp_paper_keep=True).unlink()
