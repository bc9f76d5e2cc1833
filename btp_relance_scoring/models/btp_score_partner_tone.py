# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import numpy as np

from odoo import api, fields, models

from .btp_choice import ARMS, ASPECTS, WHYS

TONES = [arm for arm in ARMS if arm[0] in ("usual", "segment")]


class BtpScorePartner(models.Model):
    """Which tone a customer gets: that of its kind of payer, or the usual one to compare.

    Chosen for a quarter, and for the customer: a scenario whose tone jumped from one
    reminder to the next would be none.
    """

    _inherit = "btp.score.partner"

    tone_arm = fields.Selection(TONES, "Tone", readonly=True)
    tone_why = fields.Selection(WHYS, "Why This Tone", readonly=True)
    tone_chance = fields.Float(readonly=True, digits=(6, 3), aggregator=None)
    tone_on = fields.Date("Tone Since", readonly=True)

    @api.model
    def _choose_tones(self, company, day):
        """Choose the tone of each customer whose kind of payer has a scenario of its own.

        Nobody's where nothing is learned: then each gets that of its kind.

        :param company: the ``res.company``
        :param date day: today
        """
        if not company.btp_choice_since:
            self.search(
                [("company_id", "=", company.id), ("tone_arm", "!=", False)]
            ).tone_arm = False
            return
        rules = self.env["btp.relance.rule"]._get_segment_rules(company)
        quarter = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        habits = self.search(
            [
                ("company_id", "=", company.id),
                ("segment", "in", rules.mapped("payer_segment")),
                "|",
                ("tone_arm", "=", False),
                ("tone_on", "<", quarter),
            ]
        )
        results = self.env["btp.choice"]._get_results(company, day)
        for habit in habits:
            choice = habit._choose_tone(results.get(("tone", "segment"), {}), quarter)
            habit.write(
                {
                    "tone_arm": choice.channel,
                    "tone_why": choice.why,
                    "tone_chance": choice.probability,
                    "tone_on": day,
                }
            )

    def _choose_tone(self, results, quarter):
        """Return the ``learner.channels.Choice`` of a customer for a quarter.

        To compare, one customer in ten gets the usual scenario: the rule here is the tone
        of the kind of payer, and it is that which is measured.
        """
        from ..learner.channels import Choice, choose, in_hold_out

        self.ensure_one()
        customer, salt = str(self.partner_id.id), str(self.company_id.id)
        if in_hold_out(customer, salt):
            return Choice("usual", "hold_out", 1.0)
        place = [name for name, _label in ASPECTS].index("tone")
        seed = [self.company_id.id, self.partner_id.id, quarter.toordinal(), place]
        rng = np.random.default_rng(seed)
        return choose(customer, ["segment", "usual"], "segment", results, rng, salt)
