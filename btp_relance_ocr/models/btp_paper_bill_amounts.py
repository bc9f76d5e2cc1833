# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..matching import canonical, compare
from ..reader.values import find_amounts
from ..vat import parse, rates_in, share

#: Cents that rounding each line may make of a bill's VAT.
CENTS = 0.02


class BtpPaper(models.Model):
    """What a supplier's bill says must add up, and be new, before it is drafted."""

    _inherit = "btp.paper"

    def _check_bill_amounts(self, plan) -> tuple | None:
        """Return what the bill says before tax, of VAT, and in all, each positive.

        :return: None where it does not add up
        """
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
        if plan.currency.is_zero(total):
            plan.block(
                plan.env._("A bill of nothing is not booked: set this paper aside.")
            )
            return None
        sign = -1 if total < 0 else 1
        return sign * untaxed, sign * vat, sign * total

    def _get_bills_of(self, partner):
        """Return the bills and credit notes of a supplier that have a number."""
        return self.env["account.move"].search(
            [
                ("company_id", "=", self.company_id.id),
                ("commercial_partner_id", "=", partner.commercial_partner_id.id),
                ("move_type", "in", ("in_invoice", "in_refund")),
                ("state", "!=", "cancel"),
                ("ref", "!=", False),
            ]
        )

    def _check_bill_known(self, plan, partner, number) -> bool:
        """Return whether the supplier has no bill with this number; refused where it has."""
        same = self._get_bills_of(partner).filtered(
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

    # === RATES === #

    def _share_vat(self, plan, untaxed, vat, total) -> list | None:
        """Return the lines that make a bill: ``[(amount before tax, tax)]``.

        One rate where one fits; else the rates that a person wrote, else those that the page
        itself shows with their bases. Where nothing tells, a person is asked first, and gets one
        line without a tax, to be completed.

        :return: None where what a person wrote is wrong
        """
        taxes = self._get_purchase_taxes()
        none = self.env["account.tax"]
        typed = plan.get("tva_detail")
        if typed:
            return self._take_typed_rates(plan, typed, taxes, untaxed, vat)
        if not vat:
            return [(untaxed, none)]
        for rate, tax in taxes.items():
            gap = abs(untaxed * float(rate) / 100 - vat)
            if float_compare(gap, CENTS, precision_digits=3) <= 0:
                return [(untaxed, tax)]
        text = self._get_text()
        parts = share(
            untaxed,
            vat,
            rates_in(text) & taxes.keys(),
            [one[0] for one in find_amounts(text)],
        )
        if parts:
            return [(float(part.base), taxes[part.rate]) for part in parts]
        plan.ask(
            plan.env._(
                "No purchase tax makes %(vat)s of %(untaxed)s: write each rate with its amount "
                "under “VAT by rate”, or confirm and complete the draft.",
                vat=plan.money(vat),
                untaxed=plan.money(untaxed),
            )
        )
        return [(untaxed, none)]

    def _get_purchase_taxes(self) -> dict:
        """Return the purchase tax of each rate: the company's usual one first."""
        taxes = self.env["account.tax"].search(
            [
                *self.env["account.tax"]._check_company_domain(self.company_id),
                ("type_tax_use", "=", "purchase"),
                ("amount_type", "=", "percent"),
                ("price_include_override", "!=", "tax_included"),
                ("amount", ">", 0),
            ]
        )
        # What is reckoned and taken off again, as of purchases abroad, is on no bill.
        taxes = taxes.filtered(
            lambda tax: all(
                line.factor_percent >= 0 for line in tax.invoice_repartition_line_ids
            )
        )
        usual = self.company_id.account_purchase_tax_id
        found = {}
        for tax in (taxes & usual) | taxes:
            found.setdefault(Decimal(str(tax.amount)).normalize(), tax)
        return found

    def _take_typed_rates(self, plan, typed, taxes, untaxed, vat) -> list | None:
        """Return the lines that a person wrote under “VAT by rate”, where they add up."""
        parts = [parse(line, find_amounts) for line in typed]
        wrong = [
            line
            for line, part in zip(typed, parts, strict=True)
            if not part or (part.rate and part.rate not in taxes)
        ]
        if wrong:
            plan.block(
                plan.env._(
                    "“%(line)s” is no rate of yours with its amount: write it as “%(example)s”.",
                    line=wrong[0],
                    example="20 % : 1 000,00",
                )
            )
            return None
        base = float(sum(abs(part.base) for part in parts))
        tax = float(sum(abs(part.vat) for part in parts))
        cents = CENTS * len(parts)
        if (
            plan.currency.compare_amounts(base, untaxed)
            or float_compare(abs(tax - vat), cents, precision_digits=3) > 0
        ):
            plan.block(
                plan.env._(
                    "The rates make %(base)s and %(tax)s of VAT, the bill says %(untaxed)s and "
                    "%(vat)s: correct them.",
                    base=plan.money(base),
                    tax=plan.money(tax),
                    untaxed=plan.money(untaxed),
                    vat=plan.money(vat),
                )
            )
            return None
        none = self.env["account.tax"]
        return [(float(abs(part.base)), taxes.get(part.rate, none)) for part in parts]


class AccountMove(models.Model):
    """A draft that a person completes is posted when it makes what the paper says."""

    _inherit = "account.move"

    btp_read_total = fields.Monetary(
        "Total on the Paper",
        copy=False,
        readonly=True,
        help="The draft is posted once its lines make this amount.",
    )

    def action_btp_total_accepted(self):
        """Say that the bill is booked with another total than the paper says."""
        self.check_access("write")
        for bill in self.filtered("btp_read_total"):
            bill.message_post(
                body=self.env._("%s books another total.", self.env.user.name),
                subtype_xmlid="mail.mt_note",
            )
        self.btp_read_total = False

    def _post(self, soft=True):
        # EXTENDS account
        for bill in self.filtered("btp_read_total"):
            if bill.currency_id.compare_amounts(bill.btp_read_total, bill.amount_total):
                raise UserError(
                    self.env._(
                        "The paper says %(read)s in all, the lines make %(made)s: complete the "
                        "VAT, rate by rate.",
                        read=bill.currency_id.format(bill.btp_read_total),
                        made=bill.currency_id.format(bill.amount_total),
                    )
                )
        return super()._post(soft)
