"""Who asks at a size: members whose screens are full, and Hirosaki's and Hokkaido's staff."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

import jaconv

from gateway.clock import system_clock
from legacy.population import Population
from legacy.population.person import Person, Status
from tests.bench.scale.databases import MADE
from tests.bench.scale.registry_filling import copied_mail, copied_phone
from tests.bench.scale.sizes import Coop, Size
from tests.bench.scale.store_filling import account_id_of


@dataclass(frozen=True, slots=True)
class Asker:
    """One member: `n` is the place among all people of the store."""

    n: int
    number: str
    person: Person
    """As the registry has them."""
    shift: int
    """By how many places the registry's row was copied."""

    @property
    def token(self) -> str:
        """Of their session."""
        return f"member-{self.n}"

    @property
    def login(self) -> str:
        """Their login ID."""
        return f"m{self.n}@example.jp"

    @property
    def account_id(self) -> UUID:
        """Their account."""
        return account_id_of(self.n)

    @property
    def phone(self) -> str:
        """The registry's mobile number, in digits."""
        return copied_phone(self.number) if self.shift else self.person.mobile_phone or ""

    @property
    def email(self) -> str:
        """The registry's address."""
        own = self.person.email or ""
        return copied_mail(own, self.shift) if self.shift and own else own

    @property
    def kana(self) -> str:
        """Family and given name."""
        return jaconv.h2z(self.person.name.kana)

    @property
    def family_kana(self) -> str:
        """Family name."""
        return jaconv.h2z(self.person.name.family_kana)


@dataclass(frozen=True)
class People:
    """So many members of each of the two co-ops at a size."""

    size: Size
    asking: int

    @cached_property
    def hirosaki(self) -> Sequence[Asker]:
        """Who buys much, spread over the whole registry."""
        first, _ = self._coops
        everybody = Population("hirosaki", self.size.members, system_clock())
        made = Population("hirosaki", min(MADE["hirosaki"], self.size.members), system_clock())
        found = (one for one in _askers(first, 0, made) if _buys(one, everybody))
        return _spread(found, self.asking)

    @cached_property
    def hokkaido(self) -> Sequence[Asker]:
        """Who has statements."""
        before, second = self._coops
        made = Population("hokkaido", min(MADE["hokkaido"], self.size.hokkaido_registry), system_clock())
        found = (one for one in _askers(second, before.members, made) if _is_old(one.person))
        return _spread(found, self.asking)

    @property
    def _coops(self) -> tuple[Coop, Coop]:
        first, second, *_ = self.size.coops()
        return first, second


def _askers(coop: Coop, people_before: int, made: Population) -> Iterator[Asker]:
    """Those of a co-op who have a session and are no cast."""
    for place in range(1, coop.members + 1):
        n, index = people_before + place, place * coop.every
        original = (index - 1) % made.size + 1
        person = made.person(str(coop.before_the_first + original))
        if n % 10 < 3 and original > 20 and person is not None:
            yield Asker(n, str(coop.before_the_first + index), person, index - original)


def _spread(found: Iterator[Asker], wanted: int) -> Sequence[Asker]:
    """So many of them, evenly from first to last."""
    everybody = list(found)
    return everybody[:: max(1, len(everybody) // wanted)][:wanted]


def _buys(asker: Asker, everybody: Population) -> bool:
    """Whether registry and POS both know an active member, who buys."""
    at_the_pos = everybody.person(asker.number)
    return (
        _is_old(asker.person)
        and at_the_pos is not None
        and _is_old(at_the_pos)
        and at_the_pos.figures.receipts_a_year > 100
    )


def _is_old(person: Person) -> bool:
    return person.status is Status.ACTIVE and person.joined_on < person.today - timedelta(days=400)
