# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ordinary letters by Odoo's Snailmail: once, looked at again, every answer told."""

import base64
import io
import json
from hashlib import sha256
from types import SimpleNamespace
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader

from odoo.addons.btp_relance.tests.paper_common import PaperCommon, open_pdf, pages
from odoo.addons.iap.tools import iap_tools

from .snailmail_server import SnailmailServer


def answering():
    """Let IAP's client call: it refuses to while a test runs."""
    modules = SimpleNamespace(module=SimpleNamespace(current_test=False))
    return patch.object(iap_tools, "modules", modules)


@tagged("post_install", "-at_install")
class TestSnailmail(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("snail", "btp_relance.group_agent")
        cls.company.sudo().write(
            {"btp_relance_user_id": cls.agent.id, "btp_letter_carrier": "snailmail"}
        )

    def setUp(self):
        super().setUp()
        self.snail = self.enterContext(SnailmailServer())
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("snailmail.endpoint", self.snail.url)
        params.set_param("snailmail.timeout", "1")
        # It words its errors where it knows no language.
        loggers = "odoo.addons.iap.tools.iap_tools", "odoo.tools.translate"
        self.enterContext(mute_logger(*loggers))

    def post(self):
        """Let the scheduler hand over."""
        with self.scheduler() as engine, answering():
            engine.env["snailmail.letter"]._btp_cron_print()
        self.env.invalidate_all()

    def queued(self, **values):
        """Return a letter in Snailmail's queue."""
        relance = self.make_letter(**values)
        relance.invalidate_recordset()
        return relance

    def posted(self):
        relance = self.queued()
        self.post()
        self.assertEqual(relance.state, "sent", relance.failure_reason)
        return relance

    # === POSTED === #

    def test_a_letter_is_queued_then_posted_with_its_archived_pages(self):
        relance = self.queued()
        letter = relance.snail_letter_id
        # Nobody has to post it, and nothing leaves before the dispatch is committed.
        self.assertEqual((relance.state, relance.desk), ("assigned", False))
        self.assertEqual((letter.state, self.snail.requests), ("pending", []))
        self.assertIn("Snailmail", self.events(relance, "assigned").detail)
        archived = relance.letter_id.raw
        self.post()
        self.assertEqual((relance.state, letter.state), ("sent", "sent"))
        self.assertTrue(relance.posted_on and relance.contacted_on)
        self.assertEqual(relance.line_ids.mapped("state"), ["done"])
        [document] = self.snail.posted
        self.assertEqual(document["address"]["name"], self.customer.name)
        self.assertEqual(document["address"]["zip"], "97400")
        self.assertEqual(document["return_address"]["city"], "Marseille")
        sent = base64.b64decode(document["pdf_bin"])
        event = self.events(relance, "posted")
        self.assertIn("SN1", event.detail)
        self.assertEqual(
            [row["sha256"] for row in json.loads(event.documents)],
            [sha256(content).hexdigest() for content in (archived, sent)],
        )
        # The archived letter is as it was; what left is the same behind a cover page.
        self.assertEqual(relance.letter_id.raw, archived)
        self.assertEqual(pages(sent)[1:], pages(archived))
        self.assertIn("97400", pages(sent)[0])
        verified = self.env["btp.relance.event"].sudo()._verify(self.company)
        self.assertFalse(verified["broken"])

    def test_its_address_and_pages_go_with_the_reminder(self):
        relance = self.posted()
        letter = relance.snail_letter_id
        pages_sent = letter.attachment_id
        self.assertTrue(letter.street and pages_sent)
        export = self.env["btp.privacy.export"]
        held = {section["model"] for section in export._sections(self.customer)}
        self.assertIn("snailmail.letter", held)
        relance.sudo()._privacy_erase()
        self.assertFalse(letter.exists() or pages_sent.exists())
        self.assertEqual(relance.state, "sent")
        verified = self.env["btp.relance.event"].sudo()._verify(self.company)
        self.assertFalse(verified["broken"])

    def test_the_pages_are_as_snailmail_wants_them(self):
        archived = self.queued().letter_id.raw
        for page in PdfFileReader(io.BytesIO(archived)).pages:
            size = [round(float(side)) for side in page.mediabox[2:]]
            self.assertEqual(size, [595, 842])
        # Five white millimetres around, and fifteen in the lower left corner.
        for page in open_pdf(archived):
            image = page.render(scale=2).to_pil().convert("L")
            wide, high = image.size
            mm = wide / 210
            edge, corner = round(5 * mm), round(15 * mm)
            for box in (
                (0, 0, wide, edge),
                (0, high - edge, wide, high),
                (0, 0, edge, high),
                (wide - edge, 0, wide, high),
                (0, high - corner, corner, high),
            ):
                self.assertEqual(image.crop(box).getextrema(), (255, 255), box)

    def test_it_is_posted_once_however_often_the_schedulers_turn(self):
        relance = self.posted()
        for _turn in range(2):
            self.post()
            self.dispatch()
            with answering():
                self.env["snailmail.letter"]._snailmail_cron(autocommit=False)
        self.assertEqual(len(self.snail.requests), 1)
        self.assertEqual(len(self.events(relance, "posted")), 1)

    def test_a_company_that_posts_itself_makes_no_letter_at_snailmail(self):
        self.company.sudo().btp_letter_carrier = "print"
        relance = self.queued()
        self.assertEqual(relance.desk, "post")
        self.assertFalse(relance.snail_letter_id)

    # === ERRORS === #

    def test_each_error_of_snailmail_is_told_in_one_sentence(self):
        relance = self.queued()
        for code, words in (
            ("ANYTHING_ELSE", "does not say why"),
            ("CREDIT_ERROR", "has no credit left"),
            ("TRIAL_ERROR", "knows no account"),
            ("NO_PRICE_AVAILABLE", "posts nothing to France"),
            ("MISSING_REQUIRED_FIELDS", "address lacks something"),
            ("FORMAT_ERROR", "cannot print this letter"),
        ):
            with self.subTest(code):
                self.snail.faults.append(code)
                self.post()
                self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
                self.assertIn(words, relance.failure_reason)
                self.assertNotIn("<", relance.failure_reason)
                self.assertEqual(relance.snail_letter_id.state, "error")
                # What passes is tried again by rule; the rest waits for a person.
                self.assertEqual(bool(relance.retry_at), code == "ANYTHING_ELSE")
                # Odoo's own scheduler, which tries some of them daily, sends nothing.
                count = len(self.snail.requests)
                with answering():
                    self.env["snailmail.letter"]._snailmail_cron(autocommit=False)
                self.assertEqual(len(self.snail.requests), count)
                relance.action_retry()
                self.dispatch()
                relance.invalidate_recordset()
        self.assertFalse(self.snail.posted)
        self.post()
        self.assertEqual((relance.state, len(self.snail.posted)), ("sent", 1))

    def test_a_letter_whose_answer_is_lost_is_not_posted_again_by_itself(self):
        for what in ("lost", "drop", "garbage", "null", 500):
            with self.subTest(what):
                before = len(self.snail.requests)
                relance = self.queued(partner=self.make_address(f"Client {what}"))
                self.snail.faults.append(what)
                for _turn in range(2):
                    self.post()
                    self.dispatch()
                self.assertEqual(len(self.snail.requests), before + 1)
                self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
                self.assertIn("may have left", relance.failure_reason)
                self.assertFalse(relance.retry_at)

    def make_address(self, name):
        return self.make_customer(name, country_id=self.france.id, btp_regime="b2b")

    def test_a_worker_that_dies_before_the_answer_posts_nothing_again(self):
        relance = self.queued()
        relance.snail_letter_id.sudo().btp_submitted_on = "2026-01-01 00:00:00"
        self.post()
        self.assertFalse(self.snail.requests)
        self.assertIn("may have left", relance.failure_reason)

    def test_one_letter_that_fails_stops_no_other(self):
        first = self.queued()
        second = self.queued(partner=self.make_address("Autre"))
        self.snail.faults.append("CREDIT_ERROR")
        self.post()
        self.assertEqual(first.state, "failed")
        self.assertEqual(second.state, "sent")

    def test_an_address_without_a_country_is_told_before_anything_is_made(self):
        self.customer.country_id = False
        self.write_to()
        self.make_invoice(late=5)
        relance = self.plan()
        self.dispatch()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("Complete the address", relance.failure_reason)
        self.assertFalse(relance.snail_letter_id)
        relance.with_user(self.agent).action_post_ourselves()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))

    # === LOOKED AT AGAIN === #

    def test_what_is_paid_before_it_leaves_does_not_leave(self):
        relance = self.queued()
        letter = relance.snail_letter_id
        self.pay(relance.line_ids.move_id)
        self.post()
        self.assertEqual((relance.state, letter.state), ("cancelled", "canceled"))
        self.assertFalse(self.snail.requests)

    def test_a_part_paid_makes_another_letter(self):
        relance = self.queued()
        before, letter = relance.letter_id, relance.snail_letter_id
        self.pay(relance.line_ids.move_id, 400)
        self.post()
        self.dispatch()
        self.post()
        self.assertEqual((relance.state, letter.state), ("sent", "canceled"))
        self.assertNotEqual(relance.letter_id, before)
        [document] = self.snail.posted
        # At least the letter's own archive says the rest only.
        self.assertIn("834,50", "".join(pages(base64.b64decode(document["pdf_bin"]))))

    # === PEOPLE === #

    def test_a_person_may_post_it_instead_while_it_waits(self):
        relance = self.queued()
        agent = relance.with_user(self.agent)
        with self.assertRaisesRegex(UserError, "Snailmail posts these letters"):
            agent.action_mark_posted()
        agent.action_post_ourselves()
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
        self.post()
        self.assertFalse(self.snail.requests)
        agent.action_mark_posted()
        self.assertEqual(relance.state, "sent")
        with self.assertRaises(UserError):
            agent.action_post_ourselves()

    def test_the_letter_is_not_changed_behind_the_reminder(self):
        relance = self.queued()
        letter = relance.snail_letter_id.with_user(self.agent)
        other = self.env["ir.attachment"].with_user(self.agent).create({"name": "x"})
        for values in (
            {"state": "sent"},
            {"attachment_id": other.id},
            {"color": False},
        ):
            with self.assertRaises(AccessError):
                letter.write(values)
        values = {"model": "btp.relance", "res_id": relance.id}
        values |= {"partner_id": self.customer.id, "btp_relance_id": relance.id}
        with self.assertRaises(AccessError):
            letter.create(values)
        letter.snailmail_print()
        self.assertEqual((letter.state, self.snail.requests), ("pending", []))
        letter.cancel()
        self.assertEqual((letter.state, relance.state), ("canceled", "failed"))
        self.assertIn("cancelled at Snailmail", relance.failure_reason)
        with self.assertRaises(UserError):
            letter.snailmail_print()

    def test_other_letters_of_snailmail_are_as_they_were(self):
        content = base64.b64encode(b"%PDF-1.4")
        letter = self.env["snailmail.letter"].create(
            {
                "model": "res.partner",
                "res_id": self.customer.id,
                "partner_id": self.customer.id,
                "attachment_id": self.env["ir.attachment"]
                .create({"name": "x.pdf", "datas": content})
                .id,
            }
        )
        with answering():
            letter._snailmail_print_valid_address()
        self.assertEqual(letter.state, "sent")
        [document] = self.snail.posted
        self.assertEqual(document["pdf_bin"], content.decode())

    def test_taken_away_the_addon_leaves_nothing_in_the_queue(self):
        from ..hooks import uninstall_hook

        relance = self.queued()
        letter = relance.snail_letter_id
        uninstall_hook(self.env)
        self.assertEqual((letter.state, relance.desk), ("canceled", "post"))
        self.assertFalse(relance.snail_letter_id)
