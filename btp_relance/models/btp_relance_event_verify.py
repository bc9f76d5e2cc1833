# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

from ..engine.chain import GENESIS, commitment, digest, read_spans

_logger = logging.getLogger(__name__)


class BtpRelanceEvent(models.Model):
    """Verification: the chain is reckoned anew from its first row."""

    _inherit = "btp.relance.event"

    # === VERIFICATION === #

    def _holds(self, previous: str) -> bool:
        """Return whether this row is what was sealed after the row hashed ``previous``.

        A row of before commitments that was erased is the anchor's to verify.
        """
        self.ensure_one()
        if self.previous_hash != previous:
            return False
        personal = self._personal()
        if self.erased_on and (self.salt or any(personal.values())):
            return False
        if not self.scheme:
            return bool(self.erased_on) or self.hash == digest(
                previous, self._content_in_clear(self.seq)
            )
        return self.hash == digest(
            previous, self._content(self.seq, self.personal_sha256)
        ) and (
            bool(self.erased_on)
            or self.personal_sha256 == commitment(self.salt or "", personal)
        )

    @api.model
    def _verify(self, company) -> dict:
        """Recompute the chain of ``company`` from its first row.

        :return: ``{"rows": sealed rows read, "unsealed": rows not yet sealed,
            "erased": rows whose personal values were erased,
            "broken": the first row that does not hold, or an empty recordset}``
        """
        self.flush_model()
        self.invalidate_model()
        domain = [("company_id", "=", company.id)]
        events = self.search([*domain, ("hash", "!=", False)], order="seq")
        told = set()
        for event in self.search([*domain, ("kind", "=", "erased")]):
            told |= read_spans(event.detail)
        erased = events.filtered("erased_on")
        result = {
            "rows": len(events),
            "unsealed": self.search_count([*domain, ("hash", "=", False)]),
            "erased": len(erased),
            "broken": self.browse(),
        }
        previous = GENESIS
        for expected, event in enumerate(events, start=1):
            if (
                event.seq != expected
                or not event._holds(previous)
                or (event.erased_on and event.seq not in told)
            ):
                return result | {"broken": event}
            previous = event.hash
        in_clear = erased.filtered(lambda event: not event.scheme)
        if in_clear and not self._anchor_holds(company, events):
            return result | {"broken": in_clear[0]}
        return result

    # === ACTIONS === #

    @api.model
    def action_verify(self):
        """Seal what is waiting, verify the chain and say the result."""
        self.check_access("read")
        company = self.env.company
        events = self.sudo()
        events._seal(company)
        result = events._verify(company)
        if result["broken"]:
            _logger.error(
                "Reminder journal of company %s broken at row %s",
                company.id,
                result["broken"].seq,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if result["broken"] else "success",
                "sticky": bool(result["broken"]),
                "message": self._verify_message(result),
            },
        }

    @api.model
    def _verify_message(self, result: dict) -> str:
        """Return one sentence on the result of :meth:`_verify`."""
        if result["broken"]:
            return self.env._(
                "The journal was altered: row %(seq)s does not match its seal. Keep a copy "
                "of the database and call your administrator.",
                seq=result["broken"].seq,
            )
        if result["erased"]:
            return self.env._(
                "The journal is intact: %(rows)s rows verified, the personal data of "
                "%(erased)s of them erased.",
                rows=result["rows"],
                erased=result["erased"],
            )
        return self.env._(
            "The journal is intact: %(rows)s rows verified.", rows=result["rows"]
        )
