# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text messages, through Odoo's queue to an operator that is a real local HTTP server."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.iap.tools import iap_tools

from .common import RelanceCommon

MOBILE = "+33 6 12 34 56 78"
E164 = "+33612345678"
SMS_LOGS = ("odoo.addons.sms.models.sms_sms", "odoo.tools.translate")


class Operator(BaseHTTPRequestHandler):
    """Odoo's IAP service as Odoo's own client speaks to it (/api/sms/3/send)."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        request = json.loads(body)
        self.server.received.append(request["params"])
        status, answer = self.server.answer(request)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(
            answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        )

    def log_message(self, *_args):
        pass


def says(state):
    """Return what the operator answers when every number gets the same state."""

    def answer(request):
        return 200, {
            "jsonrpc": "2.0",
            "id": request.get("id"),
            "result": [
                {"uuid": number["uuid"], "state": state}
                for message in request["params"]["messages"]
                for number in message["numbers"]
            ],
        }

    return answer


class SmsCommon(RelanceCommon):
    """A step by text message, and a customer with a mobile number."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sms_template = cls.make_sms_template()
        cls.customer.phone = MOBILE

    @classmethod
    def make_sms_template(cls, body=None):
        return cls.env["sms.template"].create(
            {
                "name": "Test SMS",
                "model_id": cls.env["ir.model"]._get_id("btp.relance"),
                "body": body
                or "{{ object.company_id.name }}: il reste {{ object.sms_amount }} à "
                "régler. {{ object.sms_link }}",
            }
        )

    def by_sms(self, **values):
        """Make J+3 a step by text message."""
        self.step(3).write(
            {"channel": "sms", "sms_template_id": self.sms_template.id, **values}
        )


@tagged("post_install", "-at_install")
class TestSms(SmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = ThreadingHTTPServer(("127.0.0.1", 0), Operator)
        cls.operator.received = []
        cls.operator.answer = says("success")
        thread = threading.Thread(target=cls.operator.serve_forever, daemon=True)
        thread.start()
        cls.addClassCleanup(cls.operator.server_close)
        cls.addClassCleanup(cls.operator.shutdown)
        cls.env["ir.config_parameter"].sudo().set_param(
            "sms.endpoint", f"http://127.0.0.1:{cls.operator.server_port}"
        )

    def setUp(self):
        super().setUp()
        self.operator.received.clear()
        self.operator.answer = says("success")

    def send(self):
        """Let Odoo's own job talk to the operator."""
        # Odoo's client asks nobody during tests: here it may ask this machine.
        lifted = SimpleNamespace(module=SimpleNamespace(current_test=False))
        with (
            patch.object(iap_tools, "modules", lifted),
            self.enter_registry_test_mode(),
            mute_logger(*SMS_LOGS),
        ):
            self.env.ref("sms.ir_cron_sms_scheduler_action").method_direct_trigger()
        self.env.invalidate_all()

    def dispatched(self):
        """Return a reminder handed to the queue."""
        self.by_sms()
        self.make_invoice(amount=1234.5)
        relance = self.plan()
        self.assertEqual(relance.channel, "sms")
        self.dispatch()
        self.assertEqual(relance.state, "sent", relance.failure_reason)
        return relance

    def numbers(self):
        """Return the numbers that the operator was asked for, with text and identity."""
        return [
            (number["number"], message["content"], number["uuid"])
            for params in self.operator.received
            for message in params["messages"]
            for number in message["numbers"]
        ]

    def report(self, relance, status):
        """Report as the operator does, through Odoo's own tracker."""
        tracker = self.env["sms.tracker"].sudo()
        tracker = tracker.search([("sms_uuid", "=", relance.sms_uuid)])
        states = self.env["sms.sms"].IAP_TO_SMS_STATE_SUCCESS
        if status in states:
            tracker._action_update_from_sms_state(states[status])
        else:
            tracker._action_update_from_provider_error(status)

    # === IT LEAVES === #

    def test_it_leaves_once_with_amount_link_and_identity(self):
        relance = self.dispatched()
        # Nothing talks to the outside world before the commit.
        self.assertEqual(self.operator.received, [])
        event = self.events(relance, "sent")
        self.assertEqual((event.recipient, event.channel), (E164, "sms"))
        self.assertEqual(event.message_id, relance.sms_uuid)
        self.send()
        [(number, text, key)] = self.numbers()
        self.assertEqual((number, key), (E164, relance.sms_uuid))
        self.assertIn("1,234.50", text)
        self.assertIn("à régler", text)
        self.assertIn(f"/r/{relance.id}/", text)
        self.assertEqual(len(self.events(relance, "sms_accepted")), 1)
        self.send()
        self.assertEqual(len(self.numbers()), 1)

    def test_the_operator_s_reports_come_back(self):
        relance = self.dispatched()
        self.send()
        for _again in range(2):
            self.report(relance, "delivered")
        self.assertEqual(
            self.events(relance).mapped("kind"),
            ["sent", "sms_accepted", "sms_delivered"],
        )
        self.assertEqual(relance.state, "sent")

    def test_the_text_keeps_to_the_alphabet_of_text_messages(self):
        self.company.name = "Bâtiment d’Œuvre"
        self.dispatched()
        self.send()
        [(_number, text, _key)] = self.numbers()
        self.assertTrue(text.startswith("Batiment d'OEuvre: il reste"))
        self.assertIn("à régler", text)

    # === IT DOES NOT === #

    def test_a_server_in_trouble_is_tried_again_with_the_same_identity(self):
        relance = self.dispatched()
        for answer in (
            lambda request: (500, b"oops"),
            lambda request: (200, b"<html>garbage"),
            says("server_error"),
        ):
            self.operator.answer = answer
            with mute_logger("odoo.addons.iap.tools.iap_tools"):
                self.send()
            self.assertEqual(relance.state, "failed")
            self.assertIn("did not take the message", relance.failure_reason)
            self.assertTrue(relance.retry_at)
            relance.sudo().retry_at = "2020-01-01"
            self.dispatch()
            self.assertEqual(relance.state, "sent")
        self.operator.answer = says("success")
        self.send()
        self.assertEqual(len({key for _number, _text, key in self.numbers()}), 1)
        self.assertEqual(self.events(relance).mapped("kind")[-1], "sms_accepted")
        self.assertEqual(
            self.env["sms.sms"].sudo().search_count([("uuid", "=", relance.sms_uuid)]),
            1,
        )

    def test_no_answer_had_come_but_it_had_left_so_it_does_not_leave_again(self):
        relance = self.dispatched()
        self.operator.answer = lambda request: (500, b"")
        with mute_logger("odoo.addons.iap.tools.iap_tools"):
            self.send()
        self.assertEqual(relance.state, "failed")
        self.report(relance, "delivered")
        self.assertEqual((relance.state, relance.retry_at), ("sent", False))
        self.assertEqual(relance.line_ids.state, "done")
        self.assertEqual(self.dispatch(), {})

    def test_an_account_without_credit_is_for_an_administrator(self):
        relance = self.dispatched()
        self.operator.answer = says("insufficient_credit")
        self.send()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn("administrator", relance.failure_reason)
        self.assertFalse(relance.retry_at)

    def test_a_number_that_takes_no_message_is_flagged_and_the_e_mail_leaves(self):
        relance = self.dispatched()
        self.send()
        with self.mock_mail_gateway():
            self.report(relance, "invalid_destination")
            self.assertEqual((relance.state, relance.channel), ("approved", "email"))
            self.assertEqual(self.customer.btp_no_sms_phone, MOBILE)
            self.dispatch()
        self.assertEqual((relance.state, len(self._new_mails)), ("sent", 1))
        kinds = self.events(relance).mapped("kind")
        self.assertEqual(kinds, ["sent", "sms_accepted", "failed", "rerouted", "sent"])

    def test_without_another_way_a_person_is_told(self):
        self.by_sms(template_id=False)
        self.make_invoice()
        relance = self.plan()
        self.dispatch()
        self.operator.answer = says("wrong_number_format")
        self.send()
        self.assertEqual((relance.state, relance.desk), ("failed", "failed"))
        self.assertIn(E164, relance.failure_reason)
        self.assertEqual(relance.call_contact_id, self.customer)

    def test_cancelled_in_the_queue_is_not_taken_for_sent(self):
        relance = self.dispatched()
        sms = self.env["sms.sms"].sudo().search([("uuid", "=", relance.sms_uuid)])
        sms.action_set_canceled()
        self.assertEqual(relance.state, "failed")
        self.assertIn("cancelled", relance.failure_reason)

    # === WHOM IT REACHES === #

    def test_a_fixed_line_takes_no_text_message(self):
        self.by_sms(template_id=False)
        move = self.make_invoice()
        for phone in ("+33 1 44 00 00 00", "12", False, "+33 9 70 00 00 00"):
            with self.subTest(phone):
                self.customer.phone = phone
                self.assertEqual(self.echeances(move).hold_code, "no_contact")
        self.customer.phone = "06 12 34 56 78"
        self.customer.country_id = self.env.ref("base.fr")
        self.assertFalse(self.echeances(move).hold_code)
        self.assertEqual(self.plan().sms_number, E164)

    def test_no_e_mail_but_words_for_a_text_message(self):
        self.step(3).sms_template_id = self.sms_template
        self.customer.email = False
        self.make_invoice()
        relance = self.plan()
        self.assertEqual(relance.channel, "sms")
        self.dispatch()
        self.send()
        self.assertEqual(len(self.numbers()), 1)

    def test_who_prefers_a_text_message_gets_one_where_the_step_has_words(self):
        self.customer.btp_preferred_channel = "sms"
        self.make_invoice()
        relance = self.plan()
        self.assertEqual(relance.channel, "email")
        relance.sudo()._cancel("test")
        self.step(3).sms_template_id = self.sms_template
        self.assertEqual(self.plan().channel, "sms")

    def test_a_number_on_the_blacklist_is_left_alone(self):
        self.by_sms(template_id=False)
        move = self.make_invoice()
        self.env["phone.blacklist"].sudo().add(E164)
        self.assertEqual(self.echeances(move).hold_code, "no_contact")

    # === WHAT IT SAYS === #

    def test_a_threat_or_a_third_person_s_business_is_refused_at_save(self):
        for body, words in (
            ("Payez avant huissier {{ object.sms_link }}", "huissier"),
            ("{{ object.partner_id.name }} doit {{ object.sms_amount }}", "partner_id"),
            ("Il reste {{ object.sms_amount }", "not closed"),
            ("{{ object.company_id.name }} " + "a" * 300, "shorten"),
        ):
            with self.subTest(body), self.assertRaisesRegex(ValidationError, words):
                self.make_sms_template(body)

    def test_each_language_is_checked(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        with self.assertRaisesRegex(ValidationError, "tribunal"):
            self.sms_template.with_context(lang="fr_FR").body = "Bientôt le tribunal"

    def test_a_step_by_text_message_needs_words_and_is_no_formal_notice(self):
        with self.assertRaisesRegex(ValidationError, "no text message"):
            self.step(3).channel = "sms"
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(CheckViolation),
            self.env.cr.savepoint(),
        ):
            self.step(35).write(
                {"channel": "sms", "sms_template_id": self.sms_template.id}
            )
            self.env.flush_all()

    def test_the_seeded_words_fit_and_the_steps_stay_by_e_mail(self):
        step = self.env.ref("btp_relance.step_standard_p3", raise_if_not_found=False)
        for name in ("sms_template_due", "sms_template_reminder"):
            self.env.ref(f"btp_relance.{name}")._check_btp_body()
        if step:
            self.assertEqual(step.channel, "email")
            self.assertEqual(
                step.sms_template_id, self.env.ref("btp_relance.sms_template_reminder")
            )


@tagged("post_install", "-at_install")
class TestSmsLink(SmsCommon, HttpCase):
    def test_the_link_opens_without_a_login(self):
        self.by_sms()
        self.make_invoice()
        relance = self.plan()
        path = relance.sms_link[len(relance.get_base_url()) :]
        self.env.flush_all()
        found = self.url_open(path, allow_redirects=False)
        self.assertEqual(found.status_code, 303)
        self.assertIn(f"/my/relances/{relance.id}?", found.headers["Location"])
        wrong = f"/r/{relance.id}/{'0' * 16}"
        missing = f"/r/999999999/{'0' * 16}"
        with self.assertLogs("odoo.addons.btp_relance.controllers.link", "WARNING"):
            self.assertEqual(self.url_open(wrong).status_code, 404)
            self.assertEqual(self.url_open(missing).status_code, 404)
