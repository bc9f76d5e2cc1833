# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the papers of building sites: what a PDF, scan or photo is, and what it says.

Nothing here needs Odoo. Files are read in confined processes (`sandbox`), so this package may be
imported anywhere: its heavy libraries are loaded in those processes only.

``read_file(path)`` and ``read_files(paths)`` return for each file a dictionary of plain values:

``type``
    one of ``KINDS``; None with an error
``detail``
    a finer kind, such as ``exe6``, ``attestation_urssaf``, ``caution``; ``avoir`` for an invoice that is a credit
    note: its amounts are as printed
``kind_confidence``, ``confidence``
    how sure, 0 to 1; what is given as 0.9 or more may be used without being shown
``fields``
    the values: ISO dates, decimal strings, booleans, lists
``places``
    {field: {"page": from 1, "box": [left, top, right, bottom] as fractions of the upright page}}
``pages``
    for each page read, its ``number``, ``source`` (``text`` or ``ocr``), ``quality``, ``words``
    ``[[text, left, top, right, bottom, confidence]]`` with boxes as above, ``rotation`` (degrees clockwise
    by which the page as it came was turned to stand upright: 0, 90, 180, 270), ``matrix`` (3x3, from
    fractions of the upright page to fractions of the page as it came) and, when asked for, its ``picture``
``fingerprint``
    64 bits as 16 hexadecimal digits that tell how the first page looks, None without a picture: see
    ``fingerprint.distance``. Scans of one sheet differ in few of them (`fingerprint.NEAR` or less); so may
    two papers of one layout, which is why the same amounts, dates and references must be read as well
``error``
    None, or one of ``codes.ERRORS``
``warnings``
    some of ``codes.WARNINGS``
``seconds``, ``rss_mb``
    what it took

``read_file(path, pictures=FOLDER)`` also leaves there a JPEG of each of the first ten pages read, upright and
flat (a photo's sheet is cut out), which the confined process draws. ``page["picture"]`` is then
``{"file": name in FOLDER, "width": pixels, "height": pixels}``, and all boxes are fractions of that picture.
A page that is too poor to be read has its picture too, with the error. ``read_files`` takes a folder for all
files and makes one in it per file, named after the file's rank from 0.
"""

from .codes import ERRORS, WARNINGS
from .limits import LIMITS, Limits
from .sandbox import Reader, read_file, read_files

KINDS = (
    "pv_reception",
    "pv_opr",
    "pv_levee_reserves",
    "bon_commande",
    "ordre_service",
    "situation",
    "certificat_paiement",
    "doe_bordereau",
    "facture",
    "autre",
)
