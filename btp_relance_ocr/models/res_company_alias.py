# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

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
        for company in self.sudo():
            alias = company.btp_paper_alias_id
            if not company.btp_paper_alias_name:
                alias.unlink()
            elif alias:
                alias.alias_name = company.btp_paper_alias_name
            else:
                company._make_btp_paper_alias(company.btp_paper_alias_name)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_btp_paper_alias()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("alias_domain_id"):
            for company in self.sudo().filtered("btp_paper_alias_id"):
                company.btp_paper_alias_id.alias_domain_id = company.alias_domain_id
            self._ensure_btp_paper_alias()
        return result

    def _ensure_btp_paper_alias(self):
        """Give each company that has a mail domain an address for papers."""
        for company in self.sudo():
            if company.btp_paper_alias_id or not company.alias_domain_id:
                continue
            company._make_btp_paper_alias(company._find_btp_paper_alias_name())

    def _find_btp_paper_alias_name(self) -> str:
        """Return a free name: companies may share a domain."""
        self.ensure_one()
        aliases = self.env["mail.alias"].sudo()
        taken = set(
            aliases.search([("alias_domain_id", "=", self.alias_domain_id.id)]).mapped(
                "alias_name"
            )
        )
        slug = re.sub(r"[^a-z0-9]+", "-", (self.name or "").lower().strip()).strip("-")
        names = [ALIAS, f"{ALIAS}-{slug}"[:40].rstrip("-"), f"{ALIAS}-{self.id}"]
        return next((name for name in names if name not in taken), names[-1])

    def _make_btp_paper_alias(self, name: str):
        self.ensure_one()
        self.btp_paper_alias_id = (
            self.env["mail.alias"]
            .sudo()
            .create(
                {
                    "alias_name": name,
                    "alias_domain_id": self.alias_domain_id.id,
                    "alias_model_id": self.env["ir.model"]._get_id("btp.paper"),
                    "alias_contact": "everyone",
                    "alias_defaults": repr({"company_id": self.id}),
                }
            )
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_paper_alias_name = fields.Char(
        related="company_id.btp_paper_alias_name", readonly=False
    )
