# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class BtpFigureCash(models.Model):
    """What no habit foretells is left out of expected cash, and told apart.

    A claim in insolvency proceedings, a legal file, what is contested, a retention that is not
    released: whatever the payer did before, nobody knows when, or whether, such money comes.
    """

    _inherit = "btp.figure.cash"

    left_out = fields.Json(
        readonly=True,
        help="On the first week of a forecast: by reason, the amount that is not counted and "
        "the number of amounts due.",
    )

    @api.model
    def _get_out_holds(self, day) -> list:
        """Return the holds of which no habit tells the end. Hook."""
        holds = self.env["btp.relance.hold"]
        return [
            *holds._get_legal_holds(day),
            *holds._get_clock_holds(day),
            *holds._get_retention_holds(),
        ]

    @api.model
    def _get_out_sql(self, company, day) -> SQL:
        """Return the subquery of what is not expected: ``id`` of the journal item, ``code``,
        ``amount`` in the company's currency.

        :param company: the creditor
        :param date day: the day for which holds are asked
        """
        self.env["btp.echeance"]._flush_relation()
        return SQL(
            """(
            SELECT l.id, COALESCE(held.code, 'dispute') AS code,
                   CASE WHEN held.code IS NULL THEN a.amount_residual - l.residual_company
                        ELSE a.amount_residual END AS amount
              FROM %(open_lines)s l
              JOIN account_move_line a ON a.id = l.id AND a.amount_residual > 0
              JOIN account_move m ON m.id = l.move_id
              JOIN res_partner p ON p.id = l.partner_id
              JOIN res_company c ON c.id = l.company_id
              LEFT JOIN btp_chantier ch ON ch.id = m.btp_chantier_id
              CROSS JOIN LATERAL (SELECT CASE %(holds)s END AS code) held
             WHERE l.company_id = %(company)s
               AND (held.code IS NOT NULL OR l.contested > 0)
            )""",
            open_lines=self.env["btp.echeance"]._open_lines(),
            holds=SQL(" ").join(
                SQL("WHEN %s THEN %s", hold.sql, hold.code)
                for hold in self._get_out_holds(day)
            ),
            company=company.id,
        )

    @api.model
    def _read_out(self, company, day) -> dict:
        """Return ``{journal item id: (code, amount)}`` of what is not expected."""
        rows = self.env.execute_query(
            SQL("SELECT id, code, amount FROM %s o", self._get_out_sql(company, day))
        )
        return {id_: (code, float(amount)) for id_, code, amount in rows}

    @api.model
    def _sum_out(self, company, out) -> dict:
        """Return by reason what is not counted: ``{code: [amount, number]}``, largest first.

        :param out: pairs of a reason's code and an amount
        """
        sums = {}
        for code, amount in out:
            total, count = sums.get(code, (0.0, 0))
            sums[code] = (total + amount, count + 1)
        ranked = sorted(sums.items(), key=lambda item: -item[1][0])
        return {
            code: [company.currency_id.round(total), count]
            for code, (total, count) in ranked
            if not company.currency_id.is_zero(total)
        }

    @api.model
    def _forecast(self, company, day):
        # EXTENDS btp_relance: what is left out stands on the first week.
        rows = super()._forecast(company, day)
        out = self._read_out(company, day).values()
        for row in rows[:1]:
            row["left_out"] = self._sum_out(company, out)
        return rows

    @api.model
    def _get_page(self, company):
        # EXTENDS btp_relance
        page = super()._get_page(company)
        first = self.search(
            [("company_id", "=", company.id), ("week", "=", 1)],
            order="made_on desc",
            limit=1,
        )
        told = self._say_left_out(company, first.left_out)
        page["words"] = " ".join(filter(None, [page["words"], told]))
        return page

    # === WORDS === #

    @api.model
    def _say_left_out(self, company, left_out) -> str:
        """Return in one sentence what a forecast does not count, and why; empty where all is.

        :param left_out: of :meth:`_sum_out`, in any order
        """
        if not left_out:
            return ""
        ranked = sorted(left_out.items(), key=lambda item: -item[1][0])
        return self.env._(
            "Not counted: %(amount)s – %(reasons)s.",
            amount=self._say_money(
                company, sum(total for _code, (total, _n) in ranked)
            ),
            reasons=", ".join(
                f"{self._name_out(code)} ({self._say_money(company, total)})"
                for code, (total, _count) in ranked
            ),
        )

    @api.model
    def _say_money(self, company, amount) -> str:
        rounded = formatLang(self.env, amount, digits=0)
        symbol, space = company.currency_id.symbol, "\N{NO-BREAK SPACE}"
        if company.currency_id.position == "before":
            return f"{symbol}{space}{rounded}"
        return f"{rounded}{space}{symbol}"

    @api.model
    def _name_out(self, code) -> str:
        """Return a reason in few words. Hook."""
        words = {
            "insolvency": self.env._("insolvency proceedings"),
            "legal_file": self.env._("legal file"),
            "lawyer": self.env._("represented by a lawyer"),
            "vulnerable": self.env._("deceased or vulnerable person"),
            "cotraitant": self.env._("owed by another party of the contract"),
            "direct_payment": self.env._("direct payment not agreed yet"),
            "interrupted": self.env._("term interrupted by the buyer"),
            "retention_opposed": self.env._("retention opposed"),
            "retention_waiting": self.env._("retention before the réception"),
            "retention_reserves": self.env._("retention with reserves to lift"),
            "dispute": self.env._("in dispute"),
        }
        holds = dict(self.env["btp.echeance"]._select_hold())
        return words.get(code) or holds.get(code, code)
