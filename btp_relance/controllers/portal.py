# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.http import request, route

from odoo.addons.account_payment.controllers.portal import PortalAccount

from ..engine import epc
from .portal_gate import Gate, Refused, dress, guarded

_logger = logging.getLogger(__name__)


class RelancePortal(Gate, PortalAccount):
    """A customer's account: what is due, and its payment."""

    # === THE ACCOUNT === #

    @route(
        "/my/relances/<int:relance_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def portal_relance(self, relance_id, access_token=None, done=None, **_kw):
        """Show all that stands between the customer and the company.

        :param int relance_id: the ``btp.relance`` whose message bore the link
        :param str access_token: its token, for whoever has no account
        :param str done: number of the form that was just sent
        """
        relance = self._enter(relance_id, access_token)
        accounts = relance._get_accounts()
        return self._page(
            "btp_relance.portal_relance",
            relance,
            accounts=accounts,
            payable=[account for account in accounts if account.get_payable()],
            dues=relance._get_dues(),
            overdues={found.currency: found.get_overdue() for found in accounts},
            closed=relance._is_payment_closed(),
            transaction=relance._get_last_transaction(),
            done=request.env["btp.portal.act"]._find(relance, done or ""),
            documents=relance._get_asked_documents(),
            received=relance._get_received_documents(),
            payments=relance._get_payments(),
            messages=relance._get_messages(),
            engagements=relance._get_engagements(),
            **self._get_openings(relance, accounts),
        )

    def _get_openings(self, relance, accounts) -> dict:
        """Return what is offered beside payment: a promise, instalments."""
        groups = [
            request.env["account.move.line"].sudo().union(*(row.line for row in rows))
            for account in accounts
            if (rows := relance._get_agreeable(account.get_payable()))
        ]
        return {
            "promise_open": any(
                not relance._get_promise_limits(lines)["reason"] for lines in groups
            ),
            "plan_open": any(
                relance._get_plan_limits(lines)["allowed"] for lines in groups
            ),
        }

    @route(
        "/my/relances/of/<int:company_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_relance_of(self, company_id, **_kw):
        """Lead whoever is logged in to their page with a company, no message sent or not.

        :param int company_id: as the list of what they owe names it
        """
        user = request.env.user
        company = request.env["res.company"].sudo().browse(company_id).exists()
        relance = request.env["btp.relance"]._open_page(user, company)
        if not relance:
            return request.redirect("/my/relances", code=303)
        return dress(request.redirect(relance.access_url, code=303))

    @route("/my/relances", type="http", auth="user", website=True, methods=["GET"])
    def portal_relances(self, **_kw):
        """List what whoever is logged in owes, one account a company."""
        values = self._prepare_portal_layout_values()
        values |= {
            "page_name": "relances",
            "owed": request.env["btp.relance"].sudo()._get_owed(request.env.user),
        }
        return dress(request.render("btp_relance.portal_relances", values))

    def _prepare_home_portal_values(self, counters):
        # EXTENDS portal
        values = super()._prepare_home_portal_values(counters)
        if "btp_due_count" in counters:
            owed = request.env["btp.relance"].sudo()._get_owed(request.env.user)
            values["btp_due_count"] = sum(row["count"] for row in owed)
        return values

    # === PAYMENT === #

    @route(
        "/my/relances/<int:relance_id>/pay",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def portal_pay(self, relance_id, access_token=None, currency=None, **_kw):
        """Take the payment of all that is due, or of what is ticked.

        :param str currency: ISO code, where there are several
        """
        relance = self._enter(relance_id, access_token)
        accounts = [found for found in relance._get_accounts() if found.get_choosable()]
        account = next(
            (found for found in accounts if found.currency.name == currency),
            accounts[0] if accounts else None,
        )
        values = {"error": None, "dues": None, "means": None}
        chosen = self._get_list("row")
        # The form was sent: whoever unticked everything finds nothing ticked.
        picked = bool(request.httprequest.args.get("picked"))
        if account and not relance._is_payment_closed():
            if not picked:
                chosen = chosen or [row.key for row in account.get_payable()]
            try:
                dues = chosen and relance._select_dues(account.currency, chosen)
            except UserError as error:
                self._note_foreign(relance, chosen)
                values["error"] = str(error)
            else:
                values |= self._get_payment_values(relance, dues) if dues else {}
        return self._page(
            "btp_relance.portal_pay",
            relance,
            account=account,
            others=[found.currency for found in accounts if found != account],
            chosen=chosen,
            picked=picked,
            closed=relance._is_payment_closed(),
            **values,
        )

    def _get_payment_values(self, relance, dues) -> dict:
        """Return what the payment form and the transfer need.

        :param dues: what is paid
        """
        means = relance._get_dues_means(dues)
        values = {"dues": dues, "means": means}
        if not relance.company_id.btp_pays_online:
            return values
        keys = "-".join(dues.keys)
        values |= self._get_common_page_view_values(
            invoices_data={
                "partner": relance.partner_id,
                "company": relance.company_id,
                "total_amount": dues.amount,
                "currency": dues.currency,
                "amount_residual": dues.amount,
                "payment_reference": means["reference"],
                "landing_route": self._url(relance),
                "transaction_route": f"/my/relances/{relance.id}/transaction"
                f"/{dues.currency.id}/{keys}",
            },
            access_token=relance._portal_ensure_token(),
        )
        values["amount"] = dues.amount
        # The head and foot of the page are those of the company that writes.
        values["res_company"] = relance.company_id
        return values

    @route(
        [
            "/my/relances/<int:relance_id>/transaction/<int:currency_id>",
            "/my/relances/<int:relance_id>/transaction/<int:currency_id>/<string:rows>",
        ],
        type="jsonrpc",
        auth="public",
        max_content_length=100_000,
    )
    def relance_transaction(
        self, relance_id, currency_id, access_token, rows=None, amount=None, **kwargs
    ):
        """Create the draft transaction that pays what was chosen in one go.

        :param str rows: keys of the rows chosen, joined by dashes (default: all that is due)
        :param float amount: what the page showed
        :return: the values that the provider's form needs
        :raise ValidationError: the link is no longer good, or the amount changed
        """
        try:
            relance = self._enter(relance_id, access_token, form=True)
        except Refused as refusal:
            if refusal.response.status_code == 429:
                raise ValidationError(
                    request.env._("Too many requests: try again in a few minutes.")
                ) from refusal
            raise ValidationError(
                request.env._(
                    "This link is no longer valid: please use the one of our last message."
                )
            ) from refusal
        dues = self._get_asked_dues(relance, currency_id, rows, amount)
        # The page names the transfer; a transaction is named after the reminder.
        kwargs.pop("payment_reference", None)
        self._validate_transaction_kwargs(kwargs)
        transaction = self._create_transaction(
            amount=dues.amount,
            currency_id=currency_id,
            partner_id=relance._get_payer(request.env.user).id,
            reference_prefix=relance.reference,
            custom_create_values={
                "invoice_ids": [Command.set(dues.lines.move_id.ids)],
                "btp_relance_id": relance.id,
                "btp_line_ids": [Command.set((dues.lines + dues.credits).ids)],
                "btp_parts": dues.parts or False,
            },
            **kwargs,
        )
        return transaction._get_processing_values()

    def _get_asked_dues(self, relance, currency_id, rows, amount):
        """Return what is to be paid, reckoned here: the page only says what was chosen.

        :raise ValidationError: it is not what the page showed, or none of this page
        """
        currency = request.env["res.currency"].sudo().browse(currency_id).exists()
        keys = (rows or "").split("-") if rows else [
            row.key
            for account in relance._get_accounts()
            if account.currency == currency
            for row in account.get_payable()
        ]  # fmt: skip
        try:
            dues = relance._select_dues(currency, keys)
        except UserError as error:
            self._note_foreign(relance, keys)
            raise ValidationError(str(error)) from error
        try:
            same = not currency.compare_amounts(dues.amount, float(amount or 0))
        except (TypeError, ValueError, OverflowError):
            same = False
        if not same:
            _logger.warning("Customer page %s: amount refused", relance.id)
            raise ValidationError(
                request.env._(
                    "The amount due has changed in the meantime: please reload this page."
                )
            )
        return dues

    @route(
        "/my/relances/<int:relance_id>/transfer.png",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def portal_transfer(self, relance_id, access_token=None, **_kw):
        """Give the picture of the transfer that the message asks for, at the residuals of
        now.

        :param int relance_id: the ``btp.relance`` whose message bore the picture
        :param str access_token: its token
        """
        relance = self._enter(relance_id, access_token)
        payload = relance._get_payment_means()["transfer"]
        if not payload:
            raise request.not_found()
        response = dress(
            request.make_response(epc.draw(payload), [("Content-Type", "image/png")])
        )
        response.headers["Cache-Control"] = "private, max-age=600"
        return response
