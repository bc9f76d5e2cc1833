# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the night's scores and the month's training cost on a large ledger, end to end.

Scores: the ledger read, features, chances, days, reasons, all written; the first night, on which
the week's cash forecast is kept too, and one on which everything is there already; that forecast
by itself. Training: the ledger read, the model fitted and
stored; and what the monthly job does, which also holds it against its rivals at past dates.
"""

from datetime import timedelta

from database import tidy
from ours import configure, fresh

#: Chantiers that two invoices in three belong to.
SITES = 500


def train(env, report):
    """Give the ledger a past, and train; give the cost to ``report(name, cost)``."""
    configure(env)
    give_past(env)
    give_sites(env)
    env.cr.commit()
    tidy(env.cr.dbname)
    company, jobs = env.company, env["btp.scoring.job"]
    day = env["btp.echeance"]._get_today()
    with fresh(env) as cost:
        rows, ledger = jobs._read_ledger(company, day)
        model = jobs._make(company, ledger, "learner", {})
        env.cr.commit()
    cost.items = int((~is_open(rows)).sum())
    report("score_train", cost)
    assert model.payload_sha256
    model._crown("Measured")
    env.cr.commit()


def score(env, report):
    """Score a first night, and the same again."""
    for name in ("score_first", "score_again"):
        with fresh(env) as cost:
            cost.items = env["btp.scoring.job"]._score(env.company)
            env.cr.commit()
        report(name, cost)
    check(env)


def freeze(env, report):
    """Keep the forecast of 13 weeks, customers and chantiers too; settle its first week."""
    company, day = env.company, env["btp.echeance"]._get_today()
    forecasts = env["btp.cash.forecast"]
    env.cr.execute("DELETE FROM btp_cash_forecast")
    env.cr.commit()
    with fresh(env) as cost:
        cost.items = forecasts._freeze(company, day)
        env.cr.commit()
    report("score_freeze", cost)
    with fresh(env) as cost:
        cost.items = forecasts._settle(company, day + timedelta(days=8))
        env.cr.rollback()
    report("score_settle", cost)


def compare(env, report):
    """Do what the monthly job does."""
    with fresh(env) as cost:
        cost.items = env["btp.scoring.job"]._train(env.company).row_count
        env.cr.commit()
    report("score_compare", cost)


#: Each in a process of its own, as the scheduler's: the memory of one is not the next one's.
PARTS = {"train": train, "score": score, "freeze": freeze, "compare": compare}


def is_open(rows):
    """Which amounts are not paid."""
    import numpy as np

    return np.isnat(rows["paid_date"])


def check(env):
    """Every amount due has its score, learned, with reasons for most of them."""
    env.cr.execute(
        "SELECT count(*), count(*) FILTER (WHERE method = 'learner'),"
        " count(*) FILTER (WHERE jsonb_array_length(reasons) > 0) FROM btp_score"
    )
    total, learned, explained = env.cr.fetchone()
    assert learned == total, f"{learned} of {total} are learned"
    assert explained > total / 2, f"{explained} of {total} are explained"


def give_past(env):
    """Let customers pay by habits of their own: the seed pays everything on one day."""
    env.cr.execute(
        """
        UPDATE account_partial_reconcile pr
           SET max_date = LEAST(CURRENT_DATE, GREATEST(m.invoice_date + 1,
                   l.date_maturity + (m.commercial_partner_id::bigint * 7919 % 45)::int - 5
                   + (l.id::bigint * 104729 % 17)::int - 8))
          FROM account_move_line l JOIN account_move m ON m.id = l.move_id
         WHERE l.id = pr.debit_move_id AND m.move_type = 'out_invoice'
        """
    )
    env.invalidate_all()


def give_sites(env):
    """Two invoices in three belong to a chantier, half of these have a visa."""
    customers = env["res.partner"].search([("customer_rank", ">", 0)], limit=SITES)
    sites = env["btp.chantier"].create(
        [{"name": f"Chantier {item.id}", "partner_id": item.id} for item in customers]
    )
    env.flush_all()
    env.cr.execute(
        """
        UPDATE account_move m SET btp_chantier_id = (%(sites)s)[1 + m.id %% %(count)s],
               btp_visa_on = CASE WHEN m.id %% 2 = 0
                   THEN m.invoice_date + (m.id %% 23)::int END
         WHERE m.move_type = 'out_invoice' AND m.id %% 3 > 0
        """,
        {"sites": sites.ids, "count": len(sites)},
    )
    env.invalidate_all()
