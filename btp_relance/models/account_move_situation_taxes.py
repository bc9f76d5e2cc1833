# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models

from ..engine.situation import exact, split


class AccountMove(models.Model):
    """Account and taxes of the lines that a situation makes."""

    _inherit = "account.move"

    def _split_btp_amount(self, amount):
        """Yield the shares of an amount by rate of VAT: ``(amount, lots, values)``.

        ``lots`` names those of the share, where there are several rates; ``values`` are the
        taxes that the contract says, none where it does not.
        """
        lots = self._get_btp_lots_by_taxes()
        if not lots:
            yield amount, "", {}
            return
        weights = [exact(sum(group.mapped("amount"))) for group in lots.values()]
        unit = exact(self.currency_id.rounding or 0.01)
        shares = split(exact(amount), weights, unit)
        for (taxes, group), share in zip(lots.items(), shares, strict=True):
            names = ", ".join(group.mapped("name")) if len(lots) > 1 else ""
            yield float(share), names, {"tax_ids": [Command.set(taxes.ids)]}

    def _get_btp_lots_by_taxes(self):
        """Return the lots of the contract that split a draft, by the taxes of its lines.

        None under reverse charge; what was issued keeps the taxes of its lines.
        """
        self.ensure_one()
        if self.btp_reverse_charge or self._is_btp_issued():
            return {}
        return self.btp_chantier_id.lot_ids.grouped(
            lambda lot: self.fiscal_position_id.map_tax(lot.tax_id)
        )

    def _prepare_btp_line_account(self, like=None):
        """Return account and taxes of a new line.

        :param like: line of this situation to follow; otherwise that of the situation before,
            otherwise the defaults of the journal and the company
        """
        self.ensure_one()
        before = self.btp_previous_id.invoice_line_ids
        like = like or before.filtered(lambda line: line.btp_kind == "works")[:1]
        same = like and like.move_id.btp_reverse_charge == self.btp_reverse_charge
        taxes = like.tax_ids if same else self._get_btp_taxes()
        account = like.account_id or self._get_btp_account()
        values = {"tax_ids": [Command.set(taxes.ids)], "account_id": account.id}
        if like.analytic_distribution:
            values["analytic_distribution"] = like.analytic_distribution
        return values

    def _get_btp_account(self):
        """Return the income account of works: 704 of the French chart, else that of the journal."""
        self.ensure_one()
        company = self.company_id
        works = self.env["account.account"]
        if company.chart_template == "fr":
            works = works.with_company(company).search(
                [("code", "=like", "704%"), ("account_type", "=", "income")],
                order="code",
                limit=1,
            )
        return works or self.journal_id.default_account_id

    def _get_btp_taxes(self):
        """Return the taxes of works: reverse charge, or what services bear by default."""
        self.ensure_one()
        company = self.company_id
        if self.btp_reverse_charge:
            return company.btp_reverse_charge_tax_id
        taxes = self._get_btp_account().tax_ids.filtered(
            lambda tax: tax.type_tax_use == "sale"
        )
        taxes = taxes._filter_taxes_by_company(company) or company.account_sale_tax_id
        return self.fiscal_position_id.map_tax(taxes._get_btp_service_taxes())
