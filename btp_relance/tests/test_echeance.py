# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The unit is the échéance: a receivable line with a residual."""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestEcheance(RelanceCommon):
    def make_entry(self, account, amount=500.0, journal=None, partner=None):
        """Return a posted journal entry that puts ``amount`` on a receivable account."""
        partner = self.customer if partner is None else partner
        move = self.env["account.move"].create(
            {
                "journal_id": (journal or self.company_data["default_journal_misc"]).id,
                "date": self.days_later(-40),
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": partner.id,
                            "date_maturity": self.days_later(-10),
                            "debit": amount,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_revenue"
                            ].id,
                            "credit": amount,
                        }
                    ),
                ],
            }
        )
        move.action_post()
        return move

    @property
    def receivable(self):
        return self.company_data["default_account_receivable"]

    # === INSTALMENTS === #

    def make_instalments(self, *percents, first=-40):
        """Return an invoice of 1 000 in instalments, the first due on day ``first``."""
        return self.make_invoice(
            invoice_date=self.days_later(first),
            invoice_payment_term_id=self.make_terms(*percents).id,
        )

    def test_three_instalments_are_three_echeances(self):
        found = self.echeances(self.make_instalments(30, 30, 40))
        self.assertEqual(found.mapped("residual"), [300, 300, 400])
        self.assertEqual(found.mapped("days_overdue"), [40, 10, -20])
        self.assertEqual(len(found.move_id), 1)

    def test_an_instalment_is_overdue_although_the_invoice_s_due_date_is_to_come(self):
        move = self.make_instalments(30, 30, 40)
        self.assertGreater(move.invoice_date_due, TODAY)
        relance = self.plan()
        self.assertEqual(
            sorted(relance.overdue_line_ids.mapped("amount_residual")), [300, 300]
        )
        self.assertFalse(relance.coming_line_ids)

    def test_each_instalment_goes_its_own_way_through_the_scenario(self):
        move = self.make_instalments(30, 30, 40)
        self.run_day()
        found = self.echeances(move)
        self.assertEqual(
            [(e.last_step_id.days, e.next_step_id.days) for e in found],
            [(3, 10), (3, 10), (0, -7)],
        )

    def test_a_share_kept_back_for_a_year_is_not_overdue_before_its_date(self):
        term = self.make_terms(95, 5, every=365)
        move = self.make_invoice(
            invoice_date=self.days_later(-40), invoice_payment_term_id=term.id
        )
        found = self.echeances(move)
        self.assertEqual(found.mapped("residual"), [950, 50])
        self.assertEqual(self.plan().amount_due, 950)

    # === RESIDUAL === #

    def test_a_part_payment_leaves_the_residual(self):
        move = self.make_invoice(amount=1000)
        self.pay(move, 400)
        self.assertEqual(self.echeances(move).mapped("residual"), [600])
        self.assertEqual(self.plan().amount_due, 600)

    def test_a_part_payment_of_instalments_pays_the_oldest_first(self):
        move = self.make_instalments(30, 30, 40)
        self.pay(move, 450)
        found = self.echeances(move)
        self.assertEqual(found.mapped("residual"), [150, 400])

    def test_what_is_paid_draft_or_cancelled_is_no_echeance(self):
        paid, draft, cancelled = (self.make_invoice() for _i in range(3))
        self.pay(paid)
        (draft | cancelled).button_draft()
        cancelled.button_cancel()
        self.assertFalse(self.echeances(paid | draft | cancelled))

    def test_credit_notes_and_unallocated_payments_are_no_echeances(self):
        credit = self.make_credit_note(100)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 50,
                "date": TODAY,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        self.assertFalse(self.echeances(credit | payment.move_id))

    def test_what_we_owe_a_supplier_is_no_echeance(self):
        bill = self.make_invoice(
            move_type="in_invoice", partner=self.make_customer("A")
        )
        self.assertFalse(self.echeances(bill))

    # === CURRENCIES === #

    def test_each_echeance_is_in_its_currency_and_in_the_company_s(self):
        euro = self.setup_other_currency("EUR")  # two for one of the company's
        found = self.echeances(self.make_invoice(amount=1000, currency_id=euro.id))
        self.assertEqual((found.residual, found.currency_id), (1000, euro))
        self.assertEqual(found.residual_company, 500)
        self.assertEqual(found.company_currency_id, self.company.currency_id)

    def test_a_currency_without_rate_stops_nobody(self):
        franc = self.setup_other_currency("CHF", rates=[])
        move = self.make_invoice(amount=1000, currency_id=franc.id)
        other = self.make_invoice(partner=self.make_customer("Autre"))
        self.assertEqual(self.echeances(move).residual, 1000)
        self.assertEqual(self.plan().partner_id, self.customer | other.partner_id)

    # === WHAT THE LEDGER SAYS IS NOT TO BE FOLLOWED UP === #

    def test_a_miscellaneous_entry_is_held_until_odoo_s_own_flag_is_lifted(self):
        move = self.make_entry(self.receivable)
        self.assertEqual(self.echeances(move).hold_code, "invoice_excluded")
        self.assertFalse(self.plan())
        move.line_ids.no_followup = False
        self.assertFalse(self.echeances(move).hold_code)
        self.assertEqual(self.plan().amount_due, 500)

    def test_a_non_trade_receivable_is_no_echeance(self):
        account = self.receivable.copy({"non_trade": True, "code": "499990"})
        self.assertFalse(self.echeances(self.make_entry(account)))

    def test_a_second_receivable_account_counts_like_the_first(self):
        account = self.receivable.copy({"code": "411700"})
        self.assertEqual(self.echeances(self.make_entry(account)).residual, 500)

    def test_a_line_without_partner_is_nobody_s_echeance(self):
        move = self.make_entry(self.receivable, partner=self.env["res.partner"])
        self.assertFalse(self.echeances(move))

    def test_the_debtor_is_the_company_of_the_contact_invoiced(self):
        contact = self.make_customer(
            "Service achats", parent_id=self.customer.id, is_company=False
        )
        move = self.make_invoice(partner=contact)
        self.assertEqual(self.echeances(move).partner_id, self.customer)

    # === DATES === #

    def test_due_today_is_not_overdue_nor_due_yesterday_wished_a_timely_payment(self):
        self.make_invoice(late=0)
        self.make_invoice(late=1)
        found = self.env["btp.echeance"].search(
            [("partner_id", "=", self.customer.id)], order="date_due"
        )
        self.assertEqual(found.mapped("days_overdue"), [1, 0])
        self.assertEqual(found.mapped("next_step_id.days"), [3, -7])

    def test_the_next_date_is_the_day_of_the_step(self):
        found = self.echeances(self.make_invoice(late=-20))
        self.assertEqual(found.next_date, self.days_later(13))

    def test_a_due_date_that_is_a_typing_error_is_held_in_words_and_stops_nobody(self):
        for year in (25, 9999):
            with self.subTest(year=year):
                move = self.make_invoice(
                    invoice_date=self.days_later(-40),
                    invoice_date_due=date(year, 12, 31),
                )
                found = self.echeances(move)
                self.assertEqual(found.hold_code, "odd_date")
                self.assertIn("due date", found.why)
                other = self.make_invoice(partner=self.make_customer(f"Voisin {year}"))
                self.assertEqual(self.plan().partner_id, other.partner_id)

    def test_dates_at_the_ends_of_the_calendar_can_be_read(self):
        self.company.btp_default_scenario_id = self.make_scenario([(-7, {}), (30, {})])
        moves = self.make_invoice(
            invoice_date=self.days_later(-40), invoice_date_due=date(9999, 12, 31)
        ) | self.make_invoice(
            invoice_date=self.days_later(-40), invoice_date_due=date(1, 1, 1)
        )
        self.echeances(moves).read()
        self.company.btp_default_scenario_id = self.make_scenario([(30, {})])
        self.echeances(moves).read()

    # === THE LIST === #

    def test_the_list_filters_sorts_and_groups_by_what_it_shows(self):
        held = self.make_invoice(late=12, btp_no_reminder=True)
        free = self.make_invoice(late=30)
        moves = held | free
        Echeance = self.env["btp.echeance"]
        ours = [("move_id", "in", moves.ids)]
        self.env.flush_all()
        self.assertEqual(
            Echeance.search([*ours, ("hold_code", "=", "invoice_excluded")]).move_id,
            held,
        )
        self.assertEqual(
            Echeance.search([*ours, ("hold_code", "=", False)]).move_id, free
        )
        self.assertEqual(
            Echeance.search([*ours, ("days_overdue", ">", 20)]).move_id, free
        )
        for name in ("days_overdue", "next_date", "residual", "last_step_on"):
            self.assertEqual(len(Echeance.search(ours, order=f"{name} desc")), 2)
        groups = Echeance._read_group(ours, ["hold_code"], ["residual_company:sum"])
        self.assertEqual(groups, [("invoice_excluded", 1000), (False, 1000)])

    def test_what_is_written_but_not_flushed_is_already_decided_upon(self):
        move = self.make_invoice()
        self.assertFalse(self.echeances(move).hold_code)
        move.btp_no_reminder = True
        self.env["btp.echeance"].invalidate_model()
        found = self.env["btp.echeance"].search([("move_id", "=", move.id)])
        self.assertEqual(found.hold_code, "invoice_excluded")
