# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which documents an invoice gets, and the reminders that wait for them."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RelanceCommon
from .daily_job import TODAY

#: Those whose absence keeps a situation of a sole contractor, for a business, from being paid.
SITUATION = {"MKT", "DEC", "VIG", "AVT", "RIB"}


class DocumentsCommon(RelanceCommon):
    """A chantier with a maître d'œuvre and a conducteur de travaux."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.make_user("clerk", "btp_relance.group_manager")
        cls.site_manager = cls.make_user("yann", "btp_relance.group_site_manager")
        cls.switch_on(
            cls.company, btp_follow_documents=True, btp_relance_user_id=cls.clerk.id
        )
        cls.moe = cls.env["res.partner"].create(
            {"name": "Atelier Moreau", "email": "visa@moreau.example", "lang": "en_US"}
        )
        cls.chantier = cls.make_chantier()

    @classmethod
    def make_chantier(cls, name="Lot 3", **values):
        return cls.env["btp.chantier"].create(
            {
                "name": name,
                "partner_id": cls.customer.id,
                "user_id": cls.site_manager.id,
                "moe_id": cls.moe.id,
                "contract_amount": 60000,
                **values,
            }
        )

    def make_situation(self, late=5, **values):
        return self.make_invoice(
            late,
            **{
                "btp_chantier_id": self.chantier.id,
                "btp_billing_stage": "situation",
                **values,
            },
        )

    def needs(self, moves, code=None):
        self.env.flush_all()
        needs = self.env["btp.document.need"].search([("move_id", "in", moves.ids)])
        return needs.filtered(lambda need: code in (None, need.type_id.code))

    def document(self, move, code):
        return self.needs(move, code).document_id

    def missing(self, move):
        return {need.type_id.code for need in self.needs(move).filtered("missing")}

    def receive_all(self, move, but=()):
        """Hand over all that an invoice needs, but some."""
        documents = self.needs(move).document_id
        documents.filtered(lambda doc: doc.type_id.code not in but).write(
            {"state": "received"}
        )
        return documents.filtered(lambda doc: doc.type_id.code in but)


@tagged("post_install", "-at_install")
class TestDocuments(DocumentsCommon):
    # === WHAT AN INVOICE NEEDS === #

    def test_a_situation_gets_its_list_when_it_is_posted(self):
        move = self.make_situation()
        self.assertEqual(self.missing(move), SITUATION | {"VIS"})
        conditional = self.needs(move) - self.needs(move).filtered("missing")
        self.assertEqual(
            set(conditional.mapped("type_id.code")),
            {"BDC", "OS1", "KBS", "PPS", "CRG", "GP1"},
        )
        self.assertEqual(set(conditional.mapped("level")), {"conditional"})

    def test_a_plain_invoice_and_one_without_chantier_need_nothing(self):
        plain = self.make_situation(btp_billing_stage="plain")
        alone = self.make_invoice(btp_billing_stage="situation")
        refund = self.make_credit_note(
            btp_chantier_id=self.chantier.id, btp_billing_stage="situation"
        )
        self.assertFalse(self.needs(plain + alone + refund))

    def test_papers_of_the_company_and_of_the_chantier_are_shared(self):
        first, second = self.make_situation(), self.make_situation()
        other = self.make_situation(btp_chantier_id=self.make_chantier("Lot 4").id)
        self.assertEqual(self.document(first, "DEC"), self.document(other, "DEC"))
        self.assertEqual(self.document(first, "MKT"), self.document(second, "MKT"))
        self.assertNotEqual(self.document(first, "MKT"), self.document(other, "MKT"))
        self.assertNotEqual(self.document(first, "AVT"), self.document(second, "AVT"))
        self.assertEqual(self.document(second, "AVT").chantier_id, self.chantier)

    def test_doing_it_again_changes_nothing(self):
        move = self.make_situation()
        before = self.needs(move)
        documents = self.env["btp.document"].search([])
        move._btp_sync_documents()
        self.assertEqual(self.needs(move), before)
        self.assertEqual(self.env["btp.document"].search([]), documents)

    def test_the_list_follows_the_facts(self):
        move = self.make_situation()
        visa = self.document(move, "VIS")
        self.chantier.moe_id = False
        self.assertFalse(self.needs(move, "VIS"))
        self.assertFalse(visa.exists())
        self.chantier.moe_id = self.moe
        self.assertTrue(self.needs(move, "VIS").missing)
        move.btp_billing_stage = "final"
        self.assertTrue(self.needs(move, "PVR").missing)
        self.assertFalse(self.needs(move, "OS1"))
        move.btp_billing_stage = "plain"
        self.assertFalse(self.needs(move))
        self.assertFalse(move.btp_missing_document)

    def test_an_avenant_brings_its_document_and_counts_in_the_amount(self):
        self.chantier.contract_amount = 3000
        move = self.make_situation(amount=1000)
        self.assertFalse(self.needs(move, "AVN") or self.needs(move, "VIG"))
        avenant = self.env["btp.chantier.avenant"].create(
            {"chantier_id": self.chantier.id, "name": "Roof", "amount": 2500}
        )
        self.assertTrue(self.needs(move, "AVN"))
        self.assertFalse(self.needs(move, "VIG"))
        avenant.signed_on = TODAY
        self.assertTrue(self.needs(move, "VIG").missing)
        avenant.unlink()
        self.assertFalse(self.needs(move, "AVN") or self.needs(move, "VIG"))

    def test_the_list_speaks_the_language_of_who_reads_it(self):
        labels = [
            dict(
                self.env[model]
                .with_context(lang="fr_FR")
                .fields_get(["status"])["status"]["selection"]
            )
            for model in ("btp.document", "btp.document.need")
        ]
        self.assertEqual(labels[0], labels[1])
        self.assertEqual(labels[1]["expected"], "Attendu")

    def test_what_somebody_worked_on_is_not_deleted(self):
        move = self.make_situation()
        visa = self.document(move, "VIS")
        visa.action_receive()
        self.chantier.moe_id = False
        self.assertTrue(visa.exists())
        self.assertFalse(self.needs(move, "VIS"))

    def test_the_regime_of_the_customer_chooses_the_column(self):
        self.customer.btp_regime = "public_30"
        self.assertIn("CHO", self.missing(self.make_situation()))
        self.customer.btp_regime = "b2c"
        self.assertEqual(self.missing(self.make_situation()), {"MKT", "DEC", "RIB"})

    def test_a_subcontractor_paid_directly_follows_the_owner_s_regime(self):
        owner = self.make_customer("Ville", btp_regime="public_30")
        chantier = self.make_chantier(
            "Lot 5", role="subcontractor_direct", owner_id=owner.id
        )
        missing = self.missing(self.make_situation(btp_chantier_id=chantier.id))
        self.assertLessEqual({"DC4", "ATI", "CHO"}, missing)
        chantier = self.make_chantier("Lot 6", role="subcontractor", owner_id=owner.id)
        missing = self.missing(self.make_situation(btp_chantier_id=chantier.id))
        self.assertIn("DC4", missing)
        self.assertFalse({"ATI", "CHO"} & missing)

    def test_below_5000_no_vigilance_certificate(self):
        chantier = self.make_chantier("Lot 7", contract_amount=4999)
        move = self.make_situation(btp_chantier_id=chantier.id, amount=4999)
        self.assertFalse(self.needs(move, "VIG"))
        move = self.make_situation(btp_chantier_id=chantier.id, amount=5000)
        self.assertTrue(self.needs(move, "VIG").missing)

    def test_a_reduced_rate_asks_for_the_customer_s_certification(self):
        self.customer.btp_regime = "b2c"
        tax = self.env["account.tax"].create(
            {"name": "10 %", "amount": 10, "company_id": self.company.id}
        )
        line = {"name": "Works", "price_unit": 100, "tax_ids": [Command.set(tax.ids)]}
        move = self.make_situation(invoice_line_ids=[Command.create(line)])
        self.assertTrue(self.needs(move, "TVA").missing)

    def test_the_matrix_is_data(self):
        kind = self.env["btp.document.type"].create(
            {"code": "FOO", "name": "Site diary", "scope": "invoice", "owed_by": "us"}
        )
        line = self.env["btp.document.requirement"].create(
            {"type_id": kind.id, "stage": "situation", "level_private": "required"}
        )
        move = self.make_situation()
        self.assertIn("FOO", self.missing(move))
        line.level_private = "conditional"
        line.with_user(self.clerk).action_apply()
        self.assertNotIn("FOO", self.missing(move))
        self.assertTrue(self.needs(move, "FOO"))
        kind.active = False
        line.with_user(self.clerk).action_apply()
        self.assertFalse(self.needs(move, "FOO"))

    def test_a_line_of_the_company_stands_in_for_the_shared_one(self):
        shared = self.env.ref("btp_relance.document_requirement_avt_sit")
        shared.copy({"level_private": "conditional", "company_id": self.company.id})
        move = self.make_situation()
        self.assertFalse(self.needs(move, "AVT").missing)
        self.assertEqual(self.needs(move, "AVT").level, "conditional")

    def test_invoices_that_were_there_before_get_their_list(self):
        self.company.btp_follow_documents = False
        move = self.make_situation()
        self.assertFalse(self.needs(move))
        self.company.btp_follow_documents = True
        with self.scheduler() as engine:
            engine.env["account.move"]._btp_cron_sync_documents()
        self.env.invalidate_all()
        self.assertEqual(self.missing(move), SITUATION | {"VIS"})

    # === HOLD === #

    def test_a_missing_document_holds_and_its_reception_lifts(self):
        move = self.make_situation()
        self.assertEqual(self.echeances(move).hold_code, "missing_document")
        self.assertFalse(self.plan())
        visa = self.receive_all(move, but=["VIS"])
        self.assertEqual(self.echeances(move).hold_code, "missing_document")
        visa.action_receive()
        self.assertFalse(self.echeances(move).hold_code)
        self.assertEqual(self.plan().line_ids.move_id, move)

    def test_not_needed_lifts_and_expecting_again_holds(self):
        move = self.make_situation()
        visa = self.receive_all(move, but=["VIS"])
        visa.action_not_needed()
        self.assertFalse(self.echeances(move).hold_code)
        visa.action_expect()
        self.assertEqual(self.echeances(move).hold_code, "missing_document")

    def test_a_refused_document_holds_and_says_why(self):
        move = self.make_situation()
        visa = self.receive_all(move, but=["VIS"])
        visa.action_receive()
        with self.assertRaisesRegex(ValidationError, "what is wrong"):
            visa.action_refuse()
        visa.refused_reason = "not signed"
        visa.action_refuse()
        echeance = self.echeances(move)
        self.assertEqual(echeance.hold_code, "missing_document")
        answer = dict(echeance._get_why())["Missing: Visa of the maître d'œuvre"]
        self.assertEqual(
            answer,
            "Refused (not signed). Atelier Moreau (Maître d'œuvre) owes it since "
            "06/16/2025.",
        )

    def test_why_names_each_document_who_owes_it_and_since_when(self):
        move = self.make_situation()
        self.receive_all(move, but=["VIS", "AVT"])
        why = dict(self.echeances(move)._get_why())
        self.assertEqual(
            why["Missing: Visa of the maître d'œuvre"],
            "Atelier Moreau (Maître d'œuvre) owes it since 06/16/2025.",
        )
        self.assertEqual(
            why["Missing: Progress statement (attachement)"],
            "Yann (Conducteur de travaux) owes it since 06/16/2025.",
        )

    def test_a_held_invoice_is_not_listed_in_the_reminder_of_another(self):
        held, free = self.make_situation(), self.make_invoice(late=5)
        self.assertEqual(self.plan().line_ids.move_id, free)
        self.assertEqual(self.echeances(held).hold_code, "missing_document")

    def test_a_reminder_made_before_is_not_sent(self):
        move = self.make_situation()
        visa = self.receive_all(move, but=["VIS"])
        visa.action_receive()
        relance = self.plan()
        visa.action_expect()
        self.dispatch()
        self.assertEqual(relance.state, "cancelled")
        self.assertIn("A document is missing", relance.cancel_reason)

    def test_nothing_is_held_where_documents_are_not_followed_up(self):
        move = self.make_situation()
        self.company.btp_follow_documents = False
        self.assertFalse(self.echeances(move).hold_code)

    def test_a_visa_whose_date_is_known_is_there(self):
        move = self.make_situation()
        self.receive_all(move, but=["VIS"])
        move.btp_visa_on = TODAY - timedelta(days=2)
        visa = self.document(move, "VIS")
        self.assertEqual(
            (visa.state, visa.received_on), ("received", TODAY - timedelta(days=2))
        )
        self.assertFalse(self.echeances(move).hold_code)
        given = self.make_situation(btp_visa_on=TODAY)
        self.assertEqual(self.document(given, "VIS").state, "received")

    def test_a_retention_does_not_wait_for_the_papers_of_its_situation(self):
        move = self.make_situation()
        self.assertEqual(self.echeances(move).hold_code, "missing_document")
        account = self.company_data["default_account_receivable"].copy()
        move.button_draft()
        move.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id = account
        self.company.btp_retention_account_id = account
        move._post()
        self.assertNotEqual(self.echeances(move).hold_code, "missing_document")
        self.assertEqual(self.chantier._count_missing_documents(), {})

    # === FILES === #

    def attach(self, document, user=None, **values):
        attachment = self.env["ir.attachment"].with_user(user or self.env.user)
        return attachment.create(
            {
                "name": "visa.pdf",
                "raw": b"%PDF",
                "res_model": "btp.document",
                "res_id": document.id,
                **values,
            }
        )

    def test_a_file_dropped_is_the_document(self):
        move = self.make_situation()
        visa = self.receive_all(move, but=["VIS"])
        file = self.attach(visa)
        self.assertEqual(visa.state, "expected")
        file._post_add_create()
        self.assertEqual(visa.attachment_ids, file)
        self.assertEqual((visa.state, visa.received_on), ("received", TODAY))
        self.assertFalse(self.echeances(move).hold_code)

    def test_a_file_on_a_document_not_needed_leaves_it_so(self):
        visa = self.document(self.make_situation(), "VIS")
        visa.action_not_needed()
        self.attach(visa)._post_add_create()
        self.assertEqual(visa.state, "not_needed")

    # === EXPIRY === #

    def test_a_certificate_is_valid_for_its_months(self):
        move = self.make_situation()
        vigilance = self.document(move, "VIG")
        vigilance.action_receive()
        self.assertEqual(vigilance.valid_until.isoformat(), "2025-12-16")
        self.assertFalse(self.document(move, "RIB").valid_until)

    def test_an_expired_certificate_is_missing_for_new_invoices_only(self):
        old = self.make_situation(invoice_date=TODAY)
        self.receive_all(old)
        vigilance = self.document(old, "VIG")
        vigilance.valid_until = TODAY + timedelta(days=10)
        self.assertEqual(self.missing(old), set())
        self.after(30)
        self.assertEqual(vigilance.status, "expired")
        new = self.make_situation(invoice_date=TODAY + timedelta(days=11))
        self.assertIn("VIG", self.missing(new))
        self.assertEqual(self.needs(new, "VIG").status, "expired")
        self.assertEqual(self.missing(old), set())
        same_day = self.make_situation(invoice_date=TODAY + timedelta(days=10))
        self.assertNotIn("VIG", self.missing(same_day))
        # The next certificate frees it.
        self.attach(vigilance)._post_add_create()
        self.assertEqual(vigilance.valid_until.isoformat(), "2026-01-16")
        self.assertNotIn("VIG", self.missing(new))

    def test_an_expiry_is_told_thirty_days_before_and_once_it_has_passed(self):
        vigilance = self.document(self.make_situation(), "VIG")
        vigilance.write({"state": "received", "valid_until": TODAY})
        alerts = self.env["btp.alert"].sudo()

        def raised(day):
            alerts.search([]).unlink()
            kinds = alerts._get_kinds(TODAY + timedelta(days=day))
            return {
                kind.code
                for kind in kinds
                if kind.code.startswith("document_") and alerts._raise(kind)
            }

        self.assertEqual(raised(-31), set())
        self.assertEqual(raised(-30), {"document_expiring"})
        self.assertEqual(raised(0), {"document_expiring"})
        self.assertEqual(raised(1), {"document_expired"})
        task = vigilance.activity_ids.sorted("id")[-1:]
        self.assertEqual(task.user_id, self.clerk)
        self.assertIn("06/16/2025", task.summary)
        vigilance.valid_until = TODAY + timedelta(days=200)
        self.assertEqual(raised(1), set())

    # === DAYS LOST === #

    def count_days(self, day):
        self.after(day)
        self.env["btp.document"]._cron_days_lost()

    def test_days_are_lost_while_an_amount_due_waits(self):
        move = self.make_situation(late=-5)
        visa = self.receive_all(move, but=["VIS"])
        self.count_days(5)
        self.assertEqual(visa.days_lost, 0)
        self.count_days(9)
        self.assertEqual(visa.days_lost, 4)
        # Received a day ago, as the clerk notes today.
        self.after(15)
        visa.write({"state": "received", "received_on": TODAY + timedelta(days=14)})
        self.assertEqual(visa.days_lost, 9)
        self.count_days(30)
        self.assertEqual(visa.days_lost, 9)
        self.assertEqual(self.document(move, "MKT").days_lost, 0)

    def test_a_document_refused_goes_on_costing_days(self):
        move = self.make_situation(late=10)
        visa = self.receive_all(move, but=["VIS"])
        self.count_days(4)
        visa.action_receive()
        self.assertEqual(visa.days_lost, 4)
        self.after(10)
        visa.write({"state": "refused", "refused_reason": "not signed"})
        self.assertEqual(visa.expected_since, TODAY + timedelta(days=10))
        self.count_days(13)
        self.assertEqual(visa.days_lost, 7)
        visa.action_receive()
        self.assertEqual(visa.days_lost, 7)

    def test_a_day_on_which_two_invoices_waited_is_one_day(self):
        first, second = self.make_situation(late=0), self.make_situation(late=-10)
        for move in (first, second):
            self.receive_all(move, but=["MKT"])
        self.pay(first)
        contract = self.document(first, "MKT")
        payment_date = TODAY + timedelta(days=4)
        partials = first.line_ids.matched_credit_ids
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET max_date = %s WHERE id IN %s",
            [payment_date, tuple(partials.ids)],
        )
        # Four days for the first, paid then; from the tenth for the second.
        self.count_days(15)
        self.assertEqual(contract.days_lost, 4 + 5)

    def test_days_lost_are_counted_by_kind_and_person(self):
        moves = self.make_situation() + self.make_situation()
        for move in moves:
            self.receive_all(move, but=["VIS", "AVT"])
        self.count_days(3)
        groups = self.env["btp.document"]._read_group(
            [("days_lost", ">", 0)], ["type_id", "owner_partner_id"], ["days_lost:sum"]
        )
        self.assertEqual(
            {(kind.code, owner): days for kind, owner, days in groups},
            {("VIS", self.moe): 6, ("AVT", self.site_manager.partner_id): 6},
        )

    # === WHO OWES IT === #

    def test_who_owes_a_document_follows_the_chantier(self):
        move = self.make_situation()
        owners = {
            code: self.document(move, code).owner_partner_id
            for code in ("MKT", "VIS", "AVT", "VIG")
        }
        self.assertEqual(
            owners,
            {
                "MKT": self.customer,
                "VIS": self.moe,
                "AVT": self.site_manager.partner_id,
                "VIG": self.clerk.partner_id,
            },
        )
        self.chantier.user_id = False
        self.assertEqual(
            self.document(move, "AVT").owner_partner_id, self.clerk.partner_id
        )
        self.document(move, "VIS").owed_by = "customer"
        self.assertEqual(self.document(move, "VIS").owner_partner_id, self.customer)

    def test_what_is_missing_is_counted_on_invoice_and_chantier(self):
        move = self.make_situation()
        self.assertEqual(move.btp_missing_document_count, 6)
        self.assertEqual(
            self.chantier._count_missing_documents(), {self.chantier.id: 6}
        )
        self.receive_all(move, but=["VIS"])
        self.assertEqual(move.btp_missing_document_count, 1)
        self.chantier.invalidate_recordset()
        self.assertEqual(self.chantier.missing_document_count, 1)
        self.pay(move)
        self.assertEqual(self.chantier._count_missing_documents(), {})

    # === BY HAND === #

    def test_a_document_added_by_hand_holds_if_it_is_said_to_block(self):
        move = self.make_situation()
        self.receive_all(move)
        values = {
            "type_id": self.env.ref("btp_relance.document_type_rev").id,
            "chantier_id": self.chantier.id,
            "move_id": move.id,
            "blocking": True,
        }
        paper = self.env["btp.document"].create(values)
        self.assertEqual(self.missing(move), {"REV"})
        move._btp_sync_documents()
        self.assertEqual(self.missing(move), {"REV"})
        with self.assertRaisesRegex(UserError, "not needed instead"):
            paper.unlink()
        paper.action_not_needed()
        self.assertFalse(self.echeances(move).hold_code)

    @mute_logger("odoo.sql_db")
    def test_one_document_of_a_type_a_place(self):
        visa = self.document(self.make_situation(), "VIS")
        values = {
            "type_id": visa.type_id.id,
            "chantier_id": self.chantier.id,
            "move_id": visa.move_id.id,
        }
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env["btp.document"].create(values)
        with self.assertRaisesRegex(ValidationError, "Choose the invoice"):
            self.env["btp.document"].create({**values, "move_id": False})

    # === RIGHTS === #

    def test_a_conducteur_hands_over_the_documents_of_their_chantiers_only(self):
        mine = self.document(self.make_situation(), "AVT")
        other = self.make_chantier("Lot 9", user_id=self.clerk.id)
        theirs = self.document(self.make_situation(btp_chantier_id=other.id), "AVT")
        documents = self.env["btp.document"].with_user(self.site_manager)
        self.assertEqual(
            documents.search([]).chantier_id, self.chantier.with_user(self.site_manager)
        )
        self.attach(mine, self.site_manager)._post_add_create()
        self.assertEqual(mine.state, "received")
        with self.assertRaises(AccessError):
            theirs.with_user(self.site_manager).action_receive()
        with self.assertRaises(AccessError):
            self.attach(theirs, self.site_manager)
        with self.assertRaises(AccessError):
            mine.with_user(self.site_manager).owed_by = "customer"
        with self.assertRaises(AccessError):
            mine.with_user(self.site_manager).unlink()

    def test_a_conducteur_sees_chantiers_without_amounts(self):
        move = self.make_situation()
        chantier = self.chantier.with_user(self.site_manager)
        self.assertEqual(chantier.name, "Lot 3")
        with self.assertRaises(AccessError):
            chantier.read(["contract_amount"])
        with self.assertRaises(AccessError):
            move.with_user(self.site_manager).read(["amount_total"])
        for name in ("amount_left", "retention_held", "avenant_ids", "timeline"):
            with self.assertRaises(AccessError):
                chantier.read([name])
        # Whichever view is asked for, it shows no amount.
        main = self.env.ref("btp_relance.btp_chantier_view_form")
        for view_id, kind in ((main.id, "form"), (False, "list"), (False, "kanban")):
            arch = chantier.get_views([(view_id, kind)])["views"][kind]["arch"]
            self.assertNotIn("amount", arch)
            self.assertIn("missing_document_count", arch)
            arch = self.chantier.get_views([(view_id, kind)])["views"][kind]["arch"]
            self.assertIn("amount", arch)
        self.assertEqual(chantier.missing_document_count, 6)

    def test_only_a_manager_edits_the_matrix(self):
        agent = self.make_user("agent2", "btp_relance.group_agent")
        line = self.env.ref("btp_relance.document_requirement_avt_sit")
        with self.assertRaises(AccessError):
            line.with_user(agent).level_private = "conditional"
        with self.assertRaises(AccessError):
            line.with_user(agent).action_apply()
        line.with_user(self.clerk).level_private = "conditional"
        self.assertEqual(line.level_private, "conditional")

    # === TWO COMPANIES === #

    def test_companies_share_no_document(self):
        other = self.setup_other_company()["company"]
        self.switch_on(other, btp_follow_documents=True)
        self.env.user.company_ids |= other
        chantier = self.make_chantier(
            "Ailleurs", company_id=other.id, user_id=False, moe_id=False
        )
        here = self.make_situation()
        there = self.make_situation(company=other, btp_chantier_id=chantier.id)
        mine, theirs = self.document(here, "DEC"), self.document(there, "DEC")
        self.assertNotEqual(mine, theirs)
        self.assertEqual((mine.company_id, theirs.company_id), (self.company, other))
        mine.action_receive()
        self.assertTrue(self.needs(there, "DEC").missing)
        with self.assertRaises(AccessError):
            theirs.with_user(self.clerk).read(["state"])
        with self.assertRaises(AccessError):
            self.needs(there).with_user(self.clerk).read(["level"])

    # === MANY === #

    def draft(self, count):
        lines = [
            Command.create(
                {"name": "Works", "price_unit": 100, "tax_ids": [Command.clear()]}
            )
        ]
        return self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": TODAY,
                    "btp_chantier_id": self.chantier.id,
                    "btp_billing_stage": "situation",
                    "invoice_line_ids": lines,
                }
                for _rank in range(count)
            ]
        )

    def count_queries(self, moves):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        moves._btp_sync_documents()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_the_lists_of_many_invoices_cost_no_more_queries(self):
        self.company.btp_follow_documents = False
        few, many = self.draft(3), self.draft(40)
        (few + many)._post()
        self.company.btp_follow_documents = True
        self.make_situation()
        self.assertLessEqual(self.count_queries(many), self.count_queries(few) + 3)
        self.assertEqual(len(self.needs(many, "VIS").document_id), 40)
