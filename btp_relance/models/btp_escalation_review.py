# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_date, formatLang

from ..engine.review import share

#: Months of cases that the review looks at, the one under way included.
MONTHS = 3


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
    kept = fields.Char(
        "With These Thresholds",
        compute="_compute_kept",
        help="How many of these cases the thresholds on this line would have recorded. "
        "Change one to see it. What a lower one would add is not known: it was not "
        "recorded.",
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
        cases = (
            self.env["btp.escalation.stat"]
            .sudo()
            .search(self._get_review_domain())
            .grouped(lambda case: (case.company_id, case.kind))
        )
        for rule in self:
            found = cases.get((rule.company_id._origin, rule.kind), [])
            kept = sum(
                rule.active
                and rule._keeps(
                    {
                        "amount": case.amount,
                        "age_days": case.age_days,
                        "bounce_count": case.bounce_count,
                        "jump_days": case.jump_days,
                    }
                )
                for case in found
            )
            rule.kept = (
                self.env._("%(kept)s of %(all)s", kept=kept, all=len(found))
                if found
                else False
            )

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


class BtpEscalation(models.Model):
    _inherit = "btp.escalation"

    @api.model
    def _invite_to_review(self):
        """Write to the manager of the current company, once a month, what cases were worth.

        In the first days of a month, where there were any in the month before.
        """
        company = self.env.company
        today = self._get_today()
        first = today.replace(day=1)
        self.env["btp.escalation.rule"]._ensure_own(company)
        if company.btp_review_on and company.btp_review_on >= first:
            return
        manager = company._get_btp_manager()
        before = first - relativedelta(months=1)
        stats = self.env["btp.escalation.stat"].sudo()
        domain = [
            ("company_id", "=", company.id),
            ("opened_on", ">=", before),
            ("opened_on", "<", first),
        ]
        [(count, amount, collected, judged, useful)] = stats._read_group(
            domain,
            [],
            ["__count", "amount:sum", "collected:sum", "judged:sum", "useful:sum"],
        )
        company.sudo().btp_review_on = today
        if not count or not manager.email:
            return
        manager = manager.with_context(lang=manager.lang or self.env.lang)
        month = format_date(manager.env, before, date_format="MMMM yyyy")
        figures = {
            "count": count,
            "amount": formatLang(manager.env, amount, currency_obj=company.currency_id),
            "collected": formatLang(
                manager.env, collected, currency_obj=company.currency_id
            ),
            "judged": judged,
            "useful": useful,
        }
        self._write_to_manager(manager, company, month, figures)

    @api.model
    def _write_to_manager(self, manager, company, month: str, figures: dict):
        """Send the invitation to the monthly review, in the language of the manager."""
        env = manager.env
        sentences = [
            env._("Hello %s,", manager.name),
            env._(
                "In %(month)s, %(count)s cases went to a person at %(company)s: %(amount)s "
                "at stake, %(collected)s collected in 30 days.",
                month=month,
                company=company.name,
                **{name: figures[name] for name in ("count", "amount", "collected")},
            ),
            env._(
                "Look at what each kind was worth, and raise the thresholds of those that "
                "were not: how many cases a new threshold would have kept shows as you type."
            ),
        ]
        if figures["judged"]:
            sentences.insert(
                2,
                env._(
                    "Useful, for whoever handled them: %(useful)s of %(judged)s.",
                    useful=figures["useful"],
                    judged=figures["judged"],
                ),
            )
        body = env["ir.qweb"]._render(
            "btp_relance.escalation_review_mail",
            {
                "sentences": sentences,
                "url": f"{company.get_base_url()}/odoo/escalation-review",
            },
        )
        env["mail.mail"].sudo().create(
            {
                "subject": env._(
                    "%(company)s: which cases were worth it in %(month)s?",
                    company=company.name,
                    month=month,
                ),
                "body_html": body,
                "email_from": company.email_formatted or manager.email_formatted,
                "email_to": manager.email_formatted,
                "auto_delete": True,
            }
        )
