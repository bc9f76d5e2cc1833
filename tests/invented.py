# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices of an invented building company, for the tests of the learner: seeded, no real data.

Customers have habits of their own (mean delay, spread, a payment day of the week), a few change
them, larger invoices are slower, a missing document adds days, nobody pays on a weekend.
"""

import functools

import numpy as np


def company(last, invoices=1500, customers=40, days=730, seed=11, document_days=12):
    """Return a dict of arrays, all outcomes known, issued in the days before ``last`` and after it.

    :param last: datetime64, a day
    :param document_days: what a missing document adds to the delay
    """
    rng = np.random.default_rng(seed)
    last = np.datetime64(last, "D")
    who = rng.choice(customers, invoices, p=rng.dirichlet(np.full(customers, 0.8)))
    issue = last - rng.integers(-60, days, invoices)
    term = rng.choice([30, 30, 45, 60], customers)[who]
    amount = np.exp(rng.normal(8, 1, invoices) + rng.normal(0, 0.7, customers)[who])
    missing = rng.random(invoices) < 0.25
    usual = rng.normal(3, 9, customers)[who]
    spread = rng.gamma(2, 2, customers)[who]
    delay = usual + spread * rng.standard_t(4, invoices)
    delay += 2 * np.log(amount / np.exp(8)) + missing * document_days
    due = issue + term
    paid = due + np.round(delay).astype(int)
    paid = np.maximum(paid, issue + 2)
    # Each customer's run: on one day of the week for half of them.
    weekday = (paid.astype(int) + 3) % 7
    run = rng.integers(0, 5, customers)[who]
    fixed = (rng.random(customers) < 0.5)[who]
    paid = np.where(fixed, paid + (run - weekday) % 7, paid)
    weekday = (paid.astype(int) + 3) % 7
    paid = np.where(weekday >= 5, paid + 7 - weekday, paid)
    number = np.arange(invoices)
    return {
        "invoice_id": np.array([f"F{index:05d}" for index in number], object),
        "customer_id": np.array([f"C{index:03d}" for index in who], object),
        "issue_date": issue,
        "due_date": due,
        "amount": np.round(amount, 2),
        "currency": np.full(invoices, "EUR", object),
        "segment": np.array(["public", "private"], object)[who % 2],
        "stage": rng.choice(["situation", "solde", "acompte"], invoices).astype(object),
        "retention": (rng.random(invoices) < 0.1).astype(float),
        "missing_documents": missing.astype(float),
        "paid_date": paid,
    }


def frames(day, **options):
    """Return (train, open rows, when these are paid) as they stand on a day."""
    whole = company(day, **options)
    day = np.datetime64(day, "D")
    known = whole["issue_date"] <= day
    train = {name: column[known] for name, column in whole.items()}
    truth = train["paid_date"].copy()
    still_open = truth > day
    train["paid_date"][still_open] = np.datetime64("NaT")
    train["asof"] = np.full(known.sum(), day)
    rows = {
        name: column[still_open]
        for name, column in train.items()
        if name != "paid_date"
    }
    return train, rows, truth[still_open]


@functools.cache
def model_of(day, invoices):
    """Return (fitted, open rows, truth), made once for all tests of a run."""
    import learner

    train, rows, truth = frames(day, invoices=invoices)
    return learner.fit(train), rows, truth
