# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp backtest FILE.csv: would the learner have beaten the simple rules on these invoices?

The file has one line for each invoice (or amount due), separated by commas, semicolons or tabs:

  needed     invoice_id (unique), customer_id, issue_date, due_date, amount,
             paid_date (empty while open)
  if known   segment, stage, regime, site, site_state (texts), retention, price_revision,
             subcontract (0 or 1), visa_days, missing_documents, reminders (as on the day of
             issue), missing_since, missing_until (days)

Days are written 2026-11-28 or 28/11/2026, amounts 1234.56, 1 234,56 or 1,234.56. Other columns are ignored.
What the page *Is the model good?* exports is such a file, in either language.
"""

import argparse
import codecs
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
    lines = decode(Path(path).read_bytes()).splitlines() or [""]
    separator = max(",;\t", key=lines[0].count)
    names = next(csv.reader(lines[:1], delimiter=separator), [])
    names = [name.strip().lower() for name in names]
    rows = list(csv.DictReader(lines[1:], names, delimiter=separator))
    if not rows:
        raise ValueError("no lines below the names of the columns")
    if "paid_date" not in names:
        # The learner takes such a file for one where nobody has ever paid.
        raise ValueError("the column paid_date is missing")
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


def decode(data: bytes) -> str:
    """Return the text of a file as programs and spreadsheets write it.

    :raise ValueError: no text at all
    """
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = data.decode("utf-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            # What a French spreadsheet writes under Windows.
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        raise ValueError("it is no text file")
    return text


def read_day(text):
    """Return an ISO day, or an empty text."""
    text = (text or "").strip()
    found = re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/.](\d\d)?(\d\d)", text)
    if not found:
        return text[:10]
    day, month, century, year = found.groups()
    return f"{century or 20}{year}-{month:0>2}-{day:0>2}"


def read_figure(text):
    """Return a number, or None."""
    text = re.sub(r"[\s\u00a0\u202f€]", "", text or "")
    # The last of both is the decimal mark; one that is there twice marks thousands.
    mark = max(",.", key=text.rfind)
    text = text.replace({",": ".", ".": ","}[mark], "")
    text = text.replace(mark, "." if text.count(mark) == 1 else "")
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
    # What is dated after today is not known yet, whoever mistyped it.
    days = [day for day in days if day <= date.today()]
    if not days:
        raise ValueError("no day of issue or payment can be read")
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
    return "\n".join(lines + say_trouble(trouble))


def past_day(text):
    """Return a day that an option gives, which is not to come."""
    day = date.fromisoformat(read_day(text))
    if day > date.today():
        raise argparse.ArgumentTypeError("that day is not known yet")
    return day.isoformat()


def count(text):
    """Return a number that an option gives, none below zero."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("a number below zero")
    return number


def parse(args):
    """Read the command's options."""
    parser = argparse.ArgumentParser(
        prog="./btp backtest",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", help="the CSV file")
    parser.add_argument("--asof", type=past_day, help="the day up to which it is known")
    parser.add_argument("--grace", type=count, default=0, help="days that are not late")
    parser.add_argument(
        "--origins", type=count, help="days to forecast from (6, or 4 in a large file)"
    )
    parser.add_argument("--json", help="write all figures into this file")
    return parser.parse_args(args)


def main(args=None) -> int:
    """Measure one file; return the exit code."""
    options = parse(args)
    try:
        return measure(options)
    except (OSError, csv.Error, ValueError) as error:
        print(f"{options.file} cannot be read: {error}", file=sys.stderr)
    return 1


def measure(options) -> int:
    """Read one file, measure it and print what was found; return the exit code."""
    sys.path.append(str(ROOT / "btp_relance_scoring"))
    from learner import LearnerError, Ledger, backtest

    rows = read(options.file)
    trouble = {}
    try:
        ledger = Ledger(rows, asof=options.asof or latest(rows))
        codes = ledger.trouble[ledger.trouble != ""].tolist()
        trouble = {code: codes.count(code) for code in sorted(set(codes))}
        pace = backtest.pace(ledger)
        if options.origins is not None:
            pace["count"] = options.origins
        found = backtest.run(ledger, options.grace, **pace)
    except LearnerError as error:
        said = TROUBLES.get(error.code, str(error)).format(error.detail)
        print("\n".join([said, *say_trouble(trouble)]), file=sys.stderr)
        return 1
    print(show(found, trouble))
    if options.json:
        found.pop("past")
        Path(options.json).write_text(json.dumps(found, indent=1))
    return 0


def say_trouble(trouble) -> list[str]:
    """Return the sentences about rows that cannot be used, by ``{code: rows}``."""
    return [
        f"  {number} rows not learned from, the due date speaks for them: {ROWS[code]}."
        for code, number in trouble.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
