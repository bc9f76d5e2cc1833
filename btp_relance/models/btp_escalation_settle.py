# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from .btp_escalation import OF_DEBTOR
from .btp_escalation_outcome import BY_ITSELF

CAUGHT_UP = [
    ("paid", "Everything is paid"),
    ("kept", "The promise was kept after all"),
    ("resumed", "The instalments are paid again"),
    ("closed", "The dispute is closed"),
    ("on_time", "What was late is paid"),
    ("low", "Less is left than the threshold of the rule"),
    ("reached", "The contact can be reached again"),
    ("plan", "The customer pays by instalments"),
    ("promised", "The customer promised anew"),
]
#: A word is not money: whoever owns the case says whether it is enough.
WORDS = ("plan", "promised")
#: What came of a case on which somebody had acted before the money came.
MONEY = ("paid", "kept", "resumed", "on_time", "low")


class BtpEscalation(models.Model):
    """Cases whose cause is gone: closed with the reason, or proposed to their owner."""

    _inherit = "btp.escalation"

    caught_up = fields.Selection(
        CAUGHT_UP,
        "What Happened Since",
        readonly=True,
        help="Why the case is no longer one.",
    )

    @api.model
    def _settle_caught_up(self):
        """Close the cases of the current company whose cause is gone.

        A complaint is never settled by itself: money does not answer it. Whoever opened a
        case again is not contradicted: it is not closed twice for the same reason.
        """
        found = {}
        for id_, code in self.env.execute_query(self._query_caught_up()):
            found.setdefault(code, []).append(id_)
        for code, ids in found.items():
            cases = self.browse(ids)
            cases.caught_up = code
            if not code or code in WORDS:
                continue
            closing = cases.filtered(lambda case: case.rule_id.settles)
            acted = closing.filtered("acted_on") if code in MONEY else self.browse()
            labels = dict(self._fields["caught_up"]._description_selection(self.env))
            for outcome, group in (("paid", acted), (BY_ITSELF, closing - acted)):
                if group:
                    group._close(outcome, why=labels[code])

    @api.model
    def _query_caught_up(self) -> SQL:
        """Return the query of the open cases whose cause went, or came back, since."""
        for model in (
            "account.move.line",
            "btp.contact.answer",
            "btp.dispute",
            "btp.escalation",
            "btp.escalation.rule",
            "btp.payment.plan",
            "btp.payment.plan.source",
            "btp.promise",
            "btp.promise.line",
            "res.partner",
        ):
            self.env[model].flush_model()
        return SQL(
            """
            SELECT x.id, x.code FROM (
                SELECT e.id, e.caught_up, %(code)s AS code
                  FROM btp_escalation e
                  LEFT JOIN btp_escalation_rule r ON r.id = e.rule_id
                 CROSS JOIN LATERAL (%(stake)s) stake
                 WHERE e.state = 'open' AND e.company_id = %(company)s
                   AND e.kind <> 'complaint'
            ) x
             WHERE x.code IS DISTINCT FROM x.caught_up
             ORDER BY x.id
            """,
            code=self._get_caught_up_sql(),
            stake=self._get_stake_sql(),
            company=self.env.company.id,
        )

    @api.model
    def _get_stake_sql(self) -> SQL:
        """Return the query of what is left of the amounts at stake in case ``e``."""
        return SQL(
            """
            SELECT COUNT(*) AS lines, COUNT(*) FILTER (WHERE due.open) AS left,
                   COALESCE(SUM(due.residual) FILTER (WHERE due.open), 0) AS amount,
                   COUNT(*) FILTER (WHERE due.open AND due.day < %(today)s) AS late,
                   COUNT(*) FILTER (WHERE due.open AND due.id IN (
                       SELECT src.move_line_id FROM btp_payment_plan_source src
                         JOIN btp_payment_plan pl ON pl.id = src.plan_id
                        WHERE pl.state = 'active' AND pl.is_late IS NOT TRUE
                   )) AS planned,
                   COUNT(*) FILTER (WHERE due.open AND due.id IN (
                       SELECT move_line_id FROM btp_promise_line
                        WHERE is_open AND amount > 0 AND hold_until >= %(today)s
                   )) AS promised
              FROM (
                SELECT aml.id, COALESCE(aml.date_maturity, aml.date) AS day,
                       aml.amount_residual AS residual,
                       aml.reconciled IS NOT TRUE AND aml.parent_state = 'posted' AS open
                  FROM btp_escalation_line_rel rel
                  JOIN account_move_line aml ON aml.id = rel.line_id
                 WHERE rel.escalation_id = e.id
              ) due
            """,
            today=self._get_today(),
        )

    @api.model
    def _get_caught_up_sql(self) -> SQL:
        """Return why case ``e`` is no longer one, as SQL over ``stake`` and rule ``r``."""
        return SQL(
            """CASE
            WHEN e.kind = 'dispute' THEN CASE WHEN e.res_model = 'btp.dispute' AND EXISTS (
                SELECT FROM btp_dispute d WHERE d.id = e.res_id AND d.state <> 'open'
                ) THEN 'closed' END
            WHEN stake.lines > 0 AND stake.left = 0 THEN 'paid'
            WHEN e.kind = 'broken_promise' AND e.res_model = 'btp.promise' AND EXISTS (
                SELECT FROM btp_promise pr WHERE pr.id = e.res_id AND pr.state = 'kept'
                ) THEN 'kept'
            WHEN e.kind = 'plan_default' AND e.res_model = 'btp.payment.plan' AND EXISTS (
                SELECT FROM btp_payment_plan pl
                 WHERE pl.id = e.res_id AND (pl.state = 'done'
                       OR pl.state = 'active' AND pl.is_late IS NOT TRUE)
                ) THEN 'resumed'
            WHEN e.kind IN ('unusual', 'bounces') AND stake.lines > 0 AND stake.late = 0
                THEN 'on_time'
            WHEN e.kind = 'high_value' AND stake.lines > 0 AND r.id IS NOT NULL
                 -- Something was paid: a threshold raised since closes nothing.
                 AND stake.amount < LEAST(r.min_amount, e.amount) THEN 'low'
            WHEN e.kind = 'bounces' AND EXISTS (
                SELECT FROM res_partner ct
                 WHERE e.res_model = 'res.partner' AND ct.id = e.res_id
                   AND (ct.active IS NOT TRUE
                        OR ct.btp_wrong_email IS DISTINCT FROM ct.email_normalized
                           AND COALESCE(ct.message_bounce, 0) = 0
                        OR EXISTS (
                           SELECT FROM btp_contact_answer a
                            WHERE a.contact_id = ct.id AND a.company_id = e.company_id
                              AND a.kind = 'answered' AND a.channel = 'email'
                              AND a.day >= e.opened_on))
                ) THEN 'reached'
            WHEN e.kind IN ('broken_promise', 'high_value', 'unusual', 'distress')
                THEN CASE WHEN stake.left > 0 AND stake.planned = stake.left THEN 'plan'
                          WHEN stake.left > 0 AND stake.promised = stake.left
                               AND e.kind <> 'distress' THEN 'promised' END
            END"""
        )

    @api.model
    def _unite(self, partners, kept):
        """Leave one open case of a kind to debtors that become one.

        :param partners: ``res.partner`` records about to be merged
        :param kept: the one of them that stays
        """
        cases = self.search(
            [
                ("partner_id", "in", partners.ids),
                ("kind", "in", OF_DEBTOR),
                ("state", "=", "open"),
            ]
        )
        for group in cases.grouped(lambda case: (case.company_id, case.kind)).values():
            first = group.filtered(lambda case: case.partner_id == kept)[:1] or group[0]
            (group - first)._close(
                BY_ITSELF, why=self.env._("Merged with %s", kept.display_name)
            )
