# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Planning: one message per debtor, at the highest level, listing everything overdue."""

from odoo.tests import tagged

from .common import TODAY, RelanceCommon


@tagged("post_install", "-at_install")
class TestPlan(RelanceCommon):
    # === ONE MESSAGE PER DEBTOR === #

    def test_one_message_at_the_highest_level_with_everything_overdue(self):
        self.scenario.first_contact = "age"
        high = self.make_invoice(late=12, amount=1000)
        low = self.make_invoice(late=4, amount=500)
        fresh = self.make_invoice(late=1, amount=250)
        coming = self.make_invoice(late=-20, amount=125)
        self.pay(high, 400)
        relance = self.plan()
        self.assertEqual(len(relance), 1)
        self.assertEqual(relance.step_id, self.step(10))
        self.assertEqual(relance.tone, "firm")
        self.assertEqual(
            self.listed(relance),
            {
                high: ("overdue", 600, 10),
                low: ("overdue", 500, 3),
                fresh: ("overdue", 250, None),
            },
        )
        self.assertNotIn(coming, relance.line_ids.move_id)
        self.assertEqual(relance.amount_due, 1350)
        self.assertEqual((relance.state, relance.planned_on), ("approved", TODAY))

    def test_the_level_is_the_tone_s_not_the_day_s(self):
        soft = self.make_scenario([(40, {"tone": "courteous"})], name="Soft")
        late = self.make_invoice(late=45, btp_scenario_id=soft.id)
        firm = self.make_invoice(late=5)
        relance = self.plan()
        self.assertEqual(relance.step_id, self.step(3))
        self.assertEqual(relance.line_ids.move_id, late | firm)
        self.assertEqual(len(relance.line_ids.step_id), 2)

    def test_one_message_for_the_company_and_all_its_contacts(self):
        contact = self.make_customer("Service", parent_id=self.customer.id)
        contact.is_company = False
        self.make_invoice()
        self.make_invoice(partner=contact)
        relance = self.plan()
        self.assertEqual(relance.partner_id, self.customer)
        self.assertEqual(len(relance.line_ids), 2)

    def test_each_debtor_gets_a_message_of_its_own(self):
        others = [self.make_customer(f"Client {rank}") for rank in range(3)]
        for partner in others:
            self.make_invoice(partner=partner)
        self.make_invoice()
        relances = self.plan()
        self.assertEqual(len(relances), 4)
        self.assertEqual(relances.mapped("amount_due"), [1000] * 4)
        for relance in relances:
            self.assertEqual(relance.line_ids.partner_id, relance.partner_id)

    def test_credits_are_shown_and_subtracted(self):
        move = self.make_invoice(amount=1000)
        credit = self.make_credit_note(100)
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 50,
                "date": TODAY,
                "journal_id": self.company_data["default_journal_bank"].id,
            }
        )
        payment.action_post()
        relance = self.plan()
        self.assertEqual(
            self.listed(relance),
            {
                move: ("overdue", 1000, 3),
                credit: ("credit", -100, None),
                payment.move_id: ("credit", -50, None),
            },
        )
        self.assertEqual(relance.amount_due, 850)
        self.assertEqual(relance.line_count, 1)

    def test_what_is_due_in_several_currencies_is_told_in_each(self):
        euro = self.setup_other_currency("EUR")  # two for one of the company's
        self.make_invoice(amount=1000)
        self.make_invoice(amount=300, currency_id=euro.id)
        relance = self.plan()
        totals = {total["currency"]: total["net"] for total in relance._get_totals()}
        self.assertEqual(totals, {self.company.currency_id: 1000, euro: 300})
        self.assertEqual(relance.amount_due, 1150)

    def test_the_recipient_is_the_one_chosen_else_the_invoicing_contact(self):
        def contact(name, **values):
            return self.make_customer(
                name, parent_id=self.customer.id, is_company=False, **values
            )

        contact("Compta sans adresse", type="invoice", email=False)
        self.make_invoice()
        self.assertEqual(self.recipient(), self.customer)
        billing = contact("Compta", type="invoice")
        self.assertEqual(self.recipient(), billing)
        chosen = contact("Tresorerie")
        self.customer.btp_relance_contact_id = chosen
        self.assertEqual(self.recipient(), chosen)

    def recipient(self):
        """Return to whom the reminder of now goes, and undo it."""
        relance = self.plan()
        contact = relance.contact_id
        relance.sudo()._cancel("test")
        return contact

    def test_the_agent_is_the_customer_s_else_the_company_s(self):
        agent = self.make_user("agent", "btp_relance.group_agent")
        self.company.sudo().btp_relance_user_id = self.env.user
        self.make_invoice()
        other = self.make_customer("Autre")
        other.btp_relance_user_id = agent
        self.make_invoice(partner=other)
        relances = self.plan()
        found = {relance.partner_id: relance.user_id for relance in relances}
        self.assertEqual(found, {self.customer: self.env.user, other: agent})

    # === COST === #

    def test_the_number_of_queries_does_not_grow_with_the_ledger(self):
        self.make_batch(1)
        self.count_queries(1)  # fills the caches of the registry
        self.make_batch(5)
        few = self.count_queries(5)
        self.make_batch(45)
        many = self.count_queries(45)
        self.assertEqual(few, many)

    def make_batch(self, count):
        for rank in range(count):
            partner = self.make_customer(f"Client {count} {rank}")
            self.make_invoice(late=rank % 30 + 4, partner=partner)

    def count_queries(self, expected):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        relances = self.engine.plan(TODAY, self.company)
        queries = self.env.cr.sql_log_count - before
        self.assertEqual(len(relances), expected)
        return queries
