# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

#: Who may see amounts. A conducteur de travaux is none of them.
ACCOUNTS = "account.group_account_invoice,account.group_account_readonly"
#: What tells amounts without being one.
TELLING = ("avenant_ids", "lot_ids", "os_ids", "billed_percent", "timeline", "move_ids")


class BtpChantier(models.Model):
    """The chantier as a conducteur de travaux sees it: without amounts."""

    _inherit = "btp.chantier"

    @api.model
    def _has_field_access(self, field, operation):
        # EXTENDS base
        if not super()._has_field_access(field, operation):
            return False
        amounts = field.type == "monetary" or field.name in TELLING
        return not amounts or self.env.su or self.env.user.has_groups(ACCOUNTS)

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        # EXTENDS base: the same view is not the same for everybody.
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user.has_groups(ACCOUNTS))

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        # EXTENDS base: whichever way a conducteur de travaux comes, no amount is asked for.
        if not (self.env.su or self.env.user.has_groups(ACCOUNTS)):
            site = f"btp_relance.btp_chantier_site_view_{view_type}"
            view_id = self.env["ir.model.data"]._xmlid_to_res_id(site) or view_id
        return super()._get_view(view_id, view_type, **options)
