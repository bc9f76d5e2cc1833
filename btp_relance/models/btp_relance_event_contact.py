# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpRelanceEvent(models.Model):
    """What happens to people and text messages, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("rerouted", "Sent by another way"),
            ("sms_accepted", "Accepted by the SMS operator"),
            ("sms_delivered", "Delivered to the phone"),
            ("optout", "Channel refused"),
            ("optout_lifted", "Channel accepted again"),
            ("promise", "Payment promised"),
            ("confirmed", "Confirmation sent"),
        ],
        ondelete={
            "rerouted": "cascade",
            "sms_accepted": "cascade",
            "sms_delivered": "cascade",
            "optout": "cascade",
            "optout_lifted": "cascade",
            "promise": "cascade",
            "confirmed": "cascade",
        },
    )
