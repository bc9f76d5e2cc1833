# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine.chain import sha256


class Delivery(NamedTuple):
    """What a channel did with one reminder.

    :param str state: ``sent``, or ``assigned`` when a person finishes it
    :param dict proof: values of the journal's row (recipient, subject, message_id…)
    :param dict values: further values to write on the reminder
    """

    state: str
    proof: dict
    values: dict


class BtpRelanceChannel(models.AbstractModel):
    """A way to reach a debtor. One model a channel: ``btp.relance.channel.<name>``.

    An addon adds a channel by adding its name to ``btp.relance.step.channel`` and a model
    that inherits this one. Everything a channel writes belongs to the transaction of the
    dispatch; talking to the outside world comes after its commit.
    """

    _name = "btp.relance.channel"
    _description = "Reminder Channel"

    @api.model
    def _for(self, channel: str):
        """Return the model of a channel by its name."""
        return self.env[f"btp.relance.channel.{channel}"]

    @api.model
    def _get_reachable_sql(self) -> SQL:
        """Return whether contact ``ct`` of the debtor ``p`` can be reached, as SQL."""
        raise NotImplementedError

    @api.model
    def _deliver(self, relances) -> dict:
        """Hand over reminders that share a step.

        :param relances: ``btp.relance`` records, locked, looked at again just before
        :return: a :class:`Delivery` for each reminder
        :raise UserError: one sentence on what to correct; all or nothing was done
        """
        raise NotImplementedError

    @api.model
    def _render(self, relance, field: str) -> str:
        """Return a field of the reminder's message rendered in the contact's language."""
        return self._render_all(relance, field)[relance.id]

    @api.model
    def _render_all(self, relances, field: str) -> dict[int, str]:
        """Return a field of the messages of reminders that share a step, by their id."""
        template = relances.step_id.template_id.sudo()
        if not template:
            return dict.fromkeys(relances.ids, "")
        return template._render_field(field, relances.ids, compute_lang=True)


class BtpRelanceChannelEmail(models.AbstractModel):
    """E-mail, through Odoo's own queue."""

    _name = "btp.relance.channel.email"
    _inherit = "btp.relance.channel"
    _description = "Reminder by E-mail"

    @api.model
    def _get_reachable_sql(self) -> SQL:
        # Odoo's email_normalized is empty for an address that is none.
        return SQL(
            "(ct.email_normalized > ''"
            " AND ct.email_normalized IS DISTINCT FROM ct.btp_wrong_email"
            " AND ct.email_normalized NOT IN"
            " (SELECT email FROM mail_blacklist WHERE active))"
        )

    @api.model
    def _deliver(self, relances) -> dict:
        template = relances.step_id.template_id.sudo()
        if not template:
            raise UserError(
                self.env._(
                    "The step “%s” has no message: choose one in its scenario.",
                    relances.step_id.name,
                )
            )
        company = relances.company_id
        self._ensure_links(relances.line_ids.move_id)
        self._ensure_links(relances)
        mails = template.send_mail_batch(
            relances.ids,
            email_values={
                # The message stays after sending: it is the proof and routes the answer.
                "auto_delete": False,
                # Else it would bounce to the address of whoever runs the mail queue.
                "record_company_id": company.id,
                "record_alias_domain_id": company.alias_domain_id.id,
            },
        )
        deliveries = {}
        for relance, mail in zip(relances, mails, strict=True):
            if earlier := relance.mail_id:
                # The server may have taken it all the same: it will know the name.
                mail.message_id = earlier.message_id
                earlier.cancel()
            copied = relance.copied_ids.filtered("email_normalized")
            if copied:
                copies = ", ".join(copied.mapped("email_formatted"))
                mail.email_cc = (
                    f"{mail.email_cc}, {copies}" if mail.email_cc else copies
                )
            documents = relance._get_documents()
            if documents:
                mail.attachment_ids = [(4, document.id) for document in documents]
            deliveries[relance] = Delivery(
                "sent",
                {
                    "recipient": ", ".join(
                        (relance.contact_id | copied).mapped("email_formatted")
                    ),
                    "subject": mail.subject,
                    "body_sha256": sha256(mail.body_html),
                    "message_id": mail.message_id,
                    "documents": self.env["btp.relance.event"]._documents(documents),
                    "detail": relance._describe_left_out(documents),
                },
                {"mail_id": mail.id},
            )
        return deliveries

    @api.model
    def _ensure_links(self, records):
        """Give records the token of their portal link, in one query.

        Odoo writes it one at a time, for an invoice through all that a change of an entry
        means: that took longer than all the rest of a mail.
        """
        missing = records.sudo().filtered(lambda record: not record.access_token)
        if missing:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET access_token = gen_random_uuid()"
                    " WHERE id IN %s AND access_token IS NULL",
                    SQL.identifier(records._table),
                    tuple(missing.ids),
                )
            )
            missing.invalidate_recordset(["access_token"])


class BtpRelanceChannelByHand(models.AbstractModel):
    """What a person does: the reminder becomes an activity with all they need."""

    _name = "btp.relance.channel.by_hand"
    _inherit = "btp.relance.channel"
    _description = "Reminder by Hand"

    @api.model
    def _get_activity(self, relance) -> dict:
        """Return the values of the activity that asks a person to act."""
        raise NotImplementedError

    @api.model
    def _deliver(self, relances) -> dict:
        bodies = self._render_all(relances, "body_html")
        activities = {relance: self._get_activity(relance) for relance in relances}
        self._schedule(activities, bodies)
        return {
            relance: Delivery(
                "assigned",
                {
                    "detail": activity["summary"],
                    "body_sha256": sha256(bodies[relance.id]),
                },
                {"body": bodies[relance.id]},
            )
            for relance, activity in activities.items()
        }

    @api.model
    def _schedule(self, activities: dict, notes: dict):
        """Make the activities of reminders at once, each for who follows its debtor up.

        The person's page lists them: no e-mail for each.

        :param activities: values by reminder, as :meth:`_get_activity` gives them
        :param notes: what each says, by the id of its reminder
        """
        rows = []
        for relance, values in activities.items():
            kind = self.env.ref(values["act_type_xmlid"])
            rows.append(
                {
                    "activity_type_id": kind.id,
                    "automated": True,
                    "res_model_id": self.env["ir.model"]._get_id(relance._name),
                    "res_id": relance.id,
                    "user_id": relance._get_agent().id,
                    "note": notes[relance.id],
                    "summary": values["summary"],
                    "date_deadline": values["date_deadline"],
                }
            )
        quiet = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        quiet.create(rows)


class BtpRelanceChannelCall(models.AbstractModel):
    """A call: number, script and outcomes in one activity."""

    _name = "btp.relance.channel.call"
    _inherit = "btp.relance.channel.by_hand"
    _description = "Reminder by Call"

    @api.model
    def _get_reachable_sql(self) -> SQL:
        return SQL(
            "(ct.phone > '' AND ct.phone IS DISTINCT FROM ct.btp_wrong_phone"
            " OR p.phone > '' AND p.phone IS DISTINCT FROM p.btp_wrong_phone)"
        )

    @api.model
    def _get_activity(self, relance) -> dict:
        return {
            "act_type_xmlid": "mail.mail_activity_data_call",
            "date_deadline": self.env["btp.echeance"]._get_today(),
            "summary": self.env._(
                "Call %(contact)s: %(phone)s",
                contact=relance.contact_id.display_name,
                phone=relance.phone or "",
            ),
        }


class BtpRelanceChannelRegistered(models.AbstractModel):
    """A registered letter that a person prints, signs and posts."""

    _name = "btp.relance.channel.registered"
    _inherit = "btp.relance.channel.by_hand"
    _description = "Reminder by Registered Letter"

    @api.model
    def _get_reachable_sql(self) -> SQL:
        # A contact without an address of its own is written to at the debtor's.
        return SQL(
            "(ct.street > '' AND ct.zip > '' AND ct.city > ''"
            " OR p.street > '' AND p.zip > '' AND p.city > '')"
        )

    @api.model
    def _get_activity(self, relance) -> dict:
        return {
            "act_type_xmlid": "mail.mail_activity_data_todo",
            "date_deadline": self.env["btp.echeance"]._get_today(),
            "summary": self.env._(
                "Print, sign and post the registered letter to %s",
                relance.contact_id.display_name,
            ),
        }
