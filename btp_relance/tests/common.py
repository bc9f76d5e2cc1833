# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A small company that owes nothing to the demo data nor to the date of the day."""

from contextlib import contextmanager
from datetime import timedelta

from odoo import SUPERUSER_ID, Command, api
from odoo.tests import HttpCase

from odoo.addons.mail.tests.common import MailCommon

from .company_common import CompanyCommon
from .daily_job import TODAY, DailyJob


class RelanceCommon(DailyJob, CompanyCommon, MailCommon):
    """A scenario J−7, J+3, J+10, J+20, J+35, one customer, and factories."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.name = "Martin Bâtiment"
        cls.company.email = "compta@martin.example"
        # Whatever else the database holds stays out of the way.
        cls.env["res.company"].sudo().search([]).btp_relance_active = False
        others = cls.env["btp.relance"].sudo().search([("state", "=", "approved")])
        others.write({"state": "proposed"})
        cls.template = cls.make_template()
        cls.scenario = cls.make_scenario()
        cls.switch_on(cls.company)
        cls.customer = cls.make_customer("Promoteur Sud")

    @classmethod
    def _activate_multi_company(cls):
        """Make none of the companies and people that no test of ours asks for: it takes a second.

        All that is left of them is the euro, which the Belgian one would switch on.
        """
        euro = cls.env.ref("base.EUR")
        if not euro.active:
            euro.active = True

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.env.ref("btp_relance.group_manager")

    # === FACTORIES === #

    @classmethod
    def switch_on(cls, company, **values):
        """Switch reminders on, nothing capped unless the test says so."""
        company.sudo().write(
            {
                "btp_relance_active": True,
                "btp_default_scenario_id": cls.scenario.id,
                "btp_min_contact_gap": 0,
                "btp_min_amount": 0,
                "btp_follow_documents": False,
                **values,
            }
        )

    @classmethod
    def make_template(cls, **values):
        """Return a message whose text names the company, the customer and the total."""
        templates = cls.env["mail.template"].sudo()
        # The text that all tests share is not tried on a made-up case for each class.
        made = templates.with_context(install_mode=not values).create(
            {
                "name": "Test message",
                "model_id": cls.env["ir.model"]._get_id("btp.relance"),
                "email_from": "{{ object.company_id.email_formatted }}",
                "partner_to": "{{ object.contact_id.id }}",
                "use_default_to": False,
                "lang": "{{ object.contact_id.lang }}",
                "subject": "Reminder from {{ object.company_id.name }}",
                "body_html": "<p>Dear <t t-out='object.contact_id.name'/>:"
                " <t t-out='object.amount_due'/></p>",
                "auto_delete": True,
                **values,
            }
        )
        return made.with_env(templates.env)

    @classmethod
    def make_scenario(cls, steps=None, name="Test scenario", **values):
        """Return a scenario; ``steps`` is a list of ``(days, values)``."""
        if steps is None:
            by_hand = {"approval": "manual", "channel": "registered"}
            steps = [
                (-7, {"tone": "preventive"}),
                (3, {"tone": "factual"}),
                (10, {"tone": "firm"}),
                (20, {"tone": "final", **by_hand}),
                (35, {"tone": "formal", **by_hand}),
            ]
        return cls.env["btp.relance.scenario"].create(
            {
                "name": name,
                "step_ids": [
                    Command.create(cls.step_values(days, **step_values))
                    for days, step_values in steps
                ],
                **values,
            }
        )

    @classmethod
    def step_values(cls, days, **values):
        """Return the values of a step that leaves by itself, by e-mail."""
        return {
            "name": f"Step {days}",
            "days": days,
            "tone": "factual",
            "channel": "email",
            "approval": "auto",
            "template_id": cls.template.id,
            "min_gap_days": 3,
            **values,
        }

    @classmethod
    def add_thanks(cls, scenario=None, **values):
        """Add the step that thanks for a payment."""
        return cls.env["btp.relance.step"].create(
            {
                **cls.step_values(0, name="Thanks", kind="thanks", tone="courteous"),
                "scenario_id": (scenario or cls.scenario).id,
                **values,
            }
        )

    @classmethod
    def make_customer(cls, name, **values):
        """Return a customer that every channel reaches."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": f"{name.lower().replace(' ', '.')}@customer.example",
                "phone": "+33 1 44 00 00 00",
                "street": "1 rue du Port",
                "zip": "13002",
                "city": "Marseille",
                "lang": "en_US",
                "property_account_receivable_id": cls.company_data[
                    "default_account_receivable"
                ].id,
                **values,
            }
        )

    @classmethod
    def make_user(cls, login, *groups, **values):
        """Return a user of the company in the groups given by their xml ids."""
        return (
            cls.env["res.users"]
            .sudo()
            .create(
                {
                    "name": login.title(),
                    "login": login,
                    "email": f"{login}@martin.example",
                    "company_id": cls.company.id,
                    "company_ids": [Command.set(cls.company.ids)],
                    "group_ids": [
                        Command.set([cls.env.ref(group).id for group in groups])
                    ],
                    **values,
                }
            )
        )

    @classmethod
    def make_invoice(cls, late=5, amount=1000.0, partner=None, **values):
        """Return a posted invoice that is ``late`` days past due on `TODAY`."""
        due = TODAY - timedelta(days=late)
        company = values.pop("company", cls.company)
        move = (
            cls.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": (partner or cls.customer).id,
                    "invoice_date": min(due, TODAY) - timedelta(days=30),
                    "invoice_date_due": due,
                    "invoice_payment_term_id": False,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": "Works",
                                "quantity": 1,
                                "price_unit": amount,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        move.action_post()
        return move

    @classmethod
    def make_credit_note(cls, amount=100.0, partner=None, **values):
        """Return a posted credit note that nothing is matched with."""
        return cls.make_invoice(0, amount, partner, move_type="out_refund", **values)

    @classmethod
    def give_history(cls):
        """Let the ledger begin more than a year ago, with an invoice of nothing.

        Days of sales are over the days that a ledger holds.
        """
        day = TODAY - timedelta(days=500)
        cls.make_invoice(500, 0, invoice_date=day)

    @classmethod
    def make_terms(cls, *percents, every=30):
        """Return payment terms: percentages due each ``every`` days from the invoice."""
        return cls.env["account.payment.term"].create(
            {
                "name": "Instalments",
                "line_ids": [
                    Command.create(
                        {
                            "value": "percent",
                            "value_amount": percent,
                            "nb_days": every * rank,
                        }
                    )
                    for rank, percent in enumerate(percents)
                ],
            }
        )

    def pay(self, moves, amount=None, **values):
        """Register a payment as people do. Returns the payments."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"payment_date": self.today, **values})
        )
        if amount is not None:
            wizard.amount = amount
            wizard.payment_difference_handling = "open"
        return wizard._create_payments()


class BrowserTwice:
    """A test that drives Chromium runs once more when it fails, and the report names it.

    On a busy machine Chromium now and then never opens the storage of a page, whose scripts wait
    for it for ever. A fault of ours fails both times.
    """

    # What Odoo reads from `ODOO_TEST_FAILURE_RETRIES`, for these tests alone.
    _tests_run_count = 2


class RelanceHttpCommon(RelanceCommon, HttpCase):
    """The same with a web server: it is in test mode already."""

    @contextmanager
    def scheduler(self):
        """Give the engine; a browser test lets it commit as it is."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})["btp.relance.engine"]
