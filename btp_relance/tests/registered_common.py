# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registered letters: certificates made for the test, a scheduler that follows letters."""

import base64
from datetime import UTC, datetime, timedelta

from odoo import fields
from odoo.tools import mute_logger

from ..engine import signing
from .common import RelanceCommon

#: Made once: two thousand bits take a while.
_MADE = {}


def make_pkcs12(days=365, start=-1, password="s3cret"):
    """Return a self-made certificate valid from ``start`` to ``days`` days from now."""
    key = (days, start, password)
    if key not in _MADE:
        now = datetime.now(UTC)
        _MADE[key] = signing.make_certificate(
            "Martin Bâtiment (test)",
            now + timedelta(days=start),
            now + timedelta(days=days),
            password,
        )
    return _MADE[key]


class RegisteredCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().partner_id.write(
            {
                "street": "3 rue des Maçons",
                "zip": "44000",
                "city": "Nantes",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.company.sudo().btp_registered_provider = "print"
        cls.customer.country_id = cls.env.ref("base.fr")
        cls.agent = cls.make_user("poster", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent

    def setUp(self):
        super().setUp()
        # wkhtmltopdf, where it still prints the letters, complains of what it cannot do.
        self.enterContext(mute_logger("odoo.addons.base.models.ir_actions_report"))

    @classmethod
    def make_certificate(cls, password="s3cret", typed=None, **values):
        """Return a certificate of the company, with the password typed for it."""
        return (
            cls.env["certificate.certificate"]
            .sudo()
            .create(
                {
                    "name": "Signature",
                    "company_id": cls.company.id,
                    "content": base64.b64encode(
                        make_pkcs12(password=password, **values)
                    ),
                    "pkcs12_password": typed or password,
                }
            )
        )

    def letter(self, partner=None, late=5):
        """Return a registered letter, approved and dispatched."""
        self.step(3).write({"channel": "registered", "approval": "manual"})
        self.make_invoice(late=late, partner=partner)
        relance = self.plan()
        relance.action_approve()
        self.dispatch()
        relance.invalidate_recordset()
        return relance

    def follow(self):
        """Let the scheduler hand over and ask; every letter's time has come."""
        postings = self.env["btp.relance.posting"].sudo()
        now = fields.Datetime.now()
        postings.search([("retry_at", "!=", False)]).retry_at = now
        postings.search([("poll_at", "!=", False)]).poll_at = now
        with self.scheduler() as engine:
            engine.env["btp.relance.posting"]._cron_follow()
        self.env.invalidate_all()

    def kinds(self, relance):
        """Return the kinds of the journal's rows on a reminder, in their order."""
        return self.events(relance).mapped("kind")


class LetterOverHttp:
    """Letters made without the scheduler: a browser and it would wait for each other."""

    def letter(self, partner=None, late=5):
        """Return a registered letter, approved and archived."""
        self.step(3).write({"channel": "registered", "approval": "manual"})
        self.make_invoice(late=late, partner=partner)
        relance = self.plan()
        relance.action_approve()
        relance.sudo()._make_posting("<p>Letter</p>")
        relance.sudo().state = "assigned"
        return relance

    def handed(self):
        """Return a letter that the provider has."""
        relance = self.letter()
        relance.posting_id.sudo().write(
            {
                "state": "handed_over",
                "handed_on": fields.Datetime.now(),
                "external_id": "sending-1",
                "external_recipient": "recipient-1",
            }
        )
        return relance
