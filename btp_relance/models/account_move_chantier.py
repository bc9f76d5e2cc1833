# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..const import SALE_TYPES

#: What an invoice takes over from its chantier: ``{field: field of the chantier}``.
REFERENCES = {
    "btp_purchase_order": "purchase_order",
    "btp_engagement_number": "engagement_number",
    "btp_service_code": "service_code",
}


class AccountMove(models.Model):
    """What an invoice says of its chantier."""

    _inherit = "account.move"

    @api.depends("btp_chantier_id")
    def _compute_btp_references(self):
        """Bring the references of the chantier to a draft invoice that has none of its own."""
        bills = self.filtered(
            lambda move: move.state == "draft" and move._is_btp_bill()
        )
        brought = bills._get_references_brought()
        for move in self:
            for name, source in REFERENCES.items():
                own = (move.company_id.id, name, move[name]) not in brought
                if move in bills and (not move[name] or not own):
                    move[name] = move.btp_chantier_id[source]
                else:
                    move[name] = move[name]

    def _get_references_brought(self) -> set[tuple]:
        """Return what these invoices say that a chantier says: not typed for them alone.

        Another chantier chosen, what the first one brought must not stay.

        :return: ``(company id, field, value)``
        """
        brought = set()
        for name, source in REFERENCES.items():
            values = set(filter(None, self.mapped(name)))
            if values:
                domain = [
                    (source, "in", list(values)),
                    ("company_id", "in", self.company_id.ids),
                ]
                chantiers = self.env["btp.chantier"].sudo()
                brought |= {
                    (chantier.company_id.id, name, chantier[source])
                    for chantier in chantiers.search(domain)
                }
        return brought

    @api.onchange("btp_chantier_id")
    def _onchange_btp_chantier(self):
        """Propose the customer of the chantier where there is none yet."""
        if self.btp_chantier_id and not self.partner_id:
            self.partner_id = self.btp_chantier_id.partner_id

    def action_view_btp_chantier(self):
        """Open the chantier of this invoice."""
        self.ensure_one()
        return self.btp_chantier_id.get_formview_action()

    def action_btp_attach(self):
        """Propose a chantier for each of these invoices that has none."""
        self.check_access("write")
        return self.env["btp.attach"]._open(moves=self)

    def _get_btp_title(self) -> str:
        """Return what kind of bill it is, in the words of the trade."""
        self.ensure_one()
        stages = dict(
            self._fields["btp_billing_stage"]._description_selection(self.env)
        )
        if self.move_type == "out_refund":
            return self.env._("Credit note")
        if self.btp_situation_number:
            return self.env._("Situation No. %s", self.btp_situation_number)
        return stages.get(self.btp_billing_stage) or self.env._("Invoice")

    def _is_btp_bill(self) -> bool:
        """Whether this document can be about a chantier."""
        return self.move_type in SALE_TYPES
