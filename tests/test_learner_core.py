# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The learner alone: one distribution, no look ahead, open rows used, each size its means."""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))
sys.path.append(str(ROOT / "tests"))

import learner  # noqa: E402
from invented import company, frames, model_of  # noqa: E402
from learner import errors, rival, snapshot, training  # noqa: E402
from learner.book import Book, weekday  # noqa: E402
from learner.snapshot import Snapshot  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")
NAT = np.datetime64("NaT")


@pytest.fixture(scope="module")
def data():
    return frames(DAY, invoices=1500)


@pytest.fixture(scope="module")
def fitted():
    return model_of(DAY, 1500)[0]


def small(count, **options):
    """Open rows and a model of a company with so many invoices."""
    train, rows, truth = frames(DAY, invoices=count, **options)
    return learner.fit(train), rows, truth


def test_the_learner_knows_who_is_late_and_when(data, fitted):
    _train, rows, truth = data
    p_late, delay, weeks = learner.predict(fitted, rows)
    assert fitted.model.level == "learner"
    coming = rows["due_date"] > DAY
    late = (truth > rows["due_date"])[coming]
    assert learner.metrics.auc(late, p_late[coming]) > 0.85
    real = (truth - rows["due_date"]).astype(int)
    assert np.abs(delay - real)[coming].mean() < np.abs(real)[coming].mean() * 0.8
    assert weeks.shape == (len(truth), 13)


def test_one_distribution_sums_to_one_and_says_all(data, fitted):
    ledger = fitted.ledger
    book = Book(ledger, ledger.asof)
    snap = Snapshot(ledger, ledger.asof, 0, book.open)
    days = fitted.model.days(snap, slice(None))
    assert (days >= 0).all()
    assert days.sum(axis=1) == pytest.approx(1)
    said = learner.forecast(fitted.model, ledger, book.open)
    assert said.weeks.sum(axis=1) + said.tail == pytest.approx(1)
    assert said.weeks[:, 0] == pytest.approx(days[:, :7].sum(axis=1))
    for row in range(0, len(book.open), 7):
        ahead = max(snap.to_due[row], 0)
        assert said.p_late[row] == pytest.approx(1 - days[row, :ahead].sum())
    assert (said.low <= said.expected).all()
    assert (said.expected <= said.high).all()
    assert (said.expected > DAY).all()
    # Nobody is expected on a weekend.
    on_weekend = weekday(said.expected.astype(int)) >= 5
    assert on_weekend.mean() < 0.02


def test_what_is_overdue_is_late_and_comes_later(data, fitted):
    said = learner.forecast(fitted.model, fitted.ledger)
    due = fitted.ledger.due[said.rows]
    over = due < fitted.ledger.asof
    assert over.any()
    assert said.p_late[over] == pytest.approx(1)
    assert (said.delay[over] > (fitted.ledger.asof - due)[over]).all()


def test_the_interval_holds_four_of_five(data, fitted):
    _train, rows, truth = data
    places = fitted.ledger.join(rows)[1]
    said = learner.forecast(fitted.model, fitted.ledger, places)
    inside = (truth >= said.low) & (truth <= said.high)
    assert 0.65 < inside.mean() < 0.97


@pytest.mark.parametrize("count", [400, 90])
def test_nothing_after_the_day_moves_a_prediction(count):
    whole = company(DAY, invoices=count)
    rng = np.random.default_rng(3)
    changed = {name: column.copy() for name, column in whole.items()}
    after = changed["paid_date"] > DAY
    changed["paid_date"][after] = DAY + rng.integers(1, 400, after.sum())
    future = changed["issue_date"] > DAY
    for name in ("amount", "customer_id", "due_date", "missing_documents"):
        changed[name][future] = rng.permutation(changed[name][future])
    answers = []
    for table in (whole, changed):
        ledger = learner.Ledger(table, asof=DAY)
        model = learner.train(ledger, effort=0.2)
        book = Book(ledger, ledger.asof)
        said = learner.forecast(model, ledger, book.open)
        answers.append((learner.dumps(model), said))
    (text, said), (other_text, other) = answers
    assert len(said) > 10
    assert text == other_text
    for name in ("p_late", "delay", "mean_delay", "weeks", "tail"):
        assert (getattr(said, name) == getattr(other, name)).all()


def test_later_values_of_facts_are_not_known_before_their_day():
    train, _rows, _truth = frames(DAY, invoices=200)
    number = train["invoice_id"][0]
    log = [(number, "missing_documents", "2025-03-01", 5.0)]
    ledger = learner.Ledger(train, log=log)
    at = np.datetime64("2025-02-28").astype(int)
    before = ledger.figure("missing_documents", np.array([0]), at)
    assert before[0] == train["missing_documents"][0]
    assert ledger.figure("missing_documents", np.array([0]), at + 1)[0] == 5.0


def test_open_rows_count(data):
    """Unpaid overdue rows make their customer late: they are not dropped."""
    train = {name: column.copy() for name, column in data[0].items()}
    who = train["customer_id"] == train["customer_id"][0]
    past = who & (train["due_date"] > DAY - 120) & (train["due_date"] < DAY)
    assert past.sum() > 5
    ledgers = []
    for unpaid in (False, True):
        paid = train["paid_date"].copy()
        paid[past] = NAT if unpaid else train["due_date"][past]
        ledgers.append(learner.Ledger(train | {"paid_date": paid}))
    rates, survivals = [], []
    for ledger in ledgers:
        book = Book(ledger, ledger.asof)
        number = ledger.customer[np.flatnonzero(who)[0]]
        rates.append(book.customer_rate()[0][number])
        edges = rival.edges_for(0)
        late = np.searchsorted(edges, 10)
        survivals.append(rival.delay_survival(book, edges)[number, late])
    assert rates[1] > rates[0] + 0.1
    assert survivals[1] > survivals[0] + 0.05


@pytest.mark.parametrize(
    ("count", "level", "enough"),
    [(20, "none", False), (80, "rate", False), (190, "habits", True)],
)
def test_small_companies_get_what_their_history_allows(count, level, enough):
    fitted, rows, truth = small(count)
    said = learner.forecast(fitted.model, fitted.ledger)
    assert fitted.model.level == level
    assert said.enough == enough
    assert set(said.confidence) <= {"none", "low", "medium"}
    if not enough:
        codes = {code for one in said.flags for code in one}
        assert codes & {errors.NO_HISTORY, errors.FEW_RESOLVED}
    p_late, delay, weeks = learner.predict(fitted, rows)
    assert len(p_late) == len(delay) == len(weeks) == len(truth)


def test_a_company_without_any_history_gets_the_stated_prior():
    train, rows, _truth = frames(DAY, invoices=60)
    new = {name: column[np.isnat(train["paid_date"])] for name, column in train.items()}
    new["issue_date"] = np.full(len(new["amount"]), DAY)
    new["due_date"] = new["issue_date"] + 30
    fitted = learner.fit(new)
    said = learner.forecast(fitted.model, fitted.ledger)
    assert fitted.model.level == "none"
    assert not said.enough
    assert said.p_late.mean() == pytest.approx(1 - rival.PRIOR_ON_TIME, abs=0.08)


def test_a_new_customer_is_scored_with_low_confidence(data, fitted):
    row = {name: column[:1].copy() for name, column in data[1].items()}
    row["invoice_id"][0], row["customer_id"][0] = "new", "nobody yet"
    row["due_date"][0] = DAY + 20
    ledger, places = fitted.ledger.join(row)
    said = learner.forecast(fitted.model, ledger, places)
    assert 0.05 < said.p_late[0] < 0.95
    assert said.confidence[0] == "low"
    assert errors.NEW_CUSTOMER in said.flags[0]


def test_grace_days_move_what_is_late():
    train, rows, _truth = frames(DAY, invoices=300)
    strict = learner.predict(learner.fit(train, grace=0, effort=0.3), rows)[0]
    lenient = learner.predict(learner.fit(train, grace=10, effort=0.3), rows)[0]
    assert lenient.mean() < strict.mean() - 0.1


@pytest.mark.parametrize("late", [True, False])
def test_one_class_only_is_no_crash(late):
    train, rows, _truth = frames(DAY, invoices=400)
    paid = ~np.isnat(train["paid_date"])
    shift = 5 if late else -1
    train["paid_date"][paid] = np.minimum(train["due_date"][paid] + shift, DAY)
    train["due_date"][~paid] = DAY + 20
    fitted = learner.fit(train, effort=0.2)
    said = learner.forecast(fitted.model, fitted.ledger)
    assert np.isfinite(said.p_late).all()
    if not late:
        assert any(errors.ONE_CLASS in one for one in said.flags)


def test_bad_rows_are_left_to_the_rule(data):
    train = {name: column.copy() for name, column in data[0].items()}
    still_open = np.flatnonzero(np.isnat(train["paid_date"]))[:5]
    train["due_date"][still_open[0]] = NAT
    train["amount"][still_open[1]] = -50.0
    train["amount"][still_open[2]] = np.nan
    train["due_date"][still_open[3]] = train["issue_date"][still_open[3]] - 5
    train["customer_id"][still_open[4]] = None
    ledger = learner.Ledger(train)
    said = learner.forecast(training.Model(0, "rate", 90), ledger, still_open)
    assert [one[0] for one in said.flags] == [
        errors.BAD_DATE,
        errors.NEGATIVE_AMOUNT,
        errors.BAD_AMOUNT,
        errors.DUE_BEFORE_ISSUE,
        errors.NO_CUSTOMER,
    ]
    assert said.by_rule.all()
    assert set(said.confidence) == {"none"}
    assert np.isfinite(said.p_late).all()
    assert np.isfinite(said.delay).all()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda table: table.pop("due_date"), "missing_column"),
        (lambda table: table.pop("asof"), "missing_column"),
        (lambda table: table["asof"].__setitem__(0, DAY - 1), "several_days"),
        (
            lambda table: table["invoice_id"].__setitem__(0, table["invoice_id"][1]),
            "duplicate_id",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(change, code):
    train, _rows, _truth = frames(DAY, invoices=50)
    change(train)
    with pytest.raises(learner.LearnerError) as error:
        learner.fit(train)
    assert error.value.code == code


def test_other_columns_and_missing_facts_do_not_matter(data):
    train, rows, _truth = frames(DAY, invoices=250)
    train["first_name"] = np.full(len(train["amount"]), "x", object)
    train["missing_documents"][::3] = np.nan
    train["stage"][::4] = None
    fitted = learner.fit(train)
    assert np.isfinite(learner.predict(fitted, rows)[0]).all()
    assert "first_name" not in fitted.model.names


def test_rows_may_come_as_dicts():
    train, rows, _truth = frames(DAY, invoices=120)
    listed = [
        dict(zip(train, values, strict=True))
        for values in zip(*train.values(), strict=True)
    ]
    one = learner.predict(learner.fit(train), rows)
    other = learner.predict(learner.fit(listed), rows)
    for first, second in zip(one, other, strict=True):
        assert (first == second).all()


@pytest.mark.parametrize("count", [90, 170, 330])
def test_a_small_company_is_never_worse_off_than_with_its_customers_rate(count):
    """Pooled over companies of each size, as one alone proves nothing."""
    ours, rates = [], []
    for seed in range(3):
        train, rows, truth = frames(DAY, invoices=count, customers=12, seed=seed)
        ledger, places = (fitted := learner.fit(train)).ledger.join(rows)
        coming = rows["due_date"] > DAY
        late = (truth > rows["due_date"])[coming]
        book = Book(ledger, ledger.asof)
        rate = book.customer_rate()[0][ledger.customer[places]][coming]
        said = learner.predict(fitted, rows)[0][coming]
        ours += ((said - late) ** 2).tolist()
        rates += ((rate - late) ** 2).tolist()
    assert np.mean(ours) <= np.mean(rates) + 0.002


def test_a_large_company_learns_from_fewer_days(data, monkeypatch):
    """Each of them has so many open rows that more days would show the same ones again."""
    ledger = learner.Ledger(data[0])
    many = snapshot.past_days(ledger, ledger.asof, 0)
    open_then = len(Book(ledger, many[0]).open)
    monkeypatch.setattr(snapshot, "MAX_OPEN", 30 * open_then)
    fewer = snapshot.past_days(ledger, ledger.asof, 0)
    monkeypatch.setattr(snapshot, "MAX_OPEN", 1)
    least = snapshot.past_days(ledger, ledger.asof, 0)
    assert 40 < len(many) <= snapshot.MAX_SNAPSHOTS
    assert 20 <= len(fewer) < len(many)
    assert len(least) <= snapshot.LEAST_SNAPSHOTS
    # All reach as far back, to within one step, and stand on the day's own weekday.
    assert max(many[-1], fewer[-1], least[-1]) - many[-1] <= 42
    assert {day % 7 for day in many + fewer + least} == {ledger.asof % 7}


def test_a_harness_finds_it_by_path():
    path = ROOT / "btp_relance_scoring" / "learner" / "blackbox.py"
    spec = importlib.util.spec_from_file_location("loaded_by_path", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    train, rows, _truth = frames(DAY, invoices=120)
    assert len(module.predict(module.fit(train), rows)) == 3


def test_a_fact_that_nobody_knows_is_no_crash():
    train, rows, _truth = frames(DAY, invoices=700, customers=12)
    for table in (train, rows):
        table["visa_days"] = np.full(len(table["amount"]), np.nan)
    p, _delay, weeks = learner.predict(learner.fit(train, effort=0.1), rows)
    assert np.isfinite(p).all()
    assert np.isfinite(weeks).all()
