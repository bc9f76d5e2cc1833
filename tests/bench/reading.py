# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What reading papers costs beside pdfminer and Tesseract alone, on the same pages and one core.

A program of its own: it needs neither Odoo nor a database. It prints results as the other jobs do.
"""

import argparse
import io
import json
import os
import resource
import sys
import time

from tests.corpus import degrade, develop, held
from tests.corpus import main as corpus
from tools import project

PAGES_OF_TEXT = ("exe6", "order_classic", "situation_columns", "invoice_classic")
SCANS = ("exe4", "os_public", "certificate", "doe_table")


def cpu():
    """CPU seconds of this process and of those it waited for."""
    parts = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def measure(name, work, files):
    """Time one way of reading all files and print it."""
    work(files[0])
    started, wall = cpu(), time.monotonic()
    for content in files:
        work(content)
    values = {
        "python_s": cpu() - started,
        "sql_s": 0.0,
        "wall_s": time.monotonic() - wall,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "queries": 0,
        "items": len(files),
    }
    values["cpu_s"] = values["python_s"]
    print(json.dumps({"name": name, "values": values}), flush=True)


def papers(names, count, how):
    """So many one-page papers of these families."""
    families = {**develop.FAMILIES, **held.FAMILIES}
    part = {
        name: "develop" if name in develop.FAMILIES else "held" for name in families
    }
    pairs = [(name, copy) for copy in range(1 + count // len(names)) for name in names]
    found = [corpus.make(part[name], name, copy, how)[0] for name, copy in pairs]
    return found[:count]


def main():
    """Measure both kinds of pages."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=12)
    count = parser.parse_args().pages
    sys.path.insert(0, str(project.ROOT / "btp_relance_ocr"))
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import cv2
    import numpy as np
    from pdfminer.high_level import extract_text
    from reader import result, tesseract

    cv2.setNumThreads(1)
    texts = papers(PAGES_OF_TEXT, count, "clean")
    measure("read_pdfminer", lambda content: extract_text(io.BytesIO(content)), texts)
    measure("read_text", result.read, texts)
    scans = papers(SCANS, count, "scan")
    drawn = [
        np.ascontiguousarray(degrade.draw(content, 300)[0][:, :, 0])
        for content in scans
    ]
    measure("read_tesseract", lambda page: tesseract.read(page, 300 / 72), drawn)
    measure("read_scan", result.read, scans)


if __name__ == "__main__":
    main()
