# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.chain import sha256
from .btp_relance_channel import Delivery

#: Channels that end in an envelope.
LETTERS = ("letter", "registered")
LETTER_REPORT = "btp_relance.btp_relance_letter_action"
LETTERS_REPORT = "btp_relance.btp_relance_letters_action"


class BtpRelance(models.Model):
    """Reminders on paper: made once, archived, printed as they were archived."""

    _inherit = "btp.relance"

    letter_id = fields.Many2one(
        "ir.attachment",
        readonly=True,
        copy=False,
        help="The letter as it left: printing it again gives this very file.",
    )
    posted_on = fields.Date(readonly=True, copy=False)

    # === PAPER === #

    def _get_paper_facts(self, report) -> dict:
        """What the renderer of papers asks: see ``ir.actions.report._get_paged_facts``."""
        return {
            "lang": self.contact_id.lang or self.partner_id.lang or self.env.lang,
            "archive": self.letter_id,
        }

    def _get_paper_title(self) -> str:
        """Return the title of the document: what the message's subject says."""
        self.ensure_one()
        channel = self.env["btp.relance.channel"]
        return channel._render(self, "subject") or self.display_name

    def _get_paper_address(self) -> list[str]:
        """Return the lines that show in the window of the envelope."""
        self.ensure_one()
        return self._get_postal_contact()._get_paper_lines(
            self.company_id, self.contact_id
        )

    def _get_paper_body(self) -> Markup:
        """Return the words of the letter, without the head and foot that the sheet has."""
        self.ensure_one()
        if self.body and not self.letter_id:
            # Handed to a person before letters were archived: it is what that person read.
            return Markup(self.body)
        channel = self.env["btp.relance.channel"]
        paper = self.with_context(btp_paper=True)
        try:
            return Markup(channel._render(paper, "body_html"))
        except Exception as error:
            # A template may fail in any way: one sentence, not the template.
            raise UserError(self._explain(error)) from None

    def _get_payment_means(self) -> dict:
        """Return how to pay what this reminder asks for: see
        ``account.move._get_btp_payment_means``."""
        self.ensure_one()
        totals = self._get_totals()
        due = any(
            total["currency"].compare_amounts(total["overdue"], total["credit"]) > 0
            for total in totals
        )
        preventive = self.tone == "preventive"
        lines = self.env["btp.relance.line"]
        if preventive or not due:
            lines += self.coming_line_ids
        if due:
            lines += self.overdue_line_ids
        amount, currency = 0, self.env["res.currency"]
        if len(totals) == 1:
            [total] = totals
            currency = total["currency"]
            now = total["overdue"] - total["credit"] + self._get_claimed(currency)
            amount = total["net"] if preventive or not due else now
        moves = lines.move_id.filtered(lambda move: move.move_type == "out_invoice")
        return moves._get_btp_payment_means(
            self.company_id, amount, currency, self.reference
        )

    def _get_claimed(self, currency) -> float:
        """Return the interest and indemnities that the message claims beside the principal:
        a transfer pays the total that is printed."""
        words = self.step_id.template_id.sudo().body_html or ""
        if "btp_relance.letter_claim" not in words:
            return 0.0
        claim = self._get_interest_claim()
        euro = currency == self.env.ref("base.EUR")
        return float(claim["totals"].get(currency, 0)) + (
            float(claim["indemnity"]) if euro else 0.0
        )

    def _archive_letters(self):
        """Make the letter of each reminder and keep it. Returns the attachments.

        :raise UserError: one cannot be printed; the sentence says why
        """
        report = self.env["ir.actions.report"]
        papers = report._render_paged(LETTER_REPORT, self)
        letters = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                [
                    {
                        "name": f"{relance.reference}.pdf",
                        "raw": papers[relance.id],
                        "mimetype": "application/pdf",
                        "res_model": self._name,
                        "res_id": relance.id,
                        "company_id": relance.company_id.id,
                    }
                    for relance in self
                ]
            )
        )
        return dict(zip(self, letters, strict=True))

    def _ensure_letters(self):
        """Make again the letters whose amounts changed since they were made, and say so in
        the journal."""
        self.filtered(lambda relance: relance.channel == "registered")._renew_letter()
        stale = self.filtered(
            lambda relance: relance.channel == "letter"
            and relance.state == "assigned"
            and not relance.letter_id
        )
        if not stale:
            return
        # What was read before the amounts changed is no longer what leaves.
        stale.body = False
        events = self.env["btp.relance.event"]
        letters = stale._archive_letters()
        channel = self.env["btp.relance.channel"]
        rows = []
        for relance, letter in letters.items():
            body = channel._render(relance, "body_html")
            relance.write({"letter_id": letter.id, "body": body})
            rows.append(
                {
                    "kind": "assigned",
                    "relance_id": relance.id,
                    "detail": self.env._("Letter made again: the amounts changed"),
                    "body_sha256": sha256(body),
                    "documents": events._documents(letter),
                }
            )
        events._append(rows)

    def _recheck_reminder(self, facts, holds):
        """A letter that waits to be posted says what is due when it is posted."""
        before = self.amount_due
        standing = super()._recheck_reminder(facts, holds)
        if (
            standing
            and self.state == "assigned"
            and self.channel == "letter"
            and self.company_currency_id.compare_amounts(before, self.amount_due)
        ):
            self.letter_id = False
        return standing

    def _resend(self):
        """What is made anew gets a letter of its own: the old one stays attached."""
        letters = self.filtered(lambda relance: relance.channel in LETTERS)
        letters.write({"letter_id": False, "body": False})
        return super()._resend()

    # === ACTIONS === #

    def action_print_letters(self):
        """Print the letters of these reminders in one file, after the list of them."""
        self.check_access("read")
        letters = self.filtered(
            lambda relance: relance.channel in LETTERS and relance.state != "cancelled"
        )
        if not letters:
            raise UserError(self.env._("Choose reminders that leave by letter."))
        letters.sudo()._ensure_letters()
        report = self.env.ref(LETTERS_REPORT if len(letters) > 1 else LETTER_REPORT)
        return report.report_action(letters.sorted("id"))

    def action_mark_posted(self):
        """Note that these letters were posted today; a registered one needs its number."""
        self.check_access("write")
        waiting = self.filtered(lambda relance: relance.state == "assigned")
        registered = waiting.filtered(lambda relance: relance.channel == "registered")
        if registered:
            raise UserError(
                self.env._(
                    "Registered letters are posted one by one, with their number: leave "
                    "%s out.",
                    ", ".join(registered[:5].mapped("reference")),
                )
            )
        letters = waiting.filtered(lambda relance: relance.channel == "letter")
        if not letters:
            raise UserError(self.env._("Choose letters that wait to be posted."))
        letters.sudo()._post_letters()

    def _post_letters(self):
        """Note that these letters are in the post: their steps are taken."""
        self._ensure_letters()
        self.posted_on = self.env["btp.echeance"]._get_today()
        self._done()
        events = self.env["btp.relance.event"]
        events._append(
            [
                {
                    "kind": "posted",
                    "relance_id": relance.id,
                    "recipient": ", ".join(relance._get_paper_address()),
                    "documents": events._documents(relance.letter_id),
                }
                for relance in self
            ]
        )


class BtpRelanceChannelLetter(models.AbstractModel):
    """An ordinary letter: made and archived at dispatch, then printed and posted by a
    person, many at a time."""

    _name = "btp.relance.channel.letter"
    _inherit = "btp.relance.channel.registered"
    _description = "Reminder by Letter"

    @api.model
    def _deliver(self, relances) -> dict:
        # No activity each: the desk lists them, and they are printed together.
        letters = relances._archive_letters()
        events = self.env["btp.relance.event"]
        bodies = self._render_all(relances, "body_html")
        deliveries = {}
        for relance, letter in letters.items():
            body = bodies[relance.id]
            deliveries[relance] = Delivery(
                "assigned",
                {
                    "recipient": ", ".join(relance._get_paper_address()),
                    "detail": self.env._("To print and post"),
                    "body_sha256": sha256(body),
                    "documents": events._documents(letter),
                },
                {"body": body, "letter_id": letter.id},
            )
        return deliveries
