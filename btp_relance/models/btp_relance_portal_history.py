# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.fields import Domain

from .btp_relance_contact_answer import NOT_REACHED

#: Journals whose entries are money that came or went.
MONEY_JOURNALS = ("bank", "cash", "credit")


class BtpRelance(models.Model):
    """What was paid, and what was said, as the customer's page tells it."""

    _inherit = "btp.relance"

    # === PAYMENTS === #

    def _get_payments(self, limit=20) -> list[dict]:
        """Return the last payments of the debtor: date, amount, currency, name, kind.

        One row a payment, however many invoices it settles. What was sent back is negative,
        its kind ``returned`` (a payment that bounced) or ``refund``.
        """
        self.ensure_one()
        relance = self.sudo().with_company(self.company_id)
        debtor = Domain("company_id", "=", relance.company_id.id) & Domain(
            "partner_id.commercial_partner_id", "=", relance.partner_id.id
        )
        lines = relance.env["account.move.line"].search(
            debtor
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("account_id.non_trade", "=", False)
            & Domain("parent_state", "=", "posted")
            & Domain("journal_id.type", "in", MONEY_JOURNALS),
            order="date desc, id desc",
            # Several lines make one payment.
            limit=limit * 5,
        )
        # Not in the ledger before the bank has it.
        payments = relance.env["account.payment"].search(
            debtor
            & Domain("partner_type", "=", "customer")
            & Domain("state", "=", "in_process")
            & Domain("move_id", "=", False),
            order="date desc, id desc",
            limit=limit,
        )
        rows = [relance._show_entry(move) for move in lines.move_id] + [
            relance._show_payment(payment) for payment in payments
        ]
        rows = [row for row in rows if not row["currency"].is_zero(row["amount"])]
        return sorted(rows, key=lambda row: row["date"], reverse=True)[:limit]

    def _show_payment(self, payment) -> dict:
        """Return a payment as the page shows it."""
        inbound = payment.payment_type == "inbound"
        return {
            "date": payment.date,
            "amount": payment.amount if inbound else -payment.amount,
            "currency": payment.currency_id,
            "name": payment.memo or "",
            "kind": "payment" if inbound else "refund",
        }

    def _show_entry(self, move) -> dict:
        """Return an entry of a bank or cash journal as the page shows it.

        What the customer paid, not what it settled: a difference written off is no payment.
        """
        payment, statement = move.origin_payment_id, move.statement_line_id
        if payment:
            return self._show_payment(payment) | {"date": move.date}
        if move.reversed_entry_id:
            undone = self._show_entry(move.reversed_entry_id)
            amount = -undone["amount"]
            kind = "returned" if amount < 0 else "payment"
            return undone | {"date": move.date, "amount": amount, "kind": kind}
        lines = move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        mine = lines.filtered(
            lambda line: line.partner_id.commercial_partner_id == self.partner_id
        )
        currency = mine.currency_id[:1]
        amount = -sum(mine.filtered(lambda li: li.currency_id == currency).mapped(
            "amount_currency"
        ))  # fmt: skip
        if statement and mine == lines:
            foreign = statement.foreign_currency_id
            currency = foreign or statement.currency_id
            amount = statement.amount_currency if foreign else statement.amount
        return {
            "date": move.date,
            "amount": currency.round(amount),
            "currency": currency,
            "name": statement.payment_ref or mine[:1].name or "",
            "kind": "payment" if amount > 0 else "refund",
        }

    # === MESSAGES === #

    def _get_messages(self, limit=20) -> list[dict]:
        """Return the last messages, ours and those of this page: date, channel, subject."""
        self.ensure_one()
        debtor = [
            ("company_id", "=", self.company_id.id),
            ("partner_id", "=", self.partner_id.id),
        ]
        relances = self.sudo().search(
            [
                *debtor,
                ("state", "=", "sent"),
                # A call that nobody took was no message.
                "|",
                ("call_outcome", "=", False),
                ("call_outcome", "not in", NOT_REACHED),
            ],
            order="sent_on desc, id desc",
            limit=limit,
        )
        acts = self.env["btp.portal.act"].sudo().search(
            [*debtor, ("told", "!=", False)], limit=limit
        )  # fmt: skip
        rows = relances._show_messages() + [
            {
                "moment": act.create_date,
                "channel": self.env._("Your page"),
                "subject": act.told,
            }
            for act in acts
        ]
        rows.sort(key=lambda row: row["moment"], reverse=True)
        return rows[:limit]

    def _show_messages(self) -> list[dict]:
        """Return these reminders as the page shows them."""
        subjects = {
            event.relance_id.id: event.subject
            for event in self.env["btp.relance.event"]
            .sudo()
            .search([("relance_id", "in", self.ids), ("kind", "=", "sent")])
        }
        channels = dict(self._fields["channel"]._description_selection(self.env))
        tones = dict(self._fields["tone"]._description_selection(self.env))
        return [
            {
                "moment": relance.sent_on or relance.create_date,
                "channel": channels.get(relance.channel, ""),
                "subject": subjects.get(relance.id) or tones.get(relance.tone, ""),
            }
            for relance in self
        ]
