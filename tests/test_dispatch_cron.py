# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A real night: Odoo's own scheduler plans, dispatches and sends, bad records among the good.

Nobody calls the engine here: a server with one cron thread does all of it.
"""

import html
import re

import outside
import pytest

from tools import machine, odoolog

#: What somebody got wrong, by the number of the customer; the others are fine.
SPOIL = """
import json
from odoo.fields import Command

env = env(context=dict(env.context, tracking_disable=True))
company = env.company
good = company.btp_default_scenario_id

def customer(number):
    return env["res.partner"].search([("name", "=", f"Client {number:03}")])

def follow(number, **broken):
    template = good.step_ids.template_id.copy({"name": f"Message {number}"})
    scenario = good.copy({"name": f"Scenario {number}"})
    step = scenario.step_ids.filtered(lambda step: step.days == 3)
    step.template_id = template
    customer(number).btp_scenario_id = scenario
    env.flush_all()
    for field, value in broken.items():
        env.cr.execute(
            f"UPDATE mail_template SET {field} = %s WHERE id = %s",
            [json.dumps({"en_US": value, "fr_FR": value}), template.id])
    return step

def invoice(number):
    return env["account.move"].search([("partner_id", "=", customer(number).id)])

def due(number, day):
    env.cr.execute(
        "UPDATE account_move_line SET date_maturity = %s"
        " WHERE move_id = %s AND date_maturity IS NOT NULL", [day, invoice(number).id])

follow(1, subject="{{ object.no_such_field }}")
follow(2, body_html="<p><t t-out='object.amount_due / 0'/></p>")
step = follow(3)
env.cr.execute("UPDATE btp_relance_step SET template_id = NULL WHERE id = %s", [step.id])
customer(4).email = False
customer(6).email = "no address at all"
due(7, "9999-12-31")
due(8, "1900-01-01")
chf = env.ref("base.CHF")
chf.active = True
chf.rate_ids.unlink()
old = invoice(9)
old.button_draft()
old.currency_id = chf
old.invoice_line_ids.price_unit = 4321
old.action_post()
customer(11).name = "Durand <b>& Fils</b>, pirate@example.com; \\"Jules\\" <x@example.com>"
env["mail.mail"].search([]).unlink()
env["ir.cron"].search([]).nextcall = "2100-01-01 00:00:00"
env.ref("btp_relance.ir_cron_plan").nextcall = "2020-01-01 00:00:00"
"""

FRENCH = {"le", "Le", "la", "de", "un", "pas", "à"}
ENGLISH = {"the", "The", "could", "address", "has", "this"}

#: Who gets nothing, and words that the record must show.
FAILED = {1: "Message 1", 2: "Message 2", 3: "Première"}
HELD = {7: "odd_date", 8: "odd_date"}
#: Whom nothing reaches: a person is told.
UNREACHABLE = (4, 6)
REFUSED = 12
ARRIVE = outside.DEBTORS - len(FAILED) - len(HELD) - len(UNREACHABLE) - 1


@pytest.fixture(scope="module")
def night(tmp_path_factory):
    """The morning after: the server still runs, everything is done."""
    with outside.workshop(tmp_path_factory) as workshop:
        workshop.nursery.run(SPOIL)
        workshop.smtp.refuse(f"client{REFUSED:03}@example.com")
        with workshop.server(crons=1) as server:
            wake(workshop.database)
            done = machine.wait_for(lambda: is_over(workshop), outside.PATIENCE)
            assert done, (outside.states(workshop.database), len(workshop.smtp.files))
            workshop.log = server.log
            workshop.site = server
            yield workshop


def wake(database):
    """Tell the scheduler that there is work, as Odoo does when an action is triggered."""
    outside.query("postgres", "SELECT pg_notify('cron_trigger', %s)", database)


def is_over(workshop):
    """Whether the three jobs ran and nothing is left in the queue."""
    return (
        len(workshop.smtp.files) >= ARRIVE
        and not outside.value(
            workshop.database, "SELECT count(*) FROM mail_mail WHERE state = 'outgoing'"
        )
        and not outside.value(workshop.database, "SELECT count(*) FROM ir_cron_trigger")
    )


def job(database, name):
    """A scheduled action, with what it noted of its progress."""
    (row,) = outside.query(
        database,
        """
        SELECT cron.active, cron.failure_count, cron.nextcall > now() AS later,
               sum(progress.done) AS done, max(progress.id) AS last,
               (array_agg(progress.remaining ORDER BY progress.id DESC))[1] AS remaining
          FROM ir_cron cron JOIN ir_model_data d ON d.model = 'ir.cron' AND d.res_id = cron.id
          LEFT JOIN ir_cron_progress progress ON progress.cron_id = cron.id
         WHERE d.name = %s GROUP BY cron.id
        """,
        name,
    )
    return row


def test_everyone_whose_record_is_right_got_one_mail(night):
    recipients = [
        str(message["To"].addresses[0].addr_spec) for message in night.smtp.messages
    ]
    bad = {*FAILED, *HELD, *UNREACHABLE, REFUSED}
    expected = {
        f"client{number:03}@example.com"
        for number in range(outside.DEBTORS)
        if number not in bad
    }
    assert len(recipients) == len(set(recipients))
    assert set(recipients) == expected
    assert outside.states(night.database) == {
        "sent": ARRIVE,
        "failed": len(FAILED) + len(UNREACHABLE) + 1,
    }


def test_the_jobs_are_well_and_noted_their_progress(night):
    plan = job(night.database, "ir_cron_plan")
    assert plan["done"] == 1
    dispatch = job(night.database, "ir_cron_dispatch")
    assert dispatch["done"] >= ARRIVE + len(FAILED) + 1
    for row in (plan, dispatch, job(night.database, "ir_cron_mail_scheduler_action")):
        assert row["active"]
        assert not row["failure_count"]
        assert row["later"], "the job runs again and again"
        assert not row["remaining"]


def test_the_log_has_no_warning_but_odoo_s_own_of_the_refused_mail(night):
    found = [
        f"{record.logger}: {record.text}"
        for record in odoolog.read(night.log)
        if record.level in odoolog.SERIOUS and not outside.CONFLICT.search(record.text)
    ]
    assert [text for text in found if "No such mailbox" not in text] == []


@pytest.fixture(scope="module")
def desk(night):
    """What an agent reads in French, by the number of the customer."""
    return night.nursery.run(
        """
env = env(user=env.ref("base.user_admin"), context={"lang": "fr_FR"})
result = {}
for partner in env["res.partner"].search([("name", "=like", "Client %")]):
    relance = env["btp.relance"].search([("partner_id", "=", partner.id)])
    echeance = env["btp.echeance"].search([("partner_id", "=", partner.id)], limit=1)
    result[int(partner.email_normalized[6:9] if partner.email_normalized else partner.name[-3:])] = {
        "state": relance.state, "reason": relance.failure_reason, "desk": relance.desk,
        "preview": relance.preview,
        "hold": echeance.hold_code, "why": echeance.why,
        "label": dict(echeance._fields["hold_code"]._description_selection(env)).get(
            echeance.hold_code)}
"""
    )


@pytest.mark.parametrize("number", FAILED)
def test_what_cannot_be_written_says_so_on_its_record(desk, number):
    record = desk[str(number)]
    assert (record["state"], record["desk"]) == ("failed", "failed")
    assert FAILED[number] in record["reason"]
    assert "\n" not in record["reason"]
    assert "Traceback" not in record["reason"]
    assert "while evaluating" not in record["reason"]
    assert len(record["reason"]) < 300


@pytest.mark.parametrize("number", UNREACHABLE)
def test_whom_nothing_reaches_is_on_somebody_s_desk(desk, number):
    record = desk[str(number)]
    assert (record["state"], record["desk"]) == ("failed", "failed")
    assert record["reason"]
    assert "\n" not in record["reason"]


@pytest.mark.parametrize("number", HELD)
def test_what_is_held_says_why(desk, number):
    record = desk[str(number)]
    assert record["state"] is False
    assert record["hold"] == HELD[number]
    assert record["label"] in html.unescape(record["why"])


def test_what_is_said_is_said_in_french(desk):
    reasons = [desk[str(number)]["reason"] for number in (*FAILED, REFUSED)]
    labels = [desk[str(number)]["label"] for number in HELD]
    for text in (*reasons, *labels):
        # In brackets, or after a colon, stands what Python or the mail server said.
        words = set(re.sub(r"\(.*\)", "", text).partition(" : ")[0].split())
        assert words & FRENCH, text
        assert not words & ENGLISH, text


def test_a_currency_without_rate_is_written_in_that_currency(night):
    (message,) = [
        message for message in night.smtp.messages if "client009@" in str(message["To"])
    ]
    assert "4321" in message.get_body().get_content()


def test_a_name_with_separators_adds_no_recipient(night):
    (message,) = [
        message for message in night.smtp.messages if "client011@" in str(message["To"])
    ]
    assert [a.addr_spec for a in message["To"].addresses] == ["client011@example.com"]
    assert "Durand <b>& Fils</b>" in message["To"].addresses[0].display_name


def test_the_refusal_of_the_mail_server_is_on_the_record(desk):
    record = desk[str(REFUSED)]
    assert record["state"] == "failed"
    assert "No such mailbox here" in record["reason"]
    assert "\n" not in record["reason"]
