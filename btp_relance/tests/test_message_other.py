# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Messages of document requests and confirmations: read when saved, seen on a real case."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RelanceCommon

#: A message, and the model that it is about.
MESSAGES = {
    "btp_relance.template_document_request": "btp.document.request",
    "btp_relance.template_confirm_promise": "btp.confirmation",
    "btp_relance.template_confirm_document": "btp.confirmation",
}


@tagged("post_install", "-at_install")
class TestMessageOther(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.messages = {cls.env.ref(name): model for name, model in MESSAGES.items()}

    def make_record(self, template):
        """Return a real case of a message."""
        values = {
            "company_id": self.company.id,
            "partner_id": self.customer.id,
            "contact_id": self.customer.id,
        }
        model = self.messages[template]
        if model == "btp.document.request":
            values["state"] = "done"
        if model == "btp.confirmation":
            promise = template == self.env.ref("btp_relance.template_confirm_promise")
            values |= {
                "kind": "promise" if promise else "document",
                "promise_date": self.days_later(8),
                "amount": 750.0,
                "state": "sent",
            }
        return self.env[model].sudo().create(values)

    def counts(self):
        return {
            model: self.env[model].sudo().search_count([])
            for model in (*set(MESSAGES.values()), "res.partner", "mail.mail")
        }

    def assertRefused(self, template, values, *words):
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            template.write(values)
        message = str(caught.exception)
        self.assertIn(template.name, message)
        self.assertNotIn("\n", message)
        for word in words:
            self.assertIn(word, message)
        template.invalidate_recordset()

    def test_a_broken_placeholder_is_refused_with_and_without_a_case(self):
        for template in self.messages:
            for _turn in range(2):
                with self.subTest(template.name):
                    self.assertRefused(
                        template,
                        {"body_html": "<p><t t-out='object.partner_idd'/></p>"},
                        "object.partner_idd",
                        "“partner_id”",
                    )
                    self.assertRefused(
                        template,
                        {"subject": "{{ object.no_such_field }}"},
                        "object.no_such_field",
                    )
                    self.assertRefused(
                        template,
                        {"body_html": "<p><t t-out='object.partner_id.id / 0'/></p>"},
                        "division by zero",
                    )
                self.make_record(template)

    def test_the_wrong_language_is_named(self):
        template = self.env.ref("btp_relance.template_document_request")
        self.assertRefused(
            template.with_context(lang="fr_FR"),
            {"subject": "{{ object.nothing }}"},
            "Français" if self.env.lang == "fr_FR" else "French",
        )

    def test_what_is_right_is_saved_and_leaves_no_trace(self):
        before = self.counts()
        for template in self.messages:
            template.subject = "Pour {{ object.partner_id.name }}"
            self.assertEqual(template.subject, "Pour {{ object.partner_id.name }}")
        self.assertEqual(self.counts(), before)

    def test_it_is_seen_on_a_real_case_else_on_a_made_up_one(self):
        relances = self.env["btp.relance"]
        for template in self.messages:
            with self.subTest(template.name):
                action = template.action_open_mail_preview()
                self.assertEqual(action["tag"], "btp_relance.message_preview")
                made_up = relances.get_message_preview(template.id, 0, "sample")
                self.assertFalse(made_up["error"])
                record = self.make_record(template)
                found = relances.get_message_cases(template.id)["cases"]
                self.assertEqual(found[0]["key"], f"record,{record.id}")
                self.assertEqual(found[-1]["key"], "sample")
                before = self.counts()
                shown = relances.get_message_preview(
                    template.id, 0, found[0]["key"], "fr_FR"
                )
                self.assertEqual(shown["recipient"], self.customer.display_name)
                self.assertEqual(shown["lang"], "fr_FR")
                self.assertIn("Madame", shown["html"])
                self.assertEqual(self.counts(), before)

    def test_a_search_finds_the_recipient(self):
        template = self.env.ref("btp_relance.template_confirm_promise")
        self.make_record(template)
        find = self.env["btp.relance"].get_message_cases
        self.assertEqual(len(find(template.id, 0, "Promoteur")["cases"]), 1)
        self.assertFalse(find(template.id, 0, "Nobody at all")["cases"])
