# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what customers write back, in French and English. Plain Python: no database."""

from .headers import find_quoted, read_automatic
from .mailboxes import FREE_DOMAINS
from .html_text import to_text
from .reader import read
from .reading import KINDS, Reading
from .stripping import find_own
