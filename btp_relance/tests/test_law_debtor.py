# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Insolvency, limitation alerts, and who is never asked to pay."""

from datetime import date

from odoo import Command
from odoo.exceptions import (
    AccessError,
    RedirectWarning,
    UserError,
    ValidationError,
)
from odoo.tests import tagged

from .common import TODAY
from .test_law_move import LawCommon


class AlertCase(LawCommon):
    def alerts(self, kind, day):
        """Give the alerts of one kind on a day; return the new ones."""
        self.today = day
        Alert = self.env["btp.alert"].sudo()
        kinds = {known.code: known for known in Alert._get_kinds(day)}
        return Alert._raise(kinds[kind])


@tagged("post_install", "-at_install")
class TestLawInsolvency(AlertCase):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=5, amount=1000)

    def judge(self, day=TODAY, **values):
        self.customer.write({"btp_insolvency_date": day, **values})

    # Trap 10
    def test_all_that_was_planned_stops_on_the_day_the_date_is_typed(self):
        relance = self.plan()
        self.assertEqual(relance.state, "approved")
        self.judge()
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("Insolvency", relance.cancel_reason)
        self.assertEqual(
            self.events(relance, "cancelled").detail, relance.cancel_reason
        )
        self.assertFalse(self.plan(1))

    def test_what_waits_in_the_mail_queue_does_not_leave(self):
        relance = self.run_day()
        mail = relance.mail_id
        self.assertEqual((relance.state, mail.state), ("sent", "outgoing"))
        self.judge()
        self.assertEqual((relance.state, mail.state), ("cancelled", "cancel"))
        self.assertFalse(relance.sent_on)

    def test_another_customer_s_reminders_go_on(self):
        other = self.make_customer("Autre")
        self.make_invoice(partner=other)
        relances = self.plan()
        self.judge()
        states = {relance.partner_id: relance.state for relance in relances}
        self.assertEqual(states[other], "approved")
        self.assertEqual(states[self.customer], "cancelled")

    def test_claims_after_the_judgment_are_separate(self):
        self.pay(self.move)
        self.judge(date(2025, 4, 1))
        before = self.invoice(date(2025, 4, 1), date(2025, 5, 1))
        after = self.invoice(date(2025, 4, 2), date(2025, 5, 2))
        self.assertTrue(after.btp_claim_after)
        self.assertFalse(before.btp_claim_after)
        held = {line.move_id: line.hold_code for line in self.echeances(before | after)}
        self.assertEqual(held, {before: "insolvency", after: False})
        lines = self.plan().line_ids.filtered("step_id")
        self.assertEqual(lines.move_id, after)

    def test_works_that_began_before_count_as_prior_until_a_person_says(self):
        self.chantier.date_start = date(2025, 3, 1)
        self.judge(date(2025, 4, 1))
        chantier = {
            "btp_chantier_id": self.chantier.id,
            "btp_billing_stage": "situation",
        }
        first = self.invoice(date(2025, 4, 30), date(2025, 5, 30), **chantier)
        self.assertFalse(first.btp_claim_after)
        second = self.invoice(
            date(2025, 5, 31), date(2025, 6, 1), btp_previous_id=first.id, **chantier
        )
        self.assertTrue(second.btp_claim_after)
        self.assertEqual(self.echeances(first).hold_code, "insolvency")
        first.btp_claim_side = "after"
        self.assertFalse(self.echeances(first).hold_code)
        # What a person said outlives the dates it was told from.
        self.chantier.date_start = date(2025, 2, 1)
        self.customer.btp_insolvency_date = date(2025, 4, 3)
        self.assertTrue(first.btp_claim_after)
        second.btp_claim_side = "before"
        self.assertEqual(self.echeances(second).hold_code, "insolvency")

    def test_the_amount_and_the_deadline_of_the_claim(self):
        self.make_invoice(late=-30, amount=200)
        self.make_credit_note(50)
        self.judge(TODAY, btp_bodacc_date=date(2025, 6, 20))
        self.invoice(date(2025, 6, 17), amount=999)
        self.assertEqual(self.customer.btp_claim_deadline, date(2025, 8, 20))
        self.assertEqual(self.customer.btp_claim_principal, 1150)
        self.company.sudo().btp_outside_metropole = True
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.btp_claim_deadline, date(2025, 10, 20))
        # A court overseas gives them to whoever is elsewhere: it may be our own.
        self.customer.zip = "97400"
        self.assertEqual(self.customer.btp_claim_deadline, date(2025, 8, 20))
        alert = self.alerts("claim_declaration", date(2025, 6, 20))
        self.assertEqual(alert.date_deadline, date(2025, 8, 20))

    def test_penalties_to_the_judgment_are_part_of_the_claim(self):
        paid, other = (self.make_invoice(late=40, amount=7300) for _each in range(2))
        self.pay(paid, payment_date=self.days_later(-5))
        self.judge(TODAY)
        self.after(100)
        customer = self.customer
        # 1 000 for 5 days, 7 300 for 35 days (paid since) and for 40: 13.15 % up to the
        # judgment, not a day more; 40 euros each.
        self.assertEqual(customer.btp_claim_principal, 8300)
        self.assertEqual(customer.btp_claim_interest, 1.8 + 92.05 + 105.2)
        self.assertEqual(customer.btp_claim_indemnity, 120)
        self.assertEqual(customer.btp_claim_amount, 8619.05)
        # What a person says is due after the judgment is not declared.
        other.btp_claim_side = "after"
        customer.invalidate_recordset()
        self.assertEqual(customer.btp_claim_amount, 1000 + 1.8 + 92.05 + 80)
        self.assertFalse(customer.btp_claim_missing)
        note = customer._get_btp_claim_note()
        for amount in ("1,173.85", "1,000.00", "93.85", "80.00"):
            self.assertIn(amount, note)

    def test_penalties_already_invoiced_are_declared_once(self):
        billed = self.make_invoice(late=40, amount=7300)
        before = billed.btp_penalty_ids.penalty_move_id
        income = self.company_data["default_account_revenue"]
        self.company.sudo().btp_penalty_account_id = income
        billed.action_btp_penalty_invoice()
        invoice = billed.btp_penalty_ids.penalty_move_id - before
        self.judge(TODAY)
        rows = {row["move"]: row for row in self.customer._get_btp_claim_penalties()}
        self.assertIn(billed, rows)
        invoice.action_post()
        rows = {row["move"]: row for row in self.customer._get_btp_claim_penalties()}
        self.assertEqual(list(rows), [self.move])
        lines = self.customer._get_btp_claim_lines()
        self.assertLessEqual(invoice, lines.move_id)

    def test_without_the_rates_the_statement_waits_for_them(self):
        self.invoice(date(2026, 6, 1), date(2026, 6, 30))
        self.judge(date(2026, 7, 20))
        self.assertIn("second half-year of 2026", self.customer.btp_claim_missing)
        self.assertIn("second half-year of 2026", self.customer._get_btp_claim_note())
        with self.assertRaisesRegex(RedirectWarning, "second half-year of 2026"):
            self.customer.action_print_btp_claims()

    # === WHO READS IT, AND NO PAYMENT === #

    def test_the_mandataire_reads_what_is_written_about_later_claims(self):
        trustee = self.make_customer("Etude Durand")
        self.pay(self.move)
        self.judge(date(2025, 4, 1), btp_insolvency_trustee_id=trustee.id)
        self.invoice(date(2025, 4, 2), date(2025, 5, 2))
        relance = self.run_day()
        self.assertEqual(relance.copied_ids, trustee)
        self.assertIn(trustee.email, relance.mail_id.email_cc)
        self.assertIn(trustee.email, self.events(relance, "sent").recipient)
        html = self.env["ir.actions.report"]._render_qweb_html(
            "btp_relance.letter", relance.ids
        )[0]
        self.assertIn(b"Etude Durand", html)

    def test_the_head_of_a_consortium_reads_what_concerns_it_alone(self):
        head = self.make_customer("Mandataire SA")
        self.chantier.write({"role": "cotraitant", "mandataire_id": head.id})
        self.move.btp_chantier_id = self.chantier
        relance = self.plan()
        self.assertEqual(relance.copied_ids, head)
        owner = self.make_customer("Bailleur")
        ours = self.env["btp.chantier"].create(
            {
                "name": "Tour",
                "partner_id": owner.id,
                "role": "cotraitant",
                "mandataire_id": head.id,
            }
        )
        self.make_invoice(late=5, partner=owner, btp_chantier_id=ours.id)
        self.make_invoice(late=5, partner=owner)
        relance = self.plan().filtered(lambda known: known.partner_id == owner)
        self.assertEqual(len(relance.line_ids), 2)
        self.assertFalse(relance.copied_ids)

    def test_no_link_pays_what_came_before_the_judgment(self):
        set_param = self.env["ir.config_parameter"].sudo().set_param
        set_param("account_payment.enable_portal_payment", "True")
        self.assertTrue(self.move._has_to_be_paid())
        trustee = self.make_customer("Etude Durand")
        self.judge(TODAY, btp_insolvency_trustee_id=trustee.id)
        after = self.invoice(date(2025, 6, 18))
        self.assertTrue(after._has_to_be_paid())
        self.assertFalse(self.move._has_to_be_paid())
        self.assertRegex(self.move._get_online_payment_error(), "forbids.*Etude Durand")
        wizard = (
            self.env["payment.link.wizard"]
            .with_context(active_model="account.move", active_id=self.move.id)
            .create({})
        )
        self.assertIn("forbids", wizard.warning_message)
        provider = self.env["payment.provider"].sudo().create({"name": "Test bank"})
        values = {
            "provider_id": provider.id,
            "payment_method_id": self.env.ref("payment.payment_method_unknown").id,
            "amount": 1000,
            "currency_id": self.move.currency_id.id,
            "partner_id": self.customer.id,
        }
        Transaction = self.env["payment.transaction"].sudo()
        # A link that left before the judgment pays nothing either.
        with self.assertRaisesRegex(ValidationError, "L622-7"):
            Transaction.create(
                {
                    **values,
                    "reference": "TX-1",
                    "invoice_ids": [Command.set(self.move.ids)],
                }
            )
        self.assertTrue(
            Transaction.create(
                {
                    **values,
                    "reference": "TX-2",
                    "invoice_ids": [Command.set(after.ids)],
                }
            )
        )

    def test_the_company_s_place_says_whether_it_has_two_months_more(self):
        partner = self.company.partner_id.sudo()
        for country, code, outside in (
            ("fr", "44000", False),
            ("fr", "97400", True),
            ("re", "97400", True),
            ("be", "1000", True),
        ):
            partner.write(
                {"country_id": self.env.ref(f"base.{country}").id, "zip": code}
            )
            self.assertEqual(self.company.btp_outside_metropole, outside)

    def test_the_task_comes_at_the_bodacc_and_again_at_30_and_10_days(self):
        self.judge(date(2025, 6, 10), btp_bodacc_date=date(2025, 6, 20))
        self.assertFalse(self.alerts("claim_declaration", date(2025, 6, 19)))
        first = self.alerts("claim_declaration", date(2025, 6, 20))
        self.assertEqual(first.date_deadline, date(2025, 8, 20))
        self.assertEqual(first.res_model, "res.partner")
        self.assertEqual(first.res_id, self.customer.id)
        # The invoice came before the judgment: 17 May 2025, and was not late on that day.
        self.assertIn("1,000.00", first.activity_id.summary)
        self.assertIn("08/20/2025", str(first.activity_id.note))
        self.assertFalse(self.alerts("claim_declaration", date(2025, 6, 21)))
        second = self.alerts("claim_declaration", date(2025, 7, 21))
        self.assertTrue(second)
        self.assertFalse(first.activity_id)
        third = self.alerts("claim_declaration", date(2025, 8, 10))
        self.assertTrue(third)
        self.assertFalse(self.alerts("claim_declaration", date(2025, 8, 11)))
        self.customer.btp_claim_declared_on = date(2025, 8, 12)
        self.assertFalse(self.alerts("claim_declaration", date(2025, 8, 12)))
        self.assertFalse(third.activity_id)

    def test_until_the_publication_is_known_the_judgment_counts(self):
        self.judge(TODAY)
        alert = self.alerts("claim_declaration", TODAY)
        self.assertEqual(alert.date_deadline, date(2025, 8, 16))
        self.customer.btp_bodacc_date = self.days_later(5)
        later = self.alerts("claim_declaration", self.days_later(5))
        self.assertEqual(later.date_deadline, date(2025, 8, 21))
        self.assertFalse(alert.activity_id)

    def test_no_task_without_a_claim(self):
        self.pay(self.move)
        self.judge(TODAY, btp_bodacc_date=TODAY)
        self.assertFalse(self.alerts("claim_declaration", self.days_later(5)))

    def test_the_declaration_interrupts_limitation(self):
        self.judge()
        after = self.invoice(date(2025, 6, 17))
        self.customer.btp_claim_declared_on = date(2025, 7, 1)
        self.assertEqual(self.move.btp_limitation_on, date(2030, 7, 1))
        self.assertFalse(after.btp_limitation_interrupted_on)

    def test_each_company_declares_its_own_claim(self):
        other = self.setup_other_company()["company"]
        self.env.user.company_ids |= other
        self.judge(TODAY, btp_bodacc_date=TODAY)
        self.assertEqual(self.customer.btp_claim_principal, 1000)
        self.assertEqual(self.customer.with_company(other).btp_claim_amount, 0)
        self.customer.with_company(other).btp_claim_declared_on = TODAY
        alert = self.alerts("claim_declaration", TODAY)
        self.assertEqual(alert.company_id, self.company)
        self.assertFalse(self.move.btp_limitation_interrupted_on)
        # The other one's claim of the same debtor, seen later: a task of its own.
        self.switch_on(other)
        self.customer.with_company(other).btp_claim_declared_on = False
        self.make_invoice(late=5, company=other)
        second = self.alerts("claim_declaration", TODAY)
        self.assertEqual(second.company_id, other)
        self.customer.btp_claim_declared_on = TODAY
        self.assertFalse(self.alerts("claim_declaration", TODAY))
        self.assertFalse(alert.activity_id)
        self.assertTrue(second.activity_id)

    def test_the_statement_lists_the_claims_for_the_mandataire(self):
        self.judge(btp_insolvency_kind="redressement")
        trustee = self.make_customer("Etude Durand")
        self.customer.btp_insolvency_trustee_id = trustee
        action = self.customer.action_print_btp_claims()
        self.assertEqual(action["report_name"], "btp_relance.claims")
        html = self.env["ir.actions.report"]._render_qweb_html(
            "btp_relance.claims", self.customer.ids
        )[0]
        for words in (
            b"Etude Durand",
            self.move.name.encode(),
            b"1,000.00",
            b"L622-24",
            b"06/12/2025 to 06/16/2025",
            b"13.15",
        ):
            self.assertIn(words, html)
        found = self.env["account.move.line"].search(
            self.customer.action_view_btp_claims()["domain"]
        )
        self.assertEqual(found.move_id, self.move)

    def test_the_statement_is_for_agents_and_after_a_judgment(self):
        with self.assertRaisesRegex(UserError, "judgment"):
            self.customer.action_print_btp_claims()
        self.judge()
        user = self.make_user("comptable", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.customer.with_user(user).action_print_btp_claims()


@tagged("post_install", "-at_install")
class TestLawLimitationAlert(AlertCase):
    def test_at_six_three_and_one_months_once_each(self):
        move = self.invoice(date(2024, 3, 15))
        self.assertEqual(move.btp_limitation_on, date(2029, 3, 15))
        self.assertFalse(self.alerts("limitation", date(2028, 9, 14)))
        six = self.alerts("limitation", date(2028, 9, 15))
        self.assertEqual((six.res_id, six.date_deadline), (move.id, date(2029, 3, 15)))
        self.assertIn("03/15/2029", six.activity_id.summary)
        self.assertFalse(self.alerts("limitation", date(2028, 9, 16)))
        three = self.alerts("limitation", date(2028, 12, 15))
        self.assertTrue(three.activity_id)
        self.assertFalse(six.activity_id)
        self.assertTrue(self.alerts("limitation", date(2029, 2, 15)))
        self.assertFalse(self.alerts("limitation", date(2029, 3, 15)))

    def test_to_the_person_who_decides_of_legal_matters(self):
        manager = self.make_user("gerant", "btp_relance.group_manager")
        self.company.sudo().btp_law_user_id = manager
        self.invoice(date(2024, 3, 15))
        alert = self.alerts("limitation", date(2029, 1, 1))
        self.assertEqual(alert.activity_id.user_id, manager)

    def test_the_lists_find_what_is_near(self):
        near = self.invoice(date(2024, 3, 15))
        far = self.invoice(date(2025, 3, 15))
        for model, field in (("account.move", "id"), ("btp.echeance", "move_id")):
            prefix = "" if field == "id" else "move_id."
            found = self.env[model].search(
                [
                    (f"{prefix}btp_limitation_on", "<=", "2029-03-15"),
                    (field, "in", (near | far).ids),
                ]
            )
            self.assertEqual(found if field == "id" else found.move_id, near)

    def test_not_for_what_is_paid_nor_prescribed_nor_begun_anew(self):
        paid = self.invoice(date(2024, 3, 15))
        self.pay(paid)
        self.invoice(date(2019, 3, 15))
        late = self.invoice(date(2024, 3, 15))
        alert = self.alerts("limitation", date(2029, 1, 1))
        self.assertEqual(alert.res_id, late.id)
        late.write(
            {
                "btp_limitation_interrupted_on": date(2029, 1, 2),
                "btp_limitation_cause": "acknowledgement",
            }
        )
        self.assertFalse(self.alerts("limitation", date(2029, 1, 3)))
        self.assertFalse(alert.activity_id)
        self.assertTrue(self.alerts("limitation", date(2033, 12, 1)))


@tagged("post_install", "-at_install")
class TestLawRoles(AlertCase):
    def setUp(self):
        super().setUp()
        self.move = self.make_invoice(late=5, btp_chantier_id=self.chantier.id)

    def test_a_cotraitant_is_never_asked_to_pay(self):
        contact = self.make_customer("Comptable", parent_id=self.customer.id)
        contact.is_company = False
        relance = self.plan()
        self.chantier.write(
            {"role": "mandataire", "cotraitant_ids": [Command.set(contact.ids)]}
        )
        self.assertEqual(self.echeances(self.move).hold_code, "cotraitant")
        self.dispatch()
        self.assertEqual(relance.state, "cancelled")
        self.assertFalse(self.plan())
        # An invoice of another chantier is still due by the same company.
        other = self.make_invoice(late=5)
        self.assertEqual(self.plan().line_ids.move_id, other)

    def test_direct_payment_waits_for_the_titulaire_or_fifteen_days(self):
        self.chantier.role = "subcontractor_direct"
        self.assertEqual(self.echeances(self.move).hold_code, "direct_payment")
        self.move.btp_direct_payment_requested_on = TODAY
        self.after(15)
        self.assertEqual(self.echeances(self.move).hold_code, "direct_payment")
        self.after(16)
        self.assertFalse(self.echeances(self.move).hold_code)
        self.move.btp_direct_payment_answer = "refused"
        self.assertEqual(self.echeances(self.move).hold_code, "direct_payment")
        self.after(1)
        self.move.btp_direct_payment_answer = "agreed"
        self.assertFalse(self.echeances(self.move).hold_code)

    def test_the_owner_s_term_runs_from_the_agreement(self):
        self.chantier.write(
            {"role": "subcontractor_direct", "partner_id": self.mairie.id}
        )
        move = self.invoice(
            date(2026, 5, 30), partner=self.mairie, btp_chantier_id=self.chantier.id
        )
        self.assertFalse(move.btp_public_due_on)
        move.btp_direct_payment_requested_on = date(2026, 6, 1)
        self.assertEqual(move.btp_public_due_on, date(2026, 7, 16))
        move.write(
            {
                "btp_direct_payment_answer": "agreed",
                "btp_direct_payment_answered_on": date(2026, 6, 5),
            }
        )
        self.assertEqual(move.btp_public_due_on, date(2026, 7, 5))

    def test_when_the_owner_owes_its_decompte(self):
        self.chantier.date_final_draft = date(2026, 3, 2)
        self.assertEqual(self.chantier.decompte_due_on, date(2026, 4, 16))
        self.chantier.partner_id = self.mairie
        self.assertEqual(self.chantier.decompte_due_on, date(2026, 4, 1))
