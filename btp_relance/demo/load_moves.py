# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invoices and credit notes, posted in the order of their dates."""

from odoo import Command

from .load_company import refresh_statistics
from .pdf import invoice_pdf
from .records import Credit, Invoice, Plan

#: Legal mentions, by regime: a consumer owes neither the 40 € nor these penalties.
PENALTIES = (
    "En cas de retard : pénalités au taux de la BCE majoré de 10 points et indemnité "
    "forfaitaire pour frais de recouvrement de 40 €. Pas d'escompte pour paiement anticipé."
)
PENALTIES_PUBLIC = (
    "En cas de retard : intérêts moratoires au taux de la BCE majoré de 8 points et "
    "indemnité forfaitaire de 40 € (articles R2192-31 et suivants du code de la commande "
    "publique)."
)
#: Invoices made before statistics are taken for the first time.
FEW = 40
ON_DEBITS = "TVA acquittée d'après les débits."
FOREIGN = (
    "French VAT: works on a building in France. Late payment: interest at the ECB rate plus "
    "10 points and a fixed sum of € 40 for recovery costs. No discount for early payment."
)


class MoveLoader:
    """Creates the moves of the plan; ``by_key`` finds them again."""

    def __init__(self, env, setup, partners: dict, chantiers: dict):
        self.env = env
        self.setup = setup
        self.partners = partners
        self.chantiers = chantiers
        self.by_key: dict = {}

    def load(self, plan: Plan) -> "MoveLoader":
        values = [self._values(invoice) for invoice in plan.invoices]
        # A few first, for the planner to know of when the others are made.
        moves = self.env["account.move"].create(values[:FEW])
        refresh_statistics(self.env)
        moves += self.env["account.move"].create(values[FEW:])
        refresh_statistics(self.env)
        moves.action_post()
        self.by_key = {
            invoice.key: move
            for invoice, move in zip(plan.invoices, moves, strict=True)
        }
        self.make_credits([credit for credit in plan.credits if credit.reconciled])
        return self

    def _values(self, invoice: Invoice) -> dict:
        return {
            "move_type": "out_invoice",
            "company_id": self.setup.company.id,
            "partner_id": self.partners[invoice.customer.key].id,
            "invoice_date": invoice.date,
            "date": invoice.date,
            "delivery_date": invoice.date,
            "invoice_payment_term_id": self.setup.terms[invoice.term].id,
            "invoice_user_id": self.setup.users["nadia"].id,
            "ref": invoice.ref,
            "narration": self._mentions(invoice),
            "btp_chantier_id": invoice.chantier
            and self.chantiers[invoice.chantier.key].id,
            "btp_billing_stage": invoice.stage,
            "btp_claimed_cumul": float(invoice.cumul),
            "btp_revision_index": float(invoice.index),
            "btp_visa_on": invoice.visa,
            "btp_legal_file": invoice.legal_file,
            "is_move_sent": True,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": line.text,
                        "btp_kind": line.kind or False,
                        "quantity": 1,
                        "price_unit": float(line.amount),
                        "account_id": self.setup.income[line.account].id,
                        "tax_ids": [Command.set(self.setup.taxes[invoice.tax].ids)],
                    }
                )
                for line in invoice.lines
            ],
        }

    def _mentions(self, invoice: Invoice) -> str:
        regime = invoice.customer.regime
        if invoice.customer.lang != "fr_FR":
            return FOREIGN
        mentions = [] if invoice.tax == "reverse" else [ON_DEBITS]
        if regime.startswith("public"):
            mentions.append(PENALTIES_PUBLIC)
        elif regime == "b2b":
            mentions.append(PENALTIES)
        return " ".join(mentions)

    # --- Credit notes ---------------------------------------------------------------

    def make_credits(self, credits: list[Credit]):
        """Post credit notes. Odoo sets each against its invoice when that is still open."""
        drafts = [self._draft_credit(credit) for credit in credits]
        self.env["account.move"].union(*drafts).action_post()

    def _draft_credit(self, credit: Credit):
        """Return the draft credit note that the reversal wizard makes, cut to its amount."""
        move = self.by_key[credit.invoice]
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create(
                {
                    "date": credit.date,
                    "reason": credit.reason,
                    "journal_id": move.journal_id.id,
                }
            )
        )
        wizard.refund_moves()
        refund = wizard.new_move_ids
        if credit.amount:
            first, *others = refund.invoice_line_ids
            values = {"name": credit.reason, "price_unit": float(credit.amount)}
            refund.write(
                {
                    "invoice_line_ids": [
                        Command.update(first.id, values),
                        *(Command.delete(line.id) for line in others),
                    ]
                }
            )
        return refund

    # --- Documents ------------------------------------------------------------------

    def issue_documents(self, plan: Plan):
        """Attach the PDF that was sent to the customer to each invoice still open."""
        moves = self.env["account.move"].union(
            *(self.by_key[echeance.invoice.key] for echeance in plan.echeances)
        )
        self.env["ir.attachment"].create(
            [
                {
                    "name": move._get_invoice_report_filename(),
                    "raw": invoice_pdf(move, self.setup.bank.bank_account_id),
                    "mimetype": "application/pdf",
                    "res_model": "account.move",
                    "res_id": move.id,
                    "res_field": "invoice_pdf_report_file",
                }
                for move in moves
            ]
        )
        moves.invalidate_recordset(["invoice_pdf_report_id", "invoice_pdf_report_file"])
