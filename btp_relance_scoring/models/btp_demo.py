# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
import time

from odoo import api, models

from odoo.addons.btp_relance.demo.load import NAMESPACE

_logger = logging.getLogger(__name__)


class BtpDemo(models.AbstractModel):
    """The demo company learns from its two years of posted payments."""

    _inherit = "btp.demo"

    def _register_hook(self):
        super()._register_hook()
        if getattr(self.env.registry, "_btp_scores_wanted", False):
            self.env.registry._btp_scores_wanted = False
            self._learn_safely()

    @api.model
    def _load_now(self):
        # EXTENDS btp_relance
        made = super()._load_now()
        if made:
            self.env.registry._btp_scores_wanted = False
            self._learn_safely()
        return made

    @api.model
    def _learn_safely(self):
        """Learn; the demo company stays usable where that breaks."""
        try:
            with self.env.cr.savepoint():
                self._learn()
        except Exception:
            _logger.warning("The demo company could not learn", exc_info=True)

    @api.model
    def _learn(self):
        """Train, score and watch for the demo company, as the scheduler would. Safe again.

        :return: whether there is a demo company
        """
        company = self.env.ref(f"{NAMESPACE}.company", raise_if_not_found=False)
        if not company:
            return False
        started = time.monotonic()
        jobs = self.env(su=True)["btp.scoring.job"]
        jobs._train(company)
        # Which alert is in use is decided before anybody is told of a change.
        jobs._watch(company)
        count = jobs._score(company)
        # A good payer that slips goes to its person today, not with the night's jobs.
        cases = self.env(su=True)["btp.escalation"].with_company(company)
        cases.with_context(lang=company.partner_id.lang)._detect_unusual()
        self.env(su=True)["btp.scoring.reader"]._train_wanted(company)
        _logger.info(
            "Demo company: %s amounts scored in %.0f s.",
            count,
            time.monotonic() - started,
        )
        return True
