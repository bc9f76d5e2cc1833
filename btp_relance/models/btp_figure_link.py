# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ResPartner(models.Model):
    """What foreign keys of months that were kept would do, were there any."""

    _inherit = "res.partner"

    def unlink(self):
        ids = self.ids
        done = super().unlink()
        self.env["btp.figure.snapshot"]._forget("partner_id", ids)
        return done


class BtpChantier(models.Model):
    """What foreign keys of months that were kept would do, were there any."""

    _inherit = "btp.chantier"

    def unlink(self):
        ids = self.ids
        done = super().unlink()
        self.env["btp.figure.snapshot"]._forget("chantier_id", ids)
        return done
