# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import tagged

from .paper_common import PaperCommon, make_pv


@tagged("post_install", "-at_install")
class TestPaperPrivacy(PaperCommon):
    def setUp(self):
        super().setUp()
        self.person = self.env["res.partner"].create(
            {"name": "Jeanne", "email": "jeanne@example.com"}
        )

    def age(self, paper, **delta):
        """Make a paper older."""
        self.env.flush_all()
        then = paper.create_date - relativedelta(**delta)
        self.env.cr.execute(
            "UPDATE btp_paper SET create_date = %s WHERE id = %s", [then, paper.id]
        )
        paper.invalidate_recordset()

    def find(self, kind, partner_ids=None):
        """Return {paper: held} of what is past its time today."""
        today = self.env["btp.echeance"]._get_today()
        rule = self.env["btp.privacy.rule"].search([("kind", "=", kind)])
        cutoff = None if partner_ids else rule._get_cutoff(today)
        query = self.env["btp.privacy"]._query(
            kind, self.company, today, cutoff, partner_ids
        )
        return {
            self.papers.browse(id_): held for id_, held in self.env.execute_query(query)
        }

    def test_unused_papers_go_after_a_year_with_their_files(self):
        old, young = self.receive(), self.receive(make_pv("14 mars 2026"), "b.pdf")
        self.age(old, months=13)
        self.assertEqual(self.find("paper_idle"), {old: False})
        files = old.attachment_id
        self.env["btp.privacy"]._erase("paper_idle", old.ids)
        self.assertFalse(old.exists() or files.exists())
        self.assertTrue(young.exists())

    def test_papers_that_prove_something_stay_ten_years(self):
        paper = self.receive()
        paper.state = "done"
        self.age(paper, years=9)
        self.assertFalse(self.find("paper"))
        self.age(paper, years=2)
        self.assertEqual(self.find("paper"), {paper: False})

    def test_a_person_gets_a_copy_and_is_erased_where_nothing_holds(self):
        paper = self.receive(sender_id=self.person.id)
        paper.action_set_aside()
        proof = self.receive(make_pv("14 mars 2026"), "b.pdf", sender_id=self.person.id)
        proof.state = "done"
        sections = self.env["btp.privacy.export"]._sections(self.person)
        self.assertIn("btp.paper", [section["model"] for section in sections])
        told = self.person._btp_privacy_erase()
        self.assertEqual((told["paper_idle"], told["paper"]), ((1, 0), (0, 1)))
        self.assertFalse(paper.exists())
        self.assertTrue(proof.exists())
