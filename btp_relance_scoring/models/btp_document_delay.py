# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class BtpDocumentDelay(models.Model):
    """The delay that went with a missing document on the company's own past.

    An association is no cause: large public works lack more papers, and are slower anyway.
    So like is compared with like (regime and band of amount), and the words say so.
    """

    _name = "btp.document.delay"
    _description = "Delay Associated with a Missing Document"
    _order = "cost desc, days desc, id"
    _rec_name = "type_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    type_id = fields.Many2one(
        "btp.document.type",
        "Document",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    stage = fields.Selection(
        lambda self: self._get_stages(), "Billing Stage", required=True, readonly=True
    )
    state = fields.Selection(
        [("enough", "Measured"), ("too_few", "Not enough cases")],
        "Known",
        required=True,
        readonly=True,
    )
    missing_count = fields.Integer(
        "Cases Without It", readonly=True, help="Not there on the due date."
    )
    present_count = fields.Integer(
        "Cases With It", readonly=True, help="There on the due date."
    )
    days = fields.Float(
        "Associated Delay (days)",
        digits=(8, 1),
        readonly=True,
        aggregator=None,
        help="Days that amounts without it came later than those like them that had it, "
        "drawn toward the mean of all documents where cases are few.",
    )
    days_low = fields.Float("At Least", digits=(8, 1), readonly=True, aggregator=None)
    days_high = fields.Float("At Most", digits=(8, 1), readonly=True, aggregator=None)
    interval = fields.Char(compute="_compute_interval", help="95 % interval.")
    sentence = fields.Char("In Words", compute="_compute_sentence")
    measured_on = fields.Date(required=True, readonly=True)
    waiting_amount = fields.Monetary(
        "Waiting Now",
        readonly=True,
        help="What is left to pay on the invoices that wait for such a document today.",
    )
    cost = fields.Float(
        readonly=True,
        aggregator=None,
        help="What waits, times the associated delay: the costliest come first.",
    )

    _kind_uniq = models.UniqueIndex(
        "(company_id, type_id, stage)", "This document is measured already."
    )

    # === COMPUTE METHODS === #

    @api.model
    def _get_stages(self):
        stages = self.env["account.move"]._fields["btp_billing_stage"]
        return [
            *stages._description_selection(self.env),
            ("plain", self.env._("Other invoice")),
        ]

    @api.depends_context("lang")
    @api.depends("state", "days_low", "days_high")
    def _compute_interval(self):
        for one in self:
            one.interval = one.state == "enough" and self.env._(
                "from %(low)s to %(high)s days",
                low=_signed(one.days_low),
                high=_signed(one.days_high),
            )

    @api.depends_context("lang")
    @api.depends("state", "days", "days_low", "days_high")
    def _compute_sentence(self):
        stages = dict(self._get_stages())
        for one in self:
            one.sentence = one._say(stages)

    def _say(self, stages) -> str:
        """Return the figures in one sentence that claims no cause."""
        facts = {
            "stage": stages.get(self.stage, ""),
            "missing": self.missing_count,
            "present": self.present_count,
            "days": round(abs(self.days)),
            "low": _signed(self.days_low),
            "high": _signed(self.days_high),
        }
        if self.state != "enough":
            return self.env._(
                "%(stage)s: not enough cases yet (%(missing)s without it, %(present)s with "
                "it; 30 of each are needed).",
                **facts,
            )
        if self.days_low <= 0 <= self.days_high:
            return self.env._(
                "%(stage)s: no difference shown between %(missing)s amounts without it and "
                "%(present)s like them with it (from %(low)s to %(high)s days).",
                **facts,
            )
        if self.days < 0:
            return self.env._(
                "%(stage)s: %(missing)s amounts without it came %(days)s days earlier than "
                "%(present)s like them with it (from %(low)s to %(high)s days). They went "
                "together; the one need not be the cause of the other.",
                **facts,
            )
        return self.env._(
            "%(stage)s: %(missing)s amounts without it came %(days)s days later than "
            "%(present)s like them with it (from %(low)s to %(high)s days). They went "
            "together; the one need not be the cause of the other.",
            **facts,
        )

    # === ACTIONS === #

    def action_measure(self):
        """Measure the current company again now."""
        self.env["btp.scoring.model"].check_access("write")
        self.sudo()._measure(self.env.company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}


def _signed(days) -> str:
    """Return days with their sign, as people write it."""
    days = round(days or 0)
    return f"−{-days}" if days < 0 else f"{days}"
