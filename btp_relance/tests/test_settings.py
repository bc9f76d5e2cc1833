# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Scenarios, rules and settings that would do harm are refused, in words."""

from contextlib import contextmanager

import psycopg2

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestSettings(RelanceCommon):
    @contextmanager
    def refused(self, constraint):
        """What is done inside breaks this database constraint."""
        with (
            self.subTest(constraint),
            self.assertRaisesRegex(psycopg2.IntegrityError, constraint),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            yield
            self.env.flush_all()

    def add_step(self, days, **values):
        return self.env["btp.relance.step"].create(
            {**self.step_values(days, **values), "scenario_id": self.scenario.id}
        )

    # === STEPS === #

    def test_what_would_break_a_scenario_is_refused(self):
        with self.refused("btp_relance_step_scenario_days_uniq"):
            self.add_step(3)
        with self.refused("btp_relance_step_formal_by_hand"):
            self.add_step(50, tone="formal", approval="auto")
        with self.refused("btp_relance_step_min_gap_positive"):
            self.add_step(50, min_gap_days=-1)
        with self.refused("btp_relance_step_preventive_before"):
            self.add_step(1, tone="preventive")
        for days in (3651, -3651, 2**31 - 1):
            with self.refused("btp_relance_step_days_within_ten_years"):
                self.add_step(days)
        with self.refused("btp_relance_step_days_within_ten_years"):
            self.add_step(50, min_gap_days=2**31 - 1)
        self.add_thanks()
        with self.refused("btp_relance_step_scenario_thanks_uniq"):
            self.add_thanks()

    def test_an_archived_step_leaves_its_day_to_another(self):
        self.step(3).active = False
        self.env.flush_all()
        self.assertEqual(self.add_step(3).display_name, "J+3 · Step 3")

    def test_a_step_has_words_to_send_a_call_may_do_without(self):
        for channel in ("email", "registered"):
            with (
                self.assertRaisesRegex(ValidationError, "has no message"),
                self.env.cr.savepoint(),
            ):
                self.add_step(50, channel=channel, template_id=False)
        self.assertTrue(self.add_step(50, channel="call", template_id=False))

    def test_the_words_are_made_for_reminders(self):
        template = self.env["mail.template"].create(
            {
                "name": "For partners",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
            }
        )
        with self.assertRaisesRegex(ValidationError, "not made for reminders"):
            self.add_step(50, template_id=template.id)

    def test_words_in_use_cannot_be_deleted(self):
        with self.refused("btp_relance_step_template_id_fkey"):
            self.template.unlink()

    def test_days_are_written_as_the_trade_does(self):
        names = self.scenario.step_ids.sorted("days").mapped("display_name")
        self.assertEqual(
            [name.split(" · ")[0] for name in names],
            ["J−7", "J+3", "J+10", "J+20", "J+35"],
        )
        self.assertTrue(self.add_step(0).display_name.startswith("J0"))
        self.assertEqual(self.add_thanks().display_name, "Thanks")

    # === IN USE === #

    def test_a_step_in_use_is_archived_not_deleted(self):
        self.make_invoice()
        relance = self.run_day()
        step = self.step(3)
        with self.assertRaisesRegex(ValidationError, "archive it"):
            step.unlink()
        step.active = False
        self.assertEqual(relance.step_id, step)
        self.assertEqual(relance.line_ids.step_id, step)
        unused = self.step(20)
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_a_scenario_in_use_is_archived_not_deleted(self):
        placed = self.make_scenario([(3, {}), (10, {})], name="Placed")
        move = self.make_invoice(late=40, btp_scenario_id=placed.id)
        self.company.sudo().btp_relance_active = False
        wizard = self.env["btp.relance.activation"].create({"user_id": self.env.uid})
        wizard.line_ids.start = "leave"
        wizard.action_confirm()
        self.assertEqual(self.echeances(move).hold_code, "left_out")
        with self.assertRaisesRegex(ValidationError, "archive it"):
            placed.unlink()
        with self.refused("btp_default_scenario_id_fkey"):
            self.scenario.unlink()
        unused = self.make_scenario([(3, {})], name="Unused")
        unused.unlink()
        self.assertFalse(unused.exists())

    def test_a_copy_of_a_scenario_has_its_steps_and_not_its_name(self):
        copy = self.scenario.copy()
        self.assertEqual(copy.name, "Test scenario (copy)")
        self.assertEqual(
            copy.step_ids.mapped("days"), self.scenario.step_ids.mapped("days")
        )
        self.assertFalse(copy.step_ids & self.scenario.step_ids)
        self.assertFalse(copy.rule_ids)

    # === RULES AND COMPANY === #

    def test_amounts_of_a_rule_are_in_order(self):
        values = {"name": "Rule", "scenario_id": self.scenario.id, "amount_min": 100}
        for amount_max in (99, 100):
            with self.refused("btp_relance_rule_amounts_in_order"):
                self.env["btp.relance.rule"].create(
                    {**values, "amount_max": amount_max}
                )
        self.env["btp.relance.rule"].create({**values, "amount_max": 101})
        self.env["btp.relance.rule"].create(values)

    def test_the_days_between_contacts_make_sense(self):
        for days in (-1, 366, 2**31 - 1):
            with self.refused("res_company_min_contact_gap"):
                self.company.sudo().btp_min_contact_gap = days

    def test_the_settings_page_writes_on_the_company(self):
        other = self.make_scenario([(3, {})], name="Other")
        settings = self.env["res.config.settings"].create(
            {
                "btp_default_scenario_id": other.id,
                "btp_relance_user_id": self.env.uid,
                "btp_min_contact_gap": 9,
                "btp_min_amount": 42,
            }
        )
        settings.execute()
        company = self.company
        self.assertEqual(company.btp_default_scenario_id, other)
        self.assertEqual(company.btp_relance_user_id, self.env.user)
        self.assertEqual((company.btp_min_contact_gap, company.btp_min_amount), (9, 42))
        self.assertTrue(company.btp_relance_active)

    def test_reminders_are_not_switched_on_by_a_setting(self):
        self.company.sudo().btp_relance_active = False
        settings = self.env["res.config.settings"].create({"btp_relance_active": True})
        settings.execute()
        self.assertFalse(self.company.btp_relance_active)

    def test_a_new_company_begins_switched_off_with_the_standard_scenario(self):
        company = self.env["res.company"].sudo().create({"name": "Neuve"})
        self.assertFalse(company.btp_relance_active)
        self.assertEqual(
            company.btp_default_scenario_id,
            self.env.ref("btp_relance.scenario_standard"),
        )
        self.assertEqual((company.btp_min_contact_gap, company.btp_min_amount), (3, 15))

    # === SEEDS === #

    def test_the_standard_scenario_is_that_of_the_trade(self):
        standard = self.env.ref("btp_relance.scenario_standard")
        steps = standard.step_ids.filtered(lambda step: step.kind == "reminder")
        self.assertLessEqual({-7, 0, 3, 10, 20, 35}, set(steps.mapped("days")))
        self.assertEqual(
            steps.filtered(lambda step: step.approval == "manual").mapped("days"),
            [20, 35],
        )
        self.assertEqual(self.step(35, standard).tone, "formal")

    def test_no_seeded_scenario_sends_a_formal_notice_or_a_letter_by_itself(self):
        seeded = self.env["ir.model.data"].search(
            [("module", "=", "btp_relance"), ("model", "=", "btp.relance.step")]
        )
        steps = self.env["btp.relance.step"].browse(seeded.mapped("res_id"))
        self.assertGreater(len(steps), 10)
        firm = steps.filtered(
            lambda step: step.tone in ("formal", "final")
            or step.channel == "registered"
        )
        self.assertEqual(set(firm.mapped("approval")), {"manual"})
        self.assertTrue(all(step.template_id for step in steps))

    def test_seeded_rules_send_each_kind_of_customer_to_its_scenario(self):
        self.company.sudo().btp_default_scenario_id = self.env.ref(
            "btp_relance.scenario_standard"
        )
        found = {}
        for regime in ("b2b", "b2c", "nonpro", "public_30", "public_50", "public_60"):
            partner = self.make_customer(f"Client {regime}", btp_regime=regime)
            move = self.make_invoice(partner=partner)
            found[regime] = self.echeances(move).scenario_id
        self.assertEqual(found["public_30"], found["public_60"])
        self.assertEqual(found["b2c"], found["nonpro"])
        self.assertEqual(len(set(found.values())), 3)

    def test_everything_named_here_may_be_translated(self):
        for model in ("btp.relance.scenario", "btp.relance.step", "btp.relance.rule"):
            self.assertTrue(self.env[model]._fields["name"].translate, model)

    def test_a_scenario_is_made_with_its_steps_in_one_go(self):
        scenario = self.env["btp.relance.scenario"].create(
            {
                "name": "In one go",
                "step_ids": [Command.create(self.step_values(day)) for day in (1, 2)],
            }
        )
        self.assertEqual(scenario.step_count, 2)
        with self.assertRaises(UserError):
            scenario.step_ids[0].template_id = False
