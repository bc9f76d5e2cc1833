# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Sums of a month, kept and corrected; figures on them; the lines that they open."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestFigure(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.snapshots = cls.env["btp.figure.snapshot"]
        cls.figures = cls.env["btp.figure"]
        cls.may = date(2025, 5, 1)

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
            if figure["code"] == "dso_count_back":
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

    def test_a_figure_opens_its_lines(self):
        paid = self.make_invoice(late=40, amount=1000)
        due = self.make_invoice(late=20, amount=500)
        self.pay(paid, payment_date=date(2025, 6, 10))
        self.snapshots._compute_month(self.company, self.may)
        action = self.figures.get_lines_action("overdue", "2025-05-15")
        lines = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(lines.move_id, paid + due)
        row = self.figures.search([("company_id", "=", self.company.id)])
        self.assertEqual(row.action_open_lines()["domain"], action["domain"])
        now = self.figures.get_lines_action("overdue")
        self.assertEqual(
            self.env["account.move.line"].search(now["domain"]).move_id, due
        )
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
