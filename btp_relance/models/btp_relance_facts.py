# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


def fact(label: str, compute: str = "_compute_texts", path: str = "", **options):
    """Return a field that a message inserts: words, in the language of the message.

    :param path: what the words come from, to search for them
    """
    return fields.Char(
        label,
        compute=compute,
        # Who may read a reminder may read its message.
        compute_sudo=True,
        # Odoo's picker offers only the fields that one can search for.
        search=lambda model, operator, value: model._search_text(path, operator, value),
        **options,
    )


class BtpRelance(models.Model):
    """The facts of a reminder in words, one field each.

    Whoever writes a message types ``/`` in its text and finds them by their names; in a
    subject too. A fact with nothing to say is empty, and its paragraph or bullet falls away
    (see ``mail_template_facts``). Each is reckoned for all reminders at once.
    """

    _inherit = "btp.relance"

    text_amount = fact("Text: Amount to Pay", help="What the message asks for.")
    text_invoices = fact("Text: Invoices", path="line_ids.move_id.name")
    text_chantiers = fact(
        "Text: Chantiers", path="line_ids.move_id.btp_chantier_id.name"
    )
    text_situations = fact("Text: Situations")
    text_orders = fact(
        "Text: Orders",
        path="line_ids.move_id.btp_purchase_order",
        help="Purchase order of the customer, or engagement number.",
    )
    text_due_dates = fact("Text: Due Dates")
    text_days_late = fact("Text: Days Late", help="Of the oldest amount: “23 days”.")
    text_site_manager = fact(
        "Text: Conducteur de travaux",
        path="line_ids.move_id.btp_chantier_id.user_id.name",
    )
    text_site_manager_phone = fact("Text: Phone of the Conducteur de travaux")
    text_site_contact = fact(
        "Text: Conducteur de travaux and Phone",
        help="“Paul Durand (tel. 06 01 02 03 04)”.",
    )
    text_contact = fact("Text: Recipient", path="contact_id.name")
    text_agent = fact(
        "Text: Who Follows Up", path="user_id.name", help="Else the company."
    )
    text_agent_phone = fact("Text: Phone of Who Follows Up")
    text_retention_asked = fact("Text: Retention Asked For")
    text_retention_held = fact(
        "Text: Retention Still Held",
        "_compute_text_retention_held",
        help="Not asked for: its release is not due.",
    )
    text_interest = fact(
        "Text: Late Payment Interest",
        "_compute_text_interest",
        help="As of now. Empty where nothing is owed, or a rate is not known yet.",
    )
    text_indemnity = fact(
        "Text: Recovery Indemnity",
        "_compute_text_interest",
        help="40 € an invoice paid late. A consumer owes none: empty.",
    )
    text_missing_documents = fact(
        "Text: Missing Documents",
        "_compute_text_missing_documents",
        help="Each with who owes it.",
    )
    text_payment_link = fact(
        "Text: Payment Link",
        "_compute_text_payment_link",
        help="Address of the page where the customer sees and pays.",
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state", "line_ids.amount_residual", "tone")
    def _compute_texts(self):
        for relance in self:
            lines = relance._get_told_lines()
            chantiers = lines.move_id.btp_chantier_id
            managers = chantiers.user_id
            agent = relance.user_id
            company = relance.company_id
            relance.text_amount = relance._say_amounts(relance._get_asked_amounts())
            relance.text_invoices = relance._say_invoices(lines.move_id)
            relance.text_chantiers = relance._say(chantiers.mapped("name"))
            relance.text_situations = relance._say_situations(lines.move_id)
            relance.text_orders = relance._say_orders(lines.move_id)
            relance.text_due_dates = relance._say_dates(lines.mapped("date_due"))
            relance.text_days_late = relance._say_days(relance.oldest_days)
            relance.text_site_manager = relance._say(managers.mapped("name"))
            relance.text_site_manager_phone = relance._say(
                managers.partner_id.mapped("phone")
            )
            relance.text_site_contact = relance._say_people(managers)
            relance.text_contact = relance.contact_id.name
            relance.text_agent = agent.name or company.name
            relance.text_agent_phone = agent.partner_id.phone or company.phone
            relance.text_retention_asked = relance._say_amounts(
                relance._get_retention_totals()
            )

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state", "partner_id")
    def _compute_text_retention_held(self):
        held = self._get_held_by_debtor()
        empty = self.env["account.move.line"].sudo()
        for relance in self:
            lines = held.get((relance.company_id, relance.partner_id))
            lines = (lines or empty) - relance.line_ids.move_line_id
            relance.text_retention_held = relance._say_amounts(
                (sum(group.mapped("amount_residual_currency")), currency)
                for currency, group in lines.grouped("currency_id").items()
            )

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state", "contacted_on")
    def _compute_text_interest(self):
        today = self.env["btp.echeance"]._get_today()
        euro = self.env.ref("base.EUR")
        self.text_interest = self.text_indemnity = False
        # What has left says what it said then.
        for day, group in self.grouped(lambda one: one.contacted_on or today).items():
            moves = group.overdue_line_ids.move_id
            claims = moves._reckon_interest(day, drafts=False)
            for relance in group:
                totals, indemnity = {}, 0
                for move in relance.overdue_line_ids.move_id:
                    total = getattr(claims[move], "total", 0)
                    currency = move.currency_id
                    totals[currency] = totals.get(currency, 0) + float(total)
                    indemnity += claims[move].indemnity
                relance.text_interest = relance._say_amounts(
                    (total, currency) for currency, total in totals.items()
                )
                relance.text_indemnity = relance._say_amounts(
                    [(float(indemnity), euro)]
                )

    @api.depends_context("lang")
    @api.depends("line_ids.kind", "line_ids.state")
    def _compute_text_missing_documents(self):
        owing = {
            "customer": self.env._("expected from you"),
            "moe": self.env._("expected from the maître d'œuvre"),
            "site_manager": self.env._("which we are to send you"),
            "us": self.env._("which we are to send you"),
        }
        for relance in self:
            needs = relance.line_ids.move_id.btp_document_need_ids
            relance.text_missing_documents = relance._say(
                self.env._(
                    "%(document)s (%(who)s)",
                    document=need.type_id.name,
                    who=owing[need.owed_by],
                )
                for need in needs.filtered("missing")
            )

    @api.depends("line_ids.kind", "line_ids.state")
    def _compute_text_payment_link(self):
        self.env["btp.relance.channel.email"]._ensure_links(self.filtered("id"))
        for relance in self:
            relance.text_payment_link = relance._get_page_url()

    @api.model
    def _search_text(self, path, operator, value):
        if not path:
            raise UserError(
                self.env._("This text is made for messages: it cannot be searched for.")
            )
        return [(path, operator, value)]

    # === BUSINESS === #

    @api.model
    def mail_allowed_qweb_expressions(self):
        # EXTENDS mail: whoever may write a message may say these.
        facts = (name for name in self._fields if name.startswith("text_"))
        return (
            *super().mail_allowed_qweb_expressions(),
            *(f"object.{name}" for name in facts),
        )

    def _get_told_lines(self):
        """Return the lines that the message is about: what is coming in a preventive one,
        what is overdue in the others."""
        self.ensure_one()
        overdue, coming = self.overdue_line_ids, self.coming_line_ids
        if self.tone == "preventive":
            return coming or overdue
        return overdue or coming

    def _get_asked_amounts(self) -> list[tuple]:
        """Return what the message asks for, credits deducted: ``(amount, currency)``."""
        self.ensure_one()
        now, later = [], []
        for total in self._get_totals():
            currency, credit = total["currency"], total["credit"]
            left = currency.round(total["overdue"] - credit)
            now.append((left, currency))
            later.append((currency.round(total["coming"] + min(left, 0)), currency))
        now, later = (
            [pair for pair in pairs if pair[1].compare_amounts(pair[0], 0) > 0]
            for pairs in (now, later)
        )
        return later or now if self.tone == "preventive" else now or later

    def _get_held_by_debtor(self) -> dict:
        """Return the retentions not yet due: ``{(company, debtor): journal items}``."""
        lines = (
            self.env["account.move.line"]
            .sudo()
            .search(
                [
                    ("company_id", "in", self.company_id.ids),
                    ("partner_id.commercial_partner_id", "in", self.partner_id.ids),
                    ("btp_is_retention", "=", True),
                    ("parent_state", "=", "posted"),
                    ("reconciled", "=", False),
                    ("amount_residual", ">", 0),
                    ("date_maturity", ">", self.env["btp.echeance"]._get_today()),
                ],
                order="date_maturity, id",
            )
        )
        return lines.grouped(
            lambda line: (line.company_id, line.partner_id.commercial_partner_id)
        )
