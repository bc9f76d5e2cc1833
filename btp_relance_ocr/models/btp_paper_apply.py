# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError

from .btp_paper_plan import Plan, snapshot

#: States in which a paper may still change something.
OPEN = ("waiting", "to_check", "failed")


class BtpPaper(models.Model):
    """From what a paper says to what it changes: all of it or nothing, and once."""

    _inherit = "btp.paper"

    def _apply(self):
        """Do what these papers mean; each change is a ``btp.paper.effect``.

        By itself, a paper that contradicts what a person typed, or that cannot be applied, goes
        to whoever checks. A person who confirmed has seen both values: theirs is the last word.
        """
        for paper in self:
            if paper.state in OPEN and not paper._get_live_effects():
                paper._apply_one()

    def _get_live_effects(self):
        """Return what these papers changed, and nobody undid."""
        return self.sudo().effect_ids.filtered(lambda effect: not effect.undone_on)

    def _apply_one(self):
        self.ensure_one()
        by_hand = bool(self.reviewer_id)
        plan = self._plan()
        wrong = plan.blockers or ([] if by_hand else plan.conflicts)
        if not wrong:
            try:
                with self.env.cr.savepoint():
                    self._do(plan)
                    self.env.flush_all()
            except UserError as error:
                # The model refuses, in one sentence: a person reads it.
                if by_hand:
                    raise
                self.env.invalidate_all()
                wrong = [str(error)]
        if wrong and by_hand:
            raise UserError("\n".join(wrong))
        if wrong:
            self.write({"state": "to_check", "why": " ".join(wrong)})

    def _plan(self, words=None) -> Plan:
        """Return what this paper would change.

        :param words: the paper in the language of who reads the labels
        """
        self.ensure_one()
        paper = (words or self._in_words()).sudo().with_company(self.company_id)
        # What it makes is no choice of a person.
        paper = paper.with_context(btp_matching=True)
        plan = Plan(paper)
        planner = getattr(paper, f"_plan_{self.kind}", None)
        if planner is None:
            plan.block(paper.env._("Choose first what kind of paper it is."))
        else:
            planner(plan)
        return plan

    def _preview_effects(self) -> dict[str, list[str]]:
        """Return what `_apply` would change, one sentence each.

        :return: ``first``: what must be put right or chosen before; ``then``: what changes
        """
        self.ensure_one()
        if not self.kind or self._get_live_effects():
            return {"first": [], "then": []}
        plan = self._plan(self)
        return {
            "first": [*plan.blockers, *plan.conflicts],
            # A change and the task that it gives are said in the same words: once.
            "then": list(
                dict.fromkeys(change.label for change in plan.changes if change.label)
            ),
        }

    def _do(self, plan):
        """Do what was planned, and keep what stood before."""
        watched = self._watch()
        rows = []
        for change in plan.changes:
            records, before, label = change.do()
            rows.append(self._prepare_effect(change, records, before, label))
        effects = self.env["btp.paper.effect"].sudo()
        effects.create([row for row in rows if row])
        self._note_consequences(plan, watched)
        self.write({"state": "done", "why": False})
        words = self._in_words()
        self._note_event(
            "paper_applied",
            "; ".join(self._get_live_effects().mapped("label"))[:500]
            or words.env._("Nothing to change"),
        )

    def _prepare_effect(self, change, records, before, label) -> dict:
        if not records:
            return {}
        return {
            "paper_id": self.id,
            "kind": change.kind,
            "label": label,
            "res_model": records._name,
            "res_id": records[:1].id,
            "before": before,
            "after": snapshot(records.sudo(), change.fields),
            "user_id": self.env.uid,
        }

    # === WHAT FOLLOWS FROM IT === #

    def _watch(self) -> dict:
        """Return what the suite does by itself, as it is before: disputes that can be closed."""
        disputes = self._get_disputes()
        return {dispute.id: dispute.proposal for dispute in disputes}

    def _get_disputes(self):
        """Return the open disputes about the works of this paper."""
        about = [("chantier_id", "=", self.chantier_id.id)] if self.chantier_id else []
        if self.move_id and not about:
            about = [("move_id", "=", self.move_id.id)]
        if not about:
            return self.env["btp.dispute"]
        return self.env["btp.dispute"].sudo().search([("state", "=", "open"), *about])

    def _note_consequences(self, plan, watched: dict):
        """Keep what the suite did by itself: disputes to close, people who are thanked."""
        rows = []
        for dispute in self._get_disputes():
            before = watched.get(dispute.id)
            if dispute.proposal and dispute.proposal != before:
                rows.append(
                    {
                        "kind": "dispute",
                        "label": plan.env._(
                            "Dispute on %(invoice)s: close it? %(proposal)s",
                            invoice=dispute.move_id.name,
                            proposal=dispute.proposal,
                        ),
                        "res_model": dispute._name,
                        "res_id": dispute.id,
                        "before": {str(dispute.id): {"proposal": before}},
                        "after": {str(dispute.id): {"proposal": dispute.proposal}},
                    }
                )
        told = self.env["btp.confirmation"].sudo()
        if self.document_ids:
            told = told.search(
                [
                    ("kind", "=", "document"),
                    ("state", "=", "queued"),
                    ("document_ids", "in", self.document_ids.ids),
                ]
            )
        rows += [
            {
                "kind": "thanks",
                "label": plan.env._("%s is thanked", one.partner_id.display_name),
                "res_model": one._name,
                "res_id": one.id,
            }
            for one in told
        ]
        self.env["btp.paper.effect"].sudo().create(
            [{"paper_id": self.id, "user_id": self.env.uid, **row} for row in rows]
        )
