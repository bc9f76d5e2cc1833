# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY
from odoo.addons.btp_relance.tests.test_documents import DocumentsCommon


@tagged("post_install", "-at_install")
class TestRadar(DocumentsCommon):
    """Which missing document holds which money, the worst first."""

    def setUp(self):
        super().setUp()
        self.agent = self.make_user("agent", "btp_relance.group_agent")
        self.first = self.make_situation(late=30, amount=1000.01)
        self.second = self.make_situation(late=-5, amount=400.0)
        self.receive_all(self.first, but=("VIS", "AVT", "MKT"))
        self.receive_all(self.second, but=("VIS", "MKT"))
        self.documents = self.needs(self.first + self.second).document_id
        self.documents.write({"expected_since": TODAY - timedelta(days=10)})

    def search(self, *domain):
        self.env.flush_all()
        radar = self.env["btp.document.radar"]
        radar.invalidate_model()
        return radar.search([("company_id", "=", self.company.id), *domain])

    def test_an_amount_held_by_several_is_counted_once_in_the_total(self):
        rows = self.search()
        self.assertEqual(
            sorted((row.type_id.code, row.moves) for row in rows),
            [("AVT", 1), ("MKT", 2), ("VIS", 1), ("VIS", 1)],
        )
        contract = rows.filtered(lambda row: row.type_id.code == "MKT")
        self.assertAlmostEqual(contract.amount, 1400.01)
        self.assertEqual(contract.amount_alone, 0)
        [(total, overdue)] = rows._read_group(
            [("id", "in", rows.ids)], [], ["amount_once:sum", "overdue_once:sum"]
        )
        self.assertAlmostEqual(total, 1400.01)
        self.assertAlmostEqual(overdue, 1000.01)

    def test_the_worst_comes_first_and_says_since_when_and_at_whom(self):
        rows = self.search()
        # All three wait for 10 days on the overdue one; one that is not due weighs nothing.
        self.assertEqual(rows[0].weight, 10 * 1000.01)
        self.assertEqual(rows[-1].weight, 0)
        visa = rows.filtered(lambda row: row.type_id.code == "VIS")[:1]
        self.assertEqual(visa.owner_partner_id, self.moe)
        self.assertEqual((visa.days, visa.chantier_id), (10, self.chantier))
        action = visa.action_view_moves()
        held = self.env["btp.echeance"].search(action["domain"])
        self.assertEqual(held.move_id, self.first)

    def test_what_arrives_is_off_the_radar_and_frees_what_waits_for_nothing_else(self):
        self.document(self.first, "MKT").write({"state": "received"})
        self.document(self.first, "AVT").write({"state": "received"})
        self.assertEqual(set(self.search().mapped("type_id.code")), {"VIS"})
        visa = self.document(self.first, "VIS")
        row = self.search(("document_id", "=", visa.id))
        self.assertAlmostEqual(row.amount_alone, 1000.01)
        visa.write({"state": "received"})
        self.assertFalse(self.first.btp_missing_document)
        self.assertEqual(len(self.search()), 1)

    def test_one_click_asks_and_what_was_asked_before_stays(self):
        visa = self.document(self.first, "VIS")
        other = self.document(self.second, "VIS")
        radar = self.env["btp.document.radar"].with_user(self.agent)
        rows = radar.search([("document_id", "in", (visa + other).ids)])
        rows.filtered(lambda row: row.document_id == visa).action_ask()
        request = visa.request_ids
        self.assertEqual((request.partner_id, request.sent_count), (self.moe, 1))
        self.assertEqual(request.document_ids, visa)
        # The message bears a link to upload by, which opens the page of that chantier.
        task = self.env["btp.site.task"].search([("partner_id", "=", self.moe.id)])
        self.assertEqual(task.document_ids, visa)
        self.assertFalse(task.mail_id, "One message, not two")
        self.assertIn(f"/site/{task.id}/{task.sudo().token}", request.mail_id.body_html)
        rows.filtered(lambda row: row.document_id == other).action_ask()
        self.assertEqual(request.document_ids, visa + other)
        self.assertEqual(self.search(("document_id", "=", visa.id)).asked_on, TODAY)
        self.moe.email = False
        request.contact_id = False
        with self.assertRaisesRegex(UserError, "e-mail address"):
            rows[:1].action_ask()

    def test_a_company_sees_its_own_and_a_stranger_nothing(self):
        stranger = self.make_user("stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.env["btp.document.radar"].with_user(stranger).search([])
        other = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = self.make_user(
            "elsewhere",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        radar = self.env["btp.document.radar"].with_user(elsewhere)
        self.assertFalse(radar.search([("company_id", "=", self.company.id)]))
