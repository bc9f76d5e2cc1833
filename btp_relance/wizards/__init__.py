# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    account_move_reversal,
    account_payment_register,
    base_partner_merge,
    btp_agreed_wizard,
    btp_answer_correction,
    btp_attach,
    btp_attach_search,
    btp_dispute_opening,
    btp_dispute_resolution,
    btp_penalty_waiver,
    btp_privacy_export,
    btp_privacy_request,
    btp_relance_activation,
    btp_relance_forecast,
    btp_relance_outcome,
    btp_relance_receipt,
    btp_retention_release,
    mail_compose_message,
    payment_link_wizard,
    privacy_lookup,
)
