# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Past invoices find their chantier: what is proposed, ticked, and written."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_chantier_page import ChantierCommon


@tagged("post_install", "-at_install")
class TestAttach(ChantierCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stranger = cls.make_customer("Syndic Nord")
        cls.chantier.contract_reference = "Marché 24/118"
        cls.second = cls.make_chantier("Town hall", code="CH-2025-015")
        cls.agent.group_ids += cls.env.ref("analytic.group_analytic_accounting")

    def open(self, moves=None, chantier=None, user=None):
        """Return the wizard as a person opens it."""
        records = (chantier if moves is None else moves).with_user(user or self.agent)
        action = records.action_btp_attach() if moves else records.action_attach()
        wizard = self.env["btp.attach"].with_user(user or self.agent)
        return wizard.browse(action["res_id"])

    def proposals(self, moves):
        """Return ``{invoice: (chantier, ticked, evidence)}``."""
        return {
            line.move_id: (line.chantier_id, line.selected, line.evidence)
            for line in self.open(moves).line_ids
        }

    def proposal(self, **values):
        move = self.make_invoice(5, 1000, **values)
        return self.proposals(move)[move]

    # === WHAT IS PROPOSED === #

    def test_by_a_reference_in_any_text(self):
        line = {"name": "Chantier ch-2025-014, sit. 2", "price_unit": 5, "quantity": 1}
        note = {"name": "Marché 24/118", "display_type": "line_note"}
        for values, words in (
            ({"ref": "CH-2025-014"}, "CH-2025-014"),
            ({"payment_reference": "VIR CH 2025 014"}, "CH-2025-014"),
            ({"invoice_origin": "Devis / CH-2025-014"}, "CH-2025-014"),
            ({"narration": "<p>Suivant <b>marché 24/118</b></p>"}, "Marché 24/118"),
            ({"invoice_line_ids": [Command.create(line)]}, "CH-2025-014"),
            (
                {
                    "invoice_line_ids": [
                        Command.create(line | {"name": "Works"}),
                        Command.create(note),
                    ]
                },
                "Marché 24/118",
            ),
        ):
            with self.subTest(values=values):
                self.assertEqual(
                    self.proposal(**values), (self.chantier, True, f"names “{words}”")
                )

    def test_its_own_number_names_nothing(self):
        self.chantier.code = "2025-00001"
        move = self.make_invoice(5, 1000)
        move.write({"name": "INV/2025-00001", "payment_reference": "INV/2025-00001"})
        self.assertEqual(self.proposals(move)[move][0], self.env["btp.chantier"])

    def test_by_the_analytic_account(self):
        plan = self.env["account.analytic.plan"].sudo().create({"name": "Sites"})
        accounts = (
            self.env["account.analytic.account"]
            .sudo()
            .create([{"name": name, "plan_id": plan.id} for name in ("School", "Else")])
        )
        self.chantier.analytic_account_id = accounts[0]
        move = self.make_invoice(5, 1000)
        move.invoice_line_ids.analytic_distribution = {
            f"{accounts[1].id},{accounts[0].id}": 100
        }
        self.assertEqual(
            self.proposals(move)[move],
            (self.chantier, True, "posted on the analytic account School"),
        )

    def test_by_the_sales_order(self):
        self.chantier.sale_order_reference = "S00012, S00015"
        move = self.make_invoice(5, 1000, invoice_origin="S00009,S00015")
        other = self.make_invoice(5, 1000, invoice_origin="S000150")
        if "sale.order" not in self.env:
            self.assertFalse(self.proposals(move)[move][0])
            # As where it is installed.
            self.patch(
                self.registry, "models", {**self.registry.models, "sale.order": None}
            )
        self.assertEqual(
            self.proposals(move)[move],
            (self.chantier, True, "made from the sales order S00015"),
        )
        self.assertFalse(self.proposals(other)[other][0])

    def test_a_credit_note_follows_the_invoice_it_credits(self):
        invoice = self.make_bill(1000)
        credit = self.make_credit_note(100)
        credit.reversed_entry_id = invoice
        self.assertEqual(
            self.proposals(credit)[credit],
            (self.chantier, True, "credits an invoice of this chantier"),
        )

    def test_the_only_chantier_is_proposed_but_not_ticked(self):
        site = self.make_chantier("Flat", partner_id=self.stranger.id)
        self.assertEqual(
            self.proposal(partner=self.stranger),
            (site, False, "the only chantier of this customer"),
        )
        site.copy({"name": "Flat 2"})
        self.assertEqual(
            self.proposal(partner=self.stranger),
            (
                self.env["btp.chantier"],
                False,
                "Nothing names a chantier: choose it.",
            ),
        )

    def test_two_named_none_is_chosen(self):
        chantier, ticked, evidence = self.proposal(ref="CH-2025-014 + CH-2025-015")
        self.assertFalse(chantier)
        self.assertFalse(ticked)
        self.assertIn("names “CH-2025-014” (CH-2025-014 – School)", evidence)
        self.assertIn("choose one", evidence)

    def test_another_customer_is_said_and_not_ticked(self):
        self.assertEqual(
            self.proposal(ref="CH-2025-014", partner=self.stranger),
            (
                self.chantier,
                False,
                "names “CH-2025-014”; but its customer is Promoteur Sud",
            ),
        )
        self.chantier.owner_id = self.stranger
        self.assertTrue(self.proposal(ref="CH-2025-014", partner=self.stranger)[1])

    def test_archived_chantiers_and_drafts_are_found_too(self):
        self.chantier.active = False
        move = self.make_invoice(5, 1000, ref="CH-2025-014")
        move.button_draft()
        self.assertEqual(self.proposals(move)[move][0], self.chantier)

    # === WHO IS ASKED ABOUT === #

    def test_only_customer_invoices_without_chantier(self):
        free = self.make_invoice(5, 1000, ref="CH-2025-014")
        taken = self.make_bill(1000, ref="CH-2025-015")
        cancelled = self.make_invoice(5, 1000, ref="CH-2025-014")
        cancelled.button_draft()
        cancelled.button_cancel()
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.customer.id,
                "ref": "CH-2025-014",
            }
        )
        moves = free | taken | cancelled | bill
        self.assertEqual(self.open(moves).line_ids.move_id, free)
        with self.assertRaisesRegex(UserError, "has its chantier already"):
            self.open(taken | bill)

    def test_from_the_chantier_only_what_is_about_it(self):
        ours = self.make_invoice(5, 1000, ref="CH-2025-014")
        self.make_invoice(5, 1000, ref="CH-2025-015")
        self.make_invoice(5, 1000)
        self.assertEqual(self.open(chantier=self.chantier).line_ids.move_id, ours)
        ours.btp_chantier_id = self.chantier
        with self.assertRaisesRegex(UserError, "No invoice without chantier"):
            self.open(chantier=self.chantier)

    def test_those_without_proposal_are_counted_beyond_a_page(self):
        self.patch(
            self.registry["btp.attach"],
            "_get_proposals",
            lambda *args, **kwargs: [
                {"move_id": move.id, "chantier_id": False} for move in moves
            ],
        )
        moves = [self.make_invoice(5, 1000)] * 83
        wizard = self.open(moves[0])
        self.assertEqual((len(wizard.line_ids), wizard.unknown_count), (80, 3))

    def test_a_thousand_invoices_cost_the_same_queries(self):
        moves = self.env["account.move"]
        for _rank in range(12):
            moves |= self.make_invoice(5, 1000, ref="CH-2025-014")

        def queries(found):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            lines = self.env["btp.attach"]._get_proposals(self.company, found)
            self.assertEqual(len(lines), len(found))
            return self.env.cr.sql_log_count - before

        queries(moves)  # What is read once stays in the cache.
        self.assertEqual(queries(moves[:1]), queries(moves))

    def test_the_action_menu_of_invoices(self):
        move = self.make_invoice(5, 1000, ref="CH-2025-014")
        action = self.env.ref("btp_relance.btp_attach_action").with_user(self.agent)
        opened = action.with_context(
            active_model="account.move", active_ids=move.ids, active_id=move.id
        ).run()
        wizard = self.env["btp.attach"].browse(opened["res_id"])
        self.assertEqual(wizard.line_ids.move_id, move)
        bindings = self.env["ir.actions.actions"]._get_bindings("account.move")
        self.assertIn(action.id, [bound["id"] for bound in bindings["action"]])

    # === WHAT IS WRITTEN === #

    def test_what_is_ticked_is_written_and_nothing_else(self):
        sure = self.make_invoice(5, 1000, ref="CH-2025-014")
        other = self.make_invoice(5, 500, ref="CH-2025-015")
        unsure = self.make_invoice(5, 200)
        moves = sure | other | unsure
        stored = [
            name
            for name, field in moves.line_ids._fields.items()
            if field.store and name not in ("write_date", "write_uid")
        ]
        entries = moves.line_ids.read(stored)
        states = [(move.state, move.name, move.amount_total) for move in moves]
        wizard = self.open(moves)
        lines = {line.move_id: line for line in wizard.line_ids}
        lines[other].selected = False
        lines[unsure].write({"chantier_id": self.second.id, "selected": True})
        self.assertEqual(wizard.selected_count, 2)
        action = wizard.action_attach()
        self.assertIn("2", action["params"]["message"])
        self.assertEqual(sure.btp_chantier_id, self.chantier)
        self.assertFalse(other.btp_chantier_id)
        self.assertEqual(unsure.btp_chantier_id, self.second)
        self.assertEqual(
            [(move.state, move.name, move.amount_total) for move in moves], states
        )
        self.env.invalidate_all()
        self.assertEqual(moves.line_ids.read(stored), entries)

    def test_an_invoice_attached_meanwhile_stays(self):
        move = self.make_invoice(5, 1000, ref="CH-2025-014")
        wizard = self.open(move)
        move.btp_chantier_id = self.second
        wizard.action_attach()
        self.assertEqual(move.btp_chantier_id, self.second)

    def test_nothing_ticked(self):
        wizard = self.open(self.make_invoice(5, 1000))
        with self.assertRaisesRegex(UserError, "Tick the invoices"):
            wizard.action_attach()

    def test_tick_all_and_none(self):
        site = self.make_chantier("Flat", partner_id=self.stranger.id)
        weak = self.make_invoice(5, 1000, partner=self.stranger)
        nothing = self.make_invoice(5, 1000)
        wizard = self.open(weak | nothing)
        wizard.action_select_all()
        self.assertEqual(wizard.selected_count, 1)
        wizard.action_select_none()
        self.assertEqual(wizard.selected_count, 0)
        wizard.action_select_all()
        wizard.action_attach()
        self.assertEqual(weak.btp_chantier_id, site)
        self.assertFalse(nothing.btp_chantier_id)

    # === WHO MAY === #

    def test_a_reader_may_not(self):
        move = self.make_invoice(5, 1000, ref="CH-2025-014")
        with self.assertRaises(AccessError):
            move.with_user(self.reader).action_btp_attach()
        wizard = self.open(move)
        with self.assertRaises(AccessError):
            wizard.with_user(self.reader).action_attach()
        other = self.make_user("other", "btp_relance.group_agent")
        with self.assertRaises(AccessError):
            wizard.with_user(other).action_attach()

    def test_companies_do_not_mix(self):
        other = self.setup_other_company(name="Durand Travaux")["company"]
        theirs = (
            self.env["btp.chantier"]
            .sudo()
            .create(
                {
                    "name": "Theirs",
                    "code": "CH-2025-099",
                    "partner_id": self.customer.id,
                    "company_id": other.id,
                }
            )
        )
        mine = self.make_invoice(5, 1000, ref="CH-2025-099 CH-2025-014")
        their_move = self.make_invoice(5, 1000, company=other, ref="CH-2025-014")
        self.assertEqual(self.proposals(mine)[mine][0], self.chantier)
        lines = self.env["btp.attach"]._get_proposals(other)
        found = {line["move_id"]: line["chantier_id"] for line in lines}
        self.assertNotIn(mine.id, found)
        self.assertNotEqual(found[their_move.id], self.chantier.id)
        with self.assertRaisesRegex(UserError, "one company at a time"):
            (mine | their_move).with_context(
                allowed_company_ids=(self.company | other).ids
            ).action_btp_attach()
        wizard = self.open(mine)
        with self.assertRaises(UserError):
            wizard.line_ids.sudo().chantier_id = theirs
