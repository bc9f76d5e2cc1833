# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import REGIME_GROUPS
from ..engine.links import EXPIRED, GOOD, UNKNOWN, same
from .btp_payment_plan import LIVE


class BtpPaymentPlan(models.Model):
    """The page on which a plan is read and signed."""

    _inherit = "btp.payment.plan"

    @api.model
    def _get_thread_with_access(
        self, thread_id, *, hash=None, pid=None, token=None, **kw
    ):
        # EXTENDS portal: a link opens its own page and forms, which check and count what
        # comes in. Odoo's discussions would take any file from it, even once it expired.
        # pylint: disable=redefined-builtin
        return super()._get_thread_with_access(thread_id, **kw)

    def _read_link(self, token: str | None) -> str:
        """Return what the token of the page's address is worth now.

        A plan under way keeps its link; one that ended, for the days of a link.
        """
        self.ensure_one()
        plan = self.sudo()
        if not same(plan.access_token, token):
            return UNKNOWN
        days = timedelta(days=plan.company_id.btp_link_days)
        if plan.state in LIVE or fields.Datetime.now() < plan.write_date + days:
            return GOOD
        return EXPIRED

    def _is_open_to(self, user) -> bool:
        """Return whether somebody logged in sees this page without its link.

        :param user: ``res.users``, not the public one
        """
        self.ensure_one()
        if self.company_id not in user.company_ids:
            return False
        if user._is_portal():
            return user.partner_id.commercial_partner_id == self.partner_id
        return self.with_user(user).with_company(self.company_id).has_access("read")

    def _needs_mention(self) -> bool:
        """Return whether the debtor has to write the sum out (C. civ. 1376)."""
        return self.partner_id.btp_regime in REGIME_GROUPS["consumer"]

    def _note_signature(self):
        """Tell the clerk, among the messages of the reminder, that the plan is signed."""
        self.ensure_one()
        if not self.relance_id:
            return
        agent = self.relance_id._get_agent()
        relance = self.relance_id.sudo().with_context(lang=agent.lang)
        relance.message_post(
            body=relance.env._(
                "%(name)s signed the instalment plan %(plan)s.",
                name=self.signer_name,
                plan=self.reference,
            ),
            author_id=self.contact_id.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    def _check_signer(self, mention: str | None):
        """Refuse a signature without the sum written out, where the law wants it."""
        if self._needs_mention() and not mention:
            raise UserError(
                self.env._("Write the sum exactly as shown: %s", self._get_mention())
            )
