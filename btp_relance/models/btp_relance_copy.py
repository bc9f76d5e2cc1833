# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpRelance(models.Model):
    """Who gets a copy of what is written to a debtor, because the law or a consortium says so."""

    _inherit = "btp.relance"

    copied_ids = fields.Many2many(
        "res.partner",
        string="Copy To",
        compute="_compute_copied_ids",
        compute_sudo=True,
        help="The mandataire judiciaire of insolvency proceedings; the mandataire of the "
        "consortium, where all that is claimed is of its chantiers.",
    )

    @api.depends(
        "contact_id",
        "line_ids.move_id.btp_chantier_id.mandataire_id",
        "partner_id.btp_insolvency_date",
        "partner_id.btp_insolvency_trustee_id",
    )
    def _compute_copied_ids(self):
        for relance in self:
            debtor = relance.partner_id
            copied = debtor.btp_insolvency_date and debtor.btp_insolvency_trustee_id
            relance.copied_ids = (
                (copied or self.env["res.partner"]) | relance._get_consortium_head()
            ) - relance.contact_id

    def _get_consortium_head(self):
        """Return the mandataire whose chantiers are all that this message claims.

        It reads nothing of what the debtor owes elsewhere.
        """
        self.ensure_one()
        moves = self.line_ids.filtered(lambda line: line.kind != "credit").move_id
        heads = {
            move.btp_chantier_id.role == "cotraitant"
            and move.btp_chantier_id.mandataire_id
            for move in moves
        }
        return (len(heads) == 1 and heads.pop()) or self.env["res.partner"]
