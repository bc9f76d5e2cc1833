# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from collections import Counter

import psycopg2

from odoo import api, fields, models
from odoo.tools import split_every

from ..const import BATCH, CONFLICTS

_logger = logging.getLogger(__name__)


class BtpRelanceEngine(models.AbstractModel):
    """Dispatch: from approved reminders to their channels, in batches that commit."""

    _inherit = "btp.relance.engine"

    @api.model
    def _cron_dispatch(self):
        """Dispatch what is approved, within the time that the scheduler grants."""
        self.dispatch()

    @api.model
    @api.private
    def dispatch(self, limit: int | None = None) -> dict:
        """Hand approved reminders over to their channels.

        Each batch is locked, looked at again, delivered and committed. A worker killed
        before a commit leaves nothing done; two workers never share a reminder.

        :param limit: most reminders to handle (default: all)
        :return: number of reminders by the state that they reached
        """
        cron = self.env["ir.cron"]
        cron._commit_progress()
        self._requeue_failed()
        todo = self.env["btp.relance"].search(
            self.env["btp.relance"]._get_ready_domain(), order="id", limit=limit
        )
        cron._commit_progress(remaining=len(todo))
        reached = Counter()
        for ids in split_every(BATCH, todo.ids):
            reached.update(self._dispatch_chunk(ids))
            if not cron._commit_progress(len(ids)):
                break
        self._after_dispatch()
        return dict(reached)

    @api.model
    def _dispatch_chunk(self, ids: list[int]) -> Counter:
        """Deliver those of ``ids`` that no other worker has, and are still approved.

        :return: how many reached which state
        """
        # The journal says what left, and how: no message of the state beside it, which cost
        # as much as all the rest of an SMS.
        quiet = self.with_context(mail_notrack=True)
        for _try in range(CONFLICTS):
            # What another worker committed since must not be hidden by what we remember.
            self.env.invalidate_all()
            try:
                batch = quiet.env["btp.relance"].browse(ids).try_lock_for_update()
                batch = batch.filtered(lambda relance: relance.state == "approved")
                for group in batch.grouped("company_id").values():
                    quiet._dispatch_batch(group._in_company())
                self.env.flush_all()
                return Counter(batch.mapped("state"))
            except psycopg2.errors.SerializationFailure:
                self.env.cr.rollback()
        return Counter()

    @api.model
    def _after_dispatch(self):
        """Seal the journal and let the mail queue talk to the server."""
        self.env["btp.relance.event"]._cron_seal()
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    @api.model
    def _requeue_failed(self):
        """Try again what failed for a passing reason, when its time has come."""
        try:
            self.env["btp.relance"].search(
                [("state", "=", "failed"), ("retry_at", "<=", fields.Datetime.now())]
            ).try_lock_for_update()._resend()
            self.env.flush_all()
        except psycopg2.errors.SerializationFailure:
            # Another worker has just done it.
            self.env.cr.rollback()

    @api.model
    def _dispatch_batch(self, relances):
        """Deliver a locked batch; where it breaks, one by one, so that one bad reminder
        never stops the others."""
        try:
            with self.env.cr.savepoint():
                self._deliver(relances)
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:
            if len(relances) == 1:
                # Its text may name the debtor: it is on the reminder, not in the log.
                _logger.info(
                    "Reminder %s failed: %s", relances.id, type(error).__name__
                )
                relances._fail(relances._explain(error))
                return
            for relance in relances:
                self._dispatch_batch(relance)

    @api.model
    def _deliver(self, relances):
        """Look again at reminders and hand those that still stand to their channels."""
        relances = relances._recheck()._choose_ways()._wait_for_opening()
        relances._check_interest()
        ways = relances.grouped(lambda relance: (relance.step_id, relance.channel))
        for (_step, channel), group in ways.items():
            self._note(group.env["btp.relance.channel"]._for(channel)._deliver(group))

    @api.model
    def _note(self, deliveries: dict):
        """Write what the channels did, and the journal, in the same transaction."""
        done = self.env["btp.relance"]
        for relance, delivery in deliveries.items():
            if delivery.values:
                relance.write(delivery.values)
            if delivery.state == "sent":
                done |= relance
            else:
                relance.write({"state": delivery.state, "failure_reason": False})
        done._done()
        self.env["btp.relance.event"]._append(
            [
                {"kind": delivery.state, "relance_id": relance.id, **delivery.proof}
                for relance, delivery in deliveries.items()
            ]
        )
