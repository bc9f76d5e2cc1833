# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

#: Bundles of Odoo's own unit tests of its web client, and of pages that no test of ours opens: they are
#: made when these are.
RARE = {
    "api_doc.assets",
    "mail.assets_discuss_public_test_tours",
    "mail.assets_public",
    "spreadsheet.public_spreadsheet",
    "web.assets_unit_tests",
    "web.assets_unit_tests_setup",
    "web.assets_web_dark",
    "web.qunit_suite_tests",
    "web.tests_assets",
}


class IrQweb(models.AbstractModel):
    """Two thirds of the time that Odoo takes to make bundles before tests goes to those of no page."""

    _inherit = "ir.qweb"

    def _get_bundles_to_pregenarate(self):
        scripts, styles = super()._get_bundles_to_pregenarate()
        return scripts - RARE, styles - RARE
