# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small ledger made through Odoo's own accounting: 20 customers, 200 posted invoices.

18 of the customers owe money: each has four overdue échéances of ten invoices, the rest of
the ledger is paid. :mod:`multiply` then copies it as often as the benchmark needs.
"""

from datetime import timedelta

from odoo.fields import Command, Date

CUSTOMERS = 20
DEBTORS = 18
INVOICES_EACH = 10
INVOICES = CUSTOMERS * INVOICES_EACH
OVERDUE_EACH = 4

#: Shares and delays in days of the terms in use.
NET_30 = [(100, 30)]
INSTALMENTS = [(30, 30), (30, 60), (40, 90)]


def french_company(env):
    """The company to invoice from: French, with the French chart of accounts."""
    company = env.ref("base.main_company")
    if company.chart_template != "fr":
        company.country_id = env.ref("base.fr")
        env["account.chart.template"].try_loading("fr", company)
    company.email = company.email or "compta@btp.example.com"
    return company


def make_term(env, shares):
    """A payment term out of (percent, days) pairs."""
    return env["account.payment.term"].create(
        {
            "name": " / ".join(f"{percent} % {days} j" for percent, days in shares),
            "line_ids": [
                Command.create(
                    {"value": "percent", "value_amount": percent, "nb_days": days}
                )
                for percent, days in shares
            ],
        }
    )


def make_customers(env):
    """Customers with an e-mail; every third has an accounting contact of its own."""
    france, lang = env.ref("base.fr").id, env.lang
    return env["res.partner"].create(
        [
            {
                "name": f"Client {number}",
                "is_company": True,
                "country_id": france,
                "lang": lang,
                "city": "Lyon",
                "phone": "+33 4 72 00 00 00",
                "email": f"client{number}@example.com",
                "child_ids": [
                    Command.create(
                        {
                            "name": "Comptabilité",
                            "type": "invoice",
                            "email": f"compta{number}@example.com",
                        }
                    )
                ]
                if number % 3 == 0
                else [],
            }
            for number in range(CUSTOMERS)
        ]
    )


def invoices_of(number):
    """Yield (shares of the term, days since the invoice, what became of it) for a customer.

    Ages are spread by small co-prime steps, so that every day a few échéances reach a step.
    """
    if number < DEBTORS:
        yield (
            INSTALMENTS,
            61 + number * 7 % 28,
            "open",
        )  # two instalments late, one to come
        yield NET_30, 31 + number * 11 % 120, "open"
        yield NET_30, 31 + (number * 17 + 5) % 60, "half"
    else:
        yield from [(NET_30, 200 + 10 * number, "paid")] * 3
    yield NET_30, 29 - number * 5 % 28, "open"  # not due yet
    for rank in range(4):
        yield NET_30, 60 + (number * 37 + rank * 160) % 640, "paid"
    yield INSTALMENTS, 150 + number * 13 % 200, "paid"
    yield NET_30, 90 + number * 19 % 300, "refunded" if number % 2 else "paid"


def make_invoices(env, customers, today):
    """Create and post the invoices; return them by what becomes of them."""
    terms = {id(shares): make_term(env, shares) for shares in (NET_30, INSTALMENTS)}
    values, fates = [], []
    for number, customer in enumerate(customers):
        for slot, (shares, days, fate) in enumerate(invoices_of(number)):
            date = today - timedelta(days=days)
            values.append(
                invoice_values(
                    customer, date, terms[id(shares)], 850 + 37 * number + 113 * slot
                )
            )
            fates.append(fate)
    invoices = env["account.move"].create(values)
    invoices.action_post()
    return {
        fate: invoices.browse(
            inv.id for inv, its in zip(invoices, fates, strict=True) if its == fate
        )
        for fate in set(fates)
    }


def invoice_values(customer, date, term, price, move_type="out_invoice"):
    """One invoice of one line, with the VAT that the company's sales bear."""
    line = {
        "name": "Travaux de gros œuvre",
        "price_unit": price,
        "tax_ids": [Command.set(customer.env.company.account_sale_tax_id.ids)],
    }
    return {
        "move_type": move_type,
        "partner_id": customer.id,
        "invoice_date": date,
        "date": date,
        "invoice_payment_term_id": term.id,
        "invoice_line_ids": [Command.create(line)],
    }


def pay(invoices, date, share=1.0):
    """Register a payment of a share of each customer's invoices, as a user does."""
    for mine in invoices.grouped("commercial_partner_id").values():
        wizard = (
            mine.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=mine.ids)
            .create({"payment_date": date, "group_payment": True})
        )
        if share != 1.0:
            wizard.amount = wizard.currency_id.round(wizard.amount * share)
        wizard.action_create_payments()


def refund(invoices, date):
    """Reverse the invoices by credit notes, reconciled with them."""
    wizard = (
        invoices.env["account.move.reversal"]
        .with_context(active_model="account.move", active_ids=invoices.ids)
        .create({"journal_id": invoices.journal_id[:1].id, "date": date})
    )
    wizard.refund_moves()
    wizard.new_move_ids.action_post()


def make_open_credits(env, customers, today):
    """Leave a small credit note unallocated for some of the debtors."""
    term = env.ref("account.account_payment_term_immediate")
    date = today - timedelta(days=20)
    env["account.move"].create(
        [
            invoice_values(customer, date, term, 50, "out_refund")
            for customer in customers[:DEBTORS:6]
        ]
    ).action_post()


def make_seed(env, today=None):
    """Make the whole small ledger; return its customers."""
    today = today or Date.today()
    company = french_company(env)
    env = env(
        context={
            **env.context,
            "allowed_company_ids": company.ids,
            "tracking_disable": True,
        }
    )
    customers = make_customers(env)
    invoices = make_invoices(env, customers, today)
    pay(invoices["paid"], today)
    pay(invoices["half"], today, share=0.5)
    refund(invoices["refunded"], today)
    make_open_credits(env, customers, today)
    env.flush_all()
    give_links(env, customers)
    return customers


def give_links(env, customers):
    """Give the invoices their link to the portal, as sending them by e-mail does.

    Odoo takes 45 ms an invoice to write it: a mail that has to would be measured for that.
    """
    env.cr.execute(
        "UPDATE account_move SET access_token = gen_random_uuid()::text"
        " WHERE partner_id = ANY(%s) AND move_type IN ('out_invoice', 'out_refund')",
        (customers.ids,),
    )
    env.invalidate_all()
