# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The invoices that are open today at a known age.

Payment habits alone would leave some steps of a scenario empty on some days of the
month. These rows put échéances at J−7, J0, J+3, J+10, J+20, J+35 and beyond whatever the
day on which the demo is loaded.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from .billing import order_ref
from .records import Chantier, Customer, Invoice, Line
from .terms import TERMS


class Staged(NamedTuple):
    """One row.

    :ivar int late: days since the due date of its last unpaid instalment (negative: days
        left before it)
    :ivar int paid: what the customer already paid of that instalment, in percent
    """

    customer: str
    chantier: str
    stage: str
    term: str
    late: int
    amount: int
    text: str
    account: str = "works"
    paid: int = 0
    legal_file: bool = False
    instalment: int = 0


STAGED = (
    # Before the due date
    Staged("estuaire", "quais_b", "plain", "net30", -7, 18_400,
           "Travaux supplémentaires – seuils de terrasse (devis accepté)"),
    Staged("oph", "", "plain", "net30", -7, 14_850,
           "Marché à bons de commande – reprise de perrons"),
    Staged("guerin", "", "plain", "net30", -6, 5_120,
           "Location d'un échafaudage roulant, 4 semaines", "rental"),
    Staged("acacias", "acacias_parkings", "plain", "net30", -4, 6_300,
           "Travaux supplémentaires – caniveau de parking (devis accepté)"),
    # The day itself
    Staged("morvan", "halle", "plain", "net30", 0, 12_600,
           "Travaux supplémentaires – longrines de la zone de lavage (devis accepté)"),
    Staged("commune", "cimetiere", "plain", "net30", 0, 11_900,
           "Travaux supplémentaires – couronnement en pierre (ordre de service n° 3)"),
    Staged("pineau", "pineau", "final", "now", 0, 2_200,
           "Solde du marché – réception sans réserve"),
    # J+3 and J+4
    Staged("ligerien", "", "plain", "net30", 3, 8_750,
           "Mise à disposition d'une grue à tour avec grutier, 3 semaines", "rental"),
    Staged("hopital", "urgences", "plain", "net50", 3, 15_300,
           "Travaux supplémentaires – socles d'appareils (ordre de service n° 4)"),
    Staged("haddad", "haddad", "plain", "thirds", 3, 9_600,
           "Ouverture en façade et pose d'un linteau", instalment=1),
    Staged("shannon", "cold_store", "plain", "net30", 4, 9_400,
           "Extra works – kerbs along the loading bays (quotation accepted)"),
    # J+10 to J+13
    Staged("morvan", "belvedere", "plain", "net30", 10, 7_900,
           "Reprise de têtes de pieux après recépage"),
    Staged("estuaire", "quais_a", "plain", "net30", 10, 24_700,
           "Travaux de parfait achèvement à la charge du maître d'ouvrage", paid=40),
    Staged("acacias", "acacias_facades", "plain", "net30", 11, 9_850,
           "Travaux supplémentaires – bandeaux du pignon nord (devis accepté)"),
    Staged("grellier", "grellier", "final", "now", 12, 3_900,
           "Solde – terrasse et escalier"),
    Staged("pineau", "", "plain", "now", 13, 2_480,
           "Réfection d'un mur de clôture en pierre"),
    # J+20 to J+23
    Staged("commune", "polyvalente", "plain", "net30", 20, 16_200,
           "Marché à bons de commande – rampe d'accès de la salle polyvalente"),
    Staged("atlantique", "brivet", "plain", "net30", 20, 13_450,
           "Travaux supplémentaires – fosse de pesage (devis accepté)"),
    Staged("haddad", "", "plain", "now", 21, 2_350,
           "Dalle béton de l'abri de jardin"),
    Staged("esh", "charmettes", "plain", "net60", 23, 21_600,
           "Travaux supplémentaires – reprise d'acrotères (ordre de service n° 2)"),
    # J+35 to J+60
    Staged("villas", "erdre_1", "plain", "net30", 35, 12_900,
           "Travaux supplémentaires – voirie de desserte (devis accepté)"),
    Staged("moulin", "moulin", "plain", "net30", 36, 7_400,
           "Travaux supplémentaires – reprise du bief (devis accepté)", paid=25),
    Staged("morvan", "", "plain", "net30", 38, 5_600,
           "Location de banches et d'étais, 3 semaines", "rental"),
    Staged("grellier", "", "plain", "now", 41, 2_150,
           "Traitement des remontées capillaires"),
    Staged("hopital", "blanchisserie", "plain", "net50", 47, 13_700,
           "Travaux supplémentaires – siphons de sol (ordre de service n° 2)"),
    # Older
    Staged("morvan", "", "plain", "net30", 64, 6_850,
           "Scellements et calfeutrements – intervention ponctuelle"),
    Staged("esh", "charmilles", "final", "net60", 78, 18_300,
           "Révision définitive des prix du marché", paid=50),
    Staged("commune", "", "plain", "net30", 96, 10_200,
           "Marché à bons de commande – reprise du parvis, service fait contesté"),
    Staged("acacias", "", "plain", "net30", 131, 4_950,
           "Recherche de fuite et reprise d'étanchéité en sous-sol"),
    Staged("villas", "erdre_1", "plain", "net30", 214, 12_400,
           "Clôtures et portails – tranche 1", legal_file=True),
)  # fmt: skip


def staged_invoices(
    customers: dict[str, Customer], chantiers: dict[str, Chantier], today: date
) -> Iterator[tuple[Staged, Invoice]]:
    """Yield each row with its invoice, dated so that it is that late today."""
    for index, row in enumerate(STAGED):
        customer = customers[row.customer]
        chantier = chantiers.get(row.chantier)
        days = TERMS[row.term].parts[row.instalment].days
        invoice = Invoice(
            key=f"staged/{index:02d}",
            customer=customer,
            date=today - timedelta(days=row.late + days),
            stage=row.stage,
            lines=(Line(row.text, Decimal(row.amount), row.account),),
            term=row.term,
            tax=customer.tax,
            chantier=chantier,
            ref=order_ref(customer, chantier.code) if chantier else "",
            staged=True,
            legal_file=row.legal_file,
        )
        yield row, invoice
