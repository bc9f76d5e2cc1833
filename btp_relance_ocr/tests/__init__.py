# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import test_paper
from . import test_review
from . import test_review_tour
from . import test_paper_match
from . import test_paper_core
from . import test_paper_privacy
from . import test_paper_ways
from . import test_paper_apply
from . import test_paper_bill
from . import test_layout
from . import test_accuracy
from . import test_radar
from . import test_paper_walk
from . import test_paper_match_many
