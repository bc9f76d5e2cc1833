# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Papers imagined in wordings and forms that no layout of the corpus has: (kind, lines, fields).

A line's cells are parted by ``|``, ``#`` begins a large one, ``>`` one at the right. A field of which the paper says
nothing is absent; what is not asked of the reader here is left out.
"""

PAPERS = [
    (
        "pv_reception",
        """# RÉCEPTION DES OUVRAGES
Réf. chantier : Réhabilitation du foyer Saint-Aubin
Marché de travaux privé : CT-25-118 | Corps d'état : 04 - Menuiseries
Le maître d'ouvrage : SCI Les Acacias
L'entrepreneur : SARL Bois et Forme, SIRET 732 829 320 00074
Maîtrise d'œuvre : Cabinet Lormeau

Les parties soussignées, réunies sur place le 12 mars 2026, constatent que les travaux sont terminés.
La réception est acquise à compter du 13 mars 2026, sans réserve.
Fait à Tournac, le 14 mars 2026
Le maître d'ouvrage | L'entrepreneur""",
        {
            "decision": "sans_reserve",
            "reserves": False,
            "chantier": "Réhabilitation du foyer Saint-Aubin",
            "ref_marche": "CT-25-118",
            "lot": "04",
            "donneur_ordre": "SCI Les Acacias",
            "entreprise": "SARL Bois et Forme",
            "siret": "73282932000074",
            "maitre_oeuvre": "Cabinet Lormeau",
            "date_reception": "2026-03-13",
            "date_signature": "2026-03-14",
        },
    ),
    (
        "pv_reception",
        """PV n° 3 - réception
# Procès-verbal
Opération | Extension du gymnase Colette
Titulaire du lot 5 | Électro Vannier SAS
Acheteur | Ville de Montrelay
Contrat | 2025-TX-44
Date de réception retenue | 02/02/2026
Avis | Avec réserves
Points à corriger
1 | Luminaire de l'accueil à fixer | hall
2 | Étiquetage du tableau incomplet | local technique
Date et visa du maître d'ouvrage : 05/02/2026""",
        {
            "decision": "avec_reserves",
            "reserves": True,
            "reserves_list": [
                "Luminaire de l'accueil à fixer",
                "Étiquetage du tableau incomplet",
            ],
            "chantier": "Extension du gymnase Colette",
            "lot": "5",
            "entreprise": "Électro Vannier SAS",
            "donneur_ordre": "Ville de Montrelay",
            "ref_marche": "2025-TX-44",
            "date_reception": "2026-02-02",
            "date_signature": "2026-02-05",
        },
    ),
    (
        "pv_reception",
        """EXE6
MARCHÉS PUBLICS ET ACCORDS-CADRES
# DÉCISION DE RÉCEPTION
A - Identification du pouvoir adjudicateur
Communauté de communes du Val d'Orne
B - Identification du titulaire du marché public
Couverture Barral SARL
12 rue des Lices 31000 Tournac
SIRET 732 829 320 00074
C - Objet du marché public
Réfection de la toiture de la médiathèque
Référence du marché : 2025MT017 Lot : 2
D - Identification de la maîtrise d'œuvre
Agence Périgaud
F - Décision de réception
Après avoir pris connaissance des propositions du maître d'œuvre en date du 10 mars 2026, le maître de l'ouvrage décide que la réception est :
☐ prononcée sans réserves avec effet à la date du
☒ prononcée avec réserves, avec effet à la date du 3 mars 2026
☐ non prononcée
Liste des réserves : gouttière nord à refixer ; solin à reprendre
A Orne, le 15 mars 2026
Le représentant du pouvoir adjudicateur""",
        {
            "decision": "avec_reserves",
            "reserves": True,
            "donneur_ordre": "Communauté de communes du Val d'Orne",
            "entreprise": "Couverture Barral SARL",
            "siret": "73282932000074",
            "chantier": "Réfection de la toiture de la médiathèque",
            "ref_marche": "2025MT017",
            "lot": "2",
            "maitre_oeuvre": "Agence Périgaud",
            "date_reception": "2026-03-03",
            "date_signature": "2026-03-15",
        },
    ),
    (
        "pv_reception",
        """>SAS Façades du Centre
>4 rue des Ormes 45000 Orlaine
# FIN DE CHANTIER - RÉCEPTION
Monsieur et Madame Tessier, demeurant 8 impasse des Lilas 45100 Orlaine
Suite à notre devis n° D-4410 accepté, bon de commande C-2026-031
Ravalement de la maison Tessier
Je soussigné, client, reconnais avoir visité les travaux ce jour 11/05/2026 et les accepte :
( ) sans réserve (X) avec les réserves suivantes :
- enduit à reprendre sous l'appui de fenêtre
- nettoyage de la terrasse
( ) refuse la réception
Levée des réserves : date : ........ signature : ........
Orlaine, le 11/05/2026
Signature du client | Signature de l'entreprise""",
        {
            "decision": "avec_reserves",
            "reserves": True,
            "reserves_list": [
                "enduit à reprendre sous l'appui de fenêtre",
                "nettoyage de la terrasse",
            ],
            "entreprise": "SAS Façades du Centre",
            "donneur_ordre": "Monsieur et Madame Tessier",
            "ref_commande": "C-2026-031",
            "chantier": "Ravalement de la maison Tessier",
            "date_reception": "2026-05-11",
            "date_signature": "2026-05-11",
        },
    ),
    (
        "pv_reception",
        """Ville de Montrelay - Direction des bâtiments
# Refus de réception
Affaire : Restructuration de la salle Molière
Marché 24S0087 - lot 9 (peinture)
Entreprise : Peintures Hallier EURL
Compte tenu des malfaçons constatées lors de la visite du 4 avril 2026, la réception des travaux est refusée.
Motif : ouvrage inachevé
Montrelay, le 6 avril 2026
L'adjoint au maire""",
        {
            "decision": "refusee",
            "donneur_ordre": "Ville de Montrelay",
            "chantier": "Restructuration de la salle Molière",
            "ref_marche": "24S0087",
            "lot": "9",
            "entreprise": "Peintures Hallier EURL",
            "date_signature": "2026-04-06",
        },
    ),
    (
        "pv_opr",
        """EXE4
# PROCÈS-VERBAL DES OPÉRATIONS PRÉALABLES À LA RÉCEPTION
Maître de l'ouvrage : Département de la Vaige
Titulaire : Chauffage Roussel SA (SIRET : 732 829 320 00074)
Maître d'œuvre : BET Thermafluide
Objet : Remplacement de la chaufferie du collège Prévert
Marché n° 2025-0331 lot n° 01
Les opérations préalables à la réception ont eu lieu le 9 juin 2026.
Le maître d'œuvre constate :
- que les épreuves prévues ont été exécutées
- les imperfections suivantes :
1) calorifuge manquant en sous-station
2) vanne d'isolement non repérée
Dressé à Vaige, le 10 juin 2026
Le maître d'œuvre""",
        {
            "donneur_ordre": "Département de la Vaige",
            "entreprise": "Chauffage Roussel SA",
            "siret": "73282932000074",
            "maitre_oeuvre": "BET Thermafluide",
            "chantier": "Remplacement de la chaufferie du collège Prévert",
            "ref_marche": "2025-0331",
            "lot": "01",
            "date_document": "2026-06-09",
            "reserves": True,
            "reserves_list": [
                "calorifuge manquant en sous-station",
                "vanne d'isolement non repérée",
            ],
            "date_signature": "2026-06-10",
        },
    ),
    (
        "pv_levee_reserves",
        """# Levée des réserves
Chantier : Résidence Les Tilleuls - bâtiment B
MOA : Bailleur Social Rivalis | MOE : Atelier Nord
Entreprise : Carrelages Dumoulin SARL | Lot 8
Marché : 2024-88
Réception du : 15/01/2026
Réserve | Constat
Joint de douche à refaire | levée
Plinthe décollée | levée
Seuil rayé | maintenue
Fait le 20/03/2026""",
        {
            "chantier": "Résidence Les Tilleuls - bâtiment B",
            "donneur_ordre": "Bailleur Social Rivalis",
            "maitre_oeuvre": "Atelier Nord",
            "entreprise": "Carrelages Dumoulin SARL",
            "lot": "8",
            "ref_marche": "2024-88",
            "date_reception": "2026-01-15",
            "date_levee": "2026-03-20",
            "date_signature": "2026-03-20",
            "decision": "levee_partielle",
            "reserves": True,
            "reserves_list": ["Seuil rayé"],
        },
    ),
    (
        "pv_levee_reserves",
        """Agence Périgaud architectes
Objet : quitus de réserves
Opération : Réfection de la toiture de la médiathèque - lot 2
Nous confirmons que l'entreprise Couverture Barral SARL a exécuté l'ensemble des travaux nécessaires à la levée des réserves émises lors de la réception du 3 mars 2026 (marché 2025MT017).
Toutes les réserves sont levées à la date du 2 avril 2026.
Maître d'ouvrage : Communauté de communes du Val d'Orne
Le 4 avril 2026""",
        {
            "maitre_oeuvre": "Agence Périgaud architectes",
            "chantier": "Réfection de la toiture de la médiathèque",
            "lot": "2",
            "entreprise": "Couverture Barral SARL",
            "date_reception": "2026-03-03",
            "ref_marche": "2025MT017",
            "date_levee": "2026-04-02",
            "donneur_ordre": "Communauté de communes du Val d'Orne",
            "date_signature": "2026-04-04",
            "decision": "levee_totale",
            "reserves": False,
        },
    ),
    (
        "bon_commande",
        """SCCV Horizon Bleu | COMMANDE DE TRAVAUX
| N° CT-2026-104
| Émise le 7 janvier 2026
Entreprise : Plâtrerie Jouvin SAS
N° SIRET : 732 829 320 00074
Chantier : Programme Horizon Bleu - Tranche 1
Prestation | Montant H.T.
Cloisons 72/48 | 10 000,00
Faux plafonds | 2 500,00
Total H.T. | 12 500,00
TVA (20,00 %) | 2 500,00
Total T.T.C. | 15 000,00
Le maître d'ouvrage""",
        {
            "donneur_ordre": "SCCV Horizon Bleu",
            "ref_commande": "CT-2026-104",
            "date_document": "2026-01-07",
            "entreprise": "Plâtrerie Jouvin SAS",
            "siret": "73282932000074",
            "chantier": "Programme Horizon Bleu - Tranche 1",
            "montant_ht": "12500.00",
            "montant_tva": "2500.00",
            "montant_ttc": "15000.00",
        },
    ),
    (
        "bon_commande",
        """Hôpital de Brenouille
Service achats - 3 avenue du Parc - 60000 Brenouille
# BON DE COMMANDE
Numéro de bon | Date du bon | Votre réf. | Imputation
4500098871 | 18.03.2026 | DEV-311 | 615221
Fournisseur
Maintenance Élec Ouest
5 rue Pasteur 60000 Brenouille
Siret 732 829 320 00074
Lieu d'exécution : Blocs opératoires - mise aux normes électriques
Montant HT : 8 400,00 € - TVA 20 % : 1 680,00 € - Montant TTC : 10 080,00 €""",
        {
            "donneur_ordre": "Hôpital de Brenouille",
            "ref_commande": "4500098871",
            "date_document": "2026-03-18",
            "entreprise": "Maintenance Élec Ouest",
            "siret": "73282932000074",
            "chantier": "Blocs opératoires - mise aux normes électriques",
            "montant_ht": "8400.00",
            "montant_tva": "1680.00",
            "montant_ttc": "10080.00",
        },
    ),
    (
        "ordre_service",
        """# ORDRE DE SERVICE DE DÉMARRAGE N° 01
Maître d'ouvrage : Syndicat des eaux de la Vaige
Maître d'œuvre : Ingénierie Hydratec
Destinataire : TP Combier SAS
Marché : 2025/EAU/07 notifié le 3 mars 2026
Objet : Renouvellement du réseau rue des Jardins
Il vous est ordonné de commencer les travaux le 6 avril 2026.
Date : 25 mars 2026
Le maître d'œuvre
Accusé de réception de l'entreprise, le ..........""",
        {
            "ref_os": "1",
            "donneur_ordre": "Syndicat des eaux de la Vaige",
            "maitre_oeuvre": "Ingénierie Hydratec",
            "entreprise": "TP Combier SAS",
            "ref_marche": "2025/EAU/07",
            "chantier": "Renouvellement du réseau rue des Jardins",
            "date_effet": "2026-04-06",
            "date_document": "2026-03-25",
        },
    ),
    (
        "ordre_service",
        """Cabinet Lormeau
Nos réf. : OS 4 / lot 6
Le 2 février 2026
OS n° 4 : reprise des travaux
Entreprise Sols Martin EURL
Chantier de la Maison de santé de Cressy, marché M-25-12
Le titulaire est invité à reprendre l'exécution des prestations à partir du 9 février 2026.
Pour le maître d'ouvrage, la commune de Cressy""",
        {
            "maitre_oeuvre": "Cabinet Lormeau",
            "ref_os": "4",
            "lot": "6",
            "date_document": "2026-02-02",
            "entreprise": "Sols Martin EURL",
            "ref_marche": "M-25-12",
            "date_effet": "2026-02-09",
            "donneur_ordre": "commune de Cressy",
        },
    ),
    (
        "situation",
        """Menuiserie Fabre SARL
Siret : 732 829 320 00074
# SITUATION DE TRAVAUX N° 2
Mois de : mars 2026 | Établie le : 31/03/2026
Maître d'ouvrage | OPH du Vexin
Opération | 24 logements rue Haute
N° marché | 25-M-090
Lot | 6
Libellé | Marché | Cumul précédent | Mois | Cumul
Fenêtres | 80 000,00 | 20 000,00 | 15 000,00 | 35 000,00
Portes | 30 000,00 | 0,00 | 6 000,00 | 6 000,00
TOTAL HT | 110 000,00 | 20 000,00 | 21 000,00 | 41 000,00
TVA 10 % | | | 2 100,00 |
TTC | | | 23 100,00 |
Retenue de garantie 5 % | | | 1 155,00 |
Net à payer | | | 21 945,00 |
Visa du maître d'œuvre (Atelier Nord) le 04/04/2026""",
        {
            "entreprise": "Menuiserie Fabre SARL",
            "siret": "73282932000074",
            "ref_situation": "2",
            "periode": "2026-03",
            "date_document": "2026-03-31",
            "donneur_ordre": "OPH du Vexin",
            "chantier": "24 logements rue Haute",
            "ref_marche": "25-M-090",
            "lot": "6",
            "montant_ht": "21000.00",
            "montant_tva": "2100.00",
            "montant_ttc": "23100.00",
            "maitre_oeuvre": "Atelier Nord",
            "date_signature": "2026-04-04",
        },
    ),
    (
        "certificat_paiement",
        """# Certificat pour paiement n° 5
Maître d'ouvrage : Région Bellacq
Architecte : Studio Marand
Entreprise : Étanchéité Pons SAS
Marché n° R-2025-31 du 5 mai 2025
Chantier : Lycée Aubrac
Travaux du mois HT | 18 000,00 €
TVA 20 % | 3 600,00 €
Total TTC du mois | 21 600,00 €
Retenue de garantie | -1 080,00 €
À payer à l'entreprise | 20 520,00 €
Certifié exact le 10 mai 2026""",
        {
            "ref_situation": "5",
            "donneur_ordre": "Région Bellacq",
            "maitre_oeuvre": "Studio Marand",
            "entreprise": "Étanchéité Pons SAS",
            "ref_marche": "R-2025-31",
            "chantier": "Lycée Aubrac",
            "montant_ht": "18000.00",
            "montant_tva": "3600.00",
            "montant_ttc": "21600.00",
            "date_signature": "2026-05-10",
            "date_document": "2026-05-10",
        },
    ),
    (
        "doe_bordereau",
        """Climatec Lassort SAS
12 rue des Lices - 31000 Tournac
# BORDEREAU DE REMISE DES DOCUMENTS D.O.E.
Date : 15 juin 2026
Opération : Clinique du Verger - extension
Lot : 11 Marché : 24-77
Destinataire : SCI du Verger
Désignation | Exemplaires | Support
Plans de récolement | 2 | PDF
Notices d'entretien | 1 | papier
PV d'essais COPREC | 1 | PDF
Garanties fabricants | 1 | PDF
Bon pour réception, le 17 juin 2026""",
        {
            "entreprise": "Climatec Lassort SAS",
            "date_document": "2026-06-15",
            "chantier": "Clinique du Verger - extension",
            "lot": "11",
            "ref_marche": "24-77",
            "donneur_ordre": "SCI du Verger",
            "nb_documents": 4,
            "date_signature": "2026-06-17",
        },
    ),
    (
        "facture",
        """Négoce Béton Aubry | FACTURE
ZA des Pins | N° 2026-1188
72000 Mansac | Le 04/05/2026
Siret 732 829 320 00074
Facturé à | Livré à
Gros Œuvre Lambert SA | Chantier Parc Océane
3 rue Neuve | 72100 Mansac
72000 Mansac
V/Commande : CF-778
Béton C25/30 | 12 | 110,00 | 1 320,00
Total HT | 1 320,00
TVA 20% | 264,00
Net à payer TTC | 1 584,00
Règlement : 45 jours fin de mois soit le 30/06/2026""",
        {
            "entreprise": "Négoce Béton Aubry",
            "ref_facture": "2026-1188",
            "date_document": "2026-05-04",
            "siret": "73282932000074",
            "donneur_ordre": "Gros Œuvre Lambert SA",
            "chantier": "Chantier Parc Océane",
            "ref_commande": "CF-778",
            "montant_ht": "1320.00",
            "montant_tva": "264.00",
            "montant_ttc": "1584.00",
            "date_echeance": "2026-06-30",
        },
    ),
    (
        "facture",
        """# Facture de travaux F-26-031
Émetteur : Ravalement Girard SARL - SIRET 732 829 320 00074
Client : Syndicat des copropriétaires Le Belvédère
Date d'émission : 2 avril 2026
À régler avant le 2 mai 2026
Objet : Ravalement façade nord - Le Belvédère
Marché : C-25-4 - Situation n° 3
Base HT 30 000,00 €
TVA 10,0 % 3 000,00 €
Montant TTC 33 000,00 €""",
        {
            "ref_facture": "F-26-031",
            "entreprise": "Ravalement Girard SARL",
            "siret": "73282932000074",
            "donneur_ordre": "Syndicat des copropriétaires Le Belvédère",
            "date_document": "2026-04-02",
            "date_echeance": "2026-05-02",
            "chantier": "Ravalement façade nord - Le Belvédère",
            "ref_marche": "C-25-4",
            "ref_situation": "3",
            "montant_ht": "30000.00",
            "montant_tva": "3000.00",
            "montant_ttc": "33000.00",
        },
    ),
    (
        "facture",
        """SARL Toitures Meyran
Sous-traitant
# FACTURE N° ST/26/0042
du 15 mai 2026
Entreprise principale : Bati Ouest SA
Chantier : Groupe scolaire Pasteur
Contrat de sous-traitance : ST-2025-11
AUTOLIQUIDATION - TVA due par le preneur (article 283-2 nonies du CGI)
Situation n° 4 | 22 000,00 €
Total HT | 22 000,00 €
TVA | 0,00 €
Net à payer | 22 000,00 €
Date limite de règlement | 14/06/2026
SIRET : 732 829 320 00074""",
        {
            "entreprise": "SARL Toitures Meyran",
            "ref_facture": "ST/26/0042",
            "date_document": "2026-05-15",
            "donneur_ordre": "Bati Ouest SA",
            "chantier": "Groupe scolaire Pasteur",
            "ref_marche": "ST-2025-11",
            "ref_situation": "4",
            "montant_ht": "22000.00",
            "montant_tva": "0.00",
            "montant_ttc": "22000.00",
            "date_echeance": "2026-06-14",
            "siret": "73282932000074",
        },
    ),
    (
        "autre",
        """# DEVIS N° D-2026-77
Menuiserie Fabre SARL
Client : M. Tessier
Pose de fenêtres, réception des travaux en fin de chantier, situation mensuelle
Total HT 12 000,00 €
Bon pour accord, le""",
        {},
    ),
    (
        "autre",
        """COMPTE-RENDU DE RÉUNION N° 12
Chantier : Groupe scolaire Pasteur
Lot 4 : OS n° 3 notifié. Réception prévue le 12 mai 2026 sans réserve.
DOE à remettre. Situation n° 4 validée.""",
        {},
    ),
    (
        "autre",
        """Groupe scolaire Pasteur - Réunion du 12 mars 2026
Présents : M. Durand (MOA), Mme Petit (MOE)
1. Avancement : peinture 80 %
2. La réception des travaux est fixée au 15 mai 2026
3. PV de levée de réserves à signer
Prochaine réunion le 19 mars 2026""",
        {},
    ),
    (
        "autre",
        """De : conducteur@batiouest.example
À : compta@meyran.example
Objet : PV de réception Pasteur
Bonjour,
Le PV de réception n'est toujours pas signé par le maître d'ouvrage, je relance.
Cordialement""",
        {},
    ),
    (
        "autre",
        """# Mémoire technique
Notre entreprise remettra le DOE à la réception des travaux. Les situations mensuelles sont établies.""",
        {},
    ),
    (
        "autre",
        """# ATTESTATION D'ASSURANCE RESPONSABILITÉ CIVILE DÉCENNALE
La compagnie atteste que l'entreprise Meyran est titulaire du contrat n° 4477 jusqu'au 31/12/2026
pour les travaux dont la réception intervient""",
        {},
    ),
    (
        "autre",
        """Demande d'agrément d'un sous-traitant et d'acceptation des conditions de paiement
Marché 2025-12 lot 3
Sous-traitant : SARL Toitures Meyran""",
        {},
    ),
    (
        "autre",
        """BON DE LIVRAISON BL-4471
Commande CF-778 du 3 mars 2026
Livré à : Chantier Parc Océane
Béton C25/30 12 m3
Reçu sans réserve le 5 mars 2026""",
        {},
    ),
    (
        "autre",
        """# Avis de passage - demande de levée des réserves
Nous vous prions d'intervenir avant le 12 mai 2026 pour lever les réserves figurant au PV de réception.""",
        {},
    ),
    (
        "autre",
        """CONVOCATION AUX OPÉRATIONS DE RÉCEPTION
Vous êtes convoqué le 12 mai 2026 à 9 h""",
        {},
    ),
    (
        "autre",
        """# Proposition commerciale
Travaux de ravalement - offre valable jusqu'au 12 mai 2026
Total HT 30 000,00 €
Bon pour commande, date et signature :""",
        {},
    ),
    (
        "autre",
        """# Fiche de réserves SAV
Logement A12 - acquéreur M. Petit
Nous vous signalons les désordres suivants""",
        {},
    ),
    (
        "autre",
        """# NOTIFICATION DU MARCHÉ
Nous vous notifions le marché 2025-12 lot 3. Un ordre de service vous sera adressé.""",
        {},
    ),
    (
        "autre",
        """# Procès-verbal d'assemblée générale
Les copropriétaires approuvent les travaux et la réception""",
        {},
    ),
    (
        "pv_reception",
        """# CONSTAT DE RÉCEPTION
Maître de l'ouvrage (client) : Indivision Carrère
Entreprise réalisatrice : Charpentes du Lac SARL - N° SIRET 732 829 320 00074
Adresse du chantier : 14 route du Lac, 74000 Annelle
Nature des travaux : surélévation d'une maison d'habitation
Commande référence CDE-0071 du 3 janvier 2026
Les travaux ont été contrôlés le 20/05/2026 en présence des parties.
[ ] Réception sans réserve [x] Réception avec réserves [ ] Réception refusée
Date d'effet : 21/05/2026
Réserves :
1. Gouttière à reposer côté rue
2. Velux à régler
Délai de levée : 30 jours
Signatures, le 22/05/2026
Le client | L'entreprise""",
        {
            "donneur_ordre": "Indivision Carrère",
            "entreprise": "Charpentes du Lac SARL",
            "siret": "73282932000074",
            "ref_commande": "CDE-0071",
            "decision": "avec_reserves",
            "reserves": True,
            "date_reception": "2026-05-21",
            "reserves_list": ["Gouttière à reposer côté rue", "Velux à régler"],
            "date_signature": "2026-05-22",
        },
    ),
    (
        "pv_reception",
        """Métropole de Brivois | Réception des travaux
Direction Patrimoine | Décision du maître d'ouvrage
Marché : 2024-BAT-112 | Lot : 03 - Étanchéité | Titulaire : Étanchéité Pons SAS
Projet : Piscine des Rives
MOE : Studio Marand
Vu le PV des OPR du 2 mars 2026, vu la proposition du maître d'œuvre du 5 mars 2026,
DÉCIDE
Article 1 : la réception est prononcée avec réserves. Elle prend effet le 6 mars 2026.
Article 2 : réserves à lever pour le 15 avril 2026
a) relevé d'étanchéité à reprendre
b) naissance EP bouchée
Fait à Brivois le 9 mars 2026
Le vice-président""",
        {
            "donneur_ordre": "Métropole de Brivois",
            "ref_marche": "2024-BAT-112",
            "lot": "03",
            "entreprise": "Étanchéité Pons SAS",
            "chantier": "Piscine des Rives",
            "maitre_oeuvre": "Studio Marand",
            "decision": "avec_reserves",
            "reserves": True,
            "date_reception": "2026-03-06",
            "reserves_list": [
                "relevé d'étanchéité à reprendre",
                "naissance EP bouchée",
            ],
            "date_signature": "2026-03-09",
        },
    ),
    (
        "pv_reception",
        """# Attestation d'achèvement et de réception sans réserve
Je soussigné M. Paul Vasseur, demeurant 3 rue du Moulin à Tournac, propriétaire,
atteste que les travaux de remplacement de la chaudière réalisés par la société Chauffage Roussel SA (SIRET 732 829 320 00074)
suivant devis accepté n° DV-118 sont terminés et réceptionnés sans réserve ce jour, le 8 avril 2026.
Tournac, le 8 avril 2026
Signature""",
        {
            "entreprise": "Chauffage Roussel SA",
            "siret": "73282932000074",
            "decision": "sans_reserve",
            "reserves": False,
            "date_reception": "2026-04-08",
        },
    ),
    (
        "pv_opr",
        """Atelier Nord - architectes DPLG
# OPR - lot 7 Peinture
Opération : Médiathèque de Cressy
MOA : Commune de Cressy
Entreprise : Peintures Hallier EURL
Marché n° M2025-07
Visite du 16/02/2026
Réserves proposées :
- reprise de peinture cage d'escalier
- plinthe manquante bureau 2
Le maître d'œuvre propose la réception avec réserves.
Signé le 17/02/2026""",
        {
            "maitre_oeuvre": "Atelier Nord",
            "lot": "7",
            "chantier": "Médiathèque de Cressy",
            "donneur_ordre": "Commune de Cressy",
            "entreprise": "Peintures Hallier EURL",
            "ref_marche": "M2025-07",
            "date_document": "2026-02-16",
            "reserves": True,
            "reserves_list": [
                "reprise de peinture cage d'escalier",
                "plinthe manquante bureau 2",
            ],
            "date_signature": "2026-02-17",
        },
    ),
    (
        "pv_opr",
        """EXE5
RÉCEPTION DES TRAVAUX - PROPOSITIONS DU MAÎTRE D'ŒUVRE
A - Maître de l'ouvrage
Office public de l'habitat du Vexin
B - Titulaire
Menuiserie Fabre SARL - 732 829 320 00074
C - Marché
Objet : 24 logements rue Haute ; n° 25-M-090 ; lot 6
D - Propositions
Au vu du procès-verbal du 12 juin 2026, je propose :
[X] de prononcer la réception sans réserve
[ ] de prononcer la réception avec réserves
[ ] de ne pas prononcer la réception
Date et signature du maître d'œuvre : 15 juin 2026
Agence Périgaud""",
        {
            "donneur_ordre": "Office public de l'habitat du Vexin",
            "entreprise": "Menuiserie Fabre SARL",
            "siret": "73282932000074",
            "chantier": "24 logements rue Haute",
            "lot": "6",
            "date_document": "2026-06-12",
            "reserves": False,
            "date_signature": "2026-06-15",
        },
    ),
    (
        "pv_levee_reserves",
        """EXE9
# DÉCISION DE LEVÉE DES RÉSERVES
Maître d'ouvrage : Département de la Vaige
Titulaire du marché : Chauffage Roussel SA
Marché 2025-0331, lot 01 : chaufferie du collège Prévert
Réception avec réserves prononcée avec effet au 9 juin 2026.
Le maître d'ouvrage décide :
[X] de lever l'ensemble des réserves
[ ] de lever partiellement les réserves
[ ] de ne pas lever les réserves
Date d'effet de la levée : 1er août 2026
A Vaige, le 5 août 2026""",
        {
            "donneur_ordre": "Département de la Vaige",
            "entreprise": "Chauffage Roussel SA",
            "ref_marche": "2025-0331",
            "lot": "01",
            "date_reception": "2026-06-09",
            "decision": "levee_totale",
            "reserves": False,
            "date_levee": "2026-08-01",
            "date_signature": "2026-08-05",
        },
    ),
    (
        "pv_levee_reserves",
        """>SARL Bois et Forme
# FICHE DE LEVÉE DE RÉSERVES
Client : SCI Les Acacias
Chantier : Foyer Saint-Aubin | Réception : 13/03/2026
N° | Désignation | Date de levée | Visa client
1 | Porte coupe-feu à régler | 02/04/2026 | levée
2 | Bavette manquante | 02/04/2026 | levée
Toutes les réserves ont été levées le 02/04/2026
Date et signature du client : 03/04/2026""",
        {
            "entreprise": "SARL Bois et Forme",
            "donneur_ordre": "SCI Les Acacias",
            "chantier": "Foyer Saint-Aubin",
            "date_reception": "2026-03-13",
            "date_levee": "2026-04-02",
            "decision": "levee_totale",
            "reserves": False,
            "date_signature": "2026-04-03",
        },
    ),
    (
        "bon_commande",
        """Bon de commande fournisseur
Gros Œuvre Lambert SA
Réf : BCF-2026/118 | Date : 12.02.26 | Affaire : Parc Océane
Chez : Négoce Béton Aubry, ZA des Pins 72000 Mansac (siret 73282932000074)
Code | Libellé | Qté | PU | Total
B25 | Béton C25/30 | 12,00 | 110,00 | 1 320,00
Sous-total | 1 320,00
TVA 20 | 264,00
Total à payer | 1 584,00
Livraison le 20.02.26
Le conducteur de travaux""",
        {
            "ref_commande": "BCF-2026/118",
            "donneur_ordre": "Gros Œuvre Lambert SA",
            "date_document": "2026-02-12",
            "chantier": "Parc Océane",
            "entreprise": "Négoce Béton Aubry",
            "siret": "73282932000074",
            "montant_ht": "1320.00",
            "montant_tva": "264.00",
            "montant_ttc": "1584.00",
        },
    ),
    (
        "bon_commande",
        """Copropriété Le Belvédère - représentée par son syndic Cabinet Immo Sud
# ORDRE D'ACHAT / BON DE TRAVAUX N° OT-5518
Tournac, le 4 mars 2026
A l'attention de : Ravalement Girard SARL
Objet : reprise d'étanchéité toiture-terrasse bâtiment C
Suivant votre devis D-901 du 20/02/2026 pour un montant de 6 500,00 € HT soit 7 150,00 € TTC (TVA 10 % : 650,00 €)
Merci de rappeler le n° OT-5518 sur votre facture.""",
        {
            "donneur_ordre": "Copropriété Le Belvédère",
            "ref_commande": "OT-5518",
            "date_document": "2026-03-04",
            "entreprise": "Ravalement Girard SARL",
            "chantier": "reprise d'étanchéité toiture-terrasse bâtiment C",
            "montant_ht": "6500.00",
            "montant_tva": "650.00",
            "montant_ttc": "7150.00",
        },
    ),
    (
        "bon_commande",
        """LETTRE DE COMMANDE
Acheteur | Région Bellacq - Lycée Aubrac
Attributaire | Maintenance Élec Ouest
SIRET | 732 829 320 00074
N° d'engagement | EJ-2026-4471
Accord-cadre | AC-2024-07
Site | Lycée Aubrac - ateliers
Montant HT | 2 000,00
Montant TVA | 400,00
Montant TTC | 2 400,00
Date de notification | 9 février 2026""",
        {
            "donneur_ordre": "Région Bellacq - Lycée Aubrac",
            "entreprise": "Maintenance Élec Ouest",
            "siret": "73282932000074",
            "ref_commande": "EJ-2026-4471",
            "ref_marche": "AC-2024-07",
            "chantier": "Lycée Aubrac - ateliers",
            "montant_ht": "2000.00",
            "montant_tva": "400.00",
            "montant_ttc": "2400.00",
            "date_document": "2026-02-09",
        },
    ),
    (
        "ordre_service",
        """EXE1
# ORDRE DE SERVICE N°2
Pouvoir adjudicateur : Ville de Montrelay
Maîtrise d'œuvre : Ingénierie Hydratec
Titulaire : TP Combier SAS - SIRET : 732 829 320 00074
Marché public n° 24S0087 - Lot n° 1
Objet du marché : Réaménagement de la place du Marché
Objet de l'ordre de service : arrêt des travaux
Les travaux sont suspendus à compter du 3 février 2026.
Émis le 30 janvier 2026
Reçu par le titulaire le 2 février 2026""",
        {
            "ref_os": "2",
            "donneur_ordre": "Ville de Montrelay",
            "maitre_oeuvre": "Ingénierie Hydratec",
            "entreprise": "TP Combier SAS",
            "siret": "73282932000074",
            "ref_marche": "24S0087",
            "lot": "1",
            "chantier": "Réaménagement de la place du Marché",
            "date_effet": "2026-02-03",
            "date_document": "2026-01-30",
        },
    ),
    (
        "ordre_service",
        """SCCV Horizon Bleu
ORDRE DE SERVICE
Numéro : 03
Date d'établissement : 11/05/2026
Chantier | Horizon Bleu - Tranche 1
Lot | 12 Ascenseurs
Entreprise | Élévia SAS
Marché | HB-12
Nous vous donnons ordre d'exécuter les travaux supplémentaires décrits ci-dessous, démarrage le 18/05/2026, achèvement le 30/06/2026.
Signature maître d'ouvrage""",
        {
            "donneur_ordre": "SCCV Horizon Bleu",
            "ref_os": "3",
            "date_document": "2026-05-11",
            "chantier": "Horizon Bleu - Tranche 1",
            "lot": "12",
            "entreprise": "Élévia SAS",
            "ref_marche": "HB-12",
            "date_effet": "2026-05-18",
        },
    ),
    (
        "situation",
        """Étanchéité Pons SAS | DEMANDE D'ACOMPTE N° 4
SIRET 732 829 320 00074 | Période : 01/04/2026 au 30/04/2026
Maître d'ouvrage : Région Bellacq | Maître d'œuvre : Studio Marand
Chantier : Lycée Aubrac - toitures | Marché R-2025-31 | Lot 3
A | Montant cumulé des travaux HT | 60 000,00 €
B | Montant cumulé précédent HT | 42 000,00 €
C | Montant HT de la demande (A-B) | 18 000,00 €
D | TVA 20 % | 3 600,00 €
E | Montant TTC | 21 600,00 €
F | Retenue de garantie | 1 080,00 €
G | Net à régler | 20 520,00 €
Fait le 30/04/2026
Visa MOE, le 05/05/2026""",
        {
            "entreprise": "Étanchéité Pons SAS",
            "ref_situation": "4",
            "siret": "73282932000074",
            "periode": "2026-04",
            "donneur_ordre": "Région Bellacq",
            "maitre_oeuvre": "Studio Marand",
            "chantier": "Lycée Aubrac - toitures",
            "ref_marche": "R-2025-31",
            "lot": "3",
            "montant_ht": "18000.00",
            "montant_tva": "3600.00",
            "montant_ttc": "21600.00",
            "date_document": "2026-04-30",
            "date_signature": "2026-05-05",
        },
    ),
    (
        "situation",
        """# DÉCOMPTE PROVISOIRE N° 06
Entreprise : Sols Martin EURL
Affaire : Maison de santé de Cressy
Contrat : M-25-12
Maître d'ouvrage : commune de Cressy
Arrêté au 31 janvier 2026
Travaux exécutés à ce jour | 45 000,00
Travaux précédemment facturés | 38 000,00
Travaux de la période | 7 000,00
TVA 20 % | 1 400,00
Total TTC | 8 400,00""",
        {
            "ref_situation": "6",
            "entreprise": "Sols Martin EURL",
            "chantier": "Maison de santé de Cressy",
            "ref_marche": "M-25-12",
            "donneur_ordre": "commune de Cressy",
            "date_document": "2026-01-31",
            "montant_ht": "7000.00",
            "montant_tva": "1400.00",
            "montant_ttc": "8400.00",
        },
    ),
    (
        "certificat_paiement",
        """Atelier Nord
PROPOSITION DE PAIEMENT N° 3
Au maître de l'ouvrage : OPH du Vexin
Nous certifions que l'entreprise Menuiserie Fabre SARL, titulaire du lot 6 (marché 25-M-090) de l'opération 24 logements rue Haute, peut prétendre au paiement d'un acompte arrêté comme suit :
Montant HT des travaux du mois : 21 000,00 €
TVA 10 % : 2 100,00 €
Montant TTC : 23 100,00 €
Retenue 5 % : 1 155,00 €
Net : 21 945,00 €
Paris, le 6 avril 2026""",
        {
            "maitre_oeuvre": "Atelier Nord",
            "ref_situation": "3",
            "donneur_ordre": "OPH du Vexin",
            "entreprise": "Menuiserie Fabre SARL",
            "lot": "6",
            "ref_marche": "25-M-090",
            "chantier": "24 logements rue Haute",
            "montant_ht": "21000.00",
            "montant_tva": "2100.00",
            "montant_ttc": "23100.00",
            "date_document": "2026-04-06",
            "date_signature": "2026-04-06",
        },
    ),
    (
        "doe_bordereau",
        """# TRANSMISSION DE DOCUMENTS
Dossier des ouvrages exécutés
Expéditeur : Électro Vannier SAS
Destinataire : Atelier Nord
Pour le compte de : Ville de Montrelay
Opération : Extension du gymnase Colette - marché 2025-TX-44 - lot 5
Envoyé le 03/03/2026
Pièces jointes :
[x] Schémas unifilaires
[x] Notices des luminaires
[x] Rapport Consuel
Total : 3 pièces
Reçu le 04/03/2026, signature :""",
        {
            "entreprise": "Électro Vannier SAS",
            "maitre_oeuvre": "Atelier Nord",
            "donneur_ordre": "Ville de Montrelay",
            "chantier": "Extension du gymnase Colette",
            "ref_marche": "2025-TX-44",
            "lot": "5",
            "date_document": "2026-03-03",
            "nb_documents": 3,
            "date_signature": "2026-03-04",
        },
    ),
    (
        "facture",
        """Location Levage Ouest SAS - RCS 732 829 320 - SIRET 732 829 320 00074
FACTURE 44-1187 DU 28/02/2026
Client n° 10442
Bati Ouest SA
BP 14 - 44000 Nantelle
Chantier livré : Groupe scolaire Pasteur
Votre n° de commande : 4500771
Nacelle 12 m - 5 jours | 5 | 180,00 | 900,00
Transport | 1 | 150,00 | 150,00
Net HT | 1 050,00
TVA 20,00 % | 210,00
Net à payer | 1 260,00 EUR
Paiement par virement à 30 jours : 30/03/2026""",
        {
            "entreprise": "Location Levage Ouest SAS",
            "siret": "73282932000074",
            "ref_facture": "44-1187",
            "date_document": "2026-02-28",
            "donneur_ordre": "Bati Ouest SA",
            "chantier": "Groupe scolaire Pasteur",
            "ref_commande": "4500771",
            "montant_ht": "1050.00",
            "montant_tva": "210.00",
            "montant_ttc": "1260.00",
            "date_echeance": "2026-03-30",
        },
    ),
    (
        "facture",
        """>Ville de Montrelay
>Service comptabilité
>1 place de la Mairie
>72100 Montrelay
TP Combier SAS
ZI Nord 72000 Mansac
Tél. 02 00 00 00 00 - Siret : 732 829 320 00074
Mansac, le 31 mars 2026
Facture N° 260331-02
Marché n° 24S0087 - Réaménagement de la place du Marché
Situation n° 3 - mars 2026
Montant des travaux | 50 000,00 €
T.V.A. 20 % | 10 000,00 €
Montant T.T.C. | 60 000,00 €
Échéance : 30 avril 2026""",
        {
            "donneur_ordre": "Ville de Montrelay",
            "entreprise": "TP Combier SAS",
            "siret": "73282932000074",
            "date_document": "2026-03-31",
            "ref_facture": "260331-02",
            "ref_marche": "24S0087",
            "chantier": "Réaménagement de la place du Marché",
            "ref_situation": "3",
            "montant_ht": "50000.00",
            "montant_tva": "10000.00",
            "montant_ttc": "60000.00",
            "date_echeance": "2026-04-30",
        },
    ),
    (
        "autre",
        """Agence Périgaud
>Couverture Barral SARL
Objet : réserves non levées - mise en demeure
Malgré le procès-verbal de réception du 3 mars 2026, les réserves ne sont toujours pas levées. Nous vous mettons en demeure
de les lever avant le 15 mai 2026.""",
        {},
    ),
    (
        "autre",
        """# DEVIS ESTIMATIF
Le présent devis vaut commande après signature. Réception des travaux à l'achèvement.
Total TTC 4 800,00 €""",
        {},
    ),
    (
        "autre",
        """# ATTESTATION DE TVA À TAUX RÉDUIT
Je soussigné, maître d'ouvrage, atteste que les travaux""",
        {},
    ),
    (
        "autre",
        """PV DE RÉCEPTION DES SUPPORTS
Le lot carrelage accepte les supports du lot chape sans réserve
Date 12/03/2026""",
        {},
    ),
    (
        "autre",
        """# PROCÈS-VERBAL D'ESSAIS ET DE MISE EN SERVICE
Installation de chauffage - essais sans réserve""",
        {},
    ),
    (
        "autre",
        """# AVENANT N° 2
Marché 2025-12 - lot 3
Montant initial HT 100 000,00 - nouveau montant HT 112 000,00""",
        {},
    ),
    (
        "autre",
        """# DÉCOMPTE GÉNÉRAL ET DÉFINITIF
Marché 2025-12
Montant total des travaux HT 112 000,00""",
        {},
    ),
    (
        "autre",
        """NOTE D'INFORMATION
La facturation électronique devient obligatoire. Vos factures devront comporter le numéro de commande.""",
        {},
    ),
    (
        "autre",
        """# RAPPORT DE VISITE DE CHANTIER N° 8
Observations : réserve sur l'étanchéité, réception à programmer""",
        {},
    ),
    (
        "autre",
        """# RELEVÉ DE SITUATION COMPTABLE
Facture F-1 10/01/2026 1 200,00 €
Facture F-2 10/02/2026 900,00 €
Solde dû 2 100,00 €""",
        {},
    ),
    (
        "autre",
        """# CONTRAT D'ENTRETIEN
Article 7 - réception des prestations""",
        {},
    ),
    (
        "autre",
        """# FACTURE PRO FORMA N° PF-12
Total TTC 1 200,00 €""",
        {},
    ),
    (
        "facture",
        """# AVOIR N° A-12 sur facture F-2026-031
Total TTC -1 200,00 €""",
        {"ref_facture": "A-12", "montant_ttc": "-1200.00"},
    ),
    (
        "facture",
        """> SARL Plomberie Vautrin
# NOTE DE CRÉDIT
Numéro : NC-77 | Date : 12/03/2026
En annulation de la facture n° FC-2025-0454
Total HT | 500,00 €
TVA 20 % | 100,00 €
Total TTC | 600,00 €""",
        {
            "ref_facture": "NC-77",
            "date_document": "2026-03-12",
            "montant_ht": "500.00",
            "montant_tva": "100.00",
            "montant_ttc": "600.00",
        },
    ),
    (
        "autre",
        """# CERTIFICAT DE CONFORMITÉ
Nous certifions que l'installation est conforme""",
        {},
    ),
    (
        "pv_reception",
        """Ville de Montrelay
>Menuiseries Aubert et Fils
>ZA des Portes 72990 Montrelay
Lettre recommandée avec accusé de réception
Opération : Crèche des Lilas
Marché à procédure adaptée : 25-CR-07
Objet | Réception de vos travaux : décision

Monsieur,
À la suite de la visite du 4 mai 2026, l'architecte préconisait une réception avec réserves au 4 mai 2026.
Au vu des infiltrations persistantes en façade nord, je refuse de prononcer la réception de votre lot.
Montrelay, le 18 mai 2026
Le maire""",
        {
            "decision": "refusee",
            "entreprise": "Menuiseries Aubert et Fils",
            "chantier": "Crèche des Lilas",
            "ref_marche": "25-CR-07",
            "date_signature": "2026-05-18",
        },
    ),
    (
        "pv_reception",
        """# FICHE DE RÉCEPTION DES TRAVAUX
Client : SCI des Glycines
Entreprise : Toitures Morvan SARL
L'acheteur prononce la réception | Oui | Non
sans réserve | | X
avec réserves |  X | .
et refuse les ouvrages | | X
Bon pour réception. Tournac, le 12/02/2026""",
        {"donneur_ordre": "SCI des Glycines", "entreprise": "Toitures Morvan SARL"},
    ),
    (
        "pv_levee_reserves",
        """Aménageur Rive Neuve
# PV de levée de réserves n° 1
Remise en état des locaux communs
Réception du 05/01/2026
MO SNC Rive Neuve | Entr. Serrurerie Pelland | MOE Atelier Bize
N° | Libellé | Levée | Maintenue | Suite
1 | Garde-corps | ✓ | . | vu
2 | Ferme-porte | . | ✗ | en commande
Bilan : 1 réserve levée sur 2
Contrôle du 02/03/2026
Pour le maître d'ouvrage, le 04/03/2026""",
        {
            "decision": "levee_partielle",
            "reserves": True,
            "reserves_list": ["Ferme-porte"],
            "donneur_ordre": "SNC Rive Neuve",
            "entreprise": "Serrurerie Pelland",
            "maitre_oeuvre": "Atelier Bize",
            "date_levee": "2026-03-02",
            "date_signature": "2026-03-04",
        },
    ),
    (
        "ordre_service",
        """Plateforme marchés - Ville de Montrelay
Ordre de service n° | Émission le | Date d'effet
7 | 02/03/2026 | 09/03/2026
Acheteur : Ville de Montrelay · Contrat : 25R118 · Lot 05 · Attributaire : Charpentes du Layon
Il vous est prescrit de démarrer les travaux de charpente.
Journal
02/03/2026 16:02 - signé électroniquement par J. Morand
03/03/2026 09:15 - notifié à l'attributaire""",
        {
            "ref_os": "7",
            "donneur_ordre": "Ville de Montrelay",
            "entreprise": "Charpentes du Layon",
            "ref_marche": "25R118",
            "date_effet": "2026-03-09",
            "date_signature": "2026-03-02",
        },
    ),
    (
        "situation",
        """Plomberie Vaillant SARL
SIRET 732 829 320 00074
>Monsieur le Directeur
>Office public de l'habitat de Tournac
>37990 TOURNAC
Tournac, le 30 avril 2026
Situation n° 4 (avril 2026) - lot 9 Plomberie - Résidence des Ormes, marché OPH-25-9 - maître d'œuvre : Studio Lerne

Monsieur le Directeur,
Nous vous prions de trouver ci-après notre situation de travaux du mois d'avril 2026. Le montant de la présente
situation est de 12.000,00 € HT, soit avec 2.400,00 € de TVA (20 %) un montant de 14.400,00 € TTC.""",
        {
            "ref_situation": "4",
            "siret": "73282932000074",
            "date_document": "2026-04-30",
            "montant_ht": "12000.00",
            "montant_ttc": "14400.00",
        },
    ),
    (
        "pv_reception",
        """SYNDIC LORMEAU
# PROCÈS-VERBAL DE RÉCEPTION
1 | Nom de l'opération | 2 | Marché
- | Réfection du parking couvert | - | SL-26-003
3 | Attributaire | 4 | N° d'identification (SIRET)
- | Sols Techniques Barrel | - | 732 829 320 00074
5 | Lot | 6 | Maîtrise d'œuvre
- | 2 - Résines | - | Bureau d'études Anse
7 | Date de la visite | 8 | Date d'effet de la réception
- | 18032026 | - | 20032026
Le maître d'ouvrage prononce la réception avec une seule réserve : marquage au sol du niveau 2 à reprendre.""",
        {
            "decision": "avec_reserves",
            "reserves": True,
            "reserves_list": ["marquage au sol du niveau 2 à reprendre"],
            "chantier": "Réfection du parking couvert",
            "ref_marche": "SL-26-003",
            "entreprise": "Sols Techniques Barrel",
            "lot": "2",
            "maitre_oeuvre": "Bureau d'études Anse",
            "date_reception": "2026-03-20",
        },
    ),
    (
        "bon_commande",
        """>Tournac, le 9 juin 2026
Foncière des Tanneurs
Ets Chauffage Morel
SIRET 732 829 320 00074
72990 Tournac
Lettre de commande FT/26/118
Affaire : Immeuble des Tanneurs
Nous vous commandons, aux conditions de votre offre P-20, les travaux suivants :
Chaudière | 9 000,00
Montant HT | 9 000,00
TVA 20 % | 1 800,00
Montant TTC | 10 800,00""",
        {"ref_commande": "FT/26/118", "montant_ttc": "10800.00"},
    ),
]
