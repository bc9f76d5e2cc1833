# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A litigation file is kept as long as its claim, and not for ever."""

from odoo.tests import tagged

from .privacy_common import PrivacyCommon


@tagged("post_install", "-at_install")
class TestPrivacyLitigation(PrivacyCommon):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=40)
        action = self.move.action_btp_litigation()
        self.file = self.env["btp.litigation"].browse(action["res_id"]).sudo()
        self.archive = self.file.archive_id
        self.assertTrue(self.archive.raw)

    def told(self):
        """Return what the purge says that it did to litigation files."""
        return self.done(self.purge())["litigation"]

    def test_it_goes_five_years_after_the_payment_and_the_purge_says_so(self):
        self.pay(self.move)
        self.assertEqual(self.told(), (0, 0, 0))
        self.years_later(4)
        self.assertEqual(self.told(), (0, 0, 0))
        self.years_later(8)
        self.assertEqual(self.told(), (1, 0, 0))
        self.assertFalse(self.file.exists())
        self.assertFalse(self.archive.exists())
        row = self.Event.search([("kind", "=", "litigation")])
        self.assertEqual(len(row), 1)
        self.assertFalse(self.Event._verify(self.company)["broken"])
        self.assertEqual(self.told(), (0, 0, 0))

    def test_it_stays_while_something_is_unpaid(self):
        self.years_later(12)
        self.assertEqual(self.told(), (0, 1, 0))
        self.assertTrue(self.archive.raw)

    def test_it_stays_while_a_legal_file_is_open(self):
        self.pay(self.move)
        self.customer.with_company(self.company).btp_legal_file = True
        self.years_later(12)
        self.assertEqual(self.told(), (0, 1, 0))
        self.customer.with_company(self.company).btp_legal_file = False
        self.assertEqual(self.told(), (1, 0, 0))

    def test_a_shorter_time_never_ends_before_the_limitation(self):
        rule = self.env.ref("btp_relance.privacy_rule_litigation").sudo()
        rule.months = 1
        self.pay(self.move)
        self.years_later(2)
        self.assertEqual(self.told(), (0, 1, 0), "five years between professionals")

    def test_a_late_payment_begins_the_time_anew(self):
        self.years_later(6)
        self.pay(self.move)
        self.years_later(8)
        self.assertEqual(self.told(), (0, 0, 0))
        self.years_later(12)
        self.assertEqual(self.told(), (1, 0, 0))

    def test_a_person_s_request_erases_what_nothing_keeps(self):
        manager = self.make_user(
            "dpo", "btp_relance.group_manager", "base.group_partner_manager"
        )
        request = self.customer.with_user(manager).action_btp_privacy_request()
        wizard = (
            self.env["btp.privacy.request"]
            .with_user(manager)
            .create({"partner_id": self.customer.id})
        )
        self.assertEqual(request["res_model"], wizard._name)
        self.assertEqual(self.held(wizard)["litigation"], (0, 1))
        self.pay(self.move)
        self.years_later(8)
        wizard._count()
        self.assertEqual(self.held(wizard)["litigation"], (1, 0))
        wizard.action_erase()
        self.assertFalse(self.file.exists())
        self.assertIn("Litigation files: 1", wizard.told)
