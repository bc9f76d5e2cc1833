# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read the papers of building sites: what a PDF, scan or photo is, and what it says.

Nothing here needs Odoo. Files are read in confined processes (`sandbox`), so this package may be
imported anywhere: its heavy libraries are loaded in those processes only.

``read_file(path)`` and ``read_files(paths)`` return for each file a dictionary of plain values:

``type``
    one of ``KINDS``; None with an error
``detail``
    a finer kind, such as ``exe6``, ``attestation_urssaf``, ``caution``
``kind_confidence``, ``confidence``
    how sure, 0 to 1; what is given as 0.9 or more may be used without being shown
``fields``
    the values: ISO dates, decimal strings, booleans, lists
``places``
    {field: {"page": from 1, "box": [left, top, right, bottom] as fractions of the page as it came}}
``pages``
    for each page read: its words with their boxes, for showing and choosing
``error``
    None, or one of ``codes.ERRORS``
``warnings``
    some of ``codes.WARNINGS``
``seconds``, ``rss_mb``
    what it took
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
