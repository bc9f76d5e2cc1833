# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.misc import format_date, formatLang

from .btp_payment_plan import LIVE
from .btp_relance_acts import Altered, Told

#: Days during which what became of a promise or a plan is shown.
SHOWN_DAYS = 90
COLORS = {
    "open": "info",
    "active": "info",
    "to_sign": "warning",
    "requested": "secondary",
    "kept": "success",
    "done": "success",
    "accepted": "success",
    "partly": "warning",
}


class BtpRelance(models.Model):
    """Promises and instalments, asked for by the customer on their page."""

    _inherit = "btp.relance"

    # === WHAT WAS AGREED === #

    def _get_engagements(self) -> list[dict]:
        # EXTENDS btp_relance
        days = timedelta(days=SHOWN_DAYS)
        today = self.env["btp.echeance"]._get_today()
        debtor = [
            ("company_id", "=", self.company_id.id),
            ("partner_id", "=", self.partner_id.id),
        ]
        plans = self.env["btp.payment.plan"].sudo()
        plans = plans.search(
            [
                *debtor,
                "|",
                ("state", "in", LIVE),
                ("write_date", ">=", fields.Datetime.now() - days),
                ("state", "!=", "cancelled"),
            ],
            limit=5,
        )
        promises = self.env["btp.promise"].sudo()
        promises = promises.search(
            [
                *debtor,
                ("state", "in", ("open", "kept", "partly", "broken")),
                ("date", ">=", today - days),
            ],
            limit=5,
        )
        return [
            *super()._get_engagements(),
            *(self._show_plan(plan) for plan in plans),
            *(self._show_promise(promise) for promise in promises),
        ]

    def _show_promise(self, promise) -> dict:
        """Return a promise as the page shows it."""
        states = {
            "open": self.env._("Noted"),
            "kept": self.env._("Kept, thank you"),
            "partly": self.env._("Partly kept"),
            "broken": self.env._("Not received"),
        }
        return {
            "title": self.env._(
                "%(amount)s promised for %(date)s",
                amount=self._say_amount(promise.amount, promise.currency_id),
                date=format_date(self.env, promise.date),
            ),
            "state": states[promise.state],
            "color": COLORS.get(promise.state, "danger"),
            "detail": ", ".join(promise.line_ids.move_id.mapped("name")),
        }

    def _show_plan(self, plan) -> dict:
        """Return an instalment plan as the page shows it."""
        states = dict(plan._fields["state"]._description_selection(self.env))
        states["requested"] = self.env._("Being looked at")
        row = {
            "title": self.env._(
                "%(amount)s in %(count)s instalments",
                amount=self._say_amount(plan.amount, plan.currency_id),
                count=len(plan.instalment_ids),
            ),
            "state": states[plan.state],
            "color": COLORS.get(plan.state, "danger"),
            "detail": "",
            "strong": plan.state == "to_sign",
        }
        if plan.state in ("to_sign", "active", "done"):
            row["url"] = plan.get_portal_url()
            row["button"] = (
                self.env._("Read and sign")
                if plan.state == "to_sign"
                else self.env._("See")
            )
        if plan.state == "active" and plan.next_date:
            row["detail"] = self.env._(
                "Next: %(amount)s on %(date)s",
                amount=self._say_amount(plan.next_amount, plan.currency_id),
                date=format_date(self.env, plan.next_date),
            )
        return row

    def _say_amount(self, amount: float, currency) -> str:
        return formatLang(self.env, amount, currency_obj=currency)

    def _get_agreeable(self, rows) -> list:
        """Return the rows about which something can still be agreed: no plan covers them."""
        lines = self.env["account.move.line"].sudo().union(*(row.line for row in rows))
        covered = (
            self.env["btp.payment.plan.source"]
            .sudo()
            .search([("move_line_id", "in", lines.ids), ("is_live", "=", True)])
        )
        return [row for row in rows if row.line not in covered.move_line_id]

    def _get_instalments(self, lines) -> dict:
        # EXTENDS btp_relance: the instalments whose day has come, else the next one.
        sources = self.env["btp.payment.plan.source"].sudo()
        sources = sources.search(
            [
                ("move_line_id", "in", lines.ids),
                ("is_live", "=", True),
                ("plan_id.state", "=", "active"),
            ]
        )
        today = self.env["btp.echeance"]._get_today()
        contested = self._get_contested_amounts(lines)
        parts = {}
        for plan in sources.plan_id:
            unpaid = plan.instalment_ids.filtered(lambda part: part.state != "paid")
            unpaid = unpaid.sorted("date")
            asked = unpaid.filtered(lambda part: part.date <= today) or unpaid[:1]
            left = sum(asked.mapped("left"))
            for line in plan.source_line_ids.move_line_id.sorted(
                lambda line: (line.date_maturity or line.date, line.id)
            ):
                free = line.amount_residual_currency - contested.get(line.id, 0.0)
                part = plan.currency_id.round(min(left, max(free, 0.0)))
                left -= part
                if asked:
                    parts[line.id] = (part, asked[0].date)
        return parts

    # === PROMISE === #

    def _get_promise_limits(self, lines) -> dict:
        """Return how far a promise may go: see ``btp.promise._get_limits``."""
        promises = self.env["btp.promise"].with_context(lang=self.env.lang)
        return promises._get_limits(self.partner_id, self.company_id, lines)

    def _portal_promise(self, keys, day, amount, note: str, person) -> Told:
        """Note what the customer promises, within the limits of the company.

        :param keys: of the rows that they promise to pay
        :param amount: a part of them (default: all)
        :param person: the ``res.partner`` who promises
        """
        rows = self._get_chosen_rows(keys)
        if len(self._get_agreeable(rows)) < len(rows):
            raise Altered(
                self.env._(
                    "An instalment plan covers what you chose: it needs no promise."
                )
            )
        lines = self.env["account.move.line"].sudo().union(*(row.line for row in rows))
        total = lines.currency_id[:1].round(sum(row.amount for row in rows))
        promise = (
            self.env["btp.promise"]
            ._make(
                self.partner_id,
                self.company_id,
                day,
                lines,
                # What is contested is not promised.
                amount=total if amount is None else amount,
                source="customer",
                relance=self,
                contact=person,
            )
            .sudo()
        )
        if note:
            promise.note = note
        agent = self.with_context(lang=self._get_agent().lang)
        return Told(
            self.env._(
                "Thank you: we expect %(amount)s on %(date)s. Until %(until)s no reminder "
                "of these invoices leaves.",
                amount=self._say_amount(promise.amount, promise.currency_id),
                date=format_date(self.env, promise.date),
                until=format_date(self.env, promise.hold_until),
            ),
            promise,
            [
                (
                    agent.env._("Amount"),
                    agent._say_amount(promise.amount, promise.currency_id),
                ),
                (agent.env._("Day promised"), format_date(agent.env, promise.date)),
                (agent.env._("Note"), note),
            ],
            self.env["ir.attachment"],
            to_read=False,
        )

    # === INSTALMENTS === #

    def _get_plan_limits(self, lines) -> dict:
        """Return how far instalments may go: see ``btp.payment.plan._get_limits``."""
        plans = self.env["btp.payment.plan"].with_context(lang=self.env.lang)
        return plans._get_limits(self.partner_id, self.company_id, lines)

    def _preview_plan(self, keys, count, first_day) -> list:
        """Return the instalments that a request would make, ``(day, amount)`` each.

        :raise UserError: they pass the limits
        """
        lines = self._get_chosen_lines(keys)
        company = self.company_id.sudo()
        plans = self.env["btp.payment.plan"].sudo().with_company(company)
        lines = lines._get_btp_agreeable(self.partner_id, company)
        total = lines.currency_id.round(sum(lines.mapped("amount_residual_currency")))
        parts = plans._cut(lines.currency_id, total, count, first_day, None)
        plans._check_request(self.partner_id, company, lines, parts, "customer")
        return [(part.day, float(part.amount)) for part in parts]

    def _portal_plan(self, keys, count, first_day, note: str, person) -> Told:
        """Ask for instalments, within the limits of the company.

        :param keys: of the rows to pay so
        :param int count: how many instalments
        :param person: the ``res.partner`` who asks
        """
        plan = (
            self.env["btp.payment.plan"]
            ._request(
                self.partner_id,
                self.company_id,
                self._get_chosen_lines(keys),
                count,
                first_day,
                source="customer",
                relance=self,
                note=note or None,
                contact=person,
            )
            .sudo()
        )
        agent = self.with_context(lang=self._get_agent().lang)
        message = (
            self.env._("Your instalment plan is ready: read it and sign it below.")
            if plan.state == "to_sign"
            else self.env._(
                "Thank you. We look at your request and answer you by e-mail; no reminder "
                "of these invoices leaves meanwhile."
            )
        )
        return Told(
            message,
            plan,
            [
                (
                    agent.env._("Amount"),
                    agent._say_amount(plan.amount, plan.currency_id),
                ),
                (agent.env._("Instalments"), len(plan.instalment_ids)),
                (agent.env._("First one on"), format_date(agent.env, first_day)),
                (agent.env._("Note"), note),
            ],
            self.env["ir.attachment"],
            to_read=False,
        )

    # === LINKS === #

    def _revoke_links(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        super()._revoke_links()
        plans = self.env["btp.payment.plan"].sudo()
        for company, group in self.grouped("company_id").items():
            plans |= plans.search(
                [
                    ("company_id", "=", company.id),
                    ("partner_id", "in", group.partner_id.ids),
                    ("access_token", "!=", False),
                ]
            )
        if plans:
            self.env.cr.execute(
                SQL(
                    "UPDATE btp_payment_plan SET access_token = NULL WHERE id IN %s",
                    tuple(plans.ids),
                )
            )
            plans.invalidate_recordset(["access_token"])
