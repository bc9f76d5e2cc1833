# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, float_compare

from ..const import PUBLIC_REGIMES
from ..engine import retention

#: What the contract says of the share that is kept.
RATE_FIELDS = {"date_substituted", "retention_rate", "retention_regime"}
#: What the release depends on.
RELEASE_FIELDS = {
    "date_reception",
    "date_reception_planned",
    "date_guarantee_end",
    "has_reserves",
    "date_reserves_lifted",
    "date_substituted",
    "partner_id",
}


class BtpChantier(models.Model):
    """What the customer keeps of each payment, what replaces it, and who opposes."""

    _inherit = "btp.chantier"

    date_substituted = fields.Date(
        "Replaced by a Bond On",
        tracking=True,
        help="From that day nothing is withheld, and what was is to be paid back "
        "(loi 71-584, art. 1; CCP R2191-32 to R2191-42).",
    )
    bond_guarantor = fields.Char("Guarantor")
    date_opposition = fields.Date(
        "Opposition Received On",
        tracking=True,
        help="Reasoned opposition of the owner by registered letter (loi 71-584, art. 2). "
        "Received after the release it has no effect.",
    )
    opposition_amount = fields.Monetary(help="Empty: all that is retained.")
    opposition_reason = fields.Char()
    retention_held = fields.Monetary(compute="_compute_retention_held")
    retention_due = fields.Monetary(
        "Retention to Release", compute="_compute_retention_held"
    )
    retention_release_on = fields.Date(
        "Release", compute="_compute_retention_held", help="Day of the next release."
    )

    @api.depends("move_ids.line_ids.amount_residual", "move_ids.state")
    def _compute_retention_held(self):
        today = self.env["btp.echeance"]._get_today()
        figures = self._read_retentions(today)
        for chantier in self:
            row = figures.get(chantier.id, {})
            chantier.retention_held = row.get("held", 0.0)
            chantier.retention_due = row.get("due", 0.0)
            chantier.retention_release_on = row.get("release_on")

    @api.constrains("date_substituted", "contract_date")
    def _check_date_substituted(self):
        for chantier in self:
            signed, bond = chantier.contract_date, chantier.date_substituted
            if signed and bond and bond < signed:
                raise ValidationError(
                    self.env._("A bond cannot replace a retention before the contract.")
                )

    @api.constrains("date_opposition", "date_reception")
    def _check_date_opposition(self):
        for chantier in self:
            reception, opposed = chantier.date_reception, chantier.date_opposition
            if opposed and not reception or opposed and opposed < reception:
                raise ValidationError(
                    self.env._(
                        "The owner may oppose the release only after the réception: record "
                        "its date first."
                    )
                )

    # === CRUD === #

    def write(self, vals):
        """Move the retentions' due dates with the réception and what follows it."""
        reception = fields.Date.to_date(vals.get("date_reception"))
        # Saved again, it does not take back the guarantee that the contract says.
        same = self.filtered(lambda one: (one.date_reception or None) == reception)
        guarantee = [self._fields["date_guarantee_end"]]
        followers = self._get_retained_drafts() if RATE_FIELDS & vals.keys() else ()
        with self.env.protecting(guarantee, same):
            result = super().write(vals)
        for move in followers:
            move.btp_retention_rate = move._get_contract_retention_rate()
        if RELEASE_FIELDS & vals.keys():
            self.move_ids._refresh_release()
        return result

    # === BUSINESS === #

    def _get_retained_drafts(self):
        """Return the drafts whose retention is that of the contract: nobody typed it."""
        return self.move_ids.filtered(
            lambda move: move.state == "draft"
            and not move.reversed_entry_id
            and float_compare(
                move.btp_retention_rate,
                move._get_contract_retention_rate(),
                precision_digits=2,
            )
            == 0
        )

    def _get_works(self, customer=None) -> retention.Works:
        """Return what decides of the release of this chantier's retentions.

        :param customer: whose regime applies where there is no chantier
        """
        regime = self.regime or (customer and customer.btp_regime)
        return retention.Works(
            public=regime in PUBLIC_REGIMES,
            reception=self.date_reception or None,
            planned=self.date_reception_planned or None,
            guarantee_end=self.date_guarantee_end or None,
            reserves=self.has_reserves,
            lifted=self.date_reserves_lifted or None,
            substituted=self.date_substituted or None,
        )

    def _read_retentions(self, today) -> dict:
        """Return ``{chantier_id: {"held", "due", "release_on"}}`` from the ledger.

        ``held`` is all that is retained, ``due`` what of it is past its release.
        """
        if not self.ids:
            return {}
        self.env["account.move.line"].flush_model()
        self.env["account.move"].flush_model(["btp_chantier_id"])
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT m.btp_chantier_id AS id, SUM(l.amount_residual) AS held,
                       COALESCE(SUM(l.amount_residual)
                           FILTER (WHERE l.date_maturity < %(today)s), 0) AS due,
                       MIN(l.date_maturity) AS release_on
                  FROM account_move_line l
                  JOIN account_move m ON m.id = l.move_id
                  JOIN res_company c ON c.id = l.company_id
                 WHERE m.btp_chantier_id IN %(ids)s
                   AND l.account_id = c.btp_retention_account_id
                   AND l.parent_state = 'posted' AND l.reconciled IS NOT TRUE
                 GROUP BY m.btp_chantier_id
                """,
                today=today,
                ids=tuple(self.ids),
            )
        )
        return {row["id"]: row for row in rows}

    @api.model
    def _push_releases(self):
        """Put off the expected release where the réception has not come.

        A retention whose date came near without a réception is not due: the year starts
        with the réception.
        """
        today = self.env["btp.echeance"]._get_today()
        soon = fields.Date.add(today, months=11)
        late = self.env["account.move.line"].search(
            [
                ("btp_is_retention", "=", True),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                ("date_maturity", "<", soon),
                ("move_id.btp_chantier_id", "!=", False),
                ("move_id.btp_chantier_id.date_reception", "=", False),
                ("move_id.btp_chantier_id.date_substituted", "=", False),
            ]
        )
        late.move_id._refresh_release()
        public = self.search(
            [
                ("regime", "in", PUBLIC_REGIMES),
                ("has_reserves", "=", True),
                ("date_reception", "!=", False),
                ("date_reserves_lifted", "=", False),
            ]
        )
        public.move_ids._refresh_release()
