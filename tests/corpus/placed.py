# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers whose names and numbers stand where no label gives them plainly: (kind, lines, fields), as in `imagined`.

In blocks over several lines, before the role that follows, after who acts for them, in tables, beside addresses.
"""

PAPERS = [
    (
        "pv_opr",
        """# PROCÈS-VERBAL DES OPÉRATIONS PRÉALABLES À LA RÉCEPTION
A - Maître de l'ouvrage
Commune de Vézelines - Hôtel de ville, 3 place du Four, 21990 Vézelines
B - Titulaire
Charpentes Morel SAS, Lieu-dit La Grange, 21990 Vézelines
C - Contrat
N° 2026/T/17 - Extension de la crèche Les Lutins
Lot 3 - Charpente et couverture
D - Constatations
Je soussignée, Hélène Morand, architecte, représentant Atelier des Deux Rives, maître d'œuvre, ai procédé le 12 mai 2026
aux vérifications.""",
        {
            "donneur_ordre": "Commune de Vézelines",
            "entreprise": "Charpentes Morel SAS",
            "chantier": "Extension de la crèche Les Lutins",
            "ref_marche": "2026/T/17",
            "lot": "3",
            "maitre_oeuvre": "Atelier des Deux Rives",
            "date_document": "2026-05-12",
        },
    ),
    (
        "certificat_paiement",
        """Cabinet Sauvagnat Architectes
8 quai des Tanneurs
21990 Vézelines
# CERTIFICAT DE PAIEMENT N° 5
Client : SCCV Les Terrasses du Lac
Affaire : Construction de 22 logements
Bénéficiaire : Plomberie Garnier SARL
Travaux du mois HT | 12 000,00 €
TVA 20 % | 2 400,00 €
Total TTC | 14 400,00 €
Fait à Vézelines, le 6 mai 2026
Pour le cabinet,
Louis Sauvagnat, architecte DPLG""",
        {
            "maitre_oeuvre": "Cabinet Sauvagnat Architectes",
            "donneur_ordre": "SCCV Les Terrasses du Lac",
            "entreprise": "Plomberie Garnier SARL",
            "montant_ht": "12000.00",
            "ref_situation": "5",
        },
    ),
    (
        "pv_levee_reserves",
        """# CONSTAT DE LEVÉE DES RÉSERVES
Au regard du rapport établi par Studio Mercœur, maître d'œuvre, le maître de l'ouvrage constate la levée de toutes les
réserves le 4 juin 2026.
Maître de l'ouvrage : Syndicat de copropriété du 14 bis avenue Foch, 69990 Lyon
Entreprise : Étanchéité Bardin EURL - Zone artisanale Les Prés, lot 12, 69990 Lyon
Marché n° SC-26-04 - Lot n° 2""",
        {
            "maitre_oeuvre": "Studio Mercœur",
            "donneur_ordre": "Syndicat de copropriété du 14 bis avenue Foch",
            "entreprise": "Étanchéité Bardin EURL",
            "lot": "2",
            "ref_marche": "SC-26-04",
        },
    ),
    (
        "ordre_service",
        """Office public de l'habitat de la Vienne
Maître d'ouvrage | ORDRE DE SERVICE
BET Fluides & Structures | N° 2026-07
Maître d'œuvre - Le Clos Fleuri, 86990 Vouillac
Opération : Réhabilitation de 40 logements
Marché n° 26.LOG.113 du 02/03/2026 - Lot 4 : Électricité
Titulaire : Électro Vannier SAS, 4 rue Haute, 86990 Vouillac
Objet : démarrage des travaux
Les travaux du lot démarrent le 18 mai 2026.
Date d'émission : 11 mai 2026""",
        {
            "donneur_ordre": "Office public de l'habitat de la Vienne",
            "maitre_oeuvre": "BET Fluides & Structures",
            "ref_os": "2026-07",
            "chantier": "Réhabilitation de 40 logements",
            "ref_marche": "26.LOG.113",
            "entreprise": "Électro Vannier SAS",
            "date_effet": "2026-05-18",
            "date_document": "2026-05-11",
            "lot": "4",
        },
    ),
    (
        "ordre_service",
        """>Tournac, le 3 avril 2026
Agence Corvin Architecture et Paysage
Objet : OS n° 26/014 - travaux complémentaires
Marché de sous-traitance : ST-26-0071
Réf. : contrat TR-2025-8, lot 05 - Aménagement du parc Montaigu
Monsieur,
Agissant pour le compte de la Ville de Tournac, maître de l'ouvrage, nous vous demandons d'exécuter les travaux.""",
        {
            "ref_os": "26/014",
            "donneur_ordre": "Ville de Tournac",
            "chantier": "Aménagement du parc Montaigu",
            "maitre_oeuvre": "Agence Corvin Architecture et Paysage",
            "lot": "05",
        },
    ),
    (
        "facture",
        """Menuiserie Ostal SARL | FACTURE
17 bis rue des Lavoirs
12990 Rieussac
Tél. 05 65 00 00 00
N° M-2026-118 | Communauté de communes
Date : 04/05/2026 | du Pays de Rieussac
Échéance : 03/06/2026 | Le Bourg
Bon de livraison BL88120 du 22/04/2026 | 12990 Rieussac
Sous-traité n° ST-118-B | SIRET client : 356 000 000 00048
Chantier : Maison de santé
Total HT | 1 000,00
TVA 20 % | 200,00
Total TTC | 1 200,00
Menuiserie Ostal SARL - SIRET 732 829 320 00074""",
        {
            "ref_facture": "M-2026-118",
            "date_document": "2026-05-04",
            "date_echeance": "2026-06-03",
            "ref_marche": "ST-118-B",
            "siret": "73282932000074",
            "entreprise": "Menuiserie Ostal SARL",
        },
    ),
    (
        "facture",
        """ÉMETTEUR | CLIENT
Plâtrerie Vasson SARL | Bâtisseurs du Velay
Le Moulin Haut | Domaine des Saules
43990 Brivac | 43990 Brivac
SIRET : 732 829 320 00074
# FACTURE F-26-0042
Date de facture : 7 mai 2026
CHANTIER Résidence Les Aubépines
Contrat de sous-traitance n° CST-2026-9
Travaux exécutés HT | 8 000,00 €
Net à payer | 7 600,00 €
TVA : autoliquidation, article 283-2 nonies du CGI (loi du 29 décembre 2013).""",
        {
            "entreprise": "Plâtrerie Vasson SARL",
            "donneur_ordre": "Bâtisseurs du Velay",
            "ref_facture": "F-26-0042",
            "ref_marche": "CST-2026-9",
            "chantier": "Résidence Les Aubépines",
            "date_document": "2026-05-07",
            "date_echeance": None,
            "montant_ht": "8000.00",
            "montant_ttc": None,
        },
    ),
    (
        "facture",
        """Couverture Salmon SARL
14 route de la Mine - 43990 Brivac
SIRET 732 829 320 00074 - Qualibat RGE n° 44102 - assurance décennale n° 990
FACTURE N° 26-131 | Doit : Commune de Brivac
du 31/03/2026 | Mairie
Marché 2026-MAPA-3 - lot 02 | 43990 Brivac
Réfection de la toiture de la chapelle
Montant HT | 5 000,00 €
TVA 20 % | 1 000,00 €
Montant TTC | 6 000,00 €""",
        {
            "chantier": "Réfection de la toiture de la chapelle",
            "donneur_ordre": "Commune de Brivac",
            "ref_marche": "2026-MAPA-3",
            "siret": "73282932000074",
        },
    ),
    (
        "bon_commande",
        """COMMUNE DE BRIVAC
Place de la Halle
43990 Brivac
SIRET de la commune : 732 829 320 00074
# BON DE COMMANDE N° 26-BC-118
Fournisseur : Négoce Lauzier SAS
Le 4 mai 2026
Livraison : Enlèvement au dépôt
Total HT | 100,00
TVA 20 % | 20,00
Total TTC | 120,00""",
        {
            "siret": None,
            "chantier": None,
            "entreprise": "Négoce Lauzier SAS",
            "ref_commande": "26-BC-118",
        },
    ),
    (
        "pv_reception",
        """RÉPUBLIQUE FRANÇAISE
Liberté - Égalité - Fraternité
Ville de Saint-Orens
1 place Clemenceau
31990 Saint-Orens
# DÉCISION DE RÉCEPTION
Marché
Reconstruction du préau de l'école Pasteur
N° du contrat : 26M04 / Lot : 02 - Gros œuvre
Titulaire | Maçonnerie Teyssier SARL
Vu le procès-verbal établi le 3 mars 2026 par Lambert & Rey architectes, maître d'œuvre,
La réception est prononcée sans réserve avec effet au 5 mars 2026.
Fait à Saint-Orens, le 9 mars 2026""",
        {
            "donneur_ordre": "Ville de Saint-Orens",
            "chantier": "Reconstruction du préau de l'école Pasteur",
            "ref_marche": "26M04",
            "lot": "02",
            "entreprise": "Maçonnerie Teyssier SARL",
            "maitre_oeuvre": "Lambert & Rey architectes",
            "date_reception": "2026-03-05",
        },
    ),
    (
        "situation",
        """Ascenseurs Nord SA
18 quai des Forges
59990 Wavrin
SIRET 732 829 320 00074
À l'attention de : Bâti Nord Construction
# SITUATION DE SOUS-TRAITANCE N° 04
Mois de mai 2026
Chantier : Résidence du Canal
Acte spécial n° AS-26-31
Lot : 14 (Ascenseur)
Travaux du mois HT | 10 000,00 €
Retenue de garantie 5 % | 500,00 €
Net à régler | 9 500,00 €
TVA due par le preneur.""",
        {
            "ref_situation": "4",
            "periode": "2026-05",
            "ref_marche": "AS-26-31",
            "montant_ht": "10000.00",
            "montant_ttc": None,
            "lot": "14",
            "donneur_ordre": "Bâti Nord Construction",
        },
    ),
    (
        "doe_bordereau",
        """Métallerie Ostrac - ZI Nord, lot 9, 5 rue Ampère - 12990 Rieussac
>Commune de Rieussac
>Mairie
>12990 Rieussac
Rieussac, le 23 février 2026
Objet : Rénovation du gymnase Coubertin - transmission du DOE (lot 6)
Nous vous remettons ci-joint les documents suivants :
 a) Fiches techniques
 b) Plan de récolement
 c) Notices de fonctionnement
Merci de nous retourner le présent envoi signé.
Le gérant,""",
        {
            "entreprise": "Métallerie Ostrac",
            "donneur_ordre": "Commune de Rieussac",
            "chantier": "Rénovation du gymnase Coubertin",
            "lot": "6",
            "nb_documents": 3,
            "date_document": "2026-02-23",
        },
    ),
    (
        "pv_reception",
        """PV DE RÉCEPTION
Opération | Ravalement du bâtiment C | Maître d'ouvrage | Centre hospitalier de Rieussac
Entreprise | Façades Lormier SAS | Lot | 05 Ravalement
Maître d'œuvre | Ingénierie Salvat | Marché | 26-RAV-5
La réception est prononcée sans réserve avec effet au 5 mars 2026.""",
        {
            "chantier": "Ravalement du bâtiment C",
            "donneur_ordre": "Centre hospitalier de Rieussac",
            "entreprise": "Façades Lormier SAS",
            "maitre_oeuvre": "Ingénierie Salvat",
            "lot": "05",
            "ref_marche": "26-RAV-5",
        },
    ),
    (
        "pv_reception",
        """MAÎTRISE D'OUVRAGE
Société d'économie mixte du
Grand Marais
14 quai Nord
79990 Marans
# PROCÈS-VERBAL DE RÉCEPTION
Marché/contrat de sous-traitance n° ST-26/118 | Lot n° 7
Objet des travaux | Réaménagement du quai B
Entreprise de travaux | Duval Génie Civil
Maîtrise d'œuvre assurée par : Cabinet Oléa
La réception est prononcée sans réserve avec effet au 3 mars 2026.""",
        {
            "donneur_ordre": "Société d'économie mixte du Grand Marais",
            "ref_marche": "ST-26/118",
            "chantier": "Réaménagement du quai B",
            "entreprise": "Duval Génie Civil",
            "maitre_oeuvre": "Cabinet Oléa",
            "lot": "7",
        },
    ),
    (
        "pv_reception",
        """# PROCÈS-VERBAL DE RÉCEPTION DE TRAVAUX
N° de marché | Lot | Titulaire | Date d'effet
M26-0041 | 03 | Peintures Lenoir | 05/03/2026
Opération | Restauration des remparts
Pour le compte de : Commune de Marans, Mairie, 79990 Marans
Maître d'œuvre | Mme Anne Lescure, Agence Pierre & Chaux
Réception prononcée sans réserve.""",
        {
            "ref_marche": "M26-0041",
            "lot": "03",
            "entreprise": "Peintures Lenoir",
            "chantier": "Restauration des remparts",
            "donneur_ordre": "Commune de Marans",
            "maitre_oeuvre": "Agence Pierre & Chaux",
            "date_reception": "2026-03-05",
        },
    ),
    (
        "facture",
        """Négoce Aubrac SA
ZA Les Fades, lot 4
12990 Laissac
Facture | Date | Client | Commande | Échéance
FN-26-8871 | 08/05/2026 | C0042 | CH-26-104 | 08/06/2026
>Entreprise Vidal et Fils
>Le Bourg
>12990 Laissac
Chantier : Gendarmerie de Laissac
Total HT | 100,00 €
TVA 20 % | 20,00 €
Net à payer TTC | 120,00 €""",
        {
            "ref_facture": "FN-26-8871",
            "date_document": "2026-05-08",
            "ref_commande": "CH-26-104",
            "date_echeance": "2026-06-08",
            "donneur_ordre": "Entreprise Vidal et Fils",
            "entreprise": "Négoce Aubrac SA",
            "chantier": "Gendarmerie de Laissac",
            "montant_ht": "100.00",
        },
    ),
    (
        "facture",
        """Électricité Savy
4 rue du Four - 12990 Laissac - SIRET 732 829 320 00074
FACTURE
Numéro : 2026/05/17
Émise le : 12 mai 2026
Règlement avant le : 11 juin 2026
Adressée à
SCI du Vieux Moulin
M. et Mme Fabre
6 chemin du Moulin
12990 Laissac
Suivant votre commande n° VM-12 du 02/03/2026
Travaux : rénovation électrique de la grange
Montant HT 2 000,00 €
TVA 10 % 200,00 €
Montant TTC 2 200,00 €""",
        {
            "ref_facture": "2026/05/17",
            "date_document": "2026-05-12",
            "date_echeance": "2026-06-11",
            "donneur_ordre": "SCI du Vieux Moulin",
            "entreprise": "Électricité Savy",
            "ref_commande": "VM-12",
            "montant_ttc": "2200.00",
        },
    ),
    (
        "ordre_service",
        """Le maire de Laissac
# ORDRE DE SERVICE N° 3
Maître d'ouvrage
Commune de Laissac
Hôtel de ville
12990 Laissac
Maître d'œuvre
Paul Vernet, architecte DPLG
12 rue Basse, 12990 Laissac
Entreprise
Terrassements Cazals SARL
Zone artisanale, lot 8
Marché 2026-07 Assainissement du hameau
L'entreprise est invitée à démarrer les travaux le 4 mai 2026.
Le 27 avril 2026""",
        {
            "ref_os": "3",
            "donneur_ordre": "Commune de Laissac",
            "maitre_oeuvre": "Paul Vernet, architecte DPLG",
            "entreprise": "Terrassements Cazals SARL",
            "date_effet": "2026-05-04",
            "chantier": "Assainissement du hameau",
            "lot": None,
        },
    ),
    (
        "ordre_service",
        """# ORDRE DE SERVICE
OS n° 05 du 11/05/2026
Pouvoir adjudicateur : Métropole du Sud, 1 place Neuve, 13990 Arlac
Titulaire du marché : SAS Routes du Midi, Quartier Les Plans, 13990 Arlac
Maîtrise d'œuvre : Ingénierie Sud, mandataire du groupement
Intitulé du marché : Requalification de l'avenue Pasteur
Référence : M2026-114
Interruption des travaux à compter du 15/05/2026.""",
        {
            "ref_os": "5",
            "date_document": "2026-05-11",
            "donneur_ordre": "Métropole du Sud",
            "entreprise": "SAS Routes du Midi",
            "maitre_oeuvre": "Ingénierie Sud",
            "chantier": "Requalification de l'avenue Pasteur",
            "date_effet": "2026-05-15",
        },
    ),
    (
        "certificat_paiement",
        """# CERTIFICAT POUR PAIEMENT N° 6
Je soussigné, Marc Teule, gérant de l'agence Teule Architectes, maître d'œuvre, certifie que l'entreprise Plomberie Roux
peut prétendre au paiement.
Maître de l'ouvrage : Département de l'Aude
Opération : Collège Paul Riquet, réfection des sanitaires
Contrat : D11-26-09
Montant HT du présent acompte | 5 000,00 €
TVA 20 % | 1 000,00 €
Montant TTC | 6 000,00 €""",
        {
            "maitre_oeuvre": "Teule Architectes",
            "donneur_ordre": "Département de l'Aude",
            "ref_marche": "D11-26-09",
            "entreprise": "Plomberie Roux",
            "montant_ht": "5000.00",
            "ref_situation": "6",
        },
    ),
    (
        "bon_commande",
        """Résidences du Lac SAS | BON DE COMMANDE
22 allée des Pins | N° : RL/26/0117
74990 Sévrier | Date : 06/05/2026
SIRET acheteur : 732 829 320 00074
À
Menuiserie Alpine
SARL au capital de 10 000 €
Les Iles
74990 Sévrier
Programme LES BALCONS DU LAC
Prestation | Total
Pose de portes | 3 000,00
Total HT | 3 000,00
TVA 20 % | 600,00
TTC | 3 600,00""",
        {
            "donneur_ordre": "Résidences du Lac SAS",
            "ref_commande": "RL/26/0117",
            "date_document": "2026-05-06",
            "siret": None,
            "entreprise": "Menuiserie Alpine",
            "montant_ttc": "3600.00",
        },
    ),
    (
        "situation",
        """Charpente Ferrier
SITUATION N° 3 - avril 2026
CLIENT Bouygues Bâtiment Est
CHANTIER Lycée des Métiers, extension
MARCHÉ ST-2026-088
LOT 04
Travaux exécutés du mois HT | 4 000,00
Autoliquidation de la TVA (art. 283-2 nonies du CGI)
Total à payer | 4 000,00
Établie le 30/04/2026""",
        {
            "ref_situation": "3",
            "periode": "2026-04",
            "donneur_ordre": "Bouygues Bâtiment Est",
            "chantier": "Lycée des Métiers, extension",
            "ref_marche": "ST-2026-088",
            "lot": "04",
            "montant_ht": "4000.00",
            "montant_ttc": None,
            "montant_tva": None,
            "date_document": "2026-04-30",
        },
    ),
    (
        "pv_levee_reserves",
        """# PROCÈS-VERBAL DE LEVÉE DE RÉSERVES
Représentée par M. Jean Costes, maire, la Commune de Laissac, maître de l'ouvrage,
Sur proposition de l'Atelier Causse, maître d'œuvre,
constate que les réserves sont levées le 7 mai 2026.
Entreprise : Plâtres Ginestet (12990 Laissac)
Opération : Logements communaux - bâtiment du presbytère
Marché 26-PRES-02 / Lot 5 Plâtrerie""",
        {
            "donneur_ordre": "Commune de Laissac",
            "maitre_oeuvre": "Atelier Causse",
            "entreprise": "Plâtres Ginestet",
            "chantier": "Logements communaux - bâtiment du presbytère",
            "ref_marche": "26-PRES-02",
            "lot": "5",
        },
    ),
    (
        "pv_reception",
        """# RÉCEPTION PARTIELLE DE TRAVAUX
Le présent procès-verbal concerne la construction du centre de loisirs, lot 4 (Plomberie), marché CDL-26-04.
Représentant du maître de l'ouvrage : Mme Dubreuil, Ville de Castelnau
Concepteur : Atelier 12 architectes
Exécutant : Sanit'Ouest SARL (SIRET 732 829 320 00074)
Réception le 2 mars 2026, sans réserve.""",
        {
            "donneur_ordre": "Ville de Castelnau",
            "maitre_oeuvre": "Atelier 12 architectes",
            "entreprise": "Sanit'Ouest SARL",
            "lot": "4",
            "ref_marche": "CDL-26-04",
            "siret": "73282932000074",
        },
    ),
    (
        "facture",
        """SARL LEBRUN MAÇONNERIE | Facture n° FA-2026-0318
5 impasse des Lilas | Date de facturation : 30/04/2026
33990 Hourtin | Échéance : 30/05/2026
Siret : 732 829 320 00074 | Réf. client : CL-118
>Facturé à :
>Association Les Pins
>BP 12
>33990 Hourtin
Réf. chantier : Mur de clôture, centre aéré
BDC : A-118/26
Total H.T. : 3 000,00 €
T.V.A. 20 % : 600,00 €
Total T.T.C. : 3 600,00 €
Acompte versé : 1 000,00 €
Reste à payer : 2 600,00 €""",
        {
            "ref_facture": "FA-2026-0318",
            "date_document": "2026-04-30",
            "date_echeance": "2026-05-30",
            "donneur_ordre": "Association Les Pins",
            "entreprise": "SARL LEBRUN MAÇONNERIE",
            "ref_commande": "A-118/26",
            "chantier": "Mur de clôture, centre aéré",
            "montant_ttc": "3600.00",
        },
    ),
    (
        "bon_commande",
        """# COMMANDE DE SOUS-TRAITANCE
Commande | Contrat cadre | Chantier | Date
4500118 | CC-26-7 | Tour Horizon | 04.05.2026
Donneur d'ordre | Sous-traitant
Bâti Ouest SAS | Faux plafonds Kern EURL
Les Docks, hangar 9 | 1 rue Neuve
44990 Nantes | 44990 Rezé
Montant HT | 9 000,00 €
Autoliquidation de TVA""",
        {
            "ref_commande": "4500118",
            "ref_marche": "CC-26-7",
            "chantier": "Tour Horizon",
            "date_document": "2026-05-04",
            "donneur_ordre": "Bâti Ouest SAS",
            "entreprise": "Faux plafonds Kern EURL",
            "montant_ht": "9000.00",
            "montant_ttc": None,
        },
    ),
    (
        "pv_levee_reserves",
        """# MAINLEVÉE DES RÉSERVES
Au nom et pour le compte de l'Office public Loire Habitat, maître d'ouvrage,
et conformément à la proposition du cabinet Morin & Fils, maître d'œuvre,
les réserves sont levées le 11 mai 2026.
Lot 9 - Serrurerie - Titulaire : Métal Ouest SAS - Marché : LH26-09
Résidence Les Genêts - Réfection des garde-corps""",
        {
            "donneur_ordre": "Office public Loire Habitat",
            "entreprise": "Métal Ouest SAS",
            "ref_marche": "LH26-09",
            "lot": "9",
        },
    ),
    (
        "situation",
        """Plomberie Tanguy SARL, Parc Kerlann lot 3, 35990 Bruz
# SITUATION N° 2
Maître d'ouvrage
SCCV Les Quais
MOE
Studio Ker Architecture
Opération
Les Quais de la Vilaine - 38 logements
Marché
n° LQ-2026/09
Lot
09 Plomberie
Situation arrêtée au 30 avril 2026
Montant HT de la situation | 11 000,00
TVA 20 % | 2 200,00
Montant TTC | 13 200,00""",
        {
            "ref_situation": "2",
            "donneur_ordre": "SCCV Les Quais",
            "maitre_oeuvre": "Studio Ker Architecture",
            "chantier": "Les Quais de la Vilaine - 38 logements",
            "ref_marche": "LQ-2026/09",
            "lot": "09",
            "montant_ht": "11000.00",
            "entreprise": "Plomberie Tanguy SARL",
        },
    ),
    (
        "certificat_paiement",
        """Conseil départemental du Gers
Direction des bâtiments
# CERTIFICAT DE PAIEMENT
Certificat n° | 7 | Date | 12/05/2026
Titulaire du marché | Rey Électricité SA | Marché | 32-26-018
Opération | Collège de Mirande | Lot | 12
Maître d'œuvre | Groupement Arka / BET Volt
Travaux exécutés HT (période) | 20 000,00
TVA 20 % | 4 000,00
Total TTC | 24 000,00""",
        {
            "ref_situation": "7",
            "date_document": "2026-05-12",
            "entreprise": "Rey Électricité SA",
            "ref_marche": "32-26-018",
            "chantier": "Collège de Mirande",
            "lot": "12",
            "donneur_ordre": "Conseil départemental du Gers",
        },
    ),
    (
        "ordre_service",
        """DÉPARTEMENT DU GERS
ORDRE DE SERVICE N°2026/03 PRESCRIVANT LE DÉMARRAGE DES TRAVAUX
Marché n° 32-26-018 notifié le 02/04/2026
Objet du marché : Restructuration du collège de Mirande
Lot n°12 : Électricité
Titulaire : Rey Électricité SA, 3 chemin Vert, 32990 Auch
Maître d'œuvre : Arka Architectes, 8 place Salluste, 32990 Auch
Date de démarrage : 18/05/2026
Auch, le 11/05/2026""",
        {
            "ref_os": "2026/03",
            "ref_marche": "32-26-018",
            "chantier": "Restructuration du collège de Mirande",
            "lot": "12",
            "entreprise": "Rey Électricité SA",
            "maitre_oeuvre": "Arka Architectes",
            "date_effet": "2026-05-18",
            "date_document": "2026-05-11",
            "donneur_ordre": "DÉPARTEMENT DU GERS",
        },
    ),
    (
        "certificat_paiement",
        """# CERTIFICAT DE PAIEMENT N° 6
Maître d'ouvrage : Commune de Vézelines
Titulaire : Plomberie Garnier SARL
 | Total à | Total | Présent
 | ce jour | antérieur | certificat
Montant HT | 90 000,00 | 61 000,00 | 29 000,00
TVA 20 % | 18 000,00 | 12 200,00 | 5 800,00
Montant TTC | 108 000,00 | 73 200,00 | 34 800,00
Retenue de garantie | | | 1 740,00
Fait à Vézelines, le 6 mai 2026""",
        {
            "montant_ht": "29000.00",
            "montant_tva": "5800.00",
            "montant_ttc": "34800.00",
        },
    ),
    (
        "situation",
        """Étanchéité Bardin EURL
# SITUATION DE TRAVAUX N° 3
Client : SCI Les Acacias
Période du 01/04/2026 au 30/04/2026
Désignation | Cumulé | Antérieur | M.
Étanchéité | 30 000,00 | 22 000,00 | 8 000,00
Zinguerie | 12 000,00 | 9 500,00 | 2 500,00
Total HT | 42 000,00 | 31 500,00 | 10 500,00
TVA 20 % | 8 400,00 | 6 300,00 | 2 100,00
Total TTC | 50 400,00 | 37 800,00 | 12 600,00
Certifié exact à Lyon, le 5 mai 2026
Le gérant""",
        {
            "montant_ht": "10500.00",
            "montant_ttc": "12600.00",
            "date_document": "2026-05-05",
            "periode": "2026-04",
        },
    ),
    (
        "pv_levee_reserves",
        """# PROCÈS-VERBAL DE LEVÉE DES RÉSERVES
Maître d'ouvrage : Commune de Vézelines
Titulaire : Charpentes Morel SAS
Procès-verbal des OPR du 02/03/2026. Décision de réception du 20/03/2026 avec effet au 10/03/2026.
Constat contradictoire du 28/04/2026
Toutes les réserves sont levées.
À Vézelines, le 05/05/2026
Le maître d'ouvrage""",
        {
            "date_reception": "2026-03-10",
            "date_levee": "2026-04-28",
            "date_signature": "2026-05-05",
        },
    ),
    (
        "ordre_service",
        """# ORDRE DE SERVICE N° 5
Maître d'ouvrage : Commune de Vézelines
Titulaire : Charpentes Morel SAS
Établi le 04/05/2026
Les travaux, suspendus depuis le 12/02/2026, reprendront le 18/05/2026.""",
        {"date_effet": "2026-05-18", "date_document": "2026-05-04"},
    ),
    (
        "ordre_service",
        """# ORDRE DE SERVICE N° 1
Maître d'ouvrage : Commune de Vézelines
Titulaire : Charpentes Morel SAS
Établi le 04/05/2026
Il vous est demandé de vous rendre sur le chantier dès le 18 mai 2026, jour où commence le délai.""",
        {"date_effet": "2026-05-18"},
    ),
    (
        "doe_bordereau",
        """Charpentes Morel SAS
Objet : transmission du DOE - Extension de la crèche Les Lutins
Marché 2026/T/17, lot 3 ; réception du 18 décembre 2025
Vous trouverez ci-joint les documents suivants :
Ouvrage
1. Plans de récolement
2. Notes de calcul
3. Fiches techniques
Entretien
1. Notices d'entretien
2. Carnet de garantie
Accusé de réception du dossier le 20/01/2026 par le maître d'ouvrage""",
        {"nb_documents": 5, "date_signature": "2026-01-20"},
    ),
    (
        "ordre_service",
        """Commune de Vézelines
3 place du Four
21990 Vézelines
# ORDRE DE SERVICE N° 2
Par marché n° 2026/T/17 vous avez été chargés des travaux, sous la conduite de Atelier Mercœur, maître d'œuvre.
Vous commencerez le 18 mai 2026.""",
        {"maitre_oeuvre": "Atelier Mercœur", "date_effet": "2026-05-18"},
    ),
    (
        "pv_levee_reserves",
        """# PROCÈS-VERBAL DE LEVÉE DES RÉSERVES
Le marché
Objet : Extension de la crèche Les Lutins
Référence : 2026-T-17 - Lot n° 3
Maître d'ouvrage : SDC 12 rue Pasteur, 69990 Lyon
Titulaire : Charpentes Morel SAS
Toutes les réserves ont été levées le 28/04/2026.""",
        {"ref_marche": "2026-T-17", "donneur_ordre": "SDC 12 rue Pasteur"},
    ),
    (
        "bon_commande",
        """Charpentes Morel SAS
8 quai des Tanneurs
21990 Vézelines
# BON DE COMMANDE CF-4421
Fournisseur : Négoce Bardin SARL
Date | Acheteur | Chantier
04/05/2026 | Claire Montal | Crèche Les Lutins
Total HT | 1 000,00 €
TVA 20 % | 200,00 €
Total TTC | 1 200,00 €""",
        {"donneur_ordre": "Charpentes Morel SAS", "entreprise": "Négoce Bardin SARL"},
    ),
    (
        "certificat_paiement",
        """# CERTIFICAT DE PAIEMENT N° 2
Commune de Vézelines
A - Marché
Numéro : 2026-T-17 | Lot : 3
B - Titulaire
Charpentes Morel SAS
C - Montants
Travaux du mois HT | 12 000,00 €
TVA 20 % | 2 400,00 €
Total TTC | 14 400,00 €
D - Visa du maître d'œuvre
Mercœur Conseil
Vérifié le 06/05/2026""",
        {"maitre_oeuvre": "Mercœur Conseil", "ref_marche": "2026-T-17"},
    ),
    (
        "pv_reception",
        """# PROCÈS-VERBAL DE RÉCEPTION DE TRAVAUX
Je soussigné(e) M. Karim Aubert | maître de l'ouvrage,
ai visité les travaux exécutés par Menuiserie Garnier SARL
Votre commande : CS24471
et déclare prononcer la réception sans réserve, avec effet au 06/05/2026.""",
        {
            "donneur_ordre": "M. Karim Aubert",
            "entreprise": "Menuiserie Garnier SARL",
            "ref_commande": "CS24471",
        },
    ),
    (
        "bon_commande",
        """Commune de Vézelines
# BON DE COMMANDE N° 2026-114 du 4 mai 2026
Bon pour la livraison et la pose, par Menuiserie Garnier SARL, de :
Portes | 1 000,00
Total HT | 1 000,00 €
TVA 20 % | 200,00 €
Total TTC | 1 200,00 €""",
        {"entreprise": "Menuiserie Garnier SARL", "ref_commande": "2026-114"},
    ),
    (
        "ordre_service",
        """Commune de Vézelines
# ORDRE DE SERVICE OS-2026-014
Titulaire : Charpentes Morel SAS
Nature des travaux : charpente
Désignation du chantier : Extension de la crèche Les Lutins
Établi le 04/05/2026""",
        {"ref_os": "OS-2026-014", "chantier": "Extension de la crèche Les Lutins"},
    ),
    (
        "pv_reception",
        """# PROCÈS-VERBAL DE RÉCEPTION DES TRAVAUX
Maître d'ouvrage | Entrepreneur
SCI Les Acacias | Plomberie Garnier SARL
Adresse et nature du chantier | Commande
Ravalement du pavillon Les Pins | CD-6779
Le client déclare accepter les travaux sans réserve, avec effet au 06/05/2026.""",
        {"chantier": "Ravalement du pavillon Les Pins", "ref_commande": "CD-6779"},
    ),
]
