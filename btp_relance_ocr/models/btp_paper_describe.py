# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import json
import re

from odoo import api, models

from ..const import SURE
from ..reader import forms
from ..review_words import CONTRADICTIONS
from ..words import FIELDS, VALUES, WHY


class BtpPaper(models.Model):
    """A paper in the words of the review screen."""

    _inherit = "btp.paper"

    def _describe_review(self) -> dict:
        """Return all that the screen shows of a paper."""
        self.ensure_one()
        labels = dict(self._fields["kind"]._description_selection(self.env))
        open_ = self.state == "to_check"
        effects = self._preview_effects() if open_ else {"first": [], "then": []}
        # What says why the paper is here may be what is to settle: it is said once.
        twice = any(sentence in (self.why or "") for sentence in effects["first"])
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "stamp": self._get_stamp(),
            "kind": self.kind or False,
            "kind_sure": (self.kind_confidence or 0) >= SURE,
            "kinds": list(labels.items()),
            "forms": self._describe_forms(),
            "values": {
                value.name: value._describe_review() for value in self.value_ids
            },
            "proposals": self._describe_proposals(),
            "pages": self._describe_pages(),
            "original": f"/web/content/{self.attachment_id.id}?download=true",
            "why": not twice and self.why or False,
            "error": self.error or False,
            "can_ask_again": self.can_ask_again,
            "warnings": self._describe_warnings(),
            "came": self._describe_origin(),
            "about": self._describe_about(),
            "candidates": [
                candidate._describe_review() for candidate in self.candidate_ids[:3]
            ],
            "effects": effects,
            "done": self.effect_ids.filtered(lambda one: not one.undone_on).mapped(
                "label"
            ),
        }

    def _describe_forms(self) -> dict:
        """Return the fields of each kind: a person may say that it is another one."""
        told, labels = {}, self._get_field_words()
        for kind, names in forms.FIELDS.items():
            core = forms.CORE.get(kind, ())
            told[kind] = [
                {
                    "name": name,
                    "label": labels[name],
                    "type": forms.type_of(name),
                    "core": name in core,
                    "options": [
                        [value, self.env._(VALUES[value])]
                        for value in forms.choices(kind, name)
                    ],
                }
                for name in names
            ]
        return told

    @api.model
    def _get_field_words(self) -> dict:
        """Return the fields' names in words of people."""
        return {name: self.env._(label) for name, label in FIELDS.items()}

    def _describe_proposals(self) -> dict:
        """Return what earlier corrections say of fields that were read otherwise."""
        values = self._get_said()
        return {
            name: told
            for name, told in ((self.reading or {}).get("proposals") or {}).items()
            if not forms.same(told.get("value"), values.get(name))
        }

    def _describe_pages(self) -> list[dict]:
        """Return the pages with their pictures and words."""
        told = {page["number"]: page["words"] for page in self._get_page_words()}
        pages = []
        for rank, picture in enumerate(self.sudo().picture_ids.sorted("id"), start=1):
            number = re.search(r"\d+", picture.name)
            number = int(number[0]) if number else rank
            pages.append(
                {
                    "number": number,
                    "url": f"/web/image/{picture.id}",
                    "words": [word[:5] for word in told.get(number, [])],
                }
            )
        return pages

    def _get_page_words(self) -> list[dict]:
        """Return the pages with their words, as the reader gave them."""
        self.ensure_one()
        if not self.words:
            return []
        pages = json.loads(base64.b64decode(self.words))
        if isinstance(pages, dict):
            pages = [
                {"number": int(number), "words": found}
                for number, found in pages.items()
            ]
        return pages

    def _describe_warnings(self) -> list[str]:
        """Return what to beware of, as sentences."""
        today = self.env["btp.echeance"]._get_today()
        values = self._get_said()
        return [
            *(
                self.env._(WHY[f"warning_{code}"])
                for code in self.warnings or []
                if f"warning_{code}" in WHY
            ),
            *(
                self.env._(CONTRADICTIONS[code])
                for code in forms.contradictions(self.kind, values, today)
            ),
        ]

    def _describe_origin(self) -> str:
        """Return how the paper came, in a few words."""
        ways = dict(self._fields["source"]._description_selection(self.env))
        who = self.sender_id.name or self.email_from
        return f"{ways[self.source]} – {who}" if who else ways[self.source]

    def _describe_about(self) -> dict:
        """Return what the paper is about, and why one thinks so."""
        return {
            "chantier": [self.chantier_id.id, self.chantier_id.display_name]
            if self.chantier_id
            else False,
            "move": [self.move_id.id, self.move_id.display_name]
            if self.move_id
            else False,
            "partner": [self.partner_id.id, self.partner_id.display_name]
            if self.partner_id
            else False,
            "evidence": (self.match_evidence or "").splitlines(),
            "confidence": self.match_confidence,
            "by_hand": self.matched_by_hand,
        }


class BtpPaperValue(models.Model):
    _inherit = "btp.paper.value"

    def _describe_review(self) -> dict:
        """Return a field as the screen shows it."""
        self.ensure_one()
        return {
            "value": self._get_said(),
            "read": self._get_said(read=True)
            if self.corrected or self.learned
            else None,
            "confidence": self.confidence,
            "sure": self.corrected or self.confidence >= SURE,
            "page": self.page,
            "box": self.box or False,
            "corrected": self.corrected,
            "learned": self.learned,
        }


class BtpPaperCandidate(models.Model):
    _inherit = "btp.paper.candidate"

    def _describe_review(self) -> dict:
        """Return a proposal as the screen shows it."""
        self.ensure_one()
        about = self.move_id or self.chantier_id or self.partner_id
        beside = self.chantier_id if self.move_id else self.partner_id
        more = "" if beside._name == about._name else beside.display_name
        return {
            "id": self.id,
            "label": about.display_name or "",
            "more": more or "",
            "ids": [self.chantier_id.id, self.move_id.id, self.partner_id.id],
            "score": round(100 * self.score),
            "evidence": (self.evidence or "").splitlines(),
        }
