# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.btp_relance.models.btp_relance_channel import Delivery


class BtpRelance(models.Model):
    """A letter that Odoo's Snailmail prints and posts."""

    _inherit = "btp.relance"

    snail_letter_id = fields.Many2one(
        "snailmail.letter", "Letter at Snailmail", readonly=True, copy=False
    )
    snail_state = fields.Selection(
        related="snail_letter_id.state",
        string="State at Snailmail",
        help="What Snailmail says of the letter.",
    )
    letter_carrier = fields.Selection(
        related="company_id.btp_letter_carrier", string="Letters Posted By"
    )
    by_own_post = fields.Boolean(
        readonly=True,
        copy=False,
        help="A person posts this one, though Snailmail carries the others.",
    )

    # === COMPUTE METHODS === #

    @api.depends("snail_letter_id.state")
    def _compute_desk(self):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        super()._compute_desk()
        for relance in self:
            if relance.desk == "post" and relance._is_at_snailmail():
                relance.desk = False

    def _is_at_snailmail(self) -> bool:
        """Return whether Snailmail has the letter, or is about to."""
        self.ensure_one()
        return self.sudo().snail_letter_id.state == "pending"

    # === ACTIONS === #

    def action_post_ourselves(self):
        """Have a person print and post these letters."""
        self.check_access("write")
        letters = self.filtered(
            lambda relance: relance.channel == "letter"
            and relance.state in ("proposed", "approved", "assigned", "failed")
            and not relance.by_own_post
            and not (
                relance._is_at_snailmail()
                and relance.sudo().snail_letter_id.btp_submitted_on
            )
        )
        if not letters:
            raise UserError(
                self.env._(
                    "Only a letter that Snailmail does not have yet can be printed here."
                )
            )
        letters = letters.sudo()
        letters.by_own_post = True
        letters.filtered(lambda relance: relance.state == "assigned")._leave_snailmail()
        letters.filtered(lambda relance: relance.state == "failed")._resend()
        self.env["btp.relance.engine"]._trigger_dispatch()

    def action_mark_posted(self):
        # EXTENDS btp_relance
        self.check_access("write")
        carried = self.filtered(
            lambda relance: relance.state == "assigned" and relance._is_at_snailmail()
        )
        if carried:
            raise UserError(
                self.env._(
                    "Snailmail posts these letters: leave %s out.",
                    ", ".join(carried[:5].mapped("reference")),
                )
            )
        return super().action_mark_posted()

    # === BUSINESS === #

    def _leave_snailmail(self):
        """Take letters back from Snailmail's queue: they wait to be posted by hand."""
        letters = self.snail_letter_id.filtered(
            lambda letter: letter.state == "pending"
        )
        letters._btp_take_back()

    def _cancel(self, reason: str, line_state: str = "dropped"):
        # EXTENDS btp_relance
        # pylint: disable=missing-return
        super()._cancel(reason, line_state)
        self.sudo()._leave_snailmail()

    def _resend(self):
        # EXTENDS btp_relance: another letter is made; the last one stays what it was.
        self.sudo().snail_letter_id = False
        return super()._resend()

    def _check_snailmail(self):
        """Refuse what Snailmail cannot post, before anything is made.

        :raise UserError: one sentence that says what to do
        """
        for relance in self:
            contact = relance._get_postal_contact()
            if not self.env["snailmail.letter"]._is_valid_address(contact):
                raise UserError(
                    self.env._(
                        "Complete the address of %s (street, postal code, town, country): "
                        "Snailmail wants all four. Or choose “Post It Ourselves”.",
                        contact.display_name,
                    )
                )

    def _make_snail_letter(self):
        """Put an archived letter in Snailmail's queue: it leaves once all is committed."""
        self.ensure_one()
        letter = self.env["snailmail.letter"].create(
            {
                "model": self._name,
                "res_id": self.id,
                "partner_id": self._get_postal_contact().id,
                "company_id": self.company_id.id,
                "user_id": self._get_agent().id,
                "color": self.company_id.snailmail_color,
                "duplex": self.company_id.snailmail_duplex,
                # Its window is not where French envelopes have theirs.
                "cover": True,
                "attachment_id": self.letter_id.id,
                "btp_relance_id": self.id,
                "btp_letter_id": self.letter_id.id,
            }
        )
        self.snail_letter_id = letter
        return letter


class BtpRelanceChannelLetter(models.AbstractModel):
    """Ordinary letters: archived as ever, then in Snailmail's queue where it carries them."""

    _inherit = "btp.relance.channel.letter"

    @api.model
    def _deliver(self, relances) -> dict:
        carried = relances.filtered(
            lambda relance: relance.company_id.btp_letter_carrier == "snailmail"
            and not relance.by_own_post
        )
        carried._check_snailmail()
        deliveries = super()._deliver(relances)
        for relance in carried.sudo():
            state, proof, values = deliveries[relance]
            # Before the queue: the letter it posts is the one archived.
            relance.write(values)
            relance._make_snail_letter()
            detail = self.env._("To be posted by Snailmail")
            deliveries[relance] = Delivery(state, {**proof, "detail": detail}, {})
        if carried:
            self.env["snailmail.letter"]._btp_trigger()
        return deliveries
