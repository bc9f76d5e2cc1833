# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models

from ..engine.interest import (
    CONSUMER,
    ZERO,
    Agreed,
    Claim,
    MissingRate,
    Terms,
    reckon,
)
from .account_move_interest_data import BEARING


class AccountMove(models.Model):
    """Late payment interest, reckoned from the ledger: nothing of it is stored."""

    _inherit = "account.move"

    btp_formal_notice_on = fields.Date(
        "Formal Notice Received On",
        copy=False,
        tracking=True,
        help="Interest owed by a consumer runs from there (C. civ. 1231-6, 1344-1). Empty: "
        "the day entered on the formal notice that claimed this invoice.",
    )
    btp_interest_amount = fields.Monetary(
        "Interest to Claim",
        compute="_compute_btp_interest",
        help="Up to today, without what was already invoiced or waived.",
    )
    btp_indemnity_amount = fields.Monetary(
        "Indemnity to Claim",
        compute="_compute_btp_interest",
        currency_field="btp_indemnity_currency_id",
        help="Fixed indemnity for recovery costs, once an invoice (C. com. D441-5).",
    )
    btp_indemnity_currency_id = fields.Many2one(
        "res.currency", "Indemnity Currency", compute="_compute_btp_interest"
    )
    btp_interest_note = fields.Char("About Interest", compute="_compute_btp_interest")
    btp_interest_unknown = fields.Boolean(compute="_compute_btp_interest")
    btp_interest_table = fields.Html(
        "Interest Details", compute="_compute_btp_interest_table"
    )
    btp_interest_due = fields.Boolean(
        "Late Payment Interest to Claim",
        compute="_compute_btp_interest_due",
        search="_search_btp_interest_due",
    )

    # === COMPUTE METHODS === #

    @api.depends(
        "state",
        "amount_residual",
        "btp_claim_after",
        "btp_formal_notice_on",
        "btp_penalty_ids.state",
    )
    @api.depends_context("lang")
    def _compute_btp_interest(self):
        euro = self.env.ref("base.EUR")
        claims = self._reckon_interest(self._get_interest_day())
        for move in self:
            claim = claims[move]
            move.btp_interest_amount = getattr(claim, "total", 0)
            move.btp_indemnity_amount = claim.indemnity
            move.btp_indemnity_currency_id = euro
            move.btp_interest_note = move._get_interest_note(claim)
            move.btp_interest_unknown = isinstance(claim, MissingRate)

    @api.depends_context("lang")
    def _compute_btp_interest_table(self):
        claims = self._reckon_interest(self._get_interest_day())
        for move in self:
            move.btp_interest_table = self.env["ir.qweb"]._render(
                "btp_relance.interest_table",
                {"move": move, "row": move._get_interest_row(claims[move])},
            )

    def _compute_btp_interest_due(self):
        due = self.search([("id", "in", self.ids), ("btp_interest_due", "=", True)])
        for move in self:
            move.btp_interest_due = move in due

    def _search_btp_interest_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        if True not in value:
            return [("id", "not in", self._get_interest_due_sql())]
        return [("id", "in", self._get_interest_due_sql())]

    def _get_interest_note(self, claim) -> str | bool:
        """Return what a person must know beside the figures, if anything."""
        self.ensure_one()
        if not self._bears_interest():
            return False
        if isinstance(claim, MissingRate):
            return self.env["btp.legal.rate"]._explain_missing(claim)
        if self._get_judgment():
            return self.env._(
                "Insolvency proceedings: interest stopped at the judgment (C. com. "
                "L622-28). Declare it with the claim."
            )
        late = self.amount_residual and self.invoice_date_due < self._get_interest_day()
        consumer = self.commercial_partner_id.btp_regime in CONSUMER
        if late and consumer and not claim.periods and not self.btp_penalty_ids:
            return self.env._(
                "This customer owes interest from the formal notice on: enter the day on "
                "which it was received."
            )
        return False

    def _get_interest_row(self, claim) -> dict:
        """Return a claim as messages and screens show it.

        :param claim: :class:`Claim` or :class:`MissingRate`
        :return: ``{"move", "total", "indemnity", "periods": [{"start", "end", "days",
            "principal", "rate", "amount", "floored"}]}``; a rate is in words
        """
        self.ensure_one()
        known = isinstance(claim, Claim)
        return {
            "move": self,
            "total": float(claim.total) if known else 0.0,
            "indemnity": float(claim.indemnity),
            "periods": [
                {
                    "start": period.start,
                    "end": period.end,
                    "days": period.days,
                    "principal": float(period.principal),
                    "rate": self._format_rate(period.rate),
                    "amount": float(period.amount),
                    "floored": period.floored,
                }
                for period in (claim.periods if known else ())
            ],
        }

    @api.model
    def _format_rate(self, rate) -> str:
        """Return a rate in the language of the context, such as ``13.15 %``."""
        lang = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return f"{lang.format('%.2f', float(rate))}\N{NO-BREAK SPACE}%"

    # === BUSINESS === #

    @api.model
    def _get_interest_day(self):
        """Return the day up to which interest is shown."""
        return self.env["btp.echeance"]._get_today()

    def _bears_interest(self) -> bool:
        """Return whether this is a document whose late payment bears interest.

        A penalty invoice bears none: interest does not itself bear interest without a
        judgment or a contract that says so (C. civ. 1343-2).
        """
        self.ensure_one()
        return (
            self.move_type in BEARING
            and self.state == "posted"
            and not self.btp_is_penalty
        )

    def _get_judgment(self):
        """Return the day of the judgment that forbids to pay this invoice, if any.

        What was born after the judgment is due at its date and bears interest.
        """
        self.ensure_one()
        move = self.sudo()
        return (
            None
            if move.btp_claim_after
            else move.commercial_partner_id.btp_insolvency_date or None
        )

    def _get_interest(self, until, drafts: bool = True) -> dict:
        """Return the interest and indemnity that are still to claim, in a fixed number of
        queries.

        :param date until: last day to reckon
        :param bool drafts: what a draft penalty invoice claims is no longer to claim
        :return: ``{move: Claim}``, an empty one for what bears no interest; interest in the
            currency of the invoice, indemnity in euros
        :raise RedirectWarning: a half-year that is needed is not known
        :raise UserError: the same, to a person who may not enter it
        """
        claims = self._reckon_interest(until, drafts)
        for claim in claims.values():
            if isinstance(claim, MissingRate):
                # Not “from” it: the sentence is all there is to say.
                raise self.env["btp.legal.rate"]._refuse_missing(claim)
        return claims

    def _reckon_interest(self, until, drafts: bool = True, only=None) -> dict:
        """As :meth:`_get_interest`, with a :class:`MissingRate` in place of the claim where
        a half-year is not known.

        :param only: journal items to keep to: a notice about a retention claims what the
            retention bears, and nothing of the rest of the invoice (default: all)
        """
        moves = self.filtered(lambda move: move._bears_interest())
        claims = dict.fromkeys(self, Claim())
        if not moves:
            return claims
        debts = moves._get_interest_debts(only)
        decided = moves._get_penalty_decisions(drafts)
        notices = moves._get_formal_notices()
        rates = self.env["btp.legal.rate"]._get_rates()
        parameters = self._get_interest_parameters()
        for move in moves:
            # In a form, a record that is being edited stands for the one in the database.
            known = move._origin.id
            days, indemnified = decided[known]
            terms = Terms(
                regime=move.commercial_partner_id.btp_regime or "b2b",
                rates=rates,
                agreed=move._get_agreed_rate(),
                notice=notices.get(known),
                stop=move._get_judgment(),
                decided=tuple(days),
                imputation=move.company_id.sudo().btp_interest_imputation,
                year_days=parameters["year_days"],
                indemnity=ZERO if indemnified else parameters["indemnity"],
                cent=Decimal(str(move.currency_id.rounding)),
            )
            try:
                claims[move] = reckon(debts[known], terms, until)
            except MissingRate as error:
                claims[move] = error
        return claims

    @api.model
    def _get_interest_parameters(self) -> dict:
        """Return the figures of the law and of convention that an administrator may change.

        :return: ``{"indemnity": euros an invoice, "year_days": days of a year}``
        """
        get = self.env["ir.config_parameter"].sudo().get_param
        return {
            "indemnity": Decimal(get("btp_relance.recovery_indemnity", "40")),
            "year_days": int(get("btp_relance.interest_year_days", "365")),
        }

    def _get_agreed_rate(self) -> Agreed | None:
        """Return the rate that the contract, the customer or the terms of sale state."""
        self.ensure_one()
        company = self.company_id.sudo()
        partner = self.commercial_partner_id.sudo().with_company(company)
        rate = self.btp_chantier_id.sudo().penalty_rate or partner.btp_penalty_rate
        if rate:
            return Agreed("fixed", Decimal(f"{rate:.2f}"))
        if company.btp_penalty_rate_kind == "fixed":
            return Agreed("fixed", Decimal(f"{company.btp_penalty_rate:.2f}"))
        if company.btp_penalty_rate_kind == "legal":
            return Agreed("legal", Decimal(f"{company.btp_penalty_multiple:.2f}"))
        return None
