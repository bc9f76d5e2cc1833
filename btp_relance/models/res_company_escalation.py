# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """To whom cases go in the end, and when a contact is silent for too long."""

    _inherit = "res.company"

    btp_manager_id = fields.Many2one(
        "res.users",
        "Manager of Reminders",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Receives the cases that nobody settled in time, and the monthly review. "
        "Empty: a manager of the reminders.",
    )
    btp_max_silent = fields.Integer(
        "Messages Without Answer",
        default=2,
        help="After so many to one contact, and no payment, the next contact is asked. "
        "0: the same one always.",
    )
    btp_review_on = fields.Date(
        "Last Monthly Review", help="Day on which the manager was last invited to it."
    )

    _btp_max_silent_positive = models.Constraint(
        "CHECK(btp_max_silent >= 0)", "The number of messages cannot be negative."
    )

    def _get_btp_manager(self):
        """Return the person to whom the cases of this company go in the end."""
        self.ensure_one()
        company = self.sudo()
        manager = company.btp_manager_id
        if manager.active and company in manager.company_ids:
            return manager
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    (
                        "all_group_ids",
                        "in",
                        self.env.ref("btp_relance.group_manager").ids,
                    ),
                    ("company_ids", "in", self.ids),
                    ("share", "=", False),
                ],
                order="id",
                limit=1,
            )
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_manager_id = fields.Many2one(
        related="company_id.btp_manager_id", readonly=False
    )
    btp_max_silent = fields.Integer(related="company_id.btp_max_silent", readonly=False)
