# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a label is about whose wording no list foresees, told by its chief word.

In French the chief word of a label comes first, after words that only introduce it: ``Nom du titulaire du
lot`` is about the firm, ``Objet du marché`` about the site, ``Montant du marché`` about neither.
"""

import functools
import re

#: Words that introduce a label and leave its sense to what follows.
INTRODUCING = re.compile(
    r"(?:(?:n\s?[°o*]s?|numeros?|num|nr|no|ref|refs|references?|noms?|raison sociale|denomination(?: sociale)?|"
    r"designation|identification|identite|intitule|libelle|coordonnees|code|rappel|votre|notre|vos|nos|v|n|"
    r"concerne|concernant|pour|le|la|les|l|du|de|des|d|et|ou|a|au|aux|dit|present|presente|[a-h]|[ivx]{1,4}|\d{1,2})"
    r"(?![a-z])[\s.'°)/:-]*)*"
)
#: The chief words of each field, the longer ones first.
CHIEF = {
    "donneur_ordre": (
        r"maitr\w+ (?:d.?|de l.?)\s?ouvrages?|moa|m\.o\.a|clients?|acheteu\w+|pouvoirs? adjudicateurs?|donneu\w+ "
        r"d.?ordres?|commanditaires?|acquereurs?|proprietaires?|coproprietaires?|mandants?|bailleurs?|syndic|"
        r"entreprise (?:generale|principale|utilisatrice|donneuse d'ordres?)|entrepreneur (?:principal|general)|"
        r"collectivite|personne publique|beneficiaires?|ordonnateur|organisme|promoteur|amenageur|adherent|"
        r"destinataires?|facturation|factur\w+ a"
    ),
    "entreprise": (
        r"titulaires?|entreprises?|entrepreneurs?|fournisseurs?|sous[- ]?traitante?s?|prestataires?|attributaires?|"
        r"adjudicataires?|constructeurs?|artisans?|co-?contractants?|vendeurs?|executants?|intervenants?|"
        r"installateurs?|societes?|emetteurs?|creanciers?"
    ),
    "maitre_oeuvre": (
        r"maitr\w+ (?:d.?|de l.?)\s?oe?uvres?|moe|m\.o\.e|architectes?|bet|bureau d'etudes?|concepteurs?|economiste"
    ),
    "chantier": (
        r"chantiers?|operations?|projets?|programmes?|affaires?|objets?|travaux|sites?|lieux?|ouvrages?|"
        r"residences?|immeubles?|localisation|dossiers?"
    ),
    "ref_marche": (
        r"marches?(?: publics?| prives?)?|contrats?|conventions?|accords?[- ]cadres?|acte d'engagement"
    ),
    "ref_commande": r"bons?(?: de commande)?|commandes?|cde|bdc|bc|engagements?|order|purchase order|po",
    "ref_os": r"ordres? de service|os|o\.s",
    "ref_situation": r"situations?|acomptes?|decomptes?|certificats?",
    "ref_facture": r"factures?|pieces?|invoice",
    "lot": r"lots?|corps d'etat",
}
CHIEFS = re.compile(
    "|".join(
        f"(?P<{field}>(?:{words})(?![a-z]))"
        for field, words in sorted(
            CHIEF.items(), key=lambda item: item[0] != "donneur_ordre"
        )
    )
)
#: What may follow a chief word in a label without a colon.
MODIFYING = re.compile(
    r"(?:[\s.'°/()-]*(?:de|du|des|d|la|le|l|les|et|ou|n|no|numero|ref|reference|nom|public|publique|prive|privee|"
    r"principal|principale|generale?|delegue|mandataire|contractante?|concernee?s?|travaux|chantier|lot|marche|"
    r"contrat|operation|titulaire|entreprise|commande|client|execution|realisation|intervention|livraison|"
    r"nature|lieu|adresse|designation|objet|intitule|siege|code|facture|base|moa|moe|achat|initiale?|prestations?|ouvrages?|emettrice|executante?)(?![a-z]))*"
    r"[\s.'°/():-]*"
)
#: A value that follows one of these is none of the party's own name.
NO_NAME = re.compile(
    r"adresse|siret|siren|tel|mail|contact|signa|visa|cachet|date|qualite|represent|responsable|interlocuteur|"
    r"montant|delai|suivi"
)


@functools.lru_cache(maxsize=2048)
def meaning(label, whole=False):
    """The field that a label is about, or None.

    :param label: plain text
    :param whole: whether it must be nothing but the label
    """
    introduced = INTRODUCING.match(label)
    match = CHIEFS.match(label, introduced.end())
    if not match or NO_NAME.search(label):
        return None
    if whole and not MODIFYING.fullmatch(label, match.end()):
        return None
    return match.lastgroup
