# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The contracts of the demo company over two years."""

from decimal import Decimal

from .records import Chantier

YANN, SAMIR = "yann", "samir"

#: key, customer, name, city, manager, contract (€ before tax), months ago of the first
#: situation, situations, progress (%), advance (%), extra works, final account issued
_ROWS = (
    ("quais_a", "estuaire", "Résidence Les Quais – bâtiment A", "Saint-Nazaire", YANN,
     780_000, 23, 13, 95, 5,
     ("Reprise de la trémie d'ascenseur", "Renforts de plancher haut du R+2"), True),
    ("jules_verne", "atlantique", "Groupe scolaire Jules-Verne – gros œuvre",
     "Saint-Herblain", SAMIR, 620_000, 23, 12, 95, 0,
     ("Réservations complémentaires lot CVC", "Massifs de l'auvent d'entrée"), True),
    ("charmilles", "esh", "22 logements rue des Charmilles – gros œuvre", "Rezé", SAMIR,
     850_000, 21, 14, 95, 5, ("Purge de fondations anciennes",), True),
    ("ponts_de_ce", "ligerien", "Lycée des Ponts-de-Cé – maçonnerie",
     "Les Ponts-de-Cé", YANN, 390_000, 20, 7, 95, 0,
     ("Ouvertures supplémentaires en façade sud", "Dallage du local vélos"), True),
    ("pornic", "oph", "16 logements sociaux La Fontaine aux Bretons", "Pornic", YANN,
     560_000, 19, 11, 95, 5, ("Drainage périphérique du bâtiment B",), True),
    ("erdre_1", "villas", "Les Villas de l'Erdre – tranche 1", "Sucé-sur-Erdre", SAMIR,
     420_000, 18, 9, 95, 5, ("Murets de clôture des jardins privatifs",), True),
    ("polyvalente", "commune", "Salle polyvalente – extension",
     "Saint-Gildas-sur-Loire", YANN, 340_000, 17, 9, 95, 5,
     ("Reprise en sous-œuvre du pignon existant",), True),
    ("urgences", "hopital", "Pavillon des urgences – restructuration", "Nozay", YANN,
     720_000, 12, 12, 95, 5,
     ("Confortement de la dalle du sas ambulances", "Percements pour fluides médicaux"),
     False),
    ("belvedere", "morvan", "Immeuble Le Belvédère – fondations spéciales", "Nantes",
     YANN, 260_000, 14, 7, 95, 0, ("Évacuation de terres polluées",), True),
    ("pole_medical", "mauges", "Pôle médical de Beaupréau – gros œuvre",
     "Beaupréau-en-Mauges", SAMIR, 160_000, 10, 7, 95, 0,
     ("Plots béton pour groupe froid",), False),
    ("moulin", "moulin", "Réhabilitation du Moulin Vieux", "Vallet", YANN,
     95_000, 12, 6, 95, 20, ("Consolidation de la charpente du logis",), True),
    ("acacias_facades", "acacias", "Résidence Les Acacias – ravalement des façades",
     "Nantes", SAMIR, 128_000, 11, 5, 95, 20, ("Reprise des appuis de fenêtre",), True),
    ("brivet", "atlantique", "Plateforme logistique du Brivet – dallage industriel",
     "Montoir-de-Bretagne", YANN, 480_000, 9, 9, 88, 0,
     ("Quais niveleurs supplémentaires",), False),
    ("cold_store", "shannon", "Cold store – refrigerated floor slab", "Saint-Nazaire",
     SAMIR, 310_000, 10, 6, 95, 10, ("Additional drainage channels",), True),
    ("quais_b", "estuaire", "Résidence Les Quais – bâtiment B", "Saint-Nazaire", SAMIR,
     690_000, 8, 8, 82, 5, ("Modification des garde-corps maçonnés",), False),
    ("erdre_2", "villas", "Les Villas de l'Erdre – tranche 2", "Sucé-sur-Erdre", SAMIR,
     240_000, 8, 4, 55, 5, (), False),
    ("grand_maine", "ligerien", "Centre commercial Grand Maine – extension", "Angers",
     YANN, 540_000, 6, 6, 75, 0, ("Caniveaux techniques",), False),
    ("charmettes", "esh", "Réhabilitation de la tour des Charmettes", "Saint-Nazaire",
     YANN, 410_000, 5, 5, 70, 5, ("Reprise de loggias au 4e étage",), False),
    ("blanchisserie", "hopital", "Blanchisserie – mise aux normes", "Nozay", YANN,
     165_000, 4, 4, 80, 0, (), False),
    ("pineau", "pineau", "Extension de la maison Pineau", "Vertou", YANN,
     38_000, 6, 3, 95, 30, (), False),
    ("cimetiere", "commune", "Mur d'enceinte du cimetière", "Saint-Gildas-sur-Loire",
     YANN, 62_000, 4, 3, 95, 0, (), False),
    ("haddad", "haddad", "Surélévation de la maison Haddad", "Basse-Goulaine", SAMIR,
     44_000, 3, 3, 85, 30, (), False),
    ("halle", "morvan", "Halle de stockage du Port Launay", "Couëron", SAMIR,
     150_000, 3, 3, 70, 0, (), False),
    ("grellier", "grellier", "Réfection de la terrasse Grellier", "La Haie-Fouassière",
     YANN, 14_000, 4, 1, 60, 30, (), False),
    ("acacias_parkings", "acacias", "Résidence Les Acacias – dalle des parkings",
     "Nantes", SAMIR, 46_000, 2, 2, 70, 20, (), False),
)  # fmt: skip

CHANTIERS = tuple(
    Chantier(
        key=key,
        customer=customer,
        name=name,
        city=city,
        manager=manager,
        amount=Decimal(amount),
        start=start,
        situations=situations,
        progress=Decimal(progress),
        advance=advance,
        extras=extras,
        final=final,
    )
    for (
        key,
        customer,
        name,
        city,
        manager,
        amount,
        start,
        situations,
        progress,
        advance,
        extras,
        final,
    ) in _ROWS
)  # fmt: skip
