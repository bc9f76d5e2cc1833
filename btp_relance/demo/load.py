# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes the plan through Odoo's own accounting."""

import base64
import logging
import time
from datetime import UTC, datetime, timedelta

from odoo import fields

from ..engine.interest import semester
from ..engine.signing import make_certificate
from . import (
    load_agreed,
    load_answers,
    load_disputes,
    load_documents,
    load_escalations,
    load_history,
)
from .load_chantiers import ChantierLoader
from .load_company import CompanyLoader, refresh_statistics
from .load_customers import CustomerLoader
from .load_moves import MoveLoader
from .load_payments import PaymentLoader
from .plan import build_plan

_logger = logging.getLogger(__name__)

#: Module part of the external ids: not the addon's, whose records go with it.
NAMESPACE = "__btp_demo__"

TEST_CERTIFICATE = "TEST – sans valeur juridique"

#: No tracking, no subscription, no creation log: nobody reads them on two years of data.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "no_reset_password": True,
}


class Loader:
    """Makes the demo company in one go; does nothing when it is already there."""

    def __init__(self, env):
        self.env = env(context={**env.context, **QUIET, "tz": "Europe/Paris"})

    def load(self) -> bool:
        """Make the company, its customers, chantiers, invoices and payments.

        :return: False when the company was there
        """
        if self.env.ref(f"{NAMESPACE}.company", raise_if_not_found=False):
            _logger.info("The demo company is already there.")
            return False
        started = time.monotonic()
        today = fields.Date.context_today(self.env["res.company"])
        plan = build_plan(today)
        setup = CompanyLoader(self.env).load()
        self._name("company", setup.company)
        env = setup.env
        partners = CustomerLoader(env, setup).load(plan)
        chantiers = ChantierLoader(env, setup, partners).load(plan)
        moves = MoveLoader(env, setup, partners, chantiers).load(plan)
        refresh_statistics(env)
        PaymentLoader(env, setup, partners, moves).load(plan)
        moves.make_credits([credit for credit in plan.credits if not credit.reconciled])
        moves.issue_documents(plan)
        for kind, records in (
            ("user", setup.users),
            ("customer", partners),
            ("chantier", chantiers),
        ):
            for key, record in records.items():
                self._name(f"{kind}_{key}", record)
        self._fill_rates(today)
        self._make_certificate(setup)
        self._activate(
            setup,
            {
                moves.by_key[invoice.key].id: dict(invoice.papers)
                for invoice in plan.invoices
                if invoice.papers
            },
        )
        _logger.info(
            "Demo company made in %.0f s: %s invoices, %s payments, %s amounts due.",
            time.monotonic() - started,
            len(plan.invoices),
            len(plan.payments),
            len(plan.echeances),
        )
        return True

    def _fill_rates(self, today):
        """Give the half-years that nobody entered the last known rates, as an example.

        Without them the demo company could show no formal notice. Each row says so.
        """
        rates = self.env["btp.legal.rate"]
        last = rates.search([], limit=1)
        (year, half), now = (last.year, int(last.half)), semester(today)
        while last and (year, half) < now:
            year, half = (year + 1, 1) if half == 2 else (year, 2)
            rates.create(
                {
                    "year": year,
                    "half": str(half),
                    "ecb_rate": last.ecb_rate,
                    "legal_rate_other": last.legal_rate_other,
                    "legal_rate_private": last.legal_rate_private,
                    "is_uncertain": True,
                    "source": "Démonstration : taux du semestre précédent, à remplacer",
                }
            )

    def _make_certificate(self, setup):
        """Give the company a certificate that says itself that it is worth nothing."""
        now = datetime.now(UTC)
        content = make_certificate(
            TEST_CERTIFICATE, now - timedelta(days=1), now + timedelta(days=365)
        )
        certificate = self.env["certificate.certificate"].create(
            {
                "name": TEST_CERTIFICATE,
                "company_id": setup.company.id,
                "content": base64.b64encode(content),
            }
        )
        setup.company.btp_certificate_id = certificate
        self._name("certificate", certificate)

    def _name(self, name: str, record):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"{NAMESPACE}.{name}", "record": record, "noupdate": True}]
        )

    def _activate(self, setup, papers):
        """Switch reminders on, old debts starting where the wizard proposes.

        :param papers: ``{move id: {code: day}}``, when the papers of situations come
        """
        wizard = setup.env["btp.relance.activation"].create(
            {"company_id": setup.company.id, "user_id": setup.users["nadia"].id}
        )
        wizard.action_confirm()
        refresh_statistics(setup.env)
        load_history.play(setup.env, setup.company)
        # Before what holds a customer: a promise or a plan is about what is free.
        for name, record in load_agreed.play(setup.env, setup.company).items():
            self._name(name, record)
        load_answers.play(setup.env, setup.company)
        load_answers.play_past(setup.env, setup.company, setup.users["nadia"])
        load_documents.play(setup.env, setup.company, papers)
        load_disputes.play(setup.env, setup.company)
        load_escalations.play(setup.env, setup.company)
        self._close_months(setup)

    def _close_months(self, setup):
        """Keep the months that are over, a forecast and a report, as the nights do."""
        company = setup.company
        env = setup.env(
            context={**setup.env.context, "allowed_company_ids": company.ids}
        )
        snapshots = env["btp.figure.snapshot"].sudo()
        for month in snapshots._get_months_to_close(company):
            snapshots._compute_month(company, month)
        env["btp.figure.cash"].sudo()._freeze(
            company, env["btp.echeance"].with_company(company)._get_today()
        )
        # Nobody is named to receive it: it waits to be sent.
        env["btp.figure.report"].sudo().with_company(company)._send(company)
