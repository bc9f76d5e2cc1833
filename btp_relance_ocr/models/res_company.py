# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """What papers may do by themselves, and who looks at the others."""

    _inherit = "res.company"

    btp_paper_auto = fields.Selection(
        [
            ("off", "Never: a person looks at each"),
            ("learn", "Once people checked the first ones of the kind"),
            ("sure", "Whenever everything is sure"),
        ],
        "Papers Act by Themselves",
        default="learn",
        required=True,
        help="A paper acts only where its kind, its values and what it is about are sure, "
        "and where it is signed if it must be.",
    )
    btp_paper_first = fields.Integer(
        "First Papers Checked",
        default=5,
        help="So many papers of a kind are checked by a person before the next ones act "
        "by themselves.",
    )
    btp_paper_user_id = fields.Many2one(
        "res.users",
        "Who Checks Papers",
        help="Empty: whoever follows up reminders.",
    )

    _paper_first_range = models.Constraint(
        "CHECK(btp_paper_first BETWEEN 0 AND 1000)",
        "Between 0 and 1000 papers of a kind are checked first.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_paper_auto = fields.Selection(
        related="company_id.btp_paper_auto", readonly=False
    )
    btp_paper_first = fields.Integer(
        related="company_id.btp_paper_first", readonly=False
    )
    btp_paper_user_id = fields.Many2one(
        related="company_id.btp_paper_user_id", readonly=False
    )
