# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each user may call from outside, through each of Odoo's doors.

An agent of the company, an agent and a manager of another one, a colleague who sends no
reminders, a customer with a portal account.
"""

import json
import urllib.error
import urllib.request
import xmlrpc.client

import outside
import pytest

#: Makes the users and another company with a debt and a reminder of its own.
PEOPLE = """
from datetime import date, datetime, timedelta
from odoo.fields import Command

env = env(context=dict(env.context, tracking_disable=True))
ours = env.company
other = env["res.company"].create({"name": "Autre BTP", "country_id": env.ref("base.fr").id})
env["account.chart.template"].try_loading("fr", other)
other.write({"btp_default_scenario_id": ours.btp_default_scenario_id.id,
             "btp_relance_active": True})
theirs = env["res.partner"].create({"name": "Client d'en face", "email": "face@example.com"})
env["account.move"].with_company(other).create({
    "move_type": "out_invoice", "partner_id": theirs.id,
    "invoice_date_due": date.today() - timedelta(days=5),
    "invoice_line_ids": [Command.create({"name": "Travaux", "price_unit": 700, "tax_ids": []})],
}).action_post()
def user(login, company, *groups):
    return env["res.users"].create({
        "name": login, "login": login, "password": login, "lang": "fr_FR",
        "company_id": company.id, "company_ids": [Command.set(company.ids)],
        "group_ids": [Command.set([env.ref(group).id for group in groups])]})
agent = user("agent", ours, "btp_relance.group_agent")
user("manager", ours, "btp_relance.group_manager")
user("facing", other, "btp_relance.group_agent")
user("facing_manager", other, "btp_relance.group_manager")
user("mason", ours, "base.group_user")
user("clerk", ours, "account.group_account_invoice")
user("client", ours, "base.group_portal")
other.btp_relance_user_id = env["res.users"].search([("login", "=", "facing")])
env["btp.relance.engine"].plan()
relances = env["btp.relance"].search([])
mine = relances.filtered(lambda relance: relance.company_id == ours)
mine[:5].state = "proposed"
key = env(user=agent)["res.users.apikeys"]._generate(
    "rpc", "tests", datetime.now() + timedelta(days=1))
result = {
    "ours": ours.id, "other": other.id, "key": key, "mine": mine.ids,
    "their": (relances - mine).ids, "move": mine[0].line_ids.move_id.ids[0],
    "partner": mine[0].partner_id.id, "step": mine[0].step_id.id,
    "echeance": mine[0].line_ids.move_line_id.ids[0],
}
"""

#: Says no: Odoo's exceptions for a method or a record that one may not reach.
DENIED = "AccessError|MissingError|is private|cannot be called remotely"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """A server on a ledger with two companies; ``facts`` names the records."""
    with outside.workshop(tmp_path_factory) as workshop:
        workshop.begin()
        workshop.facts = workshop.nursery.run(PEOPLE)
        with workshop.server() as server:
            workshop.site = server
            yield workshop


@pytest.fixture
def facts(office):
    """The ids of the records to try."""
    return office.facts


@pytest.fixture
def user(office, jsonrpc):
    """A function that logs a user in."""
    return lambda login: jsonrpc(office.site, login, login)


def state(office, id_):
    """The state of a reminder, looked up in the database."""
    return outside.value(
        office.database, "SELECT state FROM btp_relance WHERE id = %s", id_
    )


# === METHODS THAT NOBODY CALLS === #

PRIVATE = [
    ("btp.relance.engine", "run_daily", []),
    ("btp.relance.engine", "plan", []),
    ("btp.relance.engine", "dispatch", []),
    ("btp.relance.engine", "_cron_plan", []),
    ("btp.relance.engine", "_cron_dispatch", []),
    ("btp.relance", "_done", [[1]]),
    ("btp.relance", "_fail", [[1], "x"]),
    ("btp.relance", "_cancel", [[1], "x"]),
    ("btp.relance", "_resend", [[1]]),
    ("btp.relance.event", "_append", [[]]),
    ("btp.relance.event", "_cron_seal", []),
    ("btp.relance.event", "_erase_personal", [[1]]),
    ("btp.privacy.run", "_cron_purge", []),
    ("btp.relance.activation.line", "_place", [[1]]),
    ("btp.relance.forecast", "_simulate", [[1]]),
    ("btp.echeance", "_relation", ["2025-01-01"]),
]


@pytest.mark.parametrize("login", ["admin", "mason"])
def test_what_the_engine_does_is_called_by_nobody(user, login):
    rpc = user(login)
    for model, method, args in PRIVATE:
        with pytest.raises(RuntimeError, match=DENIED):
            rpc.call(model, method, *args)


def test_the_other_doors_are_closed_too(office, facts):
    """XML-RPC, its JSON-RPC twin, and the one with an API key."""
    before = outside.states(office.database)
    admin = (office.database, 2, "admin")
    with xmlrpc.client.ServerProxy(f"{office.site.url}/xmlrpc/2/object") as proxy:
        for model, method, args in PRIVATE[:5]:
            with pytest.raises(xmlrpc.client.Fault, match=DENIED):
                proxy.execute_kw(*admin, model, method, args)
    for model, method, _args in PRIVATE[:5]:
        with pytest.raises(urllib.error.HTTPError) as refused:
            call_with_key(office.site, facts["key"], model, method)
        refused.value.close()
        assert refused.value.code in (403, 404, 422)
    assert outside.states(office.database) == before


def call_with_key(site, key, model, method, **kwargs):
    """Call a method through /json/2, as a program with an API key does."""
    request = urllib.request.Request(
        f"{site.url}/json/2/{model}/{method}",
        json.dumps(kwargs).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=120) as response:
        return json.load(response)


#: Methods of ours that anyone who is logged in may call: they only return an action.
HARMLESS = {
    "action_btp_interest_details",
    "action_btp_waive_penalties",
    "action_open_form",
    "action_open_mail_preview",
    "action_open_move",
    "action_preview",
    "action_print_copy",
    "action_print_notice",
    "action_view_btp_chantier",
    "action_view_btp_documents",
    "action_view_btp_relances",
    "action_view_documents",
    "action_view_moves",
    "action_view_overdue",
    "action_view_relances",
    # Odoo's own, made to know our papers.
    "report_action",
}
#: What belongs to invoicing, and so to whoever invoices.
INVOICING = {
    "action_apply_btp_public_due",
    "action_attach",
    "action_btp_attach",
    "action_btp_make_lines",
    "action_btp_sync_documents",
    "action_select_all",
    "action_select_none",
    "button_cancel",
    "button_draft",
    "modify_moves",
    # Who invoices may know what cash is expected.
    "get_page",
}

#: What methods of a model ask for, so that they come to what they refuse.
GIVEN = {
    "create_supplier": [1],
    "get_lines_action": ["dso"],
    "parse_value": ["date_reception", "12/03/2026"],
    "preview_review": [1, {}],
    "save_review": [1, {}],
}

#: Public methods of our models that no class of Odoo's has.
PUBLIC = """
import inspect
base = {name for model in ("res.country", "res.partner", "mail.thread", "mail.activity.mixin")
        for name in dir(type(env[model]))}
result = []
for name, cls in env.registry.models.items():
    ours = {attribute for part in cls.mro() if part.__module__.startswith("odoo.addons.btp_")
            for attribute, value in vars(part).items()
            if inspect.isfunction(value) and not attribute.startswith("_")
            and not getattr(value, "_api_private", False)}
    result += [[name, attribute, hasattr(getattr(cls, attribute), "_api_model")]
               for attribute in sorted(ours - base)]
"""


def test_whoever_sends_no_reminders_calls_nothing(office, user):
    """Each public method of the addons, found by looking, as colleague and as customer."""
    methods = [
        found for found in office.nursery.run(PUBLIC) if found[1] not in HARMLESS
    ]
    names = {name for _model, name, _class in methods}
    assert {"action_approve", "action_verify", "get_my_day", "action_confirm"} <= names
    allowed = []
    for login in ("mason", "clerk", "client"):
        rpc = user(login)
        for model, name, on_model in methods:
            if login == "clerk" and name in INVOICING:
                continue
            try:
                rpc.call(model, name, *(GIVEN.get(name, []) if on_model else [[1]]))
            except RuntimeError as error:
                if "AccessError" in str(error) or "MissingError" in str(error):
                    continue
                allowed.append((login, model, name, str(error)[:200]))
            else:
                allowed.append((login, model, name, "done"))
    assert not allowed, "\n".join(map(str, allowed))


# === AN AGENT AND OTHERS === #


def test_an_agent_reads_approves_and_reads_the_journal(office, user, facts):
    agent = user("agent")
    first, second = facts["mine"][:2]
    found = agent.call(
        "btp.relance", "search_read", [["state", "=", "proposed"]], ["state"]
    )
    assert {first, second} <= {row["id"] for row in found}
    agent.call("btp.relance", "action_approve", [first])
    assert state(office, first) == "approved"
    agent.call("btp.relance", "action_skip", [second])
    assert state(office, second) == "cancelled"
    (row,) = agent.call(
        "btp.relance.event",
        "search_read",
        [["relance_id", "=", first]],
        ["kind", "author"],
    )
    assert (row["kind"], row["author"]) == ("approved", "agent")
    echeance = call_with_key(
        office.site,
        facts["key"],
        "btp.echeance",
        "read",
        ids=[facts["echeance"]],
        fields=["why"],
    )
    assert "o_btp_why" in echeance[0]["why"]


def test_an_agent_writes_no_state_and_no_history(office, user, facts):
    agent = user("agent")
    third = facts["mine"][2]
    event = outside.value(office.database, "SELECT max(id) FROM btp_relance_event")
    scenario = outside.value(
        office.database, "SELECT min(id) FROM btp_relance_scenario"
    )
    for model, method, *args in (
        ("btp.relance", "write", [third], {"state": "approved"}),
        ("btp.relance", "write", [third], {"amount_due": 1}),
        ("btp.relance", "unlink", [third]),
        (
            "btp.relance",
            "create",
            [{"partner_id": facts["partner"], "step_id": facts["step"]}],
        ),
        ("btp.relance", "copy", [third]),
        ("btp.relance.line", "create", [{"relance_id": third}]),
        (
            "btp.relance.event",
            "create",
            [{"kind": "sent", "company_id": facts["ours"]}],
        ),
        ("btp.relance.event", "write", [event], {"detail": "x"}),
        ("btp.relance.event", "unlink", [event]),
        ("btp.relance.scenario", "write", [scenario], {"name": "x"}),
        ("btp.relance.step", "write", [facts["step"]], {"approval": "auto"}),
        ("btp.relance.activation", "create", [{}]),
        ("res.company", "write", [facts["ours"]], {"btp_relance_active": False}),
        ("btp.echeance", "write", [facts["echeance"]], {"residual": 0}),
    ):
        with pytest.raises(RuntimeError, match="AccessError|UserError"):
            agent.call(model, method, *args)
    assert state(office, third) == "proposed"


def test_even_the_administrator_rewrites_no_journal(office, user):
    event = outside.value(office.database, "SELECT max(id) FROM btp_relance_event")
    for method, *args in (("write", [event], {"detail": "x"}), ("unlink", [event])):
        with pytest.raises(RuntimeError, match="AccessError|UserError"):
            user("admin").call("btp.relance.event", method, *args)


def search(rpc, model, *companies):
    """All records of a model that a user finds with these companies switched on."""
    context = {"allowed_company_ids": companies}
    return rpc.call(model, "search_read", [], ["company_id"], context=context)


@pytest.mark.parametrize("login", ["facing", "facing_manager"])
def test_another_company_sees_and_does_nothing_here(office, user, facts, login):
    facing = user(login)
    for model, expected in (
        ("btp.relance", facts["their"]),
        ("btp.relance.line", None),
        ("btp.relance.event", None),
        ("btp.echeance", None),
    ):
        # Naming our company in the context opens nothing.
        with pytest.raises(RuntimeError, match="AccessError"):
            search(facing, model, facts["other"], facts["ours"])
        rows = search(facing, model, facts["other"])
        assert {row["company_id"][0] for row in rows} <= {facts["other"]}
        assert expected is None or [row["id"] for row in rows] == expected
    fourth = facts["mine"][3]
    for method, *args in (
        ("read", [fourth], ["state"]),
        ("action_approve", [fourth]),
        ("action_skip", [fourth]),
        ("action_retry", [fourth]),
        ("action_mark_read", [fourth]),
        ("write", [fourth], {"contact_id": facts["partner"]}),
        ("message_post", [fourth]),
    ):
        with pytest.raises(RuntimeError, match="AccessError"):
            facing.call("btp.relance", method, *args)
    assert state(office, fourth) == "proposed"


def test_another_company_s_wizards_do_not_reach_over(office, user, facts):
    """Each wizard takes ids from the caller: of ours, it takes none."""
    facing = user("facing_manager")
    fifth = facts["mine"][4]
    outside.query(
        office.database,
        "UPDATE btp_relance SET state = 'assigned' WHERE id = %s",
        fifth,
    )
    before = outside.value(office.database, "SELECT count(*) FROM btp_relance_event")
    outside.query(
        office.database,
        "UPDATE res_company SET btp_relance_active = FALSE WHERE id = %s",
        facts["ours"],
    )
    for model, values in (
        (
            "btp.relance.outcome",
            {"relance_id": fifth, "outcome": "promise", "tracking_number": "1"},
        ),
        ("btp.relance.activation", {"company_id": facts["ours"]}),
    ):
        with pytest.raises(RuntimeError, match="AccessError|UserError"):
            made = facing.call(model, "create", [values])
            facing.call(model, "action_confirm", made)
    assert state(office, fifth) == "assigned"
    assert not outside.value(
        office.database,
        "SELECT btp_relance_active FROM res_company WHERE id = %s",
        facts["ours"],
    )
    assert (
        outside.value(office.database, "SELECT count(*) FROM btp_relance_event")
        == before
    )
    outside.query(
        office.database,
        "UPDATE res_company SET btp_relance_active = TRUE WHERE id = %s",
        facts["ours"],
    )


def test_a_dry_run_of_another_company_shows_nothing(user, facts):
    facing = user("facing")
    with pytest.raises(RuntimeError, match="AccessError|UserError"):
        (forecast,) = facing.call(
            "btp.relance.forecast", "create", [{"company_id": facts["ours"]}]
        )
        facing.call("btp.relance.forecast", "action_open")
        rows = facing.call(
            "btp.relance.forecast.line", "search_read",
            [["forecast_id", "=", forecast]], ["company_id"],
        )  # fmt: skip
        assert rows == []
        raise RuntimeError("AccessError: nothing of ours was shown")


@pytest.mark.parametrize("login", ["mason", "clerk"])
def test_a_colleague_still_reads_customers_and_invoices_whole(user, facts, login):
    """Our fields on Odoo's own models stand in nobody's way."""
    rpc = user(login)
    for model, id_, closed in (
        ("res.partner", facts["partner"], "btp_relance_ids"),
        ("account.move", facts["move"], "btp_relance_line_ids"),
    ):
        if login == "mason" and model == "account.move":
            continue
        names = [
            name for name in rpc.call(model, "fields_get") if name.startswith("btp_")
        ]
        assert "btp_scenario_id" in names
        assert closed not in names
        assert rpc.call(model, "read", [id_], names)


def test_a_customer_with_a_portal_account_learns_nothing(user, facts):
    client = user("client")
    for model in ("btp.relance", "btp.relance.line", "btp.relance.event", "btp.echeance",
                  "btp.relance.scenario", "btp.relance.forecast"):  # fmt: skip
        with pytest.raises(RuntimeError, match="AccessError"):
            client.call(model, "search_read", [], ["id"])
    with pytest.raises(RuntimeError, match="AccessError"):
        client.call("btp.relance", "read", facts["mine"][:1])
