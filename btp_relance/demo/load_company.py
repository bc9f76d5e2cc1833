# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company: who it is, its chart of accounts, terms, taxes, bank and people."""

import base64

from odoo import Command
from odoo.tools import file_open

from . import identity
from .terms import TERMS

LANG, FOREIGN_LANG, TZ = "fr_FR", "en_GB", "Europe/Paris"
DOMAIN = "bati-loire.test"
SERIAL = 4207716

COMPANY = {
    "name": "Bâti Loire Construction",
    "street": "15 rue des Carriers",
    "zip": "44300",
    "city": "Nantes",
    "phone": "+33 2 61 91 30 00",
    "email": f"recouvrement@{DOMAIN}",
    "website": f"https://www.{DOMAIN}",
    "vat": identity.vat_fr(SERIAL),
    "company_registry": identity.siret(SERIAL),
    "btp_legal_form": "SARL au capital de 120 000 €",
    "btp_registration": f"RCS Nantes {identity.spaced(identity.siren(SERIAL))}",
}
#: Drawn from logo.svg, twice as large as it shows.
LOGO = "btp_relance/demo/logo.png"
IBAN = identity.iban_fr("00420771601")

#: login (and password): name, e-mail, phone, groups
USERS = {
    "nadia": ("Nadia Cherfi", "+33 2 61 91 30 12", ("btp_relance.group_agent",)),
    "helene": (
        "Hélène Kervella",
        "+33 2 61 91 30 01",
        ("btp_relance.group_manager", "account.group_account_manager"),
    ),
    "yann": ("Yann Le Goff", "+33 6 39 98 30 21", ("btp_relance.group_site_manager",)),
    "samir": ("Samir Benali", "+33 6 39 98 30 22", ("btp_relance.group_site_manager",)),
}

#: Kind of income -> account of the French chart.
INCOME = {"works": "704000", "rental": "708300", "study": "705000"}
#: Tax of the plan -> tax of the French chart. Option for the "débits": VAT at invoicing.
TAXES = {"v20": "tva_normale", "v10": "tva_intermediaire"}
REVERSE_CHARGE = "Autoliquidation BTP"
REVERSE_NOTE = "Autoliquidation de la TVA – article 283, 2 nonies du CGI"


def refresh_statistics(env):
    """Tell PostgreSQL what was just written: no other process can see it yet, and a planner
    that takes the ledger for an empty one reads all of it again for each row.

    :param env: the environment of the loader
    """
    env.flush_all()
    env.cr.execute(
        "ANALYZE account_move, account_move_line, account_payment, res_partner,"
        " account_partial_reconcile, account_full_reconcile, account_move__account_payment,"
        " account_move_line_account_tax_rel, btp_chantier, btp_document, btp_document_requirement,"
        " btp_relance, btp_relance_line"
    )


class CompanyLoader:
    """Prepares the company and keeps what the other loaders need.

    :ivar company: the demo company
    :ivar env: environment in that company, in French
    :ivar dict users: by login
    :ivar dict terms, taxes, income: by the keys of the plan
    :ivar bank: the bank journal
    """

    def __init__(self, env):
        self.env = env

    def load(self) -> "CompanyLoader":
        for lang in (LANG, FOREIGN_LANG):
            self.env["res.lang"]._activate_and_install_lang(lang)
        self.company = self._make_company()
        self.env["account.chart.template"].try_loading("fr", self.company)
        # As the plan does: one rounding for the tax of the whole invoice.
        self.company.tax_calculation_rounding_method = "round_globally"
        self.env = self.env(
            context={
                **self.env.context,
                "lang": LANG,
                "allowed_company_ids": self.company.ids,
            }
        )
        self.company = self.company.with_env(self.env)
        self.users = self._make_users()
        self.terms = self._make_terms()
        self.taxes = self._make_taxes()
        self.company.btp_reverse_charge_tax_id = self.taxes["reverse"]
        self.income = {
            kind: self.env["account.account"].search([("code", "=", code)])
            for kind, code in INCOME.items()
        }
        self.bank = self._make_bank()
        self._make_provider()
        return self

    def _make_company(self):
        """Return the main company when it is still free, else a new one."""
        company = self.env.ref("base.main_company")
        euro = self.env.ref("base.EUR")
        euro.active = True
        with file_open(LOGO, "rb") as picture:
            logo = base64.b64encode(picture.read())
        values = {
            **COMPANY,
            "logo": logo,
            "country_id": self.env.ref("base.fr").id,
            "state_id": False,
            "currency_id": euro.id,
            # Switched on once its invoices are there.
            "btp_follow_documents": False,
            "btp_hourly_rate": 32,
            "btp_fee_sms": 0.08,
            "btp_fee_letter": 1.6,
            "btp_fee_registered": 7.5,
        }
        if company._existing_accounting():
            company = self.env["res.company"].create(values)
        else:
            company.write(values)
        company.partner_id.write({"lang": LANG, "tz": TZ})
        if not company.alias_domain_id:
            domains = self.env["mail.alias.domain"]
            company.alias_domain_id = domains.search(
                [("name", "=", DOMAIN)], limit=1
            ) or domains.create({"name": DOMAIN})
        return company

    def _make_users(self) -> dict:
        users = {}
        for login, (name, phone, groups) in USERS.items():
            values = {
                "name": name,
                "login": login,
                "email": f"{login}@{DOMAIN}",
                "phone": phone,
                "group_ids": [Command.link(self.env.ref(group).id) for group in groups],
                "company_ids": [Command.link(self.company.id)],
                "company_id": self.company.id,
                "lang": LANG,
                "tz": TZ,
                "notification_type": "inbox",
            }
            user = self.env["res.users"].search([("login", "=", login)])
            if user:
                user.company_ids |= self.company
            else:
                user = user.create({**values, "password": login})
            users[login] = user
        self.env.ref("base.user_admin").write(
            {
                "company_ids": [Command.link(self.company.id)],
                "company_id": self.company.id,
                "lang": LANG,
                "tz": TZ,
            }
        )
        return users

    def _make_terms(self) -> dict:
        terms = self.env["account.payment.term"].create(
            [
                {
                    "name": term.name,
                    "note": f"Conditions de règlement : {term.name}",
                    "company_id": self.company.id,
                    "line_ids": [
                        Command.create(
                            {
                                "value": "percent",
                                "value_amount": part.percent,
                                "nb_days": part.days,
                                "delay_type": "days_after_end_of_month"
                                if part.end_of_month
                                else "days_after",
                            }
                        )
                        for part in term.parts
                    ],
                }
                for term in TERMS.values()
            ]
        )
        return dict(zip(TERMS, terms, strict=True))

    def _make_taxes(self) -> dict:
        chart = self.env["account.chart.template"].with_company(self.company)
        taxes = {key: chart.ref(name) for key, name in TAXES.items()}
        taxes["reverse"] = chart.ref("tva_sale_good_0").copy(
            {
                "name": REVERSE_CHARGE,
                "invoice_label": "TVA 0 % (autoliquidation)",
                "invoice_legal_notes": REVERSE_NOTE,
            }
        )
        for tax in taxes.values():
            tax.active = True
        return taxes

    def _make_provider(self):
        """Let customers pay online with Odoo's demo provider, where it is installed."""
        demo = self.env.ref("payment.payment_provider_demo", raise_if_not_found=False)
        if demo and demo.module_state == "installed":
            methods = demo.with_context(active_test=False).payment_method_ids
            provider = demo.copy(
                {
                    "company_id": self.company.id,
                    "payment_method_ids": [Command.set(methods.ids)],
                    "is_published": True,
                }
            )
            provider.write({"state": "test", "journal_id": self.bank.id})

    def _make_bank(self):
        """Return the bank journal, on which payments land without a waiting account."""
        journal = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        bank = self.env["res.bank"].create(
            {"name": "Banque des Deux Rives", "bic": "BDDRFR2NXXX"}
        )
        journal.bank_account_id = self.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "bank_id": bank.id,
                "partner_id": self.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        lines = journal.inbound_payment_method_line_ids
        lines.payment_account_id = journal.default_account_id
        # What bank entries are called.
        lines.name = "Virement"
        return journal
