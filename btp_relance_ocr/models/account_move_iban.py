# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.btp_relance.models.btp_alert import AlertKind

KIND = "paper_iban"


class AccountMove(models.Model):
    """A bill that asks to be paid on another account: a person calls before anybody pays."""

    _inherit = "account.move"

    btp_iban_alert = fields.Char(
        "Bank Account to Check",
        copy=False,
        readonly=True,
        help="Empty it once the supplier confirmed by telephone.",
    )
    _btp_iban_alert_idx = models.Index("(id) WHERE btp_iban_alert IS NOT NULL")

    def action_btp_iban_checked(self):
        """Say that the supplier confirmed the account by telephone."""
        self.check_access("write")
        for bill in self.filtered("btp_iban_alert"):
            bill.message_post(
                body=self.env._(
                    "%s checked the bank account by telephone.", self.env.user.name
                ),
                subtype_xmlid="mail.mt_note",
            )
        self.btp_iban_alert = False
        self.env["btp.alert"].sudo()._raise_iban()


class BtpAlert(models.Model):
    _inherit = "btp.alert"

    @api.model
    def _get_kinds(self, today) -> list[AlertKind]:
        # EXTENDS btp_relance
        return [
            *super()._get_kinds(today),
            AlertKind(
                KIND,
                self.env._("A supplier's bank account changed"),
                SQL(
                    """
                    SELECT m.company_id, 'account.move' AS res_model, m.id AS res_id,
                           'iban' AS mark, c.btp_relance_user_id AS user_id,
                           %s::date AS date_deadline
                      FROM account_move m
                      JOIN res_company c ON c.id = m.company_id
                     WHERE m.btp_iban_alert IS NOT NULL AND m.state <> 'cancel'
                    """,
                    today,
                ),
                lambda move: move.btp_iban_alert,
            ),
        ]

    @api.model
    def _raise_iban(self):
        """Give, or take back, the alerts on bank accounts now: a bill may be paid today."""
        today = self.env["btp.echeance"]._get_today()
        for kind in self._get_kinds(today):
            if kind.code == KIND:
                self._raise(kind)
