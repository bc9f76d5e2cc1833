# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A PV as it comes out of a scanner: a picture, a little askew, with a stain on its date."""

import io
import random
from functools import cache

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter
from weasyprint import HTML

STYLE = """
@page { size: A4; margin: 18mm } body { font-family: 'DejaVu Sans'; font-size: 11pt; line-height: 1.5 }
h1 { font-size: 16pt; text-align: center } table { width: 100%; margin-top: 30pt }
"""
INK = (
    "<svg width='170' height='60' viewBox='0 0 170 60'><path d='M5 40 Q 25 2 40 38 T 75 30 Q 90 5 100 42"
    " T 150 22 M 20 50 L 140 44' fill='none' stroke='#1b2a7a' stroke-width='2'/></svg>"
)
PV = """<html><head><style>{style}</style></head><body>
<h1>PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX</h1>
<p>Maître d'ouvrage : {owner}</p><p>Entreprise : {firm}</p><p>SIRET : {siret}</p>
<p>Opération : {site}</p><p>Marché n° : {contract}</p>
<p>La réception des travaux est prononcée sans réserve.</p>
<p style="margin-top:14pt">Date d'effet de la réception : {day}</p>
<table><tr><td>Le maître d'ouvrage<br/>{ink}</td><td>L'entreprise<br/>{ink}</td></tr></table>
</body></html>"""


@cache
def scan_pv(**facts) -> bytes:
    """Return a PDF that holds a grey picture of a signed PV; its date of effect is under a stain."""
    content = HTML(string=PV.format(style=STYLE, ink=INK, **facts)).write_pdf()
    document = pypdfium2.PdfDocument(content)
    page, scale = document[0], 200 / 72
    text = page.get_textpage()
    place = text.search(facts["day"]).get_next()
    boxes = [text.get_charbox(place[0] + rank) for rank in range(place[1])]
    image = page.render(scale=scale).to_pil().convert("L")
    left, right = boxes[0][0] * scale - 6, boxes[-1][2] * scale + 6
    top = (page.get_height() - max(box[3] for box in boxes)) * scale - 8
    bottom = (page.get_height() - min(box[1] for box in boxes)) * scale + 8
    # Coffee: nobody reads what is under it, but who was there.
    ImageDraw.Draw(image).ellipse(
        (left - 20, top - 14, right + 20, bottom + 14), fill=70
    )
    dice = random.Random(7)
    image = image.rotate(0.6, fillcolor=250, resample=Image.BICUBIC)
    noise = Image.frombytes("L", image.size, dice.randbytes(image.width * image.height))
    image = Image.blend(image, noise, 0.03).filter(ImageFilter.GaussianBlur(0.4))
    out = io.BytesIO()
    image.save(out, "PDF", resolution=200, quality=70)
    return out.getvalue()
