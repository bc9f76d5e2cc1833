# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a task of the site: one link, one task, no account."""

import logging

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..engine import uploads
from .portal_gate import HEADERS, Gate, Refused, guarded

_logger = logging.getLogger(__name__)

#: Beside what every page behind a link tells a browser: nothing is loaded from elsewhere.
STRICT = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
    " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
ACTIONS = ("answer", "done", "not_mine")
#: Bytes of a whole form beside its files, and characters of a text.
WORDS, MOST_TEXT, MOST_WHO = 256 * 1024, 4000, 200
#: Bytes that no setting goes beyond.
MOST_BYTES = uploads.MAX_FILES * 100 * uploads.MEBI + WORDS
#: Status of the page of each refusal.
STATUS = {
    "unknown": 404,
    "expired": 410,
    "revoked": 410,
    "busy": 429,
    "full": 429,
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
    for name, value in (HEADERS | STRICT).items():
        response.headers[name] = value
    return response


def speak(*people):
    """Answer in the language of the first of these people who has one, French at last."""
    installed = dict(request.env["res.lang"].get_installed())
    langs = [*(person.lang for person in people), "fr_FR"]
    lang = next((lang for lang in langs if lang in installed), None)
    if lang:
        request.update_context(lang=lang)
    return lang


class SitePage(Gate, Controller):
    """The page of one task: what is asked, and the answer."""

    @route(
        "/site/<int:task_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET"],
        sitemap=False,
    )
    @guarded
    def site_task(self, task_id, token, **_kw):
        """Show what a person of a site is asked for.

        :param int task_id: the ``btp.site.task``
        :param str token: what the e-mail bore
        """
        return self._show(self._enter(task_id, token))

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
    @guarded
    def site_answer(self, task_id, token, **_kw):
        """Take the answer of a person of a site.

        :param int task_id: the ``btp.site.task``
        :param str token: what the e-mail bore
        """
        task = self._enter(task_id, token)
        self._count("form", f"site {task.id}")
        form = request.httprequest.form
        if not request.validate_csrf(form.get("csrf_token")):
            return self._answer("form", task=task)
        # One answer at a time: the same form sent twice finds the number changed.
        if not task.try_lock_for_update():
            return self._answer("replay", task=task)
        if form.get("number") != str(task.answer_count):
            return self._answer("replay", task=task)
        action, document = form.get("action"), self._get_document(task, form)
        if action not in ACTIONS or document is None:
            return self._answer("altered", task=task)
        try:
            limit = task.company_id.btp_upload_limit * uploads.MEBI
            files = self._get_files("files", most=limit)
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
        """Return the task of a link, in the language of whoever reads.

        :raise Refused: with the page that says why it takes nothing
        """
        address = request.httprequest.remote_addr
        self._count("address", address)
        task = request.env["btp.site.task"]._find(task_id, token)
        if not task:
            self._count("guess", address)
            _logger.warning("Site page %s: link refused", task_id)
            raise Refused(self._answer("unknown"))
        self._count("page", f"site {task.id}")
        lang = speak(task.partner_id, task.company_id.partner_id)
        # Nobody is logged in: the superuser acts, in the name of the company.
        task = task.with_company(task.company_id).with_context(
            lang=lang or request.env.lang
        )
        closed = task._get_closed_reason()
        if closed:
            raise Refused(self._answer(closed, task=task))
        return task

    def _answer(self, why: str, status: int | None = None, task=None, **values):
        """Return the page that says why nothing is shown or taken, and what to do.

        :param str why: a code of ``STATUS``, or what the task became
        """
        if task is None:
            speak()
        _logger.info("Site page %s: refused (%s)", task.id if task else "", why)
        company = task.company_id if task else request.env.company.sudo()
        values |= {"why": why, "task": task, "company": company}
        return dress("btp_relance.site_refusal", values, status or STATUS.get(why, 200))

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
            # What was typed is there again where something was wrong.
            "text": form.get("text", "")[:MOST_TEXT] if error else "",
            "who": form.get("who", "")[:MOST_WHO] if error else "",
            "chosen": form.get("document_id") if error else None,
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
