# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models

from .. import days


class BtpScoreAlarm(models.Model):
    """Which alert a company gets: the learned one only where its own past says so.

    Both rules were run over the past at the same number of alerts; each comparison is kept
    with its days and figures, and the last one decides.
    """

    _name = "btp.score.alarm"
    _description = "Which Alert?"
    _order = "compared_on desc, id desc"
    _rec_name = "compared_on"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    compared_on = fields.Date(required=True, readonly=True)
    date_from = fields.Date("Past From", readonly=True)
    date_to = fields.Date("Past To", readonly=True)
    method = fields.Selection(
        [("flat", "Flat rule: 8 days overdue"), ("learned", "Learned alert")],
        "Alert in Use",
        required=True,
        readonly=True,
    )
    alerts = fields.Integer("Alerts Each", readonly=True, aggregator=None)
    serious = fields.Integer(
        "Seriously Late",
        readonly=True,
        aggregator=None,
        help="Amounts that became more than 21 days late: what an alert should tell of.",
    )
    flat_precision = fields.Float(
        "Flat Rule: Right",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Share of its alerts that became seriously late.",
    )
    flat_recall = fields.Float(
        "Flat Rule: Found",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Share of what became seriously late that it told of.",
    )
    own_precision = fields.Float(
        "Learned: Right", digits=(6, 4), readonly=True, aggregator=None
    )
    own_recall = fields.Float(
        "Learned: Found", digits=(6, 4), readonly=True, aggregator=None
    )
    days_alerts = fields.Integer(
        "Alerts on Other Days",
        readonly=True,
        aggregator=None,
        help="Amounts of customers that pay on other days than before, told of on the past.",
    )
    days_precision = fields.Float(
        "Other Days: Right", digits=(6, 4), readonly=True, aggregator=None
    )
    days_alerted = fields.Boolean(
        "Alert on Other Days",
        readonly=True,
        help="Only where it was right clearly more often than the flat rule.",
    )
    reason = fields.Char("Why", compute="_compute_reason")
    days_reason = fields.Char("Why (Other Days)", compute="_compute_reason")

    @api.depends_context("lang")
    def _compute_reason(self):
        from ..learner.changes import LEAST_SERIOUS

        for alarm in self:
            alarm.reason = alarm._say_reason(LEAST_SERIOUS)
            alarm.days_reason = alarm._say_days_reason()

    def _say_reason(self, least) -> str:
        """Return why this alert is in use.

        :param least: amounts seriously late that a comparison needs
        """
        figures = {
            "own": round(100 * self.own_precision),
            "flat": round(100 * self.flat_precision),
            "count": self.alerts,
        }
        if self.method == "learned":
            return self.env._(
                "On your past, %(own)s of 100 learned alerts were right, against "
                "%(flat)s of the flat rule, at the same number (%(count)s).",
                **figures,
            )
        if self.serious < least or not self.alerts:
            return self.env._(
                "Not enough yet: %(serious)s amounts became seriously late in that time, "
                "%(least)s are needed to compare.",
                serious=self.serious,
                least=least,
            )
        return self.env._(
            "On your past, the learned alert was not clearly better (%(own)s right "
            "of 100, the flat rule %(flat)s, at the same number: %(count)s).",
            **figures,
        )

    def _say_days_reason(self) -> str:
        """Return why customers that pay on other days are told of, or only shown."""
        if self.days_alerts < days.LEAST_ALERTS:
            return self.env._(
                "Customers that pay on other days than before: not enough yet (%(count)s "
                "amounts on your past, %(least)s are needed to compare).",
                count=self.days_alerts,
                least=days.LEAST_ALERTS,
            )
        figures = {
            "own": round(100 * self.days_precision),
            "flat": round(100 * self.flat_precision),
            "count": self.days_alerts,
        }
        if self.days_alerted:
            return self.env._(
                "Customers that pay on other days than before: %(own)s of 100 of their "
                "overdue amounts became seriously late (%(count)s on your past), against "
                "%(flat)s of the flat rule.",
                **figures,
            )
        return self.env._(
            "Customers that pay on other days than before: not clearly more often late "
            "than by the flat rule (%(own)s of 100 against %(flat)s, %(count)s amounts on "
            "your past): they are shown, nobody is alerted.",
            **figures,
        )

    # === ACTIONS === #

    def action_compare(self):
        """Compare both rules now for the current company, whatever is ticked."""
        self.env["btp.scoring.model"].check_access("write")
        job = self.env["btp.scoring.job"].sudo().with_company(self.env.company)
        day = self.env["btp.echeance"]._get_today()
        _rows, ledger = job._read_ledger(self.env.company, day)
        self.sudo()._compare(self.env.company, day, ledger)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "btp_relance_scoring.btp_score_alarm_action"
        )

    # === BUSINESS === #

    @api.model
    def _get_method(self, company) -> str | None:
        """Return which alert a company gets; nothing before the first comparison."""
        last = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return last.method or None

    @api.model
    def _get_alerted(self, company) -> dict[bool, bool]:
        """Return whether changes of habit are told of: ``{about days of payment: told}``."""
        last = self.sudo().search([("company_id", "=", company.id)], limit=1)
        return {False: last.method == "learned", True: last.days_alerted}

    @api.model
    def _compare(self, company, day, ledger):
        """Run both rules over the company's own past, and keep what came of it.

        :param company: the ``res.company``
        :param date day: the day on which it is compared
        :param ledger: ``learner.Ledger``
        :return: the new ``btp.score.alarm``
        """
        from ..learner import changes

        found = changes.compare(ledger, company.btp_score_grace)
        proof = days.compare(ledger, company.btp_score_grace)
        first, last = (date.fromisoformat(text) for text in found.days)
        self.search(
            [("company_id", "=", company.id), ("compared_on", "=", day)]
        ).unlink()
        return self.create(
            {
                "company_id": company.id,
                "compared_on": day,
                "date_from": first,
                "date_to": last,
                "method": "learned" if found.smart else "flat",
                "alerts": found.alerts,
                "serious": found.serious,
                "flat_precision": found.flat_precision,
                "flat_recall": found.flat_recall,
                "own_precision": found.own_precision,
                "own_recall": found.own_recall,
                "days_alerts": proof.alerts,
                "days_precision": proof.precision,
                "days_alerted": proof.better,
            }
        )
