"""Fresh answers: what a system has just said and would say again, so that it need not be asked.

Nobody is given one who has not said that it will do: a decision is taken on what the system says now.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_will_do: ContextVar[bool] = ContextVar("fresh_answers_will_do", default=False)


@contextmanager
def fresh_answers_will_do() -> Iterator[None]:
    """For everything inside, whose reads would otherwise all be asked of their systems."""
    token = _will_do.set(True)
    try:
        yield
    finally:
        _will_do.reset(token)


def do_fresh_answers_do() -> bool:
    """Whether who asks takes an answer that is still fresh."""
    return _will_do.get()


class Figures(dict[K, V], Generic[K, V]):
    """What one call brought of a system whose figures are those of a business day."""

    __slots__ = ("business_day",)

    def __init__(self, business_day: date, answers: Mapping[K, V]) -> None:
        super().__init__(answers)
        self.business_day = business_day


@dataclass(slots=True)
class BusinessDay:
    """The newest business day that any answer of a system has told; None before the first."""

    newest: date | None = None

    def told(self, day: date) -> None:
        """An answer says that its figures are those of this day."""
        if self.newest is None or day > self.newest:
            self.newest = day


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long the answers of a read stay fresh: so many seconds, and until a newer business day is told.

    Reads of one system share its `business_day`; a read of 0 seconds is always asked, and tells the day all the same.
    """

    seconds: float = 0.0
    business_day: BusinessDay = field(default_factory=BusinessDay)

    def day_of(self, answers: Mapping[K, V]) -> date | None:
        """The business day of what a call brought, noted; None where the system has none."""
        if not isinstance(answers, Figures):
            return None
        self.business_day.told(answers.business_day)
        return answers.business_day
