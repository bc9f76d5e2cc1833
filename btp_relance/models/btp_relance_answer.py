# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpRelance(models.Model):
    """The answers to a reminder."""

    _inherit = "btp.relance"

    answer_ids = fields.One2many("btp.answer", "relance_id", "Answers", readonly=True)
    answer_count = fields.Integer(compute="_compute_answer_count")

    @api.depends("answer_ids")
    def _compute_answer_count(self):
        for relance in self:
            relance.answer_count = len(relance.answer_ids)

    # === ACTIONS === #

    def action_read_answers(self):
        """Open the first answer that waits, with what it proposes."""
        self.ensure_one()
        waiting = self.answer_ids.filtered(lambda answer: answer.state == "to_read")
        answer = waiting.sorted("id")[:1] or self.answer_ids.sorted("id")[-1:]
        if not answer:
            return self.action_open_form()
        return answer._open() | {"target": "current"}

    def action_mark_read(self):
        """Take the answers off the desk: somebody has read them."""
        result = super().action_mark_read()
        self.sudo().answer_ids._mark_read()
        return result

    # === BUSINESS === #

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail: what comes by e-mail is read.
        result = super()._message_post_after_hook(message, msg_values)
        if self.env["btp.answer"]._is_from_outside(message):
            for relance in self:
                self.env["btp.answer"]._receive(
                    message,
                    {
                        "company_id": relance.company_id.id,
                        "partner_id": relance.partner_id.id,
                        "relance_id": relance.id,
                        "user_id": relance.sudo()._get_agent().id,
                    },
                )
        return result

    def _sync_unread(self):
        """Let the desk show whether an answer waits."""
        for relance in self.sudo():
            waiting = "to_read" in relance.answer_ids.mapped("state")
            if relance.answer_unread != waiting:
                relance.answer_unread = waiting


class BtpConfirmation(models.Model):
    """Whoever answers a confirmation answers us all the same."""

    _inherit = "btp.confirmation"

    def _message_post_after_hook(self, message, msg_values):
        # EXTENDS mail
        result = super()._message_post_after_hook(message, msg_values)
        if self.env["btp.answer"]._is_from_outside(message):
            for confirmation in self:
                relance = confirmation.relance_id
                answer = self.env["btp.answer"]._receive(
                    message,
                    {
                        "company_id": confirmation.company_id.id,
                        "partner_id": confirmation.partner_id.commercial_partner_id.id,
                        "relance_id": relance.id,
                        "user_id": (
                            confirmation.user_id
                            or confirmation.company_id.sudo().btp_relance_user_id
                        ).id,
                    },
                )
                answer._note("answer")
        return result


class BtpRelanceEngine(models.AbstractModel):
    """Customers who complained are written to by a person."""

    _inherit = "btp.relance.engine"

    @api.model
    def _make_relances(self, today=None):
        # EXTENDS btp_relance
        relances = super()._make_relances(today)
        relances.filtered(
            lambda relance: (
                relance.state == "approved" and relance.partner_id.sudo().btp_with_care
            )
        ).write({"state": "proposed"})
        return relances


class ResPartner(models.Model):
    _inherit = "res.partner"

    btp_with_care = fields.Boolean(
        "Handle With Care",
        company_dependent=True,
        copy=False,
        help="A person approves each reminder: this customer complained about our tone.",
        groups="base.group_user",
    )
