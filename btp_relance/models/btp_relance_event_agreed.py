# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

KINDS = [
    ("promise_kept", "Promise kept"),
    ("promise_partly", "Promise partly kept"),
    ("promise_broken", "Promise broken"),
    ("promise_dropped", "Promise cancelled"),
    ("plan_requested", "Instalments asked for"),
    ("plan_proposed", "Instalments proposed"),
    ("plan_refused", "Instalments refused"),
    ("plan_signed", "Instalment plan signed"),
    ("plan_warned", "Warned of an instalment not paid"),
    ("plan_resumed", "Instalment plan up to date again"),
    ("plan_done", "Instalment plan paid"),
    ("plan_void", "Instalment plan void"),
    ("plan_dropped", "Instalment plan cancelled"),
]


class BtpRelanceEvent(models.Model):
    """What was promised and agreed, in the journal."""

    _inherit = "btp.relance.event"

    kind = fields.Selection(
        selection_add=KINDS, ondelete={code: "cascade" for code, _label in KINDS}
    )
