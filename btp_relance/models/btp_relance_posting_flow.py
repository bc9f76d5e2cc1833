# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import datetime, time, timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..const import RETRY_HOURS
from ..engine.chain import sha256
from ..engine.registered import FINAL, OUTCOMES, Report, advance, next_poll
from .btp_registered_provider import ProviderError

_logger = logging.getLogger(__name__)

SLIP_REPORT = "btp_relance.btp_deposit_slip_action"
#: State of a letter -> kind of the journal's row, where they differ.
KINDS = {"deposited": "posted"}
#: Proofs after which a provider has nothing more to tell.
LAST_PROOFS = {
    "proof_receipt",
    "proof_undelivered",
    "proof_refusal",
    "proof_negligence",
    "proof_bounce",
}


class BtpRelancePosting(models.Model):
    """The way of a letter: handed over once, followed until its proof is there."""

    _inherit = "btp.relance.posting"

    @api.model
    def _cron_follow(self):
        """Hand over what waits, and ask what became of what left."""
        now, cron = fields.Datetime.now(), self.env["ir.cron"]
        waiting = self.search(
            [("state", "=", "to_post"), ("retry_at", "<=", now)], order="id"
        )
        away = self.search([("poll_at", "<=", now)], order="poll_at, id")
        cron._commit_progress(remaining=len(waiting) + len(away))
        for posting in waiting:
            posting._safely("_hand_over")
            if not cron._commit_progress(1):
                return
        for posting in away:
            posting._safely("_follow")
            if not cron._commit_progress(1):
                return
        self.env["btp.relance.event"]._cron_seal()

    def _safely(self, step: str):
        """Do one step with one letter; whatever it meets stays with that letter."""
        self.ensure_one()
        ids = self.ids
        self.env.invalidate_all()
        posting = self.browse(ids).try_lock_for_update()
        if not posting:
            return
        relance = posting.relance_id._in_company()
        posting = posting.with_env(relance.env)
        try:
            getattr(posting, step)()
            self.env.flush_all()
        except psycopg2.errors.SerializationFailure:
            # Another worker has just changed it: at the next turn.
            self.env.cr.rollback()
        except Exception as error:
            # A bug or a provider's surprise: never lost, never a stop for the others.
            # Not its text, which may name the debtor.
            _logger.error("Registered letter %s: %s", ids, type(error).__name__)
            self.env.cr.rollback()
            posting = self.browse(ids).with_env(relance.env)
            posting._note_failure(
                ProviderError(posting.relance_id._explain(error), passing=True)
            )
            self.env.flush_all()

    def _get_provider(self):
        """Return the model of the provider."""
        self.ensure_one()
        return self.env["btp.registered.provider"]._for(self.provider)

    def _ask_soon(self):
        """Have the provider asked at the next turn of the scheduler."""
        if self:
            self.write({"poll_at": fields.Datetime.now(), "poll_count": 0})
            self._trigger()

    @api.model
    def _trigger(self):
        """Wake the scheduler once this transaction is over."""
        self.env.ref("btp_relance.ir_cron_posting").sudo()._trigger()

    @api.model
    def _tell(self, company, names: list[str]):
        """Have the provider asked soon about the letters that a notification names.

        :param names: what the provider calls them: its references, or our keys
        """
        known = Domain.OR(
            Domain(field, "in", names)
            for field in ("external_id", "external_recipient", "key")
        )
        self.search(
            Domain("company_id", "=", company.id)
            & Domain("handed_on", "!=", False)
            & Domain("provider", "!=", "print")
            & known
        )._ask_soon()

    # === HAND OVER === #

    def _hand_over(self):
        """Hand a letter to its provider, unless it need not leave any more."""
        self.ensure_one()
        if self.state != "to_post" or not self.retry_at:
            return
        provider = self._get_provider()
        try:
            if self.submitted_on:
                provider._find_lost(self)
            if not self.submitted_on and not self._still_stands():
                return
            provider._hand_over(self)
        except ProviderError as error:
            self._note_failure(error)
            return
        except UserError as error:
            self._note_failure(ProviderError(str(error)))
            return
        self._note_handed_over()

    def _still_stands(self) -> bool:
        """Look again just before it leaves; a letter that says too much is made anew."""
        relance = self.relance_id
        if relance.state != "assigned":
            self._withdraw()
            return False
        if not relance._recheck():
            return False
        withdrawn = self._get_provider()._get_paper_reason(relance)
        if withdrawn or self.claimed != relance._get_letter_digest():
            # The draft at the provider's, if any, goes with the next letter.
            self.write({"state": "cancelled", "retry_at": False})
            relance.write({"state": "approved"})
            self.env["btp.relance.engine"]._trigger_dispatch()
            return False
        return True

    def _withdraw(self):
        """Cancel letters that nobody has yet; what may have left is followed to its end."""
        self.filtered(
            lambda posting: posting.state == "to_post" and not posting.submitted_on
        ).write({"state": "cancelled", "retry_at": False})

    def _note_handed_over(self):
        """Note that the provider has the letter: the step of the scenario is taken."""
        now = fields.Datetime.now()
        self.write(
            {
                "handed_on": now,
                "error": False,
                "retry_at": False,
                "poll_at": next_poll(0, now, now),
                "poll_count": 0,
            }
        )
        self._reach(Report("handed_over", now))
        if self.relance_id.state != "cancelled":
            self.relance_id._done()

    def _note_failure(self, error: ProviderError):
        """Tell a failure on the reminder; a passing one is tried again by rule."""
        now = fields.Datetime.now()
        if self.handed_on:
            # Nothing is lost: only the answer is late.
            self.write({"error": error.reason, **self._plan_poll(now)})
            return
        again = error.passing and self.retry_count < len(RETRY_HOURS)
        hours = RETRY_HOURS[self.retry_count] if again else 0
        retry_at = again and now + timedelta(hours=hours)
        self.write(
            {
                "error": error.reason,
                "retry_at": retry_at,
                "retry_count": self.retry_count + 1,
            }
        )
        relance = self.relance_id
        if again:
            relance.write({"failure_reason": error.reason, "retry_at": retry_at})
            return
        if not self.submitted_on:
            self.state = "failed"
        if relance.state == "assigned":
            relance._fail(error.reason)

    # === FOLLOW === #

    def _follow(self):
        """Ask what became of a letter, and keep the proofs."""
        self.ensure_one()
        now, provider = fields.Datetime.now(), self._get_provider()
        if not self.handed_on or not self.poll_at:
            return
        try:
            tracking = provider._fetch_state(self)
            fetched = {
                kind: provider._fetch_proof(self, kind)
                for kind in tracking.proofs
                if f"proof_{kind}" not in self._get_journal_kinds()
            }
        except ProviderError as error:
            self.write({"error": error.reason, **self._plan_poll(now)})
            return
        if tracking.number and tracking.number != self.tracking_number:
            self.tracking_number = tracking.number
            self.relance_id.tracking_number = tracking.number
        steps = advance(self.state, tracking.reports)
        for step in steps:
            self._reach(step)
        for kind, content in fetched.items():
            self._keep_proof(kind, content)
        moved = bool(steps or fetched)
        self.write(
            {"error": False, "poll_count": 0 if moved else self.poll_count}
            | self._plan_poll(now, moved)
        )

    def _plan_poll(self, now, moved: bool = False) -> dict:
        """Return when the provider is asked next, as values to write."""
        count = 0 if moved else self.poll_count + 1
        done = self.state == "failed" or (
            self.state in FINAL and self._get_journal_kinds() & LAST_PROOFS
        )
        return {
            "poll_count": count,
            "poll_at": not done and next_poll(count, self.handed_on, now),
        }

    def _get_journal_kinds(self) -> set:
        """Return the kinds of the journal's rows on this letter."""
        events = self.env["btp.relance.event"].sudo()
        return set(events.search([("posting_id", "=", self.id)]).mapped("kind"))

    def _keep_proof(self, kind: str, content: bytes):
        """Attach a proof of the provider, and its hash to the journal."""
        names = {
            "deposit": self.env._("Proof of deposit"),
            "content": self.env._("Proof of content"),
            "receipt": self.env._("Acknowledgement of receipt"),
            "undelivered": self.env._("Returned envelope"),
            "refusal": self.env._("Proof of refusal"),
            "negligence": self.env._("Proof that it was not claimed"),
            "bounce": self.env._("Proof that the address takes no mail"),
        }
        number = self.tracking_number or self.relance_id.reference
        proof = self.env["ir.attachment"].create(
            {
                "name": f"{names.get(kind, kind)} {number}.pdf",
                "raw": content,
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.proof_ids = [(4, proof.id)]
        self._log(f"proof_{kind}", documents=proof)

    # === STATES === #

    def _reach(self, step: Report, documents=()):
        """Take a letter to its next state, and write it in the journal with its proof.

        :param Report step: state, the provider's date (naive UTC) and words
        :param documents: ``ir.attachment`` that prove it
        """
        self.ensure_one()
        self.write({"state": step.state, "state_on": step.on})
        self._log(
            KINDS.get(step.state, step.state),
            documents=documents,
            happened_on=step.on,
            detail=step.label,
        )
        relance = self.relance_id
        if step.state == "received":
            day = self._get_day(step.on)
            if relance.contacted_on and day >= relance.contacted_on:
                relance.received_on = day
        elif step.state == "failed":
            reason = self.env._("The letter was rejected: %s", step.label)
            self.error = reason
            if relance.state in ("sent", "assigned"):
                relance._fail(reason)
        elif step.state == "returned":
            relance.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=relance._get_agent().id,
                summary=self.env._(
                    "The registered letter came back: check the address of %s",
                    relance.partner_id.name,
                ),
            )

    def _log(self, kind: str, documents=(), **values):
        """Add a row on this letter to the journal: the database takes each kind once."""
        if kind == "failed":
            # The reminder's own row says it.
            return
        words = [values.pop("detail", "")]
        if self.is_test:
            words.insert(0, self.env._("TEST: nothing left"))
        attachments = self.env["ir.attachment"].browse(
            [document.id for document in documents]
        )
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": kind,
                    "relance_id": self.relance_id.id,
                    "posting_id": self.id,
                    "recipient": self.address,
                    "message_id": self.tracking_number or self.external_id,
                    "documents": self.env["btp.relance.event"]._documents(attachments),
                    "detail": " – ".join(filter(None, words)) or False,
                    **values,
                }
            ]
        )

    def _get_day(self, moment):
        """Return the day of a moment (naive UTC) where the company is."""
        zone = self.company_id.partner_id.tz or "Europe/Paris"
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone), moment
        ).date()

    # === BY HAND === #

    def _render_slip(self) -> bytes:
        """Return the deposit slip of these letters as PDF."""
        company = self.company_id[:1]
        reports = self.env["ir.actions.report"].with_company(company)
        values = {"docs": self, "company": company}
        return reports._make_paged(
            self.env.ref(SLIP_REPORT),
            lambda: reports._render_template(
                "btp_relance.deposit_slip", values
            ).decode(),
        )

    def _record_deposit(self, number: str, day):
        """Note the day and the number of the postal receipt."""
        self.ensure_one()
        self.tracking_number = number
        now = fields.Datetime.now()
        self.write({"handed_on": now, "retry_at": False, "error": False})
        moment = now if day == self._get_day(now) else datetime.combine(day, time(11))
        self._reach(Report("deposited", moment))

    def _record_outcome(self, state: str, day, documents):
        """Note what the acknowledgement says, with its scan.

        :param state: one of ``OUTCOMES``
        :param date day: the day on it
        :param documents: ``ir.attachment`` records
        """
        self.ensure_one()
        assert state in OUTCOMES
        documents.write({"res_model": self._name, "res_id": self.id})
        self.proof_ids = [(4, document.id) for document in documents]
        self._reach(Report(state, datetime.combine(day, time(11))), documents)
        self.poll_at = False

    def _check_letter(self) -> bool:
        """Return whether the archived letter is still what was signed."""
        self.ensure_one()
        return sha256(self.letter_id.raw) == self.letter_sha256
