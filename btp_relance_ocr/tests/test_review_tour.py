# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.btp_relance.tests.common import BrowserTwice, RelanceHttpCommon

from .review_common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReviewTour(BrowserTwice, ReviewCommon, RelanceHttpCommon):
    """The review screen in a browser: without a mouse, and by clicking words."""

    def setUp(self):
        super().setUp()
        self.env["btp.paper"].search([("state", "=", "to_check")]).state = "set_aside"
        self.paper = self.make_paper()
        self.env["btp.paper.candidate"].sudo().create(
            {
                "paper_id": self.paper.id,
                "chantier_id": self.chantier.id,
                "score": 0.7,
                "evidence": "Same contract",
            }
        )
        self.startPatcher(
            patch.multiple(
                self.registry["btp.paper"],
                create=True,
                _apply=lambda papers: None,
                _preview_effects=lambda paper: {
                    "first": [],
                    "then": [f"Réception on {paper._get_said().get('date_reception')}"],
                },
            )
        )

    def test_two_papers_without_a_mouse(self):
        second = self.make_paper("second.pdf")
        self.start_tour("/odoo/paper-review", "btp_paper_keyboard", login="agent")
        said = self.paper._get_said()
        self.assertEqual(said["date_reception"], "2025-03-12")
        self.assertEqual(said["decision"], "sans_reserve")
        self.assertEqual(self.paper.chantier_id, self.chantier)
        self.assertEqual(self.paper.reviewer_id, self.agent)
        self.assertEqual((self.paper.state, second.state), ("done", "to_check"))

    def test_a_word_of_the_picture_fills_a_field(self):
        self.start_tour(
            f"/odoo/paper-review/{self.paper.id}", "btp_paper_words", login="agent"
        )

    def test_several_files_are_uploaded_at_once(self):
        before = self.env["btp.paper"].search([])
        self.start_tour("/odoo/papers", "btp_paper_upload", login="agent")
        new = self.env["btp.paper"].search([]) - before
        self.assertEqual(sorted(new.mapped("name")), ["one.pdf", "two.pdf"])
        self.assertEqual(new.sender_id, self.agent.partner_id)
