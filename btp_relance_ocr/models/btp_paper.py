# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..const import KINDS


class BtpPaper(models.Model):
    """A file that came in: what it is, what it says, and what it changed."""

    _name = "btp.paper"
    _description = "Paper Received"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    # What came
    name = fields.Char("File", required=True)
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        "Original",
        required=True,
        ondelete="restrict",
        index=True,
        help="The file as it came: nothing ever changes it.",
    )
    checksum = fields.Char("SHA-256", readonly=True, copy=False)
    fingerprint = fields.Char(
        "Look of Its First Page",
        readonly=True,
        copy=False,
        help="64 bits that scans of one sheet nearly share.",
    )
    duplicate_of_id = fields.Many2one(
        "btp.paper", "Same As", check_company=True, readonly=True, copy=False
    )
    source = fields.Selection(
        [
            ("mail", "E-mail"),
            ("upload", "Upload"),
            ("portal", "Portal"),
            ("folder", "Folder"),
        ],
        "Came By",
        required=True,
        default="upload",
        readonly=True,
    )
    sender_id = fields.Many2one(
        "res.partner", "Sent By", check_company=True, index="btree_not_null"
    )
    email_from = fields.Char("Sender's Address", readonly=True)
    #: What whoever handed the paper over said that it is about: outweighs what is read.
    asked_document_id = fields.Many2one(
        "btp.document",
        "Asked For As",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )

    # Its reading
    state = fields.Selection(
        [
            ("waiting", "To read"),
            ("to_check", "To check"),
            ("done", "Done"),
            ("set_aside", "Set aside"),
            ("failed", "Not readable"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    attempts = fields.Integer(
        readonly=True,
        copy=False,
        help="How often a worker began to read it: one that dies while reading begins again.",
    )
    error = fields.Char("Reader's Error", readonly=True, copy=False)
    warnings = fields.Json(readonly=True, copy=False)
    read_on = fields.Datetime(readonly=True, copy=False)
    seconds = fields.Float("Seconds to Read", readonly=True, copy=False)
    kind = fields.Selection(KINDS, copy=False, tracking=True)
    detail = fields.Char("Finer Kind", readonly=True, copy=False)
    kind_confidence = fields.Float(readonly=True, copy=False)
    read_kind = fields.Selection(
        KINDS, "Kind as Read", readonly=True, copy=False, help="Before any correction."
    )
    reading = fields.Json(
        readonly=True,
        copy=False,
        help="The reader's answer, without the words: fields, confidence, places, page sizes.",
    )
    #: JSON of the words of each page with their boxes, and one JPEG a page: large, so kept as files.
    words = fields.Binary(attachment=True, readonly=True, copy=False)
    picture_ids = fields.Many2many(
        "ir.attachment",
        "btp_paper_picture_rel",
        string="Pictures of Its Pages",
        readonly=True,
        copy=False,
    )
    value_ids = fields.One2many("btp.paper.value", "paper_id", "What It Says")

    # What it is about
    chantier_id = fields.Many2one(
        "btp.chantier", check_company=True, index="btree_not_null", tracking=True
    )
    move_id = fields.Many2one(
        "account.move",
        "Invoice",
        check_company=True,
        index="btree_not_null",
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer or Supplier",
        check_company=True,
        index="btree_not_null",
        tracking=True,
    )
    candidate_ids = fields.One2many(
        "btp.paper.candidate", "paper_id", "Could Be About", readonly=True
    )
    match_confidence = fields.Float(readonly=True, copy=False)
    match_evidence = fields.Text(
        "Why This One", readonly=True, copy=False, help="One fact a line."
    )
    matched_by_hand = fields.Boolean(readonly=True, copy=False)

    # What it changed
    effect_ids = fields.One2many("btp.paper.effect", "paper_id", "What It Changed")
    document_ids = fields.Many2many(
        "btp.document", string="Received On the Checklist", copy=False, readonly=True
    )
    reviewer_id = fields.Many2one("res.users", "Checked By", readonly=True, copy=False)
    reviewed_on = fields.Datetime(readonly=True, copy=False)
    review_seconds = fields.Integer(
        readonly=True, copy=False, help="How long the review screen was open on it."
    )
    why = fields.Char(
        "Why It Is Here",
        readonly=True,
        copy=False,
        help="The one sentence that a person reads first: what to confirm, or why it failed.",
    )

    _checksum_uniq = models.UniqueIndex(
        "(company_id, checksum) WHERE duplicate_of_id IS NULL",
        "This very file is already there.",
    )
    _waiting_idx = models.Index("(id) WHERE state = 'waiting'")

    # === BUSINESS === #

    def _get_values(self) -> dict:
        """Return what the paper says, corrections included: {field: value}."""
        self.ensure_one()
        return {value.name: value.value for value in self.value_ids}
