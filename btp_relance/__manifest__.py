# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance",
    "summary": "Follow-up of unpaid invoices for building companies",
    "version": "19.0.1.1.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["account", "account_payment", "mail", "portal"],
    "data": [
        "security/btp_relance_security.xml",
        "security/ir.model.access.csv",
        "views/mail_blocks.xml",
        "data/mail_template_data.xml",
        "data/scenario_data.xml",
        "data/ir_cron_data.xml",
        "views/btp_echeance_views.xml",
        "report/btp_relance_letter.xml",
        "wizards/btp_relance_activation_views.xml",
        "wizards/btp_relance_forecast_views.xml",
        "wizards/btp_relance_outcome_views.xml",
        "views/btp_relance_views.xml",
        "views/btp_relance_my_day_views.xml",
        "views/btp_relance_event_views.xml",
        "views/btp_relance_scenario_views.xml",
        "views/btp_chantier_views.xml",
        "views/account_move_views.xml",
        "views/res_partner_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "btp_relance/static/src/**/*",
        ],
        "web.assets_tests": [
            "btp_relance/static/tests/tours/**/*",
        ],
    },
    "demo": ["demo/demo.xml"],
    "uninstall_hook": "uninstall_hook",
    "application": True,
}
