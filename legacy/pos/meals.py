"""The meal card (ミールカード): its contract, and every visit to a dining hall with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from legacy.population.days import academic_year
from legacy.pos.baskets import DINING
from legacy.pos.codes import Tender
from legacy.pos.hours import is_trading_day
from legacy.pos.purchases import Purchase, Ware

_USED = 0.72
"""How likely an open day is a day of use."""
_SECOND_VISIT = 0.35
_LUNCH, _SUPPER = 42_000, 64_800


@dataclass(frozen=True, slots=True)
class Contract:
    """One academic year's meal card; `price` in yen."""

    plan: str
    begins: date
    ends: date
    price: int


def contract_on(day: date) -> Contract:
    """The contract of the academic year a day lies in."""
    year = academic_year(day)
    return Contract("ミールカードＡ-1200円コース", date(year, 4, 8), date(year + 1, 2, 10), 198_000)


def visits(rng: Random, contract: Contract, until: date) -> Iterator[Purchase]:
    """Visits from the beginning of the contract until a day, inclusive."""
    day = contract.begins
    while day <= min(contract.ends, until):
        if _is_open(day):
            yield from _visits_on(rng, day)
        day += timedelta(days=1)


def _visits_on(rng: Random, day: date) -> Iterator[Purchase]:
    used, again = rng.random() < _USED, rng.random() < _SECOND_VISIT
    lunch, supper = _visit(rng, day, _LUNCH), _visit(rng, day, _SUPPER)
    if used:
        yield lunch
    if used and again:
        yield supper


def _visit(rng: Random, day: date, second: int) -> Purchase:
    tray = DINING.baskets[int(rng.random() * len(DINING.baskets))]
    till = DINING.tills[int(rng.random() * len(DINING.tills))]
    ware = Ware(till, DINING.genre, tray)
    return Purchase(day, second + int(rng.random() * 3600), ware, Tender.MEAL_CARD)


def _is_open(day: date) -> bool:
    """The dining halls serve meal cards on weekdays while there are lectures."""
    return day.weekday() < 5 and not (8, 6) <= (day.month, day.day) <= (9, 20) and is_trading_day(day)
