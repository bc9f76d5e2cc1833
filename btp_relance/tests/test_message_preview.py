# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A message as it will leave, on a case that exists, without leaving a trace."""

import re

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .messages_common import MessagesCommon

MODELS = (
    "btp.relance",
    "btp.relance.line",
    "btp.relance.event",
    "mail.mail",
    "mail.message",
    "account.move",
    "res.partner",
    "btp.chantier",
)


@tagged("post_install", "-at_install")
class TestMessagePreview(MessagesCommon):
    def cases(self, step, search=""):
        found = self.env["btp.relance"].get_message_cases(
            step.template_id.id, step.id, search
        )
        return [case["key"] for case in found["cases"]]

    def preview(self, step, key, lang=None):
        return self.env["btp.relance"].get_message_preview(
            step.template_id.id, step.id, key, lang
        )

    def test_the_case_that_fits_best_comes_first(self):
        step, other = self.step("standard_p10"), self.step("standard_p3")
        mine = self.relance(step, self.debts, state="sent")
        theirs = self.relance(other, self.debts, state="sent")
        self.assertEqual(self.cases(step)[0], f"relance,{mine.id}")
        self.assertEqual(self.cases(other)[0], f"relance,{theirs.id}")
        self.assertEqual(self.cases(step)[-1], "sample")

    def test_an_amount_due_is_a_case_too(self):
        step = self.step("standard_p3")
        self.company.sudo().btp_default_scenario_id = step.scenario_id
        line = self.partly.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        key = f"echeance,{line.id}"
        self.assertIn(key, self.cases(step))
        self.assertEqual(self.cases(step, self.full.name)[0].split(",")[0], "echeance")
        shown = self.preview(step, key, "fr_FR")
        self.assertIn(self.partly.name, shown["html"])
        self.assertIn(self.full.name, shown["html"], "what else is overdue")
        self.assertIn("Madame, Monsieur", shown["html"])

    def test_as_it_leaves(self):
        step = self.step("standard_p10")
        relance = self.relance(step, self.debts, state="sent", lang="en_US")
        self.env["btp.relance.channel.email"]._ensure_links(self.debts)
        shown = self.preview(step, f"relance,{relance.id}")
        mail = step.template_id.sudo().send_mail_batch(relance.ids)
        # A preview writes nothing: the key of the link is made when the message leaves.
        keyless = [
            re.sub(r"access_token=[0-9a-f-]{36}", "access_token=…", text)
            for text in (shown["html"], str(mail.body_html))
        ]
        self.assertEqual(keyless[0], keyless[1])
        self.assertEqual(shown["subject"], mail.subject)
        self.assertEqual(shown["lang"], "en_US")
        self.assertFalse(shown["error"])

    def test_a_letter_is_a_sheet(self):
        step = self.step("standard_p35")
        relance = self.relance(step, self.debts, state="sent")
        shown = self.preview(step, f"relance,{relance.id}")
        self.assertIn('name="viewport"', shown["html"])
        self.assertIn("MISE EN DEMEURE", shown["html"])

    def test_in_the_language_one_chooses(self):
        step = self.step("standard_p3")
        relance = self.relance(step, self.debts, state="sent", lang="fr_FR")
        key = f"relance,{relance.id}"
        self.assertIn("Madame, Monsieur", self.preview(step, key)["html"])
        self.assertIn("Dear Sir or Madam", self.preview(step, key, "en_US")["html"])

    def test_the_words_of_another_step_on_the_same_case(self):
        relance = self.relance(self.step("standard_m7"), self.debts, state="sent")
        shown = self.preview(
            self.step("standard_p10"), f"relance,{relance.id}", "fr_FR"
        )
        self.assertIn("pénalités de retard", shown["html"])
        self.assertEqual(relance.step_id, self.step("standard_m7"))
        self.assertEqual(relance.tone, "preventive")

    def test_made_up_where_there_is_no_case(self):
        for name in ("standard_p10", "consumer_p12", "public_p30", "standard_m7"):
            with self.subTest(name):
                shown = self.preview(self.step(name), "sample", "en_US")
                self.assertFalse(shown["error"])
                self.assertIn("Sample customer", shown["recipient"])
                self.assertIn("Dear Sir or Madam", shown["html"])

    def test_nothing_is_written(self):
        step = self.step("standard_p3")
        relance = self.relance(step, self.debts, state="sent")
        self.env.flush_all()
        self.partly.invalidate_recordset(["access_token"])
        before = [self.env[name].sudo().search_count([]) for name in MODELS]
        token, written = self.partly.access_token, relance.write_date
        for key in [*self.cases(step), "sample"]:
            self.preview(step, key)
        self.assertEqual(
            [self.env[name].sudo().search_count([]) for name in MODELS], before
        )
        self.env.invalidate_all()
        self.assertEqual(
            (self.partly.access_token, relance.write_date), (token, written)
        )

    def test_a_message_that_fails_says_so(self):
        step = self.step("standard_p3")
        relance = self.relance(step, self.debts, state="sent")
        self.env.flush_all()
        self.env.cr.execute(
            'UPDATE mail_template SET subject = \'{"en_US": "{{ object.x }}"}\''
            " WHERE id = %s",
            step.template_id.ids,
        )
        self.env.invalidate_all()
        shown = self.preview(step, f"relance,{relance.id}", "en_US")
        self.assertIn("object has no attribute 'x'", shown["error"])

    def test_only_who_sends_reminders_and_only_their_cases(self):
        step = self.step("standard_p3")
        relance = self.relance(step, self.debts, state="sent")
        other = self.setup_other_company(name="Autre Entreprise")["company"]
        stranger = self.make_user(
            "stranger",
            "btp_relance.group_agent",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        theirs = self.env["btp.relance"].with_user(stranger)
        keys = theirs.get_message_cases(step.template_id.id, step.id)["cases"]
        self.assertNotIn(f"relance,{relance.id}", [case["key"] for case in keys])
        shown = theirs.get_message_preview(
            step.template_id.id, step.id, f"relance,{relance.id}"
        )
        self.assertNotIn(self.partly.name, str(shown))
        mason = self.make_user("mason", "base.group_user")
        for name in ("get_message_cases", "get_message_preview"):
            with self.assertRaises(AccessError):
                getattr(self.env["btp.relance"].with_user(mason), name)()

    def test_without_a_message_there_is_nothing_to_show(self):
        step = self.step("standard_p12")
        step.template_id = False
        with self.assertRaisesRegex(UserError, "has no message"):
            step.action_preview_message()
        shown = self.env["btp.relance"].get_message_preview(0, step.id)
        self.assertIn(step.name, shown["error"])

    def test_the_buttons_open_it(self):
        step = self.step("standard_p3")
        for action in (
            step.action_preview_message(),
            step.template_id.action_open_mail_preview(),
        ):
            self.assertEqual(action["tag"], "btp_relance.message_preview")
            self.assertEqual(action["params"]["template_id"], step.template_id.id)
        partner_template = self.env["mail.template"].create(
            {"name": "P", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        self.assertEqual(
            partner_template.action_open_mail_preview()["type"],
            "ir.actions.act_window",
        )
