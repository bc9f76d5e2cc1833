# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What printing a letter costs beside Odoo's own print of an invoice.

Each side prints its papers one by one, as a person does, by turns, so that a machine that
gets slower slows both. What a process does once (importing the renderer, its fonts, the first
compilation of templates) is measured apart, on the first paper of each side.
"""

from meter import Meter, average
from ours import configure

#: Lines of a letter: an ordinary reminder names a few invoices.
LINES = 3


def measure(env, count, report):
    """Print as many letters and invoices; give each cost to ``report(name, cost)``."""
    letters, moves = make_papers(env, count + 1)
    sides = {"invoice": (print_invoice, moves), "letter": (print_letter, letters)}
    for name, (work, records) in sides.items():
        report(f"paper_first_{name}", cost_of(env, work, records[:1]))
    costs = {name: [] for name in sides}
    for rank in range(1, count + 1):
        for name, (work, records) in sides.items():
            costs[name].append(cost_of(env, work, records[rank]))
    for name, made in costs.items():
        report(f"paper_{name}", average(made))


def cost_of(env, work, record):
    """The cost of printing one record, from an empty cache as in a request of its own."""
    env.invalidate_all()
    with Meter(env.cr) as cost:
        assert work(env, record)[:5] == b"%PDF-"
    cost.items = 1
    return cost


def make_papers(env, count):
    """Letters of a few invoices each, planned for real; and invoices to print beside them."""
    company = env.company
    configure(env)
    if not company.partner_id.bank_ids:
        env["res.partner.bank"].create(
            {
                "partner_id": company.partner_id.id,
                "acc_number": "FR7630001007941234567890185",
            }
        )
    # One page of A4, as the invoice beside it.
    template = env.ref("btp_relance.template_good_p15")
    env["btp.relance.step"].search([("channel", "!=", "call")]).write(
        {"channel": "letter", "template_id": template.id}
    )
    env["res.partner"].search([("customer_rank", ">", 0)]).write(
        {"street": "1 rue du Port", "zip": "13002", "city": "Marseille"}
    )
    env["btp.relance.engine"].plan(companies=company)
    letters = env["btp.relance"].search([("channel", "=", "letter")])
    letters = letters.sorted(lambda relance: abs(relance.line_count - LINES))[:count]
    moves = env["account.move"].search(
        [("move_type", "=", "out_invoice"), ("state", "=", "posted")], limit=count
    )
    if len(letters) < count or len(moves) < count:
        raise SystemExit(f"Only {len(letters)} letters and {len(moves)} invoices")
    return letters, moves


def print_invoice(env, move):
    """Odoo's own print of an invoice, by wkhtmltopdf."""
    report = env["ir.actions.report"].with_context(force_report_rendering=True)
    return report._render_qweb_pdf(
        "account.account_invoices", res_ids=move.ids, data={"proforma": False}
    )[0]


def print_letter(env, relance):
    """Our print of a letter."""
    return env["ir.actions.report"]._render_qweb_pdf(
        "btp_relance.letter", res_ids=relance.ids
    )[0]
