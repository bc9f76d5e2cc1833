# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A company with a past: customers who pay early, late, and a new one."""

from datetime import timedelta

from odoo import SUPERUSER_ID, Command, api

from odoo.addons.btp_relance.tests.common import RelanceCommon
from odoo.addons.btp_relance.tests.daily_job import TODAY


class ScoringCommon(RelanceCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.company"].sudo().search([]).btp_score_active = False
        cls.company.btp_score_active = True
        root = api.Environment(cls.env.cr, SUPERUSER_ID, {})
        cls.ledger = root["btp.scoring.ledger"]
        cls.jobs = root["btp.scoring.job"]
        cls.slow = cls.make_customer("Lent SA")
        cls.prompt = cls.make_customer("Rapide SARL")

    @classmethod
    def make_past(cls, partner, delay, count=20, every=14, until=60):
        """Make so many amounts due of a customer, each paid ``delay`` days after its day.

        One invoice by instalments: as many amounts due, at the price of one posting.

        :param int every: days between two due dates
        :param int until: days before today of the last one
        """
        shares = [round(100 / count, 2)] * (count - 1)
        terms = cls.make_terms(*shares, round(100 - sum(shares), 2), every=every)
        first = TODAY - timedelta(days=until + every * (count - 1))
        move = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": first,
                "invoice_payment_term_id": terms.id,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Works", "price_unit": 1000.0 * count, "tax_ids": []}
                    )
                ],
            }
        )
        move.action_post()
        dues = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
        cls.settle(dues, delay)
        return move

    @classmethod
    def settle(cls, dues, delay):
        """Book a bank entry for each amount due, so many days after its day."""
        journal = cls.company_data["default_journal_bank"]
        entries = cls.env["account.move"].create(
            [
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": due.date_maturity + timedelta(days=delay),
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": journal.default_account_id.id,
                                "debit": due.balance,
                            }
                        ),
                        Command.create(
                            {
                                "account_id": due.account_id.id,
                                "partner_id": due.partner_id.id,
                                "credit": due.balance,
                            }
                        ),
                    ],
                }
                for due in dues
            ]
        )
        entries.action_post()
        for due, entry in zip(dues, entries, strict=True):
            paid = entry.line_ids.filtered(
                lambda li, due=due: li.account_id == due.account_id
            )
            (due + paid).reconcile()

    def pay_late(self, move, days, amount=None):
        """Pay an invoice so many days after its due date."""
        day = move.invoice_date_due + timedelta(days=days)
        return self.pay(move, amount, payment_date=day)

    def read_ledger(self, day=TODAY, company=None):
        """Return the rows of the ledger on a day, by échéance id."""
        rows = self.ledger._read(company or self.company, day)
        return {
            int(id_): {name: column[place] for name, column in rows.items()}
            for place, id_ in enumerate(rows["invoice_id"])
        }

    def receivable(self, move):
        """Return the id of an invoice's (first) amount due."""
        lines = move.line_ids.filtered(lambda li: li.display_type == "payment_term")
        return lines[:1].id
