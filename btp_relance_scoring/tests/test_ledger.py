# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, timedelta

import numpy as np

from odoo import Command
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon


@tagged("post_install", "-at_install")
class TestScoringLedger(ScoringCommon):
    """What the ledger knew on a day, and nothing that came later."""

    def test_a_payment_is_known_from_its_day_on(self):
        move = self.make_invoice(late=40)
        self.pay_late(move, 12)
        paid_on = move.invoice_date_due + timedelta(days=12)
        line = self.receivable(move)
        self.assertEqual(self.read_ledger()[line]["paid_date"], np.datetime64(paid_on))
        self.assertEqual(self.read_ledger()[line]["open_amount"], 0)
        before = self.read_ledger(paid_on - timedelta(days=1))[line]
        self.assertTrue(np.isnat(before["paid_date"]))
        self.assertEqual(before["open_amount"], 1000)

    def test_an_invoice_not_yet_issued_is_not_there(self):
        move = self.make_invoice(late=5)
        self.assertNotIn(
            self.receivable(move),
            self.read_ledger(move.invoice_date - timedelta(days=1)),
        )

    def test_part_paid_is_open_for_the_rest(self):
        move = self.make_invoice(late=20)
        self.pay_late(move, 3, amount=400)
        row = self.read_ledger()[self.receivable(move)]
        self.assertTrue(np.isnat(row["paid_date"]))
        self.assertEqual((row["amount"], row["open_amount"]), (1000, 600))

    def test_the_last_payment_is_the_day(self):
        move = self.make_invoice(late=30)
        self.pay_late(move, 2, amount=400)
        self.pay_late(move, 9)
        row = self.read_ledger()[self.receivable(move)]
        expected = move.invoice_date_due + timedelta(days=9)
        self.assertEqual(row["paid_date"], np.datetime64(expected))

    def test_what_a_credit_note_settled_was_neither_paid_nor_late(self):
        move = self.make_invoice(late=30)
        day = TODAY - timedelta(days=10)
        note = move._reverse_moves([{"date": day, "invoice_date": day}], cancel=True)
        self.assertEqual(note.state, "posted")
        line = self.receivable(move)
        self.assertTrue(move.line_ids.browse(line).reconciled)
        self.assertNotIn(line, self.read_ledger())
        before = self.read_ledger(TODAY - timedelta(days=11))
        self.assertTrue(np.isnat(before[line]["paid_date"]))

    def test_a_write_off_is_no_payment(self):
        move = self.make_invoice(late=30)
        self.pay_late(move, 4, amount=300)
        line = self.env["account.move.line"].browse(self.receivable(move))
        loss = self.company_data["default_account_expense"]
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "journal_id": self.company_data["default_journal_misc"].id,
                "date": TODAY,
                "line_ids": [
                    Command.create({"account_id": loss.id, "debit": 700}),
                    Command.create(
                        {
                            "account_id": line.account_id.id,
                            "partner_id": line.partner_id.id,
                            "credit": 700,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (line + entry.line_ids.filtered("credit")).reconcile()
        self.assertTrue(line.reconciled)
        self.assertNotIn(line.id, self.read_ledger())
        before = self.read_ledger(TODAY - timedelta(days=1))[line.id]
        self.assertEqual(before["open_amount"], 700)

    def test_the_day_of_a_retention_is_not_known_before_the_works_are_received(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.customer.id}
        )
        received = TODAY - timedelta(days=20)
        move = self.make_invoice(late=60, btp_chantier_id=chantier.id)
        line = self.env["account.move.line"].browse(self.receivable(move))
        self.company.btp_retention_account_id = line.account_id.copy()
        line.account_id = self.company.btp_retention_account_id
        chantier.date_reception = received
        line.flush_recordset()
        row = self.read_ledger()[line.id]
        self.assertEqual(row["issue_date"], np.datetime64(received))
        before = self.read_ledger(received - timedelta(days=1))[line.id]
        self.assertEqual(before["issue_date"], np.datetime64(move.invoice_date))

    def test_each_instalment_is_an_amount_of_its_own(self):
        terms = self.make_terms(30, 70)
        move = self.make_invoice(
            late=0, invoice_payment_term_id=terms.id, invoice_date_due=False
        )
        lines = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
        rows = self.read_ledger()
        self.assertEqual([rows[id_]["amount"] for id_ in lines.ids], [300, 700])

    def test_amounts_are_in_the_companys_currency(self):
        dollar = self.setup_other_currency("CAD", rates=[("2025-01-01", 2.0)])
        move = self.make_invoice(late=5, currency_id=dollar.id)
        row = self.read_ledger()[self.receivable(move)]
        self.assertEqual((row["amount"], row["currency"]), (500, "CAD"))

    def test_another_companys_ledger_is_not_read(self):
        other = self.setup_other_company()["company"]
        move = self.make_invoice(late=5)
        self.assertNotIn(self.receivable(move), self.read_ledger(company=other))

    def test_who_objects_is_left_out_at_once(self):
        move = self.make_invoice(late=5)
        self.customer.btp_no_scoring = True
        self.assertNotIn(self.receivable(move), self.read_ledger())

    def test_natural_persons_only_where_the_company_says_so(self):
        person = self.make_customer("Jean", is_company=False, btp_regime="b2c")
        line = self.receivable(self.make_invoice(partner=person))
        self.assertNotIn(line, self.read_ledger())
        self.company.btp_score_persons = True
        self.assertIn(line, self.read_ledger())

    def test_a_document_counts_between_its_two_days(self):
        move = self.make_invoice(late=30)
        kind = self.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )
        issued = move.invoice_date
        document = self.env["btp.document"].create(
            {
                "type_id": kind.id,
                "move_id": move.id,
                "blocking": True,
                "expected_since": issued,
                "state": "received",
                "received_on": issued + timedelta(days=15),
            }
        )
        self.assertEqual(document.need_ids.level, "required")
        row = self.read_ledger()[self.receivable(move)]
        self.assertEqual(row["missing_documents"], 1)
        self.assertEqual(row["missing_since"], np.datetime64(issued))
        self.assertEqual(
            row["missing_until"], np.datetime64(issued + timedelta(days=15))
        )
        before = self.read_ledger(issued + timedelta(days=14))[self.receivable(move)]
        self.assertTrue(np.isnat(before["missing_until"]))
        # A certificate renewed since says nothing of that day.
        document.valid_until = TODAY + timedelta(days=90)
        row = self.read_ledger()[self.receivable(move)]
        self.assertEqual(row["missing_documents"], 0)
        self.assertTrue(np.isnat(row["missing_since"]))

    def test_visa_delays_are_those_of_earlier_situations(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Halle", "partner_id": self.customer.id}
        )
        first = self.make_invoice(late=60, btp_chantier_id=chantier.id)
        first.btp_visa_on = first.invoice_date + timedelta(days=21)
        second = self.make_invoice(late=20, btp_chantier_id=chantier.id)
        second.btp_visa_on = second.invoice_date + timedelta(days=3)
        rows = self.read_ledger()
        self.assertTrue(np.isnan(rows[self.receivable(first)]["visa_days"]))
        self.assertEqual(rows[self.receivable(second)]["visa_days"], 21)

    def test_an_empty_ledger_has_all_its_columns(self):
        rows = self.ledger._read(self.company, date(2000, 1, 1))
        self.assertEqual(len(rows["invoice_id"]), 0)
        self.assertIn("missing_until", rows)
