# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Somebody else to write to, somebody away, somebody who is tired of us or in trouble."""

import re
from datetime import date

from .dates_find import find_dates
from .reading import Reading
from .sentences import Part, is_negated

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(r"(?<![\w.])(?:\+\d{2}|00\d{2}|0)\s?\(?0?\)?\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
NAME = re.compile(
    r"\b(?:Mme|M\.|Mr\.?|Mrs\.?|Ms\.?|Monsieur|Madame|Mlle|contact(?:er|ez)?|adresser à|voir avec"
    r"|écrire à|adresser [aà]|reach out to|speak to|write to|remplac[ée]e? par|replaced by"
    r"|(?:ma|mon) coll[eè]gue|my colleague|est d[ée]sormais|is now)\s(?:Mme |M\. |Monsieur |Madame |Mr\.? |Ms\.? |Mrs\.? )?"
    r"((?:[A-ZÉÈÀÂÎÔ][\w'’éèêàâîïôûüç-]+\s?){1,3})"
)

WRONG = [
    (r"\b(?:ne (?:suis|s'occupe|m'occupe|gere|travaille|fais)|n'est|n'etes|n'y)\s(?:\S+\s){0,2}plus\b[^.!?]{0,60}\b(?:charge|responsable|comptable|societe|entreprise|service|poste|dossier|chez|interlocut\w+|contact|partie|factures?|paiements?|compta\w*|ici|la)\b", 0.88),
    (r"\b(?:a|ai|as) (?:quitte|change de|pris sa retraite|demissionne)\b[^.!?]{0,40}|\b(?:ne travaille plus|ne fait plus partie|est parti\w* (?:a la|en) retraite|no longer (?:work\w*|with|employed|responsible|in charge|handle\w*|the (?:right|correct))|has left (?:the|our)|have left (?:the|our)|left the company|retired)\b", 0.88),
    (r"\b(?:(?:pas|plus) (?:le |la |la bonne|le bon|au bon|du bon|votre |a la bonne|moi )(?:\S+ )?(?:personne|interlocut\w+|destinataire|contact|adresse|service|qui)|mauvais\w* (?:destinataire|adresse|interlocut\w+|personne|service|boite)|erreur de destinataire|vous (?:vous )?(?:etes )?tromp\w+ d\w*|pas (?:\S+ )?competent\w*"
     r"|wrong (?:person|address|contact|recipient|department|mailbox|email)|not the (?:right|correct|best) (?:person|contact|address|department)|not (?:me|my (?:department|responsibility|area))|i (?:do ?n[o']?t|do not) (?:deal with|handle|look after)|je ne (?:gere|m'occupe|traite)\w* pas|(?:ne|n') ?(?:suis|est) pas (?:la personne|le service|concerne\w*|moi|en charge))\b", 0.85),
    (r"\b(?:adress\w+|envoy\w+|transm\w+|contact\w+|ecri\w+|rapproch\w+|dirig\w+|relanc\w+|send|forward|contact|direct|address|email|write|speak|copy)\b[^.!?]{0,90}?\b(?:desormais|dorenavant|a l'avenir|plutot|directement|from now on|in (?:the )?future|instead|going forward|directly|a present|now on)\b", 0.8),
    (r"\b(?:merci de|veuillez|priere de|il faut|vous devez|vous pouvez|please|you should|you need to|kindly|pouvez-vous)\s(?:\S+\s){0,3}(?:vous (?:adresser|rapprocher|diriger|mettre en (?:relation|rapport|contact))|contacter|ecrire a|joindre|voir (?:avec|directement)|prendre contact|appeler|contact|speak|get in touch|reach out|write|address|liaise|relancer|adresser (?:vos|votre|toute|ce|cette|les|la)|envoyer (?:vos|votre|toute|ce|cette) (?:mails?|relances?|factures?|courriers?|demandes?|reclamations?)|send (?:all |your |these |any |future )+)", 0.66),
    (r"\b(?:nouvel(?:le)? (?:adresse|interlocut\w+|contact|comptable|mail|responsable)|(?:bon(?:ne)?|bons) (?:adresse|interlocut\w+|contact|mail|personne)|adresse (?:a utiliser|correcte|dediee|de facturation est)|interlocut\w+ est|a (?:change|repris)|est (?:desormais|maintenant) (?:gere|suivi|traite|geree|suivie)|new (?:address|contact|accountant|email)|(?:right|correct) (?:person|address|contact|email)|is now (?:handled|managed|dealt|in charge)|(?:est|is) (?:suivi|gere|traite|geree|handled|managed|dealt with) (?:par|by))\b", 0.76),
    (r"\b(?:je|j'ai|nous|i(?:'ve| have)?|we(?:'ve| have)?)\s(?:\S+\s){0,2}(?:transmets|transmis|transferons?|transfere|fais suivre|passe|forwarded|passed|forwarding)\s(?:\S+\s){0,4}(?:a|au|aux|to|on to|service|compta\w*|collegue|accounts?)\b", 0.42),
]  # fmt: skip
WRONG = [(re.compile(pattern), base) for pattern, base in WRONG]

AWAY = [
    (r"\b(?:(?:suis|serai|est|sera|sommes|serons|actuellement|currently) (?:\S+ ){0,3}(?:absente?s?|en (?:conges?|vacances|arret|deplacement|formation|rtt|reunion toute|conge)|fermee?s?|indisponibles?|hors du bureau|out of (?:the )?office|away|on (?:annual |sick |maternity |parental )?(?:leave|holiday|vacation)|closed)"
     r"|absente? du bureau|out of (?:the )?office|ooo\b|(?:message|reponse) automatique|automatic reply|auto[- ]?reply|absence (?:du bureau|jusqu|du \d)|fermeture (?:annuelle|estivale|des bureaux|de l'entreprise|pour conges)"
     r"|(?:bureaux|entreprise|societe|etablissement|cabinet|agence|offices?|we) (?:\S+ ){0,3}(?:fermee?s?|closed)|en (?:conges?|vacances|arret maladie|conge (?:maternite|maladie|parental)) (?:jusqu|du|a partir|pour|depuis)|on (?:annual |maternity |sick )?(?:leave|holiday) (?:until|from|till)"
     r"|(?:de|mon) retour (?:au bureau )?(?:le|lundi|mardi|mercredi|jeudi|vendredi|a partir|des)|(?:je|nous) (?:serai|serons|reviens|revenons|rentre|rentrons|reprends|reprendrai)s? (?:de retour )?(?:le|lundi|mardi)"
     r"|(?:back|return(?:ing)?) (?:in (?:the )?office )?(?:on|in the office|to the office|to work)|limited access to (?:my )?(?:e-?mail|inbox)|acces limite a (?:mes|ma) (?:mails|messagerie|e-mails|boite)|n'aur\w+ pas acces a (?:mes|ma)"
     r"|prendrai connaissance de (?:votre|vos)|repondrai (?:a (?:votre|vos|mon) \S+ )?(?:des|a) mon retour)", 0.86),
]  # fmt: skip
AWAY = [(re.compile(pattern), base) for pattern, base in AWAY]
UNTIL = re.compile(
    r"(?:jusqu'?\s?a?u?|until|till|through|au|to|-|retour|back|return\w*|reprise|reprend\w*|rentr\w*|reviens"
    r"|revenons|reouvert\w*|reopen\w*|rouvr\w*|inclus)\b[^.!?\n]{0,40}$"
)
ALREADY_AWAY = re.compile(r"\b(?:etais|etait|etions|etaient|was|were|had been|ete absent\w*)\b")

#: The one who pays is away, not the one who writes.
SOMEBODY = re.compile(
    r"\b(?:il|elle|he|she|comptable|directeur|directrice|patron|gerant\w*|collegue|responsable|signataire|accountant"
    r"|director|boss|manager|colleague|monsieur \w+|madame \w+|mme \w+|m\. \w+)\s(?:\S+\s){0,2}$"
)

DISTRESS = [
    (r"\b(?:redressement judiciaire|liquidation(?: judiciaire)?(?! (?:de (?:la|votre|l)|du |des (?:factures|comptes|depenses)))|procedures? de sauvegarde|(?:en|sous|plan de|jugement de|mise en|periode de) sauvegarde|sauvegarde judiciaire|(?:procedure|procedures) collectives?|(?:mandataire|administrateur|liquidateur) judiciaire|cessation (?:de|des) paiements?|depot de bilan|depos\w+ (?:le |notre |son )?bilan|declar\w+ (?:votre|de|vos|sa) creances?|mandat ad hoc|conciliation judiciaire|tribunal de commerce (?:a|nous|vient)"
     r"|in (?:administration|liquidation|receivership)|into (?:administration|liquidation|receivership)|administrators?(?: have| has| were| was)? (?:been )?appointed|insolven\w+|bankrupt\w*|liquidators?|receivers?|wound up|winding[- ]up|chapter 11|cva\b|creditors' voluntary|ceased trading|proof of debt)\b", 0.92, True),
    (r"\b(?:redressement|rj|bodacc)\b", 0.6, True),
    (r"\b(?:difficultes?|problemes?|tensions?|soucis?|pb|galere|manque|crise|impasse|situation)\s(?:\S+\s){0,3}(?:de )?(?:tresorerie|financ\w+|de paiement|liquidites?|economi\w+|treso)\b", 0.87, False),
    (r"\btreso(?:rerie)?\b[^.!?]{0,50}\b(?:tendue?|difficile|exsangue|insuffisante?|critique|vide|ne (?:nous )?(?:permet|permettra)|fragile|bloquee|basse|mal|zero|compliquee?|negative|pas)\b", 0.86, False),
    (r"\b(?:(?:plus|pas|ni) (?:les |de |assez |assez de |d')*(?:moyens|fonds|tresorerie|argent|liquidites|treso|sous)\b|incapacite de (?:payer|regler)|(?:pas|plus) (?:en )?(?:mesure|capacite) de (?:vous )?(?:payer|regler|honorer)|plus (?:payer|regler|faire face)|ne pouvons (?:pas|plus) (?:vous )?(?:payer|regler)(?! avant| cette facture (?:car|tant))|faire face a (?:nos|mes) (?:echeances|dettes|engagements)|etrangl\w+|au bord d\w+|compte (?:bloque|a decouvert|dans le rouge)|decouvert|a sec|licenci\w+|chomage partiel|banque (?:nous )?(?:refuse|bloque|lache|a refuse)|perdu (?:notre|mon|un) (?:principal |gros |plus gros )?client|fins? de mois difficiles?|surendett\w+)\b", 0.74, False),
    (r"\b(?:cash[- ]?flow (?:problems?|issues?|difficult\w+|is|crisis|situation|constraints?|pressure)|(?:short of|no|lack of|tight on|low on|run out of|running out of) (?:cash|funds|money)|financial(?:ly)? (?:difficult\w+|trouble|distress|struggl\w+|problems?|hardship|position)|struggling|going through (?:a )?(?:hard|tough|difficult|rough)|cannot afford|can'?t afford|unable to (?:pay|meet|settle)|not (?:in a position|able) to pay|do ?n[o']?t (?:\w+ )?have (?:the|any|enough) (?:money|funds|cash)|money is (?:very )?tight|cash is (?:very )?tight|in dire straits|going under)\b", 0.82, False),
]  # fmt: skip
DISTRESS = [(re.compile(pattern), base, flag) for pattern, base, flag in DISTRESS]
THREAT = re.compile(
    r"\b(?:vous (?:mettre|mettez|voulez|allez|serez)|votre (?:entreprise|societe|liquidation)|you (?:will|are|'ll) |notre client|our client|le client|maitre d'ouvrage)\b[^.!?]{0,40}$"
)

COMPLAINT = [
    (r"\b(?:harcel\w+|harass\w*|menac\w+|threat\w*|intimid\w+|insult\w+|injurieu\w+|offens\w+|humili\w+|agressi\w+|aggressive|bully\w*|chantage|hounding|bombard\w*)\b", 0.86),
    (r"\b(?:ton|tone|maniere|facon|manner|politesse|courtoisie|respect|formulation|manners)\b[^.!?]{0,70}\b(?:inaccept\w+|inadmis\w+|deplac\w+|desagreable|desoblige\w+|deplais\w*|agress\w*|rude|unaccept\w*|inappropri\w+|pas (?:acceptable|correct\w*|admissible|apprec\w+)|cavali\w+|sec|comminatoire|mena\w+|scandal\w+|choqu\w+|shock\w*|disappoint\w*|unprofessional|offend\w*|limite|hautain|not (?:acceptable|appropriate|appreciated)|uncalled|changer|vexa\w+|lamentable|odieu\w+|blessan\w*|insupport\w*)", 0.87),
    (r"\b(?:n'apprecie\w*|(?:do|did) ?n[o']?t (?:appreciate|like|care for)|outre\w*|scandalis\w+|choque\w*|indign\w+|appalled|disgusted|offended|shocked|manque (?:de|total de) (?:respect|courtoisie|tact|politesse)|irrespect\w+|impoli\w*|disrespect\w*|rude(?:ness)?|unprofessional|desoblige\w+|deplace\w*|incorrect de votre part|pas tres (?:correct|elegant|sympa|commercial)|comminatoire\w*|mal ?poli\w*|desagreable\w*|peu courtois\w*|pas des (?:voleurs|escrocs|voyous)|pas un (?:voleur|escroc)|not (?:a )?(?:thie\w+|criminals?|crooks?)|traite\w* comme|treated like|how dare|vexant\w*|odieu\w+|meprisant\w*)\b[^.!?]{0,60}", 0.74),
    (r"\b(?:relances?|reminders?|mails?|courriers?|emails?|e-mails?|lettres?|letters?|messages?|appels?|calls?|sms|procedes?|methodes?|robots?)\b[^.!?]{0,50}\b(?:incessant\w*|intempesti\w+|automati\w+|a repetition|inadmis\w+|inaccept\w+|excessi\w+|abusi\w+|tous les jours|sans arret|ridicul\w+|penible\w*|lassant\w*|constant\w*|every day|non[- ]?stop|unaccept\w*|insupport\w+|honteu\w+|scandal\w+|robot\w*|saoul\w*|soul\w*|grossier\w*|disproportion\w+|out of order|uncalled for|over the top)", 0.76),
    (r"\b(?:arret\w+|cess\w+|stop|ras le bol|marre|fed up|sick of|tired of|assez)\b[^.!?]{0,30}\b(?:harcel\w+|relanc\w+|menac\w+|harass\w*|chasing|hounding|pester\w*|hassl\w+|nous (?:relancer|appeler)|vos relances|your reminders|reminders)\b", 0.8),
]  # fmt: skip
COMPLAINT = [(re.compile(pattern), base) for pattern, base in COMPLAINT]

UNSUBSCRIBE = [
    (r"\b(?:desinscri\w*|desabonn\w*|unsubscri\w+|opt(?:ing|ed)?[- ]?out|remove (?:me|us|my|our|this)|take (?:me|us) off|(?:retir|supprim|enlev|effac|ray|radi)\w+[^.!?]{0,30}\b(?:liste|fichiers?|adresse|diffusion|contacts?|base|numero|coordonnees)|liste de diffusion|mailing list|rgpd|gdpr|(?:delete|remove) (?:my|our) (?:data|details|address|email|number))\b", 0.84),
    (r"\b(?:ne (?:plus|veux plus|souhaite plus|souhaitons plus|voulons plus|desire plus|m'\w+ plus|nous \w+ plus)|n'(?:envoyez|ecrivez|appelez) plus|plus (?:jamais )?(?:recevoir|m'envoyer|nous envoyer)|(?:arret|cess|stopp)\w+ (?:de |d'|svp de )?(?:m'|nous |me |tous |toutes |les |vos |ces )*|(?:stop|quit|cease)|(?:do ?n[o']?t|do not|no longer (?:wish|want) to|not want to|never)(?: (?:ever|want to|wish to|want any more|please))*)\s?(?:\S+\s){0,3}?\b(?:envoy\w+|recevoir|ecri\w+|contact\w*|appel\w+|sms|textos?|mails?|e-?mails?|courriels?|messages?|send|sending|receive|receiving|write|writing|call|calls|calling|text|texts|texting|emailing|messaging|solicit\w*|spam\w*)\b", 0.78),
    (r"\b(?:ne |n')(?:m'|nous |me )(?:appel|envoy|ecri|contact|sollicit|telephon|adress)\w* (?:plus|pas)\b", 0.8),
    (r"^\s*\"?(?:stop|stop sms|stop mail|stop svp|unsubscribe|desinscription)\W{0,4}$", 0.9),
]  # fmt: skip
UNSUBSCRIBE = [(re.compile(pattern, re.MULTILINE), base) for pattern, base in UNSUBSCRIBE]
CHANNELS = [
    ("sms", re.compile(r"\b(?:sms|textos?|texts?|text messages?|texting)\b")),
    ("call", re.compile(r"\b(?:appel\w*|telephon\w*|calls?|calling|phone|phoning|ring)\b")),
    ("email", re.compile(r"\b(?:mails?|e-?mails?|courriels?|emailing|messagerie|newsletter)\b")),
]


def _first(text, parts, patterns, negatable=True):
    """Return the surest match of patterns over parts: ``(part, match, base, pattern entry)``."""
    best = None
    for part in parts:
        for entry in patterns:
            match = entry[0].search(text, part.start, part.end)
            if not match or (best and entry[1] <= best[2]):
                continue
            if negatable and (
                match.start() > part.asks_from
                or is_negated(text, part, match.start(), match.start())
            ):
                continue
            best = part, match, entry[1], entry
    return best


def read_wrong_contact(text: str, raw: str, parts: list[Part], own=()) -> list[Reading]:
    """Return whom else to write to.

    :param own: our own addresses, never taken for the customer's
    """
    best = _first(text, parts, WRONG, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    place = [item for item in parts if item.end > part.start][:4]
    span = part.start, place[-1].end
    values = _contact(raw, *span, own)
    if not values.get("email") and base < 0.8:
        base -= 0.14
    if not values and base < 0.7:
        return []
    if values.get("email"):
        base = min(0.95, base + 0.1)
    start, end = match.span()
    if values.get("email"):
        place = raw.lower().find(values["email"], *span)
        if 0 <= place - end < 120:
            end = place + len(values["email"])
    return [Reading("wrong_contact", "", start, end, base, values=values)]


def _contact(raw: str, start: int, end: int, own=()) -> dict:
    """Return the name, address and number quoted between two places."""
    values = {}
    for match in EMAIL.finditer(raw, start, end):
        if match.group(0).lower() not in own:
            values["email"] = match.group(0).lower().rstrip(".")
            break
    if match := PHONE.search(raw, start, end):
        values["phone"] = match.group(0).strip()
    if match := NAME.search(raw, start, end):
        values["name"] = match.group(1).strip()
    return values


def read_away(text: str, raw: str, parts: list[Part], today: date, auto: bool) -> list[Reading]:
    """Return until when somebody is away, and who stands in.

    :param auto: the mail says itself that a machine wrote it
    """
    best = _first(text, parts, AWAY, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    if ALREADY_AWAY.search(text, part.start, match.end()) or SOMEBODY.search(
        text, max(part.start, match.start() - 40), match.start()
    ):
        return []
    until, sure = None, 0
    for other in parts:
        if other.end <= part.start or other.start > part.end + 400:
            continue
        for found in find_dates(text, other.start, other.end, today, 1):
            if found.day < today:
                continue
            marked = bool(UNTIL.search(text, max(other.start, found.start - 60), found.start))
            if (marked, found.sure) > (sure > 1, 0) and (not until or marked):
                if not until or found.day >= until or not sure > 1:
                    until, sure = found.day, 1 + marked
                    last = found.end
    start, end = match.span()
    if until and 0 <= last - end < 160:
        end = last
    values = _contact(raw, part.start, len(raw))
    confidence = base + (0.08 if auto else 0) + (0.04 if until else -0.16)
    return [
        Reading(
            "out_of_office", "", start, end, min(confidence, 0.98), date=until,
            values={key: values[key] for key in values},
        )
    ]  # fmt: skip


def read_distress(text: str, parts: list[Part]) -> list[Reading]:
    """Return that a debtor cannot pay; proceedings before a court are told apart."""
    best = None
    for part in parts:
        if part.ironic:
            continue
        for pattern, base, insolvency in DISTRESS:
            match = pattern.search(text, part.start, part.end)
            if not match or THREAT.search(text, max(part.start, match.start() - 70), match.start()):
                continue
            denied = not re.search(r"\b(?:pas|plus|not?|unable|n't|can'?t|cannot)\b", match.group(0))
            if denied and is_negated(text, part, match.start(), match.start()):
                continue
            if part.asks_from <= match.start() and part.asks_from < part.end:
                continue
            if not best or (insolvency, base) > (best[2], best[1]):
                best = match, base, insolvency
    if not best:
        return []
    match, base, insolvency = best
    return [
        Reading("distress", "", *match.span(), base, values={"insolvency": insolvency})
    ]


def read_complaint(text: str, parts: list[Part]) -> list[Reading]:
    """Return a complaint about how we write."""
    best = _first(text, parts, COMPLAINT, negatable=False)
    if not best:
        return []
    _part, match, base, _entry = best
    return [Reading("complaint", "", *match.span(), base)]


def read_unsubscribe(text: str, parts: list[Part]) -> list[Reading]:
    """Return by which channel somebody no longer wants to hear of us."""
    best = _first(text, parts, UNSUBSCRIBE, negatable=False)
    if not best:
        return []
    part, match, base, _entry = best
    channel = next(
        (name for name, pattern in CHANNELS if pattern.search(text, *part.sentence)),
        None,
    )
    return [
        Reading(
            "unsubscribe", "", *match.span(), base,
            values={"channel": channel} if channel else {},
        )
    ]  # fmt: skip
