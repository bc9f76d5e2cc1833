# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, plaintext2html
from odoo.tools.misc import formatLang

from ..engine.chain import sha256
from ..engine.sms import MAX_PARTS, count_parts, to_gsm
from .btp_relance_channel import Delivery

#: Numbers of France that no text message reaches: fixed lines, special numbers, boxes.
FIXED_LINES = r"^\+33[1-589]"
#: Failures of the operator that go away by themselves.
PASSING = ("sms_server", "unknown", "sms_not_delivered", "sms_expired")
#: The number is none, or not that of a phone that takes text messages.
BAD_NUMBER = (
    "sms_number_format",
    "sms_number_missing",
    "sms_invalid_destination",
    "sms_not_allowed",
    "sms_rejected",
    "sms_blacklist",
    "sms_optout",
)
#: Characters of the token of a link: 64 bits, and short.
LINK_CHARS = 16


class BtpRelance(models.Model):
    """What a text message says, and what became of it."""

    _inherit = "btp.relance"

    sms_uuid = fields.Char(readonly=True, copy=False, index="btree_not_null")
    sms_number = fields.Char("SMS To", compute="_compute_sms_number", compute_sudo=True)
    sms_amount = fields.Char(
        "Amount in an SMS",
        compute="_compute_sms_amount",
        help="What is due, currency by currency.",
    )
    sms_link = fields.Char("Link in an SMS", compute="_compute_sms_link")

    @api.depends("contact_id.phone_sanitized", "partner_id.phone_sanitized", "channel")
    def _compute_sms_number(self):
        """The number of whom a text message reaches, as the SQL of the channel."""
        people = self.contact_id | self.partner_id
        numbers = {}
        if people.ids:
            self.env["res.partner"].flush_model()
            self.env["phone.blacklist"].flush_model()
            channel = self.env["btp.relance.channel"]._for("sms")
            numbers = dict(
                self.env.execute_query(
                    SQL(
                        "SELECT ct.id, ct.phone_sanitized FROM res_partner ct"
                        " WHERE ct.id = ANY(%s) AND %s",
                        people.ids,
                        channel._get_mobile_sql("ct"),
                    )
                )
            )
        for relance in self:
            relance.sms_number = (
                numbers.get(relance.contact_id.id)
                or numbers.get(relance.partner_id.id)
                or False
            )

    @api.depends_context("lang")
    @api.depends("line_ids.amount_residual", "line_ids.state", "tone")
    def _compute_sms_amount(self):
        for relance in self:
            relance.sms_amount = " + ".join(
                formatLang(self.env, amount, currency_obj=currency)
                for amount, currency in relance._get_asked_amounts()
            )

    def _compute_sms_link(self):
        for relance in self:
            token = relance._get_link_token()
            relance.sms_link = f"{relance.get_base_url()}/r/{relance.id}/{token}"

    # === WHAT THE OPERATOR SAYS === #

    def _note_sms(self, state: str, failure_type=False, failure_reason=False):
        """Take over what the operator says of the text messages of these reminders.

        :param state: as ``sms.sms``: ``pending`` (accepted), ``sent`` (delivered), ``error``,
            ``canceled``…
        :param failure_type: of ``sms.sms`` or ``mail.notification``
        :param failure_reason: the operator's own words
        """
        if state in ("pending", "sent"):
            self._note_sms_arrival(state)
        elif state in ("error", "canceled"):
            for relance in self.filtered(lambda relance: relance.state == "sent"):
                relance._note_sms_failure(state, failure_type, failure_reason)

    def _note_sms_failure(self, state: str, failure_type, failure_reason):
        self.ensure_one()
        reason = self._describe_sms_failure(state, failure_type, failure_reason)
        if failure_type in BAD_NUMBER:
            (self.contact_id | self.partner_id).filtered(
                lambda partner: partner.phone_sanitized == self.sms_number
            )._btp_flag_sms()
            self._fail_unreachable(reason)
        else:
            self._fail(reason, passing=failure_type in PASSING)

    def _note_sms_arrival(self, state: str):
        kind = "sms_delivered" if state == "sent" else "sms_accepted"
        # No answer had come, and the message had left all the same: not once more.
        self.filtered(
            lambda relance: relance.state == "failed" and relance.channel == "sms"
        )._done()
        events = self.env["btp.relance.event"]
        known = events.sudo()._read_group(
            [("relance_id", "in", self.ids), ("kind", "=", kind)],
            ["relance_id", "message_id"],
        )
        told = {(relance.id, key) for relance, key in known}
        events._append(
            [
                {
                    "kind": kind,
                    "relance_id": relance.id,
                    "message_id": relance.sms_uuid,
                }
                for relance in self
                if (relance.id, relance.sms_uuid) not in told
            ]
        )

    def _describe_sms_failure(self, state, failure_type, failure_reason) -> str:
        """Return one sentence on a text message that did not arrive."""
        if state == "canceled":
            return self.env._("The text message was cancelled before it left.")
        labels = dict(
            self.env["mail.notification"]
            ._fields["failure_type"]
            ._description_selection(self.env)
        )
        words = failure_reason or labels.get(failure_type) or failure_type or state
        if failure_type in BAD_NUMBER:
            return self.env._(
                "The text message did not reach %(number)s (%(cause)s): correct the number "
                "of %(contact)s.",
                number=self.sms_number or self.phone or "",
                cause=words,
                contact=self.contact_id.display_name,
            )
        if failure_type in PASSING:
            return self.env._("The SMS operator did not take the message: %s", words)
        return self.env._(
            "The SMS operator refused the message (%s): an administrator looks at the "
            "account in the settings.",
            words,
        )


class BtpRelanceChannelSms(models.AbstractModel):
    """A text message, through Odoo's own queue and the operator that the company chose."""

    _name = "btp.relance.channel.sms"
    _inherit = "btp.relance.channel"
    _description = "Reminder by SMS"

    @api.model
    def _get_reachable_sql(self) -> SQL:
        return SQL("(%s OR %s)", self._get_mobile_sql("ct"), self._get_mobile_sql("p"))

    @api.model
    def _get_mobile_sql(self, alias: str) -> SQL:
        """Return whether a partner has a number that takes text messages."""
        return SQL(
            "(%(sms)s.phone_sanitized > ''"
            " AND %(sms)s.phone IS DISTINCT FROM %(sms)s.btp_wrong_phone"
            " AND %(sms)s.phone IS DISTINCT FROM %(sms)s.btp_no_sms_phone"
            " AND %(sms)s.phone_sanitized !~ %(fixed)s"
            " AND %(sms)s.phone_sanitized NOT IN"
            " (SELECT number FROM phone_blacklist WHERE active))",
            sms=SQL.identifier(alias),
            fixed=FIXED_LINES,
        )

    @api.model
    def _render_all(self, relances, field: str) -> dict[int, str]:
        # EXTENDS btp_relance: a preview shows the text as HTML.
        if field != "body_html":
            return dict.fromkeys(relances.ids, "")
        texts = self._render_texts(relances)
        return {id_: plaintext2html(text) for id_, text in texts.items()}

    @api.model
    def _render_texts(self, relances) -> dict[int, str]:
        """Return the text of each message in its contact's language.

        :param relances: reminders that share a step
        :raise UserError: one has no words, or too many
        """
        template = relances.step_id.sms_template_id.sudo()
        if not template:
            raise UserError(
                self.env._(
                    "The step “%s” has no text message: choose one in its scenario.",
                    relances.step_id.name,
                )
            )
        texts = {}
        for lang, group in relances.grouped(
            lambda relance: relance.contact_id.lang or relance.partner_id.lang
        ).items():
            bodies = template.with_context(lang=lang)._render_field("body", group.ids)
            for id_, body in bodies.items():
                texts[id_] = to_gsm(body.strip())
        if any(count_parts(text) > MAX_PARTS for text in texts.values()):
            raise UserError(
                self.env._(
                    "The text message takes more than %(parts)s parts: shorten “%(message)s”.",
                    parts=MAX_PARTS,
                    message=template.name,
                )
            )
        return texts

    @api.model
    def _deliver(self, relances) -> dict:
        """Put the messages into Odoo's queue: its job sends them after the commit."""
        for relance in relances:
            if not relance.sms_number:
                raise UserError(
                    self.env._(
                        "%s has no mobile number: complete it.",
                        relance.contact_id.display_name,
                    )
                )
        texts = self._render_texts(relances)
        keys = {relance: self._get_key(relance) for relance in relances}
        self._queue(keys, texts)
        return {
            relance: Delivery(
                "sent",
                {
                    "recipient": relance.sms_number,
                    "body_sha256": sha256(texts[relance.id]),
                    "message_id": key,
                },
                {"sms_uuid": key, "body": plaintext2html(texts[relance.id])},
            )
            for relance, key in keys.items()
        }

    @api.model
    def _get_key(self, relance) -> str:
        """Return the identity of the message: the same for each try at the same number."""
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        name = f"{database}/btp.relance/{relance.id}/{relance.sms_number}"
        return uuid.uuid5(uuid.NAMESPACE_OID, name).hex

    @api.model
    def _queue(self, keys: dict, texts: dict[int, str]):
        """Make the messages of Odoo's queue, or take up those that did not leave.

        :param keys: identity of the message, by reminder
        :param texts: its words, by the id of the reminder
        """
        sms_sudo = self.env["sms.sms"].sudo()
        trackers = self.env["sms.tracker"].sudo()
        among = list(keys.values())
        earlier = sms_sudo.search([("uuid", "in", among)]).grouped("uuid")
        tracked = trackers.search([("sms_uuid", "in", among)]).mapped("sms_uuid")
        new = []
        for relance, key in keys.items():
            values = self._prepare_sms(relance, texts[relance.id])
            if key in earlier:
                earlier[key].write(values)
            else:
                new.append({**values, "uuid": key})
        sms_sudo.create(new)
        trackers.create(
            [
                {"sms_uuid": key, "btp_relance_id": relance.id}
                for relance, key in keys.items()
                if key not in tracked
            ]
        )
        if earlier:
            self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger()

    @api.model
    def _prepare_sms(self, relance, text: str) -> dict:
        """Return the values of a message that is about to leave."""
        values = {
            "number": relance.sms_number,
            "body": text,
            "partner_id": relance.contact_id.id,
            "state": "outgoing",
            "failure_type": False,
            "to_delete": False,
        }
        if "record_company_id" in self.env["sms.sms"]._fields:
            # Several operators: each company's own.
            values["record_company_id"] = relance.company_id.id
        return values
