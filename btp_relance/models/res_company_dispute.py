# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """How long each kind of dispute may take."""

    _inherit = "res.company"

    btp_dispute_days_quantity = fields.Integer("Quantity", default=10)
    btp_dispute_days_quality = fields.Integer("Quality, Reserves", default=15)
    btp_dispute_days_price = fields.Integer("Price", default=5)
    btp_dispute_days_missing_order = fields.Integer("Missing Order", default=5)
    btp_dispute_days_missing_document = fields.Integer("Missing Document", default=5)
    btp_dispute_days_not_delivered = fields.Integer("Works Not Done", default=10)
    btp_dispute_days_duplicate = fields.Integer("Invoiced Twice", default=2)
    btp_dispute_days_already_paid = fields.Integer("Already Paid", default=2)
    btp_dispute_days_other = fields.Integer("Other Dispute", default=10)

    _btp_dispute_days_positive = models.Constraint(
        "CHECK(LEAST(btp_dispute_days_quantity, btp_dispute_days_quality,"
        " btp_dispute_days_price, btp_dispute_days_missing_order,"
        " btp_dispute_days_missing_document, btp_dispute_days_not_delivered,"
        " btp_dispute_days_duplicate, btp_dispute_days_already_paid,"
        " btp_dispute_days_other) >= 0)",
        "The days in which a dispute is answered cannot be negative.",
    )

    def _get_btp_dispute_deadline(self, reason: str, day):
        """Return the day before which a dispute is answered.

        :param str reason: a reason of ``btp.dispute``
        :param date day: on which it was opened
        """
        self.ensure_one()
        return self._get_btp_pause(day, self[f"btp_dispute_days_{reason}"])
