# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..engine.registered import OUTCOMES, check_number, clean_number, show_number

#: What people write themselves: the rest is written by what happens.
TYPED = {"tracking_number"}


class BtpRelancePosting(models.Model):
    """One registered letter: what was signed, who carries it, what became of it."""

    _name = "btp.relance.posting"
    _description = "Registered Letter"
    _order = "id desc"
    _check_company_auto = True

    relance_id = fields.Many2one(
        "btp.relance", "Reminder", required=True, readonly=True, index=True
    )
    company_id = fields.Many2one(related="relance_id.company_id", store=True)
    partner_id = fields.Many2one(related="relance_id.partner_id", store=True)
    step_id = fields.Many2one(related="relance_id.step_id")
    amount_due = fields.Monetary(
        related="relance_id.amount_due", currency_field="company_currency_id"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    key = fields.Char(
        "Identity",
        required=True,
        readonly=True,
        help="What the provider knows this letter by: the same however often it is asked.",
    )
    provider = fields.Selection(
        "_select_provider", "Carried By", required=True, readonly=True
    )
    is_test = fields.Boolean(
        "Test", readonly=True, help="Handed to a test environment: nothing leaves."
    )
    state = fields.Selection(
        [
            ("to_post", "To post"),
            ("handed_over", "Handed over"),
            ("deposited", "Posted"),
            ("in_delivery", "In delivery"),
            ("received", "Delivered"),
            ("refused", "Refused by the addressee"),
            ("unclaimed", "Not claimed"),
            ("returned", "Returned"),
            ("failed", "Failed"),
            ("cancelled", "Cancelled"),
        ],
        default="to_post",
        required=True,
        readonly=True,
        index=True,
    )
    state_on = fields.Datetime(
        "Since", readonly=True, help="When it happened, as the provider says."
    )
    address = fields.Text(readonly=True)
    tracking_number = fields.Char("Tracking No.", copy=False)
    tracking_shown = fields.Char("Number", compute="_compute_tracking_shown")
    letter_id = fields.Many2one("ir.attachment", readonly=True)
    letter_sha256 = fields.Char("Letter (SHA-256)", readonly=True)
    signer = fields.Char("Signed By", readonly=True)
    proof_ids = fields.Many2many(
        "ir.attachment", "btp_relance_posting_proof_rel", string="Proofs", readonly=True
    )
    claimed = fields.Char(
        readonly=True, help="What the letter claims, to tell a change."
    )
    external_id = fields.Char("Provider's Reference", readonly=True)
    external_recipient = fields.Char(readonly=True)
    submitted_on = fields.Datetime(
        readonly=True, help="It may have left from then on, answer or none."
    )
    handed_on = fields.Datetime("Handed Over On", readonly=True)
    error = fields.Char("What Went Wrong", readonly=True)
    retry_count = fields.Integer(readonly=True)
    retry_at = fields.Datetime("Next Try", readonly=True)
    poll_count = fields.Integer(readonly=True)
    poll_at = fields.Datetime("Next Question", readonly=True)

    _key_uniq = models.UniqueIndex("(key)")
    _one_alive = models.UniqueIndex(
        "(relance_id) WHERE state NOT IN ('failed', 'cancelled')",
        "This reminder already has a letter under way.",
    )
    _external_uniq = models.UniqueIndex(
        "(provider, external_id) WHERE external_id IS NOT NULL"
    )
    _tracking_uniq = models.UniqueIndex(
        "(company_id, tracking_number)"
        " WHERE tracking_number IS NOT NULL AND state NOT IN ('failed', 'cancelled')",
        "This number is already that of another letter.",
    )
    _retry_idx = models.Index("(retry_at) WHERE retry_at IS NOT NULL")
    _poll_idx = models.Index("(poll_at) WHERE poll_at IS NOT NULL")

    # === COMPUTE METHODS === #

    @api.depends("relance_id", "partner_id")
    def _compute_display_name(self):
        for posting in self:
            posting.display_name = (
                f"{posting.relance_id.reference} – {posting.partner_id.name}"
            )

    @api.depends("tracking_number")
    def _compute_tracking_shown(self):
        for posting in self:
            posting.tracking_shown = posting.tracking_number and show_number(
                posting.tracking_number
            )

    @api.model
    def _select_provider(self) -> list[tuple[str, str]]:
        """Return the providers. Hook: an addon adds its own."""
        return [
            ("print", self.env._("Print and post")),
            ("maileva", self.env._("Maileva (La Poste prints and posts)")),
        ]

    # === CONSTRAINTS === #

    @api.constrains("tracking_number", "provider")
    def _check_tracking_number(self):
        for posting in self:
            if posting.tracking_number and posting.provider == "print":
                posting._explain_number(posting.tracking_number)

    @api.constrains("provider", "relance_id")
    def _check_consent(self):
        """Whoever makes the letter, by whatever way: no agreement, no electronic letter."""
        for posting in self:
            refusal = posting._get_provider()._get_consent_refusal(posting.partner_id)
            if refusal:
                raise ValidationError(refusal)

    def _explain_number(self, number: str):
        """Refuse a number that no registered letter bears.

        :raise ValidationError: one sentence
        """
        wrong = check_number(number)
        if wrong == "form":
            raise ValidationError(
                self.env._(
                    "“%s” is no number of a registered letter: copy the 13 or 15 characters "
                    "of the postal receipt, such as 1A 009 158 2038 0.",
                    number,
                )
            )
        if wrong == "digit":
            raise ValidationError(
                self.env._(
                    "A digit of “%s” is wrong: its check digit does not match. Read it again "
                    "on the postal receipt.",
                    show_number(number),
                )
            )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        """Keep numbers as scanners read them."""
        for vals in vals_list:
            self._clean(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to people what only happens: a state is never typed in."""
        if not self.env.su:
            if locked := set(vals) - TYPED:
                raise AccessError(
                    self.env._(
                        "Use the buttons: “%s” cannot be written.", sorted(locked)[0]
                    )
                )
            if self.filtered(
                lambda posting: posting.state != "to_post"
                or posting.provider != "print"
            ):
                raise UserError(
                    self.env._("The number of a letter that has left is not changed.")
                )
        self._clean(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A registered letter is kept with its proofs."))

    @api.model
    def _clean(self, vals: dict):
        """Write a tracking number in one way only."""
        if vals.get("tracking_number"):
            vals["tracking_number"] = clean_number(vals["tracking_number"]) or False

    # === ACTIONS === #

    def action_print(self):
        """Open the letters of these postings as one PDF, behind their deposit slip."""
        self.check_access("read")
        if not self.letter_id:
            raise UserError(self.env._("There is no letter to print."))
        self.sudo().relance_id._renew_letter()
        fresh = self.relance_id.posting_id.filtered("letter_id").sorted("id")
        ids = ",".join(map(str, fresh.ids))
        return {
            "type": "ir.actions.act_url",
            "url": f"/btp_relance/postings/{ids}",
            "target": "new",
        }

    def action_open_letter(self):
        """Open the letter as it was signed and archived."""
        self.ensure_one()
        self.check_access("read")
        if not self.letter_id:
            raise UserError(self.env._("There is no letter to print."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.letter_id.id}",
            "target": "new",
        }

    def action_deposit(self):
        """Note that these letters were carried to the post office today."""
        self.check_access("write")
        todo = self.filtered(
            lambda posting: posting.state == "to_post" and posting.provider == "print"
        )
        if not todo:
            raise UserError(self.env._("Choose letters that wait to be posted."))
        for posting in todo:
            if not posting.tracking_number:
                raise UserError(
                    self.env._(
                        "Type the number of the registered letter: it is the proof. %s has "
                        "none yet.",
                        posting.display_name,
                    )
                )
        today = self.env["btp.echeance"]._get_today()
        for posting in todo.sudo():
            posting.relance_id._record_posting(posting.tracking_number, today)

    def action_receipt(self):
        """Ask what the acknowledgement says."""
        self.ensure_one()
        self.check_access("write")
        if self.state in OUTCOMES or self.state not in (
            "handed_over",
            "deposited",
            "in_delivery",
        ):
            raise UserError(
                self.env._("This letter has not left, or its end is known already.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What became of the letter?"),
            "res_model": "btp.relance.receipt",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_posting_id": self.id,
                "btp_dropped": self.env.context.get("btp_dropped"),
            },
        }

    def action_ask_now(self):
        """Have the provider asked at once what became of these letters."""
        self.check_access("write")
        asked = self.sudo().filtered(
            lambda posting: posting.handed_on and posting.provider != "print"
        )
        if not asked:
            raise UserError(
                self.env._("No provider carries these letters: nobody can be asked.")
            )
        asked._ask_soon()

    def action_open_relance(self):
        """Open the reminder."""
        self.ensure_one()
        return self.relance_id.action_open_form()
