# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The print button in a browser: our papers never ask for wkhtmltopdf."""

import json
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.http import Request
from odoo.tests import HttpCase, tagged

from .common import BrowserTwice
from .paper_common import PaperCommon, pages

PRINT = """(async () => {
    const { env } = odoo.__WOWL_DEBUG__.root;
    await env.services.action.doAction(%s);
    const asked = performance.getEntriesByType("resource").map((entry) => entry.name);
    if (asked.some((name) => name.includes("check_wkhtmltopdf"))) {
        throw new Error("wkhtmltopdf was asked for");
    }
    if (!asked.some((name) => name.includes("/report/download"))) {
        throw new Error("Nothing was downloaded");
    }
    console.log("test successful");
})()"""


@tagged("post_install", "-at_install")
class TestPaperBrowser(BrowserTwice, PaperCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user(
            "agent_paper", "btp_relance.group_agent", "base.group_user"
        )
        cls.agent.password = "agent_paper"

    @contextmanager
    def scheduler(self):
        """Give the engine; a browser test lets it commit as it is."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["btp.relance.engine"]

    def dispatch(self, **options):
        reached = super().dispatch(**options)
        self.env.invalidate_all()
        return reached

    def test_the_print_button_downloads_the_letters(self):
        self.make_invoice(partner=self.make_customer("Other"))
        relances = self.make_letter()
        action = relances.with_user(self.agent).action_print_letters()
        action["context"] = {"active_ids": relances.ids}
        self.browser_js(
            "/odoo/my-day",
            PRINT % json.dumps(action),
            """!!document.querySelector(".o_kanban_record")""",
            login="agent_paper",
        )

    def test_the_route_gives_the_archived_letter(self):
        relance = self.make_letter()
        self.authenticate("agent_paper", "agent_paper")
        url = f"/report/pdf/btp_relance.letter/{relance.id}"
        found = self.url_open(
            "/report/download",
            data={
                "data": json.dumps([url, "qweb-pdf"]),
                "context": "{}",
                "csrf_token": Request.csrf_token(self),
            },
        )
        self.assertEqual(found.content, relance.letter_id.raw)
        name = found.headers["Content-Disposition"]
        self.assertIn(
            f"{relance.reference} - Promoteur Sud.pdf", name.replace("%20", " ")
        )
        self.assertIn(relance.reference, pages(found.content)[0])
