# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import nullcontext

from odoo import models

#: Fields of ours that proposals on an invoice follow from.
SOURCES = {
    "btp_billing_stage",
    "btp_chantier_id",
    "btp_claimed_cumul",
    "btp_previous_id",
    "btp_retention_rate",
    "btp_visa_on",
}
#: Fields of Odoo that say on which side of a judgment a claim is.
CLAIM_SOURCES = {"delivery_date", "invoice_date", "move_type"}


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
            for name in vals.keys() & (SOURCES | CLAIM_SOURCES)
            if not any(move._btp_changes(vals, [name]) for move in self)
        }
        changed = (vals.keys() & CLAIM_SOURCES) - same
        vals = {name: vals[name] for name in vals if name not in same & SOURCES}
        with nullcontext() if changed else self._btp_keep_claim(same & CLAIM_SOURCES):
            return super().write(vals)

    def _post(self, soft=True):
        # EXTENDS account: it gives a date to the invoices that have none.
        undated = self.filtered(lambda move: not move.invoice_date)
        with undated._btp_keep_claim():
            return super()._post(soft)

    def _btp_keep_claim(self, needed=True):
        """Return a context in which a date leaves a claim on its side of a judgment.

        :param needed: nothing is kept where it is empty
        """
        if not (self and needed):
            return nullcontext()
        # One still to be decided is, now.
        self.sudo().mapped("btp_claim_after")
        return self.env.protecting([self._fields["btp_claim_after"]], self)
