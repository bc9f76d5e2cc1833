# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL, split_every
from odoo.tools.misc import format_datetime

from ..const import BATCH

_logger = logging.getLogger(__name__)


class BtpPrivacyRun(models.Model):
    """What a purge did, in numbers: the report itself names nobody."""

    _name = "btp.privacy.run"
    _description = "Purge of Personal Data"
    _order = "id desc"
    _rec_name = "started_on"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    started_on = fields.Datetime("When", required=True, readonly=True)
    ended_on = fields.Datetime("Ended", readonly=True)
    dry_run = fields.Boolean(readonly=True)
    line_ids = fields.One2many("btp.privacy.run.line", "run_id", "Kinds", readonly=True)
    done = fields.Integer("Erased", compute="_compute_totals")
    held = fields.Integer("Kept", compute="_compute_totals")
    failed = fields.Integer(compute="_compute_totals")

    @api.depends("line_ids.done", "line_ids.held", "line_ids.failed")
    def _compute_totals(self):
        for run in self:
            run.done = sum(run.line_ids.mapped("done"))
            run.held = sum(run.line_ids.mapped("held"))
            run.failed = sum(run.line_ids.mapped("failed"))

    @api.depends("started_on")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for run in self:
            run.display_name = run.started_on and format_datetime(
                self.env, run.started_on, dt_format="short"
            )

    def _open(self):
        """Return the action that shows this report."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What Would Be Erased")
            if self.dry_run
            else self.env._("What Was Erased"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    # === PURGE === #

    @api.model
    def _cron_purge(self):
        """Purge each company; what is left for lack of time is for the next call."""
        cron = self.env["ir.cron"]
        companies = self.env["res.company"].search([])
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            run = self._purge_company(company)
            if not run.ended_on or not cron._commit_progress(1):
                break

    @api.model
    def _purge_company(self, company, dry_run=False):
        """Do what the rules say to what is past its time in ``company``.

        Doing it again is harmless: what was erased is found no more.

        :param company: one ``res.company``
        :param dry_run: only count
        :return: the ``btp.privacy.run``
        """
        run = self.create(
            {
                "company_id": company.id,
                "started_on": fields.Datetime.now(),
                "dry_run": dry_run,
            }
        )
        today = self.env["btp.echeance"].with_company(company)._get_today()
        rules = self.env["btp.privacy.rule"].search([("action", "!=", "keep")])
        for rule in rules:
            if not run._apply(rule, today):
                # Out of time: the next call takes up what is left.
                return run
        run.ended_on = fields.Datetime.now()
        return run

    def _apply(self, rule, today) -> bool:
        """Apply one rule, in batches that commit; one bad record stops no other.

        :return: whether it was done within the time that the scheduler grants
        """
        self.ensure_one()
        query = self.env["btp.privacy"]._query(
            rule.kind, self.company_id, today, rule._get_cutoff(today)
        )
        if query is None:
            return True
        self.env.flush_all()
        found = self.env.execute_query(
            SQL("SELECT id, held FROM (%s) found ORDER BY id", query)
        )
        free = [id_ for id_, held in found if not held]
        line = self.env["btp.privacy.run.line"].create(
            {
                "run_id": self.id,
                "rule_id": rule.id,
                "held": len(found) - len(free),
                "done": len(free) if self.dry_run else 0,
            }
        )
        if self.dry_run:
            return True
        for ids in split_every(BATCH, free):
            done, failed = self._erase_batch(rule, list(ids))
            line.done += done
            line.failed += failed
            if not self.env["ir.cron"]._commit_progress():
                return False
        return True

    def _erase_batch(self, rule, ids):
        """Erase a batch; where it breaks, one by one.

        :return: how many were erased, how many could not be
        """
        try:
            with self.env.cr.savepoint():
                return self.env["btp.privacy"]._erase(rule.kind, ids), 0
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:
            if len(ids) == 1:
                _logger.warning(
                    "Personal data of kind %s, record %s: not erased (%s)",
                    rule.kind,
                    ids[0],
                    type(error).__name__,
                )
                return 0, 1
        results = [self._erase_batch(rule, [id_]) for id_ in ids]
        return sum(done for done, _ in results), sum(failed for _, failed in results)


class BtpPrivacyRunLine(models.Model):
    """What a purge did to one kind of data."""

    _name = "btp.privacy.run.line"
    _description = "Kind of Data in a Purge"
    _order = "run_id desc, id"

    run_id = fields.Many2one(
        "btp.privacy.run", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="run_id.company_id")
    rule_id = fields.Many2one(
        "btp.privacy.rule", "Kind of Data", required=True, ondelete="cascade"
    )
    action = fields.Selection(related="rule_id.action")
    done = fields.Integer(
        "Erased", help="Records erased or archived; in a dry run, those that would be."
    )
    held = fields.Integer(
        "Kept",
        help="Past their time, but needed: an amount is unpaid, the claim is not yet "
        "time-barred, a legal file is open, or the person asked us to keep them.",
    )
    failed = fields.Integer(help="Left as they are: the log says which, without names.")
