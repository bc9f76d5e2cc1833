# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo.exceptions import UserError
from odoo.http import Controller, request, route

from ..engine import uploads
from ..models.btp_relance_acts import MAX_FIELD, MAX_NOTE, Altered
from .portal_gate import Gate, guarded

_logger = logging.getLogger(__name__)


def form_route(path: str, files=False):
    """Return the route of a form: shown by GET, sent by POST.

    A body that is too large is refused by its announced length, before it is read.

    :param files: whether it takes files
    """
    return route(
        f"/my/relances/<int:relance_id>/{path}",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        sitemap=False,
        max_content_length=uploads.MAX_FORM if files else uploads.MAX_WORDS,
    )


class RelanceActs(Gate, Controller):
    """What a customer can say on their page: one short form each."""

    def _serve(self, kind: str, relance_id: int, access_token, perform, values):
        """Show a form, or do once what it asks for.

        :param kind: a code of the acts
        :param perform: ``(relance, person) -> Told``
        :param values: ``(relance) -> dict``: what the form shows
        """
        sent = request.httprequest.method == "POST"
        relance = self._enter(relance_id, access_token, form=sent)
        error = None
        if sent and not request.httprequest.form.get("preview"):
            acts = request.env["btp.portal.act"]
            nonce = acts._read_form(
                relance, kind, request.httprequest.form.get("form_token")
            )
            if not nonce:
                self._refuse(relance, kind, "form")
                error = request.env._(
                    "This form is out of date: check it, and send it again."
                )
            elif acts._find(relance, nonce):
                return self._done(relance, nonce)
            else:
                error = self._perform(relance, kind, nonce, perform)
                if not error:
                    return self._done(relance, nonce)
        return self._page(
            f"btp_relance.portal_{kind}",
            relance,
            status=422 if error else 200,
            error=error,
            kind=kind,
            form=request.httprequest.form,
            form_token=request.env["btp.portal.act"]._make_form(relance, kind),
            accept=uploads.ACCEPT,
            most=uploads.MAX_BYTES // uploads.MEBI,
            # The words of the form come with them.
            most_all=uploads.MAX_FORM // uploads.MEBI - 1,
            chosen=self._get_list("row"),
            **values(relance),
        )

    def _perform(self, relance, kind: str, nonce: str, perform) -> str | None:
        """Do what a form asks for, with all that follows, or nothing of it.

        :return: why it was not done, in words for the customer
        """
        person = relance._get_person(request.env.user)
        try:
            with request.env.cr.savepoint():
                act = request.env["btp.portal.act"].sudo()._claim(relance, kind, nonce)
                if act:
                    relance._note_act(act, perform(relance, person), person)
        except Altered as error:
            self._refuse(relance, kind, "altered")
            return str(error)
        except UserError as error:
            return str(error)
        return None

    def _refuse(self, relance, kind: str, why: str):
        """Log a form that its page never made; the journal keeps it too."""
        _logger.warning("Customer page %s: %s refused (%s)", relance.id, kind, why)
        request.env["btp.relance.event"].sudo()._append(
            [
                {
                    "kind": "portal_refused",
                    "relance_id": relance.id,
                    "channel": False,
                    "author": False,
                    "detail": f"{kind}: {why}",
                }
            ]
        )

    def _done(self, relance, nonce: str):
        """Lead back to the account, which says what happens next."""
        return request.redirect(self._url(relance, done=nonce), code=303)

    # === FORMS === #

    @form_route("problem")
    @guarded
    def portal_problem(self, relance_id, access_token=None, **_kw):
        """Ask what is wrong, and lead to the form for it."""
        relance = self._enter(relance_id, access_token)
        lines = self._get_rows(relance)["lines"]
        return self._page(
            "btp_relance.portal_problem",
            relance,
            moves=relance._get_open_moves(),
            plan_open=bool(lines) and relance._get_plan_limits(lines)["allowed"],
        )

    def _get_rows(self, relance) -> dict:
        """Return the account that a promise or a plan is about: one currency at a time."""
        wanted = request.httprequest.values.get("currency")
        accounts = {
            found.currency.name: found
            for found in relance._get_accounts()
            if relance._get_agreeable(found.get_payable())
        }
        account = accounts.get(wanted) or next(iter(accounts.values()), None)
        rows = account.get_rows("due", "coming") if account else []
        rows = relance._get_agreeable(rows)
        payable = account.get_payable() if account else []
        asked = [row for row in rows if row in payable]
        lines = request.env["account.move.line"].sudo()
        return {
            "account": account,
            "rows": rows,
            "others": [name for name in accounts if accounts[name] != account],
            "lines": lines.union(*(row.line for row in asked)),
        }

    @form_route("promise")
    @guarded
    def portal_promise(self, relance_id, access_token=None, **_kw):
        """Note the day on which the customer pays, all or a part."""

        def values(relance):
            shown = self._get_rows(relance)
            return shown | {"limits": relance._get_promise_limits(shown["lines"])}

        return self._serve(
            "promise",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_promise(
                self._get_list("row"),
                self._get_day("day"),
                self._get_amount("amount"),
                self._get_text("note", MAX_NOTE),
                person,
            ),
            values,
        )

    @form_route("plan")
    @guarded
    def portal_plan(self, relance_id, access_token=None, **_kw):
        """Take the request of instalments, their schedule shown before it is sent."""

        def count():
            text = self._get_text("count", 4)
            return int(text) if text.isdecimal() else 0

        def values(relance):
            shown = self._get_rows(relance)
            shown |= {
                "limits": relance._get_plan_limits(shown["lines"]),
                "schedule": None,
                "wrong": None,
            }
            if request.httprequest.form.get("preview"):
                try:
                    shown["schedule"] = relance._preview_plan(
                        self._get_list("row"), count(), self._get_day("day")
                    )
                except UserError as error:
                    shown["wrong"] = str(error)
            return shown

        return self._serve(
            "plan",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_plan(
                self._get_list("row"),
                count(),
                self._get_day("day"),
                self._get_text("note", MAX_NOTE),
                person,
            ),
            values,
        )

    @form_route("dispute/<int:move_id>", files=True)
    @guarded
    def portal_dispute(self, relance_id, move_id, access_token=None, **_kw):
        """Take down what the customer contests of an invoice, and why."""

        def values(relance):
            move = relance._get_contestable(move_id)
            reasons = request.env["btp.dispute"]._fields["reason"]
            return {
                "move": move,
                "move_id": move_id,
                "move_lines": move.invoice_line_ids.filtered(
                    lambda line: line.display_type == "product" and line.price_total > 0
                ),
                "reasons": reasons._description_selection(request.env),
            }

        return self._serve(
            "dispute",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_dispute(
                move_id,
                self._get_text("reason", 30),
                self._get_text("note", MAX_NOTE),
                self._get_amount("amount"),
                self._get_list("line"),
                self._get_files(),
                person,
            ),
            values,
        )

    @form_route("paid", files=True)
    @guarded
    def portal_paid(self, relance_id, access_token=None, **_kw):
        """Take the word that something is paid, with its proof."""
        return self._serve(
            "paid",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_paid(
                self._get_list("row"),
                self._get_day("day"),
                self._get_text("means", 20),
                self._get_text("note", MAX_NOTE),
                self._get_files(),
            ),
            lambda relance: {
                "accounts": relance._get_accounts(),
                "means": relance._get_paid_means(),
            },
        )

    @form_route("contact")
    @guarded
    def portal_contact(self, relance_id, access_token=None, **_kw):
        """Take the right contact down, for a person to check."""
        return self._serve(
            "contact",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_contact(
                self._get_text("change", 10),
                self._get_text("name", MAX_FIELD),
                self._get_text("email", MAX_FIELD),
                self._get_text("phone", MAX_FIELD),
                person,
            ),
            lambda relance: {},
        )

    @form_route("choice")
    @guarded
    def portal_choice(self, relance_id, access_token=None, **_kw):
        """Take down how and in which language the customer wants our messages."""
        return self._serve(
            "choice",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_choice(
                self._get_text("channel", 20),
                request.httprequest.form.getlist("refused")[:10],
                self._get_text("language", 10),
                person,
            ),
            lambda relance: relance._get_choices(relance._get_person(request.env.user)),
        )

    @form_route("document/<int:document_id>", files=True)
    @guarded
    def portal_document(self, relance_id, document_id, access_token=None, **_kw):
        """Take the file of a document that was asked for."""
        return self._serve(
            "document",
            relance_id,
            access_token,
            lambda relance, person: relance._portal_document(
                document_id, self._get_files(required=True), person
            ),
            lambda relance: {
                "document": relance._get_asked_documents().filtered(
                    lambda document: document.id == document_id
                ),
                "document_id": document_id,
            },
        )
