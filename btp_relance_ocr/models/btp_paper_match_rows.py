# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from .. import matching
from ..matching.ids import siren_of
from ..matching.references import DIGITS, LETTERS, MARKS

#: Candidates that are looked at closely.
MOST_CHANTIERS = 120
MOST_INVOICES = 600
MOST_SUPPLIERS = 60
#: Chantiers whose invoices are looked at.
MOST_SITES = 15
#: Words of the text that may be a number of a contract or of an order.
MOST_NUMBERS = 80
REFERENCES = ("ref_marche", "ref_commande", "ref_facture", "ref_devis")

#: Columns of a chantier that hold a number which papers name.
NUMBERS = (
    "contract_reference",
    "code",
    "purchase_order",
    "engagement_number",
    "sale_order_reference",
)


def canon(column: SQL) -> SQL:
    """Return a column as `matching.canonical` writes it, labels and accents aside."""
    return SQL("translate(upper(%s), %s, %s)", column, LETTERS + MARKS, DIGITS)


def count(column: SQL, patterns: list[str]) -> SQL:
    """Return how many patterns a column in small letters holds."""
    if not patterns:
        return SQL("0")
    hits = [SQL("COALESCE((%s LIKE %s)::int, 0)", column, each) for each in patterns]
    return SQL("(%s)", SQL(" + ").join(hits))


class BtpPaper(models.Model):
    """Rows of what a paper could be about: a few of thousands, each kind by one query."""

    _inherit = "btp.paper"

    def _flush_candidates(self):
        """Write pending changes of the tables that the queries read."""
        for model in ("btp.chantier", "account.move", "res.partner", "btp.chantier.os"):
            self.env[model].flush_model()

    # === CHANTIERS === #

    def _read_chantiers(self, facts, ids=()) -> list:
        """Return the chantiers that something speaks for, as ``matching.Chantier``.

        :param ids: those wanted whatever speaks for them
        """
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH plain AS MATERIALIZED (
                    -- What many conditions read, made once for each chantier.
                    SELECT ch.id, lower(ch.name) AS site, lower(p.name) AS customer,
                           lower(o.name) AS owner, p.commercial_partner_id, ch.owner_id,
                           ch.moe_id, p.company_registry, p.vat, %(numbers)s
                      FROM btp_chantier ch
                      JOIN res_partner p ON p.id = ch.partner_id
                      LEFT JOIN res_partner o ON o.id = ch.owner_id
                     WHERE ch.company_id = %(company)s AND ch.active
                ), hit AS (SELECT l.id, %(hits)s AS hits FROM plain l)
                SELECT ch.id, ch.name, ch.code, ch.contract_reference, ch.city,
                       ch.purchase_order, ch.engagement_number, ch.sale_order_reference,
                       ch.contract_date, ch.date_start, ch.date_reception, ch.role,
                       ch.amount_total, p.commercial_partner_id AS customer_id,
                       firm.name AS customer, firm.company_registry AS registry,
                       firm.vat, o.commercial_partner_id AS owner_id, o.name AS owner,
                       moe.commercial_partner_id AS moe_id, moe.name AS moe,
                       ARRAY(SELECT l.name FROM btp_chantier_lot l
                              WHERE l.chantier_id = ch.id) AS lots,
                       ARRAY(SELECT s.number FROM btp_chantier_os s
                              WHERE s.chantier_id = ch.id) AS orders_of_service
                  FROM hit
                  JOIN btp_chantier ch ON ch.id = hit.id
                  JOIN res_partner p ON p.id = ch.partner_id
                  JOIN res_partner firm ON firm.id = p.commercial_partner_id
                  LEFT JOIN res_partner o ON o.id = ch.owner_id
                  LEFT JOIN res_partner moe ON moe.id = ch.moe_id
                 WHERE hit.hits > 0
                 ORDER BY hit.hits DESC, ch.id DESC
                 LIMIT %(most)s
                """,
                numbers=SQL(", ").join(
                    SQL(
                        "%s AS %s",
                        canon(SQL.identifier("ch", name)),
                        SQL.identifier(name),
                    )
                    for name in NUMBERS
                ),
                hits=self._get_chantier_hits(facts, ids),
                company=self.company_id.id,
                most=MOST_CHANTIERS,
            )
        )
        return [self._make_chantier(row) for row in rows]

    def _get_chantier_hits(self, facts, ids) -> SQL:
        """Return how much speaks for a chantier at first sight."""
        references = [
            code
            for name in REFERENCES
            if len(code := matching.canonical(facts.get(name))) > 1
        ]
        parts = [f"%{code}%" for code in references if len(code) >= 5]
        numbers = [*references, *self._get_numbers(facts)]
        named = [
            SQL(
                "(%(canon)s = ANY(%(numbers)s) OR %(canon)s LIKE ANY(%(parts)s))",
                canon=SQL.identifier("l", name),
                numbers=numbers,
                parts=parts,
            )
            for name in NUMBERS
        ]
        people = [self._get_siren_sql(SQL("l"), facts)]
        if facts.senders:
            people.append(
                SQL(
                    "l.commercial_partner_id = ANY(%(ids)s) OR l.owner_id = ANY(%(ids)s)"
                    " OR l.moe_id = ANY(%(ids)s)",
                    ids=list(facts.senders),
                )
            )
        wanted = [*filter(None, (facts.asked_chantier, *ids))]
        site = matching.patterns(facts.get("chantier"))
        customer = matching.patterns(facts.get("donneur_ordre"), most=5)
        return SQL(
            "(40 * (l.id = ANY(%s))::int + 20 * COALESCE((%s), FALSE)::int"
            " + 4 * COALESCE((%s), FALSE)::int + 3 * %s + 2 * GREATEST(%s, %s))",
            wanted,
            SQL(" OR ").join(named),
            SQL(" OR ").join(people),
            count(SQL("l.site"), site),
            count(SQL("l.customer"), customer),
            count(SQL("l.owner"), customer),
        )

    def _get_numbers(self, facts) -> list[str]:
        """Return what of the text may be the number of a contract or an order."""
        found = {}
        for word in facts.raw.split():
            code = matching.canonical(word)
            if len(code) >= 5 and any(map(str.isdigit, word)):
                found[code] = True
        return list(found)[:MOST_NUMBERS]

    def _get_siren_sql(self, partner: SQL, facts) -> SQL:
        """Return whether a partner has one of the SIREN that stand on the paper, but ours."""
        sirens = facts.sirens | {siren_of(facts.get("siret"))}
        sirens -= {"", facts.our_siren}
        return SQL(
            "left(translate(%(partner)s.company_registry, ' .-', ''), 9) = ANY(%(sirens)s)"
            " OR right(translate(%(partner)s.vat, ' .-', ''), 9) = ANY(%(sirens)s)"
            if sirens
            else "FALSE",
            **({"partner": partner, "sirens": list(sirens)} if sirens else {}),
        )

    def _make_chantier(self, row) -> matching.Chantier:
        sales = (row["sale_order_reference"] or "").split(",")
        orders = (row["purchase_order"], row["engagement_number"], *sales)
        return matching.Chantier(
            id=row["id"],
            name=row["name"] or "",
            code=row["code"] or "",
            contract=row["contract_reference"] or "",
            orders=tuple(order.strip() for order in orders if order),
            city=row["city"] or "",
            customer_id=row["customer_id"],
            customer=row["customer"] or "",
            customer_siren=siren_of(row["registry"]) or siren_of(row["vat"]),
            owner_id=row["owner_id"],
            owner=row["owner"] or "",
            moe_id=row["moe_id"],
            moe=row["moe"] or "",
            lots=tuple(row["lots"]),
            orders_of_service=tuple(row["orders_of_service"]),
            amount=Decimal(str(row["amount_total"] or 0)),
            contract_date=row["contract_date"],
            start=row["date_start"],
            reception=row["date_reception"],
            subcontract=row["role"] in ("subcontractor", "subcontractor_direct"),
        )

    # === INVOICES === #

    def _read_invoices(self, facts, chantier_ids=()) -> list:
        """Return the customers' invoices that it may be about, as ``matching.Invoice``."""
        number = matching.canonical(facts.get("ref_facture"))
        amounts = [
            value
            for name in ("montant_ttc", "montant_ht")
            if (value := facts.amount(name))
        ]
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT m.id, m.btp_chantier_id, m.name, m.btp_purchase_order,
                       m.btp_situation_number, m.amount_untaxed, m.amount_total,
                       m.btp_net_amount, m.invoice_date, m.commercial_partner_id,
                       p.name AS customer, m.payment_state
                  FROM account_move m
                  JOIN res_partner p ON p.id = m.commercial_partner_id
                 WHERE m.company_id = %(company)s AND m.move_type = 'out_invoice'
                   AND m.state IN ('draft', 'posted')
                   AND (m.btp_chantier_id = ANY(%(sites)s) OR m.id = %(asked)s
                        OR m.amount_total = ANY(%(amounts)s)
                        OR m.amount_untaxed = ANY(%(amounts)s)
                        OR m.btp_net_amount = ANY(%(amounts)s)
                        OR %(number)s <> '' AND %(canon)s LIKE %(number_part)s)
                 ORDER BY (m.id = %(asked)s) DESC, m.invoice_date DESC NULLS LAST, m.id DESC
                 LIMIT %(most)s
                """,
                company=self.company_id.id,
                sites=list(chantier_ids),
                asked=facts.asked_invoice or 0,
                amounts=amounts,
                number=number,
                number_part=f"%{number}" if len(number) >= 5 else number,
                canon=canon(SQL("m.name")),
                most=MOST_INVOICES,
            )
        )
        return [self._make_invoice(row) for row in rows]

    def _make_invoice(self, row) -> matching.Invoice:
        cents = Decimal("0.01")
        untaxed, total, net = (
            Decimal(str(row[name] or 0)).quantize(cents)
            for name in ("amount_untaxed", "amount_total", "btp_net_amount")
        )
        return matching.Invoice(
            id=row["id"],
            chantier_id=row["btp_chantier_id"],
            number=row["name"] if row["name"] not in (None, "/") else "",
            order=row["btp_purchase_order"] or "",
            situation=row["btp_situation_number"] or 0,
            untaxed=untaxed,
            total=total,
            net=net,
            day=row["invoice_date"],
            customer_id=row["commercial_partner_id"],
            customer=row["customer"] or "",
            open=row["payment_state"] not in ("paid", "reversed"),
        )

    # === SUPPLIERS === #

    def _read_suppliers(self, facts) -> list:
        """Return who may have written it, as ``matching.Supplier``."""
        names = matching.patterns(facts.get("entreprise"), most=5)
        rows = self.env.execute_query_dict(
            SQL(
                """
                WITH hit AS (
                    SELECT p.id, 10 * (p.id = ANY(%(senders)s))::int
                           + 10 * COALESCE((%(sirens)s), FALSE)::int + %(names)s AS hits
                      FROM res_partner p
                     WHERE p.active AND p.parent_id IS NULL AND p.id <> %(us)s
                       AND (p.company_id IS NULL OR p.company_id = %(company)s)
                )
                SELECT p.id, p.name, p.company_registry, p.vat,
                       ARRAY(SELECT b.sanitized_acc_number FROM res_partner_bank b
                              WHERE b.partner_id = p.id AND b.active) AS ibans,
                       (SELECT COUNT(*) FROM account_move m
                         WHERE m.commercial_partner_id = p.id
                           AND m.company_id = %(company)s
                           AND m.move_type = 'in_invoice') AS bills
                  FROM hit
                  JOIN res_partner p ON p.id = hit.id
                 WHERE hit.hits > 0
                 ORDER BY hit.hits DESC, p.id
                 LIMIT %(most)s
                """,
                senders=list(facts.senders),
                sirens=self._get_siren_sql(SQL("p"), facts),
                names=count(SQL("lower(p.name)"), names),
                us=self.company_id.partner_id.id,
                company=self.company_id.id,
                most=MOST_SUPPLIERS,
            )
        )
        return [
            matching.Supplier(
                id=row["id"],
                name=row["name"] or "",
                siret=row["company_registry"] or "",
                vat=row["vat"] or "",
                ibans=tuple(row["ibans"]),
                bills=row["bills"],
            )
            for row in rows
        ]
