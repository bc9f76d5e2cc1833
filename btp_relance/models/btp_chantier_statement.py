# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class BtpChantier(models.Model):
    """The statement of a chantier: the contract, every invoice, and what is left."""

    _inherit = "btp.chantier"

    def action_print_statement(self):
        """Print the statement of this chantier."""
        self.check_access("read")
        report = self.env.ref("btp_relance.btp_chantier_statement_action")
        return report.report_action(self)

    def _get_statement_name(self) -> str:
        """Return the name of the printed file, without what a file system refuses."""
        self.ensure_one()
        name = self.env._("Statement of %s", self.display_name)
        return name.replace("/", "-")

    def _get_statement_means(self, statement: dict) -> dict:
        """Return how to pay what the statement shows as overdue, at once: see
        ``account.move._get_btp_payment_means``."""
        self.ensure_one()
        moves = self.env["account.move"].union(
            *(
                line["move"]
                for line in statement["lines"]
                if line["overdue"] > 0 and line["move"].move_type == "out_invoice"
            )
        )
        return moves._get_btp_payment_means(
            self.company_id,
            statement["totals"]["overdue"],
            self.currency_id,
            self.code or self.name,
        )

    def _get_statement(self) -> dict:
        """Return what the statement prints, for one chantier.

        :return: ``lines``: a dict for each posted invoice or credit note, oldest first,
            with ``move, title, date, date_due, billed, paid, left, overdue, retained``;
            ``totals``: the figures of the chantier, with ``credits``, ``unused`` (credits
            not used yet) and ``invoiced`` (billed before credit notes); ``date``: the day of the figures
        """
        self.ensure_one()
        moves = self.env["account.move"]
        currency = self.currency_id
        lines = []
        rows = self._get_move_figures()
        for row in rows:
            move = moves.browse(row["move_id"])
            lines.append(
                {
                    "move": move,
                    "title": move._get_btp_title(),
                    "date": move.invoice_date,
                    "date_due": row["date_due"],
                    "billed": row["billed"],
                    "paid": currency.round(row["billed"] - row["residual"]),
                    "left": row["residual"],
                    "overdue": row["overdue"],
                    "retained": row["retained"],
                }
            )
        credit_lines = [
            line for line in lines if line["move"].move_type == "out_refund"
        ]
        credits_total = currency.round(sum(line["billed"] for line in credit_lines))
        return {
            "date": self.env["btp.echeance"]._get_today(),
            "lines": lines,
            "totals": {
                "invoiced": currency.round(self.amount_billed - credits_total),
                "credits": credits_total,
                "billed": self.amount_billed,
                "paid": self.amount_paid,
                "left": self.amount_left,
                "overdue": self.amount_overdue,
                "unused": currency.round(sum(row["credit"] for row in rows)),
                "retained": self.amount_retained,
            },
        }
