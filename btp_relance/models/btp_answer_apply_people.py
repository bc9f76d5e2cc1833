# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import email_normalize
from odoo.tools.misc import format_date


class BtpAnswerReading(models.Model):
    """What follows from readings about people: whom to write to, when, and who takes over."""

    _inherit = "btp.answer.reading"

    # === PEOPLE === #

    def _apply_wrong_contact(self):
        """Write to whom the answer names from now on."""
        email = email_normalize(self.email or "")
        if not email and not self.phone:
            raise UserError(
                self.env._("No other address was given: correct the reading with one.")
            )
        contact = self._find_contact(email, self.name, self.phone)
        relance = self.answer_id.relance_id
        if relance.contact_id != contact:
            # Whoever says that it is not them is not asked again.
            self.env["btp.contact.answer"]._add(
                "wrong", relance.contact_id, self.answer_id.company_id, "email", relance
            )
        self.partner_id.sudo().btp_relance_contact_id = contact
        self._done(
            self.env._(
                "Reminders now go to %s.", contact.email or contact.display_name
            ),
            contact,
        )

    def _find_contact(self, email, name, phone):
        """Return the contact of the customer with an address, made where there is none."""
        partner = self.partner_id.sudo()
        people = partner | partner.child_ids
        known = people.filtered(lambda item: email and item.email_normalized == email)
        if known:
            return known[0]
        return self.env["res.partner"].sudo().create(
            {
                "parent_id": partner.id,
                "type": "contact",
                "name": name or email or phone,
                "email": email,
                "phone": phone,
                "lang": partner.lang,
            }
        )  # fmt: skip

    def _apply_out_of_office(self):
        """Leave the customer in peace until the day named, and keep the stand-in."""
        if not self.date:
            raise UserError(
                self.env._("No day of return was given: correct the reading with one.")
            )
        answer = self.answer_id.sudo()
        answer._pause(self.date)
        email = email_normalize(self.email or "")
        outcome = self.env._(
            "No reminder until %s.",
            format_date(self.env, answer.pause_until or self.date),
        )
        if email and email != answer.contact_id.email_normalized:
            stand_in = self._find_contact(email, self.name, self.phone)
            outcome = self.env._(
                "%(outcome)s %(contact)s stands in: added to the contacts.",
                outcome=outcome,
                contact=stand_in.display_name,
            )
        self._done(outcome)

    def _apply_unsubscribe(self):
        """Note the channel that is refused; what the law has sent by letter still leaves."""
        answer = self.answer_id
        contact = answer.contact_id
        if contact.commercial_partner_id != self.partner_id:
            contact = self.partner_id
        channel = (self.details or {}).get("channel") or "email"
        refusals = self.env["btp.contact.optout"].sudo()
        known = refusals.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "=", contact.id),
                ("channel", "=", channel),
            ],
            limit=1,
        )
        known or refusals.create(
            {
                "company_id": self.company_id.id,
                "partner_id": contact.id,
                "channel": channel,
                "reason": self.quote,
            }
        )
        labels = dict(refusals._fields["channel"]._description_selection(self.env))
        self._done(
            self.env._(
                "%(contact)s no longer receives: %(channel)s. Letters still leave.",
                contact=contact.display_name,
                channel=labels[channel],
            ),
            contact,
        )

    # === CASES FOR A PERSON === #

    def _apply_distress(self):
        """Hand the case to a person; proceedings before a court are to be checked at once."""
        answer = self.answer_id
        insolvency = bool((self.details or {}).get("insolvency"))
        reason = (
            self.env._("Insolvency proceedings are named: “%s”", self.quote)
            if insolvency
            else self.env._("Cannot pay: “%s”", self.quote)
        )
        case = self.env["btp.escalation"]._escalate(
            "distress",
            answer,
            self.partner_id,
            self.company_id,
            reason,
            answer._get_lines(),
        )
        if insolvency:
            self.partner_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.env["btp.echeance"]._get_today(),
                summary=self.env._(
                    "Insolvency: check in the BODACC, declare the claim"
                ),
                note=self.env._(
                    "The customer writes: “%s”. If it is true, enter the date of the "
                    "judgment on the customer: reminders stop, and the claim is to be "
                    "declared within two months of its publication.",
                    self.quote,
                ),
                user_id=answer._get_agent().id,
            )
        self._done(self.env._("Handed to a person: financial distress."), case)

    def _apply_complaint(self):
        """Hand the case to a person, who approves each message from now on."""
        answer = self.answer_id
        case = self.env["btp.escalation"]._escalate(
            "complaint",
            answer,
            self.partner_id,
            self.company_id,
            self.env._("Complains about how we write: “%s”", self.quote),
            answer._get_lines(),
        )
        self.partner_id.sudo().btp_with_care = True
        self._done(
            self.env._("Handed to a person, who approves each message from now on."),
            case,
        )
