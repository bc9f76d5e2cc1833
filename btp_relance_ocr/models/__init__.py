# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import btp_paper
from . import btp_paper_value
from . import btp_paper_candidate
from . import btp_paper_effect
