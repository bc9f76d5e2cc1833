# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpRelance(models.Model):
    """What was chosen for a reminder is said on it, and kept to when it leaves."""

    _inherit = "btp.relance"

    choice_ids = fields.One2many("btp.choice", "relance_id", "Choices", readonly=True)
    choice_from = fields.Datetime(
        "Better From",
        readonly=True,
        copy=False,
        help="The moment at which its reader usually answers.",
    )

    def _get_why(self):
        # EXTENDS btp_relance
        answers = super()._get_why()
        questions = {
            "channel": self.env._("Why this channel?"),
            "moment": self.env._("Why at this moment?"),
            "tone": self.env._("Why this tone?"),
        }
        for choice in self.choice_ids.sorted("id"):
            answers.append((questions[choice.aspect], choice._get_words()))
        return answers

    def _wait_for_opening(self):
        # EXTENDS btp_relance: then for the moment of its reader, where one was chosen.
        ready = super()._wait_for_opening()
        early = ready.filtered(lambda r: r.choice_from and r.choice_from > r._get_utc())
        for relance in early:
            choice = relance.choice_ids.filtered(lambda one: one.aspect == "moment")
            relance.write(
                {
                    "leave_at": relance.choice_from,
                    "wait_reason": relance.env._(
                        "%(contact)s usually answers then (%(moment)s)",
                        contact=relance.contact_id.name,
                        moment=choice[:1]._describe_moment(),
                    ),
                }
            )
        if early:
            self.env.ref("btp_relance.ir_cron_dispatch").sudo()._trigger(
                min(early.mapped("leave_at"))
            )
        return ready - early

    def _get_utc(self):
        """Return the moment of now, as the database keeps it."""
        now = self.env["btp.echeance"].with_company(self.company_id)._get_now()
        return self.company_id.sudo()._btp_to_utc(now)

    def _take_way(self, channel, contact_id):
        # EXTENDS btp_relance: somebody else's moment is another one.
        # pylint: disable=missing-return
        if contact_id != self.contact_id.id:
            self.choice_from = False
        super()._take_way(channel, contact_id)


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _insert(self, relances, lines):
        # EXTENDS btp_relance: channel and moment of what was just planned.
        made = super()._insert(relances, lines)
        if made:
            self.env["btp.choice"].sudo()._choose(self.env.company, made)
        return made
