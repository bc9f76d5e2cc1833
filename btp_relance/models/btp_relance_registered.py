# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..engine import signing
from ..engine.chain import sha256
from ..engine.registered import clean_number
from .btp_relance_channel import Delivery
from .btp_relance_letter import LETTER_REPORT


class BtpRelance(models.Model):
    """A reminder that leaves as a registered letter."""

    _inherit = "btp.relance"

    posting_ids = fields.One2many("btp.relance.posting", "relance_id", readonly=True)
    posting_id = fields.Many2one(
        "btp.relance.posting",
        "Registered Letter",
        compute="_compute_posting_id",
        store=True,
        help="The letter under way, else the last one.",
    )
    posting_state = fields.Selection(
        related="posting_id.state", string="State of the Letter"
    )
    posting_state_on = fields.Datetime(related="posting_id.state_on")
    posting_provider = fields.Selection(related="posting_id.provider")
    posting_is_test = fields.Boolean(related="posting_id.is_test")
    proof_ids = fields.Many2many(related="posting_id.proof_ids", string="Proofs")
    registered_by_hand = fields.Boolean(compute="_compute_registered_by_hand")
    on_paper = fields.Boolean(
        readonly=True, help="A person posts this one, whoever carries the others."
    )
    paper_reason = fields.Char(
        readonly=True, help="Why it leaves on paper where others do not."
    )
    waits_certificate = fields.Boolean(
        readonly=True,
        help="It could not be signed: tried again once the certificate has changed.",
    )

    # === COMPUTE METHODS === #

    @api.depends("posting_ids.state")
    def _compute_posting_id(self):
        for relance in self:
            alive = relance.posting_ids.filtered(
                lambda posting: posting.state not in ("failed", "cancelled")
            )
            relance.posting_id = alive[:1] or relance.posting_ids.sorted("id")[-1:]

    @api.depends("posting_ids.provider", "posting_ids.state")
    def _compute_desk(self):
        # pylint: disable=missing-return
        super()._compute_desk()
        for relance in self:
            # A provider carries it: nothing of it asks for a person.
            if relance.desk == "post" and relance.posting_ids.filtered(
                lambda posting: posting.provider != "print"
                and posting.state not in ("failed", "cancelled")
            ):
                relance.desk = False

    @api.depends("company_id.btp_registered_provider")
    def _compute_registered_by_hand(self):
        for relance in self:
            relance.registered_by_hand = (
                relance.company_id.btp_registered_provider == "print"
            )

    # === ACTIONS === #

    def action_send_on_paper(self):
        """Have a person post this letter, where a provider would have carried it."""
        self.check_access("write")
        relances = self.filtered(
            lambda relance: relance.channel == "registered"
            and relance.state in ("proposed", "approved", "failed")
            and not relance.posting_id.submitted_on
        )
        if not relances:
            raise UserError(
                self.env._("Only a registered letter that has not left can be printed.")
            )
        relances.sudo().on_paper = True
        relances.sudo().filtered(lambda relance: relance.state == "failed")._resend()
        self.env["btp.relance.engine"]._trigger_dispatch()

    def action_receipt(self):
        """Ask what the acknowledgement of the letter says."""
        self.ensure_one()
        return self.posting_id.action_receipt()

    # === BUSINESS === #

    def _get_registered_provider(self) -> str:
        """Return the name of who carries this letter. Hook."""
        self.ensure_one()
        name = self.company_id.btp_registered_provider
        return "print" if self.on_paper or self._get_paper_reason() else name

    def _get_paper_reason(self) -> str:
        """Return why the law, or what we know of the debtor, wants paper."""
        self.ensure_one()
        name = self.company_id.btp_registered_provider
        return self.env["btp.registered.provider"]._for(name)._get_paper_reason(self)

    def _get_letter_digest(self) -> str:
        """Return a digest of what the letter claims: another one, another letter."""
        self.ensure_one()
        rows = sorted(
            (line.move_line_id.id, line.currency_id.round(line.amount_residual))
            for line in self.line_ids
            if line.state != "dropped"
        )
        return sha256(json.dumps(rows))

    def _get_letter_pdf(self) -> bytes:
        """Return the letter as PDF, laid out anew: the one place where it is rendered."""
        self.ensure_one()
        # What was archived, or shown to a person, must not stand for what is due now.
        self.write({"letter_id": False, "body": False})
        report = self.env["ir.actions.report"]
        return report._render_paged(LETTER_REPORT, self)[self.id]

    def _sign_letter(self, letter: bytes) -> tuple[bytes, str]:
        """Sign a letter with the company's certificate, if it has one.

        :return: the letter, and who signed (``""`` where nobody did)
        :raise UserError: the certificate signs nothing
        """
        certificate = self.company_id.sudo().btp_certificate_id
        if not certificate:
            return letter, ""
        company = self.company_id
        name = certificate.subject_common_name or company.name
        mark = signing.Mark(
            title=self.env._("Signed electronically"),
            name=name,
            place=company.city or "",
            reason=self.step_id.display_name,
            when=format_date(self.env, self.env["btp.echeance"]._get_today()),
        )
        return signing.sign(letter, certificate._get_btp_identity(), mark), name

    def _make_posting(self, body: str) -> tuple:
        """Write, sign and archive the letter.

        :param body: text of the message, as it stays
        :return: the ``btp.relance.posting``, and the values of the journal's row
        """
        self.ensure_one()
        # Before the rendering: it costs more than being refused.
        if refusal := self.company_id._get_btp_certificate_refusal():
            raise UserError(refusal)
        letter, signer = self._sign_letter(self._get_letter_pdf())
        replaced = self.posting_ids.filtered(
            lambda posting: posting.state == "to_post" and not posting.submitted_on
        )
        replaced._withdraw()
        # Before the next one: a reminder has one letter alive.
        replaced.flush_recordset()
        posting = self.env["btp.relance.posting"].create(self._prepare_posting(signer))
        draft = self.posting_ids.filtered(
            lambda former: former.state == "cancelled" and former.external_id
        )[:1]
        if draft and draft.provider == posting.provider:
            # What was begun at the provider's is thrown away by who comes after.
            external = draft.external_id
            draft.external_id = False
            draft.flush_recordset()
            posting.external_id = external
        attachment = self.env["ir.attachment"].create(
            {
                "name": f"{self.reference}.pdf",
                "raw": letter,
                "mimetype": "application/pdf",
                "res_model": posting._name,
                "res_id": posting.id,
            }
        )
        posting.write({"letter_id": attachment.id, "letter_sha256": sha256(letter)})
        self.write(
            {
                "body": body,
                "letter_id": attachment.id,
                "waits_certificate": False,
                "paper_reason": not self.on_paper and self._get_paper_reason(),
            }
        )
        detail = (
            signer or self.env._("Without electronic signature"),
            self.paper_reason,
        )
        return posting, {
            "kind": "signed" if signer else "archived",
            "posting_id": posting.id,
            "recipient": posting.address,
            "body_sha256": sha256(body),
            "documents": self.env["btp.relance.event"]._documents(attachment),
            "detail": " – ".join(filter(None, detail)),
        }

    def _prepare_posting(self, signer: str) -> dict:
        """Return the values of the letter."""
        name = self._get_registered_provider()
        provider = self.env["btp.registered.provider"]._for(name)
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        rank = len(self.posting_ids) + 1
        return {
            "relance_id": self.id,
            "key": f"{(database or '0')[:8]}-{self.id}-{rank}",
            "provider": name,
            "is_test": provider._is_test(self.company_id),
            "address": provider._get_destination(self),
            "signer": signer,
            "claimed": self._get_letter_digest(),
            "retry_at": not provider._is_by_hand() and fields.Datetime.now(),
        }

    def _renew_letter(self):
        """Write again the letters that wait to be printed and say too much by now."""
        channel = self.env["btp.relance.channel"]
        rows = []
        for relance in self:
            posting = relance.posting_id
            if (
                relance.state == "assigned"
                and (posting.state, posting.provider) == ("to_post", "print")
                and posting.letter_id
                and posting.claimed != relance._get_letter_digest()
            ):
                relance = relance._in_company()
                body = channel._render(relance, "body_html")
                rows.append(
                    {**relance._make_posting(body)[1], "relance_id": relance.id}
                )
        self.env["btp.relance.event"]._append(rows)

    def _record_posting(self, tracking_number: str, day=None):
        """Note that the registered letter was posted, with its number.

        :param tracking_number: the number of the postal receipt
        :param date day: day of the receipt (default: today)
        """
        self.ensure_one()
        day = day or self.env["btp.echeance"]._get_today()
        number = clean_number(tracking_number)
        posting = self.posting_id
        if posting.state != "to_post":
            # A letter printed before letters were archived.
            posting = posting.create(self._prepare_posting("") | {"provider": "print"})
        posting._explain_number(number)
        self.write(
            {
                "tracking_number": number,
                "posted_on": day,
                # What was posted is what was printed, whatever was paid since.
                "letter_id": self.letter_id.id or posting.letter_id.id,
            }
        )
        self.activity_feedback(["mail.mail_activity_data_todo"], feedback=number)
        self._done(day)
        posting._record_deposit(number, day)

    def _cancel(self, reason: str, line_state: str = "dropped"):
        # pylint: disable=missing-return
        super()._cancel(reason, line_state)
        self.posting_ids._withdraw()

    def _fail(self, reason: str, passing: bool = False):
        # pylint: disable=missing-return
        super()._fail(reason, passing)
        for relance in self:
            relance.waits_certificate = (
                relance.channel == "registered"
                and relance.state == "failed"
                and bool(relance.company_id._get_btp_certificate_refusal())
            )


class BtpRelanceChannelRegistered(models.AbstractModel):
    """Registered letters: written, signed and archived in the dispatch, carried after it."""

    _inherit = "btp.relance.channel.registered"

    @api.model
    def _deliver(self, relances) -> dict:
        deliveries = {}
        bodies = {}
        for relance in relances:
            known = relance.posting_ids.filtered(
                lambda posting: posting.state == "to_post" and posting.submitted_on
            )
            if known:
                # It may have left: the same letter, and no other, is asked after.
                known.write({"retry_at": fields.Datetime.now(), "retry_count": 0})
                known._trigger()
                detail = self.env._("Asked again: the letter may have left already.")
                deliveries[relance] = Delivery("assigned", {"detail": detail}, {})
                continue
            provider = self.env["btp.registered.provider"]._for(
                relance._get_registered_provider()
            )
            provider._check(relance)
            # After the checks: most that is refused costs no rendering.
            bodies = bodies or self._render_all(relances, "body_html")
            posting, row = relance._make_posting(bodies[relance.id])
            if provider._is_by_hand():
                deliveries[relance] = self._deliver_by_hand(relance, row)
            else:
                posting._trigger()
                deliveries[relance] = Delivery("assigned", row, {})
        return deliveries

    @api.model
    def _deliver_by_hand(self, relance, row: dict) -> Delivery:
        """Ask a person to print, sign and post an archived letter."""
        self.env["btp.relance.event"]._append([{**row, "relance_id": relance.id}])
        activity = self._get_activity(relance)
        reason = relance.paper_reason
        note = (
            Markup("<p>%s</p>%s") % (reason, relance.body) if reason else relance.body
        )
        self._schedule({relance: activity}, {relance.id: note})
        proof = {"detail": activity["summary"], "body_sha256": row["body_sha256"]}
        return Delivery("assigned", proof, {})


class BtpRelanceEvent(models.Model):
    _inherit = "btp.relance.event"

    posting_id = fields.Many2one(
        "btp.relance.posting",
        "Registered Letter",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )

    # What happens to a letter happens once, whoever reports it and however often.
    _posting_once = models.UniqueIndex(
        "(posting_id, kind) WHERE posting_id IS NOT NULL",
        "The journal already has this state of the letter.",
    )

    def _content_in_clear(self, seq: int) -> dict:
        """Add the letter: rows without one are hashed as they always were."""
        content = super()._content_in_clear(seq)
        if self.posting_id:
            content["posting_id"] = self.posting_id.id
        return content
