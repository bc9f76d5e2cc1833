# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..const import OWED_BY


class BtpDocumentType(models.Model):
    """A kind of paper that a payer asks for before it pays."""

    _name = "btp.document.type"
    _description = "Document Type"
    _order = "sequence, code, id"
    _rec_names_search = ["code", "name"]

    sequence = fields.Integer(default=500)
    code = fields.Char(required=True, help="Short name, such as VIS or DC4.")
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    scope = fields.Selection(
        [("company", "Company"), ("chantier", "Chantier"), ("invoice", "Invoice")],
        required=True,
        default="chantier",
        help="What one paper is good for: all our invoices (URSSAF, decennial "
        "insurance), all those of a chantier (contract, PV), or one.",
    )
    owed_by = fields.Selection(
        OWED_BY,
        required=True,
        default="customer",
        help="Who is asked for it, unless the document says otherwise.",
    )
    validity_months = fields.Integer(
        "Valid For (months)", help="0: it does not expire."
    )
    why = fields.Char(
        translate=True,
        help="One sentence on why it is needed: whoever is asked for it reads it.",
    )
    requirement_ids = fields.One2many(
        "btp.document.requirement", "type_id", "Requirements"
    )

    _code_uniq = models.UniqueIndex("(code)", "Another document type has this code.")
    _validity_positive = models.Constraint(
        "CHECK(validity_months BETWEEN 0 AND 240)",
        "The validity is a number of months, 0 where the document does not expire.",
    )
