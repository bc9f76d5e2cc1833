# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import tagged

from .review_common import ReviewCommon


@tagged("post_install", "-at_install")
class TestAccuracy(ReviewCommon):
    """How right the reader is, said of what people looked at and of nothing else."""

    def setUp(self):
        super().setUp()
        self.done = self.env["btp.paper"].search([("state", "=", "done")])
        self.done.state = "set_aside"

    def finish(self, paper, person=True, **values):
        told = {name: {"value": value} for name, value in values.items()}
        paper._write_review({**told, "kind": paper.kind}, None)
        paper.write({"state": "done", "reviewer_id": person and self.env.uid})

    def figures(self, *groups):
        rows = self.env["btp.paper.accuracy"]._read_group(
            [("company_id", "=", self.company.id)],
            groups,
            ["right:avg", "checked:sum", "wrong:sum", "missed:sum", "no_hand:avg"],
        )
        return {row[0]: row[1:] for row in rows}

    def test_what_people_corrected_was_wrong_and_what_nobody_saw_is_unknown(self):
        self.finish(
            self.make_paper("one.pdf"),
            date_reception="2025-03-12",
            decision="sans_reserve",
        )
        self.finish(self.make_paper("two.pdf"), date_reception="2025-03-02")
        self.finish(self.make_paper("three.pdf"), person=False)
        self.make_paper("four.pdf")
        by_field = self.figures("field")
        self.assertEqual(by_field["date_reception"], (50.0, 2, 1, 0, False))
        self.assertEqual(by_field["ref_marche"], (100.0, 2, 0, 0, False))
        # Filled in where nothing was read: missed.
        self.assertEqual(by_field["decision"], (0.0, 1, 1, 1, False))
        right, checked, wrong, _missed, no_hand = by_field["kind"]
        self.assertEqual((right, checked, wrong), (100.0, 2, 0))
        self.assertAlmostEqual(no_hand, 100 / 3)

    def test_sure_and_wrong_is_told_apart(self):
        paper = self.make_paper()
        self.finish(paper, ref_marche="M-2025-041")
        rows = self.env["btp.paper.accuracy"].search([("paper_id", "=", paper.id)])
        self.assertEqual(rows.filtered("sure_wrong").field, "ref_marche")
        agent = rows.with_user(self.agent)
        self.assertEqual(agent[:1].action_open_paper()["res_model"], "btp.paper")
