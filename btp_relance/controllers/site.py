# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a task of the site: one link, one task, no account."""

import logging

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..engine import uploads

_logger = logging.getLogger(__name__)

#: What a browser does with these pages: it keeps them to itself.
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store, private",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
    " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
ACTIONS = ("answer", "done", "not_mine")
#: Bytes of a whole form beside its files, and characters of a text.
WORDS, MOST_TEXT, MOST_WHO = 256 * 1024, 4000, 200
#: Files of one answer.
MOST_FILES = 5
#: Bytes that no setting goes beyond.
MOST_BYTES = MOST_FILES * 100 * uploads.MEBI + WORDS
#: Status of the page of each refusal.
STATUS = {
    "unknown": 404,
    "expired": 410,
    "revoked": 410,
    "busy": 429,
    "large": 413,
    "form": 400,
    "altered": 400,
    "replay": 409,
}


def most_bytes(_controller=None) -> int:
    """Return the largest form that is read: by the setting of the company, else none."""
    limits = request.env["res.company"].sudo().search([]).mapped("btp_upload_limit")
    return min(max(limits, default=25) * uploads.MEBI * 2 + WORDS, MOST_BYTES)


def dress(template: str, values: dict, status: int = 200):
    """Return a page that concerns nobody else."""
    response = request.render(template, values)
    response.status_code = status
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def refuse(why: str, task=None, detail: str | None = None):
    """Return the page that says why nothing is shown or taken, and what to do.

    :param str why: a code of ``STATUS``, or what the task became
    """
    if task is None:
        speak()
    _logger.info("Site page %s: refused (%s)", task.id if task else "", why)
    company = task.company_id if task else request.env.company.sudo()
    values = {"why": why, "task": task, "company": company, "detail": detail}
    return dress("btp_relance.site_refusal", values, STATUS.get(why, 200))


def speak(*people):
    """Answer in the language of the first of these people who has one, French at last."""
    installed = dict(request.env["res.lang"].get_installed())
    langs = [*(person.lang for person in people), "fr_FR"]
    lang = next((lang for lang in langs if lang in installed), None)
    if lang:
        request.update_context(lang=lang)
    return lang


class SitePage(Controller):
    @route(
        "/site/<int:task_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    def site_task(self, task_id, token, **_kw):
        """Show what a person of a site is asked for.

        :param int task_id: the ``btp.site.task``
        :param str token: what the e-mail bore
        """
        task = self._enter(task_id, token)
        closed = task._get_closed_reason() if task else "unknown"
        if closed:
            return refuse(closed, task or None)
        return self._show(task)

    @route(
        "/site/<int:task_id>/<string:token>/answer",
        type="http",
        auth="public",
        methods=["POST"],
        sitemap=False,
        # Checked in the handler, which answers with a page that says what to do.
        csrf=False,
        max_content_length=most_bytes,
    )
    def site_answer(self, task_id, token, **_kw):
        """Take the answer of a person of a site.

        :param int task_id: the ``btp.site.task``
        :param str token: what the e-mail bore
        """
        task = self._enter(task_id, token)
        closed = task._get_closed_reason() if task else "unknown"
        if closed:
            return refuse(closed, task or None)
        form = request.httprequest.form
        if not request.validate_csrf(form.get("csrf_token")):
            return refuse("form", task)
        # One answer at a time: the same form sent twice finds the number changed.
        if not task.try_lock_for_update():
            return refuse("replay", task)
        if form.get("number") != str(task.answer_count):
            return refuse("replay", task)
        action, document = form.get("action"), self._get_document(task, form)
        if action not in ACTIONS or document is None:
            return refuse("altered", task)
        try:
            files = self._get_files(task)
            with request.env.cr.savepoint():
                task._answer(
                    action,
                    self._get_text("text", MOST_TEXT),
                    files,
                    document=document,
                    who=self._get_text("who", MOST_WHO).replace("\n", " "),
                )
        except UserError as error:
            return self._show(task, error=str(error), status=422)
        return dress(
            "btp_relance.site_thanks",
            {
                "task": task,
                "company": task.company_id,
                "more": task._get_closed_reason() is None,
            },
        )

    # === WHAT IS ASKED === #

    def _enter(self, task_id: int, token: str):
        """Return the task of a link, in the language of whoever reads; else nothing."""
        task = request.env["btp.site.task"]._find(task_id, token)
        if not task:
            return task
        lang = speak(task.partner_id, task.company_id.partner_id)
        # Nobody is logged in: the superuser acts, in the name of the company.
        return task.with_company(task.company_id).with_context(
            lang=lang or request.env.lang
        )

    def _show(self, task, error: str | None = None, status: int = 200):
        """Return the page of a task."""
        form = request.httprequest.form
        values = {
            "task": task,
            "company": task.company_id,
            "dispute": task.dispute_id,
            "documents": task.missing_ids,
            "owner": task.user_id or task.company_id,
            "error": error,
            "text": form.get("text", "")[:MOST_TEXT] if error else "",
            "action_url": f"/site/{task.id}/{task.token}/answer",
            "csrf_token": request.csrf_token(),
            "accept": uploads.ACCEPT + ",image/*",
            "limit": task.company_id.btp_upload_limit,
        }
        return dress("btp_relance.site_page", values, status)

    # === THE FORM === #

    def _get_document(self, task, form):
        """Return the document that files are: an empty record for none.

        Nothing (``None``) where it is not one of this task.
        """
        sent = form.get("document_id")
        if not sent:
            return task.document_ids.browse()
        found = task.document_ids.filtered(lambda doc: str(doc.id) == sent)
        return found or None

    def _get_text(self, name: str, most: int) -> str:
        """Return a text field, without what no keyboard types."""
        text = request.httprequest.form.get(name, "").strip()[:most]
        return "".join(c for c in text if c.isprintable() or c in "\n\t")

    def _get_files(self, task) -> list[tuple]:
        """Return the files of the form, checked: ``(name, content, mimetype)`` of each.

        :raise UserError: one of them may not come in; none does then
        """
        sent = [
            file for file in request.httprequest.files.getlist("files") if file.filename
        ]
        if len(sent) > MOST_FILES:
            raise UserError(task.env._("Send %s files at most at a time.", MOST_FILES))
        limit = task.company_id.btp_upload_limit * uploads.MEBI
        files = []
        for file in sent:
            name = uploads.clean_name(file.filename)
            # Begun again after a conflict, a request finds its files read to the end.
            file.stream.seek(0)
            content = file.stream.read(limit + 1)
            try:
                files.append((name, content, uploads.check(name, content, limit)))
            except ValueError as error:
                code = error.args[0]
                _logger.info("Site page %s: file refused (%s)", task.id, code)
                raise UserError(self._explain(task, name, code)) from error
        return files

    def _explain(self, task, name: str, code: str) -> str:
        """Return why a file is refused, and what to send instead."""
        env = task.env
        if code == uploads.TOO_LARGE:
            return env._(
                "“%(file)s” is too large: %(most)s MB at most.",
                file=name,
                most=task.company_id.btp_upload_limit,
            )
        if code == uploads.EMPTY:
            return env._("“%s” is empty: choose it again.", name)
        return env._(
            "“%s” cannot be taken. Send a photograph, a PDF, or a Word, Excel or "
            "OpenDocument file.",
            name,
        )
