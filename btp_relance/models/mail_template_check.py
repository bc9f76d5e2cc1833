# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import ast
import difflib
from typing import NamedTuple

from lxml import html

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.rendering_tools import parse_inline_template

from ..engine.wording import forbidden_to_consumers
from .mail_template import RELANCE

#: Attributes of QWeb that hold an expression.
EXPRESSIONS = ("t-out", "t-esc", "t-if", "t-elif", "t-value", "t-foreach", "t-att")
#: What a message may say only to who owes it, is looked for in what the customer reads.
READ_BY_CUSTOMER = ("body_html", "subject")
#: Longest part of a text that an error quotes.
QUOTED = 60


def get_path(node) -> list[str] | None:
    """Return the names of ``object.a.b``; none for what does not begin with the reminder.

    ``object.line_ids[0].move_id`` goes on in the same model.
    """
    names = []
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        elif isinstance(getattr(node.slice, "value", None), str):
            return None
        node = node.value
    if not names or not isinstance(node, ast.Name) or node.id != "object":
        return None
    return ["object", *reversed(names)]


class Fault(NamedTuple):
    """What is wrong with a message.

    :param str quote: the part of the text
    :param str advice: what is wrong with it and how to correct it, as the end of a sentence
    """

    quote: str
    advice: str


class MailTemplate(models.Model):
    """A message that cannot be shown is refused when it is saved.

    Every language is read, with or without reminders in the database: first word by word,
    then on a real reminder or on a made-up one that is undone.
    """

    _inherit = "mail.template"

    def _check_can_be_rendered(self, fnames=None, render_options=None):
        # EXTENDS mail: Odoo tries one language on one record, and logs an error.
        # pylint: disable=missing-return
        ours = self._filter_checked()
        super(MailTemplate, self - ours)._check_can_be_rendered(fnames, render_options)
        ours._check_message(fnames)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # EXTENDS mail
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        if not self.env.context.get("install_mode"):
            self._filter_checked()._check_message([field_name])
        return result

    # === CHECK === #

    def _filter_checked(self):
        """Return the messages that are read when they are saved."""
        models_ = self._get_checked_models()
        return self.filtered(lambda template: template.sudo().model in models_)

    @api.model
    def _get_checked_models(self) -> tuple[str, ...]:
        """Return the models whose messages are read when they are saved. Hook."""
        return (RELANCE,)

    def _check_message(self, fnames=None):
        """Refuse messages for reminders that could not leave as they are.

        :param fnames: fields to read (default: all that have placeholders)
        :raise ValidationError: one sentence with the message, the language, the placeholder
            and how to correct it
        """
        dynamic = self._get_dynamic_field_names()
        fnames = sorted(dynamic & set(fnames) if fnames is not None else dynamic)
        if not self or not fnames:
            return
        for template in self:
            for fname, lang, value in template._get_wordings(fnames):
                template._refuse(template._read_wording(fname, value), lang)
        # While modules load there is nothing to try a message on.
        if self.env.registry.ready and not self.env.context.get("install_mode"):
            for template in self:
                template._try_message(fnames)

    def _get_wordings(self, fnames) -> list[tuple]:
        """Return ``(field, language, text)`` of each language that says it differently."""
        self.ensure_one()
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        wordings = []
        for fname in fnames:
            langs = installed if self._fields[fname].translate else installed[:1]
            seen = set()
            for lang in langs:
                value = self.with_context(lang=lang).sudo()[fname]
                if value and str(value) not in seen:
                    seen.add(str(value))
                    wordings.append((fname, lang, str(value)))
        return wordings

    def _refuse(self, fault: Fault | None, lang: str):
        if not fault:
            return
        raise ValidationError(
            self.env._(
                "Message “%(message)s” in %(language)s: “%(quote)s” %(advice)s",
                message=self.name,
                language=self.env["res.lang"]._get_data(code=lang).name or lang,
                quote=" ".join(fault.quote.split())[:QUOTED],
                advice=fault.advice,
            )
        )

    # === READ WORD BY WORD === #

    def _read_wording(self, fname, value) -> Fault | None:
        """Return what is wrong with a text, as far as reading it tells."""
        if getattr(self._fields[fname], "render_engine", "") == "qweb":
            return self._read_body(value)
        for literal, expression, _default in parse_inline_template(value):
            if "{{" in literal or "}}" in literal:
                return self._fault_braces(literal)
            if expression and (fault := self._read_expression(expression)):
                return fault
        return None

    def _read_body(self, value) -> Fault | None:
        root = html.fragment_fromstring(value, create_parent="div")
        for node in root.iter("*"):
            for text in (node.text, node.tail):
                if text and "{{" in text:
                    return self._fault_braces(text[text.index("{{") :])
            block = node.get("t-call")
            if block and not self._has_block(block):
                return Fault(
                    block,
                    self.env._("is a block that does not exist: remove it."),
                )
            for name, expression in node.attrib.items():
                if name in EXPRESSIONS or name.startswith("t-att-"):
                    if fault := self._read_expression(expression):
                        return fault
        return None

    def _fault_braces(self, text) -> Fault:
        return Fault(
            text,
            self.env._(
                "would leave as it is written: remove it, type / and choose the field from "
                "the list."
            ),
        )

    def _has_block(self, key) -> bool:
        views = self.env["ir.ui.view"].sudo().with_context(active_test=False)
        return "{" in key or bool(
            views.search_count([("key", "=", key), ("type", "=", "qweb")], limit=1)
        )

    def _read_expression(self, expression) -> Fault | None:
        try:
            tree = ast.parse(expression.strip(), mode="eval")
        except (SyntaxError, ValueError):
            return Fault(
                expression,
                self.env._(
                    "cannot be read: remove it, type / and choose the field from the list."
                ),
            )
        for node in ast.walk(tree):
            path = get_path(node)
            if path and (fault := self._read_path(path)):
                return fault
        return None

    def _read_path(self, path) -> Fault | None:
        """Return what is wrong with ``object.a.b``: the first field that does not exist."""
        model = self.env[self.sudo().model]
        for rank, name in enumerate(path[1:], 1):
            field = model._fields.get(name)
            if not field and not hasattr(type(model), name):
                return Fault(".".join(path[: rank + 1]), self._advise(model, name))
            if not field or not field.comodel_name:
                # A method or a value: what follows is not ours to know.
                return None
            model = self.env[field.comodel_name]
        return None

    def _advise(self, model, name) -> str:
        close = difflib.get_close_matches(name, model._fields, 1, 0.7)
        if close:
            return self.env._(
                "does not exist: did you mean “%(name)s” (%(label)s)?",
                name=close[0],
                label=model._fields[close[0]]._description_string(self.env),
            )
        return self.env._(
            "does not exist: remove it, type / and choose the field from the list."
        )

    # === TRIED ON A CASE === #

    def _try_message(self, fnames):
        """Render each language on a case, and on a consumer where one may read it."""
        self.ensure_one()
        relances = self.env[RELANCE].sudo()
        step = self._get_case_step()
        regime = self._get_sample_regime(step)
        real = relances._find_case(self, step)
        fault = None
        with relances._undone():
            case = real or relances._make_sample(step, regime)
            fault = case and self._render_case(case, fnames)
            if not fault and self._is_read_by_consumers():
                # Made up: somebody's invoice may well be of forty euros.
                consumer = relances._make_sample(step, "b2c")
                fault = consumer and self._read_as_consumer(consumer, fnames)
        if fault:
            self._refuse(*fault)

    def _get_case_step(self):
        """Return the step that uses this message, the firmest one: it says the most."""
        steps = self.env["btp.relance.step"].sudo()
        found = steps.search([("template_id", "in", self.ids)])
        return found.sorted("rank", reverse=True)[:1]

    def _get_sample_regime(self, step) -> str:
        """Return a regime of the customers that a step writes to."""
        regimes = step.scenario_id.rule_ids.mapped("regime")
        return {"public": "public_30", "consumer": "b2c"}.get(
            (regimes or [""])[0], "b2b"
        )

    def _render_case(self, case, fnames) -> tuple | None:
        """Return the first fault and its language, once each language was rendered."""
        for fname, lang, value in self._get_wordings(fnames):
            template = self.sudo().with_context(lang=lang)
            try:
                with self.env.cr.savepoint():
                    template._render_field(fname, case.ids)
            except Exception as error:  # noqa: BLE001 a message may fail in any way
                return self._explain_fault(error, value), lang
        return None

    def _explain_fault(self, error, value) -> Fault:
        root = error
        while root.__cause__:
            root = root.__cause__
        source = getattr(getattr(error.__cause__, "qweb", None), "element", None)
        reason = (str(root).strip() or type(root).__name__).splitlines()[0]
        return Fault(
            source or html.fromstring(f"<p>{value}</p>").text_content(),
            self.env._(
                "cannot be shown (%s): remove it, type / and choose the field from the list.",
                reason.rstrip("."),
            ),
        )

    # === WHAT A CONSUMER MAY READ === #

    def _is_read_by_consumers(self) -> bool:
        """Whether a step that writes to consumers uses this message."""
        self.ensure_one()
        steps = self.env["btp.relance.step"].sudo()
        used = steps.search([("template_id", "=", self.id), ("channel", "!=", "call")])
        return any(scenario._reaches_consumers() for scenario in used.scenario_id)

    def _read_as_consumer(self, case, fnames) -> tuple | None:
        """Return the first words that a consumer must not read, and their language."""
        shown = [name for name in fnames if name in READ_BY_CUSTOMER]
        for fname, lang, _value in self._get_wordings(shown):
            template = self.sudo().with_context(lang=lang)
            text = template._render_field(fname, case.ids)[case.id]
            words = forbidden_to_consumers(
                html.fromstring(f"<div>{text}</div>").text_content()
            )
            if words:
                return (
                    Fault(
                        words,
                        self.env._(
                            "may not be written to a consumer, who owes neither penalty nor "
                            "indemnity (C. conso. L121-21): remove these words."
                        ),
                    ),
                    lang,
                )
        return None
