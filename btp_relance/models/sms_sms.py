# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from odoo.addons.sms.tools.sms_api import SmsApi


class SmsSms(models.Model):
    """The queue of text messages, where one bad answer spoils nothing else."""

    _inherit = "sms.sms"

    def _send(self, unlink_failed=False, unlink_sent=True, raise_exception=False):
        # EXTENDS sms: Odoo's job takes the messages of all companies for those of one.
        options = {
            "unlink_failed": unlink_failed,
            "unlink_sent": unlink_sent,
            "raise_exception": raise_exception,
        }
        companies = self.grouped(lambda sms: sms._get_sms_company())
        if self.env.context.get("sms_api") or len(companies) < 2:
            return super()._send(**options)
        for group in companies.values():
            super(SmsSms, group)._send(**options)
        return None

    def _send_with_api(
        self, sms_api, unlink_failed=False, unlink_sent=True, raise_exception=False
    ):
        # EXTENDS sms: an operator that is asked message by message may answer one of them
        # with garbage. Odoo takes all for failed then, and those that left would leave again.
        options = {
            "unlink_failed": unlink_failed,
            "unlink_sent": unlink_sent,
            "raise_exception": raise_exception,
        }
        if isinstance(sms_api, SmsApi):
            return super()._send_with_api(sms_api, **options)
        for sms in self:
            if sms.state != "outgoing":
                continue
            super(SmsSms, sms)._send_with_api(sms_api, **options)
            if self.env.context.get("cron_id"):
                # What left stays noted if the worker dies at the next one.
                self.env["ir.cron"]._commit_progress()
        return None


class SmsTracker(models.Model):
    """What the operator says of a text message comes back to its reminder."""

    _inherit = "sms.tracker"

    btp_relance_id = fields.Many2one(
        "btp.relance", "Reminder", ondelete="cascade", index="btree_not_null"
    )

    def _action_update_from_sms_state(
        self, sms_state, failure_type=False, failure_reason=False
    ):
        # EXTENDS sms
        # pylint: disable=missing-return
        super()._action_update_from_sms_state(
            sms_state, failure_type=failure_type, failure_reason=failure_reason
        )
        self._btp_note(sms_state, failure_type, failure_reason)

    def _action_update_from_provider_error(self, provider_error):
        # EXTENDS sms
        result = super()._action_update_from_provider_error(provider_error)
        _status, failure_type, failure_reason = result
        self._btp_note("error", failure_type, failure_reason)
        return result

    def _btp_note(self, state, failure_type, failure_reason):
        for group in self.sudo().btp_relance_id.grouped("company_id").values():
            group._in_company()._note_sms(state, failure_type, failure_reason)
