# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .btp_paper_plan import same


class BtpPaperEffect(models.Model):
    """A change is taken back as long as nobody changed it since."""

    _inherit = "btp.paper.effect"

    def action_open(self):
        """Open what was changed."""
        self.ensure_one()
        self.paper_id.check_access("read")
        record = self._get_records()[:1]
        if not record:
            raise UserError(self.env._("What this paper changed is no longer there."))
        return record.get_formview_action()

    def _get_records(self):
        """Return what was changed and is still there."""
        self.ensure_one()
        if not self.res_model or self.res_model not in self.env:
            return self.browse()
        ids = [int(id_) for id_ in self.after or {}] or [self.res_id]
        return self.env[self.res_model].browse(ids).exists()

    def _undo(self):
        """Take these changes back, the last one first.

        :raise UserError: somebody changed it since
        """
        for effect in self.sudo().sorted("id", reverse=True):
            if not effect.undone_on:
                effect._undo_one()
                effect.undone_on = fields.Datetime.now()

    def _undo_one(self):
        """Put back what stood before; a record that the paper made goes."""
        self.ensure_one()
        undo = getattr(self, f"_undo_{self.kind}", None)
        if undo:
            undo()
            return
        records = self._get_records()
        self._check_unchanged(records)
        if self.before:
            for record in records:
                record.write(self.before[str(record.id)])
        else:
            records.unlink()

    def _check_unchanged(self, records):
        """Refuse where what the paper wrote no longer stands there."""
        for record in records:
            for name, value in ((self.after or {}).get(str(record.id)) or {}).items():
                if not same(record, name, value):
                    raise UserError(
                        self.env._(
                            "“%(field)s” of %(record)s was changed since: correct it there "
                            "by hand.",
                            field=record._fields[name]._description_string(self.env),
                            record=record.display_name,
                        )
                    )

    def _undo_thanks(self):
        """What has left cannot come back; what is about to leave stays here."""
        for word in self._get_records().filtered(lambda one: one.state == "queued"):
            left = word.document_ids - self.paper_id.document_ids
            if left:
                word.document_ids = left
            else:
                word.unlink()


class BtpPaper(models.Model):
    """A person takes back what a paper did."""

    _inherit = "btp.paper"

    has_live_effects = fields.Boolean(compute="_compute_has_live_effects")
    preview_first = fields.Text("To Settle First", compute="_compute_preview")
    preview = fields.Text(
        "What It Would Change", compute="_compute_preview", help="One change a line."
    )

    @api.depends("effect_ids.undone_on")
    def _compute_has_live_effects(self):
        for paper in self:
            paper.has_live_effects = bool(paper._get_live_effects())

    @api.depends_context("lang")
    @api.depends("state", "kind", "chantier_id", "move_id", "partner_id", "value_ids")
    def _compute_preview(self):
        for paper in self:
            told = paper._preview_effects() if paper.state == "to_check" else {}
            paper.preview_first = "\n".join(told.get("first", ())) or False
            paper.preview = "\n".join(told.get("then", ())) or False

    def action_undo(self):
        """Take back all that this paper changed, or nothing of it."""
        self.ensure_one()
        self.check_access("write")
        effects = self._get_live_effects()
        if not effects:
            raise UserError(self.env._("This paper changed nothing."))
        with self.env.cr.savepoint():
            effects._undo()
            words = self._in_words()
            self.write(
                {
                    "state": "to_check",
                    "document_ids": [fields.Command.clear()],
                    "reviewer_id": False,
                    "reviewed_on": False,
                    "why": words.env._(
                        "%s took back what this paper changed: check it, or set it aside.",
                        self.env.user.name,
                    ),
                }
            )
            self._note_event("paper_undone", "; ".join(effects.mapped("label"))[:500])
        self._after_settling()
