# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The facts that a message inserts: in words, in its language, or not at all."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import TODAY
from .messages_common import MessagesCommon

#: Every fact that the picker of fields offers.
FACTS = (
    "text_amount",
    "text_invoices",
    "text_chantiers",
    "text_situations",
    "text_orders",
    "text_due_dates",
    "text_days_late",
    "text_site_manager",
    "text_site_manager_phone",
    "text_site_contact",
    "text_contact",
    "text_agent",
    "text_agent_phone",
    "text_retention_asked",
    "text_retention_held",
    "text_interest",
    "text_indemnity",
    "text_missing_documents",
    "text_payment_link",
)


@tagged("post_install", "-at_install")
class TestMessageFacts(MessagesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.make_user("paul", "base.group_user", name="Paul Durand")
        cls.manager.partner_id.phone = "+33 6 01 02 03 04"
        cls.chantier.user_id = cls.manager
        cls.school = cls.env["btp.chantier"].create(
            {"name": "École Jean Zay", "partner_id": cls.customer.id}
        )

    def told(self, moves=None, step="standard_p10", lang="fr_FR", **values):
        """Return a reminder whose facts speak a language."""
        relance = self.relance(self.step(step), moves, lang=lang, **values)
        return relance.with_context(lang=lang)

    def plain(self, text):
        return " ".join(text.replace("\ufeff", "").split()) if text else text

    def test_the_picker_finds_each_fact_by_its_name(self):
        fields = self.env["btp.relance"].with_context(lang="en_US").fields_get(FACTS)
        self.assertEqual(set(fields), set(FACTS))
        for name, field in fields.items():
            with self.subTest(name):
                self.assertTrue(field["string"].startswith("Text: "))
                self.assertEqual((field["type"], field["store"]), ("char", False))
                # Odoo's picker leaves out what cannot be searched for.
                self.assertTrue(field["searchable"])
        allowed = self.env["btp.relance"].mail_allowed_qweb_expressions()
        self.assertLessEqual({f"object.{name}" for name in FACTS}, set(allowed))

    def test_what_comes_from_a_record_is_found(self):
        relance = self.told(self.debts)
        for name, value in (
            ("text_invoices", self.partly.name),
            ("text_chantiers", "Colette"),
            ("text_contact", self.customer.name),
        ):
            with self.subTest(name):
                found = self.env["btp.relance"].search([(name, "ilike", value)])
                self.assertIn(relance, found)
                self.assertFalse(found.search([(name, "=", "Nobody")]))
        with self.assertRaisesRegex(UserError, "made for messages"):
            relance.with_context(lang="en_US").search([("text_amount", "=", "1")])

    def test_amount_is_what_is_left_once_credits_are_deducted(self):
        self.assertEqual(self.plain(self.told().text_amount), self.amount(7645.5))
        coming = self.told(step="standard_m7")
        self.assertEqual(self.plain(coming.text_amount), self.amount(4321.0))
        english = self.told(lang="en_US")
        self.assertEqual(
            self.plain(english.text_amount), self.amount(7645.5, lang="en_US")
        )

    def test_amounts_of_two_currencies_are_said_one_after_the_other(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        foreign = self.make_invoice(5, 300.0, currency_id=dollar.id)
        relance = self.told(self.full + foreign, lang="en_US")
        self.assertEqual(
            set(self.plain(relance.text_amount).split(" and ")),
            {
                self.amount(300.0, dollar, lang="en_US"),
                self.amount(845.5, lang="en_US"),
            },
        )

    def test_several_invoices_are_a_list_in_words(self):
        names = [self.partly.name, self.full.name]
        one = self.told(self.full, lang="en_US")
        self.assertEqual(one.text_invoices, f"our invoice {self.full.name}")
        two = self.told(self.debts, lang="en_US")
        self.assertEqual(two.text_invoices, f"our invoices {names[0]} and {names[1]}")
        many = self.debts
        for number in range(4):
            many += self.make_invoice(3, 10.0 + number)
        self.assertEqual(self.told(many, lang="en_US").text_invoices, "our 6 invoices")

    def test_chantier_situation_order_and_conducteur(self):
        self.partly.write({"btp_situation_number": 3, "btp_purchase_order": "BC 4512"})
        self.full.write(
            {
                "btp_chantier_id": self.school.id,
                "btp_situation_number": 4,
                "btp_engagement_number": "2025-17",
            }
        )
        relance = self.told(self.debts, lang="en_US")
        self.assertEqual(
            relance.text_chantiers, "Gymnase Colette Besson and École Jean Zay"
        )
        self.assertEqual(relance.text_situations, "situations no. 3 and 4")
        self.assertEqual(
            relance.text_orders, "purchase order BC 4512 and engagement 2025-17"
        )
        self.assertEqual(relance.text_site_manager, "Paul Durand")
        self.assertEqual(relance.text_site_manager_phone, "+33 6 01 02 03 04")
        self.assertEqual(relance.text_contact, self.customer.name)
        self.assertEqual(relance.text_agent, self.agent.name)
        self.assertEqual(relance.text_agent_phone, "+33 2 40 00 00 02")

    def test_dates_and_delay(self):
        relance = self.told(self.debts, lang="en_US")
        self.assertEqual(relance.text_due_dates, "on May 24, 2025 and on June 12, 2025")
        self.assertEqual(relance.text_days_late, "23 days")
        self.assertFalse(self.told(self.coming, step="standard_m7").text_days_late)

    def test_interest_and_indemnity_are_those_of_the_engine(self):
        relance = self.told(self.debts)
        self.assertEqual(self.plain(relance.text_interest), self.amount(100.66))
        self.assertEqual(self.plain(relance.text_indemnity), self.amount(80.0))
        consumer = self.told(self.debts, step="consumer_p12", regime="b2c")
        self.assertFalse(consumer.text_interest)
        self.assertFalse(consumer.text_indemnity)

    def test_retention_asked_and_retention_held(self):
        retention = self.env["account.account"].create(
            {
                "name": "Retenues",
                "code": "411700",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        self.company.sudo().btp_retention_account_id = retention
        for move in self.partly, self.coming:
            lines = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
            self.env.cr.execute(
                "UPDATE account_move_line SET account_id = %s WHERE id IN %s",
                [retention.id, tuple(lines.ids)],
            )
        self.env.invalidate_all()
        relance = self.told(self.debts)
        self.assertEqual(self.plain(relance.text_retention_asked), self.amount(7000.0))
        self.assertEqual(self.plain(relance.text_retention_held), self.amount(4321.0))
        listed = self.told(self.debts + self.coming)
        self.assertFalse(listed.text_retention_held, "it is among its lines")

    def test_missing_documents_say_who_owes_them(self):
        kind = self.env["btp.document.type"].create(
            {"name": "PV de réception", "code": "T-PV", "scope": "chantier"}
        )
        for owed_by, words in (
            ("moe", "expected from the maître d'œuvre"),
            ("customer", "expected from you"),
            ("us", "which we are to send you"),
        ):
            document = self.env["btp.document"].search(
                [("type_id", "=", kind.id)]
            ) or self.env["btp.document"].create(
                {
                    "type_id": kind.id,
                    "chantier_id": self.chantier.id,
                    "blocking": True,
                }
            )
            document.owed_by = owed_by
            self.env.invalidate_all()
            relance = self.told(self.debts, lang="en_US")
            self.assertEqual(
                relance.text_missing_documents, f"PV de réception ({words})"
            )

    def test_payment_link_is_one_for_all_invoices(self):
        relance = self.told(self.debts)
        link = relance.text_payment_link
        self.assertTrue(relance.access_token)
        page = f"/my/relances/{relance.id}?access_token={relance.access_token}"
        self.assertIn(page, link)

    def test_facts_of_many_reminders_cost_the_same_queries(self):
        def count(relances):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            for relance in relances:
                for name in FACTS:
                    relance.mapped(name)
            return self.cr.sql_log_count - before

        relances = self.env["btp.relance"].sudo()
        for rank in range(12):
            partner = self.make_customer(f"Client {rank}")
            moves = self.make_invoice(9, 100.0 + rank, partner)
            moves += self.make_invoice(5, 50.0 + rank, partner)
            moves.btp_chantier_id = self.env["btp.chantier"].create(
                {"name": f"Site {rank}", "partner_id": partner.id}
            )
            relances |= self.relance(
                self.step("standard_p10"), moves, partner=partner, lang="fr_FR"
            )
        count(relances)
        few, all_of_them = count(relances[:3]), count(relances)
        self.assertEqual(few, all_of_them)
        self.assertLess(all_of_them, 60)

    # === NOTHING TO SAY === #

    def message(self, body, subject="Relance"):
        template = self.make_template(body_html=body, subject=subject)
        self.step("standard_p10").template_id = template
        return template

    def test_a_sentence_whose_fact_is_empty_is_not_said(self):
        self.message(
            "<div><p>Always.</p>"
            "<p>Site: <t t-out='object.text_chantiers'/>.</p>"
            "<ul><li>Order: <t t-out='object.text_orders'/></li><li>Kept</li></ul>"
            "<p>By <t t-out='object.text_orders'>your order</t>.</p></div>"
        )
        self.assertEqual(self.flat(self.told(self.full)), "Always.KeptBy your order.")
        self.partly.btp_purchase_order = "4512"
        self.assertEqual(
            self.flat(self.told(self.partly, lang="en_US")),
            "Always.Site: Gymnase Colette Besson.Order: purchase order 4512Kept"
            "By purchase order 4512.",
        )

    def test_a_condition_that_was_there_counts_too(self):
        self.message(
            "<p t-if=\"object.tone == 'formal'\">A <t t-out='object.text_amount'/></p>"
            "<p t-else=''>B <t t-out='object.text_orders'/></p>"
        )
        self.assertEqual(self.flat(self.told(self.full)), "B")

    def test_a_subject_does_not_end_with_a_dash(self):
        self.message("<p>x</p>", "Relance – {{ object.text_chantiers }}")
        self.assertEqual(self.render(self.told(self.full), "subject"), "Relance")
        self.assertEqual(
            self.render(self.told(self.partly), "subject"),
            "Relance – Gymnase Colette Besson",
        )

    def test_what_has_left_keeps_the_interest_of_its_day(self):
        relance = self.told(self.debts)
        relance.contacted_on = TODAY
        self.after(30)
        relance.invalidate_recordset()
        self.assertEqual(self.plain(relance.text_interest), self.amount(100.66))
