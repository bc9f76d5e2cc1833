# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The table, and what the figures are held against. Ratios only: seconds belong to a machine."""

from typing import NamedTuple

from meter import Cost

PLANNING_OCA = ("oca_lines", "oca_ready", "oca_communications")
#: Name of a step, what it says, the step that it is compared with and how that one is called.
ROWS = (
    ("plan", "Planning, first day (items: lines)", None, ""),
    ("plan_again", "Planning again, same day", "bare", "bare SQL"),
    ("plan_quiet", "Planning, next day (items: reminders)", "bare", "bare SQL"),
    ("plan_asked", "The same, the accounts left two messages unanswered", None, ""),
    (
        "plan_silent",
        "… and the management is asked next",
        "plan_asked",
        "same contacts",
    ),
    ("bare", "Bare SQL selecting (échéance, step) pairs", None, ""),
    ("dispatch", "Dispatch: mails into the queue", "odoo_mails", "Odoo"),
    ("odoo_mails", "Odoo's send_mail_batch, same mails", None, ""),
    ("list_ours", "List of invoices, our columns too", "list_odoo", "Odoo"),
    ("list_odoo", "List of invoices, Odoo's columns", None, ""),
    ("post_situations", "Posting situations (a batch)", "post_plain", "plain"),
    ("post_plain", "Posting plain invoices (a batch)", None, ""),
    *(
        row
        for name, ours, odoo_s in (
            ("email", "E-mails, to the mail server", "Odoo: send_mail_batch and queue"),
            ("sms", "SMS, to the operator", "Odoo: mass SMS and queue"),
            ("letter", "Letters, archived", "Odoo: invoices printed and kept"),
            ("registered", "Registered letters, signed, archived", "Odoo: the same"),
            ("call", "Calls, with their script", "Odoo: activities with a script"),
        )
        for row in (
            (f"mixed_ours_{name}", ours, f"mixed_odoo_{name}", "Odoo"),
            (f"mixed_odoo_{name}", odoo_s, None, ""),
        )
    ),
    ("mixed", "The whole mix, in one dispatch", "mixed_odoo", "Odoo's sum"),
    ("mixed_odoo", "Odoo: the sum for as many of each", None, ""),
    ("mixed_mails", "Odoo: send_mail_batch for as many mails", None, ""),
    ("paper_first_letter", "The first letter of a process", None, ""),
    ("paper_letter", "Printing a letter", "paper_invoice", "Odoo's invoice"),
    (
        "paper_letter_2",
        "Printing a letter, two pages",
        "paper_invoice_2",
        "Odoo's invoice",
    ),
    ("paper_first_invoice", "Odoo: the first invoice of a process", None, ""),
    ("paper_invoice", "Odoo: printing an invoice", None, ""),
    ("paper_invoice_2", "Odoo: printing an invoice, two pages", None, ""),
    ("score_train", "Scores: training (items: amounts paid)", None, ""),
    ("score_first", "Scores: the first night (items: amounts due)", None, ""),
    ("score_again", "Scores: the night after", None, ""),
    ("score_freeze", "Scores: the week's cash forecast (items: weeks)", None, ""),
    ("score_settle", "Scores: what came in a week, beside it", None, ""),
    ("score_compare", "Scores: training, and its rivals at past dates", None, ""),
    ("figures_month", "Figures of a month, kept", "figures_bare", "bare SQL"),
    ("figures_bare", "Bare SQL of the same sums", None, ""),
    ("figures_dashboard", "The dashboard", None, ""),
    ("read_text", "Reading a page of text", "read_pdfminer", "pdfminer"),
    ("read_pdfminer", "pdfminer alone", None, ""),
    ("read_scan", "Reading a scan", "read_tesseract", "Tesseract"),
    ("read_tesseract", "Tesseract alone, at 300 dpi", None, ""),
    ("oca_lines", "OCA: credit control lines", None, ""),
    ("oca_ready", "OCA: set to ready", None, ""),
    ("oca_communications", "OCA: communications", None, ""),
    ("oca_steps", "OCA: these three steps", "plan", "planning"),
    ("oca_mails", "OCA: mails into the queue", "dispatch", "dispatch"),
)
HEADER = (
    "",
    "CPU s",
    "Python",
    "SQL",
    "wall s",
    "MiB",
    "queries",
    "items",
    "ms each",
    "ratio",
)


class Bar(NamedTuple):
    """A promise: ``value(results)`` is at least or at most ``limit``; None if not measured."""

    text: str
    value: object
    limit: float
    at_least: bool = False

    def verdict(self, results):
        """One line that says what was measured, and whether it is enough."""
        value = self.value(results)
        if value is None:
            return f"not measured  {self.text}"
        reached = value >= self.limit if self.at_least else value <= self.limit
        return (
            f"{'reached     ' if reached else 'NOT REACHED '}  {self.text}: {value:.4g}"
        )


def costs(results, size):
    """The costs measured for a size, OCA's steps summed where all three are there."""
    known = {
        name: values
        for name, values in results.get(size, {}).items()
        if isinstance(values, Cost)
    }
    if all(name in known for name in PLANNING_OCA):
        parts = [known[name] for name in PLANNING_OCA]
        known["oca_steps"] = Cost(
            python_s=sum(part.python_s for part in parts),
            sql_s=sum(part.sql_s for part in parts),
            wall_s=sum(part.wall_s for part in parts),
            peak_mib=max(part.peak_mib for part in parts),
            queries=sum(part.queries for part in parts),
            items=known["oca_lines"].items,
        )
    if mix := results.get(size, {}).get("mix"):
        shares = {f"mixed_odoo_{name}": count for name, count in mix.items()}
        known["mixed_odoo"] = scaled(known, shares)
        known["mixed_mails"] = scaled(known, {"mixed_odoo_email": sum(mix.values())})
    return known


def scaled(known, counts):
    """What steps measured on a sample take for so many items of each."""
    parts = [(known[name], count / known[name].items) for name, count in counts.items()]
    return Cost(
        **{
            name: sum(getattr(part, name) * factor for part, factor in parts)
            for name in ("python_s", "sql_s", "wall_s")
        },
        queries=round(sum(part.queries * factor for part, factor in parts)),
        items=sum(counts.values()),
    )


def ratio(results, size, one, other, per_item=False):
    """CPU of one step over another's, or None where one is missing."""
    known = costs(results, size)
    if one not in known or other not in known:
        return None
    if per_item:
        return known[one].per_item_ms() / known[other].per_item_ms()
    return known[one].cpu_s / known[other].cpu_s


def tenfold(results, large, small, name):
    """CPU of a step on ten times the invoices over that on the usual ledger, else None."""
    one, other = (costs(results, size).get(name) for size in (large, small))
    if not one or not other or one.items != 10 * other.items:
        return None
    return one.cpu_s / other.cpu_s


def seconds(results, size, name):
    """CPU seconds of a step, or None where it is missing."""
    known = costs(results, size)
    return known[name].cpu_s if name in known else None


def across(results, small, large, value):
    """How a value of planning grows from one size to another, or None where one is missing."""
    costs_of = [costs(results, size).get("plan") for size in (small, large)]
    return value(costs_of[1]) / value(costs_of[0]) if all(costs_of) else None


def peak(results, size):
    """The memory of planning in GiB, or None."""
    plan = costs(results, size).get("plan")
    return plan and plan.peak_mib / 1024


def bars():
    """What is promised, in the order in which it is told."""
    yield Bar(
        "at 100,000 invoices, OCA's three steps take at least 50 times the CPU of planning",
        lambda r: ratio(r, 100_000, "oca_steps", "plan"), 50, at_least=True,
    )  # fmt: skip
    for size in (100_000, 1_000_000):
        text = f"at {size:,}, a day on which little is new takes at most 3 times the bare SQL"
        yield Bar(text, lambda r, s=size: ratio(r, s, "plan_quiet", "bare"), 3)
    for small, large in ((10_000, 100_000), (100_000, 1_000_000)):
        text = (
            f"planning {large:,} takes no more queries than {small:,} (ratio at most 1)"
        )
        yield Bar(
            text, lambda r, s=small, t=large: across(r, s, t, lambda c: c.queries), 1
        )
    yield Bar(
        "planning 1,000,000 takes at most 12 times the CPU of 100,000",
        lambda r: across(r, 100_000, 1_000_000, lambda c: c.cpu_s), 12,
    )  # fmt: skip
    yield Bar(
        "planning 1,000,000 takes at most 1.5 GiB", lambda r: peak(r, 1_000_000), 1.5
    )
    for size in (10_000, 100_000):
        text = f"at {size:,}, a mail into the queue takes at most twice the CPU of send_mail_batch"
        yield Bar(
            text,
            lambda r, s=size: ratio(r, s, "dispatch", "odoo_mails", per_item=True),
            2,
        )

    yield Bar(
        "the figures of a month take at most 1.2 times the SQL of the same sums",
        lambda r: ratio(r, "figures", "figures_month", "figures_bare"), 1.2,
    )  # fmt: skip
    yield Bar(
        "the figures of 1,000,000 invoices take at most 12 times those of 100,000",
        lambda r: tenfold(r, "figures_large", "figures", "figures_month"), 12,
    )  # fmt: skip
    yield Bar(
        "the figures of a month take at most 10 s",
        lambda r: seconds(r, "figures", "figures_month"), 10,
    )  # fmt: skip
    yield Bar(
        "the dashboard takes at most 2 s of the server",
        lambda r: seconds(r, "figures", "figures_dashboard"), 2,
    )  # fmt: skip
    yield Bar(
        "a list of invoices takes at most 1.2 times Odoo's with our columns",
        lambda r: ratio(r, "works", "list_ours", "list_odoo"), 1.2,
    )  # fmt: skip
    yield Bar(
        "posting situations takes at most 1.3 times plain invoices of as many lines",
        lambda r: ratio(r, "works", "post_situations", "post_plain"), 1.3,
    )  # fmt: skip
    for end, pages in (("", "one page"), ("_2", "two pages")):
        yield Bar(
            f"the PDF of a letter ({pages}) takes at most 1.2 times Odoo's print of an invoice",
            lambda r, end=end: ratio(r, "paper", f"paper_letter{end}", f"paper_invoice{end}"),
            1.2,
        )  # fmt: skip
    for name in ("email", "sms", "letter", "registered", "call"):
        yield Bar(
            f"a reminder by {name} takes at most 1.5 times what Odoo takes for the message",
            lambda r, n=name: ratio(
                r, "mixed", f"mixed_ours_{n}", f"mixed_odoo_{n}", per_item=True
            ),
            1.5,
        )
    yield Bar(
        "reminders by every channel take at most 1.5 times the sum of Odoo's own means",
        lambda r: ratio(r, "mixed", "mixed", "mixed_odoo", per_item=True), 1.5,
    )  # fmt: skip
    for name, text in (
        ("score_first", "scoring 100,000 amounts due takes at most 60 s of CPU"),
        ("score_again", "scoring them again takes at most 60 s of CPU"),
    ):
        yield Bar(text, lambda r, n=name: cpu_of(r, n, 100_000), 60)
    yield Bar("scoring them takes at most 1.5 GiB", score_memory, 1.5)
    yield Bar(
        "training on 100,000 paid invoices takes at most 120 s of CPU",
        lambda r: cpu_of(r, "score_train", 100_000), 120,
    )  # fmt: skip
    yield Bar(
        "the monthly comparison on 100,000 paid invoices takes at most 360 s of CPU",
        lambda r: cpu_of(r, "score_compare", 100_000), 360,
    )  # fmt: skip
    for ours, theirs, limit, text in (
        (
            "read_text",
            "read_pdfminer",
            1.5,
            "a page of text takes at most 1.5 times pdfminer alone",
        ),
        (
            "read_scan",
            "read_tesseract",
            1.6,
            "a scan takes at most 1.6 times Tesseract alone",
        ),
    ):
        yield Bar(
            f"reading {text}",
            lambda r, ours=ours, theirs=theirs: ratio(r, "read", ours, theirs),
            limit,
        )
    for text, limit, at_least, value in (
        (
            "every paper of a queue is read once, one of two workers killed (share)",
            1,
            True,
            lambda queue: queue["read_once"] / queue["papers"],
        ),
        (
            "papers left or read twice",
            0,
            False,
            lambda q: q["waiting"] + q["read_twice"],
        ),
    ):
        yield Bar(
            text,
            lambda r, value=value: (
                value(r["queue"]["queue"]) if "queue" in r.get("queue", {}) else None
            ),
            limit,
            at_least,
        )


def cpu_of(results, name, items):
    """CPU of a step of the scores, where it had that many items at least; else None."""
    cost = costs(results, "scoring").get(name)
    return cost.cpu_s if cost and cost.items >= items else None


def score_memory(results):
    """The memory of a night of scores in GiB, or None."""
    cost = costs(results, "scoring").get("score_first")
    return cost.peak_mib / 1024 if cost and cost.items >= 100_000 else None


def row(label, cost, than):
    """The cells of one step."""
    each = cost.per_item_ms()
    return (
        label, f"{cost.cpu_s:.2f}", f"{cost.python_s:.2f}", f"{cost.sql_s:.2f}", f"{cost.wall_s:.2f}",
        f"{cost.peak_mib:.0f}", f"{cost.queries:,}", f"{cost.items:,}", f"{each:.2f}" if each else "", than,
    )  # fmt: skip


def table(results, size):
    """The lines of one size's table."""
    known, facts = costs(results, size), results[size].get("facts", {})
    title = f"{size:,} invoices" if isinstance(size, int) else f"Measured apart, {size}"
    yield f"{title}: " + ", ".join(
        f"{count:,} {what}" for what, count in facts.items() if what != "invoices"
    )
    cells = [HEADER]
    for name, label, other, called in ROWS:
        if name not in known:
            continue
        times = (
            ratio(
                results, size, name, other, per_item=name in ("dispatch", "oca_mails")
            )
            if other
            else None
        )
        than = f"{times:.1f} × {called}" if times else ""
        cells.append(row(label, known[name], than))
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADER))]
    for line in cells:
        numbers = "  ".join(
            cell.rjust(width)
            for cell, width in zip(line[1:-1], widths[1:-1], strict=True)
        )
        yield f"  {line[0].ljust(widths[0])}  {numbers}  {line[-1]}".rstrip()
    if queue := results[size].get("queue"):
        yield "  " + ", ".join(f"{what} {value:,}" for what, value in queue.items())
    for note in results[size].get("skipped", ()):
        yield f"  Not measured: {note}"


def text(results):
    """Everything as one text."""
    lines = [
        "CPU s is Python and PostgreSQL together; MiB is the peak of both; a mail's ratio is per mail.",
        "",
    ]
    for size in sorted(results, key=lambda size: (isinstance(size, str), size)):
        lines += [*table(results, size), ""]
    return "\n".join([*lines, *(bar.verdict(results) for bar in bars())])
