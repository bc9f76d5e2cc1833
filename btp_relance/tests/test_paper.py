# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters on paper."""

from odoo.tests import tagged

from .paper_common import PaperCommon


@tagged("post_install", "-at_install")
class TestPaper(PaperCommon):
    def test_a_letter(self):
        relance = self.make_letter()
        [content] = self.env["ir.actions.report"]._render_paged(
            "btp_relance.letter", relance
        ).values()
        self.picture(content, "letter")
        print(relance.state, relance.failure_reason, len(content), self.pages(content))
