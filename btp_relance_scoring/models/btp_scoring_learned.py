# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class BtpScoringLearned(models.AbstractModel):
    """What a company's past taught: kept as data, with its figures and its place.

    One champion speaks; a challenger takes its place only by its figures, and one click
    brings the one before back.
    """

    _name = "btp.scoring.learned"
    _description = "What Was Learned"
    _order = "trained_on desc, id desc"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade", index=True
    )
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
    reason = fields.Char(
        "Why", readonly=True, help="Why it is in use, or why it is not."
    )
    trouble = fields.Char(readonly=True, help="Why it cannot be used.")
    figures = fields.Json(
        readonly=True, help="How good it and its rivals were on the company's own past."
    )
    payload_id = fields.Many2one(
        "ir.attachment", "Stored Numbers", readonly=True, ondelete="set null"
    )
    payload_sha256 = fields.Char("Fingerprint", readonly=True)

    # === CRUD === #

    def write(self, vals):
        """Numbers and figures stay as they were learned: the jobs alone write them."""
        if not self.env.su:
            raise UserError(
                self.env._("What was learned is not changed by hand: train a new one.")
            )
        return super().write(vals)

    # === ACTIONS === #

    def action_restore(self):
        """Bring a former one back in use."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "champion":
            raise UserError(self.env._("This one is in use already."))
        self.sudo()._load()
        self.sudo()._crown(self.env._("Put in use by %s", self.env.user.display_name))

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
        """Return the one in use for a company, empty where none is."""
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "champion")]
        )

    def _crown(self, reason: str):
        """Put this one in use in place of the one before."""
        self.ensure_one()
        champion = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "champion")]
        )
        champion.state = "previous"
        # The unique index sees the old one go before the new one comes.
        champion.flush_recordset(["state"])
        self.write({"state": "champion", "reason": reason, "trouble": False})

    def _store(self, text: str, sha256: str):
        """Keep what was learned as JSON, never as code, with its fingerprint.

        :param text: as the learner gives it
        """
        self.ensure_one()
        self.payload_id = self.env["ir.attachment"].create(
            {
                "name": f"{self._table}-{self.id}.json",
                "raw": text.encode(),
                "mimetype": "application/json",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.payload_sha256 = sha256

    def _load(self):
        """Return what was learned.

        :raise UserError: it is missing or was altered
        """
        from ..learner import LearnerError

        self.ensure_one()
        raw = self.sudo().payload_id.raw or b""
        try:
            return self._parse(raw.decode(), self.payload_sha256 or "")
        except (LearnerError, UnicodeDecodeError):
            raise UserError(self._say_damaged()) from None

    def _parse(self, text: str, sha256: str):
        """Return what a stored text holds. Hook.

        :raise LearnerError: it was altered, or is damaged
        """
        raise NotImplementedError

    def _say_damaged(self) -> str:
        """Return in one sentence that it cannot be used, and what happens now. Hook."""
        raise NotImplementedError

    @api.model
    def _take_up(self, company):
        """Return the one in use and what it learned; nothing where there is none.

        An altered one is refused: the simple way takes over, and its page says so.

        :return: ``(record, what was learned or None)``
        """
        champion = self._get_champion(company)
        if not champion:
            return champion, None
        try:
            return champion, champion._load()
        except UserError as error:
            _logger.error("%s", error)
            champion.trouble = str(error)
            return self.browse(), None
