# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interest reckoned from the ledger: whatever settles an invoice, in whatever order."""

from datetime import date, timedelta

import psycopg2

from odoo import Command
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .interest_common import InterestCommon


@tagged("post_install", "-at_install")
class TestInterest(InterestCommon):
    # === THE WORKED EXAMPLES, FROM THE LEDGER === #

    def test_example_a(self):
        move = self.make_late()
        self.pay_on(move, "2025-09-15")
        self.assertEqual(move.payment_state, "paid")
        self.assert_claim(move, 437.28, until="2026-06-30")

    def test_example_b_and_both_imputations(self):
        move = self.make_late()
        self.pay_on(move, "2025-07-20", 5000)
        self.assertEqual(self.company.btp_interest_imputation, "principal_first")
        self.assert_claim(move, 342.41)
        self.company.btp_interest_imputation = "interest_first"
        claim = self.claim(move)
        self.assertEqual(f"{claim.interest_left:.2f}", "136.79")
        self.assertEqual(f"{claim.principal_left:.2f}", "7209.59")
        self.assertEqual(f"{claim.total:.2f}", "346.38")

    def test_example_c_without_the_retention(self):
        town = self.make_debtor("public_30", "Town of Nantes")
        move = self.make_late(60000.0, "2025-07-10", town)
        self.split_retention(move, 3000.0)
        self.assertEqual(move.amount_total, 60000.0)
        self.assert_claim(move, 792.53, until="2025-08-29")
        net = move._get_interest_lines()[0]
        self.assertEqual(net.amount_currency, 57000.0)
        # Paid but for the retention, months before its release.
        receivable = self.company_data["default_account_receivable"]
        entry = self.env["account.move"].create(
            {
                "date": "2025-08-29",
                "journal_id": self.company_data["default_journal_bank"].id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.id,
                            "partner_id": town.id,
                            "credit": 57000.0,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_revenue"
                            ].id,
                            "debit": 57000.0,
                        }
                    ),
                ],
            }
        )
        entry.action_post()
        (entry.line_ids.filtered("credit") + net).reconcile()
        self.assert_claim(move, 792.53, until="2026-06-12")
        # Released and not paid: 3 000 × 10.15 % × 18 / 365 more, rounded once.
        self.assert_claim(move, 807.55, until="2026-06-30")

    def split_retention(self, move, amount):
        """Put part of the receivable on account 4117, due in a year."""
        account = self.make_account(
            "411799", "Retention", "asset_receivable", reconcile=True
        )
        move.button_draft()
        term = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        self.env["account.move.line"].with_context(
            check_move_validity=False, skip_invoice_sync=True
        ).create(
            {
                "move_id": move.id,
                "account_id": account.id,
                "partner_id": move.partner_id.id,
                "display_type": "payment_term",
                "date_maturity": "2026-06-12",
                "amount_currency": amount,
                "balance": amount,
                "currency_id": move.currency_id.id,
            }
        )
        term.with_context(check_move_validity=False, skip_invoice_sync=True).write(
            {
                "amount_currency": term.amount_currency - amount,
                "balance": term.balance - amount,
            }
        )
        move.with_context(skip_invoice_sync=True)._post()

    def test_example_d_frozen(self):
        town = self.make_debtor("public_30", "Town of Nantes")
        move = self.make_late(57000.0, "2025-06-15", town)
        self.pay_on(move, "2025-07-25")
        self.assert_claim(move, 696.49)

    def test_example_e_consumer(self):
        person = self.make_debtor("b2c", is_company=False)
        move = self.make_late(8500.0, "2025-12-15", person)
        self.assert_claim(move, 0, 0, until="2026-03-31")
        move.btp_formal_notice_on = "2026-02-10"
        self.assert_claim(move, 29.90, 0, until="2026-03-31")

    # === WHAT SETTLES === #

    def test_a_credit_note_corrects_the_claim_from_the_start(self):
        move = self.make_late(13000.0)
        credit = self.make_credit_note(1000.0, invoice_date="2025-08-01")
        lines = (move + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        lines.reconcile()
        self.pay_on(move, "2025-09-15")
        self.assert_claim(move, 437.28)
        # Credited in full: nothing was owed.
        void = self.make_late(500.0)
        credit = self.make_credit_note(500.0, invoice_date="2025-09-01")
        (void + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assert_claim(void, 0, 0)

    def test_a_payment_taken_back_never_was(self):
        move = self.make_late()
        self.pay_on(move, "2025-07-20")
        self.assert_claim(move, 209.59)
        move.line_ids.remove_move_reconcile()
        self.assert_claim(move, 437.28)

    def test_the_money_is_there_when_the_later_entry_is(self):
        # Paid in advance: the invoice comes after.
        move = self.make_late(1000.0, "2025-05-31")
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 1000.0,
                "date": "2025-04-01",
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        (payment.move_id + move).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.assert_claim(move, 0, 0)

    def test_each_instalment_from_its_own_date(self):
        move = self.make_invoice(
            0,
            9000.0,
            invoice_date="2025-07-01",
            invoice_payment_term_id=self.make_terms(50, 50, every=31).id,
        )
        periods = self.claim(move).periods
        self.assertEqual(
            [
                (period.start, period.days, float(period.principal))
                for period in periods
            ],
            [(date(2025, 7, 2), 76, 4500.0), (date(2025, 8, 2), 45, 4500.0)],
        )
        # 4 500 × 12.15 % × (76 + 45) / 365, and one indemnity.
        self.assert_claim(move, 181.25)

    def test_another_currency_than_the_company_s(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": dollar.id,
                "company_id": self.company.id,
                "name": "2025-01-01",
                "rate": 2.0,
            }
        )
        move = self.make_late(currency_id=dollar.id)
        self.assertEqual(sum(move.line_ids.mapped("debit")), 6000.0)
        self.pay_on(move, "2025-07-20", 5000)
        self.assert_claim(move, 342.41)
        self.assertEqual(move.btp_interest_amount, 342.41)
        self.assertEqual(move.btp_indemnity_currency_id, self.euro)

    def test_the_days_of_a_year_are_a_parameter(self):
        move = self.make_late(36600.0, "2025-08-15")
        set_param = self.env["ir.config_parameter"].sudo().set_param
        self.assert_claim(move, 377.68)
        set_param("btp_relance.interest_year_days", "366")
        set_param("btp_relance.recovery_indemnity", "50")
        self.assert_claim(move, 376.65, 50.0)

    # === WHO OWES === #

    def test_who_owes_decides_of_the_law(self):
        move = self.make_late(57000.0, "2025-06-15")
        for regime, interest, indemnity in (
            ("b2b", 1769.03, 40.0),
            ("public_60", 1601.93, 40.0),
            ("b2c", 0.0, 0.0),
            ("nonpro", 0.0, 0.0),
        ):
            with self.subTest(regime):
                self.customer.btp_regime = regime
                self.assert_claim(move, interest, indemnity)
                self.env.invalidate_all()

    def test_the_commercial_partner_owes(self):
        person = self.make_debtor("b2c", is_company=False)
        site = self.make_customer(
            "Home office", parent_id=person.id, type="invoice", is_company=False
        )
        move = self.make_late(partner=site)
        self.assertEqual(move.commercial_partner_id, person)
        self.assert_claim(move, 0, 0)

    def test_the_formal_notice_that_claimed_the_invoice(self):
        person = self.make_debtor("b2c", is_company=False)
        claimed, other = (
            self.make_late(8500.0, "2025-12-15", person) for _each in range(2)
        )
        notice = self.make_notice(claimed)
        # Posted is not received.
        self.today = date(2026, 3, 31)
        self.assert_claim(claimed, 0, 0, until="2026-03-31")
        self.assertIn("enter the day", claimed.btp_interest_note)
        notice.with_user(
            self.make_user("agent", "btp_relance.group_agent")
        ).received_on = "2026-02-10"
        self.assert_claim(claimed, 29.90, 0, until="2026-03-31")
        self.assert_claim(other, 0, 0, until="2026-03-31")
        # Typed on the invoice, it comes first.
        claimed.btp_formal_notice_on = "2026-03-01"
        self.assert_claim(claimed, 18.30, 0, until="2026-03-31")
        with self.assertRaisesRegex(ValidationError, "not before"):
            notice.received_on = "2026-02-06"

    def make_notice(self, moves, tone="formal", sent_on="2026-02-07"):
        """Return a letter that claimed invoices."""
        line = moves.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        step = self.step(35)
        return (
            self.env["btp.relance"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": moves.commercial_partner_id.id,
                    "contact_id": moves.partner_id.id,
                    "step_id": step.id,
                    "tone": tone,
                    "channel": "registered",
                    "state": "sent",
                    "contacted_on": sent_on,
                    "tracking_number": "1A 000",
                    "line_ids": [
                        Command.create(
                            {
                                "company_id": self.company.id,
                                "partner_id": moves.commercial_partner_id.id,
                                "move_line_id": line.id,
                                "move_id": moves.id,
                                "scenario_id": self.scenario.id,
                                "kind": "overdue",
                                "state": "done",
                                "date_due": line.date_maturity,
                                "currency_id": line.currency_id.id,
                                "amount_residual": line.amount_residual,
                                "amount_company": line.amount_residual,
                            }
                        )
                    ],
                }
            )
        )

    def test_only_a_formal_notice_starts_interest(self):
        person = self.make_debtor("b2c", is_company=False)
        move = self.make_late(8500.0, "2025-12-15", person)
        self.make_notice(move, tone="final").received_on = "2026-02-10"
        self.assert_claim(move, 0, 0, until="2026-03-31")

    def test_the_judgment_stops_prior_claims(self):
        move = self.make_late()
        later = self.make_late(due="2025-08-31", invoice_date="2025-08-01")
        after = self.make_late(1000.0, "2025-07-31", invoice_date="2025-07-15")
        self.customer.btp_insolvency_date = "2025-07-10"
        # 30 days at 13.15 % and 10 at 12.15 %.
        self.assert_claim(move, 169.64)
        self.assertIn("Declare it", move.btp_interest_note)
        # Not due yet on that day, though invoiced before: nothing.
        prior = self.make_late(due="2025-07-31")
        self.assert_claim(prior, 0, 0)
        # What was invoiced after the judgment is paid in due time, or bears interest.
        self.assert_claim(after, 15.31)
        self.assert_claim(later, 59.92)

    def test_the_judgment_stops_what_a_person_says_is_prior_and_nothing_else(self):
        move = self.make_late()
        after = self.make_late(1000.0, "2025-07-31", invoice_date="2025-07-15")
        self.customer.btp_insolvency_date = "2025-07-10"
        move.btp_claim_side, after.btp_claim_side = "after", "before"
        self.assert_claim(move, 437.28)
        self.assert_claim(after, 0, 0)
        self.assertTrue(move.btp_interest_due)
        self.assertFalse(after.btp_interest_due)
        self.assertFalse(move.btp_interest_note)

    def test_what_bears_no_interest(self):
        draft = self.make_late()
        draft.button_draft()
        refund = self.make_credit_note(500.0)
        bill = self.make_late(move_type="in_invoice")
        for move in (draft, refund, bill):
            self.assert_claim(move, 0, 0)
            self.assertFalse(move.btp_interest_amount)

    # === RATES === #

    def test_the_rate_agreed_by_chantier_customer_and_company(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "School", "partner_id": self.customer.id}
        )
        move = self.make_late(36500.0, "2025-08-15", btp_chantier_id=chantier.id)
        # 100 euros a day and point of a hundred: 31 days.
        self.assert_claim(move, 31 * 12.15)
        self.company.write({"btp_penalty_rate_kind": "fixed", "btp_penalty_rate": 9.0})
        self.assert_claim(move, 31 * 9)
        self.company.write({"btp_penalty_rate_kind": "legal"})
        self.assert_claim(move, 31 * 8.28)
        self.customer.btp_penalty_rate = 10.0
        self.assert_claim(move, 31 * 10)
        chantier.penalty_rate = 11.0
        self.assert_claim(move, 31 * 11)
        # Another company did not agree on it.
        self.assertFalse(
            self.customer.with_company(
                self.env["res.company"].sudo().create({"name": "Other"})
            ).btp_penalty_rate
        )

    def test_a_rate_below_the_floor_is_refused(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "School", "partner_id": self.customer.id}
        )
        # Three times 2.76 % in the second half of 2025.
        for record, values in (
            (self.customer, {"btp_penalty_rate": 8.27}),
            (chantier, {"penalty_rate": 8.27}),
            (
                self.company,
                {"btp_penalty_rate_kind": "fixed", "btp_penalty_rate": 8.27},
            ),
        ):
            with (
                self.subTest(record._name),
                self.assertRaisesRegex(ValidationError, r"8\.28 %.*L441-10"),
                self.env.cr.savepoint(),
            ):
                record.write(values)
        self.customer.btp_penalty_rate = 8.28
        with (
            self.assertRaises(psycopg2.IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.company.btp_penalty_multiple = 2.9
            self.company.flush_recordset()

    def test_the_floor_of_each_half_year_applies_whatever_was_agreed(self):
        self.customer.btp_penalty_rate = 9.0
        move = self.make_late(36500.0)
        rates = [float(period.rate) for period in self.claim(move).periods]
        # Three times 3.71 % in the first half of the year.
        self.assertEqual(rates, [11.13, 9.0])
        self.assertIn("legal minimum", move.btp_interest_table)

    # === RATES NOT KNOWN === #

    def test_a_half_year_not_known_refuses_in_words(self):
        move = self.make_late(due="2026-06-15", invoice_date="2026-05-15")
        known = self.make_late()
        self.pay_on(known, "2025-09-15")
        self.assert_claim(move, 59.92, until="2026-06-30")
        with self.assertRaisesRegex(
            RedirectWarning, "second half-year of 2026.*Legal Rates"
        ) as refusal:
            (move + known)._get_interest(date(2026, 7, 1))
        # A manager is a click away from entering them; an agent is told what to ask for.
        _words, action, button, context = refusal.exception.args
        self.assertEqual(
            action, self.env.ref("btp_relance.btp_legal_rate_action_new").id
        )
        self.assertEqual(button, "Enter the Rates")
        rate = self.env["btp.legal.rate"].with_context(**context).new()
        self.assertEqual((rate.year, rate.half), (2026, "2"))
        agent = self.make_user("agent", "btp_relance.group_agent")
        with self.assertRaisesRegex(UserError, "second half-year of 2026.*Legal Rates"):
            move.with_user(agent)._get_interest(date(2026, 7, 1))
        self.today = date(2026, 7, 1)
        # Screens show the reason; the other invoice is not concerned.
        self.assertEqual(move.btp_interest_amount, 0)
        self.assertEqual(move.btp_indemnity_amount, 40)
        self.assertIn("second half-year of 2026", move.btp_interest_note)
        self.assertEqual(known.btp_interest_amount, 437.28)
        self.assertFalse(known.btp_interest_note)
        self.assertTrue(move.btp_interest_unknown)
        self.assertFalse(known.btp_interest_unknown)
        with self.assertRaisesRegex(RedirectWarning, "second half-year of 2026"):
            move.action_btp_penalty_invoice()
        self.env["btp.legal.rate"].create(
            {"year": 2026, "half": "2", "ecb_rate": 2, "legal_rate_other": 2.6}
        )
        self.assert_claim(move, 63.86)

    # === COST === #

    def test_queries_do_not_grow_with_invoices(self):
        moves = self.env["account.move"]
        for rank in range(12):
            partner = self.make_customer(f"Customer {rank}", btp_regime="b2b")
            move = self.make_late(partner=partner)
            self.pay_on(move, "2025-07-20", 5000)
            moves += move
        self.env.flush_all()

        def count(some):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claims = some._get_interest(self.today)
            self.assertEqual(
                {str(claim.total) for claim in claims.values()}, {"342.41"}
            )
            return self.env.cr.sql_log_count - before

        count(moves[0])
        self.assertEqual(count(moves[:2]), count(moves))

    # === COMPANIES === #

    def test_two_companies(self):
        other = self.setup_other_company(name="Other Works")["company"]
        other.sudo().write({"btp_interest_imputation": "interest_first"})
        move = self.make_late()
        self.pay_on(move, "2025-07-20", 5000)
        self.assertEqual(f"{self.claim(move).total:.2f}", "342.41")
        user = self.make_user(
            "other",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        due = self.env["account.move"].with_user(user).with_company(other)
        self.assertFalse(due.search([("btp_interest_due", "=", True)]))
        self.assertIn(move, self.env["account.move"].search(self.due))

    due = [("btp_interest_due", "=", True)]

    # === THE LIST OF CLAIMS === #

    def test_what_is_to_claim(self):
        unpaid = self.make_late()
        late = self.make_late()
        self.pay_on(late, "2025-06-01")
        punctual = self.make_late()
        self.pay_on(punctual, "2025-05-31")
        credited = self.make_late()
        credit = self.make_credit_note(12000.0, invoice_date="2025-08-01")
        (credited + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        not_due = self.make_late(due="2025-09-15")
        person = self.make_debtor("b2c", is_company=False)
        consumer = self.make_late(partner=person)
        warned = self.make_late(partner=person, btp_formal_notice_on="2025-09-01")
        broke = self.make_late(partner=self.make_debtor("b2b", "Broke"))
        broke.partner_id.btp_insolvency_date = "2025-08-01"
        everything = (
            unpaid + late + punctual + credited + not_due + consumer + warned + broke
        )
        found = self.env["account.move"].search(
            [*self.due, ("id", "in", everything.ids)]
        )
        self.assertEqual(found, (unpaid + late + warned).sorted(), found.mapped("name"))
        # The list and the reckoning agree.
        claims = everything._get_interest(self.today)
        owing = [move for move, claim in claims.items() if claim.total]
        self.assertEqual(set(owing) - {broke}, set(found))
        self.assertEqual(unpaid.btp_interest_due, True)
        self.assertEqual(punctual.btp_interest_due, False)
        self.assertNotIn(
            unpaid, self.env["account.move"].search([("btp_interest_due", "=", False)])
        )

    def test_tomorrow_it_is_late(self):
        move = self.make_late(due="2025-09-15")
        self.assertFalse(move.btp_interest_due)
        self.today += timedelta(days=1)
        self.env.invalidate_all()
        self.assertTrue(move.btp_interest_due)
