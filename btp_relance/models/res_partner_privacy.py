# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .btp_privacy_customer import KINDS

#: What a person may have erased, of the kinds of ``btp.privacy.rule``; the journal comes
#: last, it tells of the others.
ERASED_KINDS = ("message", "request", "litigation", *KINDS, "journal")


class ResPartner(models.Model):
    """What a person may ask of us: a copy, erasure, restriction (GDPR art. 15 to 20)."""

    _inherit = "res.partner"

    btp_privacy_restricted = fields.Boolean(
        "Processing Restricted",
        readonly=True,
        copy=False,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="The person asked us to keep what we hold and do nothing with it (GDPR art. "
        "18): no reminder leaves, and no purge erases it.",
    )

    def action_btp_privacy_request(self):
        """Open what the person asked for: a copy, erasure or restriction."""
        self.env["btp.privacy.request"].check_access("create")
        # Made at once: what is held is counted when it is.
        request = self.env["btp.privacy.request"].create({"partner_id": self[:1].id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Personal Data"),
            "res_model": "btp.privacy.request",
            "res_id": request.id,
            "view_mode": "form",
            "target": "new",
        }

    # === BUSINESS === #

    def _btp_persons(self):
        """Return the persons a request is about: these, and whoever works for them."""
        return self | self.env["res.partner"].with_context(active_test=False).search(
            [("id", "child_of", self.ids)]
        )

    def _btp_has_invoices(self) -> bool:
        """Return whether invoices that the law keeps bear these names."""
        moves = self.env["account.move"].sudo()
        return bool(
            moves.search_count(
                [
                    ("state", "=", "posted"),
                    "|",
                    ("partner_id", "in", self.ids),
                    ("commercial_partner_id", "in", self.ids),
                ],
                limit=1,
            )
        )

    @api.model
    def _btp_privacy_kept_sentence(self) -> str:
        """Return why what is on an invoice is not erased."""
        return self.env._(
            "Invoices and the customer they name are kept ten years (C. com. L123-22): "
            "the right to erasure does not apply to them (GDPR art. 17(3)(b))."
        )

    @api.model
    def _btp_privacy_held_sentence(self) -> str:
        """Return why a record of ours is not erased yet."""
        return self.env._(
            "This is still needed for a legal claim – an amount is unpaid, the claim is "
            "not time-barred, or a legal file is open: it is kept until then (GDPR art. "
            "17(3)(e))."
        )

    def _btp_privacy_find(self, kind: str) -> tuple[list[int], int]:
        """Return the records of a kind about these persons that may go, and how many stay.

        :param str kind: one of ``ERASED_KINDS``
        """
        persons = self._btp_persons()
        Privacy = self.env["btp.privacy"].sudo()
        found = []
        for company in self.env["res.company"].sudo().search([]):
            today = self.env["btp.echeance"].with_company(company)._get_today()
            query = Privacy._query(kind, company, today, None, persons.ids)
            self.env.flush_all()
            found += self.env.execute_query(query)
        free = [id_ for id_, held in found if not held]
        return free, len(found) - len(free)

    def _btp_privacy_erase(self) -> dict:
        """Erase what the suite holds about these persons, save what must be kept.

        :return: ``{kind: (erased, kept)}``
        """
        persons = self._btp_persons()
        Privacy = self.env["btp.privacy"].sudo()
        told = {}
        companies = self.env["res.company"].sudo().search([])
        for kind in ERASED_KINDS:
            free, kept = self._btp_privacy_find(kind)
            told[kind] = (Privacy._erase(kind, free) if free else 0, kept)
        self.env["res.partner"].sudo().search(
            [("btp_relance_contact_id", "in", persons.ids)]
        ).btp_relance_contact_id = False
        for company in companies:
            persons.sudo().with_company(company).btp_no_reminder_reason = False
        return told

    def _btp_privacy_restrict(self, restricted=True):
        """Stop, or take up again, whatever is done with these persons' data."""
        commercial = self.commercial_partner_id.sudo()
        (self.sudo() | commercial).btp_privacy_restricted = restricted
        for company in self.env["res.company"].sudo().search([]):
            commercial.with_company(company).write(
                {
                    "btp_no_reminder": restricted,
                    "btp_no_reminder_until": False,
                    "btp_no_reminder_reason": restricted
                    and self.env._("Processing restricted (GDPR art. 18)"),
                }
            )
