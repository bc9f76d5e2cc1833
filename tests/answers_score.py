# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How well the reader of answers reads: ``python tests/answers_score.py FILE``.

A file has one answer a line, as JSON: ``text``, ``lang``, ``today`` (ISO) and ``expected``,
a list of ``{"kind", ...}`` with the values that the answer gives: ``date`` (or ``until``),
``amount``, ``reason``, ``documents``, ``email``, ``channel``, ``insolvency``. Nothing
expected is the kind ``none``. ``tolerated`` names kinds on which two careful clerks may
differ: a reading of them more or less counts neither way. ``reason_alt`` and ``until_alt``
are values as good as the first; ``until_is: return_day`` is a day on which somebody is
back; ``date_vague`` a date that is not compared.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "btp_relance"))

from engine.answers import KINDS, read  # noqa: E402

#: Values compared, and the other names that they may bear.
VALUES = {
    "date": ("date", "until"),
    "amount": ("amount",),
    "reason": ("reason",),
    "documents": ("documents", "document"),
    "email": ("email",),
    "channel": ("channel",),
    "insolvency": ("insolvency",),
}


def load(path) -> list[dict]:
    """Return the answers of a file."""
    lines = Path(path).read_text(encoding="utf-8").splitlines()
    answers = [json.loads(line) for line in lines if line.strip()]
    for answer in answers:
        answer["expected"] = answer["expected"] or [{"kind": "none"}]
    return answers


def expected_value(item: dict, name: str):
    """Return what an expected reading says of a value; nothing when it does not."""
    for key in VALUES[name]:
        if item.get(key) not in (None, ""):
            value = item[key]
            if name == "documents":
                return sorted([value] if isinstance(value, str) else value)
            return round(float(value), 2) if name == "amount" else value
    return None


def read_value(reading, name: str):
    """Return what the reader says of a value."""
    value = getattr(reading, name, None)
    if value is None:
        value = reading.values.get(name)
    if name == "date" and value:
        return value.isoformat()
    if name == "documents" and value:
        return sorted(value)
    return value


def agrees(item: dict, reading, name: str) -> bool:
    """Return whether a reading gives a value that is as good as the one expected."""
    said, found = expected_value(item, name), read_value(reading, name)
    if name == "reason":
        return found in (said, *item.get("reason_alt", ()))
    if name == "documents":
        # A set that names them freely says only that some are asked for.
        return found == said or "document" in item
    if name == "date" and item.get("date_vague"):
        return True
    if name == "date" and item["kind"] == "out_of_office" and found:
        alt = item.get("until_alt", ())
        days = {said, *([alt] if isinstance(alt, str) else alt)}
        if item.get("until_is") == "return_day":
            # Away until the day before, or until that day: the same to whoever waits.
            before = date.fromisoformat(said) - timedelta(days=1)
            days.add(before.isoformat())
        return found in days
    return found == said


def pair(expected: list[dict], found: list) -> list[tuple]:
    """Return expected and found readings of one kind, those that agree best together.

    :return: ``(expected or None, found or None)`` pairs
    """

    def likeness(item, reading):
        return sum(
            agrees(item, reading, name)
            for name in ("date", "amount", "reason")
            if expected_value(item, name) is not None
        )

    pairs, left = [], list(found)
    for item in expected:
        best = max(left, key=lambda reading: likeness(item, reading), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((item, best))
    return pairs + [(None, reading) for reading in left]


def compare(values: dict, item: dict, reading) -> bool:
    """Count the values of a reading that are right, and return whether all of them are."""
    right = True
    for name in VALUES:
        if expected_value(item, name) is None:
            continue
        same = agrees(item, reading, name)
        values[item["kind"], name][0] += same
        values[item["kind"], name][1] += 1
        right &= same
    return right


def score(answers: list[dict]) -> dict:
    """Return the figures of a set.

    :return: ``{"kinds": {kind: {"precision", "recall", "f1", "expected"}}, "values":
        {(kind, value): (right, said)}, "calibration": [(lowest, count, share right)],
        "errors": [(number, expected, found)]}``
    """
    right, found_count, expected_count = Counter(), Counter(), Counter()
    values = defaultdict(lambda: [0, 0])
    calibration = defaultdict(lambda: [0, 0])
    errors = []
    for number, answer in enumerate(answers, start=1):
        readings = read(
            answer["text"],
            answer["lang"],
            date.fromisoformat(answer["today"]),
            answer.get("facts"),
        )
        wrong = False
        for kind in KINDS:
            pairs = pair(
                [item for item in answer["expected"] if item["kind"] == kind],
                [reading for reading in readings if reading.kind == kind],
            )
            for item, reading in pairs:
                if kind in answer.get("tolerated", ()) and not (item and reading):
                    continue
                expected_count[kind] += item is not None
                found_count[kind] += reading is not None
                if reading is not None and kind != "none":
                    bucket = calibration[min(9, int(reading.confidence * 10))]
                    bucket[0] += 1
                    bucket[1] += item is not None
                if item is None or reading is None:
                    wrong = True
                    continue
                right[kind] += 1
                wrong |= not compare(values, item, reading)
        if wrong:
            errors.append((number, answer, readings))
    kinds = {}
    for kind in KINDS:
        precision = right[kind] / found_count[kind] if found_count[kind] else 1.0
        recall = right[kind] / expected_count[kind] if expected_count[kind] else 1.0
        total = precision + recall
        kinds[kind] = {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / total if total else 0.0,
            "expected": expected_count[kind],
        }
    return {
        "kinds": kinds,
        "values": {key: tuple(pair_) for key, pair_ in values.items()},
        "calibration": [
            (bucket / 10, count, good / count)
            for bucket, (count, good) in sorted(calibration.items())
        ],
        "errors": errors,
    }


def main():
    """Print the figures of a set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--errors", action="store_true", help="show what was misread")
    options = parser.parse_args()
    answers = load(options.file)
    result = score(answers)
    print(f"{len(answers)} answers")
    print(f"{'class':18} {'n':>4} {'precision':>10} {'recall':>8} {'F1':>6}")
    for kind, figures in result["kinds"].items():
        print(
            f"{kind:18} {figures['expected']:4} {figures['precision']:10.3f}"
            f" {figures['recall']:8.3f} {figures['f1']:6.3f}"
        )
    for (kind, name), (good, said) in sorted(result["values"].items()):
        print(f"{kind}.{name:12} {good}/{said} = {good / said:.3f}")
    print("confidence at least: readings, share right")
    for lowest, count, share in result["calibration"]:
        print(f"  {lowest:.1f}: {count:4} {share:.2f}")
    if options.errors:
        for number, answer, readings in result["errors"]:
            print(f"\n#{number} {answer['text'][:200]!r}")
            print("   expected", answer["expected"])
            for item in readings:
                print(
                    "   found   ", item.kind, item.date, item.amount, item.reason,
                    item.values, item.confidence, repr(item.quote[:80]),
                )  # fmt: skip


if __name__ == "__main__":
    main()
