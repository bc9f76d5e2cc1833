# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import email_normalize

from ..const import CONTACT_CHANNELS, CONTACT_ROLES


class ResPartner(models.Model):
    """Whom to contact, how, and what bars it."""

    _inherit = "res.partner"

    btp_contact_role = fields.Selection(
        CONTACT_ROLES,
        "Role for Reminders",
        help="“Who gets what” in the settings says which role is reminded of which "
        "billing stage. Without one: the accounts.",
        groups="base.group_user",
    )
    btp_preferred_channel = fields.Selection(
        CONTACT_CHANNELS,
        "Preferred Channel",
        help="Used by every step that has words for it. A registered letter stays one.",
        groups="base.group_user",
    )
    btp_optout_ids = fields.One2many(
        "btp.contact.optout",
        "partner_id",
        "Refused Channels",
        groups="btp_relance.group_agent",
    )
    btp_lawyer = fields.Boolean(
        "Represented by a Lawyer",
        copy=False,
        help="Every reminder stops: a person writes to the lawyer.",
        groups="btp_relance.group_agent",
    )
    btp_vulnerable = fields.Selection(
        [("deceased", "Deceased"), ("vulnerable", "Vulnerable person")],
        "Deceased or Vulnerable",
        copy=False,
        help="Every reminder stops: a person decides, with tact.",
        groups="btp_relance.group_agent",
    )
    # The number or address itself, not a flag: typing another one clears it.
    btp_wrong_phone = fields.Char(
        "Wrong Number",
        copy=False,
        help="The number that reached somebody else: neither called nor written to.",
        groups="base.group_user",
    )
    btp_no_sms_phone = fields.Char(
        "Number Without SMS",
        copy=False,
        help="The number that no text message reaches; it may be called.",
        groups="base.group_user",
    )
    btp_wrong_email = fields.Char(
        "Address That Came Back",
        copy=False,
        help="The address that the mail server refused: no reminder leaves for it.",
        groups="base.group_user",
    )

    def _btp_flag_phone(self, number: str | None):
        """Note that a number is wrong, on whoever of these has it.

        :param number: as it stands on the contact
        """
        for partner in self.sudo():
            if number and partner.phone == number:
                partner.btp_wrong_phone = number

    def _btp_flag_sms(self):
        """Note that no text message reaches the number of these partners."""
        for partner in self.sudo():
            partner.btp_no_sms_phone = partner.phone

    def _btp_flag_email(self, address: str | None):
        """Note that an address came back, on whoever of these has it."""
        address = email_normalize(address or "")
        for partner in self.sudo():
            if address and partner.email_normalized == address:
                partner.btp_wrong_email = address

    def _btp_get_phone(self) -> str | bool:
        """Return the number on this contact, unless it is known to be wrong."""
        self.ensure_one()
        wrong = self.sudo().btp_wrong_phone
        return self.phone if self.phone != wrong else False
