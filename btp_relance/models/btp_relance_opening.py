# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_datetime

from ..const import REGIME_GROUPS
from ..engine.calendar import Agenda, Closed, next_opening, why_closed


class BtpRelance(models.Model):
    """The moment at which a reminder may leave."""

    _inherit = "btp.relance"

    leave_at = fields.Datetime(
        "Leaves From",
        readonly=True,
        copy=False,
        help="Approved at a moment at which this customer is not contacted: it leaves at "
        "the next one by itself.",
    )
    wait_reason = fields.Char(readonly=True, copy=False)

    @api.model
    def _get_ready_domain(self) -> list:
        """Return the domain of approved reminders whose moment has come."""
        return [
            ("state", "=", "approved"),
            "|",
            ("leave_at", "=", False),
            ("leave_at", "<=", fields.Datetime.now()),
        ]

    def _get_agenda(self, today=None, closures=None) -> Agenda | None:
        """Return when this reminder may leave; nothing for what a person posts.

        :param date today: closures around this day
        :param list closures: those of the company, where many reminders are looked at
        """
        self.ensure_one()
        company = self.company_id.sudo()
        if self.channel not in ("email", "sms", "call"):
            return None
        agenda = company._get_btp_agenda(self.partner_id, today, closures)
        if self.channel == "call":
            # On the desk early in the morning; the call itself waits for the hours.
            return agenda._replace(spans=Agenda().spans)
        consumer = self.partner_id.btp_regime in REGIME_GROUPS["consumer"]
        any_time = (
            company.btp_consumer_email_any_time
            if consumer
            else company.btp_email_any_time
        )
        if self.channel == "email" and any_time:
            # Nobody is there to read the answers while the company is closed.
            return agenda._replace(spans=Agenda().spans, rest=False)
        return agenda

    def _wait_for_opening(self):
        """Return the reminders that may leave now; the others wait for their moment.

        They stay approved: nothing is lost, and they are looked at again before they leave.
        """
        ready = self.browse()
        for company, group in self.grouped("company_id").items():
            group = group.with_company(company)
            now = group.env["btp.echeance"]._get_now()
            closures = group.env["btp.closure"]._get_spans(company, now.date())
            for relance in group:
                agenda = relance._get_agenda(now.date(), closures)
                closed = agenda and why_closed(now, agenda)
                if closed:
                    opening = next_opening(now, agenda)
                    relance.write(relance._prepare_wait(now, closed, opening))
                    continue
                ready |= relance
                if relance.leave_at:
                    relance.write({"leave_at": False, "wait_reason": False})
        waiting = self - ready
        if waiting:
            waiting.env.ref("btp_relance.ir_cron_dispatch").sudo()._trigger(
                min(waiting.mapped("leave_at"))
            )
        return self & ready

    def _prepare_wait(self, now: datetime, closed: Closed, opening) -> dict:
        """Return the values of a reminder that waits.

        :param now: on the company's clock
        :param opening: the next open moment, nothing when all is closed for a year
        """
        moment = opening or now + timedelta(days=1)
        leave_at = self.company_id.sudo()._btp_to_utc(moment)
        return {
            "leave_at": leave_at,
            "wait_reason": self._describe_closed(closed, bool(opening)),
        }

    @api.model
    def _describe_closed(self, closed: Closed, known: bool) -> str:
        """Return in words why nobody is contacted at a moment.

        :param known: whether there is a next open moment
        """
        if not known:
            return self.env._(
                "Closed for more than a year: a manager corrects the closures in the "
                "settings."
            )
        return {
            "weekend": self.env._("Nobody is contacted at the week-end"),
            "holiday": self.env._("Nobody is contacted on a public holiday"),
            "hours": self.env._("Nobody is contacted at this hour"),
            "closure": self.env._("Closed: %s", closed.name),
        }[closed.kind]

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance
        answers = super()._get_why()
        if self.state == "approved" and self.leave_at:
            answers.append(
                (
                    self.env._("Why does it wait?"),
                    self.env._(
                        "%(reason)s. It leaves by itself from %(moment)s.",
                        reason=self.wait_reason,
                        moment=format_datetime(
                            self.env,
                            self.leave_at,
                            tz=str(self.company_id.sudo()._get_btp_zone()),
                            dt_format="short",
                        ),
                    ),
                )
            )
        return answers

    def _prepare_forecast(self, day) -> dict:
        # EXTENDS btp_relance: on the day on which it may leave.
        values = super()._prepare_forecast(day)
        agenda = self._get_agenda(day)
        # A message that may leave at night does; the others leave in the day.
        opening = agenda and next_opening(
            datetime.combine(day, agenda.spans[0][0]), agenda
        )
        if opening:
            values["day"] = opening.date()
        return values


class BtpClosure(models.Model):
    """A change of closures gives another moment to what waits."""

    _inherit = "btp.closure"

    @api.model_create_multi
    def create(self, vals_list):
        closures = super().create(vals_list)
        closures._look_again()
        return closures

    def write(self, vals):
        companies = self.company_id
        result = super().write(vals)
        self._look_again(companies)
        return result

    def unlink(self):
        self._look_again()
        return super().unlink()

    def _look_again(self, companies=None):
        """Let the next dispatch find the moment of what waits anew."""
        companies = (companies or self.env["res.company"]) | self.company_id
        self.env["btp.relance"].sudo().search(
            [
                ("company_id", "in", companies.ids),
                ("state", "=", "approved"),
                ("leave_at", "!=", False),
            ]
        ).leave_at = False
