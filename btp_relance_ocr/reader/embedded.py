# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Factur-X and Order-X: the data inside a PDF is surer than any reading of it.

The XML comes from outside: no document type, no entity, no network.
"""

import logging
import re
from decimal import Decimal, InvalidOperation

from facturx import get_flavor
from lxml import etree

from . import source
from .model import Found

logging.getLogger("factur-x").setLevel(logging.CRITICAL)

NAMES = re.compile(
    r"(?:factur-?x|order-?x|zugferd-invoice|xrechnung).*\.xml$", re.IGNORECASE
)
FLAVORS = {"factur-x": "facture", "zugferd": "facture", "order-x": "bon_commande"}
PATHS = {
    "ref": ".//*[local-name()='ExchangedDocument']/*[local-name()='ID']",
    "date_document": ".//*[local-name()='ExchangedDocument']/*[local-name()='IssueDateTime']/*",
    "date_echeance": ".//*[local-name()='DueDateDateTime']/*",
    "entreprise": ".//*[local-name()='SellerTradeParty']/*[local-name()='Name']",
    "donneur_ordre": ".//*[local-name()='BuyerTradeParty']/*[local-name()='Name']",
    "siret": (
        ".//*[local-name()='SellerTradeParty']/*[local-name()='SpecifiedLegalOrganization']/*[local-name()='I"
        "D']"
    ),
    "ref_commande": ".//*[local-name()='BuyerOrderReferencedDocument']/*[local-name()='IssuerAssignedID']",
    "ref_marche": ".//*[local-name()='ContractReferencedDocument']/*[local-name()='IssuerAssignedID']",
    "montant_ht": ".//*[local-name()='TaxBasisTotalAmount']",
    "montant_tva": ".//*[local-name()='TaxTotalAmount']",
    "montant_ttc": ".//*[local-name()='GrandTotalAmount']",
    "iban": ".//*[local-name()='IBANID']",
}
#: The code of a credit note.
CREDIT_NOTE = "381"


def read(content, doc):
    """The data of a Factur-X or Order-X file, or None; what is refused becomes a warning.

    :return: {"type": kind, "detail": finer kind, "fields": {field: Found}} or None
    """
    if "attachment" not in doc.warnings:
        return None
    try:
        files = source.attachments(source.open_pdf(content))
    except source.Unreadable:
        return None
    data, others = None, 0
    for name, body in files:
        if not NAMES.search(name):
            others += 1
            continue
        try:
            data = data or _parse(body)
        except ValueError:
            doc.warnings.append("xml_rejected")
    if data and not others:
        doc.warnings.remove("attachment")
    return data


def _parse(body):
    """The fields of the XML; ValueError when it is not to be trusted."""
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", body) or len(body) > 2_000_000:
        raise ValueError("document type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(body, parser)
        flavor = get_flavor(root)
    except Exception as error:  # noqa: BLE001 - lxml and factur-x raise their own kinds
        raise ValueError("not an invoice") from error
    kind = FLAVORS.get(str(flavor))
    if not kind:
        raise ValueError("unknown flavor")
    code = root.findtext(".//{*}ExchangedDocument/{*}TypeCode")
    found = {
        field: text for field, path in PATHS.items() if (text := _text(root, path))
    }
    fields = {}
    for field, text in found.items():
        name = {"ref": "ref_facture" if kind == "facture" else "ref_commande"}.get(
            field, field
        )
        if (value := _value(name, text)) is not None:
            fields[name] = Found(value, 0.99, 1, None, "xml")
    _check_sums(fields)
    return {
        "type": kind,
        "detail": "avoir" if code == CREDIT_NOTE else "xml",
        "fields": fields,
    }


def _text(root, path):
    """The text of the first node of a path."""
    nodes = root.xpath(path)
    return (nodes[0].text or "").strip() if nodes else ""


def _value(field, text):
    """A text as the field has it, or None when it is none."""
    if field.startswith("date_"):
        digits = re.sub(r"\D", "", text)
        return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else None
    if field.startswith("montant_"):
        try:
            return str(Decimal(text).quantize(Decimal("0.01")))
        except InvalidOperation:
            return None
    if field == "siret":
        digits = re.sub(r"\D", "", text)
        return digits if len(digits) == 14 else None
    return text


def _check_sums(fields):
    """Amounts that do not add up are not sure, not even in data."""
    names = ("montant_ht", "montant_tva", "montant_ttc")
    if all(name in fields for name in names):
        ht, tva, ttc = (Decimal(fields[name].value) for name in names)
        if abs(ht + tva - ttc) > Decimal("0.02"):
            for name in names:
                fields[name].confidence = 0.5
