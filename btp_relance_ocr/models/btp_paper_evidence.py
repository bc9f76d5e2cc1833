# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import suppress
from datetime import date

from odoo import models
from odoo.tools.misc import format_date, formatLang
from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: What a person reads for each clue of ``matching``.
SENTENCES = {
    "asked": _lt("It came for this chantier"),
    "asked_invoice": _lt("It came for the invoice %(known)s"),
    "asked_other": _lt("It came for something else: check which one it is about"),
    "sender_customer": _lt("Sent by %(name)s"),
    "sender_moe": _lt("Sent by the maître d'œuvre %(name)s"),
    "sender_supplier": _lt("Sent by %(name)s"),
    "contract_same": _lt("Contract number %(known)s"),
    "contract_alike": _lt("Contract number %(known)s, read as %(read)s"),
    "contract_inside": _lt("Contract number %(known)s, written %(read)s"),
    "contract_near": _lt("The contract number nearly is %(known)s: %(read)s"),
    "contract_text": _lt("The contract number %(known)s stands in the text"),
    "contract_other": _lt("Another contract number: %(read)s, not %(known)s"),
    "contract_unknown": _lt("A contract number that is not known: %(read)s"),
    "code_same": _lt("Our reference %(known)s"),
    "code_alike": _lt("Our reference %(known)s, read as %(read)s"),
    "code_inside": _lt("Our reference %(known)s, written %(read)s"),
    "code_near": _lt("Our reference nearly is %(known)s: %(read)s"),
    "order_same": _lt("Order number %(known)s"),
    "order_alike": _lt("Order number %(known)s, read as %(read)s"),
    "order_inside": _lt("Order number %(known)s, written %(read)s"),
    "order_near": _lt("The order number nearly is %(known)s: %(read)s"),
    "order_other": _lt("Another order number: %(read)s, not %(known)s"),
    "os_known": _lt("OS No. %(number)s of this chantier"),
    "name_same": _lt("Name of the site: %(read)s"),
    "name_like": _lt("Name of the site, nearly: %(read)s"),
    "name_near": _lt("A name of the site like it: %(read)s"),
    "name_part": _lt("Another part of the site: %(read)s, not %(known)s"),
    "name_other": _lt("Another name of the site: %(read)s"),
    "customer_same": _lt("Customer: %(known)s"),
    "customer_like": _lt("Customer, nearly: %(read)s"),
    "customer_other": _lt("Another customer: %(read)s, not %(known)s"),
    "customer_number": _lt("SIREN of the customer: %(known)s"),
    "moe_same": _lt("Maître d'œuvre: %(known)s"),
    "moe_other": _lt("Another maître d'œuvre: %(read)s"),
    "contractor_us": _lt("It names us: %(read)s"),
    "contractor_other": _lt("It names another contractor: %(read)s"),
    "contractor_number_other": _lt("SIRET of another contractor: %(read)s"),
    "city": _lt("Town: %(known)s"),
    "lot_same": _lt("Lot %(read)s"),
    "lot_other": _lt("Another lot: %(read)s, ours is %(known)s"),
    "contract_amount": _lt("Amount of the contract: %(amount)s"),
    "too_early": _lt("Dated %(read)s, before the contract (%(known)s)"),
    "reception_same": _lt("Réception on %(known)s"),
    "reception_other": _lt("Réception on %(read)s, recorded on %(known)s"),
    "invoice_same": _lt("Invoice %(known)s"),
    "invoice_alike": _lt("Invoice %(known)s, read as %(read)s"),
    "invoice_inside": _lt("Invoice %(known)s, written %(read)s"),
    "invoice_near": _lt("The invoice nearly is %(known)s: %(read)s"),
    "invoice_text": _lt("The invoice %(known)s stands in the text"),
    "invoice_other": _lt("Another invoice: %(read)s, not %(known)s"),
    "situation_same": _lt("Situation No. %(known)s"),
    "situation_other": _lt("Another situation: No. %(read)s, not No. %(known)s"),
    "amount_same": _lt("The same amount: %(amount)s"),
    "amount_admitted": _lt("%(amount)s of %(known)s before tax"),
    "amount_less": _lt("Much less: %(amount)s of %(known)s before tax"),
    "amount_more": _lt("More than invoiced: %(amount)s instead of %(known)s"),
    "month_same": _lt("Month: %(read)s"),
    "month_other": _lt("Another month: %(read)s, the invoice is of %(known)s"),
    "siret_same": _lt("SIRET %(known)s"),
    "siren_same": _lt("SIREN of %(known)s"),
    "siret_other": _lt("Another SIRET: %(read)s, not %(known)s"),
    "supplier_same": _lt("Name: %(known)s"),
    "supplier_like": _lt("Name, nearly: %(read)s"),
    "supplier_other": _lt("Another name: %(read)s"),
    "iban_same": _lt("IBAN known: %(read)s"),
    "billed_before": _lt("Has billed before"),
    "ours": _lt("It is ours: %(read)s"),
    "by_hand": _lt("Chosen by %(name)s"),
}


class BtpPaper(models.Model):
    """What speaks for a match, in words."""

    _inherit = "btp.paper"

    def _write_evidence(self, clues) -> str:
        """Return one sentence a clue, what weighs most first.

        :param clues: ``matching.Clue``
        """
        ours = self._in_words()
        found = sorted(clues, key=lambda clue: -abs(clue.weight))
        return "\n".join(ours._word_clue(clue) for clue in found)

    def _word_clue(self, clue) -> str:
        values = {name: self._word(name, value) for name, value in clue.values.items()}
        sentence = self.env._(SENTENCES[clue.code])
        told = sentence % values
        return f"– {told}" if clue.weight < 0 else told

    def _word(self, name, value) -> str:
        """Return a value as people write it: dates and amounts come as the matching has them."""
        text = str(value or "")
        with suppress(ValueError):
            return format_date(self.env, date.fromisoformat(text))
        if name == "amount" or (
            name == "known" and text.replace(".", "", 1).isdigit() and "." in text
        ):
            return formatLang(
                self.env, float(text), currency_obj=self.company_id.currency_id
            )
        return text
