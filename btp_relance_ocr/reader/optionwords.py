# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The wordings of the options that forms print, by kind of paper."""

import re

RECEPTION = [
    (
        "refusee",
        (
            r"refus\w*|n'est pas prononcee|n'a pas ete prononcee|non prononcee|ajourn\w+|differee?|"
            r"ne (?:prononce|receptionne|recoit) pas|non[- ]reception|ne peut (?:pas )?etre prononcee|reportee|"
            r"ne pas (?:accepter|recevoir|receptionner|prononcer)|n'accepte pas|n'est pas accepte|"
            r"(?:non|pas) (?:receptionne|accepte|recevable)|reception (?:impossible|differee)"
        ),
    ),
    (
        "sous_reserve",
        (
            r"sous (?:la |les )?(?:seules? )?reserves?\b(?!.{0,12}(?:suivantes|ci-|enumere|listee|mentionnee|"
            r"formulee))"
            r"(?: de| d'| que| des| :)?"
        ),
    ),
    (
        "sans_reserve",
        r"sans[ -](?:aucune )?(?:observations? ni )?reserves?|sans observation|reception pure et simple",
    ),
    (
        "avec_reserves",
        (
            r"(?:avec|assortie? d\w*|moyennant|comporte)(?: les?| des| \d+)?[ -]?(?:\(?\w+\)? )?(?:seules? )?reserves?|"
            r"des reserves sont (?:emises|formulees)|assorti(?:r|ssant|e|es)? (?:\w+ )?(?:de |des )?reserves?|"
            r"sous (?:les )?reserves? (?:suivantes|ci-|enumere|listee|mentionnee|formulee)"
        ),
    ),
]

LIFTING = [
    (
        "levee_partielle",
        (
            r"partiel\w*|certaines|a l'exception|(?:sont|reste\w*|demeure\w*) (?:\w+ )?(?:maintenu\w*|"
            r"a lever)|non levees?|ne sont pas (?:toutes )?levees|maintenues?|maintien"
        ),
    ),
    (
        "levee_totale",
        (
            r"(?:total\w*|integral\w*|toutes? les? (?:\w+ )?reserves?|ensemble des (?:\w+ )?reserves?|"
            r"la totalite|definitiv\w*)"
        ),
    ),
    (
        "refus_levee",
        r"ne sont pas levees|refus\w* de (?:la )?levee|aucune reserve (?:n'est|levee)",
    ),
]

#: What the minutes before a reception say of the works.
EXAMINED = [
    *RECEPTION,
    (
        "sans_reserve",
        r"(?:sont|est) conformes?|(?:execute|realise|acheve|termine)\w* (?:\w+ ){0,2}?conform\w+ "
        r"(?:au|aux|a la|a l') ?(?:marche|contrat|commande|cctp|clauses|prescriptions|pieces|plans|regles|devis)|"
        r"(?:aucune?|absence d'|absence de|pas d'|sans|ni) ?"
        r"(?:imperfections?|malfacons?|observations?|desordres?|reserves?)"
        r"(?:,? (?:et|ni|ou) (?:de |d')?(?:imperfections?|malfacons?|observations?|desordres?|reserves?))*",
    ),
    (
        "avec_reserves",
        r"imperfections(?: (?:et|ou|ni) malfacons)?|malfacons|non[- ]conformites|desordres|ne sont pas conformes",
    ),
    (
        "sous_reserve",
        r"(?:epreuves|essais|prestations|travaux|ouvrages)(?: [\w']+){0,4} (?:n'ont pas ete|ne sont pas|restant a|non) "
        r"(?:execute|realise|effectue|acheve|termine)\w*",
    ),
]

WHOLE = {"pv_reception": RECEPTION, "pv_opr": EXAMINED, "pv_levee_reserves": LIFTING}


#: What leaves open which one it is: ``la réception, avec ou sans réserve, sera prononcée``.
EITHER = re.compile(r"\b(?:avec (?:ou|et) sans|sans ou avec)(?: aucune)? reserves?")


def named_in(low, patterns):
    """(option, start, end) in a text, in its order, without overlaps."""
    low = EITHER.sub(lambda match: " " * len(match[0]), low)
    found = []
    for name, pattern in patterns:
        for match in re.finditer(rf"\b(?:{pattern})", low):
            if not any(s < match.end() and match.start() < e for _n, s, e in found):
                found.append((name, *match.span()))
    return sorted(found, key=lambda item: item[1])
