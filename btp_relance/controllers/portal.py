# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.fields import Command
from odoo.http import request, route

from odoo.addons.account_payment.controllers.portal import PortalAccount

from ..engine import epc


class RelancePortal(PortalAccount):
    """The page behind a message's link, open to whoever holds the link."""

    @route(
        "/my/relances/<int:relance_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    def portal_relance(self, relance_id, access_token=None, currency=None, **kwargs):
        """Show what is due now, and take its payment.

        :param int relance_id: the ``btp.relance`` whose message bore the link
        :param str access_token: its token, for whoever has no account
        :param str currency: ISO code of the currency to pay, where there are several
        """
        try:
            relance = self._document_check_access(
                "btp.relance", relance_id, access_token
            )
        except (AccessError, MissingError):
            return request.redirect("/my")
        lang = relance.contact_id.lang or relance.partner_id.lang
        if lang:
            request.update_context(lang=lang)
            relance = relance.with_context(lang=lang)
        values = self._relance_page_values(relance, access_token, currency)
        return request.render("btp_relance.portal_relance", values)

    def _relance_page_values(self, relance, access_token, currency) -> dict:
        """Return what the page shows.

        :param relance: the reminder, in sudo
        :param currency: ISO code asked for, or ``None``
        """
        all_dues = relance._get_dues()
        dues = next(
            (dues for dues in all_dues if dues.currency.name == currency),
            all_dues[0] if all_dues else None,
        )
        means = relance._get_dues_means(dues) if dues else None
        values = {
            "page_name": "relance",
            "no_breadcrumbs": True,
            "relance": relance,
            "company": relance.company_id,
            # The head and foot of the page are those of the company that writes.
            "res_company": relance.company_id,
            "dues": dues,
            "other_dues": [other for other in all_dues if other != dues],
            "means": means,
            "today": relance.env["btp.echeance"]._get_today(),
            "closed": relance._is_payment_closed(),
            "transaction": relance._get_last_transaction(),
        }
        if dues and relance.company_id.btp_pays_online:
            values |= self._get_common_page_view_values(
                invoices_data={
                    "partner": relance.partner_id,
                    "company": relance.company_id,
                    # The head and foot of the page are those of the company that writes.
                    "res_company": relance.company_id,
                    "total_amount": dues.amount,
                    "currency": dues.currency,
                    "amount_residual": dues.amount,
                    "payment_reference": means["reference"],
                    "landing_route": relance.get_portal_url(),
                    "transaction_route": f"/my/relances/{relance.id}/transaction"
                    f"/{dues.currency.id}",
                },
                access_token=relance._portal_ensure_token(),
            )
            values["amount"] = dues.amount
        return values

    @route("/my/relances/<int:relance_id>/transfer.png", type="http", auth="public")
    def portal_transfer(self, relance_id, access_token=None, **kwargs):
        """Give the picture of the transfer that the message asks for, at the residuals of
        now.

        :param int relance_id: the ``btp.relance`` whose message bore the picture
        :param str access_token: its token
        """
        try:
            relance = self._document_check_access(
                "btp.relance", relance_id, access_token
            )
        except (AccessError, MissingError) as error:
            raise request.not_found() from error
        payload = relance._get_payment_means()["transfer"]
        if not payload:
            raise request.not_found()
        return request.make_response(
            epc.draw(payload),
            [("Content-Type", "image/png"), ("Cache-Control", "private, max-age=600")],
        )

    @route(
        "/my/relances/<int:relance_id>/transaction/<int:currency_id>",
        type="jsonrpc",
        auth="public",
    )
    def relance_transaction(
        self, relance_id, currency_id, access_token, amount=None, **kwargs
    ):
        """Create the draft transaction that pays what is due in one go.

        :param float amount: what the page showed
        :return: the values that the provider's form needs
        :raise ValidationError: the link is no longer good, or the amount changed
        """
        try:
            relance = self._document_check_access(
                "btp.relance", relance_id, access_token
            )
        except (AccessError, MissingError) as error:
            raise ValidationError(
                request.env._(
                    "This link is no longer valid: please use the one of our last message."
                )
            ) from error
        dues = next(
            (dues for dues in relance._get_dues() if dues.currency.id == currency_id),
            None,
        )
        if not dues or dues.currency.compare_amounts(dues.amount, float(amount or 0)):
            raise ValidationError(
                request.env._(
                    "The amount due has changed in the meantime: please reload this page."
                )
            )
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
            },
            **kwargs,
        )
        return transaction._get_processing_values()
