# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A chantier at a glance: figures, timeline, statement, and who may see them."""

from datetime import date, timedelta

from lxml import html

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .common import RelanceCommon
from .daily_job import TODAY
from .paper_common import pages


@tagged("post_install", "-at_install")
class ChantierCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.reader = cls.make_user("reader", "account.group_account_readonly")
        cls.chantier = cls.make_chantier("School", code="CH-2025-014")

    @classmethod
    def make_chantier(cls, name, **values):
        return cls.env["btp.chantier"].create(
            {"name": name, "partner_id": cls.customer.id, **values}
        )

    @classmethod
    def make_bill(cls, amount, late=5, **values):
        """Return a posted invoice of the chantier, unless the test names another."""
        values.setdefault("btp_chantier_id", cls.chantier.id)
        return cls.make_invoice(late, amount, **values)

    @classmethod
    def make_retention_account(cls):
        account = cls.env["account.account"].create(
            {
                "name": "Retenues de garantie",
                "code": "411701",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.company.sudo().btp_retention_account_id = account
        return account

    @classmethod
    def retain(cls, move, amount, release):
        """Move a part of what an invoice claims to the account of retentions."""
        [line] = move.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        account = cls.env["account.account"].search([("code", "=", "411701")])
        account = account or cls.make_retention_account()
        move.button_draft()
        move.write(
            {
                "line_ids": [
                    Command.update(line.id, {"debit": line.debit - amount}),
                    Command.create(
                        {
                            "display_type": "payment_term",
                            "account_id": account.id,
                            "partner_id": move.partner_id.id,
                            "debit": amount,
                            "date_maturity": release,
                        }
                    ),
                ]
            }
        )
        move.action_post()

    def figures(self, chantier=None):
        """Return billed, paid, left, overdue and retained, freshly read."""
        chantier = chantier or self.chantier
        self.env.flush_all()
        chantier.invalidate_recordset()
        names = ("billed", "paid", "left", "overdue", "retained")
        return tuple(chantier[f"amount_{name}"] for name in names)


class TestChantierFigures(ChantierCommon):
    def test_nothing_billed(self):
        self.assertEqual(self.figures(), (0, 0, 0, 0, 0))
        self.assertEqual(self.chantier.billed_percent, 0)

    def test_billed_paid_left_overdue(self):
        self.chantier.contract_amount = 8000
        late = self.make_bill(1000.10, late=5)
        self.make_bill(2000, late=-10)
        self.make_bill(5000, btp_chantier_id=False)
        self.pay(late, 400.05)
        self.assertEqual(self.figures(), (3000.10, 400.05, 2600.05, 600.05, 0))
        self.assertAlmostEqual(self.chantier.billed_percent, 37.5, 1)

    def test_the_due_day_itself_is_not_overdue(self):
        self.make_bill(1000, late=0)
        self.assertEqual(self.figures()[3], 0)
        self.after(1)
        self.assertEqual(self.figures()[3], 1000)

    def test_drafts_and_cancelled_invoices_do_not_count(self):
        draft = self.make_bill(1000)
        draft.button_draft()
        cancelled = self.make_bill(500)
        cancelled.button_draft()
        cancelled.button_cancel()
        self.assertEqual(self.figures(), (0, 0, 0, 0, 0))

    def test_credit_notes_are_netted(self):
        self.make_bill(1000, late=5)
        self.make_credit_note(300, btp_chantier_id=self.chantier.id)
        self.assertEqual(self.figures(), (700, 0, 700, 1000, 0))
        self.make_credit_note(900, btp_chantier_id=self.chantier.id)
        self.assertEqual(self.figures(), (-200, 0, -200, 1000, 0))

    def test_overdue_is_what_a_click_on_it_opens_and_what_my_day_counts(self):
        self.make_bill(1000, late=5)
        self.make_bill(500, late=-5)
        self.make_credit_note(300, btp_chantier_id=self.chantier.id)
        self.env.flush_all()
        domain = self.chantier.action_view_overdue()["domain"]
        opened = self.env["btp.echeance"].search(domain)
        self.assertEqual(sum(opened.mapped("residual_company")), 1000)
        self.assertEqual(self.figures()[3], 1000)

    def test_foreign_currency_is_told_in_ours(self):
        currency = self.setup_other_currency("GBP", rates=[("2020-01-01", 0.5)])
        self.make_bill(1000, late=5, currency_id=currency.id)
        self.assertEqual(self.figures(), (2000, 0, 2000, 2000, 0))

    def test_retention_is_apart_until_its_release(self):
        move = self.make_bill(1000, late=5)
        self.retain(move, 50, TODAY + timedelta(days=300))
        self.assertEqual(self.figures(), (1000, 0, 1000, 950, 50))
        self.after(301)
        self.assertEqual(self.figures(), (1000, 0, 1000, 1000, 0))

    def test_a_page_of_chantiers_costs_the_same_queries(self):
        many = self.env["btp.chantier"]
        for rank in range(30):
            chantier = self.make_chantier(f"Site {rank}")
            many |= chantier
        for chantier in many[:5]:
            self.make_bill(100, btp_chantier_id=chantier.id)

        def queries(chantiers):
            self.env.flush_all()
            chantiers.invalidate_recordset()
            self.env["account.account"].search([("code", "=like", "4117%")])
            chantiers.mapped("amount_total")
            before = self.env.cr.sql_log_count
            chantiers.mapped("amount_overdue")
            chantiers.mapped("amount_retained")
            return self.env.cr.sql_log_count - before

        queries(many[:1])  # What is read once stays in the cache.
        self.assertEqual(queries(many[:1]), queries(many))
        self.assertEqual(many[0].amount_billed, 100)
        self.assertEqual(many[10].amount_billed, 0)

    def test_found_by_their_overdue_amount(self):
        quiet = self.make_chantier("Quiet")
        self.make_bill(1000, late=5)
        self.make_bill(500, late=-5, btp_chantier_id=quiet.id)
        ours = self.chantier | quiet
        search = self.env["btp.chantier"].search
        domain = [("id", "in", ours.ids)]
        self.assertEqual(search([*domain, ("amount_overdue", ">", 0)]), self.chantier)
        self.assertEqual(search([*domain, ("amount_overdue", "<=", 0)]), quiet)
        self.assertFalse(search([*domain, ("amount_retained", ">", 0)]))

    def test_documents_missing_come_from_the_hook(self):
        self.assertEqual(self.chantier.missing_document_count, 0)
        other = self.make_chantier("Other")
        self.patch(
            self.registry["btp.chantier"],
            "_count_missing_documents",
            lambda chantiers: {other.id: 3},
        )
        both = self.chantier | other
        both.invalidate_recordset()
        self.assertEqual(both.mapped("missing_document_count"), [0, 3])

    def test_the_form_of_a_new_chantier_opens(self):
        with Form(self.env["btp.chantier"].with_user(self.agent)) as form:
            form.name = "New"
            form.partner_id = self.customer
            with form.avenant_ids.new() as avenant:
                avenant.name = "More"
                self.assertEqual(avenant.number, 1)
            with form.avenant_ids.new() as avenant:
                avenant.name = "Still more"
                self.assertEqual(avenant.number, 2, "The next one, before it is saved.")
        chantier = form.record
        self.assertEqual(chantier.avenant_ids.mapped("number"), [1, 2])
        created = self.env["btp.chantier.avenant"].create(
            [{"chantier_id": chantier.id, "name": name} for name in ("A", "B")]
        )
        self.assertEqual(created.mapped("number"), [3, 4])


class TestChantierTimeline(ChantierCommon):
    def rows(self, user=None, chantier=None):
        """Return ``(coming or past, date, title, detail, amount, badge)`` as it is read."""
        chantier = (chantier or self.chantier).with_user(user or self.agent)
        self.env.flush_all()
        chantier.invalidate_recordset()
        root = html.fragment_fromstring(chantier.timeline)

        def text(node, path):
            return " ".join(" ".join(node.xpath(f"{path}//text()")).split())

        return [
            (
                "coming" if "o_btp_coming" in event.get("class") else "past",
                text(event, ".//time"),
                text(event, ".//div[@class='o_btp_what']/div[1]/*[1]"),
                text(event, ".//div[@class='text-muted']"),
                text(event, ".//div[@class='o_btp_amount']").replace("\xa0", " "),
                text(event, ".//*[starts-with(@class, 'badge')]").replace("\xa0", " "),
            )
            for event in root.xpath(".//li")
        ]

    def titles(self, user=None):
        return [row[2] for row in self.rows(user)]

    def test_nothing_dated(self):
        self.assertEqual(self.rows(), [])
        self.assertIn("Nothing is dated yet", self.chantier.timeline)

    def test_contract_works_and_what_is_to_come(self):
        self.chantier.write(
            {
                "contract_date": date(2025, 1, 10),
                "contract_reference": "M24",
                "contract_amount": 100000,
                "date_start": date(2025, 2, 3),
                "date_reception_planned": date(2025, 9, 30),
                "avenant_ids": [
                    Command.create(
                        {
                            "name": "Fewer doors",
                            "amount": -1500,
                            "signed_on": date(2025, 3, 1),
                        }
                    ),
                    Command.create({"name": "Not signed", "amount": 9}),
                ],
                "os_ids": [
                    Command.create(
                        {
                            "number": "1",
                            "kind": "start",
                            "issued_on": date(2025, 1, 20),
                        }
                    )
                ],
            }
        )
        self.assertEqual(
            self.rows(),
            [
                ("coming", "09/30/2025", "Réception planned", "", "", ""),
                (
                    "past",
                    "03/01/2025",
                    "Avenant No. 1 signed",
                    "Fewer doors",
                    "$ -1,500.00 before tax",
                    "",
                ),
                ("past", "02/03/2025", "Works start", "", "", ""),
                ("past", "01/20/2025", "OS No. 1: start of works", "", "", ""),
                (
                    "past",
                    "01/10/2025",
                    "Contract signed",
                    "M24",
                    "$ 100,000.00 before tax",
                    "",
                ),
            ],
        )

    def test_reception_ends_what_was_planned(self):
        self.chantier.write(
            {
                "date_reception_planned": date(2025, 5, 1),
                "date_reception": date(2025, 5, 12),
                "has_reserves": True,
                "date_reserves_lifted": date(2025, 6, 2),
                "date_dgd": date(2025, 6, 10),
            }
        )
        self.assertEqual(
            [row[:4] for row in self.rows()],
            [
                ("coming", "05/12/2026", "End of guarantee", ""),
                ("past", "06/10/2025", "DGD notified", ""),
                ("past", "06/02/2025", "Reserves lifted", ""),
                ("past", "05/12/2025", "Réception", "with reserves"),
            ],
        )

    def test_a_planned_reception_that_nobody_recorded(self):
        self.chantier.date_reception_planned = TODAY - timedelta(days=1)
        [row] = self.rows()
        self.assertEqual(
            (row[0], row[2], row[5]), ("past", "Réception planned", "Not recorded")
        )

    def test_invoices_payments_and_due_dates(self):
        move = self.make_bill(1000, late=5, btp_situation_number=3)
        later = self.make_bill(500, late=-10, btp_billing_stage="final")
        payment = self.pay(move, 400)
        day = payment.date.strftime("%m/%d/%Y")
        rows = self.rows()
        self.assertIn(
            (
                "past",
                "05/12/2025",
                "Situation No. 3",
                move.name,
                "$ 1,000.00",
                "$ 600.00 overdue",
            ),
            rows,
        )
        self.assertIn(
            (
                "past",
                later.invoice_date.strftime("%m/%d/%Y"),
                "Final account (solde, DGD)",
                later.name,
                "$ 500.00",
                "$ 500.00 left",
            ),
            rows,
        )
        self.assertIn(
            ("past", day, "Payment received", move.name, "$ 400.00", ""),
            [("past", *row[1:]) for row in rows],
        )
        self.assertIn(
            ("coming", "06/26/2025", "Payment due", later.name, "$ 500.00", ""), rows
        )
        self.assertEqual(len(rows), 4)

    def test_settled_drafts_and_credit_notes(self):
        paid = self.make_bill(1000, late=5)
        self.pay(paid, 1000)
        draft = self.make_bill(700)
        draft.button_draft()
        self.make_credit_note(50, btp_chantier_id=self.chantier.id)
        badges = {row[2]: row[5] for row in self.rows() if row[5]}
        self.assertEqual(badges["Credit note"], "$ 50.00 not used yet")
        states = sorted(row[5] for row in self.rows() if row[2] == "Invoice")
        self.assertEqual(states, ["Draft", "Paid in full"])

    def test_retention_is_to_be_released(self):
        move = self.make_bill(1000, late=5)
        self.retain(move, 50, TODAY + timedelta(days=300))
        [due] = [row for row in self.rows() if row[0] == "coming"]
        self.assertEqual(due[2:5], ("Retention to be released", move.name, "$ 50.00"))

    def test_reminders_for_those_who_may_read_them(self):
        move = self.make_bill(1000, late=5)
        self.run_day()
        [row] = [row for row in self.rows() if row[2].startswith("Reminder")]
        self.assertIn("Step 3", row[2])
        self.assertEqual(row[3], f"E-mail · {move.name}")
        self.assertEqual(row[1], "06/16/2025")
        titles = self.titles(self.reader)
        self.assertIn("Invoice", titles)
        self.assertFalse([title for title in titles if title.startswith("Reminder")])

    def test_dates_are_written_as_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.chantier.contract_date = date(2025, 1, 10)
        self.agent.lang = "fr_FR"
        chantier = self.chantier.with_user(self.agent).with_context(lang="fr_FR")
        self.assertIn("10/01/2025", chantier.timeline)

    def test_text_is_escaped(self):
        self.chantier.write(
            {"contract_date": TODAY, "contract_reference": "<script>x</script>"}
        )
        self.assertNotIn("<script>", self.chantier.timeline)


class TestChantierStatement(ChantierCommon):
    def test_every_invoice_and_the_totals(self):
        first = self.make_bill(1000, late=5, btp_situation_number=1)
        second = self.make_bill(2000, late=-10)
        credit = self.make_credit_note(300, btp_chantier_id=self.chantier.id)
        self.pay(first, 400)
        self.retain(second, 100, TODAY + timedelta(days=300))
        self.env.flush_all()
        self.chantier.invalidate_recordset()
        statement = self.chantier._get_statement()
        lines = {
            line["move"]: (line["title"], line["billed"], line["paid"], line["left"])
            for line in statement["lines"]
        }
        self.assertEqual(
            lines,
            {
                first: ("Situation No. 1", 1000, 400, 600),
                second: ("Invoice", 2000, 0, 2000),
                credit: ("Credit note", -300, 0, -300),
            },
        )
        due = {line["move"]: line["date_due"] for line in statement["lines"]}
        self.assertEqual(
            due[second], TODAY + timedelta(days=10), "Not its retention's."
        )
        self.assertEqual(
            statement["totals"],
            {
                "invoiced": 3000,
                "credits": -300,
                "billed": 2700,
                "paid": 400,
                "left": 2300,
                "overdue": 600,
                "unused": -300,
                "retained": 100,
            },
        )

    def test_printed_in_the_customer_s_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        self.chantier.write(
            {"contract_amount": 8000, "contract_date": date(2025, 1, 10)}
        )
        move = self.make_bill(1234.5, late=5)
        report = self.env["ir.actions.report"].with_user(self.reader)
        content, kind = report._render_qweb_pdf(
            "btp_relance.chantier_statement", self.chantier.ids
        )
        text = " ".join(pages(content))
        self.assertEqual(kind, "pdf")
        for expected in (move.name, "Martin Bâtiment", "Promoteur Sud", "10/01/2025"):
            self.assertIn(expected, text)
        self.assertRegex(text, r"1\D234,50")

    def test_print_menu(self):
        action = self.chantier.with_user(self.reader).action_print_statement()
        self.assertEqual(action["report_name"], "btp_relance.chantier_statement")
        bindings = self.env["ir.actions.actions"]._get_bindings("btp.chantier")
        report = self.env.ref("btp_relance.btp_chantier_statement_action")
        self.assertIn(report.id, [bound["id"] for bound in bindings["report"]])


class TestChantierAccess(ChantierCommon):
    def test_a_reader_sees_all_and_writes_nothing(self):
        self.make_bill(1000, late=5)
        chantier = self.chantier.with_user(self.reader)
        self.assertEqual(chantier.amount_overdue, 1000)
        self.assertIn("$", chantier.timeline)
        self.assertEqual(len(chantier._get_statement()["lines"]), 1)
        with self.assertRaises(AccessError):
            chantier.write({"retention_rate": 3})
        with self.assertRaises(AccessError):
            self.env["btp.chantier.avenant"].with_user(self.reader).create(
                {"chantier_id": chantier.id, "name": "No"}
            )
        with self.assertRaises(AccessError):
            chantier.action_attach()

    def test_the_form_opens_for_a_reader_and_an_agent(self):
        self.make_bill(1000, late=5)
        for user in (self.reader, self.agent):
            views = (
                self.env["btp.chantier"]
                .with_user(user)
                .get_views(
                    [
                        (False, "form"),
                        (False, "list"),
                        (False, "kanban"),
                        (False, "search"),
                    ]
                )
            )
            self.assertIn("amount_overdue", views["views"]["form"]["arch"])

    def test_buttons_both_ways(self):
        move = self.make_bill(1000, late=5)
        as_agent = move.with_user(self.agent)
        self.assertEqual(
            as_agent.action_view_btp_chantier()["res_id"], self.chantier.id
        )
        customer = self.customer.with_user(self.agent)
        self.assertEqual(customer.btp_chantier_count, 1)
        action = customer.action_view_btp_chantiers()
        found = self.env["btp.chantier"].search(action["domain"])
        self.assertEqual(found, self.chantier)
        overdue = self.chantier.with_user(self.agent).action_view_overdue()
        self.env.flush_all()
        echeances = self.env["btp.echeance"].search(overdue["domain"])
        self.assertEqual(echeances.move_id, move)

    def test_companies_do_not_mix(self):
        other = self.setup_other_company(name="Durand Travaux")["company"]
        theirs = (
            self.env["btp.chantier"]
            .with_company(other)
            .sudo()
            .create(
                {
                    "name": "Theirs",
                    "partner_id": self.customer.id,
                    "company_id": other.id,
                }
            )
        )
        self.make_bill(1000, late=5)
        self.make_invoice(5, 7000, company=other, btp_chantier_id=theirs.id)
        self.assertEqual(self.figures(), (1000, 0, 1000, 1000, 0))
        with self.assertRaises(AccessError):
            theirs.with_user(self.agent).read(["amount_billed"])
        found = (
            self.env["btp.chantier"]
            .with_user(self.agent)
            .search([("amount_overdue", ">", 0)])
        )
        self.assertEqual(found, self.chantier)
        self.env.invalidate_all()
        self.assertEqual(self.customer.with_user(self.agent).btp_chantier_count, 1)


class TestInvoiceReferences(ChantierCommon):
    def test_a_draft_takes_the_references_of_its_chantier(self):
        self.chantier.write(
            {
                "purchase_order": "BC-77",
                "engagement_number": "E42",
                "service_code": "SVC1",
            }
        )
        form = Form(
            self.env["account.move"]
            .with_user(self.agent)
            .with_context(default_move_type="out_invoice")
        )
        form.btp_chantier_id = self.chantier
        self.assertEqual(form.partner_id, self.customer)
        move = form.save()
        names = ("btp_purchase_order", "btp_engagement_number", "btp_service_code")
        self.assertEqual([move[name] for name in names], ["BC-77", "E42", "SVC1"])

    def test_what_was_typed_stays_and_what_was_brought_goes(self):
        self.chantier.write({"purchase_order": "BC-77", "engagement_number": "E42"})
        other = self.make_chantier("Other", purchase_order="BC-88")
        move = self.make_bill(100, btp_engagement_number="Typed")
        self.assertEqual(move.btp_purchase_order, "BC-77")
        move.button_draft()
        move.btp_chantier_id = other
        self.assertEqual(move.btp_purchase_order, "BC-88")
        self.assertEqual(move.btp_engagement_number, "Typed")

    def test_posted_invoices_and_bills_stay_as_they_are(self):
        self.chantier.purchase_order = "BC-77"
        posted = self.make_invoice(5, 100)
        posted.btp_chantier_id = self.chantier
        self.assertFalse(posted.btp_purchase_order)
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "btp_chantier_id": self.chantier.id,
                "btp_purchase_order": "Theirs",
            }
        )
        self.assertEqual(bill.btp_purchase_order, "Theirs")
