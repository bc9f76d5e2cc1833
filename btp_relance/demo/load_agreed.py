# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the customers of the demo company promised, and pay by instalments."""

import base64
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from ..const import OPEN_STATES
from ..engine.plan import Instalment
from ..models.account_move_interest_data import to_decimal

QUOTE = "Le virement partira vendredi, dès le retour de notre comptable."
NOTE = "Un gros client nous règle en retard : pouvons-nous étaler cette facture ?"
TOLD = "Démonstration : aucun message réel"
#: Amounts worth a promise, and those for whose instalments a manager is asked.
LEAST, SMALL, LARGE = 300, 3000, 15000


def play(env, company) -> dict:
    """Make a case of each promise and each plan.

    :param env: the environment of the loader (superuser, in French)
    :param company: the demo company, reminders switched on
    :return: ``{name: record}``
    """
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    company = company.with_env(env)
    made = {**_promise(env, company), **_plan(env, company)}
    # Nothing of this leaves: it is a demonstration.
    queued = env["btp.confirmation"].search(
        [("company_id", "=", company.id), ("state", "=", "queued")]
    )
    queued.write({"state": "skipped", "reason": TOLD})
    return made


def _free(env, company, **amounts):
    """Return overdue amounts that nothing holds, one a customer, oldest first.

    :param amounts: ``least`` and ``most`` in the company's currency
    """
    due = (
        env["btp.echeance"]
        .search(
            [
                ("company_id", "=", company.id),
                ("days_overdue", ">", 0),
                ("is_retention", "=", False),
                ("regime", "in", ("b2b", "b2c", "nonpro")),
                ("residual_company", ">=", amounts.get("least", 0)),
                ("residual_company", "<=", amounts.get("most", 10**9)),
            ]
        )
        .filtered(
            lambda one: one.hold_code in (False, "frequency", "finished")
            and one.scenario_id.allow_plan
        )
    )
    lines = env["account.move.line"]
    busy, agreed = _busy(env, company), _agreed(env, company)
    for one in due:
        # One a customer; another amount of the same customer where there are too few.
        if one.partner_id not in busy and one.id not in agreed.ids:
            lines |= lines.browse(one.id)
    first = lines.filtered(
        lambda line: line == _of(lines, line.partner_id.commercial_partner_id)[0]
    )
    return first + (lines - first)


def _of(lines, partner):
    return lines.filtered(lambda line: line.partner_id.commercial_partner_id == partner)


def _busy(env, company):
    """Return the customers who have a reminder under way."""
    return (
        env["btp.relance"]
        .search([("company_id", "=", company.id), ("state", "in", OPEN_STATES)])
        .partner_id
    )


def _agreed(env, company):
    """Return the amounts about which something was agreed already."""
    mine = [("company_id", "=", company.id)]
    return (
        env["btp.promise.line"].search(mine).move_line_id
        | env["btp.payment.plan.source"].search(mine).move_line_id
    )


def _paid(env, company, partly: bool):
    """Return amounts due paid lately by one transfer, in whole or in part."""
    lines = env["account.move.line"].search(
        [
            ("company_id", "=", company.id),
            ("account_type", "=", "asset_receivable"),
            ("move_id.move_type", "=", "out_invoice"),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", not partly),
            ("matched_credit_ids", "!=", False),
        ],
        order="date_maturity desc, id desc",
    )
    found = lines.filtered(
        lambda line: len(line.matched_credit_ids) == 1
        and line.matched_credit_ids.credit_move_id.move_id.move_type == "entry"
        and (not partly or line.amount_residual > 300)
    )
    busy = _busy(env, company)
    return found.sorted(lambda line: line.partner_id.commercial_partner_id in busy)


# === PROMISES === #


def _promise(env, company) -> dict:
    today = env["btp.echeance"]._get_today()
    promises = env["btp.promise"]
    lines = _free(env, company, least=LEAST)
    made = {}
    for name, line in zip(("open", "proposed", "broken"), lines, strict=False):
        day = today + timedelta(days=4) if name != "broken" else today
        promise = promises._make(
            line.partner_id,
            company,
            day,
            line,
            source={"open": "customer", "proposed": "answer"}.get(name, "agent"),
            quote=QUOTE if name == "proposed" else None,
            state="proposed" if name == "proposed" else "open",
        )
        made[f"promise_{name}"] = promise
    if broken := made.get("promise_broken"):
        _age(broken.sudo(), 12)
        broken.sudo()._judge()
    for line in _paid(env, company, partly=False)[:1]:
        made["promise_kept"] = _keep(env, company, line)
    return made


def _age(promise, days: int):
    """Let a promise have been made so many days ago, for five days later."""
    made_on = promise.made_on - timedelta(days=days)
    day = made_on + timedelta(days=5)
    promise.write(
        {
            "made_on": made_on,
            "opened_on": made_on,
            "date": day,
            "hold_until": promise.company_id._get_btp_pause(day, 2),
        }
    )


def _keep(env, company, line):
    """Let an amount have been promised some days before it was paid."""
    paid_on = line.matched_credit_ids.max_date
    made_on = paid_on - timedelta(days=6)
    promise = env["btp.promise"].create(
        {
            "company_id": company.id,
            "partner_id": line.partner_id.commercial_partner_id.id,
            "contact_id": line.partner_id.id,
            "source": "customer",
            "made_on": made_on,
            "opened_on": made_on,
            "date": paid_on,
            "hold_until": company._get_btp_pause(paid_on, 2),
            "currency_id": line.currency_id.id,
            "amount": line.amount_currency,
            "user_id": company.btp_relance_user_id.id,
            "line_ids": [
                (0, 0, {"move_line_id": line.id, "amount": line.amount_currency})
            ],
        }
    )
    promise._judge()
    return promise


# === INSTALMENTS === #


def _plan(env, company) -> dict:
    today = env["btp.echeance"]._get_today()
    plans = env["btp.payment.plan"]
    first = today + timedelta(days=15)
    made = {}
    for line in _paid(env, company, partly=True)[:1]:
        made["plan_active"] = _begun(env, company, line, today)
    for line in _free(env, company, least=SMALL + 1, most=LARGE)[:1]:
        made["plan_requested"] = plans._request(
            line.partner_id, company, line, 3, first, note=NOTE
        )
    lines = _free(env, company, least=LEAST)
    for line in lines[:1]:
        made["plan_to_sign"] = _propose(company, line, 2, first)
    for line in lines[1:2]:
        plan = _propose(company, line, 3, today)
        _sign(plan, today - timedelta(days=40))
        _shift(plan, 25)
        plan._follow()
        plan.warned_on = today - timedelta(days=10)
        plan.warned_until = today - timedelta(days=2)
        plan._void()
        made["plan_void"] = plan
    return made


def _propose(company, line, count, first):
    """Let an agent propose instalments, and a manager approve them where it takes one."""
    plans = line.env["btp.payment.plan"]
    plan = plans._request(
        line.partner_id, company, line, count, first, source="agent"
    ).sudo()
    if plan.state == "requested":
        plan._propose()
    return plan


def _begun(env, company, line, today):
    """Let the part already paid of an amount be the first instalment of a plan."""
    paid = line.matched_credit_ids
    part = line.currency_id.round(line.amount_residual_currency / 2)
    rest = line.currency_id.round(line.amount_residual_currency - part)
    plan = env["btp.payment.plan"]._request(
        line.partner_id,
        company,
        line,
        2,
        today + timedelta(days=12),
        source="agent",
        instalments=[
            (today + timedelta(days=12), part),
            (today + timedelta(days=42), rest),
        ],
    )
    plan = plan.sudo()
    total, currency = line.amount_currency, line.currency_id
    days = [paid.max_date, *plan.instalment_ids.mapped("date")]
    amounts = [paid.debit_amount_currency, part, rest]
    plan.instalment_ids.unlink()
    plan.write(
        {
            "amount": total,
            "state": "to_sign",
            "instalment_ids": plan._prepare_instalments(
                Instalment(day, to_decimal(amount, currency))
                for day, amount in zip(days, amounts, strict=True)
            ),
        }
    )
    plan.source_line_ids.amount = total
    _sign(plan, paid.max_date - timedelta(days=5))
    plan.source_line_ids.paid_before = 0
    plan._follow()
    return plan


def _shift(plan, days: int):
    """Let the instalments have begun so many days ago."""
    for instalment in plan.instalment_ids:
        instalment.date -= timedelta(days=days)


def _sign(plan, day):
    """Sign a plan as its customer, and let it have been done on ``day``."""
    plan._sign(plan.contact_id.name, _draw(), "192.0.2.10", plan._get_mention())
    plan.signed_day = day


def _draw() -> bytes:
    """Return a signature that is nobody's."""
    image = Image.new("RGBA", (300, 90), (255, 255, 255, 0))
    pen = ImageDraw.Draw(image)
    points = [(20, 60), (50, 20), (70, 70), (100, 25), (120, 65), (170, 40), (280, 55)]
    pen.line(points, fill=(20, 40, 120, 255), width=3, joint="curve")
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return base64.b64encode(stream.getvalue())
