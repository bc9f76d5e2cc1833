# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The retention is a receivable of its own: amounts, dates, holds, scenario, undoing."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


class RetentionCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.retentions = cls.make_account("411700", "Retentions")
        cls.company.sudo().write(
            {
                "btp_retention_account_id": cls.retentions.id,
                "btp_retention_scenario_id": cls.env.ref(
                    "btp_relance.scenario_retention"
                ).id,
            }
        )
        cls.env["btp.relance.rule"].sudo().search(
            [("subject", "=", "invoice")]
        ).active = False
        cls.chantier = cls.make_chantier()
        cls.tax = cls.company_data["default_tax_sale"].copy(
            {"amount": 20.0, "name": "20"}
        )

    @classmethod
    def make_account(cls, code, name):
        return cls.env["account.account"].create(
            {
                "code": code,
                "name": name,
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )

    @classmethod
    def make_chantier(cls, **values):
        return cls.env["btp.chantier"].create(
            {
                "name": "Groupe scolaire",
                "partner_id": cls.customer.id,
                "contract_date": date(2024, 1, 5),
                "contract_amount": 100_000,
                "retention_regime": "retention",
                **values,
            }
        )

    @classmethod
    def make_situation(cls, amount=22016.0, late=5, post=True, **values):
        """Return an invoice of works with 20 % of tax, on the chantier."""
        due = TODAY - timedelta(days=late)
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": due - timedelta(days=30),
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "btp_chantier_id": cls.chantier.id,
                "btp_billing_stage": "situation",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Works",
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.set(cls.tax.ids)],
                        }
                    )
                ],
                **values,
            }
        )
        if post:
            move.action_post()
        return move

    def held(self, moves):
        return moves.line_ids.filtered("btp_is_retention")

    def assertTerms(self, move, expected):
        """The receivable lines are these ``(account, due date, balance)``."""
        lines = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        found = {
            (line.account_id.code, line.date_maturity, line.balance) for line in lines
        }
        self.assertEqual(found, set(expected))
        self.assertEqual(len(lines), len(expected))


@tagged("post_install", "-at_install")
class TestRetentionLedger(RetentionCommon):
    """The lines, to the cent, through all that happens to an invoice."""

    def setUp(self):
        super().setUp()
        self.chantier.date_reception = date(2025, 3, 1)
        self.receivable = self.company_data["default_account_receivable"].code

    def test_the_worked_situation(self):
        move = self.make_situation()
        due, release = TODAY - timedelta(days=5), date(2026, 3, 1)
        self.assertTerms(
            move,
            [(self.receivable, due, 25098.24), ("411700", release, 1320.96)],
        )
        self.assertRecordValues(
            move,
            [
                {
                    "amount_total": 26419.20,
                    "btp_retention_amount": 1320.96,
                    "btp_net_amount": 25098.24,
                    "invoice_date_due": due,
                }
            ],
        )

    def test_each_instalment_bears_its_share(self):
        terms = self.make_terms(30, 70)
        move = self.make_situation(
            1000.0, invoice_payment_term_id=terms.id, invoice_date_due=False
        )
        day = move.invoice_date
        self.assertTerms(
            move,
            [
                (self.receivable, day, 342.0),
                (self.receivable, day + timedelta(days=30), 798.0),
                ("411700", date(2026, 3, 1), 60.0),
            ],
        )
        self.assertEqual(move.invoice_date_due, day + timedelta(days=30))

    def test_only_payments_of_the_contract_are_retained(self):
        for stage, rate in (
            ("situation", 5),
            ("progress", 5),
            ("final", 5),
            ("advance", 0),
            ("plain", 0),
            ("retention_release", 0),
        ):
            with self.subTest(stage):
                move = self.make_situation(btp_billing_stage=stage, post=False)
                self.assertEqual(move.btp_retention_rate, rate)

    def test_a_bond_in_its_place(self):
        before = self.make_situation()
        bond = TODAY - timedelta(days=36)
        self.chantier.write({"date_substituted": bond, "bond_guarantor": "Banque"})
        self.assertEqual(self.held(before).date_maturity, bond)
        after = self.make_situation()
        self.assertFalse(self.held(after))

    def test_reset_to_draft_and_changed(self):
        move = self.make_situation()
        move.button_draft()
        move.btp_retention_rate = 0
        due = TODAY - timedelta(days=5)
        self.assertTerms(move, [(self.receivable, due, 26419.20)])
        move.write({"btp_retention_rate": 5, "invoice_date_due": TODAY})
        move.action_post()
        self.assertTerms(
            move,
            [(self.receivable, TODAY, 25098.24), ("411700", date(2026, 3, 1), 1320.96)],
        )

    def test_another_customer_keeps_the_retention_apart(self):
        move = self.make_situation(post=False)
        move.partner_id = self.make_customer("Promoteur Nord")
        self.assertEqual(self.held(move).balance, 1320.96)

    def test_every_change_at_once_leaves_no_line_on_the_wrong_account(self):
        move = self.make_situation(post=False)
        move.write({"btp_retention_rate": 0, "invoice_date_due": TODAY})
        self.assertTerms(move, [(self.receivable, TODAY, 26419.20)])

    def test_a_retention_typed_by_hand_stays_where_it_was_typed(self):
        move = self.make_situation(btp_billing_stage="plain", post=False)
        line = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        move.write(
            {
                "line_ids": [
                    Command.update(line.id, {"debit": 26000.0}),
                    Command.create(
                        {
                            "display_type": "payment_term",
                            "account_id": self.retentions.id,
                            "partner_id": self.customer.id,
                            "debit": 419.20,
                            "date_maturity": date(2026, 3, 1),
                        }
                    ),
                ]
            }
        )
        move.action_post()
        self.assertTerms(
            move,
            [
                (self.receivable, TODAY - timedelta(days=5), 26000.0),
                ("411700", date(2026, 3, 1), 419.20),
            ],
        )
        move.btp_chantier_id = self.chantier
        self.assertEqual(self.held(move).balance, 419.20)

    def test_a_rate_and_a_day_typed_on_a_draft_without_a_date_are_posted(self):
        move = self.make_situation(
            1000.0,
            post=False,
            invoice_date=False,
            btp_chantier_id=False,
            btp_billing_stage="plain",
        )
        move.btp_retention_rate = 3
        move.btp_retention_release_on = date(2028, 1, 1)
        move.action_post()
        self.assertTrue(move.invoice_date)
        held = self.held(move)
        self.assertEqual((held.balance, held.date_maturity), (36.0, date(2028, 1, 1)))

    def test_a_credit_note_takes_its_share_of_the_retention(self):
        move = self.make_situation()
        refund = move._reverse_moves(
            [{"invoice_date": TODAY, "date": TODAY}], cancel=True
        )
        self.assertEqual(self.held(refund).balance, -1320.96)
        self.assertTrue(all(self.held(move | refund).mapped("reconciled")))
        self.assertEqual(move.payment_state, "reversed")

    def test_a_credit_note_of_a_part_takes_its_share(self):
        move = self.make_situation()
        refund = move._reverse_moves([{"invoice_date": TODAY, "date": TODAY}])
        refund.invoice_line_ids.price_unit = 2000.0
        refund.action_post()
        self.assertEqual(self.held(refund).balance, -120.0)
        self.assertEqual(self.held(move).amount_residual, 1200.96)
        self.assertEqual(move.amount_residual, 24019.20)

    def test_a_payment_of_a_part_leaves_the_retention(self):
        move = self.make_situation()
        self.pay(move, 25000.0)
        self.assertEqual(self.held(move).amount_residual, 1320.96)
        self.assertEqual(move.amount_residual, 1419.20)

    def test_a_copy_is_released_as_what_it_is(self):
        move = self.make_situation(btp_chantier_id=False, btp_billing_stage="plain")
        move.button_draft()
        move.write(
            {"btp_retention_rate": 5, "btp_retention_release_on": date(2025, 7, 1)}
        )
        move.action_post()
        copy = move.copy({"invoice_date": TODAY})
        copy.action_post()
        self.assertTerms(
            copy,
            [
                (self.receivable, copy.invoice_date_due, 25098.24),
                ("411700", date(2026, 6, 16), 1320.96),
            ],
        )
        self.assertEqual(self.held(move).date_maturity, date(2025, 7, 1))

    def test_a_copy_on_the_chantier_follows_the_chantier(self):
        self.chantier.date_reception = False
        move = self.make_situation()
        self.after(90)
        copy = move.copy({"invoice_date": self.today, "invoice_date_due": self.today})
        copy.action_post()
        self.assertTerms(
            copy,
            [
                (self.receivable, self.today, 25098.24),
                ("411700", date(2026, 9, 14), 1320.96),
            ],
        )

    def test_cancelled_nothing_is_retained(self):
        move = self.make_situation()
        move.button_draft()
        self.env.flush_all()
        rows = self.env["btp.retention"].search([("move_id", "=", move.id)])
        self.assertFalse(rows)
        move.button_cancel()
        self.env.invalidate_all()
        self.assertEqual(self.chantier.retention_held, 0)
        self.assertFalse(self.echeances(move))
        move.button_draft()
        move.action_post()
        self.assertEqual(self.held(move).balance, 1320.96)
        self.assertEqual(self.chantier.retention_held, 1320.96)

    def test_posted_it_does_not_change(self):
        move = self.make_situation()
        with self.assertRaisesRegex(UserError, "draft"):
            move.btp_retention_rate = 3
        move.btp_retention_rate = 5
        self.assertEqual(move.btp_retention_amount, 1320.96)

    def test_drafts_follow_the_contract_but_for_what_was_typed(self):
        posted = self.make_situation()
        draft, typed = (self.make_situation(post=False) for _ in range(2))
        typed.btp_retention_rate = 3
        self.chantier.retention_rate = 4
        self.assertEqual(
            [move.btp_retention_rate for move in (posted, draft, typed)], [5, 4, 3]
        )
        self.chantier.write(
            {"date_substituted": draft.invoice_date, "bond_guarantor": "Banque"}
        )
        self.assertEqual(
            [move.btp_retention_rate for move in (posted, draft, typed)], [5, 0, 3]
        )
        self.assertFalse(self.held(draft))

    def test_the_account_changes_once_nothing_is_held_on_it(self):
        move = self.make_situation()
        other = self.make_account("411701", "Other retentions")
        with self.assertRaisesRegex(UserError, "411700"):
            self.company.sudo().btp_retention_account_id = other
        self.company.sudo().btp_retention_account_id = self.retentions
        self.pay(move)
        self.pay(move)
        self.company.sudo().btp_retention_account_id = other
        self.assertEqual(self.held(self.make_situation()).account_id, other)

    def test_each_company_has_its_account(self):
        mine = self.make_situation()
        data = self.setup_other_company()
        company = data["company"]
        account = self.make_account("411702", "Theirs").copy(
            {"company_ids": [Command.set(company.ids)], "code": "411703"}
        )
        company.sudo().btp_retention_account_id = account
        theirs = self.env["btp.chantier"].create(
            {
                "name": "Theirs",
                "company_id": company.id,
                "partner_id": self.customer.id,
                "retention_regime": "retention",
            }
        )
        move = self.make_situation(
            1000.0,
            company_id=company.id,
            btp_chantier_id=theirs.id,
            invoice_line_ids=[
                Command.create({"name": "W", "price_unit": 1000, "tax_ids": []})
            ],
        )
        self.assertEqual(self.held(move).account_id, account)
        self.assertEqual(self.held(mine | move).mapped("balance"), [1320.96, 50.0])
        clerk = self.make_user("clerk", "btp_relance.group_manager")
        seen = self.env["btp.retention"].with_user(clerk).search([])
        self.assertIn(mine, seen.move_id)
        self.assertNotIn(move, seen.move_id)

    def test_a_chart_that_is_not_french_takes_any_receivable_account(self):
        self.retentions.code = "121999"
        self.company.sudo().btp_retention_account_id = False
        self.company.sudo()._prepare_retentions()
        self.assertFalse(self.company.btp_retention_account_id)
        plain = self.make_situation(btp_billing_stage="plain", btp_chantier_id=False)
        self.assertFalse(self.held(plain))
        self.company.sudo().btp_retention_account_id = self.retentions
        self.assertEqual(self.held(self.make_situation()).account_id.code, "121999")

    def test_foreign_currency_paid_in_part_and_credited(self):
        currency = self.setup_other_currency("GBP", rates=[("2024-01-01", 0.8)])
        move = self.make_situation(1000.0, currency_id=currency.id)
        self.pay(move, 1140.0, currency_id=currency.id)
        held = self.held(move)
        self.assertEqual(
            (held.amount_residual_currency, held.amount_residual), (60, 75)
        )
        self.assertEqual(self.chantier.retention_held, 75.0)
        row = self.env["btp.retention"].search([("move_id", "=", move.id)])
        self.assertEqual((row.amount, row.residual), (75.0, 75.0))
        refund = move._reverse_moves([{"invoice_date": TODAY, "date": TODAY}])
        refund.invoice_line_ids.price_unit = 500.0
        refund.action_post()
        self.assertEqual(held.amount_residual_currency, 30)

    def test_foreign_currency(self):
        currency = self.setup_other_currency("GBP", rates=[("2024-01-01", 0.8)])
        move = self.make_situation(1000.0, currency_id=currency.id)
        line = self.held(move)
        self.assertEqual((line.amount_currency, line.balance), (60.0, 75.0))
        self.assertEqual(sum(move.line_ids.mapped("balance")), 0)

    def test_paying_the_invoice_leaves_the_retention(self):
        move = self.make_situation()
        payment = self.pay(move)
        self.assertEqual(payment.amount, 25098.24)
        self.assertEqual(
            (move.payment_state, move.amount_residual), ("partial", 1320.96)
        )

    def test_paying_what_is_left_pays_the_retention(self):
        move = self.make_situation()
        self.pay(move)
        self.assertEqual(self.pay(move).amount, 1320.96)
        self.assertEqual(move.amount_residual, 0)

    def test_more_than_five_percent_is_refused(self):
        move = self.make_situation(post=False)
        with self.assertRaisesRegex(ValidationError, "7 %.*71-584"):
            move.btp_retention_rate = 7
        with self.assertRaises(ValidationError):
            move.btp_retention_rate = -1

    def test_without_an_account_one_sentence_says_what_to_do(self):
        self.company.sudo().btp_retention_account_id = False
        with self.assertRaisesRegex(UserError, "4117"):
            self.make_situation()

    def test_odoo_does_not_count_it_overdue_before_its_release(self):
        move = self.make_situation()
        overdue = self.env["account.move.line"].search(
            [
                ("move_id", "=", move.id),
                ("account_type", "=", "asset_receivable"),
                ("date_maturity", "<", TODAY),
            ]
        )
        self.assertEqual(overdue.mapped("balance"), [25098.24])

    def test_the_account_of_the_french_chart_is_found(self):
        self.company.sudo().btp_retention_account_id = False
        self.company.sudo()._prepare_retentions()
        self.assertEqual(self.company.btp_retention_account_id, self.retentions)


@tagged("post_install", "-at_install")
class TestRetentionRelease(RetentionCommon):
    """When it is due, who opposes, and what is released before."""

    def test_the_reception_moves_the_release_of_posted_invoices(self):
        moves = self.make_situation() | self.make_situation(1000.0)
        self.assertEqual(
            set(self.held(moves).mapped("date_maturity")), {date(2026, 6, 16)}
        )
        self.chantier.date_reception = date(2025, 6, 12)
        self.assertEqual(
            set(self.held(moves).mapped("date_maturity")), {date(2026, 6, 12)}
        )
        self.assertEqual(set(moves.mapped("invoice_date_due")), {date(2025, 6, 11)})

    def test_a_public_buyer_has_thirty_days_more(self):
        self.customer.btp_regime = "public_30"
        move = self.make_situation()
        self.chantier.date_reception = date(2025, 6, 12)
        self.assertEqual(self.held(move).date_maturity, date(2026, 7, 12))

    def test_without_a_reception_the_expected_day_is_put_off(self):
        move = self.make_situation()
        self.after(60)
        self.env["btp.chantier"]._push_releases()
        self.assertEqual(self.held(move).date_maturity, date(2026, 8, 15))

    def test_with_a_reception_nothing_is_put_off(self):
        move = self.make_situation()
        self.chantier.date_reception = date(2025, 3, 1)
        self.after(200)
        self.env["btp.chantier"]._push_releases()
        self.assertEqual(self.held(move).date_maturity, date(2026, 3, 1))

    def test_a_chantier_found_later_gives_its_date(self):
        self.chantier.date_reception = date(2025, 3, 1)
        move = self.make_situation()
        other = self.make_chantier(name="Other", date_reception=date(2025, 5, 1))
        move.btp_chantier_id = other
        self.assertEqual(self.held(move).date_maturity, date(2026, 5, 1))

    def test_opposition_needs_a_reception(self):
        with self.assertRaisesRegex(ValidationError, "réception"):
            self.chantier.date_opposition = TODAY

    def test_a_part_released_before_its_day_becomes_due(self):
        self.chantier.date_reception = date(2025, 3, 1)
        moves = self.make_situation() | self.make_situation(1000.0)
        self.assertEqual(self.chantier.retention_held, 1380.96)
        wizard = self.env["btp.retention.release"].create(
            {
                "chantier_id": self.chantier.id,
                "amount": 1350.0,
                "date_due": TODAY - timedelta(days=3),
                "reason": "Reserves lifted",
            }
        )
        wizard.action_release()
        self.assertEqual(self.chantier.retention_held, 30.96)
        self.assertEqual(self.held(moves)[0].amount_residual, 0)
        entry = self.env["account.move"].search(
            [("ref", "=", "Reserves lifted"), ("state", "=", "posted")]
        )
        due = self.env["btp.echeance"].search([("move_id", "=", entry.id)])
        self.assertEqual(sorted(due.mapped("residual")), [29.04, 1320.96])
        self.assertEqual(set(due.mapped("is_retention")), {False})
        self.assertEqual(set(due.mapped("days_overdue")), {3})

    def test_more_than_is_held_cannot_be_released(self):
        self.make_situation()
        wizard = self.env["btp.retention.release"].create(
            {
                "chantier_id": self.chantier.id,
                "amount": 1320.97,
                "date_due": TODAY,
                "reason": "Too much",
            }
        )
        with self.assertRaisesRegex(UserError, "still held"):
            wizard.action_release()

    def test_a_retention_in_another_currency_is_not_released_by_halves(self):
        currency = self.setup_other_currency("GBP", rates=[("2024-01-01", 0.8)])
        self.make_situation(1000.0)
        self.make_situation(1000.0, currency_id=currency.id)
        self.assertEqual(self.chantier.retention_held, 135.0)
        wizard = self.env["btp.retention.release"].create(
            {"chantier_id": self.chantier.id, "date_due": TODAY, "reason": "Agreed"}
        )
        self.assertEqual((wizard.held, wizard.amount), (60.0, 60.0))
        wizard.amount = 100.0
        with self.assertRaisesRegex(UserError, "still held"):
            wizard.action_release()

    def test_the_report_says_what_is_held_and_when(self):
        self.chantier.date_reception = date(2025, 3, 1)
        self.make_situation()
        overdue = self.make_chantier(name="Old", date_reception=date(2024, 5, 1))
        self.make_situation(1000.0, btp_chantier_id=overdue.id)
        opposed = self.make_chantier(
            name="Opposed",
            date_reception=date(2024, 7, 1),
            date_opposition=date(2025, 6, 1),
        )
        self.make_situation(2000.0, btp_chantier_id=opposed.id)
        rows = self.env["btp.retention"].search([("company_id", "=", self.company.id)])
        self.assertEqual(
            [(row.chantier_id.name, row.residual, row.state) for row in rows],
            [
                ("Old", 60.0, "overdue"),
                ("Opposed", 120.0, "opposed"),
                ("Groupe scolaire", 1320.96, "held"),
            ],
        )


@tagged("post_install", "-at_install")
class TestRetentionFollowUp(RetentionCommon):
    """Its own scenario and its own reasons to wait; nothing of it weighs on the rest."""

    def setUp(self):
        super().setUp()
        self.move = self.make_situation(late=-20)

    def accept(self, day):
        """Record the réception so that the release falls ``day`` days after `TODAY`."""
        release = TODAY + timedelta(days=day)
        self.chantier.date_reception = release.replace(year=release.year - 1)

    def echeance(self):
        return self.echeances(self.move).filtered("is_retention")

    def assertStep(self, days):
        relances = self.plan()
        lines = relances.line_ids.filtered("step_id")
        self.assertEqual(lines.move_line_id, self.held(self.move))
        self.assertEqual(lines.step_days, days)
        return relances

    def test_it_waits_for_the_reception(self):
        self.assertEqual(self.echeance().hold_code, "retention_waiting")
        self.assertFalse(self.plan())

    def test_its_scenario_is_not_that_of_the_invoice(self):
        self.accept(90)
        self.move.btp_scenario_id = self.scenario
        self.assertEqual(
            self.echeance().scenario_id,
            self.env.ref("btp_relance.scenario_retention"),
        )
        self.assertEqual(
            (self.echeances(self.move) - self.echeance()).scenario_id, self.scenario
        )

    def test_a_public_buyer_has_a_scenario_by_rule(self):
        self.customer.btp_regime = "public_30"
        self.accept(90)
        found = self.echeance()
        self.assertEqual(
            found.scenario_id, self.env.ref("btp_relance.scenario_retention_public")
        )
        self.assertEqual(
            found.rule_id, self.env.ref("btp_relance.rule_retention_public")
        )

    def test_a_bond_is_proposed_after_six_months(self):
        self.accept(184)
        self.assertFalse(self.plan())
        self.accept(183)
        self.assertEqual(self.assertStep(-183).state, "proposed")

    def test_it_is_asked_for_on_its_day_then_again_then_by_formal_notice(self):
        self.pay(self.move)
        self.accept(0)
        self.assertStep(0)
        self.dispatch()
        self.after(8)
        self.assertStep(8)
        self.dispatch()
        self.after(15)
        formal = self.assertStep(15)
        self.assertEqual((formal.state, formal.channel), ("proposed", "registered"))
        text = str(formal.preview)
        self.assertIn("71-584", text)
        # The sum withheld is that of the retention, whatever else the customer owes.
        self.assertIn("1,320.96</strong> that you keep", text)
        # From the day after its release: 14 days at 13.15 % and one at 12.15 %.
        claim = formal.sudo()._get_interest_claim()
        self.assertEqual(list(claim["totals"].values()), [7.1])
        self.assertIn("7.10", text)

    def test_a_retention_bears_its_own_interest_and_no_other(self):
        move = self.make_situation(late=60)
        self.accept(-15)
        held = self.held(move)
        rest = (
            move.line_ids.filtered(lambda line: line.display_type == "payment_term")
            - held
        )
        whole, apart, other = (
            move._reckon_interest(TODAY, only=only)[move].total
            for only in (None, held, rest)
        )
        self.assertGreater(apart, 0)
        self.assertGreater(other, apart)
        self.assertEqual(apart + other, whole)

    def test_the_public_formal_notice_cites_the_public_code(self):
        self.pay(self.move)
        self.customer.btp_regime = "public_30"
        self.chantier.date_reception = date(2024, 4, 1)
        self.assertStep(-30)
        self.env["btp.relance"].search([]).action_skip()
        self.after(6)
        self.assertStep(8)
        self.dispatch()
        self.after(20)
        formal = self.assertStep(15)
        self.assertIn("R2191-32", str(formal.preview))
        self.assertNotIn("71-584", str(formal.preview))

    def test_reserves_hold_a_public_release_only(self):
        self.chantier.write({"date_reception": date(2024, 5, 1), "has_reserves": True})
        self.assertFalse(self.echeance().hold_code)
        self.customer.btp_regime = "public_30"
        self.assertEqual(self.echeance().hold_code, "retention_reserves")
        self.chantier.date_reserves_lifted = date(2025, 4, 1)
        self.assertFalse(self.echeance().hold_code)

    def test_opposition_stops_it_and_a_late_one_does_not(self):
        self.chantier.write(
            {"date_reception": date(2024, 6, 1), "date_opposition": date(2025, 5, 20)}
        )
        self.assertEqual(self.echeance().hold_code, "retention_opposed")
        self.chantier.date_opposition = date(2025, 6, 2)
        self.assertFalse(self.echeance().hold_code)

    def test_the_latest_retentions_answer_for_a_partial_opposition(self):
        second = self.make_situation(1000.0, late=-20)
        self.chantier.write(
            {
                "date_reception": date(2024, 6, 1),
                "date_opposition": date(2025, 5, 20),
                "opposition_amount": 60.0,
            }
        )
        later = self.echeances(second).filtered("is_retention")
        self.assertEqual(later.hold_code, "retention_opposed")
        self.assertFalse(self.echeance().hold_code)
        self.chantier.opposition_amount = 60.01
        self.assertEqual(self.echeance().hold_code, "retention_opposed")

    def test_a_retention_credit_does_not_silence_the_customer(self):
        overdue = self.make_invoice(late=5, amount=50.0)
        self.chantier.date_reception = date(2025, 3, 1)
        refund = self.make_situation(move_type="out_refund")
        self.held(refund).flush_recordset()
        self.pay(refund)
        self.assertFalse(self.echeances(overdue).hold_code)

    def test_a_formal_notice_states_it_apart_as_not_claimed(self):
        self.accept(300)
        self.make_invoice(late=40, amount=500.0)
        self.scenario.step_ids.filtered(lambda step: step.days == 35).write(
            {"template_id": self.env.ref("btp_relance.template_standard_p35").id}
        )
        self.scenario.step_ids.filtered(lambda step: 0 < step.days < 35).active = False
        formal = self.plan()
        self.assertEqual(formal.tone, "formal")
        text = str(formal.preview)
        self.assertIn("not claimed by this letter", text)
        self.assertIn("1,320.96", text)
        self.assertEqual(formal.amount_due, 500.0)

    def test_unlifted_reserves_are_given_once_to_the_site_manager(self):
        site = self.make_user("yann", "account.group_account_invoice")
        self.chantier.write(
            {
                "user_id": site.id,
                "has_reserves": True,
                "date_reception": TODAY - timedelta(days=30),
            }
        )
        self.raise_alerts()
        self.raise_alerts()
        activity = self.chantier.activity_ids.filtered(lambda a: a.user_id == site)
        self.assertEqual(len(activity), 1)
        self.assertIn("reserves", activity.summary)
        self.chantier.date_reserves_lifted = TODAY
        self.raise_alerts()
        self.assertFalse(
            self.chantier.activity_ids.filtered(lambda a: a.user_id == site)
        )

    def test_the_request_is_prepared_a_month_before(self):
        self.accept(32)
        self.raise_alerts()
        self.assertFalse(self.chantier.activity_ids)
        self.accept(31)
        self.raise_alerts()
        self.assertEqual(
            self.chantier.activity_ids.date_deadline, TODAY + timedelta(days=31)
        )

    def raise_alerts(self):
        alerts = self.env["btp.alert"].sudo()
        for kind in alerts._get_kinds(self.today):
            if kind.code in ("reserves", "release"):
                alerts._raise(kind)
