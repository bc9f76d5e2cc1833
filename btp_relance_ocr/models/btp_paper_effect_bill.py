# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models

from ..matching import compare, plain
from ..matching.ids import iban_of
from ..words import WHY
from .btp_paper_bill_amounts import CENTS

#: Words of a bill of works without VAT (CGI 283-2 nonies).
REVERSE = ("autoliquidation", "283 2 nonies")


class BtpPaper(models.Model):
    """A supplier's bill or credit note becomes a draft: a person posts it."""

    _inherit = "btp.paper"

    def _plan_facture(self, plan):
        if self.move_id.is_sale_document():
            # Ours, that came back: nothing to book.
            self._plan_own_invoice(plan)
            return
        partner, number = self.partner_id, str(plan.get("ref_facture") or "").strip()
        if not partner:
            plan.block(self._ask_supplier(plan))
            return
        if not number or not plan.day("date_document"):
            plan.block(plan.env._("Fill in the number and the date of the bill."))
            return
        amounts = self._check_bill_amounts(plan)
        if not amounts or not self._check_bill_known(plan, partner, number):
            return
        shares = self._share_vat(plan, *amounts)
        if shares is not None:
            self._plan_bill(plan, partner, number, amounts, shares)

    def _ask_supplier(self, plan) -> str:
        """Return the sentence that asks who wrote a bill."""
        name, siret = plan.get("entreprise") or "", plan.get("siret") or ""
        if not name and not siret:
            why = WHY["supplier_unknown"]
            return plan.env._(why)
        return plan.env._(
            "Choose the supplier: %(name)s %(siret)s is not known.",
            name=name,
            siret=siret,
        )

    def _plan_avoir(self, plan):
        """Plan what a bill plans, with the amounts the other way round."""
        self._plan_facture(plan)

    def _is_credit(self, plan) -> bool:
        """Return whether the supplier gives money back: by its kind, or by its sign."""
        return self.kind == "avoir" or (plan.amount("montant_ttc") or 0) < 0

    def _plan_own_invoice(self, plan):
        move = self.move_id
        label = plan.env._("Our invoice %s: the file is added", move.display_name)

        def do():
            file = self._copy_file(move)
            move.message_post(
                body=label, attachment_ids=file.ids, subtype_xmlid="mail.mt_note"
            )
            return file, {}, label

        plan.call("document", label, do)

    # === THE BILL === #

    def _plan_bill(self, plan, partner, number, amounts, shares):
        """Plan the draft.

        :param amounts: before tax, VAT and in all, each positive
        :param shares: see `_share_vat`
        """
        total, credit = amounts[2], self._is_credit(plan)
        corrected = self._find_corrected(plan, partner) if credit else self.move_id
        label = self._name_bill(plan, partner, number, total, corrected)

        def do():
            values = self._prepare_bill(plan, partner, number, shares)
            if credit:
                values |= {"move_type": "in_refund", "reversed_entry_id": corrected.id}
            bill = self.env["account.move"].create(values)
            told = self._fit_bill(bill, plan, total, shares)
            if not told and not credit:
                told = self._match_order(bill, plan, total)
            bill.message_main_attachment_id = self._copy_file(bill)
            self.move_id = bill
            return bill, {}, " – ".join(filter(None, [label, told]))

        plan.call("bill", label, do, ("state", "ref", "amount_total"))
        if not credit:
            self._plan_iban(plan, partner)
            self._plan_direct_payment(plan, partner, number, total)

    def _name_bill(self, plan, partner, number, total, corrected) -> str:
        """Return what is drafted, in one line."""
        told = {
            "number": number,
            "supplier": partner.display_name,
            "total": plan.money(total),
        }
        if not self._is_credit(plan):
            return plan.env._(
                "Draft bill %(number)s of %(supplier)s: %(total)s", **told
            )
        if corrected:
            return plan.env._(
                "Draft credit note %(number)s of %(supplier)s: %(total)s, on the bill %(bill)s",
                bill=corrected.ref or corrected.name,
                **told,
            )
        return plan.env._(
            "Draft credit note %(number)s of %(supplier)s: %(total)s; which bill it corrects "
            "is not known",
            **told,
        )

    def _find_corrected(self, plan, partner):
        """Return the supplier's bill that a credit note names, where it is only one."""
        bills = self._get_bills_of(partner).filtered(
            lambda bill: bill.move_type == "in_invoice" and bill.state == "posted"
        )
        read = plan.get("ref_facture_origine")
        if read:
            named = bills.filtered(lambda bill: compare(read, bill.ref) == "same")
        else:
            text = f" {plain(self._get_text())} "
            named = bills.filtered(
                lambda bill: any(map(str.isdigit, bill.ref))
                and len(plain(bill.ref)) >= 4
                and f" {plain(bill.ref)} " in text
            )
        return named if len(named) == 1 else named.browse()

    def _prepare_bill(self, plan, partner, number, shares) -> dict:
        """Return the values of the draft: one line a rate, at its amount before tax."""
        due = plan.day("date_echeance")
        name = plan.get("chantier") or (self.chantier_id.display_name or "")
        analytic = self.chantier_id.analytic_account_id
        lines = [
            {
                "name": " – ".join(
                    filter(None, [number, name, tax.name if len(shares) > 1 else ""])
                ),
                "quantity": 1,
                "price_unit": base,
                "tax_ids": [Command.set(tax.ids)],
                **(
                    {"analytic_distribution": {str(analytic.id): 100}}
                    if analytic
                    else {}
                ),
            }
            for base, tax in shares
        ]
        values = {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "ref": number,
            "invoice_date": plan.day("date_document"),
            "date": plan.day("date_document"),
            "currency_id": self.company_id.currency_id.id,
            "invoice_line_ids": [Command.create(line) for line in lines],
        }
        if due:
            values |= {"invoice_payment_term_id": False, "invoice_date_due": due}
        return values

    def _fit_bill(self, bill, plan, total, shares) -> str:
        """Make a draft add up to what the paper says, or leave that to whoever completes it.

        :return: what is left to do, in words
        """
        self._fit_vat(bill, plan, total, len(shares))
        if not plan.currency.compare_amounts(bill.amount_total, total):
            return ""
        bill.btp_read_total = total
        return plan.env._("its VAT is to be completed, rate by rate")

    def _fit_vat(self, bill, plan, total, rates=1):
        """Take the VAT that the supplier reckoned: its rounding by line is not ours to correct.

        :param int rates: how many rates the bill has: each may be some cents away
        """
        gap = plan.currency.round(total - bill.amount_total)
        lines = bill.line_ids.filtered(lambda line: line.display_type == "tax")
        if gap and lines and abs(gap) <= CENTS * rates + 1e-6:
            lines[0].amount_currency += -gap if bill.move_type == "in_refund" else gap

    def _match_order(self, bill, plan, total) -> str:
        """Match a bill with the purchase order that it names. Hook: the glue with purchases.

        :return: what was matched, in words
        """
        return ""

    # === THE BANK ACCOUNT === #

    def _plan_iban(self, plan, partner):
        """Plan an alert where the bill asks to be paid elsewhere than ever: nothing is changed."""
        read = iban_of(plan.get("iban"))
        accounts = partner.commercial_partner_id.bank_ids
        known = {iban_of(one.acc_number) for one in accounts} - {""}
        if not read or read in known:
            return
        summary = (
            plan.env._(
                "The bill asks to be paid on %(read)s, not on the account known (%(known)s): call "
                "%(supplier)s on a number that you know before paying",
                read=read,
                known=", ".join(sorted(known)),
                supplier=partner.display_name,
            )
            if known
            else plan.env._(
                "No account of %(supplier)s is known, the bill names %(read)s: call them on a "
                "number that you know before paying",
                read=read,
                supplier=partner.display_name,
            )
        )

        def do():
            bill = self.move_id
            bill.btp_iban_alert = summary
            self.env["btp.alert"]._raise_iban()
            return bill, {str(bill.id): {"btp_iban_alert": False}}, summary

        plan.call("alert", summary, do)

    def _is_subcontract(self, plan) -> bool:
        """Return whether a bill is of subcontracted works: no VAT on it, and it says why."""
        text = plain(self._get_text())
        return bool(
            not plan.amount("montant_tva") and any(words in text for words in REVERSE)
        )


class BtpPaperEffect(models.Model):
    _inherit = "btp.paper.effect"

    def _undo_bill(self):
        """Delete the draft; a bill that was posted is for a person to reverse."""
        bills = self._get_records()
        self._check_unchanged(bills)
        self.paper_id.with_context(btp_matching=True).move_id = False
        bills.unlink()
