# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.misc import babel_locale_parse, get_lang

from ..counting import say_amounts, say_days

KINDS = [
    ("slips", "Paid on time, slips"),
    ("longer", "Takes much longer"),
    ("days", "Pays on other days"),
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
    facts = fields.Json(
        readonly=True, help="The days of payment of before, and those of now."
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

    @api.depends_context("lang")
    @api.depends("kind", "partner_id", "group")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        groups = dict(self._fields["group"]._description_selection(self.env))
        for change in self:
            whom = change.partner_id.name or groups.get(change.group, "")
            change.display_name = f"{kinds[change.kind]} – {whom}"

    @api.depends_context("lang")
    @api.depends("before", "now", "cases_before", "cases_now", "customers", "facts")
    def _compute_words(self):
        for change in self:
            change.words = (
                change._say_days() if change.kind == "days" else change._say_delay()
            )

    def _say_delay(self) -> str:
        """Return by how much the delay grew."""
        before = round(self.before)
        figures = {
            "before": say_days(self.env, abs(before)),
            "now": say_days(self.env, round(self.now)),
            "old": say_amounts(self.env, self.cases_before),
            "new": say_amounts(self.env, self.cases_now),
            "customers": self.customers,
        }
        if self.kind == "group" and before < 0:
            return self.env._(
                "%(before)s before the due date until now (%(old)s), %(now)s after it for "
                "two months (%(new)s of %(customers)s customers).",
                **figures,
            )
        if self.kind == "group":
            return self.env._(
                "%(before)s after the due date until now (%(old)s), %(now)s for two "
                "months (%(new)s of %(customers)s customers).",
                **figures,
            )
        if before < 0:
            return self.env._(
                "%(before)s before the due date until now (%(old)s), %(now)s after it for "
                "two months (%(new)s).",
                **figures,
            )
        return self.env._(
            "%(before)s after the due date until now (%(old)s), %(now)s for two months "
            "(%(new)s).",
            **figures,
        )

    def _say_days(self) -> str:
        """Return on which days it paid, and on which it pays now."""
        facts = self.facts or {}
        return self.env._(
            "Paid %(before)s (%(kept)s of %(old)s payments); for three months rather "
            "%(now)s (%(moved)s of %(new)s).",
            before=self._name_days(facts["aspect"], facts["before"]),
            now=self._name_days(facts["aspect"], facts["moved_to"]),
            kept=facts["kept_before"],
            moved=facts["moved"],
            old=self.cases_before,
            new=self.cases_now,
        )

    @api.model
    def _name_days(self, aspect, place) -> str:
        """Return “on Tuesdays”, or “between the 6th and the 15th”."""
        if aspect == "weekday":
            names = babel_locale_parse(get_lang(self.env).code).days["format"]["wide"]
            return self.env._("on a %s", names[place])
        if place == 5:
            return self.env._("between the 26th and the 5th")
        first, last = 5 * place + 1, 5 * place + 10
        if place == 4:
            return self.env._("from the %s to the end of the month", first)
        return self.env._(
            "between the %(first)s and the %(last)s of the month",
            first=first,
            last=last,
        )

    # === ACTIONS === #

    def action_done(self):
        """Note that somebody has dealt with these changes: no alert any more."""
        self.check_access("read")
        # An auditor reads, and no more.
        self.env["btp.relance"].check_access("write")
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
        if not self:
            return
        self.write({"state": state, "closed_on": self.env["btp.echeance"]._get_today()})
        self.activity_ids.unlink()
