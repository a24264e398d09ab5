"""A member's journal: every purchase since joining, and what the other figures are sums of."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from legacy.population.person import Person
from legacy.pos.codes import Store, Tender
from legacy.pos.ledger import Entry, booked
from legacy.pos.meals import contract_on, visits
from legacy.pos.newcomers import newcomer_purchases
from legacy.pos.prepaid import Flow, points_between, settled
from legacy.pos.purchases import Purchase, apart, bought_in, first_lunch, months_between
from legacy.pos.web_points import moved_by_month

_POS_BEGAN = date(2014, 4, 1)
"""Nothing older is in any journal."""


class Spending(NamedTuple):
    """Yen and receipts that stand."""

    amount: int
    receipts: int


class Journal:
    """One member's journal up to a business day.

    What was bought does not depend on that day; deposits do, they are what leads to the balance of that day.
    """

    def __init__(self, person: Person, last_day: date) -> None:
        self._person = person
        self._figures = person.figures
        self.last_day = min(last_day, person.withdrawal_noticed_on or last_day)
        self._months = self._bought()
        self._flows = dict(zip(self._months, self._settled(), strict=True))

    def __len__(self) -> int:
        return sum(map(len, self._months.values()))

    def purchases(self, since: date, until: date) -> Iterator[Purchase]:
        """Every receipt of these days, both inclusive, also those reversed, in order of time."""
        for month in self._months_of(since, until):
            yield from (each for each in self._months[month] if since <= each.day <= until)

    def newest_first(self, since: date, until: date) -> Iterator[Entry]:
        """All entries of these days, both inclusive, by key, newest first; a month is booked when it is reached."""
        for month in reversed([*self._months_of(since, until)]):
            entries = (each for each in self._book(month) if since <= each.day <= until)
            yield from sorted(entries, key=attrgetter("key"), reverse=True)

    def web_points_received(self, since: date) -> Iterator[tuple[date, int]]:
        """Days on which Web points were received as prepaid money, and how many."""
        for month, flow in self._flows.items():
            if flow.web_points and month >= since:
                day = next(each.day for each in self._months[month] if each.uses_pico)
                yield day, flow.web_points

    def spending(
        self, since: date, until: date, tenders: Collection[str]
    ) -> dict[tuple[date, str], Spending]:
        """Net of reversals by month and genre, paid in any of these ways (none: in whatever way)."""
        sums: dict[tuple[date, str], Spending] = {}
        for month in self._months_of(since, until):
            for _, _, ware, tender, taken_back in self._months[month]:
                if not taken_back and (not tenders or tender in tenders):
                    amount, receipts = sums.get((month, ware.genre), (0, 0))
                    sums[month, ware.genre] = Spending(amount + ware.basket.amount, receipts + 1)
        return sums

    @cached_property
    def by_genre(self) -> Mapping[str, int]:
        """Yen spent since joining, net of reversals."""
        totals: Counter[str] = Counter()
        for purchases in self._months.values():
            for _, _, ware, _, taken_back in purchases:
                if not taken_back:
                    totals[ware.genre] += ware.basket.amount
        return totals

    @cached_property
    def newcomer_total(self) -> int:
        """Yen spent at the 新入生サポートセンター (B31)."""
        wares = (each.ware for purchases in self._months.values() for each in purchases)
        return sum(ware.basket.amount for ware in wares if ware.till.store == Store.NEWCOMERS_CENTRE)

    @cached_property
    def points_earned(self) -> int:
        """Points since joining, those of the first deposit included."""
        first = next(iter(self._flows.values()), None)
        spent = sum(map(_with_pico, self._months.values()))
        return points_between(0, first.meter + spent) if first and spent else 0

    def _months_of(self, since: date, until: date) -> Iterator[date]:
        return (each for each in self._months if since.replace(day=1) <= each <= until)

    def _book(self, month: date) -> list[Entry]:
        rng = self._person.rng(f"deposits/{month:%Y-%m}")
        return booked(self._months[month], self._flows[month], self._person.index, rng)

    def _bought(self) -> dict[date, list[Purchase]]:
        begins = max(self._person.joined_on, _POS_BEGAN)
        months = {month: self._ordinary(month) for month in months_between(begins, self.last_day)}
        for each in self._special(begins):
            months.get(each.day.replace(day=1), []).append(each)
        for end in (begins, self.last_day):
            month = end.replace(day=1)
            if month in months:
                months[month] = [each for each in months[month] if begins <= each.day <= self.last_day]
        return {month: apart(purchases) for month, purchases in months.items()}

    def _ordinary(self, month: date) -> list[Purchase]:
        often = self._figures.receipts_a_year
        return bought_in(self._person.rng(f"receipts/{month:%Y-%m}"), month, often) if often else []

    def _special(self, begins: date) -> Iterator[Purchase]:
        person, figures = self._person, self._figures
        if figures.receipts_a_year:
            yield first_lunch(person.rng("receipts/first"), begins)
        if figures.newcomer_purchases:
            yield from newcomer_purchases(
                person.rng("newcomer"), figures.newcomer_purchases, person.joined_on
            )
        if person.has_meal_card:
            contract = contract_on(self.last_day)
            yield from visits(person.rng(f"meals/{contract.begins.year}"), contract, self.last_day)

    def _settled(self) -> list[Flow]:
        figures, person = self._figures, self._person
        spent = [_with_pico(each) for each in self._months.values()]
        moved = [0] * len(spent)
        if figures.web_points:
            moved = moved_by_month(person.rng("web points/moved"), spent)
        return settled(spent, moved, figures.prepaid_balance, figures.points, person.rng("balances"))


def _with_pico(purchases: list[Purchase]) -> int:
    return sum(
        ware.basket.amount
        for _, _, ware, tender, taken_back in purchases
        if tender == Tender.PICO and not taken_back
    )
