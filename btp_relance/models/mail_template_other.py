# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages that are no reminders: they are read when saved, and seen on a real case, too."""

from datetime import timedelta

from odoo import api, models

from .btp_confirmation import KINDS
from .btp_relance_preview import CASES, SAMPLE
from .btp_relance_sample import SILENT
from .mail_template import RELANCE


class BtpMessageCase(models.AbstractModel):
    """What a model gives so that its messages can be tried on one of its records."""

    _name = "btp.message.case"
    _description = "Case of a Message"

    @api.model
    def _get_case_domain(self, template) -> list:
        """Return which records a message is for.

        :param template: ``mail.template`` record
        """
        return []

    @api.model
    def _prepare_case(self, template, partner) -> dict:
        """Return the values of a made-up record, to be undone by the caller.

        :param template: the message to try
        :param partner: a made-up ``res.partner``
        """
        return {
            "company_id": self.env.company.id,
            "partner_id": partner.id,
            "contact_id": partner.id,
        }

    @api.model
    def _make_case(self, template):
        """Return a made-up record, to be undone by the caller."""
        silent = self.env(context={**self.env.context, **SILENT}, su=True)
        values = self.env["btp.relance"]._prepare_debtor("b2b")
        partner = silent["res.partner"].create(values)
        return silent[self._name].create(self._prepare_case(template, partner))

    def _get_message_documents(self):
        """Return the attachments that leave with the message."""
        return self.env["ir.attachment"]


class BtpDocumentRequest(models.Model):
    _name = "btp.document.request"
    _inherit = ["btp.document.request", "btp.message.case"]

    @api.model
    def _get_case_domain(self, template) -> list:
        # Our own people are asked by an activity.
        return [("assignee_id", "=", False)]


class BtpConfirmation(models.Model):
    _name = "btp.confirmation"
    _inherit = ["btp.confirmation", "btp.message.case"]

    @api.model
    def _get_kinds(self, template) -> list[str]:
        """Return the kinds of confirmation that a message is for."""
        return [
            kind
            for kind, (name, _setting) in KINDS.items()
            if self.env.ref(name, raise_if_not_found=False) == template
        ]

    @api.model
    def _get_case_domain(self, template) -> list:
        kinds = self._get_kinds(template)
        return [("kind", "in", kinds)] if kinds else []

    @api.model
    def _prepare_case(self, template, partner) -> dict:
        kinds = self._get_kinds(template) or list(KINDS)
        today = self.env["btp.echeance"]._get_today()
        return super()._prepare_case(template, partner) | {
            "kind": kinds[0],
            "promise_date": today + timedelta(days=10),
            "amount": 1200.0,
            # It waits for nothing: no dispatch would ever take it up.
            "state": "skipped",
        }


class BtpRelance(models.Model):
    _inherit = "btp.relance"

    def _get_message_documents(self):
        return self._get_documents()


class MailTemplate(models.Model):
    """Messages of document requests and confirmations are checked and previewed too."""

    _inherit = "mail.template"

    @api.model
    def _get_checked_models(self) -> tuple[str, ...]:
        return (
            *super()._get_checked_models(),
            "btp.document.request",
            "btp.confirmation",
            "btp.site.task",
        )

    def _is_about_other(self) -> bool:
        """Whether this is a message of ours that is no reminder."""
        model = self.sudo().model
        return model != RELANCE and model in self._get_checked_models()

    def _try_message(self, fnames):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        if not self._is_about_other():
            super()._try_message(fnames)
            return
        records = self.env[self.sudo().model].sudo()
        domain = records._get_case_domain(self)
        with self.env["btp.relance"]._undone():
            case = records.search(domain, order="id desc", limit=1)
            case = case or records._make_case(self)
            # Nothing to try it on before the company can invoice.
            fault = case and self._render_case(case, fnames)
        if fault:
            self._refuse(*fault)

    # === SEEN ON A CASE === #

    def action_open_mail_preview(self):
        # EXTENDS mail
        if self.sudo().model in self._get_checked_models():
            return self._open_preview(self._get_case_step())
        return super().action_open_mail_preview()

    def _get_other_cases(self, search: str) -> dict:
        """Return the cases on which this message can be seen, as
        ``btp.relance.get_message_cases`` does.

        :param search: part of the recipient's name
        """
        records = self.env[self.sudo().model]
        domain = list(records._get_case_domain(self))
        if search:
            domain.append(("partner_id.name", "ilike", search))
        cases = [
            {"key": f"record,{record.id}", "label": record.display_name}
            for record in records.search(domain, order="id desc", limit=CASES)
        ]
        if not search:
            cases.append({"key": SAMPLE, "label": self.env._("Made-up example")})
        return {"cases": cases, "langs": self.env["btp.relance"]._get_preview_langs()}

    def _show_other(self, key: str, lang: str | None) -> dict:
        """Return this message on a case as ``btp.relance.get_message_preview`` does."""
        relances = self.env["btp.relance"]
        records = self.env[self.sudo().model]
        name, _comma, id_ = str(key).partition(",")
        found = records.browse()
        if name == "record" and id_.isdigit():
            found = records.search([("id", "=", int(id_))])
        with relances._undone():
            case = found.sudo() or records.sudo()._make_case(self)
            if not case:
                return {"error": relances._explain_no_case()}
            return relances._show_message(self.sudo(), case, lang)

    def _explain_preview(self, case, error) -> str:
        """Return one sentence on a message that cannot be shown on a case."""
        if case._name == RELANCE:
            return case._explain(error)
        fault = self._explain_fault(error, self.body_html or "")
        return f"“{fault.quote}” {fault.advice}"
