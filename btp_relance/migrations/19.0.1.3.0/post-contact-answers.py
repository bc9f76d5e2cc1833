# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who answered before 19.0.1.3.0 is known after it; who is written to stays the same."""


def migrate(cr, version):
    """Read the answers of contacts from the journal and the calls.

    :param cr: cursor of the database
    :param version: version installed before
    """
    cr.execute(
        """
        INSERT INTO btp_contact_answer (
            company_id, contact_id, relance_id, kind, channel, day,
            create_uid, create_date, write_uid, write_date)
        SELECT DISTINCT r.company_id, r.contact_id, r.id, 'answered', 'email',
               e.happened_on::date, 1, NOW() AT TIME ZONE 'UTC', 1,
               NOW() AT TIME ZONE 'UTC'
          FROM btp_relance_event e
          JOIN btp_relance r ON r.id = e.relance_id
         WHERE e.kind = 'answer'
         UNION ALL
        SELECT r.company_id, r.contact_id, r.id, 'answered', 'call', r.contacted_on,
               1, NOW() AT TIME ZONE 'UTC', 1, NOW() AT TIME ZONE 'UTC'
          FROM btp_relance r
         WHERE r.call_outcome NOT IN ('no_answer', 'wrong_number')
           AND r.contacted_on IS NOT NULL
        """
    )
    # A manager says when another contact is asked: nobody new is written to by an update.
    cr.execute("UPDATE res_company SET btp_max_silent = 0 WHERE btp_relance_active")
