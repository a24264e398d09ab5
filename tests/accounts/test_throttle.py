"""The throttle: counted up front, in the database, exactly."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from gateway.accounts import Entrance, ThrottleLimits, TooManyAttempts
from gateway.accounts.networks import network_of
from gateway.accounts.throttle import Use, clear, clear_family, count, forgive, reserve, welcome
from gateway.accounts.throttle_limits import DAY, HOUR, MINUTE, SECOND, Allowance, Scope
from gateway.store import Store
from gateway.store.protection_tables import throttles
from gateway.store.records import Origin
from tests.accounts.clocks import MovableClock
from tests.running import NOW

TARO = Use(Scope.ACCOUNT, "hirosaki-taro", "account hirosaki-taro")
TARO_HERE = Use(Scope.ACCOUNT_AT_ADDRESS, "hirosaki-taro 192.0.2.7", "account hirosaki-taro")
HERE = Use(Scope.ADDRESS, "192.0.2.7")
ALLOWANCES = ThrottleLimits().allowances


def waits_of(scope: Scope, tries: int) -> list[timedelta]:
    return [ALLOWANCES[scope].wait_after(each) for each in range(1, tries + 1)]


def with_allowance(entrance: Entrance, scope: Scope, allowance: Allowance) -> Entrance:
    limits = ThrottleLimits(allowances={**ALLOWANCES, scope: allowance})
    return replace(entrance, throttle_limits=limits)


def test_an_account_waits_a_second_after_three_failures_and_never_more_than_thirty() -> None:
    """Nobody is shut out for long by what others try."""
    assert waits_of(Scope.ACCOUNT, 10) == [
        0 * SECOND,
        0 * SECOND,
        *(seconds * SECOND for seconds in (1, 2, 4, 8, 16, 30, 30, 30)),
    ]
    assert ALLOWANCES[Scope.ACCOUNT].wait_after(10_000_000) == 30 * SECOND


def test_an_account_at_one_address_waits_up_to_an_hour() -> None:
    assert waits_of(Scope.ACCOUNT_AT_ADDRESS, 15)[-3:] == [1024 * SECOND, 2048 * SECOND, HOUR]


def test_a_hundred_tries_of_an_address_are_free_for_a_campus_is_one_address() -> None:
    assert waits_of(Scope.ADDRESS, 99) == [timedelta(0)] * 99
    assert ALLOWANCES[Scope.ADDRESS].wait_after(100) == SECOND
    assert ALLOWANCES[Scope.ADDRESS].wait_after(200) == MINUTE


def test_codes_wait_half_a_minute_after_five() -> None:
    assert waits_of(Scope.AUTH_CODE, 7) == [timedelta(0)] * 4 + [30 * SECOND, MINUTE, 2 * MINUTE]


def test_every_scope_has_an_allowance() -> None:
    assert set(ALLOWANCES) == set(Scope)


@given(st.integers(0, 10**6), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_forgetting_never_goes_below_nothing_nor_ahead_of_time(tries: int, passed: timedelta) -> None:
    allowance = Allowance(3, SECOND, HOUR, forgets_one_every=10 * SECOND)
    left, since = allowance.forgotten(tries, NOW, NOW + passed)
    assert 0 <= left <= tries
    assert NOW <= since <= NOW + passed
    assert allowance.forgotten(left, since, NOW + passed) == (left, since)


async def test_three_tries_pass_and_the_next_is_told_how_long_to_wait(
    entrance: Entrance, clock: MovableClock
) -> None:
    assert [await reserve(entrance, [TARO]) for _ in range(4)] == [None, None, None, TooManyAttempts(SECOND)]
    clock.advance(timedelta(milliseconds=400))
    assert await reserve(entrance, [TARO]) == TooManyAttempts(timedelta(milliseconds=600))
    clock.advance(timedelta(milliseconds=600))
    assert await reserve(entrance, [TARO]) is None
    assert await reserve(entrance, [TARO]) == TooManyAttempts(2 * SECOND)


async def test_a_hundred_tries_at_once_let_three_through(entrance: Entrance) -> None:
    """However many come together: the database counts, not this process."""
    outcomes = await asyncio.gather(*(reserve(entrance, [TARO, TARO_HERE, HERE]) for _ in range(100)))
    assert outcomes.count(None) == 3
    assert outcomes.count(TooManyAttempts(SECOND)) == 97


async def test_a_hundred_tries_at_once_count_a_hundred(entrance: Entrance) -> None:
    """Where all are free, none is lost."""
    generous = with_allowance(entrance, Scope.ACCOUNT, Allowance(1000, SECOND, HOUR))
    outcomes = await asyncio.gather(*(count(generous, [TARO, HERE]) for _ in range(100)))
    counted = [outcome[Scope.ACCOUNT] for outcome in outcomes if not isinstance(outcome, TooManyAttempts)]
    assert sorted(counted) == list(range(1, 101))


async def test_tries_that_count_the_same_in_another_order_do_not_wait_for_each_other(
    entrance: Entrance,
) -> None:
    there = replace(HERE, subject="198.51.100.9")
    orders = [[TARO, HERE, there], [there, HERE, TARO]]
    async with asyncio.timeout(20):
        await asyncio.gather(*(reserve(entrance, orders[turn % 2]) for turn in range(60)))


async def test_a_free_try_holds_up_nobody_who_looked_at_the_clock_before(
    entrance: Entrance, clock: MovableClock
) -> None:
    """Many sign in from a campus at once, and hold the address's count in another order than they came."""
    clock.advance(SECOND)
    assert await reserve(entrance, [HERE]) is None
    clock.advance(-SECOND)
    assert await reserve(entrance, [HERE]) is None


async def test_when_one_scope_is_blocked_nothing_is_counted_in_the_others(entrance: Entrance) -> None:
    """Who is blocked at an address cannot drive an account to its lock."""
    for _ in range(3):
        await reserve(entrance, [TARO_HERE])
    for _ in range(5):
        assert await reserve(entrance, [TARO, TARO_HERE, HERE]) == TooManyAttempts(SECOND)
    assert await count(entrance, [TARO, HERE]) == {Scope.ACCOUNT: 1, Scope.ADDRESS: 1}


async def test_an_address_forgets_one_try_in_ten_seconds(entrance: Entrance, clock: MovableClock) -> None:
    for _ in range(4):
        await count(entrance, [HERE])
    clock.advance(25 * SECOND)
    assert await count(entrance, [HERE]) == {Scope.ADDRESS: 3}
    clock.advance(5 * SECOND)
    assert await count(entrance, [HERE]) == {Scope.ADDRESS: 3}
    clock.advance(DAY)
    assert await count(entrance, [HERE]) == {Scope.ADDRESS: 1}


async def test_an_account_forgets_nothing_by_and_by(entrance: Entrance, clock: MovableClock) -> None:
    """A hundred failures in a row are a hundred, however slowly they come."""
    for _ in range(4):
        await count(entrance, [TARO])
        clock.advance(30 * DAY)
    assert await count(entrance, [TARO]) == {Scope.ACCOUNT: 5}


async def test_what_was_no_guess_is_forgiven(entrance: Entrance) -> None:
    for _ in range(10):
        assert await reserve(entrance, [TARO]) is None
        await forgive(entrance, [TARO])
    assert await count(entrance, [TARO]) == {Scope.ACCOUNT: 1}


async def test_the_right_person_clears_an_account_and_takes_back_one_try_of_the_address(
    entrance: Entrance,
) -> None:
    for _ in range(3):
        await count(entrance, [TARO, HERE])
    await welcome(entrance, [TARO, HERE])
    assert await count(entrance, [TARO, HERE]) == {Scope.ACCOUNT: 1, Scope.ADDRESS: 3}


async def test_clearing_forgets_all(entrance: Entrance) -> None:
    for _ in range(3):
        await count(entrance, [TARO])
    await clear(entrance, [TARO])
    assert await count(entrance, [TARO]) == {Scope.ACCOUNT: 1}


async def test_a_family_is_cleared_together_and_alone(entrance: Entrance) -> None:
    hanako = Use(Scope.ACCOUNT, "hanako", "account hanako")
    for _ in range(2):
        await count(entrance, [TARO, TARO_HERE, HERE, hanako])
    await clear_family(entrance, "account hirosaki-taro")
    assert await count(entrance, [TARO, TARO_HERE, HERE]) == {
        Scope.ACCOUNT: 1,
        Scope.ACCOUNT_AT_ADDRESS: 1,
        Scope.ADDRESS: 3,
    }
    assert await count(entrance, [hanako]) == {Scope.ACCOUNT: 3}


async def test_on_a_device_its_owner_signed_in_on_only_tries_on_that_device_hold_it_up(
    entrance: Entrance,
) -> None:
    """They count towards the lock all the same."""
    device = Use(Scope.ACCOUNT_ON_DEVICE, "a device", "account hirosaki-taro")
    for _ in range(3):
        await count(entrance, [TARO])
    assert await reserve(entrance, [TARO]) == TooManyAttempts(SECOND)
    outcomes = [await count(entrance, [TARO, device]) for _ in range(4)]
    assert outcomes == [
        *({Scope.ACCOUNT: 3 + turn, Scope.ACCOUNT_ON_DEVICE: turn} for turn in (1, 2, 3)),
        TooManyAttempts(SECOND),
    ]


async def test_co_ops_count_apart(entrance: Entrance, hokkaido: Entrance) -> None:
    for _ in range(3):
        await count(entrance, [TARO])
    assert await count(hokkaido, [TARO]) == {Scope.ACCOUNT: 1}


async def test_the_database_holds_neither_addresses_nor_identifiers(store: Store, entrance: Entrance) -> None:
    await count(entrance, [TARO, TARO_HERE, HERE])
    async with store.engine.connect() as connection:
        rows = (await connection.execute(sa.select(throttles))).all()
    assert {len(row.key) for row in rows} == {32}
    assert not [word for word in ("taro", "192.0.2.7") if word in str(rows)]


async def test_counts_that_mean_nothing_any_more_are_deleted(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    await count(entrance, [HERE])
    await count(entrance, [TARO])
    assert await store.remove_expired(clock() + 10 * SECOND) == 0
    assert await store.remove_expired(clock() + 11 * SECOND) == 1
    assert await store.remove_expired(clock() + 31 * DAY) == 0
    assert await count(entrance, [TARO]) == {Scope.ACCOUNT: 2}
    assert await store.remove_expired(clock() + 366 * DAY) == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        (None, "unknown"),
        ("testclient", "unknown"),
    ],
)
def test_one_subscriber_is_one_address(address: str | None, network: str) -> None:
    """An IPv6 subscriber has 2**64 addresses to come from."""
    assert network_of(Origin(address)) == network
