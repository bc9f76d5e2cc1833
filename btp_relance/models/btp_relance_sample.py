# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from contextlib import contextmanager
from datetime import timedelta

from odoo import Command, api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: Nothing of a sample is told to anybody.
SILENT = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
}


class BtpRelance(models.Model):
    """A case to try a message on. Whatever is made for it is undone."""

    _inherit = "btp.relance"

    @api.model
    @contextmanager
    def _undone(self):
        """Undo all that is written within, so that what is tried leaves no trace."""
        self.env.flush_all()
        with self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    @api.model
    def _find_case(self, template, step):
        """Return the real reminder that fits a message best; empty where there is none.

        One that it wrote, else one of its scenario, else the last one that lists amounts.

        :param template: ``mail.template`` record
        :param step: the step that uses it, may be empty
        """
        listed = [("line_ids.state", "!=", "dropped")]
        for domain in (
            [("step_id.template_id", "=", template.id)],
            [
                ("step_id.scenario_id", "=", step.scenario_id.id),
                ("tone", "=", step.tone),
            ],
        ):
            found = self.search([*listed, *domain], limit=1)
            if found:
                return found
        return self.browse()

    @api.model
    def _make_case(self, step, company, partner, move_lines):
        """Return a reminder of journal items at a step, to be undone by the caller.

        :param step: ``btp.relance.step`` record, may be empty: the first one then
        :param move_lines: receivable ``account.move.line`` records of the debtor
        """
        step = step or self.env["btp.relance.step"].search([], limit=1)
        today = self.env["btp.echeance"]._get_today()
        amount = sum(move_lines.mapped("amount_residual"))
        lines = [
            Command.create(
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "move_line_id": line.id,
                    "move_id": line.move_id.id,
                    "kind": self._get_kind(line, today),
                    "date_due": line.date_maturity or line.date,
                    "currency_id": line.currency_id.id,
                    "amount_residual": line.amount_residual_currency,
                    "amount_company": line.amount_residual,
                }
            )
            for line in move_lines
        ]
        return (
            self.sudo()
            .with_company(company)
            .with_context(**SILENT)
            .create(
                {
                    "company_id": company.id,
                    "partner_id": partner.id,
                    "contact_id": (partner.btp_relance_contact_id or partner).id,
                    "user_id": company.btp_relance_user_id.id,
                    "kind": step.kind,
                    "step_id": step.id,
                    "tone": step.tone,
                    "channel": step.channel,
                    # Neither open nor sent: it stands in nobody's way.
                    "state": "cancelled",
                    "planned_on": today,
                    "amount_due": amount,
                    "line_ids": lines,
                }
            )
        )

    @api.model
    def _get_kind(self, line, today) -> str:
        if line.amount_residual < 0:
            return "credit"
        return "overdue" if (line.date_maturity or line.date) < today else "due"

    @api.model
    def _make_sample(self, step, regime: str):
        """Return a made-up reminder at a step, to be undone by the caller.

        :param step: ``btp.relance.step`` record, may be empty
        :param regime: the debtor's, as in ``res.partner.btp_regime``
        :return: empty where this company can make no invoice yet
        """
        company = self.env.company.sudo()
        try:
            with self.env.cr.savepoint():
                return self._invent(step, company, regime)
        except Exception as error:  # noqa: BLE001 whatever the books lack: no sample
            _logger.info("No sample reminder: %s", type(error).__name__)
            return self.browse()

    @api.model
    def _invent(self, step, company, regime):
        silent = self.env(context={**self.env.context, **SILENT})
        partner = silent["res.partner"].sudo().create(self._prepare_debtor(regime))
        chantier = (
            silent["btp.chantier"]
            .sudo()
            .create(
                {
                    "name": self.env._("Sample chantier"),
                    "partner_id": partner.id,
                    "company_id": company.id,
                    "purchase_order": "4512",
                    "user_id": self.env.uid,
                }
            )
        )
        today = self.env["btp.echeance"]._get_today()
        moves = silent["account.move"].sudo().with_company(company)
        for days in (40, 12):
            due = today - timedelta(days=days)
            moves |= moves.create(
                {
                    "move_type": "out_invoice",
                    "partner_id": partner.id,
                    "btp_chantier_id": chantier.id,
                    "ref": f"F-{days}",
                    "invoice_date": due - timedelta(days=30),
                    "invoice_date_due": due,
                    "invoice_payment_term_id": False,
                    "invoice_line_ids": [
                        Command.create({"name": "-", "price_unit": 1000.0 * days})
                    ],
                }
            )
        lines = moves.line_ids.filtered(lambda li: li.display_type == "payment_term")
        if not lines:
            raise UserError(self.env._("No amount due."))
        return self._make_case(step, company, partner, lines)

    @api.model
    def _prepare_debtor(self, regime) -> dict:
        return {
            "name": self.env._("Sample customer"),
            "is_company": regime != "b2c",
            "btp_regime": regime,
            "lang": self.env.lang,
            "email": "sample@example.com",
            "phone": "+33 1 00 00 00 00",
            "street": "1 rue de l'Exemple",
            "zip": "75001",
            "city": "Paris",
        }
