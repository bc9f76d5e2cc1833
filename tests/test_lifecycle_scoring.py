# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The life of the scores on a database with data: updated, out, in again.

Reminders work on through all of it, and nothing of the scores stays behind.
"""

import addon_life
import outside
import pytest
import test_lifecycle as life

from tools import odoo

ADDON = "btp_relance_scoring"

#: Scores, a choice of a person, an objection in the journal, a reader of answers.
SCORED = """
company = env.company
env["btp.relance.activation"].create({}).action_confirm()
env["btp.relance.engine"].run_daily()
jobs = env["btp.scoring.job"]
jobs._train(company)
count = jobs._score(company)
debtor = env["res.partner"].search([("name", "=", "Ancien 5")])
debtor.btp_no_scoring = True
company.btp_score_grace = 3
env["btp.privacy.rule"].search([("kind", "=", "score_habit")]).months = 12
env["btp.scoring.reader"].create({"company_id": company.id, "state": "refused",
    "trained_on": "2026-01-01 00:00:00"})._store("{}", "0")
env.cr.commit()
result = {"scored": count, "left": env["btp.score"].search_count([]),
          "notice": "C-634/21" in company.btp_privacy_notice}
"""

#: What people and the jobs made, to compare before and after an update.
KEPT = {
    "scores": "SELECT move_line_id, p_late::text, date_expected FROM btp_score ORDER BY 1",
    "habits": "SELECT partner_id, segment FROM btp_score_partner ORDER BY 1",
    "models": "SELECT id, state, method, payload_sha256 FROM btp_scoring_model ORDER BY 1",
    "readers": "SELECT id, state, payload_sha256 FROM btp_scoring_reader ORDER BY 1",
    "objections": "SELECT id FROM res_partner WHERE btp_no_scoring ORDER BY 1",
    "choices": "SELECT id, btp_score_grace, btp_privacy_notice FROM res_company ORDER BY 1",
    "rules": "SELECT kind, months FROM btp_privacy_rule WHERE kind LIKE 'score%' ORDER BY 1",
    "journal": "SELECT id, seq, kind, hash FROM btp_relance_event ORDER BY id",
}

#: Where something of the scores could stay behind; each must find nothing.
LEFTOVERS = {
    "tables": "SELECT relname FROM pg_class WHERE relname LIKE ANY"
    " (ARRAY['btp\\_scor%', 'btp\\_choice%', 'btp\\_cash%', 'btp\\_document\\_delay%'])",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns"
    " WHERE column_name LIKE '%score%' AND table_name <> 'btp_paper_candidate'"
    " AND table_name LIKE ANY (ARRAY['btp\\_%', 'res\\_%', 'account\\_move%'])"
    " OR column_name IN ('btp_no_scoring', 'btp_learned_reader')"
    " OR column_name = 'gain' AND table_name = 'btp_relance'",
    "names": f"SELECT name FROM ir_model_data WHERE module = '{ADDON}'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'btp.scor%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields WHERE relation LIKE"
    " 'btp.scor%' OR name IN ('btp_no_scoring', 'score_reason')",
    "actions": "SELECT res_model FROM ir_act_window WHERE res_model LIKE 'btp.scor%'",
    "jobs": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Scoring:%'",
    "views": "SELECT name FROM ir_ui_view WHERE arch_db::text LIKE '%btp\\_scor%'"
    " OR model LIKE 'btp.scor%' OR arch_db::text LIKE '%score\\_reason%'",
    "attachments": "SELECT res_model FROM ir_attachment WHERE res_model LIKE 'btp.scor%'",
    "rules": "SELECT kind FROM btp_privacy_rule WHERE kind LIKE 'score\\_%'",
    "notices": "SELECT id::text FROM res_company WHERE btp_privacy_notice LIKE '%C-634/21%'",
}

DAY = """
result = env["btp.relance.engine"].run_daily()
for name, kind in (("btp.relance", "kanban"), ("btp.echeance", "list"),
                   ("btp.chantier", "list"), ("btp.privacy.request", "form")):
    env[name].get_view(view_type=kind)
partner = env["res.partner"].search([("name", "=", "Ancien 5")])
request = env["btp.privacy.request"].create({"partner_id": partner.id})
request.action_export()
result["copy"] = bool(request.archive)
env.cr.commit()
"""


@pytest.fixture(scope="module")
def database():
    """A ledger with reminders and scores, dropped at the end."""
    with addon_life.ledger("scoring_life") as name:
        yield name


@pytest.fixture(scope="module")
def scored(database):
    """Amounts due are scored, one customer objected."""
    return odoo.shell_json(database, SCORED)


def test_an_update_keeps_scores_and_choices(database, scored):
    # Five customers owe four amounts each; one objected.
    assert scored == {"scored": 20, "left": 16, "notice": True}
    addon_life.check_update(database, ADDON, KEPT)


@pytest.fixture(scope="module")
def uninstalled(database, scored):
    """The scores were uninstalled, as the button does; what reminders were like before."""
    return addon_life.uninstall(database, ADDON)


def test_uninstalling_leaves_nothing_behind(database, uninstalled):
    addon_life.check_nothing_left(database, LEFTOVERS)


def test_reminders_work_on_without_the_scores(database, uninstalled):
    assert outside.states(database) == uninstalled
    # Who objected stays written in the journal, whose chain holds.
    assert outside.value(
        database,
        "SELECT count(*) FROM btp_relance_event WHERE kind = 'scoring_refused'",
    )
    done = odoo.shell_json(database, DAY)
    assert done["found"]
    assert done["copy"]
    assert odoo.shell_json(database, life.BOOKKEEPING) == ["paid", 0]
    assert life.journal_is_intact(database)


def test_installed_on_data_it_scores_at_once(database, uninstalled):
    life.run_odoo(database, "-i", ADDON)
    done = odoo.shell_json(
        database,
        """
count = env["btp.scoring.job"]._score(env.company)
result = {"scored": count, "notice": "C-634/21" in env.company.btp_privacy_notice}
env.cr.commit()
""",
    )
    assert done["scored"] >= 20
    assert done["notice"]
    assert odoo.shell_json(database, DAY)["found"]
