# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.btp_relance.const import PUBLIC_REGIMES

#: Days that the titulaire has to agree or to refuse; silent, it agreed (CCP R2193-12).
AGREE_DAYS = 15
OUR_ROLES = ("titulaire", "mandataire", "cotraitant")


class BtpDirectPayment(models.Model):
    """A subcontractor asks the public owner to pay it directly: we agree or refuse in time."""

    _name = "btp.direct.payment"
    _description = "Request for Direct Payment"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    #: Those to agree come first.
    _order = "state desc, agree_until, id"
    _check_company_auto = True

    chantier_id = fields.Many2one(
        "btp.chantier", required=True, check_company=True, index=True, readonly=True
    )
    company_id = fields.Many2one(
        related="chantier_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Subcontractor", required=True, check_company=True, readonly=True
    )
    move_id = fields.Many2one(
        "account.move",
        "Bill",
        check_company=True,
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    reference = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True)
    received_on = fields.Date(required=True, readonly=True)
    agree_until = fields.Date(
        compute="_compute_agree_until",
        store=True,
        help="Fifteen days from its reception: silent until then, we agreed (CCP R2193-12).",
    )
    state = fields.Selection(
        [
            ("to_agree", "To agree"),
            ("agreed", "Agreed"),
            ("refused", "Refused"),
        ],
        default="to_agree",
        required=True,
        readonly=True,
        tracking=True,
    )
    refused_reason = fields.Char("Why Refused")

    _once = models.UniqueIndex(
        "(move_id) WHERE move_id IS NOT NULL",
        "This bill is already a request for direct payment.",
    )

    @api.depends("received_on")
    def _compute_agree_until(self):
        for request in self:
            day = request.received_on
            request.agree_until = day and day + timedelta(days=AGREE_DAYS)

    @api.depends("partner_id", "reference")
    def _compute_display_name(self):
        for request in self:
            request.display_name = " – ".join(
                filter(None, [request.partner_id.name, request.reference])
            )

    def action_agree(self):
        """Agree: the owner pays the subcontractor."""
        self.check_access("write")
        waiting = self.filtered(lambda one: one.state == "to_agree")
        waiting.state = "agreed"
        waiting._end_task()

    def action_refuse(self):
        """Refuse, for the reason written on it."""
        self.check_access("write")
        for request in self.filtered(lambda one: one.state == "to_agree"):
            if not (request.refused_reason or "").strip():
                raise UserError(
                    self.env._("Say why: a refusal states its reasons (CCP R2193-12).")
                )
            request.state = "refused"
            request._end_task()

    def _end_task(self):
        """End the task that the bill gave: it is answered."""
        self.activity_feedback(["mail.mail_activity_data_todo"])


class BtpPaper(models.Model):
    _inherit = "btp.paper"

    def _plan_direct_payment(self, plan, partner, number, total):
        """Plan the request of a subcontractor whom the public owner pays directly."""
        chantier = self.chantier_id
        if (
            not chantier
            or chantier.role not in OUR_ROLES
            or chantier.regime not in PUBLIC_REGIMES
            or not self._is_subcontract(plan)
        ):
            return
        until = plan.arrival + timedelta(days=AGREE_DAYS)
        label = plan.env._(
            "%(name)s asks to be paid by the owner: agree or refuse until %(day)s",
            name=partner.display_name,
            day=plan.date(until),
        )

        def do():
            request = self.env["btp.direct.payment"].create(
                {
                    "chantier_id": chantier.id,
                    "partner_id": partner.id,
                    "move_id": self.move_id.id,
                    "reference": number,
                    "amount": total,
                    "received_on": plan.arrival,
                }
            )
            owner = chantier.user_id or self.company_id.btp_relance_user_id
            if owner:
                request.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=owner.id,
                    date_deadline=until,
                    summary=label,
                )
            return request, {}, label

        plan.call("direct", label, do, ("state",))
