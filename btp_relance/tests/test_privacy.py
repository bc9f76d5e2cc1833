# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is past its time is erased, what is needed is kept, and the report says so."""

import psycopg2

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .privacy_common import EMAIL, NAME, PHONE, PrivacyCommon


@tagged("post_install", "-at_install")
class TestPrivacy(PrivacyCommon):
    def test_nothing_is_erased_before_its_time(self):
        relance = self.remind()
        run = self.purge()
        self.assertEqual(self.done(run)["message"], (0, 0, 0))
        self.assertTrue(relance.call_note)
        self.assertFalse(relance.privacy_archived_on)

    def test_three_months_after_payment_only_managers_see_it(self):
        relance = self.remind()
        agent = self.make_user("agent", "btp_relance.group_agent")
        manager = self.make_user("manager", "btp_relance.group_manager")
        self.assertTrue(relance.with_user(agent).call_note)
        self.env.cr.execute(
            "UPDATE btp_relance SET sent_on = %s WHERE id = %s",
            [self.days_later(0), relance.id],
        )
        relance.invalidate_recordset()
        self.after(100)
        run = self.purge()
        self.assertEqual(self.done(run)["active"], (1, 0, 0))
        self.assertEqual(relance.privacy_archived_on, self.today)
        self.assertTrue(relance.with_user(manager).call_note)
        with self.assertRaises(AccessError):
            relance.with_user(agent).invalidate_recordset()
            relance.with_user(agent).read(["call_note"])
        # Nothing is lost yet, and it is done once.
        self.assertTrue(relance.message_ids)
        self.assertEqual(self.done(self.purge())["active"], (0, 0, 0))

    def test_after_five_years_nobody_is_named_and_the_chain_holds(self):
        relance = self.remind()
        self.assertIn("btp_relance", self.where(NAME))
        self.assertIn("mail_message", self.where(EMAIL))
        amount, step = relance.amount_due, relance.step_id
        self.years_later(8)
        run = self.purge()
        self.assertEqual(self.done(run)["message"], (1, 0, 0))
        self.assertEqual(self.where(NAME, EMAIL, PHONE), set())
        self.assertEqual(relance.privacy_erased_on, self.today)
        self.assertEqual((relance.amount_due, relance.step_id), (amount, step))
        self.assertEqual(relance.state, "sent")
        self.assertFalse(relance.preview)
        result = self.Event._verify(self.company)
        self.assertFalse(result["broken"])
        self.assertGreater(result["erased"], 0)
        again = self.purge()
        self.assertEqual(again.done, 0)
        self.assertEqual(again.failed, 0)

    def test_what_is_unpaid_sued_or_not_time_barred_is_kept(self):
        relance = self.remind(paid=False)
        self.years_later(8)
        self.assertEqual(self.done(self.purge())["message"], (0, 1, 0))
        self.pay(self.move)
        self.move.write(
            {
                "btp_limitation_interrupted_on": self.days_later(366 * 6),
                "btp_limitation_cause": "suit",
            }
        )
        self.env.flush_all()
        self.assertEqual(self.done(self.purge())["message"], (0, 1, 0))
        self.move.write(
            {"btp_limitation_interrupted_on": False, "btp_limitation_cause": False}
        )
        for record in (self.customer, self.move):
            record.btp_legal_file = True
            self.env.flush_all()
            self.assertEqual(self.done(self.purge())["message"], (0, 1, 0), record)
            self.assertTrue(relance.call_note)
            record.btp_legal_file = False
        self.customer._btp_privacy_restrict()
        self.env.flush_all()
        self.assertEqual(self.done(self.purge())["message"], (0, 1, 0))
        self.customer._btp_privacy_restrict(False)
        self.env.flush_all()
        self.assertEqual(self.done(self.purge())["message"], (1, 0, 0))

    def test_a_dry_run_counts_and_touches_nothing(self):
        relance = self.remind()
        self.years_later(8)
        manager = self.make_user("manager", "btp_relance.group_manager")
        rules = self.env["btp.privacy.rule"].with_user(manager)
        action = rules.with_company(self.company).action_dry_run()
        run = self.env["btp.privacy.run"].with_user(manager).browse(action["res_id"])
        self.assertTrue(run.dry_run)
        self.assertEqual(self.done(run)["message"], (1, 0, 0))
        self.assertTrue(relance.call_note)
        self.assertIn("btp_relance", self.where(NAME))
        self.assertNotIn("btp_privacy_run", self.where(NAME, EMAIL))

    @mute_logger("odoo.sql_db")
    def test_one_bad_record_stops_no_other(self):
        self.remind()
        first = self.env["btp.relance"].search([("call_note", "!=", False)])
        others = self.plan_many(2)
        moves = others.line_ids.move_id
        with self.mock_mail_gateway():
            self.dispatch()
        self.pay(moves)
        self.years_later(8)
        self.env.flush_all()
        # The database refuses one of them, whatever Python says.
        self.env.cr.execute(
            "ALTER TABLE btp_relance ADD CONSTRAINT refuse"
            " CHECK (id <> %s OR call_note IS NOT NULL)",
            [first.id],
        )
        with self.assertLogs("odoo.addons.btp_relance", "WARNING") as logs:
            run = self.purge()
        self.assertEqual(self.done(run)["message"], (2, 0, 1))
        self.assertTrue(all(relance.privacy_erased_on for relance in others))
        self.assertFalse(first.privacy_erased_on)
        self.assertIn(str(first.id), logs.output[0])
        self.assertNotIn(NAME, "".join(logs.output))

    def test_a_closed_request_for_documents_goes_after_five_years(self):
        request = (
            self.env["btp.document.request"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.zoe.id,
                    "contact_id": self.zoe.id,
                    "state": "done",
                    "closed_on": self.today,
                }
            )
        )
        request.message_post(body=f"Dear {NAME}")
        request._note({"recipient": EMAIL})
        self.after(30)
        self.assertEqual(self.done(self.purge())["request"], (0, 0, 0))
        self.years_later(6)
        self.assertEqual(self.done(self.purge())["request"], (1, 0, 0))
        self.assertFalse(request.exists())
        self.years_later(8)
        self.purge()
        self.assertEqual(self.where(NAME, EMAIL), set())

    def test_a_rule_says_law_or_choice_and_where_from(self):
        rules = self.env["btp.privacy.rule"].search([])
        self.assertEqual(
            set(rules.mapped("kind")),
            set(dict(rules._fields["kind"].selection)),
        )
        self.assertTrue(all(rule.source and rule.origin for rule in rules))
        by_kind = {rule.kind: rule for rule in rules}
        self.assertEqual(
            (by_kind["invoice"].months, by_kind["invoice"].origin), (120, "law")
        )
        self.assertEqual(
            (by_kind["active"].months, by_kind["active"].origin), (3, "choice")
        )
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            rules[0].months = 0
            rules.flush_recordset()

    def test_the_register_is_made_from_the_rules(self):
        rules = self.env["btp.privacy.rule"].search([])
        self.company.btp_privacy_contact = "dpo@martin.example"
        html, kind = self.env["ir.actions.report"]._render_qweb_html(
            "btp_relance.privacy_register", rules.ids
        )
        self.assertEqual(kind, "html")
        for text in ("dpo@martin.example", "L123-22", "2021-130", "60"):
            self.assertIn(text, html.decode())
