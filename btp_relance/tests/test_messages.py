# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The seeded messages as a debtor reads them: clear, polite, true and within the law."""

import re
from datetime import timedelta

from odoo.tests import tagged

from .common import TODAY
from .messages_common import INTEREST, LANGUAGES, MessagesCommon

#: Words of no French text: one of them in a French message is a leftover.
ENGLISH = re.compile(
    r"\b(the|your|our|please|payment|invoice|invoices|days|we|you|if|this|letter|with|and"
    r"|has|been|overdue|amount|reference|dear|kind|regards|late|paid|today|left)\b",
    re.IGNORECASE,
)
#: What only professionals and public bodies owe (C. conso. L121-21).
NOT_FOR_CONSUMERS = re.compile(
    r"pénalit|L441|D441|R2192|D2192|indemnité|moratoire|penalt|indemnity"
    r"|\b40(,00)?\s?€|€\s?40\b",
    re.IGNORECASE,
)


@tagged("post_install", "-at_install")
class TestMessages(MessagesCommon):
    # === THE SEED === #

    def test_standard_follows_the_ladder(self):
        steps = self.env.ref("btp_relance.scenario_standard").step_ids
        ladder = steps.filtered(lambda step: step.kind == "reminder").sorted("days")
        self.assertEqual(
            [(s.days, s.tone, s.channel, s.approval) for s in ladder],
            [
                (-7, "preventive", "email", "auto"),
                (0, "preventive", "email", "auto"),
                (3, "factual", "email", "auto"),
                (10, "firm", "email", "auto"),
                (12, "firm", "call", "auto"),
                (20, "final", "registered", "manual"),
                (35, "formal", "registered", "manual"),
            ],
        )
        self.assertEqual(
            self.env["res.company"]._default_btp_scenario(),
            self.env.ref("btp_relance.scenario_standard"),
        )

    def test_letters_and_formal_steps_leave_a_human_hand(self):
        for step, _regime in self.seeded():
            with self.subTest(step=step.display_name):
                if step.channel == "registered" or step.tone == "formal":
                    self.assertEqual(step.approval, "manual")
                self.assertTrue(step.template_id)

    def test_formal_notice_waits_for_the_time_that_the_last_letter_gave(self):
        # The letter says eight days from its reception, the consumer's fifteen.
        self.assertGreater(self.step("standard_p35").min_gap_days, 8)
        self.assertGreater(self.step("good_p60").min_gap_days, 8)
        self.assertGreaterEqual(self.step("consumer_p45").min_gap_days, 15)

    def test_rules_send_each_kind_of_customer_to_its_scenario(self):
        self.company.sudo().btp_default_scenario_id = self.env.ref(
            "btp_relance.scenario_standard"
        )
        self.company.sudo().btp_relance_active = True
        for values, scenario in (
            ({"btp_regime": "public_30"}, "public"),
            ({"btp_regime": "public_60", "btp_payer_segment": "prompt"}, "public"),
            ({"btp_regime": "b2c", "btp_payer_segment": "prompt"}, "consumer"),
            ({"btp_regime": "nonpro"}, "consumer"),
            ({"btp_regime": "b2b", "btp_payer_segment": "prompt"}, "good_payer"),
            ({"btp_regime": "b2b", "btp_payer_segment": "slow"}, "standard"),
            ({"btp_regime": "b2b", "btp_payer_segment": False}, "standard"),
        ):
            with self.subTest(values=values):
                self.customer.write({"btp_payer_segment": False, **values})
                self.assertEqual(
                    self.echeances(self.full).scenario_id,
                    self.env.ref(f"btp_relance.scenario_{scenario}"),
                )

    # === EVERY MESSAGE === #

    def test_every_step_reads_well_in_both_languages(self):
        for step, regime in self.seeded():
            for lang in LANGUAGES:
                with self.subTest(step=step.display_name, regime=regime, lang=lang):
                    # A call's script speaks the language of who calls.
                    self.agent.lang = lang
                    relance = self.relance(step, regime=regime, lang=lang)
                    subject = self.render(relance, "subject")
                    self.assertLess(len(subject), 70, subject)
                    self.assertNotIn("\n", subject)
                    text = self.text(relance)
                    for broken in ("False", "None", "{{", "object.", "["):
                        self.assertNotIn(broken, text + subject)
                    if lang == "fr_FR":
                        self.assertFalse(ENGLISH.findall(subject))
                        self.assertFalse(ENGLISH.findall(text), text)
                    else:
                        self.assertTrue(ENGLISH.search(text))
                    self.assertNotRegex(text, r" [,.]")

    def test_first_sentence_says_how_much(self):
        for step, regime in self.seeded():
            if step.channel == "call" or step.kind == "thanks":
                continue
            with self.subTest(step=step.display_name, regime=regime):
                text = self.flat(self.relance(step, regime=regime))
                sentence = text.split("Madame, Monsieur,", 1)[1].split(". ", 1)[0]
                amount = 4321.0 if step.tone == "preventive" else 7845.5 - 200.0
                self.assertIn(self.amount(amount), sentence)

    def test_every_message_names_who_to_answer_and_who_writes(self):
        for step, regime in self.seeded():
            if step.channel == "call":
                continue
            with self.subTest(step=step.display_name, regime=regime):
                relance = self.relance(step, regime=regime)
                text = self.text(relance)
                for part in (
                    self.agent.name,
                    self.company.name,
                    "SIRET 732 829 320 00074",
                    self.chantier.display_name,
                    *([relance.reference] if step.channel == "email" else []),
                ):
                    self.assertIn(part, text)

    def test_one_invoice_is_named_several_are_counted(self):
        step = self.step("standard_p3")
        one = self.relance(step, self.full)
        self.assertIn(f"notre facture {self.full.name}", self.flat(one))
        self.assertIn(self.full.name, self.render(one, "subject"))
        self.assertNotIn("autre", self.render(one, "subject"))
        two = self.relance(step, self.debts)
        self.assertIn("nos 2 factures", self.flat(two))
        self.assertIn("et 1 autre", self.render(two, "subject"))
        three = self.relance(step, self.debts + self.make_invoice(2, 10.0))
        self.assertIn("et 2 autres", self.render(three, "subject"))

    # === AMOUNTS === #

    def test_amounts_are_what_is_left_to_pay(self):
        text = self.text(self.relance(self.step("standard_p3"), self.partly))
        self.assertIn(f"{self.amount(7000.0)}\nsur\n{self.amount(12000.0)}", text)
        self.assertIn(f"Reste à payer à ce jour\n{self.amount(7000.0)}", text)
        self.assertIn("23\njours de retard", text)
        self.assertIn("BC 4512", text)

    def test_credits_are_shown_apart_and_deducted(self):
        text = self.text(self.relance(self.step("standard_p3")))
        self.assertIn("À déduire, en votre faveur", text)
        self.assertIn(self.credit.name, text)
        self.assertIn(self.credit.ref, text)
        self.assertNotIn(f"Votre réf. : {self.credit.ref}", " ".join(text.split()))
        self.assertIn(self.amount(-200.0), text)
        self.assertIn(f"Reste à payer à ce jour\n{self.amount(7645.5)}", text)

    def test_unallocated_payment_is_shown_without_our_own_numbering(self):
        payment = self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "amount": 300.0,
                "payment_type": "inbound",
                "partner_type": "customer",
                "date": TODAY,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        move = payment.move_id or self.skipTest("payments have no entry here")
        text = self.text(self.relance(self.step("standard_p3"), self.full + move))
        self.assertIn("Règlement reçu", text)
        self.assertNotIn(move.name, text)
        self.assertIn(self.amount(545.5), text)

    def test_preventive_message_lists_what_is_coming_first(self):
        text = self.text(self.relance(self.step("standard_m7")))
        self.assertLess(text.index(self.coming.name), text.index(self.partly.name))
        self.assertIn(self.amount(4321.0), text)
        alone = self.text(self.relance(self.step("standard_m7"), self.coming))
        self.assertNotIn("retard", alone)

    def test_overdue_amount_that_a_credit_covers_is_not_asked_for(self):
        covered = self.make_invoice(4, 200.0)
        relance = self.relance(
            self.step("standard_m7"), covered + self.credit + self.coming
        )
        text = self.text(relance)
        self.assertIn(f"Reste à payer à ce jour\n{self.amount(0.0)}", text)
        self.assertIn(f"À payer à l’échéance\n{self.amount(4321.0)}", text)
        self.assertNotIn("les y ajouter", text)
        self.assertIn(f"Référence à indiquer :\n{self.coming.name}", text)
        self.assertNotIn(f"{self.coming.name}, {covered.name}", text)
        asked = self.text(self.relance(self.step("standard_m7")))
        self.assertIn("les y ajouter", asked)
        self.assertIn(f"{self.coming.name}, {self.partly.name}", asked)

    def test_due_date_is_said_in_words(self):
        today = self.make_invoice(0, 50.0)
        self.assertIn(
            "est fixée au 23 juin 2025",
            self.flat(self.relance(self.step("standard_m7"), self.coming)),
        )
        self.assertIn(
            "est fixée à aujourd’hui",
            self.flat(self.relance(self.step("standard_0"), today)),
        )
        self.assertIn(
            "est fixée aux dates indiquées ci-dessous",
            self.flat(self.relance(self.step("standard_m7"), today + self.coming)),
        )

    def test_currencies_are_never_added_up(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        foreign = self.make_invoice(5, 300.0, currency_id=dollar.id)
        text = self.flat(self.relance(self.step("standard_p3"), self.full + foreign))
        self.assertIn(f"{self.amount(845.5)} + {self.amount(300.0, dollar)}", text)
        formal = self.text(self.relance(self.step("standard_p35"), self.full + foreign))
        # The indemnity is in euros, on the total in euros; interest is in the currency of
        # each invoice: 4 days at 13.15 % on one, 5 days on the other.
        self.assertIn(f"Total réclamé\n{self.amount(845.5 + 80 + 1.22)}", formal)
        self.assertIn(f"Total réclamé\n{self.amount(300.0 + 0.54, dollar)}", formal)

    def test_thanks_name_the_invoice_and_ask_nothing(self):
        text = self.flat(self.relance(self.step("standard_thanks"), self.full))
        self.assertIn(f"bien reçu le règlement de notre facture {self.full.name}", text)
        self.assertIn("Aucune démarche", text)
        self.assertNotIn("IBAN", text)

    # === PAYING === #

    def test_bank_details_and_reference_to_quote(self):
        text = self.text(self.relance(self.step("standard_p3")))
        self.assertIn(self.bank.acc_number, text)
        reference = ", ".join(
            move.payment_reference or move.name for move in self.debts
        )
        self.assertIn(reference, text)

    def test_long_list_of_invoices_falls_back_on_the_reminder_reference(self):
        moves = self.env["account.move"].union(
            *(self.make_invoice(9, 10.0 + number) for number in range(12))
        )
        relance = self.relance(self.step("standard_p3"), moves)
        self.assertIn(
            f"Référence à indiquer :\n{relance.reference}", self.text(relance)
        )

    def test_without_bank_account_the_message_still_reads(self):
        self.partly.partner_bank_id = self.full.partner_bank_id = False
        self.company.partner_id.bank_ids.sudo().active = False
        text = self.text(self.relance(self.step("standard_p3"), self.debts))
        self.assertNotIn("IBAN", text)
        self.assertIn("Nos coordonnées bancaires figurent sur les factures.", text)

    def test_each_invoice_opens_without_logging_in(self):
        body = self.render(self.relance(self.step("standard_p3"), self.full))
        self.full.invalidate_recordset(["access_token"])
        self.assertTrue(self.full.access_token)
        url = f"{self.company.get_base_url()}/my/invoices/{self.full.id}"
        self.assertIn(f"{url}?access_token={self.full.access_token}", body)

    # === THE LAW === #

    def test_consumers_never_read_of_penalty_or_indemnity(self):
        # Whatever the scenario: one may be set by hand on an invoice.
        for scenario in (
            "scenario_standard",
            "scenario_consumer",
            "scenario_good_payer",
        ):
            for step in self.env.ref(f"btp_relance.{scenario}").step_ids:
                for regime in ("b2c", "nonpro"):
                    for lang in LANGUAGES:
                        with self.subTest(step=step.display_name, regime=regime):
                            relance = self.relance(step, regime=regime, lang=lang)
                            text = self.flat(relance)
                            self.assertNotRegex(text, NOT_FOR_CONSUMERS)

    def test_firm_message_states_the_penalties_of_businesses(self):
        text = self.flat(self.relance(self.step("standard_p10")))
        for part in ("L441-10", "D441-5", "40 € par facture", "majoré de dix points"):
            self.assertIn(part, text)
        self.assertNotIn("R2192", text)

    def test_interest_notice_states_the_law_of_public_contracts(self):
        text = self.flat(self.relance(self.step("public_p10"), regime="public_50"))
        for part in ("R2192-31", "D2192-35", "40 €", "majoré de huit points"):
            self.assertIn(part, text)
        self.assertNotIn("L441", text)

    def test_public_messages_ask_where_the_file_stands(self):
        text = self.flat(self.relance(self.step("public_p3"), regime="public_30"))
        for part in ("Chorus Pro", "mandatement", "pièce manquante"):
            self.assertIn(part, text)
        self.assertNotIn("40 €", text)

    def test_indemnity_is_data(self):
        self.env["ir.config_parameter"].set_param(
            "btp_relance.recovery_indemnity", "50"
        )
        self.assertIn(
            "50 € par facture", self.flat(self.relance(self.step("standard_p10")))
        )
        formal = self.text(self.relance(self.step("standard_p35"), self.debts))
        self.assertIn(self.amount(7845.5 + 100.0 + INTEREST), formal)

    # === FORMAL NOTICES === #

    def assertFormalNotice(self, relance):
        """Check what every formal notice must hold; return its words."""
        text = self.flat(relance)
        for part in (
            "MISE EN DEMEURE",
            "nous vous mettons en demeure",
            "Lettre recommandée",
            # who claims, from whom
            self.company.name,
            "3 quai des Docks",
            "SIRET 732 829 320 00074",
            self.customer.name,
            "1 rue du Port",
            "13002 Marseille",
            # what: number, date, due date, amount, paid, balance
            self.partly.name,
            "du 24/04/2025",
            "24/05/2025",
            self.amount(12000.0),
            f"réglé : {self.amount(5000.0)}",
            self.amount(7000.0),
            self.full.name,
            "Total réclamé",
            # why, until when, how, what next
            "Elle est due en vertu",
            "jours à compter de la réception",
            self.bank.acc_number,
            "nous nous réservons la possibilité de saisir",
            "solution amiable",
            # place, date, signature
            "Nantes, le 16 juin 2025",
            f"Pour {self.company.name}",
            "(signature)",
        ):
            self.assertIn(part, text)
        self.assertRegex(text, r"dans un délai de (huit \(8\)|quinze \(15\)) jours")
        return text

    def test_formal_notice_to_a_business(self):
        relance = self.relance(self.step("standard_p35"), self.debts + self.credit)
        text = self.assertFormalNotice(relance)
        for part in (
            "1344",
            "L441-10",
            "D441-5",
            "dix points",
            "Médiateur des entreprises",
        ):
            self.assertIn(part, text)
        self.assertIn(f"(2 × 40 €) {self.amount(80.0)}", text)
        self.assertIn(
            f"Total réclamé {self.amount(7845.5 - 200 + 80 + INTEREST)}", text
        )

    def test_formal_claim_to_a_public_body(self):
        relance = self.relance(self.step("public_p30"), self.debts, regime="public_30")
        text = self.assertFormalNotice(relance)
        for part in ("intérêts moratoires", "R2192-31", "huit points", "D2192-35"):
            self.assertIn(part, text)
        self.assertIn(f"Total réclamé {self.amount(7845.5 + 80 + 85.34)}", text)
        self.assertIn("diminué de la retenue de garantie", text)

    def test_formal_notice_to_a_consumer(self):
        relance = self.relance(self.step("consumer_p45"), self.debts, regime="b2c")
        text = self.assertFormalNotice(relance)
        for part in ("1231-6", "1344-1", "taux légal", "médiateur de la consommation"):
            self.assertIn(part, text)
        self.assertIn(f"Total réclamé {self.amount(7845.5)}", text)
        self.assertIn("Aucuns frais de relance", text)

    def test_formal_notice_to_a_condominium_names_no_consumer_mediator(self):
        relance = self.relance(self.step("consumer_p45"), self.debts, regime="nonpro")
        text = self.assertFormalNotice(relance)
        self.assertIn("taux légal", text)
        self.assertNotIn("médiateur", text)

    def test_indemnity_counts_invoices_not_instalments(self):
        terms = self.make_terms(30, 30, 40)
        move = self.make_invoice(
            0,
            1000.0,
            invoice_date=TODAY - timedelta(days=90),
            invoice_date_due=False,
            invoice_payment_term_id=terms.id,
        )
        relance = self.relance(self.step("standard_p35"), move)
        self.assertEqual(len(relance.overdue_line_ids), 3)
        text = self.flat(relance)
        self.assertIn("(1 × 40 €)", text)
        self.assertIn(f"facture : {self.amount(1000.0)}", text)

    def test_what_is_not_due_is_shown_as_not_claimed(self):
        retention = self.env["account.account"].create(
            {
                "name": "Retenues de garantie",
                "code": "411700",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        self.company.sudo().btp_retention_account_id = retention
        line = self.coming.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        self.env.cr.execute(
            "UPDATE account_move_line SET account_id = %s WHERE id = %s",
            [retention.id, line.id],
        )
        line.invalidate_recordset()
        text = self.flat(
            self.relance(self.step("standard_p35"), self.debts + self.coming)
        )
        self.assertIn(
            f"facture {self.coming.name} : {self.amount(4321.0)}, à échéance du "
            "23/06/2025 – retenue de garantie",
            text,
        )
        self.assertIn(f"Total réclamé {self.amount(7845.5 + 80 + INTEREST)}", text)

    # === SENDING === #

    def send(self, relance):
        template = relance.step_id.template_id.sudo()
        return template.send_mail_batch(relance.ids)

    def test_mail_reaches_the_recipient_from_the_agent_and_stays(self):
        contact = self.env["res.partner"].create(
            {
                "name": "Comptabilité",
                "parent_id": self.customer.id,
                "email": "compta@customer.example",
                "lang": "en_US",
            }
        )
        relance = self.relance(self.step("standard_p3"), contact_id=contact.id)
        mail = self.send(relance)
        self.assertEqual(mail.recipient_ids, contact)
        self.assertEqual(mail.email_from, self.agent.email_formatted)
        self.assertFalse(mail.auto_delete)
        # The contact's language, not the company's.
        self.assertIn("Payment awaited", mail.subject)
        self.assertIn("Dear Sir or Madam", mail.body_html)

    def test_without_agent_the_company_writes(self):
        relance = self.relance(self.step("standard_p3"), user_id=False)
        mail = self.send(relance)
        self.assertEqual(mail.email_from, self.company.email_formatted)
        self.assertIn(self.company.phone, self.text(relance))

    def test_sheet_fits_a_phone_and_bears_the_right_company(self):
        other = self.setup_other_company(name="Autre Entreprise")["company"]
        relance = self.relance(self.step("standard_p3"))
        template = relance.step_id.template_id.sudo().with_company(other)
        body = template.send_mail_batch(relance.ids).body_html
        self.assertIn(self.company.name, body)
        self.assertNotIn(other.name, body)
        self.assertIn('name="viewport"', body)
        self.assertIn("max-width:632px", body.replace(" ", ""))
        self.assertNotIn("min-width", body)
        self.assertNotIn("Powered by", body)

    def test_call_script_speaks_the_language_of_who_calls(self):
        self.agent.lang = "fr_FR"
        relance = self.relance(self.step("standard_p12"), lang="en_US")
        text = self.flat(relance)
        self.assertIn("Appel de clarification", text)
        self.assertIn(self.customer.phone, text)
        self.assertIn(self.agent.name, text)
