# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from odoo.addons.account.tools import is_valid_structured_reference

from ..engine import epc

#: What a SEPA transfer carries as its reference.
MAX_REFERENCE = 140


class AccountMove(models.Model):
    """How to pay several invoices with one transfer."""

    _inherit = "account.move"

    def _get_btp_payment_means(self, company, amount, currency, otherwise: str) -> dict:
        """Return how to pay these invoices at once.

        :param company: who is paid
        :param float amount: what to pay, in ``currency``; 0 or no currency where there is
            not one amount to pay (several currencies)
        :param otherwise: reference to quote where those of the invoices are too long
        :return: ``bank`` (``res.partner.bank``, may be empty), ``payee``, ``reference``,
            ``amount``, ``currency``, ``transfer``: what the code of the transfer says
            (EPC069-12), ``None`` where it cannot be: not in euros, no IBAN
        """
        bank = (self.partner_bank_id or company.partner_id.bank_ids)[:1].sudo()
        references = [move.payment_reference or move.name or "" for move in self]
        reference = ", ".join(filter(None, references))
        if not reference or len(reference) > MAX_REFERENCE:
            reference = otherwise
        means = {
            "bank": bank,
            "payee": bank.acc_holder_name or company.name,
            "reference": reference,
            "currency": currency,
            "amount": currency and currency.round(amount),
            "transfer": None,
        }
        if currency and currency.compare_amounts(amount, 0) > 0:
            means["transfer"] = self._get_btp_transfer(means)
        return means

    def _get_btp_transfer(self, means: dict) -> str | None:
        """Return what the QR code of a transfer says, where Odoo can make one."""
        reference = means["reference"]
        structured = reference if is_valid_structured_reference(reference) else ""
        values = means["bank"]._build_qr_code_vals(
            means["amount"],
            "" if structured else reference,
            structured,
            means["currency"],
            self.partner_id[:1],
            qr_method="sct_qr",
        )
        payload = values and "\n".join(means["bank"]._get_qr_vals(**values))
        return payload if payload and epc.fits(payload) else None

    @api.model
    def _draw_btp_transfer(self, payload: str) -> str:
        """Return the QR code of a transfer as an address that a page can hold.

        Drawn where it is shown: an e-mail shows it by a link.
        """
        return epc.data_url(epc.draw(payload))
