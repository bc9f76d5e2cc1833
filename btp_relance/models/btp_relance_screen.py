# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang


class BtpRelance(models.Model):
    """What the screens show of a reminder, and nothing that decides."""

    _inherit = "btp.relance"

    chantier_id = fields.Many2one(
        "btp.chantier",
        compute="_compute_chantier_id",
        help="The chantier of the invoice that waits longest.",
    )
    subject = fields.Char(compute="_compute_subject")
    why = fields.Html(compute="_compute_why", sanitize=False)
    last_contact = fields.Char(
        compute="_compute_last_contact",
        help="When this customer was last reminded, how, and what they said.",
    )

    @api.depends("line_ids.move_id.btp_chantier_id", "line_ids.date_due")
    def _compute_chantier_id(self):
        for relance in self:
            lines = relance.overdue_line_ids + relance.coming_line_ids
            relance.chantier_id = lines.chantier_id[:1]

    @api.depends_context("lang")
    @api.depends("mail_id.subject", "step_id.template_id")
    def _compute_subject(self):
        for relance in self:
            relance.subject = relance.mail_id.sudo().subject
            if relance.subject or relance.channel == "call":
                continue
            try:
                channel = self.env["btp.relance.channel"]._for(relance.channel)
                relance.subject = channel._render(relance, "subject")
            except Exception:  # noqa: BLE001 the preview says what is wrong with it
                relance.subject = False

    @api.depends_context("lang")
    def _compute_why(self):
        for relance in self:
            relance.why = self.env["ir.qweb"]._render(
                "btp_relance.echeance_why", {"facts": relance._get_why()}
            )

    @api.depends_context("lang")
    @api.depends("partner_id", "contacted_on", "call_outcome", "call_note")
    def _compute_last_contact(self):
        groups = self.sudo()._read_group(
            [
                ("company_id", "in", self.company_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("state", "=", "sent"),
            ],
            ["company_id", "partner_id"],
            ["id:max"],
        )
        last = {(company, partner): id_ for company, partner, id_ in groups}
        for relance in self:
            if relance.call_outcome:
                relance.last_contact = relance._describe_contact()
                continue
            id_ = last.get((relance.company_id, relance.partner_id))
            contact = self.sudo().browse(id_ and id_ != relance.id and id_ or None)
            relance.last_contact = contact._describe_contact() if contact else False

    def _describe_contact(self) -> str:
        """Return the day, the channel and what was said, in one line."""
        self.ensure_one()
        selection = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("channel", "call_outcome")
        }
        words = (
            self.contacted_on and format_date(self.env, self.contacted_on),
            selection["channel"].get(self.channel),
            selection["call_outcome"].get(self.call_outcome),
            self.call_note,
        )
        return " · ".join(filter(None, words))

    # === ACTIONS === #

    def action_preview(self):
        """Show the message as the customer will see it, over the desk."""
        self.ensure_one()
        view = self.env.ref("btp_relance.btp_relance_preview_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    # === MY DAY === #

    @api.model
    @api.readonly
    def get_my_day(self) -> list[dict]:
        """Return the figures above *My Day*, for the current company.

        :return: ``[{"label", "value", "action", "context"}]``: the action is what a click
            opens, false for nothing
        """
        company = self.env.company
        mine = [("company_id", "=", company.id)]
        overdue, next_date = self._get_amounts_of_the_day(company)
        counts = dict(
            self._read_group([*mine, ("desk", "!=", False)], ["desk"], ["__count"])
        )
        sent = self.search_count([*mine, ("sent_on", ">=", "today")])
        reminders = "btp_relance.btp_relance_action"
        return [
            {
                "label": self.env._("Overdue"),
                "value": formatLang(
                    self.env,
                    company.currency_id.round(overdue),
                    currency_obj=company.currency_id,
                ),
                "action": "btp_relance.btp_echeance_action",
                "context": {"search_default_overdue": 1},
            },
            {
                "label": self.env._("To approve"),
                "value": str(counts.get("approve", 0)),
                "action": reminders,
                "context": {"search_default_proposed": 1},
            },
            {
                "label": self.env._("To call"),
                "value": str(counts.get("call", 0)),
                "action": reminders,
                "context": {"search_default_assigned": 1, "search_default_call": 1},
            },
            *(
                [
                    {
                        "label": self.env._("To post"),
                        "value": str(counts["post"]),
                        "action": reminders,
                        "context": {
                            "search_default_assigned": 1,
                            "search_default_letter": 1,
                            "search_default_registered": 1,
                        },
                    }
                ]
                if counts.get("post")
                else []
            ),
            {
                "label": self.env._("Sent today"),
                "value": str(sent),
                "action": reminders,
                "context": {"search_default_today": 1},
            },
            self._get_next_figure(company, next_date),
        ]

    @api.model
    def _get_next_figure(self, company, next_date) -> dict:
        """Return when the next reminder leaves; what switches them on where none does."""
        if company.btp_relance_active:
            return {
                "label": self.env._("Next to leave"),
                "value": format_date(self.env, next_date) if next_date else "–",
                "action": "btp_relance.btp_relance_forecast_action",
                "context": {},
            }
        manager = self.env.user.has_group("btp_relance.group_manager")
        return {
            "label": self.env._("Reminders are not switched on"),
            "value": self.env._("First Activation") if manager else "–",
            "action": manager and "btp_relance.btp_relance_activation_action",
            "context": {},
        }

    @api.model
    def _get_amounts_of_the_day(self, company) -> tuple:
        """Return what is overdue, and the day on which the next reminder may leave.

        One pass over the ledger: two would double the time that a large one takes.
        """
        echeances = self.env["btp.echeance"]
        echeances.check_access("read")
        today = echeances._get_today()
        [row] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(residual_company) FILTER (WHERE days_overdue > 0), 0),
                       MIN(GREATEST(next_date, %(tomorrow)s)) FILTER (
                           WHERE hold_code IS NULL
                              OR hold_code = 'frequency' AND next_date > %(today)s)
                  FROM (%(relation)s) echeance
                 WHERE company_id = %(company)s
                """,
                today=today,
                tomorrow=today + timedelta(days=1),
                relation=echeances._relation(today),
                company=company.id,
            )
        )
        return row
