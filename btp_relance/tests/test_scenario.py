# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which scenario applies: invoice > chantier > customer > rules in order > default."""

from odoo import Command
from odoo.tests import tagged

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestScenario(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["btp.relance.rule"].search([]).active = False
        cls.other = cls.make_scenario([(5, {})], name="Other scenario")

    def make_rule(self, **values):
        """Return a rule that gives the other scenario."""
        return self.env["btp.relance.rule"].create(
            {"name": "My rule", "scenario_id": self.other.id, **values}
        )

    def assertSource(self, move, source, scenario, words):
        found = self.echeances(move)
        self.assertEqual(found.scenario_source, source)
        self.assertEqual(found.scenario_id, scenario)
        answer = dict(found._get_why())["Which scenario?"]
        self.assertIn(words, answer)
        self.assertIn(scenario.name or "", answer)

    def test_the_nearest_choice_wins_and_why_says_which(self):
        by_invoice, by_site, by_customer, by_rule, by_default = (
            self.make_scenario([(day, {})], name=f"Scenario {day}")
            for day in range(1, 6)
        )
        site = self.env["btp.chantier"].create(
            {
                "name": "Gymnase",
                "partner_id": self.customer.id,
                "scenario_id": by_site.id,
            }
        )
        move = self.make_invoice(btp_chantier_id=site.id, btp_scenario_id=by_invoice.id)
        self.customer.btp_scenario_id = by_customer
        rule = self.make_rule(scenario_id=by_rule.id)
        self.company.btp_default_scenario_id = by_default
        self.assertSource(move, "invoice", by_invoice, "Set on the invoice")
        move.btp_scenario_id = False
        self.assertSource(move, "chantier", by_site, "Set on the chantier")
        site.scenario_id = False
        self.assertSource(move, "customer", by_customer, "Set on the customer")
        self.customer.btp_scenario_id = False
        self.assertSource(move, "rule", by_rule, "rule “My rule”")
        self.assertEqual(self.echeances(move).rule_id, rule)
        rule.active = False
        self.assertSource(move, "default", by_default, "Company default")
        self.assertFalse(self.echeances(move).rule_id)
        self.company.btp_default_scenario_id = False
        self.assertSource(
            move, False, self.env["btp.relance.scenario"], "None applies."
        )
        self.assertEqual(self.echeances(move).hold_code, "no_scenario")

    def test_the_customer_s_scenario_counts_for_its_contacts(self):
        self.customer.btp_scenario_id = self.other
        contact = self.make_customer("Service", parent_id=self.customer.id)
        contact.is_company = False
        move = self.make_invoice(partner=contact)
        self.assertEqual(self.echeances(move).scenario_source, "customer")

    def test_an_archived_scenario_does_not_pretend_that_every_step_was_done(self):
        move = self.make_invoice(btp_scenario_id=self.other.id)
        self.other.active = False
        self.assertEqual(self.echeances(move).hold_code, "no_scenario")
        self.assertFalse(self.plan())

    # === RULES === #

    def assertRule(self, applies, move, **criteria):
        rule = self.make_rule().sudo()
        rule.write(criteria)
        expected = rule if applies else rule.browse()
        self.assertEqual(self.echeances(move).rule_id, expected, criteria)
        rule.unlink()

    def test_each_criterion_picks_and_leaves_out(self):
        tag, other_tag = self.env["res.partner.category"].create(
            [{"name": "Syndic"}, {"name": "Autre"}]
        )
        self.customer.write(
            {
                "btp_regime": "public_50",
                "btp_payer_segment": "slow",
                "category_id": [Command.set(tag.ids)],
            }
        )
        move = self.make_invoice(amount=1000, btp_billing_stage="situation")
        for yes, no in (
            ({"regime": "public"}, {"regime": "business"}),
            ({"amount_min": 1000}, {"amount_min": 1000.01}),
            ({"amount_max": 1000.01}, {"amount_max": 1000}),
            ({"billing_stage": "situation"}, {"billing_stage": "final"}),
            ({"payer_segment": "slow"}, {"payer_segment": "prompt"}),
            (
                {"category_ids": [Command.set((tag | other_tag).ids)]},
                {"category_ids": [Command.set(other_tag.ids)]},
            ),
            ({"company_id": self.company.id}, {"company_id": self.second_company.id}),
        ):
            self.assertRule(True, move, **yes)
            self.assertRule(False, move, **no)

    @property
    def second_company(self):
        return (
            self.env["res.company"]
            .sudo()
            .search([("id", "!=", self.company.id)], limit=1)
        )

    def test_every_regime_belongs_to_one_group_of_rules(self):
        move = self.make_invoice()
        groups = {
            "b2b": "business",
            "b2c": "consumer",
            "nonpro": "consumer",
            "public_30": "public",
            "public_50": "public",
            "public_60": "public",
        }
        regimes = [
            code for code, _label in self.customer._fields["btp_regime"].selection
        ]
        self.assertEqual(sorted(groups), sorted(regimes))
        for regime, group in groups.items():
            self.customer.btp_regime = regime
            for candidate in set(groups.values()):
                self.assertRule(candidate == group, move, regime=candidate)

    def test_all_criteria_of_a_rule_must_be_met(self):
        self.customer.btp_regime = "b2c"
        move = self.make_invoice(amount=1000)
        self.assertRule(True, move, regime="consumer", amount_min=500)
        self.assertRule(False, move, regime="consumer", amount_min=5000)
        self.assertRule(False, move, regime="public", amount_min=500)

    def test_the_amount_is_the_invoice_s_in_the_company_s_currency(self):
        euro = self.setup_other_currency("EUR")  # two for one of the company's
        terms = self.make_terms(50, 50)
        move = self.make_invoice(
            amount=1000,
            currency_id=euro.id,
            invoice_date=self.days_later(-40),
            invoice_payment_term_id=terms.id,
        )
        rule = self.make_rule(amount_min=500, amount_max=501)
        self.assertEqual(self.echeances(move).rule_id, rule)
        self.assertEqual(len(self.echeances(move)), 2)

    def test_the_first_rule_in_order_wins(self):
        move = self.make_invoice()
        late = self.make_rule(sequence=20)
        early = self.make_rule(sequence=10, scenario_id=self.scenario.id)
        self.assertEqual(self.echeances(move).rule_id, early)
        early.sequence = 30
        self.assertEqual(self.echeances(move).rule_id, late)
        self.assertEqual(self.echeances(move).scenario_id, self.other)

    def test_a_rule_that_does_not_apply_leaves_the_word_to_the_next(self):
        move = self.make_invoice()
        self.make_rule(sequence=10, amount_min=10**6)
        second = self.make_rule(sequence=20)
        self.assertEqual(self.echeances(move).rule_id, second)

    def test_archived_rules_and_rules_of_archived_scenarios_are_ignored(self):
        move = self.make_invoice()
        self.make_rule(active=False)
        self.make_rule()
        self.other.active = False
        self.assertEqual(self.echeances(move).scenario_source, "default")

    def test_a_rule_without_criteria_applies_to_everybody(self):
        moves = self.make_invoice() | self.make_invoice(
            partner=self.make_customer("Autre")
        )
        self.make_rule()
        self.assertEqual(self.echeances(moves).scenario_id, self.other)

    # === WHY === #

    def test_why_tells_what_was_done_and_what_comes_next(self):
        move = self.make_invoice(late=5)
        why = dict(self.echeances(move)._get_why())
        self.assertEqual(why["What was done?"], "Nothing was sent yet.")
        self.assertIn("Step 3", why["What comes next?"])
        self.plan()
        why = dict(self.echeances(move)._get_why())
        self.assertIn("is being prepared", why["What was done?"])
        self.assertIn("under way", why["Why does it wait?"])
        self.dispatch()
        why = dict(self.echeances(move)._get_why())
        self.assertIn("Step 3 on 06/16/2025", why["What was done?"])
        self.assertIn("Step 10, from 06/21/2025", why["What comes next?"])
        self.assertNotIn("Why does it wait?", why)

    def test_why_tells_that_a_step_was_skipped(self):
        move = self.make_invoice(late=5)
        self.plan().action_skip()
        why = dict(self.echeances(move)._get_why())
        self.assertIn("skipped", why["What was done?"])

    def test_why_of_a_reminder_names_the_invoices_that_gave_it_its_level(self):
        high, low = self.make_invoice(late=12), self.make_invoice(late=5)
        self.company.btp_default_scenario_id.first_contact = "age"
        relance = self.plan()
        answer = dict(relance._get_why())["Why this level?"]
        self.assertIn(high.name, answer)
        self.assertNotIn(low.name, answer)

    def test_why_is_shown_as_it_is_and_never_as_markup(self):
        self.scenario.name = "<b>bold</b>"
        self.assertIn("&lt;b&gt;", self.echeances(self.make_invoice()).why)
