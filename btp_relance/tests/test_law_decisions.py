# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a person decides: action directe and suspension of works."""

from datetime import date

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY
from .paper_common import pages
from .test_law_debtor import AlertCase


@tagged("post_install", "-at_install")
class TestDirectAction(AlertCase):
    def setUp(self):
        super().setUp()
        self.owner = self.make_customer("SCI des Docks")
        self.chantier.write({"role": "subcontractor", "owner_id": self.owner.id})
        self.move = self.make_invoice(late=5, btp_chantier_id=self.chantier.id)

    def prepare(self, **values):
        return self.env["btp.direct.action"].create(
            {
                "chantier_id": self.chantier.id,
                "notice_number": "1A 001",
                "copy_number": "1A 002",
                **values,
            }
        )

    def test_it_claims_what_is_late_on_the_chantier(self):
        self.make_invoice(late=-5, btp_chantier_id=self.chantier.id)
        self.make_invoice(late=5)
        action = self.prepare()
        self.assertEqual(action.move_ids, self.move)
        self.assertEqual(action.amount, 1000)
        self.assertEqual(action.partner_id, self.customer)

    def test_the_first_instalment_that_is_late_counts_and_a_new_form_opens(self):
        terms = self.make_terms(50, 50, every=60)
        later = self.make_invoice(
            late=20, btp_chantier_id=self.chantier.id, invoice_payment_term_id=terms.id
        )
        self.assertGreater(later.invoice_date_due, TODAY)
        self.assertEqual(self.prepare().move_ids, self.move | later)
        self.assertFalse(self.env["btp.direct.action"].new({}).move_ids)

    def test_both_letters_are_made_on_the_same_day(self):
        action = self.prepare()
        with self.assertRaisesRegex(UserError, "the number of each"):
            self.prepare(copy_number=False).action_send()
        action.action_send()
        self.assertEqual((action.state, action.sent_on), ("sent", TODAY))
        self.assertEqual(action.exercise_from, date(2025, 7, 16))
        letters = action.notice_id, action.copy_id
        notice, copy = (" ".join(pages(letter.raw)) for letter in letters)
        for words in ("Promoteur Sud", "1A 001", "mise en demeure", "75-1334"):
            self.assertIn(words, notice)
        self.assertNotIn("1A 002", notice)
        for words in ("SCI des Docks", "1A 002", "Article 13", "1A 001"):
            self.assertIn(words, copy)
        self.assertIn(self.move.name, notice)
        self.assertIn("1,000.00", notice)
        with self.assertRaisesRegex(UserError, "sent already"):
            action.action_send()

    def test_a_month_passes_before_the_owner_is_asked(self):
        action = self.prepare()
        with self.assertRaisesRegex(UserError, "Send both"):
            action.action_exercise()
        action.action_send()
        self.today = date(2025, 7, 15)
        with self.assertRaisesRegex(UserError, "one month"):
            action.action_exercise()
        self.today = date(2025, 7, 16)
        action.action_exercise()
        self.assertEqual((action.state, action.exercised_on), ("exercised", self.today))

    def test_the_person_is_told_once_when_the_month_is_over(self):
        action = self.prepare()
        action.action_send()
        self.assertFalse(self.alerts("direct_action", date(2025, 7, 15)))
        alert = self.alerts("direct_action", date(2025, 7, 16))
        self.assertEqual(alert.res_id, action.id)
        self.assertEqual(alert.activity_id.user_id, self.env.user)
        self.assertIn("SCI des Docks", alert.activity_id.summary)
        self.assertFalse(self.alerts("direct_action", date(2025, 7, 17)))
        action.action_close()
        self.alerts("direct_action", date(2025, 7, 18))
        self.assertFalse(alert.activity_id)

    def test_it_subsists_in_insolvency(self):
        self.customer.btp_insolvency_date = TODAY
        action = self.prepare()
        action.action_send()
        self.assertEqual(action.state, "sent")

    def test_only_a_private_subcontractor_with_a_known_owner(self):
        for values, words in (
            ({"role": "subcontractor_direct"}, "R2193-11"),
            ({"role": "titulaire"}, "Only a subcontractor"),
            ({"role": "subcontractor", "owner_id": False}, "maître d'ouvrage"),
        ):
            self.chantier.write(values)
            with self.assertRaisesRegex(ValidationError, words):
                self.prepare()

    def test_only_a_manager_in_person(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        with self.assertRaises(AccessError):
            self.chantier.with_user(agent).action_new_direct_action()
        with self.assertRaises(AccessError):
            self.env["btp.direct.action"].with_user(agent).create(
                {"chantier_id": self.chantier.id}
            )
        action = self.prepare()
        for user in (agent, self.env["res.users"].browse(SUPERUSER_ID)):
            with self.assertRaises(AccessError):
                action.with_user(user).action_send()
        self.assertEqual(action.with_user(agent).state, "draft")
        with self.assertRaises(AccessError):
            self.env["btp.direct.action"].sudo().with_user(SUPERUSER_ID).create(
                {"chantier_id": self.chantier.id}
            )

    def test_what_was_sent_stays_on_file(self):
        action = self.prepare()
        action.action_send()
        with self.assertRaisesRegex(UserError, "stays on file"):
            action.unlink()
        self.prepare().unlink()

    def test_another_company_sees_neither_it_nor_a_suspension(self):
        other = self.setup_other_company()["company"]
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_manager",
            company_id=other.id,
            company_ids=other.ids,
        )
        suspension = self.env["btp.suspension"].create(
            {"chantier_id": self.chantier.id}
        )
        for record in (self.prepare(), suspension):
            found = record.with_user(stranger).search([("id", "=", record.id)])
            self.assertFalse(found)
            with self.assertRaises(AccessError):
                record.with_user(stranger).read(["amount"])


@tagged("post_install", "-at_install")
class TestSuspension(AlertCase):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(
            late=5, btp_chantier_id=self.chantier.id, btp_billing_stage="situation"
        )

    def prepare(self, **values):
        return self.env["btp.suspension"].create(
            {
                "chantier_id": self.chantier.id,
                "notice_on": TODAY,
                "tracking_number": "1A 003",
                **values,
            }
        )

    def test_works_stop_only_after_fifteen_days_by_hand(self):
        suspension = self.prepare()
        with self.assertRaisesRegex(UserError, "Notify"):
            suspension.action_suspend()
        suspension.action_notify()
        self.assertEqual(suspension.earliest_on, self.days_later(15))
        self.after(15)
        with self.assertRaisesRegex(UserError, "15 days"):
            suspension.action_suspend()
        self.after(16)
        self.assertEqual(suspension.state, "notified")
        suspension.action_suspend()
        self.assertEqual(suspension.suspended_on, self.today)
        self.after(20)
        suspension.action_resume()
        self.assertEqual(
            (suspension.state, suspension.resumed_on), ("resumed", self.today)
        )

    def test_nothing_stops_once_paid(self):
        suspension = self.prepare()
        suspension.action_notify()
        self.pay(self.move)
        self.after(16)
        with self.assertRaisesRegex(UserError, "paid"):
            suspension.action_suspend()
        with self.assertRaisesRegex(UserError, "Nothing is unpaid"):
            self.prepare().action_notify()

    def test_the_notice_cites_its_basis_and_is_kept(self):
        self.chantier.contract_amount = 12000.01
        for basis, article in (("l124_2", "L124-2"), ("1799_1", "1799-1")):
            suspension = self.prepare(basis=basis)
            suspension.action_notify()
            kept = self.env["ir.attachment"].search(
                [("res_model", "=", "btp.suspension"), ("res_id", "=", suspension.id)]
            )
            text = " ".join(pages(kept.raw))
            self.assertIn(article, text)
            self.assertIn("mise en demeure", text)
            self.assertIn(self.move.name, text)
            # Printing it again gives this very file.
            self.assertEqual(suspension.notice_id, kept)
            again, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
                "btp_relance.suspension_notice", res_ids=suspension.ids
            )
            self.assertEqual(again, kept.raw)

    def test_without_proof_of_the_notice_nothing_is_notified(self):
        for missing in ("notice_on", "tracking_number"):
            with self.assertRaisesRegex(UserError, "registered letter"):
                self.prepare(**{missing: False}).action_notify()

    def test_the_guarantee_is_for_contracts_above_the_threshold(self):
        self.chantier.write({"contract_amount": 20000, "advance_amount": 8000})
        with self.assertRaisesRegex(ValidationError, "12,000.00 .*this contract"):
            self.prepare(basis="1799_1")
        self.assertTrue(self.prepare(basis="l124_2"))
        self.company.sudo().btp_guarantee_threshold = 11999
        self.assertTrue(self.prepare(basis="1799_1"))

    def test_a_consumer_and_a_public_owner_are_outside(self):
        for regime, words in (
            ("b2c", "outside"),
            ("nonpro", "outside"),
            ("public_30", "CCAG"),
        ):
            self.customer.btp_regime = regime
            for basis in ("l124_2", "1799_1"):
                with self.assertRaisesRegex(ValidationError, words):
                    self.prepare(basis=basis)

    def test_only_a_manager_in_person(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        suspension = self.prepare()
        suspension.action_notify()
        self.after(16)
        for user in (agent, self.env["res.users"].browse(SUPERUSER_ID)):
            with self.assertRaises(AccessError):
                suspension.with_user(user).action_suspend()
        for values in ({"state": "suspended"}, {"notice_on": TODAY}):
            for user in (agent, self.env.user):
                with self.assertRaises(AccessError):
                    suspension.with_user(user).write(values)
        self.assertEqual(suspension.state, "notified")
        self.assertEqual(
            suspension.with_user(agent).read(["state"])[0]["state"], "notified"
        )
