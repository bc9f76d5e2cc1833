# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One job of the benchmark in a process of its own: its memory and caches are nobody else's.

Each result leaves as one line of JSON on standard output as soon as it is known.
"""

import argparse
import json
import os
import sys
import warnings
from pathlib import Path

import database
import ledger
from meter import Meter


def report(name, cost=None, **facts):
    """Hand one result to the process that asked."""
    values = cost.as_dict() if cost else facts
    print(json.dumps({"name": name, "values": values}), file=RESULTS, flush=True)


def make_ledger(args):
    """Fill the database, check it through the ORM, and tell its size."""
    database.configure()
    with database.environment(args.database) as env:
        with Meter(env.cr) as cost:
            ledger.make(env, args.invoices)
            env.cr.commit()
        report("ledger", cost)
        ledger.check(env)
        report("facts", **ledger.facts(env))
    database.tidy(args.database)


def measure_ours(args):
    """Install the suite's engine on the ledger and measure it."""
    import ours

    database.configure()
    with database.environment(args.database, ["btp_relance"]) as env:
        ours.configure(env)
    database.tidy(args.database)
    with database.environment(args.database) as env:
        ours.measure(env, args.mails, report)


def measure_oca(args):
    """Install OCA's addon on the ledger and measure it."""
    import oca

    database.configure([oca.fetch(Path(args.folder))])
    with database.environment(args.database, [oca.MODULE]) as env:
        oca.configure(env)
    database.tidy(args.database)
    with database.environment(args.database) as env:
        oca.measure(env, args.mails, report)


def measure_works(args):
    """Install the suite on the ledger and measure invoices of works beside Odoo's own."""
    import works

    database.configure()
    with database.environment(args.database, ["btp_relance"]):
        pass
    with database.environment(args.database) as env:
        works.measure(env, args.invoices, args.posts, args.months, report)


def measure_paper(args):
    """Install the suite on the ledger and measure its letters beside Odoo's own print."""
    import paper

    database.configure()
    with database.environment(args.database, ["btp_relance"]):
        pass
    with database.environment(args.database) as env:
        paper.measure(env, args.prints, report)


def measure_mixed(args):
    """Install the suite on the ledger and measure a day's reminders by every channel."""
    database.configure()
    # It signs: the addon's own code is only there once its folder is known.
    import mixed

    with database.environment(args.database, ["btp_relance"]):
        pass
    with database.environment(args.database) as env:
        mixed.measure(env, report)


def measure_scoring(args):
    """Install the scores on the ledger and measure one part of them."""
    import scoring

    database.configure()
    if args.part == "train":
        with database.environment(args.database, ["btp_relance_scoring"]):
            pass
    with database.environment(args.database) as env:
        scoring.PARTS[args.part](env, report)


def measure_figures(args):
    """Install the suite on the ledger and measure the figures of a month."""
    import figures

    database.configure()
    with database.environment(args.database, ["btp_relance"]):
        pass
    with database.environment(args.database) as env:
        figures.measure(env, report)


JOBS = {
    "ledger": make_ledger,
    "ours": measure_ours,
    "works": measure_works,
    "paper": measure_paper,
    "mixed": measure_mixed,
    "scoring": measure_scoring,
    "figures": measure_figures,
    "oca": measure_oca,
}


def main():
    """Run one job."""
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("database")
    parser.add_argument("--invoices", type=int, default=0)
    parser.add_argument("--mails", type=int, default=0)
    parser.add_argument("--posts", type=int, default=0)
    parser.add_argument("--months", type=int, default=1)
    parser.add_argument("--prints", type=int, default=0)
    parser.add_argument("--part", help="of the scores")
    parser.add_argument("--folder", help="where downloads go")
    args = parser.parse_args()
    JOBS[args.job](args)


if __name__ == "__main__":
    # Results keep the real standard output; what Odoo or pip print goes to standard error.
    RESULTS = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    warnings.simplefilter("ignore")
    main()
