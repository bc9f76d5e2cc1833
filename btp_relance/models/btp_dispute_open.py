# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import dispute as engine

#: What we ask to be paid for. A credit note is in the customer's favour.
CONTESTABLE = ("out_invoice", "out_receipt")
#: The same form sent again within so many hours is the same dispute.
SAME_HOURS = 24


class Claim(NamedTuple):
    """What somebody says of an invoice.

    :param move: the ``account.move`` contested
    :param str reason: a code of ``REASONS``
    :param str description: in the words of whoever contests
    :param float amount: contested, all taxes included; nothing for all of it
    :param invoice_lines: ``account.move.line`` records, the contested lines
    :param str source: a code of ``SOURCES``
    :param relance: the ``btp.relance`` that it answers
    :param contact: the ``res.partner`` who contests
    """

    move: models.BaseModel
    reason: str
    description: str | None
    amount: float | None
    invoice_lines: models.BaseModel
    source: str
    relance: models.BaseModel
    contact: models.BaseModel


class BtpDispute(models.Model):
    """How a dispute is opened, whoever does it, and what it holds."""

    _inherit = "btp.dispute"

    @api.model
    def _open(
        self,
        move,
        reason: str,
        description: str | None,
        amount: float | None = None,
        invoice_lines=None,
        attachments=None,
        source: str = "agent",
        relance=None,
        contact=None,
    ):
        """Open a dispute and hold what is contested; the same one twice is one dispute.

        :param move: the ``account.move`` contested
        :param str reason: a code of ``REASONS``
        :param str description: in the words of whoever contests
        :param float amount: contested, all taxes included (default: the contested lines,
            else all that is left of the invoice)
        :param invoice_lines: ``account.move.line`` records of it that are contested
        :param attachments: ``ir.attachment`` records that go with it
        :param str source: a code of ``SOURCES``
        :param relance: the ``btp.relance`` that it answers
        :param contact: the ``res.partner`` who contests
        :return: the ``btp.dispute``
        :raise UserError: nothing is left to contest, or less than ``amount``
        """
        claim = Claim(
            move.sudo().with_company(move.sudo().company_id),
            reason,
            (description or "").strip(),
            amount,
            (invoice_lines or self.env["account.move.line"]).sudo(),
            source,
            (relance or self.env["btp.relance"]).sudo(),
            contact or (relance and relance.contact_id) or self.env["res.partner"],
        )
        disputes = self.sudo().with_company(claim.move.company_id)
        disputes._check_claim(claim)
        disputes._lock_move(claim.move)
        known = disputes._find_same(claim)
        if known:
            return known.with_env(self.env)
        dispute = disputes.with_context(
            mail_create_nosubscribe=True, mail_create_nolog=True
        ).create(disputes._prepare_claim(claim))
        dispute = disputes.browse(dispute.id)
        dispute._keep_files(attachments)
        self.env["btp.relance.line"]._on_ledger_change(dispute.line_ids.move_line_id)
        dispute._note("dispute_opened")
        dispute._after_open()
        return dispute.with_env(self.env)

    @api.model
    def _check_claim(self, claim: Claim):
        """Refuse what cannot be a dispute, whatever the amounts."""
        move = claim.move
        if claim.reason not in dict(self._fields["reason"].selection):
            raise UserError(self.env._("Choose why the invoice is contested."))
        if claim.reason == "other" and not claim.description:
            raise UserError(self.env._("Say in a few words what is contested."))
        if move.state != "posted" or move.move_type not in CONTESTABLE:
            raise UserError(
                self.env._("Only an invoice that was sent to a customer is contested.")
            )
        if claim.invoice_lines - move.invoice_line_ids:
            raise UserError(
                self.env._("The contested lines are not lines of %s.", move.name)
            )
        if claim.relance and (
            claim.relance.partner_id != move.commercial_partner_id
            or claim.relance.company_id != move.company_id
        ):
            raise UserError(
                self.env._("%s is not an invoice of this reminder.", move.name)
            )

    @api.model
    def _lock_move(self, move):
        """Make two disputes opened at once on an invoice follow one another.

        Written, not only locked: who comes second then begins again, and sees the first.
        """
        move.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE account_move SET write_date = write_date WHERE id = %s", move.id
            )
        )
        self.env["btp.dispute.line"].invalidate_model(["held"])

    @api.model
    def _find_same(self, claim: Claim):
        """Return the dispute that this one repeats: sent twice, or the page reloaded.

        All that is left is said again only where the first time took all of it.
        """
        all_held = not sum(due.free for due in self._get_dues(claim.move))
        since = fields.Datetime.now() - timedelta(hours=SAME_HOURS)
        currency = claim.move.currency_id
        return self.search(
            [
                ("move_id", "=", claim.move.id),
                ("reason", "=", claim.reason),
                ("relance_id", "=", claim.relance.id),
                ("state", "!=", "cancelled"),
                ("create_date", ">=", since),
            ],
            order="id",
        ).filtered(
            lambda dispute: (
                dispute.invoice_line_ids == claim.invoice_lines
                and (
                    not currency.compare_amounts(claim.amount, dispute.amount)
                    if claim.amount
                    else claim.invoice_lines or all_held
                )
            )
        )[:1]

    @api.model
    def _prepare_claim(self, claim: Claim) -> dict:
        """Return the values of the dispute that a claim opens."""
        move = claim.move
        dues = self._get_dues(move)
        amount = self._get_claimed(claim, sum((due.free for due in dues), Decimal(0)))
        if amount <= 0:
            raise UserError(
                self.env._("Choose lines of %s that have an amount.", move.name)
            )
        today = self.env["btp.echeance"]._get_today()
        company = move.company_id
        return {
            "company_id": company.id,
            "partner_id": move.commercial_partner_id.id,
            "contact_id": claim.contact.id,
            "move_id": move.id,
            "invoice_line_ids": [Command.set(claim.invoice_lines.ids)],
            "amount": float(amount),
            "reason": claim.reason,
            "description": claim.description,
            "source": claim.source,
            "relance_id": claim.relance.id,
            "user_id": self._get_default_owner(move).id,
            "opened_on": today,
            "date_deadline": company._get_btp_dispute_deadline(claim.reason, today),
            "line_ids": [
                Command.create(
                    {"move_line_id": id_, "amount": float(part), "held": float(part)}
                )
                for id_, part in engine.allocate(amount, dues).items()
            ],
        }

    @api.model
    def _get_default_owner(self, move):
        """Return who answers for the disputes of an invoice's customer."""
        return (
            move.commercial_partner_id.btp_relance_user_id
            or move.company_id.btp_relance_user_id
        )

    # === ONCE OPEN === #

    def _keep_files(self, attachments):
        """Attach files to the dispute: those of another record are copied."""
        for file in (attachments or self.env["ir.attachment"]).sudo():
            if file.res_id:
                file.copy({"res_model": self._name, "res_id": self.id})
            else:
                file.write({"res_model": self._name, "res_id": self.id})

    def _note(self, kind: str, detail: str | None = None):
        """Write in the journal what became of disputes.

        :param str kind: a kind of ``btp.relance.event``
        :param str detail: what to say beside which dispute it is
        """
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "company_id": dispute.company_id.id,
                    "debtor_ref": dispute.partner_id.id,
                    "debtor_name": dispute.partner_id.display_name,
                    "detail": " – ".join(filter(None, [dispute.display_name, detail])),
                    **(
                        {"relance_id": dispute.relance_id.id}
                        if dispute.relance_id
                        else {}
                    ),
                }
                for dispute in self
            ]
        )
