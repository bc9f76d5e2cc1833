# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers read back from their PDF: text, places in millimetres, pictures."""

import io
import os
import re
import tempfile
from pathlib import Path
from typing import NamedTuple

from odoo import Command
from odoo.tools.pdf import PdfFileReader

from .interest_common import InterestCommon

#: Where the pictures of the papers go, for a person to look at.
ARTEFACTS = Path(
    os.environ.get("BTP_ARTEFACTS") or Path(tempfile.gettempdir(), "btp_papers")
)
MM = 25.4 / 72
IBAN = "FR7630001007941234567890185"
BIC = "BDFEFRPPCCT"


class Word(NamedTuple):
    """A piece of text and where it stands, in mm from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def open_pdf(content: bytes):
    """Return a PDF as pypdfium2 reads it (a package of the tests only)."""
    import pypdfium2

    return pypdfium2.PdfDocument(content)


def plain(text: str) -> str:
    """Return text with spaces of all kinds made plain, hyphenated words made whole."""
    text = re.sub(r"[-\u2010\ufffe\u00ad]\r?\n", "", text.replace("\ufffe", "\u00ad\n"))
    return re.sub(r"[ \u00a0\u202f\r\n]+", " ", text)


def pages(content: bytes) -> list[str]:
    """Return the text of each page."""
    return [plain(page.get_textpage().get_text_range()) for page in open_pdf(content)]


def words(content: bytes, page=0) -> list[Word]:
    """Return the pieces of text of a page with their places."""
    page = open_pdf(content)[page]
    height, text = page.get_height(), page.get_textpage()
    found = []
    for rank in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(rank)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        box = left * MM, (height - top) * MM, right * MM, (height - bottom) * MM
        if said:
            found.append(Word(plain(said), *box))
    return found


class PaperCommon(InterestCommon):
    """A French company with an IBAN, and customers whose letters are read back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.company.sudo().write(
            {
                "street": "12 quai du Lazaret",
                "zip": "13002",
                "city": "Marseille",
                "phone": "04 91 00 00 00",
                "company_registry": "81234567800012",
                "vat": "FR23334175221",
                "btp_legal_form": "SARL au capital de 50 000 €",
                "btp_registration": "RCS Marseille 812 345 678",
            }
        )
        bank = cls.env["res.bank"].create({"name": "Banque du Bâtiment", "bic": BIC})
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": IBAN,
                "partner_id": cls.company.partner_id.id,
                "bank_id": bank.id,
            }
        )
        cls.france = cls.env.ref("base.fr")
        cls.customer.write(
            {
                "lang": "fr_FR",
                "street": "1 rue du Port",
                "street2": "Bâtiment C",
                "zip": "97400",
                "city": "Saint-Denis",
                "country_id": cls.france.id,
            }
        )
        cls.customer.btp_regime = "b2b"

    def setUp(self):
        super().setUp()
        self.today = self.days_later(0)

    @property
    def report(self):
        return self.env["ir.actions.report"]

    def write_to(self, template="btp_relance.template_good_p15", **values):
        """Have the scenario's step at J+3 leave by letter."""
        self.step(3).write(
            {
                "channel": "letter",
                "template_id": self.env.ref(template).id,
                **values,
            }
        )

    def make_letter(self, amount=1234.5, **values):
        """Return the letter of one invoice, in the hands of who posts it."""
        self.write_to()
        self.make_invoice(late=5, amount=amount, **values)
        relance = self.plan()
        self.dispatch()
        self.assertEqual(relance.mapped("failure_reason"), [False] * len(relance))
        self.assertEqual(set(relance.mapped("state")), {"assigned"})
        return relance

    def make_chantier(self, **values):
        """Return a chantier of the customer."""
        return self.env["btp.chantier"].create(
            {
                "name": "Résidence les Pins",
                "partner_id": self.customer.id,
                "role": "titulaire",
                **values,
            }
        )

    def invoice_of(self, chantier, late=20, amount=1000.0):
        return self.make_invoice(
            late, amount, chantier.partner_id, btp_chantier_id=chantier.id
        )

    def picture(self, content: bytes, name: str, scale=1.5):
        """Keep a picture of each page for a person to look at; none is blank."""
        ARTEFACTS.mkdir(parents=True, exist_ok=True)
        images = []
        for rank, page in enumerate(open_pdf(content), start=1):
            image = page.render(scale=scale).to_pil()
            image.save(ARTEFACTS / f"{name}-{rank}.png")
            images.append(image)
            dark = sum(image.convert("L").histogram()[:128])
            self.assertGreater(dark, 500, f"Page {rank} of {name} is blank")
        return images

    def assert_archivable(self, content: bytes):
        """PDF/A-3b, and every font is in the file."""
        self.assertIn(b"%PDF-1.7", content[:10])
        reader = PdfFileReader(io.BytesIO(content))
        root = reader.trailer["/Root"]
        metadata = root["/Metadata"].get_data()
        self.assertRegex(metadata, rb"pdfaid:part[^0-9]*3")
        self.assertRegex(metadata, rb"pdfaid:conformance[^A-Z]*B")
        self.assertIn("/OutputIntents", root)
        self.assertNotIn("/Names", root, "Nothing is embedded.")
        fonts = [
            font.get_object()
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        ]
        self.assertTrue(fonts)
        for font in fonts:
            inner = font["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            self.assertTrue(
                {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor),
                f"{descriptor['/FontName']} is not embedded",
            )

    def lines(self, count):
        """Return the lines of an invoice of as many works."""
        return [
            Command.create({"name": f"Works {rank}", "price_unit": 10, "tax_ids": []})
            for rank in range(count)
        ]
