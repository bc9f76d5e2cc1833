# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import SQL


class PrivacyLookupWizard(models.TransientModel):
    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        # EXTENDS privacy_lookup: what goes with a customer is not looked for; a customer
        # with invoices stays, and so would their scores.
        found = [
            SQL(
                """
                UNION ALL
                SELECT %s AS res_model_id, id AS res_id, TRUE AS is_active FROM %s
                 WHERE partner_id IN (SELECT id FROM indirect_references)
                """,
                self.env["ir.model"]._get_id(name),
                SQL.identifier(self.env[name]._table),
            )
            for name in ("btp.score", "btp.score.partner")
        ]
        return SQL("%s %s", super()._get_query(), SQL(" ").join(found))
