# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the reader makes of papers in wordings that it has not met; no file is opened, nothing is drawn."""

import sys

import cv2
import numpy as np
import pytest
from corpus import imagined, kindlearn, placed

from tools import project

sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
from reader import (  # noqa: E402
    amounts,
    dates,
    decision,
    fields,
    kindmodel,
    kinds,
    layout,
    loose,
    marks,
    options,
    optionwords,
    reserves,
    signature,
    textlayer,
    told,
    values,
    yesno,
)
from reader.model import Document, Page, Word  # noqa: E402
from reader.values import plain  # noqa: E402

pytestmark = pytest.mark.pure


def paper(text):
    """A page of lines of cells, large where they begin with ``#``, at the right after ``>``."""
    page, top = Page(1, 595.0, 842.0), 50.0
    for line in text.split("\n"):
        size = 15.0 if line.startswith("#") else 9.6
        cells = line.lstrip("#> ").split(" | ")
        for number, cell in enumerate(cells):
            left = 340.0 if line.startswith(">") else 50.0 + number * 500 / len(cells)
            for word in cell.split():
                right = left + size * 0.52 * len(word)
                page.words.append(Word(word, left, top, right, top + size))
                left = right + size * 0.3
        top += size + 7 if line.strip() else 10
    page.lines = layout.build_lines(page.words, 1)
    return Document([page], 1)


def same(one, other):
    """Whether two values are one: names are compared by their letters."""
    if isinstance(one, str) and isinstance(other, str):
        return plain(one).lstrip("0").strip() == plain(other).lstrip("0").strip()
    return one == other


@pytest.mark.parametrize(
    ("kind", "text", "truth"),
    imagined.PAPERS + placed.PAPERS,
    ids=[
        text.split("\n")[0].strip("#> ")[:40]
        for _k, text, _f in imagined.PAPERS + placed.PAPERS
    ],
)
def test_papers_never_met(kind, text, truth):
    """Their kind, and the fields that they print."""
    doc = paper(text)
    told, detail, _sure = kinds.classify(doc)
    assert told == kind
    found = fields.find(doc, kind, detail == "avoir")
    found = {name: value.value for name, value in found.items()}
    wrong = {
        name: (value, found.get(name))
        for name, value in truth.items()
        if not same(value, found.get(name))
    }
    assert wrong == {}


def test_crosses_in_columns_of_yes_and_no():
    """A cross under ``Oui`` or ``Non`` answers what its row says."""
    doc = paper(
        "Le client reçoit les ouvrages | Yes / Oui | No / Non\n"
        "sans réserve | - | X\navec réserves | X | -\nrefus de la réception | - | X"
    )
    found = options.find(doc, optionwords.RECEPTION)
    assert [(o.name, o.mark) for o in found] == [
        ("sans_reserve", False),
        ("avec_reserves", True),
        ("refusee", False),
    ]


def test_boxes_beside_the_label_of_reserves():
    """``Réserves : ☒ aucune ☐ oui`` is without any."""
    doc = paper("Réserves | ☐ oui, à savoir | ☒ néant")
    assert decision.find(doc, "pv_reception", None).value == "sans_reserve"


@pytest.mark.parametrize("around", [False, True])
def test_the_option_that_a_pen_marked(around):
    """A line under one of several printed options, or a ring around it."""
    doc = paper("SANS RÉSERVE | AVEC RÉSERVES | RÉCEPTION REFUSÉE")
    page = doc.pages[0]
    page.scale, page.image = 2.0, _blank(page)
    words = page.lines[0].segments[1].words
    left, right = int(words[0].x0 * 2), int(words[-1].x1 * 2)
    top, low = int(words[0].y0 * 2), int(words[0].y1 * 2)
    if around:
        page.image[top - 10 : top - 7, left - 12 : right + 12] = 0
        page.image[low + 7 : low + 10, left - 12 : right + 12] = 0
        page.image[top - 10 : low + 10, left - 12 : left - 9] = 0
        page.image[top - 10 : low + 10, right + 9 : right + 12] = 0
    else:
        page.image[low : low + 3, left : right + 1] = 0
    assert decision.find(doc, "pv_reception", None).value == "avec_reserves"


def test_an_amount_over_two_lines_is_one():
    """The thousands end a full line, the rest begins the next one."""
    doc = paper(
        "Nous vous confirmons la commande des huit portes coupe-feu du rez-de-chaussée bas au prix convenu soit 13\n"
        "780,00 € HT, TVA 20 % 2 756,00 €, total 16 536,00 € TTC"
    )
    assert str(amounts.find(doc, "bon_commande")["montant_ht"].value) == "13780.00"


def test_lists_side_by_side_have_their_own_states():
    """What is under ``Réserves levées`` is lifted, what is beside it under ``Réserves maintenues`` is not."""
    doc = paper(
        "# Levée de réserves\nContrôle du 16/03/2026\n"
        "Réserves levées | Réserves maintenues\n"
        "1. Vitrage du hall | 3. Store à recoudre\n2. Moteur bruyant"
    )
    found = fields.find(doc, "pv_levee_reserves")
    assert found["reserves_list"].value == ["Store à recoudre"]
    assert found["decision"].value == "levee_partielle"


def test_the_number_of_the_buyers_own_head_is_not_sure():
    """A SIRET under the buyer's name, far from the supplier's, is not given as the supplier's with certainty."""
    doc = paper(
        "Foncière Rivage\nSIRET 732 829 320 00074\n# BON DE COMMANDE\n\n\n\n\n\n\n\n\n\n\n\n"
        "Fournisseur : Carrières Lambert"
    )
    found = fields.find(doc, "bon_commande")
    assert "siret" not in found or found["siret"].confidence < 0.9


def test_a_count_in_letters():
    """A slip may write how many documents it lists."""
    doc = paper(
        "Bordereau de remise du DOE\n- plans\n- notices\nAu total, cinq documents sous pli."
    )
    assert fields.find(doc, "doe_bordereau")["nb_documents"].value == 5


def test_letters_told_too_wide_still_make_words():
    """Where each letter reaches into the next, the room between words is found all the same."""
    letters, left = [], 50.0
    for word in ("Note", "de", "visite"):
        for letter in word:
            letters.append(textlayer.Letter(letter, 700.0, 10.0, left, left + 8, True))
            left += 5.0
        left += 2.4
    words = textlayer._words(letters, Page(1, 595.0, 842.0))
    assert [word.text for word in words] == ["Note", "de", "visite"]


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("nom du titulaire du lot", "entreprise"),
        ("reference du marche", "ref_marche"),
        ("objet du marche", "chantier"),
        ("lieu et nature des travaux", "chantier"),
        ("pour la maitrise d'ouvre", "maitre_oeuvre"),
        ("montant du marche", None),
        ("adresse du maitre d'ouvrage", None),
        ("signature du client", None),
    ],
)
def test_the_chief_word_of_a_label(label, field):
    """A label is about its first word that tells something."""
    assert loose.meaning(label, whole=True) == field


def test_values_over_their_captions():
    """On forms with captions the value stands over its label."""
    doc = paper("SARL Hôtel du Vieux Pressoir | 15/07/2026\nSuite")
    page = doc.pages[0]
    for left, text in ((50.0, "Nom du client"), (300.0, "Date de réception")):
        for word in text.split():
            page.words.append(Word(word, left, 61.0, left + 3.0 * len(word), 65.5))
            left += 3.0 * len(word) + 2
    for word in page.words:
        if word.text == "Suite":
            word.y0, word.y1 = 130.0, 139.0
    page.lines = layout.build_lines(page.words, 1)
    found = fields.find(doc, "pv_reception")
    assert found["donneur_ordre"].value == "SARL Hôtel du Vieux Pressoir"
    assert found["date_reception"].value == "2026-07-15"


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("Réception avec réserves OUI ☐ NON ☑", (False, True)),
        ("avec réserves : ☒ oui ☐ non", (True, False)),
        ("avec réserves : oui [ ] non [X]", (False, True)),
    ],
)
def test_boxes_before_and_after_yes_and_no(line, answers):
    """The box of an answer stands on one side of all answers of a line."""
    page = paper(line).pages[0]
    assert yesno.answers(page, page.lines[0]) == answers


def test_a_proposal_is_no_decision():
    """Where the designer proposes one thing and the owner decides another, the owner's counts."""
    doc = paper(
        "Le maître d'œuvre propose de prononcer la réception :\n[X] sans réserve\n[ ] avec réserves\n"
        "Le maître de l'ouvrage décide :\n[ ] sans réserve\n[X] avec réserves"
    )
    assert decision.find(doc, "pv_reception", None).value == "avec_reserves"


def test_names_before_their_roles():
    """A run of words with capitals before ``, maître d'œuvre`` is its name, wherever the sentence is."""
    doc = paper(
        "établi sur proposition de Bureau d'études Fluidis Sud, maître d'œuvre,"
    )
    names = [
        found.value for found in told.addressed(doc, "ordre_service", "maitre_oeuvre")
    ]
    assert "Bureau d'études Fluidis Sud" in names


def test_a_written_one_taken_for_a_seven():
    """No day is a 7x: a date is mended, and told from one that was read well."""
    assert values.find_dates("le 75/06/2026")[0][0].isoformat() == "2026-06-15"
    assert not values.is_plain_date("75/06/2026")
    assert values.is_plain_date("15/06/2026")


def test_words_struck_through_are_seen_between_words():
    """Letters leave the room between words white, a stroke does not."""
    page = paper("sans réserve").pages[0]
    page.scale, page.image = 2.0, _blank(page)
    assert marks.is_struck(page, page.words) is False
    top = int((page.words[0].y0 + 5) * 2)
    page = paper("sans réserve").pages[0]
    page.scale, page.image = 2.0, _blank(page)
    page.image[top : top + 2, 90:240] = 0
    assert marks.is_struck(page, page.words) is True


def _blank(page):
    """A white picture of a page."""
    import numpy as np

    return np.full((int(page.height * 2), int(page.width * 2)), 255, np.uint8)


def test_the_model_of_kinds_is_the_one_that_is_learned_from():
    """Its kinds are the reader's, and its features those of the wordings."""
    model = kindmodel.weights()
    assert set(model["kinds"]) == {kind for kind, *_rest in kindlearn.made_up()}
    assert "t pv reception" in model["weights"]


def test_the_words_of_papers_tell_their_kind():
    """The model knows the papers that it is learned from: weights of another day would not."""
    wrong = []
    for kind, titles, text in kindlearn.kept():
        told = kindmodel.likelihood(titles, text)
        if max(told, key=told.get) != kind:
            wrong.append((kind, titles[:2]))
    assert len(wrong) <= 4


def drawn(text, *marks_):
    """A paper on which a pen or a stamp left marks: (what, left, line from 0 or from the end); see `_DRAW`."""
    doc = paper(text)
    page = doc.pages[0]
    page.scale, page.image = 2.0, _blank(page)
    for what, left, line in marks_:
        _DRAW[what](page.image, int(left * 2), int(page.lines[line].box[3] * 2) + 12)
    return doc


def _pen(image, x, y):
    """A signature: loops that go up and down."""
    heights = (30, 2, 44, 8, 40, 0, 36, 10, 24, 14)
    points = [(x + 14 * number, y + high) for number, high in enumerate(heights)]
    cv2.polylines(image, [np.array(points, np.int32)], False, 0, 3)


def _underlined(image, x, y):
    """A signature with a line drawn under it that it touches."""
    _pen(image, x, y)
    cv2.polylines(
        image, [np.array([(x - 6, y + 42), (x + 140, y + 38)], np.int32)], False, 0, 3
    )


def _ring(image, x, y):
    """The round stamp of a town hall."""
    cv2.circle(image, (x + 60, y + 60), 56, 0, 3)
    cv2.circle(image, (x + 60, y + 60), 44, 0, 2)


def _over(image, x, y):
    """A signature across a round stamp."""
    _ring(image, x + 60, y)
    points = [(x, y + 70), (x + 40, y + 10), (x + 70, y + 90), (x + 110, y + 20)]
    points += [(x + 140, y + 80), (x + 190, y + 40)]
    cv2.polylines(image, [np.array(points, np.int32)], False, 0, 3)


def _oblong(image, x, y):
    """The stamp of a firm, not quite level."""
    corners = [(x, y + 8), (x + 150, y), (x + 153, y + 50), (x + 3, y + 58)]
    cv2.polylines(image, [np.array(corners, np.int32)], True, 0, 3)


_DRAW = {
    "pen": _pen,
    "underlined": _underlined,
    "ring": _ring,
    "over": _over,
    "oblong": _oblong,
}
PV = "# PROCÈS-VERBAL DE RÉCEPTION\nTravaux reçus sans réserve\nà compter du 3 mars\n\n\n"


@pytest.mark.parametrize(
    ("kind", "text", "marks_", "signed"),
    [
        ("pv_reception", PV + "Pour l'office | Pour l'entreprise", "over 60 -1", True),
        ("pv_reception", PV + "Pour la ville | Le titulaire", "underlined 60 -1", True),
        ("pv_reception", PV + "Pour l'hôpital | L'entreprise", "pen 310 -1", False),
        ("pv_reception", PV + "Pour les bailleurs | L'entreprise", "ring 60 -1", False),
        (
            "pv_reception",
            PV + "Pour le syndicat | L'entreprise",
            "oblong 60 -1, underlined 310 -1",
            False,
        ),
        ("pv_reception", PV + "Pour le maître d'œuvre | Le client", "pen 60 -1", False),
        ("pv_levee_reserves", PV + "Mme le Maire, Odile Brac", "over 60 -1", True),
        ("situation", PV + "L'entreprise, le 3 mars | Visa MOE", "pen 60 -1", True),
        ("situation", PV + "L'entrepreneur | L'architecte", "pen 310 -1", True),
        ("situation", PV + "Le titulaire | Vu et vérifié", "oblong 60 -1", False),
        ("situation", PV + "Cachet de l'entreprise | MOA", "", False),
        (
            "bon_commande",
            PV + "La directrice | Bon pour accord, l'entreprise",
            "pen 310 -1",
            False,
        ),
        (
            "bon_commande",
            PV + "Le directeur | Signature du fournisseur",
            "pen 310 -1",
            False,
        ),
        (
            "bon_commande",
            PV + "La directrice | Bon pour accord, l'entreprise",
            "pen 60 -1",
            True,
        ),
        (
            "doe_bordereau",
            PV + "Le gérant,\n\n\n\n\n\nPour décharge, reçu le :",
            "pen 60 -2",
            False,
        ),
        (
            "doe_bordereau",
            PV + "Le gérant,\n\n\n\n\n\nPour décharge, reçu le :",
            "pen 60 -1",
            True,
        ),
    ],
)
def test_who_signed(kind, text, marks_, signed):
    """A pen's strokes in the decider's place, over a stamp or with a line under them; no stamp, no other's."""
    places = [mark.split() for mark in marks_.split(", ") if mark]
    doc = drawn(text, *((what, int(x), int(y)) for what, x, y in places))
    found = signature.find(doc, kind)
    assert found.value is signed


def test_a_caption_in_small_letters_is_no_stamp():
    """Forms print who signs in letters as small as a stamp's."""
    doc = drawn(
        PV + "Pour le donneur d'ordre (date, signature) | Pour l'entreprise (cachet)",
        ("pen", 320, -1),
    )
    for word in doc.pages[0].lines[-1].words:
        word.y0 += 4
    assert signature.find(doc, "pv_reception").value is False


@pytest.mark.parametrize(
    ("hint", "struck", "chosen"),
    [
        ("rayer les mentions inutiles", (0, 1), "refusee"),
        ("rayerlamentioninutile", (1, 2), "sans_reserve"),
        ("(1) Biffer ce qui ne convient pas", (0, 2), "avec_reserves"),
        ("Barrez la ligne inutile", (0, 2), "avec_reserves"),
    ],
)
def test_options_struck_through_in_frames(hint, struck, chosen):
    """Where options are to be struck through, a letter or a table's frame before them is no box."""
    doc = paper(
        f"Le maître de l'ouvrage : {hint}\na) prononce la réception sans réserve ;\n"
        "b) prononce la réception avec les réserves ci-dessous ;\nc) refuse la réception."
    )
    page = doc.pages[0]
    page.scale, page.image = 2.0, _blank(page)
    for number, line in enumerate(page.lines[1:]):
        x0, y0, x1, y1 = (int(2 * side) for side in line.box)
        cv2.rectangle(page.image, (x0 - 30, y0), (x0 - 12, y0 + 18), 0, 2)
        cv2.line(page.image, (x0 - 27, y0 + 3), (x0 - 15, y0 + 15), 0, 3)
        if number in struck:
            cv2.line(page.image, (x0, (y0 + y1) // 2), (x1, (y0 + y1) // 2), 0, 3)
    assert decision.find(doc, "pv_reception", None).value == chosen


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "Au cours de la visite, les points suivants ont été relevés :\n1. Plinthe décollée\n2. Joint à refaire",
            2,
        ),
        ("Anomalies constatées :\n- Plinthe décollée\n- Joint à refaire", 2),
        (
            "Les réserves suivantes :\n- Plinthe décollée\nque le titulaire devra lever sous 30 jours.",
            1,
        ),
        ("Liste des réserves\n1. Plinthe décollée\nE – Signatures\nLe maire", 1),
        (
            "ANNEXE 1 – Liste des épreuves à exécuter | EXE6 – page 2/2\n"
            "1. Essais de la chaudière\nAnnexe à la décision de réception",
            1,
        ),
        (
            "que la réception est prononcée sous réserve de l'exécution, avant le 6 avril, des\n"
            "prestations suivantes :\n- Plinthe décollée\n- Joint à refaire",
            2,
        ),
        ("Reçu sous réserve de ce qui reste à faire :\n• Plinthe décollée", 1),
    ],
)
def test_where_lists_of_reserves_begin_and_end(text, listed):
    """Under headings in other words, up to the form's next part."""
    found, _states, _deadline = reserves.find(paper(text), "pv_reception")
    assert len(found.value) == listed


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("☒ les travaux ont été exécutés conformément au marché", False),
        ("☒ que les ouvrages sont réalisés conformément aux plans", False),
        ("☒ travaux achevés conformément au CCTP", False),
        ("☒ les épreuves prévues n'ont pas été exécutées", True),
        ("☒ les essais ne sont pas réalisés", True),
        ("Opérations conduites conformément à l'article 41 du CCAG", None),
    ],
)
def test_what_minutes_before_a_reception_say(text, open_):
    """Works done as agreed leave no reserve, trials not yet done do; the article followed says nothing."""
    found = fields.find(paper(text), "pv_opr")
    value = found.get("reserves")
    assert (value and value.value) == open_


@pytest.mark.parametrize(
    ("kind", "text", "signed_on"),
    [
        ("ordre_service", "Établi à Tournac, le 6 mai 2026\nLe maire", None),
        ("bon_commande", "Bourg-en-Vaux, le 6 mai 2026\nLa directrice", None),
        (
            "pv_reception",
            "Reçu à compter du 2 mai 2026\nFait en trois exemplaires à Saint-Jean-du-Cap, le 6 mai 2026",
            "2026-05-06",
        ),
        (
            "pv_reception",
            "Fait en deux exemplaires originaux à Vaux, le 6 mai 2026",
            "2026-05-06",
        ),
        (
            "bon_commande",
            "Émise le : 2 mai 2026\nSigné électroniquement par Inès Carbo\nle 6 mai 2026 à 16:05",
            "2026-05-06",
        ),
    ],
)
def test_when_it_was_signed(kind, text, signed_on):
    """An order's one date is its issue; places, copies and electronic marks lead to the signature's."""
    found = dates.find(paper(text), kind).get("date_signature")
    assert (found and found.value) == signed_on


# === WHAT FORMS ASK APART, AND IN COLUMNS ===


@pytest.mark.parametrize(
    ("lines", "chosen"),
    [
        ("Réception prononcée : ☑ OUI ☐ NON\nRéserves : ☐ OUI ☑ NON", "sans_reserve"),
        ("Réception : [x] oui [ ] non\nRéserves : [x] oui [ ] non", "avec_reserves"),
        ("Les travaux sont reçus : oui ☐ non ☒\nRéserves : oui ☐ non ☐", "refusee"),
        ("Lot | Réception sans réserve | Réception avec réserves | Refus\n4 | - | X | -", "avec_reserves"),
        ("Sans réserve | Avec réserves | Réception refusée\n- | - | ✗", "refusee"),
        # Nobody answered, or the answer cannot be seen: nothing is decided.
        ("Réception prononcée : OUI NON\nRéserves : ☒ OUI ☐ NON", None),
        ("Le maître d'ouvrage prononcera la réception avec ou sans réserve.", None),
    ],
)  # fmt: skip
def test_decisions_asked_in_two_questions_or_in_columns(lines, chosen):
    """Both answers make the decision; a cross counts for the name of its column."""
    doc = paper(
        f"# PV de réception\nChantier : Halle aux grains\n{lines}\nFait le 3 mars 2026"
    )
    found = decision.find(doc, "pv_reception", None)
    assert (found and found.value) == chosen


@pytest.mark.parametrize(
    "lines",
    [
        "N° | Local | Constat | À traiter\n1 | Hall | Plinthe à fixer | 03/04/2026\n"
        "2 | Palier | Vitre rayée | 04/04/2026\nProchaine visite avec tous les lots le 9 avril à 9 h, sur place.",
        "N° | Remarque | À reprendre\npour le\n1 | Plinthe à fixer | 03/04\n2 | Vitre rayée | 04/04",
        "Restent à exécuter, dans un délai de deux mois :\n- Plinthe à fixer ;\n- Vitre rayée ;",
        "Je prononce la réception des travaux de votre marché de menuiserie, assortie des réserves ci-\n"
        "après, avec effet au 20 août 2026.\nPlinthe à fixer ;\nVitre rayée ;\nJe vous demande d'y remédier.",
        "RÉSERVES | LEVÉE DES RÉSERVES\nPlinthe à fixer | Levées le\nVitre rayée | Signature :\nFait à Tours, le 3 mai",
    ],
)
def test_lists_of_reserves_in_forms_of_all_sorts(lines):
    """Names of columns on two lines, headings parted at a hyphen, frames side by side."""
    doc = paper(f"# Visite avant réception\n{lines}")
    listed = reserves.find(doc, "pv_opr")[0]
    assert listed.value == ["Plinthe à fixer", "Vitre rayée"]


def test_labels_right_of_their_values():
    """Values that end before their labels, all in one column, as in a letterhead at the right."""
    doc = paper("# OPÉRATIONS PRÉALABLES À LA RÉCEPTION")
    page = doc.pages[0]
    rows = (
        ("Extension de la crèche Les Lutins", "Chantier"),
        ("Charpentes Morel SAS", "Titulaire"),
        ("2026/T/17", "Réf. marché"),
        ("12.05.2026", "Visite du"),
    )
    for rank, (value, label) in enumerate(rows):
        top = 90.0 + 18 * rank
        for left, text in ((420 - 5 * len(value), value), (430, label)):
            for word in text.split():
                page.words.append(
                    Word(word, left, top, left + 5 * len(word) - 2, top + 10)
                )
                left += 5 * (len(word) + 1)
    page.lines = layout.build_lines(page.words, 1)
    found = fields.find(doc, "pv_opr")
    names = ("chantier", "entreprise", "ref_marche", "date_document")
    assert [found[name].value for name in names] == [
        "Extension de la crèche Les Lutins",
        "Charpentes Morel SAS",
        "2026/T/17",
        "2026-05-12",
    ]


def test_columns_that_nothing_names():
    """Of two columns that add up to a third, which is this period's cannot be told: it is not said surely."""
    doc = paper(
        "# CERTIFICAT DE PAIEMENT N° 6\n"
        "Montant HT | 90 000,00 | 61 000,00 | 29 000,00\n"
        "TVA 20 % | 18 000,00 | 12 200,00 | 5 800,00\n"
        "Montant TTC | 108 000,00 | 73 200,00 | 34 800,00"
    )
    found = amounts.find(doc, "certificat_paiement")
    assert all(one.confidence < 0.6 for one in found.values())


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ("Nous attestons avoir achevé le 4 mars 2026 les travaux du lot 5 et sollicitons la réception.", "autre"),
        ("Travaux terminés : nous vous demandons de fixer la date des opérations préalables à la réception.", "autre"),
        ("Le client déclare accepter l'ouvrage sans réserve ce jour, le 4 mars 2026.", "pv_reception"),
    ],
)  # fmt: skip
def test_the_end_of_works_is_no_reception(lines, kind):
    """Who built says that the works are done; only who ordered them receives them."""
    doc = paper(
        f"# ATTESTATION DE FIN DE TRAVAUX\n{lines}\nFait à Tournac, le 5 mars 2026"
    )
    assert kinds.classify(doc)[0] == kind


def test_who_is_called_is_not_who_buys():
    """A contact and a budget's line are no buyer; the letterhead of an order is."""
    doc = paper(
        "SAS Vasseur Bâtiment | BON DE COMMANDE\n9 rue des Lices | N° 26/0139\n31000 Tournac | Date : 14.03.2026\n"
        "Fournisseur | Lieu de livraison\nThermo Diffusion SARL | Chantier : Halle aux grains\n"
        "4 rue du Pont | Contact : M. Berthelin – 06 00 00 71 93\n86270 Belcastel | Délai : semaine 23\n"
        "Budget principal – exercice 2026 – imputation 2135"
    )
    found = fields.find(doc, "bon_commande")
    assert found["donneur_ordre"].value == "SAS Vasseur Bâtiment"


def test_when_the_contract_was_signed_is_not_when_the_paper_was():
    """Of two days of signing, the contract's comes first in the text and is none of the paper's."""
    doc = paper(
        "# Procès-verbal de réception\n"
        "Visite du 2 mai 2026 des travaux exécutés au titre du marché signé le 5 juillet 2025.\n"
        "La réception est prononcée sans réserve avec effet au 30 avril 2026.\nFait à Tournac, le 3 mai 2026."
    )
    assert dates.find(doc, "pv_reception")["date_signature"].value == "2026-05-03"
