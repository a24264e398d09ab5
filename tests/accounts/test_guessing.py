"""Guessing passwords: what an attacker gets, and what the owner of the account feels of it (E26, X21)."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from gateway.accounts import (
    Attempt,
    Entrance,
    InvalidCredentials,
    Passwords,
    SignedIn,
    TooManyAttempts,
    sign_in,
    viewer_of,
)
from gateway.accounts.confirming import confirm_password
from gateway.accounts.known_devices import KNOWN_FOR, known_device
from gateway.accounts.locking import unlock
from gateway.accounts.viewers import viewer_for
from gateway.store import Store
from gateway.store.records import AccessAction, AccountState, Origin
from gateway.store.tables import outbox_mail
from gateway.viewer import Anonymous, StaffViewer
from tests.accounts.clocks import MovableClock
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import (
    ELSEWHERE,
    ICHIRO,
    PASSWORD,
    PHONE,
    STAFF,
    TARO,
    log_of,
    opened,
    present,
    signed_in,
)

SECOND = timedelta(seconds=1)


def guess(login_id: str = TARO.login_id, origin: Origin = ELSEWHERE) -> Attempt:
    return Attempt(login_id, "a wrong guess", origin)


async def fail(entrance: Entrance, clock: MovableClock, times: int, origin: Origin | None = None) -> None:
    """Wrong passwords, each once the throttle lets it through; from a new address each time unless told."""
    done = 0
    while done < times:
        outcome = await sign_in(entrance, guess(origin=origin or Origin(f"203.0.113.{done}")))
        if isinstance(outcome, TooManyAttempts):
            assert outcome.retry_after is not None
            clock.advance(outcome.retry_after)
        else:
            assert outcome == InvalidCredentials()
            done += 1


@pytest.mark.parametrize("login_id", [TARO.login_id, "nobody-here"])
async def test_a_hundred_guesses_at_once_are_three_guesses(
    entrance: Entrance, hasher: CountingHasher, login_id: str
) -> None:
    """Aliases, batches and parallel requests multiply nothing; known and unknown accounts are alike."""
    await opened(entrance)
    outcomes = await asyncio.gather(*(sign_in(entrance, guess(login_id)) for _ in range(100)))
    assert Counter(outcomes) == {InvalidCredentials(): 3, TooManyAttempts(SECOND): 97}
    assert hasher.verified == 3
    reasons = Counter(line.reason for line in await log_of(entrance.store))
    wrong = "WRONG_PASSWORD" if login_id == TARO.login_id else "UNKNOWN_IDENTIFIER"
    assert reasons == {wrong: 3, "THROTTLED": 97}


async def test_the_right_password_does_not_get_past_the_throttle_either(entrance: Entrance) -> None:
    """Else the answer would tell which guess was right."""
    await opened(entrance)
    for _ in range(3):
        await sign_in(entrance, guess())
    assert await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, ELSEWHERE)) == TooManyAttempts(SECOND)


async def test_spelling_an_identifier_otherwise_is_no_new_allowance(entrance: Entrance) -> None:
    spellings = ["hirosaki-taro", "Hirosaki-Taro", " hirosaki-taro ", "ｈirosaki-taro"]
    outcomes = [await sign_in(entrance, guess(spelling)) for spelling in spellings]
    assert outcomes == [InvalidCredentials()] * 3 + [TooManyAttempts(SECOND)]


async def test_a_success_begins_anew(entrance: Entrance) -> None:
    await opened(entrance)
    for _ in range(5):
        assert await sign_in(entrance, guess(origin=PHONE)) == InvalidCredentials()
        assert await sign_in(entrance, guess(origin=PHONE)) == InvalidCredentials()
        await signed_in(entrance)


async def test_one_password_for_all_accounts_is_stopped_at_the_address(
    entrance: Entrance, clock: MovableClock
) -> None:
    outcomes = [await sign_in(entrance, guess(f"member-{turn}")) for turn in range(110)]
    assert Counter(outcomes) == {InvalidCredentials(): 100, TooManyAttempts(SECOND): 10}
    assert await sign_in(entrance, guess("member-0", PHONE)) == InvalidCredentials()


async def test_while_the_world_guesses_the_owner_signs_in_on_the_device_they_did_before(
    entrance: Entrance, clock: MovableClock
) -> None:
    await opened(entrance)
    mark = (await signed_in(entrance)).device
    await fail(entrance, clock, 20)
    assert await sign_in(entrance, guess(origin=PHONE)) == TooManyAttempts(30 * SECOND)
    own = Attempt(TARO.login_id, PASSWORD, PHONE, device=mark)
    assert isinstance(await sign_in(entrance, own), SignedIn)


async def test_a_mark_is_good_for_its_own_login_id_and_time_and_shows_nothing_of_others(
    entrance: Entrance, hokkaido: Entrance, clock: MovableClock
) -> None:
    """Whoever shares an address, or has a mark of their own, cannot tell who else signs in there."""
    await opened(entrance)
    await opened(entrance, ICHIRO)
    mark = (await signed_in(entrance, ICHIRO)).device
    assert mark is not None
    for _ in range(3):
        await sign_in(entrance, guess())
    for wrong in (mark, mark.replace(".", "", 1), mark + "0", "a.b.c", "..", "half a pair \ud83c.1.2"):
        attempt = Attempt(TARO.login_id, PASSWORD, ELSEWHERE, device=wrong)
        assert await sign_in(entrance, attempt) == TooManyAttempts(SECOND)
    vault, now = entrance.vault, clock()
    assert known_device(vault, "hirosaki", ICHIRO.login_id, mark, now) == mark.split(".")[0]
    assert known_device(vault, "hokkaido", ICHIRO.login_id, mark, now) is None
    assert known_device(vault, "hirosaki", ICHIRO.login_id, mark, now + KNOWN_FOR) is None


async def test_from_elsewhere_the_owner_waits_half_a_minute_at_most(
    entrance: Entrance, clock: MovableClock
) -> None:
    await opened(entrance)
    await fail(entrance, clock, 60)
    clock.advance(30 * SECOND)
    await signed_in(entrance)


async def test_the_hundredth_failure_in_a_row_locks_the_account_and_tells_its_owner(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    """NIST SP 800-63B-4: no more than 100. The answers stay what they were."""
    account = await opened(entrance)
    here = await signed_in(entrance)
    await fail(entrance, clock, 99)
    assert (await present(entrance, account)).state is AccountState.REGISTERED
    await fail(entrance, clock, 1)
    assert (await present(entrance, account)).state is AccountState.LOCKED
    assert await viewer_of(store, here.token, lambda: here.session.created_at) != Anonymous()
    locked = [line for line in await log_of(entrance.store) if line.action is AccessAction.LOCKED]
    assert [(line.account_id, line.member_number) for line in locked] == [
        (account.account_id, account.member_number)
    ]
    async with store.engine.connect() as connection:
        assert (await connection.scalars(sa.select(outbox_mail.c.recipient))).all() == [TARO.email]
    clock.advance(30 * SECOND)
    assert await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)) == InvalidCredentials()


async def test_an_account_that_does_not_exist_answers_as_a_locked_one(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    await fail(entrance, clock, 101)
    clock.advance(30 * SECOND)
    assert await sign_in(entrance, guess(origin=PHONE)) == InvalidCredentials()
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.select(outbox_mail))).all() == []


async def test_staff_unlock_an_account_and_its_counts(entrance: Entrance, clock: MovableClock) -> None:
    account, staff = await opened(entrance), await opened(entrance, STAFF)
    await fail(entrance, clock, 100, PHONE)
    desk = await signed_in(entrance, STAFF)
    by = StaffViewer("hirosaki", staff.account_id, desk.session.session_id, staff.roles)
    assert await unlock(entrance, account.account_id, by, PHONE)
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.account_id, line.member_number, line.what) == (
        AccessAction.UNLOCKED,
        staff.account_id,
        account.member_number,
        ("MEMBER",),
    )
    await signed_in(entrance)
    assert not await unlock(entrance, account.account_id, by, PHONE)


async def test_somebody_elses_account_is_not_unlocked_from_another_co_op(
    store: Store, entrance: Entrance, hokkaido: Entrance, clock: MovableClock
) -> None:
    account = await opened(entrance)
    await fail(entrance, clock, 100)
    assert not await unlock(hokkaido, account.account_id, None, PHONE)
    assert (await present(entrance, account)).state is AccountState.LOCKED


async def test_asking_the_current_password_again_is_throttled_with_signing_in(entrance: Entrance) -> None:
    """A stolen session is no way to guess the password."""
    account = await opened(entrance)
    viewer = viewer_for(account, (await signed_in(entrance)).session.session_id)
    outcomes = [await confirm_password(entrance, viewer, "a wrong guess", PHONE) for _ in range(4)]
    assert outcomes == [InvalidCredentials()] * 3 + [TooManyAttempts(SECOND)]
    assert await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)) == TooManyAttempts(SECOND)


async def test_who_guesses_from_within_a_session_loses_it_with_the_lock(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    account = await opened(entrance)
    stolen = await signed_in(entrance)
    viewer = viewer_for(account, stolen.session.session_id)
    for _ in range(100):
        assert await confirm_password(entrance, viewer, "a wrong guess", PHONE) == InvalidCredentials()
        clock.advance(timedelta(hours=1))
    assert (await present(entrance, account)).state is AccountState.LOCKED
    assert await viewer_of(store, stolen.token, lambda: stolen.session.created_at) == Anonymous()


async def test_who_is_in_may_change_the_password_while_others_guess(
    entrance: Entrance, clock: MovableClock
) -> None:
    account = await opened(entrance)
    viewer = viewer_for(account, (await signed_in(entrance)).session.session_id)
    await fail(entrance, clock, 20)
    assert await confirm_password(entrance, viewer, PASSWORD, ELSEWHERE) == account


async def test_the_current_password_is_the_viewers_own(entrance: Entrance) -> None:
    account = await opened(entrance)
    viewer = viewer_for(account, (await signed_in(entrance)).session.session_id)
    assert await confirm_password(entrance, viewer, PASSWORD, PHONE) == account


async def test_when_too_many_passwords_wait_the_next_is_sent_away_and_costs_no_try(
    entrance: Entrance, hasher: CountingHasher
) -> None:
    await opened(entrance)
    busy = Passwords(hasher, threads=1, waiting=-1)
    crowded = replace(entrance, passwords=busy)
    outcomes = [await sign_in(crowded, Attempt(TARO.login_id, PASSWORD, PHONE)) for _ in range(5)]
    busy.close()
    assert outcomes == [TooManyAttempts(2 * SECOND)] * 5
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)), SignedIn)
