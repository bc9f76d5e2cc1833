# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The process that reads: it loads the libraries once, then forks a child of its own for each file.

The child has limits, a session and a temporary folder of its own, and no network. This process touches
no file itself, so a file that breaks its child breaks nothing else. Jobs come as lines of JSON.
"""

import ctypes
import json
import os
import resource
import shutil
import signal
import sys
import tempfile
import time

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000


def main():
    """Do the jobs that come in, one line each, until there are no more."""
    os.environ.update(
        OMP_THREAD_LIMIT="1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"
    )
    import cv2

    from . import kindmodel, result

    cv2.setNumThreads(1)
    kindmodel.weights()
    # What is compiled from here on would be written by those who hold a stranger's file.
    sys.dont_write_bytecode = True
    # What libraries print would be taken for answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    answer(answers, "ready")
    for line in sys.stdin:
        answer(answers, json.dumps(do(json.loads(line), result)))


def answer(answers, text):
    """Give one line back to who asked."""
    answers.write(f"{text}\n")
    answers.flush()


def do(job, result):
    """Fork a child for one file and wait for it, no longer than allowed.

    :return: {"status", "seconds", "rss_mb"}; the reading itself is in the job's ``out`` file
    """
    folder = tempfile.mkdtemp(prefix="btp-read-")
    started = time.monotonic()
    pid = os.fork()
    if not pid:
        code = 70
        try:
            os.setsid()
            confine(job, folder)
            code = child(job, result)
        except MemoryError:
            code = 71
        finally:
            os._exit(code)
    try:
        status, rss = wait(pid, started + job["wall"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"status": status, "seconds": time.monotonic() - started, "rss_mb": rss}


def wait(pid, end):
    """Wait for a child; kill its whole session when its time is up: (status, its memory in MB)."""
    pause, late = 0.002, False
    while True:
        done, status, usage = os.wait4(pid, os.WNOHANG)
        if done:
            kill(pid)
            return (
                "timeout" if late else os.waitstatus_to_exitcode(status)
            ), usage.ru_maxrss // 1024
        if not late and time.monotonic() > end:
            late = True
            kill(pid)
        time.sleep(pause)
        pause = min(0.05, pause * 1.3)


def kill(pid):
    """End a child's session, also what the child left behind."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def confine(job, folder):
    """Give up what reading does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (job["file_size"], job["file_size"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    os.chdir(folder)
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    leave_network()


def leave_network():
    """Enter a network namespace with nothing in it; where the kernel refuses, Python's own sockets are closed."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNET) and libc.unshare(CLONE_NEWUSER | CLONE_NEWNET):
        sys.addaudithook(no_sockets)


def no_sockets(event, _args):
    """Refuse whatever opens a connection."""
    if event.startswith("socket.") and event != "socket.__new__":
        raise PermissionError(event)


def child(job, result):
    """Read the file and leave the reading in ``out``; the exit code tells how it went."""
    try:
        with open(job["path"], "rb") as handle:
            content = handle.read(job["bytes"] + 1)
        told = (
            result.failure("too_large")
            if len(content) > job["bytes"]
            else result.read(content, job.get("pictures"))
        )
    except MemoryError:
        told = result.failure("too_large")
    except RecursionError:
        told = result.failure("corrupt")
    part = f"{job['out']}.part"
    with open(part, "w", encoding="utf-8") as handle:
        json.dump(told, handle)
    os.replace(part, job["out"])
    return 0


if __name__ == "__main__":
    main()
