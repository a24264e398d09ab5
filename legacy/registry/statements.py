"""Statements (請求): closed on the 20th, billed in the month after (E12, X17)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from legacy.population.days import day_between, next_office_day
from legacy.population.person import Person, Status
from legacy.population.streams import poisson

_CLOSING_DAY = 20
_DEBIT_DAY = 27
_DESCRIPTIONS = (
    "共同購入　食品",
    "共同購入　日用品",
    "指定店　給油",
    "指定店　書籍",
    "指定店　衣料品",
    "指定店　家電",
    "クリーニング",
    "灯油配達",
    "教材・図書",
    "チケット・旅行",
    "団体保険料",
    "カタログ　生活雑貨",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One use; `amount` in yen, negative when it was taken back."""

    used_on: date
    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What was used from the 21st to the 20th. `month` is the billing month as `YYYYMM`."""

    month: str
    closed_on: date
    due_on: date
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Yen to be debited."""
        return sum(line.amount for line in self.lines)


def statements_of(person: Person) -> Iterator[Statement]:
    """A member's statements, newest first; none before joining, none after the refund."""
    if person.billing is None or person.status is Status.AWAITING_PAYMENT:
        return
    last_day = person.share_refunded_on or date.max
    for closed_on in _closings_before(person.today, person.billing.months):
        if closed_on < person.joined_on:
            return
        rng = person.rng(f"statement/{closed_on}")
        if closed_on <= last_day and rng.random() < person.billing.share:
            month, due_on = _billing(closed_on)
            yield Statement(month, closed_on, due_on, _lines(rng, closed_on))


@lru_cache(maxsize=100)
def _closings_before(today: date, count: int) -> tuple[date, ...]:
    """The last closings, newest first. The 20th itself belongs to the statement closed on it (X17)."""
    month = today.year * 12 + today.month - (1 if today.day > _CLOSING_DAY else 2)
    return tuple(date(m // 12, m % 12 + 1, _CLOSING_DAY) for m in range(month, month - count, -1))


@lru_cache(maxsize=1_000)
def _billing(closed_on: date) -> tuple[str, date]:
    """Billing month and day of the direct debit of what was closed on this day."""
    month_after = closed_on + timedelta(days=15)
    return f"{month_after:%Y%m}", next_office_day(month_after.replace(day=_DEBIT_DAY))


def _lines(rng: Random, closed_on: date) -> tuple[Line, ...]:
    """One and Poisson(5) lines in the order of use; one in a hundred takes the line before back."""
    days = sorted(_used_on(rng, closed_on) for _ in range(1 + poisson(rng, 5)))
    lines: list[Line] = []
    for day in days:
        if lines and rng.random() < 0.01 and lines[-1].amount > 0:
            lines.append(Line(day, f"取消　{lines[-1].description}", -lines[-1].amount))
        else:
            amount = 10 * max(10, int(rng.lognormvariate(5.8, 0.8)))
            lines.append(Line(day, _DESCRIPTIONS[int(rng.random() * len(_DESCRIPTIONS))], amount))
    return tuple(lines)


def _used_on(rng: Random, closed_on: date) -> date:
    """A day from the 21st to the 20th; one in a thousand came in late and is a month older."""
    day = day_between(rng, _first_day(closed_on), closed_on)
    return day - timedelta(days=31) if rng.random() < 0.001 else day


@lru_cache(maxsize=1_000)
def _first_day(closed_on: date) -> date:
    """The 21st of the month before."""
    return (closed_on.replace(day=1) - timedelta(days=1)).replace(day=_CLOSING_DAY + 1)
