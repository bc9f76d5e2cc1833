# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text messages through Odoo's own Twilio addon, to a server that speaks Twilio's published API.

https://www.twilio.com/docs/messaging/api/message-resource: form data in, basic authentication,
JSON out (201, or 4xx and 5xx with a code), then the status callback, signed.
"""

import base64
import hashlib
import hmac
import json
import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tools import databases, odoo, odoolog, serving, templates

SID, TOKEN = "AC" + "0123456789abcdef" * 2, "token"
FROM = "+33644600000"
#: What becomes of a message, by the number that it goes to.
NUMBERS = {
    "fine": "+33612000001",
    "invalid": "+33612000002",
    "down": "+33612000003",
    "garbage": "+33612000004",
    "slow": "+33612000005",
    "fine_too": "+33612000006",
}

SETUP = f"""
from odoo.fields import Command, Date
from datetime import timedelta
env = env(context=dict(env.context, tracking_disable=True))
company = env.company
company.country_id = env.ref("base.fr")
env["account.chart.template"].try_loading("fr", company)
company.write({{
    "name": "Bâti Essai", "sms_provider": "twilio", "btp_relance_active": True,
    "sms_twilio_account_sid": {SID!r}, "sms_twilio_auth_token": {TOKEN!r},
    "btp_relance_user_id": env.ref("base.user_admin").id,
    "sms_twilio_number_ids": [Command.create({{
        "number": {FROM!r}, "country_id": env.ref("base.fr").id}})]}})
words = env["sms.template"].create({{
    "name": "Essai", "model_id": env["ir.model"]._get_id("btp.relance"),
    "body": "{{{{ object.company_id.name }}}} : {{{{ object.sms_amount }}}} à régler "
            "{{{{ object.sms_link }}}}"}})
scenario = env["btp.relance.scenario"].create({{
    "name": "Essai", "step_ids": [Command.create({{
        "name": "SMS", "days": 3, "tone": "factual", "channel": "sms", "approval": "auto",
        "sms_template_id": words.id}})]}})
company.btp_default_scenario_id = scenario
for name, phone in {NUMBERS!r}.items():
    partner = env["res.partner"].create({{
        "name": name, "is_company": True, "phone": phone, "property_payment_term_id": False}})
    env["account.move"].create({{
        "move_type": "out_invoice", "partner_id": partner.id,
        "invoice_date_due": Date.today() - timedelta(days=5),
        "invoice_line_ids": [Command.create({{
            "name": "Travaux", "price_unit": 100, "tax_ids": []}})]}}).action_post()
env["ir.cron"].search([]).write({{"nextcall": Date.today() + timedelta(days=30)}})
env.cr.commit()
"""

#: A Monday at eleven, and Twilio's address is that of this machine.
WORLD = """
from datetime import datetime
import requests
type(env["btp.echeance"])._get_now = lambda self: datetime(2026, 11, 23, 11)
asked = requests.Session.request
def here(session, method, url, *args, **kwargs):
    return asked(session, method, url.replace("https://api.twilio.com", {url!r}), *args, **kwargs)
requests.Session.request = here
"""

DISPATCH = """
env["btp.relance.engine"].plan()
env["btp.relance"].search([("state", "=", "failed"), ("retry_at", "!=", False)]).retry_at = (
    "2020-01-01")
env["btp.relance.engine"].dispatch()
env.cr.commit()
env.ref("sms.ir_cron_sms_scheduler_action").method_direct_trigger()
env.cr.commit()
env.invalidate_all()
result = {relance.partner_id.name: {
    "state": relance.state, "reason": relance.failure_reason, "retry": bool(relance.retry_at),
    "uuid": relance.sms_uuid, "desk": relance.desk,
    "kinds": relance.event_ids.sorted("id").mapped("kind")}
    for relance in env["btp.relance"].search([])}
"""


class Twilio(BaseHTTPRequestHandler):
    """Twilio's message resource."""

    def do_POST(self):
        form = dict(
            urllib.parse.parse_qsl(
                self.rfile.read(int(self.headers["Content-Length"])).decode()
            )
        )
        expected = base64.b64encode(f"{SID}:{TOKEN}".encode()).decode()
        assert self.headers["Authorization"] == f"Basic {expected}"
        assert self.path == f"/2010-04-01/Accounts/{SID}/Messages.json"
        self.server.received.append(form)
        name = next(key for key, number in NUMBERS.items() if number == form["To"])
        trouble = self.server.trouble.get(name)
        if trouble == "slow":
            self.server.released.wait(30)
        status, answer = {
            "invalid": (400, {"code": 21211, "message": "Invalid 'To'", "status": 400}),
            "down": (500, {"code": 20500, "message": "Server error", "status": 500}),
            "garbage": (200, b"<html>gateway</html>"),
        }.get(
            trouble,
            (201, {"sid": f"SM{len(self.server.received):032}", "status": "queued"}),
        )
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(
                answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            )
        except OSError:
            pass  # The other side did not wait.

    def log_message(self, *_args):
        pass


@pytest.fixture(scope="module")
def twilio():
    """The operator, in trouble for the numbers named after it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Twilio)
    server.received, server.released = [], threading.Event()
    server.trouble = {name: name for name in ("invalid", "down", "garbage", "slow")}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def database():
    """A database with Odoo's Twilio addon and a debtor for each kind of trouble."""
    name = f"{databases.PREFIX}_test_{os.getpid()}_twilio"
    databases.clone(templates.suite(), name)
    odoo.run_logged(
        ["-d", name, "-i", "sms_twilio", "--stop-after-init", "--no-http"],
        "Installing sms_twilio",
        f"install-{name}",
    )
    odoo.shell_json(name, SETUP)
    yield name
    databases.drop(name)


def dispatch(database, twilio):
    """Plan, dispatch and let Odoo's own job talk to the operator; return what became of it."""
    world = WORLD.format(url=f"http://127.0.0.1:{twilio.server_port}")
    return odoo.shell_json(database, world + DISPATCH)


@pytest.fixture(scope="module")
def first(database, twilio):
    """What became of the first try."""
    started = time.monotonic()
    found = dispatch(database, twilio)
    found["seconds"] = time.monotonic() - started
    return found


@pytest.fixture(scope="module")
def second(first, database, twilio):
    """What became of the second, when the operator is well again but for the bad number."""
    assert first
    twilio.trouble = {"invalid": "invalid"}
    twilio.released.set()
    return dispatch(database, twilio)


@pytest.mark.parametrize("name", ["fine", "fine_too"])
def test_what_the_operator_took_is_sent(first, name):
    assert first[name]["state"] == "sent"
    assert first[name]["kinds"] == ["sent", "sms_accepted"]


def test_a_number_that_is_none_is_for_a_person(first):
    record = first["invalid"]
    assert (record["state"], record["desk"], record["retry"]) == (
        "failed",
        "failed",
        False,
    )
    assert NUMBERS["invalid"] in record["reason"]
    assert "Invalid 'To'" in record["reason"]


@pytest.mark.parametrize("name", ["down", "garbage", "slow"])
def test_trouble_is_told_and_tried_again(first, name):
    record = first[name]
    assert (record["state"], record["retry"]) == ("failed", True)
    assert record["reason"]
    assert "\n" not in record["reason"]


def test_one_that_does_not_answer_does_not_keep_the_others_waiting(first):
    assert first["seconds"] < 60


def test_the_second_time_all_have_it_and_nobody_twice(second, twilio):
    states = {name: record["state"] for name, record in second.items()}
    assert states == {**dict.fromkeys(NUMBERS, "sent"), "invalid": "failed"}
    counts = Counter(form["To"] for form in twilio.received)
    assert counts[NUMBERS["fine"]] == counts[NUMBERS["fine_too"]] == 1
    assert counts[NUMBERS["down"]] == counts[NUMBERS["garbage"]] == 2


def test_the_message_is_short_and_names_its_callback(second, twilio):
    assert second
    form = next(form for form in twilio.received if form["To"] == NUMBERS["fine"])
    assert form["From"] == FROM
    assert form["Body"].startswith("Bâti Essai") or form["Body"].startswith(
        "Bati Essai"
    )
    assert "100,00" in form["Body"] or "100.00" in form["Body"]
    assert form["StatusCallback"].endswith(
        f"/sms_twilio/status/{second['fine']['uuid']}"
    )


def call_back(server, form, params, token=TOKEN):
    """Call back as Twilio does; return the status of the answer."""
    signed = form["StatusCallback"] + "".join(
        f"{key}{params[key]}" for key in sorted(params)
    )
    signature = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    request = urllib.request.Request(
        server.url + urllib.parse.urlparse(form["StatusCallback"]).path,
        urllib.parse.urlencode(params).encode(),
        {"X-Twilio-Signature": base64.b64encode(signature).decode()},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=60) as response:
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_the_status_callback_comes_back_to_the_reminder(second, database, twilio):
    assert second
    forms = {form["To"]: form for form in twilio.received}
    server = serving.Server(database, log_name=f"server-{database}")
    server.log.unlink(missing_ok=True)
    with server.start("--max-cron-threads=0"):
        delivered = {"SmsStatus": "delivered", "MessageSid": "SM1"}
        lost = {
            "SmsStatus": "undelivered",
            "ErrorCode": "30006",
            "ErrorMessage": "Landline or unreachable carrier",
            "MessageSid": "SM2",
        }
        fine, other = forms[NUMBERS["fine"]], forms[NUMBERS["fine_too"]]
        assert call_back(server, fine, delivered, token="forged") == 404
        assert call_back(server, fine, delivered) == 200
        assert call_back(server, other, lost) == 200
    found = odoo.shell_json(
        database,
        """
result = {relance.partner_id.name: [relance.state, relance.failure_reason,
    relance.event_ids.sorted("id").mapped("kind"), relance.partner_id.btp_no_sms_phone]
    for relance in env["btp.relance"].search([])}
""",
    )
    assert found["fine"][0] == "sent"
    assert found["fine"][2] == ["sent", "sms_accepted", "sms_delivered"]
    state, reason, _kinds, flagged = found["fine_too"]
    assert state == "failed"
    assert "Landline" in reason
    assert flagged
    serious = [
        record.text
        for record in odoolog.read(server.log)
        if record.level in odoolog.SERIOUS and "could not validate" not in record.text
    ]
    assert serious == []
