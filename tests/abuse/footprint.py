"""What a process takes of the machine, as the kernel tells (Linux)."""

import os
from pathlib import Path
from typing import NamedTuple

_FROM_NOW_ON = "5"
"""Written to `clear_refs`: the highest memory of the process is counted anew (proc(5))."""


class Memory(NamedTuple):
    """Resident memory in MiB."""

    now: float
    highest: float


def memory_of(pid: int) -> Memory:
    """What it has, and the most it has had since `count_anew`."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    now, highest = (int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
    return Memory(now, highest)


def count_anew(pid: int) -> None:
    """The highest from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text(_FROM_NOW_ON, encoding="utf-8")


def open_files_of(pid: int) -> int:
    """How many files and connections it has open."""
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def processor_seconds_of(pid: int) -> float:
    """How long it has computed, in its own name and in the kernel's."""
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
