# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kill -9 ten times while e-mails, text messages, letters, registered letters and calls leave.

Text messages go through Odoo's queue to an operator that is a real HTTP server; the moment
at which it has the message and the worker dies is one of the ten.
"""

import json
import os
import signal
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import outside
import pytest

KILLED = -signal.SIGKILL
#: Channels of ten debtors in a row: each batch has all of them.
PATTERN = [
    "email",
    "sms",
    "letter",
    "email",
    "registered",
    "email",
    "call",
    "email",
    "sms",
    "email",
]
DEBTORS = 40
COUNTS = {
    channel: DEBTORS // len(PATTERN) * PATTERN.count(channel)
    for channel in sorted(set(PATTERN))
}

#: Each debtor has a scenario of its channel; the other customers of the ledger have none.
SETUP = f"""
import base64
from datetime import UTC, datetime, timedelta
from odoo.fields import Command
from odoo.addons.btp_relance.engine import signing

company = env.company
company.partner_id.write({{"street": "3 rue des Maçons", "zip": "44000", "city": "Nantes"}})
template = company.btp_default_scenario_id.step_ids[0].template_id
words = env["sms.template"].create({{
    "name": "Essai", "model_id": env["ir.model"]._get_id("btp.relance"),
    "body": "{{{{ object.company_id.name }}}} : {{{{ object.sms_amount }}}} à régler "
            "{{{{ object.sms_link }}}}"}})
company.btp_default_scenario_id = False
env["btp.relance.rule"].search([]).active = False
now = datetime.now(UTC)
content = signing.make_certificate("Essai", now - timedelta(days=1), now + timedelta(days=9), "x")
company.write({{
    "btp_registered_provider": "print",
    "btp_certificate_id": env["certificate.certificate"].create({{
        "name": "Essai", "company_id": company.id, "pkcs12_password": "x",
        "content": base64.b64encode(content)}}).id}})
scenarios = {{
    channel: env["btp.relance.scenario"].create({{
        "name": channel, "step_ids": [Command.create({{
            "name": channel, "days": 3, "tone": "firm", "channel": channel,
            "approval": "auto", "template_id": template.id,
            "sms_template_id": words.id if channel == "sms" else False}})]}})
    for channel in {sorted(set(PATTERN))!r}}}
customers = env["res.partner"].search([("name", "like", "Client %")], order="id", limit={DEBTORS})
for rank, customer in enumerate(customers):
    customer.write({{
        "btp_scenario_id": scenarios[{PATTERN!r}[rank % {len(PATTERN)}]].id,
        "phone": f"+33 6 12 34 {{rank:02}} 00",
        "street": "1 rue du Port", "zip": "13002", "city": "Marseille"}})
env["ir.config_parameter"].set_param("sms.endpoint", "ENDPOINT")
env["mail.mail"].search([]).unlink()
"""

#: A Monday at eleven, when text messages leave and calls are made; small batches.
DISPATCH = """
from datetime import datetime
from odoo.addons.btp_relance.models import btp_relance_dispatch
btp_relance_dispatch.BATCH = 8
type(env["btp.echeance"])._get_now = lambda self: datetime(2026, 11, 23, 11)
result = env["btp.relance.engine"].dispatch()
"""
SMS = "env['sms.sms']._process_queue()"

#: What each channel leaves behind for one reminder, all in the transaction that sends it.
TORN = """
SELECT r.id, r.channel, r.state, found.*
  FROM btp_relance r CROSS JOIN LATERAL (
    SELECT (SELECT count(*) FROM btp_relance_event e
             WHERE e.relance_id = r.id AND e.kind IN ('sent', 'assigned')) AS handed,
           (SELECT count(*) FROM mail_mail mail
              JOIN mail_message msg ON msg.id = mail.mail_message_id
             WHERE msg.model = 'btp.relance' AND msg.res_id = r.id) AS mails,
           (SELECT count(*) FROM sms_sms sms WHERE sms.uuid = r.sms_uuid) AS messages,
           (SELECT count(*) FROM ir_attachment file
             WHERE file.res_model = 'btp.relance' AND file.res_id = r.id) AS letters,
           (SELECT count(*) FROM btp_relance_posting p
              JOIN ir_attachment file
                ON file.res_model = 'btp.relance.posting' AND file.res_id = p.id
             WHERE p.relance_id = r.id AND p.signer > '') AS signed,
           (SELECT count(*) FROM btp_relance_event e
             WHERE e.relance_id = r.id AND e.kind = 'signed') AS told_signed,
           (SELECT count(*) FROM mail_activity a
             WHERE a.res_model = 'btp.relance' AND a.res_id = r.id) AS activities
  ) found
 WHERE (r.state = 'approved') AND (handed, mails, messages, letters, signed, told_signed,
        activities) IS DISTINCT FROM (0, 0, 0, 0, 0, 0, 0)
    OR (r.state <> 'approved') AND (handed, mails, messages, letters, signed, told_signed,
        activities) IS DISTINCT FROM (
            1, (r.channel = 'email')::int, (r.channel = 'sms')::int,
            (r.channel = 'letter')::int, (r.channel = 'registered')::int,
            (r.channel = 'registered')::int, (r.channel IN ('registered', 'call'))::int)
"""

VERIFY = """
events = env["btp.relance.event"]
found = events._verify(env.company)
result = [found["rows"], found["unsealed"], bool(found["broken"])]
"""


class Operator(BaseHTTPRequestHandler):
    """Odoo's IAP service; may kill who asked, once it has the messages."""

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = [
            (number["number"], number["uuid"], message["content"])
            for message in request["params"]["messages"]
            for number in message["numbers"]
        ]
        self.server.received += asked
        if self.server.victims:
            os.kill(self.server.victims.pop(), signal.SIGKILL)
            return
        answer = {
            "jsonrpc": "2.0",
            "id": request["id"],
            "result": [{"uuid": key, "state": "success"} for _to, key, _text in asked],
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture(name="operator")
def operator_fixture():
    """The operator of text messages."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Operator)
    server.received, server.victims = [], []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(name="shop")
def shop_fixture(tmp_path_factory, operator):
    """Forty debtors, planned, with their mail server and their operator."""
    with outside.workshop(tmp_path_factory) as shop:
        shop.begin()
        endpoint = f"http://127.0.0.1:{operator.server_port}"
        shop.nursery.run(SETUP.replace("ENDPOINT", endpoint))
        shop.nursery.run(outside.PLAN)
        yield shop


def test_killed_ten_times_with_every_channel_in_the_mix(shop, operator):
    found = outside.query(
        shop.database, "SELECT channel, count(*) FROM btp_relance GROUP BY channel"
    )
    assert {row["channel"]: row["count"] for row in found} == COUNTS
    # Commits 1 and 2 come before any work, each further one is that of a batch.
    killed = [
        kill(shop, moment)
        for moment in (
            "statement 60",
            "before commit 3",
            "statement 140",
            "after commit 3",
            "before commit 4",
            "statement 110",
            "before commit 3",
        )
    ]
    left = outside.states(shop.database)
    assert 0 < left["approved"] < DEBTORS, left
    shop.nursery.run(DISPATCH)
    assert_whole(shop.database)
    killed += [kill_while_mails_leave(shop) for _kill in range(2)]
    killed.append(kill_while_messages_leave(shop, operator))
    assert killed == [KILLED] * 10
    for code in (outside.QUEUE, SMS, DISPATCH):
        shop.nursery.run(code)
    assert shop.nursery.problems() == []
    assert_each_left_once(shop, operator)
    # handed over each; mails and text messages accepted; registered letters signed.
    rows = DEBTORS + COUNTS["email"] + COUNTS["sms"] + COUNTS["registered"]
    assert shop.nursery.run(VERIFY) == [rows, 0, False]


def kill(shop, moment):
    """Dispatch until the worker kills itself at the moment; return how it ended."""
    worker = shop.nursery.start(DISPATCH, die_at=moment)
    assert worker.wait() in (0, KILLED), worker.answer()
    assert_whole(shop.database)
    return worker.status


def assert_whole(database):
    """What a crash may never leave: a part of what sending a reminder writes."""
    assert outside.query(database, TORN) == []


def kill_while_mails_leave(shop):
    """Kill the mail queue from outside, right after a message reached the server."""
    target = len(shop.smtp.files) + 3
    worker = shop.nursery.start(outside.QUEUE)
    shop.nursery.until(
        lambda: len(shop.smtp.files) >= target or worker.status is not None
    )
    return worker.kill()


def kill_while_messages_leave(shop, operator):
    """The operator has the text messages, and the worker dies before it can note so."""
    worker = shop.nursery.start(f"pause('ready')\n{SMS}")
    worker.reach("ready")
    operator.victims.append(worker.pid)
    worker.go("ready")
    return worker.wait()


def assert_each_left_once(shop, operator):
    """Nothing lost, and what is there twice is the same message under the same name."""
    assert_whole(shop.database)
    assert outside.states(shop.database) == {
        "sent": COUNTS["email"] + COUNTS["sms"],
        "assigned": COUNTS["letter"] + COUNTS["registered"] + COUNTS["call"],
    }
    mails = {}
    for message in shop.smtp.messages:
        content = (message["To"], message["Subject"], message.get_body().get_content())
        mails.setdefault(message["Message-Id"].strip(), set()).add(content)
    assert len(mails) == COUNTS["email"]
    assert all(len(contents) == 1 for contents in mails.values())
    assert len({to for ((to, *_rest),) in mails.values()}) == COUNTS["email"]
    # Killed once with all of them in the operator's hands: it has them twice, by one name.
    assert len(operator.received) == 2 * COUNTS["sms"]
    assert set(Counter(operator.received).values()) == {2}
    assert len({number for number, _key, _text in operator.received}) == COUNTS["sms"]
    told = outside.query(
        shop.database,
        "SELECT relance_id, kind, count(*) FROM btp_relance_event"
        " GROUP BY relance_id, kind HAVING count(*) > 1",
    )
    assert told == []
    shapes = outside.query(
        shop.database,
        "SELECT count(*) FROM ir_attachment WHERE res_model IN"
        " ('btp.relance', 'btp.relance.posting') AND mimetype = 'application/pdf'"
        " AND file_size > 10000",
    )
    assert shapes == [{"count": COUNTS["letter"] + COUNTS["registered"]}]
