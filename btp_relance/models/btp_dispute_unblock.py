# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

#: The document that settles a dispute about quality, and the one that an order is.
RESERVES_LIFTED = "LEV"
ORDER = "BDC"


class BtpDispute(models.Model):
    """What settles a dispute: the paper that is missing, the reserves lifted."""

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
    proposal_told = fields.Char(
        "Closed With These Words",
        readonly=True,
        copy=False,
        help="What the customer is told of it, in their language.",
    )

    # === ACTIONS === #

    def action_take_proposal(self):
        """Close the dispute as proposed: what was asked for is there."""
        self.check_access("write")
        if self.filtered(lambda dispute: not dispute.proposal):
            raise UserError(self.env._("Nothing arrived that settles this dispute."))
        for dispute in self.sudo():
            dispute._settle(dispute.proposal_told)

    def action_leave_proposal(self):
        """Leave the dispute open: what arrived does not settle it."""
        self.check_access("write")
        self.sudo().proposal = False

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

    def _propose(self, code: str, document=None):
        """Propose to close these disputes, and tell their owners.

        :param code: what happened: ``paid``, ``lifted``, ``received`` or ``done``
        :param document: the ``btp.document`` received
        """
        for dispute in self.filtered(lambda dispute: dispute.state == "open"):
            owner = dispute.user_id
            ours = dispute.with_context(lang=owner.lang or self.env.lang)
            words, _told = ours._say_proposal(code, document)
            if dispute.proposal == words:
                continue
            lang = dispute._get_reader().lang or self.env.lang
            _words, told = dispute.with_context(lang=lang)._say_proposal(code, document)
            dispute.write({"proposal": words, "proposal_told": told})
            if owner:
                ours.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=owner.id,
                    summary=ours.env._(
                        "%(words)s: close the dispute on %(invoice)s?",
                        words=words,
                        invoice=dispute.move_id.name,
                    ),
                )

    def _say_proposal(self, code: str, document=None) -> tuple[str, str | None]:
        """Return what happened, for us, and for the customer once it closes the dispute.

        :param code: see :meth:`_propose`
        """
        if code == "received":
            name = document.with_context(lang=self.env.lang).type_id.name
            words = self.env._("%s was received", name)
            return words, words
        words = {
            "paid": self.env._("It is paid"),
            "lifted": self.env._("The reserves are lifted"),
            "done": self.env._("The site says that it is done"),
        }[code]
        return words, {"lifted": words, "done": self.env._("The works are done")}.get(
            code
        )


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
            waiting._propose("received", document)


class BtpChantier(models.Model):
    """Reserves lifted on a chantier settle what was contested about quality."""

    _inherit = "btp.chantier"

    def write(self, vals):
        # EXTENDS btp_relance
        result = super().write(vals)
        if vals.get("date_reserves_lifted"):
            self._get_quality_disputes()._propose("lifted")
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
