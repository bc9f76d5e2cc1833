# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

_logger = logging.getLogger(__name__)

#: Module that holds the French chart of accounts: only the demo company needs it.
CHART_MODULE = "l10n_fr_account"


class BtpDemo(models.AbstractModel):
    """Makes the demo company: a French builder with two years of invoices."""

    _name = "btp.demo"
    _description = "Demo Company"

    @api.model
    def _load(self):
        """Make the demo company, unless it exists already.

        While modules are still being installed (demonstration data), only note that it is
        wanted: a chart of accounts must not be loaded before every module is.

        :return: whether it was made
        """
        if self.env.registry.ready:
            return self._load_now()
        self.env["ir.module.module"].search(
            [("name", "=", CHART_MODULE), ("state", "=", "uninstalled")]
        ).button_install()
        self.env.registry._btp_demo_wanted = True
        return False

    def _register_hook(self):
        super()._register_hook()
        if getattr(self.env.registry, "_btp_demo_wanted", False):
            self.env.registry._btp_demo_wanted = False
            try:
                with self.env.cr.savepoint():
                    self._load_now()
            except Exception:
                # As Odoo does for demonstration data: the addon stays usable without.
                _logger.warning("The demo company could not be made", exc_info=True)

    @api.model
    def _load_now(self):
        if CHART_MODULE not in self.env["ir.module.module"]._installed():
            _logger.info("No demo company: install the module %s first.", CHART_MODULE)
            return False
        # Only who wants the demo company pays for its import.
        from ..demo.load import Loader

        return Loader(self.env(su=True)).load()
