# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

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
    """What becomes of a document, and what that means for the invoices that need it."""

    _inherit = "btp.document"

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
