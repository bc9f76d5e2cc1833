# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.sql import column_exists, create_column

from ..const import PUBLIC_REGIMES
from ..engine import deadlines

#: France and its departments, as Odoo's list of countries knows them.
FRANCE = ("FR", "GP", "MQ", "GF", "RE", "YT")

#: How Odoo's payment terms count, in the words of the law.
TERM_MODES = {
    "days_after": deadlines.NET,
    "days_after_end_of_month": deadlines.FM_PLUS_N,
    "days_after_end_of_next_month": deadlines.FM_PLUS_N,
    "days_end_of_month_on_the": deadlines.N_PLUS_FM,
}


class AccountMove(models.Model):
    """What the law says of an invoice: its longest term, and which side of a judgment."""

    _inherit = "account.move"

    btp_regime = fields.Selection(related="commercial_partner_id.btp_regime")
    btp_is_periodic = fields.Boolean(
        "Periodic Invoice",
        help="Facture périodique (CGI 289-I-3): 45 days at most. A situation is not one "
        "by itself.",
    )
    btp_term_warning = fields.Char(
        compute="_compute_btp_term_warning", compute_sudo=True
    )
    btp_claim_after = fields.Boolean(
        "Claim After the Judgment",
        compute="_compute_btp_claim_after",
        store=True,
        readonly=False,
        copy=False,
        groups="base.group_user",
        help="The works came after the judgment that opened the insolvency proceedings: "
        "the invoice is due at its date and is followed up.",
    )
    btp_insolvency_date = fields.Date(
        related="commercial_partner_id.btp_insolvency_date", groups="base.group_user"
    )

    def _auto_init(self):
        # Filled by one query at the end, not move by move: a ledger may hold a million.
        for column, kind in (
            ("btp_limitation_on", "date"),
            ("btp_claim_after", "bool"),
        ):
            if not column_exists(self.env.cr, "account_move", column):
                create_column(self.env.cr, "account_move", column, kind)
        return super()._auto_init()

    # === COMPUTE === #

    @api.depends(
        "btp_chantier_id.date_dgd",
        "btp_is_periodic",
        "btp_public_received_on",
        "commercial_partner_id.btp_regime",
        "delivery_date",
        "invoice_date",
        "invoice_date_due",
        "invoice_payment_term_id",
        "line_ids.date_maturity",
        "move_type",
        "partner_id",
    )
    def _compute_btp_term_warning(self):
        for move in self:
            limit = move._get_btp_legal_limit()
            due = max(
                filter(None, move._get_btp_clock_lines().mapped("date_maturity")),
                default=move.invoice_date_due,
            )
            move.btp_term_warning = (
                limit
                and due
                and due > limit.date
                and self.env._(
                    "Due on %(due)s: later than the law allows, %(limit)s at most "
                    "(%(article)s).",
                    due=format_date(self.env, due),
                    limit=format_date(self.env, limit.date),
                    article=limit.article,
                )
            )

    @api.depends(
        "btp_chantier_id.date_start",
        "btp_previous_id.invoice_date",
        "commercial_partner_id.btp_insolvency_date",
        "delivery_date",
        "invoice_date",
        "move_type",
    )
    def _compute_btp_claim_after(self):
        for move in self:
            judgment = move.commercial_partner_id.btp_insolvency_date
            move.btp_claim_after = (
                bool(judgment)
                and move.is_sale_document(include_receipts=True)
                and not deadlines.is_prior_claim(
                    judgment,
                    move.invoice_date,
                    move.btp_previous_id.invoice_date
                    or move.btp_chantier_id.date_start,
                    move.delivery_date,
                )
            )

    # === BUSINESS === #

    def _is_btp_french(self) -> bool:
        """Return whether French law on terms and mentions binds this invoice."""
        self.ensure_one()
        return self.company_id.account_fiscal_country_id.code in FRANCE

    def _get_btp_clock_lines(self):
        """Return the receivable lines that payment terms date: retention has its own."""
        return self.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
            and not line.btp_is_retention
        )

    def _get_btp_unpaid(self) -> float:
        """Return what is left to pay of the invoice, its retention apart."""
        self.ensure_one()
        return sum(self._get_btp_clock_lines().mapped("amount_residual"))

    def _get_btp_legal_limit(self):
        """Return the latest due date that the law allows, or ``None``.

        :rtype: deadlines.Limit
        """
        self.ensure_one()
        regime = self.commercial_partner_id.btp_regime
        day = self.invoice_date or fields.Date.context_today(self)
        if (
            self.move_type not in ("out_invoice", "out_receipt")
            or not regime
            or not self._is_btp_french()
        ):
            return None
        if regime in PUBLIC_REGIMES:
            start = self._get_btp_public_start()
            return start and deadlines.legal_maximum(regime, day, start=start.date)
        term = self.invoice_payment_term_id
        customer = self.partner_id.with_company(self.company_id)
        return deadlines.legal_maximum(
            regime,
            day,
            mode=TERM_MODES.get(term.line_ids[-1:].delay_type),
            agreed=bool(term or customer.property_payment_term_id),
            periodic=self.btp_is_periodic,
            start=max(filter(None, [day, self.delivery_date])),
        )

    @api.model
    def _fill_btp_law(self):
        """Fill in what is stored, for the invoices that were there before."""
        self._fill_btp_limitation()
        insolvent = self.search(
            [("commercial_partner_id.btp_insolvency_date", "!=", False)]
        )
        self.env.add_to_compute(self._fields["btp_claim_after"], insolvent)
