# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

SYSTEM = "base.group_system"


class ResCompany(models.Model):
    """The account of a company with AR24."""

    _inherit = "res.company"

    btp_ar24_token = fields.Char("AR24: Token", groups=SYSTEM, copy=False)
    btp_ar24_private_key = fields.Char("AR24: Private Key", groups=SYSTEM, copy=False)
    btp_ar24_login = fields.Char("AR24: E-mail of the Sender", groups=SYSTEM)
    btp_ar24_otp_secret = fields.Char(
        "AR24: Secret of the One-Time Codes",
        groups=SYSTEM,
        copy=False,
        help="The text behind the QR code that AR24 shows when the sender has proved who "
        "they are. Every qualified letter needs a code made of it.",
    )
    btp_ar24_sandbox = fields.Boolean(
        "AR24: Test Mode",
        default=True,
        groups=SYSTEM,
        help="AR24's test environment: nothing has legal effect.",
    )
    btp_ar24_api_url = fields.Char(
        "AR24: Address of the Service",
        groups=SYSTEM,
        help="Empty: AR24's own, by the mode.",
    )

    def action_btp_ar24_try(self):
        """Try AR24's account: its identifiers, then the sender's one-time code."""
        provider = self.env["btp.registered.provider.ar24"]
        with provider._try_account(self) as client:
            client.authenticate(client.get_user())
        return provider._notify(
            self.env._("AR24's account answers and knows the sender.")
        )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_ar24_token = fields.Char(
        related="company_id.btp_ar24_token", readonly=False, groups=SYSTEM
    )
    btp_ar24_private_key = fields.Char(
        related="company_id.btp_ar24_private_key", readonly=False, groups=SYSTEM
    )
    btp_ar24_login = fields.Char(
        related="company_id.btp_ar24_login", readonly=False, groups=SYSTEM
    )
    btp_ar24_otp_secret = fields.Char(
        related="company_id.btp_ar24_otp_secret", readonly=False, groups=SYSTEM
    )
    btp_ar24_sandbox = fields.Boolean(
        related="company_id.btp_ar24_sandbox", readonly=False, groups=SYSTEM
    )
    btp_ar24_api_url = fields.Char(
        related="company_id.btp_ar24_api_url", readonly=False, groups=SYSTEM
    )

    def action_btp_ar24_try(self):
        """Save, then try AR24's account."""
        self.ensure_one()
        self.execute()
        return self.company_id.action_btp_ar24_try()
