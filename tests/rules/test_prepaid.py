"""Prepaid money: when it can be collected, and until when it can be used (B12, B13, B23, X8, X9, X11)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from adapters.records import (
    Member,
    MemberKind,
    MemberNumber,
    MemberStatus,
    PrepaidItem,
    PrepaidSource,
    YearMonth,
)
from gateway.coop_config.rules import LongerCourse, PrepaidRules
from gateway.rules.prepaid import (
    available_from,
    expected_between,
    is_shown,
    reminder_due,
    reminder_month,
    usable_until,
)
from tests.rules.strategies import DAYS

TODAY = date(2026, 11, 20)
RULES = PrepaidRules(
    pickup_phrase="Picoの受け取りにきた",
    slip_days_from=7,
    slip_days_until=10,
    deadline_month=3,
    deadline_day=31,
    reminder_from_month=1,
    course_years=4,
    longer_courses=(LongerCourse(affiliation="医学部 医学科", years=6),),
)
STUDENT = Member(
    number=MemberNumber("210100000001"),
    status=MemberStatus.ACTIVE,
    kind=MemberKind.STUDENT,
    employment=None,
    name="弘前 太郎",
    name_kana="ヒロサキ タロウ",
    birth_date=date(2005, 8, 1),
    postal_code="036-8224",
    address="青森県弘前市",
    home_phone="0172001001",
    mobile_phone=None,
    email=None,
    affiliation="理工学部 数物科学科",
    joined_on=date(2024, 3, 1),
    admission_year=2024,
    graduates_on=None,
    withdrawal_noticed_on=None,
    share_refunded_on=None,
    provisional_credential_issued=True,
    share_capital=None,
)
SLIP = PrepaidItem(
    slip_number="000000000001",
    source=PrepaidSource.PAYMENT_SLIP,
    amount=20_000,
    paid_on=date(2026, 11, 2),
    posted_on=date(2026, 11, 10),
    received_on=None,
)
WEB_POINTS = PrepaidItem(
    slip_number="W26112000001",
    source=PrepaidSource.WEB_POINTS,
    amount=200,
    paid_on=date(2026, 11, 20),
    posted_on=date(2026, 11, 20),
    received_on=None,
)


def test_slip_money_is_expected_after_a_week_to_ten_days() -> None:
    """B13."""
    assert expected_between(date(2026, 11, 2), RULES) == (date(2026, 11, 9), date(2026, 11, 12))


@pytest.mark.parametrize(
    ("item", "day"),
    [
        (SLIP, date(2026, 11, 10)),
        (replace(SLIP, posted_on=None), None),
        (WEB_POINTS, date(2026, 11, 24)),
        (replace(WEB_POINTS, posted_on=None), date(2026, 11, 24)),
    ],
    ids=["posted slip", "paid slip", "Web points", "Web points not yet posted"],
)
def test_slips_can_be_collected_once_posted_and_web_points_two_days_on(
    item: PrepaidItem, day: date | None
) -> None:
    """B8, B9, B12, X6: asked for on Friday; Saturday counts, Sunday and the holiday of Monday do not."""
    assert available_from(item, frozenset()) == day


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        (SLIP, True),
        (replace(WEB_POINTS, posted_on=None), True),
        (replace(SLIP, posted_on=None), False),
        (replace(SLIP, received_on=date(2026, 11, 12)), False),
    ],
    ids=["posted slip", "Web points", "slip only paid", "received"],
)
def test_unreceived_slips_are_shown_once_posted_and_web_points_at_once(
    item: PrepaidItem, shown: bool
) -> None:
    """B7, B12, X8."""
    assert is_shown(item) is shown


@pytest.mark.parametrize("graduates_on", [date(2027, 3, 1), date(2027, 3, 23), date(2027, 3, 31)])
def test_pico_is_usable_until_the_end_of_march_of_the_year_of_graduation(graduates_on: date) -> None:
    """B23: 卒業年の3月末まで."""
    assert usable_until(replace(STUDENT, graduates_on=graduates_on), RULES, TODAY) == date(2027, 3, 31)


def test_a_graduation_in_september_that_the_registry_knows_of_is_the_last_day() -> None:
    """X11: unless the registry gives a date."""
    in_september = replace(STUDENT, graduates_on=date(2027, 9, 24))
    assert usable_until(in_september, RULES, TODAY) == date(2027, 9, 24)


def test_without_a_date_an_undergraduate_graduates_after_four_years() -> None:
    """X11, B23: admitted in April 2024."""
    assert usable_until(STUDENT, RULES, TODAY) == date(2028, 3, 31)


@pytest.mark.parametrize("affiliation", ["医学部 医学科", "医学部　医学科", "医学部医学科 6年"])
def test_without_a_date_medicine_takes_six_years(affiliation: str) -> None:
    """B23, whatever the spaces in the registry."""
    assert usable_until(replace(STUDENT, affiliation=affiliation), RULES, TODAY) == date(2030, 3, 31)


def test_whoever_studies_longer_than_usual_may_graduate_at_the_end_of_every_academic_year() -> None:
    """X11: the end of that academic year, of which September is a part."""
    admitted_2020 = replace(STUDENT, admission_year=2020)
    assert usable_until(admitted_2020, RULES, date(2026, 9, 30)) == date(2027, 3, 31)
    assert usable_until(admitted_2020, RULES, date(2027, 3, 31)) == date(2027, 3, 31)
    assert usable_until(admitted_2020, RULES, date(2027, 4, 1)) == date(2028, 3, 31)


@pytest.mark.parametrize(
    "member",
    [
        replace(STUDENT, kind=MemberKind.FACULTY, admission_year=None),
        replace(STUDENT, kind=MemberKind.GRADUATE_STUDENT),
        replace(STUDENT, admission_year=None),
    ],
    ids=["faculty", "graduate student", "unknown admission"],
)
def test_no_last_day_is_told_where_none_is_known(member: Member) -> None:
    """B23."""
    assert usable_until(member, RULES, TODAY) is None


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 12, 31), False),
        (date(2027, 1, 1), True),
        (date(2027, 3, 31), True),
        (date(2027, 4, 1), False),
    ],
)
def test_members_are_warned_from_january_until_the_last_day(today: date, due: bool) -> None:
    """X9."""
    assert reminder_due(today, date(2027, 3, 31), RULES) is due


def test_a_warning_may_begin_in_the_year_before() -> None:
    """X9, where a co-op warns from November."""
    from_november = RULES.model_copy(update={"reminder_from_month": 11})
    assert not reminder_due(date(2026, 10, 31), date(2027, 3, 31), from_november)
    assert reminder_due(date(2026, 11, 1), date(2027, 3, 31), from_november)


def test_nobody_is_warned_of_a_day_that_is_not_known() -> None:
    """X9."""
    assert not reminder_due(date(2027, 2, 1), None, RULES)


@given(DAYS)
def test_the_last_day_of_an_enrolled_undergraduate_is_never_past(today: date) -> None:
    """X9, X11: as long as no graduation is known, money is usable."""
    last_day = usable_until(STUDENT, RULES, today)
    assert last_day is not None
    assert last_day >= today
    assert (last_day.month, last_day.day) == (3, 31)


@pytest.mark.parametrize(
    ("usable_until", "today", "month"),
    [
        (date(2027, 3, 31), date(2026, 12, 31), None),
        (date(2027, 3, 31), date(2027, 1, 1), YearMonth(2027, 1)),
        (date(2027, 3, 31), date(2027, 2, 28), YearMonth(2027, 2)),
        (date(2027, 3, 31), date(2027, 3, 31), YearMonth(2027, 3)),
        (date(2027, 3, 31), date(2027, 4, 1), None),
        (date(2027, 9, 30), date(2027, 1, 15), YearMonth(2027, 1)),
        (date(2027, 9, 30), date(2027, 5, 15), None),
        (date(2027, 9, 30), date(2027, 8, 1), YearMonth(2027, 8)),
        (date(2027, 9, 30), date(2027, 9, 30), YearMonth(2027, 9)),
        (None, date(2027, 3, 1), None),
    ],
)
def test_a_mail_is_due_in_the_first_month_of_the_warning_and_in_the_last_two(
    usable_until: date | None, today: date, month: YearMonth | None
) -> None:
    """B23, X9, X11: for a deadline in March these are January, February and March."""
    assert reminder_month(today, usable_until, RULES) == month
