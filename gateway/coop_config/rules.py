"""The numbers and tables in which the rules of co-ops differ. The rules themselves are in `gateway.rules`."""

import calendar
from datetime import date
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from adapters.records import Genre, Tender, TransactionType
from gateway.coop_config.parts import Part, Text, spelled
from gateway.coop_terms import HistoryKind, PortalView

Month = Annotated[int, Field(ge=1, le=12)]
Year = Annotated[int, Field(ge=1950, le=2100)]
DayOfMonth = Annotated[int, Field(ge=1, le=31)]
_NO_LEAP_YEAR = 2025

Days = Annotated[int, Field(ge=0, le=366)]


class MemberNumberFormat(Part):
    """組合員番号: how many digits, how they begin (A3), and the groups they are printed in (A5)."""

    length: int = Field(ge=4, le=20)
    prefix: Annotated[str, spelled(r"[0-9]*", "digits in quotes, such as 2101")] = ""
    groups: tuple[Annotated[int, Field(ge=1)], ...] = Field(min_length=1)

    @field_validator("prefix")
    @classmethod
    def _prefix_fits(cls, prefix: str, info: ValidationInfo) -> str:
        if len(prefix) > info.data.get("length", len(prefix)):
            raise ValueError("must not be longer than `length`")
        return prefix

    @field_validator("groups")
    @classmethod
    def _groups_make_up_the_length(cls, groups: tuple[int, ...], info: ValidationInfo) -> tuple[int, ...]:
        if sum(groups) != info.data.get("length", sum(groups)):
            raise ValueError("must add up to `length`")
        return groups


class PointRules(Part):
    """Points become money in steps of `unit` (B4, B6)."""

    unit: int = Field(ge=1)


class LongerCourse(Part):
    """A course of study that takes other than the usual years, by how the affiliation begins."""

    affiliation: Text
    years: int = Field(ge=1, le=10)


class PrepaidRules(Part):
    """From paying a slip to the last day of use (B13, B15, B23, X9, X11).

    `deadline_month` and `deadline_day` end the academic year; `course_years` is the usual length of study.
    """

    pickup_phrase: Text
    slip_days_from: Days
    slip_days_until: Days
    deadline_month: Month
    deadline_day: DayOfMonth
    reminder_from_month: Month
    course_years: int = Field(ge=1, le=10)
    longer_courses: tuple[LongerCourse, ...] = ()

    @field_validator("slip_days_until")
    @classmethod
    def _days_are_in_order(cls, until: int, info: ValidationInfo) -> int:
        if until < info.data.get("slip_days_from", until):
            raise ValueError("must not be less than `slip_days_from`")
        return until

    @field_validator("deadline_day")
    @classmethod
    def _deadline_is_a_day_of_every_year(cls, day: int, info: ValidationInfo) -> int:
        month = info.data.get("deadline_month")
        if month is not None and day > calendar.monthrange(_NO_LEAP_YEAR, month)[1]:
            raise ValueError("must be a day that the month `deadline_month` has in every year")
        return day


class HistoryRule(Part):
    """One row of the table of histories (X5): how far back a view shows a kind, and what of it.

    Either `months` (calendar months including the current one, X7) or `since_joining`. A filter left out
    means all. `tenders` restricts purchases and reversals only, so that deposits stand beside what was
    bought with Pico.
    """

    view: PortalView
    kind: HistoryKind
    months: int | None = Field(default=None, ge=1, le=120)
    since_joining: bool = Field(default=False, validate_default=True)
    genres: frozenset[Genre] | None = Field(default=None, min_length=1)
    types: frozenset[TransactionType] | None = Field(default=None, min_length=1)
    tenders: frozenset[Tender] | None = Field(default=None, min_length=1)

    @field_validator("since_joining")
    @classmethod
    def _reaches_back_in_one_way(cls, since_joining: bool, info: ValidationInfo) -> bool:
        if "months" in info.data and since_joining != (info.data["months"] is None):
            raise ValueError("must be true where there is no `months`, and nowhere else")
        return since_joining


class PicoRules(Part):
    """The rules of prepaid money, points and history (Pico).

    `guardian_may_suspend`: whether a guardian can suspend the student's Pico (X13).
    """

    guardian_may_suspend: bool = False
    points: PointRules
    prepaid: PrepaidRules
    history: tuple[HistoryRule, ...]


class ProvisionalRules(Part):
    """仮登録 (A8–A14, X1): who has provisional credentials where the registry does not say, and which.

    `joined_from_year`: who joined then or later has them. `birth_date_from_admission`: who was admitted then or
    later proves it by the date of birth, others by a phone number. `guardian_suffix` makes the guardian's ID.
    """

    joined_from_year: Year
    birth_date_from_admission: Year
    guardian_suffix: Annotated[str, spelled(r"[a-z]", "one small letter, such as p")]


class BillingRules(Part):
    """請求: the day a month is closed on, itself included (E12, X17); 31 means the last day of the month."""

    closing_day: DayOfMonth


class ViewingRules(Part):
    """Whether a newly registered member sees profile and statements only from the next month on (E9)."""

    from_next_month: bool


class Calendar(Part):
    """Days on which this co-op is closed beside Sundays and national holidays (X6, X18)."""

    extra_closed_days: frozenset[date] = frozenset()


class ReminderRules(Part):
    """Between which hours reminders are mailed, on days on which the co-op is open (B15, B23, E23)."""

    from_hour: int = Field(ge=0, le=23)
    until_hour: int = Field(ge=1, le=24)

    @field_validator("until_hour")
    @classmethod
    def _hours_are_in_order(cls, until: int, info: ValidationInfo) -> int:
        if until <= info.data.get("from_hour", -1):
            raise ValueError("must be later than `from_hour`")
        return until
