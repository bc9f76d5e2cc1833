# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models

from ..engine.interest import semester
from .btp_alert import AlertKind


class BtpAlert(models.Model):
    """The rates of the half-year are to be entered."""

    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        Rate = self.env["btp.legal.rate"]
        wanted = semester(today)

        def summary(record):
            return record.env._(
                "Enter the legal rates of the %s",
                Rate.with_env(record.env)._name_semester(wanted),
            )

        def note(record):
            text = record.env._(
                "Until then no interest of this half-year is reckoned, shown or invoiced. "
                "Rate of the ECB on the first day of the half-year: Banque de France, "
                "policy rates (main refinancing operations). Legal rates: order published "
                "in the Journal officiel in December or June. Enter both in Reminders › "
                "Configuration › Legal Rates."
            )
            return Markup('<p>%s</p><p><a href="/odoo/legal-rates/new">%s</a></p>') % (
                text,
                record.env._("Enter the Rates"),
            )

        return [
            *super()._get_kinds(today),
            AlertKind(
                "missing_rate",
                self.env._("Legal rates not known"),
                Rate._get_missing_sql(today),
                summary,
                note,
            ),
        ]
