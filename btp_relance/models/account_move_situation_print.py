# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_date, formatLang


class AccountMove(models.Model):
    """What the printed invoice says of the chantier and of the situation."""

    _inherit = "account.move"

    def _get_btp_printed_references(self):
        """Return what the customer's accounts department looks for, in the language of the context.

        :return: list of ``(name, label, value)``, those that are known
        """
        self.ensure_one()
        chantier = self.btp_chantier_id.sudo()
        order, avenant = self.btp_os_id.sudo(), self.btp_avenant_id.sudo()
        references = [
            ("chantier", self.env._("Chantier"), chantier.display_name),
            (
                "contract",
                self.env._("Contract"),
                self._join_btp_date(
                    chantier.contract_reference, chantier.contract_date
                ),
            ),
            ("order", self.env._("Purchase Order"), self.btp_purchase_order),
            (
                "engagement",
                self.env._("Engagement Number"),
                self.btp_engagement_number,
            ),
            ("service", self.env._("Service Code"), self.btp_service_code),
            (
                "os",
                self.env._("Ordre de service"),
                self._join_btp_date(order.number, order.issued_on),
            ),
            (
                "avenant",
                self.env._("Avenant"),
                self._join_btp_date(avenant and str(avenant.number), avenant.signed_on),
            ),
        ]
        return [reference for reference in references if reference[2]]

    def _join_btp_date(self, reference, date):
        """Return “reference of date”, or what is known of the two."""
        if not (reference and date):
            return reference
        return self.env._(
            "%(reference)s of %(date)s",
            reference=reference,
            date=format_date(self.env, date),
        )

    def _get_btp_recap(self):
        """Return the table below the invoice: of a situation, from the contract to the net; of
        another invoice, what is withheld from its payment, if anything is.

        :return: list of ``(name, label, amount, is_total)``
        """
        self.ensure_one()
        driven = self._is_btp_driven()
        if not driven and self.currency_id.is_zero(self.btp_retention_amount):
            return []
        rows = [
            *(self._get_btp_recap_works() if driven else ()),
            *(self._get_btp_recap_deductions() if driven else ()),
            ("untaxed", self.env._("Total before tax"), self.amount_untaxed, True),
            *self._get_btp_recap_taxes(),
            ("total", self._get_btp_total_label(), self.amount_total, True),
            *self._get_btp_recap_net(),
        ]
        always = ("cumul", "previous", "month", "untaxed", "total", "net")
        return [
            row
            for row in rows
            if row[0] in always or not self.currency_id.is_zero(row[2])
        ]

    def _get_btp_recap_title(self):
        if not self._is_btp_driven():
            return self.env._("Retenue de garantie")
        if self.btp_billing_stage == "final":
            return self.env._("Final account")
        return self.env._("Situation de travaux No. %s", self.btp_situation_number)

    def _get_btp_total_label(self):
        if self.btp_reverse_charge and self.currency_id.is_zero(self.amount_tax):
            return self.env._("Total, VAT due by the customer")
        return self.env._("Total with tax")

    def _get_btp_recap_works(self):
        chantier = self.btp_chantier_id.sudo()
        signed = chantier.amount_total - chantier.contract_amount
        yield (
            "contract",
            self.env._("Contract, before tax"),
            chantier.contract_amount,
            False,
        )
        yield "avenants", self.env._("Signed avenants"), signed, False
        cumul = self.env._("Works executed to date")
        if self.btp_progress:
            cumul = self.env._(
                "Works executed to date (%(progress)s %% of the contract)",
                progress=formatLang(self.env, self.btp_progress, digits=2),
            )
        yield "cumul", cumul, self.btp_billed_cumul, False
        previous = self.env._("To deduct: works previously billed")
        yield "previous", previous, -self.btp_previous_cumul or 0.0, False
        yield "month", self.env._("Works of this situation"), self.btp_month_works, True

    def _get_btp_recap_deductions(self):
        coefficient = self._format_btp_coefficient()
        revision = (
            self.env._(
                "Price revision (coefficient %(coefficient)s)", coefficient=coefficient
            )
            if self.btp_has_revision
            else self.env._(
                "Price actualisation (coefficient %(coefficient)s)",
                coefficient=coefficient,
            )
        )
        others = self.amount_untaxed - sum(self._get_btp_amounts().values())
        yield "revision", revision, self.btp_revision_amount, False
        yield (
            "regularisation",
            self.env._("Price regularisation of the previous situations"),
            self.btp_regularisation,
            False,
        )
        yield (
            "refund",
            self.env._("Advance taken back"),
            -self.btp_advance_refund,
            False,
        )
        yield "penalties", self.env._("Site penalties"), -self.btp_penalties, False
        yield "others", self.env._("Other lines"), others, False

    def _get_btp_recap_taxes(self):
        for subtotal in (self.tax_totals or {}).get("subtotals", ()):
            for group in subtotal["tax_groups"]:
                label = self.env._(
                    "%(tax)s on %(base)s",
                    tax=group["group_name"],
                    base=self._format_btp_amount(group["base_amount_currency"]),
                )
                yield "tax", label, group["tax_amount_currency"], False

    def _get_btp_recap_net(self):
        """Yield what is withheld from the payment, and the net."""
        label = self.env._(
            "Retenue de garantie (%(rate)s %%)",
            rate=formatLang(self.env, self.btp_retention_rate, digits=2),
        )
        yield "retention", label, -self.btp_retention_amount, False
        net = self.amount_total - self.btp_retention_amount
        yield "net", self.env._("Net to pay"), net, True
