# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

from odoo.addons.btp_relance.demo.load import NAMESPACE

_logger = logging.getLogger(__name__)


class BtpDemo(models.AbstractModel):
    """The demo company receives a handful of papers by mail, and reads them."""

    _inherit = "btp.demo"

    def _register_hook(self):
        super()._register_hook()
        if getattr(self.env.registry, "_btp_papers_wanted", False):
            self.env.registry._btp_papers_wanted = False
            self._receive_papers_safely()

    @api.model
    def _load_now(self):
        # EXTENDS btp_relance
        made = super()._load_now()
        if made:
            self.env.registry._btp_papers_wanted = False
            self._receive_papers_safely()
        return made

    @api.model
    def _receive_papers_safely(self):
        """Receive the papers; the demo company stays usable where that breaks."""
        try:
            with self.env.cr.savepoint():
                self._receive_papers()
        except Exception:
            _logger.warning("The demo company received no papers", exc_info=True)

    @api.model
    def _receive_papers(self) -> bool:
        """Bring the papers of the demo in, as mails, read them, check some. Once.

        :return: whether there is a demo company that had none
        """
        company = self.env.ref(f"{NAMESPACE}.company", raise_if_not_found=False)
        if not company:
            return False
        # Only who wants the demo company pays for its import.
        from ..demo.story import tell

        env = self.env(su=True, context={"lang": "fr_FR", "tz": "Europe/Paris"})
        company = company.with_env(env)
        papers = env["btp.paper"].with_company(company)
        if papers.search_count([("company_id", "=", company.id)], limit=1):
            return False
        company._ensure_btp_paper_alias()
        tell(env(context=papers.env.context), company)
        return True
