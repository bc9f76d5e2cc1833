# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .btp_confirmation import KINDS

PLAN_KINDS = [
    ("plan_to_sign", "Instalments to sign"),
    ("plan_signed", "Instalment plan signed"),
    ("plan_refused", "Instalments refused"),
    ("plan_coming", "Instalment coming"),
    ("plan_warning", "Instalment not paid"),
    ("plan_void", "Instalment plan void"),
]
KINDS["promise_noted"] = ("btp_relance.template_promise_noted", "btp_confirm_promise")
# What was agreed binds both: no setting keeps it from the customer.
KINDS.update(
    {kind: (f"btp_relance.template_{kind}", None) for kind, _label in PLAN_KINDS}
)


class BtpConfirmation(models.Model):
    """A word about what was promised and agreed."""

    _inherit = "btp.confirmation"

    kind = fields.Selection(
        selection_add=[("promise_noted", "Promise noted in writing"), *PLAN_KINDS],
        ondelete={
            "promise_noted": "cascade",
            **{kind: "cascade" for kind, _label in PLAN_KINDS},
        },
    )
    promise_id = fields.Many2one("btp.promise", readonly=True, index="btree_not_null")
    plan_id = fields.Many2one(
        "btp.payment.plan", "Instalments", readonly=True, index="btree_not_null"
    )
    plan_line_id = fields.Many2one(
        "btp.payment.plan.line", "Instalment", readonly=True, ondelete="set null"
    )

    _once_a_promise = models.UniqueIndex(
        "(promise_id) WHERE promise_id IS NOT NULL",
        "This promise was already confirmed.",
    )
    _announced_once = models.UniqueIndex(
        "(plan_line_id) WHERE kind = 'plan_coming' AND plan_line_id IS NOT NULL",
        "This instalment was already announced.",
    )

    @api.model
    def _confirm_made(self, promise):
        """Queue the receipt of a promise, once.

        :param promise: a ``btp.promise`` that has just been opened
        """
        company, relance = promise.company_id.sudo(), promise.relance_id
        on_phone = (
            promise.source == "agent"
            and relance.call_outcome == "promise"
            and promise.currency_id == company.currency_id
        )
        known = [("promise_id", "=", promise.id)]
        if on_phone:
            known = [
                ("kind", "=", "promise"),
                ("relance_id", "=", relance.id),
                ("promise_date", "=", promise.date),
            ]
        if not company.btp_confirm_promise or self.sudo().search_count(known, limit=1):
            return
        self.sudo().create(
            {
                **self._prepare_about(promise),
                "kind": "promise" if on_phone else "promise_noted",
                "promise_id": promise.id,
                "promise_date": promise.date,
                # In the company's currency; the message shows the promise's own.
                "amount": promise.currency_id == company.currency_id and promise.amount,
            }
        )
        self.env["btp.relance.engine"]._trigger_dispatch()

    @api.model
    def _tell_plan(self, kind: str, plan, part=None):
        """Queue a word about an instalment plan.

        :param str kind: one of ``PLAN_KINDS``
        :param plan: the ``btp.payment.plan``
        :param part: the instalment that it is about
        """
        self.sudo().create(
            {
                **self._prepare_about(plan),
                "kind": kind,
                "plan_id": plan.id,
                "plan_line_id": part and part.id,
                "promise_date": part and part.date,
            }
        )
        self.env["btp.relance.engine"]._trigger_dispatch()

    @api.model
    def _prepare_about(self, record) -> dict:
        """Return whom a word about a promise or a plan goes to, and from whom."""
        return {
            "company_id": record.company_id.id,
            "partner_id": record.partner_id.id,
            "contact_id": (record.contact_id or record.partner_id).id,
            "user_id": record.user_id.id,
            "relance_id": record.relance_id.id,
        }

    def _is_outdated(self) -> str | bool:
        """Return why a word about a plan or promise is not to be said any more."""
        # What was said of a plan that moved on since would only confuse.
        wanted = {
            "plan_to_sign": ("to_sign",),
            "plan_signed": ("active", "done"),
            "plan_coming": ("active",),
            "plan_warning": ("active",),
        }.get(self.kind)
        moved = wanted and self.plan_id.state not in wanted
        settled = self.plan_line_id.state == "paid" and self.kind in (
            "plan_coming",
            "plan_warning",
        )
        dropped = self.promise_id and self.promise_id.state == "cancelled"
        return bool(moved or settled or dropped) and self.env._("It no longer applies")

    def _send(self):
        # EXTENDS btp_relance: look again just before it leaves, and add the agreement.
        if outdated := self._is_outdated():
            self.write({"state": "skipped", "reason": outdated})
            return
        super()._send()
        if self.kind == "plan_signed" and self.state == "sent":
            self.mail_id.sudo().attachment_ids |= self.plan_id.sudo().agreement_id
