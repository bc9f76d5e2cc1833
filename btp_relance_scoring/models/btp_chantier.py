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
        aggregator=None,
        help="Of what is not due yet on the chantier, weighted by amount. What is late "
        "already is late: see the overdue amount.",
    )
    score_coming = fields.Monetary("Not Due Yet", readonly=True, copy=False)
    score_delay = fields.Integer(
        "Expected Delay (days)",
        readonly=True,
        copy=False,
        aggregator="avg",
        help="Days between due dates and the days on which the money is expected, weighted "
        "by amount.",
    )
    score_left_out = fields.Monetary(
        "Not Counted",
        readonly=True,
        copy=False,
        help="What no habit foretells: insolvency, legal file, dispute, retention not "
        "released. It is in no sum of expected cash.",
    )
    score_cash = fields.Monetary("Expected in Four Weeks", readonly=True, copy=False)
    score_date = fields.Date("Last Amount Expected On", readonly=True, copy=False)
