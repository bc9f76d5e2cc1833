# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class BtpPrivacy(models.AbstractModel):
    """A letter at Snailmail keeps the address and the pages of its own."""

    _inherit = "btp.privacy"

    @api.model
    def _erase_details(self, relances):
        # EXTENDS btp_relance: the journal tells, without a name, that it was posted.
        result = super()._erase_details(relances)
        letters = (
            self.env["snailmail.letter"]
            .sudo()
            .search([("btp_relance_id", "in", relances.ids)])
        )
        self._forget_messages(letters)
        letters.unlink()
        return result


class BtpPrivacyExport(models.AbstractModel):
    _inherit = "btp.privacy.export"

    @api.model
    def _sources(self, persons):
        # EXTENDS btp_relance
        yield from super()._sources(persons)
        letters = self.env["snailmail.letter"].sudo()
        yield (
            letters,
            [("btp_relance_id", "!=", False), ("partner_id", "in", persons.ids)],
        )
