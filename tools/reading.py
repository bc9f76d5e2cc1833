# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""./btp read: papers read without Odoo. It runs in the project's environment, not in `./btp`'s own Python."""

import argparse
import glob
import json
import sys
from pathlib import Path

import reader

#: What is told of each file; the words and their places are for programs, not for this command.
KEYS = ("type", "fields", "confidence", "error", "warnings", "seconds", "rss_mb")


def parse(args):
    """Read the command's options."""
    parser = argparse.ArgumentParser(
        prog="./btp read", description="Say what papers are and what they say."
    )
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="a file, a folder or a pattern"
    )
    parser.add_argument("--json", metavar="OUT", help="write there, not on the screen")
    parser.add_argument(
        "--jobs", type=int, default=2, help="files read side by side (2)"
    )
    return parser.parse_args(args)


def expand(names):
    """The files that the arguments name: folders are looked into, patterns filled in; (files, what is not there)."""
    files, absent = [], []
    for name in names:
        path = Path(name)
        if path.is_dir():
            files += sorted(child for child in path.rglob("*") if child.is_file())
        elif path.is_file():
            files.append(path)
        elif found := sorted(map(Path, glob.glob(name, recursive=True))):
            files += [child for child in found if child.is_file()]
        else:
            absent.append(name)
    return list(dict.fromkeys(files)), absent


def keys_of(files):
    """{file: its key in the output}: its name, or its path where two have one name."""
    names = [path.name for path in files]
    return {
        path: path.name if names.count(path.name) == 1 else str(path) for path in files
    }


def main(args):
    """Read the files; return the exit code: 1 when one of them is not there."""
    options = parse(args)
    files, absent = expand(options.files)
    for name in absent:
        print(f"btp: no file {name}", file=sys.stderr)
    keys, told = keys_of(files), {}
    for number, (path, reading) in enumerate(
        reader.read_files(files, options.jobs), start=1
    ):
        told[keys[path]] = {key: reading[key] for key in KEYS}
        if options.json:
            what = reading["error"] or reading["type"]
            print(
                f"• {number}/{len(files)} {keys[path]}: {what}",
                file=sys.stderr,
                flush=True,
            )
    text = json.dumps(
        {keys[path]: told[keys[path]] for path in files}, ensure_ascii=False, indent=1
    )
    if options.json:
        Path(options.json).write_text(text + "\n", encoding="utf-8")
    else:
        print(text)
    return 1 if absent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
