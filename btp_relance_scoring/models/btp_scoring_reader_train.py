# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.btp_relance.engine.answers import KINDS, find_own

from ..reading import NONE, count_kinds, find_right, forget

#: Answers learned from at most, the latest ones: more brings nothing that can be measured.
MAX_TEXTS = 5000


class BtpScoringReader(models.Model):
    """Learned each month, and in use only where it is better on what it has not seen."""

    _inherit = "btp.scoring.reader"

    @api.model
    def _cron_train(self):
        """Train a reader for each company that wants one."""
        self.env["btp.scoring.job"]._each_company(self._train_wanted)

    @api.model
    def _train_wanted(self, company):
        if company.btp_learned_reader:
            self._train(company)

    @api.model
    def _train(self, company):
        """Learn from the answers that people decided; use it where it beats the rules.

        :return: the new ``btp.scoring.reader``; empty where too few answers are decided
        """
        from ..learner import LearnerError
        from ..learner.reader import compare, fit

        # Whoever trains, its page is read by the company's people.
        self = self.with_context(lang=company.partner_id.lang or self.env.lang)
        texts, kinds, rule = self._collect(company)
        try:
            found = compare(texts, kinds, rule)
            reader = fit(texts, kinds)
        except LearnerError:
            return self.browse()
        record = self.create(
            {
                "company_id": company.id,
                "state": "refused",
                "trained_on": fields.Datetime.now(),
                "text_count": len(texts),
                "learned": found["learned"],
                "rule": found["rule"],
                "low": found["low"],
                "figures": {"kinds": count_kinds(kinds, rule, found["said"], KINDS)},
                "reason": self.env._(
                    "Not better than the rules on answers that it had not seen: they go "
                    "on reading."
                ),
            }
        )
        text = reader.dumps()
        record._store(text, self._digest(text))
        if found["better"]:
            record._crown(
                self.env._("Right more often than the rules on answers not seen.")
            )
        else:
            self._step_aside(company, record)
        return record

    @api.model
    def _step_aside(self, company, challenger):
        """Take the reader in use out where the latest figures no longer speak for it."""
        champion = self._get_champion(company)
        champion.write({"state": "previous", "reason": challenger.reason})

    @api.model
    def _collect(self, company):
        """Return the answers of which a person said what they mean.

        Left out: what a machine wrote, who objected or asked for restriction (GDPR art. 18,
        21), natural persons where the company leaves them out.

        :return: ``(texts, right kinds, kinds of the rules)``, in the order of their coming
        """
        answers = self.env["btp.answer"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "read"),
                ("automatic", "=", False),
                ("text", "!=", False),
                ("partner_id", "!=", False),
            ],
            order="id desc",
            limit=MAX_TEXTS,
        )
        source = self.env["btp.scoring.ledger"]
        allowed = source._filter_scored(company, answers.partner_id)
        texts, kinds, rule = [], [], []
        for answer in answers.filtered(lambda item: item.partner_id in allowed)[::-1]:
            right = answer._get_right_kind()
            text = answer._get_lesson()
            if right and text.strip():
                texts.append(text)
                kinds.append(right)
                rule.append(answer._get_rule_kind())
        return texts, kinds, rule

    @api.model
    def _explain_few(self, company) -> str:
        """Return in one sentence why nothing can be learned yet."""
        from ..learner.reader import LEAST

        return self.env._(
            "Not enough yet: %(count)s answers of which a person said what they mean, at "
            "least %(least)s are needed, of two kinds. The rules go on reading.",
            count=len(self.sudo()._collect(company)[0]),
            least=LEAST,
        )


class BtpAnswer(models.Model):
    """Answers read by what was learned, where it is better than the rules."""

    _inherit = "btp.answer"

    @api.model
    def _read_text(self, text, lang, facts):
        # EXTENDS btp_relance
        readings = super()._read_text(text, lang, facts)
        company = self.company_id or self.env.company
        # What a machine wrote says so itself: nothing to learn there.
        if facts.get("auto") or self.automatic:
            return readings
        champion, reader = self.env["btp.scoring.reader"]._take_up(company)
        words = reader and self._get_own_words(text, facts.get("own_texts", ()))
        if not words:
            return readings
        [(kind, chance)] = reader.read([words])
        return champion._combine(readings, kind, chance)

    @api.model
    def _get_own_words(self, text, own_texts) -> str:
        """Return what the author wrote, without history, signature and quotes of ours."""
        _folded, kept = find_own(text or "", own_texts)
        return "\n".join(text[start:end] for start, end in kept)

    def _get_lesson(self) -> str:
        """Return the words to learn from: how it is said, not by whom."""
        self.ensure_one()
        people = self.contact_id | self.partner_id
        return forget(
            self._get_own_words(self.text, self._get_own_texts()), people.mapped("name")
        )

    def _get_right_kind(self) -> str | None:
        """Return what a person said that this answer means, if somebody did."""
        self.ensure_one()
        return find_right(
            [
                (
                    reading.kind,
                    reading.source,
                    reading.state,
                    bool(reading.decided_by_id),
                    reading.trusted,
                )
                for reading in self.reading_ids
            ],
            bool(self.read_by_id),
            KINDS,
        )

    def _get_rule_kind(self) -> str:
        """Return what the rules say first of this answer today."""
        self.ensure_one()
        # The rules alone, whatever was learned.
        # pylint: disable-next=super-method-mismatch
        readings = super()._read_text(self.text, self.lang, self._get_facts())
        return min((item.kind for item in readings), key=KINDS.index, default=NONE)
