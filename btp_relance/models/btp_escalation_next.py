# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class BtpEscalation(models.Model):
    """What is at hand to settle a case: whom to call, what to open."""

    _inherit = "btp.escalation"

    contact_id = fields.Many2one(
        "res.partner", "Whom to Call", compute="_compute_contact_id"
    )
    phone = fields.Char(compute="_compute_contact_id")
    origin = fields.Char("About", compute="_compute_origin")

    @api.depends("partner_id.phone", "partner_id.btp_relance_contact_id")
    def _compute_contact_id(self):
        """The contact of the last reminder, else the customer's own number."""
        last = dict(
            self.env["btp.relance"]
            .sudo()
            ._read_group(
                [
                    ("partner_id", "in", self.partner_id.ids),
                    ("kind", "=", "reminder"),
                    ("state", "!=", "cancelled"),
                ],
                ["partner_id"],
                ["id:max"],
            )
        )
        for case in self:
            partner = case.partner_id
            relance = self.env["btp.relance"].sudo().browse(last.get(partner, []))
            contact = (
                partner.sudo().btp_relance_contact_id or relance.contact_id or partner
            )
            if not contact.sudo()._btp_get_phone():
                contact = partner
            case.contact_id = contact
            case.phone = contact.sudo()._btp_get_phone()

    @api.depends_context("uid")
    @api.depends("res_model", "res_id")
    def _compute_origin(self):
        for case in self:
            record = case._get_origin()
            readable = record and record.has_access("read")
            case.origin = record.display_name if readable else False

    def _get_origin(self):
        """Return the record that the case is about, where it still exists."""
        self.ensure_one()
        return self._get_about().exists() or None

    def _get_about(self):
        """Return the record that the case is about, even where it is gone."""
        known = self.res_model if self.res_model in self.env else "res.partner"
        return self.env[known].browse(self.res_id or None)

    def _get_plan_action(self) -> dict:
        """Return the wizard that proposes instalments on what is still at stake."""
        self.ensure_one()
        lines = self.sudo().line_ids.filtered(lambda line: not line.reconciled)
        about = (
            {"active_model": "btp.echeance", "active_ids": lines.ids}
            if lines
            else {"active_model": "res.partner", "active_ids": self.partner_id.ids}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose Instalments"),
            "res_model": "btp.payment.plan.wizard",
            "view_mode": "form",
            "target": "new",
            "context": about,
        }

    # === ACTIONS === #

    def action_open_form(self):
        """Open this case."""
        self.check_access("read")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_open_partner(self):
        """Open the customer."""
        self.check_access("read")
        self.ensure_one()
        return self.partner_id.get_formview_action()

    def action_open_origin(self):
        """Open the promise, dispute or answer that the case is about."""
        self.check_access("read")
        self.ensure_one()
        record = self._get_origin()
        if not record:
            raise UserError(self.env._("What this case was about is no longer there."))
        return record.get_formview_action()

    def action_call(self):
        """Dial the number: on a phone, or with the softphone of the computer."""
        self.check_access("write")
        self.ensure_one()
        if not self.phone:
            raise UserError(
                self.env._(
                    "%s has no number that can be called: type one on the customer.",
                    self.partner_id.name,
                )
            )
        self._act()
        number = "".join(c for c in self.phone if c.isdigit() or c == "+")
        return {"type": "ir.actions.act_url", "url": f"tel:{number}", "target": "self"}

    def action_propose_plan(self):
        """Open a payment plan on what is at stake, to propose it to the customer."""
        self.check_access("write")
        self.ensure_one()
        self._act()
        return self._get_plan_action()

    def action_open_legal_file(self):
        """Make the litigation file of what the customer owes, and open it."""
        self.check_access("write")
        self.ensure_one()
        self.env["btp.litigation"].check_access("read")
        self._act()
        return self.partner_id.with_company(self.company_id).action_btp_litigation()


class ResPartner(models.Model):
    _inherit = "res.partner"

    btp_escalation_count = fields.Integer(
        "To Settle",
        compute="_compute_btp_escalation_count",
        groups="btp_relance.group_agent",
    )

    def _compute_btp_escalation_count(self):
        counts = dict(
            self.env["btp.escalation"]._read_group(
                [
                    ("partner_id", "in", self.commercial_partner_id.ids),
                    ("state", "=", "open"),
                ],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.btp_escalation_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_btp_escalations(self):
        """Open the cases of this customer, those that are open first."""
        self.env["btp.escalation"].check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_escalation_action"
        )
        action["domain"] = [("partner_id", "in", self.commercial_partner_id.ids)]
        action["context"] = {"search_default_open": 1}
        action["view_mode"] = "list,form"
        action["views"] = [(False, "list"), (False, "form")]
        return action
