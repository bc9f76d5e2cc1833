# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools.misc import format_date, formatLang

from ..counting import say_amounts, say_days

#: How many facts stand on a card: one reads it in a second.
ON_CARD = 1


class BtpScore(models.Model):
    """A score in words that a clerk uses: from its raw facts, never from its numbers alone."""

    _inherit = "btp.score"

    def _get_expectation(self) -> str:
        """Return when the amount is expected, how surely, and by which means."""
        self.ensure_one()
        not_counted = self._say_left_out()
        if not self.date_expected:
            return not_counted
        return " ".join(filter(None, [self._say_day(), not_counted]))

    def _say_left_out(self) -> str:
        """Return what is in no sum of expected cash, and why; empty where all is counted."""
        if not self.left_out_code:
            return ""
        name = self.env["btp.figure.cash"]._name_out(self.left_out_code)
        if not self.date_expected:
            return self.env._(
                "No habit says when it comes, it is not counted: %s.", name
            )
        return self.env._(
            "%(amount)s of it is not counted: %(reason)s.",
            amount=formatLang(
                self.env, self.left_out, currency_obj=self.company_currency_id
            ),
            reason=name,
        )

    def _say_day(self) -> str:
        """Return when the amount is expected, and how surely."""
        date = format_date(self.env, self.date_expected)
        if self.method == "rule":
            if self.trouble:
                return self.env._(
                    "On %(date)s by the simple rule: %(trouble)s",
                    date=date,
                    trouble=self._say_trouble(),
                )
            return self.env._(
                "On %(date)s, its due date: not enough history to say better.",
                date=date,
            )
        between = {
            "date": date,
            "low": format_date(self.env, self.date_low),
            "high": format_date(self.env, self.date_high),
        }
        due = self.move_line_id.date_maturity or self.move_line_id.date
        if due < self.scored_on:
            return self.env._(
                "Late by %(days)s; around %(date)s, four times in five between "
                "%(low)s and %(high)s.",
                days=say_days(self.env, (self.scored_on - due).days),
                **between,
            )
        return self.env._(
            "Around %(date)s, four times in five between %(low)s and %(high)s; %(chance)s %% "
            "likely to be late.",
            chance=round(100 * self.p_late),
            **between,
        )

    def _say_trouble(self) -> str:
        """Return why the amount could not be scored, and what to do."""
        return {
            "due_before_issue": self.env._(
                "it is due before the day of its invoice; correct that date."
            ),
            "paid_before_issue": self.env._(
                "its payment is dated before its invoice; correct that date."
            ),
            "bad_date": self.env._("it has no readable date; correct it."),
            "bad_amount": self.env._(
                "its currency has no rate; add one to learn from it."
            ),
            "negative_amount": self.env._("its amount is negative."),
            "no_customer": self.env._("it has no customer; name one."),
        }[self.trouble]

    def _get_reason(self) -> str:
        """Return why, in one sentence of the reader's language; empty where nothing is known."""
        self.ensure_one()
        return self._join(self.reasons or [])

    def _get_card(self, named=False) -> str:
        """Return the line of a card: the strongest fact, and when the money is expected.

        :param named: the card tells of several amounts, the invoice must be named
        """
        self.ensure_one()
        said = " · ".join(
            filter(
                None,
                [
                    self._join(self._get_card_reasons(named)),
                    self.method != "rule"
                    and self.date_expected
                    and self.env._(
                        "expected around %s", format_date(self.env, self.date_expected)
                    ),
                ],
            )
        )
        if not (said and named):
            return said[:1].upper() + said[1:]
        return self.env._(
            "First of all %(invoice)s (%(amount)s): %(words)s",
            invoice=self.move_line_id.move_id.name,
            amount=formatLang(
                self.env, self.amount, currency_obj=self.company_currency_id
            ),
            words=said[:1].lower() + said[1:],
        )

    def _get_card_reasons(self, named=False) -> list[dict]:
        """Return the facts of a card, where the days overdue of the oldest stand already.

        :param named: the amount is named: its own days overdue may be told
        """
        reasons = [reason for reason in self.reasons or [] if self._say(reason)]
        others = [reason for reason in reasons if reason["group"] != "overdue"]
        return (others or (reasons if named else []))[:ON_CARD]

    def _join(self, reasons) -> str:
        words = [self._say(reason) for reason in reasons]
        sentence = ", ".join(filter(None, words))
        return sentence[:1].upper() + sentence[1:]

    def _say(self, reason: dict) -> str:
        """Return the words of one fact that moved the score, empty where none are known. Hook.

        :param reason: ``{"group", "effect", "facts", "usual"}`` as the learner gives them
        """
        say = getattr(self, f"_say_{reason['group']}", None)
        facts = {
            name: value for name, value in reason["facts"].items() if value is not None
        }
        later = reason["effect"] > 0
        return say(facts, later) if say else ""

    # === ONE FACT, ONE SENTENCE === #

    @api.model
    def _say_overdue(self, facts, later):
        return self.env._(
            "%s overdue already", say_days(self.env, round(facts["days"]))
        )

    def _say_habit(self, facts, later):
        # The habit as it is: what the learner shrinks toward the others is no fact.
        habit = self.sudo().partner_id.btp_score_partner_ids.filtered(
            lambda item: item.company_id == self.company_id
        )
        return habit._say_habit() if habit else ""

    @api.model
    def _say_recent(self, facts, later):
        delay = facts.get("last_delay_3")
        if delay is None:
            return ""
        if delay >= 1:
            return self.env._(
                "the last three came %s late on average",
                say_days(self.env, round(delay)),
            )
        return self.env._("the last three came on time")

    @api.model
    def _say_payment_day(self, facts, later):
        if later:
            return self.env._("the due date falls outside of its days of payment")
        return self.env._("the due date falls on its days of payment")

    @api.model
    def _say_load(self, facts, later):
        if not facts.get("overdue"):
            return self.env._("owes nothing else that is overdue")
        return self.env._(
            "already %(count)s overdue, the oldest by %(days)s",
            count=round(facts["overdue"]),
            days=say_days(self.env, round(facts.get("overdue_longest", 0))),
        )

    @api.model
    def _say_neighbours(self, facts, later):
        if later:
            return self.env._("what was due on the same days is not paid")
        return self.env._("what was due on the same days is paid")

    @api.model
    def _say_calendar(self, facts, later):
        if later:
            return self.env._("due on a day of the month that is paid late")
        return self.env._("due on a day of the month that is paid on time")

    @api.model
    def _say_customer(self, facts, later):
        count = round(facts.get("invoices", 0))
        if count <= 3:
            return self.env._("hardly known yet (%s)", say_amounts(self.env, count))
        share = round(100 * facts.get("sales_share", 0))
        if share >= 5:
            return self.env._("makes %s %% of the sales of the year", share)
        return ""

    @api.model
    def _say_amount(self, facts, later):
        relative = facts.get("amount_relative", 0)
        if relative > 0:
            return self.env._("a larger amount than this customer's usual")
        return self.env._("a smaller amount than this customer's usual")

    @api.model
    def _say_term(self, facts, later):
        return self.env._(
            "terms of %s", say_days(self.env, round(facts.get("term", 0)))
        )

    @api.model
    def _say_documents(self, facts, later):
        days = round(facts.get("missing_days", 0))
        if not days:
            return self.env._("no document is missing")
        return self.env._(
            "a document has been missing for %s", say_days(self.env, days)
        )

    @api.model
    def _say_reminders(self, facts, later):
        count = round(facts.get("reminders", 0))
        if not count:
            return self.env._("not reminded yet")
        if count == 1:
            return self.env._("reminded once already")
        return self.env._("reminded %s times already", count)

    @api.model
    def _say_site(self, facts, later):
        return self._say_share(facts.get("late_site"), self.env._("this chantier"))

    @api.model
    def _say_stage(self, facts, later):
        return self._say_share(
            facts.get("late_stage"), self.env._("invoices of this stage")
        )

    @api.model
    def _say_regime(self, facts, later):
        return self._say_share(
            facts.get("late_regime"), self.env._("customers of this kind")
        )

    @api.model
    def _say_segment(self, facts, later):
        return self._say_share(
            facts.get("late_segment"), self.env._("customers of this kind")
        )

    @api.model
    def _say_share(self, share, whose) -> str:
        if share is None:
            return ""
        return self.env._(
            "%(whose)s: %(share)s %% paid late", whose=whose, share=round(100 * share)
        )

    @api.model
    def _say_facts(self, facts, later):
        if facts.get("retention"):
            return self.env._("a retention")
        if facts.get("visa_days"):
            return self.env._(
                "the visa takes %s on this chantier",
                say_days(self.env, round(facts["visa_days"])),
            )
        if facts.get("subcontract"):
            return self.env._("works as a subcontractor")
        if facts.get("price_revision"):
            return self.env._("revised price")
        return ""
