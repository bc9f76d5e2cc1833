# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dateutil.relativedelta import relativedelta

from odoo import models

from ..matching import likeness, plain

#: Type of the checklist by what a person says, or by the reader's finer kind.
CERTIFICATES = {"urssaf": "VIG", "decennale": "DEC"}
#: So alike, a name is ours: we are guaranteed, we do not guarantee.
OUR_NAME = 80


class BtpPaper(models.Model):
    """Certificates with their validity, the DOE, the bond that replaces the retention."""

    _inherit = "btp.paper"

    # === ATTESTATION === #

    def _plan_attestation(self, plan):
        read = (self.detail or "").removeprefix("attestation_")
        code = CERTIFICATES.get(plan.get("certificat") or read)
        code = code or self._guess_certificate()
        if not code:
            plan.block(
                plan.env._("Say which certificate this is: URSSAF or insurance.")
            )
            return
        if self.partner_id and self.partner_id != self.company_id.partner_id:
            self._plan_certificate_of(plan, code)
            return
        kind = self.env["btp.document.type"].search([("code", "=", code)], limit=1)
        until = plan.day("date_fin")
        issued = plan.day("date_document")
        if not until and issued and kind.validity_months:
            until = issued + relativedelta(months=kind.validity_months)
        if not until:
            plan.block(plan.env._("Fill in until when this certificate is valid."))
            return
        if until < plan.today:
            plan.block(
                plan.env._(
                    "This certificate expired on %s: ask for the next one.",
                    plan.date(until),
                )
            )
            return
        known = self.env["btp.document"].search(
            [
                ("type_id", "=", kind.id),
                ("company_id", "=", self.company_id.id),
                ("chantier_id", "=", False),
                ("state", "=", "received"),
            ]
        )
        if known.valid_until and known.valid_until > until:
            plan.ask(
                plan.env._(
                    "The certificate there is valid until %(known)s, this one until %(read)s: "
                    "choose.",
                    known=plan.date(known.valid_until),
                    read=plan.date(until),
                )
            )
        self._plan_document(plan, code, valid_until=until)

    def _guess_certificate(self) -> str | None:
        text = plain(self._get_text())
        if "vigilance" in text or "urssaf" in text:
            return "VIG"
        return "DEC" if "decennale" in text else None

    def _plan_certificate_of(self, plan, code):
        """Plan to keep a subcontractor's certificate with it: none of ours is ticked."""
        partner, day = self.partner_id, plan.day("date_fin")
        label = (
            plan.env._(
                "Certificate of %(name)s kept, valid until %(day)s",
                name=partner.display_name,
                day=plan.date(day),
            )
            if day
            else plan.env._("Certificate of %s kept", partner.display_name)
        )

        def do():
            file = self._copy_file(partner)
            partner.message_post(
                body=label, attachment_ids=file.ids, subtype_xmlid="mail.mt_note"
            )
            return file, {}, label

        plan.call("document", label, do)

    # === DOE, CAUTION, OTHERS === #

    def _plan_doe_bordereau(self, plan):
        if self._check_chantier(plan):
            self._plan_document(plan, "DOE")

    def _plan_caution(self, plan):
        """Plan that a bond takes the place of the retention (loi 71-584, art. 1)."""
        if not self._check_chantier(plan):
            return
        day = plan.day("date_document", "date_signature")
        if not day:
            plan.block(plan.env._("Fill in the date of the bond."))
            return
        chantier, known = self.chantier_id, self.chantier_id.date_substituted
        plan.set(
            "bond",
            plan.env._(
                "The bond of %s replaces the retention: what was withheld is due",
                plan.date(day),
            ),
            chantier,
            {"date_substituted": day},
            typed={
                "date_substituted": plan.env._(
                    "A bond is recorded on %(known)s, the paper says %(read)s: choose.",
                    known=plan.date(known) if known else "",
                    read=plan.date(day),
                )
            },
        )
        self._check_bond_amount(plan, chantier)
        guarantor = plan.get("banque") or plan.get("entreprise")
        ours = likeness(guarantor, self.company_id.name) >= OUR_NAME
        if guarantor and not ours and not chantier.bond_guarantor:
            plan.set(
                "bond",
                plan.env._("Guarantor: %s", guarantor),
                chantier,
                {"bond_guarantor": guarantor},
            )
        self._plan_document(plan, "CRG")

    def _check_bond_amount(self, plan, chantier):
        """Ask where a bond is of less than what is withheld: it frees no more than it covers."""
        amount, held = plan.amount("montant_ttc"), chantier.retention_held
        if amount is not None and plan.currency.compare_amounts(amount, held) < 0:
            plan.ask(
                plan.env._(
                    "The bond is of %(amount)s, %(held)s are withheld: confirm if it replaces all "
                    "of it.",
                    amount=plan.money(amount),
                    held=plan.money(held),
                )
            )

    def _plan_pv_opr(self, plan):
        plan.block(
            plan.env._(
                "Minutes before réception prove no réception: set this paper aside, and ask for "
                "the PV."
            )
        )

    def _plan_autre(self, plan):
        plan.block(plan.env._("Choose what kind of paper it is, or set it aside."))
