"""When the POS is closed, and which day its figures are of (B2)."""

from datetime import date, datetime

import pytest

from legacy.pos.hours import Hours
from tests.legacy.pos_client import asked, elements, member, result, running_pos, value

NIGHT = Hours.parse("02:00-05:00")
LATE_NIGHT = Hours.parse("23:30-04:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


@pytest.mark.parametrize(
    ("hours", "now", "reopens"),
    [
        (NIGHT, "2026-11-20T01:59:59", None),
        (NIGHT, "2026-11-20T02:00:00", "2026-11-20T05:00:00"),
        (NIGHT, "2026-11-20T04:59:59", "2026-11-20T05:00:00"),
        (NIGHT, "2026-11-20T05:00:00", None),
        (LATE_NIGHT, "2026-11-20T23:29:59", None),
        (LATE_NIGHT, "2026-11-20T23:30:00", "2026-11-21T04:00:00"),
        (LATE_NIGHT, "2026-11-21T03:59:59", "2026-11-21T04:00:00"),
        (LATE_NIGHT, "2026-11-21T04:00:00", None),
        (Hours.parse("off"), "2026-11-20T03:00:00", None),
        (Hours.parse("off"), "2026-11-20T00:00:00", None),
    ],
)
def test_the_pos_is_closed_at_night_on_either_side_of_midnight(
    hours: Hours, now: str, reopens: str | None
) -> None:
    assert hours.reopens_at(at(now)) == (at(reopens) if reopens else None)


@pytest.mark.parametrize(
    ("now", "business_day"),
    [
        ("2026-11-20T12:00:00", date(2026, 11, 19)),
        ("2026-11-22T12:00:00", date(2026, 11, 21)),  # Sunday: Saturday counts
        ("2026-11-24T12:00:00", date(2026, 11, 21)),  # after a Sunday and 勤労感謝の日
        ("2026-11-20T04:59:59", date(2026, 11, 18)),  # not consolidated yet
        ("2026-11-20T05:00:00", date(2026, 11, 19)),
    ],
)
def test_figures_are_those_of_the_previous_business_day(now: str, business_day: date) -> None:
    """B2: 前日利用時点."""
    assert NIGHT.business_day(at(now)) == business_day


async def test_at_night_every_inquiry_and_instruction_is_told_when_the_pos_reopens() -> None:
    async with running_pos(now="2026-11-20T03:00:00+09:00") as pos:
        inquiry = await pos.inquire("ZANDAKA", asked([member(1)]))
        order = await pos.instruct("WPTUKE", NO=member(1), PT=200)
        ping = await pos.http.get("/klas/ping")
    assert ping.text == "HEIKYOKU"
    for answer in (inquiry, order):
        assert (result(answer), value("SAIKAI", answer)) == ("9001", "20261120050000")
        assert elements("MEISAI", answer) == []


async def test_hours_may_be_chosen_or_off() -> None:
    noon, night = "2026-11-20T12:00:00+09:00", "2026-11-20T03:00:00+09:00"
    async with running_pos("--closed", "11:00-13:00", now=noon) as pos:
        assert (await pos.http.get("/klas/ping")).text == "HEIKYOKU"
    async with running_pos("--closed", "off", now=night) as pos:
        assert (await pos.http.get("/klas/ping")).text == "OK"
        assert result(await pos.inquire("ZANDAKA", asked([member(1)]))) == "0000"
