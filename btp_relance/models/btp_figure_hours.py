# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Days of work that are looked at.
DAYS = 180


class ResCompany(models.Model):
    """How long reminders took before they were switched on, as the manager reckons it."""

    _inherit = "res.company"

    btp_figure_hours_before = fields.Float(
        "Hours a Month Before",
        help="Hours that reminders took each month before they were switched on, as you "
        "reckon them: the dashboard sets the time noted since beside it.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_figure_hours_before = fields.Float(
        related="company_id.btp_figure_hours_before", readonly=False
    )


class BtpFigure(models.Model):
    """Before and after, in hours."""

    _inherit = "btp.figure"

    @api.model
    def _say_since(self, company) -> str:
        # EXTENDS btp_relance: the hours too, where there is a before and an after.
        said = super()._say_since(company)
        return f"{said} {self._say_hours(company)}" if said else said

    @api.model
    def _say_hours(self, company) -> str:
        """Return the time that reminders take a month, beside what is said of before."""
        self.env["btp.relance"].flush_model()
        today = self.env["btp.echeance"]._get_today()
        [(minutes, count, days)] = self.env.execute_query(
            SQL(
                "SELECT COALESCE(SUM(minutes), 0), COUNT(*),"
                " GREATEST(%(today)s - MIN(contacted_on) + 1, 30) FROM btp_relance"
                " WHERE company_id = %(company)s AND contacted_on > %(since)s",
                today=today,
                company=company.id,
                since=today - timedelta(days=DAYS),
            )
        )
        if not count:
            return ""
        values = {
            "after": self._format_number(float(minutes) / 60 * 30 / days),
            "count": count,
            "before": self._format_number(company.sudo().btp_figure_hours_before),
        }
        if not company.sudo().btp_figure_hours_before:
            return self.env._(
                "Time noted: %(after)s hours a month (%(count)s reminders in six months); "
                "the settings do not say how many before.",
                **values,
            )
        return self.env._(
            "Time: %(before)s hours a month before, as the settings say, %(after)s noted "
            "since (%(count)s reminders in six months).",
            **values,
        )
