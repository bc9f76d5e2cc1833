# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import RETENTION_REGIMES, ROLES
from ..engine import situation


class BtpChantier(models.Model):
    """What the contract says: parties, price, advance, retention, and its dates."""

    _inherit = "btp.chantier"

    currency_id = fields.Many2one(related="company_id.currency_id")
    regime = fields.Selection(related="partner_id.commercial_partner_id.btp_regime")
    role = fields.Selection(
        ROLES, default="titulaire", required=True, string="Our Role", tracking=True
    )
    owner_id = fields.Many2one(
        "res.partner",
        "Maître d'ouvrage",
        check_company=True,
        help="Who has the works built, where it is not the customer: for a subcontractor, "
        "the owner of the works.",
    )
    moe_id = fields.Many2one(
        "res.partner",
        "Maître d'œuvre",
        check_company=True,
        help="Checks situations and signs the PV. Empty: nobody does.",
    )
    contract_reference = fields.Char("Contract", tracking=True)
    contract_date = fields.Date("Contract Signed On")
    contract_amount = fields.Monetary(tracking=True, help="Initial amount, before tax.")
    avenant_ids = fields.One2many("btp.chantier.avenant", "chantier_id", "Avenants")
    amount_total = fields.Monetary(
        "Contract and Avenants",
        compute="_compute_amount_total",
        store=True,
        help="Before tax, signed avenants included.",
    )
    lot_ids = fields.One2many(
        "btp.chantier.lot",
        "chantier_id",
        "Lots by VAT Rate",
        help="Only where the contract bears several rates: situations are split by rate in "
        "the proportion of the lots.",
    )
    os_ids = fields.One2many("btp.chantier.os", "chantier_id", "Ordres de service")
    purchase_order = fields.Char(help="Number the customer gave.")
    engagement_number = fields.Char(help="Chorus Pro.")
    service_code = fields.Char(help="Chorus Pro.")

    # Price
    is_revised = fields.Boolean("Revised Price")
    price_date = fields.Date(
        "Price Established On",
        help="More than three months before the works start: a firm price is brought up to "
        "date (CCP R2112-11).",
    )
    is_actualised = fields.Boolean(compute="_compute_is_actualised")
    start_index = fields.Float(
        "Index 3 Months Before Start",
        digits=(12, 3),
        help="Brings the firm price up to date, once and for all: each situation is multiplied "
        "by this index over the base index.",
    )
    revision_fixed_part = fields.Float(
        "Fixed Part",
        default=0.15,
        digits=(6, 4),
        help="Part of the price that no index moves.",
    )
    revision_index_name = fields.Char("Index", help="For example BT01 or TP01.")
    revision_index_base = fields.Float(
        "Base Index", digits=(12, 3), help="Value at the month of the price."
    )
    revision_decimals = fields.Integer(
        "Decimals of the Coefficient",
        default=3,
        help="The coefficient is rounded up to so many decimals (CCAG).",
    )

    # Advance
    advance_amount = fields.Monetary("Advance", help="Advance received, before tax.")
    advance_refund_start = fields.Float(
        "Taken Back From (%)",
        default=65.0,
        help="Progress, in percent, from which the advance is taken back.",
    )
    advance_refund_end = fields.Float(
        "Taken Back Until (%)",
        default=80.0,
        help="Progress, in percent, at which all of it was taken back.",
    )

    # Retention
    retention_regime = fields.Selection(
        RETENTION_REGIMES, default="none", required=True, tracking=True
    )
    retention_rate = fields.Float(
        digits=(6, 2), default=5.0, help="In percent of each payment, taxes included."
    )
    prorata_rate = fields.Float(
        "Compte Prorata (%)",
        digits=(6, 2),
        help="Share of the site's common expenses, in percent of the works. Owed to the "
        "contractor who manages the account, never deducted from the invoice.",
    )

    # Dates
    date_start = fields.Date("Start of Works", help="Date of the OS that starts them.")
    date_reception_planned = fields.Date("Réception Planned On")
    date_completed = fields.Date(
        "Works Completed On", help="Limitation runs from there."
    )
    date_reception = fields.Date("Réception", tracking=True)
    has_reserves = fields.Boolean("With Reserves", tracking=True)
    date_reserves_lifted = fields.Date("Reserves Lifted On", tracking=True)
    date_guarantee_end = fields.Date(
        "End of Guarantee",
        compute="_compute_date_guarantee_end",
        store=True,
        readonly=False,
        help="One year after réception unless the contract says otherwise.",
    )
    date_final_draft = fields.Date("Draft Final Account Sent On")
    date_dgd = fields.Date("DGD Notified On", tracking=True)

    @api.depends("contract_amount", "avenant_ids.amount", "avenant_ids.signed_on")
    def _compute_amount_total(self):
        for chantier in self:
            signed = chantier.avenant_ids.filtered("signed_on")
            chantier.amount_total = chantier.contract_amount + sum(
                signed.mapped("amount")
            )

    @api.depends(
        "is_revised", "price_date", "date_start", "os_ids.kind", "os_ids.issued_on"
    )
    def _compute_is_actualised(self):
        for chantier in self:
            orders = chantier.os_ids.filtered(lambda order: order.kind == "start")
            starts = filter(None, [chantier.date_start, *orders.mapped("issued_on")])
            chantier.is_actualised = (
                not chantier.is_revised
                and situation.is_actualised(
                    chantier.price_date, min(starts, default=None)
                )
            )

    @api.depends("date_reception")
    def _compute_date_guarantee_end(self):
        for chantier in self:
            reception = chantier.date_reception
            chantier.date_guarantee_end = reception and fields.Date.add(
                reception, years=1
            )
