# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..const import OPEN_STATES


class BtpRelance(models.Model):
    """Thanks for a payment that a reminder asked for."""

    _inherit = "btp.relance"

    def _plan_thanks(self, move_lines):
        """Thank for échéances now paid, where the scenario that reminded says so.

        One message a debtor: what is paid before it leaves joins it.

        :param move_lines: fully reconciled ``account.move.line`` records
        """
        Line = self.env["btp.relance.line"]
        reminded = Line.search(
            [
                ("move_line_id", "in", move_lines.ids),
                ("state", "=", "done"),
                ("step_days", ">", 0),
                ("relance_id", "!=", False),
            ]
        )
        for move_line, lines in reminded.grouped("move_line_id").items():
            scenario = lines.sorted("step_days")[-1].scenario_id
            step = scenario.step_ids.filtered(lambda step: step.kind == "thanks")
            thanked = [
                ("move_line_id", "=", move_line.id),
                ("step_id", "=", step.id),
                ("state", "!=", "dropped"),
            ]
            if not step or Line.search_count(thanked, limit=1):
                continue
            source = lines[-1]
            thanks = self._get_open_thanks(source, step)
            Line.create(
                {
                    **self._prepare_thanks_line(source, move_line),
                    "relance_id": thanks.id,
                    "step_id": step.id,
                }
            )

    def _get_open_thanks(self, source, step):
        """Return the debtor's thanks not yet sent, made if there is none."""
        domain = [
            ("company_id", "=", source.company_id.id),
            ("partner_id", "=", source.partner_id.id),
            ("kind", "=", "thanks"),
            ("state", "in", OPEN_STATES),
        ]
        return self.search(domain, limit=1) or self.create(
            {
                "company_id": source.company_id.id,
                "partner_id": source.partner_id.id,
                "contact_id": source.relance_id.contact_id.id,
                "user_id": source.relance_id.user_id.id,
                "kind": "thanks",
                "step_id": step.id,
                "tone": step.tone,
                "channel": step.channel,
                "state": "approved" if step.approval == "auto" else "proposed",
                "planned_on": self.env["btp.echeance"]._get_today(),
            }
        )

    def _prepare_thanks_line(self, source, move_line) -> dict:
        """Return the values of a line that thanks for a payment: the amount paid."""
        return {
            "company_id": source.company_id.id,
            "partner_id": source.partner_id.id,
            "move_line_id": move_line.id,
            "move_id": move_line.move_id.id,
            "scenario_id": source.scenario_id.id,
            "kind": "due",
            "date_due": source.date_due,
            "currency_id": move_line.currency_id.id,
            "amount_residual": move_line.amount_currency,
            "amount_company": move_line.balance,
        }

    def _recheck_thanks(self):
        """Return the thanks whose payment still stands; cancel the others."""
        standing = self.browse()
        for relance in self:
            undone = relance.line_ids.filtered(
                lambda line: not line.move_line_id.reconciled
            )
            undone.write({"state": "dropped"})
            if undone == relance.line_ids:
                relance._cancel(self.env._("The payment was undone."))
            else:
                standing |= relance
        return standing
