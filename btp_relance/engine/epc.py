# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Draw the QR code of a SEPA transfer (EPC069-12) as lines, sharp on any printer."""

from urllib.parse import quote

import qrcode

#: White margin around the code, in modules: what the standard of QR codes wants.
QUIET = 4


def draw(payload: str) -> str:
    """Return the QR code of a payload as an SVG picture.

    Error correction M, as EPC069-12 wants; its version 13 (331 bytes) is the largest
    that the standard allows.

    :raise ValueError: the payload is longer than that
    """
    if len(payload.encode()) > 331:
        raise ValueError("A transfer's QR code holds 331 bytes.")
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET
    )
    code.add_data(payload.encode(), optimize=0)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(
        f"M{left} {top}h{length}v1h-{length}z"
        for top, row in enumerate(rows)
        for left, length in _runs(row)
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{path}"/></svg>'
    )


def _runs(row):
    """Return where dark modules begin in a row, and how many follow each other."""
    start = None
    for column, dark in enumerate([*row, False]):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


def data_url(svg: str) -> str:
    """Return a picture as an address that a page can hold."""
    return f"data:image/svg+xml,{quote(svg)}"
