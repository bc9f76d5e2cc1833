# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""AR24 without a network: seals, one-time codes, names, what answers mean."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine import ar24  # noqa: E402

pytestmark = pytest.mark.pure

#: The worked example of AR24's documentation, "Sign your requests" and "API encryption".
DATE, KEY = "2021-05-26 14:00:00", "7X9gx9E3Qx4EiUdB63nc"
SEALED = "bDop0cbjKpkySlpvnNGvBMg7PuYFFgPPqTTS2RAHoY0="
ANSWER = b"WwBOU6s8DaMWmYdctBJwfuoujFgVygBUjhsbdf8eWqQ="
NOW = datetime(2026, 3, 2, 9, 0)
#: RFC 6238, appendix B: its secret, times and (the last six of) its codes for SHA-1.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def test_a_request_is_sealed_as_the_documentation_shows():
    assert ar24.seal(DATE, KEY) == SEALED


def test_an_answer_is_opened_as_the_documentation_shows():
    assert "SUCCESS" in ar24.unseal(ANSWER, DATE, KEY)


@pytest.mark.parametrize(
    ("answer", "date", "key"),
    [
        (ANSWER, "2021-05-26 14:00:01", KEY),
        (ANSWER, DATE, "another key"),
        (b"<html>Maintenance</html>", DATE, KEY),
        (b"", DATE, KEY),
        (ANSWER[:-8], DATE, KEY),
    ],
)
def test_what_was_not_encrypted_for_us_is_not_opened(answer, date, key):
    with pytest.raises(ValueError):
        assert ar24.unseal(answer, date, key) is None


def test_dates_are_those_of_paris_in_summer_and_winter():
    summer, winter = datetime(2026, 7, 1, 10, tzinfo=UTC), datetime(2026, 1, 1, 23, 30)
    assert ar24.request_date(summer) == "2026-07-01 12:00:00"
    assert ar24.request_date(winter.replace(tzinfo=UTC)) == "2026-01-02 00:30:00"
    assert ar24.moment("2026-07-01 12:00:00") == datetime(2026, 7, 1, 10)
    for nonsense in (None, "", "0000-00-00 00:00:00", 0, "yesterday"):
        assert ar24.moment(nonsense) is None


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")],
)
def test_one_time_codes_are_those_of_the_rfc(seconds, code):
    moment = datetime.fromtimestamp(seconds, UTC)
    assert ar24.one_time_code(SECRET, moment) == code
    spaced = " ".join(SECRET[start : start + 4] for start in range(0, 32, 4)).lower()
    assert ar24.one_time_code(spaced, moment) == code


def test_a_secret_that_is_none_is_refused():
    with pytest.raises(ValueError):
        ar24.one_time_code("0189!", datetime.now(UTC))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Jean Dupont", ("Jean", "Dupont")),
        ("DUPONT Jean", ("Jean", "DUPONT")),
        ("Mme Anne de la Tour", ("Anne", "de la Tour")),
        ("Monsieur Jean-Paul LE GOFF", ("Jean-Paul", "LE GOFF")),
        ("Dupont", ("Dupont", "")),
        ("", ("", "")),
    ],
)
def test_first_and_last_names(name, parts):
    assert ar24.split_name(name) == parts


def mail(**values):
    return {"id": 7, "status": "waiting", "send_fail": 0} | values


def test_nothing_has_happened_yet():
    assert ar24.read_reports(mail(), NOW) == []
    assert ar24.ready_proofs(mail(proof_ev_url="https://x")) == {}


@pytest.mark.parametrize(
    ("date", "url", "state", "proof"),
    [
        ("view_date", "proof_ar_url", "received", "receipt"),
        ("refused_date", "proof_rf_url", "refused", "refusal"),
        ("negligence_date", "proof_ng_url", "unclaimed", "negligence"),
        ("bounced_date", "proof_bc_url", "returned", "bounce"),
    ],
)
def test_each_end_has_its_date_and_its_proof(date, url, state, proof):
    told = mail(ts_ev_date="2026-03-01 10:00:00", proof_ev_url="https://a/ev")
    told |= {date: "2026-03-05 10:00:00", url: "https://a/end"}
    deposited, end = ar24.read_reports(told, NOW)
    assert (deposited.state, deposited.on) == ("deposited", datetime(2026, 3, 1, 9))
    assert (end.state, end.on) == (state, datetime(2026, 3, 5, 9))
    assert ar24.ready_proofs(told) == {
        "deposit": "https://a/ev",
        proof: "https://a/end",
    }


def test_a_letter_that_could_not_be_sent_has_failed_unless_it_ended():
    assert ar24.read_reports(mail(send_fail=1), NOW)[0].state == "failed"
    assert ar24.read_reports(mail(send_fail=False), NOW) == []
    told = mail(send_fail="1", bounced_date="2026-03-05 10:00:00")
    assert [report.state for report in ar24.read_reports(told, NOW)] == ["returned"]


def test_fifteen_days_from_the_day_after():
    assert ar24.accept_by(datetime(2026, 3, 2)) == datetime(2026, 3, 18)
