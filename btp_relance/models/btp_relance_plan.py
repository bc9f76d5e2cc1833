# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import PUBLIC_REGIMES
from ..engine.plan import MAX_COUNT
from .btp_relance_facts import fact


class BtpRelance(models.Model):
    """Whether a message offers instalments: where the scenario and the company allow it."""

    _inherit = "btp.relance"

    offers_plan = fields.Boolean(
        "Offers Instalments",
        compute="_compute_offers_plan",
        compute_sudo=True,
        help="The scenario and the limits of the company allow instalments for what this "
        "message asks for.",
    )
    text_instalments = fact(
        "Text: Instalments Offered",
        "_compute_text_instalments",
        help="“4”: the most instalments. Empty where none are offered.",
    )

    @api.depends("step_id", "company_id", "partner_id", "line_ids.amount_residual")
    def _compute_offers_plan(self):
        failed = self._get_plan_failed()
        for relance in self:
            relance.offers_plan = (
                relance.kind == "reminder"
                and relance.step_id.scenario_id.allow_plan
                and relance.company_id.btp_plan_active
                and relance.partner_id.btp_regime not in PUBLIC_REGIMES
                and (relance.company_id, relance.partner_id) not in failed
                and relance._get_plan_count() >= 2
            )

    @api.depends_context("lang")
    @api.depends("offers_plan")
    def _compute_text_instalments(self):
        for relance in self:
            count = relance.offers_plan and relance._get_plan_count()
            relance.text_instalments = count and str(count)

    def _get_plan_count(self) -> int:
        """Return the most instalments of what is asked for, by its amount; 0 for none."""
        self.ensure_one()
        counts = []
        for amount, currency in self._get_asked_amounts():
            limits = self.company_id._get_btp_plan_limits(currency)
            if limits.greatest and amount > limits.greatest:
                return 0
            count = limits.count or MAX_COUNT
            if limits.least:
                count = min(count, int(amount / float(limits.least)))
            counts.append(count)
        return min(counts, default=0)

    def _get_plan_failed(self) -> set:
        """Return the debtors with a plan under way, or one that they did not keep."""
        groups = (
            self.env["btp.payment.plan"]
            .sudo()
            ._read_group(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("partner_id", "in", self.partner_id.ids),
                    ("state", "in", ("requested", "to_sign", "active", "void")),
                ],
                ["company_id", "partner_id"],
            )
        )
        return set(groups)
