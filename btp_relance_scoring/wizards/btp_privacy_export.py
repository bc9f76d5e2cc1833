# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, models
from odoo.tools import format_date, format_datetime
from odoo.tools.misc import formatLang

#: In numbers only: a person reads the sentence made of them.
RAW = {
    "btp.score": {"weeks", "reasons"},
}
#: Facts that are there or not.
YES_NO = {"retention", "price_revision", "subcontract"}
#: What a score says in words.
SAID = {
    "btp.score": ["expectation", "reason"],
}


class BtpPrivacyExport(models.AbstractModel):
    """A person's copy tells the scores, why, and from what (GDPR art. 15(1)(h))."""

    _inherit = "btp.privacy.export"

    @api.model
    def _telling(self, model):
        # EXTENDS btp_relance
        raw = RAW.get(model._name, ())
        names = [name for name in super()._telling(model) if name not in raw]
        return names + SAID.get(model._name, [])

    @api.model
    def _sections(self, partner):
        # EXTENDS btp_relance
        sections = super()._sections(partner)
        persons = partner._btp_persons()
        scores = (
            self.env["btp.score"].sudo().search([("partner_id", "in", persons.ids)])
        )
        companies = (
            scores.company_id
            | self.env["btp.score.partner"]
            .sudo()
            .search([("partner_id", "in", persons.ids)])
            .company_id
        )
        if not companies:
            return sections
        told = [self._tell_how(company) for company in companies]
        sections.append(
            {
                "model": "btp.scoring.model",
                "title": self.env._("How these forecasts are made"),
                "records": told,
            }
        )
        facts = [
            row for company in companies for row in self._tell_facts(company, persons)
        ]
        if facts:
            sections.append(
                {
                    "model": "btp.scoring.ledger",
                    "title": self.env._("What the forecasts know of each amount"),
                    "records": facts,
                }
            )
        return sections

    @api.model
    def _tell_how(self, company) -> list[dict]:
        """Return what made the scores: the model, its day, its data, how good it is."""
        model = self.env["btp.scoring.model"]._get_champion(company)
        methods = dict(
            self.env["btp.score"]._fields["method"]._description_selection(self.env)
        )
        items = [
            ("company", self.env._("Made by"), company.display_name),
            ("method", self.env._("Method"), methods[model.method or "rule"]),
            (
                "trained_on",
                self.env._("Trained on"),
                model.trained_on and format_datetime(self.env, model.trained_on),
            ),
            (
                "data",
                self.env._("Learned from"),
                model.row_count
                and self.env._(
                    "%(count)s amounts of %(customers)s customers, %(first)s to %(last)s",
                    count=model.row_count,
                    customers=model.customer_count,
                    first=format_date(self.env, model.date_from),
                    last=format_date(self.env, model.date_to),
                ),
            ),
            (
                "brier",
                self.env._("Error of its chances (Brier)"),
                model.brier and formatLang(self.env, model.brier, digits=3),
            ),
            *self._tell_logic(),
        ]
        return [
            {"field": name, "label": label, "value": value}
            for name, label, value in items
            if value
        ]

    @api.model
    def _tell_logic(self) -> list[tuple]:
        """Return how a score comes about, and what it is used for."""
        return [
            (
                "logic",
                self.env._("Logic"),
                self.env._(
                    "Each amount is compared with those whose payment is known already: "
                    "the customer's own delays weigh most, then what is open and overdue, "
                    "amount, terms, stage, chantier, missing documents, reminders sent and "
                    "the days of the calendar. Nothing comes from outside."
                ),
            ),
            (
                "effect",
                self.env._("Effect"),
                self.env._(
                    "It orders our work and suggests tone, channel and moment of a "
                    "reminder. A person decides on everything else (GDPR art. 22)."
                ),
            ),
        ]

    @api.model
    def _tell_facts(self, company, persons) -> list[list[dict]]:
        """Return all that the learner reads of the persons' amounts, as it reads it."""
        today = self.env["btp.echeance"].with_company(company)._get_today()
        rows = self.env["btp.scoring.ledger"].sudo()._read_of(company, today, persons)
        labels, choices = self._get_fact_labels(), self._get_fact_choices()
        return [
            [
                {
                    "field": name,
                    "label": labels[name],
                    "value": str(value),
                    "said": self._say_fact(company, name, value, choices),
                }
                for name, value in row.items()
                if name in labels and value not in (None, "", False, 0)
            ]
            for row in rows
        ]

    @api.model
    def _say_fact(self, company, name, value, choices) -> str:
        """Return a value of the learner's ledger as the person reads it.

        :param choices: of :meth:`_get_fact_choices`
        """
        if name == "invoice_id":
            return self.env["account.move.line"].sudo().browse(value).move_id.name
        if name == "site":
            return self.env["btp.chantier"].sudo().browse(value).display_name
        if name in YES_NO:
            return self.env._("Yes")
        if isinstance(value, date):
            return format_date(self.env, value)
        if name in ("amount", "open_amount"):
            return formatLang(self.env, value, currency_obj=company.currency_id)
        if isinstance(value, float):
            return str(round(value))
        return choices.get(name, {}).get(value, str(value))

    @api.model
    def _get_fact_choices(self) -> dict[str, dict]:
        """Return what the codes of the learner's ledger mean."""

        def named(model, field):
            return dict(self.env[model]._fields[field]._description_selection(self.env))

        return {
            "segment": named("btp.relance.rule", "regime"),
            "regime": named("res.partner", "btp_regime"),
            "stage": named("account.move", "btp_billing_stage"),
            "site_state": {
                "works": self.env._("Works under way"),
                "received": self.env._("Received"),
                "dgd": self.env._("Final account agreed"),
            },
        }

    @api.model
    def _get_fact_labels(self) -> dict[str, str]:
        """Return what each column of the learner's ledger is called."""
        return {
            "invoice_id": self.env._("Amount due"),
            "issue_date": self.env._("Issued on"),
            "due_date": self.env._("Due on"),
            "paid_date": self.env._("Paid on"),
            "amount": self.env._("Amount"),
            "open_amount": self.env._("Left to pay"),
            "currency": self.env._("Currency"),
            "segment": self.env._("Group"),
            "regime": self.env._("Regime"),
            "stage": self.env._("Stage"),
            "site": self.env._("Chantier"),
            "site_state": self.env._("State of the chantier"),
            "retention": self.env._("Retention"),
            "price_revision": self.env._("Revised price"),
            "subcontract": self.env._("Subcontract"),
            "visa_days": self.env._("Days of the visa before"),
            "missing_documents": self.env._("Documents missing at the issue"),
            "missing_since": self.env._("Missing since"),
            "missing_until": self.env._("Missing until"),
        }
