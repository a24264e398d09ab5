"""Figures of a business day need not be asked for twice; money in motion is, each time."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import date

import pytest

from adapters import pos_web
from adapters.ports import PointOfSale
from adapters.records import MealDaysQuery, SpendingQuery, TransactionKey, TransactionsQuery, YearMonth
from adapters.upstream import fresh_answers_will_do
from tests.adapters.people import TARO
from tests.adapters.policies import PATIENT
from tests.running import LegacySystem

SINCE, UNTIL = date(2026, 11, 1), date(2026, 11, 20)
NOVEMBER = YearMonth(2026, 11)
HISTORY = TransactionsQuery(TARO, SINCE, UNTIL, None, None, None, 20, None)
KEY = TransactionKey(date(2026, 11, 19), "101", "01", 1)

Ask = Callable[[PointOfSale], Awaitable[object]]
FIGURES_OF_THE_DAY: dict[str, Ask] = {
    "RUIKEI": lambda pos: pos.lifetimes([TARO]),
    "RIREKI": lambda pos: pos.transactions([HISTORY]),
    "RIREKI1": lambda pos: pos.transaction([(TARO, KEY)]),
    "TSUKI": lambda pos: pos.spending([SpendingQuery(TARO, NOVEMBER, NOVEMBER, None, None)]),
    "MEAL": lambda pos: pos.meal_cards([TARO]),
    "MEALBI": lambda pos: pos.meal_days([MealDaysQuery(TARO, SINCE, UNTIL)]),
}
MONEY_IN_MOTION: dict[str, Ask] = {
    "ZANDAKA": lambda pos: pos.balances([TARO]),
    "MIUKE": lambda pos: pos.prepaid_items([TARO]),
    "TEISHI": lambda pos: pos.suspensions([TARO]),
    "WEBPT": lambda pos: pos.web_points([TARO]),
}


@pytest.fixture
async def pos(system: LegacySystem) -> AsyncIterator[PointOfSale]:
    """A POS whose figures of the day stay fresh for five minutes."""
    policy = replace(PATIENT, fresh_seconds=300)
    config = pos_web.PosWebConfig(url=system.url, terminal="KLAS-GW-01", key=system.key, policy=policy)
    port = pos_web.connect("hirosaki/pos", config)
    yield port
    await port.close()


@pytest.mark.parametrize("shori", FIGURES_OF_THE_DAY)
async def test_figures_of_the_day_are_asked_for_once(
    shori: str, pos: PointOfSale, system: LegacySystem
) -> None:
    ask = FIGURES_OF_THE_DAY[shori]
    with fresh_answers_will_do():
        first, again = await ask(pos), await ask(pos)
    assert again == first
    assert await system.calls() == {shori: 1}


@pytest.mark.parametrize("shori", MONEY_IN_MOTION)
async def test_money_in_motion_is_asked_for_each_time(
    shori: str, pos: PointOfSale, system: LegacySystem
) -> None:
    """B5, B10, D1: stores, machines and other people move it."""
    ask = MONEY_IN_MOTION[shori]
    with fresh_answers_will_do():
        first, again = await ask(pos), await ask(pos)
    assert again == first
    assert await system.calls() == {shori: 2}


async def test_another_question_about_the_same_member_is_asked(
    pos: PointOfSale, system: LegacySystem
) -> None:
    with fresh_answers_will_do():
        await pos.transactions([HISTORY])
        await pos.transactions([HISTORY._replace(limit=5)])
    assert await system.calls() == {"RIREKI": 2}


async def test_who_does_not_say_that_fresh_answers_will_do_gets_none(
    pos: PointOfSale, system: LegacySystem
) -> None:
    with fresh_answers_will_do():
        await pos.lifetimes([TARO])
    await pos.lifetimes([TARO])
    assert await system.calls() == {"RUIKEI": 2}
