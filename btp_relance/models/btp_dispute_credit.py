# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpDispute(models.Model):
    """The credit note made from a dispute: Odoo's own, cut down to what is accepted."""

    _inherit = "btp.dispute"

    def _make_credit_note(self, amount: float):
        """Make the draft of the credit note, by Odoo's own wizard.

        It keeps the accounts, taxes, retention and chantier of the invoice. Where only
        some lines are contested the others are left out; where less than these lines come
        to is accepted, each is credited for its share.

        :param float amount: all taxes included
        :return: the draft, an ``account.move``
        """
        self.ensure_one()
        move = self.move_id.with_company(self.company_id)
        wizard = (
            self.env["account.move.reversal"]
            .with_company(self.company_id)
            .with_context(active_model="account.move", active_ids=move.ids)
            .create(
                {
                    "reason": self.with_context(
                        lang=move.partner_id.lang or self.env.lang
                    ).reference,
                    "journal_id": move.journal_id.id,
                    "date": self.env["btp.echeance"]._get_today(),
                }
            )
        )
        wizard.reverse_moves()
        note = wizard.new_move_ids
        self._keep_contested(note)
        if self.currency_id.compare_amounts(note.amount_total, amount):
            self._scale(note, amount)
        note._fit_retention()
        return note

    def _keep_contested(self, note):
        """Take off a credit note the lines that are not contested."""
        if not self.invoice_line_ids:
            return
        order = ("sequence", "id")
        billed = self.move_id.invoice_line_ids.sorted(lambda li: [li[n] for n in order])
        credited = note.invoice_line_ids.sorted(lambda li: [li[n] for n in order])
        dropped = note.invoice_line_ids.browse(
            new.id
            for old, new in zip(billed, credited, strict=True)
            if old not in self.invoice_line_ids
        )
        note.invoice_line_ids = [(2, line.id) for line in dropped]

    def _scale(self, note, amount: float):
        """Bring a credit note down to an amount, each of its lines to its share."""
        currency = self.currency_id
        lines = note.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        share = amount / (note.amount_total or amount)
        note.invoice_line_ids = [
            (
                1,
                line.id,
                {
                    "quantity": 1,
                    "discount": 0,
                    "price_unit": currency.round(self._get_price(line) * share),
                },
            )
            for line in lines
        ]
        main = max(lines, key=lambda line: abs(line.price_total))
        for _try in range(3):
            # Rounded line by line and tax by tax: the rest goes on the largest.
            left = currency.round(amount - note.amount_total)
            if currency.is_zero(left) or not main.price_total:
                break
            part = left * self._get_price(main) / main.price_total
            part = currency.round(part) or (currency.rounding if left > 0 else 0)
            note.invoice_line_ids = [
                (1, main.id, {"price_unit": currency.round(main.price_unit + part)})
            ]
        left = currency.round(amount - note.amount_total)
        taxes = note.line_ids.filtered("tax_line_id")
        if taxes and not currency.is_zero(left):
            # No base gives this total with its tax: a cent of tax makes it up.
            tax = max(taxes, key=lambda line: abs(line.amount_currency))
            note.line_ids = [
                (1, tax.id, {"amount_currency": tax.amount_currency + left})
            ]

    def _get_price(self, line) -> float:
        """Return what a line's price states: with its taxes where they are included."""
        included = any(line.tax_ids.mapped("price_include"))
        return line.price_total if included else line.price_subtotal

    def _sync_credit(self):
        """Hold what is still to be credited: all, nothing once posted; else open again."""
        for dispute in self.sudo().filtered(
            lambda dispute: dispute.state == "accepted"
        ):
            notes = dispute.credit_note_ids.filtered(
                lambda note: note.state != "cancel"
            )
            if "posted" in notes.mapped("state"):
                dispute._release()
            elif notes:
                # A note reset to draft may still be matched with the invoice.
                matched = dispute._get_matched(notes)
                dispute._release(max(dispute.accepted_amount - matched, 0.0))
            elif not dispute.currency_id.is_zero(dispute.accepted_amount):
                dispute._reopen()

    def _get_matched(self, notes) -> float:
        """Return what credit notes already took off the invoice."""
        partials = self.move_id.line_ids.matched_credit_ids.filtered(
            lambda partial: partial.credit_move_id.move_id in notes
        )
        return self.currency_id.round(sum(partials.mapped("debit_amount_currency")))


class AccountMove(models.Model):
    """What becomes of a credit note changes what its dispute holds."""

    _inherit = "account.move"

    def _get_credited_disputes(self):
        """Return the disputes of which these are the credit notes."""
        notes = self.filtered(lambda move: move.move_type == "out_refund")
        disputes = self.env["btp.dispute"].sudo()
        return (
            disputes.search([("credit_note_ids", "in", notes.ids)])
            if notes
            else disputes
        )

    def _post(self, soft=True):
        # EXTENDS account
        disputes = self._get_credited_disputes()
        posted = super()._post(soft)
        disputes._sync_credit()
        return posted

    def button_draft(self):
        # EXTENDS account
        disputes = self._get_credited_disputes()
        result = super().button_draft()
        disputes._sync_credit()
        return result

    def button_cancel(self):
        # EXTENDS account
        disputes = self._get_credited_disputes()
        result = super().button_cancel()
        disputes._sync_credit()
        return result

    def unlink(self):
        # EXTENDS account
        disputes = self._get_credited_disputes()
        result = super().unlink()
        disputes = disputes.exists()
        disputes.invalidate_recordset(["credit_note_ids"])
        disputes._sync_credit()
        return result
