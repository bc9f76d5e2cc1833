# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..const import OPEN_STATES


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two customers that become one have one reminder under way."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        # EXTENDS base
        open_reminders = (
            self.env["btp.relance"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", src_partners.ids),
                    ("state", "in", OPEN_STATES),
                ]
            )
        )
        open_reminders._cancel(
            self.env._("Merged with %s: planned anew", dst_partner.display_name)
        )
        self.env.flush_all()
        return super()._update_foreign_keys(src_partners, dst_partner)
