# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..const import OPEN_STATES
from ..engine import deadlines
from ..engine.interest import MissingRate
from .account_move_interest_data import BEARING
from .res_company_law import OVERSEAS

INSOLVENCY_KINDS = [
    ("sauvegarde", "Sauvegarde"),
    ("redressement", "Redressement judiciaire"),
    ("liquidation", "Liquidation judiciaire"),
]


class ResPartner(models.Model):
    """A debtor in insolvency proceedings: what stops, what is declared, and by when."""

    _inherit = "res.partner"

    btp_insolvency_kind = fields.Selection(
        INSOLVENCY_KINDS, "Proceedings", copy=False, groups="base.group_user"
    )
    btp_bodacc_date = fields.Date(
        "Published in the BODACC On",
        copy=False,
        help="The time to declare claims runs from there (C. com. R622-24).",
        groups="base.group_user",
    )
    btp_insolvency_trustee_id = fields.Many2one(
        "res.partner",
        "Mandataire judiciaire",
        copy=False,
        help="Receives the declaration of claims: mandataire or liquidateur.",
        groups="base.group_user",
    )
    btp_claim_deadline = fields.Date(
        "Declare the Claim By",
        compute="_compute_btp_claim",
        help="Two months after the BODACC; four for a creditor outside metropolitan "
        "France, if the debtor is in it. Until the publication is known: counted from the "
        "judgment.",
        groups="btp_relance.group_agent",
    )
    btp_claim_principal = fields.Monetary(
        "Unpaid Before the Judgment",
        compute="_compute_btp_claim",
        help="Taxes and retention included, credit notes deducted.",
        groups="btp_relance.group_agent",
    )
    btp_claim_interest = fields.Monetary(
        "Interest to the Judgment",
        compute="_compute_btp_claim",
        help="Of these invoices and of those paid late, up to the day of the judgment, "
        "which stops it (C. com. L622-28); without what was invoiced or waived.",
        groups="btp_relance.group_agent",
    )
    btp_claim_indemnity = fields.Monetary(
        "Indemnities to Declare",
        compute="_compute_btp_claim",
        help="For recovery costs, once an invoice that was late before the judgment "
        "(C. com. D441-5); without what was invoiced or waived.",
        groups="btp_relance.group_agent",
    )
    btp_claim_amount = fields.Monetary(
        "Claim to Declare",
        compute="_compute_btp_claim",
        help="What is unpaid before the judgment, with interest and indemnities.",
        groups="btp_relance.group_agent",
    )
    btp_claim_missing = fields.Char(
        compute="_compute_btp_claim", groups="btp_relance.group_agent"
    )
    btp_claim_declared_on = fields.Date(
        "Claim Declared On",
        company_dependent=True,
        copy=False,
        help="Interrupts limitation.",
        groups="base.group_user",
    )

    # === COMPUTE === #

    @api.depends("btp_bodacc_date", "btp_insolvency_date", "country_id", "zip")
    @api.depends_context("company", "lang")
    def _compute_btp_claim(self):
        outside = self.env.company.btp_outside_metropole
        for partner in self:
            day = partner.btp_bodacc_date or partner.btp_insolvency_date
            partner.btp_claim_deadline = day and deadlines.claim_deadline(
                day, outside and partner._is_btp_metropolitan()
            )
            lines = partner._get_btp_claim_lines()
            rows = partner._get_btp_claim_penalties()
            partner.btp_claim_principal = sum(lines.mapped("amount_residual"))
            partner.btp_claim_interest = sum(row["interest"] for row in rows)
            partner.btp_claim_indemnity = sum(row["indemnity"] for row in rows)
            partner.btp_claim_amount = (
                partner.btp_claim_principal
                + partner.btp_claim_interest
                + partner.btp_claim_indemnity
            )
            missing = next((row["missing"] for row in rows if row["missing"]), None)
            partner.btp_claim_missing = bool(missing) and self.env[
                "btp.legal.rate"
            ]._explain_missing(missing)

    # === CRUD === #

    def write(self, vals):
        # EXTENDS account
        result = super().write(vals)
        if vals.get("btp_insolvency_date"):
            self._stop_btp_reminders()
        if vals.get("btp_claim_declared_on"):
            self._interrupt_btp_limitation(vals["btp_claim_declared_on"])
        return result

    @api.model
    def _commercial_fields(self):
        return [
            *super()._commercial_fields(),
            "btp_insolvency_kind",
            "btp_bodacc_date",
            "btp_insolvency_trustee_id",
        ]

    # === ACTIONS === #

    def action_view_btp_claims(self):
        """Open the amounts that came before the judgment."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claims Before the Judgment"),
            "res_model": "account.move.line",
            "view_mode": "list,form",
            "domain": list(self._get_btp_claim_domain()),
            "context": {"create": False},
        }

    def action_print_btp_claims(self):
        """Print the statement of claims for the mandataire judiciaire."""
        self.ensure_one()
        if not self.env.user.has_group("btp_relance.group_agent"):
            raise AccessError(
                self.env._(
                    "Ask an agent of reminders to print the statement of claims."
                )
            )
        if not self.btp_insolvency_date:
            raise UserError(self.env._("Type the date of the judgment first."))
        for row in self._get_btp_claim_penalties():
            if row["missing"]:
                # A declaration states all that is claimed, to the cent.
                raise self.env["btp.legal.rate"]._refuse_missing(row["missing"])
        return self.env.ref("btp_relance.btp_claims_action").report_action(
            self, config=False
        )

    # === BUSINESS === #

    def _get_btp_claim_domain(self) -> Domain:
        """Return the domain of the open receivable lines born before the judgment."""
        self.ensure_one()
        debtor = self.commercial_partner_id
        return (
            Domain("company_id", "=", self.env.company.id)
            & Domain("partner_id.commercial_partner_id", "=", debtor.id)
            & Domain("account_id.account_type", "=", "asset_receivable")
            & Domain("account_id.non_trade", "=", False)
            & Domain("parent_state", "=", "posted")
            & Domain("reconciled", "=", False)
            & Domain("move_id.btp_claim_after", "!=", True)
            & (
                Domain("move_id.move_type", "!=", "entry")
                | Domain("date", "<=", debtor.btp_insolvency_date)
            )
        )

    def _get_btp_claim_lines(self):
        """Return the open receivable lines to declare in the company of the moment."""
        self.ensure_one()
        lines = self.env["account.move.line"]
        if not self.commercial_partner_id.btp_insolvency_date or not lines.has_access(
            "read"
        ):
            return lines
        return lines.search(self._get_btp_claim_domain(), order="date_maturity, id")

    def _get_btp_claim_penalties(self) -> list[dict]:
        """Return the interest to the judgment and the indemnities to declare, by invoice, in
        the currency of the company of the moment (at the rate of the judgment's day).

        Interest stops at the judgment (C. com. L622-28). What a draft penalty invoice
        claims is declared here; what a posted one does is among the unpaid invoices.

        :return: ``[{"move", "claim", "interest", "indemnity", "missing"}]``; ``missing`` is
            the :class:`MissingRate` of an invoice whose interest is not known
        """
        self.ensure_one()
        debtor = self.commercial_partner_id
        judgment = debtor.btp_insolvency_date
        Move = self.env["account.move"]
        if not judgment or not Move.has_access("read"):
            return []
        moves = Move.search(
            Domain("company_id", "=", self.env.company.id)
            & Domain("commercial_partner_id", "=", debtor.id)
            & Domain("move_type", "in", BEARING)
            & Domain("state", "=", "posted")
            & Domain("btp_claim_after", "!=", True)
            & (
                Domain("btp_limitation_on", "=", False)
                | Domain("btp_limitation_on", ">=", judgment)
            ),
            order="invoice_date, id",
        )
        company, euro = self.env.company, self.env.ref("base.EUR")

        def convert(amount, currency):
            target = company.currency_id
            return currency._convert(float(amount), target, company, judgment)

        rows = []
        for move, claim in moves._reckon_interest(judgment, drafts=False).items():
            missing = claim if isinstance(claim, MissingRate) else None
            interest = 0 if missing else convert(claim.total, move.currency_id)
            indemnity = convert(claim.indemnity, euro)
            if interest or indemnity or missing:
                rows.append(
                    {
                        "move": move,
                        "claim": claim,
                        "interest": interest,
                        "indemnity": indemnity,
                        "missing": missing,
                    }
                )
        return rows

    def _is_btp_metropolitan(self) -> bool:
        """Return whether the debtor, hence the court as far as one can tell, is in
        metropolitan France: only then has a creditor outside it two months more."""
        self.ensure_one()
        country = self.country_id.code
        return country in (False, "FR") and not (self.zip or "").startswith(OVERSEAS)

    def _stop_btp_reminders(self):
        """Look again at what was planned, and take back what still waits to leave."""
        Relance = self.env["btp.relance"].sudo()
        debtors = self.commercial_partner_id.ids
        queued = Relance.search(
            [
                ("partner_id", "in", debtors),
                ("state", "=", "sent"),
                ("mail_id.state", "=", "outgoing"),
            ]
        )
        if queued:
            queued.mail_id.cancel()
            queued._fail(self.env._("Insolvency proceedings opened before it left."))
        planned = Relance.search(
            [("partner_id", "in", debtors), ("state", "in", OPEN_STATES)]
        )
        planned._recheck()

    def _interrupt_btp_limitation(self, day):
        """Begin limitation anew at the declaration of the claim."""
        for partner in self:
            moves = (
                partner.sudo()
                ._get_btp_claim_lines()
                .move_id.filtered(lambda move: move.is_sale_document())
            )
            moves.write(
                {
                    "btp_limitation_interrupted_on": day,
                    "btp_limitation_cause": "declaration",
                }
            )

    def _get_btp_claim_note(self) -> str:
        """Return what to do, with the amount and the day, for the person in charge."""
        self.ensure_one()
        money = self.env.company.currency_id.format
        note = self.env._(
            "Declare to %(trustee)s %(amount)s by %(deadline)s (C. com. L622-24, R622-24): "
            "%(principal)s unpaid, taxes and retention included, %(interest)s of interest "
            "to the judgment of %(judgment)s and %(indemnity)s of indemnities for recovery "
            "costs.",
            trustee=self.btp_insolvency_trustee_id.name
            or self.env._("the mandataire judiciaire"),
            amount=money(self.btp_claim_amount),
            principal=money(self.btp_claim_principal),
            interest=money(self.btp_claim_interest),
            indemnity=money(self.btp_claim_indemnity),
            judgment=format_date(self.env, self.btp_insolvency_date),
            deadline=format_date(self.env, self.btp_claim_deadline),
        )
        return f"{note} {self.btp_claim_missing}" if self.btp_claim_missing else note
