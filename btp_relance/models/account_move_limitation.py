# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..const import PUBLIC_REGIMES
from ..engine import deadlines

LIMITATION_CAUSES = [
    ("payment", "Part payment (C. civ. 2240)"),
    ("acknowledgement", "Signed acknowledgement or schedule (C. civ. 2240)"),
    ("suit", "Suit (C. civ. 2241)"),
    ("declaration", "Claim declared in the proceedings"),
    ("claim", "Written claim to a public body (loi 68-1250, art. 2)"),
]


class AccountMove(models.Model):
    """The last day to sue for an invoice, counted from the completion of works."""

    _inherit = "account.move"

    btp_limitation_on = fields.Date(
        "Limitation",
        compute="_compute_btp_limitation_on",
        store=True,
        groups="base.group_user",
        help="Last day to sue. It runs from the completion of works, not from the "
        "invoice; a reminder or a registered letter does not stop it, save against a "
        "public body.",
    )
    btp_limitation_interrupted_on = fields.Date(
        "Limitation Begins Anew On",
        copy=False,
        tracking=True,
        groups="base.group_user",
    )
    btp_limitation_cause = fields.Selection(
        LIMITATION_CAUSES,
        "Because Of",
        copy=False,
        tracking=True,
        groups="base.group_user",
    )

    _btp_limitation_idx = models.Index(
        "(btp_limitation_on) WHERE move_type = 'out_invoice' AND state = 'posted'"
        " AND amount_residual > 0"
    )

    # === COMPUTE === #

    @api.depends(
        "btp_chantier_id.date_completed",
        "btp_limitation_interrupted_on",
        "commercial_partner_id.btp_regime",
        "delivery_date",
        "invoice_date",
        "move_type",
    )
    def _compute_btp_limitation_on(self):
        for move in self:
            completed = move._get_btp_completed_on()
            move.btp_limitation_on = (
                move.move_type in ("out_invoice", "out_receipt")
                and completed
                and deadlines.limitation(
                    move.commercial_partner_id.btp_regime or "b2b",
                    completed,
                    move.btp_limitation_interrupted_on,
                    move.company_id.btp_nonpro_limitation_years,
                )
            )

    # === CONSTRAINTS === #

    @api.constrains(
        "btp_limitation_interrupted_on", "btp_limitation_cause", "partner_id"
    )
    def _check_btp_limitation(self):
        for move in self:
            if move.btp_limitation_interrupted_on and not move.btp_limitation_cause:
                raise ValidationError(
                    self.env._(
                        "Say what made the limitation of %s begin anew.", move.name
                    )
                )
            if (
                move.btp_limitation_cause == "claim"
                and move.commercial_partner_id.btp_regime not in PUBLIC_REGIMES
            ):
                raise ValidationError(
                    self.env._(
                        "A letter, even registered, stops limitation only against a "
                        "public body: get a signed acknowledgement, or sue."
                    )
                )

    # === BUSINESS === #

    def _get_btp_completed_on(self):
        """Return when the works invoiced were completed, else the nearest date known."""
        self.ensure_one()
        return (
            self.btp_chantier_id.date_completed
            or self.delivery_date
            or self.invoice_date
        )

    def _note_btp_part_payment(self):
        """Note the last payment of invoices still due, where the company has it count."""
        for move in self.filtered(
            lambda m: m.company_id.btp_payment_interrupts
            and m.is_sale_document()
            and m.btp_limitation_cause in (False, "payment")
        ):
            credits = move._get_btp_clock_lines().matched_credit_ids.credit_move_id
            days = credits.filtered(
                lambda line: line.move_id.move_type == "entry"
            ).mapped("date")
            day = max(days, default=False)
            if move.btp_limitation_interrupted_on != day:
                move.write(
                    {
                        "btp_limitation_interrupted_on": day,
                        "btp_limitation_cause": "payment" if day else False,
                    }
                )

    @api.model
    def _fill_btp_limitation(self):
        """Date the limitation of the invoices that were there before, in one query."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_move m
                   SET btp_limitation_on = CASE
                       WHEN d.regime IN %s THEN make_date(
                           EXTRACT(YEAR FROM d.day)::int + %s, 12, 31)
                       WHEN d.regime = 'b2c' THEN d.day + make_interval(years => %s)
                       WHEN d.regime = 'nonpro' THEN d.day + make_interval(years => d.nonpro)
                       ELSE d.day + make_interval(years => %s) END
                  FROM (
                    SELECT i.id, p.btp_regime AS regime,
                           c.btp_nonpro_limitation_years AS nonpro, GREATEST(
                           COALESCE(ch.date_completed, i.delivery_date, i.invoice_date),
                           i.btp_limitation_interrupted_on) AS day
                      FROM account_move i
                      JOIN res_company c ON c.id = i.company_id
                      JOIN res_partner p ON p.id = i.commercial_partner_id
                      LEFT JOIN btp_chantier ch ON ch.id = i.btp_chantier_id
                     WHERE i.move_type IN ('out_invoice', 'out_receipt')
                       AND i.btp_limitation_on IS NULL
                  ) d
                 WHERE m.id = d.id AND d.day IS NOT NULL
                """,
                PUBLIC_REGIMES,
                deadlines.PUBLIC_LIMITATION_YEARS,
                deadlines.LIMITATION_YEARS["b2c"],
                deadlines.LIMITATION_YEARS["b2b"],
            )
        )
        self.invalidate_model(["btp_limitation_on"])
