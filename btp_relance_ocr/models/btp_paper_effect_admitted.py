# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .btp_paper_plan import snapshot


class BtpPaper(models.Model):
    """A situation with its visa, a certificat: what was admitted of what we claim."""

    _inherit = "btp.paper"

    def _plan_situation(self, plan):
        self._plan_admitted(plan)

    def _plan_certificat_paiement(self, plan):
        self._plan_admitted(plan)

    def _plan_admitted(self, plan):
        """Plan the visa of an invoice, and the amount that it admits."""
        move = self.move_id
        if not move:
            plan.block(plan.env._("Choose the invoice that this paper approves."))
            return
        day = plan.day("date_signature", "date_document") or plan.arrival
        if day > plan.today:
            plan.block(
                plan.env._(
                    "The visa would be of %s, a day to come: correct the date.",
                    plan.date(day),
                )
            )
            return
        missing = self._compare_admitted(plan, move)
        if missing is None:
            return
        if move.btp_visa_on and move.btp_visa_on != day:
            plan.ask(
                plan.env._(
                    "The visa is recorded on %(known)s, the paper says %(read)s: choose.",
                    known=plan.date(move.btp_visa_on),
                    read=plan.date(day),
                )
            )
        self._plan_document(plan, "VIS")
        self._plan_visa(plan, move, day, missing)

    def _compare_admitted(self, plan, move) -> float | None:
        """Return what is not admitted, before tax; None where nobody can tell."""
        read, claimed = plan.amount("montant_ht"), move.amount_untaxed
        total = plan.amount("montant_ttc")
        if read is None and total is not None:
            same = not plan.currency.compare_amounts(total, move.amount_total)
            read = claimed if same else None
        if read is None:
            plan.block(plan.env._("Fill in the amount before tax that is admitted."))
            return None
        if not plan.currency.compare_amounts(read, move.btp_month_works):
            # Stated at the prices of the contract: nothing was taken off.
            return 0.0
        missing = plan.currency.round(claimed - read)
        if missing < 0:
            plan.block(
                plan.env._(
                    "The paper admits %(read)s, more than the %(claimed)s of %(invoice)s: check "
                    "the amount and the invoice.",
                    read=plan.money(read),
                    claimed=plan.money(claimed),
                    invoice=move.display_name,
                )
            )
            return None
        return missing

    def _plan_visa(self, plan, move, day, missing):
        """Plan the date of the visa, and the works to date that it admits."""
        read = plan.currency.round(move.amount_untaxed - missing)
        label = plan.env._(
            "%(invoice)s: visa of %(day)s, all admitted (%(amount)s before tax)",
            invoice=move.display_name,
            day=plan.date(day),
            amount=plan.money(read),
        )
        if missing:
            label = plan.env._(
                "%(invoice)s: %(read)s admitted of %(claimed)s before tax, %(missing)s are not",
                invoice=move.display_name,
                read=plan.money(read),
                claimed=plan.money(move.amount_untaxed),
                missing=plan.money(missing),
            )
        values = {"btp_visa_on": day}
        if move.btp_claimed_cumul:
            admitted = plan.currency.round(move.btp_claimed_cumul - missing)
            values["btp_admitted_cumul"] = admitted
            self._ask_admitted(plan, move, admitted)
        if missing and not move.btp_difference_reason:
            values["btp_difference_reason"] = plan.env._(
                "Stated on the paper of %s", plan.date(day)
            )
        names = ("btp_visa_on", "btp_admitted_cumul", "btp_difference_reason")

        def do():
            before = snapshot(move, names)
            move.write(values)
            return move, before, label

        if move.btp_visa_on != day or missing:
            plan.call("admitted", label, do, names)
        if missing:
            self._plan_task(plan, move, move.btp_chantier_id.user_id, label)

    def _ask_admitted(self, plan, move, admitted):
        """Ask where a person typed another admitted amount."""
        known = move.btp_admitted_cumul
        if move.btp_visa_on and plan.currency.compare_amounts(known, admitted):
            plan.ask(
                plan.env._(
                    "%(known)s are admitted to date on %(invoice)s, %(read)s by the paper: "
                    "choose.",
                    known=plan.money(known),
                    read=plan.money(admitted),
                    invoice=move.display_name,
                )
            )
        works = plan.currency.compare_amounts(move.amount_untaxed, move.btp_month_works)
        if works and plan.currency.compare_amounts(admitted, move.btp_claimed_cumul):
            plan.ask(
                plan.env._(
                    "%(invoice)s bills a revision or deductions too: check the works to date "
                    "that are admitted, %(admitted)s.",
                    invoice=move.display_name,
                    admitted=plan.money(admitted),
                )
            )
