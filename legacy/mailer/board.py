"""The notice board (お知らせ): what was published in the last twelve months."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from random import Random
from typing import TypedDict

from legacy.clock import JAPAN, Clock
from legacy.mailer.texts import PERSONAL, TO_EVERYONE, Text
from legacy.population import Population
from legacy.population.person import Person
from legacy.population.streams import poisson, stream

_MONTHS = 12
_TO_EVERYONE_A_MONTH = 6
_PERSONAL_A_MONTH = 1.5
_PERSONAL_IDS_FROM = 1_000_000_000


class Notice(TypedDict):
    """A notice as it goes over the wire."""

    id: int
    title: str
    body: str
    date: str


@dataclass(frozen=True, slots=True)
class Board:
    """The notices of one co-op, made on demand: the same ones whenever and wherever they are asked for."""

    population: Population
    clock: Clock

    def to_everyone(self) -> list[Notice]:
        """生協からのお知らせ, in no order."""
        published = [notice for month in self._months() for notice in self._everyone_in(month)]
        stream("order", "everyone").shuffle(published)
        return published

    def to_member(self, number: str) -> list[Notice] | None:
        """あなたへのお知らせ, in no order; None for a number nobody has."""
        person = self.population.person(number)
        if person is None:
            return None
        published = [notice for month in self._months() for notice in self._personal_in(month, person)]
        person.rng("order of notices").shuffle(published)
        return published

    def _everyone_in(self, month: date) -> Iterator[Notice]:
        rng = stream(self.population.coop, self.population.seed, "notices", f"{month:%Y-%m}")
        texts = rng.sample(TO_EVERYONE[self.population.coop], k=_TO_EVERYONE_A_MONTH)
        yield from self._published(rng, month, [each.filled(month=month.month) for each in texts], 0)

    def _personal_in(self, month: date, person: Person) -> Iterator[Notice]:
        if month < person.joined_on:
            return
        rng = person.rng(f"notices/{month:%Y-%m}")
        texts = rng.choices(PERSONAL[self.population.coop], k=min(poisson(rng, _PERSONAL_A_MONTH), 9))
        filled = [each.filled(month=month.month, name=person.name.kanji) for each in texts]
        yield from self._published(rng, month, filled, _PERSONAL_IDS_FROM + person.index * 10_000)

    def _published(self, rng: Random, month: date, texts: Sequence[Text], first_id: int) -> Iterator[Notice]:
        for place, text in enumerate(texts):
            day = month + timedelta(days=rng.randrange(28))
            at = datetime(day.year, day.month, day.day, rng.randrange(9, 18), rng.randrange(60), tzinfo=JAPAN)
            if at <= self.clock():
                yield Notice(
                    id=first_id + _serial(month) * 10 + place,
                    title=_marked_up(text.title),
                    body=_marked_up(text.body),
                    date=f"{at:%Y/%m/%d %H:%M}",
                )

    def _months(self) -> Iterator[date]:
        month = self.clock().date().replace(day=1)
        for _ in range(_MONTHS):
            yield month
            month = (month - timedelta(days=1)).replace(day=1)


def _serial(month: date) -> int:
    return (month.year - 2000) * 12 + month.month


def _marked_up(text: str) -> str:
    return escape(text).replace("¥", "&yen;").replace("\n", "<br>")
