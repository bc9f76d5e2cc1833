# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the reader calls the kinds and fields of papers, in words of people."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

KINDS = [
    ("pv_reception", "PV of réception"),
    ("pv_opr", "Minutes before réception (OPR)"),
    ("pv_levee_reserves", "PV lifting reserves"),
    ("bon_commande", "Purchase order"),
    ("ordre_service", "Ordre de service"),
    ("situation", "Situation"),
    ("certificat_paiement", "Certificat de paiement"),
    ("doe_bordereau", "DOE slip"),
    ("facture", "Supplier's invoice"),
    ("avoir", "Supplier's credit note"),
    ("attestation", "Certificate (URSSAF, insurance)"),
    ("caution", "Retention bond"),
    ("autre", "Other"),
]
#: The reader's finer kinds that people see as kinds of their own: {detail: kind}
DETAILS = {
    "attestation_urssaf": "attestation",
    "attestation_decennale": "attestation",
    "caution": "caution",
    "avoir": "avoir",
}
#: Kinds that a supplier or subcontractor writes of its own.
BILLS = ("facture", "avoir")
OF_SUPPLIER = (*BILLS, "attestation")
#: What is given with this confidence or more is used without being shown first.
SURE = 0.9
