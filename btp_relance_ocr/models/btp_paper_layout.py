# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import dataclasses

from odoo import api, fields, models

from ..const import BILLS, DETAILS, KINDS, SURE
from ..reader import forms, learning

#: On a layout's own page this share of the fixed words stand at the same places: enough to say its kind.
SAME_KIND = 0.8


class BtpPaperLayout(models.Model):
    """Where the fields stand on the papers of one layout, learned from what people corrected.

    One correction proposes; two that agree fill in; amounts are only ever proposed.
    """

    _name = "btp.paper.layout"
    _description = "Layout Learned"
    _order = "last_used_on desc, id desc"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    read_kind = fields.Char(
        "Kind As Read", readonly=True, help="What the reader takes such a paper for."
    )
    kind_agreed = fields.Integer(
        readonly=True, help="How often people said that the kind is another one."
    )
    sender = fields.Char(
        "Sender's Mark", readonly=True, help="SIRET or partner; empty: anybody's."
    )
    partner_id = fields.Many2one(
        "res.partner", "Sender", readonly=True, index="btree_not_null"
    )
    fingerprint = fields.Json(
        readonly=True, help="The fixed words of the first page, with their places."
    )
    fields_learned = fields.Json(
        "Places",
        readonly=True,
        help="{field: label that leads to it, way from there, how often people agreed}.",
    )
    paper_id = fields.Many2one(
        "btp.paper", "Learned From", readonly=True, ondelete="set null"
    )
    labels = fields.Char(
        "Fields Learned",
        compute="_compute_labels",
        help="Beside each, how often people agreed: once it is proposed, from two on filled in.",
    )
    papers = fields.Integer(
        "Papers It Helped",
        readonly=True,
        help="Papers that were checked, and said something that earlier ones had taught.",
    )
    last_used_on = fields.Datetime(
        "Last Used", readonly=True, default=fields.Datetime.now
    )

    @api.depends_context("lang")
    @api.depends("kind", "partner_id", "sender", "paper_id")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for layout in self:
            who = layout.partner_id.name or layout.sender or layout.paper_id.name
            layout.name = " – ".join(filter(None, [kinds.get(layout.kind), who]))

    @api.depends_context("lang")
    @api.depends("fields_learned")
    def _compute_labels(self):
        words = self.env["btp.paper"]._get_field_words()
        for layout in self:
            layout.labels = ", ".join(
                f"{words.get(name, name)} × {spot['agreed']}"
                for name, spot in (layout.fields_learned or {}).items()
            )

    # === ACTIONS === #

    def action_forget(self):
        """Forget these layouts: the next paper is read as the first one was."""
        self.check_access("write")
        self.sudo().unlink()

    # === BUSINESS === #

    def _as_template(self) -> dict:
        """Return the layout as `reader.learning` knows it."""
        return {
            "id": self.id,
            "kind": self.read_kind,
            "sender": self.sender or None,
            "fingerprint": self.fingerprint or [],
            "fields": self.fields_learned or {},
        }

    @api.model
    def _lock(self, company):
        """Let one transaction after the other teach a company.

        Who comes second fails to serialise and begins again, and so sees what the first one
        wrote: no layout is there twice, no agreement is lost.
        """
        self.env.cr.execute(
            "UPDATE res_company SET btp_layout_version = COALESCE(btp_layout_version, 0) + 1"
            " WHERE id = %s",
            [company.id],
        )

    @api.model
    def _get_templates(self, company, read_kind=None) -> list[dict]:
        """Return the layouts of a company as templates."""
        domain = [("company_id", "=", company.id)]
        if read_kind:
            domain.append(("read_kind", "=", read_kind))
        return [layout._as_template() for layout in self.search(domain)]

    @api.model
    def _store(self, company, template, paper):
        """Write a template that was learned.

        :param dict template: as `reader.learning` gives it; ``id`` where it was there already
        :param paper: the ``btp.paper`` that taught it
        """
        told = {
            "kind": paper.kind,
            "fields_learned": template["fields"],
            "paper_id": paper.id,
            "last_used_on": fields.Datetime.now(),
        }
        if template.get("id"):
            layout = self.browse(template["id"])
            layout.write(told)
            return layout
        return self.create(
            {
                **told,
                "company_id": company.id,
                "read_kind": template["kind"],
                "sender": template["sender"],
                # A bill's layout is its supplier's, whoever sent it on.
                "partner_id": (
                    paper.partner_id if paper.kind in BILLS else paper.sender_id
                ).commercial_partner_id.id,
                "fingerprint": template["fingerprint"],
            }
        )


class ResCompany(models.Model):
    _inherit = "res.company"

    btp_layout_version = fields.Integer(
        "Layouts Learned",
        readonly=True,
        help="Rises each time that a layout is taught.",
    )


class BtpPaper(models.Model):
    """Learn from corrections, and read the next paper of the layout with what was learned."""

    _inherit = "btp.paper"

    def _learn(self):
        """Remember where what people corrected, or confirmed of what was learned, stands."""
        self.ensure_one()
        reading = self._get_layout_reading()
        if not reading or not reading["pages"]:
            return
        taught = self.value_ids.filtered(lambda value: value.corrected or value.learned)
        taught = taught.filtered(
            lambda value: forms.type_of(value.name) not in ("boolean", "choice", "list")
            and value._get_said() is not None
        )
        other_kind = self.kind != self.read_kind
        if not taught and not other_kind:
            return
        layouts = self.env["btp.paper.layout"].sudo()
        layouts._lock(self.company_id)
        siret = self._get_said().get("siret")
        if "siret" in taught.mapped("name"):
            siret = None
        sender = self._get_sender_mark(reading, siret)
        before = layouts._get_templates(self.company_id, reading["type"])
        after = before
        for value in taught:
            # Also what was learned and confirmed: that is how two come to agree.
            after = learning.learn(
                after, reading, value.name, value._get_said(), sender
            )
        known = learning.find_template(after, reading, sender)
        if not known and other_kind:
            known = {
                "kind": reading["type"],
                "sender": sender,
                "fingerprint": learning.fingerprint(reading),
                "fields": {},
            }
        elif not known or (known in before and not other_kind):
            return
        layout = layouts._store(self.company_id, known, self)
        layout.kind_agreed += bool(other_kind)
        layout.papers += any(taught.mapped("learned"))

    def _keep_reading(self, told, pictures):
        # pylint: disable=missing-return
        # EXTENDS btp_relance_ocr: what people corrected on this layout is known.
        told = self._learned(told)
        super()._keep_reading(told, pictures)
        kept = {
            name: told[name] for name in ("proposals", "learned_kind") if told.get(name)
        }
        if kept:
            self.reading = {**self.reading, **kept}
        for value in self.value_ids:
            if value.name in told.get("learned", ()) and not value.corrected:
                read = told["read_fields"][value.name]
                value.write({"learned": True, "read_value": read})
        if told.get("learned_kind"):
            self.kind = told["learned_kind"]

    def _get_facts(self):
        # EXTENDS btp_relance_ocr: a kind that was learned is no surer than what taught it.
        facts = super()._get_facts()
        if not self.kind or (self.reading or {}).get("learned_kind") != self.kind:
            return facts
        return dataclasses.replace(facts, kind_confidence=self.kind_confidence)

    def _learned(self, reading) -> dict:
        """Return a reading with what earlier corrections of its layout teach.

        :param dict reading: the reader's answer, words included
        :return: the same with ``proposals`` and ``learned``: what was learned of fields that
            were read otherwise, and the fields that were filled from it
        """
        self.ensure_one()
        if reading.get("error") or not reading.get("pages") or not reading.get("type"):
            return reading
        if reading.get("detail") in DETAILS:
            # As in `_get_layout_reading`: credit notes are not learned with invoices.
            reading = {**reading, "type": "autre"}
        layouts = self.env["btp.paper.layout"].sudo()
        templates = layouts._get_templates(self.company_id, reading["type"])
        sure = reading["confidence"].get("siret", 0) >= SURE
        sender = self._get_sender_mark(
            reading, reading["fields"].get("siret") if sure else None
        )
        template = templates and learning.find_template(templates, reading, sender)
        if not template:
            return reading
        told, proposals = learning.apply([template], reading, sender)
        told = {**told, "proposals": proposals, "learned": []}
        for name, proposal in proposals.items():
            if forms.type_of(name) == "amount":
                # An amount is never changed: that something else stands there is doubt enough.
                if name in told["fields"]:
                    told["confidence"] = {
                        **told["confidence"],
                        name: min(told["confidence"].get(name, 0), learning.PROPOSED),
                    }
                continue
            told["fields"] = {**told["fields"], name: proposal["value"]}
            told["confidence"] = {**told["confidence"], name: proposal["confidence"]}
            told["places"] = {**told["places"], name: proposal["place"]}
            told["learned"].append(name)
        # Nothing is written on the layout here: two workers that read it never meet.
        self._learned_kind(layouts.browse(template["id"]), template, reading, told)
        told["read_fields"] = {
            name: reading["fields"].get(name) for name in told["learned"]
        }
        return told

    def _learned_kind(self, layout, template, reading, told):
        """Say the kind that people gave to papers that look the same."""
        read = DETAILS.get(reading.get("detail"), reading["type"])
        if layout.kind == read or not layout.kind_agreed:
            return
        alike = learning.similarity(
            template["fingerprint"], learning.fingerprint(reading)
        )
        if alike >= SAME_KIND:
            told["learned_kind"] = layout.kind
            told["kind_confidence"] = (
                learning.AGREED
                if layout.kind_agreed >= learning.ENOUGH
                else learning.PROPOSED
            )

    def _get_layout_reading(self) -> dict | None:
        """Return what was read, words included, as `reader.learning` needs it."""
        self.ensure_one()
        if not self.reading or not self.words or not self.read_kind:
            return None
        return {
            **self.reading,
            # What the reader called it: it knows details where we know kinds.
            "type": "autre" if self.read_kind in DETAILS.values() else self.read_kind,
            "pages": self._get_page_words(),
        }

    def _get_sender_mark(self, reading, siret):
        """Return who laid the paper out, as far as one knows; None for anybody.

        An invoice is its supplier's; of other papers, whoever sent them.

        :param siret: the SIRET on the paper where it is sure
        """
        self.ensure_one()
        if reading["type"] == "facture":
            return siret or None
        sender = self.sender_id.commercial_partner_id
        if not sender or sender == self.company_id.partner_id:
            return None
        return f"partner:{sender.id}"
