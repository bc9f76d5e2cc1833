# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A database that was there gets the new words, unless somebody wrote their own."""

import importlib.util
import json

from odoo.tests import TransactionCase, tagged
from odoo.tools.misc import file_path

SCRIPT = "btp_relance/migrations/19.0.1.2.0/post-messages.py"
NAME = "template_standard_p3"


@tagged("post_install", "-at_install")
class TestMessagesMigration(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fr_FR"):
            cls.env["res.lang"]._activate_lang(code)
        cls.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        spec = importlib.util.spec_from_file_location("messages", file_path(SCRIPT))
        cls.script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)
        cls.template = cls.env.ref(f"btp_relance.{NAME}")

    def stored(self, template=None):
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT subject, body_html FROM mail_template WHERE id = %s",
            (template or self.template).ids,
        )
        return self.env.cr.fetchone()

    def put(self, **values):
        """Write texts as they are, in each language."""
        for field, texts in values.items():
            self.env.cr.execute(
                f"UPDATE mail_template SET {field} = %s WHERE id = %s",
                [json.dumps(texts), self.template.id],
            )
        self.env.invalidate_all()

    def old(self):
        """Put an old text in both languages, and make it known as shipped."""
        texts = {
            "subject": {"en_US": "Old", "fr_FR": "Ancien"},
            "body_html": {"en_US": "<p>Old words</p>", "fr_FR": "<p>Anciens mots</p>"},
        }
        self.put(**texts)
        known = {
            field: {lang: self.script.fingerprint(text) for lang, text in langs.items()}
            for field, langs in texts.items()
        }
        self.patch(self.script, "TEXTS", {NAME: known})
        return texts

    def test_words_that_nobody_changed_are_renewed_in_both_languages(self):
        new = self.stored()
        other = self.template.email_from
        self.template.email_from = "ours@example.com"
        self.old()
        self.script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertEqual(self.stored(), new)
        self.assertIn("Madame, Monsieur", self.stored()[1]["fr_FR"])
        self.assertEqual(self.template.email_from, "ours@example.com")
        self.assertNotEqual(other, "ours@example.com")

    def test_ones_own_words_stay_whatever_their_language(self):
        for field, lang, text in (
            ("body_html", "en_US", "<p>My words</p>"),
            ("body_html", "fr_FR", "<p>Mes mots</p>"),
            ("subject", "fr_FR", "Mon objet"),
            ("subject", "de_DE", "Mahnung"),
        ):
            with self.subTest(field=field, lang=lang):
                texts = self.old()
                texts[field] = {**texts[field], lang: text}
                self.put(**texts)
                self.script.migrate(self.env.cr, "19.0.1.1.0")
                self.assertEqual(self.stored(), (texts["subject"], texts["body_html"]))

    def test_white_space_is_no_change(self):
        texts = self.old()
        texts["body_html"]["en_US"] = "\n<p>Old   words</p>\n"
        self.put(**texts)
        self.script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertIn("Dear Sir or Madam", self.stored()[1]["en_US"])

    def test_each_message_shipped_is_known_in_both_languages(self):
        for name, known in self.script.TEXTS.items():
            with self.subTest(name):
                self.assertTrue(self.env.ref(f"btp_relance.{name}"))
                for field in ("subject", "body_html"):
                    self.assertEqual(set(known[field]), {"en_US", "fr_FR"})

    def test_a_message_that_was_deleted_stays_deleted(self):
        self.old()
        self.env["ir.model.data"].search(
            [("module", "=", "btp_relance"), ("name", "=", NAME)]
        ).unlink()
        self.script.migrate(self.env.cr, "19.0.1.1.0")
        self.assertEqual(self.stored()[0]["en_US"], "Old")
