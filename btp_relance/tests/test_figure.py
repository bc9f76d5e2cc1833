# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sums of a month, kept and corrected; figures on them; the lines that they open."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..engine.figures import effect
from ..models.btp_figure_mixin import DIMENSIONS
from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestFigure(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.snapshots = cls.env["btp.figure.snapshot"]
        cls.figures = cls.env["btp.figure"]
        cls.may = date(2025, 5, 1)
        cls.give_history()

    def figure(self, code, month="2025-05-01", filters=None):
        found = self.figures.get_indicators(month, filters)
        return next(one for one in found if one["code"] == code)

    def test_a_month_is_kept_and_corrected_beside(self):
        paid = self.make_invoice(late=40, amount=1000)
        self.make_invoice(late=20, amount=500)
        self.snapshots._compute_month(self.company, self.may)
        mine = [("company_id", "=", self.company.id), ("month", "=", self.may)]
        first = self.snapshots.search(mine)
        self.assertEqual(set(first.mapped("version")), {1})
        self.assertEqual(sum(first.mapped("receivable")), 1500)
        self.assertEqual(sum(first.mapped("overdue_30")), 1000)
        # The same ledger again: nothing to say.
        self.assertEqual(self.snapshots._compute_month(self.company, self.may), 0)
        # A payment of May that is booked late.
        self.pay(paid, payment_date=date(2025, 5, 28))
        self.assertTrue(self.snapshots._compute_month(self.company, self.may))
        first.invalidate_recordset()
        self.assertEqual(sum(first.mapped("receivable")), 1500)
        whole = self.snapshots.search(mine)
        self.assertEqual(sum(whole.mapped("receivable")), 500)
        self.assertEqual(sum((whole - first).mapped("paid")), 1000)
        self.assertEqual((whole - first).mapped("version"), [2] * len(whole - first))
        with self.assertRaises(UserError):
            first[0].write({"paid": 3})
        # Paid in June: May stays as it is.
        self.pay(self.make_invoice(late=60, amount=70), payment_date=date(2025, 6, 2))
        self.snapshots._compute_month(self.company, self.may)
        self.assertEqual(
            self.figures._get_sums(self.company, self.may, {})["receivable"], 570
        )

    def test_indicators_of_a_month(self):
        late = self.make_invoice(late=36, amount=600)  # due 11 May
        self.make_invoice(late=-10, amount=400, invoice_date=date(2025, 5, 20))
        self.pay(late, amount=300, payment_date=date(2025, 5, 21))
        self.snapshots._compute_month(self.company, self.may)
        self.assertAlmostEqual(self.figure("dso")["value"], 700 / 1000 * 365)
        self.assertAlmostEqual(self.figure("dso_best")["value"], 400 / 1000 * 365)
        self.assertAlmostEqual(
            self.figure("days_delinquent")["value"], 300 / 1000 * 365
        )
        self.assertAlmostEqual(self.figure("overdue_rate")["value"], 300 / 700)
        self.assertAlmostEqual(self.figure("delay")["value"], 10)
        self.assertAlmostEqual(self.figure("paid10_rate")["value"], 0.5)
        # Owed in April: 600, invoiced: 400, owed: 700 of which 400 not due.
        self.assertAlmostEqual(self.figure("effectiveness")["value"], 300 / 600)
        self.assertEqual(self.figure("promise_rate")["reason"], "nothing_promised")
        self.assertTrue(self.figure("promise_rate")["words"])

    def test_nothing_to_divide_by(self):
        # Owing nothing is no days of sales, whatever the sales were.
        self.assertEqual(self.figure("dso_count_back", None)["value"], 0)
        for figure in self.figures.get_indicators():
            if figure["code"].startswith("dso_count_back"):
                continue
            self.assertIsNone(figure["value"], figure["code"])
            self.assertTrue(figure["words"], figure["code"])
            self.assertTrue(figure["definition"], figure["code"])
        self.make_credit_note(100)
        self.assertEqual(self.figure("dso", None)["reason"], "negative_balance")

    def test_parts_make_the_whole_and_the_pivot_agrees(self):
        other = self.make_customer("Mairie", btp_regime="public_30")
        for partner, amount in ((self.customer, 100), (other, 250), (other, 75)):
            self.make_invoice(late=25, amount=amount, partner=partner)
        self.snapshots._compute_month(self.company, self.may)
        mine = [("company_id", "=", self.company.id)]
        groups = self.figures._read_group(
            mine, ["partner_id"], ["owed:sum", "dso:avg", "overdue_rate:avg"]
        )
        self.assertEqual(sum(row[1] for row in groups), 425)
        for partner, _owed, dso, overdue in groups:
            chosen = {"partner_id": partner.id}
            self.assertAlmostEqual(dso, self.figure("dso", filters=chosen)["value"])
            self.assertAlmostEqual(
                overdue, self.figure("overdue_rate", filters=chosen)["value"]
            )
        [(dso,)] = self.figures._read_group(mine, [], ["dso:avg"])
        self.assertAlmostEqual(dso, self.figure("dso")["value"])

    def test_a_short_history_says_so(self):
        other = self.setup_other_company(name="Young")["company"]
        figures = self.figures.with_context(allowed_company_ids=other.ids)
        invoice = self.make_invoice(20, 1000, company=other)  # of 28 April

        def dso(month):
            self.snapshots._compute_month(other, date(2025, month, 1))
            [found, *_others] = figures.get_indicators(f"2025-{month:02}-01")
            return found

        self.assertEqual(dso(5)["reason"], "little_history")
        self.assertIn("90 days", dso(5)["words"])
        self.after(80)  # in September
        days = (date(2025, 8, 31) - invoice.invoice_date).days + 1
        found = dso(8)
        # All that was sold in so many days is owed: so many days, not 365.
        self.assertEqual(found["value"], days)
        self.assertIn(str(days), found["note"])
        self.assertIn(found["note"], found["definition"])
        [(pivot,)] = figures._read_group(
            [("company_id", "=", other.id), ("month", "=", "2025-08-01")],
            [],
            ["dso:avg"],
        )
        self.assertAlmostEqual(pivot, days)

    def test_large_open_credits_are_explained(self):
        self.make_invoice(late=-30, amount=1000, invoice_date=date(2025, 5, 20))
        # A payment on account that nobody matched: all that is owed, nothing overdue.
        self.make_credit_note(1000, invoice_date=date(2024, 5, 21))
        self.snapshots._compute_month(self.company, self.may)
        self.assertEqual(self.figure("dso")["value"], 0)
        self.assertEqual(self.figure("dso_best")["value"], 365)
        found = self.figure("days_delinquent")  # −365 days of lateness
        self.assertEqual(
            (found["value"], found["reason"]), (None, "credits_over_overdue")
        )
        self.assertTrue(found["words"])
        [(pivot,)] = self.figures._read_group(
            [("company_id", "=", self.company.id)], [], ["days_delinquent:avg"]
        )
        self.assertIs(pivot, False)

    def test_cost_without_an_hourly_rate(self):
        self.company.sudo().btp_hourly_rate = 0
        self.pay(self.make_invoice(late=60, amount=800), payment_date=date(2025, 5, 2))
        self.snapshots._compute_month(self.company, self.may)
        found = self.figure("cost_rate")
        self.assertEqual((found["value"], found["reason"]), (None, "rate_missing"))
        [(pivot,)] = self.figures._read_group(
            [("company_id", "=", self.company.id)], [], ["cost_rate:avg"]
        )
        self.assertIs(pivot, False)
        self.company.sudo().btp_hourly_rate = 40
        self.assertEqual(self.figure("cost_rate")["value"], 0)

    # === PARTS === #

    def test_every_dimension_has_its_figures_without_a_nan(self):
        """Alone, of nobody, without sales, below zero: a value or a sentence."""
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": self.customer.id, "user_id": self.env.uid}
        )
        self.make_invoice(
            late=36, btp_chantier_id=chantier.id, btp_billing_stage="final"
        )
        self.make_credit_note(70, partner=self.make_customer("Creditor"))
        self.snapshots._compute_month(self.company, self.may)
        row = self.figures.search([("chantier_id", "=", chantier.id)], limit=1)
        for month in ("2025-05-01", None, "2024-03-01"):
            for name in DIMENSIONS:
                for value in (getattr(row[name], "id", row[name]), None):
                    for one in self.figures.get_indicators(month, {name: value}):
                        case = (month, name, value, one["code"])
                        self.assertIs(one["value"] is None, bool(one["words"]), case)
                        self.assertEqual(one["value"], one["value"], case)
        known = {"chantier_id": chantier.id, "billing_stage": "final"}
        self.assertEqual(self.figure("dso", filters=known)["value"], 365)

    def test_days_lost_by_document_and_by_who_owes_it(self):
        kinds = self.env["btp.document.type"].search([], limit=2)
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": self.customer.id}
        )
        documents = self.env["btp.document"].create(
            [
                {
                    "type_id": kind.id,
                    "chantier_id": chantier.id,
                    "owed_by": owed_by,
                    "company_id": self.company.id,
                }
                for kind, owed_by in zip(kinds, ("moe", "us"), strict=True)
            ]
        )
        self.env.flush_all()
        for document, days in zip(documents, (12, 5), strict=True):
            self.env.cr.execute(
                "UPDATE btp_document SET state = 'received', received_on = '2025-05-20',"
                " days_lost = %s WHERE id = %s",
                [days, document.id],
            )
        self.env.invalidate_all()
        self.snapshots._compute_month(self.company, self.may)
        self.assertEqual(self.figure("document_mean")["value"], 8.5)
        for filters, days in (
            ({"document_type_id": kinds[0].id}, 12),
            ({"owed_by": "us"}, 5),
            ({"chantier_id": chantier.id, "owed_by": "moe"}, 12),
        ):
            found = self.figure("document_mean", filters=filters)
            self.assertEqual(found["value"], days, filters)
        action = self.figures.get_lines_action(
            "document_mean", "2025-05-01", {"owed_by": "moe"}
        )
        lines = self.open_lines(action)
        self.assertEqual(
            (lines.mapped("res_model"), lines.mapped("res_id")),
            (["btp.document"], documents[0].ids),
        )
        groups = self.figures._read_group(
            [("company_id", "=", self.company.id)], ["owed_by"], ["document_days:sum"]
        )
        self.assertEqual(
            {key: value for key, value in groups if key}, {"moe": 12, "us": 5}
        )

    def test_accuracy_is_of_forecasts_said_four_weeks_before(self):
        weeks = [(4, 10, 130), (4, 17, 90), (1, 24, 5000)]
        forecasts = (
            self.env["btp.figure.cash"]
            .sudo()
            .create(
                [
                    {
                        "company_id": self.company.id,
                        "made_on": date(2025, 4, day),
                        "week": week,
                        "date_from": date(2025, 5, day - 6),
                        "date_to": date(2025, 5, day),
                        "expected": expected,
                        "actual": 100,
                        "settled": True,
                    }
                    for week, day, expected in weeks
                ]
            )
        )
        self.make_invoice(late=25)
        self.snapshots._compute_month(self.company, self.may)
        self.assertAlmostEqual(self.figure("forecast_missed_rate")["value"], 0.2)
        self.assertAlmostEqual(self.figure("forecast_bias_rate")["value"], 0.1)
        mine = {"partner_id": self.customer.id}
        self.assertEqual(
            self.figure("forecast_missed_rate", filters=mine)["reason"], "no_forecast"
        )
        action = self.figures.get_lines_action("forecast_missed_rate", "2025-05-01")
        self.assertEqual(
            set(self.open_lines(action).mapped("res_id")), set(forecasts[:2].ids)
        )

    def test_dispute_time_is_shown_by_its_median_too(self):
        invoice = self.make_invoice(late=60)
        disputes = [self.make_dispute(invoice, days) for days in (2, 4, 60)]
        self.snapshots._compute_month(self.company, self.may)
        self.assertEqual(self.figure("dispute_median")["value"], 4)
        self.assertEqual(self.figure("dispute_mean")["value"], 22)
        none = {"partner_id": self.make_customer("Other").id}
        self.assertEqual(
            self.figure("dispute_median", filters=none)["reason"], "no_dispute"
        )
        # As it was first said, whatever becomes of the disputes.
        self.env.cr.execute(
            "UPDATE btp_dispute SET closed_on = '2025-06-02' WHERE id = %s",
            [disputes[0]],
        )
        self.assertEqual(self.figure("dispute_median")["value"], 4)

    def make_dispute(self, invoice, days):
        """Insert a dispute that was settled in May after some days."""
        closed = date(2025, 5, 28)
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO btp_dispute (company_id, partner_id, move_id, currency_id, reason,
                source, state, opened_on, closed_on, amount, description)
            VALUES (%s, %s, %s, %s, 'quality', 'agent', 'accepted', %s, %s, 1, 'x') RETURNING id
            """,
            [
                self.company.id,
                self.customer.id,
                invoice.id,
                invoice.currency_id.id,
                closed - timedelta(days=days),
                closed,
            ],
        )
        return self.env.cr.fetchone()[0]

    def test_what_is_merged_or_deleted_keeps_its_sums(self):
        twin = self.make_customer("Promoteur Sud (double)")
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": self.customer.id}
        )
        self.make_invoice(late=25, amount=300, partner=twin)
        self.snapshots._compute_month(self.company, self.may)
        row = self.snapshots.search([("company_id", "=", self.company.id)])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE btp_figure_snapshot SET chantier_id = %s WHERE id = %s",
            [chantier.id, row.id],
        )
        wizard = self.env["base.partner.merge.automatic.wizard"].sudo().create({})
        wizard._merge((self.customer + twin).ids, self.customer)
        chantier.sudo().unlink()
        row.invalidate_recordset()
        self.assertEqual((row.partner_id, row.receivable), (self.customer, 300))
        self.assertFalse(row.chantier_id)

    def test_a_step_without_cases_says_so(self):
        say = self.figures._say_cases
        self.assertTrue(say(effect.difference(5, 12, 0, 0)))
        self.assertTrue(say(effect.difference(0, 3, 4, 40)))
        self.assertFalse(say(effect.difference(5, 12, 4, 40)))

    # === PIVOT === #

    def test_balances_of_several_months_are_those_of_the_last(self):
        other = self.make_customer("Mairie")
        paid = self.make_invoice(late=100, amount=1000)  # due 10 March
        self.make_invoice(late=50, amount=300, partner=other)  # due 28 April
        self.pay(paid, payment_date=date(2025, 5, 10))
        for month in (3, 4, 5):
            self.snapshots._compute_month(self.company, date(2025, month, 1))
        mine = [("company_id", "=", self.company.id)]

        def read(*groupby):
            return self.figures._read_group(
                mine,
                groupby,
                ["owed:sum", "overdue:sum", "opening:sum", "paid:sum", "dso:avg"],
            )

        [whole] = read()
        # Not 1,000 + 1,300 + 300: what is owed at the end of May, owed when March began.
        self.assertEqual(whole[:4], (300, 300, 1000, 1000))
        self.assertAlmostEqual(whole[4], self.figure("dso")["value"])
        months = read("month:month")
        self.assertEqual([row[1] for row in months], [1300, 1300, 300])
        partners = {row[0]: row for row in read("partner_id")}
        # Who owes nothing at the end adds nothing, and the parts make the whole.
        self.assertEqual(partners[other][1], 300)
        self.assertFalse(partners[self.customer][1])
        self.assertEqual(sum(row[1] or 0 for row in partners.values()), whole[0])
        self.assertEqual([row[1] for row in read("month:quarter")], [1300, 300])
        sets = self.figures.formatted_read_grouping_sets(
            mine, [[], ["month:month"], ["partner_id"]], ["owed:sum", "dso:avg"]
        )
        self.assertEqual(sets[0][0]["owed:sum"], 300)
        self.assertEqual([g["owed:sum"] for g in sets[1]], [1300, 1300, 300])

    def test_a_pivot_shows_nothing_where_there_is_none(self):
        self.make_invoice(late=25, amount=100)
        self.snapshots._compute_month(self.company, self.may)
        mine = [("company_id", "=", self.company.id)]
        [[group]] = self.figures.formatted_read_grouping_sets(
            mine, [[]], ["promise_rate:avg", "overdue_rate:avg"]
        )
        self.assertNotIn("promise_rate:avg", group)
        self.assertEqual(group["overdue_rate:avg"], 1)
        [group] = self.figures.formatted_read_group(
            mine, ["month:month"], ["promise_rate:avg"]
        )
        self.assertIsNone(group["promise_rate:avg"])

    def test_every_pivot_ratio_is_its_indicator(self):
        self.make_invoice(late=36, amount=600)
        self.snapshots._compute_month(self.company, self.may)
        from ..models.btp_figure import RATIOS

        mine = [("company_id", "=", self.company.id)]
        names = list(RATIOS)
        [row] = self.figures._read_group(mine, [], [f"{name}:avg" for name in names])
        for name, value in zip(names, row, strict=True):
            said = self.figure(name)["value"]
            if said is None:
                self.assertFalse(value, name)
            else:
                self.assertAlmostEqual(value, said, msg=name)

    def open_lines(self, action):
        """Return the lines that an action opens, as the user's screen would."""
        lines = self.env[action["res_model"]].with_context(**action["context"])
        # Each request begins with nothing in memory: another figure has the same lines.
        lines.invalidate_model()
        return lines.search(action["domain"])

    def test_the_foot_of_the_lines_is_the_figure(self):
        """What a line shows is what it gives to the figure, as of the month's end."""
        paid = self.make_invoice(late=40, amount=1000)
        self.make_invoice(late=20, amount=500)
        self.make_invoice(late=60, amount=70, partner=self.make_customer("Other"))
        self.make_credit_note(30)
        self.pay(paid, amount=400, payment_date=date(2025, 5, 20))
        # After the month: it changes nothing of it.
        self.pay(paid, amount=600, payment_date=date(2025, 6, 10))
        self.snapshots._compute_month(self.company, self.may)
        from ..models.btp_figure import RATIOS

        for month in ("2025-05-01", None):
            sums = self.figures._get_sums(
                self.company, self.figures._to_month(month), {}
            )
            for code, ratio in RATIOS.items():
                lines = self.open_lines(self.figures.get_lines_action(code, month))
                part = sum(sums[name] for name in ratio.part)
                part -= sum(sums[name] for name in ratio.minus)
                whole = sum(sums[name] for name in ratio.whole)
                whole -= sum(sums[name] for name in ratio.less)
                shown = sum(lines.mapped("amount")) + sum(lines.mapped("number"))
                under = sum(lines.mapped("base")) + sum(lines.mapped("base_number"))
                self.assertAlmostEqual(shown, float(part), 2, f"{code} {month}")
                self.assertAlmostEqual(under, float(whole), 2, f"{code} {month}")
        overdue = self.open_lines(
            self.figures.get_lines_action("overdue", "2025-05-01")
        )
        self.assertEqual({line.move_id: line.amount for line in overdue}[paid], 600)
        self.assertEqual(overdue.filtered(lambda x: x.move_id == paid).name, paid.name)
        mine = overdue.filtered(lambda line: line.move_id == paid)
        self.assertEqual(mine.action_open()["res_id"], paid.id)
        # Without a figure there is nothing to show.
        self.assertFalse(self.env["btp.figure.line"].search_count([]))

    def test_a_figure_opens_its_lines(self):
        paid = self.make_invoice(late=40, amount=1000)
        due = self.make_invoice(late=20, amount=500)
        self.pay(paid, payment_date=date(2025, 6, 10))
        self.snapshots._compute_month(self.company, self.may)
        lines = self.open_lines(self.figures.get_lines_action("overdue", "2025-05-15"))
        self.assertEqual(lines.move_id, paid + due)
        row = self.figures.search([("company_id", "=", self.company.id)])
        self.assertEqual(self.open_lines(row.action_open_lines()).move_id, paid + due)
        now = self.open_lines(self.figures.get_lines_action("overdue"))
        self.assertEqual(now.move_id, due)
        with self.assertRaises(UserError):
            self.figures.get_lines_action("id")
        with self.assertRaises(UserError):
            self.figures.get_indicators("2025-05-01", {"id; DROP": 1})

    def test_retention_is_apart_until_its_release(self):
        account = self.env["account.account"].create(
            {
                "code": "411700",
                "name": "Retentions",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        self.company.sudo().btp_retention_account_id = account
        invoice = self.make_invoice(late=30, amount=1000)
        line = invoice.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET account_id = %s, date_maturity = %s WHERE id = %s",
            (account.id, date(2025, 6, 10), line.id),
        )
        self.env.invalidate_all()
        self.snapshots._compute_month(self.company, self.may)
        sums = self.figures._get_sums(self.company, self.may, {})
        self.assertEqual((sums["retained"], sums["receivable"]), (1000, 1000))
        self.assertEqual(self.figure("dso")["value"], 0)
        self.assertAlmostEqual(self.figure("dso_whole")["value"], 365)
        # Released on the tenth: overdue now.
        sums = self.figures._get_sums(self.company, None, {})
        self.assertEqual((sums["retained"], sums["overdue_10"]), (0, 1000))

    def test_the_months_that_ended_are_kept_by_night(self):
        self.make_invoice(late=70, amount=1000)
        self.assertEqual(
            self.snapshots._get_months_to_close(self.company)[-1], self.may
        )
        with self.enter_registry_test_mode():
            self.env.ref("btp_relance.ir_cron_figure").method_direct_trigger()
        self.assertIn(self.may, self.snapshots._get_months(self.company))
        self.after(1)  # a Tuesday
        self.assertFalse(self.snapshots._get_months_to_close(self.company))

    def test_a_month_in_which_nothing_was_is_kept_too(self):
        self.make_invoice(late=0, invoice_date=self.today)
        empty = date(2025, 3, 1)  # the old invoice of nothing is over a year old
        self.assertIn(empty, self.snapshots._get_months_to_close(self.company))
        self.assertEqual(self.snapshots._compute_month(self.company, empty), 0)
        self.assertNotIn(empty, self.snapshots._get_months_to_close(self.company)[:-3])
        self.assertEqual(self.figure("dso", "2025-03-01")["reason"], "no_sales")
        self.assertEqual(self.figure("dso_count_back", "2025-03-01")["value"], 0)

    def test_rights(self):
        self.make_invoice(late=40, amount=1000)
        self.snapshots._compute_month(self.company, self.may)
        agent = self.make_user("agathe", "btp_relance.group_agent")
        reader = self.make_user("rene", "account.group_account_readonly")
        for user in (agent, reader):
            said = self.figures.with_user(user).get_indicators("2025-05-01")
            self.assertTrue(said[0]["value"])
            with self.assertRaises(AccessError):
                self.snapshots.with_user(user).search([], limit=1).unlink()
        clerk = self.make_user("site", "base.group_user")
        with self.assertRaises(AccessError):
            self.figures.with_user(clerk).get_indicators()
        with self.assertRaises(AccessError):
            self.figures.with_user(clerk).get_lines_action("dso")
        other = self.setup_other_company(name="Another")["company"]
        stranger = self.make_user(
            "other",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(
            self.figures.with_user(stranger).search_count(
                [("company_id", "=", self.company.id)]
            )
        )
        [dso, *_others] = self.figures.with_user(stranger).get_indicators("2025-05-01")
        self.assertEqual(dso["reason"], "no_sales")
