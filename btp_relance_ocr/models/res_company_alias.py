# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

#: What the address of papers begins with, until a manager chooses another.
ALIAS = "pieces"


class ResCompany(models.Model):
    """The address to which papers are sent."""

    _inherit = "res.company"

    btp_paper_alias_id = fields.Many2one(
        "mail.alias", "Alias of Papers", copy=False, ondelete="set null"
    )
    btp_paper_alias_name = fields.Char(
        "Address of Papers",
        compute="_compute_btp_paper_alias_name",
        inverse="_inverse_btp_paper_alias_name",
        help="Each file sent to this address becomes a paper: it is read and matched.",
    )

    @api.depends("btp_paper_alias_id.alias_name")
    def _compute_btp_paper_alias_name(self):
        for company in self:
            company.btp_paper_alias_name = company.sudo().btp_paper_alias_id.alias_name

    def _inverse_btp_paper_alias_name(self):
        for company in self:
            company._set_btp_alias("btp_paper_alias_id", company.btp_paper_alias_name)

    @api.model
    def _get_btp_aliases(self):
        # EXTENDS btp_relance
        return {
            **super()._get_btp_aliases(),
            "btp_paper_alias_id": ("btp.paper", ALIAS),
        }

    def _ensure_btp_paper_alias(self):
        """Give each company that has a mail domain an address for papers."""
        self._ensure_btp_aliases(["btp_paper_alias_id"])


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_paper_alias_name = fields.Char(
        related="company_id.btp_paper_alias_name", readonly=False
    )
