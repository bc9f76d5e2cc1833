# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tesseract 5 in French, as a program: the system's, or the one that BTP_TESSERACT's folder holds."""

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import cv2

from .limits import LIMITS
from .model import Word


class NoTesseract(Exception):
    """There is no Tesseract with French on this machine."""


class TooHard(Exception):
    """Tesseract needs more time for a picture than any page of text takes."""


def _confine():
    """Bound the processor time of Tesseract."""
    resource.setrlimit(resource.RLIMIT_CPU, (LIMITS.page_cpu, LIMITS.page_cpu + 1))


def find_program():
    """Return (program, environment) of the Tesseract to use.

    ``BTP_TESSERACT`` names a prefix that Debian's packages were unpacked in; else the system's is used.
    """
    env = {
        "OMP_THREAD_LIMIT": "1",
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": tempfile.gettempdir(),
    }
    prefix = os.environ.get("BTP_TESSERACT")
    if prefix and (program := Path(prefix, "usr/bin/tesseract")).exists():
        libraries = [str(path) for path in Path(prefix, "usr/lib").glob("*-linux-*")]
        data = sorted(Path(prefix, "usr/share/tesseract-ocr").glob("*/tessdata"))
        env["LD_LIBRARY_PATH"] = os.pathsep.join(libraries)
        if data:
            env["TESSDATA_PREFIX"] = str(data[-1])
        return str(program), env
    if program := shutil.which("tesseract"):
        for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH"):
            if name in os.environ:
                env[name] = os.environ[name]
        return program, env
    raise NoTesseract


def _run(image, *args):
    """Run Tesseract on a grey picture and return what it prints."""
    program, env = find_program()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.pgm")
        cv2.imwrite(str(path), image)
        done = subprocess.run(
            [program, str(path), "stdout", *args],
            env=env,
            capture_output=True,
            cwd=folder,
            check=False,
            stdin=subprocess.DEVNULL,
            preexec_fn=_confine,
        )
    if done.returncode == -signal.SIGXCPU:
        raise TooHard
    if done.returncode and b"Too few characters" not in done.stderr:
        if b"Failed loading language" in done.stderr or done.returncode == 127:
            raise NoTesseract
    return done.stdout.decode("utf-8", "replace")


def read(image, scale, psm=3):
    """Read a grey picture.

    :param scale: pixels per point
    :return: words in points
    """
    dpi = str(max(70, min(600, round(scale * 72))))
    output = _run(image, "-l", "fra", "--psm", str(psm), "--dpi", dpi, "tsv")
    words = []
    for row in output.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = map(int, cells[6:10])
        words.append(
            Word(
                cells[11].strip(),
                left / scale,
                top / scale,
                (left + width) / scale,
                (top + height) / scale,
                max(0.0, float(cells[10])) / 100,
            )
        )
    return words
