"""What runs on this machine, as the kernel tells (Linux)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.running.eventually import eventually


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and waits for its parent to notice does not."""
    return _state_and_parent(pid)[0] not in ("gone", "Z")


def children_of(pid: int) -> dict[int, str]:
    """The command lines of the processes that a process has started, by id."""
    return {child: _command_line(child) for child in _all_pids() if _state_and_parent(child)[1] == pid}


async def until_gone(pids: Iterable[int]) -> None:
    """Waits, ten seconds at most, until none of them runs."""
    waited_for = list(pids)

    async def none_runs() -> bool:
        return not any(map(is_alive, waited_for))

    await eventually(none_runs)


def _all_pids() -> Iterator[int]:
    return (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())


def _state_and_parent(pid: int) -> tuple[str, int]:
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return "gone", 0
    state, parent = status.rpartition(")")[2].split()[:2]
    return state, int(parent)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""
