# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

from ..choices import simulate_gain
from .btp_choice import ASPECTS, LEARN_DAYS

STATES = [
    ("off", "Switched off"),
    ("not_enough", "Not enough yet"),
    ("no_difference", "No difference shown"),
    ("better", "Better than the rule"),
    ("worse", "Worse than the rule"),
]


class BtpChoiceVerdict(models.Model):
    """Whether choosing helps: customers chosen for, beside those that keep the rule."""

    _name = "btp.choice.verdict"
    _description = "Does Choosing Help?"
    _auto = False
    _order = "id"
    _rec_name = "aspect"

    company_id = fields.Many2one("res.company", readonly=True)
    aspect = fields.Selection(ASPECTS, "What", readonly=True)
    since = fields.Date("Learning Since", readonly=True)
    chosen_count = fields.Integer("Reminders Chosen For", readonly=True)
    chosen_paid = fields.Integer("Of Them Paid in 7 Days", readonly=True)
    held_count = fields.Integer("Reminders by the Rule", readonly=True)
    held_paid = fields.Integer("Of Them Paid in 7 Days (Rule)", readonly=True)
    reminder_count = fields.Integer("Reminders in a Year", compute="_compute_verdict")
    needed = fields.Integer(
        "Needed on Each Side",
        compute="_compute_verdict",
        help="Reminders that show a difference of 5 points four times in five.",
    )
    state = fields.Selection(STATES, compute="_compute_verdict")
    verdict = fields.Char(compute="_compute_verdict")
    chosen_words = fields.Char("Chosen", compute="_compute_verdict")
    held_words = fields.Char("By the Rule", compute="_compute_verdict")
    expectation = fields.Char("What to Hope For", compute="_compute_verdict")

    @property
    def _table_query(self) -> SQL:
        self.env["btp.choice"].flush_model()
        self.env["res.company"].flush_model()
        aspects = SQL(", ").join(
            SQL("(%s, %s)", place, name) for place, (name, _l) in enumerate(ASPECTS)
        )
        return SQL(
            """
            SELECT c.id * 10 + a.place AS id, c.id AS company_id, a.name AS aspect,
                   c.btp_choice_since AS since,
                   COUNT(x.id) FILTER (WHERE %(chosen)s)::int AS chosen_count,
                   COUNT(x.id) FILTER (WHERE %(chosen)s AND x.outcome = 'paid')::int
                       AS chosen_paid,
                   COUNT(x.id) FILTER (WHERE x.why = 'hold_out')::int AS held_count,
                   COUNT(x.id) FILTER (WHERE x.why = 'hold_out' AND x.outcome = 'paid')::int
                       AS held_paid
              FROM res_company c
              CROSS JOIN (VALUES %(aspects)s) a (place, name)
              LEFT JOIN btp_choice x ON x.company_id = c.id AND x.aspect = a.name
                   AND x.outcome IS NOT NULL AND x.chosen_on > %(first)s
                   AND x.chosen_on >= c.btp_choice_since
             WHERE c.active
             GROUP BY c.id, a.place, a.name
            """,
            # The tone of a kind of payer is a rule itself: it is what is measured.
            chosen=SQL(
                "(x.why IN ('learned', 'explore') OR a.name = 'tone' AND x.why = 'rule')"
            ),
            aspects=aspects,
            first=self.env["btp.echeance"]._get_today() - timedelta(days=LEARN_DAYS),
        )

    @api.depends_context("lang")
    def _compute_verdict(self):
        from ..learner import channels

        today = self.env["btp.echeance"]._get_today()
        volumes = {
            company: company._get_btp_reminder_count(today)
            for company in self.company_id
        }
        # A simulation takes its time, and is the same for each aspect.
        hopes = {
            company: self._say_expectation(volume)
            for company, volume in volumes.items()
        }
        for row in self:
            volume = volumes[row.company_id]
            first = row.chosen_count, row.chosen_paid
            second = row.held_count, row.held_paid
            found = channels.verdict(first, second)
            row.reminder_count = volume
            row.needed = found["needed"]
            row.state = row._get_state(found)
            row.verdict = row._say_verdict(found, volume)
            row.chosen_words = row._say_share(*first)
            row.held_words = row._say_share(*second)
            row.expectation = hopes[row.company_id]

    @api.model
    def _say_expectation(self, volume) -> str:
        """Return what a year of so many reminders would gain, by simulation; empty for none."""
        if not volume:
            return ""
        points = 100 * simulate_gain(min(volume, 5000))
        if points < 0.5:
            return self.env._(
                "By simulation, %s reminders in a year gain less than half a point of "
                "payments, where the two choices differ by 5 points.",
                self._number(volume),
            )
        return self.env._(
            "By simulation, a year of %(count)s reminders gains %(points)s points of "
            "payments on average, where the two choices differ by 5 points.",
            count=self._number(volume),
            points=self._number(points, 1),
        )

    @api.model
    def _number(self, value, digits=0) -> str:
        return formatLang(self.env, value, digits=digits)

    def _get_state(self, found) -> str:
        if self.company_id.sudo().btp_choice_mode != "auto":
            return "off"
        if found["state"] == "better" and found["difference"] < 0:
            return "worse"
        return found["state"]

    def _say_verdict(self, found, volume) -> str:
        """Return in one sentence what can be said, and what is missing to say more."""
        from ..learner.channels import HOLD_OUT, LEAST_REMINDERS

        if self.state == "off":
            return self.env._("Switched off in the settings: nothing is learned.")
        if self.state == "not_enough" and not self.since:
            return self.env._(
                "%(count)s reminders in a year: the rules choose. Learning starts at "
                "%(least)s a year; about %(needed)s on each side show 5 points.",
                count=self._number(volume),
                least=self._number(LEAST_REMINDERS),
                needed=self._number(found["needed"]),
            )
        if self.state == "not_enough":
            years = found["needed"] / max(volume * HOLD_OUT, 1)
            return self.env._(
                "About %(needed)s reminders on each side show a difference of 5 points: at "
                "your pace, %(years)s years.",
                needed=self._number(found["needed"]),
                years=max(round(years), 1),
            )
        low, high = (self._number(100 * found[name], 1) for name in ("low", "high"))
        if self.state == "no_difference":
            return self.env._(
                "No difference shown: between %(low)s and %(high)s points, 95 times in "
                "100.",
                low=low,
                high=high,
            )
        return self.env._(
            "%(points)s points of payments within 7 days (between %(low)s and %(high)s, 95 "
            "times in 100).",
            points=self._number(100 * found["difference"], 1),
            low=low,
            high=high,
        )

    @api.model
    def _say_share(self, count, paid) -> str:
        """Return a share with its size and its interval; the size alone where it is small."""
        from ..learner.metrics import wilson

        if count < 30:
            return self.env._("%s reminders", count)
        low, high = wilson(paid, count)
        return self.env._(
            "%(count)s reminders, %(share)s %% paid in 7 days (%(low)s to %(high)s %%)",
            count=count,
            share=round(100 * paid / count),
            low=round(100 * low),
            high=round(100 * high),
        )

    def action_open_choices(self):
        """Open the choices of this kind, with why and what came of each."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choices for Reminders"),
            "res_model": "btp.choice",
            "view_mode": "list",
            "domain": [
                ("aspect", "=", self.aspect),
                ("company_id", "=", self.company_id.id),
            ],
            "help": Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>')
            % (
                self.env._("Nothing was chosen yet"),
                self.env._("Until there is enough to learn from, the rules choose."),
            ),
        }
