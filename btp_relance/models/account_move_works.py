# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools.sql import column_exists, create_column

#: Stages that bill the cumulative state of the works.
SITUATION_STAGES = ("situation", "final")
SUBCONTRACTOR_ROLES = ("subcontractor", "subcontractor_direct")

#: Computed for a new situation, and a person may type another value.
PROPOSED = {"store": True, "readonly": False, "copy": False}
#: Brought by the chantier, and a person may type another value.
REFERENCE = {
    "compute": "_compute_btp_references",
    "store": True,
    "precompute": True,
    "readonly": False,
    "copy": True,
}

#: Columns that nothing computes at installation: a ledger of a million invoices has none of it.
EMPTY_COLUMNS = {
    "btp_situation_number": "int4",
    "btp_previous_id": "int4",
    "btp_previous_cumul": "numeric",
    "btp_admitted_cumul": "numeric",
    "btp_billed_cumul": "numeric",
    "btp_month_works": "numeric",
    "btp_progress": "numeric",
    "btp_revision_coefficient": "numeric",
    "btp_revision_amount": "numeric",
    "btp_regularisation": "numeric",
    "btp_regularisation_left": "numeric",
    "btp_advance_refund": "numeric",
    "btp_refunded_cumul": "numeric",
    "btp_is_credited": "bool",
    "btp_reverse_charge": "bool",
    "btp_retention_rate": "numeric",
    "btp_retention_amount": "numeric",
    "btp_net_amount": "numeric",
    "btp_retention_release_on": "date",
    "btp_purchase_order": "varchar",
    "btp_engagement_number": "varchar",
    "btp_service_code": "varchar",
}


class AccountMove(models.Model):
    """What an invoice of works states beside its lines. Amounts are before tax."""

    _inherit = "account.move"

    btp_situation_number = fields.Integer(
        "Situation No.",
        compute="_compute_btp_situation_number",
        **PROPOSED,
        recursive=True,
        aggregator=None,
        help="One more than the previous situation.",
    )
    btp_previous_id = fields.Many2one(
        "account.move",
        "Previous Situation",
        compute="_compute_btp_previous_id",
        **PROPOSED,
        check_company=True,
        index="btree_not_null",
        help="The last situation of the chantier that was not credited.",
    )
    btp_next_ids = fields.One2many(
        "account.move", "btp_previous_id", "Following Situations"
    )
    btp_previous_cumul = fields.Monetary(
        "Previously Billed",
        compute="_compute_btp_previous_cumul",
        **PROPOSED,
        help="Works to date of the previous situation: as admitted if the maître d'œuvre gave "
        "his visa, otherwise as claimed. To be entered for works billed before Odoo.",
    )
    btp_claimed_cumul = fields.Monetary(
        "Works to Date",
        copy=False,
        help="Cumulated works at the prices of the contract, before revision, as we claim them.",
    )
    btp_admitted_cumul = fields.Monetary(
        "Admitted to Date",
        compute="_compute_btp_admitted_cumul",
        **PROPOSED,
        help="Cumulated works that the maître d'œuvre admitted, once he gave his visa. A draft "
        "is billed on them, and the next situation starts from them.",
    )
    btp_difference = fields.Monetary(
        "Not Admitted",
        compute="_compute_btp_difference",
        help="Claimed but not admitted.",
    )
    btp_difference_reason = fields.Char("Why Less Was Admitted", copy=False)
    btp_visa_on = fields.Date("Visa Given On", copy=False)
    btp_billed_cumul = fields.Monetary(
        "Billed to Date", compute="_compute_btp_works", store=True
    )
    btp_month_works = fields.Monetary(
        "Works of the Month", compute="_compute_btp_works", store=True
    )
    btp_progress = fields.Float(
        "Progress",
        digits=(7, 2),
        compute="_compute_btp_works",
        store=True,
        aggregator=None,
        help="Works to date, in percent of the contract and its signed avenants.",
    )
    btp_has_revision = fields.Boolean(related="btp_chantier_id.is_revised")
    btp_revision_index = fields.Float(
        "Index of the Month",
        min_display_digits=1,
        copy=False,
        aggregator=None,
        help="Not published yet: leave it empty, the price is not revised.",
    )
    btp_revision_coefficient = fields.Float(
        "Revision Coefficient",
        min_display_digits=3,
        compute="_compute_btp_works",
        store=True,
        aggregator=None,
    )
    btp_revision_amount = fields.Monetary(
        "Price Revision", compute="_compute_btp_works", store=True
    )
    btp_definitive_index = fields.Float(
        "Definitive Index",
        min_display_digits=1,
        copy=False,
        aggregator=None,
        help="Index of the month published since this situation was issued with a provisional "
        "one, or with none: the next situation bills the difference.",
    )
    btp_regularisation = fields.Monetary(
        "Price Regularisation",
        compute="_compute_btp_regularisation",
        store=True,
        recursive=True,
        help="What indexes known since add to the situations before, or take off.",
    )
    btp_regularisation_left = fields.Monetary(
        "Price Left to Regularise",
        compute="_compute_btp_regularisation",
        store=True,
        recursive=True,
        help="What indexes known since change, up to this situation, and none has billed yet: "
        "the next one does.",
    )
    btp_advance_refund = fields.Monetary(
        "Advance Taken Back",
        compute="_compute_btp_advance_refund",
        store=True,
        recursive=True,
        help="In proportion to the progress, and never more than the month brings in: the rest "
        "waits for the next situation.",
    )
    btp_refunded_cumul = fields.Monetary(
        "Advance Taken Back to Date",
        compute="_compute_btp_advance_refund",
        store=True,
        recursive=True,
    )
    btp_penalties = fields.Monetary(
        "Site Penalties",
        copy=False,
        help="Deducted from this situation, as a positive amount.",
    )
    btp_prorata_amount = fields.Monetary(
        "Compte Prorata",
        compute="_compute_btp_prorata_amount",
        help="Owed to the manager of the account for the works of the month; not deducted.",
    )
    btp_is_credited = fields.Boolean(
        "Taken Back by Credit Notes",
        compute="_compute_btp_is_credited",
        store=True,
        help="Credit notes took all of it back: the chain of situations skips it.",
    )
    btp_reverse_charge = fields.Boolean(
        "Reverse Charge",
        compute="_compute_btp_reverse_charge",
        store=True,
        readonly=False,
        copy=True,
        help="Subcontracted works: the customer accounts for VAT (CGI 283-2 nonies).",
    )
    btp_os_id = fields.Many2one(
        "btp.chantier.os", "Ordre de service", check_company=True
    )
    btp_avenant_id = fields.Many2one(
        "btp.chantier.avenant", "Avenant", check_company=True
    )
    btp_purchase_order = fields.Char(
        "Customer's Order",
        **REFERENCE,
    )
    btp_engagement_number = fields.Char(
        "Engagement Number",
        **REFERENCE,
        help="Chorus Pro.",
    )
    btp_service_code = fields.Char(
        "Service Code",
        **REFERENCE,
        help="Chorus Pro.",
    )

    _btp_situation_unique = models.UniqueIndex(
        "(btp_chantier_id, btp_situation_number) WHERE btp_situation_number > 0"
        " AND state = 'posted' AND move_type = 'out_invoice' AND btp_is_credited IS NOT TRUE",
        "This chantier has a posted situation with this number already.",
    )

    def _auto_init(self):
        for name, kind in EMPTY_COLUMNS.items():
            if not column_exists(self.env.cr, "account_move", name):
                create_column(self.env.cr, "account_move", name, kind)
        return super()._auto_init()

    @api.depends("btp_chantier_id")
    def _compute_btp_reverse_charge(self):
        for move in self:
            # An invoice already issued keeps what it said.
            chantier = move.btp_chantier_id if move.state == "draft" else None
            move.btp_reverse_charge = (
                chantier.role in SUBCONTRACTOR_ROLES and move.is_sale_document()
                if chantier
                else move.btp_reverse_charge
            )

    @api.depends("btp_claimed_cumul", "btp_admitted_cumul", "btp_visa_on")
    def _compute_btp_difference(self):
        for move in self:
            move.btp_difference = (
                move.btp_claimed_cumul - move.btp_admitted_cumul
                if move.btp_visa_on
                else 0.0
            )

    @api.depends("reversal_move_ids.state", "reversal_move_ids.amount_total")
    def _compute_btp_is_credited(self):
        for move in self:
            notes = move.reversal_move_ids.filtered(lambda note: note.state == "posted")
            left = move.amount_total - sum(notes.mapped("amount_total"))
            move.btp_is_credited = bool(
                notes and move.currency_id.compare_amounts(left, 0) <= 0
            )

    def _is_btp_situation(self):
        """Return whether the invoice bills the cumulative state of the works of a chantier."""
        self.ensure_one()
        return bool(
            self.move_type == "out_invoice"
            and self.btp_billing_stage in SITUATION_STAGES
            and self.btp_chantier_id
        )

    def _is_btp_driven(self):
        """Return whether the cumul was entered: figures, lines and checks follow from it."""
        self.ensure_one()
        return bool(self.btp_claimed_cumul and self._is_btp_situation())

    def _is_btp_issued(self):
        """Return whether the situation was issued from its cumul: its figures stand."""
        self.ensure_one()
        return self.state != "draft" and any(self.invoice_line_ids.mapped("btp_kind"))
