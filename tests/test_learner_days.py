# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Days on which customers pay: fixed days of the month, closures, and weeks to add up."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "btp_relance_scoring"))

import learner  # noqa: E402
from learner import (  # noqa: E402
    addup,
    backtest,
    metrics,
    paydays,
    repeats,
    rival,
    seasons,
)
from learner.book import Book, weekday  # noqa: E402
from learner.model import RATE, Model  # noqa: E402
from learner.snapshot import Snapshot  # noqa: E402

pytestmark = pytest.mark.pure

DAY = np.datetime64("2025-06-30")


def ledger_of(customer, issue, due, paid, amount=None, day=DAY):
    """Return the ledger of these invoices on a day."""
    known = issue <= day
    paid = np.where(paid <= day, paid, np.datetime64("NaT"))
    count = len(issue)
    rows = {
        "invoice_id": np.arange(count).astype(str),
        "customer_id": np.asarray(customer),
        "issue_date": issue,
        "due_date": due,
        "amount": np.full(count, 1000.0) if amount is None else amount,
        "paid_date": paid,
    }
    return learner.Ledger({k: v[known] for k, v in rows.items()}, asof=day)


def on_working_day(paid):
    day = weekday(paid.astype(int))
    return np.where(day >= 5, paid + 7 - day, paid)


def on_the_tenth(paid):
    """The next 10th of a month."""
    month = paid.astype("datetime64[M]")
    tenth = month.astype("datetime64[D]") + 9
    return np.where(tenth < paid, (month + 1).astype("datetime64[D]") + 9, tenth)


def three_payers(seed=1, each=60):
    """One pays on the 10th; one ten days after the 31st, always; one whenever."""
    rng = np.random.default_rng(seed)
    issue = DAY - rng.integers(1, 700, 3 * each)
    kind = np.repeat([0, 1, 2], each)
    due = issue + 30
    month_end = (due.astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    due = np.where(kind == 1, month_end, due)
    late = due + rng.integers(0, 25, 3 * each)
    paid = np.select([kind == 0, kind == 1], [on_the_tenth(late), due + 10], late)
    return kind, issue, due, on_working_day(paid)


def habits_of(ledger):
    """Return what the habits alone say of all that is open, and the snapshot."""
    book = Book(ledger, ledger.asof)
    snap = Snapshot(ledger, ledger.asof, 0, book.open)
    return Model(0, RATE, len(book.settled)), snap


def test_only_who_pays_on_a_fixed_day_has_one():
    ledger = ledger_of(*three_payers())
    found, lift = paydays.month_lift(Book(ledger, ledger.asof))
    # The second one's 10th is explained by its due dates and its ten days.
    assert ledger.customers[found].tolist() == ["0"]
    assert lift[0].argmax() == 9
    assert lift[0, 9] > 5
    assert lift[0, 19] < 0.2


def test_the_last_day_of_each_month_is_one_place():
    days = np.array(["2025-02-28", "2025-04-30", "2025-05-31", "2025-05-30"])
    places = paydays.place_in_month(days.astype("datetime64[D]").astype(int))
    assert places.tolist() == [30, 30, 30, 29]


def test_a_payer_of_the_tenth_is_expected_on_the_tenth():
    ledger = ledger_of(*three_payers())
    model, snap = habits_of(ledger)
    days = model.days(snap, slice(None))[:, :-1]
    dates = snap.day + 1 + np.arange(days.shape[1])
    place = paydays.place_in_month(dates)
    about_it = days[:, (place >= 7) & (place <= 11)].sum(axis=1)
    who = ledger.customers[ledger.customer[snap.rows]]
    assert about_it[who == "0"].mean() > 0.7
    assert about_it[who == "2"].mean() < 0.4
    # A 10th on a Sunday is paid on the days around it, never on the Sunday.
    sunday = dates == np.datetime64("2025-08-10").astype(int)
    assert days[:, sunday].max() < 0.01


def closing(seed=2, count=1500, closed=True):
    """Nobody pays from the 3rd to the 24th of August."""
    rng = np.random.default_rng(seed)
    issue = np.datetime64("2023-05-01") + rng.integers(0, 820, count)
    due = issue + 30
    paid = due + rng.integers(-3, 12, count)
    year = paid.astype("datetime64[Y]").astype("datetime64[M]")
    august = (year + 7).astype("datetime64[D]")
    away = (paid >= august + 2) & (paid < august + 24)
    if closed:
        paid = np.where(away, august + 24 + rng.integers(0, 6, count), paid)
    return rng.integers(0, 30, count), issue, due, on_working_day(paid)


def factors_of(ledger):
    book, edges = Book(ledger, ledger.asof), rival.edges_for(0)
    return seasons.factors(book, rival.delay_survival(book, edges), edges)


def test_a_closure_is_learned_from_the_years_before():
    rows = closing()
    week = seasons.week_of_year(np.array(["2025-08-15"], "datetime64[D]").astype(int))
    found = factors_of(ledger_of(*rows))
    assert found[week][0] < 0.4
    assert np.median(found) == pytest.approx(1, abs=0.1)
    assert factors_of(ledger_of(*closing(closed=False)))[week][0] > 0.85
    # Before the first August nothing is known of it.
    first = np.datetime64("2023-07-25")
    assert factors_of(ledger_of(*rows, day=first))[week][0] == pytest.approx(1, abs=0.1)


def test_a_closure_moves_the_cash_to_its_end():
    day = np.datetime64("2025-07-15")
    rows = closing()
    ledger = ledger_of(*rows, day=day)
    model, snap = habits_of(ledger)
    days = model.days(snap, slice(None))
    dates = day + 1 + np.arange(days.shape[1])
    closed = (dates >= np.datetime64("2025-08-04")) & (
        dates < np.datetime64("2025-08-24")
    )
    due = (snap.to_due > 15) & (snap.to_due < 30)
    assert due.sum() > 10
    other, _snap = habits_of(ledger_of(*closing(closed=False), day=day))
    usual = other.days(_snap, slice(None))
    usual_due = (_snap.to_due > 15) & (_snap.to_due < 30)
    mean = days[due][:, closed].sum(axis=1).mean()
    assert mean < 0.8 * usual[usual_due][:, closed].sum(axis=1).mean()


def test_weeks_to_add_up_keep_their_sum_and_depend_on_the_book():
    rng = np.random.default_rng(3)
    weeks = rng.dirichlet(np.ones(14), 400)[:, :13]
    one = addup.likelier(weeks[:1], np.array([500.0]), np.array(["A"]))
    assert one.sum() == pytest.approx(weeks[0].sum())
    assert one.max() > weeks[0].max() + 0.05
    assert one.argmax() == weeks[0].argmax()
    many = addup.likelier(weeks, np.ones(400), np.arange(400))
    assert np.abs(many - weeks).max() < 0.1
    # The same rows of one customer come together.
    alone = addup.likelier(weeks, np.ones(400), np.zeros(400))
    assert np.abs(alone - weeks).max() > np.abs(many - weeks).max() + 0.1
    odd = addup.likelier(weeks[:3], np.array([np.nan, -5.0, 0.0]), np.arange(3))
    assert np.isfinite(odd).all()
    assert addup.likelier(weeks[:0], np.zeros(0), np.zeros(0)).shape == (0, 13)


@pytest.mark.parametrize(
    ("count", "customers", "spread"), [(2, 2, 0.7), (40, 1, 1.0), (400, 100, 2.0)]
)
def test_each_book_is_met_as_well_as_its_own_kind_allows(count, customers, spread):
    """Nearly as well as by the power that would have been best, known only afterwards."""
    rng = np.random.default_rng(4)
    said = {power: [] for power in (None, *addup.POWERS)}
    came = []
    for _book in range(60):
        centre = rng.uniform(0, 12, count)[:, None]
        weeks = np.exp(-np.abs(np.arange(13) - centre) / spread)
        weeks /= weeks.sum(axis=1, keepdims=True)
        amount = np.exp(rng.normal(0, 0.5, count))
        week = np.array([rng.choice(13, p=one) for one in weeks])
        came.append(np.bincount(week, amount, 13))
        who = rng.integers(0, customers, count)
        for power, found in said.items():
            shares = (
                addup.likelier(weeks, amount, who)
                if power is None
                else addup.raised(weeks, power)
            )
            found.append(amount @ shares)
    missed = {
        power: metrics.wape(np.array(one), np.array(came))
        for power, one in said.items()
    }
    ours = missed.pop(None)
    assert ours <= 1.02 * min(missed.values())
    assert ours <= missed[1.0] + 0.001


def test_the_harness_gets_the_weeks_to_add_up_and_the_forecast_the_chances():
    ledger = ledger_of(*three_payers())
    model, snap = habits_of(ledger)
    said = learner.forecast(model, ledger, snap.rows)
    rows = {
        "invoice_id": ledger.ids[snap.rows],
        "customer_id": ledger.customers[ledger.customer[snap.rows]],
        "issue_date": ledger.issue[snap.rows].astype("datetime64[D]"),
        "due_date": ledger.due[snap.rows].astype("datetime64[D]"),
        "amount": ledger.amount[snap.rows],
    }
    p_late, _delay, weeks = learner.predict(learner.Fitted(model, ledger), rows)
    assert (p_late == said.p_late).all()
    assert weeks.sum(axis=1) == pytest.approx(said.weeks.sum(axis=1))
    assert (weeks.max(axis=1) >= said.weeks.max(axis=1) - 1e-9).all()


@pytest.mark.parametrize("share", [0.15, 0.4, 0.7])
def test_habits_are_never_below_the_late_rate(share):
    """Companies of other kinds: few or many late, on fixed days, closing in August."""
    scores = {name: [] for name in (backtest.RATE_NAME, backtest.DELAYS)}
    for seed in range(2):
        rng = np.random.default_rng(seed)
        count, customers = 1200, 30
        who = rng.choice(customers, count, p=rng.dirichlet(np.ones(customers)))
        issue = np.datetime64("2023-06-01") + rng.integers(0, 740, count)
        due = issue + rng.choice([15, 30, 45], customers)[who]
        usual = rng.normal(0, 6, customers)
        usual += -np.quantile(usual, 1 - share)
        paid = due + np.round(usual[who] + rng.normal(0, 3, count)).astype(int)
        fixed = (rng.random(customers) < 0.4)[who]
        paid = on_working_day(np.where(fixed, on_the_tenth(paid), paid))
        paid = np.maximum(paid, issue)
        ledger = ledger_of(who, issue, due, paid)
        found = backtest.run(ledger, count=5, names=tuple(scores))["table"]
        for name, figures in found.items():
            scores[name].append([figures[key] for key in ("brier", "mae", "wape")])
    rate, habits = (np.mean(one, axis=0) for one in scores.values())
    assert (habits <= rate * 1.02).all()


def few_payments(count, late=11):
    """A company where one customer has paid three times, each time as late; the others whenever."""
    rng = np.random.default_rng(5)
    issue = DAY - rng.integers(40, 500, count)
    customer = rng.integers(1, 12, count)
    paid = issue + 30 + rng.integers(-5, 40, count)
    issue = np.r_[issue, DAY - np.array([200, 150, 100]), DAY - 5]
    customer = np.r_[customer, 0, 0, 0, 0]
    due = issue + 30
    paid = np.r_[paid, due[-4:-1] + late, DAY + 90]
    return ledger_of(customer, issue, due, paid)


@pytest.mark.parametrize("count", [60, 150])
def test_a_customer_of_few_payments_is_expected_to_do_it_again(count, monkeypatch):
    ledger = few_payments(count)
    model = learner.train(ledger)
    [row] = np.flatnonzero((ledger.customer == 0) & (ledger.paid > DAY.astype(int)))
    said = learner.forecast(model, ledger, [row])
    # The 36th day from the scoring day is a working day.
    assert weekday(ledger.due[row] + 11) < 5
    assert said.delay[0] == 11
    monkeypatch.setattr(repeats, "SHARE", 0.0)
    without = learner.forecast(model, ledger, [row])
    assert without.delay[0] != 11
    assert said.p_late == pytest.approx(without.p_late, abs=1e-9)


def test_what_was_seen_is_counted_by_day_and_never_on_a_weekend():
    ledger = ledger_of(*three_payers())
    book = Book(ledger, ledger.asof)
    seen = repeats.Repeats(book)
    who, to_due = np.array([0, 1, 2, 2]), np.array([10, -3, 0, 400])
    days = seen.days(who, to_due, 60)
    first = weekday(ledger.asof + 1 + np.arange(60))
    assert not days[:, :-1][:, first >= 5].any()
    for line, customer in enumerate(who):
        mine = book.paid[ledger.customer[book.paid] == customer]
        ahead = ledger.paid[mine] - ledger.due[mine] + to_due[line]
        # Whatever a weekend moves stays within two days of the ends.
        assert days[line].sum() == (ahead >= 1).sum()
        assert abs(days[line, -1] - (ahead > 60).sum()) <= (abs(ahead - 60) <= 2).sum()


def test_a_share_of_what_was_seen_leaves_late_as_it_was():
    rng = np.random.default_rng(3)
    pmf = rng.dirichlet(np.ones(20), 50)
    seen = rng.poisson(0.2, (50, 20))
    last = rng.integers(-2, 19, 50)
    out = repeats.mixed(pmf, seen, last, 0.4)
    assert out.sum(axis=1) == pytest.approx(1)
    punctual = np.arange(1, 21) <= last[:, None]
    assert (out * punctual).sum(axis=1) == pytest.approx((pmf * punctual).sum(axis=1))
    assert (out[seen > 0] > 0.6 * pmf[seen > 0]).all()
    assert abs(out - pmf).max() > 0.05
    assert repeats.share_for(40) > 0.5 > 0.3 > repeats.share_for(1500) > 0.2
    assert repeats.share_for(100_000) == 0


@pytest.mark.parametrize("level", [RATE, "learned"])
def test_what_is_due_in_a_year_is_paid_around_its_date(level):
    """Half pay on the day, half the day after: so they do when a retention is due in a year."""
    issue = DAY - np.arange(40, 640, 4)
    ahead = np.array([30, 88, 150, 184, 190, 400, 3000])
    due = np.r_[issue + 30, DAY + ahead]
    paid = on_working_day(issue + 30 + np.arange(len(issue)) % 2)
    paid = np.r_[paid, DAY + np.full(len(ahead), 5000)]
    customer = np.zeros(len(due), int)
    ledger = ledger_of(customer, np.r_[issue, DAY - np.full(len(ahead), 5)], due, paid)
    trained = learner.train(ledger)
    model = Model(0, RATE, trained.settled) if level == RATE else trained
    said = learner.forecast(model, ledger)
    assert len(said) == len(ahead)
    off = (said.expected - due[-len(ahead) :]).astype(int)
    assert abs(off).max() <= 3
    assert said.p_late.max() < 0.95
    assert (said.low <= said.expected).all()
    assert (said.expected <= said.high).all()
    assert weekday(said.expected.astype(int))[:-1].max() < 5
    assert said.weeks.sum(axis=1) + said.tail == pytest.approx(1)
    assert said.weeks[ahead > 100].sum() < 1e-3
    assert said.weeks[1].sum() > 0.4


def test_a_history_of_long_ago_and_far_dates_are_no_crash():
    customer = np.zeros(61, int)
    issue = np.r_[DAY - 40_000 + np.arange(60), DAY - 3]
    due = np.r_[issue[:-1] + 30, DAY + 2_000_000]
    ledger = ledger_of(customer, issue, due, np.r_[due[:-1] + 2, DAY + 90])
    with np.errstate(all="raise", under="ignore"):
        said = learner.forecast(learner.train(ledger), ledger)
    assert np.isfinite(said.p_late).all()
    assert (said.expected - due[-1:]).astype(int) == pytest.approx(2, abs=30)
