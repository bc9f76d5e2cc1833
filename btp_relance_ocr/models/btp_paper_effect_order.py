# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import models

from ..matching import compare, plain

#: An invoice that is paid needs no order number any more.
UNPAID = ("not_paid", "partial", "blocked")
#: What an OS orders, by its words.
OS_WORDS = (
    ("extra", r"supplementaires?|modificatif|travaux en plus|prix nouveaux?"),
    ("resume", r"reprise|reprendre"),
    ("stop", r"arret|ajournement|interruption|suspension"),
    ("start", r"demarrage|demarrer|commencement|commencer|debut des travaux"),
)


class BtpPaper(models.Model):
    """Orders: the customer's number, which its accounts look for, and the ordres de service."""

    _inherit = "btp.paper"

    # === BON DE COMMANDE === #

    def _plan_bon_commande(self, plan):
        if not self._check_chantier(plan):
            return
        number = str(plan.get("ref_commande") or "").strip()
        if not number:
            plan.block(plan.env._("Fill in the order number."))
            return
        chantier = self.chantier_id
        known = chantier.purchase_order
        same = compare(number, known) == "same"
        if not same:
            plan.set(
                "order",
                plan.env._("Order number of the chantier: %s", number),
                chantier,
                {"purchase_order": number},
                typed={
                    "purchase_order": plan.env._(
                        "The order number is %(known)s on the chantier, %(read)s on the "
                        "paper: choose.",
                        known=known or "",
                        read=number,
                    )
                },
            )
        self._plan_order_of_invoices(plan, known if same else number)
        self._plan_document(plan, "BDC")

    def _plan_order_of_invoices(self, plan, number):
        """Plan to write the number on the unpaid invoices that have none."""
        moves = self.move_id or self.env["account.move"].search(
            [
                ("btp_chantier_id", "=", self.chantier_id.id),
                ("move_type", "=", "out_invoice"),
                ("state", "in", ("draft", "posted")),
                ("payment_state", "in", UNPAID),
            ]
        )
        bare = moves.filtered(lambda move: not move.btp_purchase_order)
        label = (
            plan.env._(
                "Order number of %(invoice)s: %(number)s",
                invoice=bare.display_name,
                number=number,
            )
            if len(bare) == 1
            else plan.env._(
                "Order number %(number)s on %(count)s invoices",
                number=number,
                count=len(bare),
            )
        )
        plan.set(
            "order",
            label,
            bare,
            {"btp_purchase_order": number},
        )
        other = self.move_id.filtered("btp_purchase_order")
        if other and compare(number, other.btp_purchase_order) != "same":
            plan.ask(
                plan.env._(
                    "The invoice %(invoice)s has the order number %(known)s, the paper says "
                    "%(read)s: choose.",
                    invoice=other.name,
                    known=other.btp_purchase_order,
                    read=number,
                )
            )
            plan.set(
                "order",
                plan.env._(
                    "Order number of %(invoice)s: %(number)s",
                    invoice=other.name,
                    number=number,
                ),
                other,
                {"btp_purchase_order": number},
            )

    # === ORDRE DE SERVICE === #

    def _plan_ordre_service(self, plan):
        if not self._check_chantier(plan):
            return
        number = str(plan.get("ref_os") or "").strip()
        day = plan.day("date_document", "date_effet", "date_signature")
        if not number or not day:
            plan.block(plan.env._("Fill in the number and the date of the OS."))
            return
        kind = self._guess_os_kind(number)
        orders = self.chantier_id.os_ids
        known = orders.filtered(lambda one: compare(one.number, number) == "same")[:1]
        if known:
            self._plan_known_os(plan, known, day)
        else:
            self._plan_new_os(plan, number, kind, day)
        start = plan.day("date_effet")
        if (known.kind or kind) == "start":
            if start:
                self._plan_start(plan, start)
            self._plan_document(plan, "OS1")

    def _guess_os_kind(self, number) -> str:
        """Return what an OS orders, from its words; the first one starts the works."""
        text = plain(self._get_text())
        found = [
            kind for kind, words in OS_WORDS if re.search(rf"\b(?:{words})\b", text)
        ]
        if found:
            return found[0]
        return "start" if number.lstrip("0") == "1" else "other"

    def _plan_new_os(self, plan, number, kind, day):
        chantier = self.chantier_id
        label = plan.env._(
            "OS No. %(number)s of %(day)s", number=number, day=plan.date(day)
        )

        def do():
            order = self.env["btp.chantier.os"].create(
                {
                    "chantier_id": chantier.id,
                    "number": number,
                    "kind": kind,
                    "issued_on": day,
                    "received_on": max(plan.arrival, day),
                }
            )
            return order, {}, label

        plan.call("os", label, do, ("number", "issued_on"))

    def _plan_known_os(self, plan, order, day):
        values = {} if order.received_on else {"received_on": max(plan.arrival, day)}
        label = plan.env._("OS No. %s: received", order.number)
        plan.set(
            "os",
            label,
            order,
            {**values, "issued_on": day},
            typed={
                "issued_on": plan.env._(
                    "The OS No. %(number)s is recorded on %(known)s, the paper says %(read)s: "
                    "choose.",
                    number=order.number,
                    known=plan.date(order.issued_on),
                    read=plan.date(day),
                )
            },
        )

    def _plan_start(self, plan, day):
        known = self.chantier_id.date_start
        plan.set(
            "os",
            plan.env._("Works start on %s", plan.date(day)),
            self.chantier_id,
            {"date_start": day},
            typed={
                "date_start": plan.env._(
                    "The works start on %(known)s on the chantier, on %(read)s by the paper: "
                    "choose.",
                    known=plan.date(known) if known else "",
                    read=plan.date(day),
                )
            },
        )
