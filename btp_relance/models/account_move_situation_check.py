# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import formatLang


class AccountMove(models.Model):
    """What a situation cannot be: each refusal says it in the words of the trade."""

    _inherit = "account.move"

    # === CONSTRAINTS === #

    @api.constrains(
        "btp_admitted_cumul",
        "btp_avenant_id",
        "btp_billing_stage",
        "btp_chantier_id",
        "btp_claimed_cumul",
        "btp_definitive_index",
        "btp_difference_reason",
        "btp_os_id",
        "btp_penalties",
        "btp_previous_cumul",
        "btp_previous_id",
        "btp_revision_index",
        "btp_situation_number",
        "btp_visa_on",
        "currency_id",
    )
    def _check_btp_situation(self):
        for move in self:
            move._check_btp_chantier_orders()
            move._check_btp_previous()
        driven = self.filtered(lambda move: move._is_btp_driven())
        live = driven and driven.btp_chantier_id._get_live_situations()
        for move in driven:
            move._check_btp_amounts()
            if move.state != "cancel" and not move.btp_is_credited:
                move._check_btp_number(live[move.btp_chantier_id])

    def _check_btp_chantier_orders(self):
        for order in (self.btp_os_id, self.btp_avenant_id):
            if order and order.chantier_id != self.btp_chantier_id:
                raise ValidationError(
                    self.env._(
                        "%(order)s belongs to the chantier “%(other)s”: choose one of the "
                        "chantier of the invoice.",
                        order=order.display_name,
                        other=order.chantier_id.display_name,
                    )
                )

    def _check_btp_previous(self):
        previous = self.btp_previous_id
        if not previous:
            return
        if self._has_cycle("btp_previous_id"):
            raise ValidationError(
                self.env._(
                    "The situations go round in circles: “%(name)s” would come before itself. "
                    "Choose as previous situation the one issued just before.",
                    name=self._get_btp_label(),
                )
            )
        if previous.company_id != self.company_id:
            raise ValidationError(
                self.env._(
                    "“%(previous)s” is a situation of %(company)s: choose one of your own.",
                    previous=previous._get_btp_label(),
                    company=previous.company_id.name,
                )
            )
        if previous.btp_chantier_id != self.btp_chantier_id:
            raise ValidationError(
                self.env._(
                    "“%(previous)s” belongs to the chantier “%(chantier)s”: a situation follows "
                    "one of its own chantier.",
                    previous=previous._get_btp_label(),
                    chantier=previous.btp_chantier_id.display_name,
                )
            )
        if not previous._is_btp_situation():
            raise ValidationError(
                self.env._(
                    "“%(previous)s” is not a situation: the previous one must be a situation "
                    "de travaux of the chantier.",
                    previous=previous.display_name,
                )
            )

    def _check_btp_amounts(self):
        self._check_btp_currency()
        self._check_btp_magnitude()
        money = self._format_btp_amount
        if self.currency_id.compare_amounts(self.btp_penalties, 0) < 0:
            raise ValidationError(
                self.env._(
                    "Site penalties are deducted from the situation: enter them as a positive "
                    "amount."
                )
            )
        if min(self.btp_claimed_cumul, self.btp_admitted_cumul) < 0:
            raise ValidationError(self.env._("The works to date cannot be negative."))
        if min(self.btp_revision_index, self.btp_definitive_index) < 0:
            raise ValidationError(
                self.env._("The index of the month cannot be negative.")
            )
        cumul = self._get_btp_cumul()
        if (
            not self._is_btp_issued()
            and self.currency_id.compare_amounts(cumul, self.btp_previous_cumul) < 0
        ):
            raise ValidationError(
                self.env._(
                    "The works to date go down, from %(previous)s at the previous situation to "
                    "%(cumul)s: a situation only adds works. Correct the cumul, or take works "
                    "back with a credit note of the previous situation.",
                    previous=money(self.btp_previous_cumul),
                    cumul=money(cumul),
                )
            )
        if (
            not self.currency_id.is_zero(self.btp_difference)
            and not (self.btp_difference_reason or "").strip()
        ):
            raise ValidationError(
                self.env._(
                    "The maître d'œuvre admitted %(admitted)s where you claim %(claimed)s: state "
                    "why.",
                    admitted=money(self.btp_admitted_cumul),
                    claimed=money(self.btp_claimed_cumul),
                )
            )

    def _check_btp_currency(self):
        if self.currency_id != self.btp_chantier_id.currency_id:
            raise ValidationError(
                self.env._(
                    "The contract of “%(chantier)s” is in %(contract)s: its situations cannot be "
                    "in %(currency)s.",
                    chantier=self.btp_chantier_id.display_name,
                    contract=self.btp_chantier_id.currency_id.name,
                    currency=self.currency_id.name,
                )
            )

    def _check_btp_number(self, live):
        """Refuse a gap in the numbering, and two situations where there can be one.

        :param live: the situations of the chantier that count, by number
        """
        others = live - self
        number = self.btp_situation_number
        same = others.filtered(lambda other: other.btp_situation_number == number)
        if same:
            raise ValidationError(
                self.env._(
                    "Situation No. %(number)s of this chantier exists already (%(other)s): let "
                    "this one follow it.",
                    number=number,
                    other=same[0].display_name,
                )
            )
        previous = self.btp_previous_id
        if not previous:
            before = others.filtered(lambda other: other.btp_situation_number < number)
            previous = before[-1:]
        expected = previous.btp_situation_number + 1
        if previous and (number != expected or not self.btp_previous_id):
            raise ValidationError(
                self.env._(
                    "There is a gap in the numbering: after %(previous)s comes situation No. "
                    "%(expected)s, not No. %(number)s. Choose the previous situation.",
                    previous=previous._get_btp_label(),
                    expected=expected,
                    number=number,
                )
                if number != expected
                else self.env._(
                    "Situation No. %(number)s must follow %(previous)s: choose it as previous "
                    "situation.",
                    number=number,
                    previous=previous._get_btp_label(),
                )
            )

    # === WORDS === #

    def _get_btp_label(self):
        """Return how people call a situation: its number, and the invoice's where it has one."""
        self.ensure_one()
        if not self.btp_situation_number:
            return self.display_name
        return self.env._(
            "Situation No. %(number)s (%(invoice)s)",
            number=self.btp_situation_number,
            invoice=self.display_name,
        )

    def _format_btp_amount(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)
