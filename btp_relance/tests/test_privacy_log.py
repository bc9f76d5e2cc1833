# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The log names nobody, whatever goes wrong."""

import logging

from odoo.tests import tagged
from odoo.tools import mute_logger

from .privacy_common import EMAIL, NAME, PHONE, PrivacyCommon


class Records(logging.Handler):
    """Keeps all that is logged, as it would be written."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.lines = []

    def emit(self, record):
        self.lines.append(logging.Formatter("%(name)s %(message)s").format(record))


@tagged("post_install", "-at_install")
class TestPrivacyLog(PrivacyCommon):
    def setUp(self):
        super().setUp()
        self.records = Records()
        logger = logging.getLogger("odoo.addons.btp_relance")
        level = logger.level
        logger.setLevel(logging.DEBUG)
        logger.addHandler(self.records)

        def restore():
            logger.removeHandler(self.records)
            logger.setLevel(level)

        self.addCleanup(restore)

    def assertNobodyNamed(self):
        log = "\n".join(self.records.lines).lower()
        for word in (
            NAME,
            EMAIL,
            PHONE,
            self.customer.name,
            self.customer.email,
            self.customer.phone,
            self.customer.street,
        ):
            self.assertNotIn(word.lower(), log)

    def test_a_day_of_reminders_names_nobody(self):
        self.remind()
        self.years_later(8)
        self.purge()
        self.zoe._btp_privacy_erase()
        self.assertNobodyNamed()

    def test_a_reminder_that_fails_names_nobody(self):
        # The error quotes the contact, as a template or a server would.
        # Refused when it is saved; an older one may be in the database.
        self.env.cr.execute(
            "UPDATE mail_template SET body_html = jsonb_build_object('en_US', %s::text)"
            " WHERE id = %s",
            [
                "<p><t t-out='object.contact_id.name + object.no_such_field'/></p>",
                self.template.id,
            ],
        )
        self.template.invalidate_recordset()
        self.make_invoice(5)
        relance = self.plan()
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self.dispatch()
        self.assertEqual(relance.state, "failed")
        self.assertTrue(
            any(f"Reminder {relance.id} failed" in line for line in self.records.lines)
        )
        self.assertNobodyNamed()
