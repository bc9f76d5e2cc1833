# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Learn the weights of ``reader/kindmodel.json``: python -m tests.corpus.kindlearn [FOLDER…].

The wordings of `kindwords`, papers of the corpus and the words of invented papers of many layouts, in
``papers.jsonl``, are learned. Each FOLDER, as ``tests.corpus.main`` writes it, holds papers in ``files/`` and their
truth in ``gt/``: their words are added to that file. scikit-learn is needed here, not where papers are read.
"""

import json
import random
import sys
from pathlib import Path

from tools import project

sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
from reader import kindmodel  # noqa: E402
from reader.values import plain  # noqa: E402

from . import kindwords  # noqa: E402

OUT = project.ROOT / "btp_relance_ocr/reader/kindmodel.json"
#: The words of papers, as they were read: one a line.
PAPERS = Path(__file__).with_name("papers.jsonl")
#: Made-up papers of each kind.
COPIES = 220
#: The tests read the first ones of the corpus.
COPY = 100
#: Made-up papers of each title of other papers.
OTHER_COPIES = 6


def made_up(seed=7):
    """Papers put together from the wordings: (kind, titles, text)."""
    rng = random.Random(seed)
    groups = [
        (kind, titles.splitlines(), kindwords.BODIES[kind].splitlines())
        for kind, titles in kindwords.TITLES.items()
        for _copy in range(COPIES)
    ]
    others = [
        ("autre", titles.split("|"), body.splitlines())
        for titles, body in kindwords.OTHER.items()
    ]
    groups += [
        (kind, [title], body)
        for kind, titles, body in others
        for title in titles
        for _copy in range(OTHER_COPIES)
    ]
    for kind, titles, body in groups:
        title = rng.choice(titles)
        # Some papers say little beside their title.
        little = rng.random() < 0.25
        said = rng.sample(body, min(len(body), rng.randrange(2 if little else 8)))
        shared = rng.sample(kindwords.SHARED, rng.randrange(2, 4 if little else 12))
        heads = rng.sample(shared, 2)
        at = rng.randrange(3)
        lines = [*heads[:at], title, *heads[at:], *shared, *said]
        if kind == "autre" and rng.random() < 0.5:
            # Other papers talk of all kinds.
            named = rng.choice(list(kindwords.BODIES))
            lines += rng.sample(kindwords.BODIES[named].splitlines(), 2)
        titles = [title, *heads[: rng.randrange(3)]]
        if rng.random() < 0.12 and kind != "autre":
            # Some papers have no title that tells.
            titles, lines = heads, [line for line in lines if line != title]
        yield kind, [plain(text) for text in titles], plain("\n".join(lines))


def fit(papers):
    """The model's weights from papers."""
    import numpy as np
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows, kinds = [], []
    for kind, titles, text in papers:
        told = kindmodel.features(titles, text)
        size = 1.0 / max(1, len(told)) ** 0.5
        rows.append(dict.fromkeys(told, size))
        kinds.append(kind)
    counts = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    rows = [
        {name: size for name, size in row.items() if counts[name] >= 4} for row in rows
    ]
    vectors = DictVectorizer()
    data = vectors.fit_transform(rows)
    model = LogisticRegression(C=12.0, max_iter=300, class_weight="balanced")
    model.fit(data, kinds)
    weights = {}
    for name, column in zip(vectors.feature_names_, model.coef_.T, strict=True):
        kept = [
            (index, round(float(w), 2))
            for index, w in enumerate(column)
            if abs(w) > 0.25
        ]
        if kept and np.abs(column).max() > 0.5:
            weights[name] = kept
    return {
        "kinds": [str(kind) for kind in model.classes_],
        "bias": [round(float(b), 3) for b in model.intercept_],
        "weights": weights,
    }


def kept():
    """The papers of ``papers.jsonl``: (kind, titles, text)."""
    for row in PAPERS.read_text(encoding="utf-8").splitlines():
        paper = json.loads(row)
        yield paper["kind"], paper["titles"], paper["text"]


def words_of(content):
    """(titles, text) of a file as it is read, None when nothing can be read."""
    from reader import source

    try:
        doc = source.read(content)
    except source.Unreadable:
        return None
    page = next((page for page in doc.pages if page.lines), None)
    return page and (kindmodel.title_lines(page), plain(doc.text))


def laid_out():
    """Papers of the corpus, other ones than the tests read: (kind, titles, text)."""
    from .main import PARTS, make

    for part, families in PARTS.items():
        for family in families:
            content, _suffix, truth = make(part, family, COPY, "clean")
            if words := words_of(content):
                yield truth["type"], *words


def papers_of(folder):
    """The papers of a folder that can be read, as the rows of ``papers.jsonl``."""
    for path in sorted((folder / "gt").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        words = words_of((folder / "files" / truth["file"]).read_bytes())
        if words and truth["type"]:
            titles, text = words
            yield {"kind": truth["type"], "titles": titles, "text": text}


def main():
    """Learn and write."""
    with PAPERS.open("a", encoding="utf-8") as file:
        for name in sys.argv[1:]:
            for paper in papers_of(Path(name)):
                file.write(json.dumps(paper, ensure_ascii=False) + "\n")
    model = fit([*made_up(), *laid_out(), *kept()])
    OUT.write_text(
        json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
