# Copyright 2026 BTP Relance contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a piece of work costs: CPU of Python and PostgreSQL, wall time, memory, queries.

CPU is what counts here: wall time on a shared machine says more about the neighbours.
PostgreSQL's share is read from ``/proc`` (Linux, server on this machine); parallel query
is switched off on the measured databases, so that the backend's own clock is all of it.
"""

import resource
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass
class Cost:
    """The cost of one measured step; ``items`` is what it handled (lines, mails…)."""

    python_s: float = 0.0
    sql_s: float = 0.0
    wall_s: float = 0.0
    peak_mib: float = 0.0
    queries: int = 0
    items: int = 0

    @property
    def cpu_s(self):
        """CPU seconds of Python and of PostgreSQL together."""
        return self.python_s + self.sql_s

    def per_item_ms(self):
        """CPU milliseconds per item, or None when there was none."""
        return 1000 * self.cpu_s / self.items if self.items else None

    def as_dict(self):
        """Plain values for the JSON report."""
        return {**asdict(self), "cpu_s": self.cpu_s}


def backends(cr):
    """Process ids of the PostgreSQL backends that serve the cursor's database."""
    cr.execute(
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_type = 'client backend'"
    )
    return [pid for (pid,) in cr.fetchall()]


def process_cpu(pid):
    """CPU seconds (user + system) that a process has used, 0 if it is gone or remote."""
    try:
        # The scheduler counts nanoseconds; utime and stime of "stat" are ticks of 10 ms.
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def peak_memory(pid="self"):
    """Peak resident memory of a process in bytes, 0 if it is gone or remote."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    for row in status.splitlines():
        if row.startswith("VmHWM:"):
            return int(row.split()[1]) * 1024
    return 0


def python_cpu():
    """CPU seconds of this process and of the children it waited for (wkhtmltopdf…)."""
    usages = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


class Meter:
    """Context manager that fills a :class:`Cost`.

    Memory is Python's peak during the block plus the backend's since it connected, shared
    buffers included: more than the truth rather than less.
    """

    def __init__(self, cr):
        self.cr = cr
        self.cost = Cost()

    def __enter__(self):
        # "5" resets the peak, so that each block shows its own.
        Path("/proc/self/clear_refs").write_text("5")
        self.sql_before = {pid: process_cpu(pid) for pid in backends(self.cr)}
        thread = threading.current_thread()
        thread.query_count = 0
        if not hasattr(thread, "query_time"):
            thread.query_time = 0.0
        self.python_before = python_cpu()
        self.wall_before = time.monotonic()
        return self.cost

    def __exit__(self, *exc):
        cost = self.cost
        cost.wall_s = time.monotonic() - self.wall_before
        cost.python_s = python_cpu() - self.python_before
        cost.queries = threading.current_thread().query_count
        pids = backends(self.cr)
        cost.sql_s = sum(
            process_cpu(pid) - self.sql_before.get(pid, 0.0) for pid in pids
        )
        peak = peak_memory() + max((peak_memory(pid) for pid in pids), default=0)
        cost.peak_mib = peak / MIB


def average(costs):
    """The mean of several costs of the same step."""
    count = len(costs)
    return Cost(
        python_s=sum(c.python_s for c in costs) / count,
        sql_s=sum(c.sql_s for c in costs) / count,
        wall_s=sum(c.wall_s for c in costs) / count,
        peak_mib=max(c.peak_mib for c in costs),
        queries=round(sum(c.queries for c in costs) / count),
        items=costs[-1].items,
    )
