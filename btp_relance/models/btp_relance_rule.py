# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..const import BILLING_STAGES, REGIME_GROUPS, SEGMENTS


class BtpRelanceRule(models.Model):
    """Picks a scenario for the amounts due that meet all its criteria."""

    _name = "btp.relance.rule"
    _description = "Scenario Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    scenario_id = fields.Many2one(
        "btp.relance.scenario",
        required=True,
        ondelete="cascade",
        index=True,
        check_company=True,
    )
    subject = fields.Selection(
        [("invoice", "What is due on invoices"), ("retention", "Retentions")],
        default="invoice",
        required=True,
        string="Applies To",
    )
    regime = fields.Selection(
        [
            ("business", "Businesses"),
            ("consumer", "Consumers and non-professionals"),
            ("public", "Public bodies"),
        ],
        string="Kind of Customer",
    )
    amount_min = fields.Float("Invoice From", digits=(16, 2))
    amount_max = fields.Float("Invoice Below", digits=(16, 2))
    category_ids = fields.Many2many("res.partner.category", string="Customer Tags")
    billing_stage = fields.Selection(BILLING_STAGES)
    payer_segment = fields.Selection(SEGMENTS)

    _amounts_in_order = models.Constraint(
        "CHECK(amount_max = 0 OR amount_max > amount_min)",
        "“Invoice below” must be more than “Invoice from”.",
    )

    @api.model
    def _get_rules_sql(self, subject="invoice") -> tuple[SQL, SQL]:
        """Return two SQL expressions: the rule that applies, and its scenario.

        They read the aliases ``p`` (debtor), ``m`` (invoice) and ``l`` (échéance).
        The first rule in order whose criteria are all met wins.

        :param str subject: ``invoice``, or ``retention`` for the rules of retentions
        :return: ``(rule_id, scenario_id)`` expressions, NULL where no rule applies
        """
        rules = self.sudo().search(
            [("scenario_id.active", "=", True), ("subject", "=", subject)]
        )
        if not rules:
            return SQL("NULL::int4"), SQL("NULL::int4")
        conditions = [SQL(" AND ").join(rule._get_criteria_sql()) for rule in rules]
        return tuple(
            SQL(
                "CASE %s END",
                SQL(" ").join(
                    SQL("WHEN %s THEN %s", condition, record.id)
                    for condition, record in zip(conditions, records, strict=True)
                ),
            )
            for records in (rules, [rule.scenario_id for rule in rules])
        )

    def _get_criteria_sql(self) -> list[SQL]:
        """Return the conditions of this rule, to be joined by AND.

        Hook: an addon that adds a criterion adds its condition here.

        :return: SQL booleans over the aliases ``p``, ``m`` and ``l``; never empty
        """
        self.ensure_one()
        criteria = [SQL("TRUE")]
        if self.company_id:
            criteria.append(SQL("l.company_id = %s", self.company_id.id))
        if self.regime:
            criteria.append(SQL("p.btp_regime IN %s", REGIME_GROUPS[self.regime]))
        if self.amount_min:
            criteria.append(SQL("ABS(m.amount_total_signed) >= %s", self.amount_min))
        if self.amount_max:
            criteria.append(SQL("ABS(m.amount_total_signed) < %s", self.amount_max))
        if self.billing_stage:
            criteria.append(SQL("m.btp_billing_stage = %s", self.billing_stage))
        if self.payer_segment:
            criteria.append(SQL("%s = %s", self._get_segment_sql(), self.payer_segment))
        if self.category_ids:
            criteria.append(
                SQL(
                    "EXISTS (SELECT FROM res_partner_res_partner_category_rel tag"
                    " WHERE tag.partner_id = p.id AND tag.category_id IN %s)",
                    tuple(self.category_ids.ids),
                )
            )
        return criteria

    @api.model
    def _get_segment_sql(self) -> SQL:
        """Return the segment of debtor ``p`` for the company of ``l``. Hook."""
        return SQL("p.btp_payer_segment")

    def _takes_every_consumer(self) -> bool:
        """Return whether no invoice of a consumer passes by this rule."""
        self.ensure_one()
        return (
            self.regime == "consumer"
            and self.subject == "invoice"
            and not any(
                self[name]
                for name in (
                    "company_id",
                    "amount_min",
                    "amount_max",
                    "category_ids",
                    "billing_stage",
                    "payer_segment",
                )
            )
        )
