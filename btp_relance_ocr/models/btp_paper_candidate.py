# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpPaperCandidate(models.Model):
    """What a paper could be about, with the evidence: the best three are kept."""

    _name = "btp.paper.candidate"
    _description = "What a Paper Could Be About"
    _order = "paper_id, score desc, id"
    _check_company_auto = True

    paper_id = fields.Many2one(
        "btp.paper", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="paper_id.company_id", store=True, index=True)
    chantier_id = fields.Many2one("btp.chantier", check_company=True)
    move_id = fields.Many2one("account.move", "Invoice", check_company=True)
    partner_id = fields.Many2one("res.partner", check_company=True)
    score = fields.Float(help="0 to 1.")
    evidence = fields.Text(help="One fact a line.")
