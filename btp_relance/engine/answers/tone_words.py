# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# The patterns are one a line: cut, they could not be read.
# ruff: noqa: E501
"""How people say that we write badly, or too much."""

import re

COMPLAINT = [
    (r"\b(?:harcel\w+|harass\w*|menac\w+|threat\w*|intimid\w+|insult\w+|injurieu\w+|offens\w+|humili\w+|agressi\w+|aggressive|bully\w*|chantage|hounding|bombard\w*)\b", 0.86),
    (r"\b(?:ton|tone|maniere|facon|manner|politesse|courtoisie|respect|formulation|manners)\b[^.!?]{0,70}\b(?:inaccept\w+|inadmis\w+|deplac\w+|desagreable|desoblige\w+|deplais\w*|agress\w*|rude|unaccept\w*|inappropri\w+|pas (?:acceptable|correct\w*|admissible|apprec\w+)|cavali\w+|sec|comminatoire|mena\w+|scandal\w+|choqu\w+|shock\w*|disappoint\w*|unprofessional|offend\w*|limite|hautain|not (?:acceptable|appropriate|appreciated)|uncalled|changer|vexa\w+|lamentable|odieu\w+|blessan\w*|insupport\w*)", 0.87),
    (r"\b(?:n'apprecie\w*|(?:do|did) ?n[o']?t (?:appreciate|like|care for)|outre\w*|scandalis\w+|choque\w*|indign\w+|appalled|disgusted|offended|shocked|manque (?:de|total de) (?:respect|courtoisie|tact|politesse)|irrespect\w+|impoli\w*|disrespect\w*|rudeness|(?:so|very|quite|such|this|that|your|being|was|were|be|how|of|pretty|bit|are|really) (?:a )?rude|rude (?:e?-?mail|letter|message|tone|and|of you|manner)|unprofessional|desoblige\w+|deplacee?s?|incorrect de votre part|pas tres (?:correct|elegant|sympa|commercial)|comminatoire\w*|mal ?poli\w*|desagreable\w*|peu courtois\w*|pas des (?:voleurs|escrocs|voyous)|pas un (?:voleur|escroc)|not (?:a )?(?:thie\w+|criminals?|crooks?)|traite\w* comme|treated like|how dare|vexant\w*|odieu\w+|meprisant\w*)\b[^.!?]{0,60}", 0.74),
    (r"\b(?:relances?|reminders?|mails?|courriers?|emails?|e-mails?|lettres?|letters?|messages?|appels?|calls?|sms|procedes?|methodes?|robots?)\b[^.!?]{0,50}\b(?:incessant\w*|intempesti\w+|automati\w+|a repetition|inadmis\w+|inaccept\w+|excessi\w+|abusi\w+|tous les jours|sans arret|ridicul\w+|penible\w*|lassant\w*|constant\w*|every day|non[- ]?stop|unaccept\w*|insupport\w+|honteu\w+|scandal\w+|robot\w*|saoul\w*|soul\w*|grossier\w*|disproportion\w+|out of order|uncalled for|over the top)", 0.76),
    (r"\b(?:arret\w+|cess\w+|stop|ras le bol|marre|fed up|sick of|tired of|assez)\b[^.!?]{0,30}\b(?:harcel\w+|relanc\w+|menac\w+|harass\w*|chasing|hounding|pester\w*|hassl\w+|nous (?:relancer|appeler)|vos relances|your reminders|reminders)\b", 0.8),
]  # fmt: skip
COMPLAINT += [
    (r"\b(?:un peu|plus|davantage|some|a little|a bit|manqu\w+|lack\w*)\s(?:de |d'|of |more |totalement de )*(?:courtoisie|politesse|respect|tact|delicatesse|courtesy|politeness|manners)\b|\b(?:relances?|mails?|courriers?|reminders?|emails?|appels?|letters?|messages?)\b[^.!?]{0,60}\b(?:abuse\w*|exager\w+|too much|over the top|un peu fort|trop|de trop|excessi\w+|ridicul\w+)\b", 0.74),
    (r"\b(?:quel ton|sur ce ton|ce ton|parl\w+ (?:pas )?(?:comme (?:ca|cela)|autrement|mal)|adress\w+ a nous (?:ainsi|comme|de cette)|this tone|that tone|talk(?:ed|ing)? to (?:us|me) like|speak to (?:us|me|people|customers) like|dont vous (?:(?:nous |me )(?:parl|trait|ecri|adress)|trait)\w+|way you (?:speak|talk|write|treat)|(?:this|that) (?:kind|sort) of (?:letter|e-?mail|message|treatment|tone)|ce genre de (?:courrier|mail|message|lettre|procede|relance|methode)s?|bons? clients?|good customers?)\b", 0.82),
    (r"\b(?:honteu\w+|une honte|scandaleu\w+|inadmissibles?|lamentable|deplorables?|condescend\w+|patroni[sz]ing|hostile|heavy[- ]handed|out of line|insulting|insultants?|humiliants?|outrageous|disgraceful)\b(?=[^.!?]{0,60}\b(?:mail|courrier|message|relance|lettre|ton|recevoir|envoyer|clients?|traite\w*|email|letter|reminder|customers?|procede)\w*)|\b(?:mails?|courriers?|messages?|relances?|lettres?|emails?|letters?|reminders?|procedes?|methodes?)\b[^.!?]{0,40}\b(?:deplacee?s?|honteu\w+|scandaleu\w+|insultants?|insulting|condescend\w+|patroni[sz]ing|hostile|heavy[- ]handed|out of line|menacants?|vexants?|humiliants?|outrageous|disgraceful|sec|tres sec|hautains?|brutal\w*|violent\w*)\b", 0.8),
]  # fmt: skip
COMPLAINT = [(re.compile(pattern), base) for pattern, base in COMPLAINT]

UNSUBSCRIBE = [
    (r"\b(?:desinscri\w*|desabonn\w*|unsubscri\w+|opt(?:ing|ed)?[- ]?out|remove (?:me|us|my|our|this)|take (?:me|us) off|(?:retir|supprim|enlev|effac|ray|radi)\w+[^.!?]{0,30}\b(?:liste|fichiers?|adresse|diffusion|contacts?|base|numero|coordonnees)|liste de diffusion|mailing list|rgpd|gdpr|(?:delete|remove) (?:my|our) (?:data|details|address|email|number))\b", 0.84),
    (r"\b(?:ne (?:plus|veux plus|souhaite plus|souhaitons plus|voulons plus|desire plus|m'\w+ plus|nous \w+ plus)|n'(?:envoyez|ecrivez|appelez) plus|plus (?:jamais )?(?:recevoir|m'envoyer|nous envoyer)|(?:arret|cess|stopp)\w+ (?:de |d'|svp de )?(?:m'|nous |me |tous |toutes |les |vos |ces )*|(?:stop|quit|cease)|(?:do ?n[o']?t|do not|no longer (?:wish|want) to|not want to|never)(?: (?:ever|want to|wish to|want any more|please))*)\s?(?:\S+\s){0,3}?\b(?:envoy\w+|recevoir|ecri\w+|contact\w*|appel\w+|sms|textos?|mails?|e-?mails?|courriels?|messages?|send|sending|receive|receiving|write|writing|call|calls|calling|text|texts|texting|emailing|messaging|solicit\w*|spam\w*)\b", 0.78),
    (r"\b(?:ne |n')(?:m'|nous |me )(?:appel|envoy|ecri|contact|sollicit|telephon|adress)\w* (?:plus|pas)\b", 0.8),
    (r"^\s*\"?(?:stop|stop sms|stop mail|stop svp|unsubscribe|desinscription)\W{0,4}$", 0.9),
]  # fmt: skip
UNSUBSCRIBE += [
    (r"\b(?:enlev|retir|supprim|ray|effac|sort)\w*[- ](?:moi|nous)\b[^.!?]{0,30}\b(?:de|du|des)\b", 0.82),
    (r"(?:^|[\n.,!])\s*(?:plus de|pas de|stop aux?|fini les|no more|stop the|halte aux)\s(?:sms|textos?|mails?|e-?mails?|appels?|courriels?|texts?|emails?|calls?|messages?)\b", 0.82),
    (r"\b(?:uniquement|seulement|exclusivement|que|only|rather|exclusively)\s(?:nous |me )?(?:(?:contact|ecri|joindre|write|contacted|reached)\w* )?(?:par|by|through|via) (?:courrier|lettre|voie postale|post|letter|mail postal|telephone|phone)\b|\bby (?:post|letter) only\b|\b(?:prefere|prefer)\w*[^.!?]{0,30}\b(?:courrier(?: postal)?|by post|letters)\b", 0.68),
]  # fmt: skip
UNSUBSCRIBE = [
    (re.compile(pattern, re.MULTILINE), base) for pattern, base in UNSUBSCRIBE
]
CHANNELS = [
    ("sms", re.compile(r"\b(?:sms|textos?|texts?|text messages?|texting)\b")),
    (
        "call",
        re.compile(r"\b(?:appel\w*|telephon\w*|calls?|calling|phone|phoning|ring)\b"),
    ),
    (
        "email",
        re.compile(
            r"\b(?:mails?|e-?mails?|courriels?|emailing|messagerie|newsletter)\b"
        ),
    ),
]
