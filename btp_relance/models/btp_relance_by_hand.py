# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import models

#: Calls that nobody answers before the scenario goes on.
MAX_UNANSWERED = 3


class BtpRelance(models.Model):
    """What a person reports: the outcome of a call."""

    _inherit = "btp.relance"

    def _record_call(self, outcome: str, note: str | None = None, pause_until=None):
        """Write the outcome of a call and what follows from it.

        Nobody answered: the call comes back tomorrow, three times. Wrong number: the
        reminder fails until the number is corrected. Else the step is done.

        :param outcome: a code of ``CALL_OUTCOMES``
        :param note: what was said
        :param date pause_until: last day without reminders for the invoices called about
        """
        self.ensure_one()
        label = dict(self._fields["call_outcome"]._description_selection(self.env))[
            outcome
        ]
        self.write({"call_outcome": outcome, "call_note": note})
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "call",
                    "relance_id": self.id,
                    "recipient": self.phone,
                    "detail": " – ".join(filter(None, [label, note])),
                }
            ]
        )
        if pause_until:
            self.line_ids.filtered("step_id").move_id.write(
                {
                    "btp_no_reminder": True,
                    "btp_no_reminder_until": pause_until,
                    "btp_no_reminder_reason": label,
                }
            )
        calls = self.event_ids.filtered(lambda event: event.kind == "call")
        if outcome == "no_answer" and len(calls) < MAX_UNANSWERED:
            for activity in self.activity_ids:
                activity.date_deadline += timedelta(days=1)
            return
        self.activity_feedback(
            ["mail.mail_activity_data_call"],
            feedback=" – ".join(filter(None, [label, note])),
        )
        if outcome == "wrong_number":
            self._fail(
                self.env._(
                    "Wrong number: correct the phone of %s, then try again.",
                    self.contact_id.display_name,
                )
            )
        else:
            self._done()

    def _prepare_forecast(self, day) -> dict:
        """Return what a dry run says of this reminder on ``day``."""
        return {
            "day": day,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "step_id": self.step_id.id,
            "tone": self.tone,
            "channel": self.channel,
            "echeance_count": self.line_count,
            "amount": self.amount_due,
        }
