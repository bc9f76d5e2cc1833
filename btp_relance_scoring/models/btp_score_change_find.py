# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import copy
from datetime import timedelta

import numpy as np

from odoo import api, models

from odoo.addons.btp_relance.const import REGIME_GROUPS

from .. import days

#: Days after the due date up to which a payer was a reliable one.
RELIABLE_DAYS = 10
#: By how much the delay of a slow payer must grow, at least, to be another one.
TIMES, MORE_DAYS = 1.5, 10
#: Customers of a group that must be there, and share of them that must pay later.
GROUP_SIZE, GROUP_SHARE = 4, 0.6
#: Days in which what was dealt with is not told again.
QUIET_DAYS = 60


class BtpScoreChange(models.Model):
    """Changes are looked for each night, in the ledger that was read to score."""

    _inherit = "btp.score.change"

    @api.model
    def _get_regimes(self, group: str) -> tuple[str, ...]:
        return REGIME_GROUPS[group]

    @api.model
    def _refresh(self, company, day, ledger):
        """Bring the changes of a company up to date: new ones, figures, those that are over.

        :param company: the ``res.company``
        :param date day: today
        :param ledger: ``learner.Ledger``
        """
        alerts = self.env["btp.score.alarm"]._get_alerted(company)
        found = {
            self._key(values): values
            | {"alerted": alerts[values["kind"] == "days"], "seen_on": day}
            for values in (
                *self._find_customers(ledger, company.btp_score_grace),
                *self._find_groups(ledger, company.btp_score_grace),
                *self._find_days(ledger),
            )
        }
        mine = [("company_id", "=", company.id)]
        open_now = self.search([*mine, ("state", "=", "open")])
        known = {self._key(one): one for one in open_now}
        for key, change in known.items():
            if key in found:
                change.write(found[key])
        open_now.filtered(lambda one: self._key(one) not in found)._close("over")
        quiet = self._get_quiet(company, day)
        new = [
            values | {"company_id": company.id, "found_on": day}
            for key, values in found.items()
            if key not in known and key not in quiet
        ]
        self._give_to(company, new)
        # Whoever is told gets a task: a log of the creation says nothing more.
        return self.with_context(mail_create_nolog=True).create(new)

    @api.model
    def _get_quiet(self, company, day) -> set:
        """Return what was dealt with lately, and is not told again yet."""
        done = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "done"),
                ("closed_on", ">", day - timedelta(days=QUIET_DAYS)),
            ]
        )
        return {self._key(one) for one in done}

    @api.model
    def _key(self, values):
        """Return what tells two changes apart, of a record or of values."""
        if isinstance(values, dict):
            return values["kind"], values.get("partner_id"), values.get("group")
        return values.kind, values.partner_id.id or None, values.group or None

    @api.model
    def _give_to(self, company, changes: list[dict]):
        """Name who is told: whoever follows up the customer, else the company's own."""
        partners = self.env["res.partner"].with_company(company)
        partners = partners.browse({one.get("partner_id") for one in changes} - {None})
        users = {partner.id: partner.btp_relance_user_id for partner in partners}
        usual = company.btp_relance_user_id or company._get_btp_manager()
        for one in changes:
            one["user_id"] = (users.get(one.get("partner_id")) or usual).id

    @api.model
    def _find_customers(self, ledger, grace) -> list[dict]:
        """Return the customers who pay later than they did: good payers first."""
        from ..learner import changes

        rows = []
        for change in changes.find(ledger, grace):
            if change.kind != "slips":
                continue
            reliable = change.before <= RELIABLE_DAYS
            much = (
                change.now >= TIMES * change.before
                and change.now - change.before >= MORE_DAYS
            )
            if reliable or much:
                kind = "slips" if reliable else "longer"
                rows.append(
                    {"kind": kind, "partner_id": int(change.customer)}
                    | self._figures(change)
                )
        return rows

    @api.model
    def _find_days(self, ledger) -> list[dict]:
        """Return the customers whose order of payment days changed."""
        return [
            {
                "kind": "days",
                "partner_id": int(one.customer),
                "cases_before": one.runs_before,
                "cases_now": one.runs_now,
                "facts": {
                    "aspect": one.aspect,
                    "before": one.before,
                    "moved_to": one.moved_to,
                    "kept_before": one.kept_before,
                    "moved": one.moved,
                },
            }
            for one in days.find(ledger)
        ]

    @api.model
    def _find_groups(self, ledger, grace) -> list[dict]:
        """Return the kinds of customer of whom most pay later: not one large one alone."""
        from ..learner import changes

        if "segment" not in ledger.codes:
            return []
        together = copy.copy(ledger)
        together.customers, together.customer = np.unique(
            ledger.names["segment"], return_inverse=True
        )
        together.sizes = ledger.sizes | {"customer": len(together.customers)}
        rows = []
        for change in changes.find(together, grace):
            if change.kind != "slips" or change.customer not in REGIME_GROUPS:
                continue
            count, later = self._count_later(ledger, grace, change.customer)
            if count >= GROUP_SIZE and later >= GROUP_SHARE * count:
                rows.append(
                    {"kind": "group", "group": change.customer, "customers": count}
                    | self._figures(change)
                )
        return rows

    @api.model
    def _count_later(self, ledger, grace, group, recent=60) -> tuple[int, int]:
        """Return how many customers of a group have amounts now, and how many pay later."""
        from ..learner.book import Book, grouped, ratio

        book = Book(ledger, ledger.asof, grace)
        size = ledger.sizes["customer"]
        mine = ledger.names["segment"][book.settled] == group
        who = ledger.customer[book.settled]
        means = []
        for side in (mine & (book.since > recent), mine & (book.since <= recent)):
            count = grouped(who[side], size)
            means.append(ratio(grouped(who[side], size, book.delay[side]), count))
        known = np.isfinite(means[0]) & np.isfinite(means[1])
        later = known & (means[1] - means[0] >= 2)
        return int(known.sum()), int(later.sum())

    @api.model
    def _figures(self, change) -> dict:
        return {
            "before": change.before,
            "now": change.now,
            "jump": change.now - change.before,
            "cases_before": change.cases_before,
            "cases_now": change.cases_now,
            "sureness": change.z,
        }
