# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
{
    "name": "BTP Relance: development helper",
    "summary": "Lets browser tests run on an Odoo packaged without its third-party blobs",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "BTP Relance contributors",
    "license": "LGPL-3",
    "depends": ["mail"],
    # Debian's package leaves this file out: the error in the browser's console would fail every tour.
    "assets": {
        "web.assets_backend": [
            ("remove", "mail/static/lib/selfie_segmentation/selfie_segmentation.js"),
        ],
    },
}
