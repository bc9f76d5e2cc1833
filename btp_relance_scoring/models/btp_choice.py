# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import babel_locale_parse, get_lang

ASPECTS = [("channel", "Channel"), ("moment", "Day and hour"), ("tone", "Tone")]
ARMS = [
    ("email", "E-mail"),
    ("sms", "SMS"),
    ("call", "Call"),
    ("now", "As soon as it is due"),
    ("habit", "When the contact usually answers"),
    ("usual", "The usual scenario"),
    ("segment", "The scenario of its kind of payer"),
]
WHYS = [
    ("rule", "Rule"),
    ("hold_out", "Kept by the rule, to compare"),
    ("explore", "Tried"),
    ("learned", "Learned"),
]
#: Days within which a payment counts for a reminder, and the share of it that must come.
PAID_DAYS, PAID_SHARE = 7, 0.5
#: Days of which results are learned from.
LEARN_DAYS = 365


class BtpChoice(models.Model):
    """What was chosen for a reminder, why, and what came of it."""

    _name = "btp.choice"
    _description = "Choice for a Reminder"
    _order = "chosen_on desc, id desc"
    _rec_name = "relance_id"

    relance_id = fields.Many2one(
        "btp.relance", "Reminder", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    aspect = fields.Selection(ASPECTS, "What", required=True, readonly=True)
    arm = fields.Selection(ARMS, "Chosen", required=True, readonly=True)
    rule_arm = fields.Selection(ARMS, "By the Rule", required=True, readonly=True)
    why = fields.Selection(WHYS, required=True, readonly=True)
    probability = fields.Float(
        "Chance It Had",
        digits=(6, 3),
        readonly=True,
        aggregator=None,
        help="How likely this choice was to be made.",
    )
    facts = fields.Json(readonly=True, help="What the rule rests on.")
    chosen_on = fields.Date(required=True, readonly=True)
    outcome = fields.Selection(
        [("paid", "Paid within 7 days"), ("unpaid", "Not within 7 days")],
        readonly=True,
        help="Paid: at least half of what the reminder asked for came within 7 days of it.",
    )

    _one_per_aspect = models.UniqueIndex("(relance_id, aspect)")
    _result_idx = models.Index("(company_id, aspect, chosen_on)")

    # === OUTCOME === #

    @api.model
    def _judge(self, company, day):
        """Note which reminders were paid within a week, in one statement.

        What counts is what was chosen, even where the message took another way in the end:
        leaving those out would flatter the choice.

        :param company: the ``res.company``
        :param date day: the day on which it is judged
        """
        self.env.flush_all()
        self.env.cr.execute(self._get_judge_query(company, day))
        self.invalidate_model(["outcome"])

    @api.model
    def _get_judge_query(self, company, day) -> SQL:
        """Return the update of :meth:`_judge`; only money counts."""
        return SQL(
            """
            UPDATE btp_choice c
               SET outcome = CASE WHEN got.paid >= got.asked * %(share)s
                                  THEN 'paid' ELSE 'unpaid' END
              FROM btp_relance r
              CROSS JOIN LATERAL (
                SELECT SUM(rl.amount_company) AS asked, COALESCE(SUM((
                           SELECT SUM(pr.amount)
                             FROM account_partial_reconcile pr
                             JOIN account_move_line cl ON cl.id = pr.credit_move_id
                             JOIN account_move cm ON cm.id = cl.move_id
                             JOIN account_journal cj ON cj.id = cm.journal_id
                            WHERE pr.debit_move_id = rl.move_line_id AND %(money)s
                              AND pr.max_date BETWEEN r.contacted_on
                                  AND r.contacted_on + %(days)s
                       )), 0) AS paid
                  FROM btp_relance_line rl
                 WHERE rl.relance_id = r.id AND rl.kind = 'overdue'
                   AND rl.state = 'done'
              ) got
             WHERE c.relance_id = r.id AND c.company_id = %(company)s
               AND c.outcome IS NULL AND r.state = 'sent'
               AND r.contacted_on < %(day)s - %(days)s AND got.asked > 0
            """,
            money=self.env["btp.scoring.ledger"]._get_money_sql(),
            share=PAID_SHARE,
            days=PAID_DAYS,
            day=day,
            company=company.id,
        )

    @api.model
    def _get_results(self, company, day) -> dict:
        """Return what each choice brought in the last year.

        :return: ``{(aspect, arm of the rule): {arm: (reminders, paid)}}``: arms are compared
            where the rule would have done the same
        """
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT aspect, rule_arm, arm, COUNT(*),
                       COUNT(*) FILTER (WHERE outcome = 'paid')
                  FROM btp_choice
                 WHERE company_id = %s AND outcome IS NOT NULL AND chosen_on > %s
                 GROUP BY aspect, rule_arm, arm
                """,
                company.id,
                day - timedelta(days=LEARN_DAYS),
            )
        )
        results = {}
        for aspect, rule, arm, count, paid in rows:
            results.setdefault((aspect, rule), {})[arm] = (count, paid)
        return results

    # === WORDS === #

    def _get_words(self) -> str:
        """Return what was chosen and why, in one sentence of the reader's language."""
        self.ensure_one()
        arm = self._describe_arm()
        return {
            "rule": self.env._(
                "%(arm)s: %(reason)s.", arm=arm, reason=self._say_rule()
            ),
            "hold_out": self.env._(
                "%s: one customer in ten always keeps the rule, so that it can be seen "
                "whether choosing helps.",
                arm,
            ),
            "explore": self.env._(
                "%s: tried, to go on learning (one reminder in twenty).", arm
            ),
            "learned": self.env._(
                "%(arm)s: what reminders like this one brought so far (chosen %(chance)s "
                "times in 100).",
                arm=arm,
                chance=round(100 * self.probability),
            ),
        }[self.why]

    def _describe_arm(self) -> str:
        label = dict(self._fields["arm"]._description_selection(self.env))[self.arm]
        if self.arm == "habit" and (moment := self._describe_moment()):
            return self.env._("%(arm)s (%(moment)s)", arm=label, moment=moment)
        return label

    def _describe_moment(self) -> str:
        """Return the day and half of the day of a habit: “Tuesday, in the morning”."""
        facts = self.facts or {}
        words = []
        if facts.get("weekday") is not None:
            locale = babel_locale_parse(get_lang(self.env).code)
            words.append(locale.days["format"]["wide"][facts["weekday"]])
        if half := facts.get("half"):
            words.append(
                self.env._("in the morning")
                if half == "morning"
                else self.env._("in the afternoon")
            )
        return ", ".join(words)

    def _say_rule(self) -> str:
        """Return what the rule rests on, in words."""
        count = (self.facts or {}).get("answers")
        if self.aspect == "tone":
            return self.env._("learned from how this customer pays")
        if self.aspect == "channel" and count:
            return self.env._(
                "the customer answered this way %s times, and never the other way",
                count,
            )
        if self.aspect == "moment":
            return self.env._("%s answers came then, most of them", count or 0)
        return self.env._("as the scenario says")
