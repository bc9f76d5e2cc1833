# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class BtpRelance(models.Model):
    """Where the way to a debtor is barred: another way, or a person who is told."""

    _inherit = "btp.relance"

    unreachable = fields.Boolean(
        readonly=True, help="No channel reached the customer: a person was told."
    )
    call_contact_id = fields.Many2one(
        "res.partner",
        "Contact to Call",
        compute="_compute_call_contact_id",
        help="Whom to call where the message could not reach its recipient.",
    )

    @api.depends("state", "contact_id", "partner_id")
    def _compute_call_contact_id(self):
        failed = self.filtered(lambda relance: relance.state == "failed")
        ways = self.env["btp.relance.hold"].sudo()._find_ways(failed)
        for relance in self:
            way = ways.get(relance._origin.id)
            relance.call_contact_id = way[3] if way else False

    # === ACTIONS === #

    def action_retry(self):
        # EXTENDS btp_relance: whoever tries again trusts the address again.
        self.check_access("write")
        failed = self.filtered(lambda relance: relance.state == "failed")
        for relance in failed.sudo():
            contacts = relance.contact_id | relance.partner_id
            if relance.channel == "email":
                contacts.btp_wrong_email = False
            elif relance.channel in ("sms", "call"):
                contacts.btp_wrong_phone = False
        return super().action_retry()

    def action_call_instead(self):
        """Hand failed reminders over to a person, who calls whoever can be reached."""
        self.check_access("write")
        for relance in self.filtered(lambda relance: relance.state == "failed").sudo():
            contact = relance.call_contact_id
            if not contact:
                raise UserError(
                    self.env._(
                        "%s has no number that can be called: type one on the customer.",
                        relance.partner_id.name,
                    )
                )
            relance._take_way("call", contact.id)
            relance.state = "approved"
        self.env["btp.relance.engine"]._trigger_dispatch()

    # === BUSINESS === #

    def _choose_ways(self):
        """Give each reminder whose way is barred since planning the best one of now.

        :return: the reminders that have a way; the others are told to a person
        """
        ways = self.env["btp.relance.hold"].sudo()._find_ways(self)
        barred = self.browse()
        for relance in self:
            stands, channel, contact_id, _call = ways[relance.id]
            partner = relance.partner_id.sudo()
            if relance.kind == "thanks" and (
                not stands or partner.btp_lawyer or partner.btp_vulnerable
            ):
                barred |= relance
            elif not stands and channel:
                relance._take_way(channel, contact_id)
            elif not stands:
                barred |= relance
        thanks = barred.filtered(lambda relance: relance.kind == "thanks")
        # Nobody has to see to a word of thanks that reaches nobody.
        for relance in thanks:
            relance._cancel(self.env._("No e-mail reaches the recipient"))
        reminders = barred - thanks
        reminders._fail(self._get_unreachable_reason())
        reminders.unreachable = True
        return self - barred

    @api.model
    def _get_unreachable_reason(self) -> str:
        """Return the sentence on a reminder that nothing brings to its debtor."""
        return self.env._(
            "No usable address for this step (missing, wrong or refused): complete the "
            "customer, then try again."
        )

    def _take_way(self, channel: str, contact_id: int):
        """Send this reminder by another channel or to somebody else, and say so.

        :param channel: name of the channel
        :param contact_id: id of the recipient
        """
        self.ensure_one()
        labels = dict(self._fields["channel"]._description_selection(self.env))
        contact = self.env["res.partner"].browse(contact_id)
        self.write(
            {
                "channel": channel,
                "contact_id": contact_id,
                "failure_reason": False,
                "retry_at": False,
            }
        )
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "rerouted",
                    "relance_id": self.id,
                    "recipient": contact.display_name,
                    "detail": self.env._(
                        "By another way: %(channel)s, %(contact)s",
                        channel=labels[channel],
                        contact=contact.display_name,
                    ),
                }
            ]
        )

    def _fail_unreachable(self, reason: str):
        """Note that the recipient cannot be reached this way: another way, or a person.

        Whoever calls has flagged the number or address before.

        :param reason: one sentence in the user's language
        """
        self._fail(reason)
        self._look_for_way()

    def _look_for_way(self):
        """Send failed reminders again where there is another way; else a person is told."""
        failed = self.filtered(lambda relance: relance.state == "failed")
        failed.unreachable = True
        ways = self.env["btp.relance.hold"].sudo()._find_ways(failed)
        for relance in failed:
            _stands, channel, contact_id, _call = ways[relance.id]
            if channel:
                if (channel, contact_id) != (relance.channel, relance.contact_id.id):
                    relance._take_way(channel, contact_id)
                relance._resend()
                self.env["btp.relance.engine"]._trigger_dispatch()

    def _resend(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        self.unreachable = False
        super()._resend()

    def _message_receive_bounce(self, email, partner):
        # EXTENDS btp_relance
        sent = self.sudo().filtered(lambda relance: relance.state == "sent")
        for relance in sent:
            relance._note_bounce(email)
        result = super()._message_receive_bounce(email, partner)
        for relance in sent.filtered(lambda relance: relance.state == "failed"):
            relance._in_company()._look_for_way()
        return result


class BtpRelanceEngine(models.AbstractModel):
    _inherit = "btp.relance.engine"

    @api.model
    def _tell_unreachable(self, today=None):
        """Put on somebody's desk the debtors of the current company that nothing reaches.

        Each becomes a failed reminder that says so in one sentence; where an address was
        completed since, it leaves. A word before the due date is not worth a person's time.

        :param date today: the day to plan for (default: today)
        :return: the new ``btp.relance`` records
        """
        today = today or self.env["btp.echeance"]._get_today()
        relances = self._insert(
            self._insert_unreachable(today),
            lambda ids: self._insert_unreachable_lines(ids, today),
        )
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "failed",
                    "relance_id": relance.id,
                    "detail": relance.failure_reason,
                }
                for relance in relances
            ]
        )
        return relances

    @api.model
    def _insert_unreachable(self, today) -> SQL:
        """Return the query that makes a failed reminder for whom nothing reaches."""
        reader = self.env.company.btp_relance_user_id.partner_id.lang or self.env.lang
        relances = self.env["btp.relance"].with_context(lang=reader)
        return self._insert_highest(
            today,
            condition=SQL("e.hold_code = 'no_contact'"),
            contact=SQL("p.btp_relance_contact_id"),
            channel=SQL("s.channel"),
            state=SQL("'failed'"),
            desk=SQL("'failed'"),
            reason=relances._get_unreachable_reason(),
        )

    @api.model
    def _insert_unreachable_lines(self, ids: list[int], today) -> SQL:
        """Return the query that lists on them what nothing could ask for."""
        return self._insert_due_lines(
            relation=self.env["btp.echeance"]._relation(
                today, planning=False, debtors=self._debtors(ids)
            ),
            step=SQL("e.next_step_id"),
            days=SQL("e.next_days"),
            condition=SQL("e.next_date <= %s AND e.hold_code = 'no_contact'", today),
        )

    @api.model
    def _refresh_open(self):
        # EXTENDS btp_relance: an address completed since lets the reminder leave.
        # pylint: disable=missing-return
        super()._refresh_open()
        self._retry(self._requeue_reachable)

    @api.model
    def _requeue_reachable(self):
        """Send again what nothing could bring to its debtor and something can now."""
        failed = self.env["btp.relance"].search(
            [("state", "=", "failed"), ("unreachable", "=", True)]
        )
        for group in failed.try_lock_for_update().grouped("company_id").values():
            group._in_company()._look_for_way()
