# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Take the screenshots of the documentation on the demo company: ``./btp shots [database]``."""

import json
import sys
import time
from typing import NamedTuple

from tests.chrome import Chrome
from tools import company, databases, odoo, project, serving
from tools.ui import Failure, say

FOLDER = project.ROOT / "btp_relance" / "static" / "description"
#: A page of the documentation loads on a slow line too.
MAX_BYTES = 300 * 1024
DESKTOP, PHONE = (1366, 900), (390, 844)


class Shot(NamedTuple):
    """A screenshot: a user at an address, what shows that it is ready, and clicks before it is taken."""

    name: str
    login: str
    path: str
    ready: str
    clicks: tuple = ()
    size: tuple = DESKTOP


SHOTS = (
    Shot("my_day", "nadia", "/odoo/my-day", ".o_kanban_record"),
    Shot("my_day_phone", "nadia", "/odoo/my-day", ".o_kanban_record", size=PHONE),
    Shot(
        "preview",
        "nadia",
        "/odoo/my-day",
        ".o_kanban_record",
        (".o_kanban_record button[name=action_preview]",),
    ),
    Shot(
        "amounts_due",
        "nadia",
        "/odoo/amounts-due",
        ".o_data_row",
        ("th[data-name=date_due]",),
    ),
    Shot(
        "why",
        "nadia",
        "/odoo/amounts-due",
        ".o_data_row",
        # One that waits for its next step: there is more to say.
        (".o_data_row:has(.badge.text-bg-info) td[name=next_step_id]",),
    ),
    Shot(
        "dry_run",
        "nadia",
        "/odoo/action-btp_relance.btp_relance_forecast_action",
        ".o_event",
    ),
    Shot(
        "chantier",
        "nadia",
        "/odoo/chantiers",
        ".o_data_row",
        (".o_data_row:has(td[data-tooltip*='bâtiment A']) td[name=name]",),
    ),
    Shot(
        "situation",
        "nadia",
        "/odoo/chantiers",
        ".o_data_row",
        (
            ".o_data_row:has(td[data-tooltip*='urgences']) td[name=name]",
            "button[name=action_view_moves]",
            ".o_data_row:has(td[data-tooltip*='00']) td[name=name]",
            "a[name=btp_works]",
        ),
    ),
    Shot("figures", "admin", "/odoo/reminder-dashboard", ".o_btp_figure_chart canvas"),
    Shot("answer", "nadia", "/odoo/answers", ".o_data_row", (".o_data_row",)),
    Shot("escalations", "nadia", "/odoo/escalations", ".o_kanban_record"),
    Shot("retentions", "nadia", "/odoo/retentions", ".o_group_header"),
    Shot(
        "documents",
        "nadia",
        "/odoo/chantier-documents",
        ".o_data_row",
    ),
    Shot("paper_review", "nadia", "/odoo/paper-review", ".o_btp_sheet img"),
    Shot("document_radar", "nadia", "/odoo/document-radar", ".o_data_row"),
    Shot(
        "scenario",
        "admin",
        "/odoo/reminder-scenarios",
        ".o_data_row",
        (".o_data_row td[name=name]",),
    ),
)
#: The customer's page, behind the first link that the demo prints: no login.
CUSTOMER = "customer_page"
#: Odoo's own chat windows have no place in the pictures.
HIDE = """
    const style = document.createElement("style");
    style.textContent = ".o-mail-ChatHub, .o_notification_manager { display: none !important; }";
    document.head.append(style);
"""


def log_in(chrome, url, login):
    """Log in as a user of the demo company, whose password is the login."""
    chrome.goto(f"{url}/web/session/logout", "input[name=login]")
    for name in ("login", "password"):
        chrome.run(
            f"document.querySelector('input[name={name}]').value = {json.dumps(login)}"
        )
    chrome.run("document.querySelector('form.oe_login_form').submit()")
    chrome.wait(".o_web_client")


def take(chrome, url, shot):
    """Take one screenshot; return its file."""
    chrome.size(*shot.size, mobile=shot.size == PHONE)
    chrome.goto(url + shot.path, shot.ready)
    for selector in shot.clicks:
        chrome.click(selector)
        time.sleep(1)
    chrome.run(HIDE)
    # Avatars, fonts and the calendar's layout come a moment after the content.
    time.sleep(2)
    if chrome.errors:
        raise Failure(f"{shot.path}: {chrome.errors[0]}")
    path = FOLDER / f"{shot.name}.png"
    chrome.shot(path)
    if path.stat().st_size > MAX_BYTES:
        raise Failure(f"{path} is larger than {MAX_BYTES // 1024} KiB.")
    return path


def take_customer_page(chrome, database, url):
    """Take the customer's page as a phone shows it; return its file."""
    links = odoo.shell_json(database, company.LINKS.format(url=url))
    chrome.size(*PHONE, mobile=True)
    chrome.goto(links[0][1], "#btp_dues, .o_btp_group")
    time.sleep(2)
    path = FOLDER / f"{CUSTOMER}.png"
    chrome.shot(path)
    return path


def main(args):
    """Take every screenshot on the demo company, or on the database named."""
    database = args[0] if args else databases.DEMO
    if not args:
        company.ensure()
        if not company.ran_today():
            company.run_daily()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        serving.Server(database, log_name="shots").start(
            "--max-cron-threads=0", seconds=120
        ) as server,
        Chrome() as chrome,
    ):
        path = take_customer_page(chrome, database, server.url)
        say(f"• {path.relative_to(project.ROOT)}")
        logged_in = None
        for shot in sorted(SHOTS, key=lambda shot: shot.login):
            if shot.login != logged_in:
                log_in(chrome, server.url, shot.login)
                logged_in = shot.login
            say(f"• {take(chrome, server.url, shot).relative_to(project.ROOT)}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Failure as failure:
        sys.exit(f"btp: {failure}")
