# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models
from odoo.tools import float_compare

from ..matching import canonical, compare, plain
from ..matching.ids import iban_of

#: Cents that rounding each line may make of a bill's VAT.
CENTS = 0.02
#: Words of a bill of works without VAT (CGI 283-2 nonies).
REVERSE = ("autoliquidation", "283 2 nonies")


class BtpPaper(models.Model):
    """A supplier's bill becomes a draft: a person posts and pays it."""

    _inherit = "btp.paper"

    def _plan_facture(self, plan):
        if self.move_id.is_sale_document():
            # Ours, that came back: nothing to book.
            self._plan_own_invoice(plan)
            return
        partner, number = self.partner_id, str(plan.get("ref_facture") or "").strip()
        if not partner:
            plan.block(
                plan.env._(
                    "Choose the supplier: %(name)s %(siret)s is not known.",
                    name=plan.get("entreprise") or "",
                    siret=plan.get("siret") or "",
                )
            )
            return
        if not number or not plan.day("date_document"):
            plan.block(plan.env._("Fill in the number and the date of the bill."))
            return
        amounts = self._check_bill_amounts(plan)
        if not amounts or not self._check_bill_known(plan, partner, number):
            return
        tax = self._find_tax(plan, *amounts)
        if tax is None:
            return
        self._plan_bill(plan, partner, number, amounts, tax)

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

    # === WHAT IS CHECKED === #

    def _check_bill_amounts(self, plan) -> tuple | None:
        """Return what the bill says before tax, of VAT, and in all; None where it does not add up."""
        untaxed, vat, total = (
            plan.amount(f"montant_{name}") for name in ("ht", "tva", "ttc")
        )
        if total is not None and untaxed is not None and vat is None:
            vat = plan.currency.round(total - untaxed)
        if total is not None and vat is not None and untaxed is None:
            untaxed = plan.currency.round(total - vat)
        if None in (untaxed, vat, total):
            plan.block(plan.env._("Fill in the amounts: before tax, VAT and in all."))
            return None
        if plan.currency.compare_amounts(untaxed + vat, total):
            plan.block(
                plan.env._(
                    "The amounts do not add up: %(untaxed)s and %(vat)s of VAT are not "
                    "%(total)s. Correct them.",
                    untaxed=plan.money(untaxed),
                    vat=plan.money(vat),
                    total=plan.money(total),
                )
            )
            return None
        if plan.currency.compare_amounts(total, 0) <= 0:
            plan.block(
                plan.env._("This is no bill to pay: enter the credit note by hand.")
            )
            return None
        return untaxed, vat, total

    def _check_bill_known(self, plan, partner, number) -> bool:
        """Return whether the supplier has no bill with this number; refused where it has."""
        bills = self.env["account.move"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", partner.commercial_partner_id.id),
                ("move_type", "=", "in_invoice"),
                ("state", "!=", "cancel"),
                ("ref", "!=", False),
            ]
        )
        same = bills.filtered(
            lambda bill: (
                compare(number, bill.ref) == "same"
                or canonical(number) == canonical(bill.ref)
            )
        )[:1]
        if same:
            plan.block(
                plan.env._(
                    "The bill %(number)s of %(supplier)s is there already (%(bill)s): nothing is "
                    "booked twice.",
                    number=number,
                    supplier=partner.display_name,
                    bill=same.display_name,
                )
            )
        return not same

    def _find_tax(self, plan, untaxed, vat, total):
        """Return the purchase tax that makes this VAT of this amount; None where none does."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company_id),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("price_include_override", "!=", "tax_included"),
                ("amount", ">=" if vat else "=", 0),
            ]
        )
        if not vat:
            return taxes.browse()
        default = self.company_id.account_purchase_tax_id
        fitting = taxes.filtered(
            lambda tax: (
                float_compare(
                    abs(untaxed * tax.amount / 100 - vat), CENTS, precision_digits=3
                )
                <= 0
            )
        )
        if not fitting:
            plan.block(
                plan.env._(
                    "No purchase tax makes %(vat)s of %(untaxed)s: enter this bill by hand, rate "
                    "by rate.",
                    vat=plan.money(vat),
                    untaxed=plan.money(untaxed),
                )
            )
            return None
        return (fitting & default) or fitting[:1]

    # === THE BILL === #

    def _plan_bill(self, plan, partner, number, amounts, tax):
        untaxed, _vat, total = amounts
        label = plan.env._(
            "Draft bill %(number)s of %(supplier)s: %(total)s",
            number=number,
            supplier=partner.display_name,
            total=plan.money(total),
        )

        def do():
            values = self._prepare_bill(plan, partner, number, untaxed, tax)
            bill = self.env["account.move"].create(values)
            self._fit_vat(bill, plan, total)
            told = self._match_order(bill, plan, total)
            file = self._copy_file(bill)
            bill.message_main_attachment_id = file
            self.move_id = bill
            return bill, {}, " – ".join(filter(None, [label, told]))

        plan.call("bill", label, do, ("state", "ref", "amount_total"))
        self._plan_iban(plan, partner)
        self._plan_direct_payment(plan, partner, number, total)

    def _prepare_bill(self, plan, partner, number, untaxed, tax) -> dict:
        """Return the values of the draft: one line, at the amount before tax."""
        due = plan.day("date_echeance")
        name = plan.get("chantier") or (self.chantier_id.display_name or "")
        analytic = self.chantier_id.analytic_account_id
        line = {
            "name": " – ".join(filter(None, [number, name])),
            "quantity": 1,
            "price_unit": untaxed,
            "tax_ids": [Command.set(tax.ids)],
        }
        if analytic:
            line["analytic_distribution"] = {str(analytic.id): 100}
        values = {
            "move_type": "in_invoice",
            "company_id": self.company_id.id,
            "partner_id": partner.id,
            "ref": number,
            "invoice_date": plan.day("date_document"),
            "date": plan.day("date_document"),
            "currency_id": self.company_id.currency_id.id,
            "invoice_line_ids": [Command.create(line)],
        }
        if due:
            values |= {"invoice_payment_term_id": False, "invoice_date_due": due}
        return values

    def _fit_vat(self, bill, plan, total):
        """Take the VAT that the supplier reckoned: its rounding by line is not ours to correct."""
        gap = plan.currency.round(total - bill.amount_total)
        lines = bill.line_ids.filtered(lambda line: line.display_type == "tax")
        if gap and lines and abs(gap) <= CENTS + 1e-6:
            lines[0].amount_currency += gap

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
