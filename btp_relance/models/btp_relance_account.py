# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date
from typing import NamedTuple

from odoo import models

from .btp_relance_portal import CLOSED


class Row(NamedTuple):
    """One amount of the customer's account.

    :param str key: names it in a form
    :param line: the ``account.move.line``
    :param float amount: in its currency; a part of what is left where the rest is contested
    :param date due_on: the day on which it is due
    :param int late: days since, negative before
    :param str state: ``due``, ``coming``, ``contested``, ``retention``, ``paying`` or
        ``plan`` (later, by instalments)
    """

    key: str
    line: models.BaseModel
    amount: float
    due_on: date
    late: int
    state: str


class Group(NamedTuple):
    """What is due on one chantier, or on none."""

    chantier: models.BaseModel
    rows: list
    amount: float


class Account(NamedTuple):
    """All that stands between a customer and the company, in one currency.

    :param currency: ``res.currency``
    :param list rows: every :class:`Row`, oldest first
    :param credits: credit notes and payments not yet matched
    :param date until: last due date that the message announced, ``None`` without any
    """

    currency: models.BaseModel
    rows: list
    credits: models.BaseModel
    until: date | None

    def get_rows(self, *states) -> list:
        """Return the rows in some states."""
        return [row for row in self.rows if row.state in states]

    def get_payable(self) -> list:
        """Return what is asked for now: due, and where the message announced what comes,
        all that comes until then."""
        return [
            row
            for row in self.rows
            if row.state == "due"
            or (row.state == "coming" and self.until and row.due_on <= self.until)
        ]

    def get_choosable(self) -> list:
        """Return what may be paid: due, coming, contested, or later by instalments."""
        return self.get_rows("due", "coming", "contested", "plan")

    def get_groups(self) -> list[Group]:
        """Return what is asked for now, by chantier, with its sum."""
        groups = {}
        for row in self.get_payable():
            groups.setdefault(row.line.move_id.btp_chantier_id, []).append(row)
        return [
            Group(chantier, rows, self.get_sum(rows))
            for chantier, rows in groups.items()
        ]

    def get_retained(self) -> list[Group]:
        """Return the retentions not yet due, by chantier and day of release."""
        groups = {}
        for row in self.get_rows("retention"):
            key = (row.line.move_id.btp_chantier_id, row.due_on)
            groups.setdefault(key, []).append(row)
        return [
            Group(chantier, rows, self.get_sum(rows))
            for (chantier, _day), rows in groups.items()
        ]

    def get_later(self) -> list:
        """Return what is coming due after all that is asked for now."""
        asked = self.get_payable()
        return [row for row in self.get_rows("coming") if row not in asked]

    def get_sum(self, rows) -> float:
        """Return the sum of rows, rounded."""
        return self.currency.round(sum(row.amount for row in rows))

    def get_overdue(self) -> float:
        """Return what is late of what is asked for."""
        return self.get_sum(row for row in self.get_payable() if row.late > 0)


class BtpRelance(models.Model):
    """The account of a customer, as their page shows it."""

    _inherit = "btp.relance"

    def _get_accounts(self) -> list[Account]:
        """Return all that the debtor owes, currency by currency, at the residuals of now."""
        self.ensure_one()
        relance = self.sudo().with_company(self.company_id)
        lines = relance._get_open_lines()
        holds = {
            echeance.id: echeance.hold_code
            for echeance in relance.env["btp.echeance"].search(
                [
                    ("company_id", "=", relance.company_id.id),
                    ("partner_id", "=", relance.partner_id.id),
                ]
            )
        }
        contested = relance._get_contested_amounts(lines)
        instalments = relance._get_instalments(lines)
        today = relance.env["btp.echeance"]._get_today()
        rows = [
            row
            for line in lines
            if holds.get(line.id) != "insolvency"
            for row in relance._make_rows(
                line,
                contested.get(line.id, 0.0),
                holds.get(line.id),
                today,
                instalments.get(line.id),
            )
        ]
        rows.sort(key=lambda row: (row.due_on, row.line.id))
        open_credits = relance._get_open_credits()
        announced = relance._get_announced()
        currencies = lines.currency_id | open_credits.currency_id
        return [
            Account(
                currency,
                [row for row in rows if row.line.currency_id == currency],
                open_credits.filtered(lambda li, c=currency: li.currency_id == c),
                max(
                    (
                        row.due_on
                        for row in rows
                        if row.line in announced and row.line.currency_id == currency
                        if row.state == "coming"
                    ),
                    default=None,
                ),
            )
            for currency in currencies
        ]

    def _get_announced(self):
        """Return the journal items not due yet that the message asked for.

        One that lists what is late asks for that alone.
        """
        if self.tone != "preventive" and self.overdue_line_ids:
            return self.env["account.move.line"]
        return self.coming_line_ids.move_line_id

    def _make_rows(
        self, line, contested: float, hold, today, instalment=None
    ) -> list[Row]:
        """Return a line of the ledger as rows of the account: the contested part apart, and
        what an instalment plan asks for now apart from what it asks for later.

        :param instalment: ``(amount, day)`` of what the plan of this line asks for now
        """
        currency = line.currency_id
        due_on = line.date_maturity or line.date
        late = (today - due_on).days
        left = currency.round(line.amount_residual_currency - contested)
        if hold in CLOSED:
            state = "paying"
        elif late >= 0:
            state = "due"
        else:
            state = "retention" if line.btp_is_retention else "coming"
        rows = []
        if instalment and state != "paying":
            asked, day = instalment
            late_part = (today - day).days
            asked_state = "due" if late_part >= 0 else "coming"
            rows.append(Row(f"{line.id}i", line, asked, day, late_part, asked_state))
            left, late, state = currency.round(left - asked), 0, "plan"
            rows = [row for row in rows if currency.compare_amounts(row.amount, 0) > 0]
        if currency.compare_amounts(left, 0) > 0:
            rows.append(Row(str(line.id), line, left, due_on, late, state))
        if currency.compare_amounts(contested, 0) > 0:
            part = currency.round(min(contested, line.amount_residual_currency))
            rows.append(Row(f"{line.id}c", line, part, due_on, late, "contested"))
        return rows

    def _get_open_lines(self):
        """Return the debtor's receivable lines with something left to pay, oldest first."""
        return (
            self.env["account.move.line"]
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id.commercial_partner_id", "=", self.partner_id.id),
                    ("account_id.account_type", "=", "asset_receivable"),
                    ("account_id.non_trade", "=", False),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("amount_residual_currency", ">", 0),
                ]
            )
            .sorted(lambda line: (line.date_maturity or line.date, line.id))
        )

    def _get_contested_amounts(self, lines) -> dict:
        """Return ``{line_id: amount}`` of what is contested of journal items."""
        return {}

    def _get_instalments(self, lines) -> dict:
        """Return ``{line_id: (amount, day)}``: what plans under way ask for now."""
        return {}

    def _explain_retention(self, line) -> str:
        """Return why a retention is not to be paid yet, in words for the customer."""
        chantier = line.move_id.btp_chantier_id
        if not chantier or not chantier.date_reception:
            return self.env._("The works have not been accepted (réception) yet.")
        if chantier.date_opposition:
            return self.env._("You opposed its release: the reserves come first.")
        if chantier.has_reserves and not chantier.date_reserves_lifted:
            return self.env._("Reserves made at the réception are still open.")
        return self.env._(
            "The guarantee since the réception of %s is still running.",
            self.env["btp.echeance"]._format(chantier.date_reception),
        )

    # === AROUND IT === #

    def _get_open_moves(self):
        """Return the debtor's invoices with something left to pay, oldest first."""
        self.ensure_one()
        lines = self.sudo().with_company(self.company_id)._get_open_lines()
        return lines.move_id.filtered(lambda move: move.is_invoice())

    def _get_engagements(self) -> list[dict]:
        """Return what the debtor promised or agreed to: ``title``, ``state``, ``detail``…

        Hook: promises and plans add theirs.
        """
        return []

    def _get_choices(self, person) -> dict:
        """Return the channels and languages that a person can choose, and has chosen."""
        person = person.sudo()
        refusals = self.env["btp.contact.optout"].sudo()
        field = person._fields["btp_preferred_channel"]
        return {
            "channels": field._description_selection(self.env),
            "preferred": person.btp_preferred_channel,
            "refusals": refusals.search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id", "=", person.id),
                ]
            ).mapped("channel"),
        }
