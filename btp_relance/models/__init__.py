# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from . import (
    account_move,
    account_partial_reconcile,
    btp_chantier,
    btp_echeance,
    btp_relance,
    btp_relance_by_hand,
    btp_relance_channel,
    btp_relance_delivery,
    btp_relance_engine,
    btp_relance_dispatch,
    btp_relance_event,
    btp_relance_hold,
    btp_relance_line,
    btp_relance_rule,
    btp_relance_scenario,
    btp_relance_step,
    mail_mail,
    res_company,
    res_config_settings,
    res_partner,
)
