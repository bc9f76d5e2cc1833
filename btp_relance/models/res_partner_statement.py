# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models

from ..engine.figures import receivables

#: Days of payments that a statement recalls.
PAID_DAYS = 90


class ResPartner(models.Model):
    """The statement of a customer's account, on paper."""

    _inherit = "res.partner"

    def _get_statement_file_name(self) -> str:
        """Return the name of the printed file, without what a file system refuses."""
        self.ensure_one()
        name = self.env._("Statement of Account – %s", self.commercial_partner_id.name)
        return name.replace("/", "-")

    def _get_account_statement(self) -> dict:
        """Return what is between this customer and the company, one block a currency.

        :return: ``date``, ``accounts``: dicts of ``currency, lines`` (open amounts and open
            credits, oldest first: ``line, title, due, left, late, retained``), ``left``,
            ``overdue``, ``credits`` (what open credits take off that), ``asked``,
            ``retained``, ``means`` (to pay what is asked); ``payments`` of the last months
        """
        self.ensure_one()
        today = self.env["btp.echeance"]._get_today()
        lines = self._get_statement_lines()
        accounts = []
        for currency, mine in lines.grouped("currency_id").items():
            rows = [self._make_statement_row(line, today) for line in mine]
            overdue = [row for row in rows if row["late"] > 0 and row["left"] > 0]
            total = currency.round(sum(row["left"] for row in overdue))
            credits = currency.round(
                sum(row["left"] for row in rows if row["left"] < 0)
            )
            asked, taken = map(float, receivables.asked(total, credits))
            moves = self.env["account.move"].union(
                *(row["line"].move_id for row in overdue)
            )
            accounts.append(
                {
                    "currency": currency,
                    "lines": rows,
                    "left": currency.round(sum(row["left"] for row in rows)),
                    "overdue": total,
                    "credits": currency.round(taken),
                    "asked": currency.round(asked),
                    "retained": currency.round(
                        sum(row["left"] for row in rows if row["retained"])
                    ),
                    "means": moves._get_btp_payment_means(
                        self.env.company,
                        currency.round(asked),
                        currency,
                        self.commercial_partner_id.name,
                    ),
                }
            )
        return {
            "date": today,
            "accounts": accounts,
            "payments": self._get_statement_payments(today),
        }

    def _get_statement_lines(self):
        """Return what is open of this customer's account, credits too, oldest first."""
        return (
            self.env["account.move.line"]
            .search(
                [
                    ("company_id", "=", self.env.company.id),
                    (
                        "partner_id.commercial_partner_id",
                        "=",
                        self.commercial_partner_id.id,
                    ),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("account_id.non_trade", "=", False),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("amount_residual_currency", "!=", 0),
                ]
            )
            .sorted(lambda line: (line.date, line.date_maturity or line.date, line.id))
        )

    def _make_statement_row(self, line, today) -> dict:
        due = line.date_maturity or line.date
        retained = line.btp_is_retention and due >= today
        credit = line.amount_residual_currency < 0
        return {
            "line": line,
            "title": line.move_id._get_btp_title()
            if line.move_id.is_sale_document(include_receipts=True)
            else self.env._("Payment not yet matched"),
            "due": False if credit else due,
            "total": line.amount_currency,
            "left": line.amount_residual_currency,
            "late": 0 if credit or retained else max((today - due).days, 0),
            "retained": retained,
        }

    def _get_statement_payments(self, today):
        """Return the entries that paid something in the last months, the latest first."""
        return self.env["account.move.line"].search(
            [
                ("company_id", "=", self.env.company.id),
                (
                    "partner_id.commercial_partner_id",
                    "=",
                    self.commercial_partner_id.id,
                ),
                ("account_id.account_type", "=", "asset_receivable"),
                ("account_id.non_trade", "=", False),
                ("parent_state", "=", "posted"),
                ("move_id.move_type", "=", "entry"),
                ("journal_id.type", "in", ("bank", "cash", "credit")),
                ("credit", ">", 0),
                ("date", ">=", today - timedelta(days=PAID_DAYS)),
            ],
            order="date desc, id desc",
            limit=20,
        )
