# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

AGENTS = "account.group_account_invoice,account.group_account_readonly"


class ResPartner(models.Model):
    """What is known of a payer, and their right to object to it."""

    _inherit = "res.partner"

    btp_no_scoring = fields.Boolean(
        "Objects to Forecasts",
        copy=False,
        groups=AGENTS,
        help="The person objected (GDPR art. 21): the scores are erased at once, nothing "
        "new is computed, and the model is trained without them.",
    )
    btp_score_partner_ids = fields.One2many(
        "btp.score.partner", "partner_id", "Payment Habits", groups=AGENTS
    )
    btp_habit = fields.Char(
        "Payment Habit", compute="_compute_btp_habit", groups=AGENTS
    )

    @api.depends_context("company", "lang")
    @api.depends("btp_score_partner_ids", "commercial_partner_id")
    def _compute_btp_habit(self):
        habits = self.env["btp.score.partner"].search(
            [
                ("company_id", "=", self.env.company.id),
                ("partner_id", "in", self.commercial_partner_id.ids),
            ]
        )
        known = {habit.partner_id: habit.words for habit in habits}
        for partner in self:
            partner.btp_habit = known.get(partner.commercial_partner_id)

    def write(self, vals):
        """Erase the scores of who objects, in the same transaction, and note it."""
        if "btp_no_scoring" not in vals:
            return super().write(vals)
        objects = bool(vals["btp_no_scoring"])
        changed = self.sudo().filtered(lambda item: item.btp_no_scoring != objects)
        result = super().write(vals)
        # Scores are the customer's: a contact objects for all of it.
        others = changed.commercial_partner_id.filtered(
            lambda item: item.btp_no_scoring != objects
        )
        others.btp_no_scoring = objects
        customers = changed.filtered(lambda item: item == item.commercial_partner_id)
        if objects:
            # Who became a contact of somebody who objects was a customer of their own.
            self.env["btp.score"]._forget(changed)
        customers._btp_note_objection(objects)
        return result

    def _btp_object_to_scoring(self, objects=True) -> int:
        """Note that customers object to scores, or do not any more.

        :return: how many scores and habits were erased
        """
        mine = [("partner_id", "in", self.ids)]
        count = sum(
            self.env[name].sudo().search_count(mine)
            for name in ("btp.score", "btp.score.partner")
        )
        self.sudo().btp_no_scoring = objects
        return count if objects else 0

    def _btp_note_objection(self, objects: bool):
        """Write in the journal that customers object, or do not any more."""
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "scoring_refused" if objects else "scoring_accepted",
                    "company_id": self.env.company.id,
                    "debtor_ref": customer.id,
                    "debtor_name": customer.display_name,
                }
                for customer in self
            ]
        )

    def _btp_privacy_erase(self):
        # EXTENDS btp_relance: nothing of a score is needed as a proof.
        told = super()._btp_privacy_erase()
        told["score"] = (self.env["btp.score"]._forget(self._btp_persons()), 0)
        return told

    @api.model
    def _commercial_fields(self):
        return super()._commercial_fields() + ["btp_no_scoring"]
