# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..const import TONE_RANK, TONES


class BtpRelanceStep(models.Model):
    """What is done, how and by whose hand, so many days around the due date."""

    _name = "btp.relance.step"
    _description = "Reminder Step"
    _order = "scenario_id, kind, days, id"

    scenario_id = fields.Many2one(
        "btp.relance.scenario", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("reminder", "Reminder"), ("thanks", "Thanks for the payment")],
        default="reminder",
        required=True,
    )
    days = fields.Integer(
        "Day",
        help="Days after the due date; negative before it.",
    )
    tone = fields.Selection(TONES, default="courteous", required=True)
    rank = fields.Integer(
        compute="_compute_rank",
        store=True,
        help="Order of the levels: the highest one due gives a reminder its words.",
    )
    channel = fields.Selection(
        [
            ("email", "E-mail"),
            ("call", "Call"),
            ("letter", "Letter"),
            ("registered", "Registered letter"),
        ],
        default="email",
        required=True,
    )
    approval = fields.Selection(
        [("auto", "Leaves by itself"), ("manual", "Waits for approval")],
        default="manual",
        required=True,
    )
    template_id = fields.Many2one(
        "mail.template",
        "Message",
        ondelete="restrict",
        domain="[('model', '=', 'btp.relance')]",
        help="Words of the e-mail or letter, or the script of the call.",
    )
    min_gap_days = fields.Integer(
        "Days Since Previous Step",
        default=3,
        help="Least number of days since the previous step for the same amount due, "
        "however late it is.",
    )
    attach_invoices = fields.Boolean(
        help="Attach the PDF already issued of each overdue invoice."
    )

    _scenario_days_uniq = models.UniqueIndex(
        "(scenario_id, days) WHERE kind = 'reminder' AND active",
        "A scenario has one step a day: choose another day for this step.",
    )
    _scenario_thanks_uniq = models.UniqueIndex(
        "(scenario_id) WHERE kind = 'thanks' AND active",
        "A scenario thanks once: change its thank-you step instead.",
    )
    _min_gap_positive = models.Constraint(
        "CHECK(min_gap_days >= 0)",
        "The days since the previous step cannot be negative.",
    )
    # Beyond, adding days to a date may leave the calendar, and planning stop for everybody.
    _days_within_ten_years = models.Constraint(
        "CHECK(days BETWEEN -3650 AND 3650 AND min_gap_days <= 3650)",
        "A step is at most ten years from the due date.",
    )
    _preventive_before = models.Constraint(
        "CHECK(tone <> 'preventive' OR days <= 0)",
        "A preventive step comes before the due date.",
    )
    _formal_by_hand = models.Constraint(
        "CHECK(tone <> 'formal' OR approval = 'manual')",
        "A formal notice leaves a human hand only: set it to wait for approval.",
    )

    @api.model
    def _select_channel(self):
        """Return the channels with their labels in the user's language."""
        return self._fields["channel"]._description_selection(self.env)

    @api.depends("tone")
    def _compute_rank(self):
        for step in self:
            step.rank = TONE_RANK.get(step.tone, 0)

    @api.depends("name", "days", "kind")
    def _compute_display_name(self):
        for step in self:
            step.display_name = (
                step.name
                if step.kind == "thanks"
                else f"{step.day_label} · {step.name or ''}"
            )

    @property
    def day_label(self) -> str:
        """The day as the trade writes it: ``J−7``, ``J0``, ``J+20``."""
        sign = "+" if self.days > 0 else "−" if self.days < 0 else ""
        return f"J{sign}{abs(self.days)}"

    @api.constrains("template_id", "channel", "kind", "active")
    def _check_template(self):
        for step in self.filtered("active"):
            if step.channel != "call" and not step.template_id:
                raise ValidationError(
                    self.env._(
                        "The step “%s” has no message: choose the words to send.",
                        step.name,
                    )
                )
            if step.template_id and step.template_id.model != "btp.relance":
                raise ValidationError(
                    self.env._(
                        "The message “%(message)s” is not made for reminders: choose one "
                        "that applies to them.",
                        message=step.template_id.name,
                    )
                )

    @api.constrains("template_id", "channel", "scenario_id")
    def _check_words_for_consumers(self):
        """Look at a message again where it now writes to consumers."""
        if self.env.registry.ready and not self.env.context.get("install_mode"):
            for template in self.template_id:
                if template._is_read_by_consumers():
                    template._check_message(["body_html", "subject"])

    def write(self, vals):
        """Move the history along with a step's day: what was done stays done."""
        result = super().write(vals)
        if "days" in vals:
            lines = self.env["btp.relance.line"]
            lines.flush_model(["step_id", "step_days"])
            self.env.cr.execute(
                "UPDATE btp_relance_line SET step_days = %s"
                " WHERE step_id = ANY(%s) AND step_days IS NOT NULL",
                [vals["days"], self.ids],
            )
            lines.invalidate_model(["step_days"])
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["btp.relance.line"].search(
            [("step_id", "in", self.ids)], limit=1
        )
        if used:
            raise ValidationError(
                self.env._(
                    "The step “%s” was already sent: archive it, its history stays "
                    "readable.",
                    used.step_id.name,
                )
            )
