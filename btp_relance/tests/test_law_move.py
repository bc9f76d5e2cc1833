# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An invoice before the law: its longest term, a public buyer's clock, its limitation."""

from datetime import date

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import TODAY, RelanceCommon


class LawCommon(RelanceCommon):
    """A French company, a chantier, and invoices dated by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_fiscal_country_id = cls.env.ref("base.fr")
        cls.company.sudo().btp_outside_metropole = False
        cls.chantier = cls.env["btp.chantier"].create(
            {"name": "Halle", "code": "C1", "partner_id": cls.customer.id}
        )
        cls.mairie = cls.make_customer("Mairie", btp_regime="public_30")

    def invoice(self, day, due=None, partner=None, **values):
        """Return a posted invoice of 1 000 dated ``day``."""
        return self.make_invoice(
            partner=partner,
            invoice_date=day,
            invoice_date_due=due or day,
            **values,
        )

    def draft(self, **values):
        """Return a draft invoice with a line without tax."""
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": date(2026, 1, 15),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Works",
                            "quantity": 1,
                            "price_unit": 1000,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )

    def due_of(self, move):
        """Return the due dates of the invoice's receivable lines."""
        lines = move.line_ids.filtered(lambda line: line.display_type == "payment_term")
        return lines.mapped("date_maturity")


@tagged("post_install", "-at_install")
class TestLawTerms(LawCommon):
    def test_the_seeded_terms_give_the_dates_of_the_table(self):
        for xmlid, dates in {
            "payment_term_60": [(3, 16), (4, 1), (4, 16), (5, 15)],
            "payment_term_eom_45": [(3, 17), (3, 17), (4, 14), (5, 15)],
            "payment_term_45_eom": [(3, 31), (3, 31), (4, 30), (4, 30)],
        }.items():
            term = self.env.ref(f"btp_relance.{xmlid}")
            self.assertFalse(term.company_id)
            days = [(1, 15), (1, 31), (2, 15), (3, 16)]
            for day, expected in zip(days, dates, strict=True):
                with self.subTest(term=xmlid, day=day):
                    move = self.draft(
                        invoice_date=date(2026, *day), invoice_payment_term_id=term.id
                    )
                    self.assertEqual(move.invoice_date_due, date(2026, *expected))
                    self.assertFalse(move.btp_term_warning)

    def test_a_longer_term_is_told_with_its_article(self):
        term = self.make_terms(100)
        term.line_ids.nb_days = 61
        move = self.draft(invoice_payment_term_id=term.id)
        self.assertIn("03/16/2026", move.btp_term_warning)
        self.assertIn("L441-10", move.btp_term_warning)
        move.action_post()
        self.assertEqual(move.state, "posted")
        self.assertTrue(move.btp_term_warning)
        move.btp_is_periodic = True
        self.assertIn("03/01/2026", move.btp_term_warning)

    def test_a_silent_contract_gives_thirty_days(self):
        move = self.draft(invoice_date_due=date(2026, 2, 15))
        self.assertIn("02/14/2026", move.btp_term_warning)
        move.invoice_date_due = date(2026, 2, 14)
        self.assertFalse(move.btp_term_warning)

    def test_nothing_is_said_to_a_consumer_or_outside_france(self):
        move = self.draft(invoice_date_due=date(2026, 12, 31))
        self.assertTrue(move.btp_term_warning)
        self.customer.btp_regime = "b2c"
        self.assertFalse(move.btp_term_warning)
        self.customer.btp_regime = "b2b"
        self.company.account_fiscal_country_id = self.env.ref("base.be")
        move.invalidate_recordset()
        self.assertFalse(move.btp_term_warning)

    def test_a_public_buyer_from_its_reception(self):
        move = self.draft(
            partner_id=self.mairie.id,
            btp_public_received_on=date(2026, 1, 20),
            invoice_date_due=date(2026, 2, 20),
        )
        self.assertIn("02/19/2026", move.btp_term_warning)
        self.assertIn("R2192-10", move.btp_term_warning)


@tagged("post_install", "-at_install")
class TestLawPublic(LawCommon):
    def setUp(self):
        super().setUp()
        self.move = self.invoice(
            date(2026, 5, 30),
            date(2026, 6, 29),
            self.mairie,
            btp_public_by_portal=False,
        )
        self.move.btp_public_received_on = date(2026, 6, 1)

    def interrupt(self, **values):
        self.move.write(
            {
                "btp_interrupted_on": date(2026, 6, 11),
                "btp_interruption_reason": "PV missing",
                **values,
            }
        )

    def test_the_legal_term_is_shown_and_applied_by_hand(self):
        self.assertEqual(self.move.btp_public_due_on, date(2026, 7, 1))
        self.assertIn("R2192-12", self.move.btp_public_start)
        self.assertEqual(self.due_of(self.move), [date(2026, 6, 29)])
        self.assertTrue(self.move.btp_public_differs)
        self.move.action_apply_btp_public_due()
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 1)])
        self.assertEqual(self.move.invoice_date_due, date(2026, 7, 1))
        self.assertFalse(self.move.btp_public_differs)
        self.assertIn("07/01/2026", self.move.message_ids[0].body)
        self.assertEqual(self.move.amount_residual, 1000)

    def test_an_interruption_holds_then_a_new_term_is_applied(self):
        self.today = date(2026, 8, 1)
        self.assertFalse(self.echeances(self.move).hold_code)
        self.interrupt()
        self.assertFalse(self.move.btp_public_due_on)
        self.assertEqual(self.echeances(self.move).hold_code, "interrupted")
        self.assertFalse(self.plan())
        self.move.btp_completed_on = date(2026, 6, 25)
        self.assertEqual(self.move.btp_public_due_on, date(2026, 7, 25))
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 25)])
        self.assertFalse(self.echeances(self.move).hold_code)

    def test_a_longer_term_keeps_what_was_left(self):
        self.mairie.btp_regime = "public_50"
        self.interrupt(btp_completed_on=date(2026, 6, 25))
        self.assertEqual(self.due_of(self.move), [date(2026, 8, 4)])

    def test_an_interruption_cancels_what_was_planned(self):
        self.today = date(2026, 8, 1)
        relance = self.plan()
        self.assertTrue(relance)
        self.interrupt()
        self.assertEqual(relance.state, "cancelled")

    # Trap 8
    def test_a_second_interruption_is_refused(self):
        self.interrupt(btp_completed_on=date(2026, 6, 25))
        with self.assertRaisesRegex(UserError, "R2192-27"):
            self.move.write(
                {"btp_interrupted_on": date(2026, 7, 3), "btp_completed_on": False}
            )
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 25)])

    def test_emptying_the_completion_gives_no_second_interruption(self):
        self.interrupt(btp_completed_on=date(2026, 6, 25))
        self.move.btp_completed_on = False
        with (
            self.assertRaisesRegex(ValidationError, "R2192-27"),
            self.env.cr.savepoint(),
        ):
            self.move.btp_interrupted_on = date(2026, 6, 26)
        with (
            self.assertRaisesRegex(ValidationError, "R2192-27"),
            self.env.cr.savepoint(),
        ):
            # Nor with a later completion of its own.
            self.move.write(
                {
                    "btp_interrupted_on": date(2026, 6, 26),
                    "btp_completed_on": date(2026, 6, 30),
                }
            )
        # A day typed wrong is corrected all the same.
        self.move.write(
            {
                "btp_interrupted_on": date(2026, 6, 12),
                "btp_completed_on": date(2026, 6, 27),
            }
        )
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 27)])

    def test_only_a_manager_takes_back_an_interruption_that_was_over(self):
        self.interrupt(btp_completed_on=date(2026, 6, 25))
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaisesRegex(UserError, "ask a manager"):
            self.move.with_user(clerk).btp_interrupted_on = False
        self.move.btp_interrupted_on = False
        self.assertFalse(self.move.btp_completed_on)
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 1)])
        self.interrupt(btp_interrupted_on=date(2026, 6, 26))
        self.assertFalse(self.move.btp_public_due_on)

    def test_a_date_mistyped_is_corrected_before_the_file_is_complete(self):
        self.interrupt()
        self.move.btp_interrupted_on = date(2026, 6, 12)
        self.move.write({"btp_interrupted_on": False, "btp_interruption_reason": False})
        self.assertEqual(self.due_of(self.move), [date(2026, 7, 1)])

    def test_an_interruption_gives_reasons_and_falls_within_the_term(self):
        with self.assertRaisesRegex(ValidationError, "R2192-28"):
            self.move.btp_interrupted_on = date(2026, 6, 11)
        for day in (date(2026, 5, 31), date(2026, 7, 2)):
            with self.assertRaisesRegex(ValidationError, "nothing was left"):
                self.interrupt(btp_interrupted_on=day)
        with self.assertRaisesRegex(ValidationError, "before it was interrupted"):
            self.interrupt(btp_completed_on=date(2026, 6, 10))

    def test_a_business_does_not_interrupt_its_term(self):
        move = self.invoice(date(2026, 5, 30))
        with self.assertRaisesRegex(ValidationError, "Only a public buyer"):
            move.write(
                {
                    "btp_interrupted_on": date(2026, 6, 11),
                    "btp_interruption_reason": "PV missing",
                }
            )

    # Trap 7: the time of the maître d'œuvre is inside the term (R2192-18).
    def test_the_visa_of_the_maitre_d_oeuvre_does_not_move_the_term(self):
        self.move.btp_visa_on = date(2026, 6, 20)
        self.assertEqual(self.move.btp_public_due_on, date(2026, 7, 1))
        private = self.invoice(date(2026, 5, 30), date(2026, 6, 29))
        private.btp_visa_on = date(2026, 6, 20)
        self.assertEqual(self.due_of(private), [date(2026, 6, 29)])

    def test_the_solde_runs_from_the_dgd(self):
        self.chantier.partner_id = self.mairie
        self.move.write(
            {"btp_billing_stage": "final", "btp_chantier_id": self.chantier.id}
        )
        self.assertFalse(self.move.btp_public_due_on)
        self.chantier.date_dgd = date(2026, 7, 10)
        self.assertEqual(self.move.btp_public_due_on, date(2026, 8, 9))
        self.assertIn("R2192-16", self.move.btp_public_start)


@tagged("post_install", "-at_install")
class TestLawLimitation(LawCommon):
    # Trap 11
    def test_from_the_completion_of_works_not_from_the_invoice(self):
        self.chantier.date_completed = date(2024, 3, 15)
        move = self.invoice(date(2024, 6, 30), btp_chantier_id=self.chantier.id)
        self.assertEqual(move.btp_limitation_on, date(2029, 3, 15))
        self.customer.btp_regime = "b2c"
        self.assertEqual(move.btp_limitation_on, date(2026, 3, 15))
        self.customer.btp_regime = "public_30"
        self.assertEqual(move.btp_limitation_on, date(2028, 12, 31))

    def test_the_years_of_a_non_professional_are_the_company_s(self):
        syndic = self.make_customer("Syndic", btp_regime="nonpro")
        move = self.invoice(date(2025, 3, 15), partner=syndic)
        other = self.invoice(date(2025, 3, 15))
        self.assertEqual(move.btp_limitation_on, date(2030, 3, 15))
        self.company.sudo().btp_nonpro_limitation_years = 2
        self.assertEqual(move.btp_limitation_on, date(2027, 3, 15))
        self.assertEqual(other.btp_limitation_on, date(2030, 3, 15))

    def test_without_a_chantier_from_the_delivery_else_the_invoice(self):
        move = self.invoice(date(2024, 6, 30))
        self.assertEqual(move.btp_limitation_on, date(2029, 6, 30))
        move = self.invoice(date(2024, 6, 30), delivery_date=date(2024, 5, 31))
        self.assertEqual(move.btp_limitation_on, date(2029, 5, 31))
        self.assertFalse(self.make_credit_note().btp_limitation_on)

    # Trap 11: a registered letter does not interrupt it, except against a public body.
    def test_a_letter_interrupts_only_against_a_public_body(self):
        letter = {
            "btp_limitation_interrupted_on": date(2025, 1, 31),
            "btp_limitation_cause": "claim",
        }
        move = self.invoice(date(2024, 6, 30))
        with self.assertRaisesRegex(ValidationError, "public body"):
            move.write(letter)
        public = self.invoice(date(2024, 6, 30), partner=self.mairie)
        public.write(letter)
        self.assertEqual(public.btp_limitation_on, date(2029, 12, 31))

    def test_an_acknowledgement_begins_it_anew_and_names_its_cause(self):
        move = self.invoice(date(2024, 6, 30))
        with self.assertRaisesRegex(ValidationError, "what made"):
            move.btp_limitation_interrupted_on = date(2025, 1, 31)
        move.write(
            {
                "btp_limitation_interrupted_on": date(2025, 1, 31),
                "btp_limitation_cause": "acknowledgement",
            }
        )
        self.assertEqual(move.btp_limitation_on, date(2030, 1, 31))

    def test_a_part_payment_counts_only_where_the_company_says_so(self):
        move = self.invoice(date(2024, 6, 30))
        self.pay(move, 100)
        self.assertFalse(move.btp_limitation_interrupted_on)
        self.company.sudo().btp_payment_interrupts = True
        other = self.invoice(date(2024, 6, 30))
        self.pay(other, 100)
        self.assertEqual(other.btp_limitation_interrupted_on, TODAY)
        self.assertEqual(other.btp_limitation_on, date(2030, 6, 16))
        other.line_ids.remove_move_reconcile()
        self.assertEqual(other.btp_limitation_on, date(2029, 6, 30))

    def test_invoices_there_before_are_dated_by_one_query_as_by_the_code(self):
        self.chantier.date_completed = date(2024, 2, 29)
        consumer = self.make_customer("Martin", btp_regime="b2c")
        moves = (
            self.invoice(date(2024, 6, 30), btp_chantier_id=self.chantier.id)
            | self.invoice(date(2024, 2, 29), partner=consumer)
            | self.invoice(date(2024, 6, 30), partner=self.mairie)
        )
        expected = moves.mapped("btp_limitation_on")
        self.assertEqual(
            expected, [date(2029, 2, 28), date(2026, 2, 28), date(2028, 12, 31)]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET btp_limitation_on = NULL WHERE id IN %s",
            [moves._ids],
        )
        moves.invalidate_recordset()
        self.env["account.move"]._fill_btp_law()
        self.assertEqual(moves.mapped("btp_limitation_on"), expected)
