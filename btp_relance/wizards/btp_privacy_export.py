# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import json
import zipfile

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.models import MAGIC_COLUMNS
from odoo.tools import format_date, format_datetime, html2plaintext
from odoo.tools.misc import formatLang

#: Of a person, what we use.
IDENTITY = (
    "name",
    "email",
    "phone",
    "street",
    "street2",
    "zip",
    "city",
    "country_id",
    "function",
    "lang",
    "vat",
    "parent_id",
)
INVOICE = (
    "name",
    "invoice_date",
    "invoice_date_due",
    "amount_total",
    "amount_residual",
    "currency_id",
    "payment_state",
)
MESSAGE = ("date", "author_id", "email_from", "subject", "body")
#: Says nothing to a person.
TECHNICAL = {
    "access_token",
    "hash",
    "nonce",
    "personal_sha256",
    "previous_hash",
    "res_model",
    "salt",
    "scheme",
    "token",
}


class BtpPrivacyExport(models.AbstractModel):
    """All that the suite holds about a person, for that person (GDPR art. 15 and 20)."""

    _name = "btp.privacy.export"
    _description = "Copy of Personal Data"

    @api.model
    def _archive(self, partner) -> bytes:
        """Return a ZIP of what is held about ``partner``: to read, and for a machine."""
        sections = self._sections(partner.sudo())
        page = self.env["ir.qweb"]._render(
            "btp_relance.privacy_export",
            {
                "partner": partner.sudo(),
                "sections": sections,
                "company": self.env.company,
                "today": fields.Date.context_today(self),
            },
        )
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("donnees-personnelles.html", f"<!DOCTYPE html>\n{page}")
            archive.writestr(
                "donnees-personnelles.json",
                json.dumps(sections, ensure_ascii=False, indent=2, default=str),
            )
        return buffer.getvalue()

    @api.model
    def _sections(self, partner) -> list[dict]:
        """Return what is held, one section a kind of record.

        :return: ``[{"model", "title", "records": [[{"field", "label", "value", "said"}]]}]``;
            ``said`` is the value in the reader's language, where that is another
        """
        persons = partner._btp_persons()
        sections = [self._section(persons, self._partner_fields())]
        relances = self.env["btp.relance"]
        for model, domain in self._sources(persons):
            records = model.with_context(active_test=False).search(domain)
            if model._name == "btp.relance":
                relances = records
            sections.append(self._section(records, self._telling(model)))
            if "message_ids" in model._fields:
                sections.append(self._section(self._messages(records), MESSAGE))
        moves = self.env["account.move"].sudo()
        sections.append(
            self._section(
                moves.search(
                    [
                        ("partner_id", "in", persons.ids),
                        ("move_type", "in", moves.get_sale_types()),
                        ("state", "=", "posted"),
                    ]
                ),
                INVOICE,
            )
        )
        events = self.env["btp.relance.event"].sudo()
        about = Domain("debtor_ref", "in", persons.ids) | Domain(
            "relance_id", "in", relances.ids
        )
        for email in filter(None, persons.mapped("email_normalized")):
            about |= Domain("recipient", "ilike", email)
        sections.append(self._section(events.search(about), self._telling(events)))
        return [section for section in sections if section["records"]]

    @api.model
    def _sources(self, persons):
        """Yield our models that name a person, and the domain of what is about them."""
        for name in sorted(self.env.registry):
            model = self.env[name].sudo()
            if not name.startswith("btp.") or not model._auto or model._transient:
                continue
            names = [
                field.name
                for field in model._fields.values()
                if field.comodel_name == "res.partner"
                and field.type == "many2one"
                and field.store
            ]
            if names and not model._abstract:
                yield model, Domain.OR([(name, "in", persons.ids)] for name in names)

    @api.model
    def _messages(self, records):
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [("model", "=", records._name), ("res_id", "in", records.ids)],
                order="date, id",
            )
        )

    @api.model
    def _partner_fields(self) -> list[str]:
        ours = [
            name
            for name, field in self.env["res.partner"]._fields.items()
            if name.startswith("btp_")
            and field.type not in ("one2many", "many2many")
            and (field.store or field.company_dependent)
        ]
        return [*IDENTITY, *ours]

    @api.model
    def _telling(self, model) -> list[str]:
        """Return the fields of a model that say something to a person."""
        return [
            name
            for name, field in model._fields.items()
            if field.store
            and field.type
            not in ("one2many", "many2many", "binary", "many2one_reference")
            and name not in MAGIC_COLUMNS
            and name not in TECHNICAL
        ]

    @api.model
    def _section(self, records, names) -> dict:
        return {
            "model": records._name,
            "title": self.env["ir.model"].sudo()._get(records._name).name,
            "records": [
                [
                    {
                        "field": name,
                        "label": records._fields[name]._description_string(self.env),
                        "value": value,
                        **self._said(record, name),
                    }
                    for name in names
                    if (value := self._value(record, name)) not in (None, "", False)
                ]
                for record in records
            ],
        }

    @api.model
    def _said(self, record, name) -> dict:
        """Return ``{"said": …}`` where a machine's value is not what a person reads."""
        field, value = record._fields[name], record[name]
        if field.type == "date":
            return {"said": format_date(self.env, value)}
        if field.type == "datetime":
            return {"said": format_datetime(self.env, value, dt_format="short")}
        if field.type == "monetary":
            currency = record[field.get_currency_field(record)]
            return {"said": formatLang(self.env, value, currency_obj=currency)}
        if field.type == "float":
            return {"said": formatLang(self.env, value, digits=2)}
        return {}

    @api.model
    def _value(self, record, name):
        """Return a value for a machine; names, choices and texts as a person reads them."""
        field, value = record._fields[name], record[name]
        if field.type == "many2one":
            return value.display_name or None
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type == "html":
            return html2plaintext(value).strip() if value else None
        if field.type in ("date", "datetime"):
            return value and str(value)
        if field.type == "boolean":
            return self.env._("Yes") if value else None
        return value
