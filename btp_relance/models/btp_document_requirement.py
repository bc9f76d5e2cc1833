# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import documents

LEVELS = [("required", "Required"), ("conditional", "Conditional")]


class BtpDocumentRequirement(models.Model):
    """A line of the matrix: a document at a billing stage, for each kind of customer."""

    _name = "btp.document.requirement"
    _description = "Document Requirement"
    _order = "type_sequence, type_id, stage_rank, role, id"
    _rec_name = "type_id"

    type_id = fields.Many2one(
        "btp.document.type", "Document", required=True, index=True, ondelete="cascade"
    )
    type_sequence = fields.Integer(related="type_id.sequence", store=True)
    stage = fields.Selection(
        [
            ("advance", "Advance, down payment"),
            ("situation", "Situation"),
            ("final", "Final account"),
            ("retention_release", "Release of retention"),
        ],
        required=True,
    )
    stage_rank = fields.Integer(compute="_compute_stage_rank", store=True)
    role = fields.Selection(
        [
            ("any", "Any role"),
            ("contractor", "Contractor"),
            ("subcontractor", "Subcontractor"),
            ("subcontractor_direct", "Subcontractor with direct payment"),
        ],
        string="Our Role",
        required=True,
        default="any",
    )
    level_private = fields.Selection(LEVELS, "Business Customer")
    level_public = fields.Selection(LEVELS, "Public Customer")
    level_consumer = fields.Selection(
        LEVELS,
        "Consumer",
        help="Required: the invoice waits for it. Conditional: listed, blocks nothing. "
        "Empty: not asked for.",
    )
    condition = fields.Selection(
        [
            ("has_moe", "There is a maître d'œuvre"),
            ("has_extras", "There are extra works (avenant, OS)"),
            ("has_reserves", "Réception was with reserves"),
            ("is_revised", "The price is revised"),
            ("is_subcontractor", "We are a subcontractor"),
            ("amount_5000", "From 5,000 € before tax"),
            ("direct_payment", "The owner pays us directly"),
            ("reduced_vat", "At a reduced rate of VAT (5.5 % or 10 %)"),
        ],
        string="Only If",
    )
    company_id = fields.Many2one(
        "res.company",
        help="Empty: for every company. A line of a company stands in for the shared "
        "line of the same document, stage and role.",
    )
    active = fields.Boolean(default=True)

    _cell_uniq = models.UniqueIndex(
        "(type_id, stage, role, COALESCE(condition, ''), COALESCE(company_id, 0))"
        " WHERE active",
        "The matrix already has a line for this document, stage, role and condition.",
    )

    @api.depends("stage")
    def _compute_stage_rank(self):
        ranks = {
            value: rank
            for rank, (value, _label) in enumerate(self._fields["stage"].selection)
        }
        for requirement in self:
            requirement.stage_rank = ranks.get(requirement.stage, 0)

    # === ACTIONS === #

    @api.model
    def action_apply(self):
        """Read the open invoices against the matrix again."""
        self.check_access("write")
        moves = self.env["account.move"].sudo()
        moves._btp_search_followed(self.env.companies)._btp_sync_documents()

    # === BUSINESS === #

    @api.model
    def _get_matrix(self, company) -> tuple[documents.Requirement, ...]:
        """Return the cells of the matrix for ``company``.

        :param company: a ``res.company`` record
        """
        lines = self.sudo().search(
            [("company_id", "in", (False, company.id)), ("type_id.active", "=", True)]
        )
        own = {line._get_key() for line in lines if line.company_id}
        return tuple(
            documents.Requirement(
                line.type_id.id, line.stage, line.role, regime, level, line.condition
            )
            for line in lines
            if line.company_id or line._get_key() not in own
            for regime in ("private", "public", "consumer")
            if (level := line[f"level_{regime}"])
        )

    def _get_key(self) -> tuple:
        self.ensure_one()
        return self.type_id.id, self.stage, self.role
