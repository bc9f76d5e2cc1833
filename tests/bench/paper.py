# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What printing a letter costs beside Odoo's own print of an invoice, of one page and of two.

Each side prints its papers one by one, as a person does, by turns, so that a machine that
gets slower slows both. What a process does once (importing the renderer, its fonts, the first
compilation of templates) is measured apart, on the first paper of each side. Odoo's side has
a web server of its own for its styles (``report.url``), whose time is not counted.
"""

import io
import re
from contextlib import contextmanager
from datetime import timedelta

import seed
from meter import Meter, average
from ours import configure

from odoo.fields import Command, Date
from odoo.tools.pdf import PdfFileReader

from tools import serving

#: Addresses of the styles that a page names.
STYLES = re.compile(r"""href="(/web/assets/[^"]+)""")
#: Lines of a letter of one page: an ordinary reminder names a few invoices.
LINES = 3
#: What makes two pages: invoices that a letter names, lines that an invoice has.
NAMED, BILLED = 20, 32


def measure(env, count, report):
    """Print as many letters and invoices; give each cost to ``report(name, cost)``."""
    prepare(env)
    letters, moves = make_papers(env, count + 1)
    long_letters, long_moves = make_long_papers(env, count + 1)
    env.cr.commit()
    sides = {
        "invoice": (print_invoice, moves, 1),
        "letter": (print_letter, letters, 1),
        "invoice_2": (print_invoice, long_moves, 2),
        "letter_2": (print_letter, long_letters, 2),
    }
    with serve_styles(env):
        for name, (work, records, pages) in sides.items():
            report(f"paper_first_{name}", cost_of(env, work, records[:1], pages))
        costs = {name: [] for name in sides}
        for rank in range(1, count + 1):
            for name, (work, records, pages) in sides.items():
                costs[name].append(cost_of(env, work, records[rank], pages))
    for name, made in costs.items():
        report(f"paper_{name}", average(made))


def cost_of(env, work, record, pages):
    """The cost of printing one record, from an empty cache as in a request of its own."""
    env.invalidate_all()
    with Meter(env.cr) as cost:
        content = work(env, record)
    cost.items = 1
    found = len(PdfFileReader(io.BytesIO(content), strict=False).pages)
    assert found == pages, f"{record} takes {found} pages, not {pages}"
    return cost


@contextmanager
def serve_styles(env):
    """A web server for the styles of Odoo's prints, in a process of its own."""
    server = serving.Server(env.cr.dbname, log_name="bench-styles")
    with server.start("--max-cron-threads=0"):
        env["ir.config_parameter"].set_param("report.url", server.url)
        env.cr.commit()
        # Made once, kept by the database: no print waits for it.
        move = env["account.move"].search([("state", "=", "posted")], limit=1)
        html = env["ir.actions.report"]._render_qweb_html(
            "account.account_invoices", move.ids
        )[0]
        paths = set(STYLES.findall(html.decode()))
        assert paths, "the print names no styles"
        for path in paths:
            with serving.opener.open(server.url + path, timeout=120) as answer:
                assert answer.read(), path
        yield


def prepare(env):
    """Switch reminders on, with what a letter needs."""
    configure(env)
    give_addresses(env)
    # One page of A4, as the invoice beside it.
    template = env.ref("btp_relance.template_good_p15")
    env["btp.relance.step"].search([("channel", "!=", "call")]).write(
        {"channel": "letter", "template_id": template.id}
    )


def give_addresses(env):
    """Addresses and a bank account, as papers print them."""
    partner = env.company.partner_id
    address = {"street": "1 rue du Port", "zip": "13002", "city": "Marseille"}
    partner.write(address)
    if not partner.bank_ids:
        env["res.partner.bank"].create(
            {"partner_id": partner.id, "acc_number": "FR7630001007941234567890185"}
        )
    env["res.partner"].search([("customer_rank", ">", 0)]).write(address)


def make_papers(env, count):
    """Letters of a few invoices each, planned for real; and invoices to print beside them."""
    letters = plan(env).sorted(lambda relance: abs(relance.line_count - LINES))[:count]
    moves = env["account.move"].search(
        [("move_type", "=", "out_invoice"), ("state", "=", "posted")], limit=count
    )
    if len(letters) < count or len(moves) < count:
        raise SystemExit(f"Only {len(letters)} letters and {len(moves)} invoices")
    return letters, moves


def make_long_papers(env, count):
    """Letters that name many invoices, and invoices of many lines: two pages each."""
    partners = env["res.partner"].create(
        [
            {"name": f"Grand compte {number}", "is_company": True, "customer_rank": 1}
            for number in range(count)
        ]
    )
    give_addresses(env)
    term = env.ref("account.account_payment_term_immediate")
    day = Date.today() - timedelta(days=40)
    values = [
        seed.invoice_values(partner, day, term, 900 + rank)
        for partner in partners
        for rank in range(NAMED)
    ]
    long = [
        seed.invoice_values(partner, Date.today(), term, 900) for partner in partners
    ]
    for vals in long:
        [(_create, _id, line)] = vals["invoice_line_ids"]
        vals["invoice_line_ids"] = [Command.create(dict(line)) for _ in range(BILLED)]
    moves = env["account.move"].create(values + long)
    moves.action_post()
    seed.give_links(env, partners)
    letters = plan(env).filtered(lambda relance: relance.partner_id in partners)
    return letters, moves[len(values) :]


def plan(env):
    """Plan the reminders of the day; return the letters among them."""
    relances = env["btp.relance.engine"].plan(companies=env.company)
    return relances.filtered(lambda relance: relance.channel == "letter")


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
