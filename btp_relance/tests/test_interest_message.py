# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Interest in reminders: where the step says so, to the day on which they leave."""

import re
from datetime import date

from lxml import html

from odoo.tests import tagged

from .interest_common import InterestCommon


@tagged("post_install", "-at_install")
class TestInterestMessage(InterestCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {"street": "3 quai des Docks", "zip": "44000", "phone": "+33 2 40 00 00 01"}
        )

    def seeded(self, name):
        """Return a step of a seeded scenario."""
        return self.env.ref(f"btp_relance.step_{name}")

    def remind(self, name, *moves):
        """Return a proposed reminder of these invoices, at a seeded step."""
        step = self.seeded(name)
        moves[0].commercial_partner_id.btp_scenario_id = step.scenario_id
        lines = [
            line
            for move in moves
            for line in move.line_ids.filtered(lambda li: li.date_maturity)
        ]
        return (
            self.env["btp.relance"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": moves[0].commercial_partner_id.id,
                    "contact_id": moves[0].partner_id.id,
                    "step_id": step.id,
                    "tone": step.tone,
                    "channel": step.channel,
                    "state": "proposed",
                    "planned_on": self.today,
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "company_id": self.company.id,
                                "partner_id": moves[0].commercial_partner_id.id,
                                "move_line_id": line.id,
                                "move_id": line.move_id.id,
                                "scenario_id": step.scenario_id.id,
                                "step_id": step.id,
                                "step_days": step.days,
                                "kind": "overdue",
                                "date_due": line.date_maturity,
                                "currency_id": line.currency_id.id,
                                "amount_residual": line.amount_residual_currency,
                                "amount_company": line.amount_residual,
                            },
                        )
                        for line in lines
                    ],
                }
            )
        )

    def words(self, relance):
        """Return the message as its reader sees it."""
        channel = self.env["btp.relance.channel"]._for(relance.channel)
        body = channel._render(relance, "body_html")
        text = html.fromstring(str(body)).text_content()
        return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))

    def test_the_steps_that_state_interest(self):
        shown = self.env["btp.relance.step"].search([("show_interest", "=", True)])
        self.assertEqual(
            shown,
            self.env["btp.relance.step"].union(
                *(
                    self.seeded(name)
                    for name in (
                        "standard_p20",
                        "standard_p35",
                        "public_p10",
                        "public_p30",
                        "good_p40",
                        "good_p60",
                        "retention_formal",
                        "retention_public_formal",
                    )
                )
            ),
        )

    def test_a_last_reminder_states_each_period(self):
        move = self.make_late()
        self.pay_on(move, "2025-07-20", 5000)
        text = self.words(self.remind("standard_p20", move))
        self.assertIn("reckoned to September 15, 2025", text)
        for words in (
            "06/01/2025 – 06/30/2025",
            "30 days",
            "13.15 %",
            "€ 129.70",
            "07/01/2025 – 07/20/2025",
            "€ 79.89",
            "07/21/2025 – 09/15/2025",
            "57 days",
            "€ 7,000.00",
            "12.15 %",
            "€ 132.82",
            "Late payment penalties € 342.41",
            "(1 × €40) € 40.00",
        ):
            self.assertIn(words, self.normal(text))

    def normal(self, text):
        """Amounts are written with the symbol after or before, by currency."""
        return re.sub(r"([\d,]+\.\d\d) €", r"€ \1", text)

    def test_a_step_that_does_not_say_so_states_none(self):
        move = self.make_late()
        text = self.words(self.remind("standard_p10", move))
        self.assertIn("L441-10", text)
        self.assertNotIn("437.28", text)
        self.seeded("standard_p10").show_interest = True
        self.assertIn("437.28", self.words(self.remind_again("standard_p10", move)))

    def remind_again(self, name, *moves):
        self.env["btp.relance"].sudo().search(
            [("partner_id", "=", moves[0].partner_id.id)]
        )._cancel("again")
        self.env.flush_all()
        return self.remind(name, *moves)

    def test_a_formal_notice_claims_all_of_it(self):
        first, second = self.make_late(), self.make_late(1000.0)
        self.pay_on(first, "2025-07-20", 5000)
        text = self.normal(self.words(self.remind("standard_p35", first, second)))
        # 342.41 + 36.44; 7 000 + 1 000; 40 twice.
        self.assertIn("Principal left to pay € 8,000.00", text)
        self.assertIn("Late payment penalties, reckoned to 09/15/2025 € 378.85", text)
        self.assertIn("(2 × €40) € 80.00", text)
        self.assertIn("Total claimed € 8,458.85", text)
        self.assertIn("The total claimed includes late payment penalties", text)
        self.assertNotIn("To this sum are added", text)
        self.assertIn("Late payment penalties € 378.85", text)

    def test_the_public_claim(self):
        town = self.make_debtor("public_30", "Town")
        move = self.make_late(57000.0, "2025-06-15", town)
        text = self.normal(self.words(self.remind("public_p30", move)))
        # 92 days at the frozen rate, in one period.
        self.assertIn("06/16/2025 – 09/15/2025", text)
        self.assertIn("11.15 %", text)
        self.assertIn("Late payment interest, reckoned to 09/15/2025 € 1,601.93", text)
        self.assertIn("Total claimed € 58,641.93", text)
        self.assertIn("The total claimed includes interest for late payment", text)
        notice = self.words(self.remind_again("public_p10", move))
        self.assertIn("1,601.93", notice)

    def test_a_consumer_reads_of_no_penalty(self):
        person = self.make_debtor("b2c", is_company=False)
        move = self.make_late(8500.0, partner=person)
        step = self.seeded("consumer_p45")
        step.show_interest = True
        text = self.normal(self.words(self.remind("consumer_p45", move)))
        self.assertIn("Total claimed € 8,500.00", text)
        self.assertNotRegex(text, r"40\.00|€40|enalt|D441|Interest at")
        # A second one, after the first was received: the legal rate, and nothing else.
        move.btp_formal_notice_on = "2025-08-15"
        text = self.normal(self.words(self.remind_again("consumer_p45", move)))
        # 8 500 × 2.76 % × 31 / 365.
        self.assertIn(
            "Interest at the legal rate, reckoned to 09/15/2025 € 19.92", text
        )
        self.assertIn("Total claimed € 8,519.92", text)
        self.assertNotRegex(text, r"40\.00|€40|enalt|D441")

    def test_what_was_invoiced_or_waived_is_not_claimed_again(self):
        move = self.make_late()
        move.action_btp_penalty_invoice()
        # A draft is not a claim yet.
        self.assertIn("437.28", self.words(self.remind("standard_p20", move)))
        move.btp_penalty_ids.penalty_move_id.action_post()
        text = self.words(self.remind_again("standard_p35", move))
        self.assertNotIn("437.28", text)
        self.assertIn("Total claimed € 12,000.00", self.normal(text))
        self.assertIn("To this sum are added", text)

    def test_two_currencies(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        first, second = self.make_late(), self.make_late(currency_id=dollar.id)
        text = self.normal(self.words(self.remind("standard_p35", first, second)))
        self.assertIn("Total claimed € 12,517.28", text)
        self.assertRegex(text, r"Total claimed \$ ?12,437\.28")

    # === A HALF-YEAR NOT KNOWN === #

    def late_in_july(self, partner=None):
        """Return an invoice whose interest needs the second half of 2026."""
        return self.make_late(
            due="2026-06-15", partner=partner, invoice_date="2026-05-15"
        )

    def test_a_formal_notice_waits_for_the_rate_and_others_leave(self):
        other = self.make_debtor("public_30", "Town")
        formal, frozen = (
            self.remind("standard_p35", self.late_in_july()),
            self.remind("public_p30", self.late_in_july(other)),
        )
        self.today = date(2026, 7, 20)
        for relance in formal + frozen:
            # The steps before are done.
            self.mark_done(relance)
        (formal + frozen).action_approve()
        self.dispatch()
        self.env.invalidate_all()
        self.assertEqual(formal.state, "failed")
        self.assertRegex(
            formal.failure_reason,
            r"^Interest cannot be reckoned: the rates of the second half-year of 2026 are "
            r"not known\. Enter them in .*Legal Rates.*\.$",
        )
        # Its rate is frozen in the first half-year: nothing is missing.
        self.assertEqual(frozen.state, "assigned")
        self.assertIn("10.15", frozen.body)
        self.env["btp.legal.rate"].create(
            {"year": 2026, "half": "2", "ecb_rate": 2, "legal_rate_other": 2.6}
        )
        formal.action_retry()
        self.dispatch()
        self.env.invalidate_all()
        self.assertEqual(formal.state, "assigned")
        self.assertIn("Late payment penalties", formal.body)

    def mark_done(self, relance):
        """Note that the steps before that of ``relance`` were done long ago."""
        steps = relance.step_id.scenario_id.step_ids.filtered(
            lambda step: step.kind == "reminder" and step.days < relance.step_id.days
        )
        line = relance.line_ids
        for step in steps:
            line.copy(
                {
                    "relance_id": False,
                    "step_id": step.id,
                    "step_days": step.days,
                    "state": "done",
                    "done_on": "2026-06-20",
                }
            )

    def test_the_preview_says_what_is_missing(self):
        relance = self.remind("standard_p35", self.late_in_july())
        self.today = date(2026, 7, 20)
        self.assertIn("second half-year of 2026", relance.preview)

    def test_other_messages_leave_without_figures(self):
        relance = self.remind("standard_p20", self.late_in_july())
        self.today = date(2026, 7, 5)
        text = self.words(relance)
        self.assertIn("plus ten points", text)
        self.assertNotIn("half-year", text)
        self.assertNotIn("reckoned to", text)
        relance._check_interest()
