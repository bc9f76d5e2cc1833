# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What was there before 19.0.1.2.0 leaves as before, until a manager says otherwise."""


def migrate(cr, version):
    """Leave hours, limits and confirmations to the managers of companies at work.

    :param cr: cursor of the database
    :param version: version installed before
    """
    cr.execute(
        """
        UPDATE res_company
           SET btp_email_any_time = TRUE, btp_consumer_email_any_time = TRUE,
               btp_max_contacts_consumer = 0, btp_confirm_promise = FALSE,
               btp_confirm_document = FALSE
         WHERE btp_relance_active
        """
    )
