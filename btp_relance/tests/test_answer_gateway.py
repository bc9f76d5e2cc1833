# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Raw e-mails of all kinds: where they land, what they say, what they stop."""

from datetime import date

from odoo.tests import tagged
from odoo.tools import mute_logger

from .answer_common import AnswerCommon

HISTORY = """\

Le lun. 16 juin 2025 à 08:00, Martin Bâtiment <compta@martin.example> a écrit :
> Merci de nous payer sous 8 jours. Vous contestez ? Les travaux ne sont pas finis ?
"""


@tagged("post_install", "-at_install")
class TestAnswerGateway(AnswerCommon):
    def kinds(self, answer):
        return sorted(answer.reading_ids.mapped("kind"))

    # === WHAT COMES IN === #

    def test_a_reply_is_read_and_proposes_one_action_a_reading(self):
        relance = self.remind()
        answer = self.answer(
            "Bonjour,\nLe virement partira vendredi." + HISTORY, relance
        )
        self.assertEqual(answer.relance_id, relance)
        self.assertEqual(answer.partner_id, self.customer)
        self.assertEqual(self.kinds(answer), ["promise"])
        reading = answer.reading_ids
        self.assertEqual(reading.date, date(2025, 6, 20))
        self.assertEqual(reading.state, "proposed")
        self.assertEqual(
            answer.text[reading.quote_start : reading.quote_end], reading.quote
        )
        self.assertTrue(relance.answer_unread)
        self.assertEqual(reading.move_ids, relance.line_ids.move_id)

    def test_the_words_relied_on_are_marked_and_the_history_is_not_shown(self):
        answer = self.answer("Le virement partira vendredi." + HISTORY)
        self.assertIn("<mark", answer.highlighted)
        self.assertIn("virement partira vendredi</mark>", answer.highlighted)
        self.assertNotIn("sous 8 jours", answer.highlighted)

    def test_html_only_with_the_quote_of_a_webmail(self):
        html = (
            "<html><head><style>p{color:red}</style></head><body><div>Bonjour,<br>nous"
            " r&eacute;glerons le <b>30&nbsp;juin</b>.</div><div class='gmail_quote'>"
            "<div>Le 16 juin, Martin a &eacute;crit&nbsp;:</div><blockquote>Payez vendredi,"
            " vous contestez les travaux non termin&eacute;s ?</blockquote></div></body></html>"
        )
        answer = self.answer(None, html=html)
        self.assertEqual(self.kinds(answer), ["promise"])
        self.assertEqual(answer.reading_ids.date, date(2025, 6, 30))

    def test_both_parts_of_a_message_are_read_once(self):
        answer = self.answer(
            "Facture déjà payée.",
            html="<p>Facture d&eacute;j&agrave; pay&eacute;e.</p>",
        )
        self.assertEqual(self.kinds(answer), ["already_paid"])

    def test_windows_1252_and_quoted_printable(self):
        relance = self.remind()
        mail = self.raw("x", relance)
        mail.set_content(
            "Les réserves ne sont pas levées – nous bloquons le paiement…",
            charset="windows-1252",
            cte="quoted-printable",
        )
        answer = self.receive(mail)
        self.assertEqual(self.kinds(answer), ["dispute"])
        self.assertEqual(answer.reading_ids.reason, "quality")

    def test_base64(self):
        relance = self.remind()
        mail = self.raw("x", relance)
        mail.set_content("Merci de nous envoyer votre RIB.", cte="base64")
        answer = self.receive(mail)
        self.assertEqual(answer.reading_ids.details, {"documents": ["rib"]})

    def test_an_invitation_and_a_file_come_along(self):
        relance = self.remind()
        mail = self.raw("Virement effectué hier, preuve jointe.", relance)
        mail.add_attachment(
            "BEGIN:VCALENDAR\nEND:VCALENDAR\n", subtype="calendar", filename="rdv.ics"
        )
        mail.add_attachment(
            b"%PDF-1.4", maintype="application", subtype="pdf", filename="preuve.pdf"
        )
        answer = self.receive(mail)
        self.assertEqual(self.kinds(answer), ["already_paid"])
        self.assertEqual(
            set(answer.message_id.attachment_ids.mapped("name")),
            {"rdv.ics", "preuve.pdf"},
        )

    def test_what_a_customer_writes_runs_nowhere(self):
        html = (
            "<p onclick='steal()'>Nous paierons vendredi <script>steal()</script>"
            "<img src=x onerror=steal()><iframe src='//evil.example'></iframe></p>"
            "<p>&lt;script&gt;steal()&lt;/script&gt; &lt;mark&gt;le 30 juin&lt;/mark&gt;</p>"
        )
        answer = self.answer(None, html=html)
        for shown in (answer.highlighted, answer.body):
            self.assertNotIn("<script", shown)
            self.assertNotIn("onerror", shown)
            self.assertNotIn("onclick", shown)
            self.assertNotIn("<iframe", shown)

    def test_the_same_message_twice_is_one_answer(self):
        relance = self.remind()
        mail = self.raw("Nous paierons vendredi.", relance).as_bytes()
        self.assertEqual(len(self.receive(mail)), 1)
        self.assertFalse(self.receive(mail))
        self.assertEqual(len(relance.answer_ids), 1)

    def test_somebody_else_of_the_customer_answers(self):
        relance = self.remind()
        answer = self.answer(
            "Je paie lundi", relance, sender="Patron <patron@ailleurs.example>"
        )
        self.assertEqual(answer.partner_id, self.customer)
        self.assertFalse(answer.contact_id)

    def test_a_reply_to_an_old_reminder_stays_on_it(self):
        old = self.remind()
        self.run_day(5)
        answer = self.answer("Nous paierons vendredi.", old)
        self.assertEqual(answer.relance_id, old)
        self.assertTrue(old.answer_unread)

    # === WHAT IT STOPS === #

    def test_an_answer_stops_what_is_planned_until_it_is_read(self):
        relance = self.remind()
        answer = self.answer("Merci de votre message.", relance)
        self.assertFalse(self.plan(5))
        echeance = self.echeances(relance.line_ids.move_id)
        self.assertEqual(echeance.hold_code, "unread_answer")
        answer.with_user(self.agent).action_mark_read()
        self.assertEqual((answer.state, answer.read_by_id), ("read", self.agent))
        self.assertFalse(relance.answer_unread)
        self.assertTrue(self.plan(6))

    def test_an_answer_stops_what_was_approved_at_the_moment_of_leaving(self):
        relance = self.remind()
        following = self.plan(5)
        self.assertEqual(following.state, "approved")
        self.answer("Nous paierons vendredi.", relance)
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(following.state, "cancelled")
        self.assertFalse(following.mail_id)

    def test_others_are_still_reminded(self):
        other = self.make_customer("Mairie")
        self.answer("Nous paierons vendredi.", self.remind())
        self.make_invoice(partner=other)
        self.assertEqual(self.plan(5).partner_id, other)

    # === MACHINES === #

    def test_an_automatic_reply_waits_until_the_return_and_no_longer(self):
        relance = self.remind()
        answer = self.answer(
            "Je suis absente jusqu'au 27 juin. Urgence : Julie, j.bernard@promoteur-sud.example",
            relance,
            subject="Réponse automatique : votre relance",
            Auto_Submitted="auto-replied",
        )
        self.assertEqual(answer.automatic, "reply")
        self.assertEqual(answer.pause_until, date(2025, 6, 27))
        self.assertFalse(self.plan(5))
        echeance = self.echeances(relance.line_ids.move_id)
        self.assertEqual(echeance.hold_code, "away")
        self.assertTrue(self.plan(12))

    def test_a_dismissed_absence_holds_nothing(self):
        relance = self.remind()
        answer = self.answer(
            "Absente jusqu'au 27 juin.", relance, Auto_Submitted="auto-replied"
        )
        answer.reading_ids.action_dismiss()
        self.assertTrue(self.plan(5))

    def test_an_acknowledgement_of_a_machine_bothers_nobody(self):
        relance = self.remind()
        answer = self.answer(
            "Votre demande a été enregistrée sous le numéro 4512.",
            relance,
            Auto_Submitted="auto-generated",
        )
        self.assertEqual(answer.state, "read")
        self.assertFalse(relance.answer_unread)
        self.assertTrue(self.plan(5))

    def test_what_a_person_writes_by_way_of_a_machine_is_still_read(self):
        answer = self.answer(
            "Le virement partira vendredi.", Auto_Submitted="auto-generated"
        )
        self.assertEqual(self.kinds(answer), ["promise"])
        self.assertEqual(answer.state, "to_read")

    # === WITHOUT REFERENCES === #

    def new_mail(self, body, **values):
        return self.receive(self.raw(body, **values))

    def test_a_new_message_that_quotes_our_reference_finds_its_reminder(self):
        relance = self.remind()
        answer = self.new_mail("Bonjour", subject=f"Votre courrier {relance.reference}")
        self.assertEqual(answer.relance_id, relance)

    def test_a_new_message_that_quotes_an_invoice_finds_its_reminder(self):
        first = self.remind()
        move = first.line_ids.move_id
        answer = self.new_mail(f"La facture {move.name} est payée depuis hier.")
        self.assertEqual(answer.relance_id, first)
        self.assertEqual(answer.reading_ids.move_ids, move)

    def test_a_new_message_that_quotes_the_amount_finds_its_reminder(self):
        relance = self.remind(amount=8450.2)
        answer = self.new_mail("Nous virons 8 450,20 € vendredi.")
        self.assertEqual(answer.relance_id, relance)

    def test_a_colleague_at_the_customer_s_own_domain_is_known(self):
        relance = self.remind()
        answer = self.new_mail(
            f"Au sujet de {relance.line_ids.move_id.name}",
            sender="Direction <direction@promoteur-sud.example>",
        )
        self.assertEqual(answer.relance_id, relance)

    def test_a_free_mailbox_says_nothing_of_its_owner(self):
        self.customer.email = "promoteur.sud@gmail.com"
        relance = self.remind()
        answer = self.new_mail("Je paie vendredi", sender="Autre <autre@gmail.com>")
        self.assertFalse(answer.relance_id)
        self.assertFalse(answer.partner_id)
        self.assertFalse(relance.answer_unread)

    def test_a_sender_who_quotes_nothing_is_not_guessed_but_stops_the_reminders(self):
        relance = self.remind()
        answer = self.new_mail("Bonjour, je paie vendredi.")
        self.assertFalse(answer.relance_id)
        self.assertEqual(answer.partner_id, self.customer)
        self.assertEqual(answer.candidate_ids, relance)
        self.assertEqual(answer.user_id, self.agent)
        self.assertFalse(self.plan(5))

    def test_one_address_for_two_customers_is_left_to_a_person(self):
        twin = self.make_customer("Filiale", email=self.customer.email)
        first, second = self.remind(), self.remind(partner=twin)
        answer = self.new_mail("Je paie vendredi.")
        self.assertFalse(answer.relance_id)
        self.assertFalse(answer.partner_id)
        self.assertEqual(answer.candidate_ids, first | second)
        answer.with_user(self.agent).relance_id = second
        self.assertEqual(answer.partner_id, twin)
        self.assertTrue(second.answer_unread)

    def test_a_stranger_who_quotes_a_reference_is_not_believed(self):
        relance = self.remind()
        answer = self.new_mail(
            f"{relance.reference} payé", sender="X <x@unknown.example>"
        )
        self.assertFalse(answer.relance_id)
        self.assertFalse(answer.partner_id)
        self.assertEqual(answer.candidate_ids, relance)

    def test_a_debtor_who_writes_to_the_catchall_lands_on_the_desk(self):
        relance = self.remind()
        answer = self.new_mail(
            f"Facture {relance.line_ids.move_id.name} payée hier",
            to=self.company.catchall_email,
        )
        self.assertEqual(answer.relance_id, relance)

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_a_stranger_who_writes_to_the_catchall_gets_odoo_s_own_answer(self):
        self.remind()
        self.assertFalse(
            self.new_mail(
                "Buy now", to=self.company.catchall_email, sender="s@spam.example"
            )
        )

    def test_a_reply_that_also_goes_to_the_address_of_reminders_stays_a_reply(self):
        relance = self.remind()
        mail = self.raw("Je paie vendredi", relance)
        mail["Cc"] = self.alias.alias_full_name
        answer = self.receive(mail)
        self.assertEqual(answer.relance_id, relance)

    def test_who_writes_again_without_a_reminder_is_read_again(self):
        answer = self.new_mail("Bonjour", sender="x@unknown.example")
        answer.action_mark_read()
        mail = self.raw("Je paie vendredi", sender="x@unknown.example")
        mail["In-Reply-To"] = answer.message_id.message_id
        mail["References"] = answer.message_id.message_id
        following = self.receive(mail)
        self.assertEqual((answer.state, following.state), ("read", "to_read"))
        self.assertIn("promise", following.reading_ids.mapped("kind"))

    # === TWO COMPANIES === #

    def test_two_companies_read_their_own(self):
        other = self.setup_other_company(name="Autre")["company"]
        other.sudo().alias_domain_id = self.mail_alias_domain
        alias = other.sudo().btp_answer_alias_id
        self.assertNotEqual(alias.alias_name, self.alias.alias_name)
        relance = self.remind()
        answer = self.new_mail(
            f"Facture {relance.line_ids.move_id.name} payée", to=alias.alias_full_name
        )
        self.assertEqual(answer.company_id, other)
        self.assertFalse(answer.relance_id)
        self.assertFalse(answer.partner_id)
        mine = self.env["btp.answer"].with_user(self.agent)
        self.assertFalse(mine.search([("id", "=", answer.id)]))
        self.assertFalse(
            mine.env["btp.answer.reading"].search([("answer_id", "=", answer.id)])
        )
