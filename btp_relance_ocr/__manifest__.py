# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance – Papers",
    "summary": "Read PV, orders, OS and invoices, and lift what blocks the money",
    "version": "19.0.1.2.0",
    "category": "Accounting/Accounting",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["btp_relance"],
    "external_dependencies": {
        "python": [
            "factur-x",
            "opencv-python-headless",
            "pypdfium2",
            "rapidfuzz",
        ]
    },
    "data": [
        "security/btp_paper_security.xml",
        "security/btp_paper_review_security.xml",
        "security/btp_paper_site_security.xml",
        "security/btp_paper_apply_security.xml",
        "security/ir.model.access.csv",
        "data/ir_cron_data.xml",
        "data/ir_cron_folder_data.xml",
        "data/btp_privacy_data.xml",
        "views/btp_paper_views.xml",
        "views/btp_paper_links_views.xml",
        "views/btp_paper_apply_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
        "views/btp_paper_review_views.xml",
        "views/btp_paper_layout_views.xml",
        "views/btp_paper_accuracy_views.xml",
        "views/btp_document_radar_views.xml",
        "views/btp_document_request_link.xml",
    ],
    "assets": {
        "web.assets_backend": ["btp_relance_ocr/static/src/**/*"],
        "web.assets_tests": ["btp_relance_ocr/static/tests/tours/**/*"],
    },
    "post_init_hook": "post_init_hook",
    "uninstall_hook": "uninstall_hook",
}
