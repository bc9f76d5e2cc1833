# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may read and do what; every screen opens for those who work with it."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.models import MAGIC_COLUMNS
from odoo.tests import tagged

from .common import RelanceCommon

AGENT = "btp_relance.group_agent"
MANAGER = "btp_relance.group_manager"
#: Models that only people who send reminders may read.
CLOSED = (
    "btp.echeance",
    "btp.relance",
    "btp.relance.line",
    "btp.relance.event",
    "btp.relance.step",
    "btp.relance.rule",
    "btp.relance.forecast",
    "btp.relance.activation",
    "btp.relance.outcome",
)
CONFIGURATION = ("btp.relance.scenario", "btp.relance.step", "btp.relance.rule")
OPERATIONS = ("read", "write", "create", "unlink")


@tagged("post_install", "-at_install")
class TestAccess(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.agent = cls.make_user("agent", AGENT)
        cls.manager = cls.make_user("manager", MANAGER)
        cls.clerk = cls.make_user("clerk", "account.group_account_invoice")
        cls.mason = cls.make_user("mason", "base.group_user")

    def rights(self, model, user):
        """Return the operations that ``user`` may do on a model."""
        model = self.env[model].with_user(user)
        return {operation for operation in OPERATIONS if model.has_access(operation)}

    # === RIGHTS === #

    def test_who_only_invoices_or_only_works_here_knows_nothing_of_reminders(self):
        for user in (self.clerk, self.mason):
            for model in CLOSED:
                self.assertEqual(self.rights(model, user), set(), (model, user.login))

    def test_an_agent_reads_everything_and_sets_nothing_up(self):
        for model in CONFIGURATION:
            self.assertEqual(self.rights(model, self.agent), {"read"}, model)
        for model in ("btp.echeance", "btp.relance.line", "btp.relance.event"):
            self.assertEqual(self.rights(model, self.agent), {"read"}, model)
        self.assertEqual(self.rights("btp.relance", self.agent), {"read", "write"})
        self.assertEqual(self.rights("btp.relance.activation", self.agent), set())

    def test_a_manager_sets_scenarios_up_but_rewrites_no_history(self):
        for model in CONFIGURATION:
            self.assertEqual(self.rights(model, self.manager), set(OPERATIONS), model)
        for model in ("btp.echeance", "btp.relance.line", "btp.relance.event"):
            self.assertEqual(self.rights(model, self.manager), {"read"}, model)

    def test_a_state_is_never_typed_in(self):
        self.step(3).approval = "manual"
        self.make_invoice()
        relance = self.plan()
        for user in (self.agent, self.manager):
            mine = relance.with_user(user)
            for name in sorted(relance._fields):
                field = relance._fields[name]
                if field.store and field.readonly and name not in MAGIC_COLUMNS:
                    with self.subTest(name), self.assertRaises(AccessError):
                        mine.write({name: False})
            with self.assertRaises(AccessError):
                mine.write({"state": "approved"})
            with self.assertRaises(AccessError):
                mine.unlink()
            with self.assertRaises(AccessError):
                mine.copy()
        self.assertEqual(relance.state, "proposed")

    def test_an_agent_does_their_day(self):
        self.step(3).write({"approval": "manual", "channel": "call"})
        contact = self.make_customer("Comptable", parent_id=self.customer.id)
        self.make_invoice()
        relance = self.plan().with_user(self.agent)
        relance.write({"contact_id": contact.id, "user_id": self.agent.id})
        relance.message_post(body="They will call back")
        self.assertTrue(relance.preview)
        relance.action_approve()
        self.dispatch()
        self.assertEqual(relance.state, "assigned")
        relance.activity_schedule("mail.mail_activity_data_todo", user_id=self.agent.id)
        self.env["btp.relance.outcome"].with_user(self.agent).create(
            {"relance_id": relance.id, "outcome": "promise"}
        ).action_confirm()
        relance.action_mark_read()
        self.assertEqual(relance.state, "sent")

    def test_the_engine_is_closed_to_remote_calls(self):
        engine = self.env["btp.relance.engine"]
        for name in dir(type(engine)):
            if name in ("plan", "dispatch", "run_daily"):
                method = getattr(type(engine), name)
                self.assertTrue(getattr(method, "_api_private", False), name)

    # === WHAT EVERYBODY ELSE DOES === #

    def test_our_fields_of_partners_and_invoices_are_read_by_those_who_see_them(self):
        move = self.make_invoice()
        self.run_day()
        portal = self.make_user("client", "base.group_portal")
        for record, users in (
            (self.customer, (self.mason, self.clerk, self.agent, self.manager)),
            (move, (self.clerk, self.agent, self.manager)),
            (self.company, (self.mason, self.clerk, self.agent, self.manager)),
            (portal.partner_id, (portal,)),
        ):
            for user in users:
                mine = record.with_user(user)
                names = [name for name in mine.fields_get() if name.startswith("btp_")]
                with self.subTest(record=record, user=user.login):
                    mine.read(names)

    def test_what_we_think_of_a_customer_is_not_for_their_portal_account(self):
        portal = self.make_user("client", "base.group_portal")
        mine = portal.partner_id.with_user(portal)
        names = [name for name in mine.fields_get() if name.startswith("btp_")]
        self.assertEqual(names, ["btp_regime"])
        with self.assertRaises(AccessError):
            mine.read(["btp_payer_segment"])

    def test_an_invoice_is_duplicated_without_its_own_exceptions(self):
        move = self.make_invoice(
            btp_no_reminder=True,
            btp_legal_file=True,
            btp_scenario_id=self.scenario.id,
        )
        copy = move.with_user(self.clerk).copy()
        self.assertFalse(copy.btp_no_reminder or copy.btp_legal_file)
        self.assertFalse(copy.btp_scenario_id)

    def test_who_invoices_makes_chantiers_and_an_accountant_s_reader_reads_them(self):
        site = (
            self.env["btp.chantier"]
            .with_user(self.clerk)
            .create({"name": "Ecole", "code": "E-1", "partner_id": self.customer.id})
        )
        self.assertEqual(site.display_name, "E-1 – Ecole")
        self.make_invoice(btp_chantier_id=site.id)
        self.assertEqual(site.move_count, 1)
        reader = self.make_user("reader", "account.group_account_readonly")
        self.assertEqual(site.with_user(reader).name, "Ecole")
        self.assertEqual(self.rights("btp.chantier", reader), {"read"})

    # === SCREENS === #

    def models(self):
        return [
            model
            for model in self.registry
            if model.startswith("btp.") and not self.registry[model]._abstract
        ]

    def views(self, model):
        """Return the kinds of views made for a model."""
        found = self.env["ir.ui.view"].sudo().search([("model", "=", model)])
        return sorted(set(found.mapped("type")))

    def test_every_view_loads_for_those_who_may_read_its_model(self):
        for model in self.models():
            for user in (self.agent, self.manager):
                records = self.env[model].with_user(user)
                if records.has_access("read"):
                    with self.subTest(model=model, user=user.login):
                        kinds = self.views(model) or ["form", "list"]
                        found = records.get_views([(False, kind) for kind in kinds])
                        self.assertEqual(set(found["views"]), set(kinds))

    def test_the_screens_of_odoo_load_for_everybody(self):
        for user in (self.agent, self.manager, self.clerk):
            self.env["account.move"].with_user(user).get_views(
                [(False, "form"), (False, "list"), (False, "search")]
            )
        for user in (self.agent, self.manager, self.clerk, self.mason):
            self.env["res.partner"].with_user(user).get_views(
                [(False, "form"), (False, "list"), (False, "search"), (False, "kanban")]
            )
        admin = self.env.ref("base.user_admin")
        admin.company_ids = [Command.link(self.company.id)]
        self.env["res.config.settings"].with_user(admin).get_views([(False, "form")])

    def test_every_menu_opens_something_that_its_users_may_read(self):
        menus = self.env["ir.ui.menu"].with_user(self.agent).load_menus(False)
        xmlids = [menu for menu in menus.values() if menu.get("xmlid")]
        ours = [menu for menu in xmlids if menu["xmlid"].startswith("btp_relance.")]
        self.assertTrue(ours)
        for menu in ours:
            if menu["action_model"] == "ir.actions.act_window":
                action = self.env[menu["action_model"]].browse(menu["action_id"])
                model = self.env[action.sudo().res_model].with_user(self.agent)
                self.assertTrue(model.has_access("read"), menu["xmlid"])

    def test_the_buttons_of_a_customer_and_an_invoice_open_their_reminders(self):
        move = self.make_invoice()
        relance = self.run_day()
        for record in (self.customer, move):
            mine = record.with_user(self.agent)
            self.assertEqual(mine.btp_relance_count, 1)
            action = mine.action_view_btp_relances()
            found = self.env[action["res_model"]].search(action["domain"])
            self.assertEqual(found, relance)
        found = self.echeances(move).with_user(self.agent)
        action = found.action_view_relances()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]), relance
        )
        self.assertEqual(found.action_open_move()["res_id"], move.id)
