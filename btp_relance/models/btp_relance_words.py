# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.tools import format_amount, format_date

from ..engine.typography import NBSP
from ..engine.wording import NAMED, distinct, in_words


class BtpRelance(models.Model):
    """How a reminder says its facts, in the language of the context."""

    _inherit = "btp.relance"

    def _get_works_label(self) -> str | bool:
        """Return what the invoices are about, where it is one thing: the chantier, and the
        situation of the one invoice."""
        self.ensure_one()
        moves = self._get_told_lines().move_id
        if len(moves.btp_chantier_id) != 1 or not all(
            move.btp_chantier_id for move in moves
        ):
            return False
        situation = len(moves) == 1 and self._say_situations(moves)
        return ", ".join(distinct([moves.btp_chantier_id.name, situation]))

    def _get_line_works(self, line) -> str:
        """Return the situation and the order of a line, for the table of amounts."""
        move = line.move_id
        known = move.ref and move.ref == move.btp_purchase_order
        words = [self._say_situations(move), not known and self._say_orders(move)]
        return " · ".join(distinct(words))

    # === WORDS === #

    def _say_people(self, users) -> str | bool:
        # A number keeps together at the end of a line.
        return self._say(
            self.env._(
                "%(name)s (tel. %(phone)s)",
                name=user.name,
                phone=phone.replace(" ", NBSP),
            )
            if (phone := user.partner_id.phone)
            else user.name
            for user in users
        )

    def _say(self, items) -> str | bool:
        """Return texts as one reads a list aloud; false for none."""
        return in_words(items, self.env._("and")) or False

    def _say_amounts(self, amounts) -> str | bool:
        """Return ``(amount, currency)`` pairs in words; what is zero falls away."""
        return self._say(
            format_amount(self.env, amount, currency)
            for amount, currency in amounts
            if not currency.is_zero(amount)
        )

    def _say_invoices(self, moves) -> str | bool:
        names = distinct(move.name or move.ref for move in moves)
        if len(names) > NAMED:
            return self.env._("our %s invoices", len(names))
        if len(names) > 1:
            return self.env._("our invoices %s", self._say(names))
        return bool(names) and self.env._("our invoice %s", names[0])

    def _say_situations(self, moves) -> str | bool:
        numbers = sorted(set(filter(None, moves.mapped("btp_situation_number"))))
        if len(numbers) > 1:
            return self.env._("situations no. %s", self._say(map(str, numbers)))
        return bool(numbers) and self.env._("situation no. %s", numbers[0])

    def _say_orders(self, moves) -> str | bool:
        orders = (
            move.btp_purchase_order
            and self.env._("purchase order %s", move.btp_purchase_order)
            for move in moves
        )
        engagements = (
            move.btp_engagement_number
            and self.env._("engagement %s", move.btp_engagement_number)
            for move in moves
        )
        return self._say([*orders, *engagements])

    def _say_dates(self, days) -> str | bool:
        days = sorted(set(filter(None, days)))
        if len(days) > NAMED:
            return self.env._(
                "from %(first)s to %(last)s",
                first=format_date(self.env, days[0], date_format="long"),
                last=format_date(self.env, days[-1], date_format="long"),
            )
        return self._say(
            self.env._("on %s", format_date(self.env, day, date_format="long"))
            for day in days
        )

    def _say_days(self, days: int) -> str | bool:
        if days == 1:
            return self.env._("1 day")
        return days > 0 and self.env._("%s days", days)
