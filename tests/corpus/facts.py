# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Invented firms, places, sites, numbers and dates."""

from datetime import date, timedelta
from decimal import Decimal

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
OWNERS = {
    "develop": [
        "Commune de Sainte-Orsanne",
        "SCI Les Terrasses du Moulin",
        "OPH Valdoise Habitat",
        "SCCV Cœur Boréal",
        "Communauté de communes du Haut-Vernay",
        "SAS Promotion Altéra",
    ],
    "held": [
        "Ville de Montcléry-sur-Arve",
        "Syndicat mixte des Trois Vallons",
        "M. et Mme Tavernost",
        "Département de la Brévenne",
        "Foncière Kerlann",
        "Centre hospitalier de Pontharel",
    ],
}
FIRMS = {
    "develop": [
        "SARL Plomberie Vautrin",
        "Charpentes Delorival SAS",
        "EURL Peintures Osmont",
        "SAS Batifrance Nord-Est",
        "Électricité Marvaud SARL",
    ],
    "held": [
        "Ets Corbalan & Fils",
        "SASU Étanchéité Lormont",
        "Menuiseries Praderon",
        "SARL TP Guervillon",
        "Façades du Ponant SAS",
    ],
}
DESIGNERS = {
    "develop": [
        "Agence Lumen Architectes",
        "BET Structéo",
        "Cabinet Ferrandier Architecture",
    ],
    "held": [
        "Atelier d'architecture Nolwen Karst",
        "Ingévia Ingénierie",
        "SELARL Duo & Co Architectes",
    ],
}
SITES = {
    "develop": [
        "Réhabilitation du groupe scolaire Jules Ferry",
        "Construction de 24 logements collectifs – Îlot Boréal",
        "Extension de la médiathèque intercommunale",
        "Rénovation énergétique de la mairie",
    ],
    "held": [
        "Restructuration du gymnase des Platanes",
        "Création d'un pôle petite enfance",
        "Réfection de la toiture de l'EHPAD Les Cèdres",
        "Maison individuelle – 14 chemin des Vignes",
        "Aménagement de la ZAC du Petit Bois",
    ],
}
TOWNS = {
    "develop": ["Sainte-Orsanne", "Vernay", "Altérac"],
    "held": ["Montcléry", "Pontharel", "Kerlann"],
}
RESERVES = [
    "Plinthe décollée dans le couloir du rez-de-chaussée",
    "Reprise de peinture sur le mur nord du séjour",
    "Joint silicone manquant autour de la baignoire",
    "Carreau fissuré dans la cuisine",
    "Réglage de la porte palière à effectuer",
    "Nettoyage des gouttières non réalisé",
    "Prise électrique mal fixée en chambre 2",
    "Défaut d'étanchéité au droit de l'acrotère",
    "Garde-corps de la terrasse à refixer",
    "Enduit de façade à reprendre côté rue",
    "Volet roulant bloqué en position haute",
    "Grille de ventilation absente au sous-sol",
]
TRADES = [
    "Gros œuvre",
    "Plomberie sanitaire",
    "Peinture",
    "Charpente bois",
    "Électricité courants forts",
    "Menuiseries extérieures",
]
GOODS = [
    ("Tube PER 16 mm, couronne 100 m", "94.50"),
    ("Bloc béton creux 20x20x50", "1.85"),
    ("Peinture acrylique mate 15 L", "118.20"),
    ("Panneau isolant 120 mm", "23.40"),
    ("Pose et raccordement", "640.00"),
    ("Location nacelle 12 m, semaine", "815.00"),
    ("Câble R2V 3G2,5 au mètre", "1.12"),
    ("Plaque de plâtre BA13 hydrofuge", "11.90"),
]
DOCUMENTS = [
    "Plans de récolement",
    "Notices d'utilisation des équipements",
    "Fiches techniques des matériaux",
    "Procès-verbaux d'essais",
    "Attestation d'assurance décennale",
    "Certificats de garantie",
    "Rapport de mise en service",
    "Schémas électriques unifilaires",
    "Notes de calcul",
    "Carnet d'entretien",
]


def luhn_siret(rng):
    """A SIRET that passes the check and belongs to nobody: no firm's number begins with 0."""
    base = (
        "0"
        + "".join(str(rng.randrange(10)) for _digit in range(7))
        + str(rng.randrange(10))
        + "000"
        + str(rng.randrange(1, 9))
    )
    for last in "0123456789":
        digits = base + last
        total = sum(
            n if i % 2 else (n * 2 - 9 if n > 4 else n * 2)
            for i, n in enumerate(map(int, digits))
        )
        if total % 10 == 0:
            return digits
    raise AssertionError


class Facts:
    """All that one paper may say."""

    def __init__(self, rng, part):
        self.rng, self.part = rng, part
        pick = rng.choice
        self.owner, self.firm, self.designer = (
            pick(OWNERS[part]),
            pick(FIRMS[part]),
            pick(DESIGNERS[part]),
        )
        self.site, self.town, self.trade = (
            pick(SITES[part]),
            pick(TOWNS[part]),
            pick(TRADES),
        )
        self.lot = pick(["01", "02", "04", "07", "11", "3", "9"])
        self.contract = pick(
            [
                f"2025-{rng.randrange(10, 99)}",
                f"M{rng.randrange(2023, 2026)}{rng.randrange(100, 999)}",
                f"24.TVX.{rng.randrange(10, 99)}",
                f"MT-{rng.randrange(1000, 9999)}/25",
            ]
        )
        self.order = pick(
            [
                f"BC{rng.randrange(10000, 99999)}",
                f"CDE-2026-{rng.randrange(100, 999)}",
                f"45000{rng.randrange(10000, 99999)}",
                f"26/{rng.randrange(1000, 9999)}",
            ]
        )
        self.invoice = pick(
            [
                f"FA-2026-{rng.randrange(100, 999)}",
                f"F26{rng.randrange(1000, 9999)}",
                f"2026/{rng.randrange(100, 999)}",
                f"FACT{rng.randrange(10000, 99999)}",
            ]
        )
        self.number = str(rng.randrange(2, 12))
        self.siret = luhn_siret(rng)
        self.other_siret = luhn_siret(rng)
        self.effect = date(2026, 1, 10) + timedelta(rng.randrange(200))
        self.visit = self.effect - timedelta(rng.randrange(0, 3) + 1)
        self.signed_on = self.effect + timedelta(rng.randrange(3, 12))
        self.issued = self.effect + timedelta(rng.randrange(12, 20))
        self.due = self.issued + timedelta(30)
        self.deadline = self.effect + timedelta(60)
        self.old = self.effect - timedelta(400)
        self.reserves = rng.sample(RESERVES, rng.randrange(2, 5))
        self.street = f"{rng.randrange(2, 90)} {pick(['rue des Lilas', 'avenue Foch', 'chemin du Lavoir', 'place du Marché'])}"
        self.post = f"{rng.randrange(10, 95)}{rng.randrange(100, 900)}"
        self._style = pick(["/", "/", ".", "-", "text", "text"])

    def day(self, value, style=None):
        """A date as this paper writes dates."""
        style = style or self._style
        if style == "text":
            return f"{'1er' if value.day == 1 else value.day} {MONTHS[value.month - 1]} {value.year}"
        return value.strftime(f"%d{style}%m{style}%Y")

    def siret_text(self):
        """The SIRET with or without spaces."""
        s = self.siret
        return self.rng.choice(
            [s, f"{s[:3]} {s[3:6]} {s[6:9]} {s[9:]}", f"{s[:9]} {s[9:]}"]
        )

    def lines(self, count=None):
        """Lines of goods: [(name, quantity, price, total)] and their sum."""
        rows, total = [], Decimal(0)
        for name, price in self.rng.sample(GOODS, count or self.rng.randrange(2, 6)):
            quantity = self.rng.randrange(1, 40)
            row = Decimal(price) * quantity
            rows.append((name, quantity, Decimal(price), row))
            total += row
        return rows, total

    def amounts(self, rate="20"):
        """HT, TVA and TTC of a situation."""
        ht = Decimal(self.rng.randrange(200_000, 9_000_000)) / 100
        tva = (ht * Decimal(rate) / 100).quantize(Decimal("0.01"))
        return ht, tva, ht + tva


def money(value, sign=" €"):
    """An amount as it is printed in France."""
    whole, cents = f"{value:.2f}".split(".")
    groups = []
    while whole:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    return "\u00a0".join(groups) + "," + cents + sign
