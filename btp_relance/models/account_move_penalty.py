# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..engine.interest import CONSUMER, PUBLIC

#: Days that a public buyer has to pay interest, after the principal (CCP R2192-36).
PUBLIC_DAYS = 45


class AccountMove(models.Model):
    """Penalties turned into an invoice, in one click, never twice."""

    _inherit = "account.move"

    btp_is_penalty = fields.Boolean("Penalty Invoice", readonly=True, copy=False)
    btp_penalty_ids = fields.One2many(
        "btp.penalty", "move_id", "Penalties Claimed or Waived", readonly=True
    )
    btp_penalized_ids = fields.One2many(
        "btp.penalty", "penalty_move_id", "Penalties Invoiced", readonly=True
    )
    btp_penalty_of_ids = fields.Many2many(
        "account.move", string="Late Invoices", compute="_compute_btp_penalty_of_ids"
    )

    @api.depends("btp_penalized_ids.move_id")
    def _compute_btp_penalty_of_ids(self):
        for move in self:
            move.btp_penalty_of_ids = move.btp_penalized_ids.move_id

    # === LIFE OF A PENALTY INVOICE === #

    def button_cancel(self):
        """Give back the days that a cancelled penalty invoice claimed."""
        result = super().button_cancel()
        cancelled = self.filtered(lambda move: move.state == "cancel")
        penalties = cancelled.btp_penalized_ids.sudo()
        penalties._note_decision(self.env._("Penalty invoice cancelled"))
        penalties.unlink()
        return result

    def button_draft(self):
        """Claim again what a credit note gave back, when that credit note is withdrawn."""
        result = super().button_draft()
        self._follow_penalty_credit()
        return result

    def _follow_penalty_credit(self):
        """Give back the days of the penalty invoices that these credit notes cancel in full.

        A credit note of a part is a discount: the days stay claimed.
        """
        for invoice in self.reversed_entry_id.filtered("btp_is_penalty"):
            credit = sum(
                refund.amount_total
                for refund in invoice.reversal_move_ids
                if refund.state == "posted"
            )
            left = invoice.currency_id.compare_amounts(invoice.amount_total, credit)
            invoice.btp_penalized_ids.sudo()._set_credited(left <= 0)

    @api.ondelete(at_uninstall=False)
    def _unlink_note_penalties(self):
        """Say in the journal that the days of a deleted draft are given back."""
        self.btp_penalized_ids.sudo()._note_decision(
            self.env._("Penalty invoice deleted")
        )

    def _post(self, soft=True):
        """Refuse a penalty invoice whose days were given back: they may be claimed anew."""
        emptied = self.filtered(
            lambda move: (
                move.btp_is_penalty and "billed" not in move._get_penalty_states()
            )
        )
        if emptied:
            raise UserError(
                self.env._(
                    "This penalty invoice was cancelled and no longer claims anything: "
                    "delete it and make a new one from the late invoices."
                )
            )
        posted = super()._post(soft)
        posted._follow_penalty_credit()
        return posted

    def _get_penalty_states(self) -> list[str]:
        """Return what became of each penalty that this invoice claims."""
        return self.btp_penalized_ids.sudo().mapped("state")

    # === ACTIONS === #

    def action_btp_penalty_invoice(self):
        """Make the draft invoices of the penalties of these late invoices, and open them."""
        self.check_access("read")
        self.env["account.move"].check_access("create")
        invoices = self._make_penalty_invoices()
        return invoices._get_records_action(
            name=self.env._("Penalty Invoices"), context={"create": False}
        )

    def action_btp_waive_penalties(self):
        """Ask why the penalties of these invoices are waived."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive Penalties"),
            "res_model": "btp.penalty.waiver",
            "view_mode": "form",
            "target": "new",
            "context": {"default_move_ids": [Command.set(self.ids)]},
        }

    def action_btp_interest_details(self):
        """Show how the interest of this invoice is reckoned."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Interest of %s", self.name),
            "res_model": "account.move",
            "res_id": self.id,
            "view_mode": "form",
            "views": [
                (self.env.ref("btp_relance.account_move_view_form_interest").id, "form")
            ],
            "target": "new",
        }

    # === BUSINESS === #

    def _make_penalty_invoices(self):
        """Make the draft penalty invoices of these late invoices.

        One a customer and currency; the indemnity, which the law states in euros, is in the
        one in euros.

        :return: the new ``account.move`` records
        :raise UserError: nothing is to claim, or the law forbids it
        """
        self._check_penalties_allowed()
        today = self._get_interest_day()
        claims = self._get_interest(today)
        euro = self.env.ref("base.EUR")
        bills = {}
        for move, claim in claims.items():
            key = move.company_id, move.commercial_partner_id
            if claim.total:
                bills.setdefault((*key, move.currency_id), []).append(
                    (move, claim, "interest")
                )
            if claim.indemnity:
                bills.setdefault((*key, euro), []).append((move, claim, "indemnity"))
        if not bills:
            raise UserError(
                self.env._(
                    "There is no penalty to claim: these invoices were paid on time, or "
                    "their penalties were already invoiced or waived."
                )
            )
        return self.browse().union(
            *(
                self._make_penalty_invoice(*key, sorted(parts, key=lambda p: p[0].id))
                for key, parts in bills.items()
            )
        )

    def _check_penalties_allowed(self):
        """Refuse to invoice what is to be declared to the court's representative."""
        barred = self.filtered(
            lambda move: move._bears_interest() and move._get_judgment()
        )
        if barred:
            raise UserError(
                self.env._(
                    "%(customer)s is in insolvency proceedings: declare the interest with "
                    "the claim of invoice %(invoice)s, do not invoice it.",
                    customer=barred[0].commercial_partner_id.name,
                    invoice=barred[0].name,
                )
            )

    @api.model
    def _make_penalty_invoice(self, company, partner, currency, parts: list):
        """Make one draft penalty invoice.

        :param list parts: ``(late invoice, its claim, "interest" or "indemnity")``
        """
        moves = self.browse(dict.fromkeys(move.id for move, _claim, _kind in parts))
        contact = moves.partner_id if len(moves.partner_id) == 1 else partner
        chantier = moves.btp_chantier_id if len(moves.btp_chantier_id) == 1 else None
        account = company._get_btp_penalty_account()
        worded = moves.with_context(lang=contact.lang or self.env.lang)
        today = self._get_interest_day()
        invoice = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "company_id": company.id,
                    "partner_id": contact.id,
                    "currency_id": currency.id,
                    "invoice_date": today,
                    "invoice_payment_term_id": False,
                    "invoice_date_due": self._get_penalty_due(moves, today),
                    "btp_is_penalty": True,
                    "btp_chantier_id": chantier and chantier.id,
                    "narration": worded._word_penalty_law(partner),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": move._word_penalty(claim, kind),
                                "quantity": 1,
                                "price_unit": claim.total
                                if kind == "interest"
                                else claim.indemnity,
                                "account_id": account.id,
                                # Damages, not the price of a supply: no VAT.
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for move, (_move, claim, kind) in zip(
                            worded.browse(part[0].id for part in parts),
                            parts,
                            strict=True,
                        )
                    ],
                }
            )
        )
        self._record_penalties(
            parts, {"state": "billed", "penalty_move_id": invoice.id}
        )
        return invoice

    @api.model
    def _record_penalties(self, parts: list, values: dict):
        """Record the days and the indemnities that are now decided, and say so in the journal.

        :param list parts: ``(late invoice, its claim, "interest" or "indemnity")``
        :param dict values: what was decided, for each ``btp.penalty``
        """
        euro = self.env.ref("base.EUR")
        rows = []
        for move, claim, kind in parts:
            shared = {
                "company_id": move.company_id.id,
                "move_id": move.id,
                "kind": kind,
                "user_id": self.env.uid,
                "decided_on": self._get_interest_day(),
                **values,
            }
            if kind == "indemnity":
                amount = {"currency_id": euro.id, "amount": claim.indemnity}
                rows.append({**shared, **amount})
                continue
            rows.extend(
                {
                    **shared,
                    "currency_id": move.currency_id.id,
                    "amount": stretch.amount,
                    "date_from": stretch.start,
                    "date_to": stretch.end,
                }
                for stretch in claim.stretches
            )
        penalties = self.env["btp.penalty"].sudo().create(rows)
        penalties.flush_recordset()
        penalties._note_decision(
            values.get("reason") or self.env._("Penalty invoice made")
        )
        return penalties

    @api.model
    def _get_penalty_due(self, moves, today):
        """Return when a penalty invoice is to be paid: at once, by a public buyer within 45
        days of the principal (CCP R2192-36)."""
        regime = moves.commercial_partner_id.btp_regime
        if regime not in PUBLIC or any(move.amount_residual for move in moves):
            return today
        debts = moves._get_interest_debts()
        days = [
            day
            for instalments in debts.values()
            for debt in instalments
            for day, _amount in debt.payments
        ]
        return max([today, *(day + timedelta(days=PUBLIC_DAYS) for day in days)])

    # === WORDS === #

    def _word_penalty(self, claim, kind: str) -> str:
        """Return the line of a penalty invoice, in the language of the context.

        :param Claim claim: what this late invoice entails
        :param str kind: ``interest`` or ``indemnity``
        """
        self.ensure_one()
        regime = self.commercial_partner_id.btp_regime
        if kind == "indemnity":
            if regime in PUBLIC:
                return self.env._(
                    "Fixed indemnity for recovery costs (article D2192-35 of the French "
                    "public procurement code) on invoice %s",
                    self.name,
                )
            return self.env._(
                "Fixed indemnity for recovery costs (article D441-5 of the French "
                "commercial code) on invoice %s",
                self.name,
            )
        values = {
            "invoice": self.name,
            "days": self._format_stretches(claim),
            "rates": self._format_rates(claim),
        }
        if regime in PUBLIC:
            return self.env._(
                "Late payment interest (intérêts moratoires) on invoice %(invoice)s, "
                "%(days)s, rate %(rates)s",
                **values,
            )
        if regime in CONSUMER:
            return self.env._(
                "Interest at the legal rate on invoice %(invoice)s, %(days)s, rate "
                "%(rates)s",
                **values,
            )
        return self.env._(
            "Late payment penalties on invoice %(invoice)s, %(days)s, rate %(rates)s",
            **values,
        )

    def _word_penalty_law(self, partner) -> str:
        """Return the legal mention of a penalty invoice, by regime."""
        regime = partner.btp_regime
        if regime in PUBLIC:
            return self.env._(
                "Articles R2192-31 to R2192-36 and D2192-35 of the French public "
                "procurement code. Not subject to VAT."
            )
        if regime in CONSUMER:
            return self.env._(
                "Articles 1231-6 and 1344-1 of the French civil code. Not subject to VAT."
            )
        return self.env._(
            "Articles L441-10 and D441-5 of the French commercial code. Not subject to VAT."
        )

    def _format_day(self, day) -> str:
        return self.env["ir.qweb.field.date"].value_to_html(day, {})

    def _format_stretches(self, claim) -> str:
        """Return the days of a claim in words: ``from … to …``, each stretch of them."""
        return ", ".join(
            self.env._(
                "from %(start)s to %(end)s",
                start=self._format_day(stretch.start),
                end=self._format_day(stretch.end),
            )
            for stretch in claim.stretches
        )

    def _format_rates(self, claim) -> str:
        """Return the rates of a claim in the order of the days: ``13.15 %, 12.15 %``."""
        rates = dict.fromkeys(period.rate for period in claim.periods)
        return ", ".join(self._format_rate(rate) for rate in rates)
