# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Write a corpus: python -m tests.corpus.main FOLDER [--part develop|held] [--copies N] [--only NAME]."""

import argparse
import json
import random
from pathlib import Path

from weasyprint import HTML

from . import degrade, develop, fifth, fourth, fresh, held, third
from .facts import Facts
from .names import Names

PARTS = {
    "develop": develop.FAMILIES,
    "held": held.FAMILIES,
    "fresh": fresh.FAMILIES,
    "third": third.FAMILIES,
    "fourth": fourth.FAMILIES,
    "fifth": fifth.FAMILIES,
}

#: A photo shows one page only.
SEVERAL_PAGES = {"opr_site", "invoice_pages"}


def make(part, family, copy, how):
    """One paper: (bytes, suffix, truth)."""
    rng = random.Random(f"{part}/{family}/{copy}/{how}")
    if part in ("third", "fourth", "fifth"):
        facts = Names(rng)
    else:
        facts = Facts(rng, "develop" if part == "develop" else "held")
    html, kind, fields = PARTS[part][family](facts)
    content, suffix = degrade.KINDS[how](HTML(string=html).write_pdf(), rng)
    truth = {
        "type": kind,
        "layout": family,
        "degradation": how,
        "degradation_detail": {},
        "pages": 1,
        "fields": fields,
        "expected_error": None,
    }
    return content, suffix, truth


def write(folder, part, copies, only=None, conditions=tuple(degrade.KINDS)):
    """Write files and their truth into `folder`."""
    for name in ("files", "gt"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for family in PARTS[part]:
        if only and only not in family:
            continue
        for copy in range(copies):
            for how in conditions:
                if how == "photo" and family in SEVERAL_PAGES:
                    continue
                content, suffix, truth = make(part, family, copy, how)
                name = f"{part[:2]}_{family}_{copy}_{how}"
                truth["file"] = name + suffix
                (folder / "files" / (name + suffix)).write_bytes(content)
                (folder / "gt" / f"{name}.json").write_text(
                    json.dumps(truth, ensure_ascii=False, indent=1), encoding="utf-8"
                )


def main():
    """Read the options and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", default="develop", choices=PARTS)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--conditions", default=",".join(degrade.KINDS))
    options = parser.parse_args()
    write(
        options.folder,
        options.part,
        options.copies,
        options.only,
        options.conditions.split(","),
    )


if __name__ == "__main__":
    main()
