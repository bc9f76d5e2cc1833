# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


def _keep(_events):
    """Leave the rows as they are: the journal outlives whoever wrote in it."""


class BtpRelanceEvent(models.Model):
    """What became of papers, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=[
            ("paper_received", "Paper received"),
            ("paper_read", "Paper read"),
            ("paper_failed", "Paper not readable"),
        ],
        ondelete={
            "paper_received": _keep,
            "paper_read": _keep,
            "paper_failed": _keep,
        },
    )


class BtpPaper(models.Model):
    _inherit = "btp.paper"

    def _note_event(self, kind: str, detail: str | None = None):
        """Add a row about each paper to the journal."""
        words = self._in_words()
        ways = dict(words._fields["source"]._description_selection(words.env))
        kinds = dict(words._fields["kind"]._description_selection(words.env))
        self.env["btp.relance.event"]._append(
            [
                {
                    "company_id": paper.company_id.id,
                    "kind": kind,
                    "debtor_ref": paper.partner_id.id,
                    "debtor_name": paper.partner_id.display_name or False,
                    "documents": f'[{{"name": "paper {paper.id}", '
                    f'"sha256": "{paper.checksum}"}}]',
                    "detail": detail
                    or (
                        ways[paper.source]
                        if kind == "paper_received"
                        else kinds.get(paper.kind) or paper.error
                    ),
                }
                for paper in self
            ]
        )
