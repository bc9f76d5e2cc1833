# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..engine import deadlines


class BtpDirectAction(models.Model):
    """A subcontractor turns to the owner (loi 75-1334, art. 12 and 13).

    The owner owes what it still owed to the main contractor on the day it received its
    copy: both letters leave on the same day.
    """

    _name = "btp.direct.action"
    _description = "Action Directe"
    _inherit = "btp.by.person"

    owner_id = fields.Many2one(
        related="chantier_id.owner_id", string="Maître d'ouvrage"
    )
    state = fields.Selection(
        [
            ("draft", "To send"),
            ("sent", "Both letters sent"),
            ("exercised", "Owner asked to pay"),
            ("closed", "Closed"),
        ],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
    )
    sent_on = fields.Date("Both Letters Sent On", readonly=True, tracking=True)
    notice_number = fields.Char("Registered Letter to the Main Contractor")
    copy_number = fields.Char("Registered Letter to the Owner")
    notice_id = fields.Many2one("ir.attachment", "Mise en demeure", readonly=True)
    copy_id = fields.Many2one("ir.attachment", "Copy to the Owner", readonly=True)
    copy_received_on = fields.Date(
        "Copy Received by the Owner On",
        tracking=True,
        help="The owner is bound by what it still owes to the main contractor on that day "
        "(art. 13).",
    )
    exercise_from = fields.Date(
        "Owner May Be Sued From", compute="_compute_exercise_from", store=True
    )
    exercised_on = fields.Date("Owner Asked to Pay On", readonly=True, tracking=True)

    @api.depends("sent_on")
    def _compute_exercise_from(self):
        for action in self:
            sent = action.sent_on
            action.exercise_from = sent and deadlines.direct_action_from(sent)

    @api.constrains("chantier_id")
    def _check_chantier(self):
        for action in self:
            role = action.chantier_id.role
            if role == "subcontractor_direct":
                raise ValidationError(
                    self.env._(
                        "The public owner already pays you directly: send your request "
                        "to the titulaire (CCP R2193-11)."
                    )
                )
            if role != "subcontractor":
                raise ValidationError(
                    self.env._(
                        "Only a subcontractor has an action directe: correct our role on "
                        "the chantier if it is wrong."
                    )
                )
            if not action.chantier_id.owner_id:
                raise ValidationError(
                    self.env._("Type the maître d'ouvrage on the chantier first.")
                )

    # === ACTIONS === #

    def action_send(self):
        """Make both letters at once, and note that they left on the same day."""
        self._check_person()
        for action in self:
            action._check_sendable()
            name = action.chantier_id.display_name
            action.sudo().write(
                {
                    "sent_on": self.env["btp.echeance"]._get_today(),
                    "state": "sent",
                }
            )
            action.sudo().notice_id = action._keep_pdf(
                "btp_relance.direct_action_notice",
                self.env._("Mise en demeure – %s", name),
            )
            action.sudo().copy_id = action._keep_pdf(
                "btp_relance.direct_action_copy",
                self.env._("Copy to the owner – %s", name),
            )

    def _check_sendable(self):
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("These letters were sent already."))
        if not self.move_ids or self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise UserError(self.env._("Choose the invoices that are not paid."))
        if not self.notice_number or not self.copy_number:
            raise UserError(
                self.env._(
                    "Both registered letters leave on the same day: type the number of "
                    "each."
                )
            )

    def action_exercise(self):
        """Note that the owner was asked to pay, a month having passed."""
        self._check_person()
        today = self.env["btp.echeance"]._get_today()
        for action in self:
            if action.state != "sent":
                raise UserError(self.env._("Send both letters first."))
            if today < action.exercise_from:
                raise UserError(
                    self.env._(
                        "The main contractor has one month to pay: wait until %s.",
                        format_date(self.env, action.exercise_from),
                    )
                )
            action.sudo().write({"state": "exercised", "exercised_on": today})

    def action_close(self):
        """Close the file: paid, or left to a lawyer."""
        self._check_person()
        self.sudo().state = "closed"

    @api.model
    def _get_locked(self):
        return super()._get_locked() | {"notice_number", "copy_number"}

    def _get_letter_day(self):
        return self.sent_on or super()._get_letter_day()

    def _get_paper_facts(self, report) -> dict:
        """Each letter prints as it was kept, in the language of who reads it."""
        copy = report.report_name == "btp_relance.direct_action_copy"
        reader = self.owner_id if copy else self.partner_id
        return {
            "lang": reader.lang or self.env.lang,
            "archive": self.copy_id if copy else self.notice_id,
        }

    def action_print_notice(self):
        """Print the letter to the main contractor, to read it before it leaves."""
        return self.env.ref("btp_relance.direct_action_notice_action").report_action(
            self, config=False
        )

    def action_print_copy(self):
        """Print the letter to the owner."""
        return self.env.ref("btp_relance.direct_action_copy_action").report_action(
            self, config=False
        )
