"""Everybody the POS knows, made on demand; what was made last is kept as far as memory allows."""

from collections import defaultdict
from datetime import date

from cachetools import LRUCache

from legacy.population import Population
from legacy.population.person import Person, Status
from legacy.pos.account import Account
from legacy.pos.changes import Changes
from legacy.pos.journal import Journal

_RECEIPTS_KEPT = 300_000
"""Some 60 MB."""


class Members:
    """The members of a co-op by number. Who awaits payment of the share capital is not one yet."""

    def __init__(self, population: Population) -> None:
        self._population = population
        self._changes: defaultdict[str, Changes] = defaultdict(Changes)
        self._journals: LRUCache[tuple[str, date], Journal] = LRUCache(_RECEIPTS_KEPT, getsizeof=_weight)

    def account(self, number: str, business_day: date) -> Account | None:
        """A member's account as of a business day, None for a number nobody has."""
        person = self._population.person(number)
        if person is None or person.status is Status.AWAITING_PAYMENT:
            return None
        return Account(person, lambda: self._journal(person, business_day), self._changes_of(number))

    def changes(self, number: str) -> Changes:
        """What instructions have changed about a member, to be written to."""
        return self._changes[number]

    def forget_changes(self) -> None:
        """Everybody is as the population has them."""
        self._changes.clear()

    def _changes_of(self, number: str) -> Changes:
        return self._changes.get(number) or Changes()

    def _journal(self, person: Person, business_day: date) -> Journal:
        key = person.number, business_day
        journal = self._journals.get(key)
        if journal is None:
            journal = self._journals[key] = Journal(person, business_day)
        return journal


def _weight(journal: Journal) -> int:
    return 100 + len(journal)
