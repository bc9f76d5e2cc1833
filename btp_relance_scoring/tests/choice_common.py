# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reminders that can leave by e-mail or by text message, and a past of choices."""

from datetime import timedelta

from odoo.addons.btp_relance.tests.daily_job import TODAY

from ..learner.channels import in_hold_out
from .scoring_common import ScoringCommon

MOBILE = "+33 6 12 34 56 78"


class ChoiceCommon(ScoringCommon):
    """Steps with words for an e-mail and for a text message, and mobile numbers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        words = cls.env["sms.template"].create(
            {
                "name": "Test SMS",
                "model_id": cls.env["ir.model"]._get_id("btp.relance"),
                "body": "{{ object.company_id.name }}: {{ object.sms_amount }}",
            }
        )
        cls.scenario.step_ids.sms_template_id = words
        cls.customer.phone = MOBILE
        cls.choices = cls.jobs.env["btp.choice"].with_company(cls.company)

    def make_customers(self, count, held=None):
        """Return customers; those that are held out, or that are not, if asked."""
        found = self.env["res.partner"]
        while len(found) < count:
            partner = self.make_customer(f"Client {len(found)}", phone=MOBILE)
            if held is None or held == in_hold_out(
                str(partner.id), str(self.company.id)
            ):
                found |= partner
        return found

    def add_past(self, count, day=TODAY, **choice):
        """Make so many reminders sent ``day``, with the choice made for each if given."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            WITH sent AS (
                INSERT INTO btp_relance (company_id, partner_id, contact_id, kind, step_id,
                                         tone, channel, state, contacted_on, planned_on)
                SELECT %(company)s, %(partner)s, %(partner)s, 'reminder', %(step)s,
                       'factual', 'email', 'sent', %(day)s, %(day)s
                  FROM generate_series(1, %(count)s)
                RETURNING id
            )
            INSERT INTO btp_choice (relance_id, company_id, partner_id, aspect, arm,
                                    rule_arm, why, outcome, chosen_on)
            SELECT id, %(company)s, %(partner)s, %(aspect)s, %(arm)s, %(rule)s, %(why)s,
                   CASE WHEN ROW_NUMBER() OVER (ORDER BY id) <= %(paid)s
                        THEN 'paid' ELSE 'unpaid' END, %(day)s
              FROM sent WHERE %(aspect)s IS NOT NULL
            """,
            {
                "company": self.company.id,
                "partner": self.prompt.id,
                "step": self.scenario.step_ids[1].id,
                "day": day,
                "count": count,
                "aspect": None,
                "arm": "email",
                "rule": choice.get("arm", "email"),
                "why": "rule",
                "paid": 0,
                **choice,
            },
        )
        self.env.invalidate_all()

    def learn(self, since=TODAY - timedelta(days=90)):
        self.company.sudo().btp_choice_since = since

    def choice(self, relances, aspect="channel"):
        return relances.choice_ids.filtered(lambda one: one.aspect == aspect)

    def verdict(self, aspect="channel"):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["btp.choice.verdict"].search(
            [("aspect", "=", aspect), ("company_id", "=", self.company.id)]
        )
