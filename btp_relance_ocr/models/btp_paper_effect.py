# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpPaperEffect(models.Model):
    """One change that a paper made, with what stood before: it can be undone."""

    _name = "btp.paper.effect"
    _description = "Effect of a Paper"
    _order = "paper_id, id"

    paper_id = fields.Many2one(
        "btp.paper", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="paper_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("document", "Document received"),
            ("reception", "Réception"),
            ("refusal", "Réception refused"),
            ("reserves", "Reserves"),
            ("lifted", "Reserves lifted"),
            ("dispute", "Dispute that can be closed"),
            ("order", "Order number"),
            ("os", "Ordre de service"),
            ("admitted", "Admitted amount"),
            ("bond", "Retention replaced by a bond"),
            ("bill", "Vendor bill"),
            ("direct", "Request for direct payment"),
            ("alert", "Alert"),
            ("thanks", "Thanks"),
        ],
        required=True,
        readonly=True,
    )
    label = fields.Char(required=True, readonly=True, help="In one line, with figures.")
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    before = fields.Json(
        readonly=True,
        help="{id: {field: value}} before the change; empty: the record is new.",
    )
    after = fields.Json(
        readonly=True, help="{id: {field: value}} that the paper wrote."
    )
    done_on = fields.Datetime(readonly=True, default=fields.Datetime.now)
    undone_on = fields.Datetime(readonly=True)
    user_id = fields.Many2one(
        "res.users", readonly=True, default=lambda self: self.env.user
    )
