# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..engine import deadlines


class BtpChantier(models.Model):
    """Who stands beside us in the contract, and what a person may decide when unpaid."""

    _inherit = "btp.chantier"

    titulaire_id = fields.Many2one(
        "res.partner",
        "Main Contractor",
        check_company=True,
        help="For a subcontractor paid by the owner: the titulaire who agrees to it.",
    )
    mandataire_id = fields.Many2one(
        "res.partner",
        check_company=True,
        help="Represents the consortium before the owner: gets a copy of what we write.",
    )
    cotraitant_ids = fields.Many2many(
        "res.partner",
        "btp_chantier_cotraitant_rel",
        "chantier_id",
        "partner_id",
        "Cotraitants",
        check_company=True,
        help="Never asked to pay: the owner pays each member of the consortium.",
    )
    suspension_ids = fields.One2many("btp.suspension", "chantier_id", "Suspensions")
    direct_action_ids = fields.One2many(
        "btp.direct.action", "chantier_id", "Direct Actions"
    )
    decompte_due_on = fields.Date(
        "Décompte Due From the Owner",
        compute="_compute_decompte_due_on",
        help="Public: 30 days after the draft final account (CCAG travaux 2021, "
        "art. 12.4). Private: 45 days after the mémoire définitif, only if the contract "
        "refers to NF P03-001. The settings may state other terms.",
    )

    @api.depends(
        "company_id.btp_private_decompte_days",
        "company_id.btp_public_decompte_days",
        "date_final_draft",
        "regime",
    )
    def _compute_decompte_due_on(self):
        for chantier in self:
            sent = chantier.date_final_draft
            if not sent or not chantier.regime:
                chantier.decompte_due_on = False
            elif chantier.regime in deadlines.PUBLIC_DAYS:
                account = deadlines.public_final_account(
                    sent, decompte_days=chantier.company_id.btp_public_decompte_days
                )
                chantier.decompte_due_on = account.decompte_due
            else:
                account = deadlines.private_final_account(
                    sent,
                    sent,
                    decompte_days=chantier.company_id.btp_private_decompte_days,
                )
                chantier.decompte_due_on = account.decompte_due

    def action_new_suspension(self):
        """Prepare a suspension of works: a person fills it in."""
        return self._open_new("btp.suspension", self.env._("Suspension of Works"))

    def action_new_direct_action(self):
        """Prepare the two letters of an action directe."""
        return self._open_new("btp.direct.action", self.env._("Action Directe"))

    def _open_new(self, model, name):
        self.ensure_one()
        self.env[model].check_access("create")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "context": {"default_chantier_id": self.id},
        }
