# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang


class BtpDispute(models.Model):
    """What becomes of a dispute: accepted in whole or in part, put right, rejected."""

    _inherit = "btp.dispute"

    # === ACTIONS === #

    def action_accept(self):
        """Ask how much is accepted, and make the credit note."""
        return self._open_resolution("accept")

    def action_settle(self):
        """Ask what was done: what was asked for is there, and the amount is due again."""
        return self._open_resolution("settle")

    def action_reject(self):
        """Ask for the reasons of a refusal."""
        return self._open_resolution("reject")

    def action_cancel(self):
        """Withdraw disputes: opened by mistake, or given up by the customer."""
        self.check_access("write")
        self._check_open()
        self.sudo()._close("cancelled")

    def action_reopen(self):
        """Open again what was closed too soon, as long as nothing was credited."""
        self.check_access("write")
        for dispute in self.sudo():
            if dispute.state == "open":
                continue
            if dispute.credit_note_ids.filtered(lambda note: note.state != "cancel"):
                raise UserError(
                    self.env._(
                        "Delete or reverse the credit note of %s first.",
                        dispute.move_id.name,
                    )
                )
            dispute._reopen()

    def _open_resolution(self, decision: str) -> dict:
        """Open the wizard of a decision."""
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        field = self.env["btp.dispute.resolution"]._fields["decision"]
        label = dict(field._description_selection(self.env))[decision]
        return {
            "type": "ir.actions.act_window",
            "name": f"{label} – {self.display_name}",
            "res_model": "btp.dispute.resolution",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dispute_id": self.id, "default_decision": decision},
        }

    # === BUSINESS === #

    def _check_open(self):
        if self.filtered(lambda dispute: dispute.state != "open"):
            raise UserError(self.env._("This dispute is closed already."))

    def _accept(self, amount: float | None = None, resolution: str | None = None):
        """Accept a dispute, and make the draft of its credit note for a person to post.

        What will be credited stays held until it is; the rest is due again.

        :param float amount: accepted, all taxes included (default: all)
        :param str resolution: what the customer is told
        :return: the draft credit note
        :raise UserError: more is accepted than was contested
        """
        self.ensure_one()
        self._check_open()
        currency = self.currency_id
        amount = currency.round(self.amount if amount is None else amount)
        if (
            currency.compare_amounts(amount, 0) <= 0
            or currency.compare_amounts(amount, self.amount) > 0
        ):
            raise UserError(
                self.env._(
                    "Accept more than nothing, and no more than the %s that are contested.",
                    formatLang(self.env, self.amount, currency_obj=currency),
                )
            )
        note = self._make_credit_note(amount)
        self.write({"credit_note_ids": [fields.Command.link(note.id)]})
        self._close("accepted", resolution, amount)
        return note

    def _settle(self, resolution: str | None = None):
        """Close disputes whose cause is gone, without a credit: the amount is due again.

        :param str resolution: what was done, as the customer is told
        """
        self._check_open()
        self._close("accepted", resolution)

    def _reject(self, resolution: str):
        """Reject disputes: the hold is lifted and the customer is told why.

        :param str resolution: the reasons
        """
        self._check_open()
        if not (resolution or "").strip():
            raise UserError(self.env._("Type the reasons: the customer is told them."))
        self._close("rejected", resolution)

    def _close(self, state: str, resolution: str | None = None, accepted: float = 0.0):
        """Close disputes, and let go of what they hold."""
        self.write(
            {
                "state": state,
                "closed_on": self.env["btp.echeance"]._get_today(),
                "resolution": (resolution or "").strip() or False,
                "accepted_amount": accepted,
                "proposal": False,
            }
        )
        self._release(accepted)
        for dispute in self:
            dispute._note(f"dispute_{state}", dispute.resolution or None)
            dispute.activity_ids.action_done()
        self._after_close()

    def _reopen(self):
        """Hold again what disputes contest, as far as it is still to be paid.

        They are on their owners' desks again, with the days that such a dispute may take.
        """
        today = self.env["btp.echeance"]._get_today()
        for dispute in self:
            company = dispute.company_id
            dispute.write(
                {
                    "state": "open",
                    "closed_on": False,
                    "resolution": False,
                    "accepted_amount": 0.0,
                    "date_deadline": company._get_btp_dispute_deadline(
                        dispute.reason, today
                    ),
                }
            )
            dispute._release(dispute.amount)
            dispute._note("dispute_opened", self.env._("opened again"))
            dispute._give_task()
