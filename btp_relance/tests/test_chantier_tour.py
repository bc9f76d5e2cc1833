# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The page of a chantier in a real browser: a view may be valid and still not open."""

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import BrowserTwice, RelanceCommon


@tagged("post_install", "-at_install")
class TestChantierTour(BrowserTwice, RelanceCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The tours read English, whatever the languages of the database.
        cls.env["res.lang"]._activate_lang("en_US")
        cls.agent = cls.make_user(
            "agent", "btp_relance.group_agent", password="agent", lang="en_US"
        )
        cls.customer.btp_regime = "public_30"
        cls.chantier = cls.env["btp.chantier"].create(
            {
                "name": "School",
                "code": "CH-2025-014",
                "partner_id": cls.customer.id,
                "retention_regime": "retention",
                "date_reception_planned": fields.Date.from_string("9999-12-31"),
            }
        )
        cls.invoice = cls.make_invoice(
            5, 1000, btp_chantier_id=cls.chantier.id, btp_situation_number=3
        )

    def test_the_page_and_the_attachment(self):
        past = self.make_invoice(5, 400, ref="CH-2025-014")
        self.start_tour("/odoo/chantiers", "btp_chantier_page", login="agent")
        past.invalidate_recordset()
        self.assertEqual(past.btp_chantier_id, self.chantier)
        self.assertEqual(self.chantier.avenant_ids.name, "Fewer doors")

    def test_from_the_story_to_the_invoice_and_back(self):
        # Odoo opens the links of a text in another tab: begin where they lead.
        url = self.chantier._get_url(self.invoice)
        self.assertIn(f'href="{url}"', self.chantier.timeline)
        self.start_tour(url, "btp_invoice_chantier", login="agent")
