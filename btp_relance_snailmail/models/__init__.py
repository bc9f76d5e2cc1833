# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import btp_privacy, btp_relance, res_company, snailmail_letter
