# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import json
import struct
import zlib
from datetime import timedelta
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .. import certificates
from ..models import btp_paper_queue
from ..reader import ERRORS, WARNINGS
from ..words import WHY
from .paper_common import PaperCommon, make_bond, make_pv

#: (kind, what stands on the page, what it says).
CERTIFICATES = (
    (
        "caution",
        "Nous soussignés, BTP Banque, 48 rue La Pérouse 75116 Paris, déclarons nous porter "
        "caution solidaire à concurrence de la somme de 3.250,40 euros. Fait à Paris, le 14/03/2026",
        {
            "banque": "BTP Banque",
            "montant_ttc": "3250.40",
            "date_document": "2026-03-14",
        },
    ),
    (
        "caution",
        "Organisme garant : Compagnie des Garanties, 16 rue Hoche. Montant : 1 800,00 €",
        {"banque": "Compagnie des Garanties", "montant_ttc": "1800.00"},
    ),
    (
        "attestation",
        "SIRET 732 829 320 00074 Attestation valable jusqu'au 30 juin 2026. Fait le 2 janvier 2026",
        {
            "siret": "73282932000074",
            "date_fin": "2026-06-30",
            "date_document": "2026-01-02",
        },
    ),
    (
        "attestation",
        "période de validité du 01/01/2026 au 31/12/2026 Fait à Paris le 12/12/2025",
        {"date_fin": "2026-12-31", "date_document": "2025-12-12"},
    ),
    ("facture", "se porte caution pour un montant de 100,00 €", {}),
)


@tagged("post_install", "-at_install")
class TestPaperReceive(PaperCommon):
    def test_a_file_is_kept_as_it_came_and_wakes_both_workers(self):
        jobs = self.env.ref("btp_relance_ocr.ir_cron_read_papers") | self.env.ref(
            "btp_relance_ocr.ir_cron_read_papers_beside"
        )
        triggers = self.env["ir.cron.trigger"].search_count(
            [("cron_id", "in", jobs.ids)]
        )
        paper = self.receive(name="../été <PV>.PDF")
        self.assertEqual(paper.state, "waiting")
        self.assertEqual(paper.attachment_id.raw, make_pv())
        self.assertEqual(paper.attachment_id.mimetype, "application/pdf")
        self.assertEqual(paper.name, "été _PV_.pdf")
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "in", jobs.ids)]),
            triggers + 2,
        )

    def test_a_picture_is_kept_as_it_came_whatever_its_size(self):
        scan = io.BytesIO()
        Image.new("L", (2480, 3508), 255).save(scan, "PNG")
        header = b"IHDR" + struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0)
        bomb = (
            b"\x89PNG\r\n\x1a\n"
            + struct.pack(">I", 13)
            + header
            + struct.pack(">I", zlib.crc32(header))
        )
        for content in (scan.getvalue(), bomb):
            paper = self.receive(content, "scan.png")
            self.assertEqual(paper.attachment_id.raw, content)
            self.assertEqual(paper._copy_file(self.company).raw, content)

    def test_the_same_file_is_the_same_paper_inside_one_company(self):
        first = self.receive()
        again = self.receive(source="mail", email_from="moe@example.com")
        self.assertEqual(again, first)
        self.assertEqual(first.email_from, "moe@example.com")
        other = self.env["res.company"].create({"name": "Autre"})
        theirs = self.papers._receive("pv.pdf", make_pv(), "upload", other)
        self.assertNotEqual(theirs, first)

    def test_the_original_stays(self):
        paper = self.receive()
        original = paper.attachment_id
        for harm in (
            lambda: original.unlink(),
            lambda: original.sudo().unlink(),
            lambda: original.write({"raw": b"other"}),
            lambda: original.with_context(btp_paper_keep=True, su=True)
            .with_user(self.env.ref("base.user_admin"))
            .write({"name": "other.pdf"}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                harm()
        paper.unlink()
        self.assertFalse(original.exists())

    def test_a_program_is_never_shown_by_the_browser(self):
        paper = self.receive(b"<html><script>alert(1)</script></html>", "pv.html")
        self.assertEqual(paper.attachment_id.mimetype, "application/x-unknown")

    def test_whose_chantier_it_is_sees_the_paper_and_its_file(self):
        site = new_test_user(self.env, "chef", groups="btp_relance.group_site_manager")
        partner = self.env["res.partner"].create({"name": "Client"})
        chantier = self.env["btp.chantier"].create(
            {"name": "Tilleuls", "partner_id": partner.id, "user_id": site.id}
        )
        mine = self.receive(chantier_id=chantier.id).with_user(site)
        # What is not known yet may bear amounts: not theirs to see, unless they sent it.
        with self.assertRaises(AccessError):
            mine.read(["name"])
        mine.sudo().kind = "pv_reception"
        other = self.receive(make_pv("13 mars 2026")).with_user(site)
        self.assertEqual(mine.attachment_id.raw, make_pv())
        with self.assertRaises(AccessError):
            other.attachment_id.read(["raw"])
        with self.assertRaises(AccessError):
            mine.write({"name": "x"})

    def test_another_company_sees_nothing(self):
        other = self.env["res.company"].create({"name": "Autre"})
        agent = new_test_user(
            self.env,
            "agent",
            groups="btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        paper = self.receive().with_user(agent)
        with self.assertRaises(AccessError):
            paper.read(["name"])
        with self.assertRaises(AccessError):
            paper.attachment_id.read(["raw"])


@tagged("post_install", "-at_install")
class TestPaperRead(PaperCommon):
    def test_what_a_pv_says_is_kept_with_its_places_and_pictures(self):
        paper = self.receive()
        paper._read()
        self.assertEqual(paper.kind, "pv_reception")
        self.assertEqual(paper.read_kind, "pv_reception")
        said = paper._get_values()
        self.assertEqual(said["date_reception"], "2026-03-12")
        self.assertEqual(said["decision"], "sans_reserve")
        self.assertIs(said["signed"], False)
        day = paper.value_ids.filtered(lambda item: item.name == "date_reception")
        self.assertEqual(day.page, 1)
        self.assertEqual(len(day.box), 4)
        self.assertEqual(day.read_value, "2026-03-12")
        self.assertEqual(len(paper.picture_ids), 1)
        self.assertEqual(paper.picture_ids.raw[:2], b"\xff\xd8")
        words = json.loads(base64.b64decode(paper.words))
        self.assertIn("RÉCEPTION", [word[0] for word in words["1"]])
        self.assertEqual(len(paper.fingerprint), 16)
        # Unsigned, and about nothing known: a person is asked.
        self.assertEqual(paper.state, "to_check")
        self.assertTrue(paper.why)

    def test_a_bond_says_who_guarantees_what(self):
        paper = self.receive(make_bond(), "caution.pdf")
        paper._read()
        shown = paper._describe_review()
        self.assertEqual((paper.kind, paper.state), ("caution", "to_check"))
        said = {name: value["value"] for name, value in shown["values"].items()}
        self.assertEqual(
            said,
            {
                "montant_ttc": "12500.00",
                "banque": "Banque Orbane",
                "date_document": "2026-06-02",
            },
        )
        amount = shown["values"]["montant_ttc"]
        self.assertFalse(amount["sure"], "A person confirms it")
        shown = dict(paper.value_ids.mapped(lambda one: (one.name, one.shown)))
        self.assertIn("12,500.00", shown["montant_ttc"])
        self.assertEqual((amount["page"], len(amount["box"])), (1, 4))

    def test_certificates_and_bonds_in_other_words(self):
        for kind, text, wanted in CERTIFICATES:
            words = [[word, 0.1, 0.1, 0.2, 0.2, 1.0] for word in text.split()]
            with self.subTest(text[:30]):
                found = certificates.read(kind, {1: words})
                self.assertEqual(
                    {name: one.value for name, one in found.items()}, wanted
                )

    def test_hostile_files_end_in_a_state_and_a_sentence(self):
        for content, error in (
            (b"", "empty"),
            (b"%PDF-1.7 cut", "corrupt"),
            (b"MZ\x90\x00 program", "wrong_format"),
            (make_pv()[:900], "corrupt"),
        ):
            with self.subTest(error):
                paper = self.receive(content, f"{error}{len(content)}.pdf")
                paper._read()
                self.assertEqual((paper.state, paper.error), ("failed", error))
                self.assertEqual(paper.why, str(WHY[f"error_{error}"]))
                self.assertEqual(paper.attachment_id.raw or b"", content)

    def test_every_error_and_warning_has_its_sentence(self):
        for error in ERRORS:
            self.assertIn(f"error_{error}", WHY)
        for warning in WARNINGS:
            self.assertIn(f"warning_{warning}", WHY)

    def test_a_second_scan_of_a_sheet_is_set_aside(self):
        first = self.receive()
        first._read()
        # Another file, the same sheet: what a second scan gives.
        again = self.receive(make_pv() + b"\n% scanned twice\n", "again.pdf")
        again._read()
        self.assertEqual(again.duplicate_of_id, first)
        self.assertEqual(again.state, "set_aside")
        self.assertIn("pv.pdf", again.why)

    def test_another_sheet_of_the_same_form_is_another_paper(self):
        self.receive()._read()
        other = self.receive(make_pv("14 mars 2026"), "other.pdf")
        other._read()
        self.assertFalse(other.duplicate_of_id)
        self.assertEqual(other.state, "to_check")

    def test_what_a_person_corrected_stays_when_read_again(self):
        paper = self.receive()
        paper._read()
        value = paper.value_ids.filtered(lambda item: item.name == "date_reception")
        value.write({"value": "2026-03-20", "corrected": True})
        paper.action_read_again()
        self.assertEqual((paper.state, paper.attempts), ("waiting", 0))
        paper._read()
        self.assertEqual(paper._get_values()["date_reception"], "2026-03-20")

    def test_who_follows_up_is_asked_once_and_relieved(self):
        self.company.btp_paper_user_id = self.env.ref("base.user_admin")
        paper = self.receive()
        paper._read()
        self.assertEqual(paper.activity_ids.user_id, self.company.btp_paper_user_id)
        paper.action_read_again()
        paper._read()
        self.assertEqual(len(paper.activity_ids), 1)
        paper.action_set_aside()
        self.assertFalse(paper.activity_ids)


@tagged("post_install", "-at_install")
class TestPaperQueue(PaperCommon):
    """What the queue decides; processes that are killed are in the tests from outside."""

    def test_a_file_that_stopped_its_worker_three_times_fails(self):
        paper = self.receive()
        paper.attempts = 4
        with mute_logger("odoo.addons.btp_relance_ocr.models.btp_paper_queue"):
            paper._work(None)
        self.assertEqual((paper.state, paper.error), ("failed", "killed"))
        self.assertEqual(paper.why, str(WHY["error_killed"]))

    def test_the_jobs_let_the_others_have_their_turn(self):
        papers = self.receive() | self.receive(make_pv("15 mars 2026"), "b.pdf")
        job = self.env.ref("btp_relance_ocr.ir_cron_read_papers")
        with self.enter_registry_test_mode():
            with patch.object(btp_paper_queue, "BUDGET", -1):
                job.method_direct_trigger()
            states = sorted(papers.mapped("state"))
            self.assertEqual(states, ["to_check", "waiting"])
            soon = self.env.cr.now() + timedelta(minutes=1)
            self.assertTrue(
                self.env["ir.cron.trigger"].search(
                    [("cron_id", "=", job.id), ("call_at", "<=", soon)]
                )
            )
            job.method_direct_trigger()
        self.assertEqual(set(papers.mapped("state")), {"to_check"})
        self.assertEqual(set(papers.mapped("attempts")), {1})
