# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError

from ..const import REGIME_GROUPS
from ..engine import registered


class ProviderError(Exception):
    """A provider did not do what it was asked.

    :ivar str reason: one sentence for the person who reads the reminder
    :ivar bool passing: the cause is expected to go away: tried again by itself
    """

    def __init__(self, reason: str, passing: bool = False):
        super().__init__(reason)
        self.reason, self.passing = reason, passing


class Tracking(NamedTuple):
    """What a provider knows of a letter.

    :param list reports: ``engine.registered.Report``, in any order
    :param str number: tracking number, ``""`` while there is none
    :param list proofs: kinds of proof that can be fetched now
    """

    reports: list
    number: str
    proofs: list


class BtpRegisteredProvider(models.AbstractModel):
    """Who carries registered letters. One model a provider:
    ``btp.registered.provider.<name>``.

    An addon adds one by adding its name to ``btp.relance.posting.provider`` and a model
    that inherits this one.
    """

    _name = "btp.registered.provider"
    _description = "Provider of Registered Mail"

    @api.model
    def _for(self, name: str):
        """Return the model of a provider by its name."""
        return self.env[f"btp.registered.provider.{name}"]

    @api.model
    def _is_by_hand(self) -> bool:
        """Return whether a person carries the letter to the post office."""
        return False

    @api.model
    def _is_electronic(self) -> bool:
        """Return whether the letter is delivered without paper (LRE, eIDAS art. 44)."""
        return False

    @api.model
    def _is_test(self, company) -> bool:
        """Return whether nothing really leaves: the provider's test environment."""
        return False

    @api.model
    def _check(self, relance):
        """Refuse what this provider cannot carry, before anything is made.

        :raise UserError: one sentence that says what to do
        """
        if refusal := self._get_consent_refusal(relance.partner_id):
            raise UserError(refusal)

    @api.model
    def _get_consent_refusal(self, partner) -> str:
        """Return why a debtor may not be written to without paper, ``""`` where it may."""
        lacks = registered.lacks_consent(
            self._is_electronic(),
            partner.btp_regime not in REGIME_GROUPS["consumer"],
            partner.btp_lre_consent_on or None,
            self.env["btp.echeance"]._get_today(),
        )
        return (
            self.env._(
                "%s has not agreed to electronic registered mail: note the agreement "
                "with its proof on the customer, or choose “Send on Paper” here.",
                partner.name,
            )
            if lacks
            else ""
        )

    @api.model
    def _get_paper_reason(self, relance) -> str:
        """Return why a letter leaves on paper though this provider carries the others,
        ``""`` where it need not. Hook."""
        if not self._get_consent_refusal(relance.partner_id):
            return ""
        return self.env._(
            "%s has not agreed to electronic registered mail", relance.partner_id.name
        )

    @api.model
    def _get_destination(self, relance) -> str:
        """Return where a letter goes, as the journal keeps it."""
        return "\n".join(relance._get_paper_address())

    @api.model
    def _find_lost(self, posting):
        """Find out, before it is handed over again, whether a letter left whose answer is
        lost; one that certainly did not is no longer ``submitted_on``. Hook.

        :raise ProviderError: nobody knows
        """

    @api.model
    def _hand_over(self, posting):
        """Hand a letter over, once whatever happens: ``posting.key`` is its identity.

        Called outside of the dispatch, alone on this letter; may commit on its way. Asked
        again after a failure, it finds out first what became of the last time.

        :raise ProviderError: it was not handed over, or nobody knows
        """
        raise NotImplementedError

    @api.model
    def _fetch_state(self, posting) -> Tracking:
        """Ask what became of a letter.

        :raise ProviderError: no usable answer
        """
        raise NotImplementedError

    @api.model
    def _fetch_proof(self, posting, kind: str) -> bytes:
        """Fetch a proof as PDF.

        :param kind: one of those that :meth:`_fetch_state` named
        :raise ProviderError: no usable answer
        """
        raise NotImplementedError


class BtpRegisteredProviderPrint(models.AbstractModel):
    """A person prints the letter, carries it to the post office and brings the receipt."""

    _name = "btp.registered.provider.print"
    _inherit = "btp.registered.provider"
    _description = "Registered Mail: Print and Post"

    @api.model
    def _is_by_hand(self) -> bool:
        return True
