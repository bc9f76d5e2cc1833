# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..const import OPEN_STATES


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Two customers that become one have one reminder under way, and one case a kind."""

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
        cases = self.env["btp.escalation"].sudo()
        cases._unite(src_partners | dst_partner, dst_partner)
        self.env.flush_all()
        self._drop_same_refusals(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    @api.model
    def _get_fk_on(self, table):
        # EXTENDS base: the months that were kept have no foreign key to be found by.
        found = list(super()._get_fk_on(table))
        if table == "res_partner":
            found.append(("btp_figure_snapshot", "partner_id"))
        return found

    @api.model
    def _drop_same_refusals(self, src_partners, dst_partner):
        """Keep one of the same refusals: at a double, base deletes all those of a source."""
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM btp_contact_optout gone
                 USING btp_contact_optout kept
                 WHERE gone.active AND kept.active AND gone.partner_id IN %(sources)s
                   AND kept.partner_id IN %(all)s AND kept.channel = gone.channel
                   AND kept.company_id = gone.company_id
                   AND (kept.partner_id = %(target)s
                        OR gone.partner_id <> kept.partner_id AND kept.id < gone.id)
                """,
                sources=tuple(src_partners.ids),
                all=tuple((src_partners | dst_partner).ids),
                target=dst_partner.id,
            )
        )
        # Counted anew at each planning.
        self.env["btp.contact.stat"].sudo().search(
            [("contact_id", "in", src_partners.ids)]
        ).unlink()
        self.env["btp.contact.optout"].invalidate_model()
