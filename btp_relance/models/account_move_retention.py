# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, float_compare, frozendict

from ..engine import retention

#: Payments of a contract, each of which bears the retention. An advance is none.
RETAINED_STAGES = ("progress", "situation", "final")


class AccountMove(models.Model):
    """The retention of an invoice: one receivable line more, with a date of its own."""

    _inherit = "account.move"

    btp_retention_rate = fields.Float(
        "Retention (%)",
        compute="_compute_btp_retention_rate",
        store=True,
        readonly=False,
        copy=True,
        precompute=True,
        digits=(6, 2),
        help="Share of the invoice, taxes included, that the customer keeps until the "
        "release. 5 % at most (loi 71-584, art. 1; CCP R2191-33).",
    )
    btp_retention_amount = fields.Monetary(
        "Retention", compute="_compute_btp_retention_amount", store=True
    )
    btp_net_amount = fields.Monetary(
        "Net to Pay", compute="_compute_btp_retention_amount", store=True
    )
    btp_retention_release_on = fields.Date(
        "Release On",
        compute="_compute_btp_retention_release_on",
        store=True,
        readonly=False,
        copy=False,
        help="Expected day of the release: it moves when the réception is recorded.",
    )

    # === COMPUTE METHODS === #

    # Not on the date: posting sets it, and what a person typed would be lost.
    @api.depends("btp_chantier_id", "btp_billing_stage")
    def _compute_btp_retention_rate(self):
        for move in self:
            # What was posted was agreed: a change on the chantier is for what follows.
            if move.state != "draft" or move.reversed_entry_id:
                move.btp_retention_rate = move.btp_retention_rate
                continue
            move.btp_retention_rate = move._get_contract_retention_rate()

    @api.depends(
        "btp_retention_rate", "btp_retention_shift", "amount_total", "currency_id"
    )
    def _compute_btp_retention_amount(self):
        for move in self:
            held = move._reckon_retention(move.amount_total, move.currency_id)
            move.btp_retention_amount = float(held)
            move.btp_net_amount = move.amount_total - float(held)

    @api.depends("btp_chantier_id", "btp_retention_rate")
    def _compute_btp_retention_release_on(self):
        today = self.env["btp.echeance"]._get_today()
        for move in self:
            if not move.btp_retention_rate and not move._get_open_retentions():
                move.btp_retention_release_on = False
                continue
            works = move.btp_chantier_id._get_works(move.commercial_partner_id)
            day = max(today, move.invoice_date or today)
            move.btp_retention_release_on = retention.release_on(works, day)

    @api.depends(
        "btp_retention_rate", "btp_retention_release_on", "btp_retention_shift"
    )
    def _compute_needed_terms(self):
        # pylint: disable=missing-return
        super()._compute_needed_terms()
        for move in self:
            if move.btp_retention_rate and move.is_sale_document(include_receipts=True):
                move.needed_terms = move._split_retention(move.needed_terms)

    @api.depends("btp_retention_rate")
    def _compute_invoice_date_due(self):
        # pylint: disable=missing-return
        retained = self.filtered("btp_retention_rate")
        super(AccountMove, self - retained)._compute_invoice_date_due()
        today = fields.Date.context_today(self)
        for move in retained:
            # The release, a year later, is not when the invoice is due.
            due = [
                key["date_maturity"]
                for key in move.needed_terms or {}
                if not key.get("account_id") and key["date_maturity"]
            ]
            move.invoice_date_due = max(due, default=move.invoice_date_due or today)

    # === CONSTRAINTS === #

    @api.constrains("btp_retention_rate")
    def _check_btp_retention_rate(self):
        for move in self:
            if not 0 <= move.btp_retention_rate <= retention.MAX_RATE:
                raise ValidationError(
                    self.env._(
                        "The retention of %(invoice)s is %(rate)g %%: the law allows %(max)s "
                        "%% of each payment at most (loi 71-584, art. 1; CCP R2191-33).",
                        invoice=move.display_name,
                        rate=move.btp_retention_rate,
                        max=retention.MAX_RATE,
                    )
                )

    # === CRUD === #

    def write(self, vals):
        """Move the due date of a retention along with its release.

        :raise UserError: the rate of a posted invoice is to change
        """
        if "btp_retention_rate" in vals:
            self._check_retention_open(vals["btp_retention_rate"])
        result = super().write(vals)
        if {"btp_retention_release_on", "btp_chantier_id"} & vals.keys():
            self._get_open_retentions().move_id._sync_release()
        return result

    # === BUSINESS === #

    def _get_contract_retention_rate(self) -> float:
        """Return the share, in percent, that the contract lets the customer keep of this."""
        self.ensure_one()
        chantier = self.btp_chantier_id
        day = self.invoice_date or date.max
        withheld = (
            chantier.retention_regime == "retention"
            and self.btp_billing_stage in RETAINED_STAGES
            and not (chantier.date_substituted and chantier.date_substituted <= day)
        )
        return chantier.retention_rate if withheld else 0.0

    def _check_retention_open(self, rate):
        """Refuse to change what was posted: the ledger would say something else.

        :param rate: the new one, in percent
        """
        for move in self.filtered(lambda move: move.state == "posted"):
            if float_compare(move.btp_retention_rate, rate or 0.0, precision_digits=2):
                raise UserError(
                    self.env._(
                        "%s is posted: reset it to draft to change its retention.",
                        move.name,
                    )
                )

    def _reckon_retention(self, total, currency):
        """Return the retention on ``total``. Hook: a credit note takes what there is."""
        digits = currency.decimal_places if currency else 2
        return retention.amount(total, self.btp_retention_rate, digits)

    def _split_retention(self, terms: dict) -> dict:
        """Return ``needed_terms`` with the retention on an account and a date of its own."""
        self.ensure_one()
        account = self.company_id._get_retention_account()
        keys = sorted(terms, key=lambda key: key["date_maturity"] or date.max)
        names = ("balance", "amount_currency")
        result = {key: dict(terms[key]) for key in keys}
        held = {}
        for name, currency in zip(
            names, (self.company_currency_id, self.currency_id), strict=True
        ):
            parts = {key: currency.round(terms[key][name]) for key in keys}
            total = currency.round(sum(parts.values()))
            share = self._reckon_retention(total, currency)
            held[name] = float(share)
            for key, left in retention.split(parts, total, share).items():
                result[key][name] = float(left)
                # An early payment discount is taken on the whole, paid on what is due.
                discounted = f"discount_{name}"
                if result[key].get(discounted):
                    result[key][discounted] -= float(share)
        key = frozendict(
            {
                "move_id": self.id,
                "date_maturity": self.btp_retention_release_on,
                "discount_date": False,
                "account_id": account.id,
            }
        )
        result[key] = held
        return result

    @contextmanager
    def _sync_dynamic_line(
        self,
        existing_key_fname,
        needed_vals_fname,
        needed_dirty_fname,
        line_type,
        container,
    ):
        # EXTENDS account
        is_terms = line_type == "payment_term"
        held = container["records"]._get_needed_retentions() if is_terms else None
        with super()._sync_dynamic_line(
            existing_key_fname,
            needed_vals_fname,
            needed_dirty_fname,
            line_type,
            container,
        ):
            yield
        if is_terms:
            strays = container["records"]._get_stray_retentions()
            self._restore_receivable(held.exists() | strays)

    def _get_needed_retentions(self):
        """Return the retention lines that the rates of these drafts call for."""
        drafts = self.filtered(
            lambda move: move.state == "draft" and move.btp_retention_rate
        )
        return drafts.line_ids.filtered(
            lambda line: line.btp_is_retention
            and line.term_key in (line.move_id.needed_terms or {})
        )

    def _get_stray_retentions(self):
        """Return the lines that were copied as retentions and now bear an instalment."""
        strays = self.env["account.move.line"]
        for move in self:
            if move.state == "draft" and move.btp_retention_rate:
                due = {
                    key["date_maturity"]
                    for key in move.needed_terms or {}
                    if not key.get("account_id")
                }
                strays |= move.line_ids.filtered(
                    lambda line, due=due: (
                        line.btp_is_retention and line.date_maturity in due
                    )
                )
        return strays

    @api.model
    def _restore_receivable(self, lines):
        """Give its customer account back to a line that was a retention and is none now.

        Odoo makes use of a line that falls away for one that is needed, and leaves on it
        what the new one does not state.
        """
        for line in lines:
            if line.btp_is_retention and line.term_key not in (
                line.move_id.needed_terms or {}
            ):
                line.account_id = line.move_id._get_receivable_account()

    def _get_receivable_account(self):
        """Return the account on which this customer usually owes."""
        self.ensure_one()
        partner = self.commercial_partner_id.with_company(self.company_id)
        account = partner.property_account_receivable_id
        return self.fiscal_position_id.map_account(account) or account

    def _sync_release(self):
        """Give the retention lines of posted invoices the release date of the invoice.

        By SQL: a due date is no accounting figure, and writing it line by line would set
        all of Odoo's machinery of entries in motion.
        """
        if not self:
            return
        self.flush_model(["btp_retention_release_on", "company_id"])
        self.env["account.move.line"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_move_line l SET date_maturity = m.btp_retention_release_on
                  FROM account_move m
                  JOIN res_company c ON c.id = m.company_id
                 WHERE m.id IN %s AND l.move_id = m.id
                   AND l.account_id = c.btp_retention_account_id
                   AND m.btp_retention_release_on IS NOT NULL
                   AND l.date_maturity IS DISTINCT FROM m.btp_retention_release_on
                """,
                tuple(self.ids),
            )
        )
        self.line_ids.invalidate_recordset(["date_maturity"])

    def _get_open_retentions(self):
        """Return the retention lines of these invoices that are still to be paid."""
        posted = self.filtered(
            lambda move: move.state == "posted"
            and move.company_id.btp_retention_account_id
        )
        return posted.line_ids.filtered(
            lambda line: line.btp_is_retention and not line.reconciled
        )

    def _refresh_release(self):
        """Reckon anew when the retentions of these invoices are released."""
        posted = self._get_open_retentions().move_id
        retained = posted | self.filtered(
            lambda move: move.state == "draft" and move.btp_retention_rate
        )
        retained._compute_btp_retention_release_on()
        posted._sync_release()
