# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registered letters: signed, archived, posted by hand, followed to their acknowledgement."""

import base64
from datetime import date

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..engine import signing
from ..engine.chain import sha256
from ..engine.registered import show_number
from .registered_common import LetterOverHttp, RegisteredCommon

NUMBER, OTHER = "1A00915820380", "RR473124829FR"
PDF = base64.b64encode(b"%PDF-1.4 scan")


@tagged("post_install", "-at_install")
class TestCertificate(RegisteredCommon):
    """Nothing leaves unsigned by accident, and nobody reads the key."""

    def sign_with(self, **values):
        """Have the company sign with a certificate."""
        certificate = self.make_certificate(**values)
        self.company.sudo().btp_certificate_id = certificate
        return certificate

    def test_an_approved_letter_is_signed_archived_and_hashed(self):
        certificate = self.sign_with()
        relance = self.letter()
        self.assertEqual(relance.state, "assigned")
        posting = relance.posting_id
        content = posting.letter_id.raw
        root = base64.b64decode(certificate.pem_certificate)
        [verdict] = signing.verify(content, [root])
        self.assertEqual(
            (verdict.intact, verdict.complete, verdict.trusted), (True, True, True)
        )
        self.assertEqual(verdict.signer, "Martin Bâtiment (test)")
        self.assertEqual(posting.signer, verdict.signer)
        self.assertEqual(posting.letter_sha256, sha256(content))
        event = self.events(relance, "signed")
        self.assertIn(sha256(content), event.documents)
        self.assertEqual(event.posting_id, posting)
        broken = bytearray(content)
        broken[len(content) // 3] ^= 1
        self.assertFalse(signing.verify(bytes(broken), [root])[0].intact)

    def test_without_certificate_a_letter_is_archived_unsigned(self):
        relance = self.letter()
        posting = relance.posting_id
        self.assertTrue(posting.letter_id.raw.startswith(b"%PDF"))
        self.assertFalse(posting.signer)
        self.assertEqual(signing.verify(posting.letter_id.raw), [])
        self.assertFalse(self.events(relance, "signed"))
        self.assertEqual(self.events(relance, "archived").posting_id, posting)

    def test_an_expired_certificate_stops_the_letter_in_one_sentence(self):
        self.sign_with(start=-60, days=-2)
        relance = self.letter()
        self.assertEqual(relance.state, "failed")
        self.assertIn("ended on", relance.failure_reason)
        self.assertIn("settings", relance.failure_reason)
        self.assertFalse(relance.posting_ids)
        self.assertFalse(relance.activity_ids)
        self.assertFalse(self.events(relance, "signed"))

    def test_it_is_tried_again_only_once_the_certificate_changed(self):
        self.sign_with(start=-60, days=-2)
        relance = self.letter()
        for _turn in range(2):
            self.dispatch()
            relance.invalidate_recordset()
            self.assertEqual(relance.state, "failed")
        self.assertFalse(relance.retry_at)
        self.sign_with()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "assigned")
        self.assertTrue(relance.posting_id.signer)
        self.assertFalse(relance.waits_certificate)

    def test_a_wrong_password_says_so_and_the_right_one_lets_the_letter_go(self):
        certificate = self.sign_with(typed="wrong")
        relance = self.letter()
        self.assertEqual(relance.state, "failed")
        self.assertIn("password is wrong", relance.failure_reason)
        self.assertNotIn("s3cret", relance.failure_reason)
        certificate.name = "Renamed"
        self.assertEqual(relance.state, "failed")
        certificate.pkcs12_password = "s3cret"
        self.assertEqual(relance.state, "approved")
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_id.signer, "Martin Bâtiment (test)")

    def test_a_certificate_without_its_key_signs_nothing(self):
        certificate = self.sign_with()
        alone = self.env["certificate.certificate"].sudo()
        self.company.sudo().btp_certificate_id = alone.create(
            {
                "name": "Alone",
                "company_id": self.company.id,
                "content": certificate.pem_certificate,
            }
        )
        self.assertIn("private key", self.company._get_btp_certificate_refusal())

    def test_a_letter_that_cannot_be_signed_stops_no_other_reminder(self):
        self.sign_with(start=-60, days=-2)
        mails = self.make_scenario([(3, {})], name="Mails")
        self.make_invoice(
            partner=self.make_customer("By mail"), btp_scenario_id=mails.id
        )
        relances = self.letter()
        self.assertEqual(
            {relance.channel: relance.state for relance in relances},
            {"registered": "failed", "email": "sent"},
        )

    def test_nobody_but_an_administrator_reads_certificate_key_and_credentials(self):
        certificate = self.sign_with()
        company = self.company.sudo()
        company.btp_maileva_password = "letter-s3cret"
        manager = self.make_user("boss", "btp_relance.group_manager")
        secrets = [
            "btp_certificate_id",
            "btp_maileva_login",
            "btp_maileva_password",
            "btp_maileva_client_id",
            "btp_maileva_client_secret",
            "btp_maileva_hook_secret",
        ]
        for user in (self.agent, manager):
            with self.subTest(user.login):
                theirs = self.company.with_user(user)
                for name in secrets:
                    with self.assertRaises(AccessError):
                        theirs.read([name])
                self.assertFalse(set(secrets) & set(theirs.read()[0]))
                for record in (certificate, certificate.private_key_id):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read()
                with self.assertRaises(AccessError):
                    theirs.action_btp_maileva_subscribe()

    def test_a_password_never_shows_in_the_journal_or_the_log(self):
        self.sign_with(typed="wr0ng-s3cret")
        with self.assertLogs("odoo", "DEBUG") as log:
            relance = self.letter()
        self.assertNotIn("wr0ng-s3cret", "".join(log.output))
        self.assertNotIn("wr0ng-s3cret", str(self.events(relance).mapped("detail")))

    def test_a_person_is_told_60_30_and_7_days_before_its_end(self):
        certificate = self.sign_with()
        alerts = self.env["btp.alert"].sudo()
        end = certificate.date_end.date()

        def told(days):
            self.today = date.fromordinal(end.toordinal() - days)
            kinds = alerts._get_kinds(self.today)
            [kind] = [kind for kind in kinds if kind.code == "certificate"]
            return alerts._raise(kind)

        self.assertFalse(told(61))
        [first] = told(60)
        self.assertIn("signing certificate ends", first.activity_id.summary)
        self.assertEqual(first.activity_id.date_deadline, end)
        self.assertFalse(told(45))
        self.assertEqual(len(told(30)), 1)
        self.assertEqual(len(told(7)), 1)
        self.assertFalse(told(6))
        self.sign_with(days=800)
        self.assertFalse(told(5))
        self.assertFalse(first.activity_id.exists())


@tagged("post_install", "-at_install")
class TestPrintAndPost(RegisteredCommon):
    def test_a_posted_letter_has_its_number_and_its_day(self):
        relance = self.letter()
        posting = relance.posting_id
        self.assertEqual((relance.desk, posting.state), ("post", "to_post"))
        posting.with_user(self.agent).tracking_number = "1a 009 158 2038 0"
        self.assertEqual(posting.tracking_number, NUMBER)
        self.assertEqual(posting.tracking_shown, "1A 009 158 2038 0")
        posting.with_user(self.agent).action_deposit()
        self.assertEqual((relance.state, relance.desk), ("sent", False))
        self.assertEqual(posting.state, "deposited")
        self.assertEqual(relance.tracking_number, NUMBER)
        self.assertFalse(relance.activity_ids)
        event = self.events(relance, "posted")
        self.assertEqual((event.message_id, event.posting_id), (NUMBER, posting))

    def test_wrong_numbers_are_refused(self):
        posting = self.letter().posting_id.with_user(self.agent)
        with (
            self.assertRaisesRegex(ValidationError, "no number of a registered"),
            self.env.cr.savepoint(),
        ):
            posting.tracking_number = "12345"
        with (
            self.assertRaisesRegex(ValidationError, "check digit"),
            self.env.cr.savepoint(),
        ):
            posting.tracking_number = "RR473124828FR"
        with self.assertRaisesRegex(UserError, "Type the number"):
            posting.action_deposit()
        self.assertEqual(posting.state, "to_post")

    def test_a_number_belongs_to_one_letter(self):
        first = self.letter().posting_id.sudo()
        second = self.letter(self.make_customer("Autre")).posting_id.sudo()
        first.tracking_number = NUMBER
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            second.tracking_number = NUMBER
            self.env.flush_all()

    def test_states_are_not_typed_in_and_letters_not_deleted(self):
        posting = self.letter().posting_id.with_user(self.agent)
        for values in ({"state": "received"}, {"letter_id": False}, {"provider": "x"}):
            with self.assertRaises(AccessError):
                posting.write(values)
        with self.assertRaises(UserError):
            posting.sudo().unlink()
        posting.tracking_number = NUMBER
        posting.action_deposit()
        with self.assertRaisesRegex(UserError, "has left"):
            posting.tracking_number = OTHER

    def test_an_archived_letter_is_neither_changed_nor_deleted(self):
        letter = self.letter().posting_id.letter_id.with_user(self.agent)
        for values in ({"raw": b"%PDF other"}, {"name": "x"}, {"res_id": 0}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                letter.write(values)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            letter.unlink()

    def deposited(self):
        """Return a letter posted ten days ago."""
        relance = self.letter()
        relance.sudo()._record_posting(NUMBER)
        self.after(10)
        return relance

    def receipt(self, posting, **values):
        """Fill in the agent's wizard on the acknowledgement."""
        scan = (
            self.env["ir.attachment"]
            .with_user(self.agent)
            .create({"name": "AR.pdf", "datas": PDF})
        )
        self.env["btp.relance.receipt"].with_user(self.agent).create(
            {"posting_id": posting.id, "attachment_ids": [(6, 0, scan.ids)], **values}
        ).action_confirm()
        return scan

    def test_an_acknowledgement_is_kept_with_its_day_and_hash(self):
        relance = self.deposited()
        scan = self.receipt(relance.posting_id, day=self.days_later(3))
        posting = relance.posting_id
        self.assertEqual(posting.state, "received")
        self.assertEqual(relance.received_on, self.days_later(3))
        event = self.events(relance, "received")
        self.assertIn(sha256(scan.raw), event.documents)
        self.assertEqual(posting._get_day(event.happened_on), self.days_later(3))
        self.assertIn(scan, posting.proof_ids)
        with self.assertRaisesRegex(UserError, "end is known"):
            self.receipt(posting, day=self.days_later(4))

    def test_each_outcome_is_a_state_of_its_own(self):
        for outcome in ("refused", "unclaimed", "returned"):
            with self.subTest(outcome):
                relance = self.letter(self.make_customer(outcome))
                number = {"refused": "0", "unclaimed": "1", "returned": "2"}[outcome]
                relance.sudo()._record_posting(NUMBER[:-1] + number, self.today)
                self.receipt(relance.posting_id, outcome=outcome, day=self.today)
                self.assertEqual(relance.posting_id.state, outcome)
                self.assertTrue(self.events(relance, outcome))
                self.assertFalse(relance.received_on)
                asked = relance.activity_ids.filtered(
                    lambda activity: "came back" in (activity.summary or "")
                )
                self.assertEqual(bool(asked), outcome == "returned")

    def test_an_acknowledgement_needs_its_scan_and_a_day_that_can_be(self):
        posting = self.deposited().posting_id
        for day in (self.days_later(-1), self.days_later(11)):
            with self.assertRaisesRegex(UserError, "between the posting and today"):
                self.receipt(posting, day=day)
        with self.assertRaisesRegex(UserError, "scan"):
            self.receipt(posting, day=self.days_later(2), attachment_ids=False)
        self.assertEqual(posting.state, "deposited")

    def test_the_database_takes_each_state_once(self):
        relance = self.deposited()
        events = self.env["btp.relance.event"].sudo()
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            relance.posting_id.sudo()._log("posted")
            self.env.flush_all()
        self.assertEqual(len(self.events(relance, "posted")), 1)
        events._seal(self.company)
        self.assertFalse(events._verify(self.company)["broken"])

    def test_a_letter_is_in_the_chain_of_the_journal(self):
        relance = self.deposited()
        event = self.events(relance, "posted")
        self.assertEqual(
            event._content_in_clear(1)["posting_id"], relance.posting_id.id
        )
        self.assertNotIn(
            "posting_id", self.events(relance, "approved")._content_in_clear(1)
        )

    def test_what_is_paid_meanwhile_is_not_posted(self):
        relance = self.letter()
        self.pay(relance.line_ids.move_id)
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "cancelled")
        self.assertEqual(relance.posting_id.state, "cancelled")

    def test_a_part_paid_before_the_printing_makes_another_letter(self):
        relance = self.letter()
        before = relance.posting_id
        url = before.action_print()["url"]
        self.assertTrue(url.endswith(f"/{before.id}"))
        self.pay(relance.line_ids.move_id, 400)
        after = int(before.action_print()["url"].rsplit("/", 1)[1])
        self.assertEqual(relance.posting_id.id, after)
        self.assertEqual(
            (before.state, relance.posting_id.state), ("cancelled", "to_post")
        )
        self.assertNotEqual(relance.posting_id.letter_sha256, before.letter_sha256)
        self.assertEqual(len(self.events(relance, "archived")), 2)
        relance.sudo()._record_posting(NUMBER)
        self.assertEqual(relance.posting_id.state, "deposited")

    def test_a_formal_notice_is_never_posted_by_itself(self):
        self.step(3).write({"channel": "registered", "approval": "manual"})
        self.make_invoice(late=5)
        relance = self.plan()
        self.dispatch()
        self.follow()
        self.assertEqual(relance.state, "proposed")
        self.assertFalse(relance.posting_ids)

    def test_another_company_sees_nothing(self):
        posting = self.letter().posting_id
        other = self.setup_other_company()["company"]
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(self.env["btp.relance.posting"].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            posting.with_user(stranger).read(["state"])
        with self.assertRaises(AccessError):
            posting.with_user(stranger).action_print()


@tagged("post_install", "-at_install")
class TestPrintedFile(LetterOverHttp, RegisteredCommon, HttpCase):
    def test_slip_and_letters_come_in_one_file(self):
        import pypdfium2

        letters = self.letter() | self.letter(self.make_customer("Syndic Les Pins"))
        postings = letters.posting_ids
        postings.sudo()[0].tracking_number = NUMBER
        slip = pypdfium2.PdfDocument(postings._render_slip())
        self.assertEqual(len(slip), 1)
        text = slip[0].get_textpage().get_text_range().replace("\u202f", " ")
        for letter in postings:
            self.assertIn(letter.partner_id.name, text)
            self.assertIn(letter.relance_id.reference, text)
        self.assertIn(show_number(NUMBER), text)
        pages = sum(
            len(pypdfium2.PdfDocument(posting.letter_id.raw)) for posting in postings
        )
        self.agent.password = "poster-poster"
        self.authenticate("poster", "poster-poster")
        answer = self.url_open(postings.with_user(self.agent).action_print()["url"])
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        merged = pypdfium2.PdfDocument(answer.content)
        self.assertEqual(len(merged), len(slip) + pages)

    def test_strangers_get_no_letter(self):
        url = self.letter().posting_id.action_print()["url"]
        answer = self.url_open(url, allow_redirects=False)
        self.assertIn(answer.status_code, (302, 303))
        clerk = self.make_user("clerk9", "base.group_user")
        clerk.password = "clerk9-clerk9"
        self.authenticate("clerk9", "clerk9-clerk9")
        with mute_logger("odoo.http"):
            self.assertIn(self.url_open(url).status_code, (403, 404))
