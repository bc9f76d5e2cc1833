# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

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
            ``amount``, ``currency``, ``qr``: the code of the transfer as a picture's
            address, only in euros and to an IBAN
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
            "qr": None,
        }
        if currency and currency.compare_amounts(amount, 0) > 0:
            means["qr"] = self._get_btp_transfer_code(means)
        return means

    def _get_btp_transfer_code(self, means: dict) -> str | None:
        """Return the QR code of a transfer (EPC069-12), where Odoo can make one."""
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
        if not values:
            return None
        payload = "\n".join(means["bank"]._get_qr_vals(**values))
        try:
            return epc.data_url(epc.draw(payload))
        except ValueError:
            return None
