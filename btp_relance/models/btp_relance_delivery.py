# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.base.models.ir_qweb import QWebError

from ..const import OPEN_STATES, RETRY_HOURS


class BtpRelance(models.Model):
    """What happens to a reminder between its approval and its arrival."""

    _inherit = "btp.relance"

    def _in_company(self):
        """Return the reminders of one company in its name, in the language of who follows
        them up: what is noted on them at night is for that person to read."""
        company = self.company_id
        reader = company.btp_relance_user_id.partner_id or company.partner_id
        return self.with_company(company).with_context(
            lang=reader.lang or self.env.lang
        )

    # === LOOKED AT AGAIN === #

    def _recheck(self):
        """Bring reminders up to date with the ledger, and cancel those that fell.

        Called just before they leave and whenever a payment touches them: what is paid or
        held falls off, amounts become the residual of now.

        :return: the reminders that still stand
        """
        thanks = self.filtered(lambda relance: relance.kind == "thanks")
        reminders = self - thanks
        facts = reminders._get_ledger_facts()
        holds = {
            hold.code: hold
            for hold in self.env["btp.relance.hold"]._get_holds(
                self.env["btp.echeance"]._get_today()
            )
        }
        standing = thanks._recheck_thanks()
        for relance in reminders:
            if relance._recheck_reminder(facts, holds):
                standing |= relance
        return standing.sorted("id")

    def _get_ledger_facts(self) -> dict:
        """Return the debtors' open lines as the engine sees them now.

        :return: ``{(company_id, partner_id): {move_line_id: row}}``; credits have no
            ``next_step_id``
        """
        facts = {}
        if not self:
            return facts
        Echeance = self.env["btp.echeance"]
        debtors = self.env["btp.relance.engine"]._debtors(self.ids)
        query = SQL(
            """
            SELECT e.id, e.company_id, e.partner_id, e.move_id, e.date_due,
                   e.days_overdue, e.currency_id, e.residual, e.residual_company,
                   e.contested, e.scenario_id, e.next_step_id, e.hold_code
              FROM (%s) e
             UNION ALL
            SELECT l.id, l.company_id, l.partner_id, l.move_id, l.date_due, 0,
                   l.currency_id, l.residual, l.residual_company, 0, NULL, NULL, NULL
              FROM %s l
             WHERE l.residual_company < 0 AND NOT l.is_retention
            """,
            Echeance._relation(Echeance._get_today(), planning=False, debtors=debtors),
            Echeance._open_lines(debtors),
        )
        for row in self.env.execute_query_dict(query):
            key = row["company_id"], row["partner_id"]
            facts.setdefault(key, {})[row["id"]] = row
        return facts

    def _recheck_reminder(self, facts: dict, holds: dict) -> bool:
        """Bring one reminder up to date. Returns whether it still stands."""
        self.ensure_one()
        rows = facts.get((self.company_id.id, self.partner_id.id), {})
        steps = self.line_ids.filtered(lambda li: li.step_id and li.state == "planned")
        reasons = {}
        for line in steps:
            row = rows.get(line.move_line_id.id)
            hold = holds.get(row["hold_code"]) if row else None
            if not row:
                reasons[line] = self.env._("Paid or no longer due")
            elif hold and hold.code != "no_contact":
                # Who cannot be reached this way is looked at last, and told to a person.
                reasons[line] = hold.label
            elif row["next_step_id"] != line.step_id.id and self.state != "assigned":
                reasons[line] = self.env._("Another step applies now: planned anew")
            else:
                line._refresh(row)
        for line, reason in reasons.items():
            line.write({"state": "dropped", "drop_reason": reason})
        kept = steps.filtered(lambda line: line not in reasons)
        if not kept:
            self._cancel("; ".join(sorted(set(reasons.values()))))
            return False
        if self.step_id not in kept.step_id:
            self._cancel(
                self.env._("What called for this level is settled: planned anew.")
            )
            return False
        self._refresh_information(rows, holds)
        return True

    def _refresh_information(self, rows: dict, holds: dict):
        """List again, for information, the debtor's other overdue amounts and credits."""
        stepped = self.line_ids.filtered("step_id").move_line_id.ids
        expected = {
            id_: row
            for id_, row in rows.items()
            if id_ not in stepped
            and (
                row["residual_company"] < 0
                or row["days_overdue"] > 0
                and (row["hold_code"] is None or holds[row["hold_code"]].listed)
            )
        }
        for line in self.line_ids.filtered(lambda li: not li.step_id):
            row = expected.pop(line.move_line_id.id, None)
            if row:
                line._refresh(row)
            else:
                line.unlink()
        self.env["btp.relance.line"].create(
            [self._prepare_information(row) for row in expected.values()]
        )
        amount = sum(
            self.line_ids.filtered(lambda li: li.state != "dropped").mapped(
                "amount_company"
            )
        )
        if self.company_currency_id.compare_amounts(amount, self.amount_due):
            self.amount_due = amount

    def _prepare_information(self, row: dict) -> dict:
        """Return the values of a line listed for information."""
        return {
            "relance_id": self.id,
            "company_id": row["company_id"],
            "partner_id": row["partner_id"],
            "move_line_id": row["id"],
            "move_id": row["move_id"],
            "scenario_id": row["scenario_id"],
            "kind": "credit" if row["residual_company"] < 0 else "overdue",
            "date_due": row["date_due"],
            "currency_id": row["currency_id"],
            "amount_residual": row["residual"],
            "amount_company": row["residual_company"],
            "contested": row["contested"],
        }

    # === FAILURE AND RETRY === #

    def _fail(self, reason: str, passing: bool = False):
        """Note a failure; a passing one is tried again by itself, a few times.

        :param reason: one sentence in the user's language
        :param passing: the cause is expected to go away (the mail server is down)
        """
        overtaken = self.filtered(lambda relance: relance._is_overtaken())
        for relance in self - overtaken:
            again = passing and relance.retry_count < len(RETRY_HOURS)
            hours = RETRY_HOURS[relance.retry_count] if again else 0
            relance.write(
                {
                    "state": "failed",
                    "failure_reason": reason,
                    "retry_at": again
                    and fields.Datetime.now() + timedelta(hours=hours),
                    "sent_on": False,
                    "contacted_on": False,
                }
            )
        self.line_ids.filtered(lambda line: line.state == "done").write(
            {"state": "planned", "done_on": False}
        )
        self.env["btp.relance.event"]._append(
            [
                {"kind": "failed", "relance_id": relance.id, "detail": reason}
                for relance in self
            ]
        )
        overtaken.write({"sent_on": False, "contacted_on": False})
        for relance in overtaken:
            relance._cancel(reason)

    def _is_overtaken(self) -> bool:
        """Return whether the debtor's next reminder was made before this one failed."""
        self.ensure_one()
        return self.state not in OPEN_STATES and bool(
            self.search_count(
                [
                    ("company_id", "=", self.company_id.id),
                    ("partner_id", "=", self.partner_id.id),
                    ("kind", "=", self.kind),
                    ("state", "in", OPEN_STATES),
                ],
                limit=1,
            )
        )

    def _resend(self):
        """Put failed reminders back in the dispatch; it looks at each one again.

        What a person has to approve and nobody did waits for approval.
        """
        for relance in self:
            by_hand = relance.step_id.approval == "manual" and not relance.approved_on
            relance.write(
                {
                    "state": "proposed" if by_hand else "approved",
                    "retry_count": relance.retry_count + 1,
                    "retry_at": False,
                }
            )

    def _explain(self, error: Exception) -> str:
        """Return one sentence that tells a person what to correct."""
        message = self.step_id.template_id.name or self.step_id.name
        root = error
        while cause := root.__cause__ or (
            " while evaluating\n" in str(root) and root.__context__
        ):
            root = cause
        if root is error and isinstance(error, UserError):
            return str(error)
        # Odoo wraps what goes wrong in a template in a UserError that quotes all of it.
        if isinstance(error, (UserError, QWebError, NameError, AttributeError)):
            cause = (str(root).strip() or type(root).__name__).splitlines()[0]
            return self.env._(
                "The message “%(message)s” has a field that cannot be filled in "
                "(%(cause)s): correct it in the scenario.",
                message=message,
                cause=cause,
            )
        return self.env._(
            "“%(message)s” could not be sent (%(cause)s): try again, or call your "
            "administrator.",
            message=message,
            cause=type(error).__name__,
        )
