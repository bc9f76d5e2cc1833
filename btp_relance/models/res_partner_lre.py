# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """Whether a customer agreed to electronic registered mail (Code des postes, L100)."""

    _inherit = "res.partner"

    btp_lre_consent_on = fields.Date(
        "Agreed to Electronic Registered Mail",
        groups="base.group_user",
        help="Who is no professional must have agreed before the first one (Code des "
        "postes, art. L100). Empty: registered letters leave on paper.",
    )
    btp_lre_consent_proof = fields.Binary(
        "Proof of the Agreement", attachment=True, groups="base.group_user"
    )
    btp_lre_consent_name = fields.Char("Name of the Proof", groups="base.group_user")

    @api.constrains("btp_lre_consent_on", "btp_lre_consent_proof")
    def _check_btp_lre_consent(self):
        for partner in self:
            if partner.btp_lre_consent_on and not partner.btp_lre_consent_proof:
                raise ValidationError(
                    self.env._(
                        "Attach the proof of the agreement of %s to electronic registered "
                        "mail: without it, the date proves nothing.",
                        partner.name,
                    )
                )

    def _get_btp_address(self, without_company: bool = False) -> str:
        """Return the postal address, no empty line.

        :param without_company: leave out the name of the company
        """
        self.ensure_one()
        text = self._display_address(without_company=without_company)
        return "\n".join(filter(str.strip, text.splitlines()))
