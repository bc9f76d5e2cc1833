# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Only money keeps what was promised and agreed: each way to settle an amount due."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .test_payment_plan import PlanCommon
from .test_promise import PromiseCommon


@tagged("post_install", "-at_install")
class TestAgreedMoney(PromiseCommon, PlanCommon):
    def settle(self, move, amount, account, journal_type="general", also=0.0):
        """Settle part of an invoice by an entry against ``account``.

        :param also: part of it against an expense account
        """
        due = self.lines(move)
        journal = self.company_data[
            {
                "general": "default_journal_misc",
                "bank": "default_journal_bank",
            }[journal_type]
        ]
        lines = [(due.account_id, -amount), (account, amount - also)]
        if also:
            lines.append((self.company_data["default_account_expense"], also))
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "date": self.today,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": one.id,
                            "balance": balance,
                            "partner_id": move.partner_id.id,
                        }
                    )
                    for one, balance in lines
                ],
            }
        )
        entry.action_post()
        credit = entry.line_ids.filtered(lambda line: line.account_id == due.account_id)
        (due | credit).reconcile()
        return entry

    def verdict(self, move):
        """Return what the ledger says of a promise about ``move``, at its deadline."""
        promise = self.env["btp.promise"].search([("line_ids.move_id", "=", move.id)])
        promise._judge()
        self.run_jobs(9)
        result = (promise.state, promise.kept_amount)
        self.after(0)
        return result

    def test_a_write_off_keeps_no_promise(self):
        move = self.make_invoice()
        self.promise(move)
        self.settle(move, 600, self.company_data["default_account_expense"])
        self.assertEqual(self.verdict(move), ("broken", 0))

    def test_all_written_off_is_neither_kept_nor_broken(self):
        move = self.make_invoice()
        self.promise(move)
        self.settle(move, 1000, self.company_data["default_account_expense"])
        self.assertEqual(self.verdict(move), ("cancelled", 0))

    def test_doubtful_debts_and_set_offs_are_no_money(self):
        doubtful = self.company_data["default_account_receivable"].copy({"code": "416"})
        for account in (doubtful, self.company_data["default_account_payable"]):
            move = self.make_invoice()
            promise = self.promise(move)
            self.settle(move, 400, account)
            self.assertEqual((promise.state, promise.kept_amount), ("open", 0))
            # Whoever pays the rest keeps the promise.
            self.pay(move)
            self.assertEqual((promise.state, promise.kept_amount), ("kept", 600))

    def test_money_on_a_bank_account_counts_whatever_the_journal(self):
        bank = self.company_data["default_journal_bank"].default_account_id
        for kind in ("general", "bank"):
            move = self.make_invoice()
            promise = self.promise(move)
            # What the bank keeps for itself, the customer paid.
            self.settle(move, 1000, bank, kind, also=15)
            self.assertEqual((promise.state, promise.kept_amount), ("kept", 1000))

    def test_what_is_written_off_with_a_payment_was_not_paid(self):
        move = self.make_invoice()
        promise = self.promise(move)
        self.pay(
            move,
            amount=None,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.company_data["default_account_expense"].id,
        )
        self.assertEqual(promise.kept_amount, 1000)
        other = self.make_invoice()
        second = self.promise(other)
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=other.ids)
            .create({"payment_date": self.today})
        )
        wizard.write(
            {
                "amount": 400,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.company_data["default_account_expense"].id,
            }
        )
        wizard._create_payments()
        self.assertEqual(other.payment_state, "paid")
        self.assertEqual((second.state, second.kept_amount), ("kept", 400))

    def test_a_write_off_shortens_a_plan_from_its_end(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.settle(move, 400, self.company_data["default_account_expense"])
        self.assertEqual(plan.paid_amount, 0)
        self.assertEqual(plan.instalment_ids.mapped("left"), [333.33, 266.67, 0])

    # === BUTTONS === #

    def test_looking_at_the_ledger_opens_nothing_that_was_dropped(self):
        move = self.make_invoice()
        dropped = self.promise(move).with_user(self.agent)
        dropped.action_cancel()
        read = self.promise(move, source="answer", state="proposed")
        for promise in (dropped, read.with_user(self.agent)):
            with self.assertRaisesRegex(UserError, "Choose promises"):
                promise.action_judge()
        self.assertEqual((dropped.state, read.state), ("cancelled", "proposed"))

    def test_no_plan_is_void_before_the_end_of_a_warning(self):
        plan = self.signed(self.make_invoice())
        # Late, and the job of the morning has not run.
        self.after(15)
        plan.sudo()._follow()
        self.assertTrue(plan.is_late)
        voider = plan.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "a warning first"):
            voider.action_void()
        self.run_jobs(15)
        with self.assertRaisesRegex(UserError, "has until 07/09/2025"):
            voider.action_void()
        self.after(24)
        voider.action_void()
        self.assertEqual(plan.state, "void")

    def test_another_instalment_wants_another_warning(self):
        move = self.make_invoice()
        plan = self.signed(move)
        self.run_jobs(15)
        for _turn in range(4):
            plan.with_user(self.agent).action_more_time()
        # The second one has become late too, when the first is paid at last.
        self.after(45)
        plan.sudo()._follow()
        self.pay(move, 333.33)
        self.assertFalse(plan.warned_until)
        self.run_jobs(46)
        self.assertEqual(plan.state, "active")
        self.assertEqual(self.told(plan).count("plan_warning"), 2)

    # === COUNTS AND NEXT STEPS === #

    def test_counts_and_next_steps_cost_the_same_for_one_and_for_many(self):
        moves = self.env["account.move"]
        for rank in range(4):
            customer = self.make_customer(f"Client {rank}")
            moves |= self.make_invoice(partner=customer)
        promises = self.env["btp.promise"]
        for move in moves:
            promises |= self.promise(move)
        partners = moves.partner_id
        self.env.flush_all()

        def cost(records, name):
            self.env.invalidate_all()
            records.mapped("display_name")
            before = self.env.cr.sql_log_count
            values = records.with_prefetch(records.ids).mapped(name)
            return values, self.env.cr.sql_log_count - before

        for records, name in (
            (partners, "btp_promise_count"),
            (moves, "btp_promise_count"),
            (promises, "next_step"),
        ):
            cost(records, name)
            _one, few = cost(records[:1], name)
            values, many = cost(records, name)
            self.assertLessEqual(many, few + 2, name)
            self.assertEqual(len(values), 4)
            self.assertTrue(all(values), values)
