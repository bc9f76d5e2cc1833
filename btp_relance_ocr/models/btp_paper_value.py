# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpPaperValue(models.Model):
    """One field of a paper: its value, where it stands, and how sure the reader is."""

    _name = "btp.paper.value"
    _description = "Value of a Paper"
    _order = "paper_id, sequence, id"

    paper_id = fields.Many2one(
        "btp.paper", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="paper_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Field", required=True, help="As the reader calls it.")
    #: ISO dates, decimal strings, booleans, lists: as the reader gives them.
    value = fields.Json()
    confidence = fields.Float()
    page = fields.Integer(help="From 1; 0 where it stands nowhere.")
    box = fields.Json(
        help="[left, top, right, bottom], as shares of the page's picture."
    )
    read_value = fields.Json("As Read", readonly=True)
    corrected = fields.Boolean(readonly=True)
    learned = fields.Boolean(
        readonly=True, help="Found where earlier corrections said that it stands."
    )

    _name_uniq = models.UniqueIndex(
        "(paper_id, name)", "A paper has each field once: change the one that is there."
    )
