# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The line of time of a scenario, and a message on a real case, in a real browser."""

from odoo.tests import HttpCase, tagged

from .common import BrowserTwice, RelanceCommon


@tagged("post_install", "-at_install")
class TestTimeline(BrowserTwice, RelanceCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.manager = cls.make_user(
            "manager",
            "btp_relance.group_manager",
            "mail.group_mail_template_editor",
            password="manager",
            lang="en_US",
        )
        cls.template.with_context(
            lang="fr_FR"
        ).body_html = "<p>Bonjour <t t-out='object.contact_id.name'/></p>"
        cls.url = f"/odoo/reminder-scenarios/{cls.scenario.id}"

    def test_drag_keyboard_and_plus(self):
        self.start_tour(self.url, "btp_relance_timeline", login="manager")
        self.scenario.invalidate_recordset()
        self.assertEqual(
            sorted((step.days, step.name) for step in self.scenario.step_ids),
            [
                (-7, "Step -7"),
                (3, "Step 3"),
                (16, "Step 10"),
                (20, "Step 20"),
                (27, "Extra"),
                (35, "Step 35"),
            ],
        )

    def test_message_on_a_real_case(self):
        self.make_invoice(late=5, amount=1000)
        relance = self.plan()
        before = self.env["mail.mail"].search_count([]), relance.write_date
        self.start_tour(self.url, "btp_relance_preview_message", login="manager")
        relance.invalidate_recordset()
        self.assertEqual(
            (self.env["mail.mail"].search_count([]), relance.write_date), before
        )
