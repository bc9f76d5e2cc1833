# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The suite's engine: planning on a first, a second and a quiet day, then dispatch."""

from contextlib import contextmanager
from datetime import timedelta

from database import tidy
from meter import Meter, average

from odoo.fields import Date
from odoo.tools.sql import table_columns

#: How often a step is repeated that takes little and leaves nothing behind.
REPEATS = 5
#: One debtor in so many may be contacted again on the quiet day.
FREE = 10
#: Mails made by each side before the clock starts: caches and compiled templates.
WARM_UP = 20

#: The bar for a quiet day: the bare selection of due (échéance, step) pairs, nothing decided.
BARE = """
    SELECT count(*)
      FROM account_move_line aml
      JOIN account_account acc ON acc.id = aml.account_id AND acc.account_type = 'asset_receivable'
     CROSS JOIN LATERAL (
            SELECT step.id
              FROM btp_relance_step step
             WHERE step.scenario_id = %(scenario)s AND step.kind = 'reminder' AND step.active
               AND aml.date_maturity + step.days <= %(today)s
             ORDER BY step.days DESC
             LIMIT 1
           ) step
     WHERE aml.parent_state = 'posted' AND aml.reconciled IS NOT TRUE AND aml.amount_residual > 0
"""


def configure(env):
    """Switch the engine on with its standard scenario, sending by e-mail of itself."""
    company = env.ref("base.main_company")
    company.btp_default_scenario_id = env.ref("btp_relance.scenario_standard")
    company.btp_relance_active = True
    env.cr.commit()


@contextmanager
def fresh(env):
    """Begin like another request: nothing read before is remembered; measure inside."""
    env.flush_all()
    env.invalidate_all()
    with Meter(env.cr) as cost:
        yield cost


def measure(env, mails, report):
    """Measure each part in turn; give each cost to ``report(name, cost)`` as soon as known."""
    today = Date.today()
    measure_planning(env, today, report)
    measure_mails(env, mails, report)
    settle(env, today)
    tidy(env.cr.dbname)
    measure_quiet_day(env, today + timedelta(days=1), report)
    measure_silence(env, today + timedelta(days=1), report)


def measure_planning(env, today, report):
    """The first day: everything is new; then once more, when nothing is."""
    with fresh(env) as cost:
        env["btp.relance.engine"].plan(today)
        env.cr.commit()
    cost.items = env["btp.relance.line"].search_count([])
    report("plan", cost)
    report("planned", reminders=env["btp.relance"].search_count([]), lines=cost.items)
    tidy(env.cr.dbname)
    report("plan_again", repeat(env, lambda: env["btp.relance.engine"].plan(today)))


def repeat(env, work):
    """The mean cost of doing something several times, undone each time."""
    costs = []
    for _round in range(REPEATS):
        with fresh(env) as cost:
            cost.items = len(work() or ())
        env.cr.rollback()
        costs.append(cost)
    return average(costs)


def measure_quiet_day(env, day, report):
    """The day after: most échéances were reminded of; beside it, the bare selection."""
    step = env.ref("btp_relance.scenario_standard").step_ids
    step.flush_recordset()

    def select_pairs():
        env.cr.execute(BARE, {"scenario": step.scenario_id.id, "today": day})
        return range(env.cr.fetchone()[0])

    report("bare", repeat(env, select_pairs))
    report("plan_quiet", repeat(env, lambda: env["btp.relance.engine"].plan(day)))


def measure_silence(env, day, report):
    """The same day where each debtor's accounts left two messages each without an answer.

    First the same contacts for ever, then the management is asked in their place.
    """
    copy_rows(
        env,
        "res_partner",
        "JOIN (VALUES ('accounting', 1), ('accounting', 2), ('management', 3))"
        " role (name, rank) ON TRUE"
        " WHERE t.id IN (SELECT partner_id FROM btp_relance)",
        parent_id="t.id",
        is_company="FALSE",
        type="'contact'",
        btp_contact_role="role.name",
        email="role.rank || t.email",
        email_normalized="role.rank || t.email_normalized",
    )
    copy_rows(
        env,
        "btp_relance",
        "JOIN res_partner ct ON ct.parent_id = t.partner_id"
        " AND ct.btp_contact_role = 'accounting'"
        " JOIN generate_series(1, 2) times (rank) ON TRUE"
        " WHERE t.kind = 'reminder'",
        contact_id="ct.id",
        state="'sent'",
        tone="'factual'",
        channel="'email'",
        contacted_on=f"DATE '{day}' - 30 * times.rank",
    )
    # A payment ends a silence: those of this ledger came long before.
    env.cr.execute(
        """
        UPDATE account_move_line pay SET date = pay.date - 400
          FROM account_move pm
         WHERE pm.id = pay.move_id AND pm.move_type = 'entry'
        """
    )
    env.cr.commit()
    tidy(env.cr.dbname)
    company = env.ref("base.main_company")
    for name, limit in (("plan_asked", 0), ("plan_silent", 2)):
        company.btp_max_silent = limit
        env["btp.contact.stat"]._refresh(company, day)
        env.cr.commit()
        report(name, repeat(env, lambda: env["btp.relance.engine"].plan(day)))
    silent = env["btp.contact.stat"].search_count([("silent", "=", True)])
    report("silence", contacts=silent)


def copy_rows(env, table, rest, **changed):
    """Copy rows ``t`` of a table with some columns changed; ``rest`` says which rows."""
    columns = [
        name
        for name in table_columns(env.cr, table)
        if name != "id" and name not in changed
    ]
    names = ", ".join([*columns, *changed])
    values = ", ".join([*(f"t.{name}" for name in columns), *changed.values()])
    env.cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} t {rest}"
    )
    env.invalidate_all()


def settle(env, today):
    """Take what is still to dispatch as sent today, one debtor in ten a few days earlier.

    Tomorrow the days between contacts are over for these alone: little is new.
    """
    env.cr.execute(
        """
        UPDATE btp_relance r
           SET state = 'sent', sent_on = now(),
               contacted_on = CASE WHEN r.partner_id %% %(free)s = 0
                   THEN %(today)s - c.btp_min_contact_gap ELSE %(today)s END
          FROM res_company c
         WHERE c.id = r.company_id AND r.state IN ('approved', 'sent');
        UPDATE btp_relance_line line SET state = 'done', done_on = %(today)s
          FROM btp_relance r
         WHERE r.id = line.relance_id AND r.state = 'sent' AND line.state = 'planned'
        """,
        {"today": today, "free": FREE},
    )
    env.cr.commit()
    env.invalidate_all()


def send_by_odoo(relances):
    """Put the reminders' mails into the queue by Odoo's own means alone."""
    for template, group in relances.grouped(
        lambda relance: relance.step_id.template_id
    ).items():
        template.send_mail_batch(group.ids)
    relances.env.flush_all()


def measure_mails(env, limit, report):
    """Dispatch by e-mail beside Odoo's own ``send_mail_batch``: same templates, same records."""
    relances = env["btp.relance"].search(
        [("state", "=", "approved")], limit=limit + WARM_UP, order="id"
    )
    assert set(relances.mapped("channel")) == {"email"}, (
        "the first reminders are not all e-mails"
    )
    warm_up, relances = relances[:WARM_UP], relances[WARM_UP:]

    send_by_odoo(warm_up)
    env.cr.rollback()
    with fresh(env) as cost:
        send_by_odoo(relances)
    cost.items = len(relances)
    env.cr.rollback()
    report("odoo_mails", cost)

    engine = env["btp.relance.engine"]
    engine.dispatch(limit=WARM_UP)
    env.cr.commit()
    before = env["mail.mail"].search_count([])
    with fresh(env) as cost:
        engine.dispatch(limit=len(relances))
        env.cr.commit()
    cost.items = env["mail.mail"].search_count([]) - before
    report("dispatch", cost)
    assert cost.items == len(relances), (
        f"{cost.items} mails for {len(relances)} reminders"
    )
