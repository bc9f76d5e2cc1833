# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import models

from ..engine.answers import find_own


class BtpAnswer(models.Model):
    """The words of an answer, those that were relied on marked."""

    _inherit = "btp.answer"

    def _highlight(self) -> Markup:
        """Return the author's own words, those that were relied on marked."""
        self.ensure_one()
        text = self.text or ""
        _folded, kept = find_own(text, self._get_own_texts())
        marks = sorted(
            (reading.quote_start, reading.quote_end, reading)
            for reading in self.reading_ids
            if reading.kind != "none"
            and reading.source == "reader"
            and text[reading.quote_start : reading.quote_end] == reading.quote
        )
        labels = dict(
            self.env["btp.answer.reading"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        parts, blank = [], True
        for start, end in kept:
            line = text[start:end]
            if not line.strip():
                parts.append(Markup("") if blank else Markup("<br/>"))
                blank = True
                continue
            blank = False
            parts.append(_mark_line(text, start, end, marks, labels) + Markup("<br/>"))
        while parts and parts[-1] in ("", "<br/>"):
            parts.pop()
        return Markup('<div class="o_btp_answer_text">%s</div>') % Markup().join(parts)


def _mark_line(text: str, start: int, end: int, marks: list, labels: dict) -> Markup:
    """Return a line, escaped, with the quotes that run through it marked."""
    parts, place = [], start
    for first, last, reading in marks:
        first, last = max(first, place), min(last, end)
        if first >= last:
            continue
        parts.append(Markup("%s") % text[place:first])
        parts.append(
            Markup('<mark class="o_btp_said o_btp_said_%s" title="%s">%s</mark>')
            % (reading.kind, labels[reading.kind], text[first:last])
        )
        place = last
    parts.append(Markup("%s") % text[place:end])
    return Markup().join(parts)
