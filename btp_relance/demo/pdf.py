# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The PDF that the customer received with the invoice.

Odoo's own print needs wkhtmltopdf and a running server, which an installation has not, and
a second for each document. This one takes milliseconds; whatever is issued in Odoo
afterwards is printed by Odoo.
"""

import io
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from odoo.tools import format_date, formatLang, html2plaintext

TEXT = ParagraphStyle("text", fontName="Helvetica", fontSize=9, leading=12)
RIGHT = ParagraphStyle("right", parent=TEXT, alignment=TA_RIGHT)
BOLD = ParagraphStyle("bold", parent=TEXT, fontName="Helvetica-Bold")
TITLE = ParagraphStyle("title", parent=BOLD, fontSize=15, leading=20, spaceAfter=2 * mm)
SMALL = ParagraphStyle("small", parent=TEXT, fontSize=7.5, leading=10)
BRAND = colors.HexColor("#8a3b12")
GRID = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, 0), 1, BRAND),
        ("LINEBELOW", (0, 1), (-1, -1), 0.25, colors.lightgrey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
)
PLAIN = TableStyle(
    [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
    ]
)
#: ReportLab's frames pad by 6 points: tables and paragraphs keep the same width.
WIDTH = A4[0] - 40 * mm - 12

LABELS = {
    "fr": {
        "title": "Facture {name}",
        "date": "Date : {date}",
        "ref": "Votre référence : {ref}",
        "chantier": "Chantier : {chantier}",
        "text": "Désignation",
        "amount": "Montant HT",
        "untaxed": "Total HT",
        "total": "Total TTC",
        "due": "À régler le {date}",
        "bank": "Virement à : {bank} – IBAN {iban} – BIC {bic}",
        "vat": "SIRET {registry} – TVA {vat}",
    },
    "en": {
        "title": "Invoice {name}",
        "date": "Date: {date}",
        "ref": "Your reference: {ref}",
        "chantier": "Site: {chantier}",
        "text": "Description",
        "amount": "Amount excl. VAT",
        "untaxed": "Total excl. VAT",
        "total": "Total incl. VAT",
        "due": "Due on {date}",
        "bank": "Transfer to: {bank} – IBAN {iban} – BIC {bic}",
        "vat": "SIRET {registry} – VAT {vat}",
    },
}


class _Page:
    """One invoice as a list of paragraphs and tables."""

    def __init__(self, move, bank_account):
        self.lang = move.partner_id.lang or "fr_FR"
        self.move = move.with_context(lang=self.lang)
        self.env = self.move.env
        self.bank = bank_account
        self.labels = LABELS["fr" if self.lang.startswith("fr") else "en"]

    def story(self) -> list:
        move = self.move
        lines = [
            self._text("title", TITLE, name=move.name),
            self._text("date", date=self._date(move.invoice_date)),
        ]
        if move.ref:
            lines.append(self._text("ref", ref=move.ref))
        if move.btp_chantier_id:
            lines.append(
                self._text("chantier", chantier=move.btp_chantier_id.display_name)
            )
        return [
            self._parties(),
            Spacer(0, 10 * mm),
            *lines,
            Spacer(0, 6 * mm),
            self._lines(),
            Spacer(0, 4 * mm),
            self._totals(),
            Spacer(0, 8 * mm),
            self._bank(),
            Spacer(0, 4 * mm),
            *(Paragraph(escape(html2plaintext(note)), SMALL) for note in self._notes()),
        ]

    def _notes(self) -> list[str]:
        taxes = self.move.invoice_line_ids.tax_ids
        return [
            note
            for note in (*taxes.mapped("invoice_legal_notes"), self.move.narration)
            if note
        ]

    def _parties(self) -> Table:
        company, partner = self.move.company_id, self.move.partner_id
        legal = self.labels["vat"].format(
            registry=company.company_registry, vat=company.vat
        )
        ours = [company.name, *self._address(company.partner_id), legal]
        theirs = [partner.name, *self._address(partner)]
        return Table(
            [[self._block(ours), "", self._block(theirs)]],
            colWidths=[WIDTH - 75 * mm, 5 * mm, 70 * mm],
            style=PLAIN,
        )

    def _address(self, partner) -> list[str]:
        town = f"{partner.zip or ''} {partner.city or ''}".strip()
        country = partner.country_id
        abroad = country.name if country != self.move.company_id.country_id else ""
        return [line for line in (partner.street, town, abroad) if line]

    def _block(self, lines: list[str]) -> list[Paragraph]:
        return [
            Paragraph(escape(line), TEXT if index else BOLD)
            for index, line in enumerate(lines)
        ]

    def _lines(self) -> Table:
        rows = [
            [
                Paragraph(self.labels["text"], BOLD),
                Paragraph(self.labels["amount"], RIGHT),
            ]
        ]
        rows += [
            [
                Paragraph(escape(line.name).replace("\n", "<br/>"), TEXT),
                self._amount(line.price_subtotal),
            ]
            for line in self.move.invoice_line_ids
        ]
        return Table(
            rows, colWidths=[WIDTH - 40 * mm, 40 * mm], style=GRID, repeatRows=1
        )

    def _totals(self) -> Table:
        move = self.move
        taxes = move.line_ids.filtered("tax_line_id")
        rows = [[self.labels["untaxed"], move.amount_untaxed]]
        rows += [
            [line.tax_line_id.invoice_label or line.name, -line.amount_currency]
            for line in taxes
        ]
        rows.append([self.labels["total"], move.amount_total])
        instalments = move.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        rows += [
            [
                self.labels["due"].format(date=self._date(line.date_maturity)),
                line.amount_currency,
            ]
            for line in instalments.sorted("date_maturity")
        ]
        return Table(
            [
                ["", Paragraph(escape(label), TEXT), self._amount(amount)]
                for label, amount in rows
            ],
            colWidths=[WIDTH - 90 * mm, 50 * mm, 40 * mm],
            style=PLAIN,
        )

    def _bank(self) -> Paragraph:
        return self._text(
            "bank",
            bank=self.bank.bank_id.name,
            iban=self.bank.acc_number,
            bic=self.bank.bank_id.bic,
        )

    def _text(self, label: str, style=TEXT, **values) -> Paragraph:
        return Paragraph(escape(self.labels[label].format(**values)), style)

    def _date(self, day) -> str:
        return format_date(self.env, day)

    def _amount(self, amount) -> Paragraph:
        text = formatLang(self.env, amount, currency_obj=self.move.currency_id)
        # Helvetica has no narrow no-break space.
        return Paragraph(
            text.replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"), RIGHT
        )


def invoice_pdf(move, bank_account) -> bytes:
    """Return the invoice as a PDF in the customer's language."""
    stream = io.BytesIO()
    document = SimpleDocTemplate(
        stream,
        pagesize=A4,
        leftMargin=20 * mm,
        rightMargin=20 * mm,
        topMargin=18 * mm,
        bottomMargin=18 * mm,
        title=move.name,
        author=move.company_id.name,
        invariant=1,
    )
    document.build(_Page(move, bank_account).story())
    return stream.getvalue()
