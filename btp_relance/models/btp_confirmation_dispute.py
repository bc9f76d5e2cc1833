# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .btp_confirmation import KINDS

KINDS |= {
    "dispute": ("btp_relance.template_confirm_dispute", "btp_confirm_dispute"),
    "dispute_closed": ("btp_relance.template_dispute_closed", "btp_confirm_dispute"),
}


class BtpConfirmation(models.Model):
    """We received your dispute, and what becomes of it."""

    _inherit = "btp.confirmation"

    kind = fields.Selection(
        selection_add=[
            ("dispute", "Dispute received"),
            ("dispute_closed", "Decision on a dispute"),
        ],
        ondelete={"dispute": "cascade", "dispute_closed": "cascade"},
    )
    dispute_id = fields.Many2one(
        "btp.dispute", readonly=True, index="btree_not_null", ondelete="cascade"
    )

    _once_per_dispute = models.UniqueIndex(
        "(dispute_id) WHERE kind = 'dispute'", "This dispute was already confirmed."
    )

    @api.model
    def _confirm_dispute(self, dispute, kind: str):
        """Queue what the customer is told of a dispute.

        :param str kind: ``dispute`` or ``dispute_closed``
        """
        company = dispute.company_id.sudo()
        if not (company.btp_confirm_dispute and company.btp_relance_active):
            return
        self.sudo().create(
            {
                "kind": kind,
                "company_id": company.id,
                "partner_id": dispute.partner_id.id,
                "contact_id": dispute._get_reader().id,
                "user_id": dispute.user_id.id or company.btp_relance_user_id.id,
                "relance_id": dispute.relance_id.id,
                "dispute_id": dispute.id,
            }
        )
        self.env["btp.relance.engine"]._trigger_dispatch()


class BtpDispute(models.Model):
    _inherit = "btp.dispute"

    def _after_open(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._after_open()
        if self.env.context.get("btp_tell", True):
            self.env["btp.confirmation"]._confirm_dispute(self, "dispute")

    def _after_close(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._after_close()
        if not self.env.context.get("btp_tell", True):
            return
        for dispute in self.filtered(lambda dispute: dispute.state != "cancelled"):
            self.env["btp.confirmation"]._confirm_dispute(dispute, "dispute_closed")

    def _get_reader(self):
        """Return who is told: whoever contested, else whom reminders go to."""
        self.ensure_one()
        partner = self.partner_id
        children = partner.child_ids.filtered("email_normalized")
        return (
            self.contact_id
            or partner.btp_relance_contact_id
            or children.filtered(lambda child: child.type == "invoice")[:1]
            or partner
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    btp_confirm_dispute = fields.Boolean(
        "Confirm Disputes",
        default=True,
        help="Whoever contests is told that it was received, and later what was decided.",
    )
