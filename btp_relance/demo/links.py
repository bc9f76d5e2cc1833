# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the customers and the site people of the demo company open without an account."""


def collect(env) -> list[tuple[str, str]]:
    """Return one link a case: what it shows, and its address.

    :param env: an environment of the superuser on the demo database
    :return: ``[(title, URL)]``, without the cases that are not there
    """
    company = env.ref("__btp_demo__.company", raise_if_not_found=False)
    if not company:
        return []
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    mine = [("company_id", "=", company.id)]

    def first(model, *domain, order="id"):
        return env[model].search([*mine, *domain], order=order, limit=1)

    def page(partner):
        relance = first(
            "btp.relance",
            ("partner_id", "=", partner.id),
            ("state", "=", "sent"),
            ("kind", "=", "reminder"),
            order="id desc",
        )
        return relance and relance._get_page_url()

    asked = first(
        "btp.document.request", ("state", "=", "open"), ("assignee_id", "=", False)
    )
    cases = [
        ("Customer: what is due, to pay, promise, contest", _owes_most(env, company)),
        ("Customer: a promise under way", first("btp.promise", ("state", "=", "open"))),
        ("Customer: a promise broken", first("btp.promise", ("state", "=", "broken"))),
        (
            "Customer: an invoice contested",
            first("btp.dispute", ("state", "=", "open")),
        ),
        ("Customer: documents to upload", asked),
    ]
    links = [(title, page(case.partner_id)) for title, case in cases if case]
    for title, state in (
        ("Customer: instalments to sign", "to_sign"),
        ("Customer: instalments under way", "active"),
    ):
        plan = first("btp.payment.plan", ("state", "=", state))
        links.append((title, plan and plan._get_page_url()))
    for title, kind in (
        ("Site: a document is missing", "document"),
        ("Site: an invoice is contested", "dispute"),
    ):
        task = first("btp.site.task", ("kind", "=", kind), ("state", "=", "open"))
        links.append((title, task and task._get_url()))
    return [(title, url) for title, url in links if url]


def _owes_most(env, company):
    """Return the last reminder sent to whoever has most amounts due."""
    relances = env["btp.relance"].search(
        [
            ("company_id", "=", company.id),
            ("state", "=", "sent"),
            ("kind", "=", "reminder"),
        ]
    )
    return max(relances, key=lambda one: one.line_count, default=relances)
