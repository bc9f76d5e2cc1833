# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Companies never mix: what is decided, what is written, what is read."""

from datetime import date

import psycopg2
from freezegun import freeze_time

from odoo import SUPERUSER_ID, Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.btp_echeance import BtpEcheance
from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestCompany(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.setup_other_company(
            name="Durand Travaux", email="compta@durand.example"
        )["company"]
        cls.other.sudo().alias_domain_id = cls.env["mail.alias.domain"].create(
            {"name": "other.example"}
        )
        cls.other_scenario = cls.make_scenario(
            [(4, {})], name="Durand's", company_id=cls.other.id
        )
        cls.switch_on(cls.other, btp_default_scenario_id=cls.other_scenario.id)
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")

    def setUp(self):
        super().setUp()
        self.mine = self.make_invoice(late=5, amount=1000)
        self.theirs = self.make_invoice(late=5, amount=2000, company=self.other)

    def by_company(self, relances):
        return {relance.company_id: relance for relance in relances}

    # === WHAT IS DECIDED AND SENT === #

    def test_the_same_customer_gets_one_message_from_each_company(self):
        found = self.by_company(self.plan())
        self.assertEqual(set(found), {self.company, self.other})
        for company, move in ((self.company, self.mine), (self.other, self.theirs)):
            relance = found[company]
            self.assertEqual(relance.line_ids.move_id, move)
            self.assertEqual(relance.line_ids.company_id, company)
            self.assertEqual(relance.amount_due, move.amount_total)

    def test_each_company_follows_its_own_scenario(self):
        found = self.by_company(self.plan())
        self.assertEqual(found[self.company].step_id, self.step(3))
        self.assertEqual(found[self.other].step_id, self.step(4, self.other_scenario))

    def test_each_message_is_in_its_company_s_name(self):
        found = self.by_company(self.plan())
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        for company, relance in found.items():
            mail = relance.sudo().mail_id
            self.assertEqual(mail.email_from, company.email_formatted)
            self.assertIn(company.name, mail.subject)
            self.assertEqual(mail.record_company_id, company)
            self.assertEqual(mail.record_alias_domain_id, company.alias_domain_id)
            self.assertEqual(self.events(relance, "sent").company_id, company)

    def test_a_credit_in_one_company_pays_nothing_in_the_other(self):
        self.make_credit_note(1000, company=self.other)
        found = self.by_company(self.plan())
        self.assertEqual(found[self.company].amount_due, 1000)
        self.assertEqual(found[self.other].amount_due, 1000)

    def test_a_reminder_of_one_company_does_not_hold_the_other_s(self):
        self.company.sudo().btp_min_contact_gap = 30
        self.other.sudo().btp_min_contact_gap = 30
        self.other.sudo().btp_relance_active = False
        self.run_day()
        self.other.sudo().btp_relance_active = True
        self.assertEqual(self.plan(1).company_id, self.other)

    def test_a_company_s_minimum_and_gap_are_its_own(self):
        self.other.sudo().btp_min_amount = 5000
        self.assertEqual(self.plan().company_id, self.company)

    def test_a_customer_s_scenario_in_one_company_is_not_that_of_the_other(self):
        own = self.make_scenario([(2, {})], name="Own")
        self.customer.btp_scenario_id = own
        self.assertEqual(self.echeances(self.mine).scenario_source, "customer")
        self.assertEqual(self.echeances(self.theirs).scenario_source, "default")

    def test_a_rule_of_one_company_does_not_apply_in_the_other(self):
        self.env["btp.relance.rule"].create(
            {
                "name": "Mine",
                "sequence": 0,
                "company_id": self.company.id,
                "scenario_id": self.make_scenario([(2, {})]).id,
            }
        )
        self.assertEqual(self.echeances(self.mine).scenario_source, "rule")
        self.assertNotEqual(self.echeances(self.theirs).rule_id.name, "Mine")

    def test_one_company_s_trouble_does_not_stop_the_other(self):
        self.other.sudo().btp_default_scenario_id = False
        self.assertEqual(self.plan().company_id, self.company)

    def test_each_company_has_its_own_day(self):
        get_today = BtpEcheance._get_today  # tests replace that of the registry
        self.company.partner_id.tz = "Europe/Paris"
        self.other.partner_id.tz = "America/Martinique"
        echeances = self.env["btp.echeance"]
        with freeze_time("2025-06-16 22:30:00"):
            self.assertEqual(get_today(echeances), date(2025, 6, 17))
            self.assertEqual(
                get_today(echeances.with_company(self.other)), date(2025, 6, 16)
            )
            self.company.partner_id.tz = False
            unzoned = echeances.with_user(SUPERUSER_ID).with_company(self.company)
            self.env.ref("base.user_root").tz = False
            self.assertEqual(get_today(unzoned), date(2025, 6, 17))

    def test_planning_asks_for_the_day_of_each_company(self):
        days = {self.company: self.days_later(0), self.other: self.days_later(-4)}
        self.patch(
            self.registry["btp.echeance"],
            "_get_today",
            lambda echeance: days[echeance.env.company],
        )
        found = self.by_company(self.engine.plan(companies=self.company | self.other))
        self.assertEqual(set(found), {self.company})
        self.assertEqual(found[self.company].planned_on, self.days_later(0))

    # === WHAT IS WRITTEN === #

    def test_records_of_two_companies_cannot_be_joined(self):
        site = self.env["btp.chantier"].create(
            {
                "name": "Site",
                "partner_id": self.customer.id,
                "company_id": self.other.id,
            }
        )
        own = self.mine.with_company(self.company)
        chantier = {"name": "Mine", "partner_id": self.customer.id}
        for name, write in {
            "chantier of an invoice": lambda: own.write({"btp_chantier_id": site.id}),
            "scenario of an invoice": lambda: own.write(
                {"btp_scenario_id": self.other_scenario.id}
            ),
            "scenario of a chantier": lambda: self.env["btp.chantier"].create(
                {**chantier, "scenario_id": self.other_scenario.id}
            ),
            "scenario of a customer": lambda: self.customer.write(
                {"btp_scenario_id": self.other_scenario.id}
            ),
            "scenario of a rule": lambda: self.make_rule(company_id=self.company.id),
            "scenario of a shared rule": lambda: self.make_rule(company_id=False),
            "default scenario": lambda: self.company.sudo().write(
                {"btp_default_scenario_id": self.other_scenario.id}
            ),
        }.items():
            with self.subTest(name), self.assertRaises(UserError):
                write()

    def make_rule(self, **values):
        return self.env["btp.relance.rule"].create(
            {"name": "Rule", "scenario_id": self.other_scenario.id, **values}
        )

    def test_a_scenario_that_another_company_uses_cannot_be_given_to_one(self):
        shared = self.make_scenario([(2, {})], name="Shared")
        shared.company_id = self.company
        shared.company_id = False
        for name, use, release in (
            (
                "default",
                lambda: self.other.sudo().write({"btp_default_scenario_id": shared.id}),
                lambda: self.other.sudo().write(
                    {"btp_default_scenario_id": self.other_scenario.id}
                ),
            ),
            (
                "invoice",
                lambda: self.theirs.sudo().write({"btp_scenario_id": shared.id}),
                lambda: self.theirs.sudo().write({"btp_scenario_id": False}),
            ),
        ):
            with self.subTest(name):
                use()
                with self.assertRaisesRegex(UserError, self.other.name):
                    shared.company_id = self.company
                release()
                shared.company_id = self.company
                shared.company_id = False

    def test_a_chantier_s_code_is_unique_in_its_company(self):
        values = {"name": "Site", "code": "C-1", "partner_id": self.customer.id}
        for company in (self.company, self.other):
            self.env["btp.chantier"].create({**values, "company_id": company.id})
        self.env["btp.chantier"].create([{**values, "code": False}] * 2)
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env["btp.chantier"].create(values)

    # === WHAT IS READ === #

    def test_an_agent_sees_their_company_s_records_only(self):
        self.run_day()
        for model in (
            "btp.echeance",
            "btp.relance",
            "btp.relance.line",
            "btp.relance.event",
        ):
            with self.subTest(model):
                everything = self.env[model].sudo().search([])
                theirs = everything.filtered(lambda r: r.company_id == self.other)
                self.assertTrue(theirs)
                seen = self.env[model].with_user(self.agent).search([])
                self.assertEqual(seen.company_id, self.company)
                with self.assertRaises(AccessError):
                    theirs[0].with_user(self.agent).read(["company_id"])

    def test_an_agent_acts_on_their_company_s_reminders_only(self):
        self.step(4, self.other_scenario).approval = "manual"
        theirs = self.by_company(self.plan())[self.other].with_user(self.agent)
        for action in (
            "action_approve",
            "action_skip",
            "action_retry",
            "action_mark_read",
        ):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(theirs, action)()
        wizard = self.env["btp.relance.outcome"].with_user(self.agent)
        with self.assertRaises(AccessError):
            wizard.create(
                {"relance_id": theirs.id, "outcome": "cheque"}
            ).action_confirm()
        self.assertEqual(theirs.sudo().state, "proposed")

    def test_configuration_is_shared_or_of_one_s_own_company(self):
        scenarios = self.env["btp.relance.scenario"].with_user(self.agent)
        self.assertNotIn(self.other_scenario, scenarios.search([]))
        self.assertIn(self.scenario, scenarios.search([]))
        steps = self.env["btp.relance.step"].with_user(self.agent).search([])
        self.assertFalse(steps & self.other_scenario.step_ids)
        rule = self.make_rule(company_id=self.other.id)
        self.assertNotIn(rule, rule.with_user(self.agent).search([]))

    def test_the_dry_run_of_one_company_is_not_read_in_the_other(self):
        forecast = (
            self.env["btp.relance.forecast"]
            .sudo()
            .create({"company_id": self.other.id})
        )
        forecast._simulate()
        self.assertEqual(forecast.line_ids.company_id, self.other)
        lines = self.env["btp.relance.forecast.line"].with_user(self.agent)
        self.assertFalse(lines.search([("forecast_id", "=", forecast.id)]))

    def test_an_agent_of_both_companies_reads_both(self):
        self.agent.company_ids = [Command.link(self.other.id)]
        companies = (self.company | self.other).ids
        echeances = (
            self.env["btp.echeance"]
            .with_user(self.agent)
            .with_context(allowed_company_ids=companies)
        )
        self.env.flush_all()
        self.assertEqual(echeances.search([]).company_id, self.company | self.other)
