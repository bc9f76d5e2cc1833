# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.btp_relance.engine.answers import read
from odoo.addons.btp_relance.tests.daily_job import TODAY

from .scoring_common import ScoringCommon

#: Words of this company's customers that no rule knows.
SAYS = {
    "promise": "Le coffre est ouvert pour le dossier {n}, feu vert du patron",
    "dispute": "Le compte n'y est pas sur le lot {n}, on bloque tout",
    "none": "Bien vu pour le dossier {n}, à bientôt sur le chantier",
}
MODELS = "odoo.addons.btp_relance_scoring.models.btp_scoring_learned"


@tagged("post_install", "-at_install")
class TestReader(ScoringCommon):
    """What people decided teaches the reader, and it speaks only where it is better."""

    def make_answers(self, count=24, right=None, **values):
        """Make decided answers of each kind; ``right``: what a person says they mean."""
        answers = self.env["btp.answer"].sudo()
        for kind, words in SAYS.items():
            for number in range(count):
                text = words.format(n=number)
                answer = answers.create(
                    {
                        "company_id": self.company.id,
                        "partner_id": self.customer.id,
                        "text": text,
                        "lang": "fr",
                        "state": "read",
                        "read_by_id": self.env.uid,
                        **values,
                    }
                )
                self.decide(answer, (right or {}).get(kind, kind))
        return answers

    def decide(self, answer, kind):
        """Correct what the rules say of an answer, as a person does."""
        said = read(answer.text, "fr", TODAY)[0].kind
        readings = self.env["btp.answer.reading"].sudo()
        person = {"decided_by_id": self.env.uid}
        if said == kind:
            state = "dismissed" if kind == "none" else "applied"
            values = [{"kind": said, "state": state, **person}]
        else:
            values = [
                {"kind": said, "state": "corrected", **person},
                {"kind": kind, "state": "applied", "source": "person", **person},
            ]
        readings.create([{"answer_id": answer.id, **one} for one in values])

    def read_new(self, text, **facts):
        """Return what is read in a new answer."""
        answer = self.env["btp.answer"].new({"company_id": self.company.id})
        facts = {"today": TODAY, "own_texts": [], **facts}
        return answer._read_text(text, "fr", facts)

    @property
    def readers(self):
        return self.jobs.env["btp.scoring.reader"]

    def test_too_few_answers_are_said_to_be_too_few(self):
        self.make_answers(5)
        with self.assertRaisesRegex(UserError, "15 answers .* at least 60"):
            self.readers.with_company(self.company).action_train()
        self.assertFalse(self.readers.search([("company_id", "=", self.company.id)]))

    def test_it_reads_what_the_rules_do_not_and_stops_by_one_click(self):
        text = "Le coffre est ouvert, feu vert du patron"
        before = self.read_new(text)
        self.assertNotEqual(before[0].kind, "promise")
        self.make_answers()
        reader = self.readers._train(self.company)
        self.assertEqual(reader.state, "champion")
        self.assertGreater(reader.learned, reader.rule)
        self.assertGreater(reader.low, 0)
        kinds = {one["kind"]: one for one in reader.figures["kinds"]}
        self.assertEqual(kinds["promise"]["n"], 24)
        self.assertIn("<table", reader.figures_html)
        [first] = self.read_new(text)
        self.assertEqual(first.kind, "promise")
        # Its words and values are those of the rules, its chance was seen to hold.
        self.assertEqual((first.quote, first.date), (before[0].quote, before[0].date))
        self.assertLessEqual(first.confidence, kinds["promise"]["sure"])
        # What a machine wrote is the rules' alone.
        self.assertEqual(self.read_new(text, auto=True)[0].kind, "none")
        reader.with_user(self.env.user).action_stop()
        self.assertEqual(self.read_new(text), before)
        self.assertFalse(self.company.btp_learned_reader)
        reader.with_user(self.env.user).action_restore()
        self.assertEqual(self.read_new(text)[0].kind, "promise")

    def test_where_it_is_not_better_the_rules_go_on(self):
        # People only ever said what the rules had said already.
        self.make_answers(24)
        answers = self.env["btp.answer"].sudo().search([("text", "like", "coffre")])
        for answer in answers | answers.search([("text", "like", "compte")]):
            answer.reading_ids.unlink()
            said = read(answer.text, "fr", TODAY)[0].kind
            answer.reading_ids.create(
                {
                    "answer_id": answer.id,
                    "kind": said,
                    "state": "applied",
                    "decided_by_id": self.env.uid,
                }
            )
        reader = self.readers._train(self.company)
        self.assertEqual(reader.state, "refused")
        self.assertEqual(reader.rule, 1)
        self.assertIn("Not better", reader.reason)
        self.assertFalse(self.readers._get_champion(self.company))

    def test_an_altered_reader_is_refused_and_the_rules_read(self):
        text = "Le coffre est ouvert, feu vert du patron"
        before = self.read_new(text)
        self.make_answers()
        reader = self.readers._train(self.company)
        raw = reader.payload_id.raw
        reader.payload_id.raw = raw.replace(b'"idf"', b'"Idf"')
        with mute_logger(MODELS):
            self.assertEqual(self.read_new(text), before)
        self.assertIn("altered", reader.trouble)

    def test_who_objected_is_not_learned_from(self):
        self.make_answers(22)
        self.assertEqual(len(self.readers._collect(self.company)[0]), 66)
        self.customer.btp_no_scoring = True
        self.assertEqual(self.readers._collect(self.company), ([], [], []))

    def test_agents_read_and_managers_decide(self):
        self.make_answers()
        reader = self.readers._train(self.company)
        agent = self.make_user("reader_agent", "btp_relance.group_agent")
        self.assertTrue(reader.with_user(agent).name)
        with self.assertRaises(AccessError):
            reader.with_user(agent).action_stop()
        other = self.setup_other_company()["company"]
        stranger = self.make_user(
            "reader_stranger",
            "btp_relance.group_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        with self.assertRaises(AccessError):
            reader.with_user(stranger).action_stop()
