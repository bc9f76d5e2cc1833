# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: What proposals on an invoice follow from.
SOURCES = {
    "btp_billing_stage",
    "btp_chantier_id",
    "btp_claimed_cumul",
    "btp_previous_id",
    "btp_retention_rate",
    "btp_visa_on",
}


class AccountMove(models.Model):
    """What a person typed over a proposal stays until what it follows from changes.

    Odoo proposes anew whenever a source is written, be it with the value that it has: an
    import and a form saved by a program do that.
    """

    _inherit = "account.move"

    def write(self, vals):
        # EXTENDS account
        same = {
            name
            for name in vals.keys() & SOURCES
            if not any(move._btp_changes(vals, [name]) for move in self)
        }
        return super().write({name: vals[name] for name in vals if name not in same})
