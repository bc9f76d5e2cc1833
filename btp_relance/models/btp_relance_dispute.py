# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class BtpRelance(models.Model):
    """What is contested on the invoices of a reminder."""

    _inherit = "btp.relance"

    dispute_count = fields.Integer(compute="_compute_dispute_count")

    @api.depends("line_ids.move_id")
    def _compute_dispute_count(self):
        for relance in self:
            relance.dispute_count = len(relance._get_disputes())

    def _get_disputes(self):
        """Return the open disputes on the invoices listed, and those that it led to."""
        self.ensure_one()
        return self.env["btp.dispute"].search(
            [
                "|",
                ("relance_id", "=", self.id),
                "&",
                ("state", "=", "open"),
                ("move_id", "in", self.line_ids.move_id.ids),
            ]
        )

    # === ACTIONS === #

    def action_view_disputes(self):
        """Open the disputes that this reminder is about."""
        self.ensure_one()
        return self._get_disputes()._get_list_action()

    def action_open_dispute(self):
        """Write down what the customer contests of this reminder."""
        self.ensure_one()
        self.check_access("write")
        moves = self.line_ids.filtered("step_id").move_id or self.line_ids.move_id
        return self.env["btp.dispute"]._get_opening_action(
            default_move_id=moves[:1].id,
            default_relance_id=self.id,
            default_contact_id=self.contact_id.id,
        )

    # === BUSINESS === #

    def _open_disputes(self, reason: str | None, note: str | None):
        """Open the disputes that a call led to, on each invoice that was called about.

        :param reason: a reason of ``btp.dispute`` (default: another one)
        :param note: what was said
        """
        for move in self.line_ids.filtered("step_id").move_id:
            try:
                with self.env.cr.savepoint():
                    self.env["btp.dispute"]._open(
                        move,
                        reason or "other",
                        note,
                        source="call",
                        relance=self,
                    )
            except UserError:
                # Paid, or contested in full before the call: nothing is left to hold.
                continue

    def _get_contested_totals(self) -> list[tuple]:
        """Return what is contested of the amounts listed: ``(amount, currency)`` pairs."""
        self.ensure_one()
        lines = (self.overdue_line_ids | self.coming_line_ids).filtered("contested")
        return [
            (currency.round(sum(group.mapped("contested"))), currency)
            for currency, group in lines.grouped("currency_id").items()
        ]

    @api.model
    def get_my_day(self) -> list[dict]:
        # EXTENDS btp_relance
        figures = super().get_my_day()
        disputes = self.env["btp.dispute"]
        mine = [("company_id", "=", self.env.company.id), ("state", "=", "open")]
        count = disputes.search_count(mine)
        if not count:
            return figures
        late = disputes.search_count([*mine, ("is_late", "=", True)])
        return [
            *figures,
            {
                "label": self.env._("Disputes to answer"),
                "value": f"{late} / {count}" if late else str(count),
                "action": "btp_relance.btp_dispute_action",
                "context": {"search_default_open": 1},
            },
        ]


class BtpDispute(models.Model):
    _inherit = "btp.dispute"

    def _get_list_action(self) -> dict:
        """Return the action that shows these disputes."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_dispute_action"
        )
        return {**action, "domain": [("id", "in", self.ids)], "context": {}}

    @api.model
    def _get_opening_action(self, **context) -> dict:
        """Return the action of the form by which a person opens a dispute."""
        self.env["btp.dispute.opening"].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Is Contested?"),
            "res_model": "btp.dispute.opening",
            "view_mode": "form",
            "target": "new",
            "context": context,
        }


class AccountMove(models.Model):
    _inherit = "account.move"

    btp_dispute_ids = fields.One2many(
        "btp.dispute", "move_id", "Disputes", groups="btp_relance.group_agent"
    )
    btp_dispute_count = fields.Integer(
        compute="_compute_btp_dispute_count", groups="btp_relance.group_agent"
    )

    @api.depends("btp_dispute_ids")
    def _compute_btp_dispute_count(self):
        for move in self:
            move.btp_dispute_count = len(move.btp_dispute_ids)

    def action_btp_open_dispute(self):
        """Write down what the customer contests of this invoice."""
        self.ensure_one()
        return self.env["btp.dispute"]._get_opening_action(default_move_id=self.id)

    def action_view_btp_disputes(self):
        """Open the disputes on this invoice."""
        return self.btp_dispute_ids._get_list_action()


class ResPartner(models.Model):
    _inherit = "res.partner"

    btp_dispute_count = fields.Integer(
        compute="_compute_btp_dispute_count", groups="btp_relance.group_agent"
    )

    def _compute_btp_dispute_count(self):
        counts = dict(
            self.env["btp.dispute"]._read_group(
                [("partner_id", "in", self.commercial_partner_id.ids)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.btp_dispute_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_btp_disputes(self):
        """Open the disputes of this customer."""
        disputes = self.env["btp.dispute"].search(
            [("partner_id", "in", self.commercial_partner_id.ids)]
        )
        return disputes._get_list_action()


class BtpChantier(models.Model):
    _inherit = "btp.chantier"

    dispute_count = fields.Integer(compute="_compute_dispute_count")

    def _compute_dispute_count(self):
        counts = dict(
            self.env["btp.dispute"]
            .sudo()
            ._read_group(
                [("chantier_id", "in", self.ids)], ["chantier_id"], ["__count"]
            )
        )
        for chantier in self:
            chantier.dispute_count = counts.get(chantier, 0)

    def action_view_disputes(self):
        """Open the disputes on this chantier."""
        disputes = self.env["btp.dispute"].search([("chantier_id", "in", self.ids)])
        return disputes._get_list_action()
