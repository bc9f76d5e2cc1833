# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    test_cash,
    test_change,
    test_choice,
    test_document_delay,
    test_ledger,
    test_quality,
    test_reader,
    test_rights,
    test_score,
    test_wanted,
)
