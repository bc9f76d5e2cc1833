# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The SQL that lists and plans decides what the routing in Python decides."""

from datetime import timedelta
from random import Random

from odoo.tests import tagged

from ..engine.routing import next_step
from .common import RelanceCommon

DAYS = (-14, -7, 0, 3, 8, 10, 15, 20, 30, 35, 60)
AGES = (-40, -14, -8, -7, -1, 0, 1, 3, 9, 10, 20, 36, 75, 400)
ROUNDS = 12


@tagged("post_install", "-at_install")
class TestRelation(RelanceCommon):
    def random_scenario(self, random):
        """Return a scenario such as no person would draw."""
        steps = [
            (
                day,
                {
                    "tone": "preventive"
                    if day < 1 and random.random() < 0.6
                    else "firm",
                    "approval": random.choice(["auto", "auto", "manual"]),
                    "min_gap_days": random.randrange(8),
                },
            )
            for day in random.sample(DAYS, random.randrange(1, 6))
        ]
        return self.make_scenario(steps, first_contact=random.choice(["first", "age"]))

    def random_history(self, random, move, scenario):
        """Write what was done for an invoice; return its last line."""
        lines = self.env["btp.relance.line"].sudo()
        term = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
        steps = list(scenario.step_ids)
        random.shuffle(steps)
        for step in steps[: random.randrange(3)]:
            state = random.choice(["done", "done", "skipped", "dropped"])
            done_on = self.days_later(-random.randrange(6))
            lines |= lines.create(
                {
                    "company_id": move.company_id.id,
                    "partner_id": move.commercial_partner_id.id,
                    "move_id": move.id,
                    "move_line_id": term.id,
                    "step_id": step.id,
                    # Days of a scenario left since: they need not be days of this one.
                    "step_days": step.days + random.choice([0, 0, 0, 1, -1]),
                    "state": state,
                    "kind": "overdue",
                    "currency_id": move.currency_id.id,
                    "done_on": done_on if state == "done" else False,
                }
            )
        counted = lines.filtered(lambda line: line.state != "dropped")
        return counted.sorted("step_days")[-1:]

    def test_sql_and_routing_agree_on_random_ledgers(self):
        random = Random(19)
        moves = self.env["account.move"]
        for age in AGES:
            moves |= self.make_invoice(late=age, amount=10)
        compared = 0
        for _round in range(ROUNDS):
            scenario = self.random_scenario(random)
            self.company.btp_default_scenario_id = scenario
            history = {
                move: self.random_history(random, move, scenario) for move in moves
            }
            shift = random.randrange(15)
            today = self.after(shift)
            table = scenario._get_routes()[scenario.id]
            for found in self.echeances(moves):
                last = history[found.move_id]
                age = (today - found.date_due).days
                expected = next_step(table, last.step_days if last else None, age)
                with self.subTest(steps=scenario.step_ids.mapped("days"), age=age):
                    self.assertEqual(found.next_step_id.id, expected or False)
                    self.assertEqual(found.last_step_id, last.step_id)
                    self.assertEqual(found.next_date, self.expected_date(found, last))
                compared += 1
            self.env["btp.relance.line"].sudo().search(
                [("move_id", "in", moves.ids)]
            ).unlink()
        self.assertEqual(compared, ROUNDS * len(AGES))

    def expected_date(self, found, last):
        """Return the day of the next step: its own, or the gap since the last one."""
        step = found.next_step_id
        if not step:
            return False
        day = found.date_due + timedelta(days=step.days)
        if last.done_on:
            day = max(day, last.done_on + timedelta(days=step.min_gap_days))
        return day

    def test_an_echeance_appears_once_whatever_its_history(self):
        move = self.make_invoice(late=40)
        for day in (0, 3, 6, 9):
            self.run_day(day)
        self.assertEqual(len(self.echeances(move)), 1)

    def test_a_scenario_without_steps_has_its_echeances_held_as_finished(self):
        self.company.btp_default_scenario_id = self.make_scenario([])
        found = self.echeances(self.make_invoice())
        self.assertFalse(found.next_step_id)
        self.assertEqual(found.hold_code, "finished")

    def test_an_archived_step_is_left_out_and_the_following_one_comes(self):
        move = self.make_invoice(late=12)
        self.step(3).active = False
        self.assertEqual(self.echeances(move).next_step_id.days, 10)

    def test_moving_a_step_that_was_done_does_not_do_it_again(self):
        move = self.make_invoice(late=12)
        self.run_day()
        done = self.step(3)
        done.days = 5
        self.assertEqual(self.echeances(move).next_step_id.days, 10)
        for day in (3, 6, 9):
            self.run_day(day)
        lines = self.env["btp.relance.line"].search([("move_id", "=", move.id)])
        self.assertEqual(sorted(lines.step_id.mapped("days")), [5, 10, 20])
        self.assertEqual(len(lines.relance_id), 3)
