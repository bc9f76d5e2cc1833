# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sentences that people read: one for each error, warning and doubt. Each says what to do."""

from odoo.tools.translate import LazyTranslate

_lt = LazyTranslate(__name__)

#: {code of a verdict: sentence}; see ``decide``.
WHY = {
    "error_encrypted": _lt(
        "A password locks this file: ask the sender for a copy without one."
    ),
    "error_corrupt": _lt("This file is damaged: ask the sender for it again."),
    "error_empty": _lt("This file is empty: ask the sender for it again."),
    "error_wrong_format": _lt(
        "This is neither a PDF nor a picture: ask for a PDF, a scan or a photo."
    ),
    "error_too_large": _lt(
        "This file is too heavy to be read: ask for fewer pages or a lighter scan, or fill "
        "it in by hand."
    ),
    "error_timeout": _lt(
        "Reading this file took too long and was stopped: fill it in by hand, or ask for a "
        "lighter one."
    ),
    "error_no_text": _lt(
        "Nothing is written on this paper: look at the original, then set it aside or ask for "
        "it again."
    ),
    "error_low_quality": _lt(
        "This picture is too poor to be read: ask for a flat and sharp one, or fill it in by "
        "hand."
    ),
    "error_no_tesseract": _lt(
        "Scans cannot be read on this server: ask your administrator to install Tesseract "
        "with its French data, then read this paper again."
    ),
    "error_killed": _lt(
        "This file stopped its reader three times: fill it in by hand, or ask for another copy."
    ),
    "error_lost": _lt(
        "The original is no longer on the server: ask your administrator to restore it, or "
        "the sender for a copy."
    ),
    "error_unknown": _lt(
        "This file could not be read: fill it in by hand, or ask the sender for another copy."
    ),
    "warning_javascript": _lt(
        "This file holds a program that runs when it is opened: do not open the original "
        "elsewhere, and check what was read."
    ),
    "warning_attachment": _lt(
        "Other files are hidden inside this one: check with the sender before you trust it."
    ),
    "warning_xml_rejected": _lt(
        "The invoice data inside this file was refused as damaged or dangerous: check the "
        "amounts against the page."
    ),
    "warning_hidden_text": _lt(
        "This file holds text that the eye does not see: check each value against the page."
    ),
    "kind_unknown": _lt("It is not clear what this paper is: choose its kind."),
    "kind_unsure": _lt("Check the kind of this paper: it is not sure."),
    "kind_by_hand": _lt(
        "A person checks papers of this kind: look at what it says, then confirm."
    ),
    "no_proof": _lt(
        "Minutes before réception prove no réception: keep this paper, and ask for the PV."
    ),
    "match_none": _lt(
        "Nothing tells what this paper is about: choose the chantier or the invoice."
    ),
    "supplier_unknown": _lt(
        "The supplier is not known: create it from this paper, or choose another one."
    ),
    "match_unsure": _lt(
        "Confirm what this paper is about: the three most likely ones are proposed."
    ),
    "unsigned": _lt(
        "No signature on this paper: ask for it signed, or confirm that it is."
    ),
    "maybe_signed": _lt("Probably signed: confirm the signature."),
    "signature_unknown": _lt(
        "It is not clear whether this paper is signed: look at it and confirm."
    ),
    "grave": _lt(
        "A refusal or a réception under conditions: a person decides what follows."
    ),
    "values_missing": _lt("Fill in what was not found: %(fields)s."),
    "values_unsure": _lt("Confirm what is not sure: %(fields)s."),
    "company_checks": _lt(
        "Everything is sure: your company looks at each paper, confirm."
    ),
    "first_ones": _lt(
        "Everything is sure: one of the first papers of its kind (%(checked)s of %(wanted)s "
        "checked), confirm."
    ),
    "sure": _lt("Everything is sure: done without a hand."),
    "same_sheet": _lt(
        "The same sheet as “%(name)s”, received on %(date)s: nothing to do."
    ),
    "replaced": _lt("“%(name)s” was sent in its place: nothing to do."),
    "stopped": _lt(
        "What follows from this paper could not be worked out: check it by hand."
    ),
}

#: What people call the fields.
FIELDS = {
    "ref_marche": _lt("Contract"),
    "ref_commande": _lt("Order number"),
    "ref_os": _lt("Number of the OS"),
    "ref_situation": _lt("Number of the situation"),
    "ref_facture": _lt("Invoice number"),
    "lot": _lt("Lot"),
    "chantier": _lt("Chantier"),
    "donneur_ordre": _lt("Customer"),
    "entreprise": _lt("Company"),
    "maitre_oeuvre": _lt("Maître d'œuvre"),
    "siret": _lt("SIRET"),
    "signed": _lt("Signed"),
    "date_reception": _lt("Date of réception"),
    "date_signature": _lt("Date of signature"),
    "date_document": _lt("Date of the document"),
    "date_effet": _lt("Date of effect"),
    "date_echeance": _lt("Due date"),
    "date_levee": _lt("Date of the lifting"),
    "decision": _lt("Decision"),
    "reserves": _lt("Reserves open"),
    "reserves_list": _lt("List of reserves"),
    "reserves_deadline": _lt("Deadline of the reserves"),
    "montant_ht": _lt("Amount without VAT"),
    "montant_tva": _lt("VAT"),
    "montant_ttc": _lt("Amount with VAT"),
    "periode": _lt("Period"),
    "nb_documents": _lt("Number of documents"),
    "iban": _lt("IBAN"),
    "tva_detail": _lt("VAT by rate"),
    "ref_facture_origine": _lt("Invoice corrected"),
    "certificat": _lt("Which certificate"),
    "date_fin": _lt("Valid until"),
    "banque": _lt("Guarantor (bank)"),
}
#: What people call the decisions, and the other values that are words of the reader.
VALUES = {
    "sans_reserve": _lt("Accepted without reserves"),
    "avec_reserves": _lt("Accepted with reserves"),
    "sous_reserve": _lt("Accepted on condition (sous réserve)"),
    "refusee": _lt("Refused"),
    "levee_totale": _lt("All reserves lifted"),
    "levee_partielle": _lt("Some reserves stay"),
    "refus_levee": _lt("Lifting refused"),
    "urssaf": _lt("Attestation de vigilance (URSSAF)"),
    "decennale": _lt("Décennale insurance"),
}
