# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of firms, buyers, architects and sites: how they look, where they end, what they sound like."""

import functools
import re

from .values import plain

FORMS = (
    r"s\.?a\.?r\.?l\.?u?|s\.?a\.?s\.?u?|e\.?u\.?r\.?l\.?|e\.?i\.?r\.?l\.?|s\.?a\.?|s\.?n\.?c\.?|"
    r"s\.?c\.?o\.?p\.?|scic|ei|ets|etablissements|entreprise|societe"
)
BUYERS = (
    r"s\.?c\.?i\.?|s\.?c\.?c\.?v\.?|e\.?a\.?r\.?l\.?|g\.?a\.?e\.?c\.?|commune|ville|mairie|departement|"
    r"region|metropole|communaute|syndicat|"
    r"o\.?p\.?h\.?|office|habitat|hlm|conseil|centre hospitalier|hopital|chu|universite|lycee|college|"
    r"ministere|prefecture|etat|"
    r"agglomeration|agglo|association|copropriete|sdc|fonciere|promotion|immobiliere?|bailleur|logements?|"
    r"residences?|"
    r"m\.?|mme|mr|monsieur|madame|m\. et mme|caf|cpam|ccas|sivom|siaep|regie|groupe scolaire|rectorat|"
    r"sdis|ehpad|clinique|indivision"
)
DESIGNERS = (
    r"architectes?|architecture|atelier|bureau d'etudes|ingenierie|b\.?e\.?t\.?|cabinet|maitrise d|moe|"
    r"economiste|bureau|agence|conception|concept|studio|design"
)
WORKS = re.compile(
    r"^(?:la |le |les |l')?(?:construction|rehabilitation|renovation|extension|amenagement|"
    r"restructuration|creation|refection|"
    r"residence|transformation|mise (?:en|aux)|surelevation|requalification|rehab\w*|reconstruction|"
    r"demolition|modernisation|"
    r"travaux (?:de|d')|isolation|ravalement|groupe scolaire|ecole|maison|villa|immeuble|logements|"
    r"lotissement|batiment|halle|"
    r"remplacement|parking|demi-pension|gendarmerie|caserne|station d|veranda|terrasse|appartement|pavillon|"
    r"entrepot|passerelle|voirie|stade|piscine|tribunes?|reamenagement|changement|pose|fourniture et pose|raccordement|"
    r"programme|surelevation|entretien|mediatheque|gymnase|salle|creche|hangar|zac|pole|centre|\d+ logements|"
    r"agrandissement|restauration|reparation|desamiantage|assainissement|elargissement|enfouissement|confortement|"
    r"consolidation|viabilisation|securisation|remise (?:en|a)|electrification)\b"
)
TRADES = (
    r"maconnerie|toitures?|couverture|plomberie|electricite|energie|menuiserie|charpente|peinture|sols|"
    r"carrelage|platrerie|isolation|"
    r"batiment|construction|btp|bat|terrassement|vrd|materiaux|negoce|depot|distribution|elec|chauffage|"
    r"clim|facades?|etancheite|metallerie|serrurerie|ascenseurs?|"
    r"bois|beton|demolition|renov|paysages?|freres|fils|locations?|fournitures|outillage|levage|"
    r"echafaudages?|ravalement|cloisons|zinguerie|thermique|genie civil"
)
ADDRESS = re.compile(
    r"(?:,|\s[-–—]|\s\(|\s)\s*(?:\d{1,4}(?:,| bis| ter)?,?\s+(?:rue|avenue|av\.?|bd|boulevard|allees?|"
    r"chemin|impasse|place|quai|route|cours|square|zone|zi|za|zac|parc|lieu|lotissement|esplanade|passage|"
    r"sentier|bis)\b"
    r"|\d{5}\s+[a-z]|(?:rue|avenue|boulevard|zone artisanale|zone industrielle|z\.?[ai]\.?|bp|cs) )"
)
CUTS = re.compile(
    r"[\s,;(\[-]*\b(?:\d{3} ?\d{3} ?\d{3}|\d{14}|siret|siren|rcs|r\.c\.s|tva intra|n° tva|code ape|naf|"
    r"capital|tel|telephone|email|fax|representee? par|repr\.|ci-apres|dont le siege|sise?|demeurant|"
    r"maitre d'oe?uvre|maitre d'ouvrage|maitre de l'ouvrage|immatricule|inscrite?|au capital|dite?\b|s/c|"
    r"agissant|ayant|pour le lot|titulaire du|lot n|lot \d\w*|marche n|"
    r"marche [a-z]{0,6}[ /-]?\d\w*|titulaire|"
    r"d'une part|d'autre part|mandataire|en qualite|qualite|domicilie|contact|affaire suivie|"
    r"atteste|certifie|declare|a execute|a procede|nous avons|nous vous|prononce|represente|accepte)\b"
)
NOT_NAMES = re.compile(
    r"^(?:madame|monsieur|mesdames|messieurs)(?:\W+(?:et )?(?:madame|monsieur|mesdames|messieurs))*\W*$|"
    r"^(?:direction|service)s? (?:de la |de l'|d[eu]s? |d')?(?:patrimoine|travaux|batiments?|achats|technique|"
    r"construction|comptab)|"
    r"^represent\w+ par|^article \d|^(?:et|ou|de|du|la|le|les|des|a|en|par|pour|nom|date|signature|"
    r"cachet|fait|lu|bon|l'|d'|n°|ref|page|"
    r"tel|:|siret|reserves?|observations?|reception|sans|avec|neant|oui|non|"
    r"adresse|montant|total|qualite|designation|prononce|decide|declare|accepte|reconnait|soussigne|"
    r"titulaire|entreprise|marche|lot|est|sont|devra|doit|s'engage|constate|atteste|certifie)\b.{0,3}$|"
    r"^\W*$|^(?:l'? ?|le ?|la ?)?(?:architecte|maitre ?d'oe?uvre|maitre ?d'ouvrage|maitre ?de ?l'ouvrage|client|"
    r"entreprise|entrepreneur|acheteur)\b\W*"
    r"(?:le|du|la)?\W*$"
)
SENTENCE = re.compile(
    r"(?<![-\w])(?:est|sont|sera|seront|doit|devra|decide|declare|prononce|reconnait|accepte|"
    r"soussignee?s?|ont ete|a ete|avons|avez|vous|nous|constate|propose|signature|cachet|dument|"
    r"apres avoir|s'engage|ci-dessus|ci-dessous|suivante?s?)\b"
)
#: The words of titles, which are nobody's name.
PAPERS = re.compile(
    r"\b(?:chorus|liberte|egalite|fraternite|ccag|ccap|cctp|norme|article \d|proces|p\.?v\.?|reception|"
    r"facture|avoir|note de credit|commande|ordre de|o\.s\.|situation|certificat|page|"
    r"date|bordereau|dossier|n°|marches? publics?|republique|formulaire|exe ?\d|decision|"
    r"levee|operations prealables|reserves?|etat|decompte|acompte|recepisse|lot|travaux concernes|"
    r"lettre recommandee|recommande avec|purchase|acceptance|cde|order|invoice|delivery|quotation|receipt|ministere|"
    r"direction des aff|annexe|titre|objet|periode|"
    r"total|montant|designation|propositions?|accuse|recu|net a|autoliquidation|tva|payer|retenue|"
    r"acompte|penalites|iban|bic)\b"
)


@functools.lru_cache(maxsize=2048)
def clean_name(text):
    """A name without the address, numbers and words that follow it."""
    text = re.sub(r"\s+", " ", text).strip(" .:;,-–—_|*•")
    text = re.sub(
        (
            r"^(?:(?:[Vv]u|[Aa]u (?:vu|regard)|[Ss]ur|[Ss]uivant|[Ss]elon|[Dd]'après|[Ss]uite|[Aa]près|"
            r"[Cc]onformément)\b.{0,60}?\s(?:de|par)|(?![Cc]ommunaut|[Cc]opropri)[VÉéÀaCc]\w+(?:é|ée|és)\b.{0,60}?\spar)"
            r"\s(?:l['’]|la |le )?(?=[A-ZÉÈÀ])"
        ),
        "",
        text,
    )
    text = re.sub(
        r"^[Ss]ign\S+ (?:électroniquement|numériquement).{0,40}? par ", "", text
    )
    text = BY.sub("", re.split(r"\s[·•|]\s", text)[0])
    text = _firm_of(ON_BEHALF.sub("", text))
    text = _before_place(text)
    low = plain(text)
    ends = [m.start() for m in (CUTS.search(low, 3), _address(low)) if m]
    if ends:
        text = text[: min(ends)]
    text = re.sub(r"\s*\((?:MOA|MOE|titulaire|client|[^)]*$)\)?", "", text)
    text = re.sub(r"\s+[-–—]\s*[Nn]°?$", "", text)
    if text.count(")") > text.count("("):
        text = text.replace(")", "")
    text = re.sub(r"^(?:la|le|les) (?=[a-zà-ÿ])", "", text)
    role = ROLE.match(plain(text))
    if role and re.search(rf"\b(?:{FORMS})$", plain(text)) and role.end() < len(text):
        # ``Entreprise Sols Martin EURL``: its form shows that the first word is only its role.
        text = text[role.end() :]
    return text.strip(" .:;,-–—_|(/*•·")


TOWN_HALL = re.compile(r"[Mm]airie|[Hh][ôo]tel d")
#: A person before what she acts for: ``Marc Teule, gérant de l'agence Teule``, ``Mme Lescure, Atelier Lescure``.
ACTING = re.compile(
    r"^(?:(?:M\.|Mme|Monsieur|Madame)\s)?(?P<who>[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+){0,2}),\s"
    r"(?:[a-zà-ÿ' -]{3,40}?,?\s)?(?:de la |de l['’]|du |de |d['’]|la |le |l['’])?(?P<firm>\S.{4,80})"
)


def _firm_of(text):
    """What a person acts for, where the name says that it is a firm or a buyer."""
    match = ACTING.match(text)
    if not match or nature(match["who"]):
        return text
    firm = match["firm"]
    trade = firm.startswith("architecte") or TRADE_ONLY.match(plain(firm))
    if trade or not re.search(r"[A-ZÀ-Ý]", firm):
        return text
    sound = nature(firm)
    return firm if sound in ("donneur_ordre", "maitre_oeuvre", "entreprise") else text


def _before_place(text):
    """A name before its whole address: ``Commune d'Arles – Mairie, 13200 Arles``; what names it further stays."""
    if not re.search(r"(?:,|\s[-–—])\s*(?:[A-Z]-)?\d{5}\s+[A-ZÀ-Ý]", text):
        return text
    name, *parts = re.split(r"(\s[-–—]\s|,\s)", text)
    for gap, part in zip(parts[::2], parts[1::2], strict=False):
        if nature(part) is None or re.search(r"\d", part) or TOWN_HALL.match(part):
            break
        name += gap + part
    return name


#: What still wants an address to be a name: ``SDC 14 rue Mazagran``.
UNNAMED = re.compile(
    r"\s(?:d[eu]s?|d'|de la|au|a)$|^(?:sdc|sdic|syndicat des coproprietaires|copropriete|immeuble)$"
)


def _address(low):
    """Where a name's address begins: not after a word that still wants one, as in ``copropriété du 17 rue Foch``."""
    for match in ADDRESS.finditer(low, 3):
        if not UNNAMED.search(low[: match.start()]):
            return match
    return None


#: Who acts, before the name of whom it is for.
ON_BEHALF = re.compile(
    r"^(?:[Aa]gissant )?(?:(?:[Aa]u nom|[Pp]our le compte)(?: et (?:au nom|pour le compte))?|[Pp]our et au nom) "
    r"(?:de la |de l['’]|des |du |de |d['’])|"
    r"^(?:(?:(?:M\.|Mme|Monsieur|Madame) )?[A-ZÀ-Ý][\w' .-]{3,40}?,(?: [\w' -]{3,40},)? )?représentante? "
    r"(?:de la |de l['’]|du |de |la |le |l['’])?(?=[A-ZÀ-Ý])"
)
#: ``délivré par``, ``reçu par`` before a name.
BY = re.compile(
    r"^(?:[ÉEéeA-Za-z]\w*(?:é|ée|és|ées|u|ue|us|is|ise|it|ite|[Ee])s? par)\s+(?:l['’]|la |le )?"
)
ROLE = re.compile(
    r"(?:l'|la |le )?(?:entreprise|societe|titulaire|fournisseur|sous-traitant|client|entrepreneur) "
    r"(?!de |du |des |d'|generale )"
)


#: A first name and a name, with a title or without.
PERSON = re.compile(
    r"(?:(?:M\.|Mme|Mr|Monsieur|Madame)\s)?[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?\s(?:de |d['’])?"
    r"[A-ZÀ-Ý][\w'’-]+(?:\s(?:architecte|HMONP|DPLG|ingénieur).*)?"
)


def is_person(text):
    """Whether a name looks like a person's, and no firm's."""
    return bool(PERSON.fullmatch(text.strip())) and nature(text) is None


#: What a firm or a person is, without a name.
TRADE_ONLY = re.compile(
    r"(?:(?:architect(?:es?|ure)|d\W?p\W?l\W?g|hmonp|urbanis(?:me|tes?)|paysag(?:es?|istes?)|econom(?:ie|istes?)|"
    r"ingenierie|bureau d'etudes?|techniques?|maitrise d'oe?uvre|interieure?|design|patrimoine|construction|"
    r"et|&|de la|du|d'|en)(?![a-z])\W*)+$|(?:association|"
    r"societe (?:cooperative|anonyme|par actions|a responsabilite|civile)(?: [a-z]+)?)\W*$"
)


@functools.lru_cache(maxsize=2048)
def is_name(text):
    """Whether a text may be the name of a firm, a buyer or a chantier."""
    low = plain(text)
    letters = sum(c.isalpha() for c in text)
    if re.match(r"(?:son|sa|ses|leur) ", text) or "@" in text or TRADE_ONLY.match(low):
        return False
    if letters < 3 or letters * 2 < len(text.replace(" ", "")) or len(text) > 110:
        return False
    if re.match(
        r"(?:ref|n°|signature|pour|cachet|visa|bon pour|code|tel|date|budget|imputation|engagement)\b",
        low,
    ):
        return False
    return not NOT_NAMES.match(low)


#: Firms that are none of the parties.
OTHER_TRADE = re.compile(
    r"administrat\w+ de biens|notaires?|geometres?|avocats?|assur\w+|courtage|bureau (?:de )?controle|coordonnateur|"
    r"\bsps\b|\bopc\b|huissiers?|commissaires? de justice|banque|comptab\w+"
)


@functools.lru_cache(maxsize=2048)
def nature(text):
    """Which party a name sounds like: ``entreprise``, ``donneur_ordre``, ``maitre_oeuvre``, ``chantier`` or None."""
    low = plain(text)
    if OTHER_TRADE.search(low):
        return None
    if re.match(
        r"(?:le |la |l')?(?:centre hospitalier|centre communal|ecole nationale|residence services|pole emploi)\b",
        low,
    ):
        return "donneur_ordre"
    if WORKS.match(low) and not re.search(rf"\b(?:{FORMS})$", low):
        return "chantier"
    if re.search(r"\barchitect(?:es?|ure)\b", low):
        return "maitre_oeuvre"
    if re.search(rf"\b(?:{DESIGNERS})\b", low) and not re.search(
        rf"\b(?:{TRADES})\b", low
    ):
        return "maitre_oeuvre"
    if re.match(rf"(?:la |le |l')?(?:{BUYERS})\b", low) or re.search(
        r"\b(?:o\.?p\.?h|habitat|hlm|agglo\w*|metropole)\b", low
    ):
        return "donneur_ordre"
    if re.match(rf"(?:{FORMS})\b", low) or re.search(rf"\b(?:{FORMS})$", low):
        return "entreprise"
    if re.search(rf"\b(?:{TRADES})\b", low) and len(low) < 50:
        return "entreprise"
    return None
