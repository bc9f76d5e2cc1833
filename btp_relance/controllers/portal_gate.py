# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may see a customer's page, how often, and what their browser is told about it."""

import functools
import logging
from datetime import date

from werkzeug.urls import url_encode

from odoo.exceptions import UserError
from odoo.http import request

from ..engine import uploads
from ..engine.links import EXPIRED, GOOD, REVOKED

_logger = logging.getLogger(__name__)

#: What a browser does with these pages: it keeps them to itself.
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store, private",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Content-Type-Options": "nosniff",
}


class Refused(Exception):
    """A page that says why, and what to do: it ends the request."""

    def __init__(self, response):
        super().__init__(response.status)
        self.response = response


def guarded(handler):
    """Answer with the page of a refusal where a route meets one."""

    @functools.wraps(handler)
    def wrapper(*args, **kwargs):
        try:
            return handler(*args, **kwargs)
        except Refused as refusal:
            return refusal.response

    return wrapper


def dress(response):
    """Give a response the headers of a page that concerns nobody else."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


class Gate:
    """What the pages behind links share: access, limits, forms, answers."""

    # === WHO === #

    def _enter(self, relance_id: int, access_token: str | None, form=False):
        """Return the reminder of a page, in sudo and in the language of whoever reads.

        :param form: what follows acts: counted apart
        :raise Refused: with the page that says why
        """
        address = request.httprequest.remote_addr
        self._count("address", address)
        relance = request.env["btp.relance"].sudo().browse(relance_id).exists()
        worth = self._get_worth(relance, access_token) if relance else None
        if worth not in (GOOD, EXPIRED, REVOKED):
            if not access_token and request.env.user._is_public():
                # A form that was sent is shown again: nothing of it was done.
                target = url_encode({"redirect": request.httprequest.path})
                raise Refused(request.redirect(f"/web/login?{target}"))
            self._count("guess", address)
            _logger.warning("Customer page %s: link refused", relance_id)
            raise Refused(self._answer("unknown", 404))
        relance = self._translate(relance.with_company(relance.company_id))
        if worth != GOOD:
            _logger.info("Customer page %s: link %s", relance_id, worth)
            raise Refused(self._answer(worth, 410, relance, access_token))
        # A judgment cancels what was about to leave: the page says what the law says.
        if relance.state == "cancelled" and not relance._is_payment_closed():
            _logger.info("Customer page %s: reminder cancelled", relance_id)
            raise Refused(self._answer("cancelled", 410, relance))
        self._count("page", relance.id)
        if form:
            self._count("form", relance.id)
        return relance

    def _get_worth(self, relance, access_token) -> str:
        """Return what opens a page: being logged in as the debtor, or the link.

        A portal user reads the pages of their own company only where they are a customer
        of it; one of us what an agent reads.
        """
        user = request.env.user
        if not user._is_public() and relance._is_open_to(user):
            return GOOD
        return relance._read_link(access_token)

    def _translate(self, relance):
        """Return a reminder in the language asked for, else that of its recipient."""
        installed = dict(request.env["res.lang"].get_installed())
        lang = request.httprequest.values.get("lang")
        if lang not in installed:
            lang = relance.contact_id.lang or relance.partner_id.lang
        lang = lang or relance.company_id.partner_id.lang
        return self._speak(relance, lang if lang in installed else None)

    def _speak(self, record, lang: str | None):
        """Return a record in a language, which the page and its scripts speak too."""
        if not lang:
            return record
        request.update_context(lang=lang)
        request.lang = request.env["res.lang"]._get_data(code=lang)
        return record.with_context(lang=lang)

    def _count(self, kind: str, who):
        """Count a request; beyond what a person does, ask to come back later."""
        wait = request.env["btp.portal.hit"]._take(kind, who)
        if not wait:
            return
        _logger.warning("Pages of links: too many requests (%s)", kind)
        response = self._answer("busy", 429, minutes=-(-wait // 60))
        response.headers["Retry-After"] = str(wait)
        raise Refused(response)

    def _note_foreign(self, relance, keys: list[str]):
        """Log that a page was asked to pay what it does not show."""
        _logger.warning(
            "Customer page %s: rows refused (%s asked for)", relance.id, len(keys)
        )

    # === ANSWERS === #

    def _answer(self, why: str, status: int, relance=None, access_token=None, **values):
        """Return a page of one sentence: what is wrong, and what to do.

        :param why: ``unknown``, ``expired``, ``revoked``, ``cancelled``, ``busy``,
            ``sent``, ``large`` or ``form``
        """
        company = relance.company_id if relance else request.env.company.sudo()
        values |= {
            "why": why,
            "company": company,
            "res_company": company,
            "relance": relance,
            "access_token": access_token,
            "no_breadcrumbs": True,
        }
        response = request.render("btp_relance.portal_answer", values)
        response.status_code = status
        return dress(response)

    def _url(self, relance, suffix="", **query) -> str:
        """Return an address of a page, with the link and the language that led to it."""
        given = request.httprequest.values
        for name in ("access_token", "lang"):
            if given.get(name):
                query.setdefault(name, given[name])
        query = {name: value for name, value in query.items() if value}
        return f"/my/relances/{relance.id}{suffix}" + (
            f"?{url_encode(query)}" if query else ""
        )

    def _page(self, template: str, relance, status=200, **values):
        """Return a page of a customer's account."""
        company = relance.company_id
        response = request.render(
            template,
            {
                "page_name": "relance",
                "no_breadcrumbs": True,
                "relance": relance,
                "company": company,
                # The head and foot of the page are those of the company that writes.
                "res_company": company,
                "today": relance.env["btp.echeance"]._get_today(),
                "access_token": request.httprequest.values.get("access_token"),
                "page_lang": request.httprequest.values.get("lang"),
                "page_url": lambda suffix="", **query: self._url(
                    relance, suffix, **query
                ),
                "langs": self._get_langs(),
                "person": relance._get_person(request.env.user),
                **values,
            },
        )
        response.status_code = status
        return dress(response)

    def _get_langs(self) -> list:
        """Return the languages of the page: French and English where installed."""
        return [
            # “French / Français”, “English (US)”.
            (code, name.split("/")[-1].split("(")[0].strip())
            for code, name in request.env["res.lang"].get_installed()
            if code[:2] in ("fr", "en")
        ]

    # === FORMS === #

    def _get_list(self, name: str) -> list[str]:
        """Return every value of a field of the form, or of the address."""
        sent = request.httprequest
        values = sent.form.getlist(name) or sent.args.getlist(name)
        return [value for value in values if value][:1000]

    def _get_text(self, name: str, most: int) -> str:
        """Return a text field, without what no keyboard types."""
        text = request.httprequest.form.get(name, "").strip()[:most]
        return "".join(c for c in text if c.isprintable() or c in "\n\r\t")

    def _get_day(self, name: str) -> date | None:
        """Return a date field.

        :raise UserError: it is none
        """
        text = request.httprequest.values.get(name, "").strip()
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise UserError(request.env._("“%s” is not a date.", text[:20])) from error

    def _get_amount(self, name: str) -> float | None:
        """Return an amount as a French or an English person types it.

        :raise UserError: it is none
        """
        text = request.httprequest.form.get(name, "").strip()
        if not text:
            return None
        plain = "".join(text.replace("€", "").split()).replace(",", ".")
        try:
            amount = float(plain)
        except ValueError:
            amount = 0.0
        if not 0 < amount < 1e12:
            raise UserError(
                request.env._("“%s” is not an amount: type 1500.00.", text[:20])
            )
        return amount

    def _get_files(
        self, name="file", required=False, most=uploads.MAX_BYTES
    ) -> list[tuple]:
        """Return the files of a form, checked: ``(name, content, mimetype)`` of each.

        :param int most: bytes of each
        :raise UserError: one of them may not come in; none does then
        """
        sent = [
            file for file in request.httprequest.files.getlist(name) if file.filename
        ]
        if not sent and required:
            raise UserError(request.env._("Choose the file to send."))
        if len(sent) > uploads.MAX_FILES:
            raise UserError(
                request.env._("Send %s files at most at a time.", uploads.MAX_FILES)
            )
        files = []
        for file in sent:
            cleaned = uploads.clean_name(file.filename)
            # Begun again after a conflict, a request finds its files read to the end.
            file.stream.seek(0)
            content = file.stream.read(most + 1)
            try:
                files.append((cleaned, content, uploads.check(cleaned, content, most)))
            except ValueError as error:
                code = error.args[0]
                _logger.warning("Pages of links: file refused (%s)", code)
                raise UserError(self._explain_file(cleaned, code, most)) from error
        return files

    def _explain_file(self, name: str, code: str, most=uploads.MAX_BYTES) -> str:
        """Return why a file is refused, and what to send instead."""
        return {
            uploads.EMPTY: request.env._("“%s” is empty: choose it again.", name),
            uploads.TOO_LARGE: request.env._(
                "“%(file)s” is too large: %(most)s MB at most.",
                file=name,
                most=most // uploads.MEBI,
            ),
            uploads.MISMATCH: request.env._(
                "“%s” is not what its name says. Send a PDF, a picture, or a Word, Excel "
                "or OpenDocument file.",
                name,
            ),
            uploads.NOT_ALLOWED: request.env._(
                "“%s” is of a kind that we do not take. Send a PDF, a picture, or a Word, "
                "Excel or OpenDocument file.",
                name,
            ),
            uploads.SWELLS: request.env._(
                "“%s” grows far too large when it is opened: print it as a PDF and send "
                "that.",
                name,
            ),
            uploads.DAMAGED: request.env._(
                "“%s” is damaged or incomplete: save it again.", name
            ),
        }.get(
            code,
            request.env._(
                "“%s” contains a program or another file: print it as a PDF and send that.",
                name,
            ),
        )
