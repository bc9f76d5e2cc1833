# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .res_partner import AGENTS


class BtpDocument(models.Model):
    """What waits for a document, and the delay that went with its absence."""

    _inherit = "btp.document"

    currency_id = fields.Many2one(related="company_id.currency_id")
    delay_days = fields.Float(
        "Associated Delay (days)",
        digits=(8, 0),
        readonly=True,
        copy=False,
        aggregator=None,
        help="On the company's own past, amounts without this document came that many days "
        "later than those like them that had it. They went together: the one need not be "
        "the cause of the other.",
    )
    waiting_amount = fields.Monetary(
        "Waiting Now",
        groups=AGENTS,
        readonly=True,
        copy=False,
        help="What is left to pay on the invoices that wait for it.",
    )
    delay_cost = fields.Float(
        "Cost of the Wait",
        groups=AGENTS,
        readonly=True,
        copy=False,
        aggregator=None,
        help="What waits, times the associated delay: the costliest come first.",
    )
    delay_rank = fields.Integer(
        "Place by Cost",
        readonly=True,
        copy=False,
        aggregator=None,
        help="1 is the costliest: whoever may not see amounts is given the order of them.",
    )
    delay_text = fields.Char(
        "On Our Own Past",
        compute="_compute_delay_text",
        compute_sudo=True,
        groups=AGENTS,
    )

    @api.depends_context("lang")
    @api.depends("delay_days", "type_id", "company_id")
    def _compute_delay_text(self):
        known = {}
        for one in self.env["btp.document.delay"].search(
            [("type_id", "in", self.type_id.ids), ("state", "=", "enough")]
        ):
            known.setdefault((one.company_id, one.type_id), one)
        for document in self:
            one = known.get((document.company_id, document.type_id))
            document.delay_text = one and one.sentence
