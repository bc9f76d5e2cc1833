# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Letters from dispatch to the post; and every other paper, read back and looked at."""

import json
from hashlib import sha256

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .paper_common import IBAN, PaperCommon, pages
from .test_posting import NUMBER


@tagged("post_install", "-at_install")
class TestLetters(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.company.sudo().btp_relance_user_id = cls.agent

    # === DISPATCH === #

    def test_a_letter_waits_to_be_posted_with_its_proof(self):
        relance = self.make_letter()
        self.assertEqual((relance.state, relance.desk), ("assigned", "post"))
        self.assertFalse(relance.activity_ids, "The desk lists it: no task each.")
        letter = relance.letter_id
        self.assertEqual((letter.res_model, letter.res_id), (relance._name, relance.id))
        self.assertEqual(letter.mimetype, "application/pdf")
        event = self.events(relance, "assigned")
        self.assertEqual(
            json.loads(event.documents),
            [{"name": letter.name, "sha256": sha256(letter.raw).hexdigest()}],
        )
        self.assertIn("97400 SAINT DENIS", event.recipient)
        self.assertFalse(self.events(relance, "posted"))

    def test_printing_again_gives_the_very_letter_that_left(self):
        relance = self.make_letter()
        relance.with_user(self.agent).action_mark_posted()
        self.customer.name = "Another name"
        self.company.sudo().name = "Another company"
        relance.step_id.template_id.sudo().body_html = "<p>Other words</p>"
        for report in ("btp_relance.letter", "btp_relance.letters"):
            content, _kind = (
                self.report.with_user(self.agent)
                .with_context(lang="en_US")
                ._render_qweb_pdf(report, res_ids=relance.ids)
            )
            self.assertEqual(content, relance.letter_id.raw)

    def test_nobody_changes_a_letter_that_was_made(self):
        relance = self.make_letter()
        manager = self.make_user("manager", "btp_relance.group_manager")
        letter = relance.letter_id.with_user(manager)
        for values in ({"raw": b"%PDF-1.7 other"}, {"res_id": 0}, {"name": "x"}):
            with self.assertRaisesRegex(UserError, "stays as it is"):
                letter.write(values)
        with self.assertRaisesRegex(UserError, "stays as it is"):
            letter.unlink()
        other = self.env["ir.attachment"].create(
            {"name": "note.txt", "res_model": relance._name, "res_id": relance.id}
        )
        other.with_user(manager).name = "Note"
        self.assertEqual(other.name, "Note")

    def test_a_customer_without_an_address_is_held(self):
        self.customer.zip = False
        self.write_to()
        self.make_invoice()
        relances = self.plan()
        self.assertNotIn(self.customer, relances.partner_id)

    # === POSTING === #

    def test_letters_are_posted_together(self):
        for rank in range(2):
            self.make_invoice(partner=self.make_customer(f"Client {rank}"))
        relances = self.make_letter().with_user(self.agent)
        relances.action_mark_posted()
        self.assertEqual(set(relances.mapped("state")), {"sent"})
        self.assertEqual(set(relances.mapped("desk")), {False})
        self.assertEqual(set(relances.mapped("posted_on")), {self.today})
        self.assertEqual(set(relances.line_ids.mapped("state")), {"done"})
        for relance in relances:
            event = self.events(relance, "posted")
            self.assertEqual(event.author, self.agent.name)
            self.assertEqual(event.channel, "letter")
            digest = sha256(relance.letter_id.raw).hexdigest()
            self.assertIn(digest, event.documents)
        with self.assertRaisesRegex(UserError, "wait to be posted"):
            relances.action_mark_posted()

    def test_a_registered_letter_is_not_posted_without_its_number(self):
        self.write_to("btp_relance.template_consumer_p45", channel="registered")
        self.make_invoice()
        relance = self.plan()
        self.dispatch()
        self.assertTrue(relance.letter_id, "It is archived too.")
        digest = sha256(relance.letter_id.raw).hexdigest()
        self.assertIn(digest, self.events(relance, "archived").documents)
        with self.assertRaisesRegex(UserError, relance.reference):
            relance.with_user(self.agent).action_mark_posted()
        self.assertEqual(relance.state, "assigned")
        relance.sudo()._record_posting(NUMBER)
        self.assertEqual((relance.state, relance.posted_on), ("sent", self.today))
        self.assertEqual(relance.tracking_number, NUMBER)
        slip = relance.posting_id.with_context(lang="fr_FR")._render_slip()
        self.picture(slip, "deposit-slip")
        self.assert_archivable(slip)
        [text] = pages(slip)
        self.assertIn("Bordereau de dépôt", text)
        self.assertIn("1A 009 158 2038 0", text)

    def test_only_those_who_send_reminders_post(self):
        relance = self.make_letter()
        mason = self.make_user("mason", "base.group_user")
        for action in ("action_mark_posted", "action_print_letters"):
            with self.assertRaises(AccessError):
                getattr(relance.with_user(mason), action)()
        self.make_invoice(partner=self.make_customer("By mail"))
        with self.assertRaisesRegex(UserError, "by letter"):
            self.env["btp.relance"].action_print_letters()

    # === THE LAST LOOK === #

    def test_a_letter_says_what_is_due_when_it_is_posted(self):
        relance = self.make_letter(amount=1000)
        first = relance.letter_id
        self.pay(relance.line_ids.move_id, 400)
        self.assertFalse(relance.letter_id)
        relance.with_user(self.agent).action_print_letters()
        self.assertNotEqual(relance.letter_id, first)
        self.assertTrue(first.exists(), "What was made stays on file.")
        text = pages(relance.letter_id.raw)[0]
        self.assertIn("600,00 €", text)
        self.assertEqual(len(self.events(relance, "assigned")), 2)
        self.pay(relance.line_ids.move_id)
        self.assertEqual(relance.state, "cancelled")

    def test_what_nothing_changed_is_not_made_again(self):
        relance = self.make_letter(amount=1000)
        first = relance.letter_id
        relance.sudo()._recheck()
        relance.with_user(self.agent).action_print_letters()
        self.assertEqual(relance.letter_id, first)

    def test_the_desk_counts_letters_to_post(self):
        self.make_letter()
        figures = {
            figure["label"]: figure
            for figure in self.env["btp.relance"].with_user(self.agent).get_my_day()
        }
        self.assertEqual(figures["To post"]["value"], "1")

    def test_printing_asks_for_no_layout(self):
        relance = self.make_letter()
        self.company.sudo().external_report_layout_id = False
        action = relance.sudo().action_print_letters()
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertTrue(action["btp_paged"])


@tagged("post_install", "-at_install")
class TestPapers(PaperCommon):
    """Each paper of the addon, in French, on a case of its own."""

    def look(self, report, records, name):
        """Print, keep the pictures, check the file; return the text of the pages."""
        content, kind = self.report._render_qweb_pdf(report, res_ids=records.ids)
        self.assertEqual(kind, "pdf")
        self.picture(content, name)
        self.assert_archivable(content)
        texts = pages(content)
        for rank, text in enumerate(texts, start=1):
            self.assertRegex(text, rf"Page {rank} (of|sur) {len(texts)}")
            self.assertIn("RCS Marseille 812 345 678", text)
            self.assertIn("Martin Bâtiment", text)
        return texts

    def test_the_last_reminder_and_the_formal_notice(self):
        chantier = self.make_chantier()
        for template in ("standard_p20", "standard_p35", "consumer_p45"):
            template = f"btp_relance.template_{template}"
            self.customer.btp_regime = "b2c" if "consumer" in template else "b2b"
            self.write_to(template, channel="registered")
            moves = [
                self.invoice_of(chantier, late, 1234.5 * late) for late in (9, 7, 5)
            ]
            for move in moves:
                move.btp_scenario_id = self.scenario
            relance = self.plan()
            self.dispatch()
            self.assertEqual(relance.state, "assigned", relance.failure_reason)
            texts = self.look("btp_relance.letter", relance, template.split(".")[1])
            text = " ".join(texts)
            for move in moves:
                self.assertIn(move.name, text)
            for word in (
                "97400 SAINT DENIS",
                relance.reference,
                "FR76 3000 1007 9412 3456 7890 185",
                "25 924,50 €",
                "Résidence les Pins",
            ):
                self.assertIn(word, text)
            self.assertEqual(text.count("97400"), 1, "The address stands once.")
            if template.endswith("p35"):
                # What the code pays is what the letter claims: 3 × 40 € on top.
                self.assertIn("Total réclamé 26 044,50 €", text)
                self.assertRegex(text, r"Amount 26 044,50 €|Montant 26 044,50 €")
            relance.sudo()._cancel("Test", line_state="skipped")
            self.pay(relance.line_ids.move_id)

    def test_the_statement_of_a_chantier(self):
        chantier = self.make_chantier(
            contract_reference="MA-2025-7",
            contract_amount=250000,
            city="Marseille",
            purchase_order="BC 4512",
        )
        moves = [self.invoice_of(chantier, late, 1000 + late) for late in range(60)]
        texts = self.look("btp_relance.chantier_statement", chantier, "statement")
        self.assertEqual(len(texts), 3)
        for move in moves:
            self.assertEqual(sum(move.name in text for text in texts), 1, move.name)
        self.assertIn("97400 SAINT DENIS", texts[0])
        self.assertIn("MA-2025-7", texts[0])
        self.assertRegex(texts[-1], "61 770,00 €")
        self.assertTrue(any(move.name in texts[-1] for move in moves))
        self.assertIn("FR76 3000", texts[-1])

    def test_the_letters_of_the_law(self):
        owner = self.make_customer("SCI des Docks", lang="fr_FR")
        chantier = self.make_chantier(role="subcontractor", owner_id=owner.id)
        move = self.invoice_of(chantier, amount=4321)
        action = self.env["btp.direct.action"].create(
            {
                "chantier_id": chantier.id,
                "notice_number": "1A 001",
                "copy_number": "1A 002",
            }
        )
        notice = " ".join(
            self.look("btp_relance.direct_action_notice", action, "action-directe")
        )
        self.assertIn("97400 SAINT DENIS", notice)
        self.assertIn(move.name, notice)
        self.assertIn("4 321,00 €", notice)
        self.assertIn("FR76 3000", notice)
        copy = self.look("btp_relance.direct_action_copy", action, "action-copie")
        self.assertEqual(len(copy), 3)
        self.assertIn("FR76 3000", copy[2], "The closing has company.")
        self.assertIn("SCI des Docks", copy[0])
        self.assertIn("97400 SAINT DENIS", copy[1], "The notice is enclosed.")
        chantier = self.make_chantier(name="Les Chênes")
        self.invoice_of(chantier, amount=777)
        suspension = self.env["btp.suspension"].create(
            {
                "chantier_id": chantier.id,
                "notice_on": self.today,
                "tracking_number": "1A 3",
            }
        )
        text = " ".join(
            self.look("btp_relance.suspension_notice", suspension, "suspension")
        )
        self.assertIn("777,00 €", text)
        self.assertIn("1A 3", text)

    def test_the_declaration_of_claims(self):
        trustee = self.make_customer("Maître Petit", lang="fr_FR", city="Aix")
        self.make_invoice(late=40, amount=3210)
        self.customer.write(
            {
                "btp_insolvency_kind": "redressement",
                "btp_insolvency_date": self.days_later(-2),
                "btp_insolvency_trustee_id": trustee.id,
            }
        )
        text = " ".join(self.look("btp_relance.claims", self.customer, "claims"))
        self.assertIn("Maître Petit", text)
        self.assertIn("13002 AIX", text)
        self.assertIn("3 210,00 €", text)
        self.assertNotIn(IBAN[:4] + " 3000", text)
