# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance – Snailmail",
    "summary": "Letters of BTP Relance posted by Odoo's Snailmail",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["btp_relance", "snailmail"],
    "data": [
        "data/ir_cron_data.xml",
        "views/btp_relance_views.xml",
        "views/res_config_settings_views.xml",
    ],
    "uninstall_hook": "uninstall_hook",
    "auto_install": True,
}
