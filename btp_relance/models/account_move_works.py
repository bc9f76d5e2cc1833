# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

#: What an invoice takes over from its chantier: ``{field: field of the chantier}``.
REFERENCES = {
    "btp_purchase_order": "purchase_order",
    "btp_engagement_number": "engagement_number",
    "btp_service_code": "service_code",
}


class AccountMove(models.Model):
    """What an invoice of works states beside its lines. Amounts are before tax."""

    _inherit = "account.move"

    btp_situation_number = fields.Integer("Situation No.", copy=False)
    btp_previous_id = fields.Many2one(
        "account.move",
        "Previous Situation",
        copy=False,
        check_company=True,
        index="btree_not_null",
    )
    btp_claimed_cumul = fields.Monetary(
        "Works to Date",
        copy=False,
        help="Cumulated works at the prices of the contract, as we claim them.",
    )
    btp_admitted_cumul = fields.Monetary(
        "Admitted to Date",
        copy=False,
        help="Cumulated works that the maître d'œuvre admitted. Empty: no visa yet.",
    )
    btp_difference_reason = fields.Char("Why Less Was Admitted", copy=False)
    btp_visa_on = fields.Date("Visa Given On", copy=False)
    btp_revision_index = fields.Float("Index of the Month", digits=(12, 3), copy=False)
    btp_revision_amount = fields.Monetary("Price Revision", copy=False, readonly=True)
    btp_advance_refund = fields.Monetary(
        "Advance Taken Back", copy=False, readonly=True
    )
    btp_penalties = fields.Monetary("Site Penalties", copy=False)
    btp_reverse_charge = fields.Boolean(
        "Reverse Charge",
        help="Subcontracted works: the customer accounts for VAT (CGI 283-2 nonies).",
    )
    btp_os_id = fields.Many2one(
        "btp.chantier.os", "Ordre de service", check_company=True
    )
    btp_avenant_id = fields.Many2one(
        "btp.chantier.avenant", "Avenant", check_company=True
    )
    btp_purchase_order = fields.Char(
        "Purchase Order",
        compute="_compute_btp_references",
        store=True,
        readonly=False,
        precompute=True,
    )
    btp_engagement_number = fields.Char(
        "Engagement Number",
        compute="_compute_btp_references",
        store=True,
        readonly=False,
        precompute=True,
    )
    btp_service_code = fields.Char(
        "Service Code",
        compute="_compute_btp_references",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _auto_init(self):
        # Made here, the columns start empty: no invoice of a large ledger is computed.
        for name in REFERENCES:
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, "varchar")
        return super()._auto_init()

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
