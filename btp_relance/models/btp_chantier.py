# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpChantier(models.Model):
    """A building contract on a site: what an invoice is about."""

    _name = "btp.chantier"
    _description = "Chantier"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "code desc, id desc"
    _check_company_auto = True
    _rec_names_search = ["code", "name"]

    name = fields.Char(required=True, tracking=True)
    code = fields.Char("Reference", index="trigram")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Conducteur de travaux",
        help="Knows the site: who to ask when the customer contests.",
        check_company=True,
    )
    city = fields.Char()
    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        check_company=True,
        help="Finds the chantier of past invoices whose lines are posted on it.",
    )
    sale_order_reference = fields.Char(
        "Sales Order",
        help="Number of the order, several with commas: finds the chantier of the invoices "
        "made from them.",
    )
    has_sales = fields.Boolean(compute="_compute_has_sales")
    scenario_id = fields.Many2one(
        "btp.relance.scenario",
        "Reminder Scenario",
        check_company=True,
        help="Overrides the scenario of the customer for this chantier.",
    )
    move_ids = fields.One2many("account.move", "btp_chantier_id", "Invoices")
    move_count = fields.Integer(compute="_compute_move_count")

    _company_code_uniq = models.UniqueIndex(
        "(company_id, code) WHERE code IS NOT NULL",
        "Another chantier of this company has this reference.",
    )

    @api.depends("name", "code")
    def _compute_display_name(self):
        for chantier in self:
            chantier.display_name = " – ".join(
                filter(None, [chantier.code, chantier.name])
            )

    def _compute_has_sales(self):
        self.has_sales = "sale.order" in self.env

    def _compute_move_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                [("btp_chantier_id", "in", self.ids)], ["btp_chantier_id"], ["__count"]
            )
        )
        for chantier in self:
            chantier.move_count = counts.get(chantier, 0)

    def action_view_moves(self):
        """Open the invoices of this chantier."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        return {
            **action,
            "domain": [("btp_chantier_id", "in", self.ids)],
            "context": {
                "default_move_type": "out_invoice",
                "default_btp_chantier_id": self.id,
                "default_partner_id": self.partner_id.id,
            },
        }

    def action_view_overdue(self):
        """Open the overdue amounts of this chantier."""
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance.btp_echeance_action"
        )
        return {
            **action,
            "domain": [("chantier_id", "in", self.ids), ("days_overdue", ">", 0)],
            "context": {},
        }

    def action_attach(self):
        """Propose the past invoices without chantier that are about this one."""
        self.ensure_one()
        self.check_access("write")
        return self.env["btp.attach"]._open(chantier=self)
