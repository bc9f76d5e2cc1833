# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError, ValidationError
from odoo.tools import SQL

from ..engine.interest import MissingRate, Rates, floor, semester

#: Digits of a rate, as published: ``13.15``.
DIGITS = (5, 2)


class BtpLegalRate(models.Model):
    """What is published for a half-year: the rate of the ECB and the legal rates.

    Shared by all companies: it is the law's. A half-year that has no row is not known, and
    no other one ever stands in for it.
    """

    _name = "btp.legal.rate"
    _description = "Legal Rates of a Half-Year"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "year desc, half desc"

    year = fields.Integer(
        required=True, default=lambda self: self._default_semester()[0], aggregator=None
    )
    half = fields.Selection(
        [("1", "January to June"), ("2", "July to December")],
        "Half-Year",
        required=True,
        default=lambda self: str(self._default_semester()[1]),
    )
    ecb_rate = fields.Float(
        "ECB Rate (%)",
        digits=DIGITS,
        required=True,
        aggregator=None,
        tracking=True,
        help="Main refinancing rate of the European Central Bank on the first day of the "
        "half-year. Professionals owe it plus 10 points by default (C. com. L441-10), "
        "public buyers plus 8 points (CCP R2192-31).",
    )
    legal_rate_other = fields.Float(
        "Legal Rate, Other Cases (%)",
        digits=DIGITS,
        required=True,
        aggregator=None,
        tracking=True,
        help="“Autres cas”: the creditor is a professional, whoever owes. Consumers owe it "
        "from the formal notice on; three times it is the lowest rate that professionals "
        "may agree on.",
    )
    legal_rate_private = fields.Float(
        "Legal Rate, Private Creditors (%)",
        digits=DIGITS,
        aggregator=None,
        help="“Particuliers”: the creditor is a private person. For reference: it is never "
        "the rate of a company's claim.",
    )
    source = fields.Char(help="Where the rates were read.")
    note = fields.Char(translate=True)
    is_uncertain = fields.Boolean(
        "To Verify", help="The sources do not agree, or the rate was deduced."
    )

    _semester_uniq = models.UniqueIndex(
        "(year, half)", "The rates of this half-year are already entered: change them."
    )
    _rates_plausible = models.Constraint(
        "CHECK(ecb_rate BETWEEN 0 AND 50 AND legal_rate_other BETWEEN 0 AND 50"
        " AND COALESCE(legal_rate_private, 0) BETWEEN 0 AND 50)",
        "A rate is between 0 and 50 percent: type 2.15 for 2.15 %.",
    )
    _year_plausible = models.Constraint(
        "CHECK(year BETWEEN 2000 AND 2100)", "The year has four digits, such as 2026."
    )

    @api.depends("year", "half")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = self._name_semester((rate.year, int(rate.half or 0)))

    @api.model
    def _default_semester(self):
        """Return the half-year after the last one entered."""
        last = self.search([], limit=1)
        if not last:
            return semester(self.env["btp.echeance"]._get_today())
        return (last.year, 2) if last.half == "1" else (last.year + 1, 1)

    @api.model
    def _name_semester(self, wanted: tuple) -> str:
        """Return a half-year in words, such as “second half-year of 2026”."""
        year, half = wanted
        if half == 1:
            return self.env._("first half-year of %s", year)
        return self.env._("second half-year of %s", year)

    # === BUSINESS === #

    @api.model
    def _get_rates(self) -> dict:
        """Return what is published, ``{(year, half): Rates}``."""
        return {
            (rate.year, int(rate.half)): Rates(
                ecb=Decimal(f"{rate.ecb_rate:.2f}"),
                legal=Decimal(f"{rate.legal_rate_other:.2f}"),
            )
            for rate in self.sudo().search([])
        }

    @api.model
    def _get_floor(self, day) -> Decimal | None:
        """Return the lowest rate that professionals may agree on (C. com. L441-10 II).

        :param date day: a day of the half-year
        :return: percent a year, or None where the half-year is not known
        """
        rates = self._get_rates().get(semester(day))
        return floor(rates) if rates else None

    @api.model
    def _check_agreed(self, rate: float):
        """Refuse a rate below what professionals may agree on (C. com. L441-10 II).

        Where the half-year is not known nothing can be said yet: the legal minimum of each
        half-year applies all the same when interest is reckoned.

        :param float rate: percent a year; 0 stands for no rate of its own
        """
        if rate < 0 or rate > 100:
            raise ValidationError(
                self.env._("A penalty rate is between 0 and 100 percent a year.")
            )
        today = self.env["btp.echeance"]._get_today()
        least = self._get_floor(today)
        if rate and least is not None and round(rate, 2) < float(least):
            raise ValidationError(
                self.env._(
                    "A penalty rate of %(rate).2f %% is too low: professionals may not "
                    "agree on less than three times the legal rate, %(least).2f %% in the "
                    "%(semester)s (article L441-10 of the French commercial code).",
                    rate=rate,
                    least=least,
                    semester=self._name_semester(semester(today)),
                )
            )

    @api.model
    def _explain_missing(self, error: MissingRate) -> str:
        """Return the sentence that says which rates to enter and where they are."""
        return self.env._(
            "Interest cannot be reckoned: the rates of the %(semester)s are not known. "
            "Enter them in Reminders › Configuration › Legal Rates (rate of the ECB: "
            "Banque de France; legal rate: order published in the Journal officiel).",
            semester=self._name_semester(error.semester),
        )

    @api.model
    def _refuse_missing(self, error: MissingRate) -> Exception:
        """Return the refusal of what needs the rates, for whoever clicked: with a button to
        enter them, if this person may."""
        words = self._explain_missing(error)
        if not self.has_access("create"):
            return UserError(words)
        year, half = error.semester
        return RedirectWarning(
            words,
            self.env.ref("btp_relance.btp_legal_rate_action_new").id,
            self.env._("Enter the Rates"),
            {"default_year": year, "default_half": str(half)},
        )

    @api.model
    def _get_missing_sql(self, today) -> SQL:
        """Return the alerts of companies whose current half-year has no rates, as SQL.

        The task hangs on the last row entered, from which the next one is a click away, and
        leaves two weeks to look the rates up.
        """
        year, half = semester(today)
        return SQL(
            """
            SELECT c.id AS company_id,
                   CASE WHEN r.id IS NULL THEN 'res.partner' ELSE 'btp.legal.rate' END
                       AS res_model,
                   COALESCE(r.id, c.partner_id) AS res_id,
                   %(mark)s AS mark, c.btp_relance_user_id AS user_id,
                   %(deadline)s AS date_deadline
              FROM res_company c
              LEFT JOIN LATERAL (
                SELECT id FROM btp_legal_rate
                 WHERE (year, half) < (%(year)s, %(half)s)
                 ORDER BY year DESC, half DESC LIMIT 1
              ) r ON TRUE
             WHERE c.btp_relance_active AND NOT EXISTS (
                SELECT FROM btp_legal_rate WHERE year = %(year)s AND half = %(half)s
             )
            """,
            mark=f"{year}-{half}",
            deadline=today + timedelta(days=14),
            year=year,
            half=str(half),
        )
