# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from ..const import BILLING_STAGES, CONTACT_ROLES


class BtpContactRoute(models.Model):
    """Who gets what: the role of the contact who is reminded of a billing stage."""

    _name = "btp.contact.route"
    _description = "Who Gets What"
    _order = "billing_stage, id"
    _rec_name = "billing_stage"

    company_id = fields.Many2one(
        "res.company",
        help="Empty: for every company.",
        default=lambda self: self.env.company,
    )
    billing_stage = fields.Selection(BILLING_STAGES, required=True)
    role = fields.Selection(CONTACT_ROLES, "Contact", required=True)

    _one_per_stage = models.UniqueIndex(
        "(billing_stage, COALESCE(company_id, 0))",
        "This billing stage already has a contact: change that line.",
    )

    # === CRUD === #

    @api.model_create_multi
    def create(self, vals_list):
        routes = super().create(vals_list)
        self.env.registry.clear_cache()
        return routes

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # === BUSINESS === #

    @api.model
    @ormcache()
    def _get_routes(self) -> tuple:
        """Return ``(billing stage, company id or None, role)`` of each line: every query on
        amounts due names them a dozen times."""
        # The company's own line comes before the one for all.
        routes = self.sudo().search([], order="company_id, id")
        return tuple(
            (route.billing_stage, route.company_id.id or None, route.role)
            for route in routes
        )

    @api.model
    def _get_role_sql(self, stage: SQL) -> SQL:
        """Return the role of who is reminded of a billing stage, as SQL over ``l``.

        :param SQL stage: the billing stage; NULL (several stages) is for the accounts
        """
        cases = [
            SQL(
                "WHEN %s = %s AND %s THEN %s",
                stage,
                billing_stage,
                SQL("l.company_id = %s", company_id) if company_id else SQL("TRUE"),
                role,
            )
            for billing_stage, company_id, role in self._get_routes()
        ]
        if not cases:
            return SQL("'accounting'")
        return SQL("CASE %s ELSE 'accounting' END", SQL(" ").join(cases))
