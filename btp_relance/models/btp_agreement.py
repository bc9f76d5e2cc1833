# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import split_every

from ..const import BATCH

_logger = logging.getLogger(__name__)


class BtpAgreement(models.AbstractModel):
    """What promises and instalment plans share: amounts due about which something was
    agreed with a customer, and a state that nobody types."""

    _name = "btp.agreement"
    _description = "Something Agreed with a Customer"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _check_company_auto = True

    #: Begins the reference; the field of the amounts due, and which of them are held.
    _reference_letter = ""
    _lines_field = "line_ids"
    _held_field = "is_open"

    reference = fields.Char(compute="_compute_reference")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one("res.partner", readonly=True)
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, index=True, check_company=True
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    move_ids = fields.Many2many("account.move", compute="_compute_move_ids")
    next_step = fields.Char(
        "What Comes Next", compute="_compute_next_step", compute_sudo=True
    )
    user_id = fields.Many2one("res.users", "Followed Up By", index=True)

    # === COMPUTE METHODS === #

    def _compute_reference(self):
        for record in self:
            record.reference = (
                f"{self._reference_letter}-{record.id:06d}" if record.id else False
            )

    @api.depends(lambda self: (f"{self._lines_field}.move_id",))
    def _compute_move_ids(self):
        for record in self:
            record.move_ids = record[self._lines_field].move_id

    @api.depends_context("lang")
    @api.depends(lambda self: ("state", f"{self._lines_field}.move_line_id"))
    def _compute_next_step(self):
        echeances = self.env["btp.echeance"]
        echeances.invalidate_model()
        self.next_step = False
        for company, records in self.grouped("company_id").items():
            # An amount due has the number of its journal item.
            due = (
                echeances.with_company(company)
                .search([("id", "in", records._get_due_lines().ids)])
                .filtered("next_step_id")
                .sorted(lambda one: (one.next_date, one.id))
            )
            for record in records:
                ids = set(record._get_due_lines().ids)
                first = due.filtered(lambda one, ids=ids: one.id in ids)[:1]
                record.next_step = first and first._why_next()

    # === CRUD === #

    def write(self, vals):
        """Refuse to people what only the ledger and the buttons write."""
        if not self.env.su:
            locked = [name for name in vals if self._fields[name].readonly]
            if locked:
                raise AccessError(
                    self.env._("Use the buttons: “%s” cannot be written.", locked[0])
                )
        return super().write(vals)

    # === ACTIONS === #

    def action_view_moves(self):
        """Open the invoices that it is about."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Invoices"),
            "res_model": "account.move",
            "view_mode": "list,form",
            "domain": [("id", "in", self.move_ids.ids)],
        }

    # === BUSINESS === #

    def _get_due_lines(self):
        """Return the journal items about which something was agreed."""
        return self[self._lines_field].move_line_id

    def _get_today(self):
        return self.env["btp.echeance"].with_company(self.company_id)._get_today()

    def _in_company(self):
        """Return this record in its company's name and language."""
        self.ensure_one()
        company = self.company_id
        reader = company.btp_relance_user_id.partner_id or company.partner_id
        return self.with_company(company).with_context(
            lang=reader.lang or self.env.lang
        )

    @api.model
    def _find_agent(self, partner, company, relance):
        """Return who follows up what is agreed with a debtor."""
        debtor = partner.commercial_partner_id.with_company(company).sudo()
        return (
            (relance and relance.sudo().user_id)
            or debtor.btp_relance_user_id
            or company.btp_relance_user_id
        )

    @api.model
    def _get_bar(self, partner, company, lines) -> str | bool:
        """Return why nothing can be agreed, whoever asks. Hook."""
        if bar := lines._get_btp_bar(partner, company):
            return bar
        live = self.env["btp.payment.plan.source"].search(
            [("move_line_id", "in", lines.ids), ("is_live", "=", True)], limit=1
        )
        return bool(live) and self.env._(
            "An instalment plan already covers %s.", live.move_id.name
        )

    def _is_taken(self) -> bool:
        """Return whether another one holds the same amounts due."""
        lines = self._fields[self._lines_field]
        return bool(
            self.env[lines.comodel_name].search_count(
                [
                    ("move_line_id", "in", self._get_due_lines().ids),
                    (self._held_field, "=", True),
                    (lines.inverse_name, "!=", self.id),
                ],
                limit=1,
            )
        )

    def _sync(self):
        """Let the database see what is held: it counts one holder an amount due."""
        self.flush_recordset()
        self[self._lines_field].flush_recordset()

    def _note(self, kind: str, detail: str | None = None, **values):
        """Write in the journal what became of these records.

        :param str kind: of ``btp.relance.event``
        :param str detail: one sentence
        """
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "detail": " – ".join(filter(None, [record._say_noted(), detail])),
                    **record._get_event_about(),
                    **values,
                }
                for record in self
            ]
        )

    def _say(self) -> str:
        """Return in words what was agreed. Each model says."""
        raise NotImplementedError

    def _say_noted(self) -> str:
        """Return what was agreed as the journal says it. Hook."""
        return self._say()

    def _get_event_about(self) -> dict:
        """Return what a row of the journal is about: the reminder, else the debtor."""
        self.ensure_one()
        if self.relance_id:
            return {"relance_id": self.relance_id.id}
        return {
            "company_id": self.company_id.id,
            "debtor_ref": self.partner_id.id,
            "debtor_name": self.partner_id.display_name,
        }

    # === WORK ON MANY === #

    def _each(self, work):
        """Do something for each record; a bad one never stops the others.

        :param work: a function of one record, in its company's name
        """
        for record in self:
            try:
                with self.env.cr.savepoint():
                    work(record._in_company())
            except psycopg2.errors.SerializationFailure:
                raise
            except Exception as error:
                _logger.exception(
                    "%s %s cannot be followed: %s",
                    self._name,
                    record.id,
                    type(error).__name__,
                )

    @api.model
    def _work_off(self, domain: list, work):
        """Do something for each record found, in batches that commit.

        :param work: a function of one record
        """
        found = self.sudo().search(domain, order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(found))
        for ids in split_every(BATCH, found.ids):
            self.env.invalidate_all()
            # Somebody may have decided since they were found.
            locked = self.sudo().browse(ids).try_lock_for_update()
            locked.filtered_domain(domain)._each(work)
            self.env.flush_all()
            cron._commit_progress(len(ids))


class BtpAgreementLine(models.AbstractModel):
    """An amount due about which something was agreed."""

    _name = "btp.agreement.line"
    _description = "Amount Agreed About"
    _rec_name = "move_id"
    _check_company_auto = True

    move_line_id = fields.Many2one(
        "account.move.line",
        "Journal Item",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    move_id = fields.Many2one(
        related="move_line_id.move_id", string="Invoice", store=True, index=True
    )
    date_due = fields.Date(related="move_line_id.date_maturity", string="Due Date")
    currency_id = fields.Many2one(related="move_line_id.currency_id")
    amount = fields.Monetary(readonly=True)
    paid_before = fields.Monetary(readonly=True, help="What was paid of it before.")
    residual = fields.Monetary(
        related="move_line_id.amount_residual_currency", string="Left to Pay"
    )
