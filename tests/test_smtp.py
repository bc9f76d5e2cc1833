# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A mail server that is down, slow to accept or refuses: said in words, tried again by rule."""

from datetime import timedelta

import outside
import pytest


@pytest.fixture(scope="module", name="workshop")
def workshop_fixture(tmp_path_factory):
    """A ledger, workers and a mail server for all tests here."""
    with outside.workshop(tmp_path_factory) as workshop:
        yield workshop


@pytest.fixture
def shop(workshop):
    """The same, where nothing is planned yet."""
    return workshop.begin()


#: How many reminders leave in each test.
COUNT = 4


def reminders(shop):
    """The reminders handed to the mail queue, with their address and every Message-Id."""
    return outside.query(
        shop.database,
        """
        SELECT r.id, r.state, r.failure_reason AS reason, r.retry_at, r.retry_count, p.email,
               array_agg(e.message_id ORDER BY e.id) AS message_ids
          FROM btp_relance r JOIN res_partner p ON p.id = r.contact_id
          JOIN btp_relance_event e ON e.relance_id = r.id AND e.kind = 'sent'
         GROUP BY r.id, p.email ORDER BY r.id
        """,
    )


def received(shop):
    """The Message-Ids at the server, for each address, as often as they came."""
    found = {}
    for message in shop.smtp.messages:
        address = message["To"].addresses[0].addr_spec
        found.setdefault(address, []).append(message["Message-Id"].strip())
    return found


def try_again(shop):
    """Let the time of the next try come, and the day's work pass."""
    outside.query(
        shop.database,
        "UPDATE btp_relance SET retry_at = now() AT TIME ZONE 'UTC' - interval '1 minute'"
        " WHERE retry_at IS NOT NULL",
    )
    shop.nursery.run(outside.DISPATCH_AND_QUEUE)


def assert_one_sentence(reason, *words):
    """A person understands it: one line, nothing of Python in it."""
    assert reason
    assert "\n" not in reason
    for junk in (
        "Traceback",
        "Error:",
        "b'",
        "{",
        "smtplib",
        "None",
        "Errno",
        "SMTP server '",
    ):
        assert junk not in reason, reason
    assert len(reason) < 250, reason
    for word in words:
        assert word in reason, reason


def assert_arrived_once_under_one_name(shop):
    """Each reminder is sent and at the server, under the Message-Id it always had."""
    mails = received(shop)
    for reminder in reminders(shop):
        assert reminder["state"] == "sent", reminder
        assert len(set(reminder["message_ids"])) == 1, reminder
        assert set(mails[reminder["email"]]) == set(reminder["message_ids"])
    assert len(mails) == COUNT


def test_a_server_that_is_down(shop):
    shop.smtp.stop()
    shop.send(COUNT)
    for reminder in reminders(shop):
        assert reminder["state"] == "failed"
        assert reminder["retry_at"]
        assert_one_sentence(reminder["reason"])
    # It comes back where it was.
    shop.smtp.start(shop.smtp.port)
    shop.nursery.run(outside.QUEUE)
    assert received(shop) == {}, "only the dispatch takes a failed reminder up again"
    try_again(shop)
    assert_arrived_once_under_one_name(shop)


@pytest.mark.parametrize(
    ("answer", "passing"),
    [
        ("550 5.1.1 No such mailbox here", False),
        ("451 4.3.0 Try again later", True),
    ],
)
def test_a_recipient_that_is_refused_or_deferred(shop, answer, passing):
    shop.smtp.box.recipients["client001@example.com"] = answer
    shop.send(COUNT)
    states = {reminder["email"]: reminder for reminder in reminders(shop)}
    refused = states.pop("client001@example.com")
    assert refused["state"] == "failed"
    assert bool(refused["retry_at"]) == passing
    assert_one_sentence(refused["reason"], answer.split(maxsplit=2)[2])
    assert {reminder["state"] for reminder in states.values()} == {"sent"}
    assert set(received(shop)) == set(states)

    shop.smtp.accept()
    if not passing:
        # Nothing tries again by itself: a person corrects the address, then asks for it.
        try_again(shop)
        assert reminders(shop)[1]["state"] == "failed"
        shop.nursery.run(f"env['btp.relance'].browse({refused['id']}).action_retry()")
    try_again(shop)
    assert_arrived_once_under_one_name(shop)


@pytest.mark.parametrize(
    ("answer", "passing"),
    [
        ("554 5.7.1 Message refused by policy", False),
        ("452 4.3.1 Insufficient system storage", True),
    ],
)
def test_a_message_refused_after_its_content(shop, answer, passing):
    shop.smtp.reject(answer)
    shop.send(COUNT)
    for reminder in reminders(shop):
        assert reminder["state"] == "failed"
        assert bool(reminder["retry_at"]) == passing
        assert_one_sentence(reminder["reason"], answer.split(maxsplit=2)[2])
    assert received(shop) == {}
    shop.smtp.accept()
    if passing:
        try_again(shop)
        assert_arrived_once_under_one_name(shop)


def test_a_sender_refused(shop):
    shop.smtp.box.greeting_answer = "451 4.7.1 Too many messages"
    shop.send(COUNT)
    for reminder in reminders(shop):
        assert reminder["state"] == "failed"
        assert reminder["retry_at"]
        assert_one_sentence(reminder["reason"], "Too many messages")
    shop.smtp.accept()
    try_again(shop)
    assert_arrived_once_under_one_name(shop)


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "lost"])
def test_a_connection_dropped_after_the_content(shop, monkeypatch, kept):
    """Nobody knows whether the server has the message: tried again under the same name."""
    box, dropped = shop.smtp.box, []

    async def drop_once(server, _session, envelope):
        if "client001@example.com" not in envelope.rcpt_tos or dropped:
            box.keep(envelope)
            return "250 OK"
        dropped.append(1)
        if kept:
            box.keep(envelope)
        server.transport.abort()
        return "421 Bye"

    monkeypatch.setattr(box, "handle_DATA", drop_once, raising=False)
    shop.send(COUNT)
    assert dropped
    by_address = {reminder["email"]: reminder for reminder in reminders(shop)}
    lost = by_address["client001@example.com"]
    assert lost["state"] == "failed", "a mail that may be lost must not pass for sent"
    assert lost["retry_at"]
    assert_one_sentence(lost["reason"])
    # What stood behind it in the queue is asked for again, and goes through.
    assert outside.value(
        shop.database,
        "SELECT count(*) FROM ir_cron_trigger t JOIN ir_model_data d ON d.res_id = t.cron_id"
        " WHERE d.model = 'ir.cron' AND d.name = 'ir_cron_mail_scheduler_action'",
    )
    shop.nursery.run(outside.QUEUE)
    assert len(received(shop)) == COUNT - (not kept)
    try_again(shop)
    assert_arrived_once_under_one_name(shop)
    assert len(received(shop)["client001@example.com"]) == 1 + kept


def test_tries_end_after_the_last_one(shop):
    """A server that never answers: a few tries, further and further apart, then a person."""
    shop.smtp.box.recipients["client000@example.com"] = "451 4.3.0 Try again later"
    shop.send(1)
    waits = []
    while (reminder := reminders(shop)[0])["retry_at"]:
        now = outside.value(shop.database, "SELECT now() AT TIME ZONE 'UTC'")
        waits.append(reminder["retry_at"] - now)
        assert len(waits) < 10
        try_again(shop)
    assert len(waits) >= 2
    assert waits == sorted(waits)
    assert waits[0] > timedelta(minutes=30)
    assert reminder["state"] == "failed"
    assert_one_sentence(reminder["reason"], "Try again later")
    assert (
        outside.value(
            shop.database, f"SELECT desk FROM btp_relance WHERE id = {reminder['id']}"
        )
        == "failed"
    )
