# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from datetime import date, timedelta
from statistics import mean
from unittest import SkipTest

from stdnum import luhn
from stdnum.fr import siret, tva
from stdnum.ie import vat as vat_ie
from stdnum.iso7064 import mod_97_10

from odoo import fields
from odoo.tests import BaseCase, TransactionCase, tagged

from ..const import BILLING_STAGES, REGIMES, SEGMENTS
from ..demo import identity
from ..demo.billing import RANGES
from ..demo.papers import ATTACHEMENT
from ..demo.payers import SLIPS_SINCE
from ..demo.plan import INVOICES, build_plan
from ..demo.records import CENT, family
from ..demo.terms import instalments, schedule
from ..models.btp_demo import CHART_MODULE

#: Days that are awkward for a calendar: month ends, leap day, year end, a Sunday.
DAYS = [
    date(2026, 11, 21),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 2, 28),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2027, 10, 31),
    *(date(2027, 1, 3) + timedelta(days=23 * step) for step in range(16)),
]
#: Days around the due date at which the standard scenario does something.
STEPS = (-7, 0, 3, 10, 20, 35)


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """The plan is pure: what it promises holds whatever the day it is made."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plans = [build_plan(day) for day in DAYS]

    def test_same_day_same_plan(self):
        self.assertEqual(build_plan(DAYS[0]), build_plan(DAYS[0]))
        self.assertNotEqual(
            build_plan(DAYS[0]).payments, build_plan(DAYS[0], seed=1).payments
        )

    def test_every_regime_payer_and_stage(self):
        plan = build_plan(DAYS[0])
        self.assertEqual(len(plan.chantiers), 25)
        self.assertEqual(
            {customer.regime for customer in plan.customers},
            {key for key, _ in REGIMES},
        )
        self.assertEqual(
            {customer.payer for customer in plan.customers},
            {key for key, _ in SEGMENTS},
        )
        stages = {invoice.stage for invoice in plan.invoices}
        self.assertEqual(
            stages, {key for key, _ in BILLING_STAGES} - {"retention_release"}
        )
        self.assertTrue(any(not customer.email for customer in plan.customers))
        self.assertTrue(any(customer.lang == "en_GB" for customer in plan.customers))

    def test_invoices_are_believable(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                self.assertEqual(len(plan.invoices), INVOICES)
                for invoice in plan.invoices:
                    low, high = RANGES[family(invoice.customer)]
                    self.assertTrue(low <= invoice.untaxed <= high, invoice)
                    self.assertTrue(
                        all(not line.amount % CENT for line in invoice.lines)
                    )
                    self.assertLessEqual(invoice.date, plan.today)
                    self.assertLess((plan.today - invoice.date).days, 740)

    def test_situations_never_exceed_the_contract(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                for chantier in plan.chantiers:
                    billed = sum(
                        invoice.lines[0].amount
                        for invoice in plan.invoices
                        if invoice.key.startswith(f"{chantier.key}/")
                        and invoice.stage in ("situation", "final")
                    )
                    self.assertLessEqual(billed, chantier.amount)
                    if chantier.final:
                        self.assertEqual(billed, chantier.amount)

    def test_advance_is_taken_back_in_full(self):
        plan = build_plan(DAYS[0])
        for chantier in plan.chantiers:
            if chantier.final and chantier.advance:
                invoices = [
                    invoice
                    for invoice in plan.invoices
                    if invoice.key.startswith(f"{chantier.key}/")
                ]
                refunds = sum(
                    line.amount
                    for invoice in invoices
                    for line in invoice.lines
                    if line.amount < 0
                )
                self.assertEqual(invoices[0].untaxed, -refunds, chantier.name)

    def test_today_shows_every_age(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                due = [item for item in plan.echeances if not item.is_retention]
                self.assertTrue(50 <= len(due) <= 80, len(due))
                days = [(plan.today - echeance.due).days for echeance in due]
                for step in STEPS:
                    near = [day for day in days if step <= day < step + 5]
                    self.assertGreaterEqual(len(near), 2, f"J{step:+}")
                self.assertTrue(any(day > 90 for day in days))
                payers = Counter(
                    echeance.invoice.customer.payer
                    for echeance, day in zip(due, days, strict=True)
                    if day > 60
                )
                self.assertGreater(payers["failing"], payers["slow"])

    def test_every_euro_is_accounted_for(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                credited = Counter()
                for credit in plan.credits:
                    credited[credit.invoice] += credit.applied
                paid = Counter()
                for payment in plan.payments:
                    self.assertLessEqual(payment.date, plan.today)
                    self.assertGreater(payment.amount, 0)
                    for part in payment.allocations:
                        paid[part.invoice] += part.amount
                left = Counter()
                for echeance in plan.echeances:
                    self.assertTrue(0 < echeance.residual <= echeance.amount)
                    left[echeance.invoice.key] += echeance.residual
                for invoice in plan.invoices:
                    key = invoice.key
                    self.assertEqual(
                        credited[key] + paid[key] + left[key], invoice.total, key
                    )
                    for parts in (
                        instalments(invoice),
                        schedule(invoice.term, invoice.date, invoice.total),
                    ):
                        self.assertEqual(
                            sum(amount for _due, amount in parts), invoice.total
                        )

    def test_a_payment_follows_what_it_pays(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                dates = {invoice.key: invoice.date for invoice in plan.invoices}
                for credit in plan.credits:
                    self.assertGreaterEqual(credit.date, dates[credit.invoice])
                for payment in plan.payments:
                    for part in payment.allocations:
                        self.assertGreaterEqual(payment.date, dates[part.invoice])

    def test_who_pays_waits_for_the_papers(self):
        """There are cases enough on both sides to measure what a missing paper goes with."""
        for plan in self.plans:
            with self.subTest(today=plan.today):
                keys = {i.key: i for i in plan.invoices if i.papers}
                sides = Counter()
                for payment in plan.payments:
                    for part in payment.allocations:
                        invoice = keys.get(part.invoice)
                        if not invoice or payment.is_retention:
                            continue
                        papers = dict(invoice.papers)
                        self.assertGreater(payment.date, max(papers.values()))
                        sides[papers[ATTACHEMENT] > instalments(invoice)[0][0]] += 1
                self.assertGreaterEqual(sides[True], 25)
                self.assertGreaterEqual(sides[False], 50)

    def test_a_good_payer_slips(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                delays = {True: [], False: []}
                dues = {i.key: instalments(i) for i in plan.invoices if not i.staged}
                for payment in plan.payments:
                    if payment.customer not in SLIPS_SINCE or payment.is_retention:
                        continue
                    since = plan.today - timedelta(days=SLIPS_SINCE[payment.customer])
                    for part in payment.allocations:
                        if part.invoice in dues:
                            due = dues[part.invoice][part.instalment][0]
                            delays[due > since].append((payment.date - due).days)
                self.assertLess(mean(delays[False]), 5)
                self.assertGreater(mean(delays[True] or [20]), 15)

    def test_credit_notes_on_account_are_the_last_ones(self):
        """They are posted after the payments: their numbers still follow the dates."""
        for plan in self.plans:
            with self.subTest(today=plan.today):
                open_keys = {
                    echeance.invoice.key
                    for echeance in plan.echeances
                    if not echeance.is_retention
                }
                matched = [credit.date for credit in plan.credits if credit.reconciled]
                on_account = [
                    credit for credit in plan.credits if not credit.reconciled
                ]
                self.assertLessEqual(
                    max(matched), min(credit.date for credit in on_account)
                )
                self.assertFalse(open_keys & {credit.invoice for credit in on_account})

    def test_retentions_are_held_due_and_paid(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                held = [item for item in plan.echeances if item.is_retention]
                self.assertTrue(40 <= len(held) <= 60, len(held))
                self.assertTrue(any(item.due < plan.today for item in held))
                self.assertTrue(any(item.due > plan.today for item in held))
                self.assertTrue(any(payment.is_retention for payment in plan.payments))
                for item in held:
                    self.assertEqual(item.amount, item.invoice.held)

    def test_chantier_codes_follow_their_start(self):
        for plan in self.plans:
            with self.subTest(today=plan.today):
                codes = [chantier.code for chantier in plan.chantiers]
                self.assertEqual(codes, sorted(set(codes)))


@tagged("post_install", "-at_install")
class TestDemoIdentity(BaseCase):
    def test_numbers_pass_their_checks(self):
        for serial in (0, 7, 4207716, 9_999_999):
            with self.subTest(serial=serial):
                self.assertTrue(luhn.is_valid(identity.siren(serial)))
                self.assertTrue(siret.is_valid(identity.siret(serial)))
                self.assertTrue(tva.is_valid(identity.vat_fr(serial)))
                self.assertTrue(vat_ie.is_valid(identity.vat_ie(serial)))
        iban = identity.iban_fr("00420771601")
        self.assertEqual(len(iban), 27)
        self.assertTrue(mod_97_10.is_valid(iban[4:] + iban[:4]))

    def test_nobody_bears_them(self):
        plan = build_plan(DAYS[0])
        for customer in plan.customers:
            self.assertTrue(identity.siren(customer.serial).startswith("0"))
            for person in (customer, *customer.contacts):
                self.assertTrue(not person.email or person.email.endswith(".test"))
                number = person.phone.replace(" ", "")
                self.assertTrue(number.startswith(("+3326191", "+3363998")), number)
        serials = [customer.serial for customer in plan.customers if customer.serial]
        self.assertEqual(len(serials), len(set(serials)))


@tagged("post_install", "-at_install")
class TestDemoLoad(TransactionCase):
    """What stands in Odoo's ledger is the plan, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if CHART_MODULE not in cls.env["ir.module.module"]._installed():
            raise SkipTest(f"{CHART_MODULE} is not installed")
        if cls.env.ref("__btp_demo__.company", raise_if_not_found=False):
            raise SkipTest("this database has the demo company, of another day perhaps")
        cls.env["btp.demo"]._load()
        cls.company = cls.env.ref("__btp_demo__.company")
        cls.moves = cls.env["account.move"].search(
            [("company_id", "=", cls.company.id), ("move_type", "=", "out_invoice")],
            order="name",
        )
        # The company lives in Paris time: near midnight its day is not that of the server.
        in_paris = cls.company.with_context(tz="Europe/Paris")
        cls.plan = build_plan(fields.Date.context_today(in_paris))

    def test_ledger_is_the_plan(self):
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("amount_residual", ">", 0),
            ]
        )
        self.assertEqual(
            Counter(
                (line.date_maturity, f"{line.amount_residual:.2f}") for line in lines
            ),
            Counter((item.due, f"{item.residual:.2f}") for item in self.plan.echeances),
        )
        echeances = self.env["btp.echeance"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(sorted(echeances.ids), sorted(lines.ids))
        self.assertLessEqual(
            {
                "insolvency",
                "legal_file",
                "customer_excluded",
                "credit",
                "below_minimum",
            },
            set(echeances.mapped("hold_code")),
        )

    def test_numbers_follow_dates(self):
        self.assertEqual(len(self.moves), INVOICES)
        self.assertEqual(self.moves.mapped("state"), ["posted"] * INVOICES)
        dates = self.moves.mapped("invoice_date")
        self.assertEqual(dates, sorted(dates))

    def test_open_invoices_have_their_document(self):
        for move in self.moves.filtered("amount_residual"):
            document = move._get_invoice_legal_documents("pdf")
            self.assertTrue(document["content"].startswith(b"%PDF"), move.name)

    def test_company_is_french_and_switched_on(self):
        self.assertEqual(self.company.chart_template, "fr")
        self.assertEqual(self.company.currency_id.name, "EUR")
        self.assertTrue(self.company.btp_relance_active)
        self.assertFalse(self.company.uses_default_logo)

    def test_the_months_behind_are_kept(self):
        snapshots = self.env["btp.figure.snapshot"].with_company(self.company)
        months = snapshots._get_months(self.company)
        self.assertGreaterEqual(len(months), 12)
        self.assertNotIn(months[-1], snapshots._get_months_to_close(self.company)[:-3])
        page = self.env["btp.figure"].with_company(self.company).get_dashboard()
        known = [point for point in page["trend"] if point["dso"] is not None]
        self.assertGreaterEqual(len(known), 10)
        self.assertTrue(page["cash"]["weeks"])

    def test_three_weeks_of_follow_up_lie_behind_and_no_mail_left(self):
        relances = self.env["btp.relance"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertLessEqual(
            {"sent", "proposed", "assigned"}, set(relances.mapped("state"))
        )
        self.assertFalse(relances.mail_id)
        # Calls and registered letters of the past took time and postage.
        done = relances.filtered("contacted_on")
        self.assertTrue(
            all(done.filtered(lambda r: r.channel == "call").mapped("cost_time"))
        )
        letters = done.filtered(lambda r: r.channel == "registered")
        self.assertTrue(letters and all(letters.mapped("cost_postage")))
        self.assertEqual(len(relances.filtered("answer_unread")), 3)
        self.assertEqual(
            set(relances.event_ids.mapped("kind")) & {"sent", "delivered"}, {"sent"}
        )

    def test_the_trade_is_there(self):
        """What the demo company is to show: each kind of contract, and what blocks it."""
        chantiers = self.env["btp.chantier"].search(
            [("company_id", "=", self.company.id)]
        )
        revised = chantiers.filtered(
            lambda site: site.is_revised and site.advance_amount
        )
        self.assertTrue(revised.move_ids.filtered("btp_revision_amount"))
        self.assertTrue(revised.move_ids.filtered("btp_advance_refund"))
        self.assertTrue(chantiers.filtered("retention_held").filtered("date_reception"))
        bonds = chantiers.filtered("date_substituted")
        self.assertTrue(bonds and all(bonds.mapped("bond_guarantor")))
        reverse = chantiers.move_ids.filtered("btp_reverse_charge")
        self.assertEqual(set(reverse.mapped("amount_tax")), {0.0})
        self.assertIn("subcontractor", reverse.btp_chantier_id.mapped("role"))
        pv = self.env["btp.document"].search(
            [
                ("company_id", "=", self.company.id),
                ("type_id.code", "=", "PVR"),
                ("state", "=", "expected"),
                ("blocking", "=", True),
            ]
        )
        self.assertEqual(len(pv), 1)
        held = self.env["btp.echeance"].search(
            [("move_id", "in", pv.need_ids.move_id.ids), ("is_retention", "=", False)]
        )
        self.assertEqual(set(held.mapped("hold_code")), {"missing_document"})
        insolvent = self.env["res.partner"].search(
            [("btp_insolvency_date", "!=", False)]
        )
        self.assertTrue(insolvent & chantiers.partner_id)

    def test_a_case_of_each_promise_and_plan(self):
        for model, kind, states in (
            ("btp.promise", "promise", ("open", "proposed", "kept", "broken")),
            ("btp.payment.plan", "plan", ("requested", "to_sign", "active", "void")),
        ):
            for state in states:
                record = self.env.ref(f"__btp_demo__.{kind}_{state}")
                self.assertEqual((record._name, record.state), (model, state))
        active = self.env.ref("__btp_demo__.plan_active")
        self.assertIn("paid", active.instalment_ids.mapped("state"))
        self.assertTrue(active.agreement_id)
        queued = self.env["btp.confirmation"].search(
            [("company_id", "=", self.company.id), ("state", "!=", "skipped")]
        )
        self.assertFalse(queued)

    def test_second_load_changes_nothing(self):
        before = self.env["account.move"].search_count([])
        self.assertFalse(self.env["btp.demo"]._load())
        self.assertEqual(self.env["account.move"].search_count([]), before)
