# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpDocument(models.Model):
    """A document that came by a link is received, and a person looks at it."""

    _inherit = "btp.document"

    to_check = fields.Boolean(
        readonly=True,
        copy=False,
        tracking=True,
        help="A file came by a link: say whether it is the document asked for.",
    )

    _to_check_idx = models.Index("(company_id) WHERE to_check")

    def write(self, vals):
        # EXTENDS btp_relance: refused or not needed, there is nothing left to check.
        if vals.get("state") in ("expected", "refused", "not_needed"):
            vals = {"to_check": False, **vals}
        return super().write(vals)

    def action_checked(self):
        """Say that the file sent is the document asked for."""
        self.check_access("write")
        self.sudo().to_check = False
        self.activity_feedback(["mail.mail_activity_data_todo"])
