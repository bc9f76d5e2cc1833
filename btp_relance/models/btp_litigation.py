# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import PUBLIC_REGIMES, REGIME_GROUPS
from ..engine import exhibits
from ..engine.interest import MissingRate

PAPER = "btp_relance.btp_litigation_paper_action"


class BtpLitigation(models.Model):
    """All that a judge asks for about one debtor, in one archive: made by a person, sent
    to nobody."""

    _name = "btp.litigation"
    _description = "Litigation File"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char("Reference", compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, readonly=True, index=True
    )
    move_ids = fields.Many2many(
        "account.move", string="Invoices Claimed", readonly=True, check_company=True
    )
    day = fields.Date("Reckoned On", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Made By", readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    principal = fields.Monetary(readonly=True)
    interest = fields.Monetary(readonly=True)
    indemnity = fields.Monetary(
        "Recovery Indemnity", readonly=True, currency_field="indemnity_currency_id"
    )
    indemnity_currency_id = fields.Many2one(
        "res.currency", compute="_compute_indemnity_currency_id"
    )
    warning = fields.Text(
        readonly=True, help="What to see to before going to court with this file."
    )
    exhibit_ids = fields.One2many(
        "btp.litigation.exhibit", "litigation_id", "Exhibits", readonly=True
    )
    archive_id = fields.Many2one("ir.attachment", readonly=True)
    archive_sha256 = fields.Char("Archive (SHA-256)", readonly=True)

    def _compute_name(self):
        for file in self:
            file.name = f"C-{file.id:06d}" if file.id else False

    def _compute_indemnity_currency_id(self):
        self.indemnity_currency_id = self.env.ref("base.EUR")

    @api.depends("partner_id")
    def _compute_display_name(self):
        for file in self:
            file.display_name = f"{file.name or ''} – {file.partner_id.name or ''}"

    # === ACTIONS === #

    def action_download(self):
        """Download the archive."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.archive_id.id}?download=true",
            "target": "download",
        }

    # === BUSINESS === #

    @api.model
    def _make(self, moves):
        """Make the file of a debtor's unpaid invoices.

        :param moves: posted customer invoices of one debtor, company and currency
        :return: the new ``btp.litigation``
        :raise UserError: one sentence on what to choose instead
        """
        moves = self._check_claim(moves)
        partner, company = moves.commercial_partner_id, moves.company_id
        today = self.env["btp.echeance"].with_company(company)._get_today()
        file = self.sudo().create(
            {
                "company_id": company.id,
                "partner_id": partner.id,
                "move_ids": [fields.Command.set(moves.ids)],
                "day": today,
                "user_id": self.env.uid,
                "currency_id": moves.currency_id.id,
            }
        )
        file = file.with_company(company).with_context(
            lang=company.partner_id.lang or self.env.lang
        )
        claim = file._get_claim()
        file.write(
            {name: claim[name] for name in ("principal", "interest", "indemnity")}
            | {"warning": "\n".join(claim["warnings"]) or False}
        )
        file._archive(claim)
        return file.sudo(False)

    @api.model
    def _check_claim(self, moves):
        """Return the invoices that can be claimed together, or refuse in one sentence."""
        moves.check_access("read")
        moves = moves.filtered(
            lambda move: (
                move.move_type in ("out_invoice", "out_receipt")
                and move.state == "posted"
                and move.amount_residual
            )
        )
        if not moves:
            raise UserError(self.env._("Choose posted invoices that are not paid."))
        if len(moves.commercial_partner_id) > 1 or len(moves.company_id) > 1:
            raise UserError(
                self.env._(
                    "Choose the invoices of one customer: a file is for one debtor."
                )
            )
        if len(moves.currency_id) > 1:
            raise UserError(
                self.env._("Choose invoices in one currency, and make a file for each.")
            )
        return moves.sorted(lambda move: (move.invoice_date, move.name))

    def _get_claim(self) -> dict:
        """Return what is claimed, to the day of the file.

        A retention not yet due is no part of it.

        :return: ``{"rows": [{"move", "total", "paid", "held", "balance", "interest": row
            of :meth:`account.move._get_interest_row`, "limitation"}], "principal",
            "interest", "indemnity", "warnings": sentences}``
        """
        self.ensure_one()
        claims = self.move_ids._reckon_interest(self.day, drafts=False)
        rows, warnings = [], []
        for move in self.move_ids:
            lines = move.line_ids.filtered(
                lambda line: line.account_id.account_type == "asset_receivable"
            )
            due = lines.filtered(
                lambda line: (line.date_maturity or line.date) <= self.day
            )
            residual = sum(lines.mapped("amount_residual_currency"))
            balance = sum(due.mapped("amount_residual_currency"))
            rows.append(
                {
                    "move": move,
                    "total": move.amount_total,
                    "paid": self.currency_id.round(move.amount_total - residual),
                    "held": self.currency_id.round(residual - balance),
                    "balance": self.currency_id.round(balance),
                    "interest": move._get_interest_row(claims[move]),
                    "limitation": move.btp_limitation_on,
                }
            )
        missing = [claim for claim in claims.values() if isinstance(claim, MissingRate)]
        if missing:
            warnings.append(
                str(self.env["btp.legal.rate"]._explain_missing(missing[0]))
            )
        total = self.currency_id.round
        return {
            "rows": rows,
            "principal": total(sum(row["balance"] for row in rows)),
            "interest": total(sum(row["interest"]["total"] for row in rows)),
            "indemnity": sum(row["interest"]["indemnity"] for row in rows),
            "warnings": warnings + self._get_warnings(rows),
        }

    def _get_warnings(self, rows: list[dict]) -> list[str]:
        """Return what to see to before going to court, one sentence each. Hook."""
        warnings = []
        partner = self.partner_id
        if partner.btp_insolvency_date:
            warnings.append(
                self.env._(
                    "Insolvency proceedings are open: declare the claim instead, nobody "
                    "may be sued for it (C. com. L622-21, L622-24)."
                )
            )
        if partner.btp_regime in PUBLIC_REGIMES:
            warnings.append(
                self.env._(
                    "A public body is not subject to injonction de payer: ask the "
                    "administrative judge for a provision (CJA R541-1)."
                )
            )
        late = [row["move"].name for row in rows if self._is_past(row["limitation"])]
        if late:
            warnings.append(
                self.env._("The time to sue has passed for %s.", ", ".join(late))
            )
        notified = self.env["btp.relance.line"].search(
            [
                ("move_id", "in", self.move_ids.ids),
                ("step_id.tone", "=", "formal"),
                ("state", "=", "done"),
            ]
        )
        unnotified = self.move_ids - notified.move_id
        if unnotified:
            warnings.append(
                self.env._(
                    "No formal notice was sent for %s.",
                    ", ".join(unnotified.mapped("name")),
                )
            )
        return warnings

    def _is_past(self, day) -> bool:
        return bool(day and day < self.day)

    def _get_route(self) -> str:
        """Return the court and procedure that the debtor's regime leads to, as a code."""
        regime = self.partner_id.btp_regime or "b2b"
        return next(
            name for name, regimes in REGIME_GROUPS.items() if regime in regimes
        )

    # === THE ARCHIVE === #

    def _archive(self, claim: dict):
        """Gather the exhibits, write their list, keep the archive and say so in the
        journal."""
        self.ensure_one()
        numbered = exhibits.number(self._gather(claim))
        self.exhibit_ids = [
            fields.Command.create(
                {
                    "number": item.number,
                    "title": item.exhibit.title,
                    "day": item.exhibit.day,
                    "filename": item.name,
                    "sha256": item.sha256,
                }
            )
            for item in numbered
        ]
        summary = self._print("summary", claim=claim)
        title = self.env._("00-Summary-and-list-of-exhibits")
        content = exhibits.bundle((f"{title}.pdf", summary), numbered)
        self.archive_id = self.env["ir.attachment"].create(
            {
                "name": f"{self.name}-{exhibits.plain_name(self.partner_id.name)}.zip",
                "raw": content,
                "mimetype": "application/zip",
                "res_model": self._name,
                "res_id": self.id,
                "company_id": self.company_id.id,
            }
        )
        self.archive_sha256 = exhibits.sha256(content)
        self.env["btp.relance.event"]._append(
            [
                {
                    "kind": "litigation",
                    "company_id": self.company_id.id,
                    "debtor_ref": self.partner_id.id,
                    "debtor_name": self.partner_id.display_name,
                    "detail": ", ".join(self.move_ids.mapped("name")),
                    "documents": json.dumps(
                        [{"name": self.archive_id.name, "sha256": self.archive_sha256}]
                    ),
                    "author": self.user_id.name,
                }
            ]
        )

    def _print(self, part: str, **values) -> bytes:
        """Return a PDF of one part of the file."""
        report = self.env["ir.actions.report"]
        return report._render_paged(PAPER, self, {"part": part, **values})[self.id]

    def _get_paper_facts(self, _report) -> dict:
        """A court reads the language of the company."""
        return {"lang": self.company_id.partner_id.lang or self.env.lang}


class BtpLitigationExhibit(models.Model):
    """One line of the numbered list."""

    _name = "btp.litigation.exhibit"
    _description = "Exhibit"
    _order = "litigation_id, number"
    _rec_name = "title"

    litigation_id = fields.Many2one(
        "btp.litigation", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="litigation_id.company_id", store=True)
    number = fields.Integer("No.", readonly=True)
    title = fields.Char("Exhibit", readonly=True)
    day = fields.Date(readonly=True)
    filename = fields.Char("File", readonly=True)
    sha256 = fields.Char("SHA-256", readonly=True)
