# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import plaintext2html


class BtpDispute(models.Model):
    """A dispute on the desk of its owner, with what to look at first."""

    _inherit = "btp.dispute"

    twin_ids = fields.Many2many(
        "account.move", string="Same Invoice", compute="_compute_twin_ids"
    )

    @api.depends("reason", "move_id")
    def _compute_twin_ids(self):
        for dispute in self:
            move = dispute.move_id.sudo()
            dispute.twin_ids = dispute.reason == "duplicate" and move.search(
                [
                    ("id", "!=", move.id),
                    ("company_id", "=", move.company_id.id),
                    ("commercial_partner_id", "=", move.commercial_partner_id.id),
                    ("move_type", "=", move.move_type),
                    ("state", "=", "posted"),
                    ("currency_id", "=", move.currency_id.id),
                    ("amount_total", "=", move.amount_total),
                ],
                order="invoice_date desc, id desc",
                limit=5,
            )

    # === BUSINESS === #

    def _after_open(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._after_open()
        self._give_task()

    def _give_task(self):
        """Put the dispute on the desk of its owner, with what to do first."""
        owner = self.user_id
        if not owner:
            return
        dispute = self.with_context(lang=owner.lang or self.env.lang)
        dispute.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=owner.id,
            date_deadline=self.date_deadline,
            summary=dispute._get_first_thing(),
            # What a customer wrote is text, whatever it looks like.
            note=self.description and plaintext2html(self.description),
        )

    def _get_first_thing(self) -> str:
        """Return what the owner of this dispute does first, in a few words."""
        invoice = self.move_id.name
        return {
            "duplicate": self.env._(
                "Compare %s with the invoice that it repeats", invoice
            ),
            "already_paid": self.env._("Find the payment of %s", invoice),
            "missing_order": self.env._("Obtain the order of %s", invoice),
            "missing_document": self.env._("Send what is missing with %s", invoice),
            "quality": self.env._("Have the reserves on %s lifted", invoice),
            "not_delivered": self.env._("Ask the site what was done of %s", invoice),
        }.get(self.reason) or self.env._("Answer what is contested on %s", invoice)
