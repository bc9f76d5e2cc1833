# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..engine.sms import MAX_PARTS, count_parts, find_forbidden, find_threat, to_gsm
from .btp_relance_sms import LINK_CHARS


class BtpRelanceStep(models.Model):
    """A step may have words for a text message."""

    _inherit = "btp.relance.step"

    channel = fields.Selection(
        selection_add=[("sms", "SMS")], ondelete={"sms": "set default"}
    )
    sms_template_id = fields.Many2one(
        "sms.template",
        "Text Message",
        ondelete="restrict",
        domain="[('model', '=', 'btp.relance')]",
        help="Words of the SMS. On a step by e-mail they serve where the customer prefers a "
        "text message, or where no e-mail reaches them.",
    )

    _sms_no_formal = models.Constraint(
        "CHECK(channel <> 'sms' OR tone NOT IN ('final', 'formal'))",
        "A last reminder or formal notice is no text message: choose another channel.",
    )

    @api.constrains("template_id", "sms_template_id", "channel", "kind", "active")
    def _check_template(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        by_sms = self.filtered(lambda step: step.channel == "sms")
        for step in by_sms.filtered("active"):
            if not step.sms_template_id:
                raise ValidationError(
                    self.env._(
                        "The step “%s” has no text message: choose the words to send.",
                        step.name,
                    )
                )
        for step in self.filtered("sms_template_id"):
            if step.sms_template_id.model != "btp.relance":
                raise ValidationError(
                    self.env._(
                        "The text message “%(message)s” is not made for reminders: choose "
                        "one that applies to them.",
                        message=step.sms_template_id.name,
                    )
                )
        super(BtpRelanceStep, self - by_sms)._check_template()


class SmsTemplate(models.Model):
    """A text message of a reminder says who, how much and where: nothing else."""

    _inherit = "sms.template"

    @api.constrains("body", "model_id")
    def _check_btp_body(self):
        for template in self.filtered(lambda tmpl: tmpl.model == "btp.relance"):
            translations, _context = template.sudo().get_field_translations("body")
            bodies = {row["value"] for row in translations} | {template.body}
            for body in filter(None, bodies):
                template._check_btp_text(body)

    def _check_btp_text(self, body: str):
        """Refuse words that have no place in a text message, and a broken placeholder.

        :param body: in one language
        :raise ValidationError: one sentence on what to change
        """
        if word := find_threat(body):
            raise ValidationError(
                self.env._(
                    "A text message carries no threat and names nobody: take “%s” out.",
                    word,
                )
            )
        if expression := find_forbidden(body):
            raise ValidationError(
                self.env._(
                    "A text message gives amount and link only, whoever reads it: “%s” "
                    "cannot be used. Use object.company_id.name, object.sms_amount and "
                    "object.sms_link.",
                    expression,
                )
            )
        if body.count("{{") != body.count("}}"):
            raise ValidationError(
                self.env._(
                    "A placeholder is not closed: write {{ object.sms_amount }}."
                )
            )
        example = (
            body.replace("{{ object.company_id.name }}", self.env.company.name)
            .replace("{{ object.sms_amount }}", "123 456,78 €")
            .replace("{{ object.sms_link }}", self._get_btp_example_link())
        )
        if count_parts(to_gsm(example)) > MAX_PARTS:
            raise ValidationError(
                self.env._(
                    "The text message takes more than %s parts: shorten it.", MAX_PARTS
                )
            )

    @api.model
    def _get_btp_example_link(self) -> str:
        return f"{self.get_base_url()}/r/123456/{'0' * LINK_CHARS}"
