# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_date

from ..engine.review import share, verdict
from .btp_escalation_rule import FACTS, THRESHOLDS

#: Months of cases that the review looks at, the one under way included.
MONTHS = 3
#: What the thresholds are compared with.
COMPARED = ("amount", *FACTS.values())


class BtpEscalationRule(models.Model):
    """The monthly review: what each kind of case was worth, and what to change."""

    _inherit = "btp.escalation.rule"

    case_count = fields.Integer("Cases", compute="_compute_review")
    open_count = fields.Integer("Still Open", compute="_compute_review")
    days_acted = fields.Float(
        "Days Until an Act", compute="_compute_review", digits=(6, 1)
    )
    outcomes = fields.Char("What Came of Them", compute="_compute_review")
    amount = fields.Monetary("At Stake", compute="_compute_review")
    collected = fields.Monetary("Collected in 30 Days", compute="_compute_review")
    collected_share = fields.Float("Share Collected", compute="_compute_review")
    judged_count = fields.Integer("Judged", compute="_compute_review")
    useful_share = fields.Float(
        "Useful",
        compute="_compute_review",
        help="Of the cases that a person closed: with another outcome than “nothing "
        "useful” or “threshold too low”.",
    )
    verdict = fields.Selection(
        [
            ("worth", "Worth it"),
            ("mixed", "Half and half"),
            ("raise", "Raise the threshold"),
            ("few", "Too few to tell"),
        ],
        "Worth It?",
        compute="_compute_review",
        help="What those who handled the cases say: worth it where half were useful, "
        "threshold too low where fewer than a third were.",
    )
    kept = fields.Char(
        "With These Thresholds",
        compute="_compute_kept",
        help="How many of these cases the thresholds on this line would have recorded. "
        "Change one to see it.",
    )
    would_open = fields.Char(
        "New Cases Today",
        compute="_compute_would_open",
        help="Further cases that these thresholds would open now. What events bring "
        "(promises, disputes, answers) is not known before it happens.",
    )

    # === COMPUTE METHODS === #

    def _get_review_domain(self) -> list:
        today = self.env["btp.echeance"]._get_today()
        first = today.replace(day=1) - relativedelta(months=MONTHS - 1)
        rules = self._origin or self
        return [
            ("company_id", "in", rules.company_id.ids),
            ("kind", "in", rules.mapped("kind")),
            ("opened_on", ">=", first),
        ]

    @api.depends("kind", "company_id")
    @api.depends_context("lang")
    def _compute_review(self):
        stats = self.env["btp.escalation.stat"].sudo()
        domain = self._get_review_domain()
        figures = {
            (company, kind): row
            for company, kind, *row in stats._read_group(
                domain,
                ["company_id", "kind"],
                [
                    "__count",
                    "days_to_act:avg",
                    "amount:sum",
                    "collected:sum",
                    "judged:sum",
                    "useful:sum",
                ],
            )
        }
        outcomes = {}
        for company, kind, outcome, count in stats._read_group(
            domain, ["company_id", "kind", "outcome"], ["__count"]
        ):
            outcomes.setdefault((company, kind), {})[outcome or False] = count
        for rule in self:
            key = rule.company_id._origin, rule.kind
            found = outcomes.get(key, {})
            count, days, amount, collected, judged, useful = figures.get(
                key, (0, 0, 0, 0, 0, 0)
            )
            rule.case_count, rule.open_count = count, found.get(False, 0)
            rule.days_acted = days or 0
            rule.amount, rule.collected = amount, collected
            rule.collected_share = share(collected, amount)
            rule.judged_count = judged
            rule.useful_share = share(useful, judged)
            rule.verdict = verdict(judged, useful)
            rule.outcomes = self._say_outcomes(found)

    @api.model
    def _say_outcomes(self, counts: dict) -> str:
        """Return the outcomes of cases with their numbers, the most frequent first."""
        labels = dict(
            self.env["btp.escalation"]
            ._fields["outcome"]
            ._description_selection(self.env)
        )
        ranked = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
        return ", ".join(
            f"{labels[outcome]} {count}" for outcome, count in ranked if outcome
        )

    @api.depends(
        "kind",
        "company_id",
        "active",
        "min_amount",
        "min_age_days",
        "min_bounces",
        "min_jump_days",
    )
    @api.depends_context("lang")
    def _compute_kept(self):
        stats = self.env["btp.escalation.stat"].sudo()
        cases = stats.search(self._get_review_domain()).grouped(
            lambda case: (case.company_id, case.kind)
        )
        for rule in self:
            found = cases.get((rule.company_id._origin, rule.kind), stats)
            rule.kept = rule._say_kept(found) if found else False

    def _say_kept(self, cases) -> str:
        """Return how many of past cases these thresholds keep, and of the useful ones.

        :param cases: ``btp.escalation.stat`` records
        """
        self.ensure_one()
        kept = cases.filtered(
            lambda case: self.active
            and self._keeps({name: case[name] for name in COMPARED})
        )
        useful, all_useful = sum(kept.mapped("useful")), sum(cases.mapped("useful"))
        if not all_useful:
            return self.env._("%(kept)s of %(all)s", kept=len(kept), all=len(cases))
        return self.env._(
            "%(kept)s of %(all)s, useful: %(useful)s of %(all_useful)s",
            kept=len(kept),
            all=len(cases),
            useful=useful,
            all_useful=all_useful,
        )

    @api.depends(
        "kind",
        "company_id",
        "active",
        "min_amount",
        "min_age_days",
        "min_bounces",
        "min_jump_days",
        "max_usual_days",
        "recent_payments",
        "min_payments",
        "quiet_days",
    )
    def _compute_would_open(self):
        cases = self.env["btp.escalation"].sudo()
        for rule in self:
            rule.would_open = False
            if rule.active and rule.kind in THRESHOLDS:
                in_company = cases.with_company(rule.company_id._origin)
                rule.would_open = str(len(in_company._find_debtors(rule)))

    # === ACTIONS === #

    @api.model
    def action_open_review(self):
        """Show what each kind of case was worth, and let the thresholds be tuned there."""
        if not self.has_access("write"):
            raise AccessError(
                self.env._("The monthly review is for the managers of reminders.")
            )
        self._ensure_own(self.env.companies)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_escalation_rule_action"
        )
        first = self.env["btp.echeance"]._get_today().replace(day=1)
        first -= relativedelta(months=MONTHS - 1)
        action["name"] = self.env._(
            "What was it worth? Cases since %s", format_date(self.env, first)
        )
        action["domain"] = [("company_id", "in", self.env.companies.ids)]
        return action

    def action_open_cases(self):
        """Open the cases that a line of the review counts."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "btp.escalation",
            "view_mode": "list,form",
            "domain": self._get_review_domain(),
        }

    def action_open_form(self):
        """Open all the settings of a rule."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
