# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Read files in processes of their own, whatever they hold.

``Reader`` keeps one process ready that forks a confined child per file; ``read_file`` is for one file,
``read_files`` for many, side by side.
"""

import contextlib
import dataclasses
import json
import os
import queue
import select
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from .codes import failure
from .limits import LIMITS

#: The end of a child by a signal, and what it says of the file: PDFium aborts on bombs and on what draws itself.
SIGNALS = {
    signal.SIGXCPU: "timeout",
    signal.SIGKILL: "too_large",
    signal.SIGXFSZ: "too_large",
}
NO_MEMORY = 71
GRACE = 15


class Reader:
    """A process that reads files, one after another. Use it in a ``with`` block; it starts again when killed."""

    def __init__(self, limits=LIMITS):
        self.limits = limits
        self.process = None
        #: How often the process died under a job.
        self.failures = 0

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def start(self):
        """Start the process and wait until its libraries are loaded."""
        home = Path(__file__).resolve().parent
        env = {**os.environ, "PYTHONPATH": str(home.parent)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", f"{home.name}.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=env,
            text=True,
            start_new_session=True,
        )
        if self._answer(60) != "ready":
            self.close()
            raise RuntimeError("the reading process does not start")

    def close(self):
        """End the process."""
        process, self.process = self.process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _answer(self, seconds):
        """The next line of the process; an empty one when it died or is late."""
        ready, _write, _error = select.select([self.process.stdout], [], [], seconds)
        return self.process.stdout.readline().strip() if ready else ""

    def read(self, path, pictures=None):  # pylint: disable=method-required-super
        """Read one file.

        :param path: the file; its name says nothing, its bytes do
        :param pictures: a folder for pictures of its pages, made when it is not there
        :return: dict, see ``reader.read_file``
        """
        with tempfile.TemporaryDirectory(prefix="btp-read-") as folder:
            out = Path(folder, "out.json")
            job = {
                "path": str(Path(path).resolve()),
                "out": str(out),
                "pictures": _folder(pictures),
                **dataclasses.asdict(self.limits),
            }
            answer = self._ask(job)
            told = self._told(answer, out)
        told["seconds"] = round(answer.get("seconds", self.limits.wall), 3)
        told["rss_mb"] = answer.get("rss_mb", 0)
        return told

    def _ask(self, job):
        """Give a job to the process, which is started anew when it was killed meanwhile; twice at most."""
        for _attempt in range(2):
            try:
                if self.process is None or self.process.poll() is not None:
                    self.close()
                    self.start()
                self.process.stdin.write(json.dumps(job) + "\n")
                self.process.stdin.flush()
                if line := self._answer(self.limits.wall + GRACE):
                    return json.loads(line)
            except (BrokenPipeError, ValueError):
                # It died over this job, or before: it is started anew below.
                self.failures += 1
            if self.process is not None:
                self.process.kill()
        return {"status": "timeout"}

    @staticmethod
    def _told(answer, out):
        """The reading, or what the child's end says of the file."""
        if out.exists():
            return json.loads(out.read_text(encoding="utf-8"))
        status = answer["status"]
        if status == "timeout":
            return failure("timeout")
        if status == NO_MEMORY:
            return failure("too_large")
        if isinstance(status, int) and status < 0:
            return failure(SIGNALS.get(-status, "corrupt"))
        return failure("corrupt")


def _folder(pictures):
    """The absolute name of the folder for pictures, which is there then; None when nobody wants them."""
    if pictures is None:
        return None
    folder = Path(pictures).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder)


def read_file(path, limits=LIMITS, pictures=None):
    """Read one file in a process of its own; see ``reader.read_file``."""
    with Reader(limits) as reader:
        return reader.read(path, pictures)


def read_files(paths, workers=2, limits=LIMITS, pictures=None):
    """Read many files side by side.

    :param pictures: a folder for pictures; those of a file go into a folder there, named after its rank from 0
    :return: iterator of (path, dict) in the order in which they are done
    """
    todo, done = queue.Queue(), queue.Queue()
    paths = list(paths)
    for job in enumerate(paths):
        todo.put(job)

    def work():
        with Reader(limits) as reader:
            while True:
                try:
                    rank, path = todo.get_nowait()
                except queue.Empty:
                    return
                try:
                    folder = None if pictures is None else Path(pictures, str(rank))
                    done.put((path, reader.read(path, folder)))
                except Exception as error:  # noqa: BLE001 - whoever waits must get an answer for each file
                    done.put((path, error))

    threads = [
        threading.Thread(target=work, daemon=True)
        for _number in range(max(1, min(workers, len(paths))))
    ]
    for thread in threads:
        thread.start()
    for _path in paths:
        path, told = done.get()
        if isinstance(told, Exception):
            raise told
        yield path, told
    for thread in threads:
        thread.join()
