# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wordings of labels.

Patterns are on `values.plain` text: lower case, no accents, œ as one o (``oe?uvre``).
"""

import re

NUMBER = r"(?:\s*\(?\s*(?:n\s?[°ºo*'\"]|n°s?|nr|num(?:ero)?\.?|ref(?:erence)?\.?|no\.)\s*\)?)?"

PARTY_AND_PLACE = {
    "donneur_ordre": (
        r"(?:le |la |au |represent\w* (?:du |de la )|identification (?:de l'|du )|nom du |nom de l'|pour le )?"
        r"(?:maitre d.?\s?ouvrage|maitre de l'?\s?ouvrage|maitrise d.?\s?ouvrage|m\.?o\.?a\.?|client(?:e)?|"
        r"acheteur(?: public)?|pouvoir adjudicateur|entite adjudicatrice|personne publique|collectivite|"
        r"donneur d.?ordres?|commanditaire|destinataire|facture+ a|adresse de facturation|"
        r"adressee? a|doit|maitre d'ouvrage delegue|societe cliente|entreprise principale|entreprise generale|"
        r"beneficiaire(?: des travaux)?|proprietaires?|coproprietaires|syndic|bailleur|pour le compte de|vendu a|"
        r"client facture|code client|maitres de l'ouvrage|organisme acheteur|service acheteur|societe donneuse "
        r"d'ordres?|"
        r"donneuse d'ordres?|ordonnateur|mandant|preneur|facture au nom de|facturer a|debiteur|(?:ship (?:&|"
        r"and) )?bill to|sold to|"
        r"customer|buyer|demandeur|entite|etablissement|autorite (?:contractante|delegante)|amenageur|promoteur)"
        r"(?: public)?(?: \(?(?:m\.?o\.?a\.?|ou (?:du )?maitre (?:de l'|d')ouvrage|client|"
        r"acheteur)\)?)?(?: ou son representant)?"
    ),
    "entreprise": (
        r"(?:l'|la |le |identification (?:du |de l')|nom de l'|raison sociale (?:de l')?|denomination (?:de l')?)?"
        r"(?:entreprise|entrepreneur|entr?\.|ets controlee?|titulaire|fournisseur|artisan|sous[- ]traitant|prestataire|"
        r"attributaire|constructeur|"
        r"societe|emetteur|expediteur|vendeur|installateur|raison sociale|denomination sociale|locateur d'ouvrage|"
        r"(?:travaux )?(?:realisee?s?|executee?s?) par(?: l'entreprise)?|executant|entreprise de travaux|"
        r"cocontractant|co-contractant|creancier|intervenant|adjudicataire|"
        r"attributaire|soumissionnaire|supplier|vendor|contractor|exploitant|entreprise (?:principale )?mandataire|"
        r"groupement|beneficiaire du paiement|titulaire \(entreprise\)|maitre artisan|facture par)"
        r"(?: titulaire| contractante?| executante?| intervenante?| concernee| signataire)?"
        r"(?: \(?(?:titulaire|entreprise|fournisseur)\)?)?(?: du (?:marche|lot|contrat)(?: public)?)?"
    ),
    "maitre_oeuvre": (
        r"(?:le |la |l'|identification (?:du |de la )|nom du )?(?:maitre d.?\s?oe?uvre|"
        r"maitrise d.?\s?oe?uvre|m\.?o\.?e\.?(?:x)?|"
        r"architectes?|concepteur|cabinet|bureau de controle technique et moe|bureau d'etudes|b\.?e\.?t\.?|"
        r"equipe de maitrise d.?oe?uvre|maitre doe?uvre|maitrise doe?uvre)"
        r"(?: d'execution| mandataire| de l'operation)?(?: \(?m\.?o\.?e\.?\)?)?"
    ),
    "chantier": (
        r"(?:nom (?:du |de l')|intitule (?:du |de l'|de la )|"
        r"designation (?:du |de l'|des )|adresse (?:et |ou |/ ?)(?:designation|nature) (?:du |de l'|des )|"
        r"adresse (?:du )|"
        r"reference (?:du )|lieu (?:du |des )|libelle (?:du |de l'))?"
        r"(?:chantier|chant\.|operation|programme|lieu(?:x)?|affaire|aff\.|concerne|dossier|projet|batiment|"
        r"immeuble|adresse (?:des |du "
        r")?(?:travaux|chantier)|"
        r"reference chantier|lieu (?:d'execution|de realisation|d'intervention|des travaux|de livraison)|"
        r"site de (?:livraison|travaux)|livre (?:a|sur)|ship to|deliver(?:y)? to|project|job site|installation|"
        r"objet(?: du marche(?: public)?| des travaux|"
        r" de la consultation| de l'operation)?"
        r"|ouvrage|travaux(?: realises| executes| concernes)?|site|lieu d'intervention|lieu de livraison|"
        r"livraison|adresse de livraison)"
        r"(?: concernee?| de travaux| / operation| / chantier)?"
    ),
}
OTHER_LABELS = (
    r"m(?:ar)?che(?: public)?(?: de travaux)?|n° (?:de |du )?(?:marche|contrat|commande|lot|facture|situation|"
    r"siret)|contrat|lot(?:s)?|"
    r"n° et designation du lot|numero et intitule du lot|siret|siren|tva intra\w*|n° tva|tel(?:ephone)?|"
    r"fax|mail|e-?mail|courriel|adresse|"
    r"date(?: de| d'| du| \w+)*|echeance|reference?s?|ref|v/ref|n/ref|vos references|nos references|"
    r"periode|mois|situation|montant|delai|commande|bon de commande|"
    r"facture|devis|objet|representee? par|interlocuteur|conditions? de (?:paiement|reglement)|"
    r"mode de reglement|emis le|etabli le|"
    r"(?:pour|signature (?:de|du)|cachet (?:de|du)) ?(?:le |la |l')?(?:entreprise|entrepreneur|titulaire|"
    r"maitre d.?ouvrage|maitre de l.?ouvrage|client|maitre d.?oe?uvre)|"
    r"page|code|qualite|nom|signature|cachet|visa|reserves?|observations?|designation|motifs?|phase|"
    r"tranche|iban|bic|contact|nature des travaux|corps d'etat"
)
SEPARATOR = re.compile(
    r"\s*(?:/\s?[a-z' ]{3,30}\s*(?::|$)|\([a-z,'. ]{2,40}\)\s*:?|[:;=]|\.{2,}|(?<=\s)-(?=\s))\s*"
)
LEAD = r"(?:(?:[a-h]|[ivx]{1,4}|\d{1,2})\s?[.)/-]\s+|[-•*▪►>■●◆□◼]\s*|article \d+\s?[:.-]\s*)?"

STRICT = {
    field: re.compile(
        LEAD
        + r"(?P<label>"
        + pattern
        + r")"
        + NUMBER
        + r"(?=\s*[:;=]|\s*\.?\s*$|\s+-\s|\s*\.{2,}|\s?/\s?[a-z' ]{3,30}\s*(?::|$)|\s?\([a-z,'. ]{2,40}\)\s*(?::|$))"
    )
    for field, pattern in PARTY_AND_PLACE.items()
}
ANY_LABEL = re.compile(
    r"(?<![\w'])(?:"
    + "|".join([*PARTY_AND_PLACE.values(), OTHER_LABELS])
    + r")"
    + NUMBER
    + r"\s*:",
    re.IGNORECASE,
)
WHOLE_LABEL = re.compile(
    LEAD
    + r"(?:"
    + "|".join([*PARTY_AND_PLACE.values(), OTHER_LABELS])
    + r")"
    + NUMBER
    + r"\s*[:.]?\s*(?:\([^)]*\))?\s*$"
)

#: Abbreviated labels without a colon: ``MO SNC Univers``, ``Entr. Duval``, ``Aff. Les Ormes``.
ABBREVIATED = re.compile(
    r"(?:(?P<donneur_ordre>M\.?O\.?A?\.?)|(?P<maitre_oeuvre>M\.?O\.?E\.?)|(?P<entreprise>Entr\.|Tit\.)|"
    r"(?P<chantier>Aff\.|Chant\.|Op\.))\s+(?=[A-ZÀ-Ý])"
)
#: Words that begin a label, whatever follows them.
GENERIC_LABEL = re.compile(
    r"(?:n ?°|numero|number|date|dates|lieu|nom|noms|prenom|adresse|address|code|codes|montant|amount|delai|delais|"
    r"duree|objet|type|mode|conditions|service|contact|tel|telephone|mail|courriel|siret|siren|engagement|imputation|"
    r"page|quantite|qte|ref|refs|reference|references|nature|intitule|designation|description|denomination|"
    r"identification|qualite|statut|role|periode|mois|echeance|version|indice|phase|fait a|visa|signature|cachet|"
    r"remarques?|observations?|resp|etat|avis|statut|article|libelle|total|prix|unite|poste|support|"
    r"realisee?s? par|executee?s? par|suivi par|dossier suivi|emis|emission|reglement|paiement|votre|notre|vos|"
    r"nos|your|our|terms?|currency|devise)"
    r"(?:[ './-][a-z°'./() -]{0,34})?\s*:?\s*"
)
#: A value that names another field is none of this one's.
FOREIGN_VALUE = re.compile(
    r"(?:lots?|marche|contrat|siret|siren|tel|n ?°|fax|tva|page|devis|commande|facture|situation|delai|montant|ref)\b"
    r"[^a-z]{0,3}(?:n ?°|no)?\W{0,3}[a-z]{0,4}[-/. ]?\d"
)
#: Labels that tell what a value is, and not whose.
NEUTRAL = re.compile(
    r"(?:raison sociale|nom|denomination(?: sociale)?|societe|identite|nom ou raison sociale)\s*:?"
)
