# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance – Papers",
    "summary": "Read PV, orders, OS and invoices, and lift what blocks the money",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["btp_relance"],
    "external_dependencies": {
        "python": [
            "factur-x",
            "opencv-python-headless",
            "pdfminer.six",
            "pypdfium2",
            "rapidfuzz",
        ]
    },
    "data": [
        "security/btp_paper_security.xml",
        "security/ir.model.access.csv",
        "views/btp_paper_views.xml",
        "views/menus.xml",
    ],
}
