"""What the rounds brought together: medians and their spread."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.rounds import Figures


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over the rounds."""

    least: float
    middle: float
    most: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Of at least one value."""
        return cls(min(values), median(values), max(values))


@dataclass(frozen=True, slots=True)
class Case:
    """What is compared: the same workload, from the same sources, under the same load."""

    mode: str
    workload: str
    load: str


class Results:
    """All figures of a measurement."""

    def __init__(self, figures: Sequence[Figures]) -> None:
        self._figures = figures

    def cases(self) -> list[Case]:
        """In the order they were first played."""
        return list(dict.fromkeys(Case(each.mode, each.workload, each.load) for each in self._figures))

    def contestants(self, case: Case) -> list[str]:
        """Who played it, in order."""
        return list(dict.fromkeys(each.contestant for each in self._of(case)))

    def spread(self, case: Case, contestant: str, figure: Callable[[Figures], float]) -> Spread:
        """One of the figures, over the rounds."""
        return Spread.of([figure(each) for each in self._of(case) if each.contestant == contestant])

    def rate(self, case: Case, contestant: str) -> Spread:
        """Answers a second."""
        return self.spread(case, contestant, lambda each: each.rate)

    def _of(self, case: Case) -> Iterable[Figures]:
        return (each for each in self._figures if Case(each.mode, each.workload, each.load) == case)
