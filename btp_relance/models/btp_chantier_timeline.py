# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..const import SALE_TYPES


class TimelineEvent(NamedTuple):
    """Something that happened on a chantier, or that is to come.

    :param date date: the day; what lies after today is to come
    :param str kind: gives the icon and the color of its dot
    :param str title: what happened, in the user's language
    :param str detail: what is worth knowing of it
    :param str amount: formatted, empty where there is none
    :param str badge: how it stands (paid, overdue…), and its Bootstrap color
    :param str url: what a click opens
    """

    date: date
    kind: str
    title: str
    detail: str = ""
    amount: str = ""
    badge: tuple[str, str] | None = None
    url: str = ""


#: Font Awesome icon of each kind of event.
ICONS = {
    "contract": "fa-file-text-o",
    "order": "fa-flag-o",
    "works": "fa-wrench",
    "invoice": "fa-pencil-square-o",
    "payment": "fa-check",
    "reminder": "fa-paper-plane-o",
    "reception": "fa-key",
    "due": "fa-hourglass-half",
}


class BtpChantier(models.Model):
    """The story of a chantier, as far as the reader may know it."""

    _inherit = "btp.chantier"

    timeline = fields.Html(compute="_compute_timeline", sanitize=False)

    @api.depends_context("lang", "uid")
    def _compute_timeline(self):
        today = self.env["btp.echeance"]._get_today()
        for chantier in self:
            events = chantier._origin._get_timeline()
            chantier.timeline = self.env["ir.qweb"]._render(
                "btp_relance.chantier_timeline",
                {
                    # The last first: where the chantier stands is read without scrolling.
                    "coming": [event for event in events if event.date > today][::-1],
                    "past": [event for event in events if event.date <= today][::-1],
                    "today": format_date(self.env, today),
                    "icons": ICONS,
                    "day": lambda event: format_date(self.env, event.date),
                },
            )

    def _get_timeline(self) -> list[TimelineEvent]:
        """Return what happened and what is to come, in order of date.

        Only what the reader has access to. Hook: an addon adds its own events.
        """
        if not self:
            return []
        self.ensure_one()
        moves = self._get_timeline_moves()
        events = [
            *self._get_contract_events(),
            *self._get_works_events(),
            *self._get_invoice_events(moves),
            *self._get_payment_events(moves),
            *self._get_reminder_events(moves),
            *self._get_due_events(moves),
        ]
        return sorted(events, key=lambda event: event.date)

    def _get_timeline_moves(self):
        moves = self.env["account.move"]
        if not moves.has_access("read"):
            return moves
        return moves.search(
            [
                ("btp_chantier_id", "=", self.id),
                ("move_type", "in", SALE_TYPES),
                ("state", "!=", "cancel"),
            ],
            order="invoice_date, id",
        )

    # === CONTRACT AND WORKS === #

    def _get_contract_events(self):
        if self.contract_date:
            yield TimelineEvent(
                self.contract_date,
                "contract",
                self.env._("Contract signed"),
                self.contract_reference or "",
                self._money(self.contract_amount, untaxed=True),
            )
        for avenant in self.avenant_ids.filtered("signed_on"):
            yield TimelineEvent(
                avenant.signed_on,
                "contract",
                self.env._("Avenant No. %s signed", avenant.number),
                avenant.name,
                self._money(avenant.amount, untaxed=True),
            )
        kinds = dict(self.os_ids._fields["kind"]._description_selection(self.env))
        for order in self.os_ids.filtered("issued_on"):
            yield TimelineEvent(
                order.issued_on,
                "order",
                self.env._(
                    "OS No. %(number)s: %(kind)s",
                    number=order.number,
                    kind=kinds[order.kind].lower(),
                ),
                order.description or "",
                self._money(order.amount, untaxed=True),
            )

    def _get_works_events(self):
        today = self.env["btp.echeance"]._get_today()
        reception, planned = self.date_reception, self.date_reception_planned
        reserves = (
            self.env._("with reserves")
            if self.has_reserves
            else self.env._("without reserves")
        )
        dates = [
            (self.date_start, "works", self.env._("Works start"), ""),
            (self.date_completed, "works", self.env._("Works completed"), ""),
            (reception, "reception", self.env._("Réception"), reserves),
            (
                self.date_reserves_lifted,
                "reception",
                self.env._("Reserves lifted"),
                "",
            ),
            (self.date_guarantee_end, "works", self.env._("End of guarantee"), ""),
            (
                self.date_final_draft,
                "contract",
                self.env._("Draft final account sent"),
                "",
            ),
            (self.date_dgd, "contract", self.env._("DGD notified"), ""),
        ]
        for day, kind, title, detail in dates:
            if day:
                yield TimelineEvent(day, kind, title, detail)
        if planned and not reception:
            late = (self.env._("Not recorded"), "warning")
            title = self.env._("Réception planned")
            badge = late if planned < today else None
            yield TimelineEvent(planned, "reception", title, badge=badge)

    # === MONEY === #

    def _get_invoice_events(self, moves):
        figures = {row["move_id"]: row for row in self._get_move_figures()}
        today = self.env["btp.echeance"]._get_today()
        for move in moves:
            yield TimelineEvent(
                move.invoice_date or today,
                "invoice",
                move._get_btp_title(),
                "" if move.state == "draft" else move.name,
                self._money(move.amount_total_signed),
                self._get_invoice_badge(move, figures.get(move.id, {})),
                self._get_url(move),
            )

    def _get_invoice_badge(self, move, figures) -> tuple[str, str]:
        """Return how an invoice stands, and the color that says it."""
        if move.state == "draft":
            return self.env._("Draft"), "secondary"
        currency = self.currency_id
        left = figures.get("residual", 0)
        if currency.is_zero(left):
            return self.env._("Paid in full"), "success"
        if left < 0:
            return self.env._("%s not used yet", self._money(-left)), "info"
        if currency.compare_amounts(figures["overdue"], 0) > 0:
            overdue = self._money(figures["overdue"])
            return self.env._("%s overdue", overdue), "danger"
        if currency.compare_amounts(left, figures["retained"]) == 0:
            return self.env._("Retention left: %s", self._money(left)), "info"
        return self.env._("%s left", self._money(left)), "info"

    def _get_payment_events(self, moves):
        """Group what was matched with the invoices by payment."""
        partials = self.env["account.partial.reconcile"]
        if not moves or not partials.has_access("read"):
            return
        groups = defaultdict(lambda: [0, []])
        for ours, theirs, sign in (
            ("debit_move_id", "credit_move_id", 1),
            ("credit_move_id", "debit_move_id", -1),
        ):
            for partial in partials.search([(f"{ours}.move_id", "in", moves.ids)]):
                other = partial[theirs].move_id
                # A credit note is an event of its own.
                if not other.is_sale_document(include_receipts=True):
                    groups[other][0] += sign * partial.amount
                    groups[other][1].append(partial[ours].move_id.name)
        for other, (amount, names) in groups.items():
            is_payment = other.origin_payment_id or other.statement_line_id
            title = (
                self.env._("Payment received")
                if is_payment and amount > 0
                else self.env._("Payment made")
                if is_payment
                else self.env._("Settled by entry %s", other.name)
            )
            detail = ", ".join(sorted(set(names)))
            yield TimelineEvent(
                other.date, "payment", title, detail, self._money(amount)
            )

    def _get_reminder_events(self, moves):
        """Give each reminder once, with the invoices of this chantier that it listed."""
        lines = self.env["btp.relance.line"]
        if not moves or not lines.has_access("read"):
            return
        done = lines.search(
            [
                ("move_id", "in", moves.ids),
                ("relance_id", "!=", False),
                ("state", "=", "done"),
                ("done_on", "!=", False),
            ]
        )
        channels = dict(
            self.env["btp.relance"]._fields["channel"]._description_selection(self.env)
        )
        for relance, group in done.grouped("relance_id").items():
            names = sorted(set(group.move_id.mapped("name")))
            yield TimelineEvent(
                max(group.mapped("done_on")),
                "reminder",
                self.env._("Reminder: %s", relance.step_id.display_name),
                " · ".join(
                    filter(None, [channels.get(relance.channel), ", ".join(names)])
                ),
                url=self._get_url(relance),
            )

    def _get_due_events(self, moves):
        """Group what is still to be paid by due date, retention apart."""
        lines = self.env["account.move.line"]
        posted = moves.filtered(lambda move: move.state == "posted")
        if not posted or not lines.has_access("read"):
            return
        groups = lines._read_group(
            [
                ("move_id", "in", posted.ids),
                ("account_id.account_type", "=", "asset_receivable"),
                ("amount_residual", ">", 0),
                ("date_maturity", ">", self.env["btp.echeance"]._get_today()),
            ],
            ["date_maturity:day", "account_id"],
            ["amount_residual:sum", "move_id:recordset"],
        )
        retention = self._get_retention_accounts()
        for day, account, amount, group in groups:
            title = (
                self.env._("Retention to be released")
                if account in retention
                else self.env._("Payment due")
            )
            detail = ", ".join(group.mapped("name"))
            yield TimelineEvent(day, "due", title, detail, self._money(amount))

    # === WORDS === #

    def _money(self, amount, untaxed=False) -> str:
        """Return an amount as people read it, nothing for zero."""
        currency = self.currency_id
        if currency.is_zero(amount or 0):
            return ""
        text = formatLang(self.env, amount, currency_obj=currency)
        return self.env._("%s before tax", text) if untaxed else text

    @api.model
    def _get_url(self, record) -> str:
        return f"/odoo/m-{record._name}/{record.id}"
