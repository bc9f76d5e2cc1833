# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reader of answers: figures on written sets, dates, histories, and hostile texts."""

import sys
import time
from datetime import date
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))
sys.path.append(str(Path(__file__).resolve().parent))

from answers_score import load, score  # noqa: E402
from engine.answers import find_quoted, read, read_automatic, to_text  # noqa: E402
from engine.answers.amounts import find_amounts  # noqa: E402
from engine.answers.dates_find import find_dates  # noqa: E402
from engine.answers.folding import compose, fold  # noqa: E402
from engine.answers.stripping import find_own  # noqa: E402

pytestmark = pytest.mark.pure

#: A Tuesday.
TODAY = date(2025, 6, 17)
DATA = Path(__file__).resolve().parent / "data"
#: Least precision and recall by set and class. The development sets served to write the
#: rules: their floors only keep what works; the last one was written by somebody else.
FLOORS = {
    "answers_dev.jsonl": {"*": (0.97, 0.97)},
    # In the second, a paper without which nothing is paid is no request for it as well:
    # the first tells both, and so does the reader.
    "answers_dev2.jsonl": {
        "*": (0.92, 0.97),
        "already_paid": (0.87, 0.97),
        "document_request": (0.83, 0.9),
        "promise": (0.97, 0.9),
    },
    # The third is about papers, whom to write to, complaints, and what says nothing.
    "answers_dev3.jsonl": {"*": (0.96, 0.94)},
    # Never looked at by whoever wrote the rules: what to expect of a customer.
    "answers_heldout.jsonl": {"*": (0.69, 0.69), "none": (0.5, 0.84)},
}
VALUE_FLOORS = {
    "answers_dev.jsonl": 0.98,
    "answers_dev2.jsonl": 0.96,
    "answers_dev3.jsonl": 0.97,
    "answers_heldout.jsonl": 0.92,
}


def kinds(text, **facts):
    return {item.kind for item in read(text, "fr", TODAY, facts)}


@pytest.mark.parametrize("name", FLOORS)
def test_each_class_is_read_well_enough(name):
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not there")
    result = score(load(path))
    floors = FLOORS[name]
    low = {
        kind: (round(figures["precision"], 3), round(figures["recall"], 3))
        for kind, figures in result["kinds"].items()
        if figures["expected"]
        and (
            figures["precision"] < floors.get(kind, floors["*"])[0]
            or figures["recall"] < floors.get(kind, floors["*"])[1]
        )
    }
    assert not low
    good, said = map(sum, zip(*result["values"].values(), strict=True))
    assert good / said >= VALUE_FLOORS[name]


def test_the_development_set_is_large_and_has_each_class():
    answers = load(DATA / "answers_dev.jsonl")
    assert len(answers) >= 200
    assert len({answer["text"] for answer in answers}) == len(answers)
    told = {item["kind"] for answer in answers for item in answer["expected"]}
    assert len(told) == 10


def test_a_quote_is_the_very_words_at_their_place():
    for answer in load(DATA / "answers_dev.jsonl"):
        text = compose(answer["text"])
        for item in read(answer["text"], answer["lang"], TODAY):
            assert text[item.start : item.end] == item.quote
            assert 0 <= item.confidence <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("bonjour, le virment est parti le 12 juin", "already_paid"),
        ("Nous ferons le reglemment vendredi", "promise"),
        ("jai fait le virement hier", "already_paid"),
        ("The paymnet will be made on Friday", "promise"),
        ("ne m envoyez plus de sms", "unsubscribe"),
        ("Pouvez-vous renvoyer la factrue svp", "document_request"),
    ],
)
def test_slips_of_the_keyboard_are_read_and_quoted_as_written(text, kind):
    (found,) = read(text, "fr", TODAY)
    assert found.kind == kind
    assert text[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    "text",
    [
        "Aucune réserve à formuler, les travaux sont très bien faits.",
        "Pas de litige de notre côté.",
        "Merci de votre relance courtoise.",
        "La fuite a été réparée, merci.",
        "Vous ne nous harcelez pas, rassurez-vous.",
        "La porte que vous avez posée est superbe.",
        "Le prix est conforme au devis.",
        "Merci pour l'envoi de la facture.",
        "Nous attendons votre équipe lundi comme convenu.",
        "The new kitchen looks fantastic.",
    ],
)
def test_near_misses_say_nothing(text):
    assert kinds(text) == {"none"}


def test_the_same_text_is_read_the_same():
    text = "Nous paierons 500 € vendredi, merci de nous envoyer le RIB. Réserves non levées."
    assert read(text, "fr", TODAY) == read(text, "fr", TODAY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("vendredi", "2025-06-20"),
        ("mardi", "2025-06-24"),
        ("vendredi en huit", "2025-06-27"),
        ("lundi de la semaine prochaine", "2025-06-23"),
        ("jeudi 26", "2025-06-26"),
        ("le 15", "2025-07-15"),
        ("le 10 du mois prochain", "2025-07-10"),
        ("fin de mois", "2025-06-30"),
        ("fin du mois prochain", "2025-07-31"),
        ("mi-juillet", "2025-07-15"),
        ("fin janvier", "2026-01-31"),
        ("d'ici la fin de la semaine", "2025-06-20"),
        ("la semaine prochaine", "2025-06-27"),
        ("semaine 27", "2025-07-04"),
        ("la semaine du 23 juin", "2025-06-27"),
        ("sous 8 jours", "2025-06-25"),
        ("sous 48h", "2025-06-19"),
        ("d'ici 8 à 10 jours", "2025-06-27"),
        ("sous 10 jours ouvrés", "2025-07-01"),
        ("sous quinzaine", "2025-07-02"),
        ("échéance 30 jours fin de mois", "2025-07-31"),
        ("1er août", "2025-08-01"),
        ("le 05/01", "2026-01-05"),
        ("31.07.25", "2025-07-31"),
        ("2025-07-03", "2025-07-03"),
        ("end of next week", "2025-06-27"),
        ("by the 15th", "2025-07-15"),
        ("within 10 days", "2025-06-27"),
        ("June 30th, 2025", "2025-06-30"),
        ("month end", "2025-06-30"),
        ("in two weeks", "2025-07-01"),
        ("31/02/2025", None),
        ("le 3 rue des Lilas", None),
        ("le 15 %", None),
    ],
)
def test_dates_to_come(words, day):
    text = fold(words)
    found = find_dates(text, 0, len(text), TODAY, 1)
    assert [item.day.isoformat() for item in found] == ([day] if day else [])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("le 12", "2025-06-12"),
        ("le 28", "2025-05-28"),
        ("vendredi", "2025-06-13"),
        ("hier", "2025-06-16"),
        ("il y a 3 jours", "2025-06-14"),
        ("le 20/12", "2024-12-20"),
        ("two weeks ago", "2025-06-03"),
        ("la semaine dernière", "2025-06-13"),
    ],
)
def test_dates_that_are_over(words, day):
    text = fold(words)
    found = find_dates(text, 0, len(text), TODAY, -1)
    assert [item.day.isoformat() for item in found] == [day]


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("5 000 €", 5000),
        ("5.000,00 euros", 5000),
        ("EUR 5,000.50", 5000.5),
        ("€5,000", 5000),
        ("5k€", 5000),
        ("1 250,5 €", 1250.5),
        ("12 345,67 EUR TTC", 12345.67),
    ],
)
def test_amounts(words, amount):
    text = fold(words)
    assert [item.value for item in find_amounts(text, 0, len(text))] == [amount]


@pytest.mark.parametrize(
    "history",
    [
        "Le lun. 16 juin 2025 à 08:00, Martin <compta@martin.example> a écrit :\n\n> X",
        "Le 16/06/2025 à 08:00, Martin Bâtiment\n<compta@martin.example> a écrit :\n> X",
        "On Mon, Jun 16, 2025 at 8:00 AM Martin <c@martin.example> wrote:\n> X",
        "-----Message d'origine-----\nDe : Martin\nEnvoyé : lundi\nX",
        "De : Martin <c@martin.example>\nEnvoyé : lundi 16 juin 2025 08:00\nÀ : Moi\nX",
        "De: Martin\nDate: lun. 16 juin 2025\nTo: moi\nSubject: Relance\nX",
        "________________________________\nFrom: Martin\nSent: Monday\nTo: Me\nX",
        "> Le 16 juin 2025 à 08:00, Martin a écrit :\n> X",
        "---------- Forwarded message ---------\nFrom: Martin\nX",
        "-- \nJean Durand\nDirecteur\nX",
        "Cordialement,\nJean Durand\nX",
        "Best regards\n\nJohn\nX",
        "Envoyé de mon iPhone\n\n> X",
        "Ce message et ses pièces jointes sont confidentiels et destinés à leur "
        "destinataire. X",
    ],
)
def test_what_is_not_the_author_s_is_not_read(history):
    ours = "nous paierons vendredi, les travaux ne sont pas terminés, STOP"
    text = f"Bonjour,\nBien reçu, merci.\n\n{history.replace('X', ours)}\n"
    assert kinds(text) == {"none"}


def test_what_stands_between_quotes_and_below_a_signature_is_read():
    text = (
        "> Quand payez-vous ?\n\nNous paierons vendredi.\n\n> Merci\n\nCordialement,\nJean\n\n"
        "PS : merci de nous envoyer votre RIB.\n"
    )
    assert kinds(text) == {"promise", "document_request"}


def test_our_own_words_come_back_unmarked_and_are_known():
    ours = "Sans règlement sous 8 jours, nous transmettrons le dossier à notre avocat."
    text = f"Bien reçu.\n\n{ours}\n"
    folded, _kept = find_own(text, (ours,))
    assert "avocat" not in folded
    assert len(folded) == len(text)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Bonjour</p><p>Oui</p>", "Bonjour\n\nOui"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<style>p{}</style><script>x()</script>Oui", "Oui"),
        ("<div>Oui</div><blockquote>Non<br>Si</blockquote>", "Oui\n\n> Non\n\n> Si"),
        ("<div>Oui</div><div class='gmail_quote'>Non</div>", "Oui\n\n> Non"),
        ("<p>Prix&nbsp;: 5&nbsp;000&nbsp;&euro; &lt;b&gt;</p>", "Prix : 5 000 € <b>"),
        ("<p>Oui<span style='display: none'>Non</span>", "Oui"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ],
)
def test_html_becomes_lines(html, text):
    assert to_text(html) == text


@pytest.mark.parametrize(
    ("headers", "subject", "sort"),
    [
        ({"Auto-Submitted": "auto-replied"}, "x", "reply"),
        ({"Auto-Submitted": "auto-generated"}, "x", "generated"),
        ({"Auto-Submitted": "no"}, "Re: relance", None),
        ({"X-Autoreply": "yes"}, "x", "reply"),
        ({"From": "Postmaster <postmaster@client.example>"}, "x", "generated"),
        ({"From": "no-reply@portail.example"}, "Facture", "generated"),
        ({"From": "ne-pas-repondre@mairie.example"}, "Facture", "generated"),
        ({"From": "bounce+8f2=x@client.example"}, "x", "generated"),
        ({"Return-Path": "<>"}, "x", "generated"),
        ({"From": "norbert.reply@client.example"}, "Re: facture", None),
        ({"From": "Compta <a@b.example>", "Return-Path": "<a@b.example>"}, "x", None),
        ({}, "Réponse automatique : relance", "reply"),
        ({}, "Automatic reply: Reminder", "reply"),
        ({}, "Absence de PV sur la facture", None),
        ({}, "Auto-école du Port : votre facture", None),
        ({}, "Re: facture", None),
    ],
)
def test_machines_are_known_by_their_headers(headers, subject, sort):
    assert read_automatic(headers, subject) == sort


def test_an_invoice_passed_on_is_not_paid():
    for text in (
        "Votre facture a bien été transmise au maître d'œuvre pour visa.",
        "La facture avait été envoyée par courrier.",
        "Le maître d'œuvre a transmis le certificat de paiement.",
    ):
        assert kinds(text) == {"none"}


def test_what_a_message_quotes_of_ours():
    quoted = find_quoted(
        "R-000123 : facture FAC/2025/00042 de 1 200,50 €, tél 0612345678"
    )
    assert quoted["references"] == [123]
    assert "FAC/2025/00042" in quoted["numbers"]
    assert quoted["amounts"] == [1200.5]


HOSTILE = {
    "letters": "a" * 1_000_000,
    "spaces": " " * 1_000_000,
    "feeds": "\n" * 1_000_000,
    "digits": "1 " * 500_000,
    "dashes": "-" * 1_000_000,
    "quotes": "> " * 500_000,
    "wrote": "Le 1 a\n" * 150_000,
    "headers": "De : x\n" * 150_000,
    "disclaimers": "Ce message est\n" * 70_000,
    "pay": "nous allons payer " * 60_000,
    "not": "ne " * 330_000,
    "if": "si vous ne payez pas, " * 45_000,
    "amounts": "5 000 € le 15 " * 70_000,
    "reserves": "les réserves " * 80_000,
    "addresses": "a.b@c.d.e " * 100_000,
    "at": "a@" * 500_000,
    "dots": "." * 1_000_000,
    "words": "pouvez vous nous envoyer la facture et le pv et le rib " * 18_000,
    "accents": "é" * 1_000_000,
    "marks": "́" * 500_000,
    "emoji": "😀" * 300_000,
    "null": "\x00" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_of_a_megabyte_takes_no_second(name):
    started = time.process_time()
    assert read(HOSTILE[name], "fr", TODAY)
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<" * 300_000,
        "<!--" * 100_000,
        "&" * 500_000,
        "<a href='" + "x" * 500_000,
        "<blockquote>" * 50_000 + "x",
        "</div>" * 100_000,
    ],
    ids=["open", "less", "comments", "entities", "attribute", "quotes", "close"],
)
def test_a_hostile_html_takes_no_second(html):
    started = time.process_time()
    to_text(html)
    assert time.process_time() - started < 1
