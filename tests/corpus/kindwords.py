# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How papers of each kind are worded in French building practice: what the model of kinds learns from.

Each kind has its titles and the sentences of its text. ``autre`` is told apart by what the paper is; those
papers talk of all the others.
"""

TITLES = {
    "pv_reception": """Procès-verbal de réception
PV de réception des travaux
P.V. DE RECEPTION
Procès-verbal de réception de travaux avec réserves
Procès-verbal de réception sans réserve
Réception des travaux – Procès-verbal
Réception de chantier
Réception des ouvrages
Constat de réception
Constat contradictoire de réception
Décision de réception
EXE6 décision de réception
Réception – décision du maître de l'ouvrage
Attestation de réception des travaux
Certificat de réception
Certificat de réception des ouvrages
Certificat d'achèvement et de réception
Fiche de réception de chantier
Fiche de fin de chantier – réception
Bon de fin de travaux
Attestation de fin de travaux et de réception
Constat d'achèvement des travaux
Déclaration de réception
Acte de réception
Acceptation des travaux
Procès-verbal de fin de travaux
Réception avec réserves
Réception partielle des travaux
Réception tacite constatée
Refus de réception
Décision de non-réception
Décision de refus de réception des travaux
Réception des travaux sous-traités
Procès-verbal de réception entre entreprise principale et sous-traitant
Réception du lot 4
Procès-verbal de réception de l'ouvrage (article 1792-6 du Code civil)
Procès-verbal de réception – maison individuelle
Réception de l'installation
Procès-verbal de livraison et de réception de l'ouvrage
Réception des prestations""",
    "pv_opr": """Procès-verbal des opérations préalables à la réception
PV d'OPR
OPR – liste des réserves
Liste des réserves OPR
Liste des réserves avant réception
EXE4 procès-verbal des opérations préalables à la réception
Opérations préalables à la réception
Opérations préalables à la réception des travaux – procès-verbal
EXE5 propositions du maître d'œuvre
Propositions du maître d'œuvre
Proposition de réception
Proposition du maître d'œuvre sur la réception
Rapport du maître d'œuvre sur les opérations préalables
Visite préalable à la réception – constat
Pré-réception – liste de réserves
Procès-verbal de pré-réception
Visite de pré-réception
PV OPR lot 3
Constat des opérations préalables
Avis du maître d'œuvre sur la réception
Relevé de réserves avant réception
Compte rendu des opérations préalables à la réception""",
    "pv_levee_reserves": """Procès-verbal de levée des réserves
PV de levée de réserves
Levée des réserves
Levée de réserves – constat
Constat de levée des réserves
Décision de levée des réserves
EXE9 décision relative à la levée des réserves
EXE8 procès-verbal de levée des réserves
Quitus de levée de réserves
Quitus
Mainlevée des réserves
Attestation de levée de réserves
Certificat de levée des réserves
Procès-verbal de levée partielle des réserves
Procès-verbal de levée totale des réserves
Fiche de levée de réserves
Suivi des réserves – procès-verbal de levée
Proposition de levée des réserves
Réserves levées – attestation
Lettre de levée de réserves
Notification de levée des réserves
État des réserves levées""",
    "bon_commande": """Bon de commande
BON DE COMMANDE N°
Commande n°
Commande ferme
Commande de travaux
Commande d'achat
Commande fournisseur
Commande de fournitures
Commande de sous-traitance
Lettre de commande
Lettre-commande
Purchase order
BC n°
BDC n°
Bon de commande de travaux
Bon de commande sur accord-cadre
Marché subséquent – bon de commande
Engagement de dépense – bon de commande
Ordre d'achat
Bon d'achat
Confirmation de notre commande
Commande client
Contrat de commande
Bon pour travaux
Bon de travaux
Ordre d'achat / bon de travaux n°
Bon de travaux n°
Ordre de travaux valant commande""",
    "ordre_service": """Ordre de service
ORDRE DE SERVICE N° 1
OS n° 2
O.S. n° 3 de démarrage
Ordre de service de démarrage des travaux
Ordre de service de commencement
Ordre de service prescrivant
Ordre de service d'arrêt
Ordre de service d'interruption des travaux
Ordre de service de reprise
OS d'arrêt de chantier n° 5
OS de reprise
O.S. de prescription
Ordre de service n° 5 : travaux modificatifs
Ordre de démarrage
Ordre d'exécution
EXE1 ordre de service
EXE1T ordre de service
Notification d'un ordre de service
OS de préparation de chantier
Ordre de service relatif aux prix nouveaux
Ordre de service de prolongation de délai
Ordre de commencer les travaux""",
    "situation": """Situation de travaux n° 3
Situation n° 4
Situation mensuelle
Situation provisoire
Situation cumulative
Situation d'avancement
Situation intermédiaire
État de situation
État d'avancement des travaux
Décompte mensuel
Décompte provisoire
Projet de décompte mensuel
Projet de décompte n° 3
Demande d'acompte
Demande d'acompte mensuel n° 2
Demande de paiement
Attachement de travaux
Relevé d'avancement
État d'acompte de l'entreprise
Situation financière des travaux
Décompte n° 3
Mémoire de travaux – situation""",
    "certificat_paiement": """Certificat de paiement
Certificat pour paiement
Certificat de paiement n° 5
Certificat de paiement – acompte n° 7
Certificat d'acompte
Certificat pour paiement d'acompte
Certificat administratif de paiement
Certificat mensuel
Proposition de paiement
Bon à payer
Ordre de paiement
Ordre de règlement
État d'acompte n° 2
Mandat de paiement
Autorisation de paiement
Visa pour paiement
Attestation de paiement – acompte
Certificat de mandatement
Acompte mensuel n° 3 – certificat
État de solde et d'acompte du maître d'œuvre""",
    "doe_bordereau": """Dossier des ouvrages exécutés
DOE – bordereau de remise
Bordereau de transmission du DOE
Bordereau d'envoi
Bordereau de remise des documents
Bordereau des pièces remises
Bordereau récapitulatif des documents
Bordereau de dépôt
Remise du DOE
Transmission du D.O.E.
Transmission des documents de fin de chantier
Récépissé de remise du DOE
Récépissé de dépôt
Liste des documents remis
Liste des pièces du dossier des ouvrages exécutés
Dossier de fin de chantier
Dossier des ouvrages exécutés – bordereau des pièces remises
Dossier de récolement – bordereau
Accusé de remise du DOE et du DIUO
Remise des documents après exécution
Dossier final des ouvrages – sommaire""",
    "facture": """Facture
FACTURE N°
Facture n° FA-2026-
Facture de travaux
Facture de situation
Facture d'acompte
Facture de solde
Facture définitive
Facture client
Facture fournisseur
Facture de sous-traitance
Facture – situation n° 2
Invoice / Facture
Note d'honoraires
Facture acquittée
Facture récapitulative
Facture à régler
Autofacture
Facture matériaux
Facture proforma non""",
}
TITLES["facture"] = TITLES["facture"].replace("\nFacture proforma non", "")

BODIES = {
    "pv_reception": """le maître d'ouvrage prononce la réception sans réserve
la réception est prononcée avec réserves
la réception est prononcée avec effet au
avec effet à la date du
la réception est refusée
déclare accepter les travaux sans réserve
accepte les travaux avec les réserves suivantes
décide de réceptionner les ouvrages
la réception prend effet à compter du
date d'effet de la réception
date de réception
sans réserve avec réserves refus de réception
rayer la mention inutile
point de départ des garanties légales
garantie de parfait achèvement garantie biennale garantie décennale
article 1792-6 du code civil
transfert de la garde de l'ouvrage
le maître de l'ouvrage, après avoir visité les travaux, déclare
en présence de l'entreprise dûment convoquée
nature des réserves délai de levée
réserves à lever avant le
le maître d'ouvrage l'entreprise signatures
reconnaît avoir reçu les travaux exécutés
les travaux sont réceptionnés
la réception est ajournée
sous réserve de l'exécution concluante des épreuves
liste des réserves annexée
levée des réserves date signature
au vu du procès-verbal des opérations préalables et des propositions du maître d'œuvre décide
la présente réception libère la caution retenue de garantie un an
l'état des réserves est joint
après visite contradictoire des travaux
les parties ont procédé à la réception des travaux""",
    "pv_opr": """il a été procédé aux opérations préalables à la réception
le maître d'œuvre a convoqué l'entreprise
le maître d'œuvre propose de prononcer la réception
propose de réceptionner avec réserves
propose au maître de l'ouvrage
constate l'exécution des prestations
constate que les épreuves prévues ont été exécutées
constate les imperfections suivantes
reconnaissance des ouvrages exécutés
constatations relatives à l'achèvement des travaux
repliement des installations de chantier
le titulaire a été avisé
ne vaut pas réception
ne constitue pas une décision de réception
réserves proposées
visite effectuée en présence du titulaire
date des opérations préalables
les observations relevées lors de la visite
le maître d'œuvre le titulaire
à reprendre avant la réception
date proposée pour l'achèvement des travaux""",
    "pv_levee_reserves": """les réserves sont levées
toutes les réserves émises lors de la réception ont été levées
l'ensemble des réserves est levé
levée totale levée partielle
les réserves suivantes sont maintenues
réserves restant à lever
une réserve reste à lever
réserve état levée maintenue
constaté que les travaux de reprise ont été exécutés
suite à la réception prononcée le
les réserves formulées au procès-verbal de réception du
date de levée
prononce la levée des réserves
confirme la levée des réserves
nous avons vérifié les points réservés à la réception
à l'exception des réserves ci-après
les malfaçons ont été reprises
levée non levée
donne quitus à l'entreprise
réserves levées le
réception du
décide que les réserves sont levées""",
    "bon_commande": """nous vous passons commande des travaux suivants
nous avons le plaisir de vous confirmer la commande
le présent courriel vaut bon de commande
le présent document vaut commande
cette lettre vaut commande
bon de commande commande n° donneur d'ordre entreprise chantier montant HT
veuillez nous livrer
rappeler le numéro de commande sur vos factures
fournisseur code fournisseur
adresse de livraison
délai de livraison
désignation quantité prix unitaire montant
commande passée suivant votre devis
total commande HT
conditions de règlement 45 jours fin de mois
bon pour accord le fournisseur
signature du donneur d'ordre
facture à adresser à
date de livraison souhaitée
référence article
acheteur service achats
à l'attention de
accusé de réception de commande à retourner
imputation budgétaire engagement
code analytique
les présentes conditions d'achat
montant de la commande
bon pour commande cachet et signature""",
    "ordre_service": """vous êtes invités à commencer les travaux à compter du
il vous est ordonné de commencer les travaux
il vous est prescrit de
à entreprendre les travaux à dater du
est invité à démarrer l'exécution
le délai d'exécution court à compter du
notifié à l'entreprise
accusé de réception de l'ordre de service
le titulaire reconnaît avoir reçu notification
l'entreprise dispose de quinze jours pour émettre des réserves
par le présent ordre de service
suspendre les travaux à compter du
reprendre l'exécution des travaux
délai contractuel de mois
pour le maître d'œuvre
prise d'effet
ordre de service n° notifié le
à exécuter les travaux modificatifs
le maître d'œuvre le titulaire reçu le
date de commencement des travaux
date de démarrage""",
    "situation": """travaux cumulés HT
à déduire situations antérieures
montant de la présente situation
cumul antérieur du mois
avancement pourcentage montant du marché
travaux exécutés au
situation précédente
net de la période
retenue de garantie 5 %
état des travaux exécutés
visa du maître d'œuvre
vérifié le bon à payer
montant des travaux du mois
désignation marché cumul précédent mois cumul
total cumulé reste à facturer
période du
compte prorata
net à payer TTC
vu et vérifié
mois de
% réalisé""",
    "certificat_paiement": """certifions que l'entreprise peut recevoir
le maître d'œuvre soussigné certifie
somme à payer au titulaire
montant de l'acompte
acompte n°
certifié exact
le montant à régler est arrêté à la somme de
bon à payer
net à mandater
à payer à l'entreprise
remboursement de l'avance
pénalités révision de prix
travaux cumulés HT
à déduire acomptes précédents
montant du présent certificat
retenue de garantie
vu la demande de paiement du titulaire
vérification de la situation
propose le paiement de l'acompte
délivre le présent certificat
ordonnateur comptable
vérifié le""",
    "doe_bordereau": """plans de récolement
notices d'entretien
fiches techniques
procès-verbaux d'essais
plans conformes à l'exécution
notice de maintenance
attestation décennale
rapport d'autocontrôle
désignation nombre d'exemplaires format
veuillez trouver les documents suivants
nous vous remettons les documents
documents remis
certificats de garantie
schémas électriques
consuel
reçu le
accusé de réception des documents
nombre de documents
fiches produits
dossier d'interventions ultérieures
support papier numérique
transmis par remis à
bon pour réception
pièces jointes liste""",
    "facture": """date de facture date d'échéance
total HT TVA total TTC
net à payer
conditions de règlement
pénalités de retard indemnité forfaitaire de 40 euros
règlement par virement IBAN BIC
TVA intracommunautaire
à régler avant le
escompte pour paiement anticipé néant
facturé à
client
payable à réception
échéance
autoliquidation de la TVA article 283-2
référence commande
désignation quantité prix unitaire montant
acompte déjà versé
RCS capital code APE
en votre aimable règlement
livré à
base taux montant TVA
bon de livraison
total net HT""",
}

OTHER = {
    "Devis|Devis n°|Proposition commerciale|Offre de prix|Estimation des travaux|Chiffrage|Étude et proposition": """bon pour accord
devis gratuit valable trente jours
validité de l'offre
conditions de réception des travaux
acompte à la commande
signature du client précédée de la mention
réception des travaux en fin de chantier
situations mensuelles facture de solde""",
    "Compte rendu de chantier n°|CR de chantier|Compte-rendu de réunion|Réunion de chantier|Procès-verbal de réunion|Relevé de décisions|Rapport hebdomadaire": """présents absents excusés
prochaine réunion
ordre du jour
avancement du lot
réception prévue le
levée des réserves à programmer
DOE à remettre par les entreprises
l'OS a été notifié
la situation est validée
PV de réception à signer
diffusion convoqués
action à mener par""",
    "Convocation|Invitation|Convocation aux opérations préalables à la réception|Demande de réception|Demande d'opérations préalables|Avis de passage|Avis d'achèvement des travaux|Demande de levée des réserves": """vous êtes convoqué
nous vous prions de bien vouloir assister
nous vous demandons de fixer la date de la réception
nous sollicitons la réception
vous êtes invité à la visite
se tiendront le à heures
rendez-vous sur place
intervenir pour lever les réserves""",
    "Objet : envoi du procès-verbal|Objet : procès-verbal de réception à signer|Objet : relance PV de réception|Objet : votre facture|Objet : retard de paiement|Courrier|Lettre|Objet : situation n° 3|Objet : demande de DOE|Objet : réserves": """Madame, Monsieur
veuillez trouver ci-joint
nous vous remercions de nous retourner signé
cordialement
veuillez agréer nos salutations distinguées
bonjour
je vous relance
n'est toujours pas signé
dans l'attente de votre retour
merci de nous faire parvenir
nous vous mettons en demeure
lettre recommandée avec accusé de réception
suite à notre entretien téléphonique
pourriez-vous nous transmettre
n'avons pas reçu""",
    "De : conducteur@firme.example|À : compta@firme.example|Message|E-mail|Fwd: PV de réception|RE: situation n° 4|Objet : PV réception": """bonjour
bonjour à tous
cordialement
bien à vous
bonne journée
merci de votre retour
peux-tu me dire
n'est toujours pas signé
je te transfère
le PV de réception est en attente
envoyé de mon téléphone
le maître d'ouvrage doit encore signer
la facture a-t-elle été réglée
où en est le DOE""",
    "Relance|Relevé de situation comptable|Balance client|Mise en demeure|Rappel de facture|Dernier avis|Relevé de compte|Relevé des factures|État des impayés": """reste impayée
sauf erreur de notre part
factures échues
solde dû
nous vous prions de régler
malgré nos relances
intérêts de retard
montant restant dû""",
    "Bon de livraison|Bordereau de livraison|Bon d'enlèvement|Bon d'expédition|Bon de retour": """livré à
quantité livrée
reçu en bon état
transporteur
colis palettes
sous réserve de déballage
signature du réceptionnaire
votre commande""",
    "Attestation d'assurance|Attestation décennale|Attestation de vigilance|Attestation fiscale|Certificat Qualibat|Caution de retenue de garantie|Acte de cautionnement|Attestation de capacité|Attestation sur l'honneur": """atteste que l'entreprise
contrat d'assurance n°
responsabilité civile décennale
est à jour de ses cotisations
période de validité
se porte caution solidaire
renonçant au bénéfice de discussion
pour valoir ce que de droit
ouverture de chantier""",
    "Contrat de sous-traitance|Contrat de travaux|Acte d'engagement|Avenant n°|Déclaration de sous-traitance DC4|Demande d'agrément|Cahier des clauses administratives|Convention|Notification du marché|CCAP|Marché de travaux privé|Contrat d'entretien|Contrat de maintenance|Contrat de maîtrise d'œuvre|Bail": """entre les soussignés
il a été convenu ce qui suit
article 1 objet
article réception
le prix est fixé à
conditions de paiement
paiement direct
situations mensuelles
retenue de garantie
la réception sera prononcée
le présent avenant
montant initial nouveau montant du marché
résiliation litiges""",
    "Procès-verbal d'essais|PV de mise en service|Rapport de contrôle|Rapport d'intervention|Fiche d'intervention|Fiche technique|Notice technique|Mémoire technique|Autocontrôle|Procès-verbal de réception des supports|PV de réception de matériaux|Rapport de visite|Diagnostic": """mesures relevées
essai conforme
pression débit
matériel utilisé
vérification de l'installation
caractéristiques techniques
avis du contrôleur technique
technicien intervention
support accepté avant pose
méthodologie moyens humains
notre entreprise remettra""",
    "Planning|Planning prévisionnel|Calendrier des travaux|Échéancier|Programme des interventions|Ordre du jour": """semaine
début fin durée
tâche
jalon réception
OPR
levée des réserves
livraison""",
    "Procès-verbal d'assemblée générale|Déclaration de sinistre|Constat d'huissier|Procès-verbal de constat|Plan de prévention|PPSPS|Décompte général définitif|DGD|Avoir|Note de crédit|Facture pro forma|RIB|Relevé d'identité bancaire|Avis de virement|Bulletin de paie|Kbis|Note de service|Permis de construire|DAACT|Déclaration d'ouverture de chantier|Fiche de réserves SAV|Liste de réserves acquéreur": """résolution adoptée
les copropriétaires
commissaire de justice
risques mesures de prévention
solde du décompte général
réclamation
avoir sur facture
titulaire du compte
salaire net
désordres signalés
assureur
l'administration
maître d'ouvrage
les travaux""",
    "Accusé de réception de commande|Confirmation de commande reçue|Accusé réception|Ordre de virement|Demande de prix|Appel d'offres|Règlement de consultation|Réponse à consultation": """nous accusons réception de votre commande
délai prévisionnel
votre commande a bien été enregistrée
consultation
remise des offres
critères de jugement""",
}

SHARED = """maître d'ouvrage
maître d'œuvre
entreprise
titulaire
chantier
opération
marché n°
lot n°
SIRET
objet
commune de
SARL
rue
le
signature
date
architecte
client
bon de commande n°
devis n°
montant HT
TVA 20 %
total TTC
représenté par
en qualité de
téléphone
page 1 sur 2
référence
adresse des travaux
fait à
cachet""".splitlines()
