# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class BtpPenalty(models.Model):
    """What was decided of the penalties of a late invoice: invoiced, or waived and why.

    Two decisions never cover the same day, and the indemnity is decided once: nothing is
    claimed twice, whoever clicks at the same time.
    """

    _name = "btp.penalty"
    _description = "Late Payment Penalty"
    _order = "decided_on desc, id desc"
    _rec_name = "move_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    move_id = fields.Many2one(
        "account.move",
        "Late Invoice",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    partner_id = fields.Many2one(
        related="move_id.commercial_partner_id", string="Customer"
    )
    kind = fields.Selection(
        [("interest", "Interest"), ("indemnity", "Fixed indemnity")],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("billed", "Invoiced"), ("waived", "Waived"), ("credited", "Credited")],
        required=True,
        readonly=True,
        help="Credited: a credit note cancelled the penalty invoice, the days may be "
        "claimed again.",
    )
    date_from = fields.Date("From", readonly=True)
    date_to = fields.Date("Until", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(readonly=True, aggregator=None)
    penalty_move_id = fields.Many2one(
        "account.move",
        "Penalty Invoice",
        readonly=True,
        index="btree_not_null",
        # A draft that is deleted gives its days back.
        ondelete="cascade",
        check_company=True,
    )
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True)
    decided_on = fields.Date(readonly=True)

    _indemnity_once = models.UniqueIndex(
        "(move_id) WHERE kind = 'indemnity' AND state <> 'credited'",
        "The indemnity of this invoice was already claimed or waived.",
    )
    # Ranges of one number each, so that no extension of PostgreSQL is needed.
    _days_once = models.Constraint(
        "EXCLUDE USING gist (int4range(move_id, move_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (kind = 'interest' AND state <> 'credited')",
        "The interest of these days was already claimed or waived.",
    )
    _interest_has_days = models.Constraint(
        "CHECK(kind <> 'interest' OR date_from IS NOT NULL AND date_to >= date_from)",
        "Interest is claimed or waived for a number of days.",
    )
    _decision_complete = models.Constraint(
        "CHECK((state = 'waived') = (penalty_move_id IS NULL)"
        " AND (state <> 'waived' OR COALESCE(reason, '') <> ''))",
        "A waiver needs a reason, and a claim its invoice.",
    )

    def action_withdraw_waiver(self):
        """Take a waiver back: the amount may be claimed again."""
        self.check_access("unlink")
        if self.filtered(lambda penalty: penalty.state != "waived"):
            raise UserError(
                self.env._("Cancel the penalty invoice to give back what it claims.")
            )
        self._note_decision(self.env._("Waiver withdrawn"))
        self.unlink()

    def _set_credited(self, credited: bool):
        """Give back the days of a penalty invoice that is credited in full, or claim them
        again once its credit note is withdrawn.

        :raise UserError: they were claimed or waived anew in between
        """
        before, after = ("billed", "credited") if credited else ("credited", "billed")
        changed = self.filtered(lambda penalty: penalty.state == before)
        if not changed:
            return
        if not credited:
            changed._check_not_decided_anew()
        changed.state = after
        changed.flush_recordset()
        changed._note_decision(
            self.env._("Penalty invoice credited")
            if credited
            else self.env._("Credit note of the penalty invoice withdrawn")
        )

    def _check_not_decided_anew(self):
        for penalty in self:
            rivals = penalty.move_id.btp_penalty_ids.filtered(
                lambda other, penalty=penalty: (
                    other.state != "credited"
                    and other.kind == penalty.kind
                    and (
                        other.kind == "indemnity"
                        or other.date_from <= penalty.date_to
                        and other.date_to >= penalty.date_from
                    )
                )
            )
            if rivals:
                raise UserError(
                    self.env._(
                        "The credit note gave back the penalties of invoice %(invoice)s, "
                        "and they were claimed or waived since (%(by)s): undo that first.",
                        invoice=penalty.move_id.name,
                        by=rivals[0].penalty_move_id.display_name or rivals[0].reason,
                    )
                )

    def _note_decision(self, detail: str):
        """Add the decision to the journal, one row a customer.

        :param str detail: what was decided, in one sentence
        """
        rows = []
        for (company, partner, state), group in self.grouped(
            lambda penalty: (
                penalty.company_id,
                penalty.move_id.commercial_partner_id,
                penalty.state,
            )
        ).items():
            names = ", ".join(sorted(set(group.move_id.mapped("name"))))
            rows.append(
                {
                    "kind": "waived" if state == "waived" else "penalty",
                    "company_id": company.id,
                    "debtor_ref": partner.id,
                    "debtor_name": partner.display_name,
                    "detail": f"{detail} – {names}",
                }
            )
        self.env["btp.relance.event"]._append(rows)
