# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Three weeks of follow-up behind the demo company: without them nothing would wait
for approval on the first day, since no level is ever skipped."""

from datetime import datetime, time, timedelta

from ..engine.registered import Report

#: Days of follow-up played before today.
DAYS = 24
#: Proposals younger than this still wait for the clerk.
UNDECIDED_DAYS = 5
#: Minutes that a person spends on a reminder: what leaves by itself takes none.
MINUTES = {"call": 10, "registered": 8}


def play(env, company):
    """Let the engine plan each of the last days, as if what it made had left that day.

    No message is rendered or sent: the journal says that these rows are a demonstration.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    """
    engine = env["btp.relance.engine"].with_company(company)
    today = env["btp.echeance"]._get_today()
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        relances = engine._plan_company(company, day)
        if ago <= UNDECIDED_DAYS:
            relances = _leave_to_people(engine, relances)
        _settle(relances, day)


def _leave_to_people(engine, relances):
    """Leave calls, and one letter already approved, to be done; proposals to be decided.

    :return: what left by itself
    """
    by_hand = relances.filtered(lambda relance: relance.channel == "call")
    if letters := relances.filtered(
        lambda relance: relance.channel == "registered" and relance.tone == "final"
    )[1:]:
        letters[0].action_approve()
        by_hand |= letters[0]
    # Whatever the hour: on a Sunday too, the demonstration has calls to show.
    for channel, group in by_hand._recheck()._choose_ways().grouped("channel").items():
        engine._note(engine.env["btp.relance.channel"]._for(channel)._deliver(group))
    return (relances - by_hand).filtered(lambda relance: relance.state != "proposed")


def _settle(relances, day):
    """Take reminders as sent on ``day``, letters and calls included."""
    moment = datetime.combine(day, time(hour=6))
    relances._done(day)
    relances.write({"sent_on": moment, "approved_on": moment})
    for relance in relances.filtered(lambda relance: relance.channel in MINUTES):
        relance._spend(MINUTES[relance.channel])
    for relance in relances.filtered(lambda relance: relance.channel == "call"):
        relance.call_outcome = "promise"
    for relance in relances.filtered(lambda relance: relance.channel == "registered"):
        _follow_letter(relance, day)
    relances.env["btp.relance.event"]._append(
        [
            {
                "kind": "sent",
                "relance_id": relance.id,
                "happened_on": moment,
                "recipient": relance.contact_id.email_formatted,
                "detail": "Démonstration : aucun message réel",
            }
            for relance in relances
        ]
    )


def _follow_letter(relance, day):
    """Let a letter have been posted on ``day``, and received where time enough went by."""
    number = f"1A{relance.id:011d}"
    posting = relance.env["btp.relance.posting"].create(
        relance._prepare_posting("") | {"provider": "print", "is_test": False}
    )
    relance.tracking_number = number
    posting._record_deposit(number, day)
    today = relance.env["btp.echeance"]._get_today()
    if today - day > timedelta(days=6):
        received = datetime.combine(day + timedelta(days=3), time(hour=9))
        posting._reach(Report("received", received))
