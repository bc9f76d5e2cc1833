# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, api, fields, models

from ..const import OPEN_STATES, TONE_RANK, TONES

#: Number of a tone in the palette of calendars: the firmer, the warmer.
TONE_COLORS = (8, 4, 5, 2, 1, 1)


class BtpRelanceForecast(models.TransientModel):
    """Dry run: what will leave in the next days if nobody pays. Sends nothing."""

    _name = "btp.relance.forecast"
    _description = "Dry Run of Reminders"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    days = fields.Integer(default=30, required=True)
    line_ids = fields.One2many("btp.relance.forecast.line", "forecast_id")

    @api.model
    def action_open(self):
        """Simulate the next 30 days and show them as a calendar."""
        forecast = self.create({})
        forecast._simulate()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What will leave in the next %s days", forecast.days),
            "res_model": "btp.relance.forecast.line",
            "view_mode": "calendar,list",
            "domain": [("forecast_id", "=", forecast.id)],
            "context": {"create": False, "edit": False, "delete": False},
            "help": self.env._("Nothing is due to leave in these days."),
        }

    def _simulate(self):
        """Run the real planning day after day, note what it makes, and undo it all.

        Supposes that nobody pays and that each reminder is approved on its day.
        """
        self.ensure_one()
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            found = self._play()
            savepoint.rollback()
        self.line_ids = [Command.create(values) for values in found]

    def _play(self) -> list[dict]:
        """Return the reminders of each day as values of forecast lines."""
        company = self.company_id.sudo()
        company.btp_relance_active = True
        self.env.flush_all()
        engine = self.env["btp.relance.engine"].sudo().with_company(company)
        today = self.env["btp.echeance"]._get_today()
        found, leaving = [], {}
        for offset in range(self.days + 1):
            day = today + timedelta(days=offset)
            relances = engine._make_relances(day)
            if not offset:
                relances |= relances.search(
                    [("company_id", "=", company.id), ("state", "in", OPEN_STATES)]
                )
            for relance in relances:
                values = relance._prepare_forecast(day)
                found.append(values)
                # What waits for an open day keeps the customer's next reminder waiting.
                leaving.setdefault(values["day"], []).append(relance.id)
            self._pretend_sent(leaving.pop(day, []), day)
        return found

    def _pretend_sent(self, ids: list[int], day):
        if ids:
            self.env.cr.execute(
                "UPDATE btp_relance SET state = 'sent', contacted_on = %s"
                " WHERE id = ANY(%s)",
                [day, ids],
            )
            self.env.cr.execute(
                "UPDATE btp_relance_line SET state = 'done', done_on = %s"
                " WHERE relance_id = ANY(%s) AND state = 'planned'",
                [day, ids],
            )
            self.env.invalidate_all()


class BtpRelanceForecastLine(models.TransientModel):
    """A reminder that would leave."""

    _name = "btp.relance.forecast.line"
    _description = "Reminder to Come"
    _order = "day, id"

    forecast_id = fields.Many2one("btp.relance.forecast", ondelete="cascade")
    company_id = fields.Many2one("res.company")
    currency_id = fields.Many2one(related="company_id.currency_id")
    day = fields.Date()
    partner_id = fields.Many2one("res.partner", "Customer")
    step_id = fields.Many2one("btp.relance.step", "Level")
    tone = fields.Selection(TONES)
    channel = fields.Selection(
        lambda self: self.env["btp.relance.step"]._select_channel()
    )
    approval = fields.Selection(related="step_id.approval")
    echeance_count = fields.Integer("Amounts Due")
    amount = fields.Monetary("Due")
    color = fields.Integer(compute="_compute_color")

    @api.depends("tone")
    def _compute_color(self):
        for line in self:
            line.color = TONE_COLORS[TONE_RANK.get(line.tone, 0)]

    @api.depends("partner_id", "step_id")
    def _compute_display_name(self):
        for line in self:
            label = line.step_id.day_label if line.step_id.kind == "reminder" else "✓"
            line.display_name = f"{label} {line.partner_id.name or ''}"
