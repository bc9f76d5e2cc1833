# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The journal: rows are only added, chained by hash, and tampering shows."""

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.chain import GENESIS, sha256
from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestJournal(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Event = cls.env["btp.relance.event"].sudo()

    def append(self, *details, company=None):
        """Add sealed rows to the journal of a company."""
        company = company or self.company
        rows = self.Event._append(
            [
                {"kind": "activated", "company_id": company.id, "detail": detail}
                for detail in details
            ]
        )
        self.Event._seal(company)
        return rows

    def broken(self, company=None):
        return self.Event._verify(company or self.company)["broken"]

    # === APPEND-ONLY === #

    def test_the_orm_refuses_to_change_or_delete_a_row(self):
        row = self.append("one")
        for values in ({"detail": "two"}, {"hash": "0"}, {"company_id": False}):
            with self.assertRaisesRegex(UserError, "rows are only added"):
                row.write(values)
        with self.assertRaisesRegex(UserError, "rows are only added"):
            row.unlink()

    def test_the_database_refuses_it_too(self):
        row = self.append("one")
        for query in (
            "UPDATE btp_relance_event SET detail = 'two' WHERE id = %s",
            "UPDATE btp_relance_event SET hash = NULL WHERE id = %s",
            "UPDATE btp_relance_event SET seq = seq + 1 WHERE id = %s",
            "UPDATE btp_relance_event SET write_date = now() WHERE id = %s",
            "DELETE FROM btp_relance_event WHERE id = %s",
            "TRUNCATE btp_relance_event -- %s",
        ):
            with (
                self.subTest(query),
                self.assertRaisesRegex(psycopg2.Error, "append-only"),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [row.id])

    def test_a_row_not_yet_sealed_can_be_sealed_and_nothing_else(self):
        row = self.Event._append([{"kind": "activated", "company_id": self.company.id}])
        for query in (
            "UPDATE btp_relance_event SET detail = 'two' WHERE id = %s",
            "UPDATE btp_relance_event SET hash = 'x', detail = 'two' WHERE id = %s",
            "DELETE FROM btp_relance_event WHERE id = %s",
        ):
            with (
                self.subTest(query),
                self.assertRaisesRegex(psycopg2.Error, "append-only"),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [row.id])
        self.assertEqual(self.Event._seal(self.company), 1)
        self.assertTrue(row.hash)

    def test_a_reminder_in_the_journal_cannot_be_deleted(self):
        self.make_invoice()
        relance = self.run_day()
        with (
            self.assertRaises(psycopg2.errors.ForeignKeyViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            relance.sudo().unlink()

    def test_people_read_the_journal_and_never_write_in_it(self):
        row = self.append("one")
        manager = self.make_user("manager", "btp_relance.group_manager")
        mine = row.with_user(manager)
        self.assertEqual(mine.detail, "one")
        values = {"kind": "sent", "company_id": self.company.id}
        with self.assertRaises(AccessError):
            mine.create(values)
        with self.assertRaises(AccessError):
            mine.unlink()

    # === WHAT IT SAYS === #

    def test_a_sent_reminder_is_told_with_its_proof(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
        mail = relance.sudo().mail_id
        event = self.events(relance, "sent")
        self.assertEqual(event.message_id, mail.message_id)
        self.assertEqual(event.subject, mail.subject)
        self.assertEqual(event.body_sha256, sha256(mail.body_html))
        self.assertEqual(event.recipient, self.customer.email_formatted)
        self.assertEqual((event.channel, event.company_id), ("email", self.company))
        self.assertEqual(
            (event.debtor_ref, event.debtor_name), (self.customer.id, "Promoteur Sud")
        )

    def test_the_message_id_that_left_is_the_journal_s(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        [message] = self._mails
        self.assertEqual(message["message_id"], self.events(relance, "sent").message_id)

    # === THE CHAIN === #

    def test_each_row_is_linked_to_the_one_before(self):
        rows = self.append("one", "two") | self.append("three")
        self.assertEqual(rows.mapped("seq"), [1, 2, 3])
        self.assertEqual(
            rows.mapped("previous_hash"), [GENESIS, *rows[:2].mapped("hash")]
        )
        result = self.Event._verify(self.company)
        self.assertEqual((result["rows"], result["unsealed"]), (3, 0))
        self.assertFalse(result["broken"])

    def test_sealing_again_changes_nothing(self):
        rows = self.append("one", "two")
        before = rows.mapped("hash")
        self.assertEqual(self.Event._seal(self.company), 0)
        rows.invalidate_recordset()
        self.assertEqual(rows.mapped("hash"), before)

    def test_rows_that_wait_for_their_seal_are_counted(self):
        self.append("one")
        self.Event._append([{"kind": "activated", "company_id": self.company.id}])
        result = self.Event._verify(self.company)
        self.assertEqual((result["rows"], result["unsealed"]), (1, 1))

    def test_each_company_has_a_chain_of_its_own(self):
        other = self.setup_other_company()["company"]
        mine = self.append("one", "two")
        theirs = self.append("eins", "zwei", company=other)
        self.assertEqual((mine | theirs).mapped("seq"), [1, 2, 1, 2])
        self.assertEqual(theirs[0].previous_hash, GENESIS)
        self.tamper(
            "UPDATE btp_relance_event SET detail = 'x' WHERE id = %s", mine[0].id
        )
        self.assertEqual(self.broken(), mine[0])
        self.assertFalse(self.broken(other))

    def test_renaming_or_rewriting_a_customer_does_not_break_the_chain(self):
        self.make_invoice()
        self.run_day()
        self.customer.write({"name": "Nouveau nom", "email": "new@customer.example"})
        self.assertFalse(self.broken())
        self.assertEqual(
            self.Event.search([("company_id", "=", self.company.id)]).mapped(
                "debtor_name"
            ),
            ["Promoteur Sud"],
        )

    # === TAMPERING === #

    def tamper(self, query, *params):
        """Do what only who owns the database can: with the guard off."""
        self.env.flush_all()
        table = "ALTER TABLE btp_relance_event"
        self.env.cr.execute(f"{table} DISABLE TRIGGER USER")
        self.env.cr.execute(query, params)
        self.env.cr.execute(f"{table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def test_every_column_that_states_something_is_under_the_seal(self):
        self.make_invoice()
        relance = self.run_day()
        row = self.events(relance, "sent").sudo()
        for column, value in (
            ("detail", "x"),
            ("recipient", "x"),
            ("subject", "x"),
            ("channel", "x"),
            ("body_sha256", "x"),
            ("message_id", "x"),
            ("documents", "x"),
            ("author", "x"),
            ("debtor_name", "x"),
            ("debtor_ref", 7),
            ("kind", "answer"),
            ("happened_on", "2001-01-01"),
            ("relance_id", None),
            ("previous_hash", GENESIS[1:] + "1"),
        ):
            with self.subTest(column):
                savepoint = self.env.cr.savepoint()
                self.tamper(
                    f"UPDATE btp_relance_event SET {column} = %s WHERE id = %s",
                    value,
                    row.id,
                )
                self.assertEqual(self.broken(), row)
                savepoint.close(rollback=True)
                self.assertFalse(self.broken())

    def test_a_row_removed_or_two_rows_swapped_is_found(self):
        one, two, three = self.append("one", "two", "three")
        for query, params, found in (
            ("DELETE FROM btp_relance_event WHERE id = %s", [two.id], three),
            ("DELETE FROM btp_relance_event WHERE id = %s", [one.id], two),
            (
                "UPDATE btp_relance_event e SET seq = -o.seq FROM btp_relance_event o"
                " WHERE (e.id, o.id) IN ((%s, %s), (%s, %s));"
                " UPDATE btp_relance_event SET seq = -seq WHERE seq < 0",
                [one.id, two.id, two.id, one.id],
                two,
            ),
            (
                "UPDATE btp_relance_event e SET detail = o.detail"
                " FROM btp_relance_event o"
                " WHERE (e.id, o.id) IN ((%s, %s), (%s, %s))",
                [one.id, two.id, two.id, one.id],
                one,
            ),
        ):
            with self.subTest(query):
                savepoint = self.env.cr.savepoint()
                self.tamper(query, *params)
                self.assertEqual(self.broken(), found)
                savepoint.close(rollback=True)

    def test_the_button_says_whether_the_journal_is_intact(self):
        row = self.append("one", "two")[0]
        agent = self.make_user("agent", "btp_relance.group_agent")
        button = self.env["btp.relance.event"].with_user(agent)
        told = button.action_verify()["params"]
        self.assertEqual(told["type"], "success")
        self.assertIn("2 rows verified", told["message"])
        self.tamper("UPDATE btp_relance_event SET detail = 'x' WHERE id = %s", row.id)
        with self.assertLogs("odoo.addons.btp_relance", "ERROR"):
            told = button.action_verify()["params"]
        self.assertEqual(told["type"], "danger")
        self.assertIn("row 1", told["message"])
