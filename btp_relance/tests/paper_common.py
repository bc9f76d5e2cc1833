# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers read back from their PDF: text, places in millimetres, pictures."""

import os
import re
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium

from .common import RelanceCommon

#: Where the pictures of the papers go, for a person to look at.
ARTEFACTS = Path(os.environ.get("BTP_ARTEFACTS") or "/tmp/btp_papers")
MM = 25.4 / 72
IBAN = "FR7630001007941234567890185"


class Word(NamedTuple):
    """A piece of text and where it stands, in mm from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class PaperCommon(RelanceCommon):
    """A French company with an IBAN, and customers whose letters are read back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.company.write(
            {
                "street": "12 quai du Lazaret",
                "zip": "13002",
                "city": "Marseille",
                "phone": "04 91 00 00 00",
                "country_id": cls.env.ref("base.fr").id,
                "company_registry": "81234567800012",
                "btp_legal_form": "SARL au capital de 50 000 €",
                "btp_registration": "RCS Marseille 812 345 678",
            }
        )
        cls.company.vat = "FR23334175221"
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "partner_id": cls.company.partner_id.id,
                "bank_id": cls.env["res.bank"]
                .create({"name": "Banque du Bâtiment", "bic": "BDFEFRPPCCT"})
                .id,
            }
        )
        cls.customer.write(
            {
                "lang": "fr_FR",
                "street": "1 rue du Port",
                "street2": "Bâtiment C",
                "zip": "97400",
                "city": "Saint-Denis",
                "country_id": cls.env.ref("base.fr").id,
            }
        )

    def make_letter(self, template="btp_relance.template_good_p15", **values):
        """Return a reminder of one invoice, handed over as a letter."""
        self.step(3).write(
            {
                "channel": "letter",
                "template_id": self.env.ref(template).id,
            }
        )
        self.make_invoice(late=5, amount=1234.5, **values)
        relance = self.plan()
        self.dispatch()
        return relance

    # === READING A PDF === #

    def pages(self, content: bytes):
        """Return the text of each page, spaces of all kinds made plain."""
        pdf = pdfium.PdfDocument(content)
        return [self.plain(page.get_textpage().get_text_range()) for page in pdf]

    def plain(self, text: str) -> str:
        text = text.replace("\ufffe", "").replace("\u00ad", "")
        return re.sub(r"[ \u00a0\u202f\r\n]+", " ", text)

    def words(self, content: bytes, page=0) -> list[Word]:
        """Return the pieces of text of a page with their places."""
        page = pdfium.PdfDocument(content)[page]
        height, text = page.get_height(), page.get_textpage()
        found = []
        for rank in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(rank)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            box = left * MM, (height - top) * MM, right * MM, (height - bottom) * MM
            found.append(Word(words, *box))
        return found

    def picture(self, content: bytes, name: str, scale=1.5):
        """Write a picture of each page beside the tests' results; return the first."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        images = []
        for rank, page in enumerate(pdfium.PdfDocument(content), start=1):
            image = page.render(scale=scale).to_pil()
            image.save(ARTEFACTS / f"{name}-{rank}.png")
            images.append(image)
            dark = sum(image.convert("L").histogram()[:128])
            self.assertGreater(dark, 500, f"Page {rank} of {name} is blank")
        return images[0]
