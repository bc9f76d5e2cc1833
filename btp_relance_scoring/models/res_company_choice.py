# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models


class ResCompany(models.Model):
    """Whether reminders learn which channel, moment and tone pay."""

    _inherit = "res.company"

    btp_choice_mode = fields.Selection(
        [
            ("off", "As the scenario says"),
            ("rules", "By what each contact answered"),
            ("auto", "Learned as soon as there are enough reminders"),
        ],
        "Channel, Moment and Tone",
        default="auto",
        required=True,
        help="Learning starts by itself from 1,000 reminders a year, and stops below. "
        "Preferences, refusals and hours of contact always come first; a last reminder, "
        "a formal notice and a registered letter are never chosen for.",
    )
    btp_choice_since = fields.Date(
        "Learning Since", readonly=True, copy=False, help="Empty: the rules choose."
    )

    def _get_btp_reminder_count(self, today) -> int:
        """Return how many reminders this company sent in the year before ``today``."""
        self.ensure_one()
        # An auditor is told the number, and sees no reminder.
        return (
            self.env["btp.relance"]
            .sudo()
            .search_count(
                [
                    ("company_id", "=", self.id),
                    ("kind", "=", "reminder"),
                    ("state", "=", "sent"),
                    ("contacted_on", ">", today - timedelta(days=365)),
                ]
            )
        )

    def _refresh_btp_choice(self, today):
        """Start learning where there are enough reminders, stop where there are not."""
        from ..learner.channels import LEAST_REMINDERS

        for company in self:
            enough = (
                company.btp_choice_mode == "auto"
                and company.btp_score_active
                and company._get_btp_reminder_count(today) >= LEAST_REMINDERS
            )
            if enough != bool(company.btp_choice_since):
                company.btp_choice_since = enough and today

    def write(self, vals):
        """Whoever switches learning off is obeyed at once."""
        result = super().write(vals)
        if vals.get("btp_choice_mode", "auto") != "auto":
            self.filtered("btp_choice_since").btp_choice_since = False
        return result
