# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One click gives what a judge asks for: numbered exhibits, a summary, and their sums."""

import io
import json
import zipfile
from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..engine.chain import sha256
from ..engine.exhibits import SUMS
from .common import TODAY, RelanceCommon
from .paper_common import pages


@tagged("post_install", "-at_install")
class TestLitigation(RelanceCommon):
    def setUp(self):
        super().setUp()
        self.chantier = self.env["btp.chantier"].create(
            {"name": "École Jean Moulin", "partner_id": self.customer.id}
        )
        self.move = self.make_invoice(
            late=40, amount=1000, btp_chantier_id=self.chantier.id
        )

    def make(self, moves=None):
        """Return the file made from invoices."""
        action = (moves or self.move).action_btp_litigation()
        return self.env["btp.litigation"].browse(action["res_id"])

    def unpack(self, file):
        """Return the archive's files."""
        with zipfile.ZipFile(io.BytesIO(file.archive_id.raw)) as archive:
            self.assertIsNone(archive.testzip())
            return {name: archive.read(name) for name in archive.namelist()}

    def summary(self, file):
        """Return the text of the summary."""
        content = next(v for k, v in self.unpack(file).items() if k.startswith("00-"))
        return " ".join(" ".join(pages(content)).split())

    # === EXHIBITS === #

    def test_all_that_a_judge_asks_for_is_numbered_in_order(self):
        contract = self.env["ir.attachment"].create(
            {
                "name": "Marché signé.pdf",
                "raw": b"%PDF-contract",
                "res_model": "btp.chantier",
                "res_id": self.chantier.id,
            }
        )
        self.template.body_html = "<p>Please pay</p>"
        relance = self.run_day()
        self.assertEqual(relance.state, "sent")
        relance.with_user(self.env.user).message_post(
            body="We pay on Friday",
            message_type="email",
            author_id=self.customer.id,
            email_from=self.customer.email,
        )
        file = self.make()
        self.assertEqual(
            file.exhibit_ids.mapped("number"), list(range(1, len(file.exhibit_ids) + 1))
        )
        titles = file.exhibit_ids.mapped("title")
        self.assertEqual(titles[0], "Marché signé")
        self.assertEqual(titles[1], f"Invoice {self.move.name}")
        self.assertIn(relance.reference, titles[2])
        self.assertIn("Answer of Promoteur Sud", titles)
        self.assertIn("Journal of the reminders", titles)
        files = self.unpack(file)
        self.assertEqual(
            sorted(file.exhibit_ids.mapped("filename")),
            sorted(
                name for name in files if not name.startswith("00-") and name != SUMS
            ),
        )
        for exhibit in file.exhibit_ids:
            self.assertEqual(sha256(files[exhibit.filename]), exhibit.sha256)
        self.assertEqual(files["01-Marche-signe.pdf"], contract.raw)
        copy = " ".join(pages(files[file.exhibit_ids[2].filename]))
        self.assertIn("Please pay", copy)
        self.assertIn(
            relance.mail_id.message_id.strip("<>")[:20], copy.replace("\n", "")
        )
        answer = file.exhibit_ids.filtered(lambda ex: ex.title.startswith("Answer"))
        self.assertIn("We pay on Friday", " ".join(pages(files[answer.filename])))

    def test_the_summary_states_the_claim_and_lists_the_exhibits(self):
        file = self.make()
        text = self.summary(file)
        for word in (
            "Martin Bâtiment",
            "Promoteur Sud",
            self.move.name,
            "tribunal de commerce",
            "1405 to 1422",
            *file.exhibit_ids.mapped("title"),
        ):
            self.assertIn(word, text)
        self.assertEqual(file.principal, 1000)
        self.assertEqual(file.indemnity, 40)

    def test_interest_is_stated_period_by_period(self):
        self.company.write({"btp_penalty_rate_kind": "fixed", "btp_penalty_rate": 36.5})
        file = self.make()
        # 40 days at 36.5 %: 1 euro a day, unless the floor of the law is higher.
        self.assertEqual(file.interest, 40)
        statement = next(
            content
            for name, content in self.unpack(file).items()
            if "Statement-of-interest" in name
        )
        self.assertIn("40.00", " ".join(pages(statement)))

    def test_a_retention_before_its_release_is_not_claimed(self):
        self.company.btp_retention_account_id = self.env["account.account"].create(
            {
                "name": "Retentions",
                "code": "411791",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        move = self.make_invoice(
            late=40,
            amount=1000,
            btp_retention_rate=5,
            btp_retention_release_on=TODAY + timedelta(days=100),
        )
        self.assertEqual(self.make(move).principal, 950)

    # === WHAT IS REFUSED, AND WARNED ABOUT === #

    def test_a_receivable_line_without_a_due_date_is_claimed(self):
        """Typed on a journal entry or imported: it is due on its own date."""
        line = self.move.line_ids.filtered("date_maturity")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET date_maturity = NULL WHERE id = %s", [line.id]
        )
        line.invalidate_recordset()
        file = self.make()
        self.assertEqual(file.principal, 1000)
        self.assertTrue(file.archive_id.raw)
        self.assertIn(self.move.name, self.summary(file))

    def test_one_debtor_one_currency_and_something_unpaid(self):
        other = self.make_invoice(late=5, partner=self.make_customer("Autre"))
        with self.assertRaisesRegex(UserError, "one customer"):
            self.make(self.move + other)
        pounds = self.make_invoice(
            late=5, currency_id=self.setup_other_currency("GBP").id
        )
        with self.assertRaisesRegex(UserError, "one currency"):
            self.make(self.move + pounds)
        self.pay(self.move)
        with self.assertRaisesRegex(UserError, "not paid"):
            self.make()

    def test_what_to_see_to_first_is_said(self):
        self.assertIn("No formal notice", self.make().warning)
        self.customer.btp_regime = "public_30"
        self.assertIn("R541-1", self.make().warning)
        self.customer.btp_insolvency_date = TODAY
        self.assertIn("L622-24", self.make().warning)

    def test_all_that_a_customer_owes_from_their_form(self):
        second = self.make_invoice(late=3, amount=200)
        self.make_invoice(late=-30, amount=70)
        action = self.customer.action_btp_litigation()
        file = self.env["btp.litigation"].browse(action["res_id"])
        self.assertEqual(file.move_ids, self.move + second)
        self.assertEqual(file.principal, 1200)

    # === TRACES AND RIGHTS === #

    def test_the_journal_keeps_the_sum_of_the_archive(self):
        file = self.make()
        event = self.env["btp.relance.event"].search(
            [("kind", "=", "litigation"), ("debtor_ref", "=", self.customer.id)]
        )
        (document,) = json.loads(event.documents)
        self.assertEqual(document["sha256"], sha256(file.archive_id.raw))
        self.assertEqual(document["sha256"], file.archive_sha256)

    def test_an_agent_makes_it_a_clerk_does_not(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        file = self.make(self.move.with_user(agent))
        self.assertEqual(file.user_id, agent)
        self.assertTrue(file.with_user(agent).archive_id.raw)
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.make(self.move.with_user(clerk))
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_agent",
            company_id=elsewhere.id,
            company_ids=[Command.set(elsewhere.ids)],
        )
        with self.assertRaises(AccessError):
            file.with_user(stranger).read(["principal"])
