# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from psycopg2.errors import UniqueViolation

from odoo import fields, models


class BtpRelance(models.Model):
    """The page of a customer who logs in: with no message sent yet, it has no reminder to
    stand on, and gets a record of its own, that is neither planned nor sent."""

    _inherit = "btp.relance"

    kind = fields.Selection(
        selection_add=[("page", "Customer's page")], ondelete={"page": "cascade"}
    )
    state = fields.Selection(
        selection_add=[("page", "Opened by the customer")], ondelete={"page": "cascade"}
    )
    step_id = fields.Many2one(required=False)

    _page_is_no_message = models.Constraint(
        "CHECK((kind = 'page') = (state = 'page')"
        " AND (kind = 'page' OR step_id IS NOT NULL))",
        "A reminder has a level, and a customer's page is no reminder.",
    )
    _one_page_per_debtor = models.UniqueIndex(
        "(company_id, partner_id) WHERE kind = 'page'",
        "This customer already has a page.",
    )

    def _compute_display_name(self):  # pylint: disable=missing-return
        # EXTENDS btp_relance
        pages = self.filtered(lambda relance: relance.kind == "page")
        super(BtpRelance, self - pages)._compute_display_name()
        for page in pages:
            page.display_name = self.env._("Page of %s", page.partner_id.name or "")

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance
        if self.kind != "page":
            return super()._get_why()
        return [
            (
                self.env._("What is this?"),
                self.env._(
                    "The customer logged in and opened their page: no reminder was sent to "
                    "them yet. What they do there is below."
                ),
            )
        ]

    def _get_owed(self, user) -> list[dict]:
        """Return what a portal user owes: one row a company and currency.

        :param user: ``res.users``
        :return: ``company``, ``relance`` (on which the page stands, empty where there is
            none yet), ``count``, ``amounts`` (``{currency: amount}``)
        """
        partner = user.partner_id.commercial_partner_id
        if not user._is_portal():
            return []
        rows = []
        for company in user.company_ids:
            relance = self._find_page(partner, company)
            due = self._get_open_echeances(partner, company).filtered(
                lambda echeance: (
                    echeance.date_due <= self.env["btp.echeance"]._get_today()
                )
            )
            if relance or due:
                rows.append(
                    {
                        "company": company,
                        "relance": relance,
                        "count": len(due),
                        "amounts": {
                            currency: currency.round(sum(group.mapped("residual")))
                            for currency, group in due.grouped("currency_id").items()
                        },
                    }
                )
        return rows

    def _find_page(self, partner, company):
        """Return the last reminder sent to a debtor, else their own page."""
        return self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "=", partner.id),
                "|",
                ("kind", "=", "page"),
                "&",
                ("state", "=", "sent"),
                ("kind", "=", "reminder"),
            ],
            order="sent_on desc nulls last, id desc",
            limit=1,
        )

    def _get_open_echeances(self, partner, company):
        """Return what a debtor owes a company, due or not."""
        return (
            self.env["btp.echeance"]
            .sudo()
            .with_company(company)
            .search([("company_id", "=", company.id), ("partner_id", "=", partner.id)])
        )

    def _open_page(self, user, company):
        """Return on what the page of a portal user stands, made where there is nothing yet.

        :return: a ``btp.relance`` in sudo, empty where they owe this company nothing, or
            where another request is making it
        """
        partner = user.partner_id.commercial_partner_id
        if not user._is_portal() or company not in user.company_ids:
            return self.browse()
        found = self._find_page(partner, company)
        if found or not self._get_open_echeances(partner, company):
            return found
        debtor = partner.with_company(company).sudo()
        values = {
            "company_id": company.id,
            "partner_id": partner.id,
            "contact_id": user.partner_id.id,
            "user_id": debtor.btp_relance_user_id.id or company.btp_relance_user_id.id,
            "kind": "page",
            "state": "page",
        }
        try:
            with self.env.cr.savepoint():
                return self.sudo().with_context(mail_create_nolog=True).create(values)
        except UniqueViolation:
            return self.browse()
