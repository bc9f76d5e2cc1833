# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A day's reminders by every channel, to the end: rendered, signed, at the mail server.

Beside each channel stands what Odoo itself has for the same message: ``send_mail_batch`` and
its queue, its own mass SMS and their queue, its print of an invoice kept as an attachment, its
activity with the same script. Odoo has no signature: a registered letter stands beside a plain
print.

Each channel is measured on a sample, by turns; then all the rest leaves in one dispatch, as
it comes, and stands beside the sum of what Odoo's own means take for the same numbers.
"""

import base64
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from database import tidy
from meter import Cost
from ours import configure, fresh
from paper import give_addresses, print_invoice, serve_styles

from odoo.fields import Command, Date
from odoo.tools import config

from odoo.addons.btp_relance.engine import signing
from odoo.addons.btp_relance.engine.interest import semester

from tools import project

#: Reminders in a hundred: what a building company with a call desk may have on a full day.
SHARES = {"email": 70, "sms": 12, "letter": 6, "registered": 4, "call": 8}
#: Seeded step that lends its words to each channel.
STEPS = {
    "email": "step_standard_p10",
    "sms": "step_standard_p10",
    "letter": "step_good_p15",
    "registered": "step_standard_p20",
    "call": "step_standard_p12",
}
#: Reminders of a channel measured on their own, by turns of so many; papers take long.
SAMPLE, TURN = 100, 50
#: Reminders of a channel dispatched before the clock starts.
WARM_UP = 5
#: A Monday at eleven: text messages leave, calls are made.
NOW = datetime(2026, 11, 23, 11)


def measure(env, report):
    """Plan, measure each channel beside Odoo's own, then the whole mix."""
    mixed = Mixed(env)
    mixed.prepare()
    with mixed.world():
        for name in SHARES:
            mixed.measure_channel(name, report)
        mixed.measure_mix(report)


class Mixed:
    """A ledger whose customers are reminded by different channels."""

    def __init__(self, env):
        self.env = env
        self.engine = env["btp.relance.engine"]
        type(env["btp.echeance"])._get_now = lambda _self: NOW

    # === THE LEDGER === #

    def prepare(self):
        """Give each debtor a way to be reached, and plan the day."""
        env = self.env
        configure(env)
        give_addresses(env)
        self.give_rates()
        self.give_certificate()
        # As the contacts of a company that texts and calls: each debtor has a mobile number.
        env["res.partner"].search([("customer_rank", ">", 0)]).write(
            {"phone": "+33 6 12 34 56 78"}
        )
        self.spread(self.make_scenarios())
        self.engine.plan(companies=env.company)
        waiting = env["btp.relance"].search([("state", "=", "proposed")])
        waiting.action_approve()
        env["ir.config_parameter"].set_param("mail.mail.queue.batch.size", 100_000)
        env.cr.commit()
        tidy(env.cr.dbname)

    def make_scenarios(self):
        """One scenario for each channel, with the words of a seeded step."""
        scenarios = {}
        for channel, name in STEPS.items():
            seeded = self.env.ref(f"btp_relance.{name}")
            values = {
                "name": seeded.name,
                "days": 1,
                "tone": seeded.tone,
                "channel": channel,
                "approval": seeded.approval,
                "template_id": seeded.template_id.id,
                "show_interest": seeded.show_interest,
            }
            if channel == "sms":
                words = self.env.ref("btp_relance.sms_template_reminder")
                values |= {"template_id": False, "sms_template_id": words.id}
            scenarios[channel] = self.env["btp.relance.scenario"].create(
                {"name": channel, "step_ids": [Command.create(values)]}
            )
        return scenarios

    def spread(self, scenarios):
        """Give customers their scenario, by the shares, one after the other."""
        self.env["btp.relance.rule"].search([]).active = False
        customers = self.env["res.partner"].search(
            [("customer_rank", ">", 0), ("parent_id", "=", False)], order="id"
        )
        # By steps of a number prime to a hundred: every run of debtors is a mix.
        ranks = [rank * 37 % 100 for rank in range(len(customers))]
        bottom = 0
        for channel, share in SHARES.items():
            mine = [
                customer.id
                for rank, customer in zip(ranks, customers, strict=True)
                if bottom <= rank < bottom + share
            ]
            customers.browse(mine).btp_scenario_id = scenarios[channel]
            bottom += share
        self.env.flush_all()

    def give_rates(self):
        """Complete the rates of interest up to now: registered letters claim it."""
        rates = self.env["btp.legal.rate"]
        last = rates.search([], limit=1)
        (year, half), now = (last.year, int(last.half)), semester(Date.today())
        while (year, half) < now:
            year, half = (year + 1, 1) if half == 2 else (year, 2)
            last.copy({"year": year, "half": str(half)})

    def give_certificate(self):
        """A self-made certificate that signs registered letters."""
        now = datetime.now(UTC)
        content = signing.make_certificate(
            "Banc de mesure", now - timedelta(days=1), now + timedelta(days=30), "banc"
        )
        company = self.env.company
        company.btp_certificate_id = self.env["certificate.certificate"].create(
            {
                "name": "Banc",
                "company_id": company.id,
                "content": base64.b64encode(content),
                "pkcs12_password": "banc",
            }
        )

    @contextmanager
    def world(self):
        """A mail server, an operator and Odoo's own web server, each a process of its own."""
        folder = project.state() / "bench" / "mails"
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.eml"):
            path.unlink()
        here = Path(__file__).parent
        with (
            program("-m", "tools.smtp", folder) as mail_port,
            program(here / "sms_server.py") as sms_port,
        ):
            config["smtp_server"], config["smtp_port"] = "127.0.0.1", int(mail_port)
            self.env["ir.config_parameter"].set_param(
                "sms.endpoint", f"http://127.0.0.1:{sms_port}"
            )
            self.env.cr.commit()
            with serve_styles(self.env):
                yield
        self.received = len(list(folder.glob("*.eml")))

    # === BOTH SIDES === #

    def find(self, channel=None, limit=None):
        """The reminders that wait to leave by a channel."""
        domain = [("state", "=", "approved")]
        if channel:
            domain.append(("channel", "=", channel))
        return self.env["btp.relance"].search(domain, order="id", limit=limit)

    def send(self, relances):
        """Our dispatch of these reminders, to the end."""
        for start in range(0, len(relances), 50):
            self.engine._dispatch_chunk(relances[start : start + 50].ids)
            self.env.cr.commit()
        self.finish()

    def finish(self):
        """Let Odoo's own jobs carry mails and text messages to their servers; seal."""
        self.env["mail.mail"].process_email_queue()
        self.env["sms.sms"]._process_queue()
        self.env["btp.relance.event"]._cron_seal()
        self.env.cr.commit()

    def by_odoo(self, channel, relances):
        """The same messages by what Odoo itself has."""
        getattr(self, f"{channel}_by_odoo")(relances)
        self.env.cr.commit()

    def email_by_odoo(self, relances):
        relances.step_id.template_id.send_mail_batch(relances.ids)
        self.env.cr.commit()
        self.env["mail.mail"].process_email_queue()

    def sms_by_odoo(self, relances):
        words = relances.step_id.sms_template_id
        relances._message_sms_schedule_mass(template=words)
        self.env.cr.commit()
        self.env["sms.sms"]._process_queue()

    def letter_by_odoo(self, relances):
        """Print an invoice of each, and keep it as Odoo keeps a report."""
        for relance in relances:
            move = relance.line_ids.move_id[:1]
            self.env["ir.attachment"].create(
                {
                    "name": f"{move.name}.pdf",
                    "raw": print_invoice(self.env, move),
                    "res_model": "account.move",
                    "res_id": move.id,
                }
            )

    registered_by_odoo = letter_by_odoo

    def call_by_odoo(self, relances):
        template = relances.step_id.template_id
        scripts = template._render_field("body_html", relances.ids, compute_lang=True)
        for relance in relances:
            relance.activity_schedule(
                "mail.mail_activity_data_call",
                user_id=self.env.uid,
                note=scripts[relance.id],
                summary=f"{relance.contact_id.display_name}: {relance.phone}",
            )

    # === MEASURED === #

    def measure_channel(self, channel, report):
        """A sample of one channel on both sides, by turns."""
        waiting = self.find(channel)
        self.by_odoo(channel, waiting[:WARM_UP])
        self.send(waiting[:WARM_UP])
        count = min(
            SAMPLE * (5 if channel in ("email", "sms") else 1), len(waiting) // 2
        )
        sample = waiting[WARM_UP : WARM_UP + count]
        costs = {"odoo": [], "ours": []}
        for start in range(0, len(sample), TURN):
            ids = sample[start : start + TURN].ids
            for side, work in (("odoo", self.by_odoo), ("ours", None)):
                with fresh(self.env) as cost:
                    relances = self.env["btp.relance"].browse(ids)
                    work(channel, relances) if work else self.send(relances)
                cost.items = len(ids)
                costs[side].append(cost)
        self.check(sample)
        for side, made in costs.items():
            report(f"mixed_{side}_{channel}", total(made))

    def measure_mix(self, report):
        """All that still waits, in one dispatch as it comes."""
        relances = self.find()
        report(
            "mix",
            **{name: len(group) for name, group in relances.grouped("channel").items()},
        )
        with fresh(self.env) as cost:
            self.engine.dispatch()
            self.finish()
        cost.items = len(relances)
        self.check(relances)
        report("mixed", cost)

    def check(self, relances):
        """Everything left: sent, or on a person's desk with its paper."""
        relances.invalidate_recordset()
        for relance in relances:
            wanted = "sent" if relance.channel in ("email", "sms") else "assigned"
            assert relance.state == wanted, (relance.channel, relance.failure_reason)
            assert relance.channel not in ("letter", "registered") or relance.letter_id
            assert relance.channel != "registered" or relance.posting_id.signer


def total(costs):
    """The sum of several turns of one side."""
    return Cost(
        python_s=sum(cost.python_s for cost in costs),
        sql_s=sum(cost.sql_s for cost in costs),
        wall_s=sum(cost.wall_s for cost in costs),
        peak_mib=max(cost.peak_mib for cost in costs),
        queries=sum(cost.queries for cost in costs),
        items=sum(cost.items for cost in costs),
    )


@contextmanager
def program(*args):
    """A Python program that prints its port and serves until its input closes."""
    with subprocess.Popen(
        [sys.executable, *map(str, args)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=project.ROOT,
    ) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()
