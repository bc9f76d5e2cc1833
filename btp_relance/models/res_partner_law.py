# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import format_date

from ..const import OPEN_STATES
from ..engine import deadlines

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
        help="Two months after the BODACC, four for a creditor outside metropolitan "
        "France. Until the publication is known: counted from the judgment.",
        groups="btp_relance.group_agent",
    )
    btp_claim_amount = fields.Monetary(
        "Claim to Declare",
        compute="_compute_btp_claim",
        help="What this company is owed for before the judgment, taxes and retention "
        "included, credit notes deducted. Penalties to that date come on top.",
        groups="btp_relance.group_agent",
    )
    btp_claim_declared_on = fields.Date(
        "Claim Declared On",
        company_dependent=True,
        copy=False,
        help="Interrupts limitation.",
        groups="base.group_user",
    )

    # === COMPUTE === #

    @api.depends("btp_bodacc_date", "btp_insolvency_date")
    @api.depends_context("company")
    def _compute_btp_claim(self):
        for partner in self:
            day = partner.btp_bodacc_date or partner.btp_insolvency_date
            partner.btp_claim_deadline = day and deadlines.claim_deadline(
                day, self.env.company.btp_outside_metropole
            )
            partner.btp_claim_amount = sum(
                partner._get_btp_claim_lines().mapped("amount_residual")
            )

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
        return self.env._(
            "Declare to the mandataire judiciaire %(amount)s, taxes and retention "
            "included, plus penalties to the judgment of %(judgment)s, by %(deadline)s "
            "(C. com. L622-24, R622-24).",
            amount=self.env.company.currency_id.format(self.btp_claim_amount),
            judgment=format_date(self.env, self.btp_insolvency_date),
            deadline=format_date(self.env, self.btp_claim_deadline),
        )
