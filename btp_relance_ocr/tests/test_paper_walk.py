# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From the mail that brings a scan to the reminder that leaves, through the review screen."""

from datetime import date
from email.message import EmailMessage

from odoo.tests import tagged

from odoo.addons.btp_relance.tests.common import BrowserTwice, RelanceHttpCommon

from .scan_common import scan_pv
from .test_paper_apply import ApplyCommon


@tagged("post_install", "-at_install")
class TestPaperWalk(BrowserTwice, ApplyCommon, RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk.sudo().write({"password": "clerk", "lang": "en_US"})
        cls.company.sudo().btp_retention_account_id = cls.env["account.account"].create(
            {
                "code": "411700",
                "name": "Retentions",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.chantier.write({"retention_regime": "retention", "retention_rate": 5})

    def send_mail(self, content):
        """Bring the PV in as the maître d'œuvre sends it, through the mail gateway."""
        mail = EmailMessage()
        mail["From"] = self.moe.email_formatted
        mail["To"] = self.company.btp_paper_alias_id.alias_full_name
        mail["Subject"] = "PV signé"
        mail["Message-Id"] = "<pv-walk@moreau.example>"
        mail.set_content("Bonjour, ci-joint le PV signé.")
        mail.add_attachment(
            content, maintype="application", subtype="pdf", filename="scan0042.pdf"
        )
        with self.mock_mail_gateway():
            self.env["mail.thread"].sudo().message_process(None, mail.as_bytes())

    def test_a_scanned_pv_frees_the_money(self):
        move = self.make_invoice(
            20,
            10000,
            btp_chantier_id=self.chantier.id,
            btp_billing_stage="final",
        )
        others = move.btp_document_need_ids.document_id.filtered(
            lambda document: document.type_id.code != "PVR"
        )
        others.write({"state": "received"})
        held = move.line_ids.filtered("btp_is_retention")
        before = held.date_maturity
        self.assertTrue(move.btp_missing_document)
        self.assertFalse(self.plan(), "The reminder waits for the PV")
        radar = self.env["btp.document.radar"]
        row = radar.search([("chantier_id", "=", self.chantier.id)])
        self.assertEqual(row.type_id.code, "PVR")
        self.assertEqual((row.amount, row.retention), (9500, 500))

        self.company.sudo()._ensure_btp_paper_alias()
        self.send_mail(
            scan_pv(
                owner=self.customer.name,
                firm=self.company.name,
                siret="732 829 320 00074",
                site=self.chantier.name,
                contract=self.chantier.contract_reference,
                day="12 mars 2025",
            )
        )
        paper = self.env["btp.paper"].search([("name", "=", "scan0042.pdf")])
        self.assertEqual((paper.source, paper.state), ("mail", "waiting"))
        paper._read()
        self.assertEqual((paper.kind, paper.state), ("pv_reception", "to_check"))
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertNotIn("date_reception", paper._get_said())

        self.env["btp.paper"].search(
            [("state", "=", "to_check"), ("id", "!=", paper.id)]
        ).state = "set_aside"
        self.start_tour("/odoo/paper-review", "btp_paper_walk", login="clerk")

        self.env.invalidate_all()
        self.assertEqual((paper.state, paper.reviewer_id), ("done", self.clerk))
        document = self.document("PVR")
        self.assertEqual(document.state, "received")
        self.assertEqual(self.chantier.date_reception, date(2025, 3, 12))
        self.assertNotEqual(held.date_maturity, before)
        self.assertEqual(held.date_maturity, date(2026, 3, 12))
        self.assertFalse(move.btp_missing_document)
        self.assertFalse(radar.search([("chantier_id", "=", self.chantier.id)]))
        relance = self.plan()
        self.assertEqual(relance.line_ids.move_id, move)
