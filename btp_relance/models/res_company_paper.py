# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import fields, models

from ..engine.typography import NBSP, postal_address

#: What Odoo's document layout stores, and nothing else that could be a style of its own.
COLOUR = re.compile(r"^#[0-9a-fA-F]{6}$")


class ResCompany(models.Model):
    """What the company's letters bear."""

    _inherit = "res.company"

    btp_legal_form = fields.Char(
        "Legal Form and Capital",
        help="As it stands on letters: “SARL au capital de 20 000 €” (C. com. R123-238).",
    )
    btp_registration = fields.Char(
        "Registration",
        help="As it stands on letters: “RCS Marseille 812 345 678” (C. com. R123-237).",
    )
    btp_paper_window = fields.Selection(
        [("right", "On the right (French envelopes)"), ("left", "On the left")],
        "Window of the Envelopes",
        default="right",
        required=True,
        help="Where the address of the recipient stands: DL and C5/6 envelopes with a "
        "window of 100 × 45 mm or 100 × 35 mm, for a sheet folded in three.",
    )
    btp_paper_duplex = fields.Boolean(
        "Letters Printed on Both Sides",
        help="When several letters print at once, each begins on a sheet of its own.",
    )

    def _get_paper_style(self) -> str:
        """Return the font and colour that the company chose for its documents, as CSS."""
        self.ensure_one()
        font = (self.font or "Lato").replace("_", " ")
        colour = self.primary_color or ""
        return f"--font: '{font}'; --accent: {colour if COLOUR.match(colour) else '#1f3a5f'}"

    def _get_legal_line(self) -> str:
        """Return what the law wants at the foot of a company's letters."""
        self.ensure_one()
        vat = self.vat and self.env._("VAT no. %s", self.vat)
        parts = (self.btp_legal_form, self._get_registry_line(), self.btp_registration)
        # Each part keeps together at the end of a line.
        words = [part.replace(" ", NBSP) for part in (*parts, vat) if part]
        return " – ".join([self.name or "", *words])

    def _get_registry_line(self) -> str:
        """Return the company's number with its name."""
        self.ensure_one()
        return self.partner_id._get_registry_line()


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_legal_form = fields.Char(related="company_id.btp_legal_form", readonly=False)
    btp_registration = fields.Char(
        related="company_id.btp_registration", readonly=False
    )
    btp_paper_window = fields.Selection(
        related="company_id.btp_paper_window", readonly=False
    )
    btp_paper_duplex = fields.Boolean(
        related="company_id.btp_paper_duplex", readonly=False
    )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_paper_facts(self, report) -> dict:
        """The statement of claims is read by the mandataire judiciaire."""
        reader = self.btp_insolvency_trustee_id or self
        return {"lang": reader.lang or self.env.lang, "company": self.env.company}

    def _get_registry_line(self) -> str:
        """Return a firm's number with its name: “SIRET 812 345 678 00012”."""
        self.ensure_one()
        number = self.company_registry
        if not number:
            return ""
        if self.country_code != "FR":
            return f"{self.company_registry_label} {number}"
        digits = number.replace(" ", "")
        if len(digits) == 14:
            groups = (digits[:3], digits[3:6], digits[6:9], digits[9:])
            number = " ".join(groups)
        return f"SIRET {number}"

    def _get_paper_lines(self, company, person=None) -> list[str]:
        """Return the address that shows in the window of an envelope, six lines at most.

        :param company: the sender: its own country is not printed
        :param person: a contact to whose attention it goes, if not this partner
        """
        self.ensure_one()
        abroad = self.country_id and self.country_id != company.country_id
        # It is the sender's post that reads it.
        country = self.country_id.with_context(lang=company.partner_id.lang)
        firm = self.commercial_partner_id
        return postal_address(
            [firm.name, self.name, person and person.name],
            self.street,
            self.street2,
            self.zip,
            self.city,
            country.name if abroad else "",
        )
