# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a database of before the building-trade fields takes over."""

from odoo import SUPERUSER_ID, api

from odoo.addons.btp_relance.hooks import post_init_hook

#: Seeded steps that now state interest, unless somebody deleted them.
STEPS_WITH_INTEREST = (
    "step_standard_p20",
    "step_standard_p35",
    "step_public_p10",
    "step_public_p30",
    "step_good_p40",
    "step_good_p60",
)


def migrate(cr, version):
    """Give the database what a new one starts with.

    :param cr: cursor of the database
    :param version: version installed before
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    post_init_hook(env)
    show_interest(env)


def show_interest(env):
    """State interest where the new seeds do."""
    for name in STEPS_WITH_INTEREST:
        step = env.ref(f"btp_relance.{name}", raise_if_not_found=False)
        if step:
            step.show_interest = True
