# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several workers at once on one database: each reminder once, all of them, no error."""

import outside
import pytest


@pytest.fixture(scope="module", name="workshop")
def workshop_fixture(tmp_path_factory):
    """A ledger, workers and a mail server for all tests here."""
    with outside.workshop(tmp_path_factory) as workshop:
        yield workshop


@pytest.fixture
def nursery(workshop):
    """Where workers come from; nothing is planned yet."""
    return workshop.begin().nursery


@pytest.fixture
def database(workshop):
    """The database that they work on."""
    return workshop.database


def results(workers):
    """The results of workers, once each has ended well."""
    return [worker.result() for worker in workers]


def total(counts, key="sent"):
    """The sum of one figure over what several dispatchers report."""
    return sum(count.get(key, 0) for count in counts)


def mails_by_reminder(database):
    """How many mails each reminder has, as the set of those numbers."""
    rows = outside.query(
        database,
        """
        SELECT r.id, count(mail.id) AS mails FROM btp_relance r
          LEFT JOIN mail_message msg ON msg.model = 'btp.relance' AND msg.res_id = r.id
          LEFT JOIN mail_mail mail ON mail.mail_message_id = msg.id
         GROUP BY r.id
        """,
    )
    return {row["mails"] for row in rows}


def journal(database, kind):
    """How many journal rows of a kind there are, and for how many reminders."""
    (row,) = outside.query(
        database,
        "SELECT count(*) AS rows, count(DISTINCT relance_id) AS reminders"
        " FROM btp_relance_event WHERE kind = %s",
        kind,
    )
    return row["rows"], row["reminders"]


@pytest.mark.parametrize("workers", [2, 4])
def test_dispatchers_at_once_share_the_work(database, nursery, workers):
    nursery.run(outside.PLAN)
    done = results(nursery.together(*[outside.DISPATCH] * workers))
    assert outside.states(database) == {"sent": outside.DEBTORS}
    assert total(done) == outside.DEBTORS
    assert mails_by_reminder(database) == {1}
    assert journal(database, "sent") == (outside.DEBTORS, outside.DEBTORS)
    assert nursery.problems() == []
    nursery.run(outside.DISPATCH)
    assert unsealed(database) == 0


def unsealed(database):
    """How many journal rows wait for their seal."""
    return outside.value(
        database, "SELECT count(*) FROM btp_relance_event WHERE hash IS NULL"
    )


def test_a_dispatcher_leaves_alone_what_another_holds(database, nursery):
    """One stands in the middle of its first batch: the other sends the rest, at once."""
    nursery.run(outside.PLAN)
    slow = nursery.start(
        f"""
channel = type(env["btp.relance.channel.email"])
deliver = channel._deliver
def wait_first(self, relances):
    channel._deliver = deliver
    pause("holding")
    return deliver(self, relances)
channel._deliver = wait_first
{outside.DISPATCH}
"""
    )
    slow.reach("holding")
    quick = nursery.run(outside.DISPATCH)
    assert 0 < quick["sent"] < outside.DEBTORS
    slow.go("holding")
    assert slow.result()["sent"] + quick["sent"] == outside.DEBTORS
    assert outside.states(database) == {"sent": outside.DEBTORS}
    assert mails_by_reminder(database) == {1}
    assert nursery.problems() == []


def test_what_another_sent_since_is_not_sent_again(database, nursery):
    """A worker that chose its reminders long ago sees that they have left."""
    nursery.run(outside.PLAN)
    late = nursery.start(
        f"""
engine = type(env["btp.relance.engine"])
chunk = engine._dispatch_chunk
def wait(self, ids):
    pause("chosen")
    return chunk(self, ids)
engine._dispatch_chunk = wait
{outside.DISPATCH}
"""
    )
    late.reach("chosen")
    assert nursery.run(outside.DISPATCH) == {"sent": outside.DEBTORS}
    late.go("chosen")
    assert total([late.result()]) == 0
    assert mails_by_reminder(database) == {1}
    assert journal(database, "sent") == (outside.DEBTORS, outside.DEBTORS)
    assert nursery.problems() == []


def test_failed_reminders_are_taken_up_again_by_several_workers(database, nursery):
    """Both find the same reminders whose next try has come."""
    nursery.run(outside.PLAN)
    outside.query(
        database,
        "UPDATE btp_relance SET state = 'failed', retry_at = now() - interval '1 hour'",
    )
    done = results(nursery.together(*[outside.DISPATCH] * 3))
    nursery.run(outside.DISPATCH)
    assert outside.states(database) == {"sent": outside.DEBTORS}
    assert total(done) <= outside.DEBTORS
    assert mails_by_reminder(database) == {1}
    assert journal(database, "sent") == (outside.DEBTORS, outside.DEBTORS)
    assert nursery.problems() == []


def test_two_planners_at_once_make_one_message_a_debtor(database, nursery):
    """Let loose together; then one plans while the other has not committed yet."""
    planned = results(nursery.together(outside.PLAN, outside.PLAN))
    assert sorted(map(len, planned)) == [0, outside.DEBTORS]
    outside.query(database, "DELETE FROM btp_relance")

    first = nursery.start(f"{outside.PLAN}\npause('planned')")
    first.reach("planned")
    assert nursery.run(outside.PLAN) == []
    first.go("planned")
    assert len(first.result()) == outside.DEBTORS
    assert nursery.run(outside.PLAN) == []
    assert_one_open_reminder_a_debtor(database)
    assert nursery.problems() == []


def test_a_planner_that_looked_before_another_committed(database, nursery):
    """What it sees is stale: it makes nothing, whether it stops or says so."""
    stale = nursery.start(
        f"env['res.company'].search([])\npause('looked')\n{outside.PLAN}"
    )
    stale.reach("looked")
    assert len(nursery.run(outside.PLAN)) == outside.DEBTORS
    stale.go("looked")
    assert stale.answer().get("result", []) == []
    assert_one_open_reminder_a_debtor(database)
    # What was sent in between is no longer open: only the steps' own identity protects it.
    outside.query(database, "DELETE FROM btp_relance")
    stale = nursery.start(
        f"env['res.company'].search([])\npause('looked')\n{outside.PLAN}"
    )
    stale.reach("looked")
    nursery.run(f"{outside.PLAN}\nenv.cr.commit()\n{outside.DISPATCH}")
    stale.go("looked")
    assert stale.answer().get("result", []) == []
    assert outside.states(database) == {"sent": outside.DEBTORS}


def assert_one_open_reminder_a_debtor(database):
    """As many reminders as debtors, each with a line for each of their invoices."""
    assert outside.states(database) == {"approved": outside.DEBTORS}
    assert (
        outside.value(database, "SELECT count(DISTINCT partner_id) FROM btp_relance")
        == outside.DEBTORS
    )
    assert (
        outside.value(
            database,
            "SELECT count(*) - count(DISTINCT (move_line_id, step_id)) FROM btp_relance_line",
        )
        == 0
    )


def test_a_dry_run_does_not_keep_the_day_from_being_planned(database, nursery):
    """Someone looks at the next 30 days just when the planner passes."""
    dry_run = nursery.start(
        """
wizard = type(env["btp.relance.forecast"])
pretend = wizard._pretend_sent
def wait(self, *args):
    wizard._pretend_sent = pretend
    pause("simulating")
    return pretend(self, *args)
wizard._pretend_sent = wait
forecast = env["btp.relance.forecast"].create({})
forecast._simulate()
result = len(forecast.line_ids)
"""
    )
    dry_run.reach("simulating")
    planned = nursery.start(outside.PLAN)
    nursery.until(lambda: planned.status is not None or waits(database))
    dry_run.go("simulating")
    assert dry_run.result() >= outside.DEBTORS
    assert len(planned.result()) == outside.DEBTORS
    assert_one_open_reminder_a_debtor(database)
    assert nursery.problems() == []


def test_the_planner_goes_on_when_somebody_was_faster(database, nursery):
    """A reminder is approved in the very moment in which the planner takes it up."""
    nursery.run(outside.PLAN)
    outside.query(database, "DELETE FROM btp_relance WHERE id %% 2 = %s", 0)
    outside.query(database, "UPDATE btp_relance SET state = 'proposed'")
    planner = nursery.start(
        """
model = type(env["btp.relance"])
lock = model.try_lock_for_update
def wait(self, **options):
    model.try_lock_for_update = lock
    pause("choosing")
    return lock(self, **options)
model.try_lock_for_update = wait
env["btp.relance.engine"]._cron_plan()
"""
    )
    planner.reach("choosing")
    nursery.run("env['btp.relance'].search([], limit=1).action_approve()")
    planner.go("choosing")
    planner.result()
    assert sum(outside.states(database).values()) == outside.DEBTORS
    assert nursery.problems() == []


def waits(database):
    """Whether a worker waits for a lock."""
    return outside.value(
        database,
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'",
    )


def test_the_journal_is_sealed_once_by_whoever_comes(database, nursery):
    """One looked at the chain's end before another moved it."""
    nursery.run(outside.PLAN)
    nursery.run("env['btp.relance.engine'].dispatch(limit=10)")
    write = "env['btp.relance.event']._append([{'kind': 'failed', 'relance_id': %s}])"
    some = outside.value(database, "SELECT min(id) FROM btp_relance")
    nursery.run(write % some)
    stale = nursery.start(
        "env['res.company'].search([])\npause('looked')\nenv['btp.relance.engine']._after_dispatch()"
    )
    stale.reach("looked")
    nursery.run("env['btp.relance.event']._cron_seal()")
    stale.go("looked")
    stale.result()
    nursery.run(write % some + "; env['btp.relance.event']._cron_seal()")
    broken = nursery.run(
        "found = env['btp.relance.event']._verify(env.company)\n"
        "result = [found['rows'], found['unsealed'], found['broken'].ids]"
    )
    assert broken == [12, 0, []]
    assert nursery.problems() == []


def test_what_is_paid_or_held_while_dispatch_runs_does_not_leave(database, nursery):
    """Two customers of the last batch: one pays, one is excluded, while the first leaves."""
    nursery.run(outside.PLAN)
    rows = outside.query(
        database, "SELECT partner_id AS id FROM btp_relance ORDER BY id DESC LIMIT 2"
    )
    paid, excluded = (row["id"] for row in rows)
    slow = nursery.start(
        f"""
engine = type(env["btp.relance.engine"])
chunk, seen = engine._dispatch_chunk, []
def wait(self, ids):
    seen.append(1)
    if len(seen) == 2:
        pause("middle")
    return chunk(self, ids)
engine._dispatch_chunk = wait
{outside.DISPATCH}
"""
    )
    slow.reach("middle")
    nursery.run(
        f"""
moves = env["account.move"].search(
    [("partner_id", "=", {paid}), ("move_type", "=", "out_invoice")])
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=moves.ids
).create({{"group_payment": True}}).action_create_payments()
env["res.partner"].browse({excluded}).btp_no_reminder = True
"""
    )
    slow.go("middle")
    assert slow.result()["sent"] == outside.DEBTORS - 2
    for partner in (paid, excluded):
        (row,) = outside.query(
            database,
            "SELECT state, cancel_reason FROM btp_relance WHERE partner_id = %s",
            partner,
        )
        assert row["state"] == "cancelled"
        assert row["cancel_reason"]
    assert mails_by_reminder(database) == {0, 1}
    assert nursery.problems() == []
