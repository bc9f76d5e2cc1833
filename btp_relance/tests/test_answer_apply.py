# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a click on each proposal does, what the company trusts, and what a person corrects."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .answer_common import AnswerCommon


@tagged("post_install", "-at_install")
class TestAnswerApply(AnswerCommon):
    def reading(self, body, kind=None, relance=None, **values):
        """Return the reading of a reply, as the agent sees it."""
        answer = self.answer(body, relance, **values)
        readings = answer.reading_ids.filtered(
            lambda item: item.kind == kind or not kind
        )
        self.assertEqual(len(readings), 1, answer.reading_ids.mapped("kind"))
        return readings.with_user(self.agent)

    # === ONE CLICK === #

    def test_a_promise_is_noted_with_its_words(self):
        relance = self.remind()
        reading = self.reading("Le virement partira vendredi.", relance=relance)
        action = reading.action_apply()
        promise = self.env["btp.promise"].search([("relance_id", "=", relance.id)])
        self.assertEqual((promise.date, promise.state), (date(2025, 6, 20), "open"))
        self.assertEqual((promise.source, promise.quote), ("answer", reading.quote))
        self.assertEqual(reading.state, "applied")
        self.assertEqual(reading.answer_id.state, "read")
        self.assertFalse(relance.answer_unread)
        self.assertEqual(action["res_model"], "btp.relance")
        echeance = self.echeances(relance.line_ids.move_id)
        self.assertEqual(echeance.hold_code, "promise")
        kinds = self.events(relance).mapped("kind")
        self.assertIn("reading_applied", kinds)
        self.assertIn("answer_read", kinds)

    def test_a_promise_without_a_day_is_corrected_first(self):
        reading = self.reading("Je vais régler cette facture rapidement.")
        with self.assertRaises(UserError):
            reading.action_apply()
        self.correct(reading, kind="promise", date=date(2025, 6, 25))
        right = reading.answer_id.reading_ids - reading
        self.assertEqual((reading.state, right.source), ("corrected", "person"))
        self.assertEqual(right.corrected_id, reading)
        self.assertEqual(reading.answer_id.state, "to_read")
        right.with_user(self.agent).action_apply()
        promise = self.env["btp.promise"].search([("source", "=", "answer")])
        self.assertEqual(promise.date, date(2025, 6, 25))

    def test_a_dispute_is_opened_on_its_invoice(self):
        relance = self.remind()
        reading = self.reading("Les réserves ne sont pas levées.", relance=relance)
        reading.action_apply()
        dispute = self.env["btp.dispute"].search([("relance_id", "=", relance.id)])
        self.assertEqual(dispute.move_id, relance.line_ids.move_id)
        self.assertEqual((dispute.reason, dispute.source), ("quality", "answer"))
        self.assertEqual(reading.state, "applied")

    def test_a_dispute_over_two_invoices_waits_for_the_right_one(self):
        self.make_invoice(amount=500.0)
        relance = self.remind()
        reading = self.reading("Les travaux ne sont pas terminés.", relance=relance)
        self.assertEqual(len(reading.move_ids), 2)
        with self.assertRaisesRegex(UserError, "Choose the invoice"):
            reading.action_apply()
        move = relance.line_ids.move_id[0]
        self.correct(reading, kind="dispute", reason="not_delivered", moves=move)
        right = reading.answer_id.reading_ids - reading
        right.with_user(self.agent).action_apply()
        self.assertEqual(self.env["btp.dispute"].search([]).move_id, move)

    def test_what_is_said_to_be_paid_is_looked_for_in_peace(self):
        relance = self.remind()
        reading = self.reading("Facture payée hier par virement.", relance=relance)
        reading.action_apply()
        move = relance.line_ids.move_id
        self.assertTrue(move.btp_no_reminder)
        self.assertGreater(move.btp_no_reminder_until, self.today)
        self.assertEqual(move.activity_ids.user_id, self.agent)

    def test_documents_leave_in_a_message_that_a_person_sends(self):
        relance = self.remind()
        move = relance.line_ids.move_id
        file = self.env["ir.attachment"].create(
            {"name": "facture.pdf", "raw": b"%PDF-1.4", "res_model": move._name}
            | {"res_id": move.id, "res_field": "invoice_pdf_report_file"}
        )
        self.env["res.partner.bank"].create(
            {"acc_number": "FR7630006000011234567890189", "allow_out_payment": True}
            | {"partner_id": self.company.partner_id.id}
        )
        move.invalidate_recordset()
        reading = self.reading(
            "Merci de nous renvoyer la facture et votre RIB.", relance=relance
        )
        action = reading.action_apply()
        self.assertEqual(reading.state, "proposed")
        context = action["context"]
        self.assertIn("FR76", context["default_body"])
        self.assertEqual(context["default_attachment_ids"], file.ids)
        composer = self.env["mail.compose.message"].with_user(self.agent)
        composer = composer.with_context(**context).create({})
        with self.mock_mail_gateway():
            composer.action_send_mail()
        self.assertEqual(reading.state, "applied")
        self.assertEqual(reading.answer_id.state, "read")
        sent = relance.message_ids.filtered(lambda msg: msg.message_type == "comment")
        self.assertIn("FR76", sent[0].body)

    def test_a_wrong_contact_is_corrected(self):
        reading = self.reading(
            "Je ne suis plus en charge, écrivez à Mme Roux, a.roux@promoteur-sud.example"
        )
        reading.action_apply()
        contact = self.customer.btp_relance_contact_id
        self.assertEqual(contact.email, "a.roux@promoteur-sud.example")
        self.assertEqual(contact.parent_id, self.customer)
        reading = self.reading("Vous vous trompez de destinataire.")
        with self.assertRaises(UserError):
            reading.action_apply()

    def test_an_absence_waits_and_keeps_the_stand_in(self):
        reading = self.reading(
            "Je suis absent jusqu'au 27 juin, contactez Paul, paul@promoteur-sud.example",
            "out_of_office",
        )
        self.assertFalse(reading.answer_id.pause_until)
        reading.action_apply()
        self.assertEqual(reading.answer_id.pause_until, date(2025, 6, 27))
        self.assertIn(
            "paul@promoteur-sud.example", self.customer.child_ids.mapped("email")
        )

    def test_distress_is_handed_to_a_person_and_insolvency_is_checked(self):
        reading = self.reading(
            "Nous sommes en redressement judiciaire depuis le 3 juin."
        )
        reading.action_apply()
        case = self.env["btp.escalation"].search([("kind", "=", "distress")])
        self.assertEqual(case.partner_id, self.customer)
        self.assertEqual(
            (case.res_model, case.res_id), ("btp.answer", reading.answer_id.id)
        )
        self.assertIn("BODACC", self.customer.activity_ids.summary)

    def test_a_complaint_makes_a_person_approve_each_message(self):
        reading = self.reading("Cessez de nous harceler !")
        reading.action_apply()
        self.assertTrue(self.env["btp.escalation"].search([("kind", "=", "complaint")]))
        self.assertTrue(self.customer.btp_with_care)
        self.assertEqual(self.plan(5).mapped("state"), ["proposed"])

    def test_a_refused_channel_is_noted_and_letters_still_leave(self):
        reading = self.reading("Merci de ne plus m'envoyer de mails.")
        reading.action_apply()
        refusal = self.env["btp.contact.optout"].search([])
        self.assertEqual(
            (refusal.partner_id, refusal.channel), (self.customer, "email")
        )
        self.assertFalse(self.plan(5).filtered(lambda item: item.channel == "email"))
        self.assertIn("Letters", reading.outcome)

    # === WHAT PEOPLE MAKE OF IT === #

    def correct(self, reading, moves=None, **values):
        """Let the agent say what a reading means."""
        action = reading.action_correct()
        wizard = self.env["btp.answer.correction"].with_user(self.agent)
        wizard = wizard.with_context(**action["context"]).create(
            values | ({"move_ids": [Command.set(moves.ids)]} if moves else {})
        )
        wizard.action_confirm()

    def test_the_next_answer_follows(self):
        first = self.reading("Merci de votre message.")
        other = self.make_customer("Mairie")
        second = self.answer("Bonjour", self.remind(partner=other))
        action = first.answer_id.action_mark_read()
        self.assertEqual(action["res_id"], second.id)
        action = second.with_user(self.agent).action_mark_read()
        self.assertEqual(action["res_model"], "btp.relance")

    def test_dismissing_the_last_proposal_reads_the_answer(self):
        relance = self.remind()
        reading = self.reading("Nous paierons vendredi.", relance=relance)
        reading.action_dismiss()
        self.assertEqual(
            (reading.state, reading.answer_id.state), ("dismissed", "read")
        )
        self.assertEqual(reading.decided_by_id, self.agent)
        self.assertIn("reading_dismissed", self.events(relance).mapped("kind"))

    def test_what_the_reader_missed_is_added(self):
        reading = self.reading("Merci de votre message.", "none")
        action = reading.answer_id.action_add_reading()
        wizard = self.env["btp.answer.correction"].with_user(self.agent)
        wizard.with_context(**action["context"]).create(
            {"kind": "complaint"}
        ).action_confirm()
        self.assertEqual(
            reading.answer_id.reading_ids.mapped("source"), ["reader", "person"]
        )

    def test_my_day_counts_the_answers(self):
        self.reading("Nous paierons vendredi.")
        figures = self.env["btp.relance"].with_user(self.agent).get_my_day()
        found = [item["value"] for item in figures if "nswers" in item["label"]]
        self.assertEqual(found, ["1"])

    # === TRUST === #

    def trust(self, kind, threshold=0.8):
        self.env["btp.answer.trust"].create(
            {"company_id": self.company.id, "kind": kind, "threshold": threshold}
        )

    def test_nothing_is_trusted_unless_the_company_says_so(self):
        reading = self.reading("Le virement partira vendredi.")
        self.assertEqual(reading.state, "proposed")
        self.assertFalse(self.env["btp.promise"].search([("source", "=", "answer")]))

    def test_what_is_trusted_is_done_and_read_by_itself(self):
        self.trust("promise")
        relance = self.remind()
        reading = self.reading("Le virement partira vendredi.", relance=relance)
        self.assertEqual((reading.state, reading.trusted), ("applied", True))
        self.assertEqual(reading.answer_id.state, "read")
        self.assertFalse(relance.answer_unread)

    def test_a_reading_less_sure_waits_for_a_person(self):
        self.trust("promise", 0.99)
        self.assertEqual(
            self.reading("Le virement partira vendredi.").state, "proposed"
        )

    def test_what_is_trusted_but_refused_waits_for_a_person(self):
        self.trust("promise", 0.5)
        reading = self.reading("Je vais régler cette facture rapidement.")
        self.assertEqual((reading.state, reading.trusted), ("proposed", False))
        self.assertEqual(reading.answer_id.state, "to_read")

    def test_messages_and_addresses_are_never_trusted(self):
        with self.assertRaises(ValidationError):
            self.trust("wrong_contact")

    # === HOOK AND FAILURE === #

    def test_another_reader_takes_over(self):
        from ..engine.answers import Reading

        self.patch(
            self.registry["btp.answer"],
            "_read_text",
            lambda _model, text, _lang, _facts: [
                Reading("complaint", text[:5], 0, 5, 0.9)
            ],
        )
        self.assertEqual(self.reading("Bonjour").kind, "complaint")

    def test_an_answer_is_kept_when_the_reader_fails(self):
        def fail(*_args):
            raise ValueError("a text that names the debtor")

        self.patch(self.registry["btp.answer"], "_read_text", fail)
        relance = self.remind()
        with self.assertLogs("odoo.addons.btp_relance", "ERROR") as logs:
            answer = self.answer("Bonjour", relance)
        self.assertEqual(answer.state, "to_read")
        self.assertNotIn("debtor", "".join(logs.output))

    # === WHO MAY === #

    def test_people_use_the_buttons(self):
        reading = self.reading("Nous paierons vendredi.")
        with self.assertRaises(AccessError):
            reading.answer_id.state = "read"
        with self.assertRaises(AccessError):
            reading.state = "applied"
        accountant = self.make_user("compta", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            reading.with_user(accountant).action_apply()
        with self.assertRaises(AccessError):
            reading.answer_id.with_user(accountant).action_mark_read()

    def test_erasing_a_reminder_erases_what_was_read(self):
        relance = self.remind()
        reading = self.reading("Nous paierons vendredi.", relance=relance).sudo()
        reading.answer_id.action_mark_read()
        relance.sudo()._privacy_erase()
        self.assertFalse(reading.quote)
        self.assertFalse(reading.answer_id.text)
        self.assertFalse(reading.answer_id.email_from)
