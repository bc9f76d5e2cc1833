# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models
from odoo.tools.misc import format_date

from .btp_relance_acts import Altered, Told

#: Days during which what was decided of a dispute is shown.
SHOWN_DAYS = 90


class BtpRelance(models.Model):
    """Invoices contested by the customer on their page."""

    _inherit = "btp.relance"

    def _get_contested_amounts(self, lines) -> dict:
        # EXTENDS btp_relance
        return self.env["btp.dispute"]._get_contested(lines)

    def _get_engagements(self) -> list[dict]:
        # EXTENDS btp_relance
        since = self.env["btp.echeance"]._get_today() - timedelta(days=SHOWN_DAYS)
        disputes = self.env["btp.dispute"].sudo()
        disputes = disputes.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", self.partner_id.id),
                "|",
                ("state", "=", "open"),
                "&",
                ("state", "in", ("accepted", "rejected")),
                ("closed_on", ">=", since),
            ],
            limit=10,
        )
        return [
            *super()._get_engagements(),
            *(self._show_dispute(dispute) for dispute in disputes),
        ]

    def _show_dispute(self, dispute) -> dict:
        """Return a dispute as the page shows it."""
        reasons = dict(dispute._fields["reason"]._description_selection(self.env))
        state, color = {
            "open": (self.env._("Being looked at"), "info"),
            "accepted": (self.env._("Accepted"), "success"),
            "rejected": (self.env._("Not accepted"), "danger"),
        }[dispute.state]
        return {
            "title": self.env._(
                "%(invoice)s contested: %(amount)s",
                invoice=dispute.move_id.name,
                amount=self._say_amount(dispute.amount, dispute.currency_id),
            ),
            "state": state,
            "color": color,
            "detail": self.env._(
                "%(reason)s, since %(date)s",
                reason=reasons[dispute.reason],
                date=format_date(self.env, dispute.opened_on),
            ),
        }

    def _get_contestable(self, move_id: int):
        """Return an invoice of this page that can be contested, empty if it is none."""
        return self._get_open_moves().filtered(lambda move: move.id == move_id)

    def _portal_dispute(
        self, move_id, reason, note, amount, line_ids, files, person
    ) -> Told:
        """Open a dispute on an invoice, or on some of its lines.

        :param amount: contested, all taxes included (default: the lines, else all)
        :param line_ids: of the contested lines, as the form sent them
        :param files: ``(name, content, mimetype)`` of each
        :param person: the ``res.partner`` who contests
        :raise Altered: the invoice or a line is none of this page
        """
        move = self._get_contestable(move_id)
        lines = move.invoice_line_ids.filtered(lambda line: str(line.id) in line_ids)
        reasons = dict(
            self.env["btp.dispute"]._fields["reason"]._description_selection(self.env)
        )
        if not move or len(lines) != len(set(line_ids)) or reason not in reasons:
            raise Altered(
                self.env._("This invoice cannot be contested here: please contact us.")
            )
        dispute = (
            self.env["btp.dispute"]
            ._open(
                move,
                reason,
                note,
                amount=amount,
                invoice_lines=lines,
                source="customer",
                relance=self,
                contact=person,
            )
            .sudo()
        )
        self._keep_files(files, dispute)
        agent = self.with_context(lang=self._get_agent().lang)
        words = dict(dispute._fields["reason"]._description_selection(agent.env))
        return Told(
            self.env._(
                "Thank you. %(amount)s of %(invoice)s wait while we look at it; we answer "
                "you by %(date)s.",
                amount=self._say_amount(dispute.amount, dispute.currency_id),
                invoice=move.name,
                date=format_date(self.env, dispute.date_deadline),
            )
            if dispute.date_deadline
            else self.env._("Thank you. We look at it and answer you."),
            dispute,
            [
                (agent.env._("Invoice"), move.name),
                (
                    agent.env._("Amount"),
                    agent._say_amount(dispute.amount, dispute.currency_id),
                ),
                (agent.env._("Reason"), words[reason]),
                (agent.env._("Note"), note),
            ],
            # The dispute keeps them.
            self.env["ir.attachment"],
        )
