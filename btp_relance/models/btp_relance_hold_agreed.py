# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .btp_relance_hold import Hold


class BtpRelanceHold(models.AbstractModel):
    """What was agreed with the customer: a promise, a plan. The rest is still chased."""

    _inherit = "btp.relance.hold"

    @api.model
    def _get_document_holds(self, today) -> list[Hold]:
        # EXTENDS btp_relance: what is agreed comes after what nobody can pay.
        return [
            *super()._get_document_holds(today),
            Hold(
                "promise",
                self.env._("Promised by the customer: the day has not passed"),
                self.env._(
                    "It ends by itself two working days after the day promised; an agent "
                    "cancels a promise noted by mistake."
                ),
                # Not correlated: read once, whatever the number of amounts due.
                SQL(
                    "(l.id IN (SELECT move_line_id FROM btp_promise_line"
                    " WHERE is_open AND amount > 0 AND hold_until >= %s))",
                    today,
                ),
                listed=False,
            ),
            Hold(
                "plan",
                self.env._("Paid by instalments"),
                self.env._(
                    "It ends with the plan: paid, not signed in time, or void after a "
                    "warning. A manager ends a plan by hand."
                ),
                SQL(
                    "(l.id IN (SELECT move_line_id FROM btp_payment_plan_source"
                    " WHERE is_live AND COALESCE(hold_until >= %s, TRUE)))",
                    today,
                ),
                listed=False,
            ),
        ]


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    @api.model
    def _flush_relation(self):  # pylint: disable=missing-return
        # EXTENDS btp_relance: what the holds above read.
        super()._flush_relation()
        for model in (
            "btp.promise",
            "btp.promise.line",
            "btp.payment.plan",
            "btp.payment.plan.source",
        ):
            self.env[model].flush_model()
