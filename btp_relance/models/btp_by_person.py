# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError


class BtpByPerson(models.AbstractModel):
    """A step against a debtor that only a person takes: no job, no score ever does."""

    _name = "btp.by.person"
    _description = "Decision of a Person"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _check_company_auto = True
    _order = "create_date desc, id desc"
    _rec_name = "chantier_id"

    chantier_id = fields.Many2one(
        "btp.chantier",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    company_id = fields.Many2one(
        related="chantier_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    user_id = fields.Many2one(
        "res.users", "Decided By", default=lambda self: self.env.user, readonly=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Debtor",
        compute="_compute_partner_id",
        store=True,
        help="Who receives the mise en demeure.",
    )
    move_ids = fields.Many2many(
        "account.move",
        string="Unpaid Invoices",
        check_company=True,
        compute="_compute_move_ids",
        store=True,
        readonly=False,
    )
    amount = fields.Monetary(
        "Amount Claimed",
        compute="_compute_amount",
        help="Left to pay, taxes included, retention apart.",
    )

    # === COMPUTE === #

    @api.depends("chantier_id")
    def _compute_partner_id(self):
        for record in self:
            record.partner_id = record.chantier_id.partner_id.commercial_partner_id

    @api.depends("chantier_id")
    def _compute_move_ids(self):
        today = self.env["btp.echeance"]._get_today()
        for record in self:
            # Those that are late: what was chosen by hand for another chantier goes.
            lines = self.env["account.move.line"].search(
                [
                    ("move_id.btp_chantier_id", "=", record.chantier_id.id or 0),
                    ("move_id.move_type", "=", "out_invoice"),
                    ("parent_state", "=", "posted"),
                    ("display_type", "=", "payment_term"),
                    ("amount_residual", ">", 0),
                    # The invoice's own due date is that of its last instalment.
                    ("date_maturity", "<", today),
                ]
            )
            record.move_ids = lines.move_id

    @api.depends("move_ids.amount_residual_signed")
    def _compute_amount(self):
        for record in self:
            record.amount = sum(move._get_btp_unpaid() for move in record.move_ids)

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        self._check_person()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to people what only the buttons write, and to change what was notified."""
        if not self.env.su:
            locked = {
                name
                for name in vals
                if name in self._get_locked() or self._fields[name].readonly
            }
            if locked - self._get_locked() or (
                locked and any(record.state != "draft" for record in self)
            ):
                raise AccessError(
                    self.env._("What was notified stays as it is: use the buttons.")
                )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_notified(self):
        if self.filtered(lambda record: record.state != "draft"):
            raise UserError(
                self.env._("What was notified stays on file: only a draft is deleted.")
            )

    # === BUSINESS === #

    @api.model
    def _get_locked(self) -> set[str]:
        """Return the fields that say what was notified: nobody changes them after."""
        return {"chantier_id", "move_ids"}

    @api.model
    def _check_person(self):
        """Refuse whoever is not a manager in person: the scheduler is nobody."""
        if self.env.uid == SUPERUSER_ID or not self.env.user.has_group(
            "btp_relance.group_manager"
        ):
            raise AccessError(
                self.env._("Only a manager, in person, takes this decision.")
            )

    def _get_letter_day(self):
        """Return the date that stands on the letters."""
        return self.env["btp.echeance"]._get_today()

    def _keep_pdf(self, report, name: str):
        """Keep a letter as it is at this moment. Returns the attachment.

        :param str report: xml id of the report
        :param str name: name of the file
        """
        self.ensure_one()
        papers = self.env["ir.actions.report"]._render_paged(report, self)
        return self.env["ir.attachment"].create(
            {
                "name": f"{name}.pdf",
                "raw": papers[self.id],
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
