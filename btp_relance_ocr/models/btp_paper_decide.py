# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import format_date

from ..const import BILLS
from ..decide import Facts, decide
from ..words import FIELDS, WHY


class BtpPaper(models.Model):
    """What becomes of a paper that was read: done by itself, or on somebody's desk."""

    _inherit = "btp.paper"

    def _settle(self):
        """Find what a paper is about, decide, and do what is sure."""
        self.ensure_one()
        paper = self.with_company(self.company_id)
        if not paper.error:
            same = paper._find_same_sheet()
            if same:
                paper._set_aside_as(same)
                return
            paper._match()
        verdict = decide(paper._get_facts())
        if verdict.state == "done":
            paper._apply()
            # Who applies may find that a person must look: the state says so already.
            if paper.state != "waiting":
                paper._after_settling()
                return
        paper._end(verdict.state, verdict.code, **verdict.details)

    def _decide(self):
        """Return the verdict on a paper as it stands: see ``decide.decide``."""
        self.ensure_one()
        return decide(self._get_facts())

    def _get_facts(self) -> Facts:
        """Return what the rule wants to know."""
        self.ensure_one()
        company = self.company_id
        about = self.chantier_id or self.move_id or self.partner_id
        if self.kind in BILLS and not self.move_id:
            about = self.partner_id
        return Facts(
            kind=self.kind or None,
            kind_confidence=1.0
            if self.kind != self.read_kind
            else self.kind_confidence or 0.0,
            values={
                value.name: (
                    value._get_said(),
                    1.0 if value.corrected else value.confidence,
                )
                for value in self.value_ids
            },
            error=self.error or None,
            warnings=tuple(self.warnings or ()),
            match=self._get_match_confidence() if about else None,
            mode=company.btp_paper_auto,
            checked=self._count_checked(),
            wanted=company.btp_paper_first,
        )

    def _get_match_confidence(self) -> float:
        """Return how sure it is what the paper is about: people are."""
        return 1.0 if self.matched_by_hand else self.match_confidence or 0.0

    def _count_checked(self) -> int:
        """Return how many papers of this kind people of the company looked through."""
        return self.sudo().search_count(
            [
                ("company_id", "=", self.company_id.id),
                ("kind", "=", self.kind),
                ("state", "=", "done"),
                ("reviewer_id", "!=", False),
            ]
        )

    def _set_aside_as(self, same):
        """Leave a second scan of a sheet alone: what it says was done or is asked already."""
        self.duplicate_of_id = same
        words = self._in_words()
        self._end(
            "set_aside",
            "same_sheet",
            name=same.name,
            date=format_date(words.env, same.create_date),
        )

    def _end(self, state: str, code: str, **details):
        """Leave a paper in a state, with the sentence that says why.

        :param code: of ``words.WHY``
        :param details: what the sentence names
        """
        self.write({"state": state, "why": self._say(code, **details)})
        self._after_settling()

    def _say(self, code: str, **details) -> str:
        """Return a sentence of ``words.WHY`` in the language of the company's people."""
        env = self._in_words().env
        if names := details.get("fields"):
            details["fields"] = ", ".join(
                env._(FIELDS[name]).lower() if name in FIELDS else name
                for name in names
            )
        sentence = env._(WHY.get(code, WHY["error_unknown"]))
        return sentence % details if details else sentence

    def _after_settling(self):
        """Put what wants a person on their desk, and take off what does not any more."""
        for paper in self:
            if paper.state in ("to_check", "failed"):
                paper._ask_person()
            else:
                paper._thank_person()

    def _ask_person(self):
        """Give whoever follows up a task, once."""
        company = self.company_id.sudo()
        user = company.btp_paper_user_id or company.btp_relance_user_id
        papers = self.sudo().with_context(
            mail_activity_quick_update=True, lang=user.lang or self.env.lang
        )
        if user and not papers.activity_ids.filtered(lambda task: task.automated):
            papers.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=papers.env._("Check a paper"),
                note=papers.why,
                automated=True,
            )

    def _thank_person(self):
        """End the task that this addon gave: it is settled."""
        self.sudo().activity_ids.filtered("automated").with_context(
            mail_activity_quick_update=True
        ).action_feedback()

    # === ACTIONS === #

    def action_read_again(self):
        """Have these papers read again; what a person corrected stays."""
        self.check_access("write")
        papers = self.filtered(lambda paper: paper.state != "waiting")
        papers.filtered(lambda paper: not paper._get_live_effects()).write(
            {
                "state": "waiting",
                "attempts": 0,
                "read_on": False,
                "error": False,
                "duplicate_of_id": False,
                "why": False,
            }
        )
        self._wake()

    def action_set_aside(self):
        """Leave these papers: nothing is done with them."""
        self.check_access("write")
        self.write({"state": "set_aside", "reviewed_on": fields.Datetime.now()})
        self._after_settling()
