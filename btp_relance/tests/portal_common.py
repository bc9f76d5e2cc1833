# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A customer with a bit of everything, and another one who must see nothing of it."""

import html
import re
from datetime import timedelta

from odoo import Command

from .common import TODAY, RelanceHttpCommon

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LOGGER = "odoo.addons.btp_relance"


class PortalCommon(RelanceHttpCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.company.currency_id = cls.env.ref("base.EUR")
        cls.clerk = cls.make_user(
            "nadia", "btp_relance.group_manager", password="nadia"
        )
        cls.switch_on(
            cls.company,
            btp_relance_user_id=cls.clerk.id,
            btp_plan_active=True,
            btp_plan_auto_amount=100_000,
        )
        cls.account = cls.env["account.account"].create(
            {
                "name": "Retentions",
                "code": "411790",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.company.btp_retention_account_id = cls.account
        cls.chantier = cls.env["btp.chantier"].create(
            {"name": "École Jules Ferry", "partner_id": cls.customer.id}
        )
        cls.other = cls.make_customer("Autre Client")
        cls.send_reminders()

    @classmethod
    def send_reminders(cls):
        """Send one to each customer, once for all tests: each starts just after. Returns them."""
        cls.first = cls.make_invoice(12, 1000, btp_chantier_id=cls.chantier.id)
        cls.second = cls.make_invoice(5, 500)
        cls.foreign = cls.make_invoice(5, 777, cls.other)
        relances = cls.run_first_day()
        cls.relance = relances.filtered(lambda r: r.partner_id == cls.customer)
        cls.stranger = relances.filtered(lambda r: r.partner_id == cls.other)
        return relances

    def setUp(self):
        super().setUp()
        self.assertEqual((self.relance.state, self.stranger.state), ("sent", "sent"))

    # === READING AND SENDING === #

    def url(self, suffix="", relance=None, **query):
        """Return the address of a page, its link included."""
        relance = relance or self.relance
        more = "".join(f"&{name}={value}" for name, value in query.items())
        return relance.get_portal_url(suffix=suffix, query_string=more)

    def see(self, suffix="", relance=None, **query):
        """Return the words of a page."""
        page = self.url_open(self.url(suffix, relance, **query))
        self.assertEqual(page.status_code, 200, page.text[:500])
        return self.words(page)

    @staticmethod
    def words(page):
        """Return what a person reads of a page, without the markup."""
        text = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page.text)
        text = html.unescape(re.sub(r"<[^>]+>", " ", text))
        return " ".join(text.replace("\xa0", " ").replace("\u202f", " ").split())

    def open_form(self, suffix, relance=None):
        """Return the hidden fields of a form, as its page shows them."""
        page = self.url_open(self.url(suffix, relance))
        fields = dict(
            re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        )
        self.assertIn("form_token", fields, page.text[:2000])
        return fields

    def send(self, suffix, data, files=None, hidden=None, relance=None):
        """Fill in a form and send it; return where that led."""
        hidden = hidden or self.open_form(suffix, relance)
        relance = relance or self.relance
        return self.url_open(
            f"/my/relances/{relance.id}{suffix}",
            data={**hidden, **data},
            # As a browser does, whether there are files or not.
            files=files or {"none": (None, "")},
        )

    def act(self, suffix, data, files=None):
        """Send a form that is accepted; return what the customer is told."""
        page = self.send(suffix, data, files)
        told = re.search(r'(?s)id="btp_done".*?</div>', page.text)
        self.assertTrue(told, self.words(page)[:1500])
        self.env.invalidate_all()
        return self.words_of(told[0])

    def words_of(self, markup):
        return " ".join(html.unescape(re.sub(r"<[^>]*>|^[^>]*>", " ", markup)).split())

    def refused(self, suffix, data, files=None, **options):
        """Send a form that is refused; return why, as the customer reads it."""
        page = self.send(suffix, data, files, **options)
        self.assertEqual(page.status_code, 422, self.words(page)[:1000])
        error = re.search(r'(?s)id="btp_error".*?</div>', page.text)
        return self.words_of(error[0])

    def line(self, move):
        """Return the receivable line of an invoice, its retention apart."""
        return move.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
            and not line.btp_is_retention
        )

    def key(self, *moves):
        """Return what names the amounts due of invoices in a form."""
        return [str(self.line(move).id) for move in moves]

    def notes(self, relance=None):
        """Return the messages of the customer on a reminder."""
        messages = (relance or self.relance).message_ids
        return messages.filtered(lambda m: m.author_id == self.customer)

    def make_portal_user(self, login, partner, company=None):
        company = company or self.company
        return (
            self.env["res.users"]
            .sudo()
            .create(
                {
                    "name": login,
                    "login": login,
                    "password": login,
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
                }
            )
        )

    def days(self, count):
        """Return a day of the form, so many days from the day of the tests."""
        return (TODAY + timedelta(days=count)).isoformat()
