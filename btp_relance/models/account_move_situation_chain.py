# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: What a situation that was issued says: a later situation or a credit note corrects it.
ISSUED = (
    "btp_billing_stage",
    "btp_chantier_id",
    "btp_claimed_cumul",
    "btp_penalties",
    "btp_previous_cumul",
    "btp_previous_id",
    "btp_revision_index",
    "btp_situation_number",
)
#: What the situations that follow stand on.
FOUNDATION = ("btp_admitted_cumul", "btp_visa_on", *ISSUED)


class AccountMove(models.Model):
    """The chain of situations holds whatever is posted, reset, cancelled or credited."""

    _inherit = "account.move"

    # === CRUD METHODS === #

    @api.ondelete(at_uninstall=False)
    def _unlink_except_btp_followed(self):
        self._check_btp_removable(self)

    # === ACTION METHODS === #

    def button_cancel(self):
        self._check_btp_removable(self)
        return super().button_cancel()

    # === BUSINESS METHODS === #

    def _post(self, soft=True):
        today = fields.Date.context_today(self)
        posting = self.filtered(lambda m: not soft or m.date <= today)
        posting._check_btp_credit_order()
        driven = posting.filtered(lambda m: m._is_btp_driven())
        # Figures still to be computed would be those of an issued situation: none.
        driven.mapped("btp_billed_cumul")
        driven.mapped("btp_regularisation")
        driven.mapped("btp_advance_refund")
        driven._check_btp_posting(posting)
        posted = super()._post(soft)
        posted._skip_btp_credited()
        return posted

    def _check_btp_posting(self, posting):
        """Refuse a situation before its previous one, or one that bills less than nothing."""
        if not self:
            return
        live = self.btp_chantier_id._get_live_situations()
        for move in self:
            move._check_btp_number(live[move.btp_chantier_id])
            previous = move.btp_previous_id
            if previous.btp_is_credited or previous.state == "cancel":
                raise UserError(
                    self.env._(
                        "%(name)s follows %(previous)s, which was taken back: choose the "
                        "situation before it.",
                        name=move._get_btp_label(),
                        previous=previous._get_btp_label(),
                    )
                )
            if previous.state == "draft" and previous not in posting:
                raise UserError(
                    self.env._(
                        "Post %(previous)s first: %(name)s stands on it.",
                        name=move._get_btp_label(),
                        previous=previous._get_btp_label(),
                    )
                )
            if move.currency_id.compare_amounts(move.amount_total, 0) < 0:
                raise UserError(
                    self.env._(
                        "%(name)s would bill less than nothing (%(total)s): deductions are more "
                        "than the works of the month. Leave some for the next situation, or make "
                        "a credit note.",
                        name=move._get_btp_label(),
                        total=move._format_btp_amount(move.amount_total),
                    )
                )

    def _check_btp_credit_order(self):
        """Refuse to take back all of a situation that a posted one stands on."""
        origins = self.reversed_entry_id.filtered(lambda move: move._is_btp_driven())
        for origin in origins:
            notes = origin.reversal_move_ids
            notes = notes.filtered(lambda m: m.state == "posted" or m in self)
            left = origin.amount_total - sum(notes.mapped("amount_total"))
            follower = origin._get_btp_followers().filtered(
                lambda m: m.state == "posted"
            )
            if follower and origin.currency_id.compare_amounts(left, 0) <= 0:
                raise UserError(
                    self.env._(
                        "%(follower)s stands on %(name)s: credit the last situation first, or "
                        "credit only a part of this one.",
                        follower=follower[0]._get_btp_label(),
                        name=origin._get_btp_label(),
                    )
                )

    def _skip_btp_credited(self):
        """Let the drafts that stand on a situation just taken back follow the one before it."""
        credited = self.reversed_entry_id.filtered("btp_is_credited")
        for draft in credited.btp_next_ids.filtered(lambda m: m.state == "draft"):
            skipped = draft.btp_previous_id
            values = {"btp_previous_id": skipped.btp_previous_id.id}
            if not skipped.btp_previous_id:
                # The first one in Odoo: what was billed before stays as it was entered.
                values["btp_previous_cumul"] = skipped.btp_previous_cumul
                values["btp_situation_number"] = skipped.btp_situation_number
            draft.write(values)
            draft.message_post(
                body=self.env._(
                    "%(skipped)s was credited: this one follows the situation before it.",
                    skipped=skipped._get_btp_label(),
                )
            )

    def _check_btp_removable(self, removed):
        """Refuse to take a situation out of the middle of the chain.

        :param removed: what goes together
        """
        for move in self:
            follower = (move._get_btp_followers() - removed)[:1]
            if follower and move._is_btp_driven():
                raise UserError(
                    self.env._(
                        "%(follower)s follows %(name)s: cancel or delete it first, or choose "
                        "another previous situation for it.",
                        follower=follower._get_btp_label(),
                        name=move._get_btp_label(),
                    )
                )

    def _check_btp_entries_open(self, vals):
        """Refuse to change what an issued situation says, or what a later one stands on."""
        for move in self:
            if move._is_btp_issued() and move._is_btp_driven():
                if move._btp_changes(vals, ISSUED):
                    raise UserError(
                        self.env._(
                            "%(name)s was issued: its figures cannot change any more. Correct "
                            "them with the next situation or a credit note, or reset it to "
                            "draft.",
                            name=move._get_btp_label(),
                        )
                    )
            elif move._is_btp_driven() and move._btp_changes(vals, FOUNDATION):
                move._check_btp_no_posted_follower()
                if move._btp_changes(
                    vals, ("btp_billing_stage", "btp_chantier_id")
                ) or (not vals.get("btp_claimed_cumul", True)):
                    # It leaves the chain: nothing may stand on it.
                    move._check_btp_removable(move)

    def _btp_changes(self, vals, names):
        """Return whether the values change one of these fields."""
        changed = []
        for name in filter(vals.__contains__, names):
            field = self._fields[name]
            value = field.convert_to_cache(vals[name], self)
            if field.type == "monetary":
                amount = self.currency_id.round(value or 0.0)
                changed.append(self.currency_id.compare_amounts(self[name], amount))
            else:
                now = field.convert_to_cache(self[name], self)
                changed.append((value or False) != (now or False))
        return any(changed)

    def _check_btp_no_posted_follower(self):
        follower = self._get_btp_followers().filtered(lambda m: m.state == "posted")
        if follower:
            raise UserError(
                self.env._(
                    "%(follower)s is posted and stands on %(name)s: reset it to draft first, or "
                    "correct the works with the next situation.",
                    follower=follower[0]._get_btp_label(),
                    name=self._get_btp_label(),
                )
            )
