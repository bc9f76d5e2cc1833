# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who pays late, and when: learned from one company's own invoices. No Odoo in here.

``api`` is the way in; each other module stands for itself and says so at its top.
"""

from . import metrics
from .api import Fitted, Forecast, by_rule, fit, forecast, predict, train
from .errors import LearnerError
from .ledger import Ledger
from .model import Model
from .store import digest, dumps, loads, stamp
