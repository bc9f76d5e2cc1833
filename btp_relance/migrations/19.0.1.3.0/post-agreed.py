# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Promises noted on a call become promises; messages offer instalments only where allowed."""

from datetime import timedelta

from odoo import SUPERUSER_ID, api
from odoo.modules.module import load_script
from odoo.tools.misc import file_path

#: Working days for which the pause of a promise went on.
GRACE = 2
#: No pause goes on for longer after the day promised.
RECENT = 60
MESSAGES = "btp_relance/migrations/19.0.1.2.0/post-messages.py"
#: Where money is not to be had by instalments: scenarios shipped for public buyers and
#: retentions.
WITHOUT = ("scenario_public", "scenario_retention", "scenario_retention_public")
#: The messages that offered instalments whatever the scenario, as 19.0.1.2.0 shipped them.
TEXTS = {
    "template_consumer_p12": {
        "subject": {"en_US": "30c3a8a55c730f78", "fr_FR": "55c5f23eb9bd28c2"},
        "body_html": {"en_US": "bc1e5725b82cb1c9", "fr_FR": "8b68bd735f6967df"},
    },
    "template_consumer_p30": {
        "subject": {"en_US": "540d15aacc1f6d5b", "fr_FR": "596ed1e00ff25c40"},
        "body_html": {"en_US": "223e748193bf1a87", "fr_FR": "6d06970652e72b41"},
    },
    "template_standard_p10": {
        "subject": {"en_US": "d72ff44f3078a85e", "fr_FR": "2a6af3290d5278e9"},
        "body_html": {"en_US": "d11c4a313b65f2ba", "fr_FR": "2ddf42a7194c4be5"},
    },
    "template_standard_p3": {
        "subject": {"en_US": "30c3a8a55c730f78", "fr_FR": "55c5f23eb9bd28c2"},
        "body_html": {"en_US": "86fb4b4144366225", "fr_FR": "0a5beb5628c19cf6"},
    },
}


def migrate(cr, version):
    """Bring what was there up to date.

    :param cr: cursor of the database
    :param version: version installed before
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    leave_to_managers(env)
    renew_messages(env)
    make_promises(env)


def leave_to_managers(env):
    """Let managers of companies at work say whether customers may ask for instalments."""
    env["res.company"].search(
        [("btp_relance_active", "=", True)]
    ).btp_plan_active = False
    for name in WITHOUT:
        scenario = env.ref(f"btp_relance.{name}", raise_if_not_found=False)
        if scenario:
            scenario.allow_plan = False


def renew_messages(env):
    """Give the messages that nobody rewrote their new words."""
    messages = load_script(file_path(MESSAGES), "btp_relance_messages")
    names = [
        name for name, known in TEXTS.items() if messages.is_ours(env, name, known)
    ]
    messages.renew(env, names)


def make_promises(env):
    """Make a promise of each one noted on a call whose pause still runs.

    The pause that the call set is lifted: the promise holds instead, to the same day. The
    customer was told then, and is not told again.
    """
    for company in env["res.company"].search([]):
        promises = env["btp.promise"].with_company(company)
        today = env["btp.echeance"].with_company(company)._get_today()
        relances = env["btp.relance"].search(
            [
                ("company_id", "=", company.id),
                ("call_outcome", "=", "promise"),
                ("promise_date", ">=", today - timedelta(days=RECENT)),
            ],
            order="id desc",
        )
        for relance in relances:
            # Another pause is a person's own: it stays.
            until = company._get_btp_pause(relance.promise_date, GRACE)
            moves = relance.line_ids.filtered("step_id").move_id.filtered(
                lambda move, until=until: (
                    move.btp_no_reminder and move.btp_no_reminder_until == until
                )
            )
            if until < today:
                continue
            for move in moves:
                promises._adopt(relance, move)
