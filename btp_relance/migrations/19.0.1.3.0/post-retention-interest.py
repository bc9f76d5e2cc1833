# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Formal notices to release a retention state the interest that it bears, in figures."""

STEPS = ("step_retention_formal", "step_retention_public_formal")


def migrate(cr, version):
    """Have the seeded steps state it, as those about invoices do.

    :param cr: cursor of the database
    :param version: version installed before
    """
    cr.execute(
        """
        UPDATE btp_relance_step SET show_interest = TRUE
          FROM ir_model_data d
         WHERE d.module = 'btp_relance' AND d.model = 'btp.relance.step'
           AND d.name IN %s AND d.res_id = btp_relance_step.id
           AND btp_relance_step.tone = 'formal'
        """,
        [STEPS],
    )
