"""What people want: transfers, suspensions and resumptions, each person's one after another."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random

from adapters.records import MemberNumber

UNIT = 200
"""Web points that a transfer moves."""
STORE = "101"
"""Where Pico is resumed."""
TOO_MANY = 100_000
"""Points nobody has."""
ASK_TOO_MUCH = 0.15
"""The part of the people who do so: it is refused at once, or by the POS where that was not to be asked."""


class Want(Enum):
    """What is asked for, and as what the POS knows it (SHORI)."""

    TRANSFER = "WPTUKE"
    SUSPENSION = "TEITOU"
    RESUMPTION = "TEIKAI"


@dataclass(frozen=True, slots=True)
class Intention:
    """One thing somebody wants, under the key that they made up for it. `points` are 0 but for a transfer."""

    number: MemberNumber
    want: Want
    key: uuid.UUID
    points: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A member whose Pico is usable, and how many units of Web points they have."""

    number: MemberNumber
    units: int


Intentions = Mapping[MemberNumber, Sequence[Intention]]
"""Each person's, in their order."""


def intentions_of(people: Sequence[Person], how_many: int, rng: Random) -> Intentions:
    """So many in all, shared out at random. All of them can be done, but for what a few ask for in the end."""
    wishes = {person.number: _Wishes(person, rng) for person in people}
    intentions: dict[MemberNumber, list[Intention]] = {person.number: [] for person in people}
    for _ in range(how_many):
        number = rng.choice(people).number
        intentions[number].append(next(wishes[number]))
    for number, wanted in intentions.items():
        if wanted and rng.random() < ASK_TOO_MUCH:  # in the end: while it waits, nothing is left for others
            wanted[-1] = Intention(number, Want.TRANSFER, wanted[-1].key, TOO_MANY)
    return intentions


class _Wishes(Iterator[Intention]):
    """Suspended and resumed in turn; transfers in between, for as long as there are points."""

    def __init__(self, person: Person, rng: Random) -> None:
        self._number = person.number
        self._units = person.units
        self._suspended = False
        self._rng = rng

    def __next__(self) -> Intention:
        key = uuid.UUID(int=self._rng.getrandbits(128), version=4)
        if self._units and self._rng.random() < 0.6:
            self._units -= 1
            return Intention(self._number, Want.TRANSFER, key, UNIT)
        self._suspended = not self._suspended
        return Intention(self._number, Want.SUSPENSION if self._suspended else Want.RESUMPTION, key)
