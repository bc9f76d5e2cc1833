# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

from ..const import ANSWER_KINDS
from .btp_dispute import REASONS


class BtpAnswerReading(models.Model):
    """One thing that an answer says, the words that say it, and what to do about it."""

    _name = "btp.answer.reading"
    _description = "Reading of an Answer"
    _order = "id"
    _rec_name = "summary"
    _check_company_auto = True

    answer_id = fields.Many2one(
        "btp.answer", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(
        related="answer_id.company_id", store=True, index=False
    )
    partner_id = fields.Many2one(related="answer_id.partner_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(ANSWER_KINDS, required=True, readonly=True)
    quote = fields.Char("Words", readonly=True, help="The exact words relied on.")
    quote_start = fields.Integer(readonly=True)
    quote_end = fields.Integer(readonly=True)
    confidence = fields.Float(
        readonly=True,
        aggregator="avg",
        help="How often a reading like this one is right, from 0 to 1.",
    )
    date = fields.Date(readonly=True)
    amount = fields.Monetary(readonly=True)
    reason = fields.Selection(REASONS, readonly=True)
    name = fields.Char("Contact", readonly=True)
    email = fields.Char("E-mail", readonly=True)
    phone = fields.Char(readonly=True)
    details = fields.Json(
        readonly=True, help="What else was said: documents, mean, reference, channel."
    )
    move_ids = fields.Many2many(
        "account.move",
        "btp_answer_reading_move_rel",
        string="Invoices",
        readonly=True,
        help="Those that the words name, else those of the reminder.",
    )
    source = fields.Selection(
        [("reader", "Reader"), ("person", "Person")],
        default="reader",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("applied", "Done"),
            ("dismissed", "Dismissed"),
            ("corrected", "Corrected"),
        ],
        default="proposed",
        required=True,
        readonly=True,
        help="What a person made of it is kept: a learned reader may train on it.",
    )
    corrected_id = fields.Many2one(
        "btp.answer.reading",
        "Corrects",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
        help="The reading of which a person said that it was another.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    trusted = fields.Boolean(
        readonly=True, help="Done without a click: the company trusts such readings."
    )
    outcome = fields.Char(readonly=True, help="What was done about it.")
    result_model = fields.Char(readonly=True)
    result_id = fields.Many2oneReference(
        "Made From It", model_field="result_model", readonly=True
    )
    summary = fields.Char(compute="_compute_summary")
    action_label = fields.Char(compute="_compute_summary")
    moves_label = fields.Char(compute="_compute_summary")
    sureness = fields.Char(compute="_compute_sureness")

    _confidence_range = models.Constraint(
        "CHECK(confidence >= 0 AND confidence <= 1)",
        "A confidence lies between 0 and 1.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("kind", "date", "amount", "reason", "email", "details", "move_ids")
    def _compute_summary(self):
        for reading in self:
            reading.summary = reading._summarize()
            reading.action_label = reading._get_action_label()
            names = reading.move_ids.mapped("name")
            # All those of a reminder in one breath: they are listed on it.
            reading.moves_label = (
                self.env._("%s invoices", len(names))
                if len(names) > 3
                else ", ".join(filter(None, names))
            )

    @api.depends_context("lang")
    @api.depends("confidence")
    def _compute_sureness(self):
        for reading in self:
            if reading.source == "person":
                reading.sureness = self.env._("Said by a person")
            elif reading.confidence >= 0.85:
                reading.sureness = self.env._("Very likely")
            elif reading.confidence >= 0.7:
                reading.sureness = self.env._("Likely")
            else:
                reading.sureness = self.env._("To check")

    def _summarize(self) -> str:
        """Return what this reading says, in a few words."""
        self.ensure_one()
        label = dict(self._fields["kind"]._description_selection(self.env)).get(
            self.kind, ""
        )
        reasons = dict(self._fields["reason"]._description_selection(self.env))
        details = self.details or {}
        documents = self._get_document_labels()
        words = [
            self.date and format_date(self.env, self.date),
            self.amount
            and formatLang(self.env, self.amount, currency_obj=self.currency_id),
            reasons.get(self.reason),
            ", ".join(filter(None, [self.name, self.email, self.phone])),
            ", ".join(documents),
            details.get("reference"),
            self.kind == "distress"
            and details.get("insolvency")
            and self.env._("insolvency proceedings"),
        ]
        said = " · ".join(word for word in words if word)
        if not said:
            return label
        return self.env._("%(kind)s: %(values)s", kind=label, values=said)

    def _get_document_labels(self) -> list[str]:
        """Return the documents asked for, as people call them."""
        labels = {
            "invoice": self.env._("Invoice"),
            "rib": self.env._("Bank details"),
            "pv": self.env._("Acceptance report"),
            "dgd": self.env._("Final account"),
            "situation": self.env._("Progress statement"),
            "statement": self.env._("Statement of account"),
            "attestation": self.env._("Certificate"),
            "delivery_note": self.env._("Delivery note"),
            "order": self.env._("Order"),
            "doe": self.env._("As-built file"),
            "credit_note": self.env._("Credit note"),
            "other": self.env._("Other document"),
        }
        codes = (self.details or {}).get("documents") or []
        return [labels[code] for code in codes if code in labels]

    def _get_action_label(self) -> str:
        """Return what the button of this reading does."""
        self.ensure_one()
        return {
            "promise": self.env._("Note the promise"),
            "dispute": self.env._("Open a dispute"),
            "already_paid": self.env._("Find the payment"),
            "document_request": self.env._("Send the documents"),
            "wrong_contact": self.env._("Correct the contact"),
            "out_of_office": self.env._("Wait until then"),
            "distress": self.env._("Hand it to a person"),
            "complaint": self.env._("Hand it to a person"),
            "unsubscribe": self.env._("Note the refusal"),
        }.get(self.kind) or self.env._("Nothing to do")

    # === ACTIONS === #

    def action_apply(self):
        """Do what this reading proposes, then open the next answer.

        :return: an action: a message to send, else the next answer when this one is done
        """
        self.ensure_one()
        self.answer_id.check_access("write")
        if self.state != "proposed":
            return False
        action = self._apply()
        if action:
            return action
        answer = self.answer_id
        answer.sudo()._settle()
        return answer._open_next() if answer.state == "read" else False

    def action_dismiss(self):
        """Leave this reading aside: it is not what was meant."""
        self.ensure_one()
        self.answer_id.check_access("write")
        if self.state != "proposed":
            return False
        self.sudo()._decide("dismissed")
        answer = self.answer_id
        answer.sudo()._settle()
        return answer._open_next() if answer.state == "read" else False

    def action_correct(self):
        """Say what was meant instead."""
        self.ensure_one()
        self.answer_id.check_access("write")
        return self.env["btp.answer.correction"]._open_for(self.answer_id, self)

    def action_open_result(self):
        """Open what was made from this reading: there it can be undone."""
        self.ensure_one()
        self.check_access("read")
        record = self.result_model and self.env[self.result_model].browse(
            self.result_id
        )
        if not record or not record.exists():
            raise UserError(self.env._("It was deleted since."))
        return {
            "type": "ir.actions.act_window",
            "name": record.display_name,
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # === BUSINESS === #

    def _propose_anew(self):
        """Propose again what was left aside."""
        self.write(
            {
                "state": "proposed",
                "outcome": False,
                "decided_by_id": False,
                "decided_on": False,
            }
        )

    def _decide(self, state: str, outcome: str | None = None):
        """Note what became of readings, by whom, in the journal too.

        :param state: a code of ``state``
        :param outcome: one sentence
        """
        self.write(
            {
                "state": state,
                "outcome": outcome,
                "decided_by_id": self.env.uid,
                "decided_on": fields.Datetime.now(),
            }
        )
        if state != "applied":
            away = self.filtered(lambda reading: reading.kind == "out_of_office")
            away.answer_id.pause_until = False
        kinds = {
            "applied": "reading_applied",
            "dismissed": "reading_dismissed",
            "corrected": "reading_corrected",
        }
        for reading in self:
            reading.answer_id._note(
                kinds[state], " – ".join(filter(None, [reading.summary, outcome]))
            )

    def _find_moves(self):
        """Choose the invoices that each reading is about: named near its words, else in the
        text, else all those of the reminder."""
        for reading in self:
            answer = reading.answer_id
            moves = answer._get_lines().move_id
            text = (answer.text or "").upper()
            start, end = reading.quote_start, reading.quote_end
            near = text[max(0, start - 150) : end + 150]
            for words in (near, text):
                named = moves.filtered(
                    lambda move, words=words: (move.name or "").upper() in words
                )
                if named:
                    break
            reading.move_ids = named or moves

    def _apply_trusted(self):
        """Do what the company trusts, and leave the rest to a person.

        What a machine wrote says nothing for its customer: only that somebody is away.
        """
        for company, readings in self.grouped("company_id").items():
            trust = self.env["btp.answer.trust"]._get_thresholds(company)
            for reading in readings:
                least = trust.get(reading.kind)
                if reading.answer_id.automatic and reading.kind != "out_of_office":
                    continue
                if least and reading.confidence >= least:
                    reading._apply_alone()
        self.answer_id._settle()
