# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is wrong with a message shows when it is saved, in one sentence."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestMessageCheck(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)

    def assertRefused(self, words, values, lang=None):
        """Check that saving is refused in one sentence that holds these words."""
        template = self.template.with_context(lang=lang or "en_US")
        before = template.body_html, template.subject
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            template.write(values)
        message = str(caught.exception)
        for part in words:
            self.assertIn(part, message)
        self.assertIn("Test message", message)
        self.assertNotIn("\n", message)
        self.assertNotIn("Traceback", message)
        self.assertLess(len(message), 300)
        template.invalidate_recordset()
        self.assertEqual((template.body_html, template.subject), before)

    def cases(self):
        """Run a test without any reminder, then with a real one."""
        self.assertFalse(self.env["btp.relance"].search([]))
        yield "none"
        self.make_invoice()
        self.assertTrue(self.plan())
        yield "real"

    def test_unknown_field(self):
        for case in self.cases():
            with self.subTest(case):
                self.assertRefused(
                    ["English", "“object.text_chantier”", "“text_chantiers”"],
                    {"body_html": "<p><t t-out='object.text_chantier'/></p>"},
                )
                self.assertRefused(
                    ["“object.partner_id.nothing”", "does not exist", "type /"],
                    {"body_html": "<p><t t-out='object.partner_id.nothing'/></p>"},
                )
                self.assertRefused(
                    ["“object.no_such_field”"],
                    {"subject": "Hello {{ object.no_such_field }}"},
                )

    def test_unknown_field_where_the_case_would_not_come(self):
        self.assertRefused(
            ["“object.nowhere”"],
            {"body_html": "<p t-if='False'><t t-out='object.nowhere'/></p>"},
        )

    def test_missing_block(self):
        self.assertRefused(
            ["“btp_relance.mail_tabel”", "block that does not exist"],
            {"body_html": "<div><t t-call='btp_relance.mail_tabel'/></div>"},
        )

    def test_syntax(self):
        for body in ("object.(", "object.name +", "format_amount(1,"):
            with self.subTest(body):
                self.assertRefused(
                    ["cannot be read"], {"body_html": f"<p><t t-out='{body}'/></p>"}
                )
        self.assertRefused(["would leave as it is"], {"subject": "Due {{ object.name"})
        self.assertRefused(
            ["would leave as it is"], {"body_html": "<p>{{ object.text_amount }}</p>"}
        )

    def test_what_fails_only_when_it_is_filled_in(self):
        for case in self.cases():
            with self.subTest(case):
                self.assertRefused(
                    ["cannot be shown", "division by zero"],
                    {"body_html": "<p><t t-out='object.line_count / 0'/></p>"},
                )
                self.assertRefused(
                    ["cannot be shown"], {"subject": "{{ object.partner_id.name + 1 }}"}
                )

    def test_the_wrong_language_is_named(self):
        self.assertRefused(
            ["French", "object.rien"],
            {"body_html": "<p>Bonjour <t t-out='object.rien'/></p>"},
            lang="fr_FR",
        )
        with self.assertRaisesRegex(ValidationError, "French.*object.rien"):
            self.template.update_field_translations(
                "subject", {"fr_FR": "Relance {{ object.rien }}"}
            )

    def test_a_new_message_is_checked_too(self):
        with self.assertRaisesRegex(ValidationError, "object.rien"):
            self.make_template(body_html="<p><t t-out='object.rien'/></p>")

    def test_what_is_right_is_saved_and_leaves_no_trace(self):
        models = ("btp.relance", "btp.chantier", "account.move", "res.partner")
        before = [self.env[name].search_count([]) for name in models]
        self.template.body_html = (
            "<p><t t-out='object.text_amount'/> <t t-out='object.text_interest'/></p>"
            "<t t-call='btp_relance.mail_table'/><t t-call='btp_relance.letter_claim'/>"
        )
        self.env.flush_all()
        self.assertEqual([self.env[name].search_count([]) for name in models], before)
        self.assertIn("text_interest", self.template.body_html)

    def test_what_python_allows_is_no_fault(self):
        self.template.body_html = (
            "<p t-if='object.line_ids'><t t-out='object.line_ids[0].move_id.name'/>"
            "<t t-out='object[\"partner_id\"].name'/>"
            "<t t-out='object.line_ids[:1].filtered(lambda li: li.kind).move_id.ref'/>"
            "<t t-foreach='object.line_ids' t-as='line' t-out='line.move_id.name'/></p>"
        )
        self.assertIn("line_ids[0]", self.template.body_html)
        self.assertRefused(
            ["object.line_ids.nothing"],
            {"body_html": "<p><t t-out='object.line_ids[0].nothing'/></p>"},
        )

    def test_other_messages_are_none_of_ours(self):
        template = self.env["mail.template"].create(
            {
                "name": "Customer",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "body_html": "<p>Dear <t t-out='object.name'/></p>",
            }
        )
        template.body_html = "<p>{{ not ours }}</p>"
        self.assertIn("not ours", template.body_html)

    def test_every_message_can_be_written_before_its_first_case(self):
        """On a new database nobody promised, contested or asked anything yet."""
        others = [("model", "=like", "btp.%"), ("model", "!=", "btp.relance")]
        templates = self.env["mail.template"].search(others)
        self.assertGreater(len(templates), 12)
        relances = self.env["btp.relance"]
        for template in templates:
            with self.subTest(template.name):
                template.body_html = f"{template.body_html}<p>One word more</p>"
                shown = relances.get_message_preview(template.id)
                self.assertFalse(shown["error"])
                self.assertIn("One word more", shown["html"])
        site = self.env.ref("btp_relance.template_site_task")
        with self.assertRaisesRegex(ValidationError, "object.rien"):
            site.body_html = "<p><t t-out='object.rien'/></p>"

    # === CONSUMERS === #

    def test_a_consumer_reads_of_no_penalty(self):
        step = self.env.ref("btp_relance.step_consumer_p12")
        for words in (
            "une indemnité forfaitaire de recouvrement",
            "40 €",
            "au taux de la Banque centrale européenne",
            "article L441-10",
        ):
            with self.subTest(words):
                with self.assertRaisesRegex(ValidationError, "consumer"):
                    step.template_id.with_context(
                        lang="en_US"
                    ).body_html = f"<p>Vous devez {words}.</p>"
                self.env.invalidate_all()
        step.template_id.body_html = "<p>Merci de régler <b>140 €</b>.</p>"

    def test_a_business_may_read_of_them(self):
        step = self.env.ref("btp_relance.step_standard_p10")
        step.template_id.body_html = "<p>Une indemnité forfaitaire de 40 € est due.</p>"
        self.assertIn("40 €", step.template_id.body_html)

    def test_a_message_given_to_a_consumer_step_is_looked_at_again(self):
        template = self.make_template(body_html="<p>Indemnité forfaitaire : 40 €</p>")
        with self.assertRaisesRegex(ValidationError, "L121-21"):
            self.env.ref("btp_relance.step_consumer_p3").template_id = template

    def test_a_scenario_reaches_consumers(self):
        reaches = {
            name: self.env.ref(f"btp_relance.scenario_{name}")._reaches_consumers()
            for name in ("standard", "public", "consumer", "good_payer")
        }
        self.assertEqual(
            reaches,
            {"standard": False, "public": False, "consumer": True, "good_payer": False},
        )
        self.assertFalse(self.scenario._reaches_consumers())
        self.env.ref("btp_relance.rule_consumer").active = False
        self.assertTrue(self.scenario._reaches_consumers(), "default of the company")
