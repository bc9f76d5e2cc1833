# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp backtest FILE.csv: would the learner have beaten the simple rules on these invoices?

The file has one line for each invoice (or amount due), separated by commas, semicolons or tabs:

  needed     invoice_id (unique), customer_id, issue_date, due_date, amount,
             paid_date (empty while open)
  if known   segment, stage, regime, site, site_state (texts), retention, price_revision,
             subcontract (0 or 1), visa_days, missing_documents, reminders (as on the day of
             issue), missing_since, missing_until (days)

Days are written 2026-11-28 or 28/11/2026, amounts 1234.56 or 1 234,56. Other columns are ignored.
"""

import argparse
import csv
import json
import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DAYS = ("issue_date", "due_date", "paid_date", "missing_since", "missing_until")
FIGURES = (
    "amount",
    "retention",
    "price_revision",
    "subcontract",
    "visa_days",
    "missing_documents",
    "reminders",
)
TITLES = {
    "rule": "due date",
    "rate": "customer's late rate, shrunk",
    "delays": "customer's delay distribution",
    "learner": "learner",
}
WHY = {
    "better": "better than the late rate",
    "few_origins": "too few days to judge it on",
    "not_better": "not better than the late rate",
    "not_calibrated": "better, but its percentages are not right",
    "missing": "could not be measured",
}
ROWS = {
    "bad_date": "the day of issue or the due date cannot be read",
    "due_before_issue": "due before the day of issue",
    "paid_before_issue": "paid before the day of issue",
    "bad_amount": "no amount (a currency without a rate?)",
    "negative_amount": "the amount is negative",
    "no_customer": "no customer",
}
TROUBLES = {
    "missing_column": "The column {} is missing.",
    "duplicate_id": "The same invoice_id is there twice.",
    "several_days": "The column asof has several days: give one with --asof.",
    "no_history": "There is too little history to measure anything (about 30 settled invoices).",
}


def read(path) -> list[dict]:
    """Return the file's lines with days and figures as the learner reads them.

    :raise ValueError: no file of lines and columns
    """
    text = Path(path).read_text(encoding="utf-8-sig")
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    rows = list(csv.DictReader(text.splitlines(), delimiter=separator))
    if not rows:
        raise ValueError("no lines")
    for row in rows:
        row.pop(None, None)
        row.pop("asof", None)
        for name in DAYS:
            if name in row:
                row[name] = read_day(row[name])
        for name in FIGURES:
            if name in row:
                row[name] = read_figure(row[name])
    return rows


def read_day(text):
    """Return an ISO day, or an empty text."""
    text = (text or "").strip()
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", text)
    return "{2}-{1:0>2}-{0:0>2}".format(*found.groups()) if found else text[:10]


def read_figure(text):
    """Return a number, or None."""
    text = re.sub(r"[\s\u00a0\u202f€]", "", text or "")
    if "," in text:
        text = text.replace(".", "").replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None


def latest(rows) -> str:
    """Return the last day on which the file saw anything happen."""
    days = []
    for row in rows:
        for name in ("issue_date", "paid_date"):
            try:
                days.append(date.fromisoformat(row.get(name) or ""))
            except ValueError:
                continue
    if not days:
        raise ValueError("no days")
    return max(days).isoformat()


def show(found, trouble) -> str:
    """Return the table as text.

    :param found: of ``learner.backtest.run``; :param trouble: {code: rows} that cannot be used
    """
    lines = [
        f"Invoices since {found['since']}, known up to {found['until']};"
        f" forecasts made on {len(next(iter(found['table'].values()))['by_origin'])} days,"
        f" {found['first']} to {found['last']}.",
        "",
        f"{'':32}{'rows':>7}{'AUC':>8}{'Brier':>8}{'ECE':>8}{'MAE days':>10}{'WAPE':>8}",
    ]
    for name, figures in found["table"].items():
        cells = [
            "-" if figures[key] is None else f"{figures[key]:.{digits}f}"
            for key, digits in (
                ("auc", 3),
                ("brier", 4),
                ("ece", 3),
                ("mae", 2),
                ("wape", 3),
            )
        ]
        widths = (8, 8, 8, 10, 8)
        row = "".join(
            f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)
        )
        lines.append(f"{TITLES[name]:32}{figures['n']:>7}{row}")
    decision = found["promote"]
    lines += ["", f"In charge: {TITLES[decision['champion']]}."]
    lines += [
        f"  {TITLES[name]}: {WHY[code]}" for name, code in decision["why"].items()
    ]
    lines += [
        f"  {count} rows not learned from, the due date speaks for them: {ROWS[code]}."
        for code, count in trouble.items()
    ]
    return "\n".join(lines)


def parse(args):
    """Read the command's options."""
    parser = argparse.ArgumentParser(
        prog="./btp backtest",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="the CSV file")
    parser.add_argument("--asof", help="the day up to which it is known")
    parser.add_argument("--grace", type=int, default=0, help="days that are not late")
    parser.add_argument("--origins", type=int, default=6, help="days to forecast from")
    parser.add_argument("--json", help="write all figures into this file")
    return parser.parse_args(args)


def main(args=None) -> int:
    """Measure one file; return the exit code."""
    options = parse(args)
    sys.path.append(str(ROOT / "btp_relance_scoring"))
    from learner import LearnerError, Ledger, backtest

    try:
        rows = read(options.file)
        ledger = Ledger(rows, asof=options.asof or latest(rows))
        found = backtest.run(ledger, options.grace, options.origins)
    except LearnerError as error:
        print(
            TROUBLES.get(error.code, str(error)).format(error.detail), file=sys.stderr
        )
        return 1
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        print(f"{options.file} cannot be read: {error}", file=sys.stderr)
        return 1
    codes = ledger.trouble[ledger.trouble != ""].tolist()
    trouble = {code: codes.count(code) for code in sorted(set(codes))}
    print(show(found, trouble))
    if options.json:
        found.pop("past")
        Path(options.json).write_text(json.dumps(found, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
