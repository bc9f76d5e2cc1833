# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..engine.plan import MAX_COUNT, Instalment, beyond, schedule
from .account_move_interest_data import to_decimal

#: Ends of a plan that used up one request.
FRUITLESS = ("refused", "void", "cancelled")


class BtpPaymentPlan(models.Model):
    """How instalments are asked for, and how far one may go."""

    _inherit = "btp.payment.plan"

    @api.model
    def _request(
        self,
        partner,
        company,
        lines,
        count,
        first_day,
        source="customer",
        relance=None,
        note=None,
        contact=None,
        instalments=None,
        interest_mode="waived",
    ):
        """Ask for, or propose, the payment of amounts due by monthly instalments.

        A customer stays within the limits of the company. An agent may go beyond: a
        manager then approves the plan, as one above the amount that needs no approval.

        :param partner: the debtor
        :param company: the creditor
        :param lines: ``account.move.line`` records
        :param int count: how many instalments, one a month
        :param date first_day: day of the first one
        :param str source: ``customer`` or ``agent``
        :param relance: the ``btp.relance`` that it answers
        :param str note: what the customer or the agent says of it
        :param contact: who asks
        :param list instalments: ``(day, amount)`` pairs instead of equal parts
        :param str interest_mode: ``waived`` or ``kept``
        :return: the ``btp.payment.plan``, to approve or to sign
        :raise UserError: one sentence on what to do instead
        """
        company = company.sudo()
        self = self.sudo().with_company(company)
        lines = lines._get_btp_agreeable(partner, company)
        currency = lines.currency_id
        total = currency.round(sum(lines.mapped("amount_residual_currency")))
        parts = self._cut(currency, total, count, first_day, instalments)
        waits = self._check_request(partner, company, lines, parts, source)
        self._make_way(lines, source)
        contact = contact or (relance and relance.sudo().contact_id) or partner
        plan = self.with_context(mail_create_nolog=True).create(
            {
                **self._prepare(partner, company, lines, parts),
                "contact_id": contact.id,
                "relance_id": relance and relance.id,
                "user_id": self._find_agent(partner, company, relance).id,
                "source": source,
                "note": note,
                "approval_reason": waits,
                "interest_mode": interest_mode,
            }
        )
        plan._sync()
        plan._note("plan_requested" if source == "customer" else "plan_proposed", note)
        if not waits:
            plan._propose()
        self.env["btp.relance.line"]._on_ledger_change(lines)
        return plan.sudo(False)

    @api.model
    def _prepare(self, partner, company, lines, parts) -> dict:
        """Return the values of a plan about ``lines``.

        :param parts: its :class:`Instalment` rows
        """
        return {
            "company_id": company.id,
            "partner_id": partner.commercial_partner_id.id,
            "requested_on": self.env["btp.echeance"]._get_today(),
            "currency_id": lines.currency_id.id,
            "amount": float(sum(part.amount for part in parts)),
            "source_line_ids": [
                Command.create(
                    {"move_line_id": line.id, "amount": line.amount_residual_currency}
                )
                for line in lines
            ],
            "instalment_ids": self._prepare_instalments(parts),
        }

    @api.model
    def _cut(self, currency, total, count, first_day, instalments) -> list[Instalment]:
        """Return the instalments, refused where they are none or do not make the total."""
        today = self.env["btp.echeance"]._get_today()
        exact = to_decimal(total, currency)
        if instalments:
            parts = sorted(
                Instalment(day, to_decimal(amount, currency))
                for day, amount in instalments
            )
            if sum(part.amount for part in parts) != exact:
                raise UserError(
                    self.env._(
                        "The instalments must make %s in all: correct their amounts.",
                        formatLang(self.env, total, currency_obj=currency),
                    )
                )
        elif not first_day or not isinstance(count, int) or not 2 <= count <= MAX_COUNT:
            raise UserError(
                self.env._(
                    "Choose two instalments or more, and the day of the first one."
                )
            )
        else:
            parts = schedule(exact, count, first_day, to_decimal_unit(currency))
        if len(parts) < 2 or min(part.amount for part in parts) <= 0:
            raise UserError(
                self.env._(
                    "Choose two instalments or more, and the day of the first one."
                )
            )
        if parts[0].day < today:
            raise UserError(
                self.env._("The first instalment is for today or a day to come.")
            )
        return parts

    @api.model
    def _prepare_instalments(self, parts) -> list:
        return [
            Command.create(
                {
                    "sequence": rank,
                    "date": part.day,
                    "amount": float(part.amount),
                    "left": float(part.amount),
                }
            )
            for rank, part in enumerate(parts, 1)
        ]

    # === LIMITS === #

    @api.model
    def _get_limits(self, partner, company, lines) -> dict:
        """Return how far a customer may go about amounts due.

        :return: ``{"allowed": bool, "reason": one sentence or False, "max_count": int,
            "max_months": int, "min_amount": float, "last_first_day": date}``
        """
        company = company.sudo()
        self = self.sudo().with_company(company)
        today = self.env["btp.echeance"]._get_today()
        currency = lines.currency_id[:1] or company.currency_id
        limits = company._get_btp_plan_limits(currency)
        due = sum(lines.sudo().mapped("amount_residual_currency"))
        due = to_decimal(due, currency)
        count = limits.count or MAX_COUNT
        if limits.least:
            count = min(count, int(due / limits.least))
        reason = self._get_customer_bar(partner, company, lines)
        if not reason and limits.greatest and due > limits.greatest:
            reason = self._explain("greatest", limits.greatest, currency)
        if not reason and count < 2:
            reason = self._explain("least", limits.least, currency)
        return {
            "allowed": not reason,
            "reason": reason,
            "max_count": max(count, 0),
            "max_months": limits.months or MAX_COUNT,
            "min_amount": float(limits.least),
            "last_first_day": today + timedelta(days=limits.first or 365),
        }

    @api.model
    def _get_customer_bar(self, partner, company, lines) -> str | bool:
        """Return why a customer may not ask for instalments, in one sentence. Hook."""
        if bar := self._get_bar(partner, company, lines):
            return bar
        if not company.btp_plan_active or not self._is_offered(lines):
            return self.env._(
                "Instalments cannot be asked for here: please call us, we will look for a "
                "solution."
            )
        sources = self.env["btp.payment.plan.source"].search(
            [
                ("move_line_id", "in", lines.ids),
                ("plan_id.state", "in", FRUITLESS),
            ]
        )
        if "void" in sources.plan_id.mapped("state"):
            return self.env._(
                "An earlier plan for these invoices was not kept: please call us."
            )
        most = company.btp_plan_max_requests
        tried = sources.plan_id.filtered(lambda plan: plan.source == "customer")
        if most and len(tried) >= most:
            return self.env._(
                "Instalments were already asked for %s times: please call us.",
                len(tried),
            )
        return False

    @api.model
    def _is_offered(self, lines) -> bool:
        """Return whether the scenario of each of these amounts due allows instalments."""
        due = self.env["btp.echeance"].search([("id", "in", lines.ids)])
        return all(due.scenario_id.mapped("allow_plan"))

    @api.model
    def _check_request(self, partner, company, lines, parts, source) -> str | bool:
        """Return why a manager has to approve, or nothing.

        :raise UserError: a customer went beyond the limits, or nothing can be agreed
        """
        currency = lines.currency_id
        if source == "customer":
            bar = self._get_customer_bar(partner, company, lines)
        else:
            bar = self._get_bar(
                partner, company, lines.filtered(lambda line: self._is_signed(line))
            )
        if bar:
            raise UserError(bar)
        today = self.env["btp.echeance"]._get_today()
        passed = beyond(parts, today, company._get_btp_plan_limits(currency))
        if passed and source == "customer":
            raise UserError(self._explain(*passed, currency))
        if passed:
            return self._explain(*passed, currency)
        most = company._btp_convert(company.btp_plan_auto_amount, currency)
        total = float(sum(part.amount for part in parts))
        if currency.compare_amounts(total, most) > 0:
            return self.env._(
                "Above %s, a manager approves.",
                formatLang(self.env, most, currency_obj=currency),
            )
        return False

    @api.model
    def _is_signed(self, line) -> bool:
        """Return whether a signed plan covers an amount due."""
        return bool(
            self.env["btp.payment.plan.source"].search_count(
                [("move_line_id", "=", line.id), ("plan_id.state", "=", "active")],
                limit=1,
            )
        )

    @api.model
    def _explain(self, code, limit, currency) -> str:
        """Return a limit in one sentence, as the customer and the manager read it."""
        if code in ("least", "greatest"):
            limit = formatLang(self.env, float(limit), currency_obj=currency)
        sentence = {
            "count": self.env._("At most %s instalments are possible.", limit),
            "months": self.env._(
                "The last instalment comes at most %s months from now.", limit
            ),
            "least": self.env._("An instalment is %s at least.", limit),
            "greatest": self.env._("Instalments are possible up to %s in all.", limit),
            "first": self.env._(
                "The first instalment comes within %s days from now.", limit
            ),
        }
        return sentence[code]

    # === PROPOSING === #

    @api.model
    def _make_way(self, lines, source):
        """End the promises, and the proposals not signed, that a new plan replaces."""
        promised = self.env["btp.promise.line"].search(
            [
                ("move_line_id", "in", lines.ids),
                ("promise_id.state", "in", ("open", "proposed")),
            ]
        )
        if promised:
            promised.promise_id._cancel(self.env._("Replaced by instalments"))
        if source == "agent":
            live = self.env["btp.payment.plan.source"].search(
                [("move_line_id", "in", lines.ids), ("is_live", "=", True)]
            )
            for plan in live.plan_id:
                plan._end("cancelled", self.env._("Replaced by another plan"))

    def _propose(self):
        """Send the plan to the customer for signature."""
        self.ensure_one()
        today = self._get_today()
        days = timedelta(days=self.company_id.btp_plan_sign_days)
        self.write(
            {
                "state": "to_sign",
                "hold_until": today + days,
                "interest_amount": self._reckon_interest(today),
            }
        )
        self._sync()
        self.env["btp.confirmation"]._tell_plan("plan_to_sign", self)

    def _reckon_interest(self, day) -> float:
        """Return the late payment interest of the invoices to a day, 0 if not known."""
        self.ensure_one()
        claims = self.move_ids._reckon_interest(day, drafts=False)
        total = sum(float(getattr(claim, "total", 0)) for claim in claims.values())
        return self.currency_id.round(total)


def to_decimal_unit(currency):
    """Return the smallest part of a currency, exact."""
    return to_decimal(currency.rounding, currency)
