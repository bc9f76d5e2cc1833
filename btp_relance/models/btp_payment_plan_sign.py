# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import binascii
import json

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.misc import format_date, formatLang

from ..engine.chain import sha256
from ..engine.plan import plain_words

REPORT = "btp_relance.payment_plan_action"
#: A drawn signature is a few kilobytes.
MAX_SIGNATURE_BYTES = 1024 * 1024
PICTURES = ("image/png", "image/jpeg")


class BtpPaymentPlan(models.Model):
    """The signature, and the agreement that it makes: an acknowledgement of debt.

    It interrupts limitation (C. civ. 2240). The debtor writes the sum in words and in
    figures (C. civ. 1376): without it, it is only the beginning of a proof against
    somebody who is no trader.
    """

    _inherit = "btp.payment.plan"

    signed_on = fields.Datetime("Signed At", readonly=True, copy=False)
    signed_day = fields.Date("Signed On", readonly=True, copy=False)
    signer_name = fields.Char("Signed By", readonly=True, copy=False)
    signer_ip = fields.Char(
        "From (IP)", readonly=True, copy=False, groups="btp_relance.group_agent"
    )
    signed_how = fields.Selection(
        [("online", "Online"), ("paper", "On paper")],
        readonly=True,
        copy=False,
    )
    recorded_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        help="Who filed the agreement signed on paper.",
    )
    started_on = fields.Date(
        "Followed Since",
        readonly=True,
        copy=False,
        help="What was paid before is not in the instalments.",
    )
    signature = fields.Binary(
        readonly=True, copy=False, attachment=True, groups="btp_relance.group_agent"
    )
    signed_mention = fields.Char(
        "Sum Written by the Debtor",
        readonly=True,
        copy=False,
        help="In words and in figures, by the debtor's own hand (C. civ. 1376).",
    )
    terms_sha256 = fields.Char(
        "What Was Signed (SHA-256)",
        readonly=True,
        copy=False,
        help="Hash of the terms: parties, invoices, instalments, interest.",
    )
    agreement_id = fields.Many2one("ir.attachment", readonly=True, copy=False)
    agreement_sha256 = fields.Char("Agreement (SHA-256)", readonly=True, copy=False)

    # === TERMS === #

    def _get_terms(self) -> dict:
        """Return all that is agreed, in a form that does not depend on a language."""
        self.ensure_one()
        currency = self.currency_id

        def money(amount):
            return f"{amount:.{currency.decimal_places}f}"

        return {
            "reference": self.reference,
            "creditor": [self.company_id.name, self.company_id.company_registry or ""],
            "debtor": [
                self.partner_id.name,
                self.partner_id.company_registry or "",
                self._say_address(self.partner_id),
            ],
            "currency": currency.name,
            "total": money(self.amount),
            "invoices": [
                [line.move_id.name, str(line.date_due or ""), money(line.amount)]
                for line in self.source_line_ids
            ],
            "instalments": [
                [str(part.date), money(part.amount)]
                for part in self.instalment_ids.sorted("sequence")
            ],
            "interest": [self.interest_mode, money(self.interest_amount)],
            "warning_days": self.company_id.btp_plan_warning_days,
        }

    def _get_digest(self) -> str:
        """Return the hash of what is agreed: what a page shows and what is signed."""
        terms = json.dumps(self._get_terms(), ensure_ascii=False, sort_keys=True)
        return sha256(terms.encode())

    def _say_address(self, partner) -> str:
        """Return the address of a party on one line."""
        lines = partner._display_address(without_company=True).splitlines()
        return ", ".join(line.strip() for line in lines if line.strip())

    def _get_words(self) -> str:
        """Return the total in words, in the language of the reader."""
        self.ensure_one()
        # Odoo gives each word a capital.
        return self.currency_id.amount_to_text(self.amount).lower()

    def _get_mention(self) -> str:
        """Return the sum as the debtor writes it, in words and in figures."""
        self.ensure_one()
        return self.env._(
            "Good for the sum of %(words)s (%(figures)s)",
            words=self._get_words(),
            figures=formatLang(self.env, self.amount, currency_obj=self.currency_id),
        )

    # === SIGNATURE === #

    def _sign(self, name, signature_b64, ip, mention=None, digest=None):
        """Sign the plan for the debtor: it holds from now on, the agreement is archived.

        :param str name: who signs
        :param str signature_b64: the drawing, a PNG or JPEG in base64
        :param str ip: where from
        :param str mention: the sum as the debtor wrote it, in words and in figures
        :param str digest: hash of the terms that the page showed (default: not checked)
        :raise UserError: one sentence on what to do instead
        """
        self.ensure_one()
        plan = self.sudo().with_company(self.company_id)
        plan._check_signable(digest)
        name = (name or "").strip()
        if not name:
            raise UserError(self.env._("Type the name of whoever signs."))
        if mention and plain_words(mention) != plain_words(self._get_mention()):
            raise UserError(
                self.env._("Write the sum exactly as shown: %s", self._get_mention())
            )
        plan.write(
            {
                "signed_how": "online",
                "signed_on": fields.Datetime.now(),
                "signed_day": plan._get_today(),
                "signer_name": name[:200],
                "signer_ip": ip,
                "signature": self._check_signature(signature_b64),
                "signed_mention": mention and " ".join(mention.split())[:500],
                "terms_sha256": plan._get_digest(),
            }
        )
        plan._activate()

    def _check_signable(self, digest):
        """Refuse what cannot be signed any more."""
        lines = self.source_line_ids.move_line_id
        if self.state != "to_sign" or (
            self.hold_until and self.hold_until < self._get_today()
        ):
            raise UserError(
                self.env._(
                    "This plan can no longer be signed: please ask for a new one."
                )
            )
        if bar := lines._get_btp_bar(self.partner_id, self.company_id):
            raise UserError(bar)
        if digest and digest != self._get_digest():
            raise UserError(
                self.env._("The plan has changed: read it again, then sign it.")
            )

    def _check_signature(self, signature_b64) -> bytes:
        """Return the drawing, refused where it is no small picture."""
        try:
            text = (
                signature_b64.decode()
                if isinstance(signature_b64, bytes)
                else signature_b64
            )
            content = base64.b64decode(text or "", validate=True)
        except (binascii.Error, ValueError, AttributeError):
            content = b""
        if (
            not content
            or len(content) > MAX_SIGNATURE_BYTES
            or guess_mimetype(content) not in PICTURES
        ):
            raise UserError(self.env._("Draw your signature, then sign again."))
        return base64.b64encode(content)

    def _activate(self, content: bytes | None = None):
        """Let the plan hold: from the ledger as it stands, with its agreement archived.

        :param bytes content: the agreement as it was signed on paper
        """
        for line in self.source_line_ids:
            line.paid_before = line.move_line_id._get_btp_paid()
        self.write({"state": "active", "started_on": self._get_today()})
        self.hold_until = self._get_hold()
        self._sync()
        agreement = self._archive(content or self._print())
        self._interrupt_limitation()
        self._note(
            "plan_signed",
            self._say_signed(),
            recipient=self.contact_id.email_formatted,
            documents=self.env["btp.relance.event"]._documents(agreement),
        )
        self.env["btp.confirmation"]._tell_plan("plan_signed", self)
        self.env["btp.relance.line"]._on_ledger_change(
            self.source_line_ids.move_line_id
        )

    def _say_signed(self) -> str:
        """Return who signed, in one sentence."""
        if self.signed_how != "paper":
            return self.signer_name
        return self.env._(
            "%(name)s, on paper on %(day)s, filed by %(user)s",
            name=self.signer_name,
            day=format_date(self.env, self.signed_day),
            user=self.recorded_by_id.name,
        )

    def _interrupt_limitation(self):
        """Limitation of the invoices begins anew: the debtor acknowledged them."""
        for move in self.move_ids.filtered(lambda move: move.is_sale_document()):
            known = move.btp_limitation_interrupted_on
            if move.btp_limitation_cause in ("suit", "declaration") or (
                known and known > self.signed_day
            ):
                continue
            move.write(
                {
                    "btp_limitation_interrupted_on": self.signed_day,
                    "btp_limitation_cause": "acknowledgement",
                }
            )

    # === THE AGREEMENT === #

    def _get_paper_facts(self, report) -> dict:
        """Return what printing the agreement depends on."""
        self.ensure_one()
        return {"lang": self._get_lang(), "archive": self.agreement_id}

    def _get_lang(self) -> str:
        return self.contact_id.lang or self.partner_id.lang or self.env.lang

    def _print(self) -> bytes:
        """Return the agreement as a PDF/A."""
        self.ensure_one()
        reports = self.env["ir.actions.report"].sudo()
        return reports._render_paged(REPORT, self.sudo())[self.id]

    def _archive(self, content: bytes):
        """Archive the signed agreement with its hash. Returns the attachment."""
        self.ensure_one()
        self.agreement_id = self._attach(content)
        self.agreement_sha256 = sha256(content)
        return self.agreement_id

    def _get_agreement(self):
        """Return the agreement: the one signed, else as it stands now.

        :return: an ``ir.attachment``
        """
        self.ensure_one()
        plan = self.sudo()
        if plan.agreement_id:
            return plan.agreement_id
        name = plan._get_agreement_name()
        drafts = plan.env["ir.attachment"].search(
            [
                ("res_model", "=", plan._name),
                ("res_id", "=", plan.id),
                ("description", "like", "draft:"),
            ]
        )
        digest = f"draft:{plan._get_digest()}:{plan.state}"
        draft = drafts.filtered(lambda one: one.description == digest)[:1]
        (drafts - draft).unlink()
        return draft or plan._attach(plan._print(), name, description=digest)

    def _get_agreement_name(self) -> str:
        return self.with_context(lang=self._get_lang()).env._(
            "Instalment plan %s.pdf", self.reference
        )

    def _attach(self, content: bytes, name=None, **values):
        return self.env["ir.attachment"].create(
            {
                "name": name or self._get_agreement_name(),
                "res_model": self._name,
                "res_id": self.id,
                "raw": content,
                "mimetype": "application/pdf",
                **values,
            }
        )
