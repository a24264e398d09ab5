"""What a run is to be, and what came of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, by how many, how often something happens (every so many steps of progress), and the dice."""

    instructions: int
    people: int
    every: int
    seed: int


class Times(NamedTuple):
    """Seconds: while things went wrong, and from then on until everything was settled."""

    chaos: float
    peace: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it; `discrepancies` must be empty."""

    plan: Plan
    accepted: int
    refused: int
    done: int
    rejected: int
    resends: int
    hung_up: int
    kills: Mapping[str, int]
    faults: Counter[str]
    times: Times
    discrepancies: list[str]


def table_of(figures: Figures) -> str:
    """For a person."""
    return "\n".join(f"{name:14} {value}" for name, value in _lines(figures))


def _lines(figures: Figures) -> Iterator[tuple[str, str]]:
    yield "seed", f"{figures.plan.seed}"
    yield "instructions", f"{figures.plan.instructions:,} by {figures.plan.people:,} people"
    yield "accepted", f"{figures.accepted:,} (done {figures.done:,}, rejected {figures.rejected:,})"
    yield "refused", f"{figures.refused:,} at once"
    yield "resends", f"{figures.resends:,}, of which {figures.hung_up:,} after hanging up"
    kills = ", ".join(f"{name} {times}" for name, times in figures.kills.items())
    yield "SIGKILLs", f"{sum(figures.kills.values()):,} ({kills})"
    faults = ", ".join(f"{kind} {times}" for kind, times in sorted(figures.faults.items()))
    yield "faults", f"{figures.faults.total():,} ({faults})"
    yield "duration", f"{figures.times.chaos:.0f} s, and {figures.times.peace:.0f} s after the last fault"
    yield "discrepancies", f"{len(figures.discrepancies)}"
    for discrepancy in figures.discrepancies:
        yield "", discrepancy
