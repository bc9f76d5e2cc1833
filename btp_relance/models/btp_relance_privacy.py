# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpRelance(models.Model):
    """A reminder past its time: first for managers only, then without any person in it."""

    _inherit = "btp.relance"

    privacy_archived_on = fields.Date(
        "Archived On",
        readonly=True,
        copy=False,
        help="From that day only managers see this reminder (GDPR art. 5(1)(e)).",
    )
    privacy_erased_on = fields.Date(
        "Personal Data Erased On", readonly=True, copy=False
    )

    @api.depends("privacy_erased_on")
    def _compute_preview(self):
        # pylint: disable=missing-return
        erased = self.filtered("privacy_erased_on")
        # What was erased is not written anew from today's data.
        erased.preview = False
        super(BtpRelance, self - erased)._compute_preview()

    @api.model
    def _privacy_kept_texts(self) -> tuple:
        """Return the fields that say nothing of anybody."""
        return ("tone", "channel", "call_outcome")

    def _privacy_archive(self):
        """Leave these reminders to managers."""
        self.write({"privacy_archived_on": self.env["btp.echeance"]._get_today()})

    def _privacy_erase(self):
        """Take every person out of these reminders; steps and amounts stay.

        What asked for which invoice at which step stays, for “never the same step twice”
        and for the figures; texts, answers, notes, files and the recipient go. The row of
        the journal keeps its place in the chain.
        """
        # Odoo tracks the recipient's address: a change would note it once more.
        self = self.with_context(tracking_disable=True, mail_notrack=True)  # noqa: PLW0642
        Privacy = self.env["btp.privacy"]
        Privacy._forget_messages(self)
        Privacy._empty_texts(self)
        self.line_ids.drop_reason = False
        Privacy._erase_details(self)
        today = self.env["btp.echeance"]._get_today()
        for relance in self:
            relance.write(
                {
                    "contact_id": relance.partner_id.id,
                    "privacy_erased_on": today,
                    "privacy_archived_on": relance.privacy_archived_on or today,
                }
            )
        self.event_ids._erase_personal()
