# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import figures, link, portal, portal_acts, portal_plan, registered, site
