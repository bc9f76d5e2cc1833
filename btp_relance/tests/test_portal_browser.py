# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Each path of the customer's page in a real browser, in French, on a phone and on a desk."""

from odoo.tests import tagged

from .common import BrowserTwice
from .portal_common import PDF, PortalCommon
from .portal_walker import DESK, PHONE, walking

SIGN = """(() => { const one = document.querySelector(".o_web_sign_name_input");
    one.value = "Paul Sud"; one.dispatchEvent(new Event("input", { bubbles: true })); })()"""


@tagged("post_install", "-at_install")
class TestPortalBrowser(BrowserTwice, PortalCommon):
    """Every path in one walk: a page begins where the one before ended."""

    @classmethod
    def send_reminders(cls):
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(
            ["btp_relance", "portal", "payment", "payment_demo", "web"], ["fr_FR"]
        )
        (cls.customer + cls.other).lang = "fr_FR"
        demo = cls.env.ref("payment.payment_provider_demo").sudo()
        demo = demo.copy({"company_id": cls.company.id, "name": "Démo"})
        demo.write({"state": "test", "is_published": True})
        demo.journal_id = cls.company_data["default_journal_bank"]
        # Each customer has three invoices: 12, 8 and 5 days late.
        cls.third = cls.make_invoice(8, 300)
        cls.theirs = cls.make_invoice(12, 1000, cls.other) + cls.make_invoice(
            8, 300, cls.other
        )
        return super().send_reminders()

    def setUp(self):
        super().setUp()
        kind = self.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )
        self.documents = self.env["btp.document"].create(
            [
                {
                    "type_id": kind.id,
                    "company_id": self.company.id,
                    "move_id": move.id,
                    "owed_by": "customer",
                    "blocking": True,
                }
                for move in self.second + self.foreign
            ]
        )

    def test_every_path_on_a_phone_and_on_a_desk(self):
        mine = self.first + self.third + self.second
        theirs = self.theirs + self.foreign
        # Read before the browser starts: its requests share the cursor of this test.
        addresses = [
            (relance.get_portal_url(), self.key(moves[1])[0])
            for relance, moves in ((self.relance, mine), (self.stranger, theirs))
        ]
        users = [
            ("south", "1 800,00", "2 077,00", mine.mapped("name")),
            ("other", "2 077,00", "1 800,00", theirs.mapped("name")),
        ]
        for (login, *_expected), partner in zip(
            users, self.customer + self.other, strict=True
        ):
            self.make_portal_user(login, partner)
        with walking(self) as walker:
            walker.size(DESK)
            self.two_customers(walker, users)
            walker.size(PHONE)
            self.walk(walker, *addresses[0])
            walker.size(DESK)
            self.walk(walker, *addresses[1])
        self.env.invalidate_all()
        self.check(self.relance, *mine)
        self.check(self.stranger, *theirs)

    def two_customers(self, walker, users):
        """Two of them with an account never see each other's lines."""
        for (login, own, foreign, names), (*_they, theirs) in zip(
            users, reversed(users), strict=True
        ):
            walker.log_in(login)
            walker.goto("/my/home")
            walker.go(".o_portal_index_card a[href='/my/relances']")
            walker.see("#btp_owed", own)
            walker.go("#btp_owed a")
            walker.see("#btp_dues", own)
            words = walker.run("document.body.textContent").replace("\xa0", " ")
            for name in names:
                self.assertIn(name, words)
            for name in (*theirs, foreign):
                self.assertNotIn(name, words)
        walker.log_in(None)

    # === THE WALK === #

    def walk(self, walker, address, left_out):
        """Walk every path.

        :param str left_out: names what is not paid by instalments
        """
        walker.goto(address)
        walker.see(".o_btp_lead", "restent à régler")
        walker.look_first()
        self.pay_one(walker)
        self.promise(walker)
        self.send_document(walker)
        self.pay_by_instalments(walker, left_out)
        self.contest(walker)
        self.say_paid(walker)
        self.correct_contact(walker)
        self.choose(walker)
        self.pay_the_rest(walker)

    def send(self, walker, words=""):
        walker.go(".o_btp_submit")
        walker.see("#btp_done", words)

    def pay_by_card(self, walker):
        walker.see("input[name=o_payment_radio]")
        walker.run("document.querySelector('input[name=o_payment_radio]').click()")
        walker.put("#customer_input", "4111111111111111")
        walker.go("button[name=o_payment_submit_button]:not(:disabled)")
        walker.see("#btp_dues .alert-success", "Merci")

    def pay_one(self, walker):
        """Two of three are unticked: one is paid, at its residual."""
        walker.go("#btp_pay", "Payer")
        walker.look()
        for _time in range(2):
            walker.see(".o_btp_recount.d-none")
            walker.go("li:has(input[name=row]:checked):not(:first-child) label")
        walker.see("#btp_pay_total", "1 000,00")
        self.pay_by_card(walker)

    def promise(self, walker):
        walker.go("#btp_promise", "Promettre une date")
        walker.look()
        walker.put("#btp_day", "2025-06-23")
        self.send(walker, "23/06/2025")
        walker.see("#btp_engagements", "23/06/2025")
        walker.look_first()

    def send_document(self, walker):
        walker.go(".o_btp_upload")
        walker.look()
        walker.attach("visa.pdf", PDF.decode())
        self.send(walker)
        walker.see("#btp_documents .badge", "Reçu")

    def pay_by_instalments(self, walker, left_out):
        """Seen, asked for, signed; a part of the account only."""
        walker.go("#btp_more a", "plusieurs fois")
        walker.look()
        walker.tick(f"input[value='{left_out}']", False)
        walker.put("#btp_count", "2")
        walker.go("button[name=preview]")
        walker.see("#btp_schedule li")
        walker.look()
        self.send(walker)
        walker.go("#btp_engagements a", "signer")
        walker.look()
        walker.see(".o_web_sign_name_input")
        walker.run(SIGN)
        # The field draws at each key once it has something to draw on.
        walker.see("canvas.o_web_sign_signature")
        walker.run(SIGN)
        walker.go(".o_portal_sign_submit:not([disabled])")
        walker.see("#btp_plan .alert-success", "Paul Sud")
        walker.look()
        walker.go("a", "Retour à votre compte")

    def contest(self, walker):
        walker.go("#btp_problem")
        walker.look()
        walker.go("#btp_moves a")
        walker.look()
        walker.put("#btp_reason", "quality")
        walker.put("#btp_amount", "120,50")
        walker.put("#btp_note", "Fissures <b>partout</b>")
        walker.attach("photo.pdf", PDF.decode())
        self.send(walker, "120,50")
        walker.see(".o_btp_contested", "120,50")

    def say_paid(self, walker):
        walker.go("#btp_more a", "déjà")
        walker.look()
        walker.tick("input[name=row]")
        walker.put("#btp_day", "2025-06-12")
        walker.attach("ordre.pdf", PDF.decode())
        self.send(walker)

    def correct_contact(self, walker):
        walker.go("#btp_more a", "coordonnées")
        walker.look()
        walker.put("#btp_name", "Léa Blanc")
        walker.put("#btp_email", "lea@blanc.example")
        self.send(walker, "Léa Blanc")

    def choose(self, walker):
        walker.go("#btp_more a", "SMS")
        walker.look()
        walker.put("#btp_channel", "email")
        walker.tick("#btp_no_call")
        self.send(walker)
        walker.look_first()

    def pay_the_rest(self, walker):
        """All that is asked for: the instalment of today, and what nobody contests."""
        walker.go("#btp_pay")
        walker.see("#btp_pay_total")
        self.pay_by_card(walker)

    # === WHAT IT LEFT === #

    def check(self, relance, first, third, second):
        acts = self.env["btp.portal.act"].search([("relance_id", "=", relance.id)])
        self.assertEqual(
            sorted(acts.mapped("kind")),
            ["choice", "contact", "dispute", "document", "paid", "plan", "promise"],
        )
        half = second.amount_total / 2
        self.assertEqual(
            [move.amount_residual for move in first + third + second], [0, 120.5, half]
        )
        transactions = self.env["payment.transaction"].search(
            [("btp_relance_id", "=", relance.id)], order="id"
        )
        self.assertEqual(transactions.mapped("state"), ["done", "done"])
        self.assertEqual(transactions.mapped("amount"), [1000, 179.5 + half])
        self.assertTrue(
            self.documents.filtered(lambda doc: doc.move_id == second).to_check
        )
        plan = self.env["btp.payment.plan"].search([("relance_id", "=", relance.id)])
        self.assertEqual((plan.state, plan.amount), ("active", second.amount_total))
        dispute = self.env["btp.dispute"].search([("move_id", "=", third.id)])
        self.assertEqual(dispute.amount, 120.5)
        self.assertEqual(relance.contact_proposal_ids.name, "Léa Blanc")
