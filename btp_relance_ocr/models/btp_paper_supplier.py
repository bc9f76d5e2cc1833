# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, models
from odoo.exceptions import UserError

from ..const import OF_SUPPLIER
from ..matching.ids import siren_of


class BtpPaper(models.Model):
    """A supplier that is not known yet: a person creates it from what the paper says."""

    _inherit = "btp.paper"

    @api.model
    def create_supplier(self, paper_id):
        """Create the supplier of a paper, and say that the paper is its.

        Never done unasked, and its bank account is not taken: whoever pays looks at it.

        :return: the name of the supplier
        """
        paper = self._get_reviewed(paper_id)
        conflict = paper._find_conflict(None)
        if conflict:
            raise UserError(conflict)
        if paper.partner_id or paper.kind not in OF_SUPPLIER:
            raise UserError(self.env._("This paper has its supplier already."))
        values = paper._prepare_supplier()
        partner = paper._find_partner_of(values.get("company_registry"))
        # Whoever checks papers makes suppliers, as they make the drafts that name them.
        partner = partner or self.env["res.partner"].sudo().create(values)
        paper._write_choice(
            {"partner_id": partner.id, "chantier_id": paper.chantier_id.id}
        )
        return partner.display_name

    def _prepare_supplier(self) -> dict:
        """Return the values of a supplier as the paper names it."""
        said = self._get_said()
        name = str(said.get("entreprise") or "").strip()
        if not name:
            raise UserError(
                self.env._("Fill in first who wrote this paper, under “Company”.")
            )
        siret = said.get("siret")
        return {
            "name": name,
            "is_company": True,
            "company_id": self.company_id.id,
            "company_registry": siret or False,
            "vat": self._find_vat_of(siret) or False,
            "supplier_rank": 1,
            "country_id": self.company_id.country_id.id,
            "lang": self.company_id.partner_id.lang,
        }

    def _find_vat_of(self, siret) -> str | None:
        """Return the VAT number that goes with a SIRET, where it stands on the paper."""
        siren = siren_of(siret)
        if not siren:
            return None
        number = f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
        text = re.sub(r"\W", "", self._get_text()).upper()
        return number if number in text else None

    def _find_partner_of(self, siret):
        """Return whoever has this SIRET already."""
        if not siret:
            return self.env["res.partner"]
        return self.env["res.partner"].search(
            [
                *self.env["res.partner"]._check_company_domain(self.company_id),
                ("company_registry", "=", siret),
                ("parent_id", "=", False),
            ],
            limit=1,
        )
