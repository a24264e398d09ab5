"""A person's figures at the registers: the one source the POS simulator starts from."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from legacy.population.days import latest_between
from legacy.population.streams import poisson

_PREPAID_CAP = 50_000
_BEFORE_THE_FIRST_PURCHASE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnreceivedItem:
    """Slip money (払込票) not yet received; `posted_on` is None until the post office's notice is in."""

    slip_number: str
    amount: int
    paid_on: date
    posted_on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Yen and points as of the previous business day.

    `receipts_a_year` is how often the person buys; when it is 0, so is all but `newcomer_purchases`.
    `newcomer_purchases` is what was bought at the 新入生サポートセンター before admission, in yen (B31).
    """

    prepaid_balance: int = 0
    points: int = 0
    web_points: int = 0
    unreceived: tuple[UnreceivedItem, ...] = ()
    receipts_a_year: int = 0
    newcomer_purchases: int = 0


def generated_figures(rng: Random, index: int, today: date, joined_on: date, was_freshman: bool) -> Figures:
    """15% are without money, 40% have Web points, 6% unreceived slip money; who never buys has nothing."""
    receipts_a_year = poisson(rng, rng.gammavariate(0.9, 136 / 0.9))
    newcomer_purchases = rng.randrange(150_000, 350_001, 10) if was_freshman and rng.random() < 0.35 else 0
    if receipts_a_year == 0 or joined_on > today - _BEFORE_THE_FIRST_PURCHASE:
        return Figures(newcomer_purchases=newcomer_purchases)
    return Figures(
        prepaid_balance=_prepaid(rng),
        points=rng.randrange(200),
        web_points=_web_points(rng),
        unreceived=_unreceived(rng, index, today, joined_on),
        receipts_a_year=receipts_a_year,
        newcomer_purchases=newcomer_purchases,
    )


def slip(number: int, count: int, amount: int, paid_on: date, posted_on: date | None) -> UnreceivedItem:
    """The `count`-th slip of the person with this index."""
    return UnreceivedItem(f"{number:08d}{count:02d}", amount, paid_on, posted_on)


def _prepaid(rng: Random) -> int:
    if rng.random() < 0.15:
        return 0
    return min(int(rng.gammavariate(2, 2_250)), _PREPAID_CAP)


def _web_points(rng: Random) -> int:
    draw = rng.random()
    if draw < 0.08:
        return rng.randrange(200, 1_500)
    return rng.randrange(1, 200) if draw < 0.40 else 0


def _unreceived(rng: Random, index: int, today: date, joined_on: date) -> tuple[UnreceivedItem, ...]:
    if rng.random() >= 0.06:
        return ()
    paid_on = max(_slip_day(rng, today), joined_on)
    posted_on = paid_on + timedelta(days=rng.randrange(7, 11))
    amount = rng.randrange(10, 51) * 1_000
    return (slip(index, 1, amount, paid_on, posted_on if posted_on <= today else None),)


def _slip_day(rng: Random, today: date) -> date:
    """Mostly in the last February to April (that of newcomers and new textbooks)."""
    if rng.random() < 0.8:
        return latest_between(rng, today, (2, 1), (4, 30))
    return latest_between(rng, today, (1, 1), (12, 31))
