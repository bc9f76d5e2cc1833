# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A person asks for a copy, for erasure, to be left alone."""

import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .privacy_common import EMAIL, NAME, PHONE, PrivacyCommon


@tagged("post_install", "-at_install")
class TestPrivacyPerson(PrivacyCommon):
    def ask(self, partner=None):
        """Return the screen of a person's request, as the button on the person opens it."""
        action = (partner or self.zoe).action_btp_privacy_request()
        return self.env[action["res_model"]].browse(action["res_id"])

    def lookup(self, partner=None):
        """Return the lines of Odoo's own lookup: ``{model: lines}``."""
        partner = partner or self.zoe
        admin = self.env.ref("base.user_admin")
        wizard = (
            self.env["privacy.lookup.wizard"]
            .with_user(admin)
            .create({"name": partner.name, "email": partner.email})
        )
        wizard.action_lookup()
        return wizard.line_ids.grouped("res_model")

    # === COPY === #

    def test_the_copy_holds_all_and_reads_well(self):
        self.remind()
        request = self.ask()
        request.action_export()
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(request.archive))) as archive:
            page = archive.read("donnees-personnelles.html").decode()
            data = json.loads(archive.read("donnees-personnelles.json"))
        models = {section["model"] for section in data}
        self.assertLessEqual(
            {"res.partner", "btp.relance", "mail.message", "btp.relance.event"}, models
        )
        for text in (NAME, EMAIL, PHONE, "it is paid", f"Called {NAME}"):
            self.assertIn(text, page)
        self.assertIn("www.cnil.fr", page)
        [identity] = [s for s in data if s["model"] == "res.partner"]
        self.assertIn(
            {"field": "email", "label": "Email", "value": EMAIL},
            identity["records"][0],
        )
        # A machine reads 2026-03-02 and 1200.0, a person what the language writes.
        [relance] = [s for s in data if s["model"] == "btp.relance"]
        values = {item["field"]: item for item in relance["records"][0]}
        self.assertRegex(values["contacted_on"]["value"], r"^\d{4}-\d\d-\d\d$")
        self.assertRegex(values["contacted_on"]["said"], r"^\d\d/\d\d/\d{4}$")
        self.assertIn("1,000.00", values["amount_due"]["said"])
        for name in ("contacted_on", "amount_due"):
            self.assertIn(values[name]["said"], page)

    def test_the_copy_of_one_says_nothing_of_another(self):
        self.remind()
        other = self.make_customer("Autre Client")
        request = self.ask(other)
        request.action_export()
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(request.archive))) as archive:
            for name in archive.namelist():
                text = archive.read(name).decode()
                self.assertIn("Autre Client", text)
                self.assertNotIn(NAME, text)
                self.assertNotIn("Promoteur Sud", text)

    # === ERASURE === #

    def test_what_nothing_obliges_us_to_keep_is_erased(self):
        relance = self.remind()
        self.years_later(8)
        request = self.ask()
        self.assertEqual(self.held(request)["message"], (1, 0))
        request.action_erase()
        self.assertEqual(self.where(NAME, EMAIL, PHONE), set())
        self.assertIn("Messages, answers and notes of calls: 1", request.told)
        self.assertEqual(self.held(request), {})
        self.assertEqual(relance.contact_id, self.customer)
        self.assertFalse(self.customer.btp_relance_contact_id)
        self.assertFalse(self.Event._verify(self.company)["broken"])

    def test_what_a_claim_needs_is_kept_and_the_article_named(self):
        relance = self.remind(paid=False)
        request = self.ask()
        self.assertEqual(self.held(request)["message"], (0, 1))
        self.assertIn("17(3)(e)", request.kept_because)
        request.action_erase()
        self.assertIn("17(3)(e)", request.told)
        self.assertTrue(relance.call_note)
        self.assertIn("17(3)(b)", self.ask(self.customer).kept_because)
        self.assertIn("L123-22", self.ask(self.customer).kept_because)

    # === RESTRICTION === #

    def test_who_asks_for_restriction_is_left_in_peace(self):
        request = self.ask(self.customer)
        request.action_restrict()
        self.assertTrue(self.customer.btp_privacy_restricted)
        self.make_invoice(5)
        self.assertFalse(self.plan())
        request.action_restrict()
        self.assertFalse(self.customer.btp_privacy_restricted)
        self.assertTrue(self.plan())

    # === ODOO'S LOOKUP === #

    def test_our_records_are_found_and_erased_by_odoo_s_lookup(self):
        relance = self.remind()
        self.years_later(8)
        lines = self.lookup()
        self.assertIn("btp.relance", lines)
        self.assertIn("btp.relance.event", lines)
        self.assertNotIn("btp.relance.line", lines)
        lines["btp.relance"].action_unlink()
        self.assertTrue(relance.exists() and relance.privacy_erased_on)
        self.assertIn("Erased", lines["btp.relance"].execution_details)
        self.assertTrue(lines["btp.relance"].is_unlinked)
        # The rows of the journal went with their reminder.
        self.assertNotIn("btp.relance.event", self.lookup())
        self.assertNotIn("btp_relance_event", self.where(NAME, EMAIL))
        self.assertFalse(self.Event._verify(self.company)["broken"])

    def test_the_lookup_refuses_what_the_law_keeps(self):
        self.remind(paid=False)
        mine = self.lookup()
        with self.assertRaisesRegex(UserError, r"17\(3\)\(e\)"):
            mine["btp.relance"].action_unlink()
        theirs = self.lookup(self.customer)
        with self.assertRaisesRegex(UserError, r"L123-22.*17\(3\)\(b\)"):
            theirs["account.move"][0].action_unlink()
        with self.assertRaisesRegex(UserError, "L123-22"):
            theirs["res.partner"].filtered(
                lambda line: line.res_id == self.customer.id
            ).action_unlink()

    def test_erasing_a_selection_leaves_what_the_law_keeps_and_says_why(self):
        self.remind(paid=False)
        lines = self.lookup(self.customer)
        moves, relances = lines["account.move"], lines["btp.relance"]
        (moves | relances).action_unlink_all()
        self.assertFalse(any((moves | relances).mapped("is_unlinked")))
        self.assertIn("L123-22", moves[0].execution_details)
        self.assertIn("17(3)(e)", relances[0].execution_details)

    def test_only_a_manager_answers_a_person(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        with self.assertRaises(AccessError):
            self.zoe.with_user(agent).action_btp_privacy_request()
        with self.assertRaises(AccessError):
            self.env["btp.privacy.request"].with_user(agent).create(
                {"partner_id": self.zoe.id}
            )
