# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models
from odoo.exceptions import UserError

#: Cases proposed at a time: one searches for the others.
CASES = 20
#: The case that is made up where there is no real one, or to see them all alike.
SAMPLE = "sample"
#: What is no e-mail is shown as the sheet of paper that it is.
SHEET = Markup(
    '<html><head><meta charset="utf-8"/>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"/></head>'
    '<body style="margin:0;padding:12px 4px;background-color:#f3f4f6;">'
    '<div style="max-width:680px;margin:0 auto;padding:24px 16px;background-color:#fff;'
    'font-family:Arial,Helvetica,sans-serif;font-size:15px;line-height:1.5;color:#1f2937;">'
    "%s</div></body></html>"
)


class BtpRelanceStep(models.Model):
    _inherit = "btp.relance.step"

    def action_preview_message(self):
        """Show the message of this step on a real case. Nothing is written nor sent."""
        self.ensure_one()
        self.check_access("read")
        if not self.template_id:
            raise UserError(self._explain_no_message())
        return self.template_id._open_preview(self)

    def _explain_no_message(self) -> str:
        return self.env._(
            "The step “%s” has no message: choose one in its scenario.", self.name or ""
        )


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def _open_preview(self, step) -> dict:
        """Return the action that shows a message on a case.

        :param step: the ``btp.relance.step`` that sends it, may be empty
        """
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "btp_relance.message_preview",
            "name": self.env._("%s – as it will leave", self.name),
            "target": "new",
            "params": {"template_id": self.id, "step_id": step.id},
            "context": {"dialog_size": "extra-large"},
        }


class BtpRelance(models.Model):
    """A message as it would leave, for any reminder or amount due."""

    _inherit = "btp.relance"

    @api.model
    def get_message_cases(self, template_id=0, step_id=0, search="") -> dict:
        """Return the cases on which a message can be seen, the one that fits best first.

        :param template_id: ``mail.template`` to show
        :param step_id: step that sends it, 0 for none
        :param search: part of the customer's name or of the invoice's number
        :return: ``{"cases": [{"key", "label"}], "langs": [{"code", "name"}]}``
        """
        self.browse().check_access("read")
        template, step = self._get_message(template_id, step_id)
        if template._is_about_other():
            return template._get_other_cases(search)
        found = self._search_relances(template, step, search)
        cases = [
            {"key": f"relance,{relance.id}", "label": relance._label_case()}
            for relance in found
        ]
        for echeance in self._search_echeances(step, search, CASES - len(cases)):
            label = f"{echeance.move_id.name} – {echeance.partner_id.name}"
            cases.append({"key": f"echeance,{echeance.id}", "label": label})
        if not search:
            cases.append({"key": SAMPLE, "label": self.env._("Made-up example")})
        return {"cases": cases, "langs": self._get_preview_langs()}

    @api.model
    def _get_preview_langs(self) -> list[dict]:
        langs = self.env["res.lang"].get_installed()
        return [{"code": code, "name": name} for code, name in langs]

    @api.model
    def get_message_preview(
        self, template_id=0, step_id=0, key=SAMPLE, lang=None
    ) -> dict:
        """Return a message as it would leave. Nothing is written nor sent.

        :param template_id: ``mail.template`` to show
        :param step_id: step that sends it, 0 for none
        :param key: a case, as :meth:`get_message_cases` gives it
        :param lang: language (default: the recipient's)
        :return: ``{"subject", "html", "lang", "recipient", "documents", "error"}``
        """
        self.browse().check_access("read")
        template, step = self._get_message(template_id, step_id)
        if not template:
            return {"error": step._explain_no_message()}
        if template._is_about_other():
            return template._show_other(key, lang)
        source = self._read_case(key)
        with self._undone():
            case = self._play_case(source, step)
            if not case:
                return {"error": self._explain_no_case()}
            return self._show_message(template.sudo(), case, lang)

    @api.model
    def _explain_no_case(self) -> str:
        return self.env._(
            "There is no amount due yet to show this message on: post an invoice first."
        )

    # === CASES === #

    @api.model
    def _get_message(self, template_id, step_id) -> tuple:
        template = self.env["mail.template"].browse(template_id or []).exists()
        step = self.env["btp.relance.step"].browse(step_id or []).exists()
        (template or self.env["mail.template"]).check_access("read")
        step.check_access("read")
        return template, step or template._get_case_step()

    @api.model
    def _search_relances(self, template, step, search):
        """Return the reminders that a message fits: its own first, then its scenario's."""
        matching = [("line_ids.state", "!=", "dropped")]
        if search:
            matching += [
                "|",
                ("partner_id.name", "ilike", search),
                ("line_ids.move_id.name", "ilike", search),
            ]
        found = self.browse()
        for domain in (
            [("step_id", "=", step.id)],
            [("step_id.template_id", "=", template.id)],
            [("step_id.scenario_id", "=", step.scenario_id.id)],
        ):
            if len(found) < CASES:
                found |= self.search([*matching, *domain], limit=CASES - len(found))
        return found

    @api.model
    def _search_echeances(self, step, search, limit):
        """Return the amounts due that a message fits: those whose next step it is first."""
        echeances = self.env["btp.echeance"]
        if limit <= 0:
            return echeances
        matching = []
        if search:
            matching = [
                "|",
                ("partner_id.name", "ilike", search),
                ("move_id.name", "ilike", search),
            ]
        found = echeances.search(
            [*matching, ("next_step_id", "=", step.id)], limit=limit
        )
        if len(found) < limit:
            found |= echeances.search(
                [*matching, ("scenario_id", "=", step.scenario_id.id)],
                limit=limit - len(found),
            )
        return found

    def _label_case(self) -> str:
        self.ensure_one()
        return (
            f"{self.reference} – {self.partner_id.name} – {self.step_id.display_name}"
        )

    @api.model
    def _read_case(self, key):
        """Return the reminder or the amount due of a key, that the user may read."""
        name, _comma, id_ = str(key).partition(",")
        model = {"relance": self, "echeance": self.env["btp.echeance"]}.get(name)
        if model is None or not id_.isdigit():
            return self.browse()
        record = model.search([("id", "=", int(id_))])
        record.check_access("read")
        return record

    @api.model
    def _play_case(self, source, step):
        """Return a case as a reminder at a step, to be undone by the caller."""
        if source._name == "btp.echeance":
            return self._make_case(
                step, source.company_id, source.partner_id, source._get_told_with()
            )
        if source:
            case = source.sudo().with_context(tracking_disable=True)
            if step:
                case.write(
                    {"step_id": step.id, "tone": step.tone, "channel": step.channel}
                )
            return case
        regime = self.env["mail.template"]._get_sample_regime(step)
        return self._make_sample(step, regime)

    @api.model
    def _show_message(self, template, case, lang) -> dict:
        """Return a message on a case as :meth:`get_message_preview` gives it."""
        template = template.with_company(case.company_id)
        lang = lang or template._render_lang(case.ids)[case.id] or self.env.lang
        template = template.with_context(lang=lang)
        result = {"lang": lang, "error": False}
        try:
            with self.env.cr.savepoint():
                subject = template._render_field("subject", case.ids)[case.id]
                body = template._render_field("body_html", case.ids)[case.id]
                layout = template.email_layout_xmlid
                if layout:
                    body = template._render_encapsulate(
                        layout,
                        body,
                        add_context={"company": case.company_id},
                        context_record=case.with_context(lang=lang),
                    )
        except Exception as error:  # noqa: BLE001 a message may fail in any way
            return {**result, "error": template._explain_preview(case, error)}
        return {
            **result,
            "subject": subject,
            "html": str(body if layout else SHEET % Markup(body)),  # noqa: S704
            "recipient": (
                case.contact_id if "contact_id" in case else case.partner_id
            ).display_name,
            "documents": case._get_message_documents().mapped("name"),
        }


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    def _get_told_with(self):
        """Return the journal items that a message on this amount due lists: it, and what
        else is overdue."""
        self.ensure_one()
        overdue = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("is_retention", "=", self.is_retention),
                ("days_overdue", ">", 0),
            ]
        )
        return self.env["account.move.line"].sudo().browse((self | overdue).ids)
