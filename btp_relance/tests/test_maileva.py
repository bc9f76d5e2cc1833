# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Maileva carries the letters: once whatever breaks, followed to the last proof."""

import base64
import json
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..engine import signing
from ..engine.chain import sha256
from .maileva_server import SENDINGS, MailevaServer, basic
from .registered_common import LetterOverHttp, OnlineCases, OnlineCommon


class MailevaCommon(OnlineCommon):
    server, prefix, secret = MailevaServer, "btp_maileva", "client_secret"
    call = "/submit"

    def setUp(self):
        super().setUp()
        self.maileva = self.service

    def get_account(self):
        names = ("login", "password", "client_id", "client_secret", "token_url")
        return {name: getattr(self.service, name) for name in names} | {
            "sandbox": False,
            "api_url": self.service.url,
        }

    def left(self):
        return self.maileva.submitted()

    @staticmethod
    def status(code, day, label="x"):
        return {"code": code, "date": f"{day}T10:00:00.000Z", "label": label}


@tagged("post_install", "-at_install")
class TestMaileva(OnlineCases, MailevaCommon):
    allow_inherited_tests_method = True

    # === HAND OVER === #

    def test_a_letter_is_made_signed_and_submitted(self):
        self.company.sudo().btp_certificate_id = self.make_certificate()
        relance = self.letter()
        # Nothing asks for a person, nothing has left before the dispatch is committed.
        self.assertEqual((relance.state, relance.desk), ("assigned", False))
        self.assertFalse(relance.activity_ids)
        self.assertFalse(self.maileva.calls)
        self.follow()
        [sending] = self.maileva.submitted()
        posting = relance.posting_id
        self.assertEqual(relance.state, "sent")
        self.assertEqual(posting.state, "handed_over")
        self.assertEqual(posting.external_id, sending["id"])
        self.assertEqual(sending["custom_id"], posting.key)
        self.assertTrue(sending["acknowledgement_of_receipt"])
        self.assertEqual(sending["sender_address_line_6"], "44000 Nantes")
        [recipient] = sending["_recipients"]
        self.assertEqual(recipient["address_line_1"], "Promoteur Sud")
        self.assertEqual(recipient["address_line_6"], "13002 Marseille")
        [document] = sending["_documents"]
        self.assertEqual(sha256(document), posting.letter_sha256)
        root = base64.b64decode(self.company.sudo().btp_certificate_id.pem_certificate)
        self.assertTrue(signing.verify(document, [root])[0].intact)
        self.assertEqual(self.kinds(relance), ["approved", "signed", "handed_over"])
        self.assertEqual(relance.line_ids.state, "done")

    def test_an_answer_lost_after_submitting_is_no_second_letter(self):
        self.maileva.fail("POST", "/submit$", "lost")
        relance = self.letter()
        self.follow()
        self.assertEqual(len(self.maileva.submitted()), 1)
        self.assert_told_and_retried(relance, "does not answer")
        self.assertTrue(relance.posting_id.submitted_on)
        self.follow()
        self.assertEqual(len(self.maileva.sendings), 1)
        self.assertEqual(len(self.maileva.submitted()), 1)
        self.assertEqual(
            (relance.state, relance.posting_id.state), ("sent", "handed_over")
        )
        self.assertFalse(relance.failure_reason)

    def test_a_submission_that_did_not_arrive_is_made_again_on_the_same_sending(self):
        self.maileva.fail("POST", "/submit$", "drop")
        relance = self.letter()
        self.follow()
        self.assertFalse(self.maileva.submitted())
        self.follow()
        self.assertEqual(len(self.maileva.sendings), 1)
        self.assertEqual(len(self.maileva.submitted()), 1)
        self.assertEqual(relance.posting_id.state, "handed_over")

    def test_an_answer_lost_at_the_creation_leaves_no_draft_behind(self):
        self.maileva.fail("POST", f"{SENDINGS}$", "lost")
        relance = self.letter()
        self.follow()
        self.assert_told_and_retried(relance, "does not answer")
        self.assertEqual(len(self.maileva.sendings), 1)
        self.follow()
        self.assertEqual(len(self.maileva.sendings), 1)
        self.assertEqual(len(self.maileva.submitted()), 1)

    def test_each_step_may_break_and_one_letter_leaves(self):
        for step in (f"{SENDINGS}$", "/documents$", "/recipients$", "/submit$"):
            for what in ("drop", "lost", "garbage"):
                with self.subTest(step=step, what=what):
                    self.maileva.sendings.clear()
                    self.maileva.fail("POST", step, what)
                    relance = self.letter(self.make_customer(f"{step} {what}"))
                    self.follow()
                    if relance.posting_id.state == "to_post":
                        self.assertIn("Maileva", relance.failure_reason)
                        self.follow()
                    self.assertEqual(relance.posting_id.state, "handed_over")
                    self.assertEqual(len(self.maileva.submitted()), 1)
                    self.assertEqual(len(self.maileva.sendings), 1)
                    # The next turns are about the next letter.
                    relance.posting_id.sudo().poll_at = False

    def test_after_three_tries_a_person_is_told_and_can_try_again(self):
        self.maileva.fail("POST", f"{SENDINGS}$", *[503] * 4)
        relance = self.letter()
        for _turn in range(4):
            self.follow()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("HTTP 503", relance.failure_reason)
        self.assertFalse(relance.retry_at)
        relance.action_retry()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "sent")
        self.assertEqual(len(self.maileva.submitted()), 1)
        self.assertEqual(len(relance.posting_ids), 2)

    def test_what_may_have_left_is_never_written_anew(self):
        self.maileva.fail("POST", "/submit$", "lost")
        self.maileva.fail("GET", f"{SENDINGS}/", *[503] * 3)
        relance = self.letter()
        for _turn in range(4):
            self.follow()
        self.assertEqual(relance.state, "failed")
        posting = relance.posting_id
        relance.action_retry()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_ids, posting)
        self.assertEqual((relance.state, posting.state), ("sent", "handed_over"))
        self.assertEqual(len(self.maileva.submitted()), 1)

    def test_wrong_credentials_are_told_without_showing_them(self):
        self.company.sudo().btp_maileva_password = "not-the-s3cret"
        with self.every_log() as log:
            relance = self.letter()
            self.follow()
        self.assertEqual(relance.state, "failed")
        self.assertIn("refuses our identifiers", relance.failure_reason)
        shown = relance.failure_reason + "".join(log.output)
        for secret in ("not-the-s3cret", self.maileva.client_secret):
            self.assertNotIn(secret, shown)
        self.assertFalse(self.maileva.sendings)

    def test_a_token_that_ended_is_asked_for_again(self):
        self.maileva.fail("POST", "/documents$", 401)
        relance = self.handed()
        self.assertEqual(relance.state, "sent")
        tokens = [path for _verb, path in self.maileva.calls if path == "/auth/token"]
        self.assertEqual(len(tokens), 2)

    def test_an_address_that_fits_no_envelope_is_told_before_anything_is_made(self):
        self.customer.name = "Société" + "X" * 60
        relance = self.letter()
        self.assertEqual(relance.state, "failed")
        self.assertIn("38 characters", relance.failure_reason)
        self.assertFalse(self.maileva.calls)

    def test_a_country_that_maileva_does_not_reach_is_told(self):
        self.customer.country_id = self.env.ref("base.be")
        relance = self.letter()
        self.assertIn("Send on Paper", relance.failure_reason)
        relance.with_user(self.agent).action_send_on_paper()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
        self.assertEqual(relance.posting_id.provider, "print")

    def test_a_refusal_of_maileva_is_told_in_its_words(self):
        error = (400, "INVALID_TOTAL_SENDING_SIZE", "Le pli dépasse 20 Mo")
        self.maileva.fail("POST", "/documents$", error)
        relance = self.letter()
        self.follow()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("Le pli dépasse 20 Mo", relance.failure_reason)
        self.assertFalse(relance.retry_at)
        self.assertFalse(self.maileva.submitted())

    def test_an_address_changed_meanwhile_is_told_when_it_leaves(self):
        relance = self.letter()
        self.customer.city = "X" * 50
        self.follow()
        self.assertEqual(relance.state, "failed")
        self.assertIn("38 characters", relance.failure_reason)
        self.assertFalse(self.maileva.submitted())

    def test_one_letter_that_fails_stops_no_other(self):
        first = self.letter()
        second = self.letter(self.make_customer("Autre"))
        self.maileva.fail("POST", "/recipients$", 500)
        self.follow()
        self.assertEqual(first.posting_id.state, "to_post")
        self.assertEqual(second.posting_id.state, "handed_over")

    def test_a_part_paid_makes_another_letter(self):
        self.maileva.fail("POST", "/documents$", 503)
        relance = self.letter()
        self.follow()
        before = relance.posting_id
        self.pay(relance.line_ids.move_id, 400)
        self.follow()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(before.state, "cancelled")
        self.assertEqual(relance.posting_id.state, "handed_over")
        self.assertNotEqual(relance.posting_id.letter_sha256, before.letter_sha256)
        # The draft of the first went with it.
        self.assertEqual(len(self.maileva.sendings), 1)

    # === FOLLOW === #

    def test_states_move_with_the_dates_and_proofs_of_the_post(self):
        relance = self.handed()
        posting = relance.posting_id
        self.maileva.move(registered_number="1E00232062142")
        self.maileva.move(
            deposit_proof_date="2025-06-17T16:00:00Z",
            content_proof_date="2025-06-17T16:00:00Z",
        )
        self.follow()
        self.assertEqual(posting.state, "deposited")
        self.assertEqual(relance.tracking_number, "1E00232062142")
        event = self.events(relance, "posted")
        self.assertEqual(str(event.happened_on), "2025-06-17 16:00:00")
        self.maileva.move(
            delivery_statuses=[self.status("LP09", "2025-06-18", "Avisé")]
        )
        self.follow()
        self.assertEqual(posting.state, "in_delivery")
        self.assertEqual(self.events(relance, "in_delivery").detail, "Avisé")
        self.maileva.move(
            delivery_statuses=[
                self.status("LP15", "2025-06-20", "Distribué"),
                self.status("LP09", "2025-06-18", "Avisé"),
            ]
        )
        self.follow()
        self.assertEqual(posting.state, "received")
        self.assertEqual(relance.received_on, date(2025, 6, 20))
        # The post said so; its signed receipt is still to come.
        self.assertTrue(posting.poll_at)
        self.maileva.move(acknowledgement_of_receipt_date="2025-06-21T08:00:00Z")
        self.follow()
        self.assertFalse(posting.poll_at)
        self.assertEqual(len(posting.proof_ids), 3)
        for kind in ("proof_deposit", "proof_content", "proof_receipt"):
            event = self.events(relance, kind)
            [document] = json.loads(event.documents)
            [proof] = posting.proof_ids.filtered(
                lambda file, name=document["name"]: file.name == name
            )
            self.assertTrue(proof.raw.startswith(b"%PDF"))
            self.assertEqual(sha256(proof.raw), document["sha256"])
        before = len(self.events(relance))
        posting.sudo()._ask_soon()
        self.follow()
        self.assertEqual(len(self.events(relance)), before)
        self.assertFalse(
            self.env["btp.relance.event"].sudo()._verify(self.company)["broken"]
        )

    def test_refused_unclaimed_and_returned_are_told_apart(self):
        for code, state in (
            ("LP22", "refused"),
            ("LP19", "unclaimed"),
            ("LP20", "returned"),
        ):
            with self.subTest(code):
                relance = self.handed(self.make_customer(code))
                self.maileva.move(delivery_statuses=[self.status(code, "2025-07-02")])
                self.follow()
                self.assertEqual(relance.posting_id.state, state)
                self.assertFalse(relance.received_on)
                self.assertEqual(relance.state, "sent")

    def test_a_sending_rejected_later_brings_the_reminder_back(self):
        relance = self.handed()
        [sending] = self.maileva.submitted()
        sending.update(status="REJECTED", status_detail="PDF illisible")
        self.follow()
        self.assertEqual(relance.posting_id.state, "failed")
        self.assertEqual(relance.state, "failed")
        self.assertIn("PDF illisible", relance.failure_reason)
        self.assertEqual(relance.line_ids.state, "planned")
        relance.action_retry()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_id.state, "handed_over")
        self.assertEqual(len({row["custom_id"] for row in self.maileva.submitted()}), 2)

    def test_no_answer_while_following_loses_nothing(self):
        relance = self.handed()
        self.maileva.move(deposit_proof_date="2025-06-17T16:00:00Z")
        for what in (500, "drop", "garbage", 404):
            self.maileva.fail("GET", f"{SENDINGS}/", what)
            self.follow()
            self.assertEqual(relance.posting_id.state, "handed_over")
            self.assertTrue(relance.posting_id.error)
            self.assertTrue(relance.posting_id.poll_at)
            self.assertEqual(relance.state, "sent")
        self.maileva.fail("GET", "download_deposit", "garbage")
        self.follow()
        self.assertFalse(relance.posting_id.proof_ids)
        self.follow()
        self.assertEqual(relance.posting_id.state, "deposited")
        self.assertEqual(len(relance.posting_id.proof_ids), 1)
        self.assertFalse(relance.posting_id.error)

    def test_a_provider_is_asked_less_and_less(self):
        posting = self.handed().posting_id
        gaps = []
        for _turn in range(7):
            self.follow()
            gaps.append(posting.poll_at - posting.write_date)
        hours = [round(gap.total_seconds() / 3600) for gap in gaps]
        self.assertEqual(hours, [2, 4, 8, 12, 24, 24, 24])

    # === CONSENT === #

    def test_paper_needs_no_consent_and_electronic_mail_does(self):
        relance = self.letter()
        self.customer.btp_regime = "b2c"
        provider = self.env["btp.registered.provider.maileva"]
        provider._check(relance)
        # An addon's provider that delivers without paper.
        self.patch(type(provider), "_is_electronic", lambda _model: True)
        with self.assertRaisesRegex(UserError, "has not agreed to electronic"):
            provider._check(relance)
        with self.assertRaisesRegex(UserError, "proof of the agreement"):
            self.customer.btp_lre_consent_on = self.today
        self.customer.write(
            {"btp_lre_consent_on": self.today, "btp_lre_consent_proof": b"UERG"}
        )
        provider._check(relance)
        self.customer.write({"btp_regime": "b2b", "btp_lre_consent_on": False})
        provider._check(relance)


@tagged("post_install", "-at_install")
class TestMailevaNotification(LetterOverHttp, MailevaCommon, HttpCase):
    def tell(self, body, authorization=None, company=None):
        """Call us as Maileva does."""
        headers = {"Content-Type": "application/json"}
        if authorization:
            headers["Authorization"] = authorization
        return self.url_open(
            f"/btp_relance/maileva/{(company or self.company).id}",
            data=body if isinstance(body, bytes) else json.dumps(body).encode(),
            headers=headers,
        )

    def subscribe(self):
        admin = self.env["res.users"].sudo().search([("login", "=", "root9")])
        admin = admin or self.make_user("root9", "base.group_system")
        self.company.with_user(admin).action_btp_maileva_subscribe()
        return self.company.sudo().btp_maileva_hook_secret

    def test_we_are_told_and_ask(self):
        secret = self.subscribe()
        [url] = {row["callback_url"] for row in self.maileva.subscriptions}
        self.assertTrue(url.endswith(f"/btp_relance/maileva/{self.company.id}"))
        self.assertEqual(
            self.maileva.subscriptions[0]["authentication"]["basic"],
            {"login": "btp", "password": secret},
        )
        count = len(self.maileva.subscriptions)
        self.subscribe()
        self.assertEqual(len(self.maileva.subscriptions), count)
        posting = self.handed().posting_id
        posting.sudo().poll_at = "2099-01-01 00:00:00"
        answer = self.tell(
            {
                "event_type": "ON_DEPOSIT_PROOF_RECEIVED",
                "resource_type": "registered_mail/v4/recipients",
                "resource_id": posting.external_recipient,
            },
            basic("btp", secret),
        )
        self.assertEqual(answer.status_code, 201)
        posting.invalidate_recordset()
        self.assertLess(posting.poll_at.year, 2099)
        # What the call says is not believed: only Maileva's own answer counts.
        self.assertEqual(posting.state, "handed_over")

    def test_strangers_are_told_nothing(self):
        secret = self.subscribe()
        posting = self.handed().posting_id
        posting.sudo().poll_at = "2099-01-01 00:00:00"
        body = {"resource_id": posting.external_id}
        other = self.setup_other_company()["company"]
        for authorization, company in (
            (None, None),
            (basic("btp", "wrong"), None),
            (basic("x", secret), None),
            (basic("btp", ""), other),
            (basic("btp", secret), other),
            ("Bearer x", None),
        ):
            answer = self.tell(body, authorization, company)
            self.assertEqual(answer.status_code, 401)
            self.assertEqual(answer.content, b"")
        for nonsense in (b"[]", b"{", b"null"):
            self.assertEqual(self.tell(nonsense, basic("btp", secret)).status_code, 400)
        self.assertEqual(
            self.tell({"resource_id": "unknown"}, basic("btp", secret)).status_code, 201
        )
        posting.invalidate_recordset()
        self.assertEqual(posting.poll_at.year, 2099)
