# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..const import OWED_BY

#: What does not wait for anybody any more.
DONE = ("received", "not_needed")
#: What a document is about: not for a conducteur de travaux to change.
BY_AGENTS = {
    "type_id",
    "company_id",
    "chantier_id",
    "move_id",
    "owed_by",
    "owner_partner_id",
    "owner_user_id",
    "expected_since",
    "blocking",
    "days_lost",
    "days_lost_before",
    "need_ids",
}
#: A file added so many days before the certificate expires is the next certificate.
RENEWAL_DAYS = 30


class BtpDocument(models.Model):
    """One paper: of the company, of a chantier or of an invoice."""

    _name = "btp.document"
    _description = "Document"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "chantier_id, move_id, type_id, id"
    _check_company_auto = True

    type_id = fields.Many2one(
        "btp.document.type", "Document", required=True, ondelete="restrict", index=True
    )
    scope = fields.Selection(related="type_id.scope")
    why = fields.Char(related="type_id.why")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    chantier_id = fields.Many2one(
        "btp.chantier", check_company=True, index="btree_not_null", ondelete="cascade"
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        domain="[('move_type', '=', 'out_invoice')]",
    )
    state = fields.Selection(
        [
            ("expected", "Expected"),
            ("received", "Received"),
            ("refused", "Refused"),
            ("not_needed", "Not needed"),
        ],
        required=True,
        default="expected",
        tracking=True,
        group_expand=True,
    )
    status = fields.Selection(
        [
            ("expected", "Expected"),
            ("received", "Received"),
            ("refused", "Refused"),
            ("not_needed", "Not needed"),
            ("expired", "Expired"),
        ],
        compute="_compute_status",
    )
    owed_by = fields.Selection(
        OWED_BY,
        compute="_compute_owed_by",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        tracking=True,
    )
    owner_partner_id = fields.Many2one(
        "res.partner",
        "Who Owes It",
        compute="_compute_owner",
        store=True,
        index="btree_not_null",
    )
    owner_user_id = fields.Many2one(
        "res.users",
        "Colleague Who Owes It",
        compute="_compute_owner",
        store=True,
        index="btree_not_null",
    )
    expected_since = fields.Date(
        default=lambda self: self.env["btp.echeance"]._get_today(), required=True
    )
    received_on = fields.Date(tracking=True)
    valid_until = fields.Date(tracking=True)
    refused_reason = fields.Char("Why Refused", tracking=True)
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    attachment_count = fields.Integer(
        "Number of Files", compute="_compute_attachment_count"
    )
    blocking = fields.Boolean(
        help="An invoice cannot be paid without it: its reminders wait."
    )
    need_ids = fields.One2many("btp.document.need", "document_id", "Invoices Concerned")
    days_lost = fields.Integer(
        readonly=True,
        copy=False,
        help="Days during which an amount that was due waited for this document.",
    )
    days_lost_before = fields.Integer(
        readonly=True, copy=False, help="Those of earlier times that it was missing."
    )

    _company_type_uniq = models.UniqueIndex(
        "(type_id, company_id) WHERE chantier_id IS NULL AND move_id IS NULL",
        "The company already has this document: open that one.",
    )
    _chantier_type_uniq = models.UniqueIndex(
        "(type_id, chantier_id) WHERE chantier_id IS NOT NULL AND move_id IS NULL",
        "The chantier already has this document: open that one.",
    )
    _move_type_uniq = models.UniqueIndex(
        "(type_id, move_id) WHERE move_id IS NOT NULL",
        "The invoice already has this document: open that one.",
    )
    _expiry_idx = models.Index("(company_id, valid_until) WHERE state = 'received'")

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("type_id", "chantier_id", "move_id", "company_id")
    def _compute_display_name(self):
        for document in self:
            about = (
                document.move_id.sudo().name
                or document.chantier_id.display_name
                or document.company_id.name
            )
            document.display_name = " – ".join(
                filter(None, [document.type_id.name, about])
            )

    @api.depends("state", "valid_until")
    def _compute_status(self):
        today = self.env["btp.echeance"]._get_today()
        for document in self:
            expired = document._is_expired_on(today)
            document.status = "expired" if expired else document.state

    @api.depends("type_id")
    def _compute_owed_by(self):
        for document in self:
            document.owed_by = document.type_id.owed_by or document.owed_by or "us"

    @api.depends(
        "owed_by",
        "chantier_id.partner_id",
        "chantier_id.moe_id",
        "chantier_id.user_id",
        "move_id.commercial_partner_id",
        "company_id.btp_relance_user_id",
    )
    def _compute_owner(self):
        for document in self:
            chantier = document.chantier_id
            customer = chantier.partner_id or document.move_id.commercial_partner_id
            # Where nobody holds the part, whoever it falls to: the customer for the
            # maître d'œuvre, the company's own person for the rest.
            partner = {
                "customer": customer,
                "moe": chantier.moe_id or customer,
            }.get(document.owed_by)
            user = self.env["res.users"]
            if not partner:
                if document.owed_by == "site_manager":
                    user = chantier.user_id
                user = user or document.company_id.btp_relance_user_id
                partner = user.partner_id or document.company_id.partner_id
            document.owner_partner_id = partner
            document.owner_user_id = user

    @api.depends("attachment_ids")
    def _compute_attachment_count(self):
        for document in self:
            document.attachment_count = len(document.attachment_ids)

    # === CONSTRAINTS === #

    @api.constrains("type_id", "chantier_id", "move_id")
    def _check_scope(self):
        for document in self:
            scope = document.type_id.scope
            if (scope == "invoice") != bool(document.move_id):
                if scope == "invoice":
                    message = self.env._(
                        "Choose the invoice that this document is for."
                    )
                else:
                    message = self.env._(
                        "“%s” is not a document of one invoice: leave the invoice empty.",
                        document.type_id.name,
                    )
                raise ValidationError(message)
            if scope == "chantier" and not document.chantier_id:
                raise ValidationError(
                    self.env._("Choose the chantier that this document is for.")
                )
            if scope == "company" and document.chantier_id:
                raise ValidationError(
                    self.env._(
                        "“%s” is a document of the company: leave the chantier empty.",
                        document.type_id.name,
                    )
                )

    @api.constrains("state", "refused_reason")
    def _check_refused_reason(self):
        if self.filtered(lambda doc: doc.state == "refused" and not doc.refused_reason):
            raise ValidationError(
                self.env._("Say in “Why Refused” what is wrong with the document.")
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        if not self.env.context.get("btp_sync_documents"):
            documents._link_by_hand()
        return documents

    def write(self, vals):
        self._check_who_writes(vals)
        if "state" in vals:
            return self._write_state(vals)
        result = super().write(vals)
        if vals.get("attachment_ids"):
            self.filtered("attachment_ids")._receive_files()
        if vals.keys() & {"valid_until"}:
            self._refresh_needs()
        return result

    def _check_who_writes(self, vals: dict):
        """Let a conducteur de travaux hand over documents, and nothing else."""
        user = self.env.user
        if self.env.su or user.has_group("btp_relance.group_agent"):
            return
        if vals.keys() & BY_AGENTS:
            raise AccessError(
                self.env._(
                    "Hand over the file: an agent changes the rest of a document."
                )
            )

    def _write_state(self, vals: dict):
        # pylint: disable=super-method-mismatch
        """Write a change of state: what it means for dates, days lost and invoices."""
        today = self.env["btp.echeance"]._get_today()
        state = vals["state"]
        waiting = self.filtered(lambda doc: doc.status not in DONE)
        if state in DONE:
            until = fields.Date.to_date(vals.get("received_on")) or today
            waiting._refresh_days_lost(until)
            for days, documents in waiting.grouped("days_lost").items():
                super(BtpDocument, documents).write({"days_lost_before": days})
        else:
            super(BtpDocument, self - waiting).write({"expected_since": today})
        if state == "received":
            vals = {"received_on": today, "refused_reason": False, **vals}
        else:
            vals = {"received_on": False, "valid_until": False, **vals}
        result = super().write(vals)
        if state == "received" and not vals.get("valid_until"):
            self._set_validity()
        self._refresh_needs()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_needed(self):
        if self.env.context.get("btp_sync_documents"):
            return
        if self.need_ids:
            raise UserError(
                self.env._(
                    "Invoices need this document: say that it is not needed instead of "
                    "deleting it."
                )
            )

    # === ACTIONS === #

    def action_receive(self):
        """Note that the documents arrived today."""
        self.check_access("write")
        self._receive()

    def action_refuse(self):
        """Refuse documents, for the reason written on them."""
        self.check_access("write")
        self.write({"state": "refused"})

    def action_not_needed(self):
        """Say that these documents are not needed: nobody is asked for them."""
        self.check_access("write")
        self.write({"state": "not_needed"})

    def action_expect(self):
        """Expect these documents again."""
        self.check_access("write")
        self.write({"state": "expected"})

    # === BUSINESS === #

    def _receive(self):
        """Note that documents arrived today."""
        if self:
            self.write({"state": "received"})

    def _receive_files(self):
        """Note that files arrived: what was waited for, or the next certificate."""
        soon = self.env["btp.echeance"]._get_today() + relativedelta(days=RENEWAL_DAYS)
        self.filtered(
            lambda doc: doc.status not in DONE
            or (doc.valid_until and doc.valid_until <= soon)
        )._receive()

    def _set_validity(self):
        # pylint: disable=missing-return,super-method-mismatch
        """Say until when certificates that arrived are valid."""
        for kind, documents in self.grouped("type_id").items():
            for received_on, group in documents.grouped("received_on").items():
                months = kind.validity_months
                until = months and received_on + relativedelta(months=months)
                super(BtpDocument, group).write({"valid_until": until or False})

    def _is_expired_on(self, day) -> bool:
        """Return whether the document was received, and is no longer valid on a day."""
        return bool(
            day
            and self.state == "received"
            and self.valid_until
            and self.valid_until < day
        )

    def _refresh_needs(self):
        """Bring the invoices that need these documents up to date, by SQL."""
        self.env["btp.document.need"]._refresh(self._in("n.document_id"))
