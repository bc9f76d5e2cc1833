# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..providers.service import ServiceError
from .btp_registered_provider import ProviderError, Tracking


class BtpRegisteredProviderOnline(models.AbstractModel):
    """A service on the web that carries letters: what all of them are asked alike.

    One of them says what it is called, what its account is made of and how it is spoken
    to; when it is asked, what is kept of it and what its failures mean is said here.
    """

    _name = "btp.registered.provider.online"
    _inherit = "btp.registered.provider"
    _description = "Registered Mail: Service on the Web"

    #: What people call it.
    _brand = ""
    #: Start of the names of its fields on the company: ``<prefix>_sandbox`` is one.
    _prefix = ""
    #: The other fields without which it cannot be called.
    _credentials = ()
    #: Most bytes that it takes in one letter.
    _max_bytes = 0

    # === HOOKS === #

    @api.model
    def _session(self, company):
        """Return a session with the account of a company.

        :raise ServiceError: an address of the settings is not safe
        """
        raise NotImplementedError

    @api.model
    def _is_left(self, client, posting) -> bool:
        """Return whether an earlier try left; what is half made is undone or finished."""
        raise NotImplementedError

    @api.model
    def _send(self, client, posting):
        """Send a letter that has not left: :meth:`_keep` before what cannot be undone."""
        raise NotImplementedError

    @api.model
    def _ask(self, client, posting) -> Tracking:
        """Ask what became of a letter."""
        raise NotImplementedError

    @api.model
    def _download(self, client, posting, kind: str) -> bytes:
        """Fetch a proof as PDF."""
        raise NotImplementedError

    # === ACCOUNT === #

    @api.model
    def _is_test(self, company) -> bool:
        return company.sudo()[f"{self._prefix}_sandbox"]

    @api.model
    def _get_account(self, company) -> list[str]:
        """Return what a company typed to be let in, each where the service wants it."""
        company = company.sudo()
        return [company[f"{self._prefix}_{name}"] for name in self._credentials]

    @api.model
    def _check(self, relance):
        # pylint: disable=missing-return
        super()._check(relance)
        if not all(self._get_account(relance.company_id)):
            raise UserError(
                self.env._(
                    "%s's account is not set: type its four identifiers in the settings of "
                    "Invoicing, or choose “Send on Paper” here.",
                    self._brand,
                )
            )

    @api.model
    def _client(self, posting):
        """Return a session with the account of the letter's company."""
        company = posting.company_id
        begun = posting.submitted_on or posting.external_id
        if begun and posting.is_test != self._is_test(company):
            raise ProviderError(
                self.env._(
                    "This letter was handed over in another mode (test or real) than the "
                    "one now set."
                )
            )
        return self._session(company.sudo())

    @contextmanager
    def _try_account(self, company):
        """Open the account of a company for its administrator, who is told what is wrong.

        :return: the session, as a context
        :raise UserError: one sentence that says what to do
        """
        company.ensure_one()
        company.check_access("write")
        if not self.env.user.has_group("base.group_system"):
            raise UserError(self.env._("Only an administrator may do this."))
        if not all(self._get_account(company)):
            raise UserError(
                self.env._("Type the four identifiers of %s first.", self._brand)
            )
        try:
            yield self._session(company)
        except ServiceError as error:
            raise UserError(self._explain(error).reason) from error

    @api.model
    def _notify(self, words: str) -> dict:
        """Return the action that tells a person that the account answers."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": words},
        }

    # === LETTERS === #

    @contextmanager
    def _told(self):
        """Have what goes wrong with the service told as a provider's failure."""
        try:
            yield
        except ServiceError as error:
            raise self._explain(error) from error

    @api.model
    def _hand_over(self, posting):
        with self._told():
            client = self._client(posting)
            if self._is_left(client, posting):
                return
            if len(posting.letter_id.raw) > self._max_bytes:
                raise ProviderError(
                    self.env._(
                        "The letter is too large for %(provider)s: %(size)s MB at most.",
                        provider=self._brand,
                        size=self._max_bytes // 1024**2,
                    )
                )
            # The mode may have changed since the letter was made.
            posting.is_test = self._is_test(posting.company_id)
            self._send(client, posting)

    @api.model
    def _keep(self):
        """Make what was written outlive a crash of what follows."""
        self.env["ir.cron"]._commit_progress()

    @api.model
    def _keep_submitted(self, posting):
        """Note that from here on nobody may make another one before knowing."""
        posting.submitted_on = fields.Datetime.now()
        self._keep()

    @api.model
    def _fetch_state(self, posting) -> Tracking:
        with self._told():
            return self._ask(self._client(posting), posting)

    @api.model
    def _fetch_proof(self, posting, kind: str) -> bytes:
        with self._told():
            return self._download(self._client(posting), posting, kind)

    @api.model
    def _explain(self, error: ServiceError) -> ProviderError:
        """Return what went wrong as one sentence that says what to do."""
        name, detail = self._brand, error.detail
        words = {
            "login": self.env._(
                "%s refuses our identifiers: correct them in the settings of Invoicing, "
                "then try again.",
                name,
            ),
            "otp": self.env._(
                "%s does not recognise the sender: correct the secret of the one-time "
                "codes in the settings of Invoicing, then try again.",
                name,
            ),
            "clock": self.env._(
                "%s finds that the clock of this server is wrong: set it.", name
            ),
            "refused": self.env._(
                "%(provider)s refuses the letter (%(reason)s): correct it, then try again.",
                provider=name,
                reason=detail,
            ),
            "maintenance": self.env._("%s is being maintained.", name),
            "garbage": self.env._(
                "%(provider)s gave an answer that cannot be read (%(reason)s).",
                provider=name,
                reason=detail,
            ),
            "down": self.env._(
                "%(provider)s does not answer (%(reason)s).",
                provider=name,
                reason=detail,
            ),
        }
        return ProviderError(words[error.kind], error.passing)
