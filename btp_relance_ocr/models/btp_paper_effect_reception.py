# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..matching import likeness
from .btp_paper_plan import snapshot

#: The same reserve, written a little otherwise.
SAME_RESERVE = 85
WITH_RESERVES = ("avec_reserves", "sous_reserve")


class BtpPaper(models.Model):
    """The PV of réception: its date, its reserves, the clock of the retention."""

    _inherit = "btp.paper"

    def _plan_pv_reception(self, plan):
        if not self._check_chantier(plan):
            return
        if plan.get("decision") == "refusee":
            self._plan_refusal(plan)
            return
        day = plan.day("date_reception")
        if not day:
            plan.block(plan.env._("Fill in the date of réception."))
            return
        if day > plan.today:
            plan.block(
                plan.env._(
                    "The réception would be on %s, a day to come: correct its date.",
                    plan.date(day),
                )
            )
            return
        reserves = plan.get("reserves_list") or []
        has_reserves = bool(
            plan.get("decision") in WITH_RESERVES or plan.get("reserves") or reserves
        )
        self._plan_reception(plan, day, has_reserves)
        self._plan_reserves(plan, reserves if has_reserves else [])
        self._plan_document(plan, "PVR")

    def _check_chantier(self, plan) -> bool:
        """Return whether it is known of which chantier the paper is."""
        if not self.chantier_id:
            plan.block(plan.env._("Choose the chantier that this paper is about."))
        return bool(self.chantier_id)

    def _plan_reception(self, plan, day, has_reserves):
        """Plan the date of réception, which moves the release of the retention."""
        chantier = self.chantier_id
        known = chantier.date_reception
        words = (
            plan.env._("with reserves") if has_reserves else plan.env._("no reserve")
        )
        label = plan.env._(
            "Réception on %(day)s, %(words)s", day=plan.date(day), words=words
        )
        if known and known == day and chantier.has_reserves != has_reserves:
            plan.ask(
                plan.env._(
                    "The réception of %(day)s is recorded otherwise: the paper says %(words)s. "
                    "Choose.",
                    day=plan.date(day),
                    words=words,
                )
            )
        values = {"date_reception": day, "has_reserves": has_reserves}
        names = (*values, "date_guarantee_end")
        if known == day and chantier.has_reserves == has_reserves:
            return
        if known and known != day:
            plan.ask(
                plan.env._(
                    "The réception is recorded on %(known)s, the paper says %(read)s: choose.",
                    known=plan.date(known),
                    read=plan.date(day),
                )
            )

        def do():
            before = snapshot(chantier, names)
            chantier.write(values)
            chantier.invalidate_recordset(["retention_release_on"])
            release = chantier.retention_release_on
            told = (
                plan.env._(
                    "%(label)s; retention released on %(release)s",
                    label=label,
                    release=plan.date(release),
                )
                if release
                else label
            )
            return chantier, before, told

        plan.call("reception", label, do, names)

    def _plan_reserves(self, plan, names):
        """Plan to list reserves that the chantier does not have yet."""
        chantier = self.chantier_id
        known = chantier.reserve_ids.mapped("name")
        new = [
            name
            for name in names
            if not any(likeness(name, other) >= SAME_RESERVE for other in known)
        ]
        if not new:
            return
        label = plan.env._("Reserves to lift: %s", len(new))

        def do():
            reserves = self.env["btp.reserve"].create(
                [
                    {
                        "chantier_id": chantier.id,
                        "sequence": rank,
                        "name": name,
                        "deadline": plan.day("reserves_deadline"),
                        "paper_id": self.id,
                    }
                    for rank, name in enumerate(new, 1)
                ]
            )
            return reserves, {}, label

        plan.call("reserves", label, do, ("name", "lifted_on"))

    def _plan_refusal(self, plan):
        """Plan what follows from a refused réception: no clock starts, a person is told."""
        chantier = self.chantier_id
        if chantier.date_reception:
            plan.ask(
                plan.env._(
                    "The réception is recorded on %s, the paper refuses it: correct the "
                    "chantier if the refusal stands.",
                    plan.date(chantier.date_reception),
                )
            )
        day = plan.day("date_signature", "date_document") or plan.arrival
        reason = plan.env._("Réception refused on %s", plan.date(day))
        document = self.env["btp.document"].search(
            [("type_id.code", "=", "PVR"), ("chantier_id", "=", chantier.id)], limit=1
        )
        if document.state == "expected":
            plan.set(
                "refusal",
                reason,
                document,
                {"state": "refused", "refused_reason": reason},
            )
        reserves = plan.get("reserves_list") or []
        self._plan_task(
            plan,
            chantier,
            chantier.user_id,
            plan.env._(
                "%(reason)s: put right what is asked (%(count)s), then ask for the réception",
                reason=reason,
                count=len(reserves),
            ),
        )

    def _plan_task(self, plan, record, user, summary):
        """Plan a task on a record, once.

        :param user: who gets it; whoever follows up where there is nobody
        """
        company = self.company_id
        user = user or company.btp_paper_user_id or company.btp_relance_user_id

        def do():
            owner = user or self.env.ref("base.user_admin")
            task = record.activity_schedule(
                "mail.mail_activity_data_todo", user_id=owner.id, summary=summary
            )
            return task, {}, summary

        plan.call("alert", summary, do)


class BtpPaperEffect(models.Model):
    _inherit = "btp.paper.effect"

    def _undo_refusal(self):
        """Expect the PV again."""
        documents = self._get_records()
        self._check_unchanged(documents)
        documents.write({"state": "expected"})

    def _undo_alert(self):
        """Take the task back; one that was done stays done."""
        tasks = self._get_records()
        if tasks._name == "mail.activity":
            tasks.unlink()
