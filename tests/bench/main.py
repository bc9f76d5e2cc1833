# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp bench: what planning and dispatch cost on large ledgers, beside OCA's credit control.

Each size gets a ledger of its own, copied for each side; each side runs in a process of its
own. Results are kept as they come: Ctrl-C shows what there is. A slow machine is no failure: the
exit code tells only whether every step ran.
"""

import argparse
import json
import platform
import subprocess
import sys
import time
from pathlib import Path

import report
from meter import Cost

from tools import databases, postgres, project, templates

HERE = Path(__file__).parent
SIDES = ("ours", "oca")
#: Where the results of the invoices of works are kept, beside those of the sizes.
WORKS = "works"
#: The same for papers, on a small ledger: a print costs the same whatever the ledger holds.
PAPER, PAPER_LEDGER = "paper", 1000
#: The same for reminders by every channel; and how many invoices make one of them.
MIXED, INVOICES_A_REMINDER = "mixed", 200 / 18
#: The same for scores; and how many invoices leave one amount due open.
SCORING, INVOICES_AN_OPEN_ONE = "scoring", 200 / 110
#: The same for reading papers, which needs no ledger at all.
READ = "read"
#: The same for the figures of a month; and for a larger ledger, beside one of this size.
FIGURES, FIGURES_LARGE, FIGURES_SIZE = "figures", "figures_large", 100_000
#: The same for a queue of papers, two workers and a kill.
QUEUE = "queue"


def arguments():
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="./btp bench", description=__doc__.split("\n\n")[0]
    )
    parser.add_argument(
        "--sizes", default="10000,100000", metavar="N,N",
        help="numbers of invoices (default %(default)s; 1000000 takes 5 minutes more)",
    )  # fmt: skip
    parser.add_argument("--only", choices=SIDES, help="measure one side alone")
    parser.add_argument(
        "--no-oca",
        dest="only",
        action="store_const",
        const="ours",
        help="same as --only ours",
    )
    parser.add_argument(
        "--oca-limit", type=int, default=100_000, metavar="N",
        help="largest ledger given to OCA's addon, whose last step is quadratic (default %(default)s: 15 minutes)",
    )  # fmt: skip
    parser.add_argument(
        "--mails",
        type=int,
        default=500,
        help="mails that each side makes (default %(default)s)",
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the databases, to look into them"
    )
    parser.add_argument(
        "--works", action="store_true",
        help="measure invoices of works alone: their list and their posting beside Odoo's own",
    )  # fmt: skip
    parser.add_argument(
        "--works-list", type=int, default=10_000, metavar="N",
        help="invoices in the list that is opened (default %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--works-posts", type=int, default=1000, metavar="N",
        help="situations posted, and plain invoices beside them (default %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--works-months", type=int, default=10, metavar="N",
        help="situations of each contract (default %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--paper", action="store_true",
        help="measure papers alone: a letter beside Odoo's own print of an invoice",
    )  # fmt: skip
    parser.add_argument(
        "--paper-prints", type=int, default=20, metavar="N",
        help="letters printed, and invoices beside them (default %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--mixed", type=int, metavar="N",
        help="measure reminders by every channel alone, to the mail server: N of them, each "
        "channel beside Odoo's own means",
    )  # fmt: skip
    parser.add_argument(
        "--scoring", type=int, metavar="N", nargs="?", const=100_000,
        help="measure scores alone: N amounts due scored end to end, and the training on as "
        "many paid invoices (default %(const)s)",
    )  # fmt: skip
    parser.add_argument(
        "--figures", type=int, metavar="N", nargs="?", const=100_000,
        help="measure the figures of a month alone, on N invoices of two years, beside the "
        "SQL of the same sums (default %(const)s; more: beside that many too)",
    )  # fmt: skip
    parser.add_argument(
        "--read", type=int, nargs="?", const=12, metavar="N",
        help="measure reading alone: N pages of text and N scans, beside pdfminer and Tesseract (12)",
    )  # fmt: skip
    parser.add_argument(
        "--papers", type=int, nargs="?", const=1000, metavar="N",
        help="measure the queue of papers alone: N of them, two workers, one killed (%(const)s)",
    )  # fmt: skip
    args = parser.parse_args()
    args.sizes = sorted({int(size.replace("_", "")) for size in args.sizes.split(",")})
    return args


class Bench:
    """The run: its results by size, and the databases it made."""

    def __init__(self, args):
        self.args = args
        self.results = {}
        self.made = []
        self.failed = False
        self.folder = project.state() / "bench"
        self.folder.mkdir(exist_ok=True)

    def run(self):
        """Measure every size, the slow OCA runs last."""
        if self.args.read or self.args.papers:
            (self.measure_reading if self.args.read else self.measure_queue)()
            return
        template = templates.base()
        for special in (MIXED, SCORING, FIGURES):
            if getattr(self.args, special):
                getattr(self, f"measure_{special}")(template)
                return
        if not self.args.works:
            self.measure_paper(template)
        if self.args.paper:
            return
        self.measure_works(template)
        if self.args.works:
            return
        sizes = [size for size in self.args.sizes if self.make_ledger(template, size)]
        for side in SIDES:
            if self.args.only in (None, side):
                for size in sizes:
                    self.measure(side, size)

    def measure_works(self, template):
        """Measure invoices of works on a ledger of their own, where our side is measured at all."""
        if self.args.only == "oca":
            return
        count, posts = self.args.works_list, self.args.works_posts
        self.results[WORKS] = {"skipped": []}
        print(f"• Opening {count:,} invoices, posting {posts:,} situations", flush=True)
        name = self.name("works")
        self.clone(template, name)
        if self.work("ledger", name, WORKS, "--invoices", count):
            months = self.args.works_months
            self.work(
                "works", name, WORKS,
                "--invoices", count, "--posts", posts, "--months", months,
            )  # fmt: skip

    def measure_paper(self, template):
        """Measure the print of a letter, where our side is measured at all."""
        if self.args.only == "oca":
            return
        count = self.args.paper_prints
        self.results[PAPER] = {"skipped": []}
        print(f"• Printing {count:,} letters and as many invoices", flush=True)
        name = self.name("paper")
        self.clone(template, name)
        if self.work("ledger", name, PAPER, "--invoices", PAPER_LEDGER):
            self.work("paper", name, PAPER, "--prints", count)

    def measure_reading(self):
        """Measure the reading of papers."""
        self.results[READ] = {"skipped": []}
        print(f"• Reading {self.args.read} pages of text and as many scans", flush=True)
        self.run_job([HERE / "reading.py", "--pages", self.args.read], READ, "reading")

    def measure_queue(self):
        """Measure the queue of papers."""
        count = self.args.papers
        self.results[QUEUE] = {"skipped": []}
        print(f"• Reading a queue of {count:,} papers, one worker killed", flush=True)
        name = self.name("queue")
        self.clone(templates.suite(), name)
        job = [HERE / "queue_of_papers.py", name, "--papers", count]
        self.run_job(job, QUEUE, "queue")

    def measure_mixed(self, template):
        """Measure a day's reminders by every channel."""
        count = self.args.mixed
        self.results[MIXED] = {"skipped": []}
        print(f"• Sending {count:,} reminders by every channel", flush=True)
        name = self.name("mixed")
        self.clone(template, name)
        invoices = round(count * INVOICES_A_REMINDER)
        if self.work("ledger", name, MIXED, "--invoices", invoices):
            self.work("mixed", name, MIXED)

    def measure_scoring(self, template):
        """Measure training and a night of scores."""
        count = self.args.scoring
        self.results[SCORING] = {"skipped": []}
        print(f"• Scoring {count:,} amounts due", flush=True)
        name = self.name("scoring")
        self.clone(template, name)
        invoices = round(count * INVOICES_AN_OPEN_ONE)
        if self.work("ledger", name, SCORING, "--invoices", invoices):
            for part in ("train", "score", "freeze", "compare"):
                if not self.work("scoring", name, SCORING, "--part", part):
                    break

    def measure_figures(self, template):
        """Measure the figures of a month; on a large ledger beside the usual one."""
        count = self.args.figures
        sizes = {FIGURES: min(count, FIGURES_SIZE)}
        if count > FIGURES_SIZE:
            sizes[FIGURES_LARGE] = count
        for key, invoices in sizes.items():
            self.results[key] = {"skipped": []}
            print(f"• Figures of a month on {invoices:,} invoices", flush=True)
            name = self.name(key)
            self.clone(template, name)
            if self.work("ledger", name, key, "--invoices", invoices):
                self.work("figures", name, key)

    def make_ledger(self, template, size):
        """One ledger a size, for both sides. Returns whether it was made."""
        self.results[size] = {"skipped": []}
        print(f"• Making a ledger of {size:,} posted invoices", flush=True)
        self.clone(template, self.name(size))
        return self.work("ledger", self.name(size), size, "--invoices", size)

    def measure(self, side, size):
        """Measure one side on its own copy of a ledger."""
        if side == "oca" and size > self.args.oca_limit:
            self.results[size]["skipped"].append(
                f"OCA's addon (--oca-limit {size} runs it)"
            )
            return
        print(f"• Measuring {side} on {size:,} invoices", flush=True)
        copy = self.name(f"{size}_{side}")
        self.clone(self.name(size), copy)
        self.work(side, copy, size, "--mails", self.args.mails, "--folder", self.folder)
        if not self.args.keep:
            databases.drop(copy)

    def name(self, label):
        """The database for a label."""
        return f"{databases.PREFIX}_bench_{label}"

    def clone(self, source, target):
        """Copy a database; no parallel query there, so that a backend's clock tells all."""
        self.made.append(target)
        databases.clone(source, target)
        for setting in (
            "max_parallel_workers_per_gather",
            "max_parallel_maintenance_workers",
        ):
            postgres.query("postgres", f'ALTER DATABASE "{target}" SET {setting} = 0')

    def work(self, job, database, size, *options):
        """Run a job in a process of its own, keep its results as they come.

        Returns whether it ran to its end.
        """
        return self.run_job([HERE / "worker.py", job, database, *options], size, job)

    def run_job(self, command, size, job):
        """Run a Python program in a process of its own and keep its results."""
        cmd = [sys.executable, *command]
        with subprocess.Popen(
            list(map(str, cmd)), stdout=subprocess.PIPE, text=True
        ) as process:
            for line in process.stdout:
                result = json.loads(line)
                self.keep(size, result["name"], result["values"])
        if process.returncode:
            self.failed = True
            self.results[size]["skipped"].append(
                f"the rest of {job}: it stopped with an error"
            )
        return not process.returncode

    def keep(self, size, name, values):
        """Note one result, on the screen and in the file."""
        if cpu_s := values.pop("cpu_s", None):
            values = Cost(**values)
            print(
                f"    {name:<20} {cpu_s:9.2f} CPU s {values.queries:9,} queries",
                flush=True,
            )
        self.results[size][name] = values
        self.save()

    def save(self):
        """Write everything measured so far as JSON."""
        content = {
            "date": time.strftime("%Y-%m-%d"),
            "machine": {
                "python": platform.python_version(),
                "postgresql": postgres.query("postgres", "SHOW server_version"),
                "processor": platform.machine(),
            },
            "sizes": {
                size: {
                    name: v.as_dict() if isinstance(v, Cost) else v
                    for name, v in results.items()
                }
                for size, results in self.results.items()
            },
            "bars": [bar.verdict(self.results) for bar in report.bars()],
        }
        (self.folder / "result.json").write_text(
            json.dumps(content, indent=1, ensure_ascii=False)
        )

    def finish(self):
        """Show the table, and clean up."""
        text = report.text(self.results)
        print(f"\n{text}\n")
        (self.folder / "result.txt").write_text(text + "\n")
        print(f"Also in {self.folder}/result.txt and result.json")
        if not self.args.keep:
            for name in self.made:
                databases.drop(name)


def main():
    """Run the benchmark; what was measured is shown however it ends."""
    bench = Bench(arguments())
    try:
        bench.run()
    except KeyboardInterrupt:
        print("\nStopped: here is what was measured.")
    finally:
        bench.finish()
    return 1 if bench.failed else 0


if __name__ == "__main__":
    sys.exit(main())
