# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _get_btp_service_taxes(self):
        """Return the taxes of the same rate for services: works are (CGI 269-2-c).

        In France their VAT is due on payment, where that of goods is due on delivery. The
        prices of a contract are before tax: a tax included in the price does not fit either.
        """
        found = self.browse()
        for tax in self:
            fits = tax.tax_scope != "consu" and not tax.price_include
            found |= tax if fits else (tax._get_btp_twin() or tax)
        return found

    def _get_btp_twin(self):
        """Return the tax for services, on top of the price, of the same rate."""
        self.ensure_one()
        return self.search(
            [
                *self._check_company_domain(self.company_id),
                ("type_tax_use", "=", self.type_tax_use),
                ("amount_type", "=", self.amount_type),
                ("amount", "=", self.amount),
                ("country_id", "=", self.country_id.id),
                ("tax_scope", "=", "service"),
            ]
        ).filtered(lambda tax: not tax.price_include)[:1]
