# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reading import combine


class BtpScoringReader(models.Model):
    """A reader of answers, learned from what people made of the readings before.

    It says what an answer means only where it was right more often than the rules on
    answers that it had not seen; the words, days and amounts stay those of the rules.
    """

    _name = "btp.scoring.reader"
    _description = "Learned Reader of Answers"
    _inherit = "btp.scoring.learned"

    name = fields.Char(compute="_compute_name")
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
    figures_html = fields.Html(
        "Kind by Kind", compute="_compute_figures_html", sanitize=False
    )

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
        # EXTENDS btp.scoring.learned
        # pylint: disable=missing-return
        super().action_restore()
        self.company_id.sudo().btp_learned_reader = True

    # === BUSINESS === #

    @api.model
    def _get_champion(self, company):
        # EXTENDS btp.scoring.learned: none where the company wants the rules to read.
        found = super()._get_champion(company)
        return found if company.sudo().btp_learned_reader else found.browse()

    def _parse(self, text, sha256):
        # EXTENDS btp.scoring.learned
        # pylint: disable=method-required-super
        from ..learner import LearnerError
        from ..learner.reader import Reader

        if self._digest(text) != sha256:
            raise LearnerError("altered_model", "sha256")
        return Reader.loads(text)

    @api.model
    def _digest(self, text: str) -> str:
        return hashlib.sha256(text.encode()).hexdigest()

    def _say_damaged(self):
        # EXTENDS btp.scoring.learned
        # pylint: disable=method-required-super
        return self.env._(
            "The learned reader of %s is missing or was altered: train a new one. "
            "Until then the rules read.",
            self.company_id.display_name,
        )

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
