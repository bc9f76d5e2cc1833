# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..matching import likeness
from .btp_paper_effect_reception import SAME_RESERVE


class BtpPaper(models.Model):
    """The PV that lifts reserves: all of them, or some."""

    _inherit = "btp.paper"

    def _plan_pv_levee_reserves(self, plan):
        if not self._check_chantier(plan):
            return
        day = plan.day("date_levee", "date_signature", "date_document")
        if not day:
            plan.block(
                plan.env._("Fill in the date on which the reserves were lifted.")
            )
            return
        if day > plan.today:
            plan.block(
                plan.env._(
                    "The reserves would be lifted on %s, a day to come: correct the date.",
                    plan.date(day),
                )
            )
            return
        if not self._plan_its_reception(plan):
            return
        kept = plan.get("reserves_list") or []
        if plan.get("decision") == "levee_totale" and not kept:
            self._plan_all_lifted(plan, day)
        elif plan.get("decision") == "levee_partielle" or kept:
            self._plan_some_lifted(plan, day, kept)
        else:
            plan.block(plan.env._("Say whether all reserves are lifted, or some."))

    def _plan_its_reception(self, plan) -> bool:
        """Plan the réception that a PV of lifting names, where none is recorded."""
        chantier, day = self.chantier_id, plan.day("date_reception")
        if chantier.date_reception:
            if day and day != chantier.date_reception:
                plan.ask(
                    plan.env._(
                        "The réception is recorded on %(known)s, the paper says %(read)s: "
                        "choose.",
                        known=plan.date(chantier.date_reception),
                        read=plan.date(day),
                    )
                )
            plan.set(
                "reception",
                plan.env._("The réception was with reserves"),
                chantier,
                {"has_reserves": True},
            )
            return True
        if not day:
            plan.block(
                plan.env._(
                    "No réception is recorded on the chantier: type the date of the PV first."
                )
            )
            return False
        self._plan_reception(plan, day, has_reserves=True)
        return True

    def _plan_all_lifted(self, plan, day):
        chantier = self.chantier_id
        self._plan_lifted(plan, day, chantier.reserve_ids)
        words = plan.env._("All reserves lifted on %s", plan.date(day))
        known = chantier.date_reserves_lifted
        plan.set(
            "lifted",
            words,
            chantier,
            {"date_reserves_lifted": day},
            typed={
                "date_reserves_lifted": plan.env._(
                    "The reserves are recorded as lifted on %(known)s, the paper says "
                    "%(read)s: choose.",
                    known=plan.date(known) if known else "",
                    read=plan.date(day),
                )
            },
        )
        self._plan_document(plan, "LEV")

    def _plan_some_lifted(self, plan, day, kept):
        """Plan that the reserves which the paper does not keep are lifted."""
        self._plan_reserves(plan, kept)
        lifted = self.chantier_id.reserve_ids.filtered(
            lambda one: not any(
                likeness(one.name, name) >= SAME_RESERVE for name in kept
            )
        )
        if kept:
            self._plan_lifted(plan, day, lifted)
        disputes = self.chantier_id._get_quality_disputes()
        left = len(kept)
        if disputes and left:
            self._plan_task(
                plan,
                disputes[0],
                disputes[0].user_id,
                plan.env._(
                    "Some reserves are lifted, %(left)s are left: is the dispute on "
                    "%(invoice)s settled?",
                    left=left,
                    invoice=disputes[0].move_id.name,
                ),
            )

    def _plan_lifted(self, plan, day, reserves):
        reserves = reserves.filtered(lambda one: not one.lifted_on)
        plan.set(
            "lifted",
            plan.env._(
                "Reserves lifted on %(day)s: %(count)s",
                day=plan.date(day),
                count=len(reserves),
            ),
            reserves,
            {"lifted_on": day},
        )
