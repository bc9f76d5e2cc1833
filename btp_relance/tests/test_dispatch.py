# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Dispatch: sent once, in batches that commit, whatever is killed or runs at once."""

import hashlib
import json
from contextlib import suppress
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged

from ..models import btp_relance_dispatch, btp_relance_message
from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestDispatch(RelanceCommon):
    def batches_of(self, size):
        return patch.object(btp_relance_dispatch, "BATCH", size)

    # === SENT === #

    def test_sent_with_its_proof(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            reached = self.dispatch()
        mail = relance.sudo().mail_id
        self.assertEqual(reached, {"sent": 1})
        self.assertEqual((relance.state, relance.contacted_on), ("sent", self.today))
        self.assertTrue(relance.sent_on)
        self.assertEqual((mail.model, mail.res_id), ("btp.relance", relance.id))
        self.assertEqual(mail.recipient_ids, relance.contact_id)
        self.assertEqual(mail.state, "outgoing")
        line = relance.line_ids
        self.assertEqual((line.state, line.done_on), ("done", self.today))

    def test_the_mail_stays_after_sending_as_proof_and_to_route_the_answer(self):
        self.assertTrue(self.template.auto_delete)
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway(mail_unlink_sent=True):
            self.dispatch()
            self.send_mails()
        self.assertEqual(relance.sudo().mail_id.exists().state, "sent")
        self.assertTrue(relance.message_ids)

    def test_dispatching_again_sends_nothing_more(self):
        self.plan_many(3)
        with self.mock_mail_gateway():
            self.dispatch()
            self.assertEqual(self.dispatch(), {})
        self.assertEqual(len(self._new_mails), 3)

    def test_each_mail_goes_to_its_own_debtor_whatever_the_languages(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        relances = self.plan_many(5)
        (relances[0] | relances[2] | relances[3]).contact_id.lang = "fr_FR"
        with self.mock_mail_gateway():
            self.dispatch()
        for relance in relances:
            mail = relance.sudo().mail_id
            self.assertEqual(mail.res_id, relance.id)
            self.assertEqual(mail.recipient_ids, relance.contact_id)
            self.assertIn(relance.contact_id.name, mail.body_html)

    def test_a_limit_leaves_the_rest_for_later(self):
        relances = self.plan_many(3)
        self.dispatch(limit=2)
        self.assertEqual(relances.mapped("state"), ["sent", "sent", "approved"])
        self.dispatch()
        self.assertEqual(relances[2].state, "sent")

    def test_what_waits_for_approval_never_leaves(self):
        self.step(3).approval = "manual"
        self.make_invoice()
        relance = self.plan()
        self.assertEqual(self.dispatch(), {})
        self.assertEqual(relance.state, "proposed")

    def test_both_scheduled_actions_do_the_whole_way(self):
        self.make_invoice()
        with self.mock_mail_gateway(), self.enter_registry_test_mode():
            self.env.ref("btp_relance.ir_cron_plan").sudo().method_direct_trigger()
            self.env.ref("btp_relance.ir_cron_dispatch").sudo().method_direct_trigger()
        relance = self.env["btp.relance"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(relance.state, "sent")
        self.assertEqual(self.events(relance).mapped("kind"), ["sent"])
        self.assertTrue(all(self.events(relance).mapped("hash")))

    def test_the_daily_run_says_what_it_did(self):
        self.make_invoice()
        held = self.make_invoice(partner=self.make_customer("Exclu"))
        held.btp_no_reminder = True
        manual = self.make_scenario([(3, {"approval": "manual"})], name="Manual")
        self.make_invoice(
            partner=self.make_customer("A approuver"), btp_scenario_id=manual.id
        )
        with self.scheduler() as engine:
            report = engine.run_daily()
        self.assertEqual(report["found"], 3)
        self.assertEqual(report["held"], {"No reminders for this invoice": 1})
        self.assertEqual((report["planned"], report["sent"]), (2, 1))

    def test_delivered_is_noted_with_the_message_id(self):
        self.make_invoice()
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        sent, delivered = self.events(relance)
        self.assertEqual((sent.kind, delivered.kind), ("sent", "delivered"))
        self.assertEqual(sent.message_id, delivered.message_id)

    # === DOCUMENTS === #

    def attach_pdf(self, move, content):
        return self.env["ir.attachment"].create(
            {
                "name": f"{move.name}.pdf",
                "res_model": "account.move",
                "res_id": move.id,
                "res_field": "invoice_pdf_report_file",
                "raw": content,
            }
        )

    def test_each_attachment_is_told_by_name_and_sha256(self):
        self.step(3).attach_invoices = True
        first, second = self.make_invoice(late=5), self.make_invoice(late=6)
        pdfs = {move: b"%%PDF-1.4 %d" % move.id for move in first | second}
        for move, content in pdfs.items():
            self.attach_pdf(move, content)
        self.make_invoice(late=7)  # never printed: nothing to attach
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
            self.send_mails()
        told = json.loads(self.events(relance, "sent").documents)
        sent = [
            (name, content) for name, content, _mime in self._mails[0]["attachments"]
        ]
        self.assertEqual(
            {(item["name"], item["sha256"]) for item in told},
            {(name, hashlib.sha256(content).hexdigest()) for name, content in sent},
        )
        self.assertEqual({content for _name, content in sent}, set(pdfs.values()))

    def test_no_attachment_unless_the_step_says_so(self):
        move = self.make_invoice()
        self.attach_pdf(move, b"%PDF-1.4")
        relance = self.plan()
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertFalse(relance.sudo().mail_id.attachment_ids)
        self.assertFalse(self.events(relance, "sent").documents)

    def test_documents_stay_within_what_mail_servers_take(self):
        self.step(3).attach_invoices = True
        for late in range(4, 8):
            self.attach_pdf(self.make_invoice(late=late), b"%PDF-1.4" + b" " * late)
        relance = self.plan()
        self.assertEqual(len(relance._get_documents()), 4)
        for limit, value in (("MAX_DOCUMENTS", 3), ("MAX_DOCUMENTS_BYTES", 50)):
            with patch.object(btp_relance_message, limit, value):
                self.assertEqual(len(relance._get_documents()), 3)

    # === KILLED, RETRIED, TWO AT ONCE === #

    def test_killed_before_the_commit_nothing_was_done(self):
        relances = self.plan_many(4)
        commit = self.registry["ir.cron"]._commit_progress
        commits = []

        def killed_at_the_second(cron, processed=0, **kwargs):
            commits.extend([processed] if processed else [])
            if len(commits) == 2:
                raise KeyboardInterrupt
            return commit(cron, processed, **kwargs)

        with (
            self.mock_mail_gateway(),
            self.batches_of(2),
            patch.object(
                self.registry["ir.cron"], "_commit_progress", killed_at_the_second
            ),
            # Not assertRaises: Odoo's rolls back what was committed before.
            suppress(KeyboardInterrupt),
        ):
            self.dispatch()
        self.assertEqual(relances.mapped("state"), ["sent"] * 2 + ["approved"] * 2)
        self.assertEqual(len(self.mails_of(relances)), 2)
        with self.mock_mail_gateway():
            self.dispatch()
        self.assertEqual(set(relances.mapped("state")), {"sent"})
        self.assertEqual(len(self.mails_of(relances)), 4)

    def test_what_another_worker_holds_is_left_to_it(self):
        first, second = self.plan_many(2)
        lock = self.registry["btp.relance"].try_lock_for_update

        def first_is_taken(relances, **options):
            return lock(relances - relances.browse(first.id), **options)

        with patch.object(
            self.registry["btp.relance"], "try_lock_for_update", first_is_taken
        ):
            self.dispatch()
        self.assertEqual((first.state, second.state), ("approved", "sent"))

    def test_what_another_worker_has_sent_meanwhile_is_not_sent_again(self):
        relances = self.plan_many(3)
        origin = self.registry["btp.relance.engine"]._dispatch_chunk

        def late(engine, ids):
            engine.env["btp.relance"].browse(ids[:1]).write({"state": "sent"})
            engine.env.flush_all()
            return origin(engine, ids)

        with (
            self.mock_mail_gateway(),
            patch.object(self.registry["btp.relance.engine"], "_dispatch_chunk", late),
        ):
            self.dispatch()
        self.assertEqual(len(self._new_mails), 2)
        self.assertEqual(set(relances.mapped("state")), {"sent"})

    def test_a_conflict_with_another_worker_is_tried_again(self):
        relances = self.plan_many(2)
        origin = self.registry["btp.relance.engine"]._deliver
        tries = []

        def conflict_once(engine, batch):
            tries.append(batch)
            if len(tries) == 1:
                raise psycopg2.errors.SerializationFailure
            return origin(engine, batch)

        with patch.object(
            self.registry["btp.relance.engine"], "_deliver", conflict_once
        ):
            self.dispatch()
        self.assertEqual(relances.mapped("state"), ["sent", "sent"])
