# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers of the demo company's chantiers, invented like it, and the mails that bring them."""

from datetime import timedelta
from email.message import EmailMessage
from html import escape
from typing import NamedTuple
from zlib import crc32

from odoo.tools import format_date, formatLang

#: Strokes of a pen.
SIGNATURE = (
    "<svg width='140pt' height='46pt' viewBox='0 0 140 46'><path fill='none' "
    "stroke='#1b2a7a' stroke-width='1.5' d='M 4 28 Q 18 6 30 34 Q 44 44 52 12 Q 60 4 70 36 "
    "Q 82 40 92 16 Q 104 8 116 30 M 8 40 L 120 32'/></svg>"
)
STYLE = (
    "<style>@page{margin:18mm}body{font:10.5pt sans-serif}h1{font-size:15pt;text-align:center}"
    "td{padding:3pt 10pt 3pt 0;vertical-align:top}table.b td{border:.5pt solid #555;padding:4pt}"
    ".r{text-align:right}.n{break-before:page}</style>"
)
RESERVES = (
    "Reprise de peinture, cage d'escalier B",
    "Réglage de la porte du local technique",
)


class Firm(NamedTuple):
    """A supplier or a subcontractor, invented."""

    name: str
    siret: str
    street: str
    sells: str
    email: str


def pdf(body: str) -> bytes:
    """Return a page as a PDF with a text layer."""
    from weasyprint import HTML

    return HTML(string=f"<html>{STYLE}<body>{body}</body></html>").write_pdf()


class Papers:
    """Writes the papers of some chantiers.

    :param env: the environment of the demo's company, in French
    :param company: that company
    """

    def __init__(self, env, company):
        self.env, self.company = env, company
        self.today = env["btp.echeance"]._get_today()

    def day(self, value) -> str:
        """Return a date as it is written on papers."""
        return format_date(
            self.env, value, date_format="d MMMM yyyy", lang_code="fr_FR"
        )

    def money(self, amount) -> str:
        """Return an amount as it is written on papers."""
        currency = self.company.currency_id
        return formatLang(self.env, currency.round(amount), currency_obj=currency)

    def head(self, chantier) -> str:
        """Return the parties of a chantier."""
        partner = chantier.owner_id or chantier.partner_id
        rows = [
            ("Maître d'ouvrage", partner.name),
            ("Maître d'œuvre", chantier.moe_id.name),
            ("Entreprise", self.company.name),
            ("SIRET", self.company.company_registry),
            ("Opération", chantier.name),
            ("Marché n°", chantier.contract_reference or chantier.code),
        ]
        lines = "".join(
            f"<tr><td>{name} :</td><td><b>{escape(value)}</b></td></tr>"
            for name, value in rows
            if value
        )
        return f"<table>{lines}</table>"

    def pv(self, chantier, day=None, signed=True, pages=1, reserves=RESERVES) -> bytes:
        """Return a PV de réception, with reserves; those of several pages list them in an annex."""
        day = day or self.today
        end = day + timedelta(days=30)
        items = "".join(f"<li>{escape(name)}</li>" for name in reserves)
        words = (
            f"<b>Réserves</b>, à lever avant le {self.day(end)}"
            if reserves
            else "Aucune réserve"
        )
        found = f"<p>{words} :</p><ol>{items}</ol>" if reserves else f"<p>{words}.</p>"
        annex = found if pages > 1 else ""
        said = "avec réserves" if reserves else "sans réserve"
        return pdf(
            f"<h1>PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX</h1>{self.head(chantier)}"
            f"<p>Après visite contradictoire, la réception des travaux est prononcée "
            f"<b>{said}</b>, avec effet à la date du {self.day(day)}.</p>"
            f"{'<p>Les réserves sont listées en annexe.</p>' if annex else found}"
            f"<p>Fait le {self.day(day)}</p><p>Signature du maître d'ouvrage</p>"
            f"{SIGNATURE if signed else '<br><br><br>'}"
            + (f"<div class=n><h1>ANNEXE – RÉSERVES</h1>{annex}</div>" if annex else "")
        )

    def lifting(self, chantier, day) -> bytes:
        """Return a PV that lifts all reserves of a chantier."""
        start = chantier.date_reception
        items = "".join(f"<li>{escape(name)} : levée</li>" for name in RESERVES)
        return pdf(
            f"<h1>PROCÈS-VERBAL DE LEVÉE DES RÉSERVES</h1>{self.head(chantier)}"
            f"<p>Réception prononcée le {self.day(start)}.</p>"
            f"<p>Les réserves suivantes sont levées :</p><ol>{items}</ol>"
            f"<p>Toutes les réserves sont levées à la date du {self.day(day)}.</p>"
            f"<p>Fait le {self.day(day)}</p><p>Signature du maître d'ouvrage</p>{SIGNATURE}"
        )

    def service_order(self, chantier, day) -> bytes:
        """Return the ordre de service that starts the works."""
        return pdf(
            f"<h1>ORDRE DE SERVICE n° 1</h1>{self.head(chantier)}"
            f"<p>Date : {self.day(day)}</p><p>Il est ordonné à l'entreprise de démarrer les "
            f"travaux. Date d'effet : {self.day(day + timedelta(days=7))}.</p>"
            f"<p>Signature du maître d'ouvrage</p>{SIGNATURE}"
        )

    def vigilance(self, until) -> bytes:
        """Return the company's attestation de vigilance."""
        return pdf(
            "<p><b>URSSAF Pays de la Loire</b></p><h1>ATTESTATION DE VIGILANCE</h1>"
            f"<p>L'URSSAF certifie que l'entreprise {escape(self.company.name)}, SIRET "
            f"{self.company.company_registry}, est à jour de ses obligations de déclaration et "
            "de paiement des cotisations (article L. 243-15 du code de la sécurité sociale).</p>"
            f"<p>Attestation valable jusqu'au {self.day(until)}.</p>"
            f"<p>Fait le {self.day(self.today - timedelta(days=3))}</p>"
        )

    def certificate(self, move, named=True, admitted=1.0) -> bytes:
        """Return a certificat de paiement of an invoice, with the visa of the maître d'œuvre.

        :param bool named: whether it says of which invoice it is, and of which day
        :param float admitted: the share of the amount that is admitted
        """
        day = self.day(move.invoice_date + timedelta(days=12))
        number = f"Facture n° {move.name} du {self.day(move.invoice_date)}"
        rows = self._rows(
            ("Montant HT des travaux du mois", admitted * move.amount_untaxed),
            ("TVA", admitted * move.amount_tax),
            ("Montant TTC", admitted * move.amount_total),
        )
        return pdf(
            f"<h1>CERTIFICAT DE PAIEMENT</h1>{self.head(move.btp_chantier_id)}"
            f"<p>{number if named else 'Travaux du mois'}</p>"
            f"<table class=b>{rows}</table>"
            f"<p>Vu et vérifié, le {day if named else self.day(self.today)}</p>"
            f"<p>Visa du maître d'œuvre</p>{SIGNATURE}"
        )

    def order(self, chantier, number, named=True, net=None) -> bytes:
        """Return a bon de commande of a chantier's customer.

        :param bool named: whether it says exactly which chantier it is about
        :param float net: its amount; that of the contract where there is none
        """
        day = self.today - timedelta(days=20) if net else chantier.contract_date
        day = day or self.today - timedelta(days=40)
        net = net or chantier.contract_amount or 12_400
        name = chantier.name if named else chantier.name.split(" – ")[0]
        head = (
            self.head(chantier)
            if named
            else f"<p>Client : <b>{escape(chantier.partner_id.name)}</b></p>"
        )
        rows = self._rows(
            ("Total HT", net), ("TVA 20 %", net * 0.2), ("Total TTC", net * 1.2)
        )
        return pdf(
            f"<h1>BON DE COMMANDE n° {number}</h1>"
            f"<p>Date : {self.day(day)}</p>{head}"
            f"<p>Désignation : {escape(name)}</p><table class=b>{rows}</table>"
            f"<p>Bon pour accord – signature du client</p>{SIGNATURE}"
        )

    def bill(self, firm, number, shares, chantier=None, **more) -> bytes:
        """Return the bill, or the credit note, of a supplier.

        :param firm: a ``Firm``
        :param shares: ``[(rate in percent, amount before tax)]``; a rate of 0 is not charged
        :param more: ``iban``, ``title``, ``days`` that it is old, ``note``
        """
        day = self.today - timedelta(days=more.get("days", 6))
        net = sum(base for _rate, base in shares)
        vat = [(rate, base, round(base * rate / 100, 2)) for rate, base in shares]
        due = sum(tax for _rate, _base, tax in vat)
        rows = self._rows(
            *(
                (f"Base à {rate:g} % ".replace(".", ","), base)
                for rate, base, _tax in vat
                if rate
            ),
            ("Total HT", net),
            *(
                (f"TVA {rate:g} %".replace(".", ","), tax)
                for rate, _base, tax in vat
                if rate
            ),
            ("Total TTC", net + due),
        )
        title = more.get("title") or f"FACTURE n° {number}"
        place = f"<br>Chantier : {escape(chantier.name)}" if chantier else ""
        bank = f"<p>IBAN : {more['iban']}</p>" if more.get("iban") else ""
        reference = more.get("reference", "")
        return pdf(
            f"<p><b>{escape(firm.name)}</b><br>{escape(firm.street)}<br>"
            f"SIRET : {firm.siret}</p><h1>{title}</h1>"
            f"<p>{reference}Date : {self.day(day)}<br>"
            f"Échéance : {self.day(day + timedelta(days=30))}</p>"
            f"<p>Facturé à : {escape(self.company.name)}{place}</p>"
            f"<table class=b><tr><td>{escape(firm.sells)}</td>"
            f"<td class=r>{self.money(net)}</td></tr>{rows}</table>"
            f"<p>{escape(more.get('note', ''))}</p>{bank}"
        )

    def _rows(self, *rows) -> str:
        """Return lines of a table, an amount at the right of each."""
        return "".join(
            f"<tr><td>{label}</td><td class=r>{self.money(amount)}</td></tr>"
            for label, amount in rows
        )


def to_mail(sender, to: str, subject: str, name: str, content: bytes) -> bytes:
    """Return a mail that brings one file.

    :param sender: partner, or ``Firm``, that writes
    """
    message = EmailMessage()
    address = sender.email or "contact@example.com"
    message["From"] = f'"{sender.name}" <{address}>'
    message["To"] = to
    message["Subject"] = subject
    message["Message-Id"] = f"<paper-{crc32(name.encode())}@example.com>"
    message.set_content("Bonjour,\n\nVeuillez trouver le document ci-joint.\n")
    message.add_attachment(
        content, maintype="application", subtype="pdf", filename=name
    )
    return message.as_bytes()
