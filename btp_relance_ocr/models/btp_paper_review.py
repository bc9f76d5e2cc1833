# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import KINDS, OF_SUPPLIER
from ..reader import forms, typed
from ..review_words import WRONG

#: What a person may still check: the others wait for the reader, or are settled.
REVIEWABLE = ("to_check", "failed")
#: So many papers are told to the screen as those that follow.
QUEUE = 500


class _Undone(Exception):
    """Ends a savepoint that nothing is kept of."""


class BtpPaper(models.Model):
    """A person checks what was read: what the screen gets, and what comes back from it."""

    _inherit = "btp.paper"

    # === ACTIONS === #

    def action_review(self):
        """Open the review screen on these papers, or on all that are to check."""
        self.check_access("read")
        action = self.env["ir.actions.actions"]._for_xml_id(
            "btp_relance_ocr.btp_paper_review_action"
        )
        context = {"review_ids": self.ids}
        return {**action, "context": context, "params": context}

    @api.model
    def get_review(self, paper_id=None, filters=None):
        """Return what the screen shows of a paper, and which papers follow it.

        :param int paper_id: the paper; None for the first that is to check
        :param dict filters: ``ids``: only these papers; ``skip``: not these ones
        :return: ``{"paper": see `_describe_review`, or False, "queue": [ids to check]}``
        """
        self.check_access("read")
        filters = filters or {}
        domain = [
            ("state", "in", REVIEWABLE),
            ("company_id", "in", self.env.companies.ids),
        ]
        if filters.get("ids"):
            domain.append(("id", "in", filters["ids"]))
        # What could not be read comes last.
        queue = self.search(domain, order="state DESC, id", limit=QUEUE)
        if paper_id:
            paper = self.browse(paper_id).exists()
            if not paper:
                raise UserError(self.env._("This paper is no longer there."))
            paper.check_access("read")
        else:
            paper = queue.filtered(
                lambda one: one.id not in set(filters.get("skip") or [])
            )[:1]
        return {
            "paper": paper._describe_review() if paper else False,
            "queue": queue.ids,
        }

    @api.model
    def save_review(
        self, paper_id, values, choice=None, confirm=False, stamp=None, seconds=0
    ):
        """Write what a person says of a paper.

        :param dict values: ``{field: {"value", "page", "box"}}``, and ``kind`` where it changes
        :param dict choice: ``candidate_id``, or ``chantier_id``, ``move_id``, ``partner_id``
        :param bool confirm: also do what the paper means
        :param str stamp: what `get_review` gave: nothing is written over somebody else's work
        :param int seconds: how long the screen was open on it
        :return: ``{"conflict": sentence or False, "done": [what changed]}``
        """
        paper = self._get_reviewed(paper_id)
        conflict = paper._find_conflict(stamp)
        if conflict:
            return {"conflict": conflict, "done": []}
        paper._write_review(values or {}, choice)
        if not confirm:
            return {"conflict": False, "done": []}
        before = paper.effect_ids
        paper._confirm_review(seconds)
        paper.invalidate_recordset(["effect_ids"])
        return {
            "conflict": False,
            "done": (paper.effect_ids - before).mapped("label"),
        }

    @api.model
    def preview_review(self, paper_id, values, choice=None):
        """Return what confirming would do, see `_preview_effects`; nothing is kept.

        The parameters are those of `save_review`.
        """
        paper = self._get_reviewed(paper_id)
        told = {}
        try:
            with self.env.cr.savepoint():
                paper._write_review(values or {}, choice)
                told = paper._preview_effects()
                raise _Undone
        except _Undone:
            self.env.invalidate_all(flush=False)
        return told

    @api.model
    @api.readonly
    def parse_value(self, field, text, around=None, index=0):
        """Return what a text means for a field.

        :param list around: for a word that was clicked, the words of its line
        :param int index: which of them it is
        :return: ``{"value", "error": sentence or False, "span": [first, last + 1] of around}``
        """
        self.check_access("read")
        today = self.env["btp.echeance"]._get_today()
        span = [0, 0]
        if around:
            around = [str(word)[:100] for word in around[:60]]
            span = typed.grow(field, around, min(index, len(around) - 1), today)
            text = " ".join(around[slice(*span)])
        try:
            value = typed.parse(field, str(text or "")[:1000], today)
        except typed.Wrong as wrong:
            told = {"value": None, "error": self.env._(WRONG[wrong.code])}
        else:
            told = {"value": value, "error": False}
        return {**told, "span": list(span)}

    # === BUSINESS === #

    def _get_said(self) -> dict:
        """Return what the paper says: {field: value}, without what it does not say."""
        self.ensure_one()
        told = {value.name: value._get_said() for value in self.value_ids}
        return {name: value for name, value in told.items() if value is not None}

    @api.model
    def _get_reviewed(self, paper_id):
        """Return a paper that the user may change."""
        # Who may change none is not told which are there.
        self.browse().check_access("write")
        paper = self.browse(paper_id).exists()
        if not paper:
            raise UserError(self.env._("This paper is no longer there."))
        paper.check_access("write")
        return paper

    def _find_conflict(self, stamp):
        """Return the sentence that says who was faster, or False. Locks the paper."""
        self.ensure_one()
        if not self.try_lock_for_update():
            return self.env._("Somebody else is working on this paper: try again.")
        if self.state not in REVIEWABLE:
            if self.reviewer_id and self.reviewed_on:
                moment = fields.Datetime.context_timestamp(self, self.reviewed_on)
                return self.env._(
                    "%(who)s checked this paper at %(hour)s: nothing of yours was written.",
                    who=self.reviewer_id.name,
                    hour=moment.strftime("%H:%M"),
                )
            return self.env._("This paper is not to check any more.")
        if stamp and stamp != self._get_stamp():
            return self.env._(
                "Somebody changed this paper meanwhile: it is shown as it is now."
            )
        return False

    def _get_stamp(self) -> str:
        """Return a mark of all that the screen may change."""
        self.ensure_one()
        told = [
            self.state,
            self.kind,
            self.chantier_id.id,
            self.move_id.id,
            self.partner_id.id,
            sorted((value.name, json.dumps(value.value)) for value in self.value_ids),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]

    def _write_review(self, values, choice):
        """Write what a person says, without doing what it means."""
        self.ensure_one()
        kind = values.get("kind") or self.kind
        if kind not in dict(KINDS):
            raise UserError(self.env._("Say first what kind of paper it is."))
        if kind != self.kind:
            self.kind = kind
        known = {value.name: value for value in self.value_ids}
        rows = []
        for name, told in values.items():
            if name == "kind" or name not in forms.FIELDS[kind]:
                continue
            value = told.get("value")
            value = None if value in ("", []) else value
            if not typed.check(name, value):
                raise UserError(
                    self.env._(
                        "“%s” has no right value: correct it.",
                        self._get_field_words()[name],
                    )
                )
            if name in known:
                known[name]._correct(value, told.get("page"), told.get("box"))
            elif value is not None:
                rows.append(
                    {
                        "paper_id": self.id,
                        "name": name,
                        "sequence": forms.FIELDS[kind].index(name) + 1,
                        "value": value,
                        "confidence": 0.0,
                        "page": told.get("page") or 0,
                        "box": told.get("box") or False,
                        "corrected": True,
                    }
                )
        self.env["btp.paper.value"].create(rows)
        if choice:
            self._write_choice(choice)

    def _write_choice(self, choice):
        """Write what a person says that the paper is about."""
        if choice.get("candidate_id"):
            found = self.candidate_ids.filtered(
                lambda one: one.id == choice["candidate_id"]
            )
            if not found:
                raise UserError(self.env._("This proposal is no longer there."))
            about = {
                name: found[name].id
                for name in ("chantier_id", "move_id", "partner_id")
            }
            about["match_evidence"] = found.evidence
        else:
            about = {
                name: choice.get(name) or False
                for name in ("chantier_id", "move_id", "partner_id")
            }
            for name, id_ in about.items():
                self[name].browse(id_ or []).check_access("read")
            about["match_evidence"] = self.env._("%s said so.", self.env.user.name)
        move = self.move_id.browse(about["move_id"] or [])
        about["chantier_id"] = about["chantier_id"] or move.btp_chantier_id.id
        chantier = self.chantier_id.browse(about["chantier_id"] or [])
        # A bill on a chantier is its supplier's, not the customer's.
        owner = (
            self.partner_id
            if self.kind in OF_SUPPLIER and not choice.get("candidate_id")
            else chantier.partner_id.commercial_partner_id
        )
        about["partner_id"] = (
            about["partner_id"] or move.commercial_partner_id.id or owner.id
        )
        self.write({**about, "matched_by_hand": True})

    def _confirm_review(self, seconds):
        """Note who checked the paper, learn from it, and do what it means."""
        self.ensure_one()
        values = self._get_said()
        if self.kind in forms.SIGNED and values.get("signed") is not True:
            raise UserError(
                self.env._(
                    "Not signed, this paper proves nothing: tick “Signed” if it is, "
                    "ask for the signed one, or set it aside."
                )
            )
        self.write(
            {
                # What could not be read is known now.
                "state": "to_check",
                "error": False,
                "reviewer_id": self.env.uid,
                "reviewed_on": fields.Datetime.now(),
                "review_seconds": self.review_seconds
                + max(0, min(int(seconds or 0), 3600)),
            }
        )
        self._learn()
        self._apply()
        if self.state in REVIEWABLE:
            self.write({"state": "done", "why": False})
        self._after_settling()


class BtpPaperValue(models.Model):
    """A person says what a field is: what was read is kept beside it."""

    _inherit = "btp.paper.value"

    def _get_said(self, read=False):
        """Return the value, or what was read; None where there is none.

        A JSON field does not tell False from nothing: only a yes or no is ever False.
        """
        value = self.read_value if read else self.value
        return value if forms.type_of(self.name) == "boolean" else value or None

    def _correct(self, value, page=None, box=None):
        """Write what a person says; what the reader said stays in ``read_value``."""
        self.ensure_one()
        if forms.same(self._get_said(), value):
            return
        was = self._get_said(read=self.corrected or self.learned)
        by_hand = self.corrected and not self.confidence
        self.write(
            {
                "value": value,
                "read_value": was,
                "corrected": by_hand or not forms.same(was, value),
                "page": page or (self.page if box is None else 0),
                "box": box or False,
            }
        )
