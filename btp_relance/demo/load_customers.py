# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The customers with their contacts."""

from datetime import timedelta

from odoo import Command

from . import identity
from .load_company import TZ
from .records import Customer, Plan

#: What sets some customers apart: values computed from today's date.
SPECIAL = {
    "mauges": lambda today: {"btp_insolvency_date": today - timedelta(days=70)},
    "guerin": lambda today: {
        "btp_no_reminder": True,
        "btp_no_reminder_reason": "Compensation avec ses factures en fin de trimestre",
        "btp_no_reminder_until": today + timedelta(days=45),
    },
}


class CustomerLoader:
    def __init__(self, env, setup):
        self.env = env
        self.setup = setup

    def load(self, plan: Plan) -> dict:
        """Return the partners by their keys in the plan."""
        tags = self._make_tags({customer.tag for customer in plan.customers})
        partners = self.env["res.partner"].create(
            [self._customer_values(customer, tags) for customer in plan.customers]
        )
        by_key = {
            customer.key: partner
            for customer, partner in zip(plan.customers, partners, strict=True)
        }
        for key, values in SPECIAL.items():
            by_key[key].write(values(plan.today))
        self._make_contacts(plan.customers, by_key)
        return by_key

    def _make_tags(self, names: set[str]) -> dict:
        tags = self.env["res.partner.category"].create(
            [{"name": name} for name in sorted(names)]
        )
        return {tag.name: tag for tag in tags}

    def _customer_values(self, customer: Customer, tags: dict) -> dict:
        values = {
            "name": customer.name,
            "company_type": "person" if customer.is_person else "company",
            "street": customer.street,
            "zip": customer.zip,
            "city": customer.city,
            "country_id": self.env.ref(f"base.{customer.country.lower()}").id,
            "email": customer.email,
            "phone": customer.phone,
            "lang": customer.lang,
            "tz": TZ,
            "comment": customer.note,
            "customer_rank": 1,
            "category_id": [Command.link(tags[customer.tag].id)],
            "property_payment_term_id": self.setup.terms[customer.term].id,
            "btp_regime": customer.regime,
            "btp_payer_segment": customer.payer,
        }
        if customer.country != "FR":
            # Works on a building in France are taxed in France (CGI 259 A, 2°).
            values["vat"] = identity.vat_ie(customer.serial)
            domestic = self.env["account.chart.template"].ref(
                "fiscal_position_template_domestic"
            )
            values["property_account_position_id"] = domestic.id
        elif customer.serial:
            values["company_registry"] = identity.siret(customer.serial)
            if customer.vat:
                values["vat"] = identity.vat_fr(customer.serial)
        return values

    def _make_contacts(self, customers: list[Customer], by_key: dict):
        self.env["res.partner"].create(
            [
                {
                    "parent_id": by_key[customer.key].id,
                    "name": contact.name,
                    "type": contact.kind,
                    "email": contact.email,
                    "phone": contact.phone,
                    "function": contact.function,
                    "lang": customer.lang,
                    "tz": TZ,
                }
                for customer in customers
                for contact in customer.contacts
            ]
        )
