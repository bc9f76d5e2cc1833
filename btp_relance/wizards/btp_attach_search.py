# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..const import SALE_TYPES
from ..engine.attach import Clue, ReferenceIndex, propose

#: Fields of a chantier whose value, found in an invoice, names it.
REFERENCE_FIELDS = ("code", "contract_reference", "purchase_order")


class BtpAttach(models.TransientModel):
    """Look for the chantier of invoices: two queries, whatever their number."""

    _inherit = "btp.attach"

    @api.model
    def _get_proposals(self, company, moves=None, chantier=None) -> list[dict]:
        """Return the values of a line for each invoice without chantier.

        :param company: the company of the invoices and of the chantiers
        :param moves: the invoices to look at; None: all
        :param chantier: leave out what is not about this chantier
        """
        # Archived ones too: past invoices are often about them.
        chantiers = self.env["btp.chantier"].with_context(active_test=False)
        chantiers = chantiers.search([("company_id", "=", company.id)])
        finder = _Finder(chantiers, with_sales="sale.order" in self.env)
        lines = []
        for row in self._get_candidates(company, moves):
            clues = finder.find(row)
            proposal = propose(clues, finder.customers[row["customer_id"]])
            if chantier and (not proposal or proposal.chantier_id != chantier.id):
                continue
            lines.append(
                {
                    "move_id": row["id"],
                    "partner_id": row["customer_id"],
                    "chantier_id": bool(proposal) and (proposal.chantier_id or False),
                    "selected": bool(proposal and proposal.sure),
                    "evidence": self._describe(proposal, chantiers, row),
                }
            )
        return lines

    @api.model
    def _get_candidates(self, company, moves=None) -> list[dict]:
        """Return the invoices without chantier with every text that may name one.

        What the reader may not read is left out by the domain's own rules.
        """
        domain = [
            ("company_id", "=", company.id),
            ("move_type", "in", SALE_TYPES),
            ("state", "in", ("draft", "posted")),
            ("btp_chantier_id", "=", False),
        ]
        if moves is not None:
            domain.append(("id", "in", moves.ids))
        for model in ("account.move", "account.move.line"):
            self.env[model].flush_model()
        readable = self.env["account.move"]._search(domain).subselect()
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT m.id, m.commercial_partner_id AS customer_id,
                       m.invoice_origin, credited.btp_chantier_id AS credited_id,
                       -- Its own number names no chantier, whatever it looks like.
                       CONCAT_WS(' | ', m.ref,
                           REPLACE(m.payment_reference, COALESCE(m.name, ''), ''),
                           m.invoice_origin, m.narration, line.names) AS texts,
                       line.analytic
                  FROM account_move m
                  LEFT JOIN account_move credited ON credited.id = m.reversed_entry_id
                  LEFT JOIN LATERAL (
                    SELECT STRING_AGG(DISTINCT l.name, ' | ') AS names,
                           STRING_AGG(DISTINCT share.key, ',') AS analytic
                      FROM account_move_line l
                      LEFT JOIN LATERAL jsonb_object_keys(l.analytic_distribution)
                           AS share (key) ON TRUE
                     WHERE l.move_id = m.id
                       AND l.display_type IN
                           ('product', 'line_section', 'line_subsection', 'line_note')
                  ) line ON TRUE
                 WHERE m.id IN %s
                 ORDER BY m.invoice_date DESC NULLS FIRST, m.id DESC
                """,
                readable,
            )
        )

    @api.model
    def _describe(self, proposal, chantiers, row) -> str:
        """Return in words what a proposal is founded on."""
        if not proposal:
            return self.env._("Nothing names a chantier: choose it.")
        words = [
            self._describe_clue(clue, chantiers.browse(clue.chantier_id), proposal)
            for clue in proposal.clues
        ]
        chosen = chantiers.browse(proposal.chantier_id or ())
        customers = chosen.partner_id.commercial_partner_id
        customers |= chosen.owner_id.commercial_partner_id
        if chosen and row["customer_id"] not in customers.ids:
            words.append(
                self.env._(
                    "but its customer is %s",
                    chosen.partner_id.commercial_partner_id.name,
                )
            )
        if not chosen:
            words.append(self.env._("several chantiers are named: choose one"))
        return "; ".join(dict.fromkeys(words))

    @api.model
    def _describe_clue(self, clue, chantier, proposal) -> str:
        if clue.kind == "credited":
            text = self.env._("credits an invoice of this chantier")
        elif clue.kind == "sale":
            text = self.env._("made from the sales order %s", clue.words)
        elif clue.kind == "reference":
            text = self.env._("names “%s”", clue.words)
        elif clue.kind == "analytic":
            text = self.env._("posted on the analytic account %s", clue.words)
        else:
            text = self.env._("the only chantier of this customer")
        if clue.chantier_id == proposal.chantier_id:
            return text
        return f"{text} ({chantier.display_name})"


class _Finder:
    """What names the chantiers of a company, indexed once for every invoice."""

    def __init__(self, chantiers, with_sales):
        self.index = ReferenceIndex(
            (chantier.id, chantier[name].strip())
            for chantier in chantiers
            for name in REFERENCE_FIELDS
            if chantier[name]
        )
        self.analytic = defaultdict(list)
        self.sales = defaultdict(list)
        self.customers = defaultdict(set)
        only = defaultdict(list)
        for chantier in chantiers:
            customer = chantier.partner_id.commercial_partner_id
            only[customer.id].append(chantier.id)
            for partner in customer | chantier.owner_id.commercial_partner_id:
                self.customers[partner.id].add(chantier.id)
            if account := chantier.analytic_account_id:
                clue = Clue(chantier.id, "analytic", account.display_name)
                self.analytic[str(account.id)].append(clue)
            for number in self._split(with_sales and chantier.sale_order_reference):
                self.sales[number].append(Clue(chantier.id, "sale", number))
        self.only = {
            customer: Clue(ids[0], "only")
            for customer, ids in only.items()
            if len(ids) == 1
        }

    @staticmethod
    def _split(text) -> list[str]:
        return [part.strip() for part in (text or "").split(",") if part.strip()]

    def find(self, row) -> list[Clue]:
        """Return the clues of an invoice, the best first."""
        clues = []
        if row["credited_id"]:
            clues.append(Clue(row["credited_id"], "credited"))
        for number in self._split(row["invoice_origin"]):
            clues += self.sales.get(number, ())
        clues += self.index.find(row["texts"])
        # A share of several plans reads “12,34”.
        for account in dict.fromkeys(self._split(row["analytic"])):
            clues += self.analytic.get(account, ())
        if row["customer_id"] in self.only:
            clues.append(self.only[row["customer_id"]])
        return list(dict.fromkeys(clues))
