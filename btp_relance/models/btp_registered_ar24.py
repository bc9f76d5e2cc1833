# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, email_normalize, hmac

from ..const import REGIME_GROUPS
from ..engine import ar24 as codes
from ..providers import ar24
from ..providers.service import ServiceError
from .btp_registered_provider import Tracking

#: What a number of the test environment is told by.
TEST = "test-"
#: Clocks may differ by as much when a lost answer is looked up.
SLACK = timedelta(days=1)


class BtpRegisteredProviderAr24(models.AbstractModel):
    """AR24 delivers the letter without paper: qualified, with the value of a registered
    letter (Code des postes, art. L100), to who agreed to it.

    The addressee learns that a letter waits, not from whom, and has fifteen days to accept
    it (art. R53-3): nothing but the letter itself, behind that acceptance, names us.
    """

    _name = "btp.registered.provider.ar24"
    _inherit = "btp.registered.provider.online"
    _description = "Registered Mail: AR24"

    _brand = "AR24"
    _prefix = "btp_ar24"
    _credentials = ("token", "private_key", "login", "otp_secret")
    _max_bytes = ar24.MAX_BYTES

    @api.model
    def _is_electronic(self) -> bool:
        return True

    @api.model
    def _check(self, relance):
        # pylint: disable=missing-return
        super()._check(relance)
        self._prepare_recipient(relance)

    @api.model
    def _get_paper_reason(self, relance) -> str:
        reason = super()._get_paper_reason(relance)
        if not reason and not self._get_email(relance):
            reason = self.env._(
                "%s has no valid e-mail address for an electronic registered letter",
                relance.partner_id.name,
            )
        return reason

    @api.model
    def _get_destination(self, relance) -> str:
        contact = self._get_recipient(relance)
        return f"{contact.display_name}\n{self._get_email(relance) or ''}"

    # === ADDRESSEE === #

    @api.model
    def _get_recipient(self, relance):
        """Return who is written to: the contact, else the debtor."""
        return next(
            (
                partner
                for partner in (relance.contact_id, relance.partner_id)
                if self._get_good_email(partner)
            ),
            relance.partner_id,
        )

    @api.model
    def _get_good_email(self, partner) -> str:
        """Return the address of a partner, ``""`` where mails do not reach it."""
        email = email_normalize(partner.email) or ""
        return "" if email == partner.btp_wrong_email else email

    @api.model
    def _get_email(self, relance) -> str:
        return self._get_good_email(self._get_recipient(relance))

    @api.model
    def _prepare_recipient(self, relance) -> dict:
        """Return the addressee as the API names it.

        :raise UserError: it cannot be written to
        """
        contact, debtor = self._get_recipient(relance), relance.partner_id
        values = {"to_email": self._get_email(relance)}
        if not values["to_email"]:
            raise UserError(
                self.env._(
                    "Type an e-mail address of %s, or choose “Send on Paper” here: an "
                    "electronic registered letter needs one.",
                    debtor.name,
                )
            )
        person = "" if contact.is_company else contact.name
        first, last = codes.split_name(person)
        consumer = debtor.btp_regime in REGIME_GROUPS["consumer"]
        if consumer and not debtor.is_company:
            if not (first and last):
                raise UserError(
                    self.env._(
                        "Type the first and the last name of %s: who opens an electronic "
                        "registered letter proves to be that person.",
                        contact.name or debtor.name,
                    )
                )
            return values | {
                "dest_statut": "particulier",
                "to_firstname": first,
                "to_lastname": last,
            }
        values |= {"dest_statut": "professionnel", "to_company": debtor.name}
        if first and last:
            values |= {"to_firstname": first, "to_lastname": last}
        return values

    # === HAND OVER === #

    @api.model
    def _find_lost(self, posting):
        """Look up the letter by our key: AR24 has it, or it did not leave."""
        if posting.external_id:
            return
        with self._told():
            client = self._client(posting)
            since = posting.create_date - SLACK
            known = client.find_mail(client.get_user(), posting.key, since)
        if known:
            self._note_mail(posting, known)
        else:
            posting.submitted_on = False

    @api.model
    def _is_left(self, client, posting) -> bool:
        """A letter with a number was accepted: only the answer was lost, or our note."""
        if posting.external_id:
            self._get_mail(client, posting)
        return bool(posting.external_id)

    @api.model
    def _send(self, client, posting):
        values = self._prepare_mail(posting)
        user, letter = client.get_user(), posting.letter_id
        file = client.upload(user, letter.name, letter.raw)
        auth = client.authenticate(user)
        self._keep_submitted(posting)
        try:
            mail = client.send(user, values, auth, [file])
        except ServiceError as error:
            if error.nothing_done:
                # AR24 says so itself: what is corrected is a new letter.
                posting.submitted_on = False
            raise
        self._note_mail(posting, mail)

    @api.model
    def _note_mail(self, posting, mail: dict):
        """Note AR24's number of a letter: both environments count from one."""
        posting.external_id = f"{TEST if posting.is_test else ''}{mail['id']}"

    @api.model
    def _get_mail(self, client, posting) -> dict:
        """Return a letter that AR24 has."""
        return client.get_mail(posting.external_id.removeprefix(TEST))

    @api.model
    def _prepare_mail(self, posting) -> dict:
        """Return the values of ``POST /mail``, beside the account and the file.

        Its text too is read after the acceptance only; it names nobody all the same.
        """
        relance = posting.relance_id
        lang = relance.contact_id.lang or relance.partner_id.lang or self.env.lang
        values = {
            **self._prepare_recipient(relance),
            "content": self.with_context(lang=lang).env._(
                "The letter is the attached document."
            ),
            "ref_dossier": posting.key,
        }
        hook = self._get_hook_url(posting)
        if hook.startswith("https:"):
            values["webhook"] = hook
        return values

    @api.model
    def _get_hook_token(self, posting) -> str:
        """Return what only AR24 and we know of a letter: its calls are not signed."""
        return hmac(
            self.env(su=True), "btp_relance.ar24", f"{posting.id} {posting.key}"
        )

    @api.model
    def _get_hook_url(self, posting) -> str:
        """Return the address that AR24 calls when this letter moves."""
        token = self._get_hook_token(posting)
        base = posting.company_id.get_base_url()
        return f"{base}/btp_relance/ar24/{posting.id}/{token}"

    # === FOLLOW === #

    @api.model
    def _ask(self, client, posting) -> Tracking:
        mail = self._get_mail(client, posting)
        reports = codes.read_reports(mail, fields.Datetime.now())
        return Tracking(reports, "", list(codes.ready_proofs(mail)))

    @api.model
    def _download(self, client, posting, kind: str) -> bytes:
        # The addresses bear a token of their own, and are not kept.
        urls = codes.ready_proofs(self._get_mail(client, posting))
        if kind not in urls:
            raise ServiceError("garbage", kind)
        return client.download(urls[kind])

    @api.model
    def _session(self, company):
        home = ar24.SANDBOX if company.btp_ar24_sandbox else ar24.PRODUCTION
        return ar24.Ar24(
            ar24.Account(*self._get_account(company), company.btp_ar24_api_url or home)
        )


class BtpRelancePosting(models.Model):
    _inherit = "btp.relance.posting"

    accept_by = fields.Datetime(
        "To Be Accepted By",
        compute="_compute_accept_by",
        help="Until then the addressee does not know who writes, and may accept, refuse, or "
        "let it pass (Code des postes, art. R53-3).",
    )
    is_electronic = fields.Boolean(compute="_compute_is_electronic")

    @api.depends("provider")
    def _compute_is_electronic(self):
        for posting in self:
            posting.is_electronic = posting._get_provider()._is_electronic()

    @api.depends("state", "state_on", "is_electronic")
    def _compute_accept_by(self):
        for posting in self:
            waits = posting.is_electronic and posting.state == "deposited"
            posting.accept_by = waits and codes.accept_by(posting.state_on)

    @api.model
    def _select_provider(self) -> list[tuple[str, str]]:
        return super()._select_provider() + [
            ("ar24", self.env._("AR24 (electronic, qualified)"))
        ]

    @api.model
    def _tell_ar24(self, posting_id: int, token: str) -> bool:
        """Have AR24 asked soon about a letter that it called about.

        :return: whether the call was AR24's
        """
        posting = self.browse(posting_id).exists()
        known = posting and posting.provider == "ar24"
        provider = self.env["btp.registered.provider.ar24"]
        if not known or not consteq(provider._get_hook_token(posting), token):
            return False
        posting.filtered("handed_on")._ask_soon()
        return True
