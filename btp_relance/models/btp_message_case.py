# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a word about a promise, a plan, a dispute or a site is tried on where there is none yet."""

from datetime import timedelta

from odoo import Command, api, models

from .btp_confirmation_agreed import PLAN_KINDS


class BtpConfirmation(models.Model):
    """A made-up reminder, with what the customer said of it."""

    _inherit = "btp.confirmation"

    @api.model
    def _make_case(self, template):
        # EXTENDS btp_relance
        relance = self.env["btp.relance"]._make_sample(
            self.env["btp.relance.step"], "b2b"
        )
        if not relance:
            return self.browse()
        records = relance.env[self._name]
        values = records._prepare_case(template, relance.partner_id)
        about = records._make_what_is_told(values["kind"], relance)
        return records.create(values | {"relance_id": relance.id} | about)

    @api.model
    def _make_what_is_told(self, kind: str, relance) -> dict:
        """Make what a kind of message is about. Returns the values that name it.

        :param relance: a made-up ``btp.relance``
        """
        if kind in ("dispute", "dispute_closed"):
            return {"dispute_id": relance._make_sample_dispute().id}
        if kind == "promise_noted":
            return {"promise_id": relance._make_sample_promise().id}
        if kind in dict(PLAN_KINDS):
            plan = relance._make_sample_plan(kind)
            return {"plan_id": plan.id, "plan_line_id": plan.instalment_ids[:1].id}
        return {}


class BtpSiteTask(models.Model):
    _name = "btp.site.task"
    _inherit = ["btp.site.task", "btp.message.case"]

    @api.model
    def _make_case(self, template):
        # EXTENDS btp_relance
        relance = self.env["btp.relance"]._make_sample(
            self.env["btp.relance.step"], "b2b"
        )
        if not relance:
            return self.browse()
        dispute = relance._make_sample_dispute()
        return relance.env[self._name].create(
            {
                "company_id": relance.company_id.id,
                "chantier_id": dispute.move_id.btp_chantier_id.id,
                "partner_id": self.env.user.partner_id.id,
                "kind": "dispute",
                "dispute_id": dispute.id,
                "user_id": relance.user_id.id,
                # Nobody is asked.
                "state": "revoked",
                "expires_on": self.env["btp.echeance"]._get_today()
                + timedelta(days=14),
            }
        )


class BtpRelance(models.Model):
    """What a customer may say of a made-up reminder. All of it is undone."""

    _inherit = "btp.relance"

    def _make_sample_dispute(self):
        line = self.line_ids[:1]
        today = self.env["btp.echeance"]._get_today()
        return self.env["btp.dispute"].create(
            {
                "company_id": self.company_id.id,
                "partner_id": self.partner_id.id,
                "move_id": line.move_id.id,
                "amount": line.amount_residual,
                "reason": "quantity",
                "description": self.env._("Half of the works are not done."),
                "resolution": self.env._("The situation was checked on the site."),
                # It holds nothing.
                "state": "rejected",
                "date_deadline": today + timedelta(days=10),
                "line_ids": [
                    Command.create(
                        {
                            "move_line_id": line.move_line_id.id,
                            "amount": line.amount_residual,
                        }
                    )
                ],
            }
        )

    def _prepare_sample_agreement(self) -> dict:
        line = self.line_ids[:1]
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "contact_id": self.contact_id.id,
            "user_id": self.user_id.id,
            "currency_id": line.currency_id.id,
            "amount": line.amount_residual,
            "source": "agent",
        }

    def _make_sample_promise(self):
        line = self.line_ids[:1]
        today = self.env["btp.echeance"]._get_today()
        listed = {"move_line_id": line.move_line_id.id, "amount": line.amount_residual}
        return self.env["btp.promise"].create(
            {
                **self._prepare_sample_agreement(),
                "date": today + timedelta(days=10),
                "state": "cancelled",
                "line_ids": [Command.create(listed)],
            }
        )

    def _make_sample_plan(self, kind: str):
        line = self.line_ids[:1]
        today = self.env["btp.echeance"]._get_today()
        parts = line.currency_id.round(line.amount_residual / 3)
        amounts = (
            parts,
            parts,
            line.currency_id.round(line.amount_residual - 2 * parts),
        )
        listed = {"move_line_id": line.move_line_id.id, "amount": line.amount_residual}
        return self.env["btp.payment.plan"].create(
            {
                **self._prepare_sample_agreement(),
                "state": "refused" if kind == "plan_refused" else "void",
                "hold_until": today + timedelta(days=10),
                "warned_until": today + timedelta(days=8),
                "source_line_ids": [Command.create(listed)],
                "instalment_ids": [
                    Command.create(
                        {
                            "sequence": rank,
                            "date": today + timedelta(days=30 * rank),
                            "amount": amount,
                            "left": amount,
                        }
                    )
                    for rank, amount in enumerate(amounts, 1)
                ],
            }
        )
