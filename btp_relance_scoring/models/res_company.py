# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """What the company wants of its scores."""

    _inherit = "res.company"

    btp_score_active = fields.Boolean(
        "Score Amounts Due",
        default=True,
        help="Each night: how likely each amount is late, and when it comes.",
    )
    btp_score_persons = fields.Boolean(
        "Score Natural Persons",
        help="Without it, consumers, and whoever is neither a company nor has a VAT or company "
        "number, are neither scored nor learned from (GDPR).",
    )
    btp_score_grace = fields.Integer(
        "Days Before It Is Late",
        default=0,
        help="An amount paid that many days after its due date still counts as on time.",
    )

    _btp_score_grace_positive = models.Constraint(
        "CHECK(btp_score_grace >= 0 AND btp_score_grace <= 90)",
        "Days before an amount counts as late: from 0 to 90.",
    )

    def write(self, vals):
        """Obey at once: no scores, no natural persons, another bound of what is late."""
        graces = self.mapped("btp_score_grace")
        result = super().write(vals)
        if not vals.get("btp_score_active", True):
            self._stop_btp_scores()
        if not vals.get("btp_score_persons", True):
            for company in self:
                self.env["btp.score"]._leave_out_persons(company)
        cron = self.env.ref(
            "btp_relance_scoring.ir_cron_train", raise_if_not_found=False
        )
        if cron and self.mapped("btp_score_grace") != graces:
            # What was learned tells of the former bound.
            cron.sudo()._trigger()
        return result

    def _stop_btp_scores(self):
        """Take what was expected out of sums and orders; the proofs of it have their time."""
        waiting = [("company_id", "in", self.ids), ("gain", "!=", 0)]
        self.env["btp.relance"].sudo().search(waiting).gain = 0
        for company in self:
            self.env["btp.scoring.job"].sudo()._sum_chantiers(company, None)

    def _check_btp_scores_wanted(self):
        """Refuse to score by hand what the settings say is not scored.

        :raise UserError: it is switched off
        """
        self.ensure_one()
        if not self.sudo().btp_score_active:
            raise UserError(
                self.env._(
                    "%s does not score amounts due: switch it on in the settings first.",
                    self.display_name,
                )
            )
