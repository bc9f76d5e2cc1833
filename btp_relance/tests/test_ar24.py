# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""AR24 delivers without paper: once whatever breaks, to who agreed, to the last proof."""

import json
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..engine.chain import sha256
from .ar24_server import OTP_SECRET, Ar24Server
from .registered_common import LetterOverHttp, OnlineCases, OnlineCommon


class Ar24Common(OnlineCommon):
    server, prefix, secret, call = Ar24Server, "btp_ar24", "otp_secret", "/mail/"

    def setUp(self):
        super().setUp()
        self.ar24 = self.service
        self.customer.email = "compta@promoteur-sud.example"

    def get_account(self):
        names = ("token", "private_key", "login")
        return {name: getattr(self.service, name) for name in names} | {
            "otp_secret": OTP_SECRET,
            "sandbox": False,
            "api_url": self.service.url,
        }

    def left(self):
        return self.ar24.posted

    def consumer(self, name="Jean Dupont", agreed=True, **values):
        """Return a consumer, who agreed or not."""
        partner = self.make_customer(name, is_company=False, btp_regime="b2c")
        partner.write(
            {"email": "jean@dupont.example", "btp_scenario_id": self.scenario.id}
            | values
        )
        if agreed:
            partner.write(
                {"btp_lre_consent_on": self.today, "btp_lre_consent_proof": b"UERG"}
            )
        return partner


@tagged("post_install", "-at_install")
class TestAr24(OnlineCases, Ar24Common):
    allow_inherited_tests_method = True

    # === HAND OVER === #

    def test_a_letter_leaves_qualified_with_its_pdf_and_without_our_name(self):
        relance = self.letter()
        # Nothing asks for a person, nothing leaves before the dispatch is committed.
        self.assertEqual((relance.state, relance.desk), ("assigned", False))
        self.assertFalse(self.ar24.calls)
        self.follow()
        posting = relance.posting_id
        self.assertEqual((relance.state, posting.state), ("sent", "handed_over"))
        [posted] = self.ar24.posted
        [(number, mail)] = self.ar24.mails.items()
        self.assertEqual(posting.external_id, str(number))
        self.assertEqual(mail["ref_dossier"], posting.key)
        self.assertEqual(posted["dest_statut"], "professionnel")
        self.assertEqual(posted["to_company"], "Promoteur Sud")
        self.assertEqual(posted["to_email"], self.customer.email)
        self.assertIn(self.customer.email, posting.address)
        [letter] = self.ar24.files.values()
        self.assertEqual(sha256(letter), posting.letter_sha256)
        # Until it is accepted nobody knows who writes.
        shown = json.dumps({**posted, "token": "", "auth_otp_hash": ""})
        for name in (self.company.name, self.company.email, relance.reference):
            self.assertNotIn(str(name), shown)
        # This machine is not on the web: no address to call.
        self.assertNotIn("webhook", posted)
        self.assertEqual(self.kinds(relance), ["approved", "archived", "handed_over"])

    def test_the_address_to_call_goes_with_the_letter(self):
        params = self.env["ir.config_parameter"].sudo()
        params.set_param("web.base.url", "https://btp.example")
        posting = self.handed().posting_id
        url = self.ar24.posted[0]["webhook"]
        self.assertTrue(
            url.startswith(f"https://btp.example/btp_relance/ar24/{posting.id}/")
        )
        self.assertNotIn("/btp_relance/ar24/", str(self.ar24.calls))

    def test_an_answer_lost_is_looked_up_and_no_second_letter_leaves(self):
        self.ar24.fail("POST", "^/mail", "lost")
        relance = self.letter()
        self.follow()
        self.assert_told_and_retried(relance, "does not answer")
        self.assertTrue(relance.posting_id.submitted_on)
        # Others wrote meanwhile, and the list comes in pages.
        self.ar24.most = 2
        for number in range(500, 507):
            self.ar24.mails[number] = {
                "id": number,
                "date": "2099-01-01 00:00:00",
                "ref_dossier": "another",
            }
        self.follow()
        self.assertEqual(len(self.ar24.posted), 1)
        self.assertEqual(relance.posting_id.external_id, "100")
        self.assertEqual((relance.state, relance.failure_reason), ("sent", False))

    def test_a_letter_that_did_not_arrive_is_sent_again(self):
        self.ar24.fail("POST", "^/mail", "drop")
        relance = self.letter()
        self.follow()
        self.assertFalse(self.ar24.posted)
        self.follow()
        self.assertEqual(len(self.ar24.posted), 1)
        self.assertEqual(relance.posting_id.state, "handed_over")

    def test_each_step_may_break_in_any_way_and_one_letter_leaves(self):
        every = ("drop", "lost", "garbage", "forged", "maintenance", 500, 429)
        every += (("unknown_error", "An unknown error occurred"),)
        for method, step, whats in (
            ("GET", "^/user/?$", ("drop", "forged")),
            ("POST", "^/attachment", ("lost", "garbage")),
            ("POST", "^/user/auth_otp", ("maintenance", 429)),
            ("POST", "^/mail", every),
        ):
            for what in whats:
                with self.subTest(step=step, what=what):
                    before = len(self.ar24.posted)
                    self.ar24.fail(method, step, what)
                    partner = self.make_customer(f"{step} {what}")
                    partner.email = "a@b.example"
                    relance = self.letter(partner)
                    self.follow()
                    self.assert_told_and_retried(relance, "AR24")
                    self.follow()
                    self.assertEqual(relance.posting_id.state, "handed_over")
                    self.assertEqual(len(self.ar24.posted), before + 1)
                    # The next turns are about the next letter.
                    relance.posting_id.sudo().poll_at = False

    def test_while_the_lost_letter_cannot_be_looked_up_none_is_sent(self):
        self.ar24.fail("POST", "^/mail", "lost")
        self.ar24.fail("GET", "^/user/mail", 500, "garbage", "forged")
        relance = self.letter()
        for _turn in range(4):
            self.follow()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertEqual(len(self.ar24.posted), 1)
        posting = relance.posting_id
        # It may have left: paper is refused, and trying again asks after the same one.
        with self.assertRaises(UserError):
            relance.with_user(self.agent).action_send_on_paper()
        relance.action_retry()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_ids, posting)
        self.assertEqual((relance.state, posting.state), ("sent", "handed_over"))
        self.assertEqual(len(self.ar24.posted), 1)

    def test_a_refusal_is_told_in_its_words_and_what_is_corrected_leaves(self):
        self.ar24.fail("POST", "^/mail", ("invalid_email", "Le domaine n'existe pas"))
        relance = self.letter()
        self.follow()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("Le domaine n'existe pas", relance.failure_reason)
        self.assertFalse(relance.posting_id.submitted_on)
        self.customer.email = "autre@promoteur-sud.example"
        relance.action_retry()
        self.dispatch()
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(relance.state, "sent")
        [posted] = self.ar24.posted
        self.assertEqual(posted["to_email"], "autre@promoteur-sud.example")

    def test_wrong_credentials_are_told_without_showing_them(self):
        for field, value, words in (
            ("btp_ar24_token", "bad-t0ken", "refuses our identifiers"),
            ("btp_ar24_private_key", "bad-k3y", "refuses our identifiers"),
            ("btp_ar24_login", "nobody@x.example", "refuses our identifiers"),
            ("btp_ar24_otp_secret", "0189!", "does not recognise the sender"),
        ):
            with self.subTest(field), self.every_log() as log:
                company = self.company.sudo()
                right = company[field]
                company[field] = value
                relance = self.letter(self.consumer())
                self.follow()
                company[field] = right
                self.assertEqual(relance.state, "failed")
                self.assertIn(words, relance.failure_reason)
                shown = relance.failure_reason + "".join(log.output)
                for secret in (value, self.ar24.private_key, OTP_SECRET):
                    if "@" not in secret:
                        self.assertNotIn(secret, shown)
        self.assertFalse(self.ar24.posted)

    def test_an_identification_that_expired_is_told(self):
        error = ("authentication_otp_hash_invalid", "OTP hash is required")
        self.ar24.fail("POST", "^/mail", error)
        relance = self.letter()
        self.follow()
        self.assertEqual(relance.state, "failed")
        self.assertIn("does not recognise the sender", relance.failure_reason)
        self.assertFalse(relance.posting_id.submitted_on)

    def test_a_clock_that_is_wrong_is_told(self):
        self.ar24.fail("GET", "^/user", ("expired_date", "too old"))
        relance = self.letter()
        self.follow()
        self.assert_told_and_retried(relance, "clock of this server")

    def test_what_is_paid_while_nobody_knew_does_not_leave(self):
        self.ar24.fail("POST", "^/mail", "drop")
        relance = self.letter()
        self.follow()
        self.pay(relance.line_ids.move_id)
        self.follow()
        relance.invalidate_recordset()
        self.assertEqual(
            (relance.state, relance.posting_id.state), ("cancelled", "cancelled")
        )
        self.assertFalse(self.ar24.posted)

    # === FOLLOW === #

    def test_deposit_then_acceptance_with_the_proofs_of_ar24(self):
        relance = self.handed()
        posting = relance.posting_id
        self.follow()
        self.assertEqual(posting.state, "handed_over")
        self.ar24.move("ev", "2025-06-17 18:00:00")
        self.follow()
        self.assertEqual(posting.state, "deposited")
        # Paris is two hours ahead in June; fifteen days from the day after.
        self.assertEqual(
            str(self.events(relance, "posted").happened_on), "2025-06-17 16:00:00"
        )
        self.assertEqual(posting.accept_by.date(), date(2025, 7, 3))
        self.assertTrue(posting.poll_at)
        self.ar24.move("ar", "2025-06-20 10:00:00", status="AR")
        self.follow()
        self.assertEqual(posting.state, "received")
        self.assertEqual(relance.received_on, date(2025, 6, 20))
        self.assertFalse(posting.poll_at or posting.accept_by)
        self.assertEqual(len(posting.proof_ids), 2)
        for kind in ("proof_deposit", "proof_receipt"):
            [document] = json.loads(self.events(relance, kind).documents)
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

    def test_refused_unclaimed_and_bounced_are_told_apart_with_their_proofs(self):
        for kind, state, proof in (
            ("rf", "refused", "proof_refusal"),
            ("ng", "unclaimed", "proof_negligence"),
            ("bc", "returned", "proof_bounce"),
        ):
            with self.subTest(kind):
                relance = self.handed(self.consumer(f"Jean {kind}"))
                self.ar24.move("ev", "2025-06-17 18:00:00")
                self.ar24.move(kind, "2025-07-03 00:00:00")
                self.follow()
                posting = relance.posting_id
                self.assertEqual(posting.state, state)
                self.assertFalse(relance.received_on or posting.poll_at)
                self.assertEqual(relance.state, "sent")
                self.assertTrue(self.events(relance, proof).documents)
                self.assertEqual(len(posting.proof_ids), 2)

    def test_a_letter_that_ar24_could_not_send_brings_the_reminder_back(self):
        relance = self.handed()
        self.ar24.mails[100].update(send_fail=1, status="error")
        self.follow()
        self.assertEqual((relance.posting_id.state, relance.state), ("failed",) * 2)
        self.assertEqual(relance.line_ids.state, "planned")

    def test_no_answer_while_following_loses_nothing(self):
        relance = self.handed()
        self.ar24.move("ev", "2025-06-17 18:00:00")
        for what in (500, 429, "drop", "garbage", "forged", "maintenance"):
            self.ar24.fail("GET", "^/mail", what)
            self.follow()
            posting = relance.posting_id
            self.assertEqual((relance.state, posting.state), ("sent", "handed_over"))
            self.assertTrue(posting.error and posting.poll_at)
        self.ar24.proofs = False
        self.follow()
        self.assertFalse(relance.posting_id.proof_ids)
        self.ar24.proofs = True
        self.follow()
        self.assertEqual(relance.posting_id.state, "deposited")
        self.assertEqual(len(relance.posting_id.proof_ids), 1)
        self.assertFalse(relance.posting_id.error)

    def test_a_proof_is_fetched_at_ar24_only(self):
        relance = self.handed()
        self.ar24.move("ev", "2025-06-17 18:00:00")
        for url in (
            "http://127.0.0.1:1/x",
            "https://ar24.fr.evil.example/x",
            "file:///",
        ):
            self.ar24.mails[100]["proof_ev_url"] = url
            self.follow()
            self.assertIn("proof elsewhere", relance.posting_id.error)
        self.assertFalse(relance.posting_id.proof_ids)

    # === CONSENT === #

    def test_a_consumer_who_agreed_is_written_to_by_first_and_last_name(self):
        relance = self.handed(self.consumer())
        [posted] = self.ar24.posted
        self.assertEqual(posted["dest_statut"], "particulier")
        self.assertEqual(
            (posted["to_firstname"], posted["to_lastname"]), ("Jean", "Dupont")
        )
        self.assertEqual(relance.state, "sent")
        relance = self.letter(self.consumer("Dupont"))
        self.assertIn("the first and the last name", relance.failure_reason)

    def test_a_consumer_who_has_not_agreed_gets_paper_and_a_card(self):
        for regime in ("b2c", "nonpro"):
            with self.subTest(regime):
                partner = self.consumer(f"Non {regime}", agreed=False)
                partner.btp_regime = regime
                relance = self.letter(partner)
                self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
                self.assertEqual(relance.posting_id.provider, "print")
                self.assertIn("has not agreed", relance.paper_reason)
                self.assertIn("has not agreed", relance.activity_ids.note)
                self.assertIn("has not agreed", self.events(relance, "archived").detail)
                self.assertIn("1 rue du Port", relance.posting_id.address)
        self.follow()
        self.assertFalse(self.ar24.calls)

    def test_no_address_no_electronic_letter_but_paper(self):
        self.customer.email = False
        relance = self.letter()
        self.assertEqual(relance.posting_id.provider, "print")
        self.assertIn("no valid e-mail address", relance.paper_reason)

    def test_an_agreement_taken_back_before_it_leaves_stops_it(self):
        partner = self.consumer()
        relance = self.letter(partner)
        self.assertEqual(relance.posting_id.provider, "ar24")
        partner.btp_lre_consent_on = False
        self.follow()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_id.provider, "print")
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
        self.assertEqual(
            relance.posting_ids.sorted("id").mapped("state"), ["cancelled", "to_post"]
        )
        self.assertFalse(self.ar24.calls)

    def test_an_agreement_taken_back_while_the_answer_was_lost_stops_it_too(self):
        partner = self.consumer()
        self.ar24.fail("POST", "^/mail", "drop")
        relance = self.letter(partner)
        self.follow()
        partner.btp_lre_consent_on = False
        self.follow()
        self.dispatch()
        relance.invalidate_recordset()
        self.assertEqual(relance.posting_id.provider, "print")
        self.assertFalse(self.ar24.posted)

    def test_nobody_makes_an_electronic_letter_without_the_agreement(self):
        relance = self.letter(self.consumer(agreed=False))
        postings = self.env["btp.relance.posting"].sudo()
        values = {"relance_id": relance.id, "key": "x", "provider": "ar24"}
        relance.posting_id.sudo().state = "cancelled"
        relance.posting_id.flush_recordset()
        with self.assertRaisesRegex(ValidationError, "has not agreed"):
            postings.create(values)
        # What a person may call, by the web or by RPC.
        agent = relance.with_user(self.agent)
        with self.assertRaises(AccessError):
            agent.env["btp.relance.posting"].create(values)
        with self.assertRaises(AccessError):
            agent.posting_ids.provider = "ar24"

    # === SETTINGS === #

    def test_the_account_is_tried_and_read_by_administrators_only(self):
        admin = self.make_user("root24", "base.group_system")
        company = self.company.with_user(admin)
        self.assertEqual(company.action_btp_ar24_try()["params"]["type"], "success")
        self.assertFalse(self.ar24.posted)
        self.company.sudo().btp_ar24_token = "bad"
        with self.assertRaisesRegex(UserError, "refuses our identifiers"):
            company.action_btp_ar24_try()
        manager = self.make_user("boss24", "btp_relance.group_manager")
        with self.assertRaises(AccessError):
            self.company.with_user(manager).read(["btp_ar24_private_key"])
        with self.assertRaises(AccessError):
            self.company.with_user(manager).action_btp_ar24_try()


@tagged("post_install", "-at_install")
class TestAr24Web(LetterOverHttp, Ar24Common, HttpCase):
    def handed(self):
        relance = super().handed()
        relance.posting_id.sudo().poll_at = "2099-01-01 00:00:00"
        return relance.posting_id

    def tell(self, posting, token, **data):
        """Call us as AR24 does: a form, whose content is not believed."""
        form = {"id_mail": "100", "new_state": "ar", "proof_url": "http://x", **data}
        return self.url_open(f"/btp_relance/ar24/{posting.id}/{token}", data=form)

    def test_we_are_told_and_ask_however_often(self):
        posting = self.handed()
        token = self.env["btp.registered.provider.ar24"]._get_hook_token(posting)
        for _time in range(2):
            answer = self.tell(posting, token)
            self.assertEqual((answer.status_code, answer.content), (200, b""))
        posting.invalidate_recordset()
        self.assertLess(posting.poll_at.year, 2099)
        self.assertEqual(posting.state, "handed_over")
        self.assertFalse(posting.proof_ids)

    def test_who_forges_a_call_learns_and_moves_nothing(self):
        posting = self.handed()
        provider = self.env["btp.registered.provider.ar24"]
        token = provider._get_hook_token(posting)
        for forged in ("x", token[:-1], token[::-1], token.upper()):
            answer = self.tell(posting, forged)
            self.assertEqual((answer.status_code, answer.content), (404, b""))
        nobody = posting.browse(posting.id + 1000)
        self.assertEqual(self.tell(nobody, token).status_code, 404)
        posting.invalidate_recordset()
        self.assertEqual(posting.poll_at.year, 2099)

    def test_by_rpc_no_letter_leaves_without_the_agreement(self):
        partner = self.consumer(agreed=False)
        relance = self.letter(partner)
        self.authenticate("poster", "poster")

        def call(model, method, *args):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": {}},
            )

        posting = relance.posting_id
        self.assertEqual(posting.provider, "print")
        for model, method, args in (
            ("btp.relance.posting", "write", ([posting.id], {"provider": "ar24"})),
            ("btp.relance.posting", "create", ([{"relance_id": relance.id}],)),
            (
                "res.partner",
                "write",
                ([partner.id], {"btp_lre_consent_on": "2020-01-01"}),
            ),
        ):
            with (
                self.subTest(method=method),
                mute_logger("odoo.http"),
                self.assertRaises(Exception) as caught,
            ):
                call(model, method, *args)
            self.assertIn(
                type(caught.exception).__name__,
                ("JsonRpcException", "JsonRPCException"),
            )
        posting.invalidate_recordset()
        partner.invalidate_recordset()
        self.assertEqual(posting.provider, "print")
        self.assertFalse(partner.btp_lre_consent_on)
