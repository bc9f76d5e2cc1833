# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a paper is about: which chantier, invoice or supplier, and how sure that is.

Nothing here needs Odoo. A clue is worth so many *nats* for or against a candidate; what all clues
of all candidates are worth together gives each its probability, that of "none of them" included.
So two candidates that look alike share what there is, and neither is sure.
"""

from .chantiers import rank_chantiers
from .model import Chantier, Clue, Facts, Invoice, Ranked, Supplier
from .names import likeness, plain, patterns
from .ranking import SURE, choose
from .references import canonical, compare
from .suppliers import rank_suppliers

__all__ = [
    "SURE",
    "Chantier",
    "Clue",
    "Facts",
    "Invoice",
    "Ranked",
    "Supplier",
    "canonical",
    "choose",
    "compare",
    "likeness",
    "patterns",
    "plain",
    "rank_chantiers",
    "rank_suppliers",
]
