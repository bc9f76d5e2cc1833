# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reading import combine

_logger = logging.getLogger(__name__)


class BtpScoringReader(models.Model):
    """A reader of answers, learned from what people made of the readings before.

    It says what an answer means only where it was right more often than the rules on
    answers that it had not seen; the words, days and amounts stay those of the rules.
    """

    _name = "btp.scoring.reader"
    _description = "Learned Reader of Answers"
    _order = "trained_on desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
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
    text_count = fields.Integer(
        "Answers Learned From",
        readonly=True,
        help="Answers of which a person said what they mean.",
    )
    learned = fields.Float(
        "Right, Learned",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Share of answers well understood, each by a reader that had not seen it.",
    )
    rule = fields.Float(
        "Right, by Rules",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Share of the same answers that the rules understand well.",
    )
    low = fields.Float(
        "Gain at Least",
        digits=(6, 4),
        readonly=True,
        aggregator=None,
        help="Lower end of the interval of the gain (90 %): it is used only above zero.",
    )
    reason = fields.Char("Why", readonly=True)
    figures = fields.Json(readonly=True, help="Both readers, kind by kind.")
    figures_html = fields.Html(
        "Kind by Kind", compute="_compute_figures_html", sanitize=False
    )
    payload_id = fields.Many2one(
        "ir.attachment", "Stored Reader", readonly=True, ondelete="set null"
    )
    payload_sha256 = fields.Char("Fingerprint", readonly=True)

    _one_champion = models.UniqueIndex(
        "(company_id) WHERE state = 'champion'",
        "This company already has a learned reader in use.",
    )

    @api.depends_context("lang", "tz")
    @api.depends("trained_on")
    def _compute_name(self):
        for reader in self:
            day = self.env["ir.qweb.field.date"].value_to_html(reader.trained_on, {})
            reader.name = self.env._("Reader of %s", day)

    @api.depends_context("lang")
    @api.depends("figures")
    def _compute_figures_html(self):
        labels = dict(
            self.env["btp.answer.reading"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        head = Markup("<tr><th>%s</th>%s</tr>") % (
            self.env._("What it says"),
            Markup().join(
                Markup('<th class="text-end">%s</th>') % title
                for title in (
                    self.env._("Answers"),
                    self.env._("Found by rules"),
                    self.env._("Found, learned"),
                    self.env._("Right when it says so"),
                )
            ),
        )
        for reader in self:
            rows = Markup().join(
                Markup("<tr><td>%s</td>%s</tr>")
                % (labels.get(one["kind"], one["kind"]), _cells(one))
                for one in (reader.figures or {}).get("kinds", [])
            )
            reader.figures_html = rows and (
                Markup(
                    '<div class="table-responsive"><table class="table table-sm">'
                    "<thead>%s</thead><tbody>%s</tbody></table></div>"
                )
                % (head, rows)
            )

    # === ACTIONS === #

    @api.model
    def action_train(self):
        """Train on the answers decided until now, and open what came of it."""
        self.check_access("write")
        reader = self.sudo()._train(self.env.company)
        if not reader:
            raise UserError(self._explain_few(self.env.company))
        return reader._open()

    def action_stop(self):
        """Let the rules read again, from now on: one click."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "champion":
            raise UserError(self.env._("This reader is not the one in use."))
        self.sudo().write(
            {
                "state": "previous",
                "reason": self.env._("Stopped by %s", self.env.user.display_name),
            }
        )
        self.company_id.sudo().btp_learned_reader = False

    def action_restore(self):
        """Put a former reader in use."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "champion":
            raise UserError(self.env._("This reader is the one in use."))
        self.sudo()._load()
        self.sudo()._crown(self.env._("Put in use by %s", self.env.user.display_name))
        self.company_id.sudo().btp_learned_reader = True

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
        """Return the reader in use for a company; empty where the rules read."""
        if not company.sudo().btp_learned_reader:
            return self.sudo().browse()
        return self.sudo().search(
            [("company_id", "=", company.id), ("state", "=", "champion")]
        )

    def _crown(self, reason: str):
        """Put this reader in use in place of the one before."""
        self.ensure_one()
        champion = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "champion")]
        )
        champion.state = "previous"
        # The unique index sees the old one go before the new one comes.
        champion.flush_recordset(["state"])
        self.write({"state": "champion", "reason": reason})

    def _store(self, text: str):
        """Keep what was learned as JSON, never as code, with its fingerprint."""
        self.ensure_one()
        raw = text.encode()
        self.payload_id = self.env["ir.attachment"].create(
            {
                "name": f"reader-{self.id}.json",
                "raw": raw,
                "mimetype": "application/json",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.payload_sha256 = hashlib.sha256(raw).hexdigest()

    def _load(self):
        """Return the ``learner.reader.Reader``.

        :raise UserError: it is missing or was altered
        """
        from ..learner import LearnerError
        from ..learner.reader import Reader

        self.ensure_one()
        raw = self.sudo().payload_id.raw or b""
        try:
            if hashlib.sha256(raw).hexdigest() != self.payload_sha256:
                raise LearnerError("altered_model", "sha256")
            return Reader.loads(raw.decode())
        except (LearnerError, UnicodeDecodeError):
            raise UserError(
                self.env._(
                    "The learned reader of %s is missing or was altered: train a new one. "
                    "Until then the rules read.",
                    self.company_id.display_name,
                )
            ) from None

    @api.model
    def _take_up(self, company):
        """Return the reader in use and what it learned; the rules read where it is damaged.

        :return: ``(btp.scoring.reader, learner.reader.Reader or None)``
        """
        champion = self._get_champion(company)
        if not champion:
            return champion, None
        try:
            return champion, champion._load()
        except UserError as error:
            _logger.error("%s", error)
            champion.reason = str(error)
            return champion, None

    def _combine(self, readings, kind: str, chance: float) -> list:
        """Return the rules' readings, what was learned first.

        Never surer than this reader was right, unseen, when it said that kind.
        """
        self.ensure_one()
        sure = {one["kind"]: one["sure"] for one in self.figures["kinds"]}
        return combine(readings, kind, min(chance, sure.get(kind) or 0.0))


def _cells(one: dict) -> Markup:
    """Return the cells of one kind's figures."""
    shares = [one["rule"], one["learned"], one["sure"]]
    texts = [one["n"], *("–" if x is None else f"{100 * x:.0f} %" for x in shares)]
    return Markup().join(
        Markup('<td class="text-end">%s</td>') % text for text in texts
    )
