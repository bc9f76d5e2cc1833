# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers that wait since before they were read, and an address to write to."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Make the answers of the reminders that have one to read, and the addresses.

    :param cr: cursor of the database
    :param version: version installed before
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["res.company"].search([])._ensure_btp_answer_alias()
    answers = env["btp.answer"]
    for relance in env["btp.relance"].search([("answer_unread", "=", True)]):
        messages = relance.message_ids.filtered(answers._is_from_outside)
        for message in messages.sorted("id")[-1:]:
            answers.with_company(relance.company_id)._receive(
                message,
                {
                    "company_id": relance.company_id.id,
                    "partner_id": relance.partner_id.id,
                    "relance_id": relance.id,
                    "user_id": relance._get_agent().id,
                },
            )
