# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class BtpEcheance(models.Model):
    """Why an amount due was reminded of or not, and what comes next, in words."""

    _inherit = "btp.echeance"

    why = fields.Html(compute="_compute_why", sanitize=False)

    def _compute_why(self):
        for echeance in self:
            echeance.why = self.env["ir.qweb"]._render(
                "btp_relance.echeance_why", {"facts": echeance._get_why()}
            )

    def _get_why(self) -> list[tuple[str, str]]:
        """Return what was done, what comes next and why, as (question, answer) pairs.

        Hook: an addon adds its own facts to the list.
        """
        self.ensure_one()
        hold = {
            hold.code: hold
            for hold in self.env["btp.relance.hold"]._get_holds(self._get_today())
        }.get(self.hold_code)
        return [
            (self.env._("Which scenario?"), self._why_scenario()),
            (self.env._("What was done?"), self._why_last()),
            (self.env._("What comes next?"), self._why_next()),
            *(
                [
                    (self.env._("Why does it wait?"), hold.label),
                    (self.env._("Who can change that?"), hold.lift),
                ]
                if hold
                else []
            ),
        ]

    def _why_scenario(self) -> str:
        if not self.scenario_id:
            return self.env._("None applies.")
        source = dict(self._fields["scenario_source"]._description_selection(self.env))
        reason = source[self.scenario_source]
        if self.is_retention and self.scenario_source == "default":
            reason = self.env._("scenario of retentions")
        if self.rule_id:
            reason = self.env._("rule “%s”", self.rule_id.name)
        return f"{self.scenario_id.name} ({reason})"

    def _why_last(self) -> str:
        if not self.last_step_id:
            return self.env._("Nothing was sent yet.")
        step = self.last_step_id.display_name
        if self.last_step_state == "planned":
            return self.env._("%s is being prepared.", step)
        if self.last_step_state == "skipped":
            return self.env._("Nothing was sent for %s: it was skipped.", step)
        return self.env._(
            "%(step)s on %(date)s.",
            step=step,
            date=self._format(self.last_step_on),
        )

    def _why_next(self) -> str:
        if not self.next_step_id:
            return self.env._("Nothing by itself.")
        day = max(self.next_date, self._get_today())
        return self.env._(
            "%(step)s, from %(date)s.",
            step=self.next_step_id.display_name,
            date=self._format(day),
        )

    def _format(self, day) -> str:
        return self.env["ir.qweb.field.date"].value_to_html(day, {})
