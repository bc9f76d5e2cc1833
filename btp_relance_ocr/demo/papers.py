# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers of the demo company's chantiers, invented like it, and the mails that bring them."""

from datetime import timedelta
from email.message import EmailMessage
from html import escape
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
    ".r{text-align:right}</style>"
)


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

    def pv(self, chantier, signed=True) -> bytes:
        """Return a PV de réception with two reserves."""
        day = (chantier.date_reception or self.today) - timedelta(days=0)
        end = day + timedelta(days=30)
        return pdf(
            f"<h1>PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX</h1>{self.head(chantier)}"
            f"<p>Après visite contradictoire, la réception des travaux est prononcée "
            f"<b>avec réserves</b>, avec effet à la date du {self.day(day)}.</p>"
            f"<p><b>Réserves</b>, à lever avant le {self.day(end)} :</p>"
            "<ol><li>Reprise de peinture, cage d'escalier B</li>"
            "<li>Réglage de la porte du local technique</li></ol>"
            f"<p>Fait le {self.day(day)}</p><p>Signature du maître d'ouvrage</p>"
            f"{SIGNATURE if signed else '<br><br><br>'}"
        )

    def certificate(self, move) -> bytes:
        """Return a certificat de paiement of an invoice, with the visa of the maître d'œuvre."""
        rows = "".join(
            f"<tr><td>{label}</td><td class=r>{self.money(amount)}</td></tr>"
            for label, amount in (
                ("Montant HT des travaux du mois", move.amount_untaxed),
                ("TVA", move.amount_tax),
                ("Montant TTC", move.amount_total),
            )
        )
        return pdf(
            f"<h1>CERTIFICAT DE PAIEMENT</h1>{self.head(move.btp_chantier_id)}"
            f"<p>Facture n° {move.name} du {self.day(move.invoice_date)}</p>"
            f"<table class=b>{rows}</table>"
            f"<p>Vu et vérifié, le {self.day(move.invoice_date + timedelta(days=12))}</p>"
            f"<p>Visa du maître d'œuvre</p>{SIGNATURE}"
        )

    def order(self, chantier) -> bytes:
        """Return a bon de commande of a chantier's customer."""
        net = chantier.contract_amount or 12_400
        day = chantier.contract_date or self.today - timedelta(days=40)
        rows = "".join(
            f"<tr><td>{label}</td><td class=r>{self.money(amount)}</td></tr>"
            for label, amount in (
                ("Total HT", net),
                ("TVA 20 %", net * 0.2),
                ("Total TTC", net * 1.2),
            )
        )
        return pdf(
            f"<h1>BON DE COMMANDE n° BC-{day.year}-0{chantier.id % 1000:03}</h1>"
            f"<p>Date : {self.day(day)}</p>{self.head(chantier)}"
            f"<p>Désignation : {escape(chantier.name)}</p><table class=b>{rows}</table>"
            f"<p>Bon pour accord – signature du client</p>{SIGNATURE}"
        )

    def bill(self, chantier) -> bytes:
        """Return the invoice of a supplier for a chantier."""
        net, day = 1_860.0, self.today - timedelta(days=6)
        rows = "".join(
            f"<tr><td>{label}</td><td class=r>{self.money(amount)}</td></tr>"
            for label, amount in (
                ("Total HT", net),
                ("TVA 20 %", net * 0.2),
                ("Total TTC", net * 1.2),
            )
        )
        return pdf(
            "<p><b>NÉGOCE DES TROIS VALLÉES</b><br>ZA du Pré Long<br>"
            "SIRET : 732 829 320 00074</p><h1>FACTURE n° F-2207-118</h1>"
            f"<p>Date : {self.day(day)}<br>Échéance : {self.day(day + timedelta(days=30))}</p>"
            f"<p>Facturé à : {escape(self.company.name)}<br>Chantier : {escape(chantier.name)}</p>"
            "<table class=b><tr><td>Parpaings creux 20 × 20 × 50, 600 unités</td>"
            f"<td class=r>{self.money(net)}</td></tr>{rows}</table>"
        )


def write(env, company):
    """Yield the mails of the demo: ``(sender, subject, file name, content)``."""
    papers = Papers(env, company)
    missing = env["btp.document"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "expected"),
            ("need_ids.missing", "=", True),
            ("type_id.code", "in", ("PVR", "VIS")),
        ]
    )
    pv = missing.filtered(lambda document: document.type_id.code == "PVR")[:1]
    if pv:
        yield _from(pv), "PV signé", "PV réception.pdf", papers.pv(pv.chantier_id)
    visa = missing.filtered(
        lambda document: document.type_id.code == "VIS" and document.move_id
    )[:1]
    if visa:
        content = papers.certificate(visa.move_id)
        yield _from(visa), "Certificat visé", "certificat.pdf", content
    chantiers = env["btp.chantier"].search(
        [("company_id", "=", company.id)], order="id"
    )
    others = chantiers - pv.chantier_id - visa.chantier_id
    for chantier in others[:1]:
        partner = chantier.partner_id
        yield partner, "Bon de commande", "bc.pdf", papers.order(chantier)
        content = papers.bill(chantier)
        yield company.partner_id, "Facture fournisseur", "F-2207-118.pdf", content
    for chantier in others[1:2]:
        content = papers.pv(chantier, signed=False)
        yield chantier.partner_id, "PV à signer", "PV non signé.pdf", content
        # Cut on its way: what a person sees of a file that cannot be read.
        yield chantier.partner_id, "Fw: scan", "scan coupé.pdf", content[:700]


def _from(document):
    """Return who sends a document that was asked for."""
    return document.owner_partner_id or document.chantier_id.partner_id


def to_mail(sender, to: str, subject: str, name: str, content: bytes) -> bytes:
    """Return a mail that brings one file."""
    message = EmailMessage()
    address = sender.email or f"contact{sender.id}@example.com"
    message["From"] = f'"{sender.name}" <{address}>'
    message["To"] = to
    message["Subject"] = subject
    message["Message-Id"] = f"<paper-{crc32(name.encode())}-{sender.id}@example.com>"
    message.set_content("Bonjour,\n\nVeuillez trouver le document ci-joint.\n")
    message.add_attachment(
        content, maintype="application", subtype="pdf", filename=name
    )
    return message.as_bytes()
