# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who reads personal data and amounts, tried through the door that everybody has."""

from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .privacy_common import NAME, PrivacyCommon

#: Models of ours that a person of the company without any of our groups may read.
GROUPS = {
    "mason": ("base.group_user",),
    "site": ("btp_relance.group_site_manager",),
    "client": ("base.group_portal",),
    "clerk": ("account.group_account_invoice",),
    "agent": ("btp_relance.group_agent",),
    "manager": ("btp_relance.group_manager",),
}
PERSONAL = ("btp.relance", "btp.relance.event", "btp.document.request")
PRIVACY = ("btp.privacy.rule", "btp.privacy.run", "btp.privacy.request")


@tagged("post_install", "-at_install")
class TestPrivacyAccess(PrivacyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            login: cls.make_user(f"{login}_p", *groups, password=f"{login}_p{login}_p")
            for login, groups in GROUPS.items()
        }

    @contextmanager
    def scheduler(self):
        """Give the engine: a test of HTTP is already in the registry's test mode."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["btp.relance.engine"]

    def call(self, model, method, *args, **kwargs):
        """Call a method as whoever is logged in."""
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def login(self, name):
        self.authenticate(f"{name}_p", f"{name}_p{name}_p")

    def readable(self, models):
        """Return the models whose records may be listed by whoever is logged in."""
        found = set()
        for model in models:
            try:
                self.call(model, "search_read", [], ["id"], limit=1)
                found.add(model)
            except JsonRpcException:
                continue
        return found

    def ours(self):
        return {
            name
            for name in self.env.registry
            if name.startswith("btp.") and not self.env[name]._abstract
        }

    @mute_logger("odoo.http")
    def test_who_has_nothing_to_do_with_it_reads_nothing(self):
        self.remind()
        self.login("client")
        self.assertFalse(self.readable(self.ours()))
        # Anybody of ours may own a case: each reads their own, and nothing else.
        self.login("mason")
        self.assertEqual(self.readable(self.ours()), {"btp.escalation"})
        self.env["btp.escalation"]._escalate(
            "complaint", self.move, self.customer, self.env.company, NAME
        )
        self.assertEqual(self.call("btp.escalation", "search_count", []), 0)

    @mute_logger("odoo.http")
    def test_a_conducteur_de_travaux_reads_no_amount_and_no_reminder(self):
        self.remind()
        self.login("site")
        models = self.readable(self.ours())
        self.assertFalse(models & set(PERSONAL + PRIVACY))
        self.assertIn("btp.chantier", models)
        for model in models:
            fields = self.call(model, "fields_get", attributes=["type"])
            amounts = [n for n, f in fields.items() if f["type"] == "monetary"]
            self.assertEqual(amounts, [], model)
        for model in ("account.move", "account.move.line", "account.payment"):
            self.assertEqual(self.readable([model]), set(), model)
        partner = self.call("res.partner", "fields_get", attributes=["type"])
        self.assertFalse(
            {"btp_relance_ids", "btp_echeance_ids", "btp_claim_amount"} & set(partner)
        )
        self.assertFalse({"btp_legal_file", "btp_privacy_restricted"} & set(partner))

    @mute_logger("odoo.http")
    def test_only_those_who_remind_read_reminders_and_only_managers_purges(self):
        self.remind()
        for login, expected in (
            ("clerk", set()),
            ("agent", {*PERSONAL, "btp.privacy.rule"}),
            ("manager", {*PERSONAL, *PRIVACY}),
        ):
            self.login(login)
            self.assertEqual(self.readable(PERSONAL + PRIVACY), expected, login)

    @mute_logger("odoo.http")
    def test_the_salt_of_a_row_is_for_nobody_who_reads_it(self):
        self.remind()
        for login in ("agent", "manager"):
            self.login(login)
            fields = self.call("btp.relance.event", "fields_get", attributes=["type"])
            self.assertNotIn("salt", fields)
            self.assertIn("recipient", fields)

    @mute_logger("odoo.http")
    def test_a_customer_s_portal_account_reads_nothing_of_others(self):
        self.remind()
        self.login("client")
        self.assertEqual(
            self.readable(["account.move", "mail.message", "res.partner"])
            - {"res.partner"},
            self.readable(["account.move", "mail.message"]),
        )
        own = self.users["client"].partner_id
        for model, domain in (
            ("account.move", []),
            ("res.partner", [["id", "in", [self.zoe.id, self.customer.id]]]),
            ("mail.message", [["model", "like", "btp."]]),
            ("ir.attachment", [["res_model", "like", "btp."]]),
        ):
            with self.subTest(model):
                try:
                    rows = self.call(model, "search_read", domain, ["id"])
                except JsonRpcException:
                    continue
                self.assertEqual([row for row in rows if row["id"] != own.id], [])

    @mute_logger("odoo.http")
    def test_no_private_step_of_a_purge_is_called_from_outside(self):
        relance = self.remind()
        self.login("manager")
        for model, method, args in (
            ("btp.relance", "_privacy_erase", [relance.ids]),
            ("btp.relance.event", "_erase_personal", [self.Event.search([]).ids]),
            ("btp.privacy", "_erase", ["message", relance.ids]),
            ("btp.privacy.run", "_cron_purge", []),
            ("res.partner", "_btp_privacy_erase", [self.zoe.ids]),
        ):
            with self.subTest(method), self.assertRaises(JsonRpcException):
                self.call(model, method, *args)
        self.assertTrue(relance.call_note)
        self.login("agent")
        with self.assertRaises(JsonRpcException):
            self.call("btp.privacy.rule", "action_dry_run")
