# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random ledgers and their figures in plain Python: nothing here knows the code or its SQL.

Amounts are whole cents. A ledger is a list of receivable entries, what they are matched with,
and what following up did; each figure is reckoned from its definition.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from dateutil.relativedelta import relativedelta
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers

# Hypothesis would read each module of Odoo in search of numbers to try: ledgers need none of them,
# and would be others whenever a module changes.
providers.is_local_module_file = lambda path: False

END = date(2025, 6, 16)
PARTNERS, CHANTIERS = range(3), (None, 0, 1)
STAGES = (None, "situation", "final")
#: Acts of following up: each ledger has one of each at least.
KINDS = ("reminder", "answer", "promise", "dispute", "document", "case", "forecast")
SALES = ("out_invoice", "out_refund", "out_receipt")


@dataclass(eq=False)
class Item:
    """A receivable entry; ``share``: which part of what it settles is money."""

    kind: str
    date: date
    balance: int
    due: date = None
    partner: int = 0
    chantier: int | None = None
    stage: str | None = None
    scenario: int | None = None
    retention: bool = False
    foreign: bool = False
    share: Fraction = Fraction(0)
    how: str = ""


@dataclass(eq=False)
class Match:
    debit: Item
    credit: Item
    day: date
    cents: int


@dataclass(eq=False)
class Work:
    """One act of following up: what it is about, when, and its facts."""

    kind: str
    day: date
    partner: int = 0
    lines: list = field(default_factory=list)
    facts: dict = field(default_factory=dict)


# === DRAWING === #

days = st.one_of(st.dates(date(2024, 1, 1), END), st.dates(date(2025, 3, 1), END))
cents = st.integers(1, 900_000)


@st.composite
def ledgers(draw):
    """Draw entries, matches and acts."""
    items, matches, works = [], [], []
    for _rank in range(draw(st.integers(1, 6))):
        draw_document(draw, items, matches)
    for _rank in range(draw(st.integers(0, 2))):
        # Money on account, or a balance brought forward.
        sign, share = draw(st.sampled_from([(-1, 1), (1, 0)]))
        items.append(
            Item(
                "entry",
                draw(days),
                sign * draw(cents),
                partner=draw(st.sampled_from(PARTNERS)),
                share=Fraction(share),
                how="bank" if share else "misc",
            )
        )
    for item in items:
        item.due = item.due or item.date
    sales = [item for item in items if item.kind == "out_invoice"]
    extra = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    for kind in (*KINDS, *extra):
        works.append(draw_work(draw, kind, sales, works))
    return items, matches, works


def draw_document(draw, items, matches):
    kind = draw(st.sampled_from(["out_invoice"] * 4 + ["out_refund", "out_receipt"]))
    facts = {
        "date": draw(days),
        "partner": draw(st.sampled_from(PARTNERS)),
        "chantier": draw(st.sampled_from(CHANTIERS)),
        "stage": draw(st.sampled_from(STAGES)),
        "scenario": draw(st.sampled_from([None, 0])),
        "foreign": draw(st.booleans()),
    }
    for _rank in range(draw(st.integers(1, 3))):
        sign = -1 if kind == "out_refund" else 1
        item = Item(kind, balance=sign * draw(cents), **facts)
        item.due = item.date + timedelta(days=draw(st.integers(0, 120)))
        item.retention = kind == "out_invoice" and draw(st.integers(0, 4)) == 0
        items.append(item)
        if sign > 0:
            draw_settlements(draw, item, items, matches)


def draw_settlements(draw, item, items, matches):
    left = item.balance
    for _rank in range(draw(st.integers(0, 3))):
        if not left:
            break
        part = left if draw(st.booleans()) else draw(st.integers(1, left))
        left -= part
        total = part + draw(st.sampled_from([0, 0, 1, 12_345]))
        day = draw(st.dates(item.date, END))
        how = draw(st.sampled_from(["bank", "cash", "misc", "payment", "refund"]))
        credit = Item("entry", day, -total, partner=item.partner, how=how)
        if how in ("bank", "cash"):
            credit.share = Fraction(1)
        elif how == "payment":
            credit.balance = -20 * -(-total // 20)
            credit.share = Fraction(draw(st.sampled_from([10, 15, 18, 20])), 20)
        elif how == "refund":
            credit.kind = "out_refund"
        items.append(credit)
        matches.append(Match(item, credit, day, part))


def draw_work(draw, kind, sales, works):
    work = Work(kind, draw(st.dates(date(2025, 4, 20), END)))
    work.partner = draw(st.sampled_from([item.partner for item in sales] or PARTNERS))
    own = [item for item in sales if item.partner == work.partner]
    if own:
        chosen = draw(st.lists(st.sampled_from(own), unique_by=id, max_size=3))
        work.lines = [(item, draw(st.integers(1, item.balance))) for item in chosen]
    amount = st.integers(0, 5_000)
    work.facts = {
        "time": draw(amount),
        "postage": draw(amount),
        "fees": draw(amount),
        "minutes": draw(st.integers(0, 90)),
        "good": draw(st.booleans()),
        "days": draw(st.integers(0, 90)),
        "open": draw(st.booleans()),
        "chantier": draw(st.sampled_from([0, 1])),
        "type": draw(st.sampled_from([0, 1])),
        "owed_by": draw(st.sampled_from(["moe", "us"])),
        "expected": draw(cents),
        "actual": draw(st.integers(0, 500_000)),
        "week": draw(st.sampled_from([4, 4, 1])),
    }
    reminders = [one for one in works if one.kind == "reminder"]
    if kind == "answer" and reminders:
        work.facts["reminder"] = draw(st.sampled_from([None, *reminders]))
    return work


# === RECKONING === #


def half_up(value: Fraction) -> int:
    """Return whole cents, a half away from zero."""
    sign = -1 if value < 0 else 1
    return sign * int(abs(value) + Fraction(1, 2))


class Oracle:
    """The figures of a period, for what a test chooses.

    :param world: regimes of the partners, users and scenarios of the chantiers
    """

    def __init__(self, ledger, world, first, last):
        self.items, self.matches, self.works = ledger
        self.world, self.first, self.last = world, first, last

    # What an entry is kept by.

    def dimensions(self, item, scenario=None) -> dict:
        chantier = item.chantier if item.kind in SALES else None
        stage = None
        if item.kind in SALES:
            stage = "retention_release" if item.retention else item.stage or "plain"
        return {
            "partner_id": item.partner,
            "chantier_id": chantier,
            "user_id": None if chantier is None else self.world["users"][chantier],
            "billing_stage": stage,
            "regime": self.world["regimes"][item.partner],
            "scenario_id": self.first_known(
                scenario,
                item.scenario if item.kind in SALES else None,
                None if chantier is None else self.world["scenarios"][chantier],
            ),
        }

    @staticmethod
    def first_known(*values):
        return next((value for value in values if value is not None), None)

    def reminded_by(self, item):
        """Return the scenario of the last reminder up to the last day."""
        found = [
            (work.day, rank)
            for rank, work in enumerate(self.works)
            if work.kind == "reminder" and work.day <= self.last
            for line, _amount in work.lines
            if line is item
        ]
        return 1 if found else None

    def of_lines(self, work, scenario=None):
        """Yield ``(dimensions, amount)`` of the amounts that an act is about, or of nobody's."""
        for item, amount in work.lines:
            yield self.dimensions(item, scenario) | {"partner_id": work.partner}, amount
        if not work.lines:
            yield self.alone(work), 0

    def alone(self, work):
        return {
            "partner_id": work.partner,
            "chantier_id": None,
            "user_id": None,
            "billing_stage": None,
            "regime": self.world["regimes"][work.partner],
            "scenario_id": None,
        }

    def of_largest(self, work, weigh):
        rows = list(self.of_lines(work))
        if not work.lines:
            return rows[0][0]
        best = max(range(len(rows)), key=lambda r: (weigh(work.lines[r]), -r))
        return rows[best][0]

    # Sums.

    def left(self, item, day) -> int:
        if item.date > day:
            return 0
        out = sum(m.cents for m in self.matches if m.debit is item and m.day <= day)
        back = sum(m.cents for m in self.matches if m.credit is item and m.day <= day)
        return item.balance - out + back

    def sums(self, chosen) -> dict:
        """Return all sums of what a function of the dimensions chooses."""
        s = dict.fromkeys(SUMS, 0)
        for item in self.items:
            if item.date <= self.last and chosen(
                self.dimensions(item, self.reminded_by(item))
            ):
                self.add_debt(s, item)
                if item.kind in SALES:
                    self.add_sale(s, item)
        s["closed"] = []
        for work in self.works:
            getattr(self, f"add_{work.kind}")(s, work, chosen)
        return s

    def of_item(self, item) -> dict:
        """Return what one entry gives to the sums."""
        s = dict.fromkeys(SUMS, 0)
        if item.date <= self.last:
            self.add_debt(s, item)
            if item.kind in SALES:
                self.add_sale(s, item)
        return s

    def add_debt(self, s, item):
        left, late = self.left(item, self.last), (self.last - item.due).days
        s["receivable"] += left
        s["opening"] += self.left(item, self.first - timedelta(days=1))
        if item.retention and late <= 0:
            s["retained"] += left
        elif left < 0:
            s["credit"] += left
        elif left and late <= 0:
            s["not_due"] += left
            s["open_count"] += 1
        elif left:
            bucket = sum(late > age for age in (10, 30, 60, 90))
            s[f"overdue_{('10', '30', '60', '90', 'more')[bucket]}"] += left
            s["open_count"] += 1
            s["overdue_count"] += 1

    def add_sale(self, s, item):
        if item.date >= self.first:
            s["sales"] += item.balance
        if item.date > self.last - relativedelta(years=1):
            s["sales_year"] += item.balance
        tenth, paid, other = item.due + timedelta(days=10), 0, 0
        for match in self.matches:
            if match.debit is not item or match.day > self.last:
                continue
            money = half_up(match.cents * match.credit.share)
            late = (match.day - item.due).days
            if match.day >= self.first:
                s["paid"] += money
                s["late_days_amount"] += max(late, 0) * money
                s["collected_overdue"] += money if late > 0 else 0
            if late <= 10:
                paid, other = paid + money, other + match.cents - money
        asked = item.balance - other
        if self.first <= tenth <= self.last and asked > 0:
            s["due10"] += asked
            s["paid10"] += min(paid, asked)
            s["due10_count"] += 1
            s["paid10_count"] += paid >= asked

    def inside(self, day):
        return self.first <= day <= self.last

    def share_out(self, s, work, rows, weights, costs, chosen):
        """Share costs out by weights, to the cent, each part what the sum rises by."""
        total, upto = sum(weights), 0
        for (dimensions, _amount), weight in zip(rows, weights, strict=True):
            before, upto = upto, upto + weight
            if chosen(dimensions):
                for name, value in costs.items():
                    s[name] += half_up(Fraction(value * upto, total)) - half_up(
                        Fraction(value * before, total)
                    )

    def add_reminder(self, s, work, chosen):
        if not self.inside(work.day):
            return
        rows = list(self.of_lines(work, 1))
        weights = [amount + 1 for _dimensions, amount in rows]
        costs = {
            "cost_time": work.facts["time"],
            "cost_postage": work.facts["postage"],
            "cost_fees": work.facts["fees"],
            "minutes": work.facts["minutes"] * 100,
        }
        self.share_out(s, work, rows, weights, costs, chosen)
        largest = max(range(len(rows)), key=lambda rank: (weights[rank], -rank))
        s["reminder_count"] += chosen(rows[largest][0])

    def add_answer(self, s, work, chosen):
        if not self.inside(work.day) or not work.facts["good"]:
            return
        reminder = work.facts.get("reminder")
        dimensions = self.alone(work)
        if reminder and reminder.lines:
            rows = list(self.of_lines(reminder, 1))
            best = max(range(len(rows)), key=lambda rank: (rows[rank][1], -rank))
            dimensions = rows[best][0] | {
                "partner_id": work.partner,
                "regime": self.world["regimes"][work.partner],
            }
        s["complaint_count"] += chosen(dimensions)

    def add_promise(self, s, work, chosen):
        if not self.inside(work.day) or not work.lines:
            return
        total = sum(amount for _item, amount in work.lines)
        kept = total * work.facts["days"] // 90
        for item, amount in work.lines:
            if chosen(self.dimensions(item)):
                rate = Fraction(1, 2) if item.foreign else Fraction(1)
                s["promised"] += half_up(amount * rate)
                s["promise_kept"] += half_up(amount * rate * Fraction(kept, total))

    def add_dispute(self, s, work, chosen):
        if not work.lines:
            return
        item = work.lines[0][0]
        dimensions = self.dimensions(item)
        dimensions["billing_stage"] = item.stage or "plain"
        opened = work.day - timedelta(days=work.facts["days"])
        closed = None if work.facts["open"] else work.day
        if not chosen(dimensions):
            return
        if closed and self.inside(closed):
            s["closed"].append((closed - opened).days)
        elif opened <= self.last and not (closed and closed <= self.last):
            s["dispute_open_count"] += 1
            s["dispute_open_days"] += (self.last - opened).days

    def add_document(self, s, work, chosen):
        facts = work.facts
        if not self.inside(work.day) or not facts["days"]:
            return
        chantier = facts["chantier"]
        partner = self.world["owners"][chantier]
        dimensions = {
            "partner_id": partner,
            "chantier_id": chantier,
            "user_id": self.world["users"][chantier],
            "billing_stage": None,
            "regime": self.world["regimes"][partner],
            "scenario_id": self.world["scenarios"][chantier],
            "document_type_id": facts["type"],
            "owed_by": facts["owed_by"],
        }
        if chosen(dimensions):
            s["document_count"] += 1
            s["document_days"] += facts["days"]

    def add_case(self, s, work, chosen):
        if not self.inside(work.day):
            return
        rows = list(self.of_lines(work))
        weights = [item.balance + 1 for item, _amount in work.lines] or [1]
        costs = {
            "cost_time": work.facts["time"],
            "minutes": work.facts["minutes"] * 100,
        }
        self.share_out(s, work, rows, weights, costs, chosen)
        if chosen(self.of_largest(work, lambda line: line[0].balance)):
            s["case_judged"] += 1
            s["case_useful"] += work.facts["good"]

    def add_forecast(self, s, work, chosen):
        facts = work.facts
        nobody = dict.fromkeys(self.alone(work))
        if self.inside(work.day) and facts["week"] == 4 and chosen(nobody):
            s["forecast_actual"] += facts["actual"]
            s["forecast_expected"] += facts["expected"]
            s["forecast_missed"] += abs(facts["actual"] - facts["expected"])

    # Figures.

    def figures(self, s, months, rate=40) -> dict:
        """Return every figure by its definition, None where there is none."""
        owed = s["receivable"] - s["retained"]
        overdue = sum(s[f"overdue_{age}"] for age in ("10", "30", "60", "90", "more"))
        closed = s["closed"]
        cost = s["cost_time"] + s["cost_postage"] + s["cost_fees"]
        free = not s["cost_time"] and (s["minutes"] > 0 or not rate)
        came = s["opening"] + s["sales"]
        current = s["not_due"] + s["retained"]
        dso, best = self.of_sales(s, owed), self.of_sales(s, s["not_due"])
        known = None not in (dso, best) and dso >= best
        return {
            "dso": dso,
            "dso_whole": self.of_sales(s, s["receivable"]),
            "dso_count_back": self.count_back(owed, months),
            "dso_best": best,
            "dso_count_back_whole": self.count_back(s["receivable"], months),
            "dso_best_whole": self.of_sales(s, s["not_due"] + s["retained"]),
            "days_delinquent": dso - best if known else None,
            "overdue_rate": over(overdue, owed),
            "overdue_count_rate": over(s["overdue_count"], s["open_count"]),
            "effectiveness": over(came - s["receivable"], came - current),
            "delay": over(s["late_days_amount"], s["paid"]),
            "paid10_rate": over(s["paid10"], s["due10"]),
            "paid10_count_rate": over(s["paid10_count"], s["due10_count"]),
            "cost_rate": None if free else over(cost, s["collected_overdue"]),
            "promise_rate": over(s["promise_kept"], s["promised"]),
            "dispute_mean": over(sum(closed), len(closed)),
            "dispute_median": median(closed) if closed else None,
            "dispute_long_rate": over(sum(d > 30 for d in closed), len(closed)),
            "dispute_age": over(s["dispute_open_days"], s["dispute_open_count"]),
            "document_mean": over(s["document_days"], s["document_count"]),
            "complaint_rate": over(s["complaint_count"], s["reminder_count"]),
            "case_rate": over(s["case_useful"], s["case_judged"]),
            "forecast_missed_rate": over(s["forecast_missed"], s["forecast_actual"]),
            "forecast_bias_rate": over(
                s["forecast_expected"] - s["forecast_actual"], s["forecast_actual"]
            ),
        }

    def of_sales(self, s, amount):
        sold = [i.date for i in self.items if i.kind in SALES and i.date <= self.last]
        known = (self.last - min(sold)).days + 1 if sold else 0
        sales = s["sales_year"]
        if amount < 0 or sales <= 0 or amount > 10 * sales or known < 90:
            return None
        return Fraction(amount * min(known, 365), sales)

    @staticmethod
    def count_back(owed, months):
        if owed < 0:
            return None
        total = Fraction(0)
        for sales, length in months:
            if not owed:
                break
            if sales >= owed:
                return total + Fraction(owed * length, sales)
            owed, total = owed - sales, total + length
        return None if owed else total


def over(part, whole):
    return Fraction(part) / whole if whole > 0 else None


SUMS = (
    "receivable", "retained", "not_due", "credit", "overdue_10", "overdue_30",
    "overdue_60", "overdue_90", "overdue_more", "opening", "sales", "sales_year", "paid",
    "late_days_amount", "collected_overdue", "due10", "paid10", "open_count",
    "overdue_count", "due10_count", "paid10_count", "cost_time", "cost_postage",
    "cost_fees", "minutes", "reminder_count", "complaint_count", "promised",
    "promise_kept", "dispute_open_count", "dispute_open_days", "document_count",
    "document_days", "case_judged", "case_useful", "forecast_actual", "forecast_expected",
    "forecast_missed",
)  # fmt: skip
