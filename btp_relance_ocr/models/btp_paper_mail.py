# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models
from odoo.tools import email_normalize

from odoo.addons.btp_relance.engine.answers import read_automatic
from odoo.addons.btp_relance.models.btp_portal_hit import Limit

from ..attached import File, Sorted, sort
from ..reader import LIMITS

#: Papers of one mail: a site's whole file is sent in several.
MOST_PAPERS = 50
#: How often an address is told a day that its mail brought no paper: two machines stop so.
MOST_ANSWERS = Limit(5, 24 * 3600)


class BtpPaper(models.Model):
    """Mails bring papers: each file one, the text kept, the sender told when there is none."""

    _inherit = "btp.paper"

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        # EXTENDS mail: one record a file instead of one a mail.
        values = dict(custom_values or {})
        company = self.env["res.company"].browse(
            values.pop("company_id", None) or self.env.company.id
        )
        papers = self._take_mail(msg_dict, company, values)
        for other in papers[1:]:
            other._keep_text(msg_dict)
        return papers[:1]

    def message_update(self, msg_dict, update_vals=None):
        # EXTENDS mail: who answers about a paper may send a better copy of it.
        for paper in self:
            about = {
                "asked_document_id": paper.asked_document_id.id,
                "chantier_id": paper.chantier_id.id,
                "move_id": paper.move_id.id,
            }
            better = self._take_mail(msg_dict, paper.company_id, about) - paper
            if better and paper.can_ask_again:
                paper._end("set_aside", "replaced", name=better[:1].name)
        return super().message_update(msg_dict, update_vals)

    @api.model
    def _take_mail(self, msg_dict: dict, company, values: dict):
        """Receive the papers of a mail; they leave it, so that nothing is kept twice.

        :param msg_dict: of ``mail.thread.message_parse``
        :param values: what is known of the papers
        """
        found = self._sort_mail(msg_dict)
        taken = {file.content for file in found.papers}
        msg_dict["attachments"] = [
            item
            for item in msg_dict.get("attachments") or []
            if _to_bytes(item[1]) not in taken
        ]
        sender = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        if sender.company_id and sender.company_id != company:
            sender = sender.browse()
        papers = self.browse()
        for file in found.papers:
            papers |= self._receive(
                file.name,
                file.content,
                "mail",
                company,
                sender_id=sender.id,
                email_from=msg_dict.get("email_from"),
                **values,
            )
        return papers

    @api.model
    def _sort_mail(self, msg_dict: dict) -> Sorted:
        """Return the papers among the files of a mail."""
        files = []
        for item in msg_dict.get("attachments") or []:
            info = item[2] if len(item) > 2 else {}
            files.append(
                File(item[0] or "document", _to_bytes(item[1]), bool(info.get("cid")))
            )
        return sort(files, LIMITS.bytes, MOST_PAPERS)

    def _keep_text(self, msg_dict: dict):
        """Keep the text of a mail that brought several papers on each of them."""
        self.ensure_one()
        body = msg_dict.get("body") or ""
        self._message_log(
            body=Markup("<p>%s</p>%s")
            % (msg_dict.get("subject") or "", Markup(body))  # sanitised by the gateway
            if body
            else msg_dict.get("subject") or "",
            author_id=msg_dict.get("author_id") or None,
            email_from=msg_dict.get("email_from"),
        )

    @api.model
    def _detect_loop_sender_domain(self, email_from_normalized):
        # OVERRIDES mail: whoever scans on a site sends more in two hours than a loop would. What
        # could loop is our answer, and that one is counted.
        return None

    @api.model
    def _answer_mail(self, message, msg_dict: dict, company, found: Sorted):
        """Tell the sender of a mail which of its files did not become papers, and what to do.

        Machines are told nothing, and nobody more than a few times a day.
        """
        address = email_normalize(msg_dict.get("email_from") or "")
        if not address or read_automatic(message, msg_dict.get("subject") or ""):
            return
        if self.env["btp.portal.hit"]._take("paper_mail", address):
            return
        words = self.with_context(lang=self._find_lang(msg_dict, company))
        if found.too_large:
            sentence = words.env._(
                "These files were not taken in, as a file may have %(size)s MB and a mail "
                "%(count)s files: %(names)s. Please send them lighter, or in several mails.",
                size=LIMITS.bytes // 2**20,
                count=MOST_PAPERS,
                names=", ".join(name[:80] for name in found.too_large[:20]),
            )
        else:
            sentence = words.env._(
                "Your mail brought no paper: please send it again with the PDF, the scan or "
                "the photo as an attachment."
            )
        self.env["mail.mail"].sudo().create(
            {
                "author_id": False,
                "email_from": company.sudo().email_formatted
                or company.sudo().bounce_formatted,
                "email_to": address,
                "subject": f"Re: {msg_dict.get('subject') or ''}",
                "body_html": Markup("<p>%s</p>") % sentence,
                "headers": repr({"Auto-Submitted": "auto-replied"}),
                "references": msg_dict.get("message_id"),
                "auto_delete": True,
            }
        ).send()

    @api.model
    def _find_lang(self, msg_dict: dict, company) -> str:
        """Return the language of the sender of a mail, else that of the company."""
        sender = self.env["res.partner"].browse(msg_dict.get("author_id") or [])
        return sender.lang or company.sudo().partner_id.lang or self.env.lang


class BtpPortalHit(models.Model):
    """Answers to mails without a paper are counted like requests to the portal."""

    _inherit = "btp.portal.hit"

    @api.model
    def _get_limits(self):
        # EXTENDS btp_relance
        return {**super()._get_limits(), "paper_mail": MOST_ANSWERS}


class MailThread(models.AbstractModel):
    """The gateway: a mail without a paper makes no record, and its sender is told."""

    _inherit = "mail.thread"

    @api.model
    def message_route(
        self, message, message_dict, model=None, thread_id=None, custom_values=None
    ):
        # EXTENDS mail
        routes = super().message_route(
            message, message_dict, model, thread_id, custom_values
        )
        papers = self.env["btp.paper"]
        kept = []
        for route in routes or []:
            if route[0] != papers._name:
                kept.append(route)
                continue
            found = papers._sort_mail(message_dict)
            company = self.env["res.company"].browse(
                (route[2] or {}).get("company_id")
                or papers.sudo().browse(route[1] or []).company_id.id
                or self.env.company.id
            )
            if found.too_large or not (found.papers or route[1]):
                papers._answer_mail(message, message_dict, company, found)
            if found.papers or route[1]:
                kept.append(route)
        return kept


def _to_bytes(content) -> bytes:
    """Return the content of a file of a mail: text parts come as text."""
    if isinstance(content, bytes):
        return content
    return str(content).encode("utf-8", "replace")
