# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""More invented firms, places and numbers, in other shapes than `facts` has, for papers kept back."""

from datetime import timedelta

from .facts import Facts, luhn_siret

OWNERS = [
    "Région Val-d'Ostre",
    "Mairie de Chaumeuil",
    "SNC Les Jardins d'Aubrac",
    "Société d'économie mixte Ostrenne d'Aménagement",
    "Logis Familial du Sud-Ouest",
    "Université de Bellerive",
    "SA HLM Toit Commun",
    "Mme Solène Artigues",
    "Groupe scolaire privé Saint-Aubin",
    "Métropole de Rivanges",
    "ASL du Domaine des Chênes",
    "Clinique du Parc Verlaine",
    "SDC Résidence Le Grand Large",
    "Lidor Distribution",
]
FIRMS = [
    "Entreprise Marzin Frères",
    "Rénov'Habitat 31",
    "SAS Climatec Services",
    "Carrelages Bertholin SARL",
    "Société Nouvelle Jacquemet",
    "Atlantique Ravalement",
    "SARL Couverture du Léon",
    "BTP Sodexal",
    "Ascenseurs Mérival",
    "Eiffarel Construction",
    "Serrurerie Métallerie Combes (SMC)",
    "Paysages & Jardins Lauriol",
    "S.A.S. Kervadec Électricité",
    "Isolation Plâtrerie Noguès",
]
DESIGNERS = [
    "Cabinet Vauclair & Associés",
    "SCP d'architecture Lemoine-Hadji",
    "EGIDE Ingénierie Bâtiment",
    "Oriane Tissot, architecte DPLG",
    "Bureau d'études BETEM Ouest",
    "AMO Conseil Habitat",
]
SITES = [
    "Ravalement et ITE de la résidence Le Grand Large",
    "Lycée Simone-Veil – Restructuration de la demi-pension",
    "Bâtiment C, 3e étage – Cloisonnement",
    "Création d'une salle polyvalente à Chaumeuil",
    "Remplacement des menuiseries du collège Molière",
    "Hôtel de Région – Mise en accessibilité PMR",
    "Résidence autonomie Les Tilleuls (38 logements)",
    "Requalification de la rue de la République",
    "Entrepôt logistique LIDOR 3",
    "Villa Artigues",
    "Station d'épuration intercommunale",
]
TOWNS = ["Chaumeuil", "Rivanges", "Bellerive-sur-Ostre", "Saint-Aubin-des-Prés"]
TRADES = [
    "VRD",
    "Carrelage – Faïence",
    "Cloisons, doublages, faux-plafonds",
    "CVC",
    "Serrurerie",
    "Étanchéité",
    "Ravalement",
    "Espaces verts",
    "Ascenseur",
]
RESERVES = [
    "Vantail gauche du portail ne ferme pas",
    "Reprise du calfeutrement des fenêtres façade ouest",
    "Traces de colle sur le sol souple du hall",
    "Remplacer deux dalles de faux-plafond tachées",
    "Ventilation des sanitaires bruyante",
    "Manque le bouchon de visite du regard EP",
    "Finitions des angles au droit des tableaux",
    "Détalonnage des portes des chambres 12 et 14",
    "Étiquetage du tableau général à compléter",
    "Végétaux morts à remplacer le long de l'allée",
    "Fissure sur la marche de l'escalier extérieur",
    "Mise en peinture des tuyaux de gaz apparents",
    "Réglage des ferme-portes du SAS",
    "Éclat sur le lavabo du vestiaire",
]
GOODS = [
    ("Bordure T2 béton, ml", "14.30"),
    ("Faïence 20x40 blanche", "21.75"),
    ("Heures d'intervention technicien", "58.00"),
    ("Forfait déplacement", "45.00"),
    ("Grave non traitée 0/31,5 (t)", "19.40"),
    ("Dalle de faux-plafond 600x600", "7.85"),
    ("Climatiseur mural 3,5 kW", "1249.00"),
    ("Dépose et évacuation des existants", "1380.00"),
    ("Bardage acier laqué", "38.60"),
    ("Échafaudage, location mensuelle", "2150.00"),
    ("Main-d'œuvre plaquiste", "47.50"),
    ("Garde-corps inox sur mesure", "412.25"),
]
PAPERS = [
    "Plans tels que construits",
    "Fiches d'autocontrôle",
    "PV de mesures acoustiques",
    "Notice d'exploitation et de maintenance",
    "Attestation Consuel",
    "Certificats matières",
    "Avis techniques CSTB",
    "Rapport d'essais COPREC",
    "DIUO – éléments",
    "Garantie fabricant 10 ans",
    "Bons de suivi des déchets",
]


class Names(Facts):
    """All that one paper may say, from the lists here."""

    def __init__(self, rng):
        super().__init__(rng, "held")
        pick = rng.choice
        self.owner, self.firm, self.designer = (
            pick(OWNERS),
            pick(FIRMS),
            pick(DESIGNERS),
        )
        self.firm2 = pick([firm for firm in FIRMS if firm != self.firm])
        self.site, self.town, self.trade = pick(SITES), pick(TOWNS), pick(TRADES)
        self.lot = pick(["5", "06", "10", "12", "2B", "08", "1"])
        number = rng.randrange(10, 9999)
        self.contract = pick(
            [
                f"{rng.randrange(2023, 2026)}S{number:04d}",
                f"DCE25-{number}",
                f"25-0{number % 100:02d}-L{self.lot}",
                f"AO/{number}/2024",
                f"{number}",
                f"MAPA 2025-{number % 100:02d}",
            ]
        )
        self.order = pick(
            [
                f"CF{number:06d}",
                f"C-{number}-26",
                f"2026-BC-{number:04d}",
                f"82{rng.randrange(100000, 999999)}",
                f"CMD n{number}".replace("CMD n", "CMD"),
            ]
        )
        self.invoice = pick(
            [
                f"{rng.randrange(260000, 269999)}",
                f"FC-{number:05d}",
                f"2603-{number}",
                f"FV26-{number:04d}",
                f"F/{number}/26",
            ]
        )
        self.reserves = rng.sample(RESERVES, rng.randrange(2, 6))
        self.street = f"{rng.randrange(1, 190)}{pick(['', ' bis'])}{pick([',', ''])} {pick(['impasse des Forges', 'boulevard Carnot', 'route de Bellerive', 'ZA du Pré Long', 'quai Nord'])}"
        self._style = pick(["/", ".", "-", "text", "long", "short", "/"])
        self.seller_siret = luhn_siret(rng)

    def day(self, value, style=None):
        """A date as this paper writes dates."""
        style = style or self._style
        if style == "long":
            names = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()
            return f"{names[value.weekday()]} {super().day(value, 'text')}"
        if style == "short":
            return value.strftime("%d/%m/%y")
        return super().day(value, style)

    def goods(self, count=None):
        """Lines of goods and their sum, from the other list."""
        from decimal import Decimal

        rows, total = [], Decimal(0)
        for name, price in self.rng.sample(GOODS, count or self.rng.randrange(2, 6)):
            quantity = self.rng.randrange(1, 60)
            row = Decimal(price) * quantity
            rows.append((name, quantity, Decimal(price), row))
            total += row
        return rows, total

    def later(self, day, days):
        """A day so many days after another."""
        return day + timedelta(days)
