# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from lxml import html

from odoo import api, models

#: Model whose messages have facts.
RELANCE = "btp.relance"
#: A fact of a reminder, inserted on its own.
FACT = re.compile(r"\s*object\.(text_\w+)\s*")
#: What holds a sentence: it falls away with its fact.
SENTENCES = "ancestor::*[self::p or self::li or self::tr or self::h1 or self::h2 or self::h3][1]"
#: What joined a subject to a fact that is empty.
DANGLING = re.compile(r"^[\s–—:,·-]+|[\s–—:,·-]+$")


class MailTemplate(models.Model):
    """A sentence about a fact that a reminder does not have is not said.

    A paragraph, a bullet or a row that inserts facts (fields ``text_…`` of the reminder)
    is left out where one of them is empty, unless that one has a text of its own to show
    instead: the default that Odoo asks for when it inserts a field. In a subject, the dash
    or the colon before an empty fact goes with it.
    """

    _inherit = "mail.template"

    @api.model
    def _render_template_qweb(
        self, template_src, model, res_ids, add_context=None, options=None
    ):
        # EXTENDS mail
        if model == RELANCE and template_src and "object.text_" in template_src:
            template_src = self._leave_out_empty(template_src)
        return super()._render_template_qweb(
            template_src, model, res_ids, add_context=add_context, options=options
        )

    @api.model
    def _render_template_inline_template(
        self, template_txt, model, res_ids, add_context=None, options=None
    ):
        # EXTENDS mail
        rendered = super()._render_template_inline_template(
            template_txt, model, res_ids, add_context=add_context, options=options
        )
        if model == RELANCE and template_txt and "object.text_" in str(template_txt):
            for res_id, text in rendered.items():
                rendered[res_id] = DANGLING.sub("", text)
        return rendered

    @api.model
    def _is_conditional(self, node, sentence) -> bool:
        """Whether who wrote the message says when a part of a sentence is there."""
        while node is not sentence:
            if any(node.get(name) is not None for name in ("t-if", "t-elif", "t-else")):
                return True
            node = node.getparent()
        return False

    @api.model
    def _leave_out_empty(self, source: str) -> str:
        """Return a body whose sentences depend on the facts that they insert.

        :param source: QWeb of the body
        """
        root = html.fragment_fromstring(str(source), create_parent="div")
        for node in root.xpath(".//*[@t-out]"):
            found = FACT.fullmatch(node.get("t-out"))
            sentence = found and node.xpath(SENTENCES)
            if not sentence or (node.text or "").strip() or len(node):
                continue
            [sentence] = sentence
            if self._is_conditional(node, sentence):
                continue
            # “Else” belongs to the sentence before: who wrote it decides.
            if sentence.get("t-elif") is None and sentence.get("t-else") is None:
                known = sentence.get("t-if")
                fact = f"object.{found[1]}"
                sentence.set("t-if", f"({known}) and {fact}" if known else fact)
        return "".join(
            [root.text or ""]
            + [html.tostring(child, encoding="unicode") for child in root]
        )
