# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL, hmac


class Limit(NamedTuple):
    """So many requests in so many seconds.

    :param int count: most requests
    :param int seconds: of the window that slides
    """

    count: int
    seconds: int


#: Generous for people, who open a page, pick and send; tight for programs.
LIMITS = {
    # One address: a whole office may share it.
    "address": Limit(600, 300),
    # Links that lead nowhere, from one address.
    "guess": Limit(30, 600),
    # One page.
    "page": Limit(120, 60),
    # Forms sent from one page.
    "form": Limit(40, 600),
    # Links asked for again.
    "link": Limit(3, 3600),
}


class BtpPortalHit(models.Model):
    """Requests counted in the database: the limit holds whatever the number of workers.

    Neither addresses nor tokens are kept: only what the database's secret makes of them.
    """

    _name = "btp.portal.hit"
    _description = "Requests to Customers' Pages"
    _log_access = False

    key = fields.Char(required=True, readonly=True)
    moment = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)

    _key_idx = models.Index("(key, moment)")

    @api.model
    def _get_limits(self) -> dict[str, Limit]:
        """Return how many requests of each kind are let through. Hook."""
        return LIMITS

    @api.model
    def _take(self, kind: str, who) -> int:
        """Count a request, unless there were too many.

        In a transaction of its own: what follows may fail, the request was made.

        :param kind: a code of `_get_limits`
        :param who: address or record that it comes from or goes to
        :return: seconds to wait; 0 when the request may go on
        """
        limit = self._get_limits()[kind]
        key = hmac(self.env(su=True), "btp_relance.hit", (kind, str(who)))[:32]
        with self.env.registry.cursor() as cr:
            cr.execute(
                SQL(
                    """
                    SELECT COUNT(*), EXTRACT(EPOCH FROM
                        MIN(moment) - (NOW() AT TIME ZONE 'UTC')) + %(seconds)s
                      FROM btp_portal_hit
                     WHERE key = %(key)s
                       AND moment > (NOW() AT TIME ZONE 'UTC')
                           - %(seconds)s * INTERVAL '1 second'
                    """,
                    key=key,
                    seconds=limit.seconds,
                )
            )
            count, wait = cr.fetchone()
            if count >= limit.count:
                return max(1, math.ceil(wait or 0))
            cr.execute(
                SQL(
                    "INSERT INTO btp_portal_hit (key, moment)"
                    " VALUES (%s, NOW() AT TIME ZONE 'UTC')",
                    key,
                )
            )
        return 0

    @api.autovacuum
    def _gc_hits(self):
        """Forget the requests that no limit counts any more."""
        longest = max(limit.seconds for limit in self._get_limits().values())
        self.env.cr.execute(
            SQL(
                "DELETE FROM btp_portal_hit WHERE moment <"
                " (NOW() AT TIME ZONE 'UTC') - %s * INTERVAL '1 second'",
                longest,
            )
        )
