# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance – Spreadsheet Dashboard",
    "summary": "The figures of the follow-up among Odoo's dashboards",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["btp_relance", "spreadsheet_dashboard"],
    "data": ["data/dashboards.xml"],
    "auto_install": True,
}
