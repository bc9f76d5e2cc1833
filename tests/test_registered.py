# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Registered letters: numbers, states that never go back, consent, Maileva's codes."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import maileva, registered  # noqa: E402
from engine.registered import Report  # noqa: E402

DAY = datetime(2026, 3, 2, 9, 0)


# === NUMBERS === #


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        # The worked example of the UPU standard S10: 47312482 gives 9.
        ("RR473124829FR", ""),
        ("RR473124828FR", "digit"),
        ("rr 473 124 829 fr", ""),
        ("1A 009 158 2038 0", ""),
        ("2C12345678901", ""),
        ("1E00232062142", ""),
        ("861011301731382", ""),
        ("1A 234 567", "form"),
        ("RR47312482FR", "form"),
        ("bonjour", "form"),
        ("", "form"),
    ],
)
def test_numbers_are_checked_as_far_as_one_is_sure(number, wrong):
    assert registered.check_number(registered.clean_number(number)) == wrong


def test_every_single_wrong_digit_of_an_s10_number_shows():
    right = "RR473124829FR"
    for place in range(2, 11):
        for digit in "0123456789":
            if digit != right[place]:
                typed = right[:place] + digit + right[place + 1 :]
                assert registered.check_number(typed) == "digit", typed


@pytest.mark.parametrize(("serial", "digit"), [("00000000", 5), ("10000000", 3)])
def test_the_two_special_remainders(serial, digit):
    assert registered.s10_check_digit(serial) == digit


def test_a_number_is_shown_as_the_post_prints_it():
    assert registered.show_number("1A00915820380") == "1A 009 158 2038 0"
    assert registered.show_number("RR473124829FR") == "RR 473 124 829 FR"


# === STATES === #


def states(current, *reports):
    return [report.state for report in registered.advance(current, reports)]


def test_states_come_in_order_and_once():
    received = Report("received", DAY + timedelta(days=3))
    deposited = Report("deposited", DAY)
    assert states("handed_over", received, deposited, deposited) == [
        "deposited",
        "received",
    ]
    assert states("received", received, deposited) == []


def test_nothing_follows_the_end():
    refused = Report("refused", DAY)
    returned = Report("returned", DAY + timedelta(days=5))
    assert states("in_delivery", returned, refused) == ["refused"]
    assert states("refused", returned) == []


def test_the_first_day_of_a_state_counts():
    late = Report("in_delivery", DAY + timedelta(days=2))
    early = Report("in_delivery", DAY + timedelta(days=1))
    [step] = registered.advance("deposited", [late, early])
    assert step.on == early.on


def test_the_provider_is_asked_less_and_less_and_then_no_more():
    gaps = [registered.next_poll(count, DAY, DAY) - DAY for count in range(8)]
    assert gaps == sorted(gaps)
    assert (gaps[0], gaps[-1]) == (timedelta(hours=1), timedelta(hours=24))
    assert registered.next_poll(3, DAY, DAY + timedelta(days=121)) is None


# === CONSENT (Code des postes, L100) === #


@pytest.mark.parametrize(
    ("electronic", "professional", "consent", "lacks"),
    [
        (False, False, None, False),
        (True, True, None, False),
        (True, False, None, True),
        (True, False, date(2026, 3, 2), False),
        (True, False, date(2026, 3, 3), True),
    ],
)
def test_who_is_no_professional_must_have_agreed(
    electronic, professional, consent, lacks
):
    day = date(2026, 3, 2)
    assert registered.lacks_consent(electronic, professional, consent, day) is lacks


# === ADDRESSES === #


def test_an_address_has_six_lines_at_most_38_wide():
    lines = registered.address_lines(
        "Société civile immobilière de construction vente Les Jardins",
        "",
        "",
        "12 bis avenue du Maréchal de Lattre de Tassigny prolongée",
        "",
        "44000 Nantes",
    )
    assert all(len(line) <= 38 for line in lines.values())
    assert f"{lines[1]} {lines[2]}".startswith("Société civile immobilière de")
    assert lines[6] == "44000 Nantes"
    assert " ".join(lines.values()).count("Tassigny") == 1


def test_a_line_that_cannot_be_cut_is_named():
    with pytest.raises(ValueError, match="Anticonst"):
        registered.address_lines("Anticonst" * 6, "", "", "1 rue X", "", "44000 Nantes")


def test_the_same_name_is_not_written_twice():
    lines = registered.address_lines("SARL X", "SARL X", "", "1 rue", "", "44000 N")
    assert lines == {1: "SARL X", 4: "1 rue", 6: "44000 N"}


# === MAILEVA === #


def reports(recipient, sending=None):
    found = maileva.read_reports(sending or {"status": "PROCESSED"}, recipient, DAY)
    return [(report.state, report.on) for report in found]


def status(code, day=2):
    return {"code": code, "date": f"2026-03-{day:02}T10:00:00.000Z", "label": code}


@pytest.mark.parametrize(
    ("code", "state"),
    [
        ("LP01", "deposited"),
        ("LP03", "in_delivery"),
        ("LP09", "in_delivery"),
        ("LP15", "received"),
        ("LP16", "received"),
        ("LP22", "refused"),
        ("LP19", "unclaimed"),
        ("LP21", "returned"),
        ("LP02", None),
        ("LP18", None),
        ("LP00", None),
        ("LP99", None),
    ],
)
def test_codes_of_the_post(code, state):
    found = reports({"delivery_statuses": [status(code)]})
    assert found == ([(state, datetime(2026, 3, 2, 10))] if state else [])


def test_a_letter_that_came_back_says_why():
    back = {"undelivered_mail_date": "2026-03-20T00:00:00Z"}
    assert reports(back | {"undelivered_mail_reason": "N03"}) == [
        ("unclaimed", datetime(2026, 3, 20))
    ]
    assert reports(back | {"undelivered_mail_reason": "N05"})[0][0] == "refused"
    assert reports(back | {"undelivered_mail_reason": "N02"})[0][0] == "returned"
    # The post's own word comes first.
    both = back | {"undelivered_mail_reason": "N03"}
    both["delivery_statuses"] = [status("LP22", 18)]
    assert reports(both) == [("refused", datetime(2026, 3, 18, 10))]


@pytest.mark.parametrize("word", ["REJECTED", "CANCELED"])
def test_a_rejected_sending_failed(word):
    assert reports({}, {"status": word, "status_detail": "x"}) == [("failed", DAY)]
    assert reports({"status": "REJECTED"})[0][0] == "failed"


def test_dates_are_utc_and_nonsense_is_none():
    assert maileva.moment("2026-03-02T01:00:00+02:00") == datetime(2026, 3, 1, 23)
    for nonsense in (None, "", "soon", 5):
        assert maileva.moment(nonsense) is None


def test_proofs_are_fetched_when_they_are_there():
    assert maileva.ready_proofs({}) == []
    assert maileva.ready_proofs(
        {"deposit_proof_date": "x", "acknowledgement_of_receipt_date": "y"}
    ) == ["deposit", "receipt"]
