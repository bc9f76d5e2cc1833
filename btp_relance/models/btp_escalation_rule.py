# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .btp_escalation import KINDS

#: What a kind is measured by beside the amount: the field of its threshold.
THRESHOLDS = {
    "high_value": "min_age_days",
    "bounces": "min_bounces",
    "unusual": "min_jump_days",
}
#: The fact on a case that is compared with it.
FACTS = {
    "min_age_days": "age_days",
    "min_bounces": "bounce_count",
    "min_jump_days": "jump_days",
}


class BtpEscalationRule(models.Model):
    """When a case of one kind goes to a person, to whom, and how long they have.

    The seeds, without a company, are what a company starts from: it gets rules of its own
    as soon as somebody looks at them, so that no company tunes those of another.
    """

    _name = "btp.escalation.rule"
    _description = "Rule of Escalation"
    _order = "company_id, sequence, id"
    _rec_name = "kind"
    _check_company_auto = True

    kind = fields.Selection(KINDS, required=True)
    company_id = fields.Many2one(
        "res.company",
        help="Empty: what every company starts from.",
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        "In Use", default=True, help="Off: no such case is recorded."
    )
    min_amount = fields.Monetary(
        "Minimum at Stake", help="A case with less at stake is not recorded."
    )
    min_age_days = fields.Integer(
        "Days Late",
        help="High value: counted are amounts late by so many days or more.",
    )
    threshold = fields.Integer(
        compute="_compute_threshold",
        inverse="_inverse_threshold",
        help="What the kind is measured by, beside the amount.",
    )
    threshold_unit = fields.Selection(
        [
            ("high_value", "days late"),
            ("bounces", "messages back"),
            ("unusual", "days later than usual"),
        ],
        "Counted In",
        compute="_compute_threshold",
    )
    min_bounces = fields.Integer(
        "Messages Back",
        default=2,
        help="So many messages to one contact that came back.",
    )
    min_jump_days = fields.Integer(
        "Later Than Usual (days)",
        default=15,
        help="The last payments come so many days later than the customer's own habit.",
    )
    max_usual_days = fields.Integer(
        "Good Payer Up To (days)",
        default=10,
        help="A customer whose habit is later than this is no good payer.",
    )
    recent_payments = fields.Integer(
        "Last Payments",
        default=3,
        help="So many amounts due, paid or still late, are compared with the habit.",
    )
    min_payments = fields.Integer(
        "Payments Before",
        default=5,
        help="A habit is read from at least so many payments before the last ones.",
    )
    quiet_days = fields.Integer(
        "Not Again For (days)",
        default=30,
        help="Once closed, the same case is not opened again for so many days.",
    )
    days_to_act = fields.Integer(
        "Working Days to Act", default=2, help="Then the case goes to the manager."
    )
    owner = fields.Selection(
        [
            ("follow_up", "Who follows up the customer"),
            ("manager", "Manager"),
            ("commercial", "Salesperson of the customer"),
            ("site", "Conducteur de travaux"),
            ("user", "One person"),
        ],
        default="follow_up",
        required=True,
    )
    user_id = fields.Many2one("res.users", "Person", check_company=True)
    settles = fields.Boolean(
        "Closes by Itself",
        default=True,
        help="Where the customer catches up (paid, promise kept after all, dispute closed…). "
        "Off: that is said on the case, and its owner closes it.",
    )
    holds = fields.Boolean(
        "Holds Sending",
        help="While a case is open, nothing leaves by itself to this customer.",
    )

    _one_per_kind = models.UniqueIndex(
        "(kind, COALESCE(company_id, 0))", "There is one rule a kind: change that line."
    )
    _numbers = models.Constraint(
        "CHECK(min_amount >= 0 AND min_age_days >= 0 AND min_bounces >= 1"
        " AND min_jump_days >= 1 AND recent_payments >= 1 AND min_payments >= 3"
        " AND quiet_days >= 0 AND days_to_act >= 0)",
        "Thresholds are positive, and a habit needs three payments at least.",
    )

    @api.depends("kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            rule.display_name = kinds.get(rule.kind)

    @api.depends("company_id")
    @api.depends_context("company")
    def _compute_currency_id(self):
        for rule in self:
            rule.currency_id = (rule.company_id or self.env.company).currency_id

    @api.depends("kind", *THRESHOLDS.values())
    def _compute_threshold(self):
        for rule in self:
            field = THRESHOLDS.get(rule.kind)
            rule.threshold = field and rule[field]
            rule.threshold_unit = field and rule.kind

    @api.onchange("threshold")
    def _inverse_threshold(self):
        for rule in self:
            if field := THRESHOLDS.get(rule.kind):
                rule[field] = rule.threshold

    # === CRUD === #

    def write(self, vals):
        """Open cases follow the rule where it holds sending; its kind never changes."""
        if "kind" in vals and any(rule.kind != vals["kind"] for rule in self):
            raise AccessError(self.env._("A rule keeps its kind: make another one."))
        result = super().write(vals)
        if "holds" in vals:
            cases = self.env["btp.escalation"].sudo()
            cases.search(
                [("rule_id", "in", self.ids), ("state", "=", "open")]
            ).holds_sending = vals["holds"]
        return result

    # === BUSINESS === #

    @api.model
    def _for(self, kind: str, company):
        """Return the rule of a company for a kind, empty where it is off."""
        rules = self.with_context(active_test=False).search(
            [("kind", "=", kind), ("company_id", "in", (company.id, False))]
        )
        own = rules.filtered("company_id") or rules
        return own[:1].filtered("active")

    @api.model
    def _ensure_own(self, companies):
        """Give companies rules of their own where they still have those of everybody.

        :param companies: ``res.company`` records
        :return: all the rules of these companies
        """
        rules = self.sudo().with_context(active_test=False)
        seeds = rules.search([("company_id", "=", False)])
        for company in companies:
            known = rules.search([("company_id", "=", company.id)]).mapped("kind")
            for seed in seeds.filtered(
                lambda rule, known=known: rule.kind not in known
            ):
                own = seed.copy({"company_id": company.id, "active": seed.active})
                # Cases opened before follow the company's own rule from now on.
                self.env["btp.escalation"].sudo().search(
                    [("rule_id", "=", seed.id), ("company_id", "=", company.id)]
                ).rule_id = own
        return rules.search([("company_id", "in", companies.ids)])

    def _keeps(self, facts: dict) -> bool:
        """Return whether a case reaches the thresholds of this rule.

        :param dict facts: ``amount``, and what is known of ``age_days``, ``bounce_count``
            and ``jump_days``
        """
        self.ensure_one()
        if self.currency_id.compare_amounts(facts["amount"], self.min_amount) < 0:
            return False
        field = THRESHOLDS.get(self.kind)
        return not field or facts.get(FACTS[field], 0) >= self[field]

    def _get_owner(self, partner, company, lines):
        """Return who handles a case: by the rule, else whoever follows up the customer.

        :param partner: the debtor
        :param company: the creditor
        :param lines: ``account.move.line`` records at stake
        """
        self.ensure_one()
        partner = partner.sudo().with_company(company)
        owner = self.env["res.users"]
        if self.owner == "manager":
            owner = company._get_btp_manager()
        elif self.owner == "commercial":
            owner = partner.user_id
        elif self.owner == "site":
            oldest = lines.sorted(
                lambda line: (line.date_maturity or line.date, line.id)
            )
            owner = oldest.move_id.btp_chantier_id.user_id[:1]
        elif self.owner == "user":
            owner = self.user_id
        for candidate in (
            owner,
            partner.btp_relance_user_id,
            company.sudo().btp_relance_user_id,
        ):
            # Whoever left, or does not work for this company, handles nothing.
            if (
                candidate.active
                and not candidate.share
                and company in candidate.company_ids
            ):
                return candidate
        return company._get_btp_manager()
