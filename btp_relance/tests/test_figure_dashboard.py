# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The dashboard's one call, expected cash, the sheet."""

import io
import json
import re
from datetime import date, datetime, timedelta

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.btp_figure_indicator import INDICATORS
from .common import TODAY, RelanceHttpCommon


@tagged("post_install", "-at_install")
class TestFigureDashboard(RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.figures = cls.env["btp.figure"]
        cls.snapshots = cls.env["btp.figure.snapshot"]
        cls.cash = cls.env["btp.figure.cash"].sudo()
        cls.may = date(2025, 5, 1)
        cls.give_history()

    def test_nothing_to_show(self):
        page = self.figures.get_dashboard()
        self.assertTrue(page["cause"])
        self.assertFalse(page["debtors"] or page["promises"] or page["cash"]["weeks"])
        for tile in page["tiles"]:
            self.assertTrue(tile["value"] is not None or tile["words"], tile["code"])

    def test_what_moved_and_who(self):
        town = self.make_customer("Mairie X")
        self.make_invoice(late=30, amount=1000)
        self.snapshots._compute_month(self.company, self.may)
        invoice = self.make_invoice(
            late=3, amount=3000, partner=town, invoice_date=date(2025, 6, 2)
        )
        page = self.figures.get_dashboard()
        # May: all that was invoiced is owed, so is it now: the new invoice adds as many days.
        self.assertIn("unchanged", page["cause"])
        self.pay(
            self.make_invoice(late=90, amount=6000), payment_date=date(2025, 5, 20)
        )
        self.snapshots._compute_month(self.company, self.may)
        page = self.figures.get_dashboard()
        # 1,000 / 7,000 then, 4,000 / 10,000 now.
        self.assertIn("+93.9 days", page["cause"])
        self.assertIn("+109.5 from Mairie X", page["cause"])
        self.assertIn(f"{invoice.name} is overdue", page["cause"])
        self.assertEqual([row["overdue"] for row in page["debtors"]], [3000, 1000])
        self.assertEqual(page["debtors"][0]["name"], "Mairie X")
        self.assertEqual(sum(age["amount"] for age in page["ageing"]), 4000)
        self.assertEqual(
            [point["month"] for point in page["trend"]], ["2025-05-01", "2025-06-01"]
        )
        # A closed month says nothing of this week.
        past = self.figures.get_dashboard("2025-05-01")
        self.assertNotIn("promises", past)
        self.assertEqual(past["day"], "2025-05-31")
        self.assertEqual(past["debtors"][0]["overdue"], 1000)

    def test_the_parts_of_a_cause_add_up_to_it(self):
        self.make_invoice(late=90, amount=20_000)
        paid = self.make_invoice(late=200, amount=30_000)
        self.pay(paid, payment_date=date(2025, 2, 1))
        self.snapshots._compute_month(self.company, self.may)
        for rank in range(4):
            self.make_invoice(
                late=3,
                amount=1000 + 300 * rank,
                partner=self.make_customer(f"Client {rank}"),
                invoice_date=date(2025, 6, 2),
            )
        credit = self.make_credit_note(4000, partner=self.make_customer("Back"))
        self.assertTrue(credit)
        cause = self.figures.get_dashboard()["cause"]
        days = [
            float(found.replace("−", "-"))
            for found in re.findall(r"[+−][\d.]+(?= days| from| because)", cause)
        ]
        self.assertGreaterEqual(len(days), 3)
        self.assertAlmostEqual(days[0], sum(days[1:]), 6, cause)
        self.assertIn("from all others", cause)

    def test_a_past_month_gives_the_reasons_of_its_day(self):
        town = self.make_customer("Mairie X")
        paid = self.make_invoice(late=430, amount=6000, invoice_date=date(2024, 7, 1))
        self.pay(paid, payment_date=date(2025, 1, 10))
        old = self.make_invoice(late=100, amount=4000, invoice_date=date(2024, 8, 1))
        may_be = self.make_invoice(
            late=20, amount=3000, partner=town, invoice_date=date(2025, 5, 2)
        )
        for month in (date(2025, 4, 1), self.may):
            self.snapshots._compute_month(self.company, month)
        said = self.figures.get_dashboard("2025-05-01")["cause"]
        self.assertIn(f"{may_be.name} is overdue", said)
        # Since then it was paid, and a larger one became late.
        self.pay(may_be, payment_date=date(2025, 6, 3))
        later = self.make_invoice(
            late=2, amount=9000, partner=town, invoice_date=date(2025, 5, 15)
        )
        self.assertEqual(self.figures.get_dashboard("2025-05-01")["cause"], said)
        now = self.figures.get_dashboard()["cause"]
        self.assertIn(f"{later.name} is overdue", now)
        self.assertNotIn(may_be.name, now)
        # What was not kept is read as of that day.
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": town.id}
        )
        for move in (may_be, later):
            self.env.cr.execute(
                "UPDATE account_move SET btp_chantier_id = %s WHERE id = %s",
                [chantier.id, move.id],
            )
        self.env.invalidate_all()
        reason = self.figures._get_reason(
            town.id, self.may, {"chantier_id": chantier.id}
        )
        self.assertEqual((reason["kind"], reason["invoice"]), ("overdue", may_be.name))
        self.assertFalse(
            self.figures._get_reason(town.id, date(2025, 4, 1), {"user_id": None})
        )
        self.assertTrue(old)

    def test_a_document_of_later_is_no_reason_of_then(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": self.customer.id}
        )
        self.make_invoice(late=60, btp_chantier_id=chantier.id)
        kind = self.env["btp.document.type"].search(
            [("scope", "=", "chantier")], limit=1
        )
        document = self.env["btp.document"].create(
            {
                "type_id": kind.id,
                "chantier_id": chantier.id,
                "expected_since": date(2025, 5, 10),
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE btp_document_need SET level = 'required' WHERE document_id = %s",
            [document.id],
        )

        def reason(day):
            found = self.figures._read_reasons(self.company, self.customer.ids, day, {})
            return found[self.customer.id]

        self.assertEqual(reason(date(2025, 4, 30))["kind"], "overdue")
        self.assertEqual(reason(date(2025, 5, 31))["type_id"], kind.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE btp_document SET state = 'received', received_on = '2025-06-05'"
            " WHERE id = %s",
            [document.id],
        )
        self.env.invalidate_all()
        # It had not come yet.
        self.assertEqual(reason(date(2025, 5, 31))["kind"], "document")
        self.assertEqual(reason(date(2025, 6, 10))["kind"], "overdue")
        self.assertIn(kind.name, self.figures._word_reason(reason(date(2025, 5, 31))))

    def test_filters(self):
        chantier = self.env["btp.chantier"].create(
            {"name": "Gymnase", "partner_id": self.customer.id, "user_id": self.env.uid}
        )
        self.make_invoice(amount=100, btp_chantier_id=chantier.id)
        self.make_invoice(amount=900)
        for filters in ({"chantier_id": chantier.id}, {"user_id": self.env.uid}):
            page = self.figures.get_dashboard(filters=filters)
            self.assertEqual(sum(age["amount"] for age in page["ageing"]), 100)
        with self.assertRaises(UserError):
            self.figures.get_dashboard(filters={"company_id": 1})

    def test_this_week(self):
        invoice = self.make_invoice(late=5, amount=1000)
        other = self.make_invoice(
            late=5, amount=70, partner=self.make_customer("Other")
        )
        self.run_day()
        self.pay(invoice, amount=400, payment_date=self.after(2))
        actions = self.figures.get_dashboard()["actions"]
        self.assertEqual(
            (actions["done"], actions["chased"], actions["came"]), (2, 1070, 400)
        )
        lines = other.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        self.env["btp.promise"]._make(
            other.partner_id, self.company, self.days_later(8), lines
        )
        [promise] = self.figures.get_dashboard()["promises"]
        self.assertEqual((promise["amount"], promise["name"]), (70, "Other"))

    def test_few_queries_whatever_the_ledger_holds(self):
        for rank in range(3):
            self.make_invoice(partner=self.make_customer(f"Client {rank}"))
        self.snapshots._compute_month(self.company, self.may)
        self.figures.get_dashboard()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            self.figures.get_dashboard()

    # === EXPECTED CASH === #

    def test_cash_by_habit_is_said_once_and_held_against_what_came(self):
        for late in (90, 120, 150):
            paid = self.make_invoice(late=late, amount=500)
            # Ten days late each time.
            self.pay(paid, payment_date=TODAY - timedelta(days=late - 10))
        self.make_invoice(late=-1, amount=1000)
        weeks = self.cash._freeze(self.company, TODAY)
        self.assertEqual(len(weeks), 13)
        self.assertEqual(max(weeks, key=lambda row: row.expected).week, 2)
        self.assertFalse(self.cash._freeze(self.company, TODAY))
        with self.assertRaises(UserError):
            weeks[0].expected = 3
        # What is invoiced later is not in it.
        due = self.make_invoice(late=-20, amount=4000, invoice_date=self.after(1))
        self.pay(due, payment_date=self.after(3))
        first = self.env["account.move"].search(
            [("partner_id", "=", self.customer.id), ("amount_total", "=", 1000)]
        )
        self.pay(first, payment_date=self.after(9))
        self.cash._settle(self.company, self.after(20))
        self.assertEqual(weeks.filtered("settled").mapped("actual"), [0, 1000])
        page = self.cash._get_page(self.company)
        self.assertEqual(page["past"][1]["actual"], 1000)

    def test_promises_are_expected_on_their_day(self):
        invoice = self.make_invoice(late=10, amount=800)
        lines = invoice.line_ids.filtered(
            lambda item: item.display_type == "payment_term"
        )
        self.env["btp.promise"]._make(
            self.customer, self.company, self.days_later(8), lines
        )
        rows = self.cash._forecast(self.company, TODAY)
        self.assertEqual([row["week"] for row in rows if row["expected"]], [2])
        self.assertAlmostEqual(rows[1]["expected"], 600)

    def test_what_no_habit_foretells_is_not_counted_and_told_apart(self):
        failed = self.make_customer("Failli", btp_insolvency_date=self.after(-30))
        gone = self.make_customer("Contentieux")
        gone.with_company(self.company).btp_legal_file = True
        self.make_invoice(late=-3, amount=4000, partner=failed)
        self.make_invoice(late=-3, amount=2000, partner=gone)
        contested = self.make_invoice(late=-3, amount=1000)
        self.env["btp.dispute"]._open(contested, "quantity", "Fewer.", amount=300)
        rows = self.cash._freeze(self.company, TODAY)
        self.assertAlmostEqual(sum(rows.mapped("expected")), 700)
        self.assertEqual(
            rows[0].left_out,
            {"insolvency": [4000, 1], "legal_file": [2000, 1], "dispute": [300, 1]},
        )
        words = self.cash._get_page(self.company)["words"]
        self.assertIn("Not counted: ", words)
        self.assertIn("6,300", words)
        self.assertIn("insolvency proceedings (", words)

    # === SHEET === #

    def test_sheet(self):
        self.make_invoice(late=40, amount=1000)
        self.snapshots._compute_month(self.company, self.may)
        self.authenticate("admin", "admin")
        self.env.ref("base.user_admin").company_ids += self.company
        url = f"/btp_relance/figures.xlsx?month=2025-05-01&company_id={self.company.id}"
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Figures%20May%202025", answer.headers["Content-Disposition"])
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        self.assertEqual((rows[1][0], rows[1][1]), ("DSO", 365))
        months = list(book.worksheets[1].iter_rows(values_only=True))
        self.assertEqual((months[1][0].date(), months[1][1]), (self.may, 1000))
        self.assertEqual(book.worksheets[2]["B2"].value, self.customer.name)
        self.assertEqual(self.url_open(f"{url}x").status_code, 404)

    def test_every_figure_by_json_with_read_rights_only(self):
        self.make_invoice(late=40, amount=1000)
        self.snapshots._compute_month(self.company, self.may)
        reader = self.make_user("rene", "account.group_account_readonly")
        key = (
            self.env["res.users.apikeys"]
            .with_user(reader)
            ._generate("rpc", "figures", datetime.now() + timedelta(days=1))
        )

        def call(model, method, **values):
            return self.url_open(
                f"/json/2/{model}/{method}",
                data=json.dumps(values),
                headers={
                    "Authorization": f"bearer {key}",
                    "Content-Type": "application/json",
                    "X-Odoo-Database": self.env.cr.dbname,
                },
            )

        found = call("btp.figure", "get_indicators", month="2025-05-01").json()
        self.assertEqual(
            {one["code"] for one in found}, {one.code for one in INDICATORS}
        )
        self.assertEqual(found[0]["value"], 365)
        self.assertEqual(
            call("btp.figure", "get_dashboard").json()["company_id"], self.company.id
        )
        self.assertEqual(call("btp.figure", "get_effects").json(), [])
        action = call(
            "btp.figure", "get_lines_action", code="dso", month="2025-05-01"
        ).json()
        [line] = call(
            action["res_model"],
            "search_read",
            domain=action["domain"],
            fields=["name", "amount", "base"],
            context=action["context"],
        ).json()
        self.assertEqual((line["amount"], line["base"]), (1000, 1000))
        [row] = call(
            "btp.figure", "search_read", domain=[], fields=["owed", "dso"]
        ).json()
        self.assertEqual((row["owed"], row["dso"]), (1000, 365))
        for model in ("btp.figure.snapshot", "btp.figure.report", "btp.figure.cash"):
            self.assertEqual(
                call(model, "search_read", domain=[], fields=[]).status_code, 200
            )
            with mute_logger("odoo.http"):
                refused = call(model, "create", vals_list=[{}])
            self.assertEqual(refused.status_code, 403, model)

    def test_rights(self):
        self.make_user("site", "base.group_user")
        reader = self.make_user("rene", "account.group_account_readonly")
        self.assertTrue(self.figures.with_user(reader).get_dashboard()["tiles"])
        other = self.setup_other_company(name="Another")["company"]
        with self.assertRaises(AccessError):
            self.figures.with_user(reader).get_dashboard(company_id=other.id)
        self.authenticate("site", "site")
        self.assertEqual(self.url_open("/btp_relance/figures.xlsx").status_code, 404)
