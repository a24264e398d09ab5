"""What a member bought, month by month: the same on whatever day it is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter
from random import Random
from typing import NamedTuple

from legacy.population.streams import poisson, stream
from legacy.pos.baskets import DINING, SHARES, TRADES, Basket, Till
from legacy.pos.codes import Tender
from legacy.pos.hours import is_trading_day

_MONTH_WEIGHTS = (0.9, 0.35, 0.5, 1.8, 1.4, 1.2, 1.1, 0.35, 0.4, 1.2, 1.1, 0.9)
"""January to December: lectures fill the halls, holidays empty them."""
_YEAR = sum(_MONTH_WEIGHTS)
_SATURDAY = 0.15
_COINS_BELOW = 200
"""Yen. Smaller sums are paid with coins; the automatic top-up of 200 yen relies on it (see `prepaid`)."""
_CREDIT_CARD_FROM = 15_000
_APART = 600
"""Seconds at least between two receipts of one member, so that what belongs to each can be told by time."""


class Ware(NamedTuple):
    """What is bought at one till; `only` is the tender when its amount leaves no choice."""

    till: Till
    genre: str
    basket: Basket
    only: str | None = None


class Payment(NamedTuple):
    """How it is paid, and whether it is reversed some minutes later."""

    tender: str
    taken_back: bool = False


class Purchase(NamedTuple):
    """One receipt at a second of a day."""

    day: date
    second: int
    ware: Ware
    tender: str
    taken_back: bool = False

    @property
    def uses_pico(self) -> bool:
        """Whether it was paid with Pico and stands."""
        return self.tender == Tender.PICO and not self.taken_back


def months_between(first: date, last: date) -> Iterator[date]:
    """The first days of the months from one day's to another's."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = following_month(month)


def following_month(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def bought_in(rng: Random, month: date, receipts_a_year: int) -> list[Purchase]:
    """A whole month's ordinary purchases, in no order. `month` is its first day."""
    count = poisson(rng, receipts_a_year * _MONTH_WEIGHTS[month.month - 1] / _YEAR)
    days, weights = _trading_days(month)
    draws = zip(
        rng.choices(days, cum_weights=weights, k=count),
        rng.choices(_SECONDS, k=count),
        rng.choices(_WARES, k=count),
        rng.choices(_PAYMENTS, k=count),
        strict=True,
    )
    return [
        Purchase(day, second, ware, ware.only or tender, taken_back)
        for day, second, ware, (tender, taken_back) in draws
    ]


def first_lunch(rng: Random, day: date) -> Purchase:
    """The tray everybody buys with the new card, on the first trading day from this one: 400 yen or more."""
    while not is_trading_day(day):
        day += timedelta(days=1)
    return Purchase(day, 43_200, Ware(DINING.tills[0], DINING.genre, rng.choice(_FULL_TRAYS)), Tender.PICO)


def apart(purchases: list[Purchase]) -> list[Purchase]:
    """In order of time, with some minutes between them."""
    purchases.sort(key=itemgetter(0, 1))
    for place, (before, after) in enumerate(pairwise(purchases)):
        if after.day == before.day and after.second < purchases[place].second + _APART:
            purchases[place + 1] = after._replace(second=purchases[place].second + _APART)
    return purchases


@lru_cache(maxsize=512)
def _trading_days(month: date) -> tuple[tuple[date, ...], tuple[float, ...]]:
    length = (following_month(month) - month).days
    days = tuple(filter(is_trading_day, (month + timedelta(days=each) for each in range(length))))
    return days, tuple(accumulate(_SATURDAY if day.weekday() == 5 else 1.0 for day in days))


def _times_of_day() -> tuple[int, ...]:
    """A thousand likely seconds of the day: 55% of receipts fall between 11:30 and 13:10."""
    rng = stream("times of day")
    lunch = (rng.randrange(41_400, 47_400) for _ in range(550))
    other = (rng.choice((rng.randrange(30_600, 41_400), rng.randrange(47_400, 70_200))) for _ in range(450))
    return (*lunch, *other)


def _likely_wares() -> tuple[Ware, ...]:
    rng = stream("wares")
    trades = rng.choices(TRADES, weights=SHARES, k=8192)
    return tuple(_ware(rng.choice(each.tills), each.genre, rng.choice(each.baskets)) for each in trades)


def _ware(till: Till, genre: str, basket: Basket) -> Ware:
    if basket.amount >= _CREDIT_CARD_FROM:
        return Ware(till, genre, basket, Tender.CREDIT_CARD)
    return Ware(till, genre, basket, Tender.CASH if basket.amount < _COINS_BELOW else None)


_FULL_TRAYS = tuple(tray for tray in DINING.baskets if tray.amount >= 2 * _COINS_BELOW)
_SECONDS = _times_of_day()
_WARES = _likely_wares()
_PAYMENTS = (
    *[Payment(Tender.PICO)] * 846,
    *[Payment(Tender.PICO, taken_back=True)] * 4,
    *[Payment(Tender.CASH)] * 99,
    *[Payment(Tender.CASH, taken_back=True)],
    *[Payment(Tender.CREDIT_CARD)] * 50,
)
