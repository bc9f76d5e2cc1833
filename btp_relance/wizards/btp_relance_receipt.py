# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class BtpRelanceReceipt(models.TransientModel):
    """What the acknowledgement of a registered letter says, with its scan."""

    _name = "btp.relance.receipt"
    _description = "Acknowledgement of a Registered Letter"

    posting_id = fields.Many2one("btp.relance.posting", required=True)
    outcome = fields.Selection(
        [
            ("received", "Delivered"),
            ("refused", "Refused by the addressee"),
            ("unclaimed", "Not claimed"),
            ("returned", "Returned: wrong address"),
        ],
        default="received",
        required=True,
    )
    day = fields.Date(
        required=True,
        default=lambda self: self.env["btp.echeance"]._get_today(),
        help="The day on the acknowledgement: not that on which it came back to you.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Scan")

    @api.model
    def default_get(self, fields_list):
        """Take the files dropped on the letter."""
        values = super().default_get(fields_list)
        if files := self.env.context.get("btp_dropped"):
            values["attachment_ids"] = [(6, 0, files)]
        return values

    def action_confirm(self):
        """Write the outcome in the journal, with the hash of the scan."""
        self.ensure_one()
        posting = self.posting_id
        posting.check_access("write")
        posting.action_receipt()
        if not self.attachment_ids:
            raise UserError(
                self.env._("Add the scan of the acknowledgement: it is the proof.")
            )
        today = self.env["btp.echeance"]._get_today()
        posted = posting._get_day(posting.state_on)
        if not posted <= self.day <= today:
            raise UserError(
                self.env._(
                    "The day of the acknowledgement is between the posting and today."
                )
            )
        files = self.attachment_ids.filtered(
            lambda file: file.create_uid == self.env.user
        )
        posting.sudo()._record_outcome(self.outcome, self.day, files.sudo())
        return {"type": "ir.actions.act_window_close"}
