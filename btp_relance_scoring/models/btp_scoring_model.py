# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import METHODS

_logger = logging.getLogger(__name__)


class BtpScoringModel(models.Model):
    """One trained model of a company: its figures, its data window, its place.

    One champion speaks; a challenger takes its place only by its figures, and one click
    brings the one before back.
    """

    _name = "btp.scoring.model"
    _description = "Scoring Model"
    _order = "trained_on desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
    method = fields.Selection(METHODS, required=True, readonly=True)
    state = fields.Selection(
        [
            ("champion", "In use"),
            ("previous", "Used before"),
            ("refused", "Not better: not used"),
        ],
        required=True,
        readonly=True,
    )
    trained_on = fields.Datetime(required=True, readonly=True)
    date_from = fields.Date("Data From", readonly=True)
    date_to = fields.Date("Data To", readonly=True)
    row_count = fields.Integer("Amounts Learned From", readonly=True)
    customer_count = fields.Integer("Customers", readonly=True)
    reason = fields.Char(
        "Why", readonly=True, help="Why it is in use, or why it is not."
    )
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
    trouble = fields.Char(readonly=True, help="Why it cannot be used.")
    figures = fields.Json(
        readonly=True, help="Every rival on the company's own past, by origin."
    )
    drift = fields.Json(readonly=True, help="What the weekly watch found last.")
    payload_id = fields.Many2one(
        "ir.attachment", "Stored Model", readonly=True, ondelete="set null"
    )
    payload_sha256 = fields.Char("Fingerprint", readonly=True)

    # Two jobs cannot both crown a champion.
    _one_champion = models.UniqueIndex(
        "(company_id) WHERE state = 'champion'",
        "This company already has a model in use.",
    )

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
        model = self.env["btp.scoring.job"].sudo()._train(self.env.company)
        return model._open()

    @api.model
    def action_score(self):
        """Score what the current company is owed now, with the model in use."""
        self.check_access("write")
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
        """Bring a former model back in use, and score again with it."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "champion":
            raise UserError(self.env._("This model is the one in use."))
        self.sudo()._load()
        self.sudo()._crown(self.env._("Put in use by %s", self.env.user.display_name))
        self.env["btp.scoring.job"].sudo()._score(self.company_id)

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # === BUSINESS === #

    @api.model
    def _get_champion(self, company):
        """Return the model in use for a company, empty where none is."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "champion")]
        )

    def _crown(self, reason: str):
        """Put this model in use in place of the one before."""
        self.ensure_one()
        champion = self._get_champion(self.company_id)
        champion.state = "previous"
        # The unique index sees the old one go before the new one comes.
        champion.flush_recordset(["state"])
        self.write({"state": "champion", "reason": reason})

    def _store(self, text: str, sha256: str):
        """Keep the trained numbers as JSON, never as code, with their fingerprint.

        :param text: of ``learner.dumps``
        """
        self.ensure_one()
        self.payload_id = self.env["ir.attachment"].create(
            {
                "name": f"scoring-{self.id}.json",
                "raw": text.encode(),
                "mimetype": "application/json",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.payload_sha256 = sha256

    def _load(self):
        """Return the learner's model.

        :raise UserError: it is missing or was altered
        """
        from ..learner import LearnerError, loads

        self.ensure_one()
        raw = self.sudo().payload_id.raw or b""
        try:
            return loads(raw.decode(), self.payload_sha256 or "")
        except (LearnerError, UnicodeDecodeError):
            raise UserError(
                self.env._(
                    "The stored model of %s is missing or was altered: train a new one. "
                    "Until then the simple rule takes over.",
                    self.company_id.display_name,
                )
            ) from None

    @api.model
    def _take_up(self, company):
        """Return the model in use and its numbers; none where the rule is in charge.

        An altered model is refused: the rule takes over, and its page says so.

        :return: ``(btp.scoring.model, learner.Model or None)``
        """
        champion = self._get_champion(company)
        if not champion or champion.method == "rule":
            return champion, None
        try:
            return champion, champion._load()
        except UserError as error:
            _logger.error("%s", error)
            champion.trouble = str(error)
            return self.browse(), None
