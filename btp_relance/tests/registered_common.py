# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registered letters: certificates made for the test, a scheduler that follows letters."""

import base64
import logging
from contextlib import contextmanager
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


class OnlineCommon(RegisteredCommon):
    """Letters that a service carries, with a server on localhost that stands for it."""

    #: Class of the server, start of its fields on the company, what cannot be done without.
    server, prefix, secret, call = None, "", "", ""

    def setUp(self):
        super().setUp()
        self.service = self.enterContext(self.server())
        self.company.sudo().btp_registered_provider = self.prefix.removeprefix("btp_")
        self.set_account(**self.get_account())

    def get_account(self):
        """Return what is typed in the settings."""
        raise NotImplementedError

    def set_account(self, **values):
        """Type in the settings."""
        self.company.sudo().write(
            {f"{self.prefix}_{name}": value for name, value in values.items()}
        )

    def left(self):
        """Return the letters that the service has for good."""
        raise NotImplementedError

    def handed(self, partner=None):
        """Return a letter that the service has."""
        relance = self.letter(partner)
        self.follow()
        self.assertEqual(
            relance.posting_id.state, "handed_over", relance.failure_reason
        )
        return relance

    @contextmanager
    def every_log(self):
        """Catch what is logged, but the queries: they hold every value, take long to write
        down, and nobody leaves their log on."""
        queries = logging.getLogger("odoo.sql_db")
        level = queries.level
        queries.setLevel(logging.INFO)
        try:
            with self.assertLogs("odoo", "DEBUG") as log:
                yield log
        finally:
            queries.setLevel(level)

    def assert_told_and_retried(self, relance, words):
        """The reminder says it, is tried again by itself, and nothing else changed."""
        posting = relance.posting_id
        self.assertEqual((relance.state, posting.state), ("assigned", "to_post"))
        self.assertIn(words, relance.failure_reason)
        self.assertTrue(posting.retry_at)
        self.assertEqual(relance.retry_at, posting.retry_at)


class OnlineCases:
    """What holds whatever service carries the letters."""

    def test_it_is_handed_over_once_however_often_the_scheduler_turns(self):
        relance = self.handed()
        for _turn in range(3):
            self.follow()
            self.dispatch()
        self.assertEqual(len(self.left()), 1)
        last = [
            path
            for verb, path in self.service.calls
            if verb == "POST" and self.call in path
        ]
        self.assertEqual(len(last), 1)
        self.assertEqual(len(self.events(relance, "handed_over")), 1)

    def test_no_account_no_letter(self):
        self.set_account(**{self.secret: False})
        relance = self.letter()
        self.assertEqual(relance.state, "failed")
        self.assertIn("'s account is not set", relance.failure_reason)
        self.assertFalse(relance.posting_ids)

    def test_only_https_leaves_the_machine(self):
        self.set_account(api_url="http://service.example")
        relance = self.letter()
        self.follow()
        self.assertEqual(relance.state, "failed")
        self.assertIn("https", relance.failure_reason)

    def test_what_is_paid_while_nobody_answers_does_not_leave(self):
        self.service.fail("GET", ".", 503)
        self.service.fail("POST", ".", 503)
        relance = self.letter()
        self.follow()
        self.pay(relance.line_ids.move_id)
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(
            (relance.state, relance.posting_id.state), ("cancelled", "cancelled")
        )
        self.assertFalse(self.left())

    def test_the_test_mode_is_written_on_the_letter_and_in_the_journal(self):
        self.set_account(sandbox=True)
        relance = self.handed()
        self.assertTrue(relance.posting_id.is_test)
        self.assertIn("TEST", self.events(relance, "handed_over").detail)
        self.set_account(sandbox=False)
        self.follow()
        self.assertIn("another mode", relance.posting_id.error)

    def test_a_letter_made_in_test_mode_that_leaves_for_good_is_no_test(self):
        self.set_account(sandbox=True)
        relance = self.letter()
        self.assertTrue(relance.posting_id.is_test)
        self.set_account(sandbox=False)
        self.follow()
        self.assertEqual(relance.posting_id.state, "handed_over")
        self.assertFalse(relance.posting_id.is_test)
        self.assertNotIn("TEST", self.events(relance, "handed_over").detail or "")


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
