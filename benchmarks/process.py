"""What the system says of a process."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path


def pss_mb(pid: int) -> float:
    """Proportional set size in MB: its own pages, and its share of those it shares."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    match = re.search(r"^Pss:\s+(\d+) kB", rollup, re.MULTILINE)
    assert match is not None
    return int(match[1]) / 1024


@dataclass(frozen=True, slots=True)
class Work:
    """CPU seconds and context switches of all threads so far."""

    cpu_s: float
    switches: int

    @classmethod
    def of(cls, pid: int) -> Work:
        """Read both now."""
        cpu_ns = switches = 0
        for task in Path(f"/proc/{pid}/task").iterdir():
            cpu_ns += int((task / "schedstat").read_text().split()[0])
            switches += sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", (task / "status").read_text())))
        return cls(cpu_ns / 1e9, switches)


@dataclass(frozen=True, slots=True)
class Rate:
    """CPU in percent of one core, and context switches a second."""

    cpu_percent: float
    switches_per_s: float


def watch(pid: int, seconds: float) -> Rate:
    """Let the process be for a while and see what it did."""
    before, began = Work.of(pid), time.perf_counter()
    time.sleep(seconds)
    after, took = Work.of(pid), time.perf_counter() - began
    return Rate(100 * (after.cpu_s - before.cpu_s) / took, (after.switches - before.switches) / took)
