# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers as the reader leaves them, without running it."""

import base64
import io
import json

from PIL import Image, ImageDraw

from odoo.addons.btp_relance.tests.common import RelanceCommon

#: Words of a PV with their places, line by line.
LINES = (
    (0.06, "PROCES-VERBAL DE RECEPTION DES TRAVAUX"),
    (0.12, "Opération Résidence les Pins"),
    (0.16, "Marché n° M-2025-014"),
    (0.22, "Date d'effet de la réception : 12 mars 2025"),
    (0.27, "Réception prononcée sans réserve"),
    (0.35, "Fait à Marseille le 14/03/2025"),
    (0.40, "Montant du marché 12 345,67 € HT"),
)


def words_of(lines, left=0.08, char=0.012):
    """Return the words of lines with boxes: ``[[text, left, top, right, bottom, confidence]]``."""
    words = []
    for top, text in lines:
        x = left
        for word in text.split():
            right = x + char * len(word)
            words.append([word, round(x, 4), top, round(right, 4), top + 0.018, 0.95])
            x = right + char
    return words


def box_of(words, *texts):
    """Return the box around words of the first line that has one of them."""
    found = [word for word in words if word[0] in texts]
    found = [word for word in found if word[2] == found[0][2]]
    return [
        min(word[1] for word in found),
        min(word[2] for word in found),
        max(word[3] for word in found),
        max(word[4] for word in found),
    ]


def draw(words, size=(800, 1132)):
    """Return a JPEG of a page with words."""
    image = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(image)
    for text, left, top, *_rest in words:
        pen.text((left * size[0], top * size[1]), text, fill="black")
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


class ReviewCommon(RelanceCommon):
    """A chantier with an invoice, and papers to check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chantier = cls.env["btp.chantier"].create(
            {
                "name": "Résidence les Pins",
                "partner_id": cls.customer.id,
                "role": "titulaire",
            }
        )
        cls.agent = cls.make_user(
            "agent", "btp_relance.group_agent", password="agent", lang="en_US"
        )

    def make_paper(self, name="pv.pdf", lines=LINES, pages=1, **values):
        """Return a PV as the reader leaves it: a doubtful date, no decision found."""
        words = words_of(lines)
        files = self.env["ir.attachment"].create(
            [
                {"name": name, "raw": b"%PDF-1.4 " + name.encode()},
                *(
                    {
                        "name": f"page-{page}.jpg",
                        "raw": draw(words),
                        "mimetype": "image/jpeg",
                    }
                    for page in range(1, pages + 1)
                ),
            ]
        )
        found = values.pop(
            "found",
            {
                "date_reception": (
                    "2025-03-02",
                    0.62,
                    box_of(words, "12", "mars"),
                ),
                "ref_marche": ("M-2025-014", 0.97, box_of(words, "M-2025-014")),
                "signed": (True, 0.95, None),
            },
        )
        paper = self.env["btp.paper"].create(
            {
                "name": name,
                "attachment_id": files[0].id,
                "company_id": self.company.id,
                "state": "to_check",
                "kind": "pv_reception",
                "read_kind": "pv_reception",
                "kind_confidence": 0.98,
                "why": "Confirm what is not sure: date of réception.",
                "reading": {"page_count": pages, "pages": [{"number": 1}]},
                "words": base64.b64encode(
                    json.dumps(dict.fromkeys(range(1, pages + 1), words)).encode()
                ),
                "picture_ids": [(6, 0, files[1:].ids)],
                "value_ids": [
                    (
                        0,
                        0,
                        {
                            "name": field,
                            "value": value,
                            "read_value": value,
                            "confidence": sure,
                            "page": 1 if box else 0,
                            "box": box,
                        },
                    )
                    for field, (value, sure, box) in found.items()
                ],
                **values,
            }
        )
        files.write({"res_model": "btp.paper", "res_id": paper.id})
        return paper
