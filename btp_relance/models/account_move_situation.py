# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import api, models
from odoo.exceptions import ValidationError

from ..engine import situation
from ..engine.situation import exact
from .account_move_works import SITUATION_STAGES

#: No amount of a contract reaches it.
LARGEST = 1e12
#: What a situation tells of its works.
WORKS_FIGURES = (
    "btp_billed_cumul",
    "btp_month_works",
    "btp_progress",
    "btp_revision_coefficient",
    "btp_revision_amount",
)


class AccountMove(models.Model):
    """The figures of a situation, from its cumul and the situation before."""

    _inherit = "account.move"

    # === THE CHAIN === #

    @api.depends("btp_chantier_id", "btp_billing_stage", "move_type")
    def _compute_btp_previous_id(self):
        drafts = self.filtered(lambda move: move.state == "draft")
        for move in self - drafts:
            move.btp_previous_id = move.btp_previous_id
        situations = drafts.filtered(lambda move: move._is_btp_situation())
        (drafts - situations).btp_previous_id = False
        chantiers = situations.btp_chantier_id._origin
        known = chantiers._get_live_situations(situations._origin)
        for move in situations.sorted("id"):
            chantier = move.btp_chantier_id._origin
            live = known.get(chantier, self.browse())
            move.btp_previous_id = live.filtered(
                lambda other, move=move: not other._btp_follows(move._origin)
            )[-1:]
            if move.btp_claimed_cumul:
                known[chantier] = live | move

    def _btp_follows(self, other):
        """Return whether this situation stands, from near or far, on another one."""
        self.ensure_one()
        seen, current = self, self.btp_previous_id
        while current and current not in seen:
            if current == other:
                return True
            seen, current = seen | current, current.btp_previous_id
        return False

    def _get_btp_followers(self):
        """Return the situations that stand directly on these and were not taken back."""
        return self.btp_next_ids.filtered(
            lambda move: move.state != "cancel"
            and not move.btp_is_credited
            and move._is_btp_driven()
        )

    @api.depends(
        "btp_previous_id",
        "btp_previous_id.btp_situation_number",
        "btp_claimed_cumul",
        "btp_billing_stage",
        "btp_chantier_id",
    )
    def _compute_btp_situation_number(self):
        for move in self:
            number = move.btp_situation_number
            if move.state == "draft":
                if not move._is_btp_situation():
                    number = 0
                elif move.btp_previous_id:
                    number = move.btp_previous_id.btp_situation_number + 1
                elif move.btp_claimed_cumul:
                    number = number or 1
            move.btp_situation_number = number

    @api.depends(
        "btp_previous_id",
        "btp_previous_id.btp_claimed_cumul",
        "btp_previous_id.btp_admitted_cumul",
        "btp_previous_id.btp_visa_on",
    )
    def _compute_btp_previous_cumul(self):
        for move in self:
            cumul = move.btp_previous_cumul
            if move.state == "draft":
                if move.btp_previous_id:
                    cumul = move.btp_previous_id._get_btp_cumul()
                elif cumul and move._is_btp_cumul_brought():
                    cumul = 0.0
            move.btp_previous_cumul = cumul

    def _is_btp_cumul_brought(self):
        """Return whether another situation says what was previously billed: not a person.

        With no previous situation, the amount is of works billed before Odoo.
        """
        self.ensure_one()
        cumul = self.btp_previous_cumul
        others = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("btp_billing_stage", "in", SITUATION_STAGES),
                ("id", "!=", self._origin.id),
                "|",
                ("btp_claimed_cumul", "=", cumul),
                ("btp_admitted_cumul", "=", cumul),
            ]
        )
        return any(
            other.currency_id.compare_amounts(other._get_btp_cumul(), cumul) == 0
            for other in others
        )

    def _get_btp_cumul(self):
        """Return the works to date: as admitted once there is a visa, else as claimed."""
        self.ensure_one()
        return self.btp_admitted_cumul if self.btp_visa_on else self.btp_claimed_cumul

    @api.depends("btp_visa_on")
    def _compute_btp_admitted_cumul(self):
        for move in self:
            admitted = move.btp_admitted_cumul or move.btp_claimed_cumul
            move.btp_admitted_cumul = move.btp_visa_on and admitted

    # === THE FIGURES === #

    @api.depends(
        "btp_billing_stage",
        "btp_claimed_cumul",
        "btp_admitted_cumul",
        "btp_visa_on",
        "btp_previous_cumul",
        "btp_revision_index",
        "btp_chantier_id.amount_total",
        "btp_chantier_id.is_revised",
        "btp_chantier_id.revision_fixed_part",
        "btp_chantier_id.revision_index_base",
        "btp_chantier_id.revision_decimals",
        "btp_chantier_id.is_actualised",
        "btp_chantier_id.start_index",
    )
    def _compute_btp_works(self):
        for move in self:
            figures = dict.fromkeys(WORKS_FIGURES, 0.0)
            if move._is_btp_issued():
                figures = {name: move[name] for name in WORKS_FIGURES}
            elif move._is_btp_driven():
                billed = move._bill_btp_situation()
                figures = {
                    "btp_billed_cumul": move._get_btp_cumul(),
                    "btp_month_works": float(billed.gross),
                    "btp_progress": float(billed.progress),
                    "btp_revision_coefficient": float(billed.coefficient),
                    "btp_revision_amount": float(billed.revision),
                }
            for name, value in figures.items():
                move[name] = value

    @api.depends(
        "btp_month_works",
        "btp_revision_amount",
        "btp_definitive_index",
        "btp_previous_id.btp_regularisation_left",
        "btp_revision_index",
        "btp_chantier_id.is_actualised",
        "btp_chantier_id.is_revised",
        "btp_chantier_id.revision_fixed_part",
        "btp_chantier_id.revision_index_base",
        "btp_chantier_id.revision_decimals",
        "btp_chantier_id.start_index",
    )
    def _compute_btp_regularisation(self):
        """Bill what is left to regularise; cumulative, so that a corrected index is too."""
        for move in self:
            billed, left = 0.0, 0.0
            if move._is_btp_driven():
                due = move.btp_previous_id.btp_regularisation_left
                billed = due if move.state == "draft" else move.btp_regularisation
                left = due + move._get_btp_price_gap() - billed
            move.btp_regularisation = billed
            move.btp_regularisation_left = move.currency_id.round(left)

    def _get_btp_price_gap(self) -> float:
        """Return what an index known since adds to the revision that this situation bills.

        The definitive index of the month, or that of the start which makes a firm price move.
        """
        self.ensure_one()
        if not (self.btp_definitive_index or self.btp_chantier_id.is_actualised):
            return 0.0
        self._check_btp_magnitude()
        _factor, revision = situation.revise(
            exact(self.btp_month_works),
            self.btp_chantier_id._get_situation_terms(),
            exact(self.btp_definitive_index or self.btp_revision_index),
        )
        return float(revision) - self.btp_revision_amount

    @api.depends(
        "btp_billed_cumul",
        "btp_month_works",
        "btp_revision_amount",
        "btp_regularisation",
        "btp_penalties",
        "btp_previous_id.btp_refunded_cumul",
        "btp_chantier_id.amount_total",
        "btp_chantier_id.advance_amount",
        "btp_chantier_id.advance_refund_start",
        "btp_chantier_id.advance_refund_end",
    )
    def _compute_btp_advance_refund(self):
        for move in self:
            refund, total = 0.0, 0.0
            if move._is_btp_issued():
                refund, total = move.btp_advance_refund, move.btp_refunded_cumul
            elif move._is_btp_driven():
                before = move._get_btp_refund_before()
                taken = move._bill_btp_situation(
                    refunded=before, regularisation=exact(move.btp_regularisation)
                ).refund
                refund, total = float(taken), float(before + taken)
            move.btp_advance_refund = refund
            move.btp_refunded_cumul = total

    @api.depends("btp_month_works", "btp_chantier_id.prorata_rate")
    def _compute_btp_prorata_amount(self):
        for move in self:
            move.btp_prorata_amount = float(
                situation.prorata(
                    exact(move.btp_month_works),
                    exact(move.btp_chantier_id.prorata_rate),
                    exact(move.currency_id.rounding or 0.01),
                )
            )

    def _get_btp_refund_before(self):
        """Return the advance already taken back; for works billed before Odoo, what must have been."""
        self.ensure_one()
        if self.btp_previous_id:
            return exact(self.btp_previous_id.btp_refunded_cumul)
        terms = self.btp_chantier_id._get_situation_terms()
        done = situation.progress(exact(self.btp_previous_cumul), terms.total)
        return situation.refund_to_date(
            terms.advance, done, terms.refund_start, terms.refund_end, terms.unit
        )

    def _check_btp_magnitude(self):
        """Refuse what no contract reaches, before it is reckoned with."""
        entries = ("btp_previous_cumul", "btp_claimed_cumul", "btp_admitted_cumul")
        indexes = ("btp_revision_index", "btp_definitive_index")
        for name in (*entries, *indexes, "btp_penalties"):
            if not abs(self[name]) < LARGEST:
                raise ValidationError(
                    self.env._(
                        "%(field)s: %(value)s is more than any contract. Check what was typed.",
                        field=self._fields[name]._description_string(self.env),
                        value=f"{self[name]:g}",
                    )
                )

    def _bill_btp_situation(self, **before: Decimal) -> situation.Situation:
        """Return what the situation bills.

        A cumul below the previous one bills nothing while it is typed; it is refused when it
        is saved.

        :param before: what it takes over from the situations before, as in ``situation.Works``
        """
        self.ensure_one()
        self._check_btp_magnitude()
        previous = exact(self.btp_previous_cumul)
        works = situation.Works(
            cumul=max(exact(self._get_btp_cumul()), previous),
            previous=previous,
            index=exact(self.btp_revision_index),
            penalties=max(exact(self.btp_penalties), situation.ZERO),
            final=self.btp_billing_stage == "final",
            **before,
        )
        return situation.bill(self.btp_chantier_id._get_situation_terms(), works)
