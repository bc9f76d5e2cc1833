# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random ledgers, each sum reckoned again in plain Python from the entries alone."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

from dateutil.relativedelta import relativedelta

from odoo import Command
from odoo.tests import tagged

from ..engine.figures import dso, receivables
from ..models.btp_figure_mixin import LEDGER
from .test_retention import RetentionCommon

MONTHS = (date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1))
SALES = ("out_invoice", "out_refund", "out_receipt")


def exact(value):
    return Decimal(str(round(value, 6)))


@tagged("post_install", "-at_install")
class TestFigureLedger(RetentionCommon):
    """Instalments, retentions, partial and early payments, write-offs, two currencies,
    credit notes matched and open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = cls.setup_other_currency(
            "CHF",
            rates=[("2025-01-01", 2.0), ("2025-04-10", 1.7), ("2025-05-20", 2.3)],
        )
        cls.terms = cls.make_terms(30, 30, 40)
        cls.town = cls.make_customer("Mairie", btp_regime="public_30")
        cls.second = cls.make_chantier(name="Gymnase", partner_id=cls.town.id)
        cls.give_history()
        cls.write_off = cls.company_data["default_account_expense"]

    # === A LEDGER === #

    def grow(self, random, count):
        """Add invoices, credit notes and payments of all kinds."""
        for _rank in range(count):
            partner, chantier = random.choice(
                [(self.customer, self.chantier), (self.town, self.second)]
            )
            day = date(2025, 1, 10) + timedelta(days=random.randrange(130))
            values = {
                "partner_id": partner.id,
                "invoice_date": day,
                "date": day,
                "btp_chantier_id": random.choice([False, chantier.id]),
                "btp_billing_stage": random.choice([False, "situation", "final"]),
                "currency_id": random.choice(
                    [self.company.currency_id, self.foreign]
                ).id,
            }
            if random.random() < 0.3:
                values |= {
                    "invoice_payment_term_id": self.terms.id,
                    "invoice_date_due": False,
                }
            amount = random.randrange(10_000, 900_000) / 100
            invoice = self.make_situation(
                amount, (self.today - day).days - random.randrange(40), **values
            )
            self.settle(random, invoice, day)

    def settle(self, random, invoice, day):
        """Let something become of an invoice."""
        fate = random.choice(
            ["open", "paid", "part", "off", "refund", "credit", "both"]
        )
        later = min(day + timedelta(days=random.randrange(90)), date(2025, 6, 12))
        if fate in ("part", "both"):
            self.pay(
                invoice, round(invoice.amount_residual * 0.37, 2), payment_date=later
            )
        if fate in ("paid", "both"):
            self.pay(invoice, payment_date=later)
        if fate == "off":
            self.pay_with_write_off(invoice, later)
        if fate in ("refund", "credit"):
            self.refund(random, invoice, later, matched=fate == "refund")

    def pay_with_write_off(self, invoice, day):
        """Pay all but a little, and write that off with the payment."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"payment_date": day})
        )
        wizard.amount = round(wizard.amount * 0.9, 2)
        wizard.payment_difference_handling = "reconcile"
        wizard.writeoff_account_id = self.write_off
        wizard._create_payments()

    def refund(self, random, invoice, day, matched):
        """Credit a part, matched with the invoice or left open."""
        credit = self.env["account.move"].create(
            {
                "move_type": "out_refund",
                "partner_id": invoice.partner_id.id,
                "invoice_date": day,
                "date": day,
                "currency_id": invoice.currency_id.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Credit",
                            "price_unit": random.randrange(100, 9_000) / 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        credit.action_post()
        if matched:
            lines = (invoice + credit).line_ids.filtered(
                lambda line: line.display_type == "payment_term"
                and not line.reconciled
                and not line.btp_is_retention
            )
            lines.reconcile()

    # === PLAIN PYTHON === #

    def read_ledger(self):
        """Return the receivable entries and what they were matched with."""
        self.env.flush_all()
        self.env.invalidate_all()
        lines = self.env["account.move.line"].search(
            [
                ("company_id", "=", self.company.id),
                ("parent_state", "=", "posted"),
                ("account_id.account_type", "=", "asset_receivable"),
            ]
        )
        parts = self.env["account.partial.reconcile"].search(
            [("debit_move_id", "in", lines.ids)]
        )
        return lines, parts

    def reckon(self, lines, parts, month):
        """Return the sums of a month, by journal item."""
        last = month + relativedelta(months=1, days=-1)
        rows = {}
        for line in lines:
            row = dict.fromkeys(LEDGER, Decimal(0))
            if line.date <= last:
                self.reckon_line(row, line, parts, month, last)
            rows[line] = row
        return rows

    def reckon_line(self, row, line, parts, month, last):
        due = line.date_maturity or line.date
        mine = parts.filtered(lambda p: p.debit_move_id == line)
        theirs = parts.filtered(lambda p: p.credit_move_id == line)

        def left(day):
            if line.date > day:
                return Decimal(0)
            out = sum(p.amount for p in mine if p.max_date <= day)
            back = sum(p.amount for p in theirs if p.max_date <= day)
            return exact(line.balance - out + back)

        residual = row["receivable"] = left(last)
        row["opening"] = left(month - timedelta(days=1))
        late = (last - due).days
        if line.account_id == self.retentions and late <= 0:
            row["retained"] = residual
        elif residual < 0:
            row["credit"] = residual
        elif residual and late <= 0:
            row["not_due"], row["open_count"] = residual, 1
        elif residual:
            name = (
                "overdue_10",
                "overdue_30",
                "overdue_60",
                "overdue_90",
                "overdue_more",
            )
            row[name[sum(late > age for age in (10, 30, 60, 90))]] = residual
            row["open_count"] = row["overdue_count"] = 1
        if line.move_id.move_type not in SALES:
            return
        if line.date >= month:
            row["sales"] = exact(line.balance)
        if line.date > last - relativedelta(years=1):
            row["sales_year"] = exact(line.balance)
        self.reckon_payments(row, line, mine, due, month, last)

    def reckon_payments(self, row, line, parts, due, month, last):
        tenth = due + timedelta(days=10)
        paid, other = Decimal(0), Decimal(0)
        for part in parts:
            share = part.credit_move_id.move_id._get_btp_money_share()
            money = exact(self.company.currency_id.round(part.amount * share))
            day = part.max_date
            if month <= day <= last:
                row["paid"] += money
                row["late_days_amount"] += max((day - due).days, 0) * money
                if day > due:
                    row["collected_overdue"] += money
            if day <= tenth:
                paid += money
                other += exact(part.amount) - money
        if month <= tenth <= last and line.balance > 0:
            total = max(exact(line.balance) - other, Decimal(0))
            row["due10"], row["due10_count"] = total, int(total > 0)
            if total:
                row["paid10"] = min(paid, total)
                row["paid10_count"] = int(paid >= total)

    def total(self, rows, chosen=lambda line: True):
        return {
            name: sum(row[name] for line, row in rows.items() if chosen(line))
            for name in LEDGER
        }

    # === THE TESTS === #

    def check(self, month):
        lines, parts = self.read_ledger()
        rows = self.reckon(lines, parts, month)
        whole = self.total(rows)
        self.compare(month, {}, whole)
        for partner in lines.partner_id.commercial_partner_id:
            self.compare(
                month,
                {"partner_id": partner.id},
                self.total(rows, lambda line, p=partner: line.partner_id == p),
            )
        for chantier in self.chantier + self.second:
            self.compare(
                month,
                {"chantier_id": chantier.id},
                self.total(
                    rows, lambda line, c=chantier: line.move_id.btp_chantier_id == c
                ),
            )
        self.compare_indicators(month, whole)
        return whole

    def compare(self, month, filters, expected):
        sums = self.env["btp.figure"]._get_sums(self.company, month, filters)
        said = {name: exact(sums[name]) for name in LEDGER}
        self.assertEqual(
            said, {k: exact(v) for k, v in expected.items()}, (month, filters)
        )

    def compare_indicators(self, month, s):
        said = {
            one["code"]: one["value"]
            for one in self.env["btp.figure"].get_indicators(str(month))
        }
        owed = s["receivable"] - s["retained"]
        overdue = owed - s["not_due"] - s["credit"]
        for code, figure in {
            "dso": dso.dso(owed, s["sales_year"]),
            "overdue_rate": receivables.overdue_rate(overdue, owed),
            "effectiveness": receivables.collection_effectiveness(
                s["opening"], s["sales"], s["receivable"], s["not_due"] + s["retained"]
            ),
            "delay": receivables.average_delay(s["late_days_amount"], s["paid"]),
            "paid10_rate": receivables.paid_before(s["paid10"], s["due10"]),
        }.items():
            if figure.value is None:
                self.assertIsNone(said[code], code)
            else:
                self.assertAlmostEqual(said[code], float(figure.value), 9, code)

    def test_random_ledgers_agree_to_the_cent(self):
        snapshots = self.env["btp.figure.snapshot"]
        seen = dict.fromkeys(LEDGER, 0)
        for seed in (1, 2):
            # The second ledger corrects the months of the first, beside them.
            self.grow(Random(seed), 14)
            for month in MONTHS:
                snapshots._compute_month(self.company, month)
                for name, value in self.check(month).items():
                    seen[name] += abs(value)
                self.assertEqual(snapshots._compute_month(self.company, month), 0)
        self.assertFalse([name for name, value in seen.items() if not value])
