# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who signs which kind of paper, and how an electronic signature is told."""

import re

OWNER = (
    r"maitre d.?\s?ouvrage|maitre de l'?\s?ouvrage|maitrise d.?\s?ouvrage|client|acheteur|"
    r"pouvoir adjudicateur|representant du|donneur d.?ordres?|moa\b|personne publique|la collectivite|"
    r"le maire|le president|pour (?:la|le) (?:commune|ville|societe|sci|sccv)|proprietaire|ordonnateur|"
    r"entreprise (?:generale|principale)|entrepreneur principal|le syndic|bailleur|autorite contractante|"
    # Beside the builder and the designer, whoever is signed for ordered the works.
    r"^pour (?:le |la |l'|les )(?!entrepr|titulaire|societe|maitre d.?\s?oe?uvre|maitrise d.?\s?oe?uvre|"
    r"moe\b|architecte|agence|cabinet|atelier|bureau|bet\b|groupement|mandataire|cotraitant|sous-?traitant|"
    r"fournisseur|prestataire|constructeur|destinataire|travaux|prix|montant|somme|suite|surplus)"
)
DESIGNER = (
    r"maitre d.?\s?oe?uvre|maitrise d.?\s?oe?uvre|moe\b|architecte|bureau d'etudes"
)
BUILDER = r"entreprise|entrepreneur|titulaire|fournisseur|sous-traitant|prestataire|constructeur|destinataire"
ISSUER = (
    r"signature|signataire|visa|cachet|bon pour accord|le responsable|la direction|le gerant|service achats?|"
    r"acheteur|pour ordre|emetteur|directeur|directrice|responsable|president|\bmaire\b|adjoint|chef de service|"
    r"conducteur|charge d'|tresori|gestionnaire|secretaire general|le representant|bon pour|signature"
)
#: Kinds that only their issuer signs, as a rule.
ALONE = ("certificat_paiement", "ordre_service", "bon_commande")
#: Who else signs a kind of paper: strokes in their place are not the decider's.
OTHERS = {
    "pv_reception": [BUILDER, DESIGNER],
    "pv_opr": [BUILDER],
    "pv_levee_reserves": [BUILDER],
    "bon_commande": [BUILDER],
    "ordre_service": [BUILDER, r"\brecu\b|accuse|notification"],
    "situation": [],
    "certificat_paiement": [BUILDER],
    "doe_bordereau": [
        r"entreprise|entrepreneur|titulaire|emetteur|expediteur|remis par|"
        r"^(?:le |la |l')?(?:gerant|directeur|directrice|president|dirigeant|conducteur|charge|responsable)"
    ],
}
RECEIPT = r"recu|reception|destinataire|accuse|remis a|visa|signature du"
#: The places where each kind's decider signs, best first.
PLACES = {
    "pv_reception": [
        OWNER,
        r"^(?:le |la |l')?(?:directeur|directrice|maire|president|presidente|adjoint|vice-president|gerant)",
    ],
    "pv_opr": [DESIGNER, ISSUER, OWNER],
    "pv_levee_reserves": [OWNER, DESIGNER],
    "bon_commande": [OWNER, ISSUER],
    "ordre_service": [DESIGNER, OWNER, ISSUER],
    "situation": [
        DESIGNER,
        OWNER,
        r"verifi|visa|vise|bon a payer|valide|controle",
        BUILDER,
        ISSUER,
    ],
    "certificat_paiement": [
        DESIGNER,
        OWNER,
        r"verifi|certifi|visa|bon a payer",
        ISSUER,
    ],
    "doe_bordereau": [RECEIPT, OWNER],
}
ELECTRONIC = re.compile(
    r"signe(?:e|s)? electroniquement|signature electronique|electronically signed|docusign|yousign|"
    r"universign|signe numeriquement|digitally signed|certificat de signature|signe par voie electronique|"
    r"^\W*signee? par\s?:|e-signature|validation electronique|valide electroniquement|signature eidas|\beidas\b|"
    r"signature avancee"
)
NEGATED = re.compile(
    r"(?:non|pas|a|sera|doit etre|en attente de|peut etre|pourra etre|vaut) (?:\w+ )?(?:signe|signature)|en attente"
)
SENDER = re.compile(r"emetteur|expediteur|entreprise")
#: Kinds that whoever made them out and whoever checks them sign: any of them counts.
EITHER = ("situation",)


def names(text, pattern, kind):
    """Whether a short plain text names who signs by a pattern of a kind of paper."""
    if len(text) > 75 or not re.search(pattern, text):
        return False
    if pattern == RECEIPT and SENDER.search(text):
        return False
    # ``Bon pour accord, l'entreprise``: what anybody may sign with is the other's when it names the other.
    return pattern != ISSUER or not any(re.search(p, text) for p in OTHERS[kind])
