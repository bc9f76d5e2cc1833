# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    test_demo,
    test_access,
    test_activation,
    test_by_hand,
    test_company,
    test_dispatch,
    test_echeance,
    test_failure,
    test_forecast,
    test_hold,
    test_journal,
    test_messages,
    test_payment,
    test_plan,
    test_progress,
    test_recheck,
    test_relation,
    test_scenario,
    test_screen,
    test_tour,
)
