# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from ..const import BATCH
from ..engine.chain import sha256

_logger = logging.getLogger(__name__)

#: Message of each kind of confirmation, and the setting that switches it on, if any.
KINDS = {
    "promise": ("btp_relance.template_confirm_promise", "btp_confirm_promise"),
    "document": ("btp_relance.template_confirm_document", "btp_confirm_document"),
}


class BtpConfirmation(models.Model):
    """A word that says: we noted your promise, your document arrived. Sent once."""

    _name = "btp.confirmation"
    _description = "Confirmation"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    reference = fields.Char(compute="_compute_reference")
    kind = fields.Selection(
        [("promise", "Promise noted"), ("document", "Document received")],
        required=True,
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    contact_id = fields.Many2one("res.partner", "Recipient", readonly=True)
    user_id = fields.Many2one("res.users", "Followed Up By", readonly=True)
    relance_id = fields.Many2one(
        "btp.relance", "Reminder", readonly=True, ondelete="cascade"
    )
    promise_date = fields.Date(readonly=True)
    amount = fields.Monetary(currency_field="company_currency_id", readonly=True)
    document_ids = fields.Many2many(
        "btp.document", "btp_confirmation_document_rel", readonly=True
    )
    state = fields.Selection(
        [("queued", "About to leave"), ("sent", "Sent"), ("skipped", "Not sent")],
        default="queued",
        required=True,
        readonly=True,
    )
    reason = fields.Char("Why Not Sent", readonly=True)
    mail_id = fields.Many2one("mail.mail", "E-mail", readonly=True, copy=False)

    _once_per_promise = models.UniqueIndex(
        "(relance_id, promise_date) WHERE kind = 'promise'",
        "This promise was already confirmed.",
    )
    _one_message = models.UniqueIndex(
        "(company_id, partner_id) WHERE kind = 'document' AND state = 'queued'",
        "A confirmation to this contact is about to leave.",
    )
    _queued_idx = models.Index("(id) WHERE state = 'queued'")

    def _compute_reference(self):
        for confirmation in self:
            confirmation.reference = f"C-{confirmation.id:06d}"

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for confirmation in self:
            confirmation.display_name = " – ".join(
                filter(
                    None,
                    [labels.get(confirmation.kind), confirmation.partner_id.name],
                )
            )

    # === WHAT IS CONFIRMED === #

    @api.model
    def _confirm_promise(self, relance):
        """Queue the receipt of a promise made on the phone.

        :param relance: the ``btp.relance`` of the call, its ``promise_date`` written
        """
        if not relance.company_id.sudo().btp_confirm_promise:
            return
        known = [
            ("relance_id", "=", relance.id),
            ("promise_date", "=", relance.promise_date),
        ]
        if self.sudo().search_count(known, limit=1):
            return
        self.sudo().create(
            {
                "kind": "promise",
                "company_id": relance.company_id.id,
                "partner_id": relance.partner_id.id,
                "contact_id": relance.contact_id.id,
                "user_id": relance._get_agent().id,
                "relance_id": relance.id,
                "promise_date": relance.promise_date,
                "amount": relance.amount_due,
            }
        )
        self.env["btp.relance.engine"]._trigger_dispatch()

    @api.model
    def _confirm_documents(self, documents):
        """Queue the word that documents arrived: one message a person.

        Only for what the person was asked for: papers that come with an import, or that a
        colleague files, are no answer to anybody.

        :param documents: ``btp.document`` records just received
        """
        documents = documents.filtered(
            lambda document: (
                document.company_id.sudo().btp_confirm_document
                and document.company_id.sudo().btp_relance_active
                and document.owner_partner_id
                and not document.owner_user_id
            )
        )
        if not documents:
            return
        told = self.sudo().search([("document_ids", "in", documents.ids)]).document_ids
        requests = self.env["btp.document.request"].sudo()
        asked = requests.search(
            [("document_ids", "in", documents.ids), ("sent_on", "!=", False)]
        ).document_ids
        groups = (documents & asked - told).grouped(
            lambda document: (document.company_id, document.owner_partner_id)
        )
        for (company, partner), group in groups.items():
            queued = self.sudo().search(
                [
                    ("kind", "=", "document"),
                    ("state", "=", "queued"),
                    ("company_id", "=", company.id),
                    ("partner_id", "=", partner.id),
                ]
            )
            queued = queued or self.sudo().create(
                {
                    "kind": "document",
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "user_id": company.sudo().btp_relance_user_id.id,
                }
            )
            queued.document_ids |= group
        if groups:
            self.env["btp.relance.engine"]._trigger_dispatch()

    # === SENDING === #

    @api.model
    def _send_queued(self):
        """Send what is queued, in batches that commit. Doing it again is harmless."""
        cron = self.env["ir.cron"]
        while True:
            queued = self.search([("state", "=", "queued")], order="id", limit=BATCH)
            locked = queued.try_lock_for_update()
            if not locked:
                return
            for company, group in locked.grouped("company_id").items():
                for confirmation in group.with_company(company):
                    confirmation._send()
            self.env.flush_all()
            cron._commit_progress()

    def _send(self):
        """Put one confirmation into the mail queue, or note why it does not leave."""
        self.ensure_one()
        template_id, setting = KINDS[self.kind]
        template = self.env.ref(template_id, raise_if_not_found=False)
        if setting and not self.company_id[setting] or not template:
            self.write(
                {"state": "skipped", "reason": self.env._("Confirmations are off")}
            )
            return
        self.contact_id = self.contact_id or self._find_contact()
        if not self._is_reached():
            self.write(
                {
                    "state": "skipped",
                    "reason": self.env._("No e-mail reaches the recipient"),
                }
            )
            return
        try:
            with self.env.cr.savepoint():
                mail = template.sudo().send_mail_batch(
                    self.ids,
                    email_values={
                        "auto_delete": False,
                        "record_company_id": self.company_id.id,
                        "record_alias_domain_id": self.company_id.alias_domain_id.id,
                    },
                )
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001 one bad text stops no other message
            _logger.info("Confirmation %s failed: %s", self.id, type(error).__name__)
            self.write(
                {
                    "state": "skipped",
                    "reason": self.env._(
                        "The message could not be written (%(cause)s): correct the "
                        "template “%(message)s”.",
                        cause=type(error).__name__,
                        message=template.name,
                    ),
                }
            )
            return
        self.write({"state": "sent", "mail_id": mail.id})
        self._note(mail)

    def _note(self, mail):
        """Write in the journal that the confirmation left."""
        values = {
            "kind": "confirmed",
            "channel": "email",
            "recipient": self.contact_id.email_formatted,
            "subject": mail.subject,
            "body_sha256": sha256(mail.body_html),
            "message_id": mail.message_id,
        }
        about = (
            {"relance_id": self.relance_id.id}
            if self.relance_id
            else {
                "company_id": self.company_id.id,
                "debtor_ref": self.partner_id.commercial_partner_id.id,
                "debtor_name": self.partner_id.display_name,
            }
        )
        self.env["btp.relance.event"]._append([{**values, **about}])

    def _find_contact(self):
        """Return whom the word about documents goes to: whoever was asked for them."""
        requests = self.document_ids.sudo().request_ids.filtered(
            lambda request: request.partner_id == self.partner_id
        )
        return requests.contact_id[:1] or self.partner_id

    def _is_reached(self) -> bool:
        """Return whether an e-mail reaches the recipient, who does not refuse it."""
        partner = self.partner_id.commercial_partner_id
        if partner.btp_lawyer or partner.btp_vulnerable:
            return False
        self.env["btp.echeance"]._flush_relation()
        reached = self.env["btp.relance.hold"]._get_reached_sql("email")
        return bool(
            self.env.execute_query(
                SQL(
                    "SELECT 1 FROM res_partner ct,"
                    " (SELECT %s AS company_id, %s AS partner_id) l"
                    " WHERE ct.id = %s AND %s",
                    self.company_id.id,
                    partner.id,
                    self.contact_id.id,
                    reached,
                )
            )
        )
