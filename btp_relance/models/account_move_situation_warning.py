# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models

from ..const import PUBLIC_REGIMES


class AccountMove(models.Model):
    """What deserves a second look on an invoice of works, without stopping anybody."""

    _inherit = "account.move"

    btp_works_warning = fields.Html(
        "What Deserves a Second Look", compute="_compute_btp_works_warning"
    )

    @api.depends(
        "btp_avenant_id.signed_on",
        "btp_billed_cumul",
        "btp_billing_stage",
        "btp_chantier_id",
        "btp_chantier_id.is_actualised",
        "btp_chantier_id.lot_ids.amount",
        "btp_chantier_id.lot_ids.tax_id",
        "btp_chantier_id.start_index",
        "btp_definitive_index",
        "btp_engagement_number",
        "btp_os_id.kind",
        "btp_penalties",
        "btp_previous_id",
        "btp_purchase_order",
        "btp_refunded_cumul",
        "btp_reverse_charge",
        "btp_revision_index",
        "invoice_line_ids.btp_kind",
        "invoice_line_ids.price_subtotal",
        "invoice_line_ids.tax_ids",
        "state",
    )
    def _compute_btp_works_warning(self):
        for move in self:
            texts = []
            if move.is_sale_document() and move.state != "cancel":
                texts = list(move._get_btp_works_warnings())
            items = Markup().join(Markup("<li>%s</li>") % text for text in texts)
            move.btp_works_warning = (
                Markup('<ul class="mb-0">%s</ul>') % items if texts else False
            )

    def _get_btp_works_warnings(self):
        """Yield what deserves a second look. Hook: an addon adds its own.

        :return: sentences in the user's language
        """
        self.ensure_one()
        if not self.btp_chantier_id:
            return
        # Who may read the invoice may read what is wrong with it.
        move = self.sudo()
        yield from move._get_btp_contract_warnings()
        if move._is_btp_driven():
            yield from move._get_btp_situation_warnings()

    def _get_btp_contract_warnings(self):
        chantier = self.btp_chantier_id
        extra = self.btp_os_id.kind == "extra"
        signed = self.btp_avenant_id.signed_on
        if (extra or self.btp_avenant_id) and not signed:
            yield self.env._(
                "Extra works without a signed avenant: on a lump-sum contract they are not due "
                "without a written order at an agreed price (C. civ. 1793)."
            )
        if self.move_type != "out_invoice" or self.btp_billing_stage == "plain":
            return
        if chantier.regime in PUBLIC_REGIMES:
            if not (self.btp_engagement_number or self.btp_purchase_order):
                yield self.env._(
                    "No engagement number nor purchase order: a public customer rejects the "
                    "invoice without it (Chorus Pro)."
                )
        elif not (self.btp_purchase_order or chantier.contract_reference):
            yield self.env._(
                "No order: enter the number of the contract or of the purchase order."
            )
        yield from self._get_btp_tax_warnings()

    def _get_btp_tax_warnings(self):
        taxed = not self.currency_id.is_zero(self.amount_tax)
        if self.btp_reverse_charge and taxed:
            yield self.env._(
                "Reverse charge: the lines bear VAT though the customer accounts for it."
            )
        elif self.btp_reverse_charge and not self.company_id.btp_reverse_charge_tax_id:
            yield self.env._(
                "Reverse charge: choose the tax for it in the settings, for the VAT return."
            )

    def _get_btp_situation_warnings(self):
        money = self._format_btp_amount
        chantier = self.btp_chantier_id
        total = chantier.amount_total
        if not total:
            yield self.env._(
                "The amount of the contract is not known: neither progress nor the advance to "
                "take back can be told."
            )
        elif self.currency_id.compare_amounts(self.btp_billed_cumul, total) > 0:
            yield self.env._(
                "The works to date, %(cumul)s, are above the contract and its signed avenants, "
                "%(total)s.",
                cumul=money(self.btp_billed_cumul),
                total=money(total),
            )
        if chantier.is_revised and not (
            (self.btp_revision_index or self.btp_definitive_index)
            and chantier.revision_index_base
        ):
            yield self.env._(
                "The price is revised but an index is missing: no revision is billed."
            )
        if (
            chantier.is_actualised
            and chantier.regime in PUBLIC_REGIMES
            and not (chantier.start_index and chantier.revision_index_base)
        ):
            yield self.env._(
                "The works start more than three months after the price: enter both indexes on "
                "the chantier, the price is brought up to date (CCP R2112-11)."
            )
        yield from self._get_btp_previous_warnings()
        yield from self._get_btp_line_warnings()

    def _get_btp_previous_warnings(self):
        """Compare what is carried over with what the previous situation billed in the end."""
        previous = self.btp_previous_id
        if not previous or self.state != "draft":
            return
        if previous.btp_billing_stage == "final":
            yield self.env._(
                "%s is the final account of the contract: what follows it wants an agreement.",
                previous._get_btp_label(),
            )
        before, now = (
            {line.tax_ids for line in move.invoice_line_ids if line.btp_kind == "works"}
            for move in (previous, self)
        )
        if len(before) > 1 and len(now) == 1:
            yield self.env._(
                "%s bore several rates of VAT: split the works of this one by rate too.",
                previous._get_btp_label(),
            )
        notes = previous.reversal_move_ids.filtered(lambda m: m.state == "posted")
        lines = notes.invoice_line_ids.filtered(
            lambda line: line.btp_kind in (False, "works")
        )
        billed = previous.btp_billed_cumul - sum(lines.mapped("price_subtotal"))
        difference = billed - self.btp_previous_cumul
        money = self._format_btp_amount
        if self.currency_id.compare_amounts(difference, 0) > 0:
            yield self.env._(
                "%(previous)s billed %(billed)s to date and %(carried)s is carried over: make a "
                "credit note of %(difference)s before tax for it, or the difference is billed "
                "twice.",
                previous=previous._get_btp_label(),
                billed=money(billed),
                carried=money(self.btp_previous_cumul),
                difference=money(difference),
            )
        elif self.currency_id.compare_amounts(difference, 0) < 0:
            yield self.env._(
                "%(previous)s billed %(billed)s to date, credit notes deducted, and %(carried)s "
                "is carried over: state what was admitted, or the difference is never billed.",
                previous=previous._get_btp_label(),
                billed=money(billed),
                carried=money(self.btp_previous_cumul),
            )

    def _get_btp_line_warnings(self):
        """Compare the lines with the figures they come from."""
        labels = dict(
            self.env["account.move.line"]
            ._fields["btp_kind"]
            ._description_selection(self.env)
        )
        money = self._format_btp_amount
        for kind, total in self._get_btp_amounts().items():
            for amount, lots, by_rate in self._split_btp_amount(total):
                lines = self._get_btp_lines_of({"btp_kind": kind, **by_rate})
                found = sum(lines.mapped("price_subtotal"))
                if not self.currency_id.compare_amounts(found, amount):
                    continue
                yield self.env._(
                    "%(kind)s: the lines say %(found)s, the situation %(amount)s. “Make the Lines” "
                    "brings them in accord.",
                    kind=f"{labels[kind]} ({lots})" if lots else labels[kind],
                    found=money(found),
                    amount=money(amount),
                )
