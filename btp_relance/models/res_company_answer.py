# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models

#: What the address of reminders begins with, until a manager chooses another.
ALIAS = "relances"


class ResCompany(models.Model):
    """The address to which customers write about reminders."""

    _inherit = "res.company"

    btp_answer_alias_id = fields.Many2one(
        "mail.alias", "Alias of Reminders", copy=False, ondelete="set null"
    )
    btp_answer_alias_name = fields.Char(
        "Address of Reminders",
        compute="_compute_btp_answer_alias_name",
        inverse="_inverse_btp_answer_alias_name",
        help="What customers write to this address lands on their reminder, or on your desk.",
    )
    btp_answer_alias_domain = fields.Char(related="alias_domain_id.name")

    @api.depends("btp_answer_alias_id.alias_name")
    def _compute_btp_answer_alias_name(self):
        for company in self:
            company.btp_answer_alias_name = (
                company.sudo().btp_answer_alias_id.alias_name
            )

    def _inverse_btp_answer_alias_name(self):
        for company in self.sudo():
            alias = company.btp_answer_alias_id
            if not company.btp_answer_alias_name:
                alias.unlink()
            elif alias:
                alias.alias_name = company.btp_answer_alias_name
            else:
                company._make_btp_answer_alias(company.btp_answer_alias_name)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_btp_answer_alias()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("alias_domain_id"):
            for company in self.sudo():
                company.btp_answer_alias_id.alias_domain_id = company.alias_domain_id
            self._ensure_btp_answer_alias()
        return result

    def _ensure_btp_answer_alias(self):
        """Give each company that has a mail domain an address for answers."""
        for company in self.sudo():
            if company.btp_answer_alias_id or not company.alias_domain_id:
                continue
            company._make_btp_answer_alias(company._find_btp_alias_name())

    def _find_btp_alias_name(self) -> str:
        """Return a free name: companies may share a domain."""
        self.ensure_one()
        taken = set(
            self.env["mail.alias"]
            .sudo()
            .search([("alias_domain_id", "=", self.alias_domain_id.id)])
            .mapped("alias_name")
        )
        slug = re.sub(r"[^a-z0-9]+", "-", (self.name or "").lower().strip()).strip("-")
        names = [ALIAS, f"{ALIAS}-{slug}"[:40].rstrip("-"), f"{ALIAS}-{self.id}"]
        return next((name for name in names if name not in taken), names[-1])

    def _make_btp_answer_alias(self, name: str):
        self.ensure_one()
        self.btp_answer_alias_id = self.env["mail.alias"].sudo().create(
            {
                "alias_name": name,
                "alias_domain_id": self.alias_domain_id.id,
                "alias_model_id": self.env["ir.model"]._get_id("btp.answer"),
                "alias_contact": "everyone",
                "alias_defaults": repr({"company_id": self.id}),
            }
        )  # fmt: skip


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_answer_alias_name = fields.Char(
        related="company_id.btp_answer_alias_name", readonly=False
    )
    btp_answer_alias_domain = fields.Char(related="company_id.btp_answer_alias_domain")
