# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, hmac

from ..engine.chain import sha256
from ..engine.links import EXPIRED, GOOD, REVOKED, UNKNOWN, same
from .btp_confirmation import KINDS
from .btp_relance_sms import LINK_CHARS

#: Asked for by the customer: it leaves whatever the settings.
KINDS["link"] = ("btp_relance.template_link_again", "active")


class BtpRelance(models.Model):
    """The link of a message: until when it leads to the page, and how it is withdrawn.

    A link that ended is remembered by its hash, so that whoever clicks on it is told what
    to do, and whoever guesses is told nothing.
    """

    _inherit = "btp.relance"

    link_version = fields.Integer(readonly=True, copy=False)
    link_issued_on = fields.Datetime("Link Made On", readonly=True, copy=False)
    link_revoked_on = fields.Datetime("Link Withdrawn On", readonly=True, copy=False)
    link_past = fields.Text(
        readonly=True,
        copy=False,
        groups="base.group_system",
        help="Hash of each link that ended, and how, as JSON.",
    )

    # === ACTIONS === #

    def action_revoke_link(self):
        """Withdraw the links of these reminders: they open nothing any more."""
        self.check_access("write")
        self._revoke_links()
        return self._notify_links(self.env._("The links sent until now open nothing."))

    def action_renew_link(self):
        """Send a new link to the recipient; those sent before open nothing any more."""
        self.check_access("write")
        for relance in self:
            if relance.state != "sent":
                raise UserError(
                    self.env._(
                        "Only a reminder that was sent has a link to send again."
                    )
                )
            relance._end_link(REVOKED)
            relance._send_link()
        return self._notify_links(self.env._("A new link leaves for the recipient."))

    def _notify_links(self, message: str) -> dict:
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    # === WHAT A LINK IS WORTH === #

    @api.model
    def _get_thread_with_access(
        self, thread_id, *, hash=None, pid=None, token=None, **kw
    ):
        # EXTENDS portal: a link opens its own page and forms, which check and count what
        # comes in. Odoo's discussions would take any file from it, even once it expired.
        # pylint: disable=redefined-builtin
        return super()._get_thread_with_access(thread_id, **kw)

    def _get_link_end(self):
        """Return when the link of this reminder ends."""
        self.ensure_one()
        issued = max(
            filter(None, (self.link_issued_on, self.sent_on, self.create_date))
        )
        return issued + timedelta(days=self.company_id.sudo().btp_link_days)

    def _read_link(self, token: str | None) -> str:
        """Return what the token of a page's address is worth now.

        :param token: as it was given
        :return: ``good``, ``expired``, ``revoked`` or ``unknown``
        """
        self.ensure_one()
        relance = self.sudo()
        if same(relance.access_token, token):
            return relance._read_age()
        given = sha256(str(token or ""))
        ended = UNKNOWN
        for past in relance._get_past_links():
            if same(past["hash"], given):
                ended = past["end"]
        return ended

    def _read_short_link(self, token: str | None) -> str:
        """Return what the token of a text message's link is worth now.

        :param token: as it was given
        :return: as :meth:`_read_link`
        """
        self.ensure_one()
        relance = self.sudo()
        if same(relance._get_link_token(), token):
            return relance._read_age()
        ended = UNKNOWN
        for version, past in enumerate(relance._get_past_links()):
            if same(relance._get_link_token(version), token):
                ended = past["end"]
        return ended

    def _read_age(self) -> str:
        return GOOD if fields.Datetime.now() < self._get_link_end() else EXPIRED

    def _get_link_token(self, version: int | None = None) -> str:
        """Return what proves that the link of a text message was received.

        :param version: how many links of this reminder ended before (default: by now)
        """
        self.ensure_one()
        version = self.link_version if version is None else version
        key = (self.id, version) if version else self.id
        return hmac(self.env(su=True), "btp_relance.link", key)[:LINK_CHARS]

    def _get_past_links(self) -> list[dict]:
        self.ensure_one()
        return json.loads(self.sudo().link_past or "[]")

    # === HOW IT ENDS, AND BEGINS AGAIN === #

    def _end_link(self, end: str):
        """Make the link of each of these reminders open nothing any more.

        :param end: ``expired`` or ``revoked``: what whoever clicks on it is told
        """
        for relance in self.sudo():
            past = relance._get_past_links()
            past.append({"hash": sha256(relance.access_token or ""), "end": end})
            relance.write(
                {
                    "access_token": False,
                    "link_version": relance.link_version + 1,
                    "link_past": json.dumps(past),
                    "link_issued_on": fields.Datetime.now(),
                    "link_revoked_on": (
                        fields.Datetime.now() if end == REVOKED else False
                    ),
                }
            )

    def _revoke_links(self):
        """Withdraw the links of these reminders, and those of the invoices they list."""
        sent = self.sudo().filtered(lambda relance: relance.state == "sent")
        if not sent:
            raise UserError(self.env._("No link was sent: there is none to withdraw."))
        sent._end_link(REVOKED)
        moves = sent.line_ids.move_id
        if moves:
            # Not by the ORM: a change of a posted entry takes all that it means.
            self.env.cr.execute(
                SQL(
                    "UPDATE account_move SET access_token = NULL WHERE id IN %s",
                    tuple(moves.ids),
                )
            )
            moves.invalidate_recordset(["access_token"])
        self.env["btp.relance.event"]._append(
            [
                {"kind": "link_revoked", "relance_id": relance.id, "channel": False}
                for relance in sent
            ]
        )

    def _renew_link(self):
        """Send the link again to the address that we know, a new one if it has ended.

        One that is still good is sent as it is: whoever has an old one cannot end it.
        """
        self.ensure_one()
        relance = self.sudo()
        if relance._read_age() == EXPIRED:
            relance._end_link(EXPIRED)
        relance._send_link()

    def _send_link(self):
        """Queue the message that carries the link, once while it is about to leave."""
        self.ensure_one()
        self._portal_ensure_token()
        if self.env["btp.confirmation"]._confirm_link(self):
            self.env["btp.relance.event"]._append(
                [{"kind": "link_renewed", "relance_id": self.id, "channel": "email"}]
            )


class ResPartner(models.Model):
    """Every link of a customer, withdrawn at once."""

    _inherit = "res.partner"

    def action_btp_revoke_links(self):
        """Withdraw every link sent to these customers by the companies that one sees."""
        self.env["btp.relance"].check_access("write")
        relances = self.env["btp.relance"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("state", "=", "sent"),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        return relances.action_revoke_link()


class BtpConfirmation(models.Model):
    """The message that carries a link asked for again."""

    _inherit = "btp.confirmation"

    kind = fields.Selection(
        selection_add=[("link", "Link sent again")], ondelete={"link": "cascade"}
    )

    _one_link = models.UniqueIndex(
        "(relance_id) WHERE kind = 'link' AND state = 'queued'",
        "A link to this customer is about to leave.",
    )

    @api.model
    def _confirm_link(self, relance):
        """Queue the link of a reminder for its recipient.

        :param relance: the ``btp.relance``
        :return: the ``btp.confirmation``, empty where one is about to leave already
        """
        queued = self.sudo().search_count(
            [
                ("kind", "=", "link"),
                ("state", "=", "queued"),
                ("relance_id", "=", relance.id),
            ],
            limit=1,
        )
        if queued:
            return self.browse()
        try:
            with self.env.cr.savepoint():
                confirmation = self.sudo().create(
                    {
                        "kind": "link",
                        "company_id": relance.company_id.id,
                        "partner_id": relance.partner_id.id,
                        "contact_id": relance.contact_id.id,
                        "user_id": relance._get_agent().id,
                        "relance_id": relance.id,
                    }
                )
        except UniqueViolation:
            # Asked for twice at once: the other one leaves.
            return self.browse()
        self.env["btp.relance.engine"]._trigger_dispatch()
        return confirmation
