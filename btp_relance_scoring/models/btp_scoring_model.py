# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..const import METHODS


class BtpScoringModel(models.Model):
    """One trained model of a company: its figures, its data window, its place."""

    _name = "btp.scoring.model"
    _description = "Scoring Model"
    _inherit = "btp.scoring.learned"

    name = fields.Char(compute="_compute_name")
    method = fields.Selection(METHODS, required=True, readonly=True)
    date_from = fields.Date("Data From", readonly=True)
    date_to = fields.Date("Data To", readonly=True)
    row_count = fields.Integer("Amounts Learned From", readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    auc = fields.Float(
        "Order (AUC)",
        digits=(6, 3),
        readonly=True,
        aggregator=None,
        help="How often a late one is ranked before one on time: 0.5 is chance, 1 is "
        "perfect.",
    )
    brier = fields.Float(
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Mean squared error of the chances: 0 is perfect, 0.25 knows nothing.",
    )
    ece = fields.Float(
        "Calibration Error",
        digits=(6, 3),
        readonly=True,
        aggregator=None,
        help="How far, on average, “70 %” is from 70 times in 100.",
    )
    mae = fields.Float(
        "Error in Days",
        digits=(8, 2),
        readonly=True,
        aggregator=None,
        help="Mean distance between the expected day and the day of payment.",
    )
    wape = fields.Float(
        "Error of Weekly Cash",
        digits=(6, 3),
        readonly=True,
        aggregator=None,
        help="Sum of the weekly errors over the sum of what came, on 13 weeks.",
    )
    drift = fields.Json(readonly=True, help="What the weekly watch found last.")

    # Two jobs cannot both crown a champion.
    _one_champion = models.UniqueIndex(
        "(company_id) WHERE state = 'champion'",
        "This company already has a model in use.",
    )

    @api.depends_context("lang", "tz")
    @api.depends("method", "trained_on")
    def _compute_name(self):
        labels = dict(self._fields["method"]._description_selection(self.env))
        for model in self:
            day = self.env["ir.qweb.field.date"].value_to_html(model.trained_on, {})
            model.name = f"{labels.get(model.method, '')} – {day}"

    # === ACTIONS === #

    def action_train(self):
        """Train a challenger for the current company now, and open it."""
        self.check_access("write")
        self.env.company._check_btp_scores_wanted()
        model = self.env["btp.scoring.job"].sudo()._train(self.env.company)
        return model._open()

    def action_score(self):
        """Score what the current company is owed now, with the model in use."""
        self.check_access("write")
        self.env.company._check_btp_scores_wanted()
        count = self.env["btp.scoring.job"].sudo()._score(self.env.company)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%s amounts due were scored.", count),
            },
        }

    def action_restore(self):
        # EXTENDS btp.scoring.learned: what is owed is scored again with it.
        # pylint: disable=missing-return
        super().action_restore()
        if self.company_id.sudo().btp_score_active:
            self.env["btp.scoring.job"].sudo()._score(self.company_id)

    # === BUSINESS === #

    def _load(self):
        # EXTENDS btp.scoring.learned: the rule has nothing to load.
        return None if self.method == "rule" else super()._load()

    def _parse(self, text, sha256):
        # EXTENDS btp.scoring.learned
        # pylint: disable=method-required-super
        from ..learner import loads

        return loads(text, sha256)

    def _say_damaged(self):
        # EXTENDS btp.scoring.learned
        # pylint: disable=method-required-super
        return self.env._(
            "The stored model of %s is missing or was altered: train a new one. "
            "Until then the simple rule takes over.",
            self.company_id.display_name,
        )
