# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    base_partner_merge,
    btp_privacy_export,
    btp_privacy_request,
    privacy_lookup,
)
