"""The co-ops that are simulated: how their numbers look, who the cast is, who everybody else is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from legacy.population.cast_hirosaki import HIROSAKI_CAST
from legacy.population.cast_hokkaido import HOKKAIDO_CAST
from legacy.population.membership import Seat
from legacy.population.person import Person
from legacy.population.school import school_person
from legacy.population.university import university_person


@dataclass(frozen=True, slots=True)
class Numbering:
    """The index-th member has the number `prefix` and index as `digits` digits, counted on from `first`."""

    prefix: str
    digits: int
    first: int = 0

    def number(self, index: int) -> str:
        """The member number of an index (from 1)."""
        return f"{self.prefix}{self.first + index:0{self.digits}d}"

    def index(self, number: str) -> int | None:
        """The index of a member number, None when it is not written like one."""
        counted = number.removeprefix(self.prefix)
        if len(number) != len(self.prefix) + self.digits or not (counted.isascii() and counted.isdigit()):
            return None
        index = int(counted) - self.first
        return index if self.number(index) == number else None


@dataclass(frozen=True, slots=True)
class SimulatedCoop:
    """What a population is made of."""

    numbering: Numbering
    cast: Mapping[int, Callable[[Seat], Person]]
    person: Callable[[Seat, Random], Person]


COOPS: Mapping[str, SimulatedCoop] = {
    "hirosaki": SimulatedCoop(Numbering("2101", 8), HIROSAKI_CAST, university_person),
    "hokkaido": SimulatedCoop(Numbering("", 8, first=10_000_000), HOKKAIDO_CAST, school_person),
}
