"""Billing statements (請求明細), closed on the 20th and billed the month after (E12, X17)."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from adapters.records.member import MemberNumber


class YearMonth(NamedTuple):
    """A calendar month, ordered."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> "YearMonth":
        """The month a day lies in."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> "YearMonth":
        """The month so many months later (earlier when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return YearMonth(year, month + 1)

    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)


class StatementKey(NamedTuple):
    """One member's statement of one billing month (請求月)."""

    member_number: MemberNumber
    month: YearMonth


class StatementsQuery(NamedTuple):
    """A member's statements, newest first, `before` a month (exclusive), at most `limit`."""

    member_number: MemberNumber
    before: YearMonth | None
    limit: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line: day of use, description, amount in yen (negative for a reversal)."""

    number: int
    used_on: date
    description: str
    amount: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A closed statement. `due_on` is the day of the direct debit."""

    member_number: MemberNumber
    month: YearMonth
    closed_on: date
    due_on: date | None
    total: int
    lines: tuple[StatementLine, ...]
