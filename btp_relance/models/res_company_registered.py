# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo import api, fields, models

from ..providers.maileva import MAIL

#: What Maileva calls us for.
EVENTS = (
    "ON_STATUS_REJECTED",
    "ON_STATUS_PROCESSED",
    "ON_STATUS_PROCESSED_WITH_ERRORS",
    "ON_DEPOSIT_PROOF_RECEIVED",
    "ON_CONTENT_PROOF_RECEIVED",
    "ON_ACKNOWLEDGEMENT_OF_RECEIPT_RECEIVED",
    "ON_UNDELIVERED_MAIL_RECEIVED",
    "ON_MAIN_DELIVERY_STATUS_FIRST_PRESENTATION",
    "ON_MAIN_DELIVERY_STATUS_DELIVERED",
    "ON_MAIN_DELIVERY_STATUS_UNDELIVERED",
)
SYSTEM = "base.group_system"


class ResCompany(models.Model):
    """How a company signs its letters, and who carries them."""

    _inherit = "res.company"

    btp_registered_provider = fields.Selection(
        lambda self: self.env["btp.relance.posting"]._select_provider(),
        "Registered Letters",
        default="print",
        required=True,
        help="Who carries them: a person, or a provider who prints and posts.",
    )
    btp_certificate_id = fields.Many2one(
        "certificate.certificate",
        "Signing Certificate",
        groups=SYSTEM,
        check_company=True,
        ondelete="restrict",
        help="Formal letters are signed with it (PAdES). Empty: they are archived unsigned.",
    )
    btp_maileva_login = fields.Char("Maileva: User", groups=SYSTEM)
    btp_maileva_password = fields.Char("Maileva: Password", groups=SYSTEM)
    btp_maileva_client_id = fields.Char("Maileva: Application", groups=SYSTEM)
    btp_maileva_client_secret = fields.Char("Maileva: Secret", groups=SYSTEM)
    btp_maileva_sandbox = fields.Boolean(
        "Maileva: Test Mode",
        default=True,
        groups=SYSTEM,
        help="Maileva's test environment: nothing is printed nor posted.",
    )
    btp_maileva_token_url = fields.Char(
        "Maileva: Address of the Keys",
        groups=SYSTEM,
        help="Empty: Maileva's own, by the mode.",
    )
    btp_maileva_api_url = fields.Char(
        "Maileva: Address of the Service",
        groups=SYSTEM,
        help="Empty: Maileva's own, by the mode.",
    )
    btp_maileva_hook_secret = fields.Char(
        "Maileva: Key of the Notifications", groups=SYSTEM, copy=False
    )

    def write(self, vals):
        """A new certificate lets the letters go that waited for it."""
        done = super().write(vals)
        if "btp_certificate_id" in vals:
            self._resend_btp_unsigned()
        return done

    def _resend_btp_unsigned(self):
        """Try again the letters that waited for a certificate that now signs."""
        ready = self.sudo().filtered(
            lambda company: not company._get_btp_certificate_refusal()
        )
        waiting = (
            self.env["btp.relance"]
            .sudo()
            .search(
                [
                    ("company_id", "in", ready.ids),
                    ("state", "=", "failed"),
                    ("waits_certificate", "=", True),
                ]
            )
        )
        if waiting:
            waiting._resend()
            self.env["btp.relance.engine"]._trigger_dispatch()

    def _get_btp_certificate_refusal(self) -> str:
        """Return why letters cannot be signed, ``""`` where they can or need not be."""
        self.ensure_one()
        certificate = self.sudo().btp_certificate_id
        return certificate._get_btp_refusal() if certificate else ""

    # === MAILEVA'S NOTIFICATIONS === #

    def _get_btp_hook_url(self) -> str:
        """Return the address that Maileva calls."""
        self.ensure_one()
        return f"{self.get_base_url()}/btp_relance/maileva/{self.id}"

    def action_btp_maileva_subscribe(self):
        """Try Maileva's account, and have it tell us what moves."""
        provider = self.env["btp.registered.provider.maileva"]
        with provider._try_account(self) as client:
            secret = self.btp_maileva_hook_secret or secrets.token_urlsafe(32)
            self.btp_maileva_hook_secret = secret
            self._subscribe_btp_maileva(client, secret)
        return provider._notify(
            self.env._("Maileva's account answers, and will tell what moves.")
        )

    def _subscribe_btp_maileva(self, client, secret: str):
        """Have Maileva call us on each event that it does not tell us yet."""
        url = self._get_btp_hook_url()
        known = {
            (row.get("event_type"), row.get("resource_type"))
            for row in client.get_subscriptions()
            if row.get("callback_url") == url
        }
        for event in EVENTS:
            for name in ("sendings", "recipients"):
                resource = f"{MAIL[1:]}/{name}"
                if (event, resource) not in known:
                    client.subscribe(event, resource, url, "btp", secret)

    @api.model
    def _check_btp_hook(self, company_id: int, login: str, password: str):
        """Return the company that a notification is for, none unless its key is right."""
        company = self.sudo().browse(company_id).exists()
        secret = company.btp_maileva_hook_secret
        right = (
            bool(secret)
            and login == "btp"
            and secrets.compare_digest(password.encode(), secret.encode())
        )
        return company if right else self.sudo().browse()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_registered_provider = fields.Selection(
        related="company_id.btp_registered_provider", readonly=False
    )
    btp_certificate_id = fields.Many2one(
        related="company_id.btp_certificate_id", readonly=False, groups=SYSTEM
    )
    btp_certificate_subject = fields.Char(
        related="btp_certificate_id.subject_common_name",
        string="Certificate in the Name of",
        groups=SYSTEM,
    )
    btp_certificate_issuer = fields.Char(
        related="btp_certificate_id.btp_issuer",
        string="Certificate Issued By",
        groups=SYSTEM,
    )
    btp_certificate_end = fields.Datetime(
        related="btp_certificate_id.date_end",
        string="Certificate Valid Until",
        groups=SYSTEM,
    )
    btp_certificate_refusal = fields.Char(
        "Why the Certificate Does Not Sign",
        compute="_compute_btp_certificate_refusal",
        groups=SYSTEM,
    )
    btp_maileva_login = fields.Char(
        related="company_id.btp_maileva_login", readonly=False, groups=SYSTEM
    )
    btp_maileva_password = fields.Char(
        related="company_id.btp_maileva_password", readonly=False, groups=SYSTEM
    )
    btp_maileva_client_id = fields.Char(
        related="company_id.btp_maileva_client_id", readonly=False, groups=SYSTEM
    )
    btp_maileva_client_secret = fields.Char(
        related="company_id.btp_maileva_client_secret", readonly=False, groups=SYSTEM
    )
    btp_maileva_sandbox = fields.Boolean(
        related="company_id.btp_maileva_sandbox", readonly=False, groups=SYSTEM
    )
    btp_maileva_token_url = fields.Char(
        related="company_id.btp_maileva_token_url", readonly=False, groups=SYSTEM
    )
    btp_maileva_api_url = fields.Char(
        related="company_id.btp_maileva_api_url", readonly=False, groups=SYSTEM
    )

    @api.depends("btp_certificate_id")
    def _compute_btp_certificate_refusal(self):
        for settings in self:
            certificate = settings.btp_certificate_id
            settings.btp_certificate_refusal = (
                certificate and certificate._get_btp_refusal()
            )

    def action_btp_maileva_subscribe(self):
        """Save, then try Maileva's account."""
        self.ensure_one()
        self.execute()
        return self.company_id.action_btp_maileva_subscribe()
