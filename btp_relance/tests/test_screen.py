# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the screens show, and that an agent's rights are enough to see it."""

from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common import RelanceCommon


@tagged("post_install", "-at_install")
class TestScreen(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.agent = cls.make_user("agent", "btp_relance.group_agent")
        cls.chantier = cls.env["btp.chantier"].create(
            {"name": "School", "code": "S1", "partner_id": cls.customer.id}
        )

    def figures(self, user=None):
        """Return the figures above My Day by their label."""
        relance = self.env["btp.relance"].with_user(user or self.agent)
        return {
            figure["label"]: figure["value"]
            for figure in relance.with_context(lang="en_US").get_my_day()
        }

    # === MY DAY === #

    def test_figures_of_the_day(self):
        self.step(3).approval = "manual"
        self.make_invoice(late=5, amount=1000)
        other = self.make_customer("Syndic Nord")
        self.make_invoice(late=1, amount=500, partner=other)
        figures = self.figures()
        self.assertIn("1,500.00", figures["Overdue"])
        self.assertEqual(figures["To approve"], "0")
        self.assertEqual(figures["Next to leave"], "06/17/2025", "The next night.")
        self.plan()
        figures = self.figures()
        self.assertEqual(figures["To approve"], "1")
        self.assertEqual(figures["Next to leave"], "06/18/2025", "J+3 of the other.")
        self.approve_all()
        self.dispatch()
        figures = self.figures()
        self.assertEqual((figures["To approve"], figures["Sent today"]), ("0", "1"))

    def test_figures_need_an_agent(self):
        clerk = self.make_user("clerk", "account.group_account_invoice")
        with self.assertRaises(AccessError):
            self.figures(clerk)

    def test_the_way_to_switch_on_is_shown_to_who_may(self):
        self.company.btp_relance_active = False
        label = "Reminders are not switched on"
        self.assertEqual(self.figures()[label], "–")
        boss = self.make_user("boss", "btp_relance.group_manager")
        self.assertEqual(self.figures(boss)[label], "First Activation")

    def test_what_each_figure_opens_exists(self):
        for figure in self.env["btp.relance"].with_user(self.agent).get_my_day():
            self.assertTrue(self.env.ref(figure["action"]))

    # === A REMINDER === #

    def test_card_tells_chantier_and_last_contact(self):
        self.make_invoice(late=5, amount=1000, btp_chantier_id=self.chantier.id)
        self.make_invoice(late=2, amount=500)
        first = self.run_day()
        self.assertEqual(first.chantier_id, self.chantier)
        self.assertFalse(first.last_contact, "A first contact has none before it.")
        self.step(10).channel = "call"
        call = self.run_day(day=8)
        self.assertIn("E-mail", call.last_contact)
        call.sudo()._record_call("no_answer", "Rings out")
        self.assertIn("No answer · Rings out", call.last_contact)

    def test_an_agent_reads_all_of_a_sent_reminder(self):
        self.make_invoice(late=5, amount=1000)
        relance = self.run_day().with_user(self.agent)
        self.assertEqual(relance.state, "sent")
        view = relance.get_view(view_type="form")
        values = relance.read(list(view["models"]["btp.relance"]))[0]
        self.assertEqual(values["subject"], "Reminder from Martin Bâtiment")
        self.assertIn("Dear Promoteur Sud", values["preview"])
        self.assertIn("Step 3", values["why"])

    def test_a_message_that_cannot_be_rendered_breaks_no_screen(self):
        self.step(3).approval = "manual"
        self.make_invoice(late=5, amount=1000)
        relance = self.plan().with_user(self.agent)

        def fail(*_args):
            raise ValueError

        self.patch(self.registry["btp.relance.channel.email"], "_render", fail)
        self.assertFalse(relance.subject)
        self.assertIn("This message cannot be shown", relance.preview)
        action = relance.action_preview()
        self.assertEqual((action["res_id"], action["target"]), (relance.id, "new"))

    def test_letter(self):
        self.step(3).write({"channel": "registered", "approval": "manual"})
        self.make_invoice(late=5, amount=1000)
        relance = self.plan().with_user(self.agent)
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "btp_relance.btp_relance_letter_action", relance.ids
        )
        self.assertIn("Dear Promoteur Sud", html.decode())

    # === RIGHTS === #

    def test_every_menu_opens_for_who_sees_it(self):
        manager = self.make_user("boss", "btp_relance.group_manager")
        roots = self.env.ref("btp_relance.menu_btp_relance")
        roots += self.env.ref("btp_relance.menu_reporting")
        for user in (self.agent, manager):
            menus = self.env["ir.ui.menu"].with_user(user)
            visible = menus.search(
                [("id", "child_of", roots.ids)]
            )._filter_visible_menus()
            self.assertIn(self.env.ref("btp_relance.menu_my_day"), visible)
            self.assertIn(self.env.ref("btp_relance.menu_event"), visible)
            self.assertEqual(
                self.env.ref("btp_relance.menu_configuration") in visible,
                user == manager,
            )
            for menu in visible.sudo():
                action = menu.action
                if action and action._name == "ir.actions.act_window":
                    model = self.env[action.res_model].with_user(user)
                    modes = action.view_mode.split(",")
                    model.get_views([(False, mode) for mode in modes])

    def test_one_button_says_that_a_letter_was_posted(self):
        view = self.env["btp.relance"].get_view(view_type="form")
        header = etree.fromstring(view["arch"]).find("header")
        buttons = header.xpath("button[@string='Letter Posted']")
        for channel in ("letter", "registered", "call", "email"):
            values = {
                "state": "assigned",
                "channel": channel,
                "posting_provider": "print",
                "snail_state": False,
            }
            shown = [
                button
                for button in buttons
                if not safe_eval(button.get("invisible"), values)
            ]
            with self.subTest(channel):
                self.assertEqual(len(shown), channel in ("letter", "registered"))
