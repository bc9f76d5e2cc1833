# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nothing said is done twice, taken back or lost, whoever reads, writes or clicks."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..engine.answers import Reading
from .answer_common import AnswerCommon


@tagged("post_install", "-at_install")
class TestAnswerSafety(AnswerCommon):
    def readings(self, answer):
        """Return the readings of an answer, as the agent sees them."""
        return answer.reading_ids.with_user(self.agent)

    def trust(self, kind, threshold=0.5):
        self.env["btp.answer.trust"].create(
            {"company_id": self.company.id, "kind": kind, "threshold": threshold}
        )

    def promises(self, relance):
        return self.env["btp.promise"].search([("relance_id", "=", relance.id)])

    # === TWO PROMISES IN ONE ANSWER === #

    def test_a_second_day_does_not_take_the_place_of_the_first(self):
        relance = self.remind()
        first, second = self.readings(
            self.answer(
                "Nous vous virons un acompte de 400 € vendredi et le solde partira fin juillet.",
                relance,
            )
        )
        first.action_apply()
        with self.assertRaisesRegex(UserError, "propose instalments"):
            second.action_apply()
        self.assertEqual(self.promises(relance).mapped("state"), ["open"])
        self.assertEqual(second.state, "proposed")
        second.action_dismiss()
        self.assertEqual(second.answer_id.state, "read")

    def test_the_rest_is_promised_where_other_amounts_are_due(self):
        self.make_invoice(amount=500.0, late=6)
        relance = self.remind()
        first, second = self.readings(
            self.answer("Je paie 500 € vendredi et le solde partira fin juin.", relance)
        )
        first.action_apply()
        second.action_apply()
        promises = self.promises(relance).sorted("date")
        self.assertEqual(promises.mapped("state"), ["open", "open"])
        self.assertEqual(promises.mapped("date")[1], date(2025, 6, 30))
        self.assertFalse(
            promises[0].line_ids.filtered("amount").move_line_id
            & promises[1].line_ids.filtered("amount").move_line_id
        )

    # === DONE ONCE, UNDONE WHERE IT WAS MADE === #

    def test_what_was_done_is_not_dismissed_by_a_second_click(self):
        relance = self.remind()
        reading = self.readings(self.answer("Nous paierons vendredi.", relance))
        reading.action_apply()
        reading.action_apply()
        reading.action_dismiss()
        self.assertEqual(reading.state, "applied")
        self.assertEqual(len(self.promises(relance)), 1)

    def test_a_reading_opens_what_was_made_of_it(self):
        relance = self.remind()
        reading = self.readings(self.answer("Nous paierons vendredi.", relance))
        reading.action_apply()
        action = reading.action_open_result()
        self.assertEqual(action["res_id"], self.promises(relance).id)
        self.assertEqual(action["res_model"], "btp.promise")

    def test_an_answer_read_too_fast_is_proposed_anew(self):
        relance = self.remind()
        reading = self.readings(self.answer("Nous paierons vendredi.", relance))
        reading.answer_id.action_mark_read()
        self.assertEqual(reading.state, "dismissed")
        reading.answer_id.action_read_again()
        self.assertTrue(relance.answer_unread)
        self.assertIn("answer_reopened", self.events(relance).mapped("kind"))
        reading.action_apply()
        self.assertEqual(self.promises(relance).state, "open")

    def test_a_pause_for_good_is_not_cut_short(self):
        relance = self.remind()
        move = relance.line_ids.move_id
        move.write({"btp_no_reminder": True, "btp_no_reminder_reason": "Avocat"})
        reading = self.readings(self.answer("Facture payée hier.", relance))
        reading.action_apply()
        self.assertFalse(move.btp_no_reminder_until)
        self.assertEqual(move.btp_no_reminder_reason, "Avocat")

    def test_a_correction_keeps_the_other_documents_asked_for(self):
        relance = self.remind()
        reading = self.readings(
            self.answer("Merci de nous renvoyer la facture et votre RIB.", relance)
        )
        action = reading.action_correct()
        wizard = self.env["btp.answer.correction"].with_user(self.agent)
        wizard.with_context(**action["context"]).create({}).action_confirm()
        right = reading.answer_id.reading_ids - reading
        self.assertEqual(right.details, reading.details)
        self.assertEqual(len(right.details["documents"]), 2)

    # === TRUST === #

    def test_what_is_trusted_is_done_once_by_nobody_and_told(self):
        self.trust("promise")
        relance = self.remind()
        mail = self.raw("Le virement partira vendredi.", relance).as_bytes()
        answer = self.receive(mail)
        self.receive(mail)
        self.assertEqual(len(self.promises(relance)), 1)
        self.assertEqual(
            answer.reading_ids.decided_by_id, self.env.ref("base.user_root")
        )
        kinds = self.events(relance).mapped("kind")
        self.assertEqual(kinds.count("reading_applied"), 1)
        self.assertEqual(kinds.count("answer_read"), 1)

    def test_a_machine_promises_nothing(self):
        self.trust("promise")
        relance = self.remind()
        answer = self.answer(
            "Le virement partira vendredi.", relance, Auto_Submitted="auto-generated"
        )
        self.assertEqual(answer.reading_ids.state, "proposed")
        self.assertFalse(self.promises(relance))
        answer = self.answer(
            "Le virement partira vendredi.", relance, Auto_Submitted="auto-replied"
        )
        self.assertNotIn("promise", answer.reading_ids.mapped("kind"))

    # === NOTHING IS LOST === #

    def test_a_reader_that_says_nonsense_loses_no_answer(self):
        for wrong in (
            lambda *_args: [Reading("promise", "x", 0, 1, 7.0)],
            lambda *_args: [Reading("nothing we know", "x", 0, 1, 0.5)],
            lambda model, *_args: model.env.cr.execute("SELECT no_such_column"),
        ):
            self.patch(self.registry["btp.answer"], "_read_text", wrong)
            relance = self.remind()
            with (
                self.assertLogs("odoo.addons.btp_relance", "ERROR"),
                mute_logger("odoo.sql_db"),
            ):
                answer = self.answer("Nous paierons vendredi.", relance)
            self.assertEqual(answer.state, "to_read")
            self.assertEqual(answer.reading_ids.kind, "none")
            self.assertIn("paierons", answer.text)

    def test_a_mail_that_cannot_be_placed_goes_odoo_s_way(self):
        def fail(*_args):
            raise ValueError("nobody expected that")

        relance = self.remind()
        self.patch(self.registry["btp.answer"], "_find_route", fail)
        with self.assertLogs("odoo.addons.btp_relance", "ERROR"):
            answer = self.answer("Nous paierons vendredi.", relance)
        self.assertEqual(answer.relance_id, relance)

    def test_who_writes_twice_before_anybody_reads_is_read_twice(self):
        sender = "x@unknown.example"
        first = self.receive(self.raw("Bonjour", sender=sender))
        reply = {"sender": sender, "References": first.message_id.message_id}
        second = self.receive(self.raw("Je paie vendredi", **reply))
        self.assertIn("promise", second.reading_ids.mapped("kind"))
        self.assertEqual(first.text, "Bonjour")
        # What we write to them is no answer.
        ours = self.raw("Merci", **reply | {"sender": self.agent.email_formatted})
        self.assertFalse(self.receive(ours))

    def test_the_debtor_is_the_one_who_owes_not_who_works_there(self):
        self.remind()
        person = self.make_customer("Léa", parent_id=self.customer.id, is_company=False)
        answer = self.receive(self.raw("Je paie vendredi", sender="lea@perso.example"))
        self.assertTrue(self.plan(5))
        answer.with_user(self.agent).partner_id = person
        self.assertEqual(answer.partner_id, self.customer)
        self.assertTrue(answer.reading_ids.move_ids)
        self.assertFalse(self.plan(6))
