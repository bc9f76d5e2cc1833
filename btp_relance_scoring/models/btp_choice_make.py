# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import numpy as np

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.btp_relance.engine.calendar import closed_day
from odoo.addons.btp_relance.models.btp_relance_hold_contact import (
    FIXED_TONES,
    SWAPPED,
)

from ..choices import LEAST_ANSWERS, find_habit, next_moment
from .btp_choice import ASPECTS, LEARN_DAYS

#: Answers by another channel from which it becomes the rule, none having come by its own.
OTHER_CHANNEL = 3
#: Channels whose message can wait for the moment of its reader.
WAITING = ("email", "sms")


class BtpChoice(models.Model):
    """Choosing for new reminders: the rule, or what was learned, and always a little luck."""

    _inherit = "btp.choice"

    @api.model
    def _choose(self, company, relances):
        """Choose channel and moment of new reminders, and keep why.

        A last reminder, a formal notice, a letter and a registered letter are never chosen
        for, nor is anything for somebody who may not be scored.

        :param company: the ``res.company``
        :param relances: ``btp.relance`` records that were just planned
        :return: the new choices
        """
        if company.btp_choice_mode == "off" or not company.btp_score_active:
            return self.browse()
        relances = relances.sudo()
        rows = self._find_choosable(company, relances)
        if not rows:
            return self.browse()
        day = relances[:1].planned_on
        learning = bool(company.btp_choice_since)
        results = self._get_results(company, day) if learning else {}
        answers = self._read_answers(company, [row["partner_id"] for row in rows], day)
        by_id = {relance.id: relance for relance in relances}
        values = []
        for row in rows:
            pick = self._picker(company, row["partner_id"], day, results)
            common = {
                "relance_id": row["id"],
                "partner_id": row["partner_id"],
                "company_id": company.id,
                "chosen_on": day,
            }
            values += [
                common | chosen
                for chosen in self._choose_each(
                    by_id[row["id"]], row, answers.get(row["partner_id"], []), pick
                )
            ]
        return self.create(values)

    @api.model
    def _choose_each(self, relance, row, answers, pick) -> list[dict]:
        """Return the choices of one reminder, which is given what they say."""
        chosen = [self._choose_tone(row)]
        if channel := self._choose_channel(row, answers, pick):
            chosen.append(channel)
            self._take_channel(relance, row, channel["arm"])
        chosen.append(self._choose_moment(relance, answers, pick))
        return [values for values in chosen if values]

    @api.model
    def _find_choosable(self, company, relances) -> list[dict]:
        """Return the reminders for which something may be chosen, with their ways.

        :return: ``[{"id", "partner_id", "contact_id", "channel", "ways", tone of the
            customer…}]``; ``ways``: ``[[channel, contact id]]`` in the order of the rules
        """
        if not relances.ids:
            return []
        self.env["btp.echeance"]._flush_relation()
        self.env["btp.score.partner"].flush_model()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT l.id, l.partner_id, l.contact_id, l.channel, habit.tone_arm,
                       habit.tone_why, habit.tone_chance, habit.segment,
                       p.btp_payer_segment IS NOT NULL AS typed,
                       s.scenario_id, (%(ways)s) AS ways
                  FROM btp_relance l
                  JOIN res_partner p ON p.id = l.partner_id
                  JOIN btp_relance_step s ON s.id = l.step_id
                  LEFT JOIN btp_score_partner habit
                         ON habit.partner_id = l.partner_id
                        AND habit.company_id = l.company_id
                  LEFT JOIN LATERAL (%(stage)s) stage ON TRUE
                 WHERE l.id = ANY(%(ids)s) AND l.kind = 'reminder'
                   AND l.state IN ('proposed', 'approved')
                   AND l.channel IN %(swapped)s AND s.channel IN %(swapped)s
                   AND l.tone <> 'preventive' AND l.tone NOT IN %(fixed)s
                   AND s.tone NOT IN %(fixed)s AND %(scored)s
                 ORDER BY l.id
                """,
                ways=self._get_ways_sql(),
                stage=self.env["btp.relance.hold"]._get_asked_stage_sql(),
                swapped=SWAPPED,
                fixed=FIXED_TONES,
                scored=self.env["btp.scoring.ledger"]._get_scored_sql(company),
                ids=list(relances.ids),
            )
        )

    @api.model
    def _get_ways_sql(self) -> SQL:
        """Return the channels of reminder ``l``, its own first, and whom each reaches.

        None where the customer prefers one: that is not up to anybody else.
        """
        return SQL(
            """
            SELECT JSON_AGG(JSON_BUILD_ARRAY(way.channel, way.contact_id)
                            ORDER BY way.channel = l.channel DESC, way.place)
              FROM (%s) way
             WHERE way.channel IN %s AND p.btp_preferred_channel IS NULL
            """,
            self.env["btp.relance.hold"]._get_each_way_sql(SQL("stage.name")),
            SWAPPED,
        )

    @api.model
    def _read_answers(self, company, partner_ids, day) -> dict:
        """Return what customers answered in the last year.

        :return: ``{customer id: [(channel, contact id, moment on the company's clock)]}``
        """
        self.env["btp.contact.answer"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT ct.commercial_partner_id, a.channel, a.contact_id,
                       (a.create_date AT TIME ZONE 'UTC') AT TIME ZONE %(zone)s
                  FROM btp_contact_answer a
                  JOIN res_partner ct ON ct.id = a.contact_id
                 WHERE a.company_id = %(company)s AND a.kind = 'answered'
                   AND a.day > %(day)s - %(days)s
                   AND ct.commercial_partner_id = ANY(%(partners)s)
                """,
                zone=str(company._get_btp_zone()),
                company=company.id,
                day=day,
                days=LEARN_DAYS,
                partners=partner_ids,
            )
        )
        answers = {}
        for partner_id, *answer in rows:
            answers.setdefault(partner_id, []).append(tuple(answer))
        return answers

    @api.model
    def _picker(self, company, partner_id, day, results):
        """Return the function that picks an arm for a customer.

        Its luck is that of the customer and the day: a dry run shows what planning will do,
        and planning done again does the same.

        :return: function of an aspect, the arms in order and that of the rule, giving a
            ``learner.channels.Choice``
        """
        from ..learner.channels import Choice, choose

        names = [name for name, _label in ASPECTS]

        def pick(aspect, arms, rule):
            if not company.btp_choice_since:
                return Choice(rule, "rule", 1.0)
            seed = [company.id, partner_id, day.toordinal(), names.index(aspect)]
            return choose(
                str(partner_id),
                arms,
                rule,
                results.get((aspect, rule), {}),
                np.random.default_rng(seed),
                salt=str(company.id),
            )

        return pick

    # === ONE ASPECT EACH === #

    @api.model
    def _choose_channel(self, row, answers, pick) -> dict | None:
        """Return the values of the choice of a channel; nothing where there is none."""
        arms = [channel for channel, _contact in row["ways"] or []]
        if len(arms) < 2 or arms[0] != row["channel"]:
            return None
        rule, facts = arms[0], None
        counts = {arm: sum(said[0] == arm for said in answers) for arm in arms}
        best = max(arms, key=counts.get)
        if not counts[rule] and counts[best] >= OTHER_CHANNEL:
            rule, facts = best, {"answers": counts[best]}
        choice = pick("channel", arms, rule)
        return self._prepare("channel", choice, rule, facts)

    @api.model
    def _take_channel(self, relance, row, channel: str):
        """Give a reminder the channel that was chosen, and whom it reaches."""
        if channel != relance.channel:
            contact_id = dict(row["ways"])[channel]
            relance.write({"channel": channel, "contact_id": contact_id})

    @api.model
    def _choose_moment(self, relance, answers, pick) -> dict | None:
        """Return the values of the choice of a moment; nothing where no habit is known."""
        said = [at for _channel, id_, at in answers if id_ == relance.contact_id.id]
        if relance.channel not in WAITING or len(said) < LEAST_ANSWERS:
            return None
        habit = find_habit(said)
        moment = habit and self._find_moment(relance, habit)
        if not moment:
            return None
        choice = pick("moment", ["habit", "now"], "habit")
        if choice.channel == "habit":
            relance.choice_from = relance.company_id.sudo()._btp_to_utc(moment)
        return self._prepare("moment", choice, "habit", habit._asdict())

    @api.model
    def _find_moment(self, relance, habit) -> datetime | None:
        """Return the next moment of a habit within the hours at which people are contacted."""
        now = self.env["btp.echeance"]._get_now()
        agenda = relance.company_id.sudo()._get_btp_agenda(
            relance.partner_id, now.date()
        )
        return next_moment(
            now, habit, lambda day: not closed_day(day, agenda), agenda.spans[0][0]
        )

    @api.model
    def _choose_tone(self, row) -> dict | None:
        """Return the choice of a tone that was made for the customer, see the habits."""
        if not row["tone_arm"] or row["typed"]:
            return None
        rules = self.env["btp.relance.rule"]._get_segment_rules(self.env.company)
        if row["segment"] not in rules.mapped("payer_segment"):
            return None
        softer = row["scenario_id"] in rules.scenario_id.ids
        if softer != (row["tone_arm"] == "segment"):
            # The invoice, the chantier or another rule says otherwise.
            return None
        return {
            "aspect": "tone",
            "arm": row["tone_arm"],
            "rule_arm": "segment",
            "why": row["tone_why"],
            "probability": row["tone_chance"],
        }

    @api.model
    def _prepare(self, aspect, choice, rule, facts) -> dict:
        return {
            "aspect": aspect,
            "arm": choice.channel,
            "rule_arm": rule,
            "why": choice.why,
            "probability": choice.probability,
            "facts": facts,
        }
