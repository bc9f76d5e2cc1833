# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What suppliers and subcontractors of the demo company sent, and what was said of it."""

from datetime import timedelta

from odoo.addons.btp_relance.demo import identity

from .papers import Firm

TRADER = Firm(
    "Négoce des Trois Vallées",
    identity.siret(7_310_422),
    "ZA du Pré Long, 44190 Clisson",
    "Parpaings creux 20 × 20 × 50, 600 unités",
    "facturation@troisvallees.test",
)
QUARRY = Firm(
    "Carrières du Bocage",
    identity.siret(7_310_437),
    "Route de la Sablière, 85600 Montaigu",
    "Gravillons 6/10, livrés sur chantier",
    "compta@carrieresdubocage.test",
)
ROOFER = Firm(
    "Étanchéité Sèvre et Maine",
    identity.siret(7_310_451),
    "12 rue des Forges, 44120 Vertou",
    "Travaux d'étanchéité, situation n° 2",
    "contact@sevre-etancheite.test",
)
HAULIER = Firm(
    "Transports Loire-Bennes",
    identity.siret(7_310_468),
    "Quai de la Motte, 44600 Saint-Nazaire",
    "Location de bennes, octobre",
    "factures@loire-bennes.test",
)
IBAN, OTHER_IBAN = identity.iban_fr("00731042201"), identity.iban_fr("00998877665")


class Bills:
    """The part of the story that is about bills; its steps are those of ``Story``."""

    def bring_bills(self):
        """What suppliers and subcontractors send."""
        site, write = self.site, self.writer.bill
        for key, firm, number, shares, more in (
            ("bill", TRADER, "F-2207-118", [(20, 1860.0)], {"days": 34, "iban": IBAN}),
            (
                "quarry1",
                QUARRY,
                "CB 0417",
                [(20, 940.0)],
                self._quarry("CB-26-0417", 40),
            ),
            ("haulier", HAULIER, "LB-10-552", [(20, 680.0)], {}),
        ):
            content = write(firm, number, shares, site, **more)
            self.bring(key, firm, "Facture", f"{number}.pdf", content)
        self.public = self.env["btp.chantier"].search(
            [
                ("company_id", "=", self.company.id),
                ("role", "=", "titulaire"),
                ("partner_id.btp_regime", "in", ("public_30", "public_50")),
                ("date_reception", "=", False),
            ],
            order="id",
            limit=1,
        )
        if self.public:
            for number, amount in (("ESM-041", 12_400.0), ("ESM-047", 8_650.0)):
                note = "Autoliquidation de la TVA, article 283-2 nonies du CGI"
                content = write(ROOFER, number, [(0, amount)], self.public, note=note)
                self.bring(number, ROOFER, "Situation", f"{number}.pdf", content)

    def bring_more(self):
        """What came later: a second look at layouts, several rates, another bank account."""
        site, write = self.site, self.writer.bill
        mixed = [(10, 1_400.0), (20, 620.0)]
        for key, firm, number, shares, more in (
            ("rates", TRADER, "F-2209-031", mixed, {"iban": OTHER_IBAN}),
            (
                "quarry2",
                QUARRY,
                "CB 0452",
                [(20, 1_120.0)],
                self._quarry("CB-26-0452", 12),
            ),
            (
                "quarry3",
                QUARRY,
                "CB 0479",
                [(20, 870.0)],
                self._quarry("CB-26-0479", 5),
            ),
            (
                "credit",
                TRADER,
                "AV-2209-004",
                [(20, 186.0)],
                {
                    "title": "AVOIR n° AV-2209-004",
                    "note": "Avoir sur la facture F-2207-118 : palettes rendues",
                    "days": 2,
                },
            ),
        ):
            content = write(firm, number, shares, site, **more)
            self.bring(key, firm, "Facture", f"{number}.pdf", content)
        until = self.today + timedelta(days=170)
        content = self.writer.vigilance(until)
        sender = self.company.partner_id
        self.bring("urssaf", sender, "Attestation", "attestation.pdf", content)
        for visa in self.visas[2:]:
            content = self.writer.certificate(visa.move_id)
            name = f"certificat {visa.move_id.btp_situation_number or 3}.pdf"
            self.bring("visa2", self._owner(visa), "Certificat visé", name, content)

    @staticmethod
    def _quarry(reference, days) -> dict:
        """Return how the quarry writes its number: nowhere where others do."""
        return {
            "title": "FACTURE",
            "reference": f"Pièce {reference}<br>",
            "days": days,
        }

    def check_bills(self):
        """Confirm the first bills: their suppliers are created from them."""
        bill = self.check(
            "bill",
            "facture",
            supplier=True,
            **self._bill(TRADER, "F-2207-118", 1860, 34),
        )
        if bill and bill.partner_id:
            # The account on which it was paid so far.
            self.env["res.partner.bank"].create(
                {"partner_id": bill.partner_id.id, "acc_number": IBAN}
            )
            if bill.move_id.state == "draft":
                bill.move_id.btp_iban_alert = False
                self.env["btp.alert"]._raise_iban()
        self.check(
            "quarry1",
            "facture",
            supplier=True,
            **self._bill(QUARRY, "CB-26-0417", 940, 40),
        )
        asked = self.env["btp.direct.payment"]
        for number, amount in (("ESM-041", 12_400), ("ESM-047", 8_650)):
            values = self._bill(ROOFER, number, amount, 6, rate=0)
            place = {"chantier_id": self.public.id}
            partner = self._find_partner(ROOFER)
            paper = self.check(
                number,
                "facture",
                {**place, "partner_id": partner.id},
                supplier=True,
                **values,
            )
            if paper and paper.move_id:
                asked |= asked.search([("move_id", "=", paper.move_id.id)])
        asked[:1].action_agree()

    def check_more(self):
        """Confirm what came later; some stay to check."""
        values = self._bill(TRADER, "F-2209-031", 2020, 6)
        values |= {"montant_tva": "264.00", "montant_ttc": "2284.00"}
        partner = {"partner_id": self._find_partner(TRADER).id}
        self.check("rates", "facture", partner, **values)
        partner = {"partner_id": self._find_partner(QUARRY).id}
        values = self._bill(QUARRY, "CB-26-0452", 1120, 12)
        self.check("quarry2", "facture", partner, seconds=9, **values)
        until = str(self.today + timedelta(days=170))
        self.check(
            "urssaf", "attestation", seconds=14, certificat="urssaf", date_fin=until
        )

    def _bill(self, firm, number, net, days, rate=20) -> dict:
        """Return what a bill says."""
        vat = round(net * rate / 100, 2)
        return {
            "ref_facture": number,
            "date_document": str(self.today - timedelta(days=days)),
            "montant_ht": f"{net:.2f}",
            **({"montant_tva": f"{vat:.2f}"} if vat else {}),
            "montant_ttc": f"{net + vat:.2f}",
            "entreprise": firm.name,
            "siret": firm.siret,
        }

    def _find_partner(self, firm):
        return self.env["res.partner"].search(
            [("company_registry", "=", firm.siret)], limit=1
        )
