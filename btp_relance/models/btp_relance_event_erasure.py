# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo import api, models

from ..engine.chain import GENESIS, commitment, digest, spans
from .btp_relance_event import ABOUT_JOURNAL, PERSONAL


class BtpRelanceEvent(models.Model):
    """What the journal says of persons can be erased; its chain still verifies."""

    _inherit = "btp.relance.event"

    # === ERASURE === #

    def _erase_personal(self) -> int:
        """Empty the personal values of these rows for good; the journal numbers them.

        Doing it again is harmless. Rows that another worker is sealing wait for the next
        time.

        :return: number of rows erased
        """
        erased = 0
        for company, events in self.sudo().grouped("company_id").items():
            events._seal(company)
            if not self._anchor(company):
                continue
            events.invalidate_recordset()
            events = events.filtered(
                lambda event: (
                    event.hash
                    and not event.erased_on
                    and event.kind not in ABOUT_JOURNAL
                )
            )
            if not events:
                continue
            self._append(
                [
                    {
                        "kind": "erased",
                        "company_id": company.id,
                        "detail": spans(events.mapped("seq")),
                        "author": False,
                    }
                ]
            )
            emptied = ", ".join(f"{name} = NULL" for name in (*PERSONAL, "salt"))
            self.env.cr.execute(
                f"UPDATE btp_relance_event SET {emptied},"  # noqa: S608 our own names
                " erased_on = now() AT TIME ZONE 'UTC' WHERE id = ANY(%s)",
                [events.ids],
            )
            erased += len(events)
            self.invalidate_model()
            self._seal(company)
        return erased

    @api.model
    def _anchor(self, company) -> bool:
        """Put the commitments of rows sealed in clear under the seal, once.

        :return: whether each row of ``company`` has its commitment under the seal
        """
        old = self.search(
            [
                ("company_id", "=", company.id),
                ("hash", "!=", False),
                ("scheme", "=", 0),
            ],
            order="seq",
        )
        domain = [("company_id", "=", company.id), ("kind", "=", "anchored")]
        if not old or self.search_count(domain, limit=1):
            return True
        cr = self.env.cr
        cr.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [0x627470, company.id])
        if not cr.fetchone()[0] or self._verify(company)["broken"]:
            return False
        rows = []
        for event in old:
            salt = secrets.token_hex(16)
            rows.append((event.id, salt, commitment(salt, event._personal())))
        cr.execute_values(
            "UPDATE btp_relance_event SET salt = new.salt, personal_sha256 = new.personal"
            " FROM (VALUES %s) AS new(id, salt, personal)"
            " WHERE btp_relance_event.id = new.id",
            rows,
        )
        self.invalidate_model()
        self._append(
            [
                {
                    "kind": "anchored",
                    "company_id": company.id,
                    "detail": old._anchor_digest(),
                    "author": False,
                }
            ]
        )
        self._seal(company)
        return True

    def _anchor_digest(self) -> str:
        """Return the hash of rows sealed in clear: their seals and their commitments."""
        current = GENESIS
        for event in self:
            content = event._content(event.seq, event.personal_sha256)
            current = digest(current, content | {"hash": event.hash})
        return current

    @api.model
    def _anchor_holds(self, company, events) -> bool:
        """Return whether the rows sealed in clear are those that were anchored."""
        anchors = self.search(
            [("company_id", "=", company.id), ("kind", "=", "anchored")]
        )
        old = events.filtered(lambda event: not event.scheme)
        return (
            len(anchors) == 1
            and anchors.detail == old._anchor_digest()
            and all(
                event.erased_on
                or event.personal_sha256
                == commitment(event.salt or "", event._personal())
                for event in old
            )
        )
