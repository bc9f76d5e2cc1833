# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What all figures of a month cost on two years of invoices, beside the SQL of the same sums.

The bare SQL is what a person would write by hand for one month: what is left of each entry on
the last day from the matches up to then, its age, what was invoiced and paid, by the same
dimensions, into a table. It gives the ledger's sums alone, those of the follow-up not.
"""

from datetime import date

from database import tidy
from dateutil.relativedelta import relativedelta
from ours import configure, fresh
from scoring import give_past, give_sites

#: Written by hand, with nothing of the addon's code in it.
BARE = """
    CREATE TEMP TABLE bare ON COMMIT DROP AS
    SELECT partner_id, btp_chantier_id, user_id, stage, btp_regime, scenario_id,
           SUM(residual) AS receivable,
           SUM(residual) FILTER (WHERE retention AND due >= %(last)s) AS retained,
           SUM(residual) FILTER (WHERE residual < 0) AS credit,
           SUM(residual) FILTER (WHERE residual > 0 AND due >= %(last)s) AS not_due,
           SUM(residual) FILTER (WHERE residual > 0 AND age BETWEEN 1 AND 10) AS d10,
           SUM(residual) FILTER (WHERE residual > 0 AND age BETWEEN 11 AND 30) AS d30,
           SUM(residual) FILTER (WHERE residual > 0 AND age BETWEEN 31 AND 60) AS d60,
           SUM(residual) FILTER (WHERE residual > 0 AND age BETWEEN 61 AND 90) AS d90,
           SUM(residual) FILTER (WHERE residual > 0 AND age > 90) AS more,
           SUM(opening) AS opening,
           SUM(balance) FILTER (WHERE sale AND date >= %(first)s) AS sales,
           SUM(balance) FILTER (WHERE sale AND date > %(year)s) AS sales_year,
           SUM(paid) AS paid, SUM(late_days) AS late_days, SUM(paid_late) AS paid_late,
           SUM(balance - COALESCE(other10, 0)) FILTER (WHERE tenth) AS due10,
           SUM(paid10) FILTER (WHERE tenth) AS paid10,
           COUNT(*) FILTER (WHERE residual > 0) AS open_count,
           COUNT(*) FILTER (WHERE residual > 0 AND age > 0) AS overdue_count,
           COUNT(*) FILTER (WHERE tenth) AS due10_count,
           COUNT(*) FILTER (WHERE tenth AND paid10 >= balance - COALESCE(other10, 0)) AS whole
      FROM (
        SELECT l.id, l.date, l.balance, cp.id AS partner_id, m.btp_chantier_id, ch.user_id,
               cp.btp_regime, COALESCE(m.btp_scenario_id, ch.scenario_id) AS scenario_id,
               CASE WHEN m.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                    THEN COALESCE(m.btp_billing_stage, 'plain') END AS stage,
               m.move_type IN ('out_invoice', 'out_refund', 'out_receipt') AS sale,
               l.account_id = c.btp_retention_account_id AS retention,
               COALESCE(l.date_maturity, l.date) AS due,
               %(last)s - COALESCE(l.date_maturity, l.date) AS age,
               m.move_type IN ('out_invoice', 'out_receipt') AND l.balance > 0
                   AND COALESCE(l.date_maturity, l.date) + 10
                       BETWEEN %(first)s AND %(last)s AS tenth,
               l.balance - COALESCE(mine.whole, 0) + COALESCE(theirs.whole, 0) AS residual,
               CASE WHEN l.date < %(first)s THEN
                   l.balance - COALESCE(mine.before, 0) + COALESCE(theirs.before, 0)
               END AS opening,
               mine.paid, mine.late_days, mine.paid_late, mine.paid10, mine.other10
          FROM account_move_line l
          JOIN account_account a ON a.id = l.account_id
               AND a.account_type = 'asset_receivable'
          JOIN account_move m ON m.id = l.move_id
          JOIN res_company c ON c.id = l.company_id
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN res_partner cp ON cp.id = p.commercial_partner_id
          LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
          LEFT JOIN (
            SELECT pr.debit_move_id AS id, SUM(pr.amount) AS whole,
                   SUM(pr.amount) FILTER (WHERE pr.max_date < %(first)s) AS before,
                   SUM(pr.amount) FILTER (WHERE money AND pr.max_date >= %(first)s) AS paid,
                   SUM(pr.amount * GREATEST(pr.max_date - due, 0))
                       FILTER (WHERE money AND pr.max_date >= %(first)s) AS late_days,
                   SUM(pr.amount) FILTER (
                       WHERE money AND pr.max_date >= %(first)s AND pr.max_date > due
                   ) AS paid_late,
                   SUM(pr.amount) FILTER (WHERE money AND pr.max_date <= due + 10) AS paid10,
                   SUM(pr.amount) FILTER (WHERE NOT money AND pr.max_date <= due + 10)
                       AS other10
              FROM account_partial_reconcile pr
              JOIN account_move_line d ON d.id = pr.debit_move_id
              JOIN account_move_line cl ON cl.id = pr.credit_move_id
              JOIN account_move cm ON cm.id = cl.move_id
              JOIN account_journal j ON j.id = cm.journal_id
              CROSS JOIN LATERAL (
                SELECT COALESCE(d.date_maturity, d.date) AS due,
                       cm.move_type = 'entry' AND j.type IN ('bank', 'cash') AS money
              ) x
             WHERE pr.max_date <= %(last)s
             GROUP BY pr.debit_move_id
          ) mine ON mine.id = l.id
          LEFT JOIN (
            SELECT pr.credit_move_id AS id, SUM(pr.amount) AS whole,
                   SUM(pr.amount) FILTER (WHERE pr.max_date < %(first)s) AS before
              FROM account_partial_reconcile pr WHERE pr.max_date <= %(last)s
             GROUP BY pr.credit_move_id
          ) theirs ON theirs.id = l.id
         WHERE l.parent_state = 'posted' AND l.date <= %(last)s AND l.company_id = %(company)s
      ) line
     GROUP BY partner_id, btp_chantier_id, user_id, stage, btp_regime, scenario_id
"""
#: Each is measured so many times, by turns; the mean counts.
TURNS = 3


def measure(env, report):
    """Measure a month's figures, the dashboard, and the bare SQL of the same sums."""
    prepare(env)
    measure_month(env, report)
    measure_dashboard(env, report)


def prepare(env):
    """Give the ledger a past."""
    configure(env)
    give_past(env)
    give_dates(env)
    give_sites(env)
    env.cr.commit()
    tidy(env.cr.dbname)


def measure_month(env, report):
    """Measure the sums of a month and its indicators, by turns with the bare SQL."""
    snapshots = env["btp.figure.snapshot"]
    today = env["btp.echeance"]._get_today()
    month = today.replace(day=1) - relativedelta(months=1)
    ours, bare = [], []
    # A month is closed after another: what it says of the change is measured too.
    snapshots._compute_month(env.company, month - relativedelta(months=1))
    env.cr.commit()
    for _turn in range(TURNS):
        forget(env, month)
        with fresh(env) as cost:
            snapshots._compute_month(env.company, month)
            env["btp.figure"].get_indicators(str(month))
            env.cr.commit()
        ours.append(cost)
        check(env, month)
        with fresh(env) as cost:
            env.cr.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
            env.cr.execute(BARE, period(env, month))
        bare.append(cost)
        agree(env, month)
        env.cr.rollback()
    for name, costs in (("figures_month", ours), ("figures_bare", bare)):
        report(name, average_of(costs, count(env)))


def measure_dashboard(env, report):
    """Measure the dashboard of today, with a year of months kept and a forecast."""
    snapshots = env["btp.figure.snapshot"]
    today = env["btp.echeance"]._get_today()
    month = today.replace(day=1) - relativedelta(months=1)
    for ago in reversed(range(13)):
        snapshots._compute_month(env.company, month - relativedelta(months=ago))
    env["btp.figure.cash"]._freeze(env.company, today)
    env.cr.commit()
    tidy(env.cr.dbname)
    env["btp.figure"].get_dashboard()
    env.cr.commit()
    costs = []
    for _turn in range(TURNS):
        with fresh(env) as cost:
            env["btp.figure"].get_dashboard()
        env.cr.commit()
        costs.append(cost)
    report("figures_dashboard", average_of(costs, count(env)))


def forget(env, month):
    """Let a month be as if it had not been closed."""
    for table in ("btp_figure_snapshot", "btp_figure_total"):
        env.cr.execute(f"DELETE FROM {table} WHERE month = %s", [month])
    env.cr.commit()


def count(env):
    """Return how many invoices there are."""
    return env["account.move"].search_count([("move_type", "=", "out_invoice")])


def give_dates(env):
    """Date payments and credit notes no later than what they are matched with."""
    env.cr.execute(
        """
        CREATE TEMP TABLE moved ON COMMIT DROP AS
        SELECT l.move_id, MIN(pr.max_date) AS day
          FROM account_partial_reconcile pr
          JOIN account_move_line l ON l.id = pr.credit_move_id
         GROUP BY l.move_id;
        UPDATE account_move_line l SET date = moved.day
          FROM moved WHERE l.move_id = moved.move_id;
        UPDATE account_move m SET date = moved.day FROM moved WHERE m.id = moved.move_id
        """
    )
    env.invalidate_all()


def average_of(costs, count):
    from meter import average

    cost = average(costs)
    cost.items = count
    return cost


def period(env, month):
    """Return the parameters of the bare SQL."""
    last = month + relativedelta(months=1, days=-1)
    return {
        "company": env.company.id,
        "first": month,
        "last": last,
        "year": last - relativedelta(years=1),
    }


def check(env, month: date):
    """What is owed is the balance of the customers' accounts: to the cent."""
    env.cr.execute(
        "SELECT SUM(l.balance) FROM account_move_line l"
        " JOIN account_account a ON a.id = l.account_id"
        " WHERE a.account_type = 'asset_receivable' AND l.parent_state = 'posted'"
        " AND l.company_id = %(company)s AND l.date <= %(last)s",
        period(env, month),
    )
    [balance] = env.cr.fetchone()
    env.cr.execute(
        "SELECT SUM(receivable) FROM btp_figure_snapshot WHERE month = %s", [month]
    )
    [owed] = env.cr.fetchone()
    assert owed == balance, f"{owed} is not {balance}"


def agree(env, month):
    """The SQL written by hand gives the same sums."""
    names = {
        "receivable": "receivable", "not_due": "not_due", "d10": "overdue_10",
        "more": "overdue_more", "opening": "opening", "sales": "sales",
        "sales_year": "sales_year", "paid": "paid", "late_days": "late_days_amount",
        "due10": "due10", "paid10": "paid10",
    }  # fmt: skip
    sums = ", ".join(f"SUM({name})" for name in names)
    env.cr.execute(f"SELECT {sums} FROM bare")
    by_hand = env.cr.fetchone()
    sums = ", ".join(f"SUM({name})" for name in names.values())
    env.cr.execute(f"SELECT {sums} FROM btp_figure_snapshot WHERE month = %s", [month])
    kept = env.cr.fetchone()
    apart = {
        name: (one, other)
        for name, one, other in zip(names, by_hand, kept, strict=True)
        if (one or 0) != (other or 0)
    }
    assert not apart, apart
