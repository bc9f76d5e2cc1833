# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The invoices of a contract: advance, monthly situations, extra works, final account."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ..engine.situation import Works, bill
from .contracts import (
    BASE_INDEX,
    INDEX,
    INDEX_STEP,
    contract,
    is_revised,
    release_on,
    retention_rate,
    situation_terms,
)
from .papers import VISA, papers
from .records import Chantier, Customer, Invoice, Line, family, money
from .terms import instalments, month_end, working_day
from .wording import PLAIN, month, number, write

#: Amounts before tax that are believable for one invoice, by kind of customer.
RANGES = {
    "b2c": (2_000, 20_000),
    "nonpro": (3_000, 60_000),
    "b2b": (5_000, 120_000),
    "public": (10_000, 200_000),
}
#: They see the works from their window: no attachement, no visa.
NO_PAPERS = ("b2c", "nonpro")


class Biller:
    """Writes the invoices of one chantier.

    :param seed: of the whole plan; each chantier draws from a generator of its own, so
        that changing one leaves the others as they were
    """

    def __init__(self, chantier: Chantier, customer: Customer, today: date, seed: int):
        self.chantier = chantier
        self.customer = customer
        self.today = today
        self.seed = seed
        self.random = Random(f"{seed}/{chantier.key}")
        self.is_public = family(customer) == "public"
        self.terms = situation_terms(chantier, customer, self.advance)
        self.refunded = Decimal(0)

    def invoices(self) -> Iterator[Invoice]:
        """Yield the invoices of the chantier, except those that are staged."""
        if self.chantier.advance:
            yield self._advance()
        yield from self._situations()
        for index, text in enumerate(self.chantier.extras):
            yield self._extra(index, text)
        if self.chantier.final:
            yield self._final()

    # --- One method per kind of invoice ---------------------------------------------

    def _advance(self) -> Invoice:
        stage = "advance" if self.is_public else "progress"
        text = self._write(stage, percent=self.chantier.advance)
        return self._invoice(
            "advance",
            self._mid_month(self.chantier.start),
            stage,
            [Line(text, self.advance)],
        )

    def _situations(self) -> Iterator[Invoice]:
        before = Decimal(0)
        for index, share in enumerate(self._shares()):
            months_ago = self.chantier.start - index
            worked = month_end(self.today, months_ago)
            text = self._write(
                "situation",
                number=index + 1,
                month=month(worked, self.customer.lang),
                share=number(share, self.customer.lang, 1),
            )
            works = Works(
                self._executed(share),
                self._executed(before),
                index=self._index(index),
                refunded=self.refunded,
            )
            before = share
            day = working_day(worked)
            if self.customer.is_person:
                day = working_day(worked - timedelta(days=self.random.randrange(3, 14)))
            invoice = self._invoice(
                f"sit{index + 1:02d}", day, "situation", self._bill(text, works)
            )
            yield self._with_papers(
                replace(invoice, number=index + 1, cumul=works.cumul, index=works.index)
            )

    def _extra(self, index: int, text: str) -> Invoice:
        share = (
            (index + 1) * self.chantier.situations // (len(self.chantier.extras) + 1)
        )
        low, high = RANGES[family(self.customer)]
        amount = self.chantier.amount * self.random.randrange(25, 60) / 1000
        name = f"extra_{self._side}"
        line = Line(
            self._write(name, text=text, order=index + 2),
            money(min(max(amount, low + 500), high)),
        )
        day = self._mid_month(max(self.chantier.start - share, 1))
        return self._invoice(f"extra{index + 1}", day, "plain", [line])

    def _final(self) -> Invoice:
        works = Works(
            self.chantier.amount,
            self._executed(self.chantier.progress),
            refunded=self.refunded,
            final=True,
        )
        lines = self._bill(self._write(f"final_{self._side}"), works)
        months_ago = self.chantier.start - self.chantier.situations - 1
        day = self._mid_month(max(months_ago, 1))
        return replace(
            self._invoice("final", day, "final", lines),
            number=self.chantier.situations + 1,
            cumul=works.cumul,
            visa=self._visa(day),
        )

    # --- Amounts --------------------------------------------------------------------

    @property
    def advance(self) -> Decimal:
        return money(self.chantier.amount * self.chantier.advance / 100)

    def _executed(self, share: Decimal) -> Decimal:
        return money(self.chantier.amount * share / 100)

    def _shares(self) -> list[Decimal]:
        """Return the cumulative progress of each situation: slow, fast, slow again."""
        count = self.chantier.situations
        weights = [
            0.7 + math.sin(math.pi * (i + 0.5) / count) + self.random.random() * 0.4
            for i in range(count)
        ]
        shares, done = [], 0.0
        for weight in weights:
            done += weight
            share = float(self.chantier.progress) * done / sum(weights)
            shares.append(Decimal(str(round(share, 1))))
        return shares

    def _bill(self, text: str, works: Works) -> list[Line]:
        """Return the lines of a situation, as its arithmetic gives them."""
        billed = bill(self.terms, works)
        self.refunded += billed.refund
        lang = self.customer.lang
        lines = [
            Line(text, billed.gross, kind="works"),
            Line(
                self._write(
                    "revision",
                    coefficient=number(billed.coefficient, lang, 3),
                    label=INDEX,
                    index=number(works.index, lang, 1),
                    base=number(BASE_INDEX, lang, 1),
                )
                if billed.revision
                else "",
                billed.revision,
                kind="revision",
            ),
            Line(self._write(f"refund_{self._side}"), -billed.refund, kind="refund"),
        ]
        return [line for line in lines if line.amount]

    def _index(self, rank: int) -> Decimal:
        """Return the index of the month of a situation, 0 for a firm price."""
        if not is_revised(self.chantier, self.customer):
            return Decimal(0)
        drift = INDEX_STEP * (rank + 1) + Decimal(self.random.randrange(-3, 4)) / 10
        return BASE_INDEX + drift.quantize(Decimal("0.1"))

    def _with_papers(self, invoice: Invoice) -> Invoice:
        """Return a situation with the days of its papers, its visa if it is given yet."""
        if family(self.customer) in NO_PAPERS:
            return invoice
        due = instalments(invoice)[0][0]
        random = Random(f"{self.seed}/papers/{invoice.key}")
        days = papers(self.chantier, invoice.date, due, random)
        visa = dict(days).get(VISA)
        return replace(
            invoice,
            papers=days,
            visa=visa if visa and visa <= self.today else None,
        )

    def _visa(self, day: date) -> date | None:
        """Return when the maître d'œuvre gave his visa, None if he has not yet."""
        visa = day + timedelta(days=9)
        return visa if contract(self.chantier).moe and visa <= self.today else None

    # --- Helpers --------------------------------------------------------------------

    @property
    def _side(self) -> str:
        return "public" if self.is_public else "private"

    def _mid_month(self, months_ago: int) -> date:
        day = month_end(self.today, months_ago).replace(
            day=self.random.randrange(5, 21)
        )
        return working_day(day)

    def _write(self, name: str, **values) -> str:
        contract = number(self.chantier.amount, self.customer.lang, 0)
        return write(name, self.customer.lang, contract=contract, **values)

    def _invoice(
        self, suffix: str, day: date, stage: str, lines: list[Line]
    ) -> Invoice:
        customer, chantier = self.customer, self.chantier
        rate = retention_rate(chantier, stage, day, self.today)
        return Invoice(
            key=f"{chantier.key}/{suffix}",
            customer=customer,
            date=day,
            stage=stage,
            lines=tuple(lines),
            term=customer.term,
            tax=customer.tax,
            chantier=chantier,
            ref=order_ref(customer, chantier.code),
            retention=rate,
            release=rate and release_on(chantier, customer, day, self.today) or None,
        )


def order_ref(customer: Customer, code: str) -> str:
    """Return the reference that the customer gave with the order."""
    if family(customer) == "public":
        return f"Engagement {code.replace('-', 'EJ')}"
    if customer.is_person:
        return ""
    return f"{'Marché' if customer.lang == 'fr_FR' else 'Contract'} {code}"


def plain_invoice(customer: Customer, index: int, today: date, seed: int) -> Invoice:
    """Return a small invoice outside any contract, 6 weeks to 2 years old."""
    random = Random(f"{seed}/plain/{customer.key}/{index}")
    group = {"b2b": "trade", "public": "public"}.get(family(customer), "home")
    text, account = random.choice(
        PLAIN["english" if customer.lang == "en_GB" else group]
    )
    low, high = RANGES[family(customer)]
    amount = money(low + (high - low) * random.random() ** 2 * 0.18)
    age = 45 + int(random.random() * 670)
    return Invoice(
        key=f"plain/{customer.key}/{index:02d}",
        customer=customer,
        date=working_day(today - timedelta(days=age)),
        stage="plain",
        lines=(Line(text.format(weeks=random.randrange(2, 9)), amount, account),),
        term=customer.term,
        tax=customer.tax,
    )
