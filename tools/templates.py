# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Databases made once and copied by the tests: the dependencies, then the suite on top of them.

Each is named after a hash of what it was made from, and gets its name only once it is complete.
"""

import ast
import hashlib
import os

from . import databases, machine, odoo, odoo_source, project, serving, ui
from .ui import Failure

#: The first is everyone's language by default: Odoo's tests, and ours, expect English words.
LANGUAGES = "en_US,fr_FR"
#: Beside what the manifests ask for: Odoo's own tests of these run with the suite installed.
ALWAYS = (
    "account",
    "account_payment",
    "portal",
    "sms",
    "l10n_fr_account",
    # A payment to the end, through Odoo's own demo provider.
    "payment_demo",
)
#: Keeps the browser's console clean in the browser tests of Odoo's own suites too.
DEV_ADDON = "btp_dev"
#: Earlier templates of a kind that stay: another run may still be copying them.
KEPT = 2
#: Files of an addon that no database depends on.
IGNORED = ("tests", "readme", "__pycache__")


def dependencies():
    """Odoo's modules that the suite's addons need, sorted."""
    needed = set(ALWAYS)
    for folder in project.addons_path():
        for name in project.addons(folder):
            manifest = ast.literal_eval(
                (folder / name / "__manifest__.py").read_text(encoding="utf-8")
            )
            needed.update(manifest.get("depends", ()))
    return sorted(name for name in needed if not name.startswith("btp_"))


def content_stamp():
    """A hash of the addons' files: another content needs another database."""
    digest = hashlib.sha256()
    for folder in project.addons_path():
        for name in project.addons(folder):
            for path in sorted((folder / name).rglob("*")):
                parts = path.relative_to(folder / name).parts
                if path.is_file() and not set(parts) & set(IGNORED):
                    digest.update(
                        f"{name}/{'/'.join(parts)}\0".encode() + path.read_bytes()
                    )
    return digest.hexdigest()[:16]


def log_name(template):
    """The log of a template's making, read again each time it is used: its warnings stay failures."""
    return f"install-{template}"


def build(kind, stamp, title, make):
    """Return the template of this kind and stamp, made by `make(name)` if absent; older ones go."""
    wanted = f"{databases.PREFIX}_tpl_{kind}_{stamp}"
    with machine.lock("templates"):
        if databases.exists(wanted):
            return wanted
        for name in databases.names(f"{databases.PREFIX}\\_tpl\\_{kind}\\_%")[KEPT:]:
            databases.drop(name)
            (project.state() / "logs" / f"{log_name(name)}.log").unlink(missing_ok=True)
        partial = f"{databases.PREFIX}_part_{kind}"
        databases.drop(partial)
        make(partial, title, log_name(wanted))
        databases.rename(partial, wanted)
    return wanted


def base():
    """A database with the suite's dependencies and French loaded, without the suite."""
    modules = [*dependencies(), DEV_ADDON]

    def make(name, title, log):
        odoo.run_logged(
            [
                "-d",
                name,
                "-i",
                ",".join(modules),
                f"--load-language={LANGUAGES}",
                "--stop-after-init",
                "--no-http",
            ],
            title,
            log,
        )

    stamp = project.stamp(odoo_source.version_stamp(), LANGUAGES, *modules)
    return build(
        "base", stamp, "Making the template database (Odoo's modules; once)", make
    )


def suite():
    """A database with every addon of the repository installed."""
    template = base()
    addons = [
        name for folder in project.addons_path() for name in project.addons(folder)
    ]

    def make(name, title, log):
        databases.clone(template, name)
        odoo.run_logged(
            ["-d", name, "-i", ",".join(addons), "--stop-after-init", "--no-http"],
            title,
            log,
        )
        for addon in addons:
            if not databases.is_installed(name, addon):
                raise Failure(
                    f"{addon} did not install: see {project.state() / 'logs' / log}.log."
                )

    stamp = project.stamp(template, content_stamp())
    return build(
        "suite", stamp, f"Installing {', '.join(addons)} in a template database", make
    )


#: What every test class of the addons needs, and each would make again: the company of Odoo's own
#: `AccountTestInvoicingCommon` with its chart of accounts, the euro, the scripts and styles of the pages.
PREPARE = """
quiet = env(context={"tracking_disable": True, "mail_create_nolog": True})
company = quiet["res.company"].create({"name": "Company of the tests"})
quiet["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)
company.account_fiscal_country_id = company.account_fiscal_country_id or quiet.ref("base.us")
quiet.ref("base.EUR").active = True
env["ir.qweb"]._pregenerate_assets_bundles()
env.cr.commit()
"""


def prepared():
    """The suite's database with what all test classes would make again."""
    template = suite()

    def make(name, title, _log):
        databases.clone(template, name)
        ui.say(f"• {title}")
        odoo.shell_json(name, PREPARE)

    return build(
        "tests", project.stamp(template, PREPARE), "Preparing what all tests need", make
    )


def test_on_copy(template, modules, tags, title, log, update, shared):
    """Run the tests of these modules on a copy of the template.

    :param log: name of the log; several runs at once each have their own
    :param update: update the modules first: that runs the tests of an installation too, and
        shows that the modules can be updated at all
    :param shared: a folder, when several such runs do these tests between them, or None
    :return: Odoo's log and exit code
    """
    name = log.replace("-", "_")
    database = f"{databases.PREFIX}_test_{os.getpid()}_{name}"
    databases.clone(template, database)
    try:
        return odoo.run_logged(
            [
                *("-d", database, "--stop-after-init"),
                *(("-u", ",".join(modules)) if update else ()),
                *(f"--http-port={serving.free_port()}", "--max-cron-threads=0"),
                # How long each test took, at the end of the log.
                "--log-handler=odoo.tests.stats:DEBUG",
                *("--test-tags", tags or ",".join(f"/{name}" for name in modules)),
            ],
            title,
            log,
            check=False,
            env={"BTP_SHARED_SUITE": str(shared)} if shared else None,
        )
    finally:
        databases.drop(database)
