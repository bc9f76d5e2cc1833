# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Whether and how often documents are asked for."""

    _inherit = "res.company"

    btp_follow_documents = fields.Boolean(
        "Follow Up Documents",
        default=True,
        help="Each invoice of works gets the list of the documents that it needs. While "
        "a required one is missing, whoever owes it is asked for it, and the customer is "
        "not reminded of the money.",
    )
    btp_document_request_gap = fields.Integer(
        "Days Between Requests",
        default=7,
        help="A document still missing is asked for again after so many days.",
    )

    _document_request_gap_positive = models.Constraint(
        "CHECK(btp_document_request_gap BETWEEN 1 AND 365)",
        "A missing document is asked for again after 1 to 365 days.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_follow_documents = fields.Boolean(
        related="company_id.btp_follow_documents", readonly=False
    )
    btp_document_request_gap = fields.Integer(
        related="company_id.btp_document_request_gap", readonly=False
    )
