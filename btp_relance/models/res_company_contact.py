# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import fields, models

from ..const import REGIME_GROUPS
from ..engine.calendar import Agenda, add_working_days, is_alsace_moselle

UTC = ZoneInfo("UTC")


def _to_time(hours: float) -> time:
    """Return the time of day that a widget shows as hours: 8.5 is 08:30."""
    minutes = round(hours * 60)
    return time.max if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)


class ResCompany(models.Model):
    """When this company contacts its debtors, how often, and what it costs."""

    _inherit = "res.company"

    btp_business_from = fields.Float("Businesses From", default=8.5)
    btp_business_to = fields.Float("Businesses To", default=18.5)
    # Borrowed from what the law sets for prospecting by phone (C. conso. D223-9).
    btp_consumer_from = fields.Float("Consumers From", default=10.0)
    btp_consumer_noon = fields.Float("Consumers Until Noon", default=13.0)
    btp_consumer_afternoon = fields.Float("Consumers Afternoon From", default=14.0)
    btp_consumer_to = fields.Float("Consumers To", default=20.0)
    btp_email_any_time = fields.Boolean(
        "E-Mails to Businesses at Any Time",
        default=True,
        help="Off: they wait for the hours of businesses. Text messages and calls always do.",
    )
    btp_consumer_email_any_time = fields.Boolean(
        "E-Mails to Consumers at Any Time",
        help="Off: they wait for the hours of consumers, as text messages and calls do.",
    )
    btp_max_contacts = fields.Integer(
        "Contacts in 30 Days, Businesses",
        help="Most reminders and calls to one customer in 30 days, all channels. 0: no limit.",
    )
    btp_max_contacts_consumer = fields.Integer(
        "Contacts in 30 Days, Consumers",
        default=4,
        help="Most reminders and calls to one consumer in 30 days, all channels. 0: no "
        "limit.",
    )
    btp_max_unanswered = fields.Integer(
        "Calls Without Answer",
        default=3,
        help="So many tries, each at another half-day, then the scenario goes on.",
    )
    btp_hourly_rate = fields.Monetary(
        "Cost of an Hour", help="What an hour of whoever calls costs, all included."
    )
    btp_fee_email = fields.Monetary("Cost of an E-Mail")
    btp_fee_sms = fields.Monetary("Cost of an SMS")
    btp_fee_call = fields.Monetary("Cost of a Call")
    btp_fee_letter = fields.Monetary("Postage of a Letter")
    btp_fee_registered = fields.Monetary("Postage of a Registered Letter")
    btp_confirm_promise = fields.Boolean(
        "Confirm Promises",
        default=True,
        help="Whoever promises on the phone receives the promise in writing.",
    )
    btp_confirm_document = fields.Boolean(
        "Confirm Documents",
        default=True,
        help="Whoever sent a document is told that it arrived.",
    )

    _btp_hours_in_order = models.Constraint(
        "CHECK(btp_business_from >= 0 AND btp_business_from < btp_business_to"
        " AND btp_business_to <= 24 AND btp_consumer_from >= 0"
        " AND btp_consumer_from < btp_consumer_noon"
        " AND btp_consumer_noon <= btp_consumer_afternoon"
        " AND btp_consumer_afternoon < btp_consumer_to AND btp_consumer_to <= 24)",
        "The hours of contact follow one another, from 0 to 24.",
    )
    _btp_limits_positive = models.Constraint(
        "CHECK(btp_max_contacts >= 0 AND btp_max_contacts_consumer >= 0"
        " AND btp_max_unanswered >= 1)",
        "The number of contacts cannot be negative, and a call is tried once at least.",
    )

    def _get_btp_zone(self) -> ZoneInfo:
        """Return the time zone of the company, that of Paris where none is set."""
        self.ensure_one()
        return ZoneInfo(self.partner_id.tz or "Europe/Paris")

    def _get_btp_now(self) -> datetime:
        """Return the moment on the company's clock, naive."""
        now = fields.Datetime.now().replace(tzinfo=UTC)
        return now.astimezone(self._get_btp_zone()).replace(tzinfo=None)

    def _btp_to_utc(self, moment: datetime) -> datetime:
        """Return a moment of the company's clock as the database keeps it.

        An hour that does not exist (the clock goes forward) becomes the one after.
        """
        local = moment.replace(tzinfo=self._get_btp_zone())
        return local.astimezone(UTC).replace(tzinfo=None)

    def _get_btp_agenda(self, partner=None, today=None, closures=None) -> Agenda:
        """Return when a debtor may be contacted by this company.

        :param partner: the debtor (default: the company itself, at business hours)
        :param date today: closures around this day
        :param list closures: those of the company, where many debtors are looked at
        """
        self.ensure_one()
        today = today or self._get_btp_now().date()
        if closures is None:
            closures = self.env["btp.closure"]._get_spans(self, today)
        consumer = partner and partner.btp_regime in REGIME_GROUPS["consumer"]
        hours = (
            (
                (self.btp_consumer_from, self.btp_consumer_noon),
                (self.btp_consumer_afternoon, self.btp_consumer_to),
            )
            if consumer
            else ((self.btp_business_from, self.btp_business_to),)
        )
        return Agenda(
            tuple((_to_time(start), _to_time(end)) for start, end in hours),
            frozenset(closures),
            is_alsace_moselle(self.zip, partner and partner.zip),
        )

    def _get_btp_pause(self, day, working_days: int):
        """Return the day so many working days after ``day``.

        :param date day: the day promised
        :param int working_days: of grace, for the bank to show the payment
        """
        return add_working_days(day, working_days, self._get_btp_agenda(today=day))

    def _get_btp_max_contacts(self, partner) -> int:
        """Return how often a debtor is contacted in 30 days at most; 0: no limit."""
        self.ensure_one()
        if partner.btp_regime in REGIME_GROUPS["consumer"]:
            return self.btp_max_contacts_consumer
        return self.btp_max_contacts

    def _get_btp_attempts(self, partner, today) -> int:
        """Return how often a debtor was contacted in the 30 days before ``today``."""
        self.ensure_one()
        groups = self.env["btp.relance"]._read_group(
            [
                ("company_id", "=", self.id),
                ("partner_id", "=", partner.id),
                ("kind", "=", "reminder"),
                ("state", "=", "sent"),
                ("contacted_on", ">", today - timedelta(days=30)),
            ],
            [],
            ["attempts:sum"],
        )
        return groups[0][0] or 0
