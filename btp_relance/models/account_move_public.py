# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..const import PUBLIC_REGIMES
from ..engine import deadlines


class AccountMove(models.Model):
    """The clock of a public buyer, and a subcontractor's direct payment."""

    _inherit = "account.move"

    btp_public_received_on = fields.Date(
        "Received by the Buyer On",
        copy=False,
        tracking=True,
        help="By the maître d'œuvre if the contract says so. On a portal: date of the "
        "e-mail that tells the buyer.",
    )
    btp_public_by_portal = fields.Boolean(
        "Through a Portal", default=True, help="Chorus Pro or another one."
    )
    btp_public_start = fields.Char(
        "Term Runs From",
        compute="_compute_btp_public_due_on",
        compute_sudo=True,
    )
    btp_public_due_on = fields.Date(
        "End of the Legal Term",
        compute="_compute_btp_public_due_on",
        compute_sudo=True,
        help="Empty while the buyer's interruption lasts, or before the DGD.",
    )
    btp_public_differs = fields.Boolean(
        compute="_compute_btp_public_differs", compute_sudo=True
    )
    btp_interrupted_on = fields.Date(
        "Interrupted On",
        copy=False,
        tracking=True,
        help="Date on which the buyer notified, with its reasons, that the request was "
        "incomplete. Once only (CCP R2192-27).",
    )
    btp_interruption_reason = fields.Char("Reason Given", copy=False, tracking=True)
    btp_completed_on = fields.Date(
        "Completed On",
        copy=False,
        tracking=True,
        help="Date on which the buyer received everything: a new term runs from there.",
    )
    btp_completed_first_on = fields.Date(
        "First Completed On",
        compute="_compute_btp_completed_first_on",
        store=True,
        help="Earliest day ever typed as that of the complete file: an interruption after "
        "it is a second one, even once that day is emptied.",
    )
    btp_is_direct_payment = fields.Boolean(
        compute="_compute_btp_is_direct_payment", compute_sudo=True
    )
    btp_direct_payment_requested_on = fields.Date(
        "Received by the Titulaire On",
        copy=False,
        tracking=True,
        help="Date on which the titulaire received the request for direct payment: he has "
        "15 days to agree or refuse (CCP R2193-12), then his silence counts as agreement.",
    )
    btp_direct_payment_answer = fields.Selection(
        [("agreed", "Agreed"), ("refused", "Refused, with reasons")],
        "Titulaire's Answer",
        copy=False,
        tracking=True,
    )
    btp_direct_payment_answered_on = fields.Date(
        "Answered On", copy=False, tracking=True
    )

    # === COMPUTE === #

    @api.depends("btp_completed_on")
    def _compute_btp_completed_first_on(self):
        for move in self:
            days = (move.btp_completed_first_on, move.btp_completed_on)
            move.btp_completed_first_on = min(filter(None, days), default=False)

    @api.depends("btp_chantier_id.role", "btp_regime")
    def _compute_btp_is_direct_payment(self):
        for move in self:
            move.btp_is_direct_payment = (
                move.btp_chantier_id.role == "subcontractor_direct"
            )

    @api.depends(
        "btp_billing_stage",
        "btp_chantier_id.date_dgd",
        "btp_chantier_id.role",
        "btp_completed_on",
        "btp_direct_payment_answer",
        "btp_direct_payment_answered_on",
        "btp_direct_payment_requested_on",
        "btp_interrupted_on",
        "btp_public_by_portal",
        "btp_public_received_on",
        "commercial_partner_id.btp_regime",
        "delivery_date",
        "invoice_date",
    )
    def _compute_btp_public_due_on(self):
        for move in self:
            start = move._get_btp_public_start()
            days = deadlines.PUBLIC_DAYS.get(move.commercial_partner_id.btp_regime)
            move.btp_public_start = (
                start and f"{format_date(self.env, start.date)} ({start.article})"
            )
            move.btp_public_due_on = start and deadlines.public_due(
                start.date, days, move.btp_interrupted_on, move.btp_completed_on
            )

    @api.depends("btp_public_due_on", "line_ids.date_maturity", "state")
    def _compute_btp_public_differs(self):
        for move in self:
            due = move.btp_public_due_on
            move.btp_public_differs = (
                due
                and move.state == "posted"
                and any(
                    line.date_maturity != due and not line.reconciled
                    for line in move._get_btp_clock_lines()
                )
            )

    # === CONSTRAINTS === #

    @api.constrains(
        "btp_completed_on",
        "btp_interrupted_on",
        "btp_interruption_reason",
        "partner_id",
    )
    def _check_btp_interruption(self):
        for move in self:
            if move.btp_completed_on and not move.btp_interrupted_on:
                raise ValidationError(
                    self.env._(
                        "Type the date of the interruption of %s first.", move.name
                    )
                )
            if move.btp_interrupted_on:
                move._check_btp_interrupted_on()

    def _check_btp_interrupted_on(self):
        """Refuse an interruption that the code of public procurement does not know."""
        start = self._get_btp_public_start()
        if self.commercial_partner_id.btp_regime not in PUBLIC_REGIMES:
            raise ValidationError(
                self.env._(
                    "Only a public buyer may interrupt its term: the term of %s goes on.",
                    self.commercial_partner_id.display_name,
                )
            )
        if not self.btp_interruption_reason:
            raise ValidationError(
                self.env._(
                    "Type the reasons that the buyer gave: an interruption without "
                    "reasons does not stop the term (CCP R2192-28)."
                )
            )
        if self.btp_completed_on and self.btp_completed_on < self.btp_interrupted_on:
            raise ValidationError(
                self.env._("The request cannot be complete before it was interrupted.")
            )
        over = self.btp_completed_first_on
        if over and self.btp_interrupted_on > over:
            raise ValidationError(
                self.env._(
                    "The buyer already interrupted the term of %(invoice)s, until "
                    "%(date)s: it may do so once only (CCP R2192-27). Answer that the "
                    "term goes on.",
                    invoice=self.name,
                    date=format_date(self.env, over),
                )
            )
        days = deadlines.PUBLIC_DAYS[self.commercial_partner_id.btp_regime]
        if start and not (
            start.date
            <= self.btp_interrupted_on
            <= deadlines.public_due(start.date, days)
        ):
            raise ValidationError(
                self.env._(
                    "The term of %s did not run on that day: nothing was left to "
                    "interrupt. Check the dates.",
                    self.name,
                )
            )

    # === CRUD === #

    def write(self, vals):
        # EXTENDS account
        clock = self.browse()
        if "btp_interrupted_on" in vals or "btp_completed_on" in vals:
            clock = self.filtered(lambda move: move.state == "posted")
            if not vals.get("btp_interrupted_on", True):
                vals = {**vals, **self._take_back_btp_interruption()}
        result = super().write(vals)
        if clock:
            clock._apply_btp_public_due()
            self.env["btp.relance.line"]._on_ledger_change(clock.line_ids)
        return result

    def _take_back_btp_interruption(self) -> dict:
        """Return what is written when an interruption turns out never to have been.

        :raise UserError: the file was complete since, and this person is no manager
        """
        ended = self.filtered("btp_completed_first_on")
        if ended and not self.env.user.has_group("btp_relance.group_manager"):
            raise UserError(
                self.env._(
                    "The interruption of %(invoice)s was over on %(date)s: ask a manager of "
                    "reminders to take it back if it never took place.",
                    invoice=ended[0].name,
                    date=format_date(self.env, ended[0].btp_completed_first_on),
                )
            )
        return {"btp_completed_on": False, "btp_completed_first_on": False}

    # === ACTIONS === #

    def action_apply_btp_public_due(self):
        """Move the due date to the end of the legal term."""
        self.check_access("write")
        self._apply_btp_public_due()

    # === BUSINESS === #

    def _get_btp_public_start(self):
        """Return from when a public buyer's term runs, ``None`` if it does not.

        :rtype: deadlines.Start
        """
        self.ensure_one()
        if self.commercial_partner_id.btp_regime not in PUBLIC_REGIMES:
            return None
        if self.btp_chantier_id.role == "subcontractor_direct":
            if self.btp_direct_payment_answer == "refused":
                return None
            return deadlines.direct_payment_start(
                self.btp_direct_payment_requested_on,
                self.btp_direct_payment_answer and self.btp_direct_payment_answered_on,
            )
        return deadlines.public_start(
            self.invoice_date,
            self.btp_public_received_on,
            self.btp_public_by_portal,
            self.delivery_date,
            self.btp_billing_stage == "final",
            self.btp_chantier_id.date_dgd,
        )

    def _apply_btp_public_due(self):
        """Date the receivable lines at the end of the legal term, and say so."""
        for move in self.filtered("btp_public_differs"):
            due = move.btp_public_due_on
            lines = move._get_btp_clock_lines().filtered(
                lambda line, due=due: not line.reconciled and line.date_maturity != due
            )
            before = ", ".join(
                sorted(
                    {
                        format_date(self.env, day)
                        for day in lines.mapped("date_maturity")
                    }
                )
            )
            lines.with_context(skip_invoice_sync=True).date_maturity = due
            move.with_context(skip_invoice_sync=True).invoice_date_due = due
            move.message_post(
                body=self.env._(
                    "Due date moved from %(before)s to %(due)s, end of the legal term.",
                    before=before,
                    due=format_date(self.env, due),
                )
            )
            self.env["btp.relance.line"]._on_ledger_change(lines)
