# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from cryptography import x509

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..engine.signing import Identity, read_chain
from .btp_alert import AlertKind

#: Days before the end of a certificate on which a person is told.
ALERT_DAYS = (60, 30, 7)


class CertificateCertificate(models.Model):
    """A certificate that signs letters. Only administrators read it, its key and its
    password: so Odoo's own rules say."""

    _inherit = "certificate.certificate"

    btp_issuer = fields.Char("Issued By", compute="_compute_btp_issuer")

    @api.depends("pem_certificate")
    def _compute_btp_issuer(self):
        for certificate in self:
            content = certificate.with_context(bin_size=False).pem_certificate
            certificate.btp_issuer = False
            if content:
                issuer = x509.load_pem_x509_certificate(
                    base64.b64decode(content)
                ).issuer
                names = issuer.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
                certificate.btp_issuer = (
                    names[0].value if names else issuer.rfc4514_string()
                )

    def write(self, vals):
        """A corrected certificate lets the letters go that waited for it."""
        done = super().write(vals)
        companies = (
            self.env["res.company"]
            .sudo()
            .search([("btp_certificate_id", "in", self.ids)])
        )
        companies._resend_btp_unsigned()
        return done

    def _get_btp_refusal(self) -> str:
        """Return one sentence on why this certificate signs nothing, ``""`` if it does."""
        self.ensure_one()
        name, now = self.name or self.subject_common_name, fields.Datetime.now()
        if self.loading_error or not self.pem_certificate:
            return self.env._(
                "The signing certificate “%s” cannot be opened: its file or its password is "
                "wrong. Correct it in the settings; the letter then leaves by itself.",
                name,
            )
        if not self.private_key_id:
            return self.env._(
                "The signing certificate “%s” came without its private key: put the file "
                ".p12 or .pfx in the settings; the letter then leaves by itself.",
                name,
            )
        if self.date_end <= now:
            return self.env._(
                "The signing certificate “%(name)s” ended on %(date)s: put a new one in the "
                "settings; the letter then leaves by itself.",
                name=name,
                date=format_date(self.env, self.date_end),
            )
        if self.date_start > now:
            return self.env._(
                "The signing certificate “%(name)s” is valid from %(date)s only: put another "
                "one in the settings; the letter then leaves by itself.",
                name=name,
                date=format_date(self.env, self.date_start),
            )
        return ""

    def _get_btp_identity(self) -> Identity:
        """Return what signs.

        :raise UserError: why it does not
        """
        self.ensure_one()
        if refusal := self._get_btp_refusal():
            raise UserError(refusal)
        certificate = self.with_context(bin_size=False)
        return Identity(
            base64.b64decode(certificate.pem_certificate),
            base64.b64decode(certificate.private_key_id.pem_key),
            read_chain(
                base64.b64decode(certificate.content),
                certificate.pkcs12_password or None,
            )
            if certificate.content_format == "pkcs12"
            else (),
        )


class BtpAlert(models.Model):
    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        """Add the end of the certificate that signs letters."""
        return [
            *super()._get_kinds(today),
            AlertKind(
                "certificate",
                self.env._("Signing certificate near its end"),
                self._certificate_sql(today),
                lambda partner: partner.env._(
                    "The signing certificate ends on %s",
                    format_date(
                        partner.env,
                        partner.env.company.sudo().btp_certificate_id.date_end,
                    ),
                ),
                lambda partner: partner.env._(
                    "Have your administrator put a new one in the settings of Invoicing: "
                    "without it, no formal letter is signed nor leaves."
                ),
            ),
        ]

    @api.model
    def _certificate_sql(self, today) -> SQL:
        """Return the companies whose certificate ends within 60, 30 and 7 days."""
        return SQL(
            """
            SELECT c.id AS company_id, 'res.partner' AS res_model,
                   c.partner_id AS res_id,
                   s.id || '/' || s.date_end::date || '/' || (CASE %(marks)s END) AS mark,
                   NULL::integer AS user_id, s.date_end::date AS date_deadline
              FROM res_company c
              JOIN certificate_certificate s ON s.id = c.btp_certificate_id
             WHERE c.btp_relance_active AND s.date_end::date - %(today)s <= %(longest)s
            """,
            marks=SQL(" ").join(
                SQL("WHEN s.date_end::date - %s <= %s THEN %s", today, days, f"-{days}")
                for days in sorted(ALERT_DAYS)
            ),
            today=today,
            longest=max(ALERT_DAYS),
        )
