# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

import numpy as np

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from ..learner import Ledger
from .scoring_common import ScoringCommon


def make_ledger(histories, segment="business"):
    """Return a ledger of ``{customer: [(days since the due date, days late or None)]}``."""
    rows = [
        {
            "invoice_id": f"{customer}-{place}",
            "customer_id": str(customer),
            "issue_date": TODAY - timedelta(days=ago + 30),
            "due_date": TODAY - timedelta(days=ago),
            "paid_date": None
            if delay is None or delay > ago
            else TODAY - timedelta(days=ago - delay),
            "amount": 1000.0,
            "segment": segment,
        }
        for customer, past in histories.items()
        for place, (ago, delay) in enumerate(past)
    ]
    return Ledger(rows, asof=np.datetime64(TODAY))


#: Customers of a past in which a customer's own habit tells all.
LATE = {1: 12, 2: 12, 3: 60}


@tagged("post_install", "-at_install")
class TestHabitChange(ScoringCommon):
    """Who pays later than before: told once, with figures, by the better of two rules."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.changes = cls.jobs.env["btp.score.change"].with_company(cls.company)
        cls.alarms = cls.jobs.env["btp.score.alarm"].with_company(cls.company)
        cls.cases = cls.jobs.env["btp.escalation"].with_company(cls.company)
        cls.agent = cls.make_user("nina", "btp_relance.group_agent")
        cls.slow.with_company(cls.company).sudo().btp_relance_user_id = cls.agent
        rules = cls.jobs.env["btp.escalation.rule"]._ensure_own(cls.company)
        cls.rule = rules.filtered(lambda rule: rule.kind == "unusual")
        cls.rule.write({"min_amount": 100, "active": True})

    def steady(self, delay, first=400, last=70, every=15):
        return [(ago, delay) for ago in range(first, last, -every)]

    def decide(self, method):
        return self.alarms.create(
            {
                "company_id": self.company.id,
                "compared_on": TODAY,
                "method": method,
                "alerts": 80,
                "serious": 40,
                "flat_precision": 0.4,
                "own_precision": 0.55,
            }
        )

    def refresh(self, histories, day=TODAY, **values):
        return self.changes._refresh(
            self.company, day, make_ledger(histories, **values)
        )

    # === WHAT CHANGES === #

    def test_a_reliable_payer_slips_and_a_slow_one_takes_much_longer(self):
        recent = [(55, 30), (45, 30), (40, 30), (32, 30)]
        changes = self.refresh(
            {
                self.prompt.id: self.steady(1) + recent,
                self.slow.id: self.steady(15) + [(ago, 40) for ago in (59, 55, 50, 45)],
                self.customer.id: self.steady(15) + [(ago, 18) for ago in (55, 50, 45)],
            }
        )
        found = {change.partner_id: change for change in changes}
        self.assertEqual(found[self.prompt].kind, "slips")
        self.assertEqual(found[self.slow].kind, "longer")
        self.assertNotIn(self.customer, found, "three days more are no change")
        self.assertEqual(
            found[self.prompt].words,
            "1 day after the due date until now (22 amounts), 30 days for two months "
            "(4 amounts).",
        )
        # Who paid early paid before the day, not minus five days after it.
        found[self.prompt].sudo().before = -5
        self.assertEqual(
            found[self.prompt].words,
            "5 days before the due date until now (22 amounts), 30 days after it for two "
            "months (4 amounts).",
        )
        self.assertEqual(found[self.slow].user_id, self.agent)

    def test_a_group_slides_only_where_most_of_it_does(self):
        partners = [self.make_customer(f"Groupe {place}") for place in range(5)]
        later = [(ago, 14) for ago in (55, 45, 35)]
        same = [(ago, 4) for ago in (55, 45, 35)]
        changes = self.refresh(
            {partner.id: self.steady(4) + later for partner in partners}
        )
        group = changes.filtered(lambda change: change.kind == "group")
        self.assertEqual((group.group, group.customers), ("business", 5))
        self.assertIn("5 customers", group.words)
        group.sudo().before = -3
        self.assertIn("3 days before the due date until now", group.words)
        one = self.refresh(
            {
                partner.id: self.steady(4) + (same if place else later * 8)
                for place, partner in enumerate(partners)
            },
            day=TODAY + timedelta(days=1),
        )
        self.assertFalse(one.filtered(lambda change: change.kind == "group"))
        self.assertEqual(group.state, "over")

    def test_who_pays_on_other_days_is_shown_and_told_only_where_it_was_proved(self):
        # TODAY is a Monday: paid on Tuesdays for a year, on Fridays since.
        self.assertEqual(TODAY.weekday(), 0)
        tuesdays = [(ago + 5, 5) for ago in range(104, 400, 14)]
        fridays = [(ago + 5, 5) for ago in range(3, 80, 14)]
        history = {self.slow.id: tuesdays + fridays}
        self.decide("learned")
        change = self.refresh(history).filtered(lambda one: one.kind == "days")
        self.assertEqual((change.partner_id, change.user_id), (self.slow, self.agent))
        self.assertEqual(
            change.words,
            "Paid on a Tuesday (22 of 22 payments); for three months rather on a Friday "
            "(6 of 6).",
        )
        self.assertFalse(change.alerted, "proved for delays, not for days")
        self.decide("flat").days_alerted = True
        self.refresh(history)
        self.assertTrue(change.alerted)
        self.assertEqual(change.state, "open")
        kinds = {
            kind.code: kind for kind in self.jobs.env["btp.alert"]._get_kinds(TODAY)
        }
        alert = self.jobs.env["btp.alert"]._raise(kinds["habit_change"])
        self.assertIn("rather on a Friday", alert.activity_id.note)
        self.refresh({self.slow.id: tuesdays}, day=TODAY + timedelta(days=1))
        self.assertEqual(change.state, "over")

    def test_changes_dealt_with_are_kept_two_years(self):
        history = {
            self.slow.id: self.steady(15) + [(ago, 40) for ago in (59, 55, 50, 45)]
        }
        change = self.refresh(history)
        change._close("done")
        self.jobs._end(self.company, TODAY + timedelta(days=700))
        self.assertTrue(change.exists())
        self.jobs._end(self.company, TODAY + timedelta(days=740))
        self.assertFalse(change.exists())

    def test_a_change_is_named_in_its_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        kind = self.env["ir.model.fields.selection"].sudo()
        kind = kind.search(
            [
                ("field_id.model", "=", "btp.score.change"),
                ("field_id.name", "=", "kind"),
                ("value", "=", "slips"),
            ]
        )
        kind.with_context(lang="fr_FR").name = "Dérape"
        change = self.refresh(
            {self.slow.id: self.steady(3) + [(ago, 40) for ago in (59, 55, 50, 45)]}
        )
        self.assertIn("slips", change.with_context(lang="en_US").display_name)
        self.assertIn("Dérape", change.with_context(lang="fr_FR").display_name)

    # === ONCE === #

    def test_told_once_until_it_is_dealt_with(self):
        history = {
            self.slow.id: self.steady(15) + [(ago, 40) for ago in (59, 55, 50, 45)]
        }
        self.decide("learned")
        change = self.refresh(history)
        self.assertTrue(change.alerted)
        alerts = self.jobs.env["btp.alert"]
        kind = next(
            kind for kind in alerts._get_kinds(TODAY) if kind.code == "habit_change"
        )
        alert = alerts._raise(kind)
        self.assertEqual(alert.activity_id.user_id, self.agent)
        self.assertIn("40 days", alert.activity_id.note)
        self.assertFalse(self.refresh(history))
        self.assertFalse(alerts._raise(kind), "once")
        auditor = self.make_user("audit", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            change.with_user(auditor).action_done()
        change.with_user(self.agent).action_done()
        self.assertEqual(change.state, "done")
        self.assertFalse(change.activity_ids)
        self.assertFalse(self.refresh(history, day=TODAY + timedelta(days=30)))
        self.assertTrue(self.refresh(history, day=TODAY + timedelta(days=400)))

    def test_without_the_proof_nobody_is_alerted(self):
        history = {
            self.slow.id: self.steady(15) + [(ago, 40) for ago in (59, 55, 50, 45)]
        }
        self.decide("flat")
        change = self.refresh(history)
        self.assertTrue(change, "it is shown")
        self.assertFalse(change.alerted)
        alerts = self.jobs.env["btp.alert"]
        kinds = {kind.code: kind for kind in alerts._get_kinds(TODAY)}
        self.assertFalse(alerts._raise(kinds["habit_change"]))

    # === WHICH RULE === #

    def test_the_past_decides_between_both_rules(self):
        # Two always pay twelve days late, the third two months late.
        days = range(7, 560, 3)
        clear = make_ledger(
            {str(who): [(ago, late) for ago in days] for who, late in LATE.items()}
        )
        alarm = self.alarms._compare(self.company, TODAY, clear)
        self.assertEqual(alarm.method, "learned")
        self.assertGreater(alarm.own_precision, alarm.flat_precision)
        self.assertIn("learned alerts were right", alarm.reason)
        rng = np.random.default_rng(5)
        chance = make_ledger(
            {
                str(who): [(ago, int(rng.choice([0, 12, 40]))) for ago in days]
                for who in LATE
            }
        )
        alarm = self.alarms._compare(self.company, TODAY, chance)
        self.assertEqual(alarm.method, "flat")
        self.assertIn("not clearly better", alarm.reason)
        self.assertEqual(len(self.alarms.search([("compared_on", "=", TODAY)])), 1)

    def test_with_little_past_it_says_not_enough(self):
        self.make_past(self.prompt, 0, count=5)
        self.jobs._train(self.company)
        self.jobs._watch(self.company)
        alarm = self.alarms.search([("company_id", "=", self.company.id)])
        self.assertEqual(alarm.method, "flat")
        self.assertIn("Not enough yet", alarm.reason)

    def test_the_flat_rule_tells_of_good_payers_only(self):
        habits = self.jobs.env["btp.score.partner"].with_company(self.company)
        for partner, delay in ((self.prompt, 2), (self.slow, 30)):
            habits.create(
                {
                    "partner_id": partner.id,
                    "company_id": self.company.id,
                    "known_count": 12,
                    "delay_median": delay,
                }
            )
            self.make_invoice(late=8, partner=partner)
        self.assertFalse(self.cases._detect_unusual(), "not compared yet: as before")
        self.decide("flat")
        case = self.cases._detect_unusual()
        self.assertEqual(case.partner_id, self.prompt)
        self.assertEqual(
            case.reason,
            "Usually pays 2 days after the due date (12 payments); 8 days overdue now "
            "(flat rule: 8 days).",
        )
        self.assertFalse(self.cases._detect_unusual(), "once")

    def test_seven_days_are_not_told_by_the_flat_rule(self):
        self.jobs.env["btp.score.partner"].create(
            {
                "partner_id": self.prompt.id,
                "company_id": self.company.id,
                "known_count": 12,
                "delay_median": 2,
            }
        )
        self.make_invoice(late=7, partner=self.prompt)
        self.decide("flat")
        self.assertFalse(self.cases._detect_unusual())

    def test_the_learned_alert_tells_of_who_slipped_and_who_is_likely_to(self):
        self.decide("learned")
        self.make_invoice(late=3, partner=self.prompt)
        habit = self.jobs.env["btp.score.partner"].create(
            {
                "partner_id": self.prompt.id,
                "company_id": self.company.id,
                "known_count": 12,
                "delay_median": 2,
            }
        )
        self.assertFalse(self.cases._detect_unusual())
        ledger = make_ledger(
            {
                self.prompt.id: self.steady(2) + [(200, 60), (3, None)],
                self.slow.id: self.steady(10) + [(9, None)],
            }
        )
        habit._mark_alarms(self.company, ledger)
        self.assertEqual(habit.alarm_days, 3)
        case = self.cases._detect_unusual()
        self.assertEqual(case.partner_id, self.prompt)
        self.assertIn("3 days overdue now, and", case.reason)
        case._close("nothing", self.agent)
        self.rule.quiet_days = 0
        self.refresh(
            {self.prompt.id: self.steady(1) + [(a, 30) for a in (55, 45, 40, 32)]}
        )
        self.after(1)
        self.assertIn("for two months, 30 days", self.cases._detect_unusual().reason)

    def test_changes_and_alarms_are_seen_in_their_company_only(self):
        other = self.setup_other_company()["company"]
        self.decide("flat")
        self.refresh(
            {self.prompt.id: self.steady(1) + [(a, 30) for a in (55, 45, 40, 32)]}
        )
        user = self.make_user(
            "voisin",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        for model in ("btp.score.change", "btp.score.alarm"):
            self.assertTrue(self.env[model].search([]))
            self.assertFalse(self.env[model].with_user(user).search([]))
