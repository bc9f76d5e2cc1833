# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from werkzeug.urls import url_encode

from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from ..engine.links import GOOD
from .portal_gate import Gate, Refused, dress, guarded

_logger = logging.getLogger(__name__)


class PlanPage(Gate, Controller):
    """An instalment plan: read, signed, kept."""

    def _enter_plan(self, plan_id: int, access_token):
        """Return the plan of a page, in sudo and in the language of whoever reads.

        :raise Refused: with the page that says why
        """
        address = request.httprequest.remote_addr
        self._count("address", address)
        plan = request.env["btp.payment.plan"].sudo().browse(plan_id).exists()
        user = request.env.user
        good = bool(plan) and (
            (not user._is_public() and plan._is_open_to(user))
            or plan._read_link(access_token) == GOOD
        )
        if not good:
            self._count("guess", address)
            _logger.warning("Plan page %s: link refused", plan_id)
            raise Refused(self._answer("unknown", 404))
        self._count("page", f"plan {plan.id}")
        plan = plan.with_company(plan.company_id)
        return self._speak(plan, plan.contact_id.lang or plan.partner_id.lang)

    def _url_plan(self, plan, suffix="", **query) -> str:
        given = request.httprequest.args.get("access_token")
        if given:
            query["access_token"] = given
        return f"/my/plans/{plan.id}{suffix}" + (
            f"?{url_encode(query)}" if query else ""
        )

    @route(
        "/my/plans/<int:plan_id>",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def portal_plan_page(self, plan_id, access_token=None, mention=None, **_kw):
        """Show a plan, and let it be signed.

        :param str mention: the sum as the debtor wrote it, before signing
        """
        plan = self._enter_plan(plan_id, access_token)
        mention = (mention or "").strip()[:500]
        query = {"digest": plan._get_digest(), "mention": mention}
        response = request.render(
            "btp_relance.portal_plan_page",
            {
                "page_name": "plan",
                "no_breadcrumbs": True,
                "plan": plan,
                "company": plan.company_id,
                "res_company": plan.company_id,
                "access_token": access_token,
                "mention": mention,
                "ready": mention or not plan._needs_mention(),
                "sign_url": self._url_plan(plan, "/sign", **query),
                "agreement_url": self._url_plan(plan, "/agreement.pdf"),
                "account_url": plan.relance_id.state == "sent"
                and plan.relance_id.get_portal_url(),
            },
        )
        return dress(response)

    @route(
        "/my/plans/<int:plan_id>/sign",
        type="jsonrpc",
        auth="public",
        website=True,
        max_content_length=2_000_000,
    )
    def portal_plan_sign(self, plan_id, name=None, signature=None, **_kw):
        """Sign a plan: what Odoo's signature form sends.

        :return: ``error`` in words, or where to go
        """
        sent = request.httprequest.args
        try:
            plan = self._enter_plan(plan_id, sent.get("access_token"))
        except Refused:
            return {"error": request.env._("This link is no longer valid.")}
        # What proves a debt comes from the debtor, never from one of us logged in.
        if (
            request.env.user._is_internal()
            and plan._read_link(sent.get("access_token")) != GOOD
        ):
            _logger.warning("Plan page %s: signature of an agent refused", plan_id)
            return {
                "error": request.env._("Only the customer signs: send them the link.")
            }
        mention = (sent.get("mention") or "").strip()[:500] or None
        try:
            with request.env.cr.savepoint():
                plan._check_signer(mention)
                plan._sign(
                    str(name or "")[:200],
                    signature,
                    request.httprequest.remote_addr,
                    mention=mention,
                    digest=sent.get("digest") or "-",
                )
                plan._note_signature()
        except UserError as error:
            return {"error": str(error)}
        return {"force_refresh": True, "redirect_url": self._url_plan(plan)}

    @route(
        "/my/plans/<int:plan_id>/agreement.pdf",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        sitemap=False,
    )
    @guarded
    def portal_plan_agreement(self, plan_id, access_token=None, **_kw):
        """Give the agreement: the one signed, else as it would be signed."""
        plan = self._enter_plan(plan_id, access_token)
        agreement = plan._get_agreement()
        return dress(
            request.make_response(
                agreement.raw,
                [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", content_disposition(agreement.name)),
                ],
            )
        )
