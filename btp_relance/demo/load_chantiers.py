# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The chantiers with their contracts, avenants, OS and the people around them."""

from datetime import date

from odoo import Command

from .contracts import (
    BASE_INDEX,
    INDEX,
    PARTIES,
    Contract,
    ago,
    contract,
    is_revised,
    is_subcontract,
    situation_terms,
)
from .load_company import LANG, TZ
from .records import Chantier, Plan, money
from .terms import month_end, working_day


class ChantierLoader:
    def __init__(self, env, setup, partners: dict):
        self.env = env
        self.setup = setup
        self.partners = partners

    def load(self, plan: Plan) -> dict:
        """Return the chantiers by their keys in the plan."""
        customers = {customer.key: customer for customer in plan.customers}
        parties = self._make_parties()
        chantiers = self.env["btp.chantier"].create(
            [
                {
                    **self._identity(chantier),
                    **self._contract(
                        chantier, customers[chantier.customer], plan.today
                    ),
                    **self._dates(chantier, contract(chantier), plan.today),
                    "owner_id": parties.get(contract(chantier).owner),
                    "moe_id": parties.get(contract(chantier).moe),
                }
                for chantier in plan.chantiers
            ]
        )
        return {
            chantier.key: record
            for chantier, record in zip(plan.chantiers, chantiers, strict=True)
        }

    def _make_parties(self) -> dict:
        parties = self.env["res.partner"].create(
            [
                {
                    "name": party.name,
                    "company_type": "company",
                    "street": "1 place de la Maîtrise-d'Œuvre",
                    "zip": "44000",
                    "city": party.city,
                    "country_id": self.env.ref("base.fr").id,
                    "email": party.email,
                    "lang": LANG,
                    "tz": TZ,
                }
                for party in PARTIES.values()
            ]
        )
        return dict(zip(PARTIES, parties.ids, strict=True))

    def _identity(self, chantier: Chantier) -> dict:
        return {
            "code": chantier.code,
            "name": chantier.name,
            "company_id": self.setup.company.id,
            "partner_id": self.partners[chantier.customer].id,
            "user_id": self.setup.users[chantier.manager].id,
            "city": chantier.city,
        }

    def _contract(self, chantier: Chantier, customer, today: date) -> dict:
        terms = contract(chantier)
        advance = money(chantier.amount * chantier.advance / 100)
        reckoned = situation_terms(chantier, customer, advance)
        signed = month_end(today, chantier.start + 2)
        values = {
            "role": "subcontractor" if is_subcontract(customer) else "titulaire",
            "contract_reference": f"M-{chantier.code}",
            "contract_date": signed,
            "contract_amount": float(chantier.amount),
            "advance_amount": float(advance),
            "advance_refund_start": float(reckoned.refund_start),
            "advance_refund_end": float(reckoned.refund_end),
            "retention_regime": "retention" if terms.retained else "none",
            "prorata_rate": float(terms.prorata),
            "avenant_ids": [
                Command.create(
                    {
                        "number": rank,
                        "name": subject,
                        "amount": amount,
                        "signed_on": ago(today, days),
                    }
                )
                for rank, (subject, amount, days) in enumerate(terms.avenants, 1)
            ],
        }
        if is_revised(chantier, customer):
            values |= {
                "is_revised": True,
                "revision_index_name": INDEX,
                "revision_index_base": float(BASE_INDEX),
            }
        if customer.regime.startswith("public"):
            values |= {
                "engagement_number": chantier.code.replace("-", "EJ"),
                "service_code": "TRAVAUX",
            }
        return values

    def _dates(self, chantier: Chantier, terms: Contract, today: date) -> dict:
        start = working_day(month_end(today, chantier.start + 1))
        bond = ago(today, terms.bond)
        return {
            "date_start": start,
            "os_ids": [
                Command.create(
                    {
                        "number": "1",
                        "kind": "start",
                        "issued_on": start,
                        "received_on": start,
                        "description": "Démarrage des travaux",
                    }
                )
            ],
            "date_reception": ago(today, terms.reception),
            "date_completed": ago(today, terms.reception),
            "has_reserves": terms.reserves,
            "date_reserves_lifted": ago(today, terms.lifted),
            "date_substituted": bond,
            "bond_guarantor": bond and "Banque des Deux Rives",
            "date_dgd": ago(today, terms.dgd),
        }
