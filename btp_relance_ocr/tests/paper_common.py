# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers that tests make, and a company that receives them."""

from functools import cache
from html import escape

from weasyprint import HTML

from odoo.tests import TransactionCase

#: A PV that says all it must; SIRET of nobody, with a right check digit.
PV = {
    "Maître d'ouvrage": "Commune de Valbrune",
    "Entreprise": "Martin Bâtiment",
    "SIRET": "732 829 320 00074",
    "Marché n°": "M-2026-014",
    "Lot n°": "3 – Gros œuvre",
    "Chantier": "Groupe scolaire Les Tilleuls",
}


@cache
def make_pv(day="12 mars 2026", contract="M-2026-014", signed="") -> bytes:
    """Return a PV de réception without reserves as a PDF with a text layer."""
    facts = {**PV, "Marché n°": contract}
    rows = "".join(f"<p>{name} : {escape(value)}</p>" for name, value in facts.items())
    return HTML(
        string=f"<h1>PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX</h1>{rows}"
        f"<p>La réception des travaux est prononcée sans réserve, "
        f"avec effet à la date du {day}.</p>"
        f"<p>Fait à Valbrune, le {day}</p><p>Signature du maître d'ouvrage</p>{signed}"
    ).write_pdf()


@cache
def make_bond() -> bytes:
    """Return a retention bond as a PDF with a text layer."""
    return HTML(
        string="<p>Banque Orbane – 3 place du Marché, 44000 Nantes</p>"
        "<h1>CAUTION PERSONNELLE ET SOLIDAIRE</h1>"
        "<p>Remplaçant la retenue de garantie (loi n° 71-584 du 16 juillet 1971)</p>"
        "<p>La Banque Orbane se porte caution solidaire de l'entreprise Martin Bâtiment, "
        "titulaire du marché n° M-2026-014, pour un montant maximum de 12 500,00 €.</p>"
        "<p>Elle sera libérée un an après la réception.</p><p>Fait à Nantes, le 2 juin 2026</p>"
    ).write_pdf()


class PaperCommon(TransactionCase):
    """A company with a chantier, and files to receive."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.papers = cls.env["btp.paper"]

    def receive(self, content=None, name="pv.pdf", source="upload", **values):
        """Return the paper that a file becomes."""
        content = make_pv() if content is None else content
        return self.papers._receive(name, content, source, self.company, **values)
