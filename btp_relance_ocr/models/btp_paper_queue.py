# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import time

import psycopg2

from odoo import api, fields, models

from ..reader import Reader

_logger = logging.getLogger(__name__)

#: A file that stopped its worker so often is not tried again.
MOST_ATTEMPTS = 3
#: Seconds after which a worker begins no further paper, so that other jobs have their turn, and
#: so that Odoo's own limit for a job (120 s) holds even when the last file takes all its time.
BUDGET = 30
WORKERS = (
    "btp_relance_ocr.ir_cron_read_papers",
    "btp_relance_ocr.ir_cron_read_papers_beside",
)


class BtpPaper(models.Model):
    """The queue: two workers, each paper read once, whatever is killed meanwhile.

    A worker takes a paper by the lock of its row, counts the attempt and commits that, takes
    the lock again, reads, keeps the reading and commits; then what follows from it is worked
    out in a transaction of its own. A worker that dies lets go of its row at once: the next one
    finds the paper, reads it if it was not, and goes on from the reading if it was.
    """

    _inherit = "btp.paper"

    @api.model
    def _wake(self):
        """Have papers read as soon as this transaction is committed."""
        for name in WORKERS:
            job = self.env.ref(name, raise_if_not_found=False)
            if job:
                job.sudo()._trigger()

    @api.model
    def _cron_read(self):
        """Read what waits, paper by paper, until the time is over."""
        end = time.monotonic() + BUDGET
        cron = self.env["ir.cron"]
        with Reader() as reader:
            while paper := self._take():
                paper._work(reader)
                cron._commit_progress(1)
                if time.monotonic() > end:
                    break
            else:
                return
        # The job ends here rather than looping in Odoo's: the others come first.
        self._wake()
        self.env.cr.commit()  # pylint: disable=invalid-commit

    # === ONE PAPER === #

    @api.model
    def _take(self):
        """Return a paper that nobody works on, locked, its attempt counted and committed."""
        while True:
            try:
                found = self._lock_next()
                if not found:
                    self.env.cr.rollback()
                    return self.browse()
                id_, attempts = found
                self._count_attempt(id_, attempts)
                if self._lock(id_, attempts + 1):
                    return self.browse(id_)
            except psycopg2.errors.SerializationFailure:
                # The other worker took it in the same instant.
                self.env.cr.rollback()

    @api.model
    def _lock_next(self):
        """Lock the next paper; those tried before come last, so that none holds up the rest.

        :return: ``(id, attempts)``, or nothing
        """
        self.env.cr.execute(
            """
            SELECT id, COALESCE(attempts, 0) FROM btp_paper
             WHERE state = 'waiting'
             ORDER BY COALESCE(attempts, 0), id LIMIT 1
               FOR NO KEY UPDATE SKIP LOCKED
            """,
            log_exceptions=False,
        )
        return self.env.cr.fetchone()

    @api.model
    def _count_attempt(self, id_: int, attempts: int):
        """Note that a paper is begun, before anything can happen to its worker."""
        self.env.cr.execute(
            "UPDATE btp_paper SET attempts = %s WHERE id = %s", [attempts + 1, id_]
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit

    @api.model
    def _lock(self, id_: int, attempts: int) -> bool:
        """Lock a paper that is as it was; return False when somebody else has it."""
        self.env.cr.execute(
            """
            SELECT id FROM btp_paper
             WHERE id = %s AND state = 'waiting' AND attempts = %s
               FOR NO KEY UPDATE SKIP LOCKED
            """,
            [id_, attempts],
            log_exceptions=False,
        )
        return bool(self.env.cr.fetchone())

    def _work(self, reader):
        """Read a paper that is locked, then do what follows; the caller commits.

        :param reader: a ``reader.Reader``
        """
        self.ensure_one()
        attempts = self.attempts
        if attempts > MOST_ATTEMPTS:
            self._give_up()
            return
        if not self.read_on:
            try:
                self._read_file(reader)
            except RuntimeError:
                # The reader itself does not start: no file is to blame.
                self._forget_attempt()
                raise
            self.env.flush_all()
            self.env.cr.commit()  # pylint: disable=invalid-commit
            if not self._lock(self.id, attempts):
                return
        self._settle_safely(attempts)

    def _forget_attempt(self):
        """Take back an attempt that was none."""
        self.env.cr.rollback()
        self.env.cr.execute(
            "UPDATE btp_paper SET attempts = attempts - 1 WHERE id = %s", self.ids
        )
        self.env.cr.commit()  # pylint: disable=invalid-commit

    def _settle_safely(self, attempts: int):
        """Work out what follows from a reading; whatever breaks there, a person is asked."""
        for tries_left in (2, 1, 0):
            try:
                self._settle()
                self.env.flush_all()
                return
            except psycopg2.errors.TransactionRollbackError:
                # Somebody changed what it is about meanwhile: again, on what is there now.
                self.env.cr.rollback()
                if not tries_left or not self._lock(self.id, attempts):
                    return
            except Exception:
                self.env.cr.rollback()
                _logger.exception("Paper %s: nothing follows from it", self.id)
                if self._lock(self.id, attempts):
                    self._end("to_check", "stopped")
                return

    def _give_up(self):
        """Leave a paper that stopped its worker again and again to a person."""
        if self.read_on:
            self._end("to_check", "stopped")
            return
        self.write({"error": "killed", "read_on": fields.Datetime.now()})
        self._end("failed", "error_killed")
