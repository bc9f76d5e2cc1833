# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import html2plaintext

from ..engine import mentions


class AccountMove(models.Model):
    """A look at the compulsory mentions before an invoice leaves: it warns, never blocks."""

    _inherit = "account.move"

    btp_mentions = fields.Html(
        "Mentions to Complete",
        compute="_compute_btp_mentions",
        compute_sudo=True,
        sanitize=False,
    )

    @api.depends(
        "btp_chantier_id",
        "btp_engagement_number",
        "btp_purchase_order",
        "btp_reverse_charge",
        "btp_service_code",
        "delivery_date",
        "invoice_date_due",
        "invoice_line_ids.name",
        "invoice_line_ids.quantity",
        "invoice_line_ids.tax_ids",
        "narration",
        "partner_id",
        "ref",
    )
    @api.depends_context("lang")
    def _compute_btp_mentions(self):
        for move in self:
            findings = move._get_btp_missing_mentions()
            move.btp_mentions = findings and move._format_btp_mentions(findings)

    def _post(self, soft=True):
        # EXTENDS account
        missing = {
            move: findings
            for move in self
            if (findings := move._get_btp_missing_mentions())
        }
        posted = super()._post(soft=soft)
        done = set(posted._ids)
        noted = [move for move in missing if move.id in done]
        if noted:
            self.browse([move.id for move in noted])._message_log_batch(
                bodies={
                    move.id: Markup("<p>%s</p>%s")
                    % (
                        self.env._("Posted with mentions to complete:"),
                        move._format_btp_mentions(missing[move]),
                    )
                    for move in noted
                }
            )
        return posted

    # === BUSINESS === #

    def _get_btp_missing_mentions(self) -> list[mentions.Finding]:
        """Return the compulsory mentions that a draft French customer invoice lacks."""
        self.ensure_one()
        if (
            self.move_type not in ("out_invoice", "out_refund")
            or self.state != "draft"
            or self.btp_is_penalty
            or not self.commercial_partner_id.btp_regime
            or not self._is_btp_french()
        ):
            return []
        return mentions.missing(self.sudo()._get_btp_mention_facts())

    def _get_btp_mention_facts(self) -> mentions.Facts:
        """Return what the invoice states. Hook: an addon that prints more says so."""
        chantier = self.btp_chantier_id
        seller = self.company_id.partner_id
        buyer = self.commercial_partner_id
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        return mentions.Facts(
            regime=buyer.btp_regime,
            works=bool(chantier),
            seller_address=self._has_btp_address(seller),
            buyer_address=self._has_btp_address(self.partner_id),
            seller_number=bool(seller.company_registry),
            seller_vat=bool(seller.vat),
            buyer_number=bool(buyer.company_registry),
            executed_on=self.delivery_date,
            due_on=self.invoice_date_due,
            lines=tuple(
                (line.name, line.quantity, bool(line.tax_ids)) for line in lines
            ),
            reverse_charge=self.btp_reverse_charge,
            ordered=bool(chantier.purchase_order),
            order=bool(self.btp_purchase_order or self.ref),
            engagement=bool(
                self.btp_engagement_number
                or chantier.engagement_number
                or chantier.contract_reference
            ),
            service_code=bool(self.btp_service_code or chantier.service_code),
            text=self._get_btp_printed_text(),
        )

    @api.model
    def _has_btp_address(self, partner) -> bool:
        return all((partner.name, partner.street, partner.zip, partner.city))

    def _get_btp_printed_text(self) -> str:
        """Return what is printed around the lines. Hook: a report that prints more."""
        self.ensure_one()
        company = self.company_id
        texts = (
            self.narration,
            self.invoice_payment_term_id.note,
            self.fiscal_position_id.note,
            company.report_footer,
            company.company_details,
            # The printed invoice says it by itself.
            self.btp_reverse_charge and "<p>Autoliquidation</p>",
        )
        return "\n".join(html2plaintext(text) for text in texts if text)

    def _format_btp_mentions(self, findings) -> Markup:
        labels = self._get_btp_mention_labels()
        return Markup("<ul class='mb-0'>%s</ul>") % Markup("").join(
            Markup("<li>%s (%s)</li>") % (labels[finding.code], finding.article)
            for finding in findings
        )

    @api.model
    def _get_btp_mention_labels(self) -> dict[str, str]:
        """Return each mention in words that say what to complete."""
        return {
            "seller_address": self.env._("Our name and full address, on the company"),
            "buyer_address": self.env._("The customer's name and full billing address"),
            "executed_on": self.env._("The date of the works, as delivery date"),
            "quantity": self.env._("A label and a quantity on each line"),
            "due_on": self.env._("The due date"),
            "insurer": self.env._(
                "Our ten-year insurance: the insurer and the area covered, with its "
                "certificate attached"
            ),
            "reverse_charge": self.env._("The word “Autoliquidation”"),
            "vat": self.env._("The tax of each line, or the article that exempts it"),
            "seller_vat": self.env._("Our VAT number, on the company"),
            "penalty_rate": self.env._("The rate of the penalties for late payment"),
            "forty_euros": self.env._(
                "The indemnity of 40 € for recovery costs: the figure, not a reference"
            ),
            "forty_euros_consumer": self.env._(
                "Take away the indemnity of 40 €: only professionals owe it"
            ),
            "purchase_order": self.env._(
                "The number of the purchase order that the customer issued; without it "
                "payment is still due at its date"
            ),
            "seller_number": self.env._("Our SIRET, on the company"),
            "buyer_number": self.env._("The public buyer's SIRET, on the customer"),
            "engagement": self.env._("The number of the engagement or of the contract"),
            "service_code": self.env._(
                "The code of the service that pays, where the buyer requires one"
            ),
        }
