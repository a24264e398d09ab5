"""Prepaid money on its way to the card, and the last day it can be used."""

from datetime import date, timedelta

from adapters.records import Member, MemberKind, PrepaidItem, PrepaidSource, YearMonth
from gateway.coop_config.rules import PrepaidRules
from gateway.rules.business_days import ClosedDays, collection_day


def expected_between(paid_on: date, rules: PrepaidRules) -> tuple[date, date]:
    """入金から1週間～10日: first and last day on which slip money is expected to be ready (B13)."""
    return paid_on + timedelta(days=rules.slip_days_from), paid_on + timedelta(days=rules.slip_days_until)


def available_from(item: PrepaidItem, closed_days: ClosedDays) -> date | None:
    """From when it is handed out: slip money once posted (B12), moved Web points by the calendar of X6 (B8, B9).

    None for a slip not yet posted. The POS posts Web points on the day they are asked for, so that day says nothing.
    """
    if item.source is PrepaidSource.WEB_POINTS:
        return collection_day(item.paid_on, closed_days)
    return item.posted_on


def is_shown(item: PrepaidItem) -> bool:
    """Whether a member sees it as unreceived: slip money once it is posted (X8), moved Web points at once (B7)."""
    moved = item.source is PrepaidSource.WEB_POINTS
    return item.received_on is None and (moved or item.posted_on is not None)


def usable_until(member: Member, rules: PrepaidRules, today: date) -> date | None:
    """卒業年の3月末: the last day of the academic year in which a member graduates (B23); None if not known.

    A graduation date in the registry that lies at another time of the year, such as September, stands
    itself (X11). Without a date an undergraduate is taken to graduate after the usual years of study, and
    once these are over at the end of each academic year.
    """
    if member.graduates_on is not None:
        return _last_day_after_graduation(member.graduates_on, rules)
    if member.kind is not MemberKind.STUDENT or member.admission_year is None:
        return None
    usual = _deadline_in(member.admission_year + _course_years(member.affiliation, rules), rules)
    return max(usual, _end_of_academic_year(today, rules))


def reminder_due(today: date, usable_until: date | None, rules: PrepaidRules) -> bool:
    """Whether a member is to be warned: from January until the last day of use (X9)."""
    return usable_until is not None and _warned_from(usable_until, rules) <= today <= usable_until


def reminder_month(today: date, usable_until: date | None, rules: PrepaidRules) -> YearMonth | None:
    """The month for which one mail is due: the first month of the warning and the last two before the deadline.

    For a deadline in March these are January, February and March (X9). None: not now.
    """
    if usable_until is None or not reminder_due(today, usable_until, rules):
        return None
    month, last = YearMonth.of(today), YearMonth.of(usable_until)
    first = YearMonth.of(_warned_from(usable_until, rules))
    return month if month in (first, last.plus(-1), last) else None


def _warned_from(usable_until: date, rules: PrepaidRules) -> date:
    starts = date(usable_until.year, rules.reminder_from_month, 1)
    return starts if starts <= usable_until else starts.replace(year=starts.year - 1)


def _last_day_after_graduation(graduates_on: date, rules: PrepaidRules) -> date:
    if graduates_on.month != rules.deadline_month:
        return graduates_on
    return max(graduates_on, _deadline_in(graduates_on.year, rules))


def _course_years(affiliation: str | None, rules: PrepaidRules) -> int:
    """Spaces do not count: the registry pads names of faculties as it likes."""
    studies = _without_spaces(affiliation or "")
    for course in rules.longer_courses:
        if studies.startswith(_without_spaces(course.affiliation)):
            return course.years
    return rules.course_years


def _end_of_academic_year(day: date, rules: PrepaidRules) -> date:
    deadline = _deadline_in(day.year, rules)
    return deadline if day <= deadline else _deadline_in(day.year + 1, rules)


def _deadline_in(year: int, rules: PrepaidRules) -> date:
    return date(year, rules.deadline_month, rules.deadline_day)


def _without_spaces(text: str) -> str:
    return "".join(text.split())
