# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Said to be paid: the ledger settles it; and what proposes to close speaks to each."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .dispute_common import DisputeCommon


@tagged("post_install", "-at_install")
class TestDisputePaid(DisputeCommon):
    def told(self, dispute):
        """Return the text of what the customer is told of a decision."""
        told = self.env["btp.confirmation"].sudo()
        told = told.search(
            [("dispute_id", "=", dispute.id), ("kind", "=", "dispute_closed")]
        )
        with self.mock_mail_gateway():
            told._send()
        [mail] = self._new_mails
        return mail.body_html

    def test_the_payment_matched_closes_it_without_a_click(self):
        dispute = self.contest(reason="already_paid")
        with self.assertRaisesRegex(UserError, "Match the payment"):
            dispute.action_settle()
        self.pay(self.move)
        self.assertEqual((dispute.state, dispute.days), ("accepted", 0))
        self.assertFalse(dispute.credit_note_ids)
        self.assertIn("nothing more is asked of you", self.told(dispute))

    def test_a_part_said_to_be_paid_is_settled_by_its_payment(self):
        dispute = self.contest(reason="already_paid", amount=400)
        other = self.contest(reason="quality", amount=100)
        self.pay(self.move, 150)
        self.assertEqual(dispute.state, "open")
        self.pay(self.move, 250)
        self.assertEqual((dispute.state, other.state), ("accepted", "open"))
        # The rest is chased, but what is contested for another reason.
        self.assertEqual(self.seen(), [(500, 100, False)])
        text = self.told(dispute)
        self.assertIn("no longer ask you", text)
        self.assertNotIn("due again", text)

    def test_on_whichever_instalment_it_is_matched(self):
        terms = self.make_terms(30, 30, 40)
        move = self.make_invoice(
            late=0, invoice_payment_term_id=terms.id, invoice_date_due=False
        )
        dispute = self.contest(move, reason="already_paid", amount=300)
        self.assertEqual([due[1] for due in self.seen(move)], [0, 0, 300])
        self.pay(move, 300)
        self.assertEqual(dispute.state, "accepted")
        self.assertEqual([due[:2] for due in self.seen(move)], [(300, 0), (400, 0)])

    def test_what_is_paid_although_contested_is_proposed(self):
        dispute = self.contest(reason="quality", amount=100)
        self.pay(self.move)
        self.assertEqual((dispute.state, bool(dispute.proposal)), ("open", True))
        dispute.action_take_proposal()
        self.assertIn("nothing more is asked of you", self.told(dispute))

    def test_each_reads_what_arrived_in_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        owner = self.make_user("nadia", "btp_relance.group_agent", lang="fr_FR")
        self.customer.btp_relance_user_id = owner
        dispute = self.contest(reason="quality", amount=100)
        dispute.sudo()._propose("done")
        self.assertIn("chantier", dispute.proposal)
        dispute.action_take_proposal()
        # Not what our people said among themselves.
        self.assertEqual(dispute.resolution, "The works are done")
        event = self.env["btp.relance.event"].search(
            [("kind", "=", "dispute_accepted")], order="id desc", limit=1
        )
        self.assertIn(self.move.name, event.detail)
        self.assertIn("The works are done", event.detail)

    def test_all_that_is_left_is_not_what_was_said_before(self):
        part = self.contest(amount=300)
        rest = self.contest()
        self.assertNotEqual(part, rest)
        self.assertEqual((rest.amount, self.seen()), (700, [(0, 1000, "dispute")]))
        self.assertIn(self.contest(), part | rest)

    def test_a_credit_note_is_not_contested(self):
        note = self.make_credit_note(100)
        with self.assertRaisesRegex(UserError, "Only an invoice"):
            self.contest(note)

    def test_opened_again_it_is_on_the_desk_with_new_days(self):
        owner = self.make_user("nadia", "btp_relance.group_agent")
        self.customer.btp_relance_user_id = owner
        dispute = self.contest(reason="duplicate", amount=10)
        dispute.action_cancel()
        self.assertFalse(dispute.activity_ids)
        self.after(20)
        dispute.action_reopen()
        self.assertEqual(dispute.activity_ids.user_id, owner)
        self.assertFalse(dispute.is_late)

    def test_what_a_customer_wrote_is_text(self):
        owner = self.make_user("nadia", "btp_relance.group_agent")
        self.customer.btp_relance_user_id = owner
        dispute = self.env["btp.dispute"]._open(
            self.move, "price", "10 < 12 & <b>not</b>", amount=10
        )
        self.assertIn("&lt;b&gt;", dispute.activity_ids.note)

    def test_why_says_who_answers_and_until_when(self):
        owner = self.make_user("nadia", "btp_relance.group_agent")
        self.customer.btp_relance_user_id = owner
        dispute = self.contest(amount=300)
        self.assertIn(f"{owner.name} answers before", self.echeances(self.move).why)
        dispute.sudo()._accept()
        self.env["btp.echeance"].invalidate_model()
        self.assertIn("credit note is to be posted", self.echeances(self.move).why)
