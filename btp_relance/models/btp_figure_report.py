# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount, format_date, formatLang

from ..engine.figures import picture

#: Day of the month from which the report of the last one leaves.
SENT_FROM = 2
#: Effects that the second page has room for.
EFFECTS = 6


class ResCompany(models.Model):
    """Who gets the monthly report."""

    _inherit = "res.company"

    btp_figure_user_ids = fields.Many2many(
        "res.users",
        "btp_figure_report_user_rel",
        string="Monthly Report To",
        help="They get the figures of the month by e-mail, as a PDF, in the first days of "
        "the next one.",
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    btp_figure_user_ids = fields.Many2many(
        related="company_id.btp_figure_user_ids", readonly=False
    )


class BtpFigureReport(models.Model):
    """The report of a month: printed from what was kept, sent once."""

    _name = "btp.figure.report"
    _description = "Monthly Report"
    _order = "month desc, id desc"
    _rec_name = "month"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    month = fields.Date(required=True, readonly=True)
    sent_on = fields.Date(
        "Mailed On", readonly=True, help="Empty: nobody was named in the settings then."
    )
    user_ids = fields.Many2many("res.users", string="Sent To", readonly=True)

    _once = models.UniqueIndex(
        "(company_id, month)", "This month already has its report."
    )

    # === COMPUTE METHODS === #

    @api.depends_context("lang")
    @api.depends("month", "company_id")
    def _compute_display_name(self):
        for report in self:
            month = format_date(self.env, report.month, date_format="LLLL yyyy")
            report.display_name = self.env._(
                "Report of %(month)s – %(company)s",
                month=month,
                company=report.company_id.name,
            )

    @api.model
    def _get_day(self):
        """Return today in the company."""
        return self.env["btp.echeance"]._get_today()

    # === ACTIONS === #

    def action_send(self):
        """Send a report that was made while the settings named nobody."""
        self.ensure_one()
        if not self.env.user.has_group("btp_relance.group_manager"):
            raise AccessError(self.env._("A manager sends the monthly report."))
        self.check_access("read")
        if not self._deliver():
            raise UserError(
                self.env._(
                    "Name in the settings who gets the monthly report, with an e-mail."
                )
            )

    def action_print(self):
        """Print the report of a month."""
        self.check_access("read")
        report = self.env.ref("btp_relance.btp_figure_report_print_action")
        return report.report_action(self)

    # === JOB === #

    @api.model
    def _cron_send(self):
        """Make and send the report of the month that ended, once its sums are kept."""
        companies = self.env["res.company"].search([("btp_relance_active", "=", True)])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(companies))
        for company in companies:
            self.with_company(company)._send(company)
            cron._commit_progress(1)

    @api.model
    def _send(self, company):
        """Send the report of last month to those who want it, at most once.

        :return: the report, empty where there is none to send
        """
        today = self.env["btp.echeance"].with_company(company)._get_today()
        month = today.replace(day=1) - relativedelta(months=1)
        kept = self.env["btp.figure.snapshot"]._get_last_version(company, month)
        made = self.search_count(
            [("company_id", "=", company.id), ("month", "=", month)], limit=1
        )
        if not kept or made or today.day < SENT_FROM:
            return self.browse()
        report = self.create({"company_id": company.id, "month": month})
        report._deliver()
        return report

    def _deliver(self):
        """Mail the report to those whom the settings name, at most once.

        :return: whether there was somebody
        """
        self.ensure_one()
        report = self.sudo().try_lock_for_update()
        users = self.company_id.sudo().btp_figure_user_ids.filtered("email")
        if not report or report.sent_on or not users:
            return False
        today = report.with_company(report.company_id)._get_day()
        report.write({"sent_on": today, "user_ids": [(6, 0, users.ids)]})
        for user in users:
            report.with_context(lang=user.lang)._mail(user)
        return True

    def _mail(self, user):
        """Queue the report for one person."""
        self.ensure_one()
        content = self.env["ir.actions.report"]._render_paged(
            "btp_relance.btp_figure_report_print_action", self
        )[self.id]
        page = self._get_page()
        mail = self.env["mail.mail"].sudo()
        body = self.env["ir.qweb"]._render(
            "btp_relance.figure_report_mail", {"report": self, "page": page}
        )
        mail.create(
            {
                "subject": self.display_name,
                "body_html": body,
                "email_from": self.company_id.email_formatted,
                "recipient_ids": [(4, user.partner_id.id)],
                "auto_delete": True,
                "attachment_ids": [
                    (
                        0,
                        0,
                        {
                            "name": f"{self._get_file_name()}.pdf",
                            "datas": base64.b64encode(content),
                            "mimetype": "application/pdf",
                        },
                    )
                ],
            }
        )

    # === PAPER === #

    def _get_file_name(self) -> str:
        """Return the name of the printed file, without what a file system refuses."""
        self.ensure_one()
        return self.display_name.replace("/", "-")

    def _get_paper_facts(self, _report) -> dict:
        """Return in whose language it prints."""
        return {"lang": self.env.context.get("lang") or self.env.user.lang}

    def _get_page(self) -> dict:
        """Return what the report shows: the dashboard of its month, as pictures and words."""
        self.ensure_one()
        company = self.company_id
        figures = self.env["btp.figure"].sudo().with_company(company)
        page = figures.with_context(allowed_company_ids=company.ids).get_dashboard(
            fields.Date.to_string(self.month)
        )
        page["tiles"] = [{**tile, **self._say_tile(tile)} for tile in page["tiles"]]
        page["cash"] = self.env["btp.figure.cash"].sudo()._get_page(company)
        page["effects"] = [
            one
            for one in figures._get_effects(company, self.month)
            if one["days"] == 14 and one["low"] is not None
        ][:EFFECTS]
        page["since"] = figures._say_since(company)
        page["pictures"] = self._draw(page)
        return page

    def _say_tile(self, tile) -> dict:
        """Return a figure, and that of the month before, in words."""

        def say(value):
            if value is None:
                return ""
            if tile["unit"] == "rate":
                # What collecting costs is often less than one in a thousand.
                digits = 2 if value and abs(value) < 0.01 else 1
                return self.env._(
                    "%s %%", formatLang(self.env, value * 100, digits=digits)
                )
            return self.env._("%s days", formatLang(self.env, value, digits=1))

        return {"said": say(tile["value"]), "said_before": say(tile["before"])}

    def _draw(self, page) -> dict:
        """Return the pictures of the page, as addresses that hold them."""
        currency = self.company_id.currency_id

        def whole(value):
            return formatLang(self.env, value, digits=0)

        def money(value):
            return format_amount(
                self.env, round(value), currency, trailing_zeroes=False
            )

        def short(day, pattern):
            return format_date(self.env, day, date_format=pattern)

        cash = page["cash"]
        rows = [*cash["past"], *cash["weeks"]]
        pictures = {
            "trend": self._draw_trend(page["trend"], short, whole),
            "ageing": picture.bars(
                [age["name"] for age in page["ageing"]],
                [age["amount"] for age in page["ageing"]],
                money,
            ),
        }
        if rows:
            pictures["cash"] = picture.weeks(
                [short(row["date"], "d MMM") for row in rows],
                rows,
                whole,
                (self.env._("Expected"), self.env._("Band"), self.env._("What came")),
            )
        if page["debtors"]:
            pictures["debtors"] = picture.parts(
                [row["name"] for row in page["debtors"]],
                [(row["overdue"], row["old"]) for row in page["debtors"]],
                money,
                (self.env._("Overdue"), self.env._("Of which over 60 days")),
            )
        if page["effects"]:
            pictures["effects"] = self._draw_effects(page["effects"])
        return {name: picture.data_url(svg) for name, svg in pictures.items()}

    def _draw_trend(self, trend, short, whole) -> str:
        """Return the picture of the DSO, month by month."""
        return picture.lines(
            [short(point["month"], "LLL yy") for point in trend],
            [
                picture.Series(self.env._("DSO"), [point["dso"] for point in trend]),
                picture.Series(
                    self.env._("Best possible"),
                    [point["best"] for point in trend],
                    picture.BEST,
                    "6 4",
                ),
            ],
            whole,
        )

    def _draw_effects(self, effects) -> str:
        """Return the picture of what reminders changed, with its intervals."""
        return picture.ranges(
            [self._name_effect(one) for one in effects],
            [(one["low"], one["difference"], one["high"]) for one in effects],
            lambda value: self.env._("%s pts", f"{value * 100:+.0f}"),
        )

    def _name_effect(self, effect) -> str:
        """Return a step, its channel, and the numbers of amounts on each side."""
        return self.env._(
            "%(step)s, %(channel)s (%(cases)s / %(others)s)",
            step=effect["step"],
            channel=effect["channel_name"],
            cases=effect["cases"],
            others=effect["others"],
        )


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def _get_paged_styles(self) -> list[str]:
        # EXTENDS btp_relance: the pictures of figures.
        return [*super()._get_paged_styles(), "btp_relance/static/paged/figures.css"]
