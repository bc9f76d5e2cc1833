# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Draw the QR code of a SEPA transfer (EPC069-12)."""

import base64
import io

import qrcode
from PIL import Image

#: White margin around the code, in modules: what the standard of QR codes wants.
QUIET = 4
#: Pixels a module: sharp on paper, and many times faster to lay out than lines.
SCALE = 8
#: What the largest code of the standard holds (version 13).
MAX_BYTES = 331


def fits(payload: str) -> bool:
    """Return whether a payload holds in a code of the standard."""
    return len(payload.encode()) <= MAX_BYTES


def draw(payload: str) -> bytes:
    """Return the QR code of a payload as a PNG picture in black and white.

    Error correction M, as EPC069-12 wants.

    :raise ValueError: the payload is longer than that
    """
    if not fits(payload):
        raise ValueError(f"A transfer's QR code holds {MAX_BYTES} bytes.")
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET
    )
    code.add_data(payload.encode(), optimize=0)
    code.make(fit=True)
    rows = code.get_matrix()
    picture = Image.new("1", (len(rows), len(rows)), 1)
    picture.putdata([not dark for row in rows for dark in row])
    size = len(rows) * SCALE
    stream = io.BytesIO()
    picture.resize((size, size), Image.Resampling.NEAREST).save(stream, "PNG")
    return stream.getvalue()


def data_url(png: bytes) -> str:
    """Return a picture as an address that a page can hold."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"
