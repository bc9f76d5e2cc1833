# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import maileva as codes
from ..engine.registered import address_lines, clean_number
from ..providers import maileva
from ..providers.service import ServiceError
from .btp_registered_provider import ProviderError, Tracking

#: Countries that Maileva's registered letters reach.
COUNTRIES = ("FR", "MC", "AD", "RE", "YT", "MQ", "GP", "MF", "BL", "GF", "PM")
#: Years for which Maileva keeps the proofs: 3, 6 or 10.
ARCHIVING_YEARS = 10


class BtpRegisteredProviderMaileva(models.AbstractModel):
    """Maileva (La Poste) prints, posts and follows the letter: paper reaches everybody."""

    _name = "btp.registered.provider.maileva"
    _inherit = "btp.registered.provider.online"
    _description = "Registered Mail: Maileva"

    _brand = "Maileva"
    _prefix = "btp_maileva"
    _credentials = ("login", "password", "client_id", "client_secret")
    _max_bytes = maileva.MAX_BYTES

    @api.model
    def _check(self, relance):
        # pylint: disable=missing-return
        super()._check(relance)
        self._prepare_address(relance._get_postal_contact(), "")
        self._prepare_address(relance.company_id.partner_id, "sender_")

    # === HAND OVER === #

    @api.model
    def _send(self, client, posting):
        letter = posting.letter_id
        posting.external_id = client.create_sending(self._prepare_sending(posting))
        self._keep()
        client.add_document(posting.external_id, letter.name, letter.raw)
        recipient = self._prepare_recipient(posting)
        posting.external_recipient = client.add_recipient(
            posting.external_id, recipient
        )
        self._keep_submitted(posting)
        self._submit(client, posting)

    @api.model
    def _is_left(self, client, posting) -> bool:
        """Return whether the letter left by an earlier try; what is half made is undone."""
        if posting.external_id:
            sending = client.get_sending(posting.external_id)
            if not sending and posting.submitted_on:
                raise ProviderError(
                    self.env._(
                        "Maileva no longer knows a letter that may have left: look it up "
                        "in its customer area before you send it again."
                    )
                )
        else:
            # The answer that bore its id may be lost.
            sending = client.find_sending(posting.key)
        if not sending:
            return False
        posting.external_id = str(sending.get("id") or posting.external_id)
        if sending.get("status") != "DRAFT":
            self._adopt(client, posting)
            return True
        if posting.submitted_on:
            self._submit(client, posting)
            return True
        client.delete_sending(posting.external_id)
        posting.external_id = False
        return False

    @api.model
    def _submit(self, client, posting):
        """Submit a draft, and see that it is one no longer: a gateway's page of courtesy
        looks like a success."""
        client.submit(posting.external_id)
        sending = client.get_sending(posting.external_id)
        if not sending or sending.get("status") in (None, "DRAFT"):
            raise ServiceError("garbage", "still a draft")

    @api.model
    def _adopt(self, client, posting):
        """Note the recipient of a sending that left without our knowing it."""
        if not posting.external_recipient:
            rows = client.get_recipients(posting.external_id)
            found = rows and isinstance(rows[0], dict) and rows[0].get("id")
            if not found:
                raise ServiceError("garbage", "no recipient")
            posting.external_recipient = str(found)

    @api.model
    def _prepare_sending(self, posting) -> dict:
        """Return the values of the sending (``sending_creation`` of the API)."""
        company = posting.company_id
        values = {
            "name": f"{posting.relance_id.reference} {company.name}"[:256],
            "custom_id": posting.key,
            "acknowledgement_of_receipt": True,
            "returned_mail_scanning": True,
            "color_printing": True,
            "duplex_printing": True,
            # The address stands in the window of the letter itself where it fits.
            "optional_address_sheet": True,
            "archiving_duration": ARCHIVING_YEARS,
            "print_sender_address": True,
            **self._prepare_address(company.partner_id, "sender_"),
        }
        if company.email:
            values["notification_email"] = company.email
            values["notification_types"] = []
        return values

    @api.model
    def _prepare_recipient(self, posting) -> dict:
        """Return the values of the recipient (``recipient_creation`` of the API)."""
        contact = posting.relance_id._get_postal_contact()
        return {"custom_id": posting.key, **self._prepare_address(contact, "")}

    @api.model
    def _prepare_address(self, partner, prefix: str) -> dict:
        """Return the lines of a postal address as the API names them.

        :raise UserError: the address does not fit
        """
        country = partner.country_id.code or "FR"
        if country not in COUNTRIES:
            raise UserError(
                self.env._(
                    "Maileva does not deliver registered letters to %s: choose “Send on "
                    "Paper” here.",
                    partner.country_id.name,
                )
            )
        if country == "FR" and not (
            len(partner.zip or "") == 5 and partner.zip.isdigit() and partner.city
        ):
            raise UserError(
                self.env._(
                    "The address of %s lacks a postal code of five digits and a town: "
                    "correct it.",
                    partner.display_name,
                )
            )
        company = partner.commercial_partner_id
        try:
            lines = address_lines(
                company.name if company.is_company else "",
                "" if partner.is_company else partner.name,
                partner.street2,
                partner.street,
                "",
                f"{partner.zip or ''} {partner.city or ''}",
            )
        except ValueError as error:
            raise UserError(
                self.env._(
                    "“%(line)s” is too long for an envelope (38 characters): shorten the "
                    "address of %(name)s.",
                    line=str(error),
                    name=partner.display_name,
                )
            ) from None
        values = {f"{prefix}address_line_{rank}": text for rank, text in lines.items()}
        return values | {f"{prefix}country_code": country}

    # === FOLLOW === #

    @api.model
    def _ask(self, client, posting) -> Tracking:
        sending = client.get_sending(posting.external_id)
        if not sending:
            raise ServiceError("refused", "SENDING_NOT_FOUND")
        recipient = client.get_recipient(
            posting.external_id, posting.external_recipient
        )
        number = recipient.get("registered_number")
        return Tracking(
            codes.read_reports(sending, recipient, fields.Datetime.now()),
            clean_number(number) if isinstance(number, str) else "",
            codes.ready_proofs(recipient),
        )

    @api.model
    def _download(self, client, posting, kind: str) -> bytes:
        return client.download(
            posting.external_id, posting.external_recipient, codes.PROOFS[kind][1]
        )

    @api.model
    def _session(self, company):
        token, api_url = (
            maileva.SANDBOX if company.btp_maileva_sandbox else maileva.PRODUCTION
        )
        return maileva.Maileva(
            maileva.Account(
                *self._get_account(company),
                company.btp_maileva_token_url or token,
                company.btp_maileva_api_url or api_url,
            )
        )
