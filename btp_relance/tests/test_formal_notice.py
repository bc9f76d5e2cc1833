# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a formal notice must hold: one test for each element and each kind of customer.

C. civ. 1344 asks for a sufficient interpellation; L121-6 5° C. conso. forbids to threaten
with what cannot be done.
"""

import re

from odoo.tests import tagged

from ..engine.wording import forbidden_to_consumers
from .messages_common import MessagesCommon

BUSINESS, PUBLIC, CONSUMER = "business", "public", "consumer"
#: Each kind of notice: step, regime of the debtor, what the law treats alike.
NOTICES = {
    "business": ("standard_p35", "b2b", BUSINESS),
    "good_payer": ("good_p60", "b2b", BUSINESS),
    "state": ("public_p30", "public_30", PUBLIC),
    "hospital": ("public_p30", "public_50", PUBLIC),
    "public_company": ("public_p30", "public_60", PUBLIC),
    "consumer": ("consumer_p45", "b2c", CONSUMER),
    "condominium": ("consumer_p45", "nonpro", CONSUMER),
    "retention_business": ("retention_formal", "b2b", BUSINESS),
    "retention_consumer": ("retention_formal", "b2c", CONSUMER),
    "retention_public": ("retention_public_formal", "public_30", PUBLIC),
}
#: Days that each one leaves to pay: eight to fifteen.
DEADLINES = {"standard_p35": "huit (8)", "good_p60": "huit (8)"}
DEADLINES |= {"public_p30": "quinze (15)", "consumer_p45": "quinze (15)"}
DEADLINES |= {"retention_formal": "huit (8)", "retention_public_formal": "huit (8)"}
#: What a creditor cannot do, or may not announce.
IMPOSSIBLE = (
    r"saisie|huissier|commissaire de justice|pénal(e|ement)\b|fichage|fichier des|casier"
    r"|interdit bancaire|expuls|plainte|police|votre employeur|vos voisins"
)


class FormalNotice(MessagesCommon):
    """The notices, each rendered once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.texts = {}
        cls.held = cls.make_invoice(-200, 610.0)
        account = cls.env["account.account"].create(
            {
                "name": "Retenues de garantie",
                "code": "411700",
                "account_type": "asset_receivable",
                "reconcile": True,
            }
        )
        cls.company.sudo().btp_retention_account_id = account
        line = cls.held.line_ids.filtered(lambda li: li.display_type == "payment_term")
        cls.env.cr.execute(
            "UPDATE account_move_line SET account_id = %s WHERE id = %s",
            [account.id, line.id],
        )
        cls.env.invalidate_all()

    def notice(self, name):
        """Return the words of a notice in French, on one line."""
        if name not in self.texts:
            step, regime, _kind = NOTICES[name]
            relance = self.relance(self.step(step), self.debts, regime=regime)
            self.texts[name] = self.flat(relance)
        return self.texts[name]

    def assertHolds(self, name, *parts):
        text = self.notice(name)
        for part in parts:
            self.assertIn(part, text)

    # === ELEMENTS === #

    def check_words_mise_en_demeure(self, name):
        self.assertHolds(name, "MISE EN DEMEURE", "nous vous mettons en demeure")

    def check_creditor(self, name):
        self.assertHolds(
            name,
            self.company.name,
            "3 quai des Docks",
            "44000 Nantes",
            "SIRET 732 829 320 00074",
        )

    def check_debtor(self, name):
        self.assertHolds(name, self.customer.name, "1 rue du Port", "13002 Marseille")

    def check_invoice_numbers(self, name):
        self.assertHolds(name, self.partly.name, self.full.name)

    def check_invoice_dates(self, name):
        self.assertHolds(name, "du 24/04/2025", "du 13/05/2025")

    def check_due_dates(self, name):
        self.assertHolds(name, "24/05/2025", "12/06/2025")

    def check_amounts_including_taxes(self, name):
        self.assertHolds(name, "Montant TTC", self.amount(12000.0), self.amount(845.5))

    def check_what_was_paid(self, name):
        self.assertHolds(name, f"réglé : {self.amount(5000.0)}")

    def check_balances(self, name):
        self.assertHolds(name, "Solde dû", self.amount(7000.0))

    def check_basis(self, name):
        self.assertHolds(name, "Elle est due en vertu")
        self.assertRegex(self.notice(name), r"(marché|devis).{0,60}(commande|marché)")

    def check_penalties_period_and_rate(self, name):
        step, _regime, kind = NOTICES[name]
        if kind == CONSUMER:
            self.assertHolds(name, "taux légal à compter du jour où vous recevez")
        elif kind == PUBLIC:
            self.assertHolds(
                name, "du lendemain de l’expiration du délai", "majoré de huit points"
            )
        else:
            self.assertHolds(
                name, "du lendemain de son échéance", "majoré de dix points"
            )
        if self.step(step).show_interest and kind != CONSUMER:
            rate = "11,15 %" if kind == PUBLIC else "13,15 %"
            self.assertHolds(name, rate, "25/05/2025 – 16/06/2025")

    def check_indemnity(self, name):
        if NOTICES[name][2] == CONSUMER:
            self.assertFalse(forbidden_to_consumers(self.notice(name)))
        else:
            self.assertHolds(name, "(2 × 40 €)", self.amount(80.0))
            law = "D2192-35" if NOTICES[name][2] == PUBLIC else "D441-5"
            self.assertHolds(name, law)

    def check_total(self, name):
        step, _regime, kind = NOTICES[name]
        total = 7845.5 + (0 if kind == CONSUMER else 80.0)
        if self.step(step).show_interest and kind != CONSUMER:
            total += 85.34 if kind == PUBLIC else 100.66
        self.assertHolds(name, f"Total réclamé {self.amount(total)}")

    def check_deadline(self, name):
        days = DEADLINES[NOTICES[name][0]]
        self.assertHolds(
            name, f"dans un délai de {days} jours à compter de la réception"
        )

    def check_means_of_payment(self, name):
        self.assertHolds(
            name,
            "Pour régler par virement",
            self.bank.acc_number,
            "Référence à indiquer",
        )

    def check_next_step(self, name):
        self.assertHolds(name, "nous nous réservons la possibilité de saisir")

    def check_amicable_way(self, name):
        self.assertHolds(name, "solution amiable")

    def check_right_to_contest(self, name):
        self.assertRegex(self.notice(name), r"par écrit, dans le même délai")

    def check_place_and_date(self, name):
        self.assertHolds(name, "Nantes, le 16 juin 2025")

    def check_signature(self, name):
        self.assertHolds(
            name, f"Pour {self.company.name}", self.agent.name, "(signature)"
        )

    def check_retention_is_not_claimed(self, name):
        text = self.notice(name)
        apart = text.split("Conservé par vous à titre de retenue de garantie")[1]
        self.assertIn(self.held.name, apart)
        self.assertIn(self.amount(610.0), apart)
        self.assertIn("non réclamé", apart)

    def check_article_1344(self, name):
        self.assertHolds(name, "article 1344 du code civil")

    def check_threatens_with_nothing_impossible(self, name):
        self.assertNotRegex(self.notice(name), re.compile(IMPOSSIBLE, re.IGNORECASE))

    def check_reads_well(self, name):
        text = self.notice(name)
        for broken in ("False", "None", "{{", "object.", " ,", " ."):
            self.assertNotIn(broken, text)


def add_tests(cls):
    """Give the class one test for each element and each notice."""
    elements = [name for name in dir(FormalNotice) if name.startswith("check_")]
    for element in elements:
        for notice in NOTICES:

            def test(self, element=element, notice=notice):
                getattr(self, element)(notice)

            setattr(cls, f"test_{notice}_{element.removeprefix('check_')}", test)
    return cls


@tagged("post_install", "-at_install")
@add_tests
class TestFormalNotice(FormalNotice):
    """One test an element and a kind of notice."""
