# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What becomes of a dispute: credit note, hold, words to the customer."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install")
class TestDisputeResolution(DisputeCommon):
    def test_accepted_in_whole(self):
        dispute = self.contest(amount=300)
        note = dispute.sudo()._accept()
        self.assertEqual(
            (note.move_type, note.state, note.amount_total, note.reversed_entry_id),
            ("out_refund", "draft", 300.0, self.move),
        )
        # What will be credited is not claimed meanwhile.
        self.assertEqual(self.seen(), [(700, 300, False)])
        note.action_post()
        self.assertEqual(self.seen(), [(700, 0, False)])
        self.assertEqual((dispute.state, dispute.held), ("accepted", 0))

    def test_accepted_in_part_the_rest_is_due_again(self):
        dispute = self.contest()
        note = dispute.sudo()._accept(250, "Two doors.")
        self.assertEqual(self.seen(), [(750, 250, False)])
        note.action_post()
        self.assertEqual(self.seen(), [(750, 0, False)])
        for amount in (0, -1, 1000.01):
            other = self.contest(self.make_invoice())
            with self.assertRaisesRegex(UserError, "no more than"):
                other.sudo()._accept(amount)

    def test_the_taxes_retention_and_chantier_of_the_invoice(self):
        self.company.sudo().btp_retention_account_id = self.copy_account(
            self.company_data["default_account_receivable"]
        )
        chantier = self.env["btp.chantier"].create(
            {
                "name": "Lot 3",
                "partner_id": self.customer.id,
                "retention_regime": "retention",
                "retention_rate": 5,
            }
        )
        move = self.make_taxed(
            1000, 500, btp_chantier_id=chantier.id, btp_billing_stage="progress"
        )
        self.assertEqual(move.btp_retention_amount, 90)
        line = move.invoice_line_ids[1]
        note = self.contest(move, invoice_lines=line).sudo()._accept()
        self.assertEqual(
            (note.amount_untaxed, note.amount_tax, note.amount_total),
            (500, 100, 600),
        )
        self.assertEqual(note.invoice_line_ids.tax_ids, line.tax_ids)
        self.assertEqual(note.invoice_line_ids.account_id, line.account_id)
        self.assertEqual(note.btp_chantier_id, chantier)
        self.assertEqual((note.btp_retention_rate, note.btp_retention_amount), (5, 30))
        note.action_post()
        left = {due.is_retention: due.residual for due in self.echeances(move)}
        self.assertEqual(left, {False: 1140.0, True: 60.0})

    def test_any_amount_to_the_cent(self):
        move = self.make_taxed(333.33, 66.67, 10.01)
        for amount in (0.03, 1.01, 100.03, 123.45, 200.07):
            with self.subTest(amount):
                dispute = self.contest(move, amount=amount, reason="price")
                note = dispute.sudo()._accept()
                self.assertEqual(note.amount_total, amount)
                self.assertEqual(
                    note.currency_id.round(note.amount_untaxed + note.amount_tax),
                    amount,
                )
                note.action_post()

    def test_a_credit_note_deleted_or_cancelled_opens_the_dispute_again(self):
        dispute = self.contest(amount=300)
        dispute.sudo()._accept().unlink()
        self.assertEqual((dispute.state, self.seen()), ("open", [(700, 300, False)]))
        note = dispute.sudo()._accept()
        note.action_post()
        self.assertEqual(self.seen(), [(700, 0, False)])
        note.button_draft()
        # Odoo leaves it matched: credited and held together would be twice.
        self.assertEqual(self.seen(), [(700, 0, False)])
        note.line_ids.remove_move_reconcile()
        note.button_cancel()
        self.assertEqual((dispute.state, dispute.accepted_amount), ("open", 0))
        self.assertEqual(self.seen(), [(700, 300, False)])

    def test_rejected_with_reasons(self):
        dispute = self.contest(amount=300).sudo()
        with self.assertRaisesRegex(UserError, "Type the reasons"):
            dispute._reject(" ")
        self.after(4)
        dispute._reject("The delivery note of 3 May is signed.")
        self.assertEqual(self.seen(), [(1000, 0, False)])
        self.assertEqual((dispute.days, dispute.closed_on), (4, self.today))
        with self.assertRaisesRegex(UserError, "closed already"):
            dispute._reject("Again")
        told = self.env["btp.confirmation"].search([("dispute_id", "=", dispute.id)])
        self.assertEqual(set(told.mapped("kind")), {"dispute", "dispute_closed"})
        with self.mock_mail_gateway():
            told.sudo().filtered(lambda t: t.kind == "dispute_closed")._send()
        [mail] = self._new_mails
        self.assertIn("signed", mail.body_html)
        self.assertIn("remain due", mail.body_html)

    def test_buttons(self):
        user = self.make_user("nadia", "btp_relance.group_agent")
        dispute = self.contest(amount=300).with_user(user)
        action = dispute.action_accept()
        wizard = (
            self.env["btp.dispute.resolution"]
            .with_user(user)
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(wizard.amount, 300)
        wizard.amount = 120
        note = self.env["account.move"].browse(wizard.action_confirm()["res_id"])
        self.assertEqual((note.state, note.amount_total), ("draft", 120))
        with self.assertRaisesRegex(UserError, "credit note"):
            dispute.action_reopen()
        other = self.contest(amount=10, reason="price").with_user(user)
        other.action_cancel()
        self.assertEqual(other.state, "cancelled")
        other.action_reopen()
        self.assertEqual((other.state, other.held), ("open", 10))

    def test_late_disputes_are_handed_to_a_person_once(self):
        dispute = self.contest(amount=300, reason="duplicate")
        late = self.env["btp.dispute"].search([("is_late", "=", True)])
        self.assertNotIn(dispute, late)
        self.after(10)
        self.engine._escalate_disputes()
        self.engine._escalate_disputes()
        case = self.env["btp.escalation"].search(
            [("res_model", "=", "btp.dispute"), ("res_id", "=", dispute.id)]
        )
        self.assertEqual((len(case), case.kind), (1, "dispute"))
        self.assertIn(dispute, self.env["btp.dispute"].search([("is_late", "=", True)]))


@tagged("post_install", "-at_install")
class TestDisputeUnblock(DisputeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.owner = cls.make_user("nadia", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.owner
        cls.chantier = cls.env["btp.chantier"].create(
            {"name": "Lot 3", "partner_id": cls.customer.id}
        )

    def setUp(self):
        super().setUp()
        self.move.btp_chantier_id = self.chantier

    def paper(self, code):
        kind = self.env["btp.document.type"].search([("code", "=", code)])
        return self.env["btp.document"].create(
            {"type_id": kind.id, "chantier_id": self.chantier.id}
        )

    def test_reserves_lifted_propose_to_close(self):
        quality = self.contest(amount=300, reason="quality")
        price = self.contest(amount=100, reason="price")
        self.paper("LEV").action_receive()
        self.assertIn("PV", quality.proposal)
        self.assertFalse(price.proposal)
        self.assertIn("close the dispute", quality.activity_ids[-1:].summary)
        quality.with_user(self.owner).action_take_proposal()
        self.assertEqual((quality.state, quality.credit_note_ids.ids), ("accepted", []))
        self.assertEqual(self.seen(), [(900, 100, False)])
        with self.assertRaisesRegex(UserError, "Nothing arrived"):
            price.action_take_proposal()

    def test_the_date_on_the_chantier_too(self):
        quality = self.contest(amount=300, reason="quality")
        self.chantier.write(
            {
                "date_reception": TODAY - timedelta(days=30),
                "has_reserves": True,
                "date_reserves_lifted": TODAY,
            }
        )
        self.assertTrue(quality.proposal)
        quality.action_leave_proposal()
        self.assertEqual((quality.state, quality.proposal), ("open", False))

    def test_a_missing_order_is_asked_for_and_proposes_to_close(self):
        dispute = self.contest(reason="missing_order")
        order = dispute.document_ids
        self.assertEqual((order.type_id.code, order.state), ("BDC", "expected"))
        self.assertEqual(order.request_ids.state, "open")
        order.action_receive()
        self.assertTrue(dispute.proposal)

    def test_a_missing_document_that_is_named(self):
        dispute = self.contest(reason="missing_document")
        context = dispute.action_ask_document()["context"]
        document = (
            self.env["btp.document"]
            .with_context(**context)
            .create({"type_id": self.env.ref("btp_relance.document_type_vis").id})
        )
        self.assertEqual(dispute.document_ids, document)
        document.action_receive()
        self.assertTrue(dispute.proposal)

    def test_what_a_missing_document_holds_is_still_asked_for(self):
        self.company.sudo().btp_follow_documents = True
        self.contest(reason="missing_order")
        self.env["btp.document.request"].search([]).sudo().unlink()
        requests = self.env["btp.document.request"].sudo()
        asked = [
            id_
            for (id_,) in self.env.execute_query(
                requests.with_company(self.company)._get_asked_sql(self.today)
            )
        ]
        self.assertIn(
            self.env["btp.dispute"].search([], limit=1).document_ids.id, asked
        )

    def test_the_owner_is_told_what_to_do_first(self):
        twin = self.make_invoice(late=4, amount=1000)
        double = self.contest(reason="duplicate")
        self.assertIn(twin, double.twin_ids)
        self.assertEqual(double.activity_ids.user_id, self.owner)
        self.assertIn("Compare", double.activity_ids.summary)
        paid = self.contest(twin, reason="already_paid")
        self.assertIn("Find the payment", paid.activity_ids.summary)
        self.assertEqual(paid.action_find_payment()["res_model"], "account.move.line")

    def test_screens_and_figures(self):
        dispute = self.contest(amount=300)
        relance = self.plan()
        self.assertEqual(relance.dispute_count, 1)
        self.assertEqual(self.move.btp_dispute_count, 1)
        self.assertEqual(self.customer.btp_dispute_count, 1)
        self.assertEqual(self.chantier.dispute_count, 1)
        self.after(30)
        figures = self.env["btp.relance"].get_my_day()
        [figure] = [f for f in figures if f["label"] == "Disputes to answer"]
        self.assertEqual(figure["value"], "1 / 1")
        action = relance.action_open_dispute()
        wizard = (
            self.env["btp.dispute.opening"]
            .with_user(self.owner)
            .with_context(**action["context"])
            .create({"reason": "price", "scope": "amount", "amount": 50})
        )
        self.assertEqual(wizard.left, 700)
        self.assertEqual(wizard.action_confirm()["res_model"], "btp.dispute")
        relance.invalidate_recordset(["dispute_count"])
        self.assertEqual(relance.dispute_count, 2)
        self.assertEqual(dispute.state, "open")

    def test_files_of_others_are_copied(self):
        files = self.env["ir.attachment"].create(
            [
                {"name": "a.txt", "raw": b"a"},
                {
                    "name": "b.txt",
                    "raw": b"b",
                    "res_model": "res.partner",
                    "res_id": self.customer.id,
                },
            ]
        )
        dispute = self.contest(amount=5, attachments=files)
        kept = self.env["ir.attachment"].search(
            [("res_model", "=", "btp.dispute"), ("res_id", "=", dispute.id)]
        )
        self.assertEqual(set(kept.mapped("name")), {"a.txt", "b.txt"})
        self.assertEqual(files[1].res_model, "res.partner")
