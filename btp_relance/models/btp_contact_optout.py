# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import CONTACT_CHANNELS


class BtpContactOptout(models.Model):
    """A channel by which somebody does not want to be reached, why and since when."""

    _name = "btp.contact.optout"
    _description = "Channel Refused"
    _order = "date desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    channel = fields.Selection(CONTACT_CHANNELS, required=True)
    reason = fields.Char(required=True)
    date = fields.Date(
        required=True, default=lambda self: self.env["btp.echeance"]._get_today()
    )
    active = fields.Boolean(
        default=True, help="Archived: the contact accepts this channel again."
    )

    _one_per_channel = models.UniqueIndex(
        "(company_id, partner_id, channel) WHERE active",
        "This contact already refuses this channel.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        refusals = super().create(vals_list)
        refusals._note()
        return refusals

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"active", "channel", "partner_id"}:
            self._note()
        return result

    @api.ondelete(at_uninstall=False)
    def _note_deletion(self):
        self._note(lifted=True)

    def _note(self, lifted=False):
        """Write in the journal that a channel is refused, or accepted again.

        :param bool lifted: all of them are accepted again
        """
        labels = dict(self._fields["channel"]._description_selection(self.env))
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "optout"
                    if refusal.active and not lifted
                    else "optout_lifted",
                    "company_id": refusal.company_id.id,
                    "debtor_ref": refusal.partner_id.commercial_partner_id.id,
                    "debtor_name": refusal.partner_id.display_name,
                    "channel": refusal.channel,
                    "detail": f"{labels[refusal.channel]} – {refusal.reason}",
                }
                for refusal in self
            ]
        )
