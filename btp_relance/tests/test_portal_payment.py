# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One link for all that is due: what is paid by it is booked to the cent."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import JsonRpcException, tagged

from ..engine import epc
from .common import TODAY, RelanceHttpCommon

LOGGER = "odoo.addons.btp_relance"


@tagged("post_install", "-at_install")
class TestPortalPayment(RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.demo = (
            cls.env.ref("payment.payment_provider_demo")
            .sudo()
            .copy({"company_id": cls.company.id, "name": "Demo"})
        )
        cls.demo.write({"state": "test", "is_published": True})
        cls.demo.journal_id = cls.company_data["default_journal_bank"]

    def remind(self, *lates, amount=1000.0):
        """Return the reminder sent for invoices so many days late."""
        self.moves = [self.make_invoice(late=late, amount=amount) for late in lates]
        relances = self.run_day()
        # Sent in a transaction of its own.
        self.env.invalidate_all()
        return relances

    # === WHAT IS DUE === #

    def test_all_that_is_due_now_is_payable_in_one_go_credits_deducted(self):
        relance = self.remind(5, 12)
        self.make_credit_note(300)
        (dues,) = relance._get_dues()
        self.assertEqual(len(dues.lines), 2)
        self.assertEqual(dues.amount, 1700)
        self.pay(self.moves[0])
        (dues,) = relance._get_dues()
        self.assertEqual(dues.amount, 700)

    def test_what_is_not_due_is_not_asked(self):
        relance = self.remind(5)
        days = (fields.Date.today() - TODAY).days
        self.make_invoice(late=-days - 30)
        (dues,) = relance._get_dues()
        self.assertEqual(dues.amount, 1000)

    def test_two_currencies_are_two_payments(self):
        relance = self.remind(5)
        other = self.setup_other_currency("GBP")
        self.make_invoice(late=5, amount=50, currency_id=other.id)
        self.assertEqual(
            {dues.currency.name: dues.amount for dues in relance._get_dues()},
            {"EUR": 1000, "GBP": 50},
        )

    def test_nobody_pays_online_what_a_judgment_stopped(self):
        relance = self.remind(5)
        self.customer.btp_insolvency_date = self.today
        self.assertFalse(relance._get_dues())
        page = self.url_open(relance.get_portal_url()).text
        self.assertIn("L622-7", page)
        self.assertNotIn("o_payment_form", page)

    # === THE LINK === #

    def test_the_link_is_the_key(self):
        relance = self.remind(5)
        good = relance.get_portal_url()
        self.assertIn("btp_dues_total", self.url_open(good).text)
        bad = f"/my/relances/{relance.id}"
        self.assertNotIn("btp_dues_total", self.url_open(bad).text)
        with self.assertLogs(LOGGER, "WARNING"):
            page = self.url_open(good[:-3] + "abc")
        self.assertEqual(page.status_code, 404)
        self.assertNotIn("btp_dues_total", page.text)

    def test_the_short_link_of_a_text_message_leads_to_the_same_page(self):
        relance = self.remind(5)
        good = relance._get_link_token()
        page = self.url_open(f"/r/{relance.id}/{good}")
        self.assertIn("btp_dues_total", page.text)
        self.assertIn(f"/my/relances/{relance.id}?", page.url)
        for other, token in ((relance.id, good[:-1] + "!"), (relance.id + 1, good)):
            with self.assertLogs(LOGGER, "WARNING"):
                page = self.url_open(f"/r/{other}/{token}")
            self.assertEqual(page.status_code, 404)

    def test_the_message_bears_the_link_where_the_company_takes_payments(self):
        self.template.body_html = "<t t-call='btp_relance.mail_payment'/>"
        relance = self.remind(5)
        body = relance.mail_id.body_html
        self.assertIn(
            f"/my/relances/{relance.id}?access_token={relance.access_token}", body
        )
        self.demo.is_published = False
        self.make_invoice(late=30)
        self.company.invalidate_recordset(["btp_pays_online"])
        self.assertFalse(relance._get_payment_url())

    def test_the_message_shows_the_code_of_its_transfer(self):
        self.company.partner_id.bank_ids = [
            Command.create(
                {
                    "acc_number": "FR76 3000 1007 9412 3456 7890 185",
                    "allow_out_payment": True,
                    "partner_id": self.company.partner_id.id,
                }
            )
        ]
        self.template.body_html = "<t t-call='btp_relance.mail_payment'/>"
        relance = self.remind(5)
        path = relance.get_portal_url(suffix="/transfer.png")
        self.assertIn(path.replace("&", "&amp;"), relance.mail_id.body_html)
        picture = self.url_open(path)
        self.assertEqual(picture.headers["Content-Type"], "image/png")
        payload = relance._get_payment_means()["transfer"]
        self.assertIn("EUR1000.0", payload)
        self.assertEqual(picture.content, epc.draw(payload))
        with self.assertLogs(LOGGER, "WARNING"):
            self.assertEqual(self.url_open(path[:-3] + "abc").status_code, 404)

    def begin(self, relance, amount, token=None):
        """Ask for the transaction of a payment, as the page does."""
        method = self.demo.payment_method_ids[:1]
        return self.make_jsonrpc_request(
            f"/my/relances/{relance.id}/transaction/{self.company.currency_id.id}",
            {
                "access_token": token or relance._portal_ensure_token(),
                "amount": amount,
                "provider_id": self.demo.id,
                "payment_method_id": method.id,
                "token_id": None,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/my",
            },
        )

    def test_another_amount_or_another_key_is_refused(self):
        relance = self.remind(5)
        for amount, token in ((999.99, None), (1000, "guessed")):
            with (
                self.assertLogs("odoo.http", "WARNING"),
                self.assertLogs(LOGGER, "WARNING"),
                self.assertRaisesRegex(JsonRpcException, "ValidationError"),
            ):
                self.begin(relance, amount, token)
        self.assertEqual(self.begin(relance, 1000)["amount"], 1000)

    # === BOOKED === #

    def settle(self, relance):
        """Pay all that is due through the demo provider, and let Odoo book it."""
        (dues,) = relance._get_dues()
        self.begin(relance, dues.amount)
        tx = self.env["payment.transaction"].search(
            [("btp_relance_id", "=", relance.id)]
        )
        tx._set_done()
        tx._post_process()
        return tx

    def test_credits_are_deducted_in_the_books(self):
        relance = self.remind(5, 12)
        credit_note = self.make_credit_note(300)
        tx = self.settle(relance)
        self.assertEqual(tx.payment_id.amount, 1700)
        for move in (*self.moves, credit_note):
            self.assertEqual(move.amount_residual, 0, move.name)

    def test_a_released_retention_is_paid_on_its_own_account(self):
        account = self.env["account.account"].create(
            {
                "name": "Retentions",
                "code": "411790",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        self.company.btp_retention_account_id = account
        move = self.make_invoice(
            late=400,
            amount=1000,
            btp_retention_rate=5,
            btp_retention_release_on=TODAY - timedelta(days=10),
        )
        relance = self.remind(5)
        lines = move.line_ids.filtered("btp_is_retention")
        self.assertEqual(lines.amount_residual, 50)
        (dues,) = relance._get_dues()
        self.assertEqual(dues.amount, 2000)
        tx = self.settle(relance)
        self.assertEqual(tx.payment_id.amount, 2000)
        self.assertEqual(
            tx.payment_id.destination_account_id.account_type, "asset_receivable"
        )
        self.assertNotEqual(tx.payment_id.destination_account_id, account)
        self.assertTrue(lines.reconciled)
        self.assertEqual((move.amount_residual, self.moves[0].amount_residual), (0, 0))
