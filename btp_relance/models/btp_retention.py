# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..const import REGIMES


class BtpRetention(models.Model):
    """What customers keep: one row a retention, as the ledger has it today."""

    _name = "btp.retention"
    _description = "Retention"
    _auto = False
    _order = "release_on, id"
    _rec_name = "move_id"

    company_id = fields.Many2one("res.company", readonly=True)
    partner_id = fields.Many2one("res.partner", "Customer", readonly=True)
    move_id = fields.Many2one("account.move", "Invoice", readonly=True)
    chantier_id = fields.Many2one("btp.chantier", readonly=True)
    regime = fields.Selection(REGIMES, "Customer Regime", readonly=True)
    invoice_date = fields.Date(readonly=True)
    reception_on = fields.Date("Réception", readonly=True)
    release_on = fields.Date(
        "Release", readonly=True, help="Expected, as long as there is no réception."
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Retained", readonly=True)
    residual = fields.Monetary("Still Held", readonly=True)
    state = fields.Selection(
        [
            ("held", "Held"),
            ("soon", "Released within 60 days"),
            ("overdue", "Release overdue"),
            ("opposed", "Opposed"),
            ("paid", "Paid"),
        ],
        readonly=True,
    )

    @property
    def _table_query(self) -> SQL:
        self._flush_query()
        return SQL(
            """
            SELECT l.id, l.company_id, p.commercial_partner_id AS partner_id, l.move_id,
                   m.btp_chantier_id AS chantier_id, firm.btp_regime AS regime,
                   COALESCE(m.invoice_date, m.date) AS invoice_date,
                   ch.date_reception AS reception_on, l.date_maturity AS release_on,
                   l.company_currency_id AS currency_id,
                   l.balance AS amount, l.amount_residual AS residual,
                   CASE WHEN l.reconciled THEN 'paid'
                        WHEN ch.date_opposition <= l.date_maturity THEN 'opposed'
                        WHEN l.date_maturity < %(today)s THEN 'overdue'
                        WHEN l.date_maturity <= %(today)s + 60 THEN 'soon'
                        ELSE 'held' END AS state
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
              JOIN res_company c ON c.id = l.company_id
                   AND c.btp_retention_account_id = l.account_id
              JOIN res_partner p ON p.id = l.partner_id
              JOIN res_partner firm ON firm.id = p.commercial_partner_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
             WHERE l.parent_state = 'posted'
            """,
            today=self.env["btp.echeance"]._get_today(),
        )

    @api.model
    def _flush_query(self):
        """Write pending changes of the tables that the query reads."""
        for model in (
            "account.move.line",
            "account.move",
            "res.partner",
            "res.company",
            "btp.chantier",
        ):
            self.env[model].flush_model()

    def action_open_move(self):
        """Open the invoice behind the retention."""
        self.ensure_one()
        return self.move_id.get_formview_action()
