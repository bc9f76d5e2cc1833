# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.tools import email_normalize, plaintext2html
from odoo.tools.misc import format_date

from ..const import CONTACT_CHANNELS
from .btp_relance_call import PAYMENT_DAYS

#: Days in which so many words of payment pause the reminders; after that a person looks.
PAID_DAYS, PAID_PAUSES = 60, 2
#: Characters of what a customer writes, and of a name or address.
MAX_NOTE, MAX_FIELD = 2000, 200


class Altered(UserError):
    """A form asks for what its page never offered: somebody changed it, or time did."""


class Told(NamedTuple):
    """What came of an act.

    :param str message: what the customer is told that happens next
    :param record: what was made, for those who work with it
    :param list facts: ``(label, value)`` pairs for the clerk
    :param files: ``ir.attachment`` records that came with it
    :param bool to_read: a person has something to do
    """

    message: str
    record: models.BaseModel
    facts: list
    files: models.BaseModel
    to_read: bool = True


class BtpRelance(models.Model):
    """What a customer does on their page, and what follows from it."""

    _inherit = "btp.relance"

    # === WHAT WAS CHOSEN === #

    def _get_chosen_rows(self, keys: list[str], states=("due", "coming")) -> list:
        """Return the rows of the account that a form names.

        :param keys: of rows, as the form sent them
        :param states: of the rows that the form offered
        :raise Altered: one of them is none of this page
        :raise UserError: none was chosen
        """
        rows = {
            row.key: row
            for account in self._get_accounts()
            for row in account.get_rows(*states)
        }
        if not keys:
            raise UserError(self.env._("Tick at least one invoice."))
        if not set(keys) <= rows.keys():
            raise Altered(
                self.env._(
                    "Your account changed in the meantime: check what is ticked, and send "
                    "the form again."
                )
            )
        return [rows[key] for key in dict.fromkeys(keys)]

    def _get_chosen_lines(self, keys: list[str], states=("due", "coming")):
        """Return the journal items of the rows that a form names."""
        lines = self.env["account.move.line"].sudo()
        return lines.union(*(row.line for row in self._get_chosen_rows(keys, states)))

    def _get_person(self, user):
        """Return who acts: the person logged in if of the debtor, else the recipient."""
        payer = self._get_payer(user)
        return self.contact_id if payer == self.partner_id else payer

    # === NOTED === #

    def _note_act(self, act, told: Told, person):
        """Write an act in the journal and among the messages, and on the desk if need be.

        :param act: the ``btp.portal.act``
        :param told: what came of it
        :param person: the ``res.partner`` who acts
        """
        agent = self._get_agent()
        relance = self.sudo().with_context(lang=agent.lang)
        label = dict(act._fields["kind"]._description_selection(relance.env))[act.kind]
        # One of us who tries the page is not the customer, and the journal says so.
        user = self.env.user
        ours = user._is_internal()
        author = user.partner_id if ours else person
        act.write(
            {
                "told": told.message,
                "res_model": told.record._name if told.record else False,
                "res_id": told.record[:1].id,
            }
        )
        facts = Markup("").join(
            Markup("<li>%s: %s</li>") % (name, value)
            for name, value in told.facts
            if value
        )
        # As one of us: Odoo keeps the files of strangers out of messages.
        relance.with_user(SUPERUSER_ID).message_post(
            body=Markup("<p><b>%s</b></p><ul>%s</ul>") % (label, facts),
            author_id=author.id,
            message_type="comment",
            subtype_xmlid="mail.mt_note",
            attachment_ids=told.files.ids,
        )
        if told.to_read:
            relance.answer_unread = True
        if act.kind != "contact" and not ours:
            # Whoever says who the right contact is may not be it.
            self.sudo()._add_answer("portal", person)
        self.env["btp.relance.event"].sudo()._append(
            [
                {
                    "kind": "portal",
                    "relance_id": self.id,
                    "channel": False,
                    "author": author.display_name,
                    "documents": self.env["btp.relance.event"]._documents(told.files),
                    "detail": " – ".join(
                        [label, *(str(value) for _name, value in told.facts if value)]
                    ),
                }
            ]
        )

    def _keep_files(self, files, record=None):
        """Return attachments made of files that were checked.

        :param files: ``(name, content, mimetype)`` of each
        :param record: what they belong to (default: this reminder)
        """
        record = record or self
        return (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": name,
                        "raw": content,
                        "mimetype": mimetype,
                        "res_model": record._name,
                        "res_id": record.id,
                    }
                    for name, content, mimetype in files
                ]
            )
        )

    def _ask_agent(self, record, summary: str, note: str | None = None):
        """Give the person in charge a task on a record.

        :param summary: in their language
        :param note: words of the customer, shown as they are
        """
        record.sudo().with_context(mail_activity_quick_update=True).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.env["btp.echeance"]._get_today(),
            summary=summary,
            note=plaintext2html(note) if note else False,
            user_id=self._get_agent().id,
        )

    # === ALREADY PAID === #

    def _portal_paid(self, keys, day, means: str, note: str, files) -> Told:
        """Take the word of a customer that something is paid, and have it looked for.

        The reminders pause for the days that a payment takes. Not for ever: said again and
        again, a person looks at it while they go on.

        :param keys: of the rows said to be paid
        :param day: when it was paid
        :param means: ``transfer``, ``cheque``, ``card`` or ``other``
        :param files: ``(name, content, mimetype)`` of each proof
        """
        today = self.env["btp.echeance"]._get_today()
        if not day or day > today:
            raise UserError(self.env._("Give the day of the payment: today or before."))
        states = ("due", "coming", "contested", "paying")
        rows = self._get_chosen_rows(keys, states)
        moves = self.env["account.move"].sudo().union(*(r.line.move_id for r in rows))
        agent = self.with_context(lang=self._get_agent().lang)
        proofs = self._keep_files(files)
        since = fields.Datetime.now() - timedelta(days=PAID_DAYS)
        acts = self.env["btp.portal.act"]
        # The act of this form is one of them.
        paused = acts._count_recent(self, "paid", since) <= PAID_PAUSES
        until = self.company_id.sudo()._get_btp_pause(today, PAYMENT_DAYS)
        names = ", ".join(move.name for move in moves)
        if paused:
            moves._pause_btp_reminders(
                until, agent.env._("The customer says it is paid")
            )
        facts = [
            (agent.env._("Invoices"), names),
            (agent.env._("Paid on"), format_date(agent.env, day)),
            (agent.env._("By"), agent._get_paid_means().get(means)),
            (agent.env._("Note"), note),
        ]
        self._ask_agent(
            moves[:1],
            agent.env._(
                "Find the payment of %s: the customer says it is paid",
                self.partner_id.name,
            ),
            "\n".join(f"{name}: {value}" for name, value in facts if value),
        )
        message = (
            self.env._(
                "Thank you. We look for your payment; until %s no reminder of these "
                "invoices leaves. If we do not find it, we call you.",
                format_date(self.env, until),
            )
            if paused
            else self.env._(
                "Thank you. A person looks for your payment, and calls you if we do not "
                "find it."
            )
        )
        return Told(message, moves, facts, proofs)

    def _get_paid_means(self) -> dict:
        """Return the means of payment that a customer can name, in words."""
        return {
            "transfer": self.env._("Bank transfer"),
            "cheque": self.env._("Cheque"),
            "card": self.env._("Card"),
            "other": self.env._("Other"),
        }

    # === CONTACT === #

    def _portal_contact(self, change, name, email, phone, person) -> Told:
        """Propose to the clerk whom to contact from now on.

        :param change: ``same`` person, or an ``other`` one
        :raise UserError: nothing was said, or an address is none
        """
        if not name or not (email or phone):
            raise UserError(self.env._("Give a name, and an e-mail or a phone number."))
        if email and not email_normalize(email):
            raise UserError(self.env._("This e-mail address is not complete."))
        if phone:
            phone = self.partner_id._phone_format(number=phone) or phone
            if sum(map(str.isdigit, phone)) < 6:
                raise UserError(self.env._("This phone number is not complete."))
        proposal = (
            self.env["btp.contact.proposal"]
            .sudo()
            .create(
                {
                    "relance_id": self.id,
                    "company_id": self.company_id.id,
                    "partner_id": self.partner_id.id,
                    "contact_id": person.id,
                    "change": "other" if change == "other" else "same",
                    "name": name[:MAX_FIELD],
                    "email": email_normalize(email or "") or False,
                    "phone": phone or False,
                }
            )
        )
        agent = self.with_context(lang=self._get_agent().lang)
        self._ask_agent(
            self, agent.env._("Check the contact that %s gave", self.partner_id.name)
        )
        return Told(
            self.env._(
                "Thank you. We check these details, then our messages go to %s.", name
            ),
            proposal,
            [(agent.env._("Contact"), proposal._describe())],
            self.env["ir.attachment"],
        )

    # === CHANNEL AND LANGUAGE === #

    def _portal_choice(self, channel, refused: list[str], lang, person) -> Told:
        """Write down how and in which language a person wants our messages.

        :param channel: preferred, or nothing
        :param refused: channels that they do not want
        :param person: the ``res.partner``
        """
        field = person._fields["btp_preferred_channel"]
        labels = dict(field._description_selection(self.env))
        codes = dict(CONTACT_CHANNELS)
        langs = dict(self.env["res.lang"].get_installed())
        if (channel and channel not in codes) or not set(refused) <= codes.keys():
            raise Altered(self.env._("Choose one of the channels shown."))
        if lang and lang not in langs:
            raise Altered(self.env._("Choose one of the languages shown."))
        if channel in refused:
            raise UserError(
                self.env._("You cannot both prefer and refuse the same channel.")
            )
        person = person.sudo()
        person.write(
            {
                "btp_preferred_channel": channel or False,
                **({"lang": lang} if lang else {}),
            }
        )
        self._refuse_channels(person, refused)
        agent = self.with_context(lang=self._get_agent().lang)
        return Told(
            self.env._("Thank you. Your choices hold from our next message on."),
            person,
            [
                (agent.env._("Preferred"), labels.get(channel)),
                (agent.env._("Refused"), ", ".join(labels[code] for code in refused)),
                (agent.env._("Language"), langs.get(lang)),
            ],
            self.env["ir.attachment"],
            to_read=False,
        )

    def _refuse_channels(self, person, refused: list[str]):
        """Keep the refusals of a person as they are on the form."""
        refusals = self.env["btp.contact.optout"].sudo()
        known = refusals.search(
            [("company_id", "=", self.company_id.id), ("partner_id", "=", person.id)]
        )
        known.filtered(lambda one: one.channel not in refused).write({"active": False})
        agent = self.with_context(lang=self._get_agent().lang)
        refusals.create(
            [
                {
                    "partner_id": person.id,
                    "company_id": self.company_id.id,
                    "channel": code,
                    "reason": agent.env._("Said on the customer's page"),
                }
                for code in refused
                if code not in known.mapped("channel")
            ]
        )
