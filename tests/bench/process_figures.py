"""What the kernel knows of a process: CPU time and memory (Linux)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True, slots=True)
class CpuTime:
    """Seconds of a core that the threads of some processes have had, as of a moment."""

    seconds: float

    @classmethod
    def of(cls, *pids: int) -> Self:
        """Of all threads that live, to the nanosecond."""
        tasks = (task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir())
        return cls(sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9)

    def since(self, earlier: Self) -> float:
        """Seconds of a core between both moments."""
        return self.seconds - earlier.seconds


def resident_mebibytes(pid: int) -> float:
    """What the process holds in memory now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def processor_name() -> str:
    """The model of this machine's processor."""
    described = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    names = (line.partition(":")[2].strip() for line in described if line.startswith("model name"))
    return next(names, "unknown processor")
