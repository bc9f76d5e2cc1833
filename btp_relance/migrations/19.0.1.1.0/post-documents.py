# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a database that was there before 19.0.1.1.0 needs beside the new columns."""


def migrate(cr, version):
    """Bring the data of an earlier version up to date."""
    leave_documents_to_people(cr)


def leave_documents_to_people(cr):
    """Where reminders already leave, a manager switches the follow-up of documents on.

    Nobody asked for it yet: overnight, it would stop the reminders of every situation.
    """
    cr.execute(
        "UPDATE res_company SET btp_follow_documents = FALSE WHERE btp_relance_active"
    )
