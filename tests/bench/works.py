# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What invoices of works cost beside Odoo's own: opening the list, and posting situations.

Each side does its share in turns, a little at a time, so that a machine that gets slower
slows both.
"""

import seed
from database import tidy
from lxml import etree
from meter import average
from ours import fresh

from odoo.fields import Command, Date

#: How often the list is opened by each side.
OPENINGS = 5
#: Invoices posted at once, by turns.
BATCH = 100
#: Share of the bench's invoices whose chantier is the same.
INVOICES_OF_A_CHANTIER = 20
#: What a situation and the plain invoice beside it both bill: works, revision, penalties.
WORKS, INDEX, PENALTIES = 10_000, 133.6, 50


def measure(env, opened, posted, months, report):
    """Measure both; give each cost to ``report(name, cost)`` as soon as known.

    :param months: situations of each contract: the first one alone makes its list of documents
    """
    # What is only prepared leaves no trace in the chatter; what is measured does as usual.
    quiet = env(context={**env.context, "tracking_disable": True})
    chantiers = make_chantiers(
        quiet, max(opened // INVOICES_OF_A_CHANTIER, -(-posted // months))
    )
    give_works(env, chantiers)
    tidy(env.cr.dbname)
    measure_list(env, opened, report)
    measure_posting(env, chantiers[: -(-posted // months)], posted, report)


def make_chantiers(env, count):
    """Contracts with a revised price, for the customers of the ledger."""
    customers = env["res.partner"].search([("customer_rank", ">", 0)], limit=200)
    chantiers = env["btp.chantier"].create(
        [
            {
                "name": f"Chantier {number}",
                "code": f"B{number:06}",
                "partner_id": customers[number % len(customers)].id,
                "contract_reference": f"M-{number}",
                "contract_amount": 100_000,
                "is_revised": True,
                "revision_index_base": 130.0,
            }
            for number in range(count)
        ]
    )
    env.cr.commit()
    return chantiers


def give_works(env, chantiers):
    """Spread the ledger's invoices over the chantiers, as situations of some progress.

    They keep no cumul: none of them is a link of the chains that are posted below.
    """
    env.cr.execute(
        """
        UPDATE account_move
           SET btp_chantier_id = (%(chantiers)s)[1 + id %% %(count)s],
               btp_billing_stage = 'situation', btp_progress = id %% 100,
               btp_visa_on = invoice_date
         WHERE move_type = 'out_invoice'
        """,
        {"chantiers": chantiers.ids, "count": len(chantiers)},
    )
    env.cr.commit()
    env.invalidate_all()


def specification(env):
    """What the browser asks for when it opens the list of invoices, by column."""
    moves = env["account.move"]
    view = env.ref("account.view_out_invoice_tree")
    arch = etree.fromstring(moves.get_view(view.id, "list")["arch"])
    columns = {}
    for node in arch.iter("field"):
        name = node.get("name")
        related = moves._fields[name].relational
        columns[name] = {"fields": {"display_name": {}}} if related else {}
    return columns


def measure_list(env, count, report):
    """Open the list with every column of the view, and with Odoo's alone."""
    columns = specification(env)
    odoo_s = {name: spec for name, spec in columns.items() if "btp_" not in name}
    report("columns", odoo=len(odoo_s), ours=len(columns) - len(odoo_s))
    sides = {"list_odoo": odoo_s, "list_ours": columns}
    costs = {name: [] for name in sides}
    domain = [("move_type", "=", "out_invoice")]
    for turn in range(OPENINGS + 1):
        for name, spec in sides.items():
            with fresh(env) as cost:
                found = env["account.move"].web_search_read(domain, spec, limit=count)
            cost.items = len(found["records"])
            if turn:  # the first one warms caches
                costs[name].append(cost)
    for name, measured in costs.items():
        report(name, average(measured))


def measure_posting(env, chantiers, count, report):
    """Post situations and plain invoices with the same lines, by turns."""
    quiet = chantiers.env
    situations = make_situations(quiet, chantiers, count)
    plain = make_plain(quiet, situations)
    assert list(map(len, situations.mapped("invoice_line_ids"))) == list(
        map(len, plain.mapped("invoice_line_ids"))
    )
    assert set(map(len, (move.invoice_line_ids for move in situations))) == {3}
    env.cr.commit()
    tidy(env.cr.dbname)
    sides = {"post_plain": plain, "post_situations": situations}
    costs = {name: [] for name in sides}
    for start in range(0, count, BATCH):
        for name, moves in sides.items():
            some = moves[start : start + BATCH].ids
            with fresh(env) as cost:
                env["account.move"].browse(some).action_post()
                env.flush_all()
            cost.items = len(some)
            costs[name].append(cost)
    env.cr.commit()
    for name, measured in costs.items():
        report(name, average(measured))
    assert set((situations | plain).mapped("state")) == {"posted"}


def make_situations(env, chantiers, count):
    """The situations of each chantier, month after month, each standing on the one before."""
    moves = env["account.move"]
    months = -(-count // len(chantiers))
    for rank in range(1, months + 1):
        moves |= moves.create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": chantier.partner_id.id,
                    "invoice_date": Date.today(),
                    "btp_chantier_id": chantier.id,
                    "btp_billing_stage": "situation",
                    "btp_claimed_cumul": WORKS * rank,
                    "btp_revision_index": INDEX,
                    "btp_penalties": PENALTIES,
                }
                for chantier in chantiers
            ]
        )
    assert set(moves.mapped("btp_situation_number")) == set(range(1, months + 1))
    return moves[:count]


def make_plain(env, situations):
    """The same invoices, typed line by line."""
    return env["account.move"].create(
        [
            {
                **seed.invoice_values(
                    move.partner_id, move.invoice_date, move.invoice_payment_term_id, 0
                ),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": line.name,
                            "price_unit": line.price_unit,
                            "tax_ids": [Command.set(line.tax_ids.ids)],
                        }
                    )
                    for line in move.invoice_line_ids
                ],
            }
            for move in situations
        ]
    )
