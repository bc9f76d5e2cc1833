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
        for company in self:
            company._set_btp_alias("btp_answer_alias_id", company.btp_answer_alias_name)

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._ensure_btp_aliases()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if vals.get("alias_domain_id"):
            for company in self.sudo():
                for field in self._get_btp_aliases():
                    company[field].alias_domain_id = company.alias_domain_id
            self._ensure_btp_aliases()
        return result

    # === ADDRESSES === #

    @api.model
    def _get_btp_aliases(self) -> dict:
        """Return the addresses that each company has: ``{field: (model, first name)}``. Hook."""
        return {"btp_answer_alias_id": ("btp.answer", ALIAS)}

    def _ensure_btp_answer_alias(self):
        """Give each company that has a mail domain an address for answers."""
        self._ensure_btp_aliases(["btp_answer_alias_id"])

    def _ensure_btp_aliases(self, names=None):
        """Give each company that has a mail domain its addresses.

        :param names: fields of `_get_btp_aliases`; all of them where there are none
        """
        for name in names or self._get_btp_aliases():
            for company in self.sudo():
                if company.alias_domain_id and not company[name]:
                    free = company._find_btp_alias_name(
                        self._get_btp_aliases()[name][1]
                    )
                    company._make_btp_alias(name, free)

    def _set_btp_alias(self, name: str, address):
        """Write the address of a field of `_get_btp_aliases`; without one, it goes."""
        alias = self.sudo()[name]
        if not address:
            alias.unlink()
        elif alias:
            alias.alias_name = address
        else:
            self.sudo()._make_btp_alias(name, address)

    def _find_btp_alias_name(self, first: str) -> str:
        """Return a free name: companies may share a domain.

        :param first: what is taken where nobody has it
        """
        self.ensure_one()
        aliases = self.env["mail.alias"].sudo()
        domain = [("alias_domain_id", "=", self.alias_domain_id.id)]
        taken = set(aliases.search(domain).mapped("alias_name"))
        slug = re.sub(r"[^a-z0-9]+", "-", (self.name or "").lower().strip()).strip("-")
        names = [first, f"{first}-{slug}"[:40].rstrip("-"), f"{first}-{self.id}"]
        return next((name for name in names if name not in taken), names[-1])

    def _make_btp_alias(self, name: str, address: str):
        """Make the address of a field of `_get_btp_aliases`: anybody may write to it."""
        self.ensure_one()
        model = self._get_btp_aliases()[name][0]
        self[name] = self.env["mail.alias"].sudo().create(
            {
                "alias_name": address,
                "alias_domain_id": self.alias_domain_id.id,
                "alias_model_id": self.env["ir.model"]._get_id(model),
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
