# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_amount, format_date
from odoo.tools.misc import format_list

from ..const import REGIME_GROUPS

#: Chart accounts of the retention (retenue de garantie) begin so in France.
RETENTION_ACCOUNT = "4117"


class BtpRelance(models.Model):
    """What a message says of a reminder: phrases and blocks that its template inserts.

    They are fields, with no code left in a template: whoever may edit a template may move
    them about, the restricted editor of Odoo included, and rendering needs no QWeb
    compilation of the body. The look of each block is a view of ``mail_blocks.xml``.
    """

    _inherit = "btp.relance"

    text_lang = fields.Char("Language", compute="_compute_text_lang")
    text_desk_lang = fields.Char("Language of the Agent", compute="_compute_text_lang")
    text_from = fields.Char(
        "Sender", compute="_compute_text_from", help="The agent, else the company."
    )
    text_documents = fields.Char("Your Invoices", compute="_compute_text_phrases")
    text_amount = fields.Char("Amount", compute="_compute_text_phrases")
    text_subject = fields.Char("Invoices and Amount", compute="_compute_text_phrases")
    text_due = fields.Char("Due Date", compute="_compute_text_phrases")
    text_table = fields.Html(
        "Amounts Due", compute="_compute_text_table", compute_sudo=True, sanitize=False
    )
    text_claim = fields.Html(
        "Statement of the Claim",
        compute="_compute_text_claim",
        compute_sudo=True,
        sanitize=False,
    )
    text_paid = fields.Html(
        "Invoices Paid", compute="_compute_text_paid", compute_sudo=True, sanitize=False
    )
    text_payment = fields.Html(
        "How to Pay", compute="_compute_text_payment", compute_sudo=True, sanitize=False
    )
    text_law = fields.Html(
        "Late Payment Terms",
        compute="_compute_text_law",
        compute_sudo=True,
        sanitize=False,
        help="What the law says of late payment by this customer; empty for consumers.",
    )
    text_formal_law = fields.Html(
        "Interest Claimed",
        compute="_compute_text_law",
        compute_sudo=True,
        sanitize=False,
    )
    text_remedies = fields.Html(
        "Mediation", compute="_compute_text_law", compute_sudo=True, sanitize=False
    )
    text_letterhead = fields.Html(
        "Letterhead",
        compute="_compute_text_letterhead",
        compute_sudo=True,
        sanitize=False,
    )
    text_signature = fields.Html(
        "Signature", compute="_compute_text_signature", compute_sudo=True, sanitize=False
    )
    text_letter_signature = fields.Html(
        "Signature by Hand",
        compute="_compute_text_signature",
        compute_sudo=True,
        sanitize=False,
    )
    text_contact = fields.Html(
        "Whom to Call", compute="_compute_text_contact", compute_sudo=True, sanitize=False
    )

    # === COMPUTE METHODS === #

    @api.depends("contact_id.lang", "partner_id.lang", "user_id.lang", "company_id")
    def _compute_text_lang(self):
        for relance in self:
            company_lang = relance.company_id.partner_id.lang
            relance.text_lang = (
                relance.contact_id.lang or relance.partner_id.lang or company_lang
            )
            relance.text_desk_lang = relance.user_id.lang or company_lang

    @api.depends("user_id.email_formatted", "company_id.email_formatted")
    def _compute_text_from(self):
        for relance in self:
            agent, company = relance.user_id, relance.company_id
            relance.text_from = (
                agent.email_formatted if agent.email else company.email_formatted
            )

    @api.depends_context("lang")
    @api.depends(
        "kind",
        "tone",
        "line_ids.kind",
        "line_ids.state",
        "line_ids.date_due",
        "line_ids.amount_residual",
    )
    def _compute_text_phrases(self):
        today = self.env["btp.echeance"]._get_today()
        for relance in self:
            lines = relance._get_text_lines()
            moves = lines.move_id
            amount = relance._get_text_amount()
            if len(moves) == 1:
                number = lines[0].reference
                relance.text_documents = self.env._("your invoice %s", number)
                relance.text_subject = self.env._(
                    "invoice %(number)s – %(amount)s", number=number, amount=amount
                )
            else:
                relance.text_documents = self.env._("your %s invoices", len(moves))
                relance.text_subject = self.env._(
                    "%(count)s invoices – %(amount)s", count=len(moves), amount=amount
                )
            relance.text_amount = amount
            days = set(lines.mapped("date_due"))
            if len(days) != 1:
                relance.text_due = self.env._("on the dates given below")
            elif days == {today}:
                relance.text_due = self.env._("today")
            else:
                relance.text_due = self.env._(
                    "on %s", format_date(self.env, days.pop(), date_format="long")
                )

    @api.depends_context("lang")
    @api.depends("tone", "line_ids.kind", "line_ids.state", "line_ids.amount_residual")
    def _compute_text_table(self):
        for relance in self:
            relance.text_table = relance._render_block("mail_table")

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state", "line_ids.amount_residual")
    def _compute_text_claim(self):
        for relance in self:
            relance.text_claim = relance._render_block("mail_claim")

    @api.depends_context("lang")
    @api.depends("line_ids.state", "line_ids.amount_residual")
    def _compute_text_paid(self):
        for relance in self:
            relance.text_paid = relance._render_block("mail_paid")

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state")
    def _compute_text_payment(self):
        for relance in self:
            relance.text_payment = relance._render_block("mail_payment")

    @api.depends_context("lang")
    @api.depends("partner_id.btp_regime")
    def _compute_text_law(self):
        for relance in self:
            relance.text_law = relance._render_block("mail_law")
            relance.text_formal_law = relance._render_block("mail_formal_law")
            relance.text_remedies = relance._render_block("mail_remedies")

    @api.depends_context("lang")
    @api.depends("contact_id", "partner_id", "company_id", "contacted_on")
    def _compute_text_letterhead(self):
        for relance in self:
            relance.text_letterhead = relance._render_block("mail_letterhead")

    @api.depends_context("lang")
    @api.depends("user_id", "company_id")
    def _compute_text_signature(self):
        for relance in self:
            relance.text_signature = relance._render_block("mail_signature")
            relance.text_letter_signature = relance._render_block(
                "mail_letter_signature"
            )

    @api.depends_context("lang")
    @api.depends("contact_id.phone", "partner_id.phone")
    def _compute_text_contact(self):
        for relance in self:
            relance.text_contact = relance._render_block("mail_contact")

    # === TEMPLATES === #

    @api.model
    def mail_allowed_qweb_expressions(self):
        # EXTENDS mail: what an editor of templates without special rights may insert.
        return (
            *super().mail_allowed_qweb_expressions(),
            "object.reference",
            "object.contact_id.id",
            "object.contact_id.name",
            "object.company_id.name",
            *(f"object.{name}" for name in self._fields if name.startswith("text_")),
        )

    @api.model
    def _get_recovery_indemnity(self) -> float:
        """Return the indemnity for recovery costs due on an invoice paid late, in euros.

        Professionals and public bodies only (C. com. D441-5, CCP D2192-35).
        """
        value = self.env["ir.config_parameter"].sudo()
        return float(value.get_param("btp_relance.recovery_indemnity", 40.0))

    def _get_text_regime(self) -> str:
        """Return what the law treats alike: ``business``, ``consumer`` or ``public``."""
        self.ensure_one()
        regime = self.partner_id.btp_regime or "b2b"
        return next(group for group, names in REGIME_GROUPS.items() if regime in names)

    def _get_text_lines(self):
        """Return the lines that the message is about, credits left out."""
        self.ensure_one()
        if self.kind == "thanks":
            return self.line_ids.filtered(lambda line: line.state != "dropped")
        coming, overdue = self.coming_line_ids, self.overdue_line_ids
        return (coming or overdue) if self.tone == "preventive" else (overdue or coming)

    def _get_text_totals(self) -> list[dict]:
        """Return the totals to state, one dict a currency.

        :return: ``_get_totals()`` with ``now``, what is overdue less the credits, and
            ``later``, what is coming less the credits left over; neither is negative
            unless the credits exceed everything
        """
        totals = self._get_totals()
        for total in totals:
            rest = total["overdue"] - total["credit"]
            currency = total["currency"]
            total["now"] = currency.round(max(rest, 0.0))
            total["later"] = currency.round(total["coming"] + min(rest, 0.0))
        return totals

    def _get_text_amount(self) -> str:
        """Return the amount that the first sentence names, each currency apart."""
        self.ensure_one()
        wanted = ("later", "now") if self.tone == "preventive" else ("now", "later")
        totals = self._get_text_totals()
        for part in wanted:
            amounts = [
                format_amount(self.env, total[part], total["currency"])
                for total in totals
                if total["currency"].compare_amounts(total[part], 0.0) > 0
            ]
            if amounts:
                return format_list(self.env, amounts)
        return format_amount(self.env, 0.0, self.company_id.currency_id)

    def _get_claim(self) -> dict:
        """Return what a formal notice claims.

        :return: ``indemnity``, ``count`` and ``indemnity_total`` (in euros, zero for
            consumers) and ``totals``: one dict a currency with ``principal``, ``credit``,
            ``indemnity`` and ``total``
        """
        self.ensure_one()
        euro = self.env.ref("base.EUR")
        moves = self.overdue_line_ids.move_id
        each = 0.0 if self._get_text_regime() == "consumer" else (
            self._get_recovery_indemnity()
        )
        indemnity = euro.round(each * len(moves))
        totals = [
            {
                "currency": total["currency"],
                "principal": total["overdue"],
                "credit": min(total["credit"], total["overdue"]),
                "indemnity": 0.0,
            }
            for total in self._get_text_totals()
            if total["overdue"]
        ]
        if indemnity:
            in_euro = next((t for t in totals if t["currency"] == euro), None)
            if not in_euro:
                in_euro = {"currency": euro, "principal": 0.0, "credit": 0.0}
                totals.append(in_euro)
            in_euro["indemnity"] = indemnity
        for total in totals:
            total["total"] = total["currency"].round(
                total["principal"] - total["credit"] + total["indemnity"]
            )
        return {
            "indemnity": each,
            "count": len(moves),
            "indemnity_total": indemnity,
            "totals": totals,
        }

    def _is_retention(self, line) -> bool:
        """Return whether a line is a retention, which is shown apart.

        Hook: what else marks a retention is added here.
        """
        code = line.move_line_id.account_id.with_company(self.company_id).code or ""
        return code.startswith(RETENTION_ACCOUNT)

    def _get_text_bank(self):
        """Return the bank account to pay to: the one on the invoices, else the first."""
        self.ensure_one()
        invoices = self._get_text_lines().move_id.filtered(
            lambda move: move.is_sale_document()
        )
        ours = self.company_id.partner_id.bank_ids
        return (invoices.partner_bank_id & ours or ours)[:1]

    def _get_text_payment_reference(self) -> str:
        """Return what the payer writes on the transfer: short enough for a bank."""
        self.ensure_one()
        moves = self._get_text_lines().move_id
        names = [move.payment_reference or move.name for move in moves]
        reference = ", ".join(name for name in names if name)
        # A SEPA transfer carries 140 characters.
        return reference if len(reference) <= 140 else self.reference

    def _render_block(self, name: str):
        """Return one block of ``mail_blocks.xml`` for this reminder."""
        self.ensure_one()
        env = self.env
        return env["ir.qweb"]._render(
            f"btp_relance.{name}",
            {
                "object": self,
                "regime": self._get_text_regime(),
                "day": self.contacted_on or env["btp.echeance"]._get_today(),
                "format_amount": lambda amount, currency: format_amount(
                    env, amount, currency
                ),
                "format_indemnity": lambda amount: format_amount(
                    env, amount, env.ref("base.EUR"), trailing_zeroes=False
                ),
                "format_date": lambda date, date_format=False: format_date(
                    env, date, date_format=date_format
                ),
            },
            minimal_qcontext=True,
        )
