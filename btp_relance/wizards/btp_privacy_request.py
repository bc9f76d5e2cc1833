# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import api, fields, models

from ..models.res_partner_privacy import ERASED_KINDS


class BtpPrivacyRequest(models.TransientModel):
    """A person asks what we hold, to have it erased or left alone: one screen."""

    _name = "btp.privacy.request"
    _description = "Request of a Person"

    partner_id = fields.Many2one("res.partner", "Person", required=True, readonly=True)
    restricted = fields.Boolean(related="partner_id.btp_privacy_restricted")
    message_free = fields.Integer(compute="_compute_counts")
    message_kept = fields.Integer(compute="_compute_counts")
    request_free = fields.Integer(compute="_compute_counts")
    request_kept = fields.Integer(compute="_compute_counts")
    litigation_free = fields.Integer(compute="_compute_counts")
    litigation_kept = fields.Integer(compute="_compute_counts")
    journal_free = fields.Integer(compute="_compute_counts")
    journal_kept = fields.Integer(compute="_compute_counts")
    invoiced = fields.Boolean(compute="_compute_counts")
    kept_because = fields.Text(compute="_compute_counts")
    told = fields.Text(readonly=True)
    archive = fields.Binary(readonly=True, attachment=False)
    archive_name = fields.Char(readonly=True)

    @api.depends("partner_id", "told")
    def _compute_counts(self):
        Privacy = self.env["btp.privacy"].sudo()
        companies = self.env["res.company"].sudo().search([])
        for request in self:
            persons = request.partner_id._btp_persons()
            for kind in ERASED_KINDS:
                held = []
                for company in companies:
                    today = self.env["btp.echeance"].with_company(company)._get_today()
                    query = Privacy._query(kind, company, today, None, persons.ids)
                    self.env.flush_all()
                    held += [row[1] for row in self.env.execute_query(query)]
                request[f"{kind}_kept"] = sum(held)
                request[f"{kind}_free"] = len(held) - sum(held)
            request.invoiced = persons._btp_has_invoices()
            request.kept_because = request._get_kept_because()

    # === ACTIONS === #

    def action_export(self):
        """Make the copy to hand to the person (GDPR art. 15 and 20)."""
        self.ensure_one()
        self._check_manager()
        content = self.env["btp.privacy.export"]._archive(self.partner_id)
        self.write(
            {
                "archive": base64.b64encode(content),
                "archive_name": f"donnees-personnelles-{self.partner_id.id}.zip",
            }
        )
        return self._reopen()

    def action_erase(self):
        """Erase what nothing obliges us to keep (GDPR art. 17), and say what was."""
        self.ensure_one()
        self._check_manager()
        result = self.partner_id._btp_privacy_erase()
        self.archive = False
        self.told = "\n".join(
            [
                self.env._(
                    "Erased: %(messages)s reminders, %(requests)s requests for "
                    "documents, %(files)s litigation files, %(rows)s further rows of the "
                    "journal.",
                    messages=result["message"][0],
                    requests=result["request"][0],
                    files=result["litigation"][0],
                    rows=result["journal"][0],
                ),
                self._get_kept_because() or "",
            ]
        ).strip()
        return self._reopen()

    def action_restrict(self):
        """Restrict the processing, or lift the restriction (GDPR art. 18)."""
        self.ensure_one()
        self._check_manager()
        restricted = self.partner_id.sudo().btp_privacy_restricted
        self.partner_id._btp_privacy_restrict(not restricted)
        return self._reopen()

    # === BUSINESS === #

    def _check_manager(self):
        self.check_access("write")
        self.partner_id.check_access("write")

    def _get_kept_because(self) -> str:
        """Return what is kept and the article that says so, or an empty text."""
        self.ensure_one()
        sentences = []
        if any(self[f"{kind}_kept"] for kind in ERASED_KINDS):
            sentences.append(self.partner_id._btp_privacy_held_sentence())
        if self.partner_id._btp_persons()._btp_has_invoices():
            sentences.append(self.partner_id._btp_privacy_kept_sentence())
        return "\n".join(sentences)

    def _reopen(self):
        return self.partner_id.action_btp_privacy_request() | {"res_id": self.id}
