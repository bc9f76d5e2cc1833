# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_common import ReviewCommon


@tagged("post_install", "-at_install")
class TestReview(ReviewCommon):
    """What the review screen gets, and what comes back from it."""

    def setUp(self):
        super().setUp()
        self.paper = self.make_paper()
        self.papers = self.env["btp.paper"].with_user(self.agent)
        # What a paper changes is tested elsewhere.
        self.applied = []
        self.startPatcher(
            patch.object(
                self.registry["btp.paper"],
                "_apply",
                lambda papers: self.applied.extend(papers.ids),
                create=True,
            )
        )

    def get(self, *args):
        return self.papers.get_review(*args)["paper"]

    def save(self, values, choice=None, **options):
        return self.papers.save_review(self.paper.id, values, choice, **options)

    def values(self):
        return {value.name: value for value in self.paper.value_ids}

    def test_the_screen_gets_the_paper_and_those_that_follow(self):
        other = self.make_paper("second.pdf")
        told = self.papers.get_review(None, {"ids": [self.paper.id, other.id]})
        self.assertEqual(told["queue"], [self.paper.id, other.id])
        # What could not be read is to check too, and comes last: as many as My Day counts.
        self.paper.state = "failed"
        told = self.papers.get_review(None, {"ids": [self.paper.id, other.id]})
        self.assertEqual(told["queue"], [other.id, self.paper.id])
        self.paper.state = "to_check"
        told = self.papers.get_review(None, {"ids": [self.paper.id, other.id]})
        paper = told["paper"]
        self.assertEqual(paper["id"], self.paper.id)
        self.assertEqual(paper["values"]["date_reception"]["value"], "2025-03-02")
        self.assertFalse(paper["values"]["date_reception"]["sure"])
        self.assertTrue(paper["values"]["ref_marche"]["sure"])
        self.assertEqual(paper["pages"][0]["words"][0][0], "PROCES-VERBAL")
        decision = paper["forms"]["pv_reception"][0]
        self.assertEqual(decision["name"], "decision")
        self.assertEqual(len(decision["options"]), 4)
        skip = {"ids": [self.paper.id, other.id], "skip": [self.paper.id]}
        self.assertEqual(self.papers.get_review(None, skip)["paper"]["id"], other.id)

    def test_a_correction_keeps_what_was_read_and_a_taken_back_one_is_none(self):
        box = [0.5, 0.2, 0.6, 0.25]
        self.save({"date_reception": {"value": "2025-03-12", "page": 1, "box": box}})
        value = self.values()["date_reception"]
        self.assertEqual(value.value, "2025-03-12")
        self.assertEqual(value.read_value, "2025-03-02")
        self.assertTrue(value.corrected)
        self.assertEqual(value.box, box)
        self.save({"date_reception": {"value": "2025-03-02"}})
        self.assertFalse(self.values()["date_reception"].corrected)
        self.save({"decision": {"value": "sans_reserve"}})
        self.assertTrue(self.values()["decision"].corrected)
        self.assertFalse(self.applied)
        self.assertEqual(self.paper.state, "to_check")

    def test_a_no_is_a_value_and_an_emptied_field_says_nothing(self):
        self.save(
            {
                "reserves": {"value": False},
                "ref_marche": {"value": None},
                "reserves_list": {"value": []},
            }
        )
        said = self.paper._get_said()
        self.assertIs(said["reserves"], False)
        self.assertNotIn("ref_marche", said)
        self.assertNotIn("reserves_list", said)
        self.assertTrue(self.values()["ref_marche"].corrected)

    def test_confirming_does_what_the_paper_means_and_says_who(self):
        told = self.save(
            {"date_reception": {"value": "2025-03-12"}}, confirm=True, seconds=42
        )
        self.assertEqual(told, {"conflict": False, "done": []})
        self.assertEqual(self.applied, self.paper.ids)
        self.assertEqual(self.paper.state, "done")
        self.assertEqual(self.paper.reviewer_id, self.agent)
        self.assertEqual(self.paper.review_seconds, 42)

    def test_an_unsigned_paper_proves_nothing(self):
        with self.assertRaisesRegex(UserError, "Not signed"):
            self.save({"signed": {"value": False}}, confirm=True)
        self.assertFalse(self.applied)

    def test_who_comes_second_overwrites_nothing(self):
        stamp = self.get(self.paper.id)["stamp"]
        mine = {"date_reception": {"value": "2025-03-12"}}
        self.save({"date_reception": {"value": "2025-03-13"}}, stamp=stamp)
        told = self.save(mine, stamp=stamp, confirm=True)
        self.assertIn("Somebody changed", told["conflict"])
        self.assertEqual(self.values()["date_reception"].value, "2025-03-13")
        self.save({}, confirm=True, stamp=self.get(self.paper.id)["stamp"])
        told = self.save(mine, confirm=True)
        self.assertIn("Agent checked this paper at", told["conflict"])
        self.assertEqual(self.applied, self.paper.ids)

    def test_what_it_is_about_is_chosen_or_searched(self):
        move = self.make_invoice(btp_chantier_id=self.chantier.id)
        candidate = (
            self.env["btp.paper.candidate"]
            .sudo()
            .create(
                {
                    "paper_id": self.paper.id,
                    "chantier_id": self.chantier.id,
                    "score": 0.7,
                    "evidence": "Same contract\nSame customer",
                }
            )
        )
        shown = self.get(self.paper.id)["candidates"]
        self.assertEqual(shown[0]["evidence"], ["Same contract", "Same customer"])
        self.save({}, {"candidate_id": candidate.id})
        self.assertEqual(self.paper.chantier_id, self.chantier)
        self.assertEqual(self.paper.partner_id, self.customer)
        self.assertTrue(self.paper.matched_by_hand)
        self.save({}, {"move_id": move.id})
        self.assertEqual(self.paper.move_id, move)
        self.assertEqual(self.paper.chantier_id, self.chantier)

    def test_what_would_follow_is_said_and_nothing_is_kept(self):
        def tell(paper):
            return {"then": [f"Réception on {paper._get_said()['date_reception']}"]}

        self.patch(self.registry["btp.paper"], "_preview_effects", tell)
        told = self.papers.preview_review(
            self.paper.id, {"date_reception": {"value": "2025-03-12"}}
        )
        self.assertEqual(told, {"then": ["Réception on 2025-03-12"]})
        self.assertEqual(self.values()["date_reception"].value, "2025-03-02")

    def test_a_wrong_value_is_refused_and_a_strange_field_left_out(self):
        for value in ("31/02/2025", "2025-02-31", 12, True, ["x"]):
            with self.subTest(value), self.assertRaisesRegex(UserError, "right value"):
                self.save({"date_reception": {"value": value}})
        self.save({"paper_id": {"value": "x"}, "montant_ht": {"value": "1.00"}})
        self.assertFalse({"paper_id", "montant_ht"} & set(self.values()))

    def test_words_and_typing_are_read_alike(self):
        parse = self.papers.parse_value
        self.assertEqual(parse("date_reception", "12/03/25")["value"], "2025-03-12")
        line = ["Montant", "du", "marché", "12", "345,67", "€", "HT"]
        told = parse("montant_ht", "12", line, 3)
        self.assertEqual(told["value"], "12345.67")
        self.assertEqual(told["span"], [3, 6])
        self.assertIn("such as 12/03/2026", parse("date_levee", "hier")["error"])

    def test_others_companies_and_others_jobs_see_nothing(self):
        stranger = self.make_user("stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["btp.paper"].with_user(stranger).get_review(self.paper.id)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.paper.sudo().company_id = other
        self.assertFalse(self.papers.get_review(None, {"ids": self.paper.ids})["paper"])
        with self.assertRaises(AccessError):
            self.get(self.paper.id)
        with self.assertRaises(AccessError):
            self.save({})
