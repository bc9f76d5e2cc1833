# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

AGENT = "btp_relance.group_agent"
#: Days for which a promise not kept stays among what has to be looked at.
RECENT_DAYS = 7


class BtpAgreedMixin(models.AbstractModel):
    """How many promises and plans a record has, and their screens."""

    _name = "btp.agreed.mixin"
    _description = "Promises and Instalments of a Record"

    btp_promise_count = fields.Integer(compute="_compute_btp_agreed", groups=AGENT)
    btp_plan_count = fields.Integer(compute="_compute_btp_agreed", groups=AGENT)

    def _compute_btp_agreed(self):
        promises = self._count_btp_agreed("btp.promise")
        plans = self._count_btp_agreed("btp.payment.plan")
        for record in self:
            record.btp_promise_count = promises.get(record._origin.id, 0)
            record.btp_plan_count = plans.get(record._origin.id, 0)

    def _count_btp_agreed(self, model: str) -> dict[int, int]:
        """Return how many promises or plans each record has, in one query.

        :param str model: ``btp.promise`` or ``btp.payment.plan``
        """
        mine = self._name == "btp.relance"
        field = "relance_id" if mine else "partner_id"
        owners = {
            record._origin.id: (record if mine else record.commercial_partner_id).id
            for record in self
        }
        groups = self.env[model]._read_group(
            [(field, "in", list(owners.values()))], [field], ["__count"]
        )
        counts = {owner.id: count for owner, count in groups}
        return {id_: counts.get(owner, 0) for id_, owner in owners.items()}

    def _get_btp_agreed_domain(self) -> dict:
        """Return the domains of the promises and plans of this record, by model."""
        self.ensure_one()
        field = "relance_id" if self._name == "btp.relance" else "partner_id"
        ids = self.ids if field == "relance_id" else self.commercial_partner_id.ids
        domain = [(field, "in", ids)]
        return {"btp.promise": domain, "btp.payment.plan": domain}

    def action_view_btp_promises(self):
        """Open the promises of this record."""
        return self._open_btp_agreed(
            "btp.promise", self.env._("Promises"), "list,kanban,form"
        )

    def action_view_btp_plans(self):
        """Open the instalment plans of this record."""
        return self._open_btp_agreed(
            "btp.payment.plan", self.env._("Instalments"), "list,kanban,form"
        )

    def _open_btp_agreed(self, model, name, modes) -> dict:
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": modes,
            "domain": self._get_btp_agreed_domain()[model],
        }


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["res.partner", "btp.agreed.mixin"]


class AccountMove(models.Model):
    _name = "account.move"
    _inherit = ["account.move", "btp.agreed.mixin"]

    def _count_btp_agreed(self, model: str) -> dict[int, int]:
        # OVERRIDE: by the amounts due of the invoice.
        agreed = self.env[model]
        lines = agreed._fields[agreed._lines_field]
        groups = self.env[lines.comodel_name]._read_group(
            [("move_id", "in", self._origin.ids)],
            ["move_id"],
            [f"{lines.inverse_name}:count_distinct"],
        )
        return {move.id: count for move, count in groups}

    def _get_btp_agreed_domain(self) -> dict:
        # OVERRIDE: by the amounts due of the invoice.
        self.ensure_one()
        return {
            "btp.promise": [("line_ids.move_id", "in", self.ids)],
            "btp.payment.plan": [("source_line_ids.move_id", "in", self.ids)],
        }


class BtpRelance(models.Model):
    _name = "btp.relance"
    _inherit = ["btp.relance", "btp.agreed.mixin"]

    @api.model
    @api.readonly
    def get_my_day(self) -> list[dict]:
        # EXTENDS btp_relance: what was promised for today, what has to be looked at.
        return [*super().get_my_day(), *self._get_agreed_figures()]

    @api.model
    def _get_agreed_figures(self) -> list[dict]:
        today = self.env["btp.echeance"]._get_today()
        mine = [("company_id", "=", self.env.company.id)]
        promises, plans = self.env["btp.promise"], self.env["btp.payment.plan"]
        since = today - timedelta(days=RECENT_DAYS)
        figures = [
            (
                self.env._("Promised for today"),
                promises.search_count(
                    [*mine, ("state", "=", "open"), ("date", "=", today)]
                ),
                "btp_relance.btp_promise_action",
                {"search_default_today": 1},
            ),
            (
                self.env._("Promises to look at"),
                promises.search_count(
                    [
                        *mine,
                        "|",
                        ("state", "=", "proposed"),
                        "&",
                        ("state", "in", ("partly", "broken")),
                        ("judged_on", ">=", since),
                    ]
                ),
                "btp_relance.btp_promise_action",
                {"search_default_to_look_at": 1},
            ),
            (
                self.env._("Instalments to decide"),
                plans.search_count(
                    [
                        *mine,
                        "|",
                        ("state", "=", "requested"),
                        "&",
                        ("state", "=", "active"),
                        ("is_late", "=", True),
                    ]
                ),
                "btp_relance.btp_payment_plan_action",
                {"search_default_to_decide": 1},
            ),
        ]
        return [
            {"label": label, "value": str(count), "action": action, "context": context}
            for label, count, action, context in figures
            if count
        ]


class BtpEcheance(models.Model):
    _inherit = "btp.echeance"

    def _get_why(self) -> list[tuple[str, str]]:
        # EXTENDS btp_relance: what was promised and agreed, before why it waits.
        facts = super()._get_why()
        return [*facts[:2], *self._why_agreed(), *facts[2:]]

    def _why_agreed(self) -> list[tuple[str, str]]:
        """Return the last promise and the plan of this amount due, in words."""
        facts = []
        promises = self.env["btp.promise"].search(
            [("line_ids.move_line_id", "in", self.ids), ("state", "!=", "proposed")],
            order="id desc",
            limit=1,
        )
        for promise in promises:
            states = dict(promise._fields["state"]._description_selection(self.env))
            facts.append(
                (
                    self.env._("What was promised?"),
                    f"{promise._say()} ({states[promise.state].lower()})",
                )
            )
        plans = self.env["btp.payment.plan"].search(
            [("source_line_ids.move_line_id", "in", self.ids)], order="id desc", limit=1
        )
        for plan in plans:
            states = dict(plan._fields["state"]._description_selection(self.env))
            words = f"{plan._say()} ({states[plan.state].lower()})"
            if plan.state == "active" and plan.next_date:
                words = self.env._(
                    "%(plan)s; next one on %(date)s",
                    plan=words,
                    date=format_date(self.env, plan.next_date),
                )
            facts.append((self.env._("Paid by instalments?"), words))
        return facts
