# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import struct
import tempfile
import time
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.mail.tests.common import MailCommon

from .. import folder as watched
from ..models.btp_paper_asked import READ_TYPES
from ..reader import LIMITS
from .paper_common import PaperCommon, make_pv

LOGO = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + struct.pack(">II", 200, 80)


@tagged("post_install", "-at_install")
class TestPaperMail(PaperCommon, MailCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_admin
        cls.company.email = "compta@martin.example"
        cls.address = cls.company.btp_paper_alias_id.alias_full_name
        cls.sender = cls.env["res.partner"].create(
            {"name": "Conducteur", "email": "chef@chantier.example"}
        )

    def send(self, files, body="<p>Ci-joint le PV</p>", to=None, **headers):
        """Bring a mail in; files are (name, content, cid); return the new papers."""
        message = EmailMessage()
        message["From"] = "Chef <chef@chantier.example>"
        message["To"] = to or self.address
        message["Subject"] = "PV des Tilleuls"
        message["Message-Id"] = f"<{time.monotonic_ns()}@chantier.example>"
        for name, value in headers.items():
            message[name.replace("_", "-")] = value
        message.set_content("Ci-joint")
        message.add_alternative(body, subtype="html")
        for name, content, cid in files:
            kind = ("image", "png") if name.endswith("png") else ("application", "pdf")
            message.add_attachment(
                content,
                maintype=kind[0],
                subtype=kind[1],
                filename=name,
                cid=cid and f"<{cid}>",
                disposition="inline" if cid else "attachment",
            )
        known = self.papers.search([]).ids
        with (
            self.mock_mail_gateway(),
            patch.object(
                type(self.env["btp.portal.hit"]), "_take", lambda *args: self.wait
            ),
        ):
            self.env["mail.thread"].message_process(None, message.as_bytes())
        return self.papers.search([("id", "not in", known)], order="id")

    wait = 0

    def test_each_company_with_a_mail_domain_has_its_address(self):
        self.assertTrue(self.address)
        self.assertIn("pieces", self.address)

    def test_each_file_is_a_paper_and_the_logo_is_none(self):
        papers = self.send(
            [
                ("pv.pdf", make_pv(), None),
                ("pv2.pdf", make_pv("14 mars 2026"), None),
                ("logo.png", LOGO, "logo"),
            ],
            '<p>Voici les PV</p><img src="cid:logo">',
        )
        self.assertEqual(papers.mapped("name"), ["pv.pdf", "pv2.pdf"])
        self.assertEqual(papers.mapped("source"), ["mail", "mail"])
        self.assertEqual(papers.sender_id, self.sender)
        self.assertEqual(papers.company_id, self.company)
        self.assertEqual(papers[0].attachment_id.raw, make_pv())
        for paper in papers:
            self.assertIn("Voici les PV", " ".join(paper.message_ids.mapped("body")))
        self.assertFalse(self._new_mails)

    def test_the_same_mail_twice_makes_the_papers_once(self):
        self.send([("pv.pdf", make_pv(), None)])
        self.assertFalse(self.send([("autre nom.pdf", make_pv(), None)]))

    def test_a_mail_without_paper_is_answered_and_makes_nothing(self):
        self.assertFalse(self.send([("logo.png", LOGO, "logo")]))
        (mail,) = self._new_mails
        self.assertIn("chef@chantier.example", mail.email_to)
        self.assertIn("brought no paper", mail.body_html)

    def test_machines_and_who_was_told_enough_are_not_answered(self):
        self.send([], Auto_Submitted="auto-replied")
        self.assertFalse(self._new_mails)
        self.wait = 60
        self.send([])
        self.assertFalse(self._new_mails)

    def test_what_is_too_large_is_told_and_the_rest_taken(self):
        limits = type(LIMITS)(bytes=60_000)
        big = make_pv() + b"\n%" + b"x" * 60_000
        target = "odoo.addons.btp_relance_ocr.models.btp_paper_mail.LIMITS"
        with patch(target, limits):
            papers = self.send([("pv.pdf", make_pv(), None), ("plan.pdf", big, None)])
        self.assertEqual(papers.mapped("name"), ["pv.pdf"])
        (mail,) = self._new_mails
        self.assertIn("plan.pdf", mail.body_html)

    def test_a_better_copy_sent_in_answer_is_about_the_same(self):
        partner = self.env["res.partner"].create({"name": "Client"})
        chantier = self.env["btp.chantier"].create(
            {
                "name": "Tilleuls",
                "partner_id": partner.id,
                "company_id": self.company.id,
            }
        )
        paper = self.receive(chantier_id=chantier.id)
        told = paper.message_post(body="Signé ?", message_type="comment")
        again = self.send(
            [("signe.pdf", make_pv("16 mars 2026"), None)],
            to="catchall@test.mycompany.com",
            References=told.message_id,
        )
        self.assertEqual(again.chantier_id, chantier)

    def test_a_useless_paper_is_asked_for_again_and_replaced(self):
        self.sender.lang = "en_US"
        paper = self.send([("scan.pdf", b"%PDF-1.7 cut", None)])
        with self.assertRaisesRegex(UserError, "ask for it yourself"):
            paper.action_ask_again()  # Not read yet: nobody knows that it is of no use.
        paper._read()
        self.assertEqual(paper.state, "failed")
        action = paper.action_ask_again()
        composer = self.env["mail.compose.message"].with_context(**action["context"])
        with self.mock_mail_gateway():
            composer.create({}).action_send_mail()
            (mail,) = self._mails
        self.assertEqual(mail["email_to"], [self.sender.email_formatted])
        self.assertIn("could not read the file “scan.pdf”", mail["body"])
        asked = paper.message_ids.filtered("partner_ids")
        again = self.send(
            [("better.pdf", make_pv("17 mars 2026"), None)],
            to="catchall@test.mycompany.com",
            References=asked.message_id,
        )
        self.assertEqual(again.state, "waiting")
        self.assertEqual(paper.state, "set_aside")
        self.assertIn("better.pdf", paper.why)

    def test_an_unsigned_paper_is_asked_for_signed(self):
        values = {"name": "signed", "value": False, "confidence": 0.95}
        paper = self.receive(
            sender_id=self.sender.id, state="to_check", value_ids=[(0, 0, values)]
        )
        self.assertTrue(paper.can_ask_again)
        body = paper.action_ask_again()["context"]["default_body"]
        self.assertIn("bears no signature", body)
        paper.value_ids.value = True
        self.assertFalse(paper.can_ask_again)


@tagged("post_install", "-at_install")
class TestPaperAsked(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partner = cls.env["res.partner"].create(
            {"name": "Client", "email": "client@example.com"}
        )
        cls.chantier = cls.env["btp.chantier"].create(
            {"name": "Tilleuls", "partner_id": partner.id}
        )
        cls.document = cls.ask("PVR")

    @classmethod
    def ask(cls, code):
        """Return a document of the checklist that is waited for."""
        kind = cls.env["btp.document.type"].search([("code", "=", code)], limit=1)
        return cls.env["btp.document"].create(
            {"type_id": kind.id, "chantier_id": cls.chantier.id}
        )

    def file(self, name="pv.pdf", content=None, **values):
        """Return a file as the portal, a task or a person leaves it."""
        raw = make_pv() if content is None else content
        return self.env["ir.attachment"].create({"name": name, "raw": raw, **values})

    def papers_of(self, document):
        """Return the papers that were handed in as a document."""
        return self.papers.search([("asked_document_id", "=", document.id)])

    def test_a_file_on_the_checklist_is_a_paper_too(self):
        self.document.write({"attachment_ids": [Command.link(self.file().id)]})
        self.assertEqual(self.document.state, "received")
        paper = self.papers_of(self.document)
        self.assertEqual(paper.chantier_id, self.chantier)
        self.assertEqual(paper.source, "upload")
        # Again, and the original of a paper itself: nothing new.
        self.document.write({"attachment_ids": [Command.link(self.file("b.pdf").id)]})
        self.document.write({"attachment_ids": [Command.link(paper.attachment_id.id)]})
        self.assertEqual(self.papers_of(self.document), paper)

    def test_papers_that_say_nothing_to_us_stay_on_the_checklist(self):
        others = self.env["btp.document.type"].search(
            [("scope", "=", "chantier"), ("code", "not in", READ_TYPES)]
        )
        document = self.ask(others[0].code)
        document.write({"attachment_ids": [Command.link(self.file().id)]})
        self.assertFalse(self.papers_of(document))

    def test_a_site_task_hands_in_a_paper(self):
        user = new_test_user(self.env, "chef", groups="btp_relance.group_site_manager")
        task = self.env["btp.site.task"].create(
            {
                "company_id": self.company.id,
                "kind": "document",
                "chantier_id": self.chantier.id,
                "partner_id": user.partner_id.id,
                "document_ids": [Command.set(self.document.ids)],
            }
        )
        task._keep([("pv.pdf", make_pv(), "application/pdf")], self.document)
        paper = self.papers_of(self.document)
        self.assertEqual((paper.source, paper.sender_id), ("portal", user.partner_id))

    def test_one_file_for_one_document_asked_by_mail_is_that_document(self):
        request = self.env["btp.document.request"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.document.owner_partner_id.id,
                "document_ids": [Command.set(self.document.ids)],
            }
        )
        with patch.object(
            type(request), "missing_ids", property(lambda _self: self.document)
        ):
            request.message_post(
                body="Voici",
                message_type="email",
                email_from="client@example.com",
                attachments=[("pv.pdf", make_pv())],
            )
        self.assertEqual(self.papers_of(self.document).source, "mail")


@tagged("post_install", "-at_install")
class TestPaperUpload(PaperCommon, HttpCase):
    def test_agents_anywhere_site_managers_on_their_chantier(self):
        agent = new_test_user(self.env, "agent", groups="btp_relance.group_agent")
        site = new_test_user(self.env, "chef", groups="btp_relance.group_site_manager")
        nobody = new_test_user(self.env, "nobody", groups="base.group_user")
        partner = self.env["res.partner"].create({"name": "Client"})
        mine, other = self.env["btp.chantier"].create(
            [
                {"name": "A", "partner_id": partner.id, "user_id": site.id},
                {"name": "B", "partner_id": partner.id},
            ]
        )
        papers = self.papers
        told = papers.with_user(agent)._upload("pv.pdf", make_pv(), None, 0)
        self.assertFalse(told["known"])
        told = papers.with_user(site)._upload(
            "pv.pdf", make_pv("14 mars 2026"), "btp.chantier", mine.id
        )
        self.assertEqual(papers.browse(told["id"]).chantier_id, mine)
        for user, model, res_id, error in (
            (site, "btp.chantier", other.id, AccessError),
            (site, None, 0, AccessError),
            (nobody, None, 0, AccessError),
            (agent, "res.users", agent.id, UserError),
            (agent, "btp.chantier", 0, UserError),
        ):
            with self.assertRaises(error):
                papers.with_user(user)._upload("x.pdf", b"%PDF-1", model, res_id)

    def test_files_come_through_the_route_and_doubles_are_told(self):
        new_test_user(
            self.env, "agent", password="agent-agent", groups="btp_relance.group_agent"
        )
        self.authenticate("agent", "agent-agent")

        def post(name, content, **data):
            answer = self.url_open(
                "/btp/papers/upload",
                data={"csrf_token": Request.csrf_token(self), **data},
                files={"ufile": (name, content)},
            )
            return answer.json()

        told = post("pv.pdf", make_pv())["papers"]
        self.assertFalse(told[0]["known"])
        self.assertTrue(post("again.pdf", make_pv())["papers"][0]["known"])
        self.assertIn("error", post("x.pdf", b"%PDF-1", model="res.users", id="1"))
        self.assertIn("error", post("x.pdf", b"%PDF-1", model="btp.chantier", id="y"))


@tagged("post_install", "-at_install")
class TestPaperFolder(PaperCommon):
    def setUp(self):
        super().setUp()
        self.company.btp_paper_user_id = self.env.ref("base.user_admin")
        root = tempfile.TemporaryDirectory()
        self.addCleanup(root.cleanup)
        self.root = Path(root.name)
        self.home = self.root / str(self.company.id)
        self.home.mkdir()
        # Commits are the test's own business.
        for name in ("commit", "rollback"):
            patch.object(self.env.cr, name, lambda: None).start()
        self.addCleanup(patch.stopall)
        self.patch(type(self.papers), "_get_folder", lambda _self: self.root)

    def put(self, name, content, age=60):
        """Leave a file in the folder of the company."""
        path = self.home / name
        path.write_bytes(content)
        os.utime(path, (time.time() - age,) * 2)

    def look(self):
        """Look at the folder as if the files were there for a while."""
        with (
            patch.object(watched, "QUIET", 0),
            patch.object(watched.list_whole, "__defaults__", (None, 0)),
        ):
            self.papers._cron_folder()

    def test_whole_files_are_taken_once_and_moved(self):
        self.put("scan.pdf", make_pv())
        self.put("writing.pdf.part", b"%PDF")
        self.look()
        paper = self.papers.search([("source", "=", "folder")])
        self.assertEqual(paper.company_id, self.company)
        self.assertEqual(paper.attachment_id.raw, make_pv())
        self.assertTrue((self.home / "taken" / "scan.pdf").exists())
        self.assertTrue((self.home / "writing.pdf.part").exists())
        # Killed between the database and the move: the file is only moved.
        self.put("scan.pdf", make_pv())
        self.look()
        self.assertEqual(self.papers.search([("source", "=", "folder")]), paper)
        self.assertTrue((self.home / "taken" / "scan (1).pdf").exists())

    def test_what_is_too_large_is_put_aside_and_told(self):
        self.put("plan.pdf", make_pv())
        target = "odoo.addons.btp_relance_ocr.models.btp_paper_folder.LIMITS"
        with patch(target, type(LIMITS)(bytes=100)):
            self.look()
        self.assertFalse(self.papers.search([("source", "=", "folder")]))
        self.assertTrue((self.home / "refused" / "plan.pdf").exists())
        told = self.env["mail.message"].search([("subject", "ilike", "plan.pdf")])
        self.assertEqual(told.partner_ids, self.env.ref("base.user_admin").partner_id)
