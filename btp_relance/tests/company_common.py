# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class CompanyCommon(AccountTestInvoicingCommon):
    """A company with accounts, and nothing else: each class waits for what is made here.

    Odoo's own tests also get products, taxes, terms, journals and people, which ours never
    look at.
    """

    @classmethod
    def setUpClass(cls):
        super(AccountTestInvoicingCommon, cls).setUpClass()
        cls.company_data = cls.collect_company_accounting_data(cls.env.company)
        # As there, a payment by bank waits on an account of its own.
        bank = cls.company_data["default_journal_bank"]
        cls.inbound_payment_method_line = bank.inbound_payment_method_line_ids[:1]
        chart = cls.env["account.chart.template"]
        for line, side in (
            (cls.inbound_payment_method_line, "debit"),
            (bank.outbound_payment_method_line_ids[:1], "credit"),
        ):
            line.payment_account_id = chart.ref(
                f"account_journal_payment_{side}_account_id", raise_if_not_found=False
            )

    @classmethod
    def setup_independent_company(cls, **kwargs):
        """Take the company that the run made once: loading its accounts takes seconds."""
        if not (kwargs or cls.chart_template or cls.country_code):
            companies = cls.env["res.company"].sudo()
            named = [("name", "=", "Company of the tests")]
            if ready := companies.search(named, limit=1):
                cls.env.user.company_ids = [Command.link(ready.id)]
                return ready.with_env(cls.env)
        return super().setup_independent_company(**kwargs)

    @classmethod
    def collect_company_accounting_data(cls, company):
        """Look up what tests of ours ask for: Odoo's own makes three more journals each time."""
        accounts = cls.env["account.account"].with_company(company)
        mine = accounts._check_company_domain(company)

        def account(kind, *more):
            domain = [*mine, ("account_type", "=", kind), *more]
            return accounts.search(domain, limit=1)

        def journal(kind):
            domain = [("company_id", "=", company.id), ("type", "=", kind)]
            return cls.env["account.journal"].search(domain, limit=1)

        gain = company.account_journal_early_pay_discount_gain_account_id
        loss = company.account_journal_early_pay_discount_loss_account_id
        partners = cls.env["res.partner"].with_company(company)
        receivable = partners._fields["property_account_receivable_id"]
        return {
            "company": company,
            "currency": company.currency_id,
            "default_account_revenue": account("income", ("id", "!=", gain.id)),
            "default_account_expense": account("expense", ("id", "!=", loss.id)),
            "default_account_receivable": receivable.get_company_dependent_fallback(
                partners
            ),
            "default_account_payable": account("liability_payable"),
            "default_journal_misc": journal("general"),
            "default_journal_sale": journal("sale"),
            "default_journal_purchase": journal("purchase"),
            "default_journal_bank": journal("bank"),
            "default_tax_sale": company.account_sale_tax_id,
            "default_tax_purchase": company.account_purchase_tax_id,
        }
