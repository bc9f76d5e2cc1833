# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import format_date, formatLang
from odoo.tools.translate import LazyTranslate

from ..const import PUBLIC_REGIMES
from ..engine.chantier import Contract, faults, notices

_lt = LazyTranslate(__name__)

#: What a person reads for each finding of ``engine.chantier``.
SENTENCES = {
    "retention_rate": _lt(
        "A retention of %(rate)s %% is not allowed: type a rate between 0 and 5 %% of each "
        "payment (loi 71-584, art. 1; CCP R2191-33)."
    ),
    "prorata_rate": _lt(
        "A compte prorata of %(rate)s %% of the works is not likely: type a rate between 0 "
        "and 10 %%."
    ),
    "revision_fixed_part": _lt(
        "The fixed part of a revised price is %(part)s: type a share between 0 and 1, such "
        "as 0.15."
    ),
    "index_negative": _lt("An index cannot be negative (%(index)s): correct it."),
    "advance_refund": _lt(
        "The advance is taken back from %(start)s %% to %(end)s %% of progress: the first "
        "must be below the second, both between 0 and 100 %%."
    ),
    "contract_negative": _lt(
        "The contract amount is negative (%(amount)s): what takes works off is an avenant."
    ),
    "total_negative": _lt(
        "The avenants take off more than the contract amount: %(amount)s would be left. "
        "Correct the amount of an avenant."
    ),
    "advance_negative": _lt(
        "The advance is negative (%(amount)s): type what was received, before tax."
    ),
    "avenant_before_contract": _lt(
        "The avenant No. %(number)s is signed on %(date)s, before the contract that it "
        "changes (%(contract)s): correct one of the two dates."
    ),
    "reception_before_start": _lt(
        "The réception (%(date)s) comes before the OS that starts the works (%(start)s): "
        "correct one of the two dates."
    ),
    "reception_before_contract": _lt(
        "The réception (%(date)s) comes before the contract (%(contract)s): correct one of "
        "the two dates."
    ),
    "dgd_before_reception": _lt(
        "The DGD is notified on %(date)s, before the réception (%(reception)s): correct one "
        "of the two dates."
    ),
    "lifted_before_reception": _lt(
        "The reserves are lifted on %(date)s, before the réception that made them "
        "(%(reception)s): correct one of the two dates."
    ),
    "lifted_without_reception": _lt(
        "The reserves are lifted on %(date)s, but there is no réception: type the date of "
        "the PV first."
    ),
    "lifted_without_reserves": _lt(
        "The reserves are lifted on %(date)s, but the réception was without reserves: tick "
        "“With Reserves” or empty the date."
    ),
    "sme_retention": _lt(
        "Retention of %(rate)s %%: it is limited to 3 %% where the holder is an SME and the "
        "buyer is the State, one of its administrative establishments (not health) or a "
        "local authority spending more than 60 M€ a year, for consultations from 1 January "
        "2025 (CCP R2191-33). Check whether it applies."
    ),
    "owner_missing": _lt(
        "Subcontract without maître d'ouvrage: name the owner of the works, to whom "
        "acceptance, direct payment and action directe are addressed (loi 75-1334)."
    ),
    "lots_total": _lt(
        "The lots by VAT rate are %(amount)s in all, the contract and its signed avenants "
        "%(total)s: correct the lots, situations are split in their proportion."
    ),
    "direct_payment": _lt(
        "Contract of %(amount)s before tax: direct payment is due from 600 € including tax "
        "only (CCP L2193-10, R2193-10)."
    ),
}


class BtpChantier(models.Model):
    """What a contract cannot say, and what deserves a second look."""

    _inherit = "btp.chantier"

    notice = fields.Text(
        compute="_compute_notice", help="What deserves a second look on this contract."
    )

    @api.depends_context("lang")
    @api.depends(
        "role",
        "regime",
        "owner_id",
        "amount_total",
        "lot_ids.amount",
        "retention_regime",
        "retention_rate",
    )
    def _compute_notice(self):
        for chantier in self:
            chantier.notice = "\n".join(chantier._get_notices()) or False

    @api.constrains(
        "advance_amount",
        "advance_refund_end",
        "advance_refund_start",
        "avenant_ids",
        "contract_amount",
        "contract_date",
        "date_dgd",
        "date_reception",
        "date_reserves_lifted",
        "date_start",
        "has_reserves",
        "os_ids",
        "prorata_rate",
        "retention_rate",
        "revision_fixed_part",
        "revision_index_base",
        "start_index",
    )
    def _check_contract(self):
        for chantier in self:
            found = faults(chantier._get_contract())
            if found:
                raise ValidationError(
                    "\n".join([chantier.display_name, *map(chantier._describe, found)])
                )

    def write(self, vals):
        """Look at avenants and OS changed together once all are written, not one by one."""
        together = bool(vals.keys() & {"avenant_ids", "os_ids"})
        chantiers = self.with_context(btp_check_together=True) if together else self
        return super(BtpChantier, chantiers).write(vals)

    def _get_notices(self) -> list[str]:
        """Return what deserves a second look, in the user's language.

        Hook: an addon adds its own sentences to the list.
        """
        self.ensure_one()
        return [self._describe(found) for found in notices(self._get_contract())]

    def _get_contract(self) -> Contract:
        """Return what the checks need to know."""
        self.ensure_one()
        start_orders = self.os_ids.filtered(lambda order: order.kind == "start")
        return Contract(
            role=self.role,
            public=self.regime in PUBLIC_REGIMES,
            has_owner=bool(self.owner_id),
            contract_amount=self.contract_amount,
            amount_total=self.amount_total,
            lots_total=sum(self.lot_ids.mapped("amount")),
            contract_date=self.contract_date or None,
            avenants=tuple(
                (avenant.number, avenant.signed_on or None)
                for avenant in self.avenant_ids
            ),
            starts=(self.date_start or None, *start_orders.mapped("issued_on")),
            date_reception=self.date_reception or None,
            has_reserves=self.has_reserves,
            date_reserves_lifted=self.date_reserves_lifted or None,
            date_dgd=self.date_dgd or None,
            retention_withheld=self.retention_regime == "retention",
            retention_rate=self.retention_rate,
            prorata_rate=self.prorata_rate,
            advance_amount=self.advance_amount,
            advance_refund_start=self.advance_refund_start,
            advance_refund_end=self.advance_refund_end,
            revision_fixed_part=self.revision_fixed_part,
            indexes=(self.revision_index_base, self.start_index),
        )

    def _describe(self, finding) -> str:
        """Return a finding of the engine as a sentence."""
        values = {
            name: self._format_value(name, value)
            for name, value in finding.values.items()
        }
        sentence = self.env._(SENTENCES[finding.code])
        return sentence % values

    def _format_value(self, name, value) -> str:
        if isinstance(value, date):
            return format_date(self.env, value)
        if name in ("amount", "total"):
            return formatLang(self.env, value, currency_obj=self.currency_id)
        if isinstance(value, float):
            # As a person types it: 5.5, not 5.500.
            digits = max(len(f"{value:.3f}".rstrip("0").partition(".")[2]), 0)
            return formatLang(self.env, value, digits=digits)
        return str(value)
