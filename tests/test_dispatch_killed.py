# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Kill -9 at any moment of the day's work: nothing lost, nothing twice."""

import os
import random
import signal
from collections import Counter

import outside
import pytest

KILLED = -signal.SIGKILL


@pytest.fixture(scope="module", name="workshop")
def workshop_fixture(tmp_path_factory):
    """A ledger, workers and a mail server for all tests here."""
    with outside.workshop(tmp_path_factory) as workshop:
        yield workshop


@pytest.fixture
def shop(workshop):
    """The same, where nothing is planned yet."""
    return workshop.begin()


def test_a_planner_killed_at_each_statement_leaves_all_or_nothing(shop):
    for number in range(1, 200):
        worker = shop.nursery.start(outside.PLAN, die_at=f"statement {number}")
        if worker.wait() != KILLED:
            break
        assert not outside.states(shop.database), f"half a plan at statement {number}"
    assert number > 5, "the planner was never killed in the middle"
    assert len(worker.result()) == outside.DEBTORS
    # Killed once its work is committed: nothing is planned again.
    assert shop.nursery.start(outside.PLAN, die_at="after commit 1").wait() == KILLED
    assert shop.nursery.run(outside.PLAN) == []
    assert shop.nursery.problems() == []
    assert_planned_once(shop.database)


def assert_planned_once(database):
    """One open reminder a debtor, each (échéance, step) once, every overdue one there."""
    open_reminders = outside.query(
        database,
        "SELECT partner_id, count(*) FROM btp_relance GROUP BY partner_id",
    )
    assert len(open_reminders) == outside.DEBTORS
    assert {row["count"] for row in open_reminders} == {1}
    lines = outside.query(
        database,
        "SELECT move_line_id, step_id FROM btp_relance_line WHERE state <> 'dropped'",
    )
    pairs = Counter((row["move_line_id"], row["step_id"]) for row in lines)
    assert set(pairs.values()) == {1}
    overdue = outside.value(
        database, "SELECT count(*) FROM account_move WHERE state = 'posted'"
    )
    assert len(pairs) == overdue


def test_dispatch_and_queue_killed_at_random_moments(shop):
    chance = random.Random(os.environ.get("BTP_SEED", "relance"))
    shop.nursery.run(outside.PLAN)
    # Commits 1 and 2 come before any work, commit 3 is that of the first batch.
    moments = [f"statement {chance.randint(1, 50)}" for _kill in range(5)]
    moments += ["before commit 3", "after commit 3"]
    chance.shuffle(moments)
    killed = [kill(shop, outside.DISPATCH, moment) for moment in moments]
    assert killed == [KILLED] * 7
    # Further on, dispatch goes over into the mail queue.
    for _kill in range(6):
        moment = f"statement {chance.randint(100, 500)}"
        killed.append(kill(shop, outside.DISPATCH_AND_QUEUE, moment))
    shop.nursery.run(outside.DISPATCH)
    killed += [kill_while_mails_leave(shop, chance.randint(1, 3)) for _kill in range(3)]
    assert killed.count(KILLED) >= 10, killed
    shop.nursery.run(outside.QUEUE)
    # The next one seals what the mail server accepted meanwhile.
    shop.nursery.run(outside.DISPATCH)
    assert shop.nursery.problems() == []
    assert shop.nursery.run(VERIFY) == [[outside.DEBTORS * 2, 0, False]]
    assert_sent_once(shop)


def kill(shop, code, moment):
    """Run the code until it kills itself at the moment; return how it ended."""
    worker = shop.nursery.start(code, die_at=moment)
    assert worker.wait() in (0, KILLED), worker.answer()
    assert_consistent(shop.database)
    return worker.status


#: Rows, rows not sealed and broken row of each company's journal.
VERIFY = """
events = env["btp.relance.event"]
results = [events._verify(company) for company in env["res.company"].search([])]
result = [[r["rows"], r["unsealed"], bool(r["broken"])] for r in results]
"""


def assert_consistent(database):
    """What a crash may never leave: a reminder sent without mail or journal, or half."""
    torn = outside.query(
        database,
        """
        SELECT r.id, r.state FROM btp_relance r
         WHERE (r.state = 'sent') <> (SELECT count(*) = 1 FROM btp_relance_event e
                                       WHERE e.relance_id = r.id AND e.kind = 'sent')
            OR (r.state = 'sent') <> (SELECT count(*) = 1 FROM mail_mail mail
                                        JOIN mail_message msg ON msg.id = mail.mail_message_id
                                       WHERE msg.model = 'btp.relance' AND msg.res_id = r.id)
            OR (r.state = 'sent') <> (SELECT bool_and(l.state = 'done') FROM btp_relance_line l
                                       WHERE l.relance_id = r.id)
        """,
    )
    assert torn == []


def kill_while_mails_leave(shop, count):
    """Kill the queue from outside, right after so many messages reached the server."""
    target = len(shop.smtp.files) + count
    worker = shop.nursery.start(outside.QUEUE)
    shop.nursery.until(
        lambda: len(shop.smtp.files) >= target or worker.status is not None
    )
    return worker.kill()


def assert_sent_once(shop):
    """Every reminder is at the mail server; whatever is there twice is the same message."""
    assert outside.states(shop.database) == {"sent": outside.DEBTORS}
    mails = outside.query(
        shop.database,
        """
        SELECT mail.state, msg.message_id, msg.res_id
          FROM mail_mail mail JOIN mail_message msg ON msg.id = mail.mail_message_id
         WHERE msg.model = 'btp.relance'
        """,
    )
    assert len({mail["res_id"] for mail in mails}) == len(mails) == outside.DEBTORS
    assert {mail["state"] for mail in mails} == {"sent"}
    received = {}
    for message in shop.smtp.messages:
        content = (message["To"], message["Subject"], message.get_body().get_content())
        received.setdefault(message["Message-Id"].strip(), set()).add(content)
    assert set(received) == {mail["message_id"].strip() for mail in mails}
    assert all(len(contents) == 1 for contents in received.values())
    assert len({to for ((to, *_rest),) in received.values()}) == outside.DEBTORS


def test_a_mail_repeated_after_a_crash_keeps_its_message_id(shop, monkeypatch):
    """The server takes the message, and the worker dies before it can note so."""
    keep, victims = shop.smtp.box.keep, []

    def keep_and_kill(envelope):
        keep(envelope)
        if victims:
            os.kill(victims.pop(), signal.SIGKILL)

    monkeypatch.setattr(shop.smtp.box, "keep", keep_and_kill)
    shop.nursery.run(f"{outside.PLAN}; env['btp.relance.engine'].dispatch(limit=2)")
    worker = shop.nursery.start(f"pause('ready')\n{outside.QUEUE}")
    worker.reach("ready")
    victims.append(worker.pid)
    worker.go("ready")
    assert worker.wait() == KILLED
    assert len(shop.smtp.messages) == 1
    shop.nursery.run(outside.QUEUE)
    assert shop.nursery.problems() == []
    first, *others = shop.smtp.messages
    assert len(others) == 2
    (again,) = [message for message in others if message["To"] == first["To"]]
    assert again["Message-Id"] == first["Message-Id"]
    assert again.get_body().get_content() == first.get_body().get_content()
    delivered = outside.query(
        shop.database,
        "SELECT relance_id FROM btp_relance_event WHERE kind = 'delivered'",
    )
    assert len({row["relance_id"] for row in delivered}) == len(delivered) == 2
