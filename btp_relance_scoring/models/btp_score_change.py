# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

KINDS = [
    ("slips", "Paid on time, slips"),
    ("longer", "Takes much longer"),
    ("group", "A group of customers slides"),
]
#: Kinds of customer that can slide together.
GROUPS = [
    ("business", "Businesses"),
    ("consumer", "Consumers and non-professionals"),
    ("public", "Public bodies"),
]


class BtpScoreChange(models.Model):
    """A habit that changed, with its figures: one row until it is dealt with."""

    _name = "btp.score.change"
    _description = "Change of Habit"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, jump desc, id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", readonly=True, ondelete="cascade", index=True
    )
    group = fields.Selection(GROUPS, "Kind of Customer", readonly=True)
    user_id = fields.Many2one("res.users", "Responsible", readonly=True)
    found_on = fields.Date(required=True, readonly=True)
    seen_on = fields.Date("Last Seen", required=True, readonly=True)
    before = fields.Float(
        "Before (days)", digits=(8, 1), readonly=True, aggregator=None
    )
    now = fields.Float("Now (days)", digits=(8, 1), readonly=True, aggregator=None)
    jump = fields.Float(
        "Later By (days)", digits=(8, 1), readonly=True, aggregator=None
    )
    cases_before = fields.Integer("Amounts Before", readonly=True, aggregator=None)
    cases_now = fields.Integer("Amounts Now", readonly=True, aggregator=None)
    sureness = fields.Float(
        "Standard Errors",
        digits=(8, 1),
        readonly=True,
        aggregator=None,
        help="How many standard errors lie between both: chance alone seldom makes 3.",
    )
    customers = fields.Integer(
        readonly=True,
        aggregator=None,
        help="Of the group, with amounts now.",
    )
    alerted = fields.Boolean(
        "Alert",
        readonly=True,
        help="Somebody is told only where the learned alert beats the flat rule on your own "
        "past; else it is shown here, and no more.",
    )
    state = fields.Selection(
        [("open", "To look at"), ("done", "Dealt with"), ("over", "Over")],
        required=True,
        default="open",
        readonly=True,
    )
    closed_on = fields.Date(readonly=True)
    words = fields.Char("What Changed", compute="_compute_words")

    _one_per_customer = models.UniqueIndex(
        "(company_id, kind, COALESCE(partner_id, 0), COALESCE(\"group\", ''))"
        " WHERE state = 'open'",
        "This change is already to be looked at.",
    )

    @api.depends("kind", "partner_id", "group")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        groups = dict(self._fields["group"]._description_selection(self.env))
        for change in self:
            whom = change.partner_id.name or groups.get(change.group, "")
            change.display_name = f"{kinds[change.kind]} – {whom}"

    @api.depends_context("lang")
    @api.depends("before", "now", "cases_before", "cases_now", "customers")
    def _compute_words(self):
        for change in self:
            figures = {
                "before": round(change.before),
                "now": round(change.now),
                "old": change.cases_before,
                "new": change.cases_now,
                "customers": change.customers,
            }
            if change.kind == "group":
                change.words = self.env._(
                    "%(before)s days after the due date until now (%(old)s amounts), "
                    "%(now)s days for two months (%(new)s amounts of %(customers)s "
                    "customers).",
                    **figures,
                )
            else:
                change.words = self.env._(
                    "%(before)s days after the due date until now (%(old)s amounts), "
                    "%(now)s days for two months (%(new)s amounts).",
                    **figures,
                )

    # === ACTIONS === #

    def action_done(self):
        """Note that somebody has dealt with these changes: no alert any more."""
        self.check_access("read")
        self.env["btp.score.partner"].check_access("read")
        self.sudo().filtered(lambda change: change.state == "open")._close("done")

    def action_open_amounts(self):
        """Open what the customer, or the group, owes."""
        self.ensure_one()
        self.check_access("read")
        domain = [("company_id", "=", self.company_id.id)]
        if self.partner_id:
            domain.append(("partner_id", "=", self.partner_id.id))
        else:
            regimes = self.env["btp.score.change"]._get_regimes(self.group)
            domain.append(("regime", "in", regimes))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Amounts Due"),
            "res_model": "btp.echeance",
            "view_mode": "list,kanban,form",
            "domain": domain,
        }

    # === BUSINESS === #

    def _close(self, state: str):
        """Take changes off the list: ``done`` by a person, ``over`` by themselves."""
        self.write({"state": state, "closed_on": self.env["btp.echeance"]._get_today()})
        self.activity_ids.unlink()
