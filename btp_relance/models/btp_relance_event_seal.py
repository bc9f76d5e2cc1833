# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

import psycopg2

from odoo import api, fields, models

from ..engine.chain import GENESIS, commitment, digest
from .btp_relance_event import PERSONAL

#: What a row states, in the order in which a person reads it.
CONTENT = (
    "seq",
    "company_id",
    "happened_on",
    "kind",
    "relance_id",
    "debtor_ref",
    "debtor_name",
    "channel",
    "recipient",
    "subject",
    "body_sha256",
    "message_id",
    "documents",
    "detail",
    "author",
)
#: How rows are sealed now. Rows sealed before this was written have none.
SCHEME = 2


class BtpRelanceEvent(models.Model):
    """Sealing: each row is linked to the one before by a hash."""

    _inherit = "btp.relance.event"

    # === SEALING === #

    @api.model
    def _cron_seal(self):
        """Link the rows added since the last time to the chain of their company."""
        for (company,) in self._read_group([("hash", "=", False)], ["company_id"]):
            try:
                self._seal(company)
            except psycopg2.errors.SerializationFailure:
                # Another worker has just sealed them.
                self.env.cr.rollback()
                continue
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _seal(self, company) -> int:
        """Seal the rows of ``company`` that are not yet, in the order of their ids.

        Sealing apart from writing lets several workers dispatch at once: a chain has one
        end, and a transaction that held it would make all others wait. Whoever comes while
        another seals leaves the rows to it.

        :return: number of rows sealed
        """
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [0x627470, company.id])
        if not cr.fetchone()[0]:
            return 0
        self.flush_model()
        # Another worker may have sealed the rows that this one remembers unsealed.
        self.invalidate_model()
        last = self.search(
            [("company_id", "=", company.id), ("seq", ">", 0)],
            order="seq desc",
            limit=1,
        )
        seq, previous = last.seq, last.hash or GENESIS
        events = self.search(
            [("company_id", "=", company.id), ("hash", "=", False)], order="id"
        )
        sealed = []
        for event in events:
            seq += 1
            salt = secrets.token_hex(16)
            personal = commitment(salt, event._personal())
            current = digest(previous, event._content(seq, personal))
            sealed.append((event.id, seq, previous, current, SCHEME, salt, personal))
            previous = current
        if sealed:
            cr.execute_values(
                "UPDATE btp_relance_event SET seq = new.seq, previous_hash = new.previous,"
                " hash = new.hash, scheme = new.scheme, salt = new.salt,"
                " personal_sha256 = new.personal FROM (VALUES %s)"
                " AS new(id, seq, previous, hash, scheme, salt, personal)"
                " WHERE btp_relance_event.id = new.id",
                sealed,
            )
            self.invalidate_model()
        return len(sealed)

    def _personal(self) -> dict:
        """Return what this row says of persons."""
        self.ensure_one()
        return {name: self[name] or None for name in PERSONAL}

    def _content(self, seq: int, personal_sha256: str) -> dict:
        """Return what this row states, as the chain hashes it.

        :param seq: its number in the chain
        :param personal_sha256: commitment to its personal values
        """
        content = {
            name: value
            for name, value in self._content_in_clear(seq).items()
            if name not in PERSONAL
        }
        return content | {"scheme": SCHEME, "personal_sha256": personal_sha256}

    def _content_in_clear(self, seq: int) -> dict:
        """Return what this row states, as rows without a scheme are hashed."""
        self.ensure_one()
        values = {name: self[name] or None for name in CONTENT}
        return values | {
            "seq": seq,
            "company_id": self.company_id.id,
            "relance_id": self.relance_id.id or None,
            "happened_on": fields.Datetime.to_string(self.happened_on),
        }
