"""All people of one co-op, made on demand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from random import Random

from legacy.clock import JAPAN
from legacy.population.coops import COOPS
from legacy.population.membership import Seat
from legacy.population.person import Dirt, Person
from legacy.population.streams import SEED, stream

_DUPLICATES = 0.003


class Population:
    """The members of a co-op of a given size on a given day. Holds no people; `person` is O(1)."""

    def __init__(self, coop: str, size: int, now: datetime, seed: int = SEED) -> None:
        self._coop = COOPS[coop]
        self.coop = coop
        self.size = size
        self.today = now.astimezone(JAPAN).date()
        self.seed = seed

    def numbers(self) -> Iterator[str]:
        """All member numbers, ascending."""
        return map(self._coop.numbering.number, range(1, self.size + 1))

    def person(self, number: str) -> Person | None:
        """Who has this number, or None when nobody has."""
        index = self._coop.numbering.index(number)
        return self._make(index) if index is not None and 1 <= index <= self.size else None

    def people(self) -> Iterator[Person]:
        """Everybody, in the order of their numbers."""
        return map(self._make, range(1, self.size + 1))

    def _make(self, index: int) -> Person:
        seat = Seat(self.coop, index, self._coop.numbering.number(index), self.seed, self.today)
        member_of_cast = self._coop.cast.get(index)
        if member_of_cast is not None:
            return member_of_cast(seat)
        original, rng = index, self._stream(index)
        while rng.random() < _DUPLICATES and original - 1 not in self._coop.cast:
            original, rng = original - 1, self._stream(original - 1)
        person = self._coop.person(seat, rng)
        return person if original == index else replace(person, dirt=person.dirt | {Dirt.DUPLICATE})

    def _stream(self, index: int) -> Random:
        return stream(self.coop, self.seed, "person", index)
