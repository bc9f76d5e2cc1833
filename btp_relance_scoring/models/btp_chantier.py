# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpChantier(models.Model):
    """What is expected of a chantier: the sum of its amounts due."""

    _inherit = "btp.chantier"

    score_p_late = fields.Float(
        "Chance of Being Late",
        digits=(6, 4),
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Of what is open on the chantier, weighted by amount.",
    )
    score_cash = fields.Monetary("Expected in Four Weeks", readonly=True, copy=False)
    score_date = fields.Date("Last Amount Expected On", readonly=True, copy=False)
