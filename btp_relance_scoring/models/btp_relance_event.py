# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


def _keep(_events):
    """Leave the rows as they are: the journal outlives whoever wrote in it."""


class BtpRelanceEvent(models.Model):
    """Who objected to scores, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("scoring_refused", "Objected to forecasts"),
            ("scoring_accepted", "Forecasts accepted again"),
        ],
        ondelete={"scoring_refused": _keep, "scoring_accepted": _keep},
    )
