# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import REGIME_GROUPS
from ..engine.routing import Route, StepFacts, routes


class BtpRelanceScenario(models.Model):
    """A series of steps around the due date."""

    _name = "btp.relance.scenario"
    _description = "Reminder Scenario"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", help="Empty: every company may use this scenario."
    )
    description = fields.Text(translate=True)
    first_contact = fields.Selection(
        [
            ("first", "At the first step after the due date"),
            ("age", "According to age"),
        ],
        default="first",
        required=True,
        help="Where a debt that was never reminded begins when it is found late. "
        "It never begins at a step that waits for approval.",
    )
    step_ids = fields.One2many("btp.relance.step", "scenario_id", "Steps", copy=True)
    rule_ids = fields.One2many("btp.relance.rule", "scenario_id", "Rules")
    step_count = fields.Integer(compute="_compute_step_count")
    allow_plan = fields.Boolean(
        "Instalments",
        default=True,
        help="Customers under this scenario may ask for instalments, within the limits of "
        "the company.",
    )

    @api.depends("step_ids")
    def _compute_step_count(self):
        for scenario in self:
            scenario.step_count = len(scenario.step_ids)

    @api.constrains("company_id")
    def _check_company_use(self):
        """Refuse to give one company a scenario that another one uses."""
        for scenario in self.filtered("company_id").sudo():
            others = self.env["res.company"].sudo().search([]) - scenario.company_id
            users = others.filtered(
                lambda company, s=scenario: company.btp_default_scenario_id == s
            )
            for model, field in (
                ("btp.chantier", "scenario_id"),
                ("btp.relance.rule", "scenario_id"),
                ("account.move", "btp_scenario_id"),
            ):
                domain = [(field, "=", scenario.id), ("company_id", "in", others.ids)]
                users |= self.env[model].sudo().search(domain).company_id
            if users:
                raise ValidationError(
                    self.env._(
                        "The scenario “%(scenario)s” is used by %(companies)s: copy it "
                        "instead.",
                        scenario=scenario.name,
                        companies=", ".join(users.mapped("name")),
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        lines = self.env["btp.relance.line"].sudo()
        used = lines.search([("step_id.scenario_id", "in", self.ids)], limit=1)
        if used:
            raise ValidationError(
                self.env._(
                    "The scenario “%s” was already used: archive it, its history stays "
                    "readable.",
                    used.step_id.scenario_id.name,
                )
            )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for scenario, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%s (copy)", scenario.name)
        return vals_list

    def _reaches_consumers(self) -> bool:
        """Return whether consumers may be written to by this scenario: a rule sends them
        there, somebody chose it for one of them, or no rule takes them elsewhere."""
        self.ensure_one()
        rules = self.env["btp.relance.rule"].sudo().search([])
        if self in rules.filtered(lambda rule: rule.regime == "consumer").scenario_id:
            return True
        chosen = [
            ("btp_scenario_id", "=", self.id),
            ("btp_regime", "in", REGIME_GROUPS["consumer"]),
        ]
        if self.env["res.partner"].sudo().search_count(chosen, limit=1):
            return True
        default = [("btp_default_scenario_id", "=", self.id)]
        elsewhere = rules.filtered(lambda rule: rule._takes_every_consumer())
        return not elsewhere and bool(
            self.env["res.company"].sudo().search_count(default, limit=1)
        )

    def _get_routes(self, first_contact: str | None = None) -> dict[int, list[Route]]:
        """Return the routes of each scenario, by its id (see ``engine.routing``).

        :param first_contact: ``first`` or ``age`` (default: as each scenario says)
        """
        steps = self.env["btp.relance.step"].search(
            [("scenario_id", "in", self.ids), ("kind", "=", "reminder")]
        )
        by_scenario = steps.grouped("scenario_id")
        return {
            scenario.id: routes(
                [
                    StepFacts(
                        step.id,
                        step.days,
                        preventive=step.tone == "preventive",
                        entry=step.approval == "auto",
                    )
                    for step in by_scenario.get(scenario, [])
                ],
                start_by_age=(first_contact or scenario.first_contact) == "age",
            )
            for scenario in self
        }
