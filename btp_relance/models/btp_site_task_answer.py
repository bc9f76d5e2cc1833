# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup, escape

from odoo import fields, models
from odoo.exceptions import UserError


class BtpSiteTask(models.Model):
    """What the site answers, and where it lands."""

    _inherit = "btp.site.task"

    def _answer(
        self, action: str, text: str, files: list[tuple], document=None, who=""
    ):
        """Take an answer: it lands on the document or the dispute, and its owner is told.

        :param str action: ``answer``, ``done`` or ``not_mine``
        :param str text: what was written
        :param list files: ``(name, content, mimetype)`` of each, checked
        :param document: the ``btp.document`` that the files are
        :param str who: whom to ask instead
        :raise UserError: there is nothing in the answer
        """
        self.ensure_one()
        if action == "not_mine" and not who:
            raise UserError(self.env._("Say whom to ask instead: a name is enough."))
        if action == "answer" and not (text or files):
            raise UserError(self.env._("Write a word, or add a file."))
        self.answer_count += 1
        attachments = self._keep(files, document)
        words = {
            "done": self.env._("“It is done.”"),
            "not_mine": self.env._("“It is not for me: ask %s.”", who),
        }.get(action, "")
        target = self._get_target(document)
        target.message_post(
            body=self._write(words, text),
            author_id=self.partner_id.id,
            attachment_ids=attachments.ids,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )
        self._note("site_answered", " ".join(filter(None, [words, text])) or None)
        self._tell_owner(target, action, who)
        if action == "not_mine":
            self._end("handed")
        elif action == "done":
            self._take_done()
        if self.kind == "document" and not self.missing_ids:
            self._end("done")

    def _write(self, words: str, text: str) -> Markup:
        """Return an answer as it is kept: what a person typed is never markup."""
        lines = Markup("<br/>").join(escape(line) for line in text.splitlines())
        return Markup("<br/>").join(part for part in (escape(words), lines) if part)

    def _keep(self, files: list[tuple], document):
        """Keep files where they belong; those of a document make it received."""
        target = document or self.dispute_id or self
        attachments = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "raw": content,
                        "mimetype": mimetype,
                        "res_model": target._name,
                        "res_id": target.id,
                        "company_id": self.company_id.id,
                    }
                    for name, content, mimetype in files
                ]
            )
        )
        if document and attachments:
            document.sudo().write(
                {
                    "attachment_ids": [
                        fields.Command.link(id_) for id_ in attachments.ids
                    ],
                    "to_check": True,
                }
            )
        return attachments

    def _get_target(self, document):
        """Return the record whose chatter shows the answer."""
        return (document or self.dispute_id or self.document_ids[:1] or self).sudo()

    def _take_done(self):
        """Note that the site says it is done: a person looks, and closes."""
        self._end("done")
        if self.dispute_id:
            self.dispute_id.sudo()._propose("done")

    def _tell_owner(self, target, action: str, who: str):
        """Put the answer on the desk of whoever asked, once while it is not read.

        :param target: the record to open
        :param str action: see :meth:`_answer`; or ``bounced``
        :param str who: whom to ask instead
        """
        owner = self.user_id or self.company_id.btp_relance_user_id
        if not owner:
            return
        speaking = target.with_context(lang=owner.lang or self.env.lang)
        name = self.partner_id.name
        summary = {
            "not_mine": speaking.env._("%(name)s: ask %(who)s", name=name, who=who),
            "done": speaking.env._("%s says that it is done: check", name),
            "bounced": speaking.env._(
                "Correct the address of %s: the e-mail came back", name
            ),
        }.get(action) or speaking.env._("Answer of %s: check", name)
        known = speaking.activity_ids.filtered(
            lambda task: task.user_id == owner and task.summary == summary
        )
        if not known:
            speaking.activity_schedule(
                "mail.mail_activity_data_todo", user_id=owner.id, summary=summary
            )
