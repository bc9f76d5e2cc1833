# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Personal data leaves the journal for good, and the chain still holds."""

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.chain import GENESIS, digest
from ..models.btp_relance_event import PERSONAL
from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestJournalErasure(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Event = cls.env["btp.relance.event"].sudo()

    def append(self, *names):
        """Add rows on customers, not yet sealed."""
        return self.Event._append(
            [
                {
                    "kind": "requested",
                    "company_id": self.company.id,
                    "debtor_ref": 7,
                    "debtor_name": name,
                    "recipient": f"{name}@customer.example",
                    "detail": f"About {name}",
                    "documents": f'[{{"name": "{name}.pdf"}}]',
                }
                for name in names
            ]
        )

    def sealed(self, *names):
        rows = self.append(*names)
        self.Event._seal(self.company)
        return rows

    def sealed_in_clear(self, *names):
        """Add rows as 19.0.1.1.0 sealed them: values in the hash as they are."""
        previous = GENESIS
        rows = self.append(*names)
        self.env.flush_all()
        for seq, row in enumerate(rows, start=1):
            current = digest(previous, row._content_in_clear(seq))
            self.env.cr.execute(
                "UPDATE btp_relance_event SET seq = %s, previous_hash = %s, hash = %s"
                " WHERE id = %s",
                [seq, previous, current, row.id],
            )
            previous = current
        self.env.invalidate_all()
        return rows

    def tamper(self, query, *params):
        """Do what only who owns the database can: with the guard off."""
        self.env.flush_all()
        table = "ALTER TABLE btp_relance_event"
        self.env.cr.execute(f"{table} DISABLE TRIGGER USER")
        self.env.cr.execute(query, params)
        self.env.cr.execute(f"{table} ENABLE TRIGGER USER")
        self.env.invalidate_all()

    def broken(self):
        return self.Event._verify(self.company)["broken"]

    def in_table(self, word):
        """Return whether a word stands anywhere in the journal's table."""
        self.env.cr.execute(
            "SELECT count(*) FROM btp_relance_event e WHERE e::text ILIKE %s",
            [f"%{word}%"],
        )
        return bool(self.env.cr.fetchone()[0])

    # === ERASURE === #

    def test_an_erased_row_says_nothing_of_anybody_and_the_chain_holds(self):
        one, two, three = self.sealed("alice", "bob", "carol")
        hashes = (one | two | three).mapped("hash")
        self.assertTrue(self.in_table("bob"))
        self.assertEqual(two._erase_personal(), 1)
        self.assertFalse(self.in_table("bob"))
        self.assertTrue(self.in_table("alice"))
        self.assertEqual([two[name] for name in PERSONAL], [False] * len(PERSONAL))
        self.assertFalse(two.salt)
        self.assertTrue(two.erased_on)
        self.assertEqual((two.kind, two.debtor_ref), ("requested", 7))
        self.assertEqual((one | two | three).mapped("hash"), hashes)
        result = self.Event._verify(self.company)
        self.assertFalse(result["broken"])
        # The row that numbers the erased ones is sealed behind them.
        self.assertEqual((result["rows"], result["erased"]), (4, 1))
        told = self.Event.search([("kind", "=", "erased")])
        self.assertEqual((told.detail, told.seq, told.author), ("2", 4, False))

    def test_erasing_again_does_nothing(self):
        rows = self.sealed("alice", "bob")
        self.assertEqual(rows._erase_personal(), 2)
        self.assertEqual(rows._erase_personal(), 0)
        told = self.Event.search([("kind", "=", "erased")])
        self.assertEqual(told.mapped("detail"), ["1-2"])
        self.assertEqual(told._erase_personal(), 0)
        self.assertEqual(told.mapped("detail"), ["1-2"])

    def test_a_row_not_yet_sealed_is_sealed_then_erased(self):
        rows = self.append("alice")
        self.assertEqual(rows._erase_personal(), 1)
        self.assertFalse(self.in_table("alice"))
        self.assertFalse(self.broken())

    def test_the_chain_goes_on_behind_an_erased_end(self):
        self.sealed("alice")._erase_personal()
        self.sealed("bob")
        result = self.Event._verify(self.company)
        self.assertEqual((result["rows"], bool(result["broken"])), (3, False))

    def test_the_button_says_how_many_were_erased(self):
        self.sealed("alice", "bob")[0]._erase_personal()
        message = self.env["btp.relance.event"].action_verify()["params"]["message"]
        self.assertIn("3 rows verified", message)
        self.assertIn("personal data of 1 of them erased", message)

    # === WHAT THE DATABASE REFUSES === #

    def test_the_database_lets_nothing_else_be_emptied(self):
        one, two = self.sealed("alice", "bob")
        one._erase_personal()
        told = self.Event.search([("kind", "=", "erased")])
        emptied = ", ".join(f"{name} = NULL" for name in (*PERSONAL, "salt"))
        for query, row in (
            ("UPDATE btp_relance_event SET debtor_name = NULL WHERE id = %s", two),
            ("UPDATE btp_relance_event SET erased_on = now() WHERE id = %s", two),
            (f"UPDATE btp_relance_event SET {emptied} WHERE id = %s", two),
            (
                f"UPDATE btp_relance_event SET {emptied}, erased_on = now(),"
                " kind = 'call' WHERE id = %s",
                two,
            ),
            ("UPDATE btp_relance_event SET personal_sha256 = 'x' WHERE id = %s", two),
            ("UPDATE btp_relance_event SET debtor_name = 'x' WHERE id = %s", one),
            ("UPDATE btp_relance_event SET erased_on = NULL WHERE id = %s", one),
            (
                f"UPDATE btp_relance_event SET {emptied}, erased_on = now()"
                " WHERE id = %s",
                told,
            ),
        ):
            with (
                self.subTest(query),
                self.assertRaisesRegex(psycopg2.Error, "append-only"),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query, [row.id])

    def test_a_row_emptied_behind_our_back_is_found(self):
        one, two, three = self.sealed("alice", "bob", "carol")
        three._erase_personal()
        emptied = ", ".join(f"{name} = NULL" for name in (*PERSONAL, "salt"))
        for query, row in (
            (f"UPDATE btp_relance_event SET {emptied} WHERE id = %s", two),
            (
                f"UPDATE btp_relance_event SET {emptied}, erased_on = now()"
                " WHERE id = %s",
                two,
            ),
            ("UPDATE btp_relance_event SET salt = 'x' WHERE id = %s", one),
            ("UPDATE btp_relance_event SET personal_sha256 = 'x' WHERE id = %s", one),
            ("UPDATE btp_relance_event SET debtor_name = 'x' WHERE id = %s", three),
            ("UPDATE btp_relance_event SET personal_sha256 = 'x' WHERE id = %s", three),
            ("UPDATE btp_relance_event SET scheme = NULL WHERE id = %s", one),
        ):
            with self.subTest(query):
                savepoint = self.env.cr.savepoint()
                self.tamper(query, row.id)
                self.assertEqual(self.broken(), row)
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                self.assertFalse(self.broken())

    # === CHAINS OF BEFORE === #

    def test_a_chain_sealed_in_clear_still_verifies_and_goes_on(self):
        old = self.sealed_in_clear("alice", "bob")
        self.sealed("carol")
        self.assertFalse(self.broken())
        self.tamper(
            "UPDATE btp_relance_event SET detail = 'x' WHERE id = %s", old[1].id
        )
        self.assertEqual(self.broken(), old[1])

    def test_rows_sealed_in_clear_are_anchored_before_one_is_erased(self):
        old = self.sealed_in_clear("alice", "bob", "carol")
        hashes = old.mapped("hash")
        self.assertEqual(old[1]._erase_personal(), 1)
        self.assertFalse(self.in_table("bob"))
        self.assertEqual(old.mapped("hash"), hashes)
        self.assertFalse(self.broken())
        self.assertEqual(old[0]._erase_personal(), 1)
        self.assertFalse(self.broken())
        anchors = self.Event.search([("kind", "=", "anchored")])
        self.assertEqual(anchors.seq, 4)
        for column, row in (
            ("kind", old[1]),
            ("channel", old[1]),
            ("hash", old[1]),
            ("detail", old[2]),
            ("personal_sha256", old[2]),
            ("personal_sha256", old[0]),
        ):
            with self.subTest(column=column, row=row.seq):
                savepoint = self.env.cr.savepoint()
                self.tamper(
                    f"UPDATE btp_relance_event SET {column} = 'call' WHERE id = %s",
                    row.id,
                )
                self.assertTrue(self.broken())
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                self.assertFalse(self.broken())

    def test_a_broken_chain_is_not_anchored(self):
        old = self.sealed_in_clear("alice", "bob")
        self.tamper(
            "UPDATE btp_relance_event SET detail = 'x' WHERE id = %s", old[0].id
        )
        self.assertEqual(old[1]._erase_personal(), 0)
        self.assertEqual(old[1].debtor_name, "bob")
