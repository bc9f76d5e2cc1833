# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: The document that settles a dispute about quality, and the one that an order is.
RESERVES_LIFTED = "LEV"
ORDER = "BDC"


class BtpDispute(models.Model):
    """What settles a dispute: the paper that is missing, the reserves lifted, the payment
    found, the twin of an invoice."""

    _inherit = "btp.dispute"

    document_ids = fields.Many2many(
        "btp.document",
        "btp_dispute_document_rel",
        string="Documents Waited For",
        readonly=True,
        copy=False,
    )
    proposal = fields.Char(
        "Can Be Closed",
        readonly=True,
        copy=False,
        help="What arrived since, and may settle it.",
    )
    twin_ids = fields.Many2many(
        "account.move", string="Same Invoice", compute="_compute_twin_ids"
    )

    @api.depends("reason", "move_id")
    def _compute_twin_ids(self):
        for dispute in self:
            move = dispute.move_id.sudo()
            dispute.twin_ids = dispute.reason == "duplicate" and move.search(
                [
                    ("id", "!=", move.id),
                    ("company_id", "=", move.company_id.id),
                    ("commercial_partner_id", "=", move.commercial_partner_id.id),
                    ("move_type", "=", move.move_type),
                    ("state", "=", "posted"),
                    ("currency_id", "=", move.currency_id.id),
                    ("amount_total", "=", move.amount_total),
                ],
                order="invoice_date desc, id desc",
                limit=5,
            )

    # === ACTIONS === #

    def action_take_proposal(self):
        """Close the dispute as proposed: what was asked for is there."""
        self.check_access("write")
        if self.filtered(lambda dispute: not dispute.proposal):
            raise UserError(self.env._("Nothing arrived that settles this dispute."))
        for dispute in self.sudo():
            dispute._settle(dispute.proposal)

    def action_leave_proposal(self):
        """Leave the dispute open: what arrived does not settle it."""
        self.check_access("write")
        self.sudo().proposal = False

    def action_find_payment(self):
        """Show the payments of this customer that are not matched."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Payments of %s", self.partner_id.name),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": [
                ("partner_id", "child_of", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("account_id.account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("balance", "<", 0),
            ],
        }

    def action_ask_document(self):
        """Open the form of a document to ask for, and that this dispute waits for."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Document Missing"),
            "res_model": "btp.document",
            "view_mode": "form",
            "target": "new",
            "context": {
                "btp_dispute_id": self.id,
                "default_company_id": self.company_id.id,
                "default_move_id": self.move_id.id,
                "default_chantier_id": self.chantier_id.id,
                "default_blocking": True,
            },
        }

    # === BUSINESS === #

    def _after_open(self):
        # pylint: disable=missing-return
        # EXTENDS btp_relance
        super()._after_open()
        if self.reason in ("missing_document", "missing_order"):
            self._wait_for(self._find_documents())
        self._give_task()

    def _find_documents(self):
        """Return the papers that are missing, the order being added to the list."""
        documents = self.move_id.btp_document_need_ids.filtered("missing").document_id
        if self.reason == "missing_document":
            return documents
        order = documents.filtered(lambda doc: doc.type_id.code == ORDER)
        kind = self.env["btp.document.type"].search([("code", "=", ORDER)], limit=1)
        if order or not kind or not self.chantier_id:
            return order
        known = self.env["btp.document"].search(
            [("type_id", "=", kind.id), ("chantier_id", "=", self.chantier_id.id)],
            limit=1,
        )
        if known.state in ("refused", "not_needed"):
            known.write({"state": "expected"})
        return known or self.env["btp.document"].create(
            {
                "type_id": kind.id,
                "company_id": self.company_id.id,
                "chantier_id": self.chantier_id.id,
                "blocking": True,
            }
        )

    def _wait_for(self, documents):
        """Ask for documents that settle this dispute once they are there."""
        if not documents:
            return
        self.document_ids |= documents
        missing = documents.filtered(lambda doc: doc.status == "expected")
        if missing:
            requests = self.env["btp.document.request"].with_company(self.company_id)
            requests._add_to_request(missing)

    def _give_task(self):
        """Put the dispute on the desk of its owner, with what to do first."""
        owner = self.user_id
        if not owner:
            return
        dispute = self.with_context(lang=owner.lang or self.env.lang)
        dispute.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=owner.id,
            date_deadline=self.date_deadline,
            summary=dispute._get_first_thing(),
            note=self.description,
        )

    def _get_first_thing(self) -> str:
        """Return what the owner of this dispute does first, in a few words."""
        invoice = self.move_id.name
        return {
            "duplicate": self.env._(
                "Compare %s with the invoice that it repeats", invoice
            ),
            "already_paid": self.env._("Find the payment of %s", invoice),
            "missing_order": self.env._("Obtain the order of %s", invoice),
            "missing_document": self.env._("Send what is missing with %s", invoice),
            "quality": self.env._("Have the reserves on %s lifted", invoice),
            "not_delivered": self.env._("Ask the site what was done of %s", invoice),
        }.get(self.reason) or self.env._("Answer what is contested on %s", invoice)

    def _propose(self, words: str):
        """Propose to close these disputes, and tell their owners.

        :param words: what arrived, as the customer can be told
        """
        for dispute in self.filtered(
            lambda dispute: dispute.state == "open" and dispute.proposal != words
        ):
            dispute.proposal = words
            if dispute.user_id:
                speaking = dispute.with_context(lang=dispute.user_id.lang)
                speaking.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=dispute.user_id.id,
                    summary=speaking.env._(
                        "%(words)s: close the dispute on %(invoice)s?",
                        words=words,
                        invoice=dispute.move_id.name,
                    ),
                )

    def _settle(self, resolution: str | None = None):
        # EXTENDS btp_relance: said to be paid, it is settled once the payment is matched.
        for dispute in self.filtered(lambda dispute: dispute.reason == "already_paid"):
            if self._get_contested(dispute.line_ids.move_line_id):
                raise UserError(
                    self.env._(
                        "Match the payment with %s first, or reject the dispute.",
                        dispute.move_id.name,
                    )
                )
        return super()._settle(resolution)


class AccountPartialReconcile(models.Model):
    """A payment that is matched settles what was contested."""

    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS account
        partials = super().create(vals_list)
        paid = partials.debit_move_id.filtered("reconciled")
        if paid:
            self.env["btp.dispute"].sudo().search(
                [("state", "=", "open"), ("move_id", "in", paid.move_id.ids)]
            ).filtered(
                lambda dispute: all(dispute.line_ids.move_line_id.mapped("reconciled"))
            )._propose(self.env._("It is paid"))
        return partials


class BtpDocument(models.Model):
    """A document that arrives may settle a dispute."""

    _inherit = "btp.document"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS btp_relance
        documents = super().create(vals_list)
        dispute_id = self.env.context.get("btp_dispute_id")
        if dispute_id:
            dispute = self.env["btp.dispute"].browse(dispute_id).exists()
            dispute.check_access("write")
            dispute.sudo()._wait_for(documents.sudo())
        return documents

    def _write_state(self, vals: dict):
        # pylint: disable=super-method-mismatch
        # EXTENDS btp_relance
        result = super()._write_state(vals)
        if vals["state"] == "received":
            self.sudo()._propose_closing()
        return result

    def _propose_closing(self):
        """Propose to close the disputes that waited for these documents."""
        disputes = self.env["btp.dispute"]
        for document in self:
            waiting = disputes.search(
                [("state", "=", "open"), ("document_ids", "in", document.ids)]
            ).filtered(
                lambda dispute: all(
                    doc.state in ("received", "not_needed")
                    for doc in dispute.document_ids
                )
            )
            if document.type_id.code == RESERVES_LIFTED and document.chantier_id:
                waiting |= document.chantier_id._get_quality_disputes()
            waiting._propose(self.env._("%s was received", document.type_id.name))


class BtpChantier(models.Model):
    """Reserves lifted on a chantier settle what was contested about quality."""

    _inherit = "btp.chantier"

    def write(self, vals):
        # EXTENDS btp_relance
        result = super().write(vals)
        if vals.get("date_reserves_lifted"):
            self._get_quality_disputes()._propose(self.env._("The reserves are lifted"))
        return result

    def _get_quality_disputes(self):
        """Return the open disputes about the quality of these works."""
        return (
            self.env["btp.dispute"]
            .sudo()
            .search(
                [
                    ("state", "=", "open"),
                    ("reason", "=", "quality"),
                    ("chantier_id", "in", self.ids),
                ]
            )
        )
