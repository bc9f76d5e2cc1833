# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The life of the papers on a database with data: updated, out, in again.

Reminders work on through all of it, and nothing of the papers stays behind.
"""

import addon_life
import outside
import pytest
import test_lifecycle as life
from weasyprint import HTML

from tools import odoo

ADDON = "btp_relance_ocr"

#: A paper read, one not readable, one on the checklist, settings of a manager.
RECEIVED = """
from pathlib import Path
company = env.company
env["btp.relance.activation"].create({{}}).action_confirm()
env["btp.relance.engine"].run_daily()
company.alias_domain_id = env["mail.alias.domain"].search([], limit=1) or env[
    "mail.alias.domain"].create({{"name": "papers.example"}})
company.btp_paper_auto, company.btp_paper_first = "sure", 3
env["btp.privacy.rule"].search([("kind", "=", "paper_idle")]).months = 7
papers = env["btp.paper"]
person = env["res.partner"].search([("name", "=", "Ancien 5")])
read = papers._receive("pv.pdf", Path({path!r}).read_bytes(), "upload", company,
    sender_id=person.id)
broken = papers._receive("cut.pdf", b"%PDF-1.7 cut", "upload", company)
(read | broken)._read()
env.cr.commit()
result = {{"states": (read | broken).mapped("state"), "alias": company.btp_paper_alias_name}}
"""

#: What came in and what people chose, to compare before and after an update.
KEPT = {
    "papers": "SELECT id, name, checksum, state, why, kind FROM btp_paper ORDER BY id",
    "values": "SELECT paper_id, name, value::text FROM btp_paper_value ORDER BY 1, 2",
    "files": "SELECT id, checksum FROM ir_attachment WHERE res_model = 'btp.paper' ORDER BY 1",
    "choices": "SELECT id, btp_paper_auto, btp_paper_first, btp_paper_alias_id FROM res_company"
    " ORDER BY 1",
    "rules": "SELECT kind, months FROM btp_privacy_rule WHERE kind LIKE 'paper%' ORDER BY 1",
    "journal": "SELECT id, seq, kind, hash FROM btp_relance_event ORDER BY id",
}

#: Where something of the papers could stay behind; each must find nothing.
LEFTOVERS = {
    "tables": r"SELECT relname FROM pg_class WHERE relname LIKE 'btp\_paper%'",
    "columns": "SELECT table_name || '.' || column_name FROM information_schema.columns"
    r" WHERE column_name LIKE 'btp\_paper\_a%' OR column_name LIKE 'btp\_paper\_first%'"
    r" OR column_name LIKE 'btp\_paper\_user%'",
    "names": f"SELECT name FROM ir_model_data WHERE module = '{ADDON}'",
    "models": "SELECT model FROM ir_model WHERE model LIKE 'btp.paper%'",
    "fields": "SELECT model || '.' || name FROM ir_model_fields WHERE relation LIKE 'btp.paper%'",
    "actions": "SELECT res_model FROM ir_act_window WHERE res_model LIKE 'btp.paper%'",
    "jobs": "SELECT cron_name FROM ir_cron WHERE cron_name LIKE 'Papers:%'",
    "views": "SELECT name FROM ir_ui_view WHERE model LIKE 'btp.paper%'"
    r" OR arch_db::text LIKE '%btp\_paper\_upload%'",
    "attachments": "SELECT res_model FROM ir_attachment WHERE res_model LIKE 'btp.paper%'",
    "messages": "SELECT model FROM mail_message WHERE model LIKE 'btp.paper%'",
    "aliases": "SELECT alias_name FROM mail_alias WHERE alias_name LIKE 'pieces%'",
    "rules": r"SELECT kind FROM btp_privacy_rule WHERE kind LIKE 'paper%'",
}


@pytest.fixture(scope="module")
def database():
    """A ledger with reminders, dropped at the end."""
    with addon_life.ledger("papers_life") as name:
        yield name


@pytest.fixture(scope="module")
def received(database, tmp_path_factory):
    """Papers came in."""
    path = tmp_path_factory.mktemp("papers") / "pv.pdf"
    page = "<h1>PROCÈS-VERBAL DE RÉCEPTION</h1><p>Marché n° M-14, le 12 mars 2026</p>"
    path.write_bytes(HTML(string=page).write_pdf())
    return odoo.shell_json(database, RECEIVED.format(path=str(path)))


def test_an_update_keeps_papers_and_choices(database, received):
    assert received["states"] == ["to_check", "failed"]
    assert received["alias"].startswith("pieces")
    addon_life.check_update(database, ADDON, KEPT)


@pytest.fixture(scope="module")
def uninstalled(database, received):
    """The addon was uninstalled, as the button does; what reminders were like before."""
    return addon_life.uninstall(database, ADDON)


def test_uninstalling_leaves_nothing_behind(database, uninstalled):
    addon_life.check_nothing_left(database, LEFTOVERS)


def test_reminders_work_on_without_the_papers(database, uninstalled):
    assert outside.states(database) == uninstalled
    # What came in stays written in the journal, whose chain holds.
    assert outside.value(
        database,
        "SELECT count(*) FROM btp_relance_event WHERE kind = 'paper_received'",
    )
    done = odoo.shell_json(
        database,
        """
result = {"found": bool(env["btp.relance.engine"].run_daily())}
for name, kind in (("btp.chantier", "form"), ("account.move", "form"),
                   ("res.config.settings", "form"), ("res.partner", "form")):
    env[name].get_view(view_type=kind)
env.cr.commit()
""",
    )
    assert done["found"]
    assert life.journal_is_intact(database)


def test_installed_on_data_it_reads_at_once(database, uninstalled):
    life.run_odoo(database, "-i", ADDON)
    done = odoo.shell_json(
        database,
        """
papers = env["btp.paper"]
paper = papers._receive("cut.pdf", b"%PDF-1.7 cut", "upload", env.company)
paper._read()
result = {"state": paper.state, "alias": env.company.btp_paper_alias_name}
env.cr.commit()
""",
    )
    assert done["state"] == "failed"
    assert done["alias"].startswith("pieces")
