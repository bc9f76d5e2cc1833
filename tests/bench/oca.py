# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The same job by OCA's ``account_credit_control``: lines, "set to ready", communications, mails."""

import hashlib
import subprocess
import sys
from pathlib import Path

from meter import Meter

from odoo.fields import Date

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
MODULE = "account_credit_control"
#: The names of the three steps that planning is compared with.
STEPS = ("oca_lines", "oca_ready", "oca_communications")


def fetch(folder):
    """Install the pinned addon into a folder of its own; return the path to give to Odoo."""
    stamp = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    target = folder / f"oca-{stamp}"
    addons = target / "odoo" / "addons"
    if not (addons / MODULE).is_dir():
        subprocess.run(
            [
                sys.executable,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
            ]
            + ["--upgrade", "--target", target, "-r", REQUIREMENTS],
            check=True,
        )
    return addons


def configure(env):
    """The addon's own "3 time policy" for the whole company, from the first day overdue."""
    company = env.ref("base.main_company")
    policy = env.ref("account_credit_control.credit_control_3_time")
    receivable = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    policy.account_ids = receivable
    company.credit_policy_id = policy
    first, second = policy.level_ids.sorted("level")[:2]
    # The seeded 10 days would leave out lines that this suite takes.
    first.delay_days = 0
    # Both sides send a message without attachment: rendering a PDF would drown what is measured.
    (first | second).email_template_id.report_template_ids = False
    env.cr.commit()


def measure(env, mails, report):
    """Run the steps in turn; give each cost to ``report(name, cost)`` as soon as it is known."""
    run = env["credit.control.run"].create({"date": Date.today()})

    with Meter(env.cr) as cost:
        run.generate_credit_lines()
        env.cr.commit()
    cost.items = len(run.line_ids)
    report("oca_lines", cost)

    with Meter(env.cr) as cost:
        run.set_to_ready_lines()
        env.cr.commit()
    cost.items = len(run.line_ids)
    report("oca_ready", cost)

    ready = run.line_ids.filtered(
        lambda line: line.state == "to_be_sent" and line.channel == "email"
    )
    with Meter(env.cr) as cost:
        communications = env[
            "credit.control.communication"
        ]._generate_comm_from_credit_lines(ready)
        env.cr.commit()
    cost.items = len(communications)
    report("oca_communications", cost)

    sample = communications[:mails].with_context(mail_notify_force_send=False)
    with Meter(env.cr) as cost:
        sample._generate_emails()
        env.cr.commit()
    cost.items = len(sample)
    report("oca_mails", cost)
    queued = env["mail.mail"].search_count(
        [("model", "=", communications._name), ("state", "=", "outgoing")]
    )
    assert queued >= len(sample), (
        f"{queued} mails in the queue for {len(sample)} communications"
    )
