# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.cost import time_cost
from .btp_escalation import ACCOUNTS

OUTCOMES = [
    ("paid", "Paid"),
    ("promise", "Promise obtained"),
    ("plan", "Instalments agreed"),
    ("dispute", "Dispute"),
    ("credit_note", "Credit note"),
    ("legal", "Legal file"),
    ("written_off", "Given up (written off)"),
    ("nothing", "Nothing useful"),
    ("threshold_low", "Threshold too low"),
    ("settled", "Settled by itself"),
]
#: What only the daily job says: nobody judged the case.
BY_ITSELF = "settled"
#: Whoever handled it says that it was not worth it.
NOT_USEFUL = ("nothing", "threshold_low")


class BtpEscalation(models.Model):
    """What came of a case, in one click, and what it cost."""

    _inherit = "btp.escalation"

    outcome = fields.Selection(OUTCOMES, readonly=True, tracking=True)
    note = fields.Text()
    minutes = fields.Float("Time Spent (minutes)")
    cost_time = fields.Monetary(
        "Cost of Time", compute="_compute_cost_time", store=True, groups=ACCOUNTS
    )
    acted_on = fields.Date(
        "First Act", readonly=True, help="When somebody first did something about it."
    )
    closed_on = fields.Date("Closed", readonly=True)
    closed_by_id = fields.Many2one("res.users", readonly=True)

    _closed_idx = models.Index("(company_id, kind, closed_on)")

    # At the price of the day on which the time was noted: a new rate changes no past case.
    @api.depends("minutes")
    def _compute_cost_time(self):
        for case in self:
            rate = case.company_id.sudo().btp_hourly_rate
            minutes = Decimal(str(max(case.minutes, 0.0)))
            case.cost_time = float(time_cost(minutes, Decimal(str(rate))))

    # === CRUD === #

    def write(self, vals):
        # EXTENDS btp_relance: whoever notes words or time did something about it.
        result = super().write(vals)
        if not self.env.su and vals.keys() & {"note", "minutes"}:
            self._act()
        return result

    # === ACTIONS === #

    def action_close(self):
        """Close cases with the outcome that the button names."""
        self.check_access("write")
        outcome = self.env.context.get("outcome")
        if outcome not in dict(OUTCOMES) or outcome == BY_ITSELF:
            raise UserError(
                self.env._("Choose what came of it with one of the buttons.")
            )
        cases = self.filtered(lambda case: case.state == "open")
        if not cases:
            raise UserError(self.env._("This case is already closed: reopen it first."))
        cases.sudo()._close(outcome, self.env.user)

    def action_reopen(self):
        """Open closed cases again: a button pressed by mistake, or it was not settled."""
        self.check_access("write")
        for case in self.filtered(lambda case: case.state == "done").sudo():
            if case._find_open(
                case.kind, case._get_about(), case.partner_id, case.company_id
            ):
                raise UserError(
                    self.env._(
                        "%s has such a case open already: go on with that one.",
                        case.partner_id.name,
                    )
                )
            case.write(
                {
                    "state": "open",
                    "outcome": False,
                    "closed_on": False,
                    "closed_by_id": False,
                    "holds_sending": case.rule_id.holds,
                    "raised_on": False,
                    "date_deadline": case.company_id._get_btp_pause(
                        case._get_today(), case.rule_id.days_to_act or 1
                    ),
                }
            )
            case._note("escalated")
            case._tell_owners()

    # === BUSINESS === #

    def _close(self, outcome: str, user=None, why: str | None = None):
        """Close open cases, and write it in the journal.

        :param outcome: a code of ``OUTCOMES``
        :param user: whoever judged (default: nobody, the ledger says so)
        :param why: what happened, where nobody closed it
        """
        today = self._get_today()
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        self.write(
            {
                "state": "done",
                "outcome": outcome,
                "closed_on": today,
                "closed_by_id": user.id if user else False,
            }
        )
        if user:
            self._act()
        self.activity_ids.action_feedback(feedback=labels[outcome])
        self._note(
            "escalation_done",
            {
                case: " – ".join(filter(None, [labels[outcome], why, case.note]))
                for case in self
            },
        )
        # The owner's other cases keep somebody reminded of them.
        self.search(
            [("state", "=", "open"), ("user_id", "in", self.user_id.ids)]
        )._tell_owners()

    def _act(self):
        """Note that somebody does something about these cases now."""
        fresh = self.sudo().filtered(lambda case: not case.acted_on)
        fresh.acted_on = self._get_today()
