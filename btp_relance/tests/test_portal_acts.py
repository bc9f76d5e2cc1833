# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a customer does on their page: done once, told to them, seen by the clerk."""

from odoo.tests import tagged

from .portal_common import PDF, PortalCommon

SCRIPT = "<script>alert('x')</script>"


@tagged("post_install", "-at_install")
class TestPortalActs(PortalCommon):
    def done(self, kind):
        """Return what was done, of a kind; its row of the journal is there too."""
        acts = self.env["btp.portal.act"].search(
            [("relance_id", "=", self.relance.id), ("kind", "=", kind)]
        )
        self.assertEqual(len(self.events(self.relance, "portal")), len(acts), kind)
        return acts

    # === PROMISE === #

    def test_a_promise_holds_and_is_told(self):
        told = self.act(
            "/promise",
            {"day": self.days(7), "row": self.key(self.first), "note": SCRIPT},
        )
        self.assertIn("06/23/2025", told)
        promise = self.env["btp.promise"].search([("relance_id", "=", self.relance.id)])
        self.assertEqual((promise.state, promise.amount), ("open", 1000))
        self.assertEqual(
            (promise.source, promise.line_ids.move_id), ("customer", self.first)
        )
        self.assertEqual(self.done("promise").res_id, promise.id)
        answered = self.env["btp.contact.answer"].search(
            [("relance_id", "=", self.relance.id)]
        )
        self.assertEqual(
            (answered.kind, answered.channel, answered.contact_id),
            ("answered", "portal", self.relance.contact_id),
        )
        self.assertIn("&lt;script&gt;", self.notes()[:1].body)
        self.assertIn("promised for 06/23/2025", self.see())

    def test_a_promise_beyond_the_limits_is_refused_in_words(self):
        error = self.refused(
            "/promise", {"day": self.days(300), "row": self.key(self.first)}
        )
        self.assertIn("last day that can be promised", error)
        self.assertIn(
            "is not a date", self.refused("/promise", {"day": "demain", "row": ["1"]})
        )
        self.assertIn(
            "Tick at least one", self.refused("/promise", {"day": self.days(7)})
        )
        self.assertFalse(self.done("promise"))

    def test_a_form_sent_twice_counts_once(self):
        hidden = self.open_form("/promise")
        data = {"day": self.days(7), "row": self.key(self.first), "amount": "1 000,00"}
        first = self.send("/promise", data, hidden=hidden)
        second = self.send("/promise", data, hidden=hidden)
        self.assertEqual(first.url, second.url)
        self.assertIn("btp_done", second.text)
        self.env.invalidate_all()
        self.assertEqual(len(self.done("promise")), 1)
        self.assertEqual(
            self.env["btp.promise"].search_count(
                [("relance_id", "=", self.relance.id)]
            ),
            1,
        )

    def test_one_of_us_who_tries_the_page_is_not_the_customer(self):
        self.authenticate("nadia", "nadia")
        self.act("/promise", {"day": self.days(7), "row": self.key(self.first)})
        event = self.events(self.relance, "portal")
        self.assertEqual(event.author, self.clerk.partner_id.display_name)
        self.assertFalse(self.notes())
        self.assertFalse(
            self.env["btp.contact.answer"].search(
                [("relance_id", "=", self.relance.id)]
            )
        )

    # === INSTALMENTS === #

    def test_instalments_are_previewed_asked_for_signed_and_kept(self):
        data = {
            "count": "3",
            "day": self.days(10),
            "row": self.key(self.first, self.second),
        }
        page = self.send("/plan", {**data, "preview": "1"})
        self.assertIn("Your schedule", page.text)
        self.assertEqual(self.words(page).count("500.00"), 4)
        self.assertFalse(
            self.env["btp.payment.plan"].search([("relance_id", "=", self.relance.id)])
        )
        self.assertIn("ready", self.act("/plan", data))
        plan = self.env["btp.payment.plan"].search(
            [("relance_id", "=", self.relance.id)]
        )
        self.assertEqual((plan.state, plan.amount), ("to_sign", 1500))
        self.assertEqual(self.done("plan").res_id, plan.id)
        address = plan.get_portal_url()
        page = self.url_open(address)
        self.assertIn("portal.signature_form", page.text)
        plan_id, token = plan.id, plan.access_token
        pixel = (
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9aw"
            "AAAABJRU5ErkJggg=="
        )
        sign = f"/my/plans/{plan_id}/sign?digest={plan._get_digest()}&access_token="
        wrong = self.make_jsonrpc_request(
            f"/my/plans/{plan_id}/sign?digest=other&access_token={token}",
            {"name": "Paul", "signature": pixel},
        )
        self.assertIn("changed", wrong["error"])
        self.authenticate("nadia", "nadia")
        with self.assertLogs("odoo.addons.btp_relance", "WARNING"):
            agent = self.make_jsonrpc_request(
                sign, {"name": "Paul", "signature": pixel}
            )
        self.assertIn("Only the customer signs", agent["error"])
        self.authenticate(None, None)
        right = self.make_jsonrpc_request(
            sign + token, {"name": "Paul", "signature": pixel}
        )
        self.assertIn("redirect_url", right, right)
        # Replayed, it is signed already.
        again = self.make_jsonrpc_request(
            sign + token, {"name": "Pierre", "signature": pixel}
        )
        self.assertIn("error", again)
        self.env.invalidate_all()
        self.assertEqual((plan.state, plan.signer_name), ("active", "Paul"))
        self.assertIn("Signed by Paul", self.words(self.url_open(address)))
        agreement = self.url_open(plan.get_portal_url(suffix="/agreement.pdf"))
        self.assertEqual(agreement.content[:5], b"%PDF-")
        self.assertEqual(agreement.headers["Cache-Control"], "no-store, private")
        self.assertIn("3 instalments", self.see())

    # === DISPUTE === #

    def test_an_invoice_is_contested_in_part_with_a_file(self):
        path = f"/dispute/{self.first.id}"
        told = self.act(
            path,
            {"reason": "quality", "amount": "150,50", "note": SCRIPT},
            {"file": ("pv.pdf", PDF)},
        )
        self.assertIn("150.50", told)
        dispute = self.env["btp.dispute"].search([("move_id", "=", self.first.id)])
        self.assertEqual(
            (dispute.amount, dispute.reason, dispute.source),
            (150.5, "quality", "customer"),
        )
        self.assertEqual(self.done("dispute").res_id, dispute.id)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", dispute._name), ("res_id", "=", dispute.id)]
        )
        self.assertEqual((files.name, files.raw), ("pv.pdf", PDF))
        self.assertTrue(self.relance.answer_unread)
        self.assertIn("Contested, being looked at", self.see())
        self.assertIn(
            "can be contested",
            self.refused(path, {"reason": "price", "amount": "5000"}),
        )
        self.assertIn(
            "is not an amount", self.refused(path, {"reason": "price", "amount": "all"})
        )

    def test_lines_are_contested_only_of_that_invoice(self):
        line = self.first.invoice_line_ids
        stranger = self.foreign.invoice_line_ids
        with self.assertLogs("odoo.addons.btp_relance", "WARNING"):
            self.refused(
                f"/dispute/{self.first.id}", {"reason": "price", "line": [stranger.id]}
            )
        self.act(f"/dispute/{self.first.id}", {"reason": "price", "line": [line.id]})
        dispute = self.env["btp.dispute"].search([("move_id", "=", self.first.id)])
        self.assertEqual((dispute.invoice_line_ids, dispute.amount), (line, 1000))

    # === ALREADY PAID === #

    def test_already_paid_pauses_and_asks_a_person(self):
        told = self.act(
            "/paid",
            {
                "day": self.days(-3),
                "means": "transfer",
                "note": SCRIPT,
                "row": self.key(self.first),
            },
            {"file": ("virement.pdf", PDF)},
        )
        self.assertIn("until 06/23/2025", told)
        self.assertTrue(self.first.btp_no_reminder)
        self.assertFalse(self.second.btp_no_reminder)
        task = self.first.activity_ids.filtered(
            lambda a: "says it is paid" in a.summary
        )
        self.assertEqual(task.user_id, self.clerk)
        self.assertNotIn("<script", task.note)
        note = self.notes()[:1]
        self.assertEqual(note.attachment_ids.mapped("name"), ["virement.pdf"])
        self.assertIn("Bank transfer", note.body)
        self.assertIn("&lt;script&gt;", note.body)
        self.assertEqual(self.relance.desk, "read")
        self.assertEqual(len(self.done("paid")), 1)
        self.assertIn(
            "today or before",
            self.refused("/paid", {"day": self.days(3), "row": self.key(self.first)}),
        )

    def test_saying_it_again_and_again_pauses_nothing_more(self):
        for _time in range(3):
            self.first.btp_no_reminder = False
            told = self.act(
                "/paid",
                {"day": self.days(-3), "means": "cheque", "row": self.key(self.first)},
            )
        self.assertIn("A person looks for your payment", told)
        self.assertFalse(self.first.btp_no_reminder)

    # === CONTACT, CHANNEL, LANGUAGE === #

    def test_a_contact_is_proposed_not_written(self):
        email = self.customer.email
        data = {
            "change": "other",
            "name": "Léa Blanc",
            "email": "lea@blanc.example",
            "phone": "06 12 34 56 78",
        }
        self.assertIn("Léa Blanc", self.act("/contact", data))
        proposal = self.relance.contact_proposal_ids
        self.assertEqual((proposal.name, proposal.state), ("Léa Blanc", "open"))
        self.assertEqual(self.customer.email, email)
        self.assertFalse(self.customer.child_ids)
        self.assertTrue(
            self.relance.activity_ids.filtered(lambda a: a.user_id == self.clerk)
        )
        figures = self.env["btp.relance"].with_user(self.clerk).get_my_day()
        self.assertIn("Contacts to check", [figure["label"] for figure in figures])
        proposal.with_user(self.clerk).action_accept()
        self.assertEqual(self.customer.child_ids.email, "lea@blanc.example")
        self.assertEqual(self.customer.btp_relance_contact_id, self.customer.child_ids)
        self.assertEqual(
            self.events(self.relance, "contact_changed").author, self.clerk.name
        )
        self.assertIn(
            "not complete", self.refused("/contact", {**data, "email": "lea"})
        )
        self.assertIn("Give a name", self.refused("/contact", {"name": "Léa"}))

    def test_channel_and_language_are_chosen(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.act(
            "/choice",
            {"channel": "email", "refused": ["sms", "call"], "language": "fr_FR"},
        )
        self.assertEqual(
            (self.customer.btp_preferred_channel, self.customer.lang),
            ("email", "fr_FR"),
        )
        refusals = self.env["btp.contact.optout"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(set(refusals.mapped("channel")), {"sms", "call"})
        self.customer.lang = "en_US"
        self.act("/choice", {"refused": ["call"]})
        refusals = self.env["btp.contact.optout"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(refusals.mapped("channel"), ["call"])
        self.assertFalse(self.customer.btp_preferred_channel)
        self.assertIn(
            "prefer and refuse",
            self.refused("/choice", {"channel": "sms", "refused": ["sms"]}),
        )
        with self.assertLogs("odoo.addons.btp_relance", "WARNING"):
            self.refused("/choice", {"channel": "pigeon"})


@tagged("post_install", "-at_install")
class TestPortalDocument(PortalCommon):
    def setUp(self):
        super().setUp()
        kind = self.env["btp.document.type"].search(
            [("scope", "=", "invoice")], limit=1
        )
        self.document = self.env["btp.document"].create(
            {
                "type_id": kind.id,
                "company_id": self.company.id,
                "move_id": self.first.id,
                "owed_by": "customer",
                "blocking": True,
            }
        )
        self.env.invalidate_all()

    def test_a_document_lands_where_it_was_asked_for(self):
        self.assertIn("Documents that we wait for", self.see())
        path = f"/document/{self.document.id}"
        self.assertIn("Choose the file", self.refused(path, {}))
        told = self.act(path, {}, {"file": ("visa signé.pdf", PDF)})
        self.assertIn("has reached us", told)
        self.assertEqual(self.document.state, "received")
        self.assertTrue(self.document.to_check)
        self.assertEqual(self.document.attachment_ids.name, "visa signé.pdf")
        self.assertEqual(self.document.attachment_ids.raw, PDF)
        self.assertEqual(self.document.activity_ids.user_id, self.clerk)
        self.assertIn("Received, being checked", self.see())
        self.document.with_user(self.clerk).action_checked()
        self.assertFalse(self.document.to_check or self.document.activity_ids)

    def test_another_document_takes_no_file(self):
        stranger = self.document.copy({"move_id": self.foreign.id})
        for number in (stranger.id, 0, 999999):
            hidden = self.open_form(f"/document/{self.document.id}")
            with self.assertLogs("odoo.addons.btp_relance", "WARNING"):
                self.refused(
                    f"/document/{number}", {}, {"file": ("a.pdf", PDF)}, hidden=hidden
                )
        self.assertFalse(stranger.attachment_ids or self.document.attachment_ids)
