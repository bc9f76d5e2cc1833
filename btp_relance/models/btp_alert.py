# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections.abc import Callable
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL


class AlertKind(NamedTuple):
    """A date that a person must not miss, as a query and as words.

    :param str code: stable name, kept in data
    :param str label: what it is about, in the user's language
    :param SQL sql: query of ``company_id, res_model, res_id, mark, user_id, date_deadline``:
        what deserves the alert on the day asked for. ``mark`` tells several alerts of one
        record apart (``"-3"``, a date); a record is alerted once a mark.
    :param summary: function of the record, the title of the activity in its user's language
    :param note: function of the record, HTML of what to do
    """

    code: str
    label: str
    sql: SQL
    summary: Callable
    note: Callable = lambda record: ""


class BtpAlert(models.Model):
    """A task given once to one person because a date comes near, taken back when it is moot."""

    _name = "btp.alert"
    _description = "Alert"
    _order = "date_deadline, id"

    kind = fields.Selection("_select_kind", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Record", model_field="res_model", required=True, readonly=True
    )
    mark = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", readonly=True)
    date_deadline = fields.Date(readonly=True)
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _once = models.UniqueIndex("(kind, company_id, res_model, res_id, mark)")

    @api.model
    def _select_kind(self):
        kinds = self._get_kinds(self.env["btp.echeance"]._get_today())
        return [(kind.code, kind.label) for kind in kinds]

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        """Return the kinds of alert. Hook: an addon adds its own.

        :param date today: the day for which the question is asked
        """
        return []

    @api.model
    def _cron_raise(self):
        """Give the alerts of the day, each kind in a transaction of its own."""
        kinds = self._get_kinds(self.env["btp.echeance"]._get_today())
        self.env["ir.cron"]._commit_progress(remaining=len(kinds))
        for kind in kinds:
            self._raise(kind)
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _raise(self, kind: AlertKind):
        """Make the activities of new alerts, and take back those that are moot.

        :return: the new ``btp.alert`` records
        """
        self.env.flush_all()
        rows = self.env.execute_query_dict(kind.sql)
        wanted = {self._key(**row): row for row in rows}
        known = self.search([("kind", "=", kind.code)])
        done = {
            self._key(
                alert.company_id.id, alert.res_model, alert.res_id, alert.mark
            ): alert
            for alert in known
        }
        moot = known.browse([done[key].id for key in done.keys() - wanted.keys()])
        # The row stays: come back, the same date does not ask a second time.
        moot.activity_id.unlink()
        alerts = self.create(
            [
                {"kind": kind.code, **row}
                for key, row in wanted.items()
                if key not in done
            ]
        )
        for alert in alerts:
            alert._assign(kind)
        return alerts

    @api.model
    def _key(self, company_id, res_model, res_id, mark, **_values):
        """Return what tells two alerts of a kind apart: several companies share a debtor."""
        return company_id, res_model, res_id, mark

    def _assign(self, kind: AlertKind):
        """Make the activity, in the language of who receives it."""
        self.ensure_one()
        user = (
            self.user_id
            or self.company_id.btp_relance_user_id
            or self.env.ref("base.user_admin")
        )
        record = (
            self.env[self.res_model]
            .browse(self.res_id)
            .with_company(self.company_id)
            .with_context(lang=user.lang)
        )
        self.activity_id = record.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.date_deadline,
            summary=kind.summary(record),
            note=kind.note(record),
            user_id=user.id,
        )
