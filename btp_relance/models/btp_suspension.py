# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..const import PUBLIC_REGIMES
from ..engine import deadlines

BASES = [
    ("l124_2", "Unpaid acompte (CCH L124-2)"),
    ("1799_1", "No payment guarantee (C. civ. 1799-1)"),
]


class BtpSuspension(models.Model):
    """Works that stop because the owner does not pay: a manager decides, nobody else.

    Wrongful where non-payment was justified: the person looks at disputes first.
    """

    _name = "btp.suspension"
    _description = "Suspension of Works"
    _inherit = "btp.by.person"

    basis = fields.Selection(BASES, required=True, default="l124_2", tracking=True)
    state = fields.Selection(
        [
            ("draft", "To notify"),
            ("notified", "Notified"),
            ("suspended", "Works suspended"),
            ("resumed", "Works resumed"),
            ("cancelled", "Given up"),
        ],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    notice_on = fields.Date(
        "Mise en demeure Received On",
        tracking=True,
        help="By registered letter. The 15 days run from there.",
    )
    tracking_number = fields.Char("Registered Letter No.")
    notice_id = fields.Many2one("ir.attachment", "Mise en demeure", readonly=True)
    earliest_on = fields.Date(
        "Works May Stop From", compute="_compute_earliest_on", store=True
    )
    suspended_on = fields.Date("Works Suspended On", readonly=True, tracking=True)
    resumed_on = fields.Date("Works Resumed On", readonly=True, tracking=True)
    note = fields.Text("Reasons")

    @api.depends("notice_on")
    def _compute_earliest_on(self):
        for suspension in self:
            notice = suspension.notice_on
            suspension.earliest_on = notice and deadlines.suspension_from(notice)

    @api.constrains("basis", "chantier_id")
    def _check_basis(self):
        for suspension in self:
            regime = suspension.chantier_id.regime
            if regime in PUBLIC_REGIMES:
                raise ValidationError(
                    self.env._(
                        "These articles are about private works: on a public contract, "
                        "read the clause of the CCAG on interruption."
                    )
                )
            if regime != "b2b":
                raise ValidationError(
                    self.env._(
                        "A consumer or a non-professional is outside %s: ask your counsel "
                        "before you stop works.",
                        dict(self._fields["basis"]._description_selection(self.env))[
                            suspension.basis
                        ],
                    )
                )
            if suspension.basis == "1799_1":
                suspension._check_guarantee_due()

    def _check_guarantee_due(self):
        """Refuse the ground of article 1799-1 where the contract is too small for it."""
        self.ensure_one()
        chantier, currency = self.chantier_id, self.currency_id
        threshold = self.company_id.btp_guarantee_threshold
        amount = chantier.amount_total - chantier.advance_amount
        if currency.compare_amounts(amount, threshold) <= 0:
            raise ValidationError(
                self.env._(
                    "Article 1799-1 of the Code civil asks for a guarantee above "
                    "%(threshold)s before tax, net of the deposit, and this contract is of "
                    "%(amount)s: correct the contract on the chantier, or choose the "
                    "unpaid acompte.",
                    threshold=currency.format(threshold),
                    amount=currency.format(amount),
                )
            )

    # === ACTIONS === #

    def action_print_notice(self):
        """Print the mise en demeure, to read it before it leaves."""
        return self.env.ref("btp_relance.suspension_notice_action").report_action(
            self, config=False
        )

    def action_notify(self):
        """Note that the owner received the mise en demeure."""
        self._check_person()
        for suspension in self:
            if not suspension.notice_on or not suspension.tracking_number:
                raise UserError(
                    self.env._(
                        "Type the number of the registered letter and the day on which "
                        "it was received."
                    )
                )
            if suspension.currency_id.compare_amounts(suspension.amount, 0) <= 0:
                raise UserError(
                    self.env._("Nothing is unpaid: choose the invoices that are late.")
                )
            notice = suspension._keep_pdf(
                "btp_relance.suspension_notice", self.env._("Mise en demeure")
            )
            suspension.sudo().write({"state": "notified", "notice_id": notice.id})

    def action_suspend(self):
        """Note that works stop today: the manager has decided it."""
        self._check_person()
        today = self.env["btp.echeance"]._get_today()
        for suspension in self:
            if suspension.state != "notified":
                raise UserError(self.env._("Notify the mise en demeure first."))
            if today <= suspension.earliest_on:
                raise UserError(
                    self.env._(
                        "Works may stop only once 15 days have passed without payment, "
                        "after %s.",
                        format_date(self.env, suspension.earliest_on),
                    )
                )
            if suspension.currency_id.compare_amounts(suspension.amount, 0) <= 0:
                raise UserError(
                    self.env._("These invoices are paid: there is nothing to stop for.")
                )
            suspension.sudo().write({"state": "suspended", "suspended_on": today})

    def action_resume(self):
        """Note that works go on again."""
        self._check_person()
        for suspension in self.filtered(lambda record: record.state == "suspended"):
            suspension.sudo().write(
                {
                    "state": "resumed",
                    "resumed_on": self.env["btp.echeance"]._get_today(),
                }
            )

    def action_cancel(self):
        """Give up a suspension that did not take place."""
        self._check_person()
        given_up = self.filtered(lambda record: record.state in ("draft", "notified"))
        given_up.sudo().state = "cancelled"

    # === BUSINESS === #

    def _get_paper_facts(self, report) -> dict:
        """The notice prints as it was kept."""
        return {"archive": self.notice_id}

    @api.model
    def _get_locked(self):
        return super()._get_locked() | {"basis", "notice_on", "tracking_number"}
