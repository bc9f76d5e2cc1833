# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: Invoices without any proposal that are listed all the same, to be filled by hand.
MAX_UNKNOWN = 80


class BtpAttach(models.TransientModel):
    """Past invoices and the chantier proposed for each, with what it is proposed on."""

    _name = "btp.attach"
    _description = "Attach Past Invoices"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    chantier_id = fields.Many2one(
        "btp.chantier",
        readonly=True,
        check_company=True,
        help="Empty: every chantier of the company is looked at.",
    )
    line_ids = fields.One2many("btp.attach.line", "attach_id", "Invoices")
    unknown_count = fields.Integer(
        "Invoices Without Proposal", readonly=True, help="Not listed."
    )
    selected_count = fields.Integer(compute="_compute_selected_count")

    @api.depends("line_ids.selected", "line_ids.chantier_id")
    def _compute_selected_count(self):
        for wizard in self:
            wizard.selected_count = len(wizard._get_selected_lines())

    def action_attach(self):
        """Write the chantier on the invoices ticked, and on nothing else."""
        self.ensure_one()
        lines = self._get_selected_lines()
        if not lines:
            raise UserError(
                self.env._("Tick the invoices to attach, each with its chantier.")
            )
        # Somebody may have attached one meanwhile: it is theirs.
        free = lines.filtered(lambda line: not line.move_id.btp_chantier_id)
        for chantier, group in free.grouped("chantier_id").items():
            group.move_id.write({"btp_chantier_id": chantier.id})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Invoices attached: %s", len(free)),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_select_all(self):
        """Tick every line that has a chantier."""
        self.ensure_one()
        self.line_ids.filtered("chantier_id").selected = True
        return self._get_action()

    def action_select_none(self):
        """Untick every line."""
        self.ensure_one()
        self.line_ids.selected = False
        return self._get_action()

    def _get_selected_lines(self):
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.selected and line.chantier_id)

    def _get_action(self) -> dict:
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach Past Invoices"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            # What it is proposed on must be read without widening columns.
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _open(self, moves=None, chantier=None) -> dict:
        """Return the action that shows the proposals.

        :param moves: the invoices to look at; None: all of the company
        :param chantier: only what is about this chantier; None: about any
        """
        companies = (moves if chantier is None else chantier).company_id
        if len(companies) > 1:
            raise UserError(self.env._("Select invoices of one company at a time."))
        company = companies or self.env.company
        proposals = self._get_proposals(company, moves, chantier)
        wizard = self.create(
            {
                "company_id": company.id,
                "chantier_id": chantier and chantier.id,
            }
        )
        known = [values for values in proposals if values["chantier_id"]]
        unknown = [values for values in proposals if not values["chantier_id"]]
        listed = known + ([] if chantier else unknown[:MAX_UNKNOWN])
        if not listed:
            raise UserError(
                self.env._(
                    "No invoice without chantier was found to be about it: the chantier's "
                    "reference, contract, purchase order, sales order and analytic account "
                    "were looked for. Choose the chantier on the invoice itself."
                )
                if chantier
                else self.env._(
                    "Each of these invoices has its chantier already, or is no customer "
                    "invoice."
                )
            )
        self.env["btp.attach.line"].create(
            [{"attach_id": wizard.id, **values} for values in listed]
        )
        wizard.unknown_count = 0 if chantier else len(unknown[MAX_UNKNOWN:])
        return wizard._get_action()


class BtpAttachLine(models.TransientModel):
    """An invoice without chantier."""

    _name = "btp.attach.line"
    _description = "Invoice to Attach"
    _order = "selected desc, partner_id, invoice_date desc, id"
    _check_company_auto = True

    attach_id = fields.Many2one(
        "btp.attach", "Proposals", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="attach_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    selected = fields.Boolean("Tick")
    move_id = fields.Many2one(
        "account.move", "Invoice", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    invoice_date = fields.Date(related="move_id.invoice_date")
    amount = fields.Monetary("Total", related="move_id.amount_total_signed")
    state = fields.Selection(related="move_id.state")
    chantier_id = fields.Many2one(
        "btp.chantier", domain="[('company_id', '=', company_id)]", check_company=True
    )
    evidence = fields.Char("Why", readonly=True)

    @api.onchange("chantier_id")
    def _onchange_chantier_id(self):
        """What a person chose by hand is meant."""
        self.selected = bool(self.chantier_id)
