# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Random ledgers: every sum and every figure, by every dimension, against plain Python."""

from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings

from odoo.tests import tagged
from odoo.tools import SQL

from ..models.btp_figure import RATIOS
from ..models.btp_figure_indicator import INDICATORS
from ..models.btp_figure_mixin import LEDGER
from .common import TODAY
from .figure_oracle import CHANTIERS, PARTNERS, SUMS, Oracle, ledgers
from .test_retention import RetentionCommon

APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)
#: What a journal item gives to a figure.
PARTS = ("res_id", "amount", "number", "base", "base_number")
#: Ledgers that are drawn: the same at each run.
EXAMPLES = 16


@tagged("post_install", "-at_install")
class TestFigureRandom(RetentionCommon):
    """Refunds, partial and unmatched payments, write-offs, retentions, two currencies,
    promises, disputes, documents, complaints, cases, forecasts: entries are written as rows,
    posting as many would take minutes.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.sudo().btp_hourly_rate = 40
        cls.foreign = cls.setup_other_currency("CHF", rates=[("2024-01-01", 2.0)])
        cls.second = cls.make_scenario(name="Second")
        regimes = ("b2b", "public_30", "b2c")
        cls.partners = cls.env["res.partner"].browse(
            [cls.make_customer(f"P{r}", btp_regime=regimes[r]).id for r in PARTNERS]
        )
        cls.users = cls.env["res.users"].browse(
            [cls.make_user(f"site{rank}", "base.group_user").id for rank in (0, 1)]
        )
        cls.chantiers = cls.env["btp.chantier"].create(
            [
                {
                    "name": f"C{rank}",
                    "partner_id": cls.partners[rank].id,
                    "user_id": cls.users[rank].id,
                    "scenario_id": rank and cls.scenario.id,
                }
                for rank in (0, 1)
            ]
        )
        cls.types = cls.env["btp.document.type"].search([], limit=2)
        cls.world = {
            "regimes": regimes,
            "users": (0, 1),
            "scenarios": (None, 0),
            "owners": (0, 1),
        }
        cls.keys = {
            "partner_id": cls.partners.ids,
            "chantier_id": cls.chantiers.ids,
            "user_id": cls.users.ids,
            "scenario_id": (cls.scenario + cls.second).ids,
            "document_type_id": cls.types.ids,
        }
        data = cls.company_data
        cls.receivable = data["default_account_receivable"].id
        cls.expense = data["default_account_expense"].id
        cls.bank = data["default_journal_bank"]
        cls.sale = data["default_journal_sale"].id
        cls.misc = data["default_journal_misc"].id
        cls.cash = cls.bank.default_account_id.id
        payment = cls.env["account.payment"].create(
            {"partner_id": cls.partners[0].id, "amount": 1, "journal_id": cls.bank.id}
        )
        cls.payment = payment.id
        cls.env.flush_all()

    # === ROWS === #

    def insert(self, table, **values) -> int:
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(table),
                SQL(", ").join(map(SQL.identifier, values)),
                tuple(values.values()),
            )
        )
        return self.env.cr.fetchone()[0]

    def load(self, ledger):
        """Write a ledger as rows. Returns the ids of its entries."""
        items, matches, works = ledger
        self.moves, self.lines = {}, {}
        for item in items:
            self.load_item(item, ledger)
        for match in matches:
            self.insert(
                "account_partial_reconcile",
                debit_move_id=self.lines[match.debit],
                credit_move_id=self.lines[match.credit],
                amount=match.cents / 100,
                max_date=match.day,
                company_id=self.company.id,
            )
        self.relances = {}
        self.papers = set()
        for rank, work in enumerate(works):
            getattr(self, f"load_{work.kind}")(work, rank)
        self.env.invalidate_all()

    def load_item(self, item, ledger):
        sale = item.kind != "entry"
        partner = self.partners[item.partner].id
        journal = self.sale if sale else self.bank.id
        if item.how in ("misc", "cash"):
            journal = self.misc
        move = self.insert(
            "account_move",
            journal_id=self.sale if sale else journal,
            company_id=self.company.id,
            currency_id=self.company.currency_id.id,
            state="posted",
            move_type=item.kind,
            auto_post="no",
            date=item.date,
            invoice_date=item.date if sale else None,
            name=f"RANDOM/{len(self.lines)}",
            partner_id=partner,
            commercial_partner_id=partner,
            btp_chantier_id=None
            if item.chantier is None
            else self.chantiers[item.chantier].id,
            btp_billing_stage=item.stage,
            btp_scenario_id=None if item.scenario is None else self.scenario.id,
            origin_payment_id=self.payment if item.how == "payment" else None,
        )
        self.moves[item] = move
        left = item.balance
        for match in ledger[1]:
            left += match.cents * ((match.credit is item) - (match.debit is item))
        self.lines[item] = self.load_line(
            move,
            item.date,
            item.balance,
            self.retentions.id if item.retention else self.receivable,
            partner=partner,
            due=item.due,
            left=left,
            currency=self.foreign if item.foreign else self.company.currency_id,
            rate=2 if item.foreign else 1,
        )
        if item.how in ("cash", "bank"):
            self.load_line(move, item.date, -item.balance, self.cash)
        elif item.how == "payment":
            money = int(-item.balance * item.share)
            self.load_line(move, item.date, money, self.cash)
            self.load_line(move, item.date, -item.balance - money, self.expense)
        elif item.how == "misc":
            self.load_line(move, item.date, -item.balance, self.expense)

    def load_line(
        self, move, day, balance, account, partner=None, due=None, left=0,
        currency=None, rate=1,
    ):  # fmt: skip
        return self.insert(
            "account_move_line",
            move_id=move,
            company_id=self.company.id,
            company_currency_id=self.company.currency_id.id,
            currency_id=(currency or self.company.currency_id).id,
            display_type="payment_term" if partner else "product",
            parent_state="posted",
            account_id=account,
            partner_id=partner,
            date=day,
            date_maturity=due,
            balance=balance / 100,
            debit=max(balance, 0) / 100,
            credit=max(-balance, 0) / 100,
            amount_currency=balance * rate / 100,
            amount_residual=left / 100,
            amount_residual_currency=left * rate / 100,
            reconciled=not left,
        )

    def load_reminder(self, work, rank):
        facts = work.facts
        relance = self.insert(
            "btp_relance",
            company_id=self.company.id,
            partner_id=self.partners[work.partner].id,
            contact_id=self.partners[work.partner].id,
            kind="reminder",
            state="sent",
            step_id=self.second.step_ids[:1].id,
            contacted_on=work.day,
            cost_time=facts["time"] / 100,
            cost_postage=facts["postage"] / 100,
            cost_fees=facts["fees"] / 100,
            minutes=facts["minutes"],
        )
        self.relances[id(work)] = relance
        for item, amount in work.lines:
            self.insert(
                "btp_relance_line",
                relance_id=relance,
                company_id=self.company.id,
                partner_id=self.partners[work.partner].id,
                move_line_id=self.lines[item],
                move_id=self.moves[item],
                currency_id=self.company.currency_id.id,
                state="done",
                kind="overdue",
                done_on=work.day,
                scenario_id=self.second.id,
                amount_company=amount / 100,
            )

    def load_answer(self, work, rank):
        reminder = work.facts.get("reminder")
        answer = self.insert(
            "btp_answer",
            company_id=self.company.id,
            partner_id=self.partners[work.partner].id,
            relance_id=self.relances[id(reminder)] if reminder else None,
            state="read",
            received_on=work.day,
        )
        self.insert(
            "btp_answer_reading",
            answer_id=answer,
            kind="complaint",
            source="rules",
            state="applied" if work.facts["good"] else "dismissed",
        )

    def load_promise(self, work, rank):
        if not work.lines:
            return
        total = sum(amount for _item, amount in work.lines)
        promise = self.insert(
            "btp_promise",
            company_id=self.company.id,
            partner_id=self.partners[work.partner].id,
            currency_id=self.company.currency_id.id,
            source="agent",
            state="partly",
            date=work.day,
            amount=total / 100,
            kept_amount=(total * work.facts["days"] // 90) / 100,
        )
        for item, amount in work.lines:
            self.insert(
                "btp_promise_line",
                promise_id=promise,
                move_line_id=self.lines[item],
                amount=amount / 100,
            )

    def load_dispute(self, work, rank):
        if not work.lines:
            return
        self.insert(
            "btp_dispute",
            company_id=self.company.id,
            partner_id=self.partners[work.partner].id,
            move_id=self.moves[work.lines[0][0]],
            reason="quality",
            source="agent",
            state="open" if work.facts["open"] else "accepted",
            opened_on=date.fromordinal(work.day.toordinal() - work.facts["days"]),
            closed_on=None if work.facts["open"] else work.day,
            amount=1,
        )

    def load_document(self, work, rank):
        facts = work.facts
        key = facts["type"], facts["chantier"]
        if key in self.papers:
            # One paper of a kind for each chantier.
            facts["days"] = 0
            return
        self.papers.add(key)
        self.insert(
            "btp_document",
            type_id=self.types[facts["type"]].id,
            chantier_id=self.chantiers[facts["chantier"]].id,
            company_id=self.company.id,
            state="received",
            owed_by=facts["owed_by"],
            expected_since=date(2025, 1, 1),
            received_on=work.day,
            days_lost=facts["days"],
        )

    def load_case(self, work, rank):
        case = self.insert(
            "btp_escalation",
            company_id=self.company.id,
            partner_id=self.partners[work.partner].id,
            kind="high_value",
            state="done",
            outcome="called" if work.facts["good"] else "nothing",
            closed_on=work.day,
            acted_on=work.day,
            minutes=work.facts["minutes"],
            cost_time=work.facts["time"] / 100,
        )
        # Shared out in the order of the entries.
        work.lines.sort(key=lambda line: self.lines[line[0]])
        for item, _amount in work.lines:
            self.env.cr.execute(
                "INSERT INTO btp_escalation_line_rel VALUES (%s, %s)",
                [case, self.lines[item]],
            )

    def load_forecast(self, work, rank):
        self.insert(
            "btp_figure_cash",
            company_id=self.company.id,
            made_on=date(2025, 1, 1 + rank),
            week=work.facts["week"],
            date_from=work.day,
            date_to=work.day,
            expected=work.facts["expected"] / 100,
            actual=work.facts["actual"] / 100,
            settled=True,
        )

    # === COMPARING === #

    def test_every_figure_of_random_ledgers(self):
        seen = dict.fromkeys(SUMS, 0)
        answered = dict.fromkeys((one.code for one in INDICATORS), 0)

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(ledgers())
        def agree(ledger):
            with self.env.cr.savepoint() as point:
                self.load(ledger)
                self.compare_all(ledger, seen, answered)
                point.rollback()
            self.env.invalidate_all()

        agree()
        self.assertFalse([name for name, value in seen.items() if not value])
        self.assertFalse([name for name, value in answered.items() if not value])

    def compare_all(self, ledger, seen, answered):
        for month in (APRIL, MAY):
            self.env["btp.figure.snapshot"]._compute_month(self.company, month)
        periods = {
            month: Oracle(ledger, self.world, month, last)
            for month, last in (
                (APRIL, date(2025, 4, 30)),
                (MAY, date(2025, 5, 31)),
                (JUNE, TODAY),
            )
        }
        for month in (MAY, JUNE):
            whole = self.compare(periods, month, {}, seen, answered)
            self.compare_lines(periods[month])
            for name, values in (
                ("partner_id", PARTNERS),
                ("chantier_id", CHANTIERS),
                ("billing_stage", ("situation", "retention_release")),
                ("scenario_id", (0, 1)),
                ("owed_by", ("us",)),
            ):
                parts = [
                    self.compare(periods, month, {name: value}, seen, answered)
                    for value in values
                ]
                if name == "chantier_id":
                    # What belongs to none is a part too: the whole is their sum.
                    for measure in SUMS:
                        self.assertEqual(
                            sum(part[measure] for part in parts), whole[measure]
                        )

    def compare_lines(self, oracle):
        """A figure opens the very entries that give something to it, with what they give."""
        asked = None if oracle.first == JUNE else str(oracle.first)
        parts = [(self.lines[item], oracle.of_item(item)) for item in oracle.items]
        for one in INDICATORS:
            if one.code not in RATIOS or RATIOS[one.code].part[0] not in LEDGER:
                continue
            ratio = RATIOS[one.code]
            figure = {"code": one.code, "month": asked, "company_id": self.company.id}
            lines = self.env["btp.figure.line"].with_context(btp_figure=figure)
            lines.invalidate_model()
            found = {
                line.res_id: (
                    round((line.amount + line.number) * 100),
                    round((line.base + line.base_number) * 100),
                )
                # Read with the search: each query reckons the whole figure.
                for line in lines.search_fetch(
                    [("res_model", "=", "account.move.line")], PARTS
                )
            }
            expected = {
                id_: (
                    self.give(s, ratio.part, ratio.minus),
                    self.give(s, ratio.whole, ratio.less),
                )
                for id_, s in parts
            }
            expected = {id_: pair for id_, pair in expected.items() if any(pair)}
            self.assertEqual(found, expected, one.code)

    def give(self, sums, plus, minus):
        """Return what an entry gives to a sum of measures, in hundredths."""
        return sum(
            sign * self.scale(name, sums)
            for sign, names in ((1, plus), (-1, minus))
            for name in names
            if name in LEDGER
        )

    def compare(self, periods, month, filters, seen, answered):
        def chosen(dimensions):
            return all(dimensions.get(k) == value for k, value in filters.items())

        oracle = periods[month]
        expected = oracle.sums(chosen)
        figures = self.env["btp.figure"]
        mine = {
            name: value
            if name not in self.keys or value is None
            else self.keys[name][value]
            for name, value in filters.items()
        }
        asked = None if month == JUNE else month
        sums = figures._get_sums(self.company, asked, mine)
        case = (month, filters)
        for name in SUMS:
            self.assertEqual(
                round(sums[name] * 100), self.scale(name, expected), (name, case)
            )
            seen[name] += abs(expected[name])
        back = [month, *[m for m in (MAY, APRIL) if m < month]]
        months = [
            (periods[m].sums(chosen)["sales"], (periods[m].last - m).days + 1)
            for m in back
        ]
        reckoned = oracle.figures(expected, months)
        if filters:
            said = [figures._say(one, sums) for one in INDICATORS]
        else:
            said = figures.get_indicators(asked and str(asked))
        for one in said:
            value = reckoned[one["code"]]
            self.assertEqual(one["value"] is None, value is None, (one, case))
            self.assertEqual(one["value"] is None, bool(one["words"]), (one, case))
            if value is not None:
                self.assertAlmostEqual(
                    one["value"], float(Fraction(value)), 9, (one, case)
                )
                answered[one["code"]] += 1
        self.assertEqual({one["code"] for one in said}, set(reckoned))
        return expected

    @staticmethod
    def scale(name, expected):
        """Return a sum in hundredths: amounts are cents already, numbers are not."""
        whole = name.endswith(("_count", "_days")) or name.startswith("case_")
        return expected[name] * (100 if whole else 1)
