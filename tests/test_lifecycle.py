# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The life of the addon on a ledger that was there before it: in, updated, out, in again.

The tests stand in the order of that life: each fixture takes the database one step further.
"""

import ast
import os
import subprocess

import outside
import pytest

from tools import databases, odoo, odoolog, project, templates

#: The version that an update comes from.
VERSION_BEFORE = "19.0.1.3.0"
#: Invoices due and paid, from before the addon.
BEFORE = """
from datetime import date, timedelta
from odoo.fields import Command

env = env(context=dict(env.context, tracking_disable=True))
today = date.today()
company = env.company
company.country_id = env.ref("base.fr")
env["account.chart.template"].try_loading("fr", company)
company.email = "compta@bati-essai.example"
customers = env["res.partner"].create([{
    "name": f"Ancien {number}", "is_company": True, "lang": "fr_FR",
    "email": f"ancien{number}@example.com"} for number in range(6)])
moves = env["account.move"].create([{
    "move_type": "out_invoice", "partner_id": customer.id,
    "invoice_date": today - timedelta(days=late + 30),
    "invoice_date_due": today - timedelta(days=late),
    "invoice_line_ids": [Command.create({"name": "Travaux", "price_unit": 900, "tax_ids": []})],
} for customer in customers for late in (400, 75, 5, -10)])
moves.action_post()
paid = moves.filtered(lambda move: move.partner_id == customers[0])
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=paid.ids).create(
    {"group_payment": True}).action_create_payments()
part = moves.filtered(lambda move: move.partner_id == customers[1])[0]
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=part.ids).create(
    {"amount": 300}).action_create_payments()
env["mail.mail"].search([]).unlink()
env.cr.commit()
"""

#: What a bookkeeper does every day, with and without the addon.
BOOKKEEPING = """
from datetime import date, timedelta
from odoo.fields import Command

customer = env["res.partner"].create({"name": "Nouveau", "email": "nouveau@example.com"})
move = env["account.move"].create({
    "move_type": "out_invoice", "partner_id": customer.id,
    "invoice_date_due": date.today() - timedelta(days=1),
    "invoice_line_ids": [Command.create({"name": "Travaux", "price_unit": 500, "tax_ids": []})]})
move.action_post()
env["account.payment.register"].with_context(
    active_model="account.move", active_ids=move.ids).create({}).action_create_payments()
views = [env[model].get_view(view_type=kind)["arch"][:10]
         for model in ("res.partner", "account.move", "res.config.settings") for kind in ("form",)]
env["ir.ui.menu"].load_menus(False)
env.cr.commit()
result = [move.payment_state, move.amount_residual]
"""

#: A chantier: a retention on 4117, documents, and who is asked for them.
WORKS = """
from datetime import date, timedelta
from odoo.fields import Command

company = env.company
followed = company.btp_follow_documents
company.btp_follow_documents = True
customer = env["res.partner"].create({"name": "Maître d'ouvrage", "is_company": True,
                                      "email": "ouvrage@example.com"})
chantier = env["btp.chantier"].create({
    "name": "École", "partner_id": customer.id, "contract_amount": 60000,
    "retention_regime": "retention"})
move = env["account.move"].create({
    "move_type": "out_invoice", "partner_id": customer.id, "btp_chantier_id": chantier.id,
    "btp_billing_stage": "situation", "invoice_date": date.today() - timedelta(days=40),
    "invoice_date_due": date.today() - timedelta(days=10),
    "invoice_line_ids": [Command.create({"name": "Travaux", "price_unit": 1000, "tax_ids": []})]})
move.action_post()
needs = move.btp_document_need_ids
needs[0].document_id.write({"attachment_ids": [Command.create({"name": "piece.pdf", "raw": b"1"})]})
asked = env["btp.document.request"]._ask_company()
held = move.line_ids.filtered("btp_is_retention")
result = {"followed": followed, "account": held.account_id.code[:4], "held": held.balance,
          "missing": move.btp_missing_document, "needs": len(needs), "asked": len(asked),
          "received": needs[0].document_id.state}
env.cr.commit()
"""

#: What is retained, in words of the ledger alone.
RETAINED = """
SELECT l.id, l.balance::text, l.amount_residual::text, l.date_maturity, l.account_id
  FROM account_move_line l JOIN res_partner p ON p.id = l.partner_id
 WHERE p.name = 'Maître d''ouvrage' AND l.display_type = 'payment_term' ORDER BY l.id
"""

#: What the ledger says, to compare before and after.
LEDGER = """
SELECT id, name, state, payment_state, amount_residual::text, partner_id FROM account_move
 WHERE partner_id IN (SELECT id FROM res_partner WHERE name LIKE 'Ancien %') ORDER BY id
"""


def run_odoo(database, *args, known=None):
    """Run Odoo until it stops; return its log, which must hold nothing serious.

    :param known: words of what the version before logs, and the one of now does not
    """
    path, _code = odoo.run_logged(
        ["-d", database, *args, "--stop-after-init", "--no-http"],
        " ".join(args),
        f"lifecycle-{args[0].strip('-')}",
    )
    found = [
        f"{record.logger}: {record.text}"
        for record in odoolog.read(path)
        if record.level in odoolog.SERIOUS and not (known and known in record.text)
    ]
    assert found == []


@pytest.fixture(scope="module")
def database():
    """A ledger without the addon, dropped at the end."""
    name = f"{databases.PREFIX}_test_{os.getpid()}_lifecycle"
    databases.clone(templates.base(), name)
    odoo.shell_json(name, BEFORE)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def installed(database):
    """The addon was just installed; ``before`` is what the ledger said."""
    before = outside.query(database, LEDGER)
    run_odoo(database, "-i", "btp_relance")
    return before


def test_installing_changes_and_sends_nothing(database, installed):
    assert outside.query(database, LEDGER) == installed
    # Twenty-four invoices and two payments.
    assert len(installed) == 26
    assert outside.states(database) == {}
    assert outside.value(database, "SELECT count(*) FROM mail_mail") == 0
    assert not outside.value(
        database, "SELECT bool_or(btp_relance_active) FROM res_company"
    )
    # Not even when the scheduler passes.
    done = odoo.shell_json(
        database,
        """
env["btp.relance.engine"]._cron_plan()
env["btp.relance.engine"]._cron_dispatch()
echeances = env["btp.echeance"].search([("days_overdue", ">", 0)])
result = {"echeances": len(echeances), "holds": list(set(echeances.mapped("hold_code"))),
          "residual": sum(echeances.mapped("residual_company"))}
env.cr.commit()
""",
    )
    assert outside.states(database) == {}
    # Five customers with three each; one paid in part.
    assert done == {"echeances": 15, "holds": ["inactive"], "residual": 15 * 900 - 300}


@pytest.fixture(scope="module")
def active(database, installed):
    """Reminders are switched on, a first day has passed, people made it their own."""
    facts = odoo.shell_json(
        database,
        """
wizard = env["btp.relance.activation"].create({})
wizard.action_confirm()
env["btp.relance.engine"].run_daily()
scenario = env.ref("btp_relance.scenario_standard")
scenario.name = "Notre façon"
step = env.ref("btp_relance.step_standard_p10")
step.write({"days": 11, "approval": "manual"})
template = step.template_id
template.with_context(lang="fr_FR").subject = "Nos mots à nous"
env.ref("btp_relance.ir_cron_plan").active = False
env.ref("btp_relance.step_standard_m7").unlink()
env["btp.relance.scenario"].create({"name": "À nous"})
env.cr.commit()
sent = env["btp.relance"].search([("state", "=", "sent")])
result = {"template": template.id, "sent": len(sent), "relances": env["btp.relance"].search_count([])}
""",
    )
    return {**facts, "works": odoo.shell_json(database, WORKS)}


def everything(database, facts):
    """What an update must leave as people and the engine left it."""
    return {
        "relances": outside.query(
            database,
            "SELECT id, state, partner_id, amount_due::text FROM btp_relance ORDER BY id",
        ),
        "lines": outside.query(
            database,
            "SELECT id, move_line_id, step_id, state FROM btp_relance_line ORDER BY id",
        ),
        "journal": outside.query(
            database, "SELECT id, seq, kind, hash FROM btp_relance_event ORDER BY id"
        ),
        "steps": outside.query(
            database,
            "SELECT id, scenario_id, days, approval, active FROM btp_relance_step ORDER BY id",
        ),
        "scenarios": outside.query(
            database, "SELECT id, name, active FROM btp_relance_scenario ORDER BY id"
        ),
        "words": outside.value(
            database,
            "SELECT subject FROM mail_template WHERE id = %s",
            facts["template"],
        ),
        "company": outside.query(
            database,
            "SELECT btp_relance_active, btp_default_scenario_id, btp_relance_user_id"
            " FROM res_company ORDER BY id",
        ),
        "jobs": outside.query(
            database,
            "SELECT c.id, c.active FROM ir_cron c JOIN ir_model_data d ON d.model = 'ir.cron'"
            " AND d.res_id = c.id WHERE d.module = 'btp_relance' ORDER BY c.id",
        ),
        "ledger": outside.query(database, LEDGER),
        "retained": outside.query(database, RETAINED),
        "documents": outside.query(
            database,
            "SELECT id, type_id, state, received_on FROM btp_document ORDER BY id",
        ),
        "needs": outside.query(
            database,
            "SELECT id, move_id, document_id, missing FROM btp_document_need ORDER BY id",
        ),
        "requests": outside.query(
            database,
            "SELECT id, partner_id, state, sent_count FROM btp_document_request ORDER BY id",
        ),
    }


def check_works(works, *, followed):
    """A situation of 1,000 retained 5 % and waits for its documents."""
    assert works.pop("needs") >= 8
    assert works.pop("asked") >= 1
    assert works == {
        "followed": followed,
        "account": "4117",
        "held": 50.0,
        "missing": True,
        "received": "received",
    }


def test_an_update_keeps_what_people_made_of_it(database, active):
    assert active["sent"] >= 1
    check_works(active["works"], followed=True)
    before = everything(database, active)
    assert "Nos mots" in str(before["words"])
    # As if it came from the version before: what changes its data runs.
    outside.query(
        database,
        "UPDATE ir_module_module SET latest_version = %s WHERE name = 'btp_relance'",
        VERSION_BEFORE,
    )
    outside.query(
        database,
        "UPDATE btp_privacy_rule SET name = jsonb_build_object('en_US', 'Promises to pay')"
        " WHERE kind = 'promise'",
    )
    run_odoo(database, "-u", "btp_relance")
    name = outside.value(
        database,
        "SELECT DISTINCT name->>'fr_FR' FROM btp_privacy_rule WHERE kind = 'promise'",
    )
    assert name == "Promesses de paiement"
    after = everything(database, active)
    for name, expected in before.items():
        assert after[name] == expected, name
    assert journal_is_intact(database)


def journal_is_intact(database):
    """Whether every company's chain holds, the guard of the table included."""
    with pytest.raises(outside.psycopg2.Error, match="append-only"):
        outside.query(database, "UPDATE btp_relance_event SET detail = 'x'")
    return (
        odoo.call(
            "btp_verify",
            "-d",
            database,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        == 0
    )


@pytest.fixture(scope="module")
def uninstalled(database, active):
    """The addon was uninstalled, as its button does; what was retained before."""
    retained = outside.query(database, RETAINED)
    odoo.shell_json(
        database,
        """
env["ir.module.module"].search([("name", "=", "btp_relance")]).button_immediate_uninstall()
""",
    )
    assert not databases.is_installed(database, "btp_relance")
    return retained


#: Where something of the addon could stay behind; each must find nothing.
LEFTOVERS = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE 'btp\\_%'",
    "indexes": "SELECT indexname FROM pg_indexes WHERE indexname LIKE '%btp\\_%'",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns"
    " WHERE column_name LIKE 'btp\\_%'",
    "functions": "SELECT proname FROM pg_proc WHERE proname LIKE 'btp\\_%'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'btp\\_%'",
    "names": "SELECT name FROM ir_model_data WHERE module = 'btp_relance'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'btp.%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields WHERE name LIKE 'btp\\_%'"
    " OR relation LIKE 'btp.%'",
    "selections": "SELECT s.value FROM ir_model_fields_selection s"
    " LEFT JOIN ir_model_fields f ON f.id = s.field_id WHERE f.id IS NULL",
    "actions": "SELECT res_model FROM ir_act_window WHERE res_model LIKE 'btp.%'",
    "server actions": "SELECT code FROM ir_act_server WHERE code LIKE '%_cron_plan%'"
    " OR code LIKE '%_cron_dispatch%'",
    "jobs": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Reminders:%'",
    "menus": "SELECT m.name->>'en_US' FROM ir_ui_menu m LEFT JOIN ir_act_window a"
    " ON m.action = 'ir.actions.act_window,' || a.id"
    " WHERE m.action LIKE 'ir.actions.act_window,%' AND a.id IS NULL",
    "views": "SELECT name FROM ir_ui_view WHERE arch_db::text LIKE '%btp\\_%'"
    " OR model LIKE 'btp.%' OR key LIKE 'btp\\_relance.%'",
    "groups": "SELECT name->>'en_US' FROM res_groups_privilege WHERE name->>'en_US' = 'Reminders'",
    "rules": "SELECT name FROM ir_rule WHERE domain_force LIKE '%btp\\_%'",
    "templates": "SELECT name->>'en_US' FROM mail_template WHERE model LIKE 'btp.%'",
    "messages": "SELECT model FROM mail_message WHERE model LIKE 'btp.%'",
    "followers": "SELECT res_model FROM mail_followers WHERE res_model LIKE 'btp.%'",
    "activities": "SELECT res_model FROM mail_activity WHERE res_model LIKE 'btp.%'",
    "attachments": "SELECT res_model FROM ir_attachment WHERE res_model LIKE 'btp.%'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE 'btp\\_%'",
    "reports": "SELECT report_name FROM ir_act_report_xml WHERE model LIKE 'btp.%'",
    "mails to send": "SELECT id::text FROM mail_mail WHERE state = 'outgoing'",
}


def test_uninstalling_leaves_nothing_behind(database, uninstalled):
    found = {what: outside.query(database, text) for what, text in LEFTOVERS.items()}
    assert {what: rows for what, rows in found.items() if rows} == {}


def test_bookkeeping_goes_on_without_it(database, installed, uninstalled):
    assert outside.query(database, LEDGER) == installed
    assert outside.query(database, RETAINED) == uninstalled
    assert len(uninstalled) == 2
    assert odoo.shell_json(database, BOOKKEEPING) == ["paid", 0]


def test_it_can_be_installed_again(database, uninstalled):
    run_odoo(database, "-i", "btp_relance")
    done = odoo.shell_json(
        database,
        """
env["btp.relance.activation"].create({}).action_confirm()
result = env["btp.relance.engine"].run_daily()
""",
    )
    assert done["planned"] >= 5
    assert done["sent"] >= 5
    assert odoo.shell_json(database, BOOKKEEPING) == ["paid", 0]
    assert journal_is_intact(database)


#: Somebody writes their own subject in the version before.
OWN_WORDS = """
template = env.ref("btp_relance.template_standard_p10")
template.with_context(lang="fr_FR").subject = "Nos mots à nous"
env.cr.commit()
result = True
"""
#: What the messages say after the update: the claim to a public body names the civil code.
WORDS = """
claim = env.ref("btp_relance.template_public_p30")
own = env.ref("btp_relance.template_standard_p10")
result = {
    "renewed": ["1344" in claim.with_context(lang=lang).body_html for lang in ("en_US", "fr_FR")],
    "own": own.with_context(lang="fr_FR").subject,
}
"""


def earlier_release():
    """The last commit before the addon got its version of now, or None."""

    def git(*args):
        command = ["git", "-C", str(project.ROOT), *args]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    manifest = "btp_relance/__manifest__.py"
    now = ast.literal_eval((project.ROOT / manifest).read_text(encoding="utf-8"))[
        "version"
    ]
    raised = None
    # Whole trees of the main line: a commit of a branch may lack what others brought.
    for commit in git(
        "log", "--first-parent", "--format=%H", "--", manifest
    ).stdout.split():
        shown = git("show", f"{commit}:{manifest}")
        if shown.returncode or ast.literal_eval(shown.stdout)["version"] != now:
            return f"{raised}^" if raised else commit
        raised = commit
    return None


def test_an_update_from_the_version_before(new_database, tmp_path):
    """Its own code installs and works; the code of today then updates and works on."""
    commit = earlier_release()
    if not commit:
        pytest.skip("this is the first version")
    archive = tmp_path / "before.tar"
    git = [
        "git",
        "-C",
        str(project.ROOT),
        "archive",
        "-o",
        str(archive),
        commit,
        "btp_relance",
    ]
    subprocess.run(git, check=True)
    subprocess.run(["tar", "-xf", str(archive), "-C", str(tmp_path)], check=True)
    before = [f"--addons-path={tmp_path},{project.TEST_ADDONS}"]
    database = new_database(templates.base())
    # An addon that came later is not known to that version's database.
    later = [name for name in project.addons() if not (tmp_path / name).exists()]
    outside.query(database, "DELETE FROM ir_module_module WHERE name = ANY(%s)", later)
    outside.query(
        database,
        "DELETE FROM ir_model_data WHERE model = 'ir.module.module' AND name = ANY(%s)",
        [f"module_{name}" for name in later],
    )
    odoo.shell_json(database, BEFORE)
    # Its field has the name of the one that purchases bring to the database of the tests.
    run_odoo(
        database,
        "-i",
        "btp_relance",
        *before,
        known="(btp_purchase_order, purchase_id)",
    )
    day = """
wizard = env["btp.relance.activation"].search([], limit=1) or env["btp.relance.activation"].create({})
if not env.company.btp_relance_active:
    wizard.action_confirm()
result = env["btp.relance.engine"].run_daily()
env.cr.commit()
"""
    assert odoo.shell_json(database, day, *before)["sent"]
    odoo.shell_json(database, OWN_WORDS, *before)
    known = outside.query(database, "SELECT id, state FROM btp_relance ORDER BY id")
    run_odoo(database, "-u", "btp_relance")
    assert (
        outside.query(database, "SELECT id, state FROM btp_relance ORDER BY id")
        == known
    )
    # New words where nobody wrote their own.
    assert odoo.shell_json(database, WORDS) == {
        "renewed": [True, True],
        "own": "Nos mots à nous",
    }
    assert odoo.shell_json(database, day)["found"]
    # What the version before followed is followed still; retentions are ready.
    check_works(odoo.shell_json(database, WORKS), followed=True)
    assert journal_is_intact(database)
