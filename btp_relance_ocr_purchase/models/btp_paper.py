# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from odoo.addons.btp_relance_ocr.matching import canonical


class _OtherAmountError(Exception):
    """The lines of the order do not make the amount of the bill."""


class BtpPaper(models.Model):
    """A supplier's bill is matched to the order that it names, where the amounts agree."""

    _inherit = "btp.paper"

    def _match_order(self, bill, plan, total):
        # EXTENDS btp_relance_ocr
        told = super()._match_order(bill, plan, total)
        order = self._find_purchase_order(bill, plan.get("ref_commande"), total)
        if not order:
            return told
        if self._take_order_lines(bill, plan, order, total):
            return plan.env._("matched to the order %s", order.name)
        bill.invoice_origin = order.name
        words = plan.env._(
            "the order %(order)s is of %(amount)s: compare them",
            order=order.name,
            amount=plan.money(order.amount_total),
        )
        bill.message_post(body=words, subtype_xmlid="mail.mt_note")
        return words

    def _find_purchase_order(self, bill, number, total):
        """Return the supplier's order that a bill names; the only one of its amount, else.

        :param number: as the bill writes it
        """
        orders = self.env["purchase.order"].search(
            [
                ("company_id", "=", bill.company_id.id),
                ("state", "=", "purchase"),
                ("partner_id", "child_of", bill.commercial_partner_id.ids),
                ("invoice_status", "!=", "invoiced"),
            ]
        )
        if number:
            named = orders.filtered(
                lambda order: (
                    canonical(number)
                    in (canonical(order.name), canonical(order.partner_ref))
                )
            )
            return named if len(named) == 1 else named.browse()
        same = orders.filtered(
            lambda order: not bill.currency_id.compare_amounts(
                order.amount_total, total
            )
        )
        return same if len(same) == 1 else same.browse()

    def _take_order_lines(self, bill, plan, order, total) -> bool:
        """Bill the lines of an order as Odoo does; taken back where they make another amount."""
        due = bill.invoice_date_due
        try:
            with self.env.cr.savepoint():
                bill._set_purchase_orders(order, force_write=True)
                self._fit_vat(bill, plan, total)
                if bill.currency_id.compare_amounts(bill.amount_total, total):
                    raise _OtherAmountError
                self.env.flush_all()
        except _OtherAmountError:
            self.env.invalidate_all()
            return False
        if plan.day("date_echeance"):
            bill.write({"invoice_payment_term_id": False, "invoice_date_due": due})
        return True
