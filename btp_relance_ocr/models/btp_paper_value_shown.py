# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import format_date, formatLang

from ..words import FIELDS, VALUES


class BtpPaperValue(models.Model):
    """A value as people write it."""

    _inherit = "btp.paper.value"

    label = fields.Char("What", compute="_compute_label")
    shown = fields.Char("Value As Written", compute="_compute_shown")
    text = fields.Char(
        compute="_compute_text",
        store=True,
        help="To search for.",
    )

    @api.depends_context("lang")
    @api.depends("name")
    def _compute_label(self):
        for value in self:
            known = FIELDS.get(value.name)
            value.label = self.env._(known) if known else value.name

    @api.depends_context("lang")
    @api.depends("value", "name")
    def _compute_shown(self):
        for value in self:
            value.shown = value._write_value(value.name, value.value)

    @api.depends("value")
    def _compute_text(self):
        for value in self:
            said = value.value
            value.text = (
                said[:500] if isinstance(said, str) else str(said) if said else False
            )

    def _write_amount(self, said) -> str:
        """Return an amount as people write it, as it stands where it is none."""
        company = self.paper_id.company_id or self.env.company
        try:
            return formatLang(self.env, float(said), currency_obj=company.currency_id)
        except (TypeError, ValueError):
            return str(said)

    @api.model
    def _write_value(self, name: str, said) -> str:
        """Return a value as people write it: French dates, yes and no, one line a list.

        :param name: the field
        :param said: as the reader gives it
        """
        if said is None:
            return ""
        if isinstance(said, bool):
            return self.env._("Yes") if said else self.env._("No")
        if isinstance(said, list):
            return " · ".join(map(str, said))
        if name.startswith("date_") or name == "reserves_deadline":
            try:
                return format_date(self.env, fields.Date.to_date(str(said)))
            except ValueError:
                return str(said)
        if name.startswith("montant_"):
            return self._write_amount(said)
        if isinstance(said, str) and said in VALUES:
            return self.env._(VALUES[said])
        return str(said)
