# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What papers change, once, all or nothing, and how a person takes it back."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.btp_relance.tests.daily_job import TODAY

from .matching_common import MatchingCommon

RESERVES = ["Reprendre le joint de la porte 3", "Peinture de la cage B à refaire"]


class ApplyCommon(MatchingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.make_user("clerk", "btp_relance.group_manager")
        cls.switch_on(
            cls.company, btp_follow_documents=True, btp_relance_user_id=cls.clerk.id
        )
        cls.company.sudo().btp_retention_account_id = cls.env["account.account"].create(
            {
                "code": "411799",
                "name": "Retentions",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )

    def paper(self, kind, values, **others):
        """Return a paper that is about the chantier, its reading and match being sure."""
        return self.make_paper(
            kind,
            values,
            **{
                "chantier_id": self.chantier.id,
                "partner_id": self.customer.id,
                "match_confidence": 0.99,
                **others,
            },
        )

    def apply(self, kind, values, **others):
        paper = self.paper(kind, values, **others)
        paper._apply()
        self.env.flush_all()
        return paper

    def pv(self, **values):
        return self.apply(
            "pv_reception",
            {
                "date_reception": "2025-06-12",
                "decision": "sans_reserve",
                "reserves": False,
                "signed": True,
                **values,
            },
        )

    def document(self, code, **about):
        about = about or {"chantier_id": self.chantier.id}
        return self.env["btp.document"].search(
            [
                ("type_id.code", "=", code),
                ("company_id", "=", self.company.id),
                *((name, "=", value) for name, value in about.items()),
            ]
        )

    def kinds(self, paper):
        return paper.effect_ids.mapped("kind")

    def make_situation(self, late=5, amount=1000.0, **values):
        return self.make_invoice(
            late,
            amount,
            **{
                "btp_chantier_id": self.chantier.id,
                "btp_billing_stage": "situation",
                **values,
            },
        )

    def receive_all(self, move, but=()):
        """Hand over all that an invoice needs, but some."""
        documents = move.btp_document_need_ids.document_id
        documents.filtered(lambda doc: doc.type_id.code not in but).write(
            {"state": "received"}
        )


@tagged("post_install", "-at_install")
class TestPaperApply(ApplyCommon):
    # === THE PV, AND WHAT IT FREES === #

    def test_a_reminder_held_for_a_missing_pv_leaves_once_it_is_there(self):
        move = self.make_situation(btp_billing_stage="final")
        self.receive_all(move, but={"PVR"})
        self.assertEqual(
            move.btp_document_need_ids.filtered("missing").type_id.code, "PVR"
        )
        self.assertFalse(self.plan(), "The reminder waits for the PV")
        paper = self.pv()
        self.assertEqual(paper.state, "done")
        self.assertEqual(self.chantier.date_reception, date(2025, 6, 12))
        self.assertFalse(move.btp_missing_document)
        document = self.document("PVR")
        self.assertEqual(document.state, "received")
        self.assertEqual(document.attachment_ids.checksum, paper.attachment_id.checksum)
        self.assertEqual(paper.document_ids, document)
        self.assertEqual(self.listed(self.plan()).keys(), {move})

    def test_the_release_of_the_retention_moves(self):
        self.chantier.write({"retention_regime": "retention", "retention_rate": 5})
        move = self.make_situation(amount=10000)
        held = move.line_ids.filtered("btp_is_retention")
        self.assertTrue(held)
        self.assertNotEqual(held.date_maturity, date(2026, 6, 12))
        paper = self.pv()
        self.assertEqual(held.date_maturity, date(2026, 6, 12))
        self.assertIn("06/12/2026", paper.effect_ids[0].label)
        before = paper.effect_ids.mapped("before")
        self.assertTrue(before)
        paper.action_undo()
        self.assertFalse(
            self.chantier.date_reception or self.chantier.date_guarantee_end
        )
        self.assertNotEqual(held.date_maturity, date(2026, 6, 12))

    def test_reserves_are_listed_with_their_deadline(self):
        paper = self.pv(
            decision="avec_reserves",
            reserves=True,
            reserves_list=RESERVES,
            reserves_deadline="2025-07-31",
        )
        self.assertTrue(self.chantier.has_reserves)
        reserves = self.chantier.reserve_ids
        self.assertEqual(reserves.mapped("name"), RESERVES)
        self.assertEqual(set(reserves.mapped("deadline")), {date(2025, 7, 31)})
        self.assertEqual(self.chantier.reserve_open_count, 2)
        self.assertEqual(self.kinds(paper), ["reception", "reserves", "document"])

    def test_applied_twice_it_changes_nothing_more(self):
        paper = self.pv(decision="avec_reserves", reserves=True, reserves_list=RESERVES)
        effects, files = paper.effect_ids, self.document("PVR").attachment_ids
        paper.state = "to_check"
        paper._apply()
        self.assertEqual(paper.effect_ids, effects)
        self.assertEqual(self.document("PVR").attachment_ids, files)
        self.assertEqual(len(self.chantier.reserve_ids), 2)

    def test_a_second_pv_that_says_the_same_adds_its_file_only(self):
        self.pv()
        second = self.pv()
        self.assertEqual(self.kinds(second), ["document"])
        self.assertEqual(len(self.document("PVR").attachment_ids), 2)
        second.action_undo()
        self.assertEqual(len(self.document("PVR").attachment_ids), 1)
        self.assertEqual(self.document("PVR").state, "received")

    def test_what_a_person_typed_is_not_changed_unasked(self):
        self.chantier.date_reception = date(2025, 6, 1)
        paper = self.pv()
        self.assertEqual(paper.state, "to_check")
        self.assertIn("06/01/2025", paper.why)
        self.assertIn("06/12/2025", paper.why)
        self.assertFalse(paper.effect_ids)
        self.assertEqual(self.chantier.date_reception, date(2025, 6, 1))
        # It is shown before all else, once, and apart from what would follow.
        shown = paper._describe_review()
        self.assertEqual(shown["effects"]["first"], [paper.why])
        self.assertEqual(paper.preview_first, paper.why)
        self.assertTrue(shown["effects"]["then"])
        self.assertFalse(shown["why"])
        paper.reviewer_id = self.env.user
        paper._apply()
        self.assertEqual(self.chantier.date_reception, date(2025, 6, 12))
        paper.action_undo()
        self.assertEqual(self.chantier.date_reception, date(2025, 6, 1))

    def test_a_refusal_starts_no_clock(self):
        move = self.make_situation(btp_billing_stage="final")
        paper = self.pv(decision="refusee", reserves_list=RESERVES)
        self.assertFalse(self.chantier.date_reception)
        document = self.document("PVR")
        self.assertEqual(document.state, "refused")
        self.assertTrue(move.btp_missing_document)
        self.assertEqual(self.kinds(paper), ["refusal", "alert"])
        self.assertEqual(self.chantier.activity_ids.user_id, self.clerk)
        paper.action_undo()
        self.assertEqual(document.state, "expected")
        self.assertFalse(self.chantier.activity_ids)

    def test_minutes_before_reception_prove_nothing(self):
        paper = self.apply("pv_opr", {"date_document": "2025-06-10", "signed": True})
        self.assertEqual(paper.state, "to_check")
        self.assertFalse(paper.effect_ids)

    def test_a_date_to_come_and_a_missing_chantier_are_refused(self):
        paper = self.pv(date_reception="2026-01-01")
        self.assertEqual(paper.state, "to_check")
        self.assertFalse(paper.effect_ids)
        paper.reviewer_id = self.env.user
        with self.assertRaisesRegex(UserError, "a day to come"):
            paper._apply()
        lost = self.apply(
            "pv_reception", {"date_reception": "2025-06-12"}, chantier_id=False
        )
        self.assertEqual(lost.state, "to_check")
        self.assertIn("Choose the chantier", lost.why)

    def test_what_the_chantier_refuses_changes_nothing_at_all(self):
        self.chantier.contract_date = date(2025, 6, 14)
        paper = self.pv(decision="avec_reserves", reserves_list=RESERVES)
        self.assertEqual(paper.state, "to_check")
        self.assertIn("before the contract", paper.why)
        self.assertFalse(paper.effect_ids or self.chantier.reserve_ids)
        self.assertFalse(self.document("PVR"))

    # === TAKEN BACK === #

    def test_undone_all_is_as_it_was(self):
        move = self.make_situation(btp_billing_stage="final")
        self.receive_all(move, but={"PVR"})
        document = self.document("PVR")
        since = document.expected_since
        paper = self.pv(decision="avec_reserves", reserves=True, reserves_list=RESERVES)
        self.assertFalse(
            self.document("PVR").filtered(lambda doc: doc.state == "expected")
        )
        paper.action_undo()
        self.assertFalse(self.chantier.date_reception or self.chantier.has_reserves)
        self.assertFalse(self.chantier.reserve_ids or document.attachment_ids)
        self.assertEqual(document.state, "expected")
        self.assertEqual(document.expected_since, since)
        self.assertTrue(move.btp_missing_document)
        self.assertEqual(paper.state, "to_check")
        self.assertTrue(all(paper.effect_ids.mapped("undone_on")))
        events = self.env["btp.relance.event"].search([("kind", "like", "paper_")])
        self.assertEqual({"paper_applied", "paper_undone"}, set(events.mapped("kind")))
        with self.assertRaisesRegex(UserError, "changed nothing"):
            paper.action_undo()
        paper._apply()
        self.assertEqual(self.chantier.date_reception, date(2025, 6, 12))

    def test_what_was_changed_since_is_not_taken_back(self):
        paper = self.pv(decision="avec_reserves", reserves=True, reserves_list=RESERVES)
        self.chantier.date_reception = date(2025, 6, 13)
        with self.assertRaisesRegex(UserError, "was changed since"):
            paper.action_undo()
        self.assertEqual(len(self.chantier.reserve_ids), 2, "Nothing, or all of it")
        self.assertEqual(self.document("PVR").state, "received")
        self.assertFalse(any(paper.effect_ids.mapped("undone_on")))

    def test_people_without_the_right_cannot_take_back(self):
        paper = self.pv()
        reader = self.make_user("reader", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            paper.with_user(reader).action_undo()
        self.assertEqual(paper.state, "done")

    # === RESERVES LIFTED === #

    def lift(self, **values):
        return self.apply(
            "pv_levee_reserves",
            {
                "date_levee": "2025-06-14",
                "decision": "levee_totale",
                "reserves": False,
                "signed": True,
                **values,
            },
        )

    def open_dispute(self):
        move = self.make_situation()
        return self.env["btp.dispute"]._open(move, "quality", "The paint", 100)

    def test_reserves_lifted_close_the_dispute_when_a_person_says_so(self):
        dispute = self.open_dispute()
        self.pv(decision="avec_reserves", reserves=True, reserves_list=RESERVES)
        paper = self.lift()
        self.assertEqual(self.chantier.date_reserves_lifted, date(2025, 6, 14))
        self.assertFalse(self.chantier.reserve_open_count)
        self.assertEqual(self.document("LEV").state, "received")
        self.assertTrue(dispute.proposal)
        self.assertEqual(dispute.state, "open")
        self.assertIn("dispute", self.kinds(paper))
        paper.action_undo()
        self.assertFalse(dispute.proposal or self.chantier.date_reserves_lifted)
        self.assertEqual(self.chantier.reserve_open_count, 2)

    def test_some_reserves_lifted(self):
        dispute = self.open_dispute()
        self.pv(decision="avec_reserves", reserves=True, reserves_list=RESERVES)
        self.lift(
            decision="levee_partielle",
            reserves=True,
            reserves_list=[RESERVES[1].upper()],
        )
        self.assertFalse(self.chantier.date_reserves_lifted)
        left = self.chantier.reserve_ids.filtered(lambda one: not one.lifted_on)
        self.assertEqual(left.name, RESERVES[1])
        self.assertFalse(self.document("LEV"))
        self.assertFalse(dispute.proposal)
        self.assertIn("1 are left", "".join(dispute.activity_ids.mapped("summary")))

    def test_reserves_of_no_reception_wait_for_its_date(self):
        paper = self.lift()
        self.assertEqual(paper.state, "to_check")
        self.assertIn("No réception", paper.why)
        paper = self.lift(date_reception="2025-05-12")
        self.assertEqual(paper.state, "done")
        self.assertEqual(self.chantier.date_reception, date(2025, 5, 12))
        self.assertTrue(self.chantier.has_reserves)

    # === ORDERS === #

    def test_an_order_number_lands_on_the_chantier_and_its_unpaid_invoices(self):
        bare, own = (
            self.make_situation(),
            self.make_situation(btp_purchase_order="PO-1"),
        )
        paid = self.make_situation()
        self.pay(paid)
        paper = self.apply("bon_commande", {"ref_commande": "BC-2025-0047"})
        self.assertEqual(paper.state, "done")
        self.assertEqual(self.chantier.purchase_order, "BC-2025-0047")
        self.assertEqual(bare.btp_purchase_order, "BC-2025-0047")
        self.assertEqual(own.btp_purchase_order, "PO-1")
        self.assertFalse(paid.btp_purchase_order)
        self.assertEqual(self.document("BDC").state, "received")
        again = self.apply("bon_commande", {"ref_commande": "BC 2025/0099"})
        self.assertEqual(again.state, "to_check")
        self.assertIn("BC-2025-0047", again.why)
        paper.action_undo()
        self.assertFalse(self.chantier.purchase_order or bare.btp_purchase_order)

    def test_an_os_is_recorded_once(self):
        values = {
            "ref_os": "1",
            "date_document": "2025-03-03",
            "date_effet": "2025-03-10",
        }
        paper = self.apply(
            "ordre_service", values, text="ordre de demarrage des travaux"
        )
        order = self.chantier.os_ids
        self.assertEqual((order.number, order.kind), ("1", "start"))
        self.assertEqual(self.chantier.date_start, date(2025, 3, 10))
        self.assertEqual(self.document("OS1").state, "received")
        self.apply("ordre_service", values)
        self.assertEqual(self.chantier.os_ids, order)
        paper.action_undo()
        self.assertFalse(self.chantier.os_ids or self.chantier.date_start)
        stop = self.apply(
            "ordre_service",
            {"ref_os": "4", "date_document": "2025-04-01"},
            text="ordre d'arret de chantier",
        )
        self.assertEqual(self.chantier.os_ids.kind, "stop")
        self.assertEqual(self.kinds(stop), ["os"])

    # === VISA === #

    def test_a_visa_admits_all_and_its_reminder_leaves(self):
        move = self.make_situation(amount=22016)
        self.receive_all(move, but={"VIS"})
        self.assertFalse(self.plan())
        paper = self.apply(
            "situation",
            {"montant_ht": "22016.00", "date_signature": "2025-06-10", "signed": True},
            move_id=move.id,
        )
        self.assertEqual(move.btp_visa_on, date(2025, 6, 10))
        self.assertEqual(self.document("VIS", move_id=move.id).state, "received")
        self.assertFalse(move.btp_missing_document)
        self.assertTrue(self.plan())
        paper.action_undo()
        self.assertFalse(move.btp_visa_on)
        self.assertTrue(move.btp_missing_document)

    def test_a_certificat_admits_less_and_tells_it(self):
        move = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": TODAY - timedelta(days=30),
                "btp_chantier_id": self.chantier.id,
                "btp_billing_stage": "situation",
                "btp_claimed_cumul": 20000,
            }
        )
        move.action_post()
        self.assertEqual(move.amount_untaxed, 20000)
        paper = self.paper(
            "certificat_paiement",
            {"montant_ht": "18500.00", "date_signature": "2025-06-10", "signed": True},
            move_id=move.id,
        )
        told = paper._preview_effects()["then"]
        self.assertEqual(len(told), len(set(told)), "The task is not told twice")
        paper._apply()
        self.assertEqual(paper.state, "done", paper.why)
        self.assertEqual(move.btp_admitted_cumul, 18500)
        self.assertEqual(move.btp_difference, 1500)
        label = paper.effect_ids.filtered(lambda one: one.kind == "admitted").label
        self.assertIn("1,500.00", label)
        self.assertTrue(move.activity_ids)
        more = self.apply(
            "certificat_paiement", {"montant_ht": "30000.00"}, move_id=move.id
        )
        self.assertEqual(more.state, "to_check")
        self.assertIn("more than", more.why)
        paper.action_undo()
        self.assertFalse(move.btp_visa_on or move.activity_ids)

    # === CERTIFICATES === #

    def test_certificates_are_valid_as_long_as_they_say(self):
        company = {"chantier_id": False, "move_id": False}
        paper = self.apply(
            "attestation",
            {"date_document": "2025-05-20"},
            detail="attestation_urssaf",
            chantier_id=False,
            partner_id=False,
        )
        self.assertEqual(paper.state, "done", paper.why)
        document = self.document("VIG", **company)
        self.assertEqual(document.valid_until, date(2025, 11, 20))
        self.apply(
            "attestation",
            {"date_fin": "2025-12-31"},
            detail="attestation_decennale",
            chantier_id=False,
            partner_id=False,
        )
        self.assertEqual(
            self.document("DEC", **company).valid_until, date(2025, 12, 31)
        )
        old = self.apply(
            "attestation",
            {"date_fin": "2024-12-31"},
            detail="attestation_decennale",
            chantier_id=False,
            partner_id=False,
        )
        self.assertEqual(old.state, "to_check")
        self.assertIn("expired", old.why)

    def test_a_bond_replaces_the_retention(self):
        self.chantier.write({"retention_regime": "retention", "retention_rate": 5})
        move = self.make_situation(amount=10000)
        held = move.line_ids.filtered("btp_is_retention")
        bond = {"date_document": "2025-06-02", "banque": "Banque du Bâtiment"}
        self.assertEqual(self.chantier.retention_held, 500)
        less = self.apply("caution", {**bond, "montant_ttc": "450.00"})
        self.assertEqual(less.state, "to_check")
        self.assertIn("450.00", less.why)
        self.assertIn("500.00", less.why)
        self.assertEqual(
            less._describe_review()["values"]["montant_ttc"]["value"], "450.00"
        )
        paper = self.apply("caution", {**bond, "montant_ttc": "500.00"})
        self.assertEqual(held.date_maturity, date(2025, 6, 2))
        self.assertEqual(self.chantier.bond_guarantor, "Banque du Bâtiment")
        self.assertEqual(self.document("CRG").state, "received")
        paper.action_undo()
        self.assertNotEqual(held.date_maturity, date(2025, 6, 2))
        self.assertFalse(self.chantier.bond_guarantor)

    def test_a_doe_slip_is_received(self):
        self.apply("doe_bordereau", {"date_document": "2025-06-02", "signed": True})
        self.assertEqual(self.document("DOE").state, "received")

    # === PEOPLE === #

    def test_whoever_was_asked_is_thanked(self):
        move = self.make_situation(btp_billing_stage="final")
        self.receive_all(move, but={"PVR"})
        request = (
            self.env["btp.document.request"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": self.moe.id,
                    "sent_on": TODAY,
                    "document_ids": [Command.set(self.document("PVR").ids)],
                }
            )
        )
        self.assertTrue(request)
        paper = self.pv()
        told = self.env["btp.confirmation"].search([("partner_id", "=", self.moe.id)])
        self.assertEqual(told.document_ids, self.document("PVR"))
        self.assertIn("thanks", self.kinds(paper))
        paper.action_undo()
        self.assertFalse(told.exists())
