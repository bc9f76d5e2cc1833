# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models


class BtpPrivacyRequest(models.TransientModel):
    """To object to scores is a right of its own (GDPR art. 21), with effect at once."""

    _inherit = "btp.privacy.request"

    objects_to_scoring = fields.Boolean(
        related="partner_id.commercial_partner_id.btp_no_scoring",
        string="Objects to Forecasts",
    )

    def action_object_scoring(self):
        """Note that the person objects to scores, or does not any more."""
        self.ensure_one()
        self._check_manager()
        customer = self.partner_id.commercial_partner_id
        objects = not customer.sudo().btp_no_scoring
        erased = customer._btp_object_to_scoring(objects)
        self._count()
        self.archive = False
        self.told = (
            self.env._(
                "%(customer)s objects to forecasts: %(count)s scores and habits were erased, "
                "no new one is made, and the next model is trained without them.",
                customer=customer.display_name,
                count=erased,
            )
            if objects
            else self.env._(
                "%s does not object to forecasts any more: the next night makes new ones.",
                customer.display_name,
            )
        )
        return self._reopen()

    def _count(self):
        # EXTENDS btp_relance
        result = super()._count()
        persons = self.partner_id._btp_persons()
        count = sum(
            self.env[name].sudo().search_count([("partner_id", "in", persons.ids)])
            for name in ("btp.score", "btp.score.partner")
        )
        if count:
            self.sudo().line_ids = [
                Command.create({"name": self._get_labels()["score"], "free": count})
            ]
        return result
