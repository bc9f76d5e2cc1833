# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the user sees: one line a step, progress on long ones, one sentence on failure."""

import errno
import os
import shutil
import subprocess
import sys
import time

from . import project

#: Seconds between two signs of life of a long step, on a terminal and in a log.
TERMINAL_TICK, LOG_TICK = 0.5, 20

#: Bytes left below which a failed command most likely failed for want of space.
NEARLY_FULL = 50 * 1024**2


class Failure(Exception):
    """Ends the command: its text is the one sentence that says what happened and what to do."""


def say(text):
    """Print one line for the user, at once."""
    print(text, flush=True)


def log(text):
    """Keep a line in the log file; never fail because of it."""
    try:
        path = project.log_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text.rstrip()}\n")
    except OSError:
        pass


class Progress:
    """Shows that a long step is alive: a moving clock on a terminal, a line now and then in a log."""

    def __init__(self, title):
        self.title = title
        self.started = self.shown = time.monotonic()
        self.terminal = sys.stdout.isatty()
        say(f"• {title}")

    def tick(self, detail=""):
        """Show the time spent, and `detail`, when it is time to."""
        now = time.monotonic()
        if now - self.shown < (TERMINAL_TICK if self.terminal else LOG_TICK):
            return
        self.shown = now
        line = f"  … {now - self.started:.0f} s {detail}".rstrip()
        if self.terminal:
            width = os.get_terminal_size().columns
            print(f"\r\033[K{line[: width - 1]}", end="", flush=True)
        else:
            say(line)

    def close(self):
        """Wipe the moving line."""
        if self.terminal:
            print("\r\033[K", end="", flush=True)


def run(cmd, title, hint, *, check=True, detail=None, output=None, **popen):
    """Run a command as one step.

    :param str title: the line that says what is being done
    :param str hint: the sentence when it fails: what is wrong and what to do
    :param detail: called with nothing, returns a few words on how far it is
    :param output: a file to write the command's output to, instead of adding it to the log file
    :return: the return code
    :raise Failure: when it fails and ``check`` is set
    """
    progress = Progress(title)
    log(f"$ {' '.join(map(str, cmd))}")
    target = output or project.log_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb" if output else "ab") as stream:
        process = subprocess.Popen(
            [str(part) for part in cmd],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            **popen,
        )
        try:
            while process.poll() is None:
                time.sleep(0.1)
                progress.tick(detail() if detail else "")
        finally:
            end(process)
            progress.close()
    if process.returncode:
        check_disk_is_not_full()
    if check and process.returncode:
        raise Failure(f"{hint} (details at the end of {target})")
    return process.returncode


def check_disk_is_not_full():
    """Give a command's failure its true reason when that is the disk."""
    if shutil.disk_usage(project.state()).free < NEARLY_FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def end(process, seconds=20):
    """Ask a process that we started to stop, insist if it does not, and wait for it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def capture(cmd, **options):
    """Run a short command; return (ok, its output), never raise because it is missing."""
    try:
        done = subprocess.run(
            [str(part) for part in cmd],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            **options,
        )
    except OSError as error:
        return False, str(error)
    if done.returncode:
        log(f"$ {' '.join(map(str, cmd))}\n{done.stdout}")
    return not done.returncode, done.stdout.strip()
