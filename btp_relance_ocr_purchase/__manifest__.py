# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance – Papers and Purchases",
    "summary": "Suppliers' bills that were read are matched to their purchase orders",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["btp_relance_ocr", "purchase"],
    "auto_install": True,
}
