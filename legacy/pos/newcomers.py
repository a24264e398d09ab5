"""What newcomers and their parents buy at the 新入生サポートセンター before the first lecture (B31)."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from legacy.population.days import day_between
from legacy.pos.baskets import Basket, Line, Till
from legacy.pos.codes import Genre, Store, Tender
from legacy.pos.hours import is_trading_day
from legacy.pos.purchases import Purchase, Ware

_CENTRE = Till(Store.NEWCOMERS_CENTRE, "01")


class _Offer(NamedTuple):
    genre: str
    name: str
    share: float
    tender: str


_OFFERS = (
    _Offer(Genre.FURNISHINGS, "家具家電6点セット", 0.24, Tender.CREDIT_CARD),
    _Offer(Genre.COURSES, "新入生PC講座", 0.12, Tender.PAYMENT_SLIP),
    _Offer(Genre.DRIVING_SCHOOL, "自動車学校(合宿)申込金", 0.10, Tender.CASH),
)
_COMPUTER = _Offer(Genre.COMPUTERS, "生協オリジナルPC4年保証", 0.54, Tender.PAYMENT_SLIP)


def newcomer_purchases(rng: Random, total: int, joined_on: date) -> list[Purchase]:
    """Receipts of the weeks after joining that come to exactly `total` yen."""
    bought = [(offer, int(total * offer.share) // 10 * 10) for offer in _OFFERS if rng.random() < 0.6]
    bought.append((_COMPUTER, total - sum(amount for _, amount in bought)))
    return [_receipt(rng, offer, amount, joined_on) for offer, amount in bought]


def _receipt(rng: Random, offer: _Offer, amount: int, joined_on: date) -> Purchase:
    day = day_between(rng, joined_on, joined_on + timedelta(days=14))
    while not is_trading_day(day):
        day += timedelta(days=1)
    ware = Ware(_CENTRE, offer.genre, Basket(amount, (Line(offer.name, 1, amount),)))
    return Purchase(day, rng.randrange(36_000, 57_600), ware, offer.tender)
