# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.btp_privacy_customer import KINDS

#: Our models that Odoo's lookup finds, and the kind of data that each is.
KIND_OF = {
    "btp.relance": "message",
    "btp.document.request": "request",
    "btp.litigation": "litigation",
    "btp.relance.event": "journal",
    **{spec.model: kind for kind, spec in KINDS.items()},
}


class PrivacyLookupWizard(models.TransientModel):
    _inherit = "privacy.lookup.wizard"

    def _get_query_models_blacklist(self):
        # EXTENDS privacy_lookup: a line goes with its reminder.
        return [*super()._get_query_models_blacklist(), "btp.relance.line"]

    def _get_query(self):
        # EXTENDS privacy_lookup: the journal names persons without pointing at them.
        return SQL(
            """
            %s
            UNION ALL
            SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active
              FROM btp_relance_event
             WHERE erased_on IS NULL
               AND (debtor_ref IN (SELECT id FROM indirect_references)
                    OR recipient ILIKE %s OR debtor_name ILIKE %s)
            """,
            super()._get_query(),
            self.env["ir.model"]._get_id("btp.relance.event"),
            f"%{self.email.strip()}%",
            self.name.strip(),
        )


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        # EXTENDS privacy_lookup
        self.ensure_one()
        record = self.env[self.res_model].sudo().browse(self.res_id)
        if not self.is_unlinked and record.exists():
            self._check_btp_kept(record)
        kind = KIND_OF.get(self.res_model)
        if not kind or self.is_unlinked:
            return super().action_unlink()
        self.env["btp.privacy"].sudo()._erase(kind, record.ids)
        self.execution_details = self.env._(
            "Erased %(model)s #%(id)s", model=self.res_model_id.name, id=self.res_id
        )
        self.is_unlinked = True
        return None

    def action_unlink_all(self):
        # EXTENDS privacy_lookup: what the law keeps says so and does not stop the rest.
        for line in self.filtered(lambda line: not line.is_unlinked):
            try:
                with self.env.cr.savepoint():
                    line.action_unlink()
            except UserError as error:
                line.execution_details = self.env._(
                    "Kept %(model)s #%(id)s: %(why)s",
                    model=line.res_model_id.name,
                    id=line.res_id,
                    why=str(error),
                )

    def _check_btp_kept(self, record):
        """Refuse to erase what a law or a legal claim keeps, and name the article.

        :raise UserError: one sentence
        """
        Partner = self.env["res.partner"]
        if record._name in ("account.move", "account.move.line", "btp.penalty"):
            move = record if record._name == "account.move" else record.move_id
            if move.state != "draft":
                raise UserError(Partner._btp_privacy_kept_sentence())
        if record._name == "res.partner" and record._btp_has_invoices():
            raise UserError(Partner._btp_privacy_kept_sentence())
        if record._name == "mail.message" and record.model in KIND_OF:
            parent = self.env[record.model].sudo().browse(record.res_id).exists()
            if parent:
                self._check_btp_held(KIND_OF[record.model], parent)
        if record._name in KIND_OF:
            self._check_btp_held(KIND_OF[record._name], record)
        if record._name in ("btp.chantier", "btp.suspension", "btp.direct.action"):
            raise UserError(
                self.env._(
                    "The file of a chantier is kept as long as its builder is liable, ten "
                    "years from the réception (C. civ. 1792-4-1; GDPR art. 17(3)(e))."
                )
            )

    def _check_btp_held(self, kind, record):
        company = record.company_id
        today = self.env["btp.echeance"].with_company(company)._get_today()
        query = self.env["btp.privacy"].sudo()._query(kind, company, today, None)
        self.env.flush_all()
        held = self.env.execute_query(
            SQL("SELECT held FROM (%s) found WHERE id = %s", query, record.id)
        )
        if held and held[0][0]:
            raise UserError(self.env["res.partner"]._btp_privacy_held_sentence())
