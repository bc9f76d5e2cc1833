# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A debtor with two overdue invoices, one to come and a credit note, and their messages."""

import re

from lxml import html

from odoo import Command
from odoo.tools import format_amount

from .common import TODAY, RelanceCommon

LANGUAGES = ("fr_FR", "en_US")
SCENARIOS = {
    "scenario_standard": ("b2b",),
    "scenario_public": ("public_30", "public_50", "public_60"),
    "scenario_consumer": ("b2c", "nonpro"),
    "scenario_good_payer": ("b2b",),
}
#: Penalties of the two debts at 13.15 %: 12 000 euros for 23 days (what was paid came today),
#: 845.50 for 4 days. A public buyer owes 85.34, at 11.15 %.
INTEREST = 100.66


class MessagesCommon(RelanceCommon):
    """Messages as their reader sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in LANGUAGES:
            cls.env["res.lang"]._activate_lang(code)
        cls.env["ir.module.module"]._load_module_terms(["btp_relance"], ["fr_FR"])
        cls.euro = cls.env.ref("base.EUR")
        cls.euro.active = True
        cls.company.sudo().write(
            {
                "currency_id": cls.euro.id,
                "street": "3 quai des Docks",
                "zip": "44000",
                "city": "Nantes",
                "phone": "+33 2 40 00 00 01",
                "country_id": cls.env.ref("base.fr").id,
                "company_registry": "73282932000074",
            }
        )
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "FR76 3000 6000 0112 3456 7890 189",
                "partner_id": cls.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        cls.agent = cls.make_user("camille", "base.group_user", lang="fr_FR")
        cls.agent.partner_id.phone = "+33 2 40 00 00 02"
        cls.chantier = cls.env["btp.chantier"].create(
            {
                "name": "Gymnase Colette Besson",
                "code": "CH-042",
                "partner_id": cls.customer.id,
            }
        )
        cls.partly = cls.make_invoice(
            23, 12000.0, btp_chantier_id=cls.chantier.id, ref="BC 4512"
        )
        cls.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=cls.partly.ids
        ).create({"amount": 5000.0, "payment_date": TODAY})._create_payments()
        cls.full = cls.make_invoice(4, 845.5)
        cls.coming = cls.make_invoice(-7, 4321.0)
        cls.credit = cls.make_credit_note(200.0, ref="Geste commercial")
        cls.debts = cls.partly + cls.full
        cls.all_moves = cls.debts + cls.coming + cls.credit

    # === HELPERS === #

    def step(self, name):
        return self.env.ref(f"btp_relance.step_{name}")

    def relance(self, step, moves=None, regime="b2b", lang="fr_FR", **values):
        """Return a reminder at a step that lists the open lines of invoices."""
        partner = values.pop("partner", self.customer)
        partner.write({"btp_regime": regime, "lang": lang})
        # Nobody makes a reminder by hand: the engine does, without rights in its way.
        relance = (
            self.env["btp.relance"]
            .sudo()
            .create(
                {
                    "company_id": self.company.id,
                    "partner_id": partner.id,
                    "contact_id": partner.id,
                    "user_id": self.agent.id,
                    "kind": step.kind,
                    "step_id": step.id,
                    "tone": step.tone,
                    "channel": step.channel,
                    "state": "cancelled",
                    "planned_on": TODAY,
                    **values,
                }
            )
        )
        moves = self.all_moves if moves is None else moves
        for line in moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ):
            kind = "overdue" if line.date_maturity < TODAY else "due"
            relance.line_ids = [
                Command.create(
                    {
                        "company_id": relance.company_id.id,
                        "partner_id": partner.id,
                        "move_line_id": line.id,
                        "move_id": line.move_id.id,
                        "kind": "credit" if line.balance < 0 else kind,
                        "date_due": line.date_maturity,
                        "currency_id": line.currency_id.id,
                        "amount_residual": line.amount_residual_currency,
                        "amount_company": line.amount_residual,
                    }
                )
            ]
        return relance

    def render(self, relance, field="body_html"):
        template = relance.step_id.template_id.sudo()
        return template._render_field(field, relance.ids, compute_lang=True)[relance.id]

    def text(self, relance):
        """Return the words of a reminder's body, white space made plain."""
        node = html.fromstring(f"<div>{self.render(relance)}</div>")
        text = "\n".join(" ".join(part.split()) for part in node.itertext())
        return re.sub(r"\s*\n\s*", "\n", text.replace("\ufeff", ""))

    def flat(self, relance):
        """Return the words of a reminder's body on one line."""
        node = html.fromstring(f"<div>{self.render(relance)}</div>")
        return " ".join(node.text_content().replace("\ufeff", "").split())

    def amount(self, amount, currency=None, lang="fr_FR"):
        text = format_amount(self.env, amount, currency or self.euro, lang_code=lang)
        return " ".join(text.replace("\ufeff", "").split())

    def seeded(self):
        """Yield each seeded step with each regime that it is made for."""
        for scenario, regimes in SCENARIOS.items():
            for step in self.env.ref(f"btp_relance.{scenario}").step_ids:
                for regime in regimes:
                    yield step, regime
