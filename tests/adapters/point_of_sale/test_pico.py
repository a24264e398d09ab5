"""Balance, points, unreceived money, suspension."""

from datetime import date
from itertools import pairwise

from adapters.ports import PointOfSale
from adapters.records import PrepaidBalance, PrepaidSource, Snapshot, WebPointEntryKind
from tests.adapters.people import HANAKO, MEGUMI, NOBODY, TARO

YESTERDAY = date(2026, 11, 19)


async def test_a_balance_is_that_of_the_previous_business_day(pos: PointOfSale) -> None:
    """B1, B2, B5."""
    answers = await pos.balances([TARO, HANAKO])
    assert answers == {
        TARO: Snapshot(PrepaidBalance(TARO, YESTERDAY, prepaid_balance=4350, points=120, web_points=640)),
        HANAKO: Snapshot(PrepaidBalance(HANAKO, YESTERDAY, prepaid_balance=0, points=0, web_points=0)),
    }
    assert answers.failure is None


async def test_of_somebody_unknown_there_is_nothing(pos: PointOfSale) -> None:
    assert await pos.balances([NOBODY]) == {NOBODY: Snapshot(None)}
    assert await pos.lifetimes([NOBODY]) == {NOBODY: Snapshot(None)}
    assert await pos.suspensions([NOBODY]) == {NOBODY: Snapshot(None)}
    assert await pos.meal_cards([NOBODY]) == {NOBODY: Snapshot(None)}
    assert await pos.prepaid_items([NOBODY]) == {NOBODY: Snapshot(())}
    assert await pos.web_points([NOBODY]) == {NOBODY: Snapshot(())}


async def test_asking_for_nobody_asks_nobody(pos: PointOfSale) -> None:
    assert await pos.balances([]) == {}


async def test_slip_money_is_paid_then_posted_then_received(pos: PointOfSale) -> None:
    """B10, B12."""
    items = (await pos.prepaid_items([TARO])).of(TARO)
    waiting = [item for item in items if item.received_on is None]
    assert {(item.amount, item.source, item.posted_on is not None) for item in waiting} == {
        (20_000, PrepaidSource.PAYMENT_SLIP, True),
        (5_000, PrepaidSource.PAYMENT_SLIP, False),
    }
    assert all(item.posted_on is None or item.paid_on < item.posted_on for item in items)


async def test_lifetime_totals_add_up_by_genre_and_hold_the_newcomer_purchases(pos: PointOfSale) -> None:
    """B30, B31."""
    totals = (await pos.lifetimes([TARO])).of(TARO)
    assert totals is not None
    assert (totals.member_number, totals.as_of) == (TARO, YESTERDAY)
    assert totals.spent == sum(part.amount for part in totals.by_genre)
    assert totals.newcomer_purchases == 248_000
    assert totals.spent > totals.newcomer_purchases
    assert totals.points_earned > 0


async def test_a_suspension_asked_for_on_the_web_names_no_store(pos: PointOfSale) -> None:
    """D1."""
    answers = await pos.suspensions([MEGUMI, TARO])
    suspension = answers.of(MEGUMI)
    assert suspension is not None
    assert suspension.member_number == MEGUMI
    assert suspension.store_code is None
    assert suspension.since < YESTERDAY
    assert answers.of(TARO) is None


async def test_web_points_come_newest_first_and_explain_their_balance(pos: PointOfSale) -> None:
    """B5, B6."""
    entries = (await pos.web_points([TARO])).of(TARO)
    assert all(newer.sequence > older.sequence for newer, older in pairwise(entries))
    earned = sum(entry.points for entry in entries if entry.kind is WebPointEntryKind.EARNED)
    moved = sum(entry.points for entry in entries if entry.kind is WebPointEntryKind.TRANSFERRED)
    assert earned - moved == 640
    assert all(entry.points > 0 and entry.description for entry in entries)
